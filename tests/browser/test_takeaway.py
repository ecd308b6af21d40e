from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stars import HUB, Graph, star

Open = Callable[..., Page]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ["<script>0</script>", "\u202etxt.exe", "\"'&amp;]]>", "\x00\ud800\x08", "=HYPERLINK(1)"]

pytestmark = pytest.mark.browser


def saved(page: Page, tmp_path: Path, item: str) -> tuple[str, bytes]:
    """Choose an item of the download menu and return the name and the bytes of its file."""
    page.click("#save")
    with page.expect_download() as found:
        page.get_by_role("menuitem", name=item).click()
    path = tmp_path / "saved"
    found.value.save_as(path)
    return found.value.suggested_filename, path.read_bytes()


def texts(svg: bytes) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_menu_opens_by_keyboard_and_closes_by_escape(open_page: Open) -> None:
    page = open_page(star(1), language="en")
    page.focus("#save")
    page.keyboard.press("Enter")
    items = page.get_by_role("menuitem")
    assert items.all_inner_texts() == [
        "Picture (PNG)",
        "Vector picture (SVG)",
        "Visible graph (JSON)",
        "Visible relations (CSV, Excel)",
    ]
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#saves")).to_be_hidden()
    expect(page.locator("#save")).to_be_focused()


def test_the_png_is_twice_as_sharp_as_the_screen(graph: Graph, open_page: Open, tmp_path: Path) -> None:
    page = open_page(graph)
    name, data = saved(page, tmp_path, "그림 (PNG)")
    assert name.startswith("한국 뉴스 지식 그래프 20")
    assert name.endswith(".png")
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20]) == 2 * page.evaluate("document.querySelector('#graph').clientWidth")


@pytest.mark.parametrize("dark", [False, True])
def test_the_svg_holds_shapes_names_and_a_key(dark: bool, graph: Graph, open_page: Open, tmp_path: Path) -> None:
    page = open_page(graph, dark=dark)
    _, data = saved(page, tmp_path, "벡터 그림")
    found = texts(data)
    assert {"오픈AI", "카카오", "조직", "인물", "예정", "부인", "한국 뉴스 지식 그래프"} <= set(found)
    assert any("개체 12개 중 11개, 관계 13개 중 13개 표시" in text for text in found)
    root = ElementTree.fromstring(data)
    groups = {group.get("id"): list(group) for group in root.iter(f"{SVG}g")}
    assert list(groups) == ["ground", "relations", "entities", "names", "frame"]
    assert len(groups["entities"]) == 22
    assert any(shape.get("stroke-dasharray") for shape in groups["relations"])
    assert "NaN" not in data.decode()


def test_a_browser_draws_the_svg(graph: Graph, open_page: Open, tmp_path: Path) -> None:
    page = open_page(graph)
    _, data = saved(page, tmp_path, "벡터 그림")
    (tmp_path / "picture.svg").write_bytes(data)
    page.goto((tmp_path / "picture.svg").as_uri())
    assert page.evaluate("document.documentElement.nodeName") == "svg"
    box = page.evaluate(
        "(() => { const b = document.getElementById('entities').getBBox(); return [b.width, b.height]; })()"
    )
    assert min(box) > 100


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text_in_files_too(name: str, open_page: Open, tmp_path: Path) -> None:
    graph = star(2)
    graph.nodes[HUB]["name"] = name
    page = open_page(graph, title=name + "/\\:*?")
    file_name, data = saved(page, tmp_path, "벡터 그림")
    assert not set(file_name) & set('<>:"/\\|?*\u202e\x00')
    clean = "".join("\ufffd" if char in "\x00\x08" else "?" if char == "\ud800" else char for char in name)
    assert clean in texts(data)
    assert [one for one in ElementTree.fromstring(data).iter() if one.tag == f"{SVG}script"] == []


def test_the_json_names_things_as_graph_json_does(graph: Graph, open_page: Open, tmp_path: Path) -> None:
    page = open_page(graph)
    page.locator('[data-filter="type:Place"]').click()
    name, data = saved(page, tmp_path, "보이는 그래프")
    found: dict[str, Any] = json.loads(data)
    assert name.endswith(".json")
    assert (found["format"], found["shown"], found["of"]) == (
        "kg-graph-view",
        {"entities": 9, "relations": 11},
        {"entities": 12, "relations": 13},
    )
    relations = {one["id"]: one for one in found["relations"]}
    key = "rbb07cc3e76ffd1ba"
    subject, obj, attributes = next((s, o, a) for s, o, k, a in graph.edges(keys=True, data=True) if k == key)
    wanted = ("type", "status", "date", "last_date", "role", "confidence", "articles", "sources")
    assert {name: relations[key][name] for name in wanted} == {name: attributes[name] for name in wanted}
    assert (relations[key]["subject"], relations[key]["object"]) == (subject, obj)
    assert relations[key]["evidence"][0]["text"] == "한국산업은행은 오픈AI에 1000억원을 빌려줬다."
    assert {one["id"] for one in found["entities"]} >= {subject, obj}
    assert {proof["article"] for one in found["relations"] for proof in one["evidence"]} == {
        one["id"] for one in found["articles"]
    }


def test_the_csv_opens_in_a_spreadsheet(graph: Graph, open_page: Open, tmp_path: Path) -> None:
    page = open_page(graph)
    _, data = saved(page, tmp_path, "보이는 관계")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 13
    [row] = [row for row in rows if row["관계 식별자"] == "rd46e792cc49bd9bb"]
    assert (row["주체"], row["관계"], row["대상"], row["상태"], row["시점"], row["역할"]) == (
        "제이슨 권",
        "직위",
        "오픈AI",
        "사실",
        "2025-05-26",
        "최고전략책임자",
    )
    assert (row["근거 문장"], row["언론사"]) == ("제이슨 권은 오픈AI의 최고전략책임자다.", "가상일보")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_of_the_csv_is_a_formula(start: str, open_page: Open, tmp_path: Path) -> None:
    graph = star(1)
    graph.nodes[HUB]["name"] = f'{start}cmd|"/c calc"!A1'
    page = open_page(graph)
    _, data = saved(page, tmp_path, "보이는 관계")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0]["주체"] == f"'{graph.nodes[HUB]['name']}"
