"""The page in a frame without an address of its own, as notebooks show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from kg.export import export
from kg.graph.notebook import UNTRUSTED
from kg.graph.notebook import Frame as Cell
from kg.schema import load_schema
from tests.browser.waiting import READY, until

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
Host: TypeAlias = Callable[..., tuple[Page, Frame]]

pytestmark = pytest.mark.browser

JUPYTER = ""
VS_CODE = (
    "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval';"
    " style-src 'unsafe-inline'; img-src https: http: data: blob:; font-src data:; child-src https: data: blob:\">"
)


@pytest.fixture
def notebook(browser: Browser, graph: Graph, tmp_path: Path) -> Iterator[Host]:
    """Open a page that holds the cell's HTML, as a notebook does; any error or request fails."""
    faults: list[str] = []
    contexts = []

    def opened(policy: str, same_origin: bool = False) -> tuple[Page, Frame]:
        export(graph, load_schema(), tmp_path / "graph.html")
        cell = Cell((tmp_path / "graph.html").read_text(encoding="utf-8"), 600)._repr_html_()
        if same_origin:
            cell = cell.replace(' sandbox="', ' data-sandbox="')
        host = tmp_path / "host.html"
        host.write_text(f"<!doctype html><meta charset=utf-8>{policy}<h1>노트북</h1>{cell}", encoding="utf-8")
        context = browser.new_context(offline=True, reduced_motion="reduce", viewport={"width": 1000, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))
        page.goto(host.as_uri())
        frame = page.frames[1]
        until(frame, READY)
        return page, frame

    yield opened
    for context in contexts:
        context.close()
    faults = [fault for fault in faults if fault != "about:srcdoc"]
    assert faults == []


@pytest.mark.parametrize(("policy", "same_origin"), [(JUPYTER, False), (JUPYTER, True), (VS_CODE, False)])
def test_a_click_in_the_cell_opens_the_panel(policy: str, same_origin: bool, notebook: Host) -> None:
    page, frame = notebook(policy, same_origin)
    node = frame.evaluate("page.nodes()[0]")
    x, y = frame.evaluate("(id) => page.place(id)", node)
    box = page.locator("iframe").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 1 + x, box["y"] + 1 + y)
    expect(frame.locator("#panel h2")).to_have_text("오픈AI")
    frame.locator("#panel .fact .proof").first.click()
    expect(frame.locator("#panel blockquote").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(frame.locator("#panel")).to_be_hidden()
    assert page.url.endswith("host.html")


def test_search_and_tables_work_in_the_cell(notebook: Host) -> None:
    page, frame = notebook(VS_CODE)
    frame.locator("#query").fill("ㅋㅋㅇ")
    page.keyboard.press("Enter")
    expect(frame.locator("#panel h2")).to_have_text("카카오")
    frame.locator("#form-table").click()
    expect(frame.locator("#rows tbody tr")).to_have_count(12)


def test_a_cell_offers_no_link_to_itself_and_keeps_no_choice_of_keys(notebook: Host) -> None:
    page, frame = notebook(JUPYTER)
    expect(frame.locator("#save")).to_be_visible()
    expect(frame.get_by_role("button", name="링크 복사")).to_have_count(0)
    frame.locator("#keys summary").click()
    frame.get_by_label("한 글자 단축키 쓰기").uncheck()
    frame.locator("#graph").focus()
    page.keyboard.press("t")
    expect(frame.locator("#table")).to_be_hidden()


def test_a_cell_that_was_hidden_when_it_ran_shows_the_whole_graph(
    browser: Browser, graph: Graph, tmp_path: Path
) -> None:
    export(graph, load_schema(), tmp_path / "graph.html")
    cell = Cell((tmp_path / "graph.html").read_text(encoding="utf-8"), 600)._repr_html_()
    host = tmp_path / "host.html"
    host.write_text(f"<!doctype html><meta charset=utf-8><div hidden>{cell}</div>", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    page.goto(host.as_uri())
    frame = page.frames[1]
    until(frame, "window.page && window.page.network")
    page.evaluate("document.querySelector('div').hidden = false")
    until(frame, READY)
    until(frame, "window.page.network.getScale() > 0.3")
    spread = frame.evaluate("page.nodes().map((node) => page.place(node)[0])")
    assert 0 < min(spread) < max(spread) < 1000
    assert max(spread) - min(spread) > 300
    page.close()


def test_what_is_left_of_a_cell_without_its_frame_says_what_to_do() -> None:
    assert re.sub("<[^>]*>", "", Cell("<p>그래프</p>", 600)._repr_html_()) == UNTRUSTED
