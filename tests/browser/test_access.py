"""Contrast, names, focus, announcements, small screens, paper."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, expect

from kg.export import export
from kg.schema import load_schema
from tests.browser.stars import star
from tests.browser.waiting import READY, until

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
Open: TypeAlias = Callable[..., Page]

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "kg" / "export" / "page"
AXE = Path(os.environ.get("AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
"""axe-core is no part of the repository: `npm install --no-save axe-core`, or AXE=path."""

SIZES = {"phone": (390, 844), "tablet": (820, 1180), "on its side": (844, 390), "small": (320, 568)}
VIEWS = {
    "graph": "0",
    "entities": "page.change((view) => { view.form = 'entities'; })",
    "relations": "page.change((view) => { view.form = 'relations'; })",
    "entity": "page.go('entity', page.nodes()[0])",
    "relation": "page.go('relation', page.edges()[0])",
    "legend": "document.querySelector('#legend').hasAttribute('data-away') && document.querySelector('#menu').click()",
}

browser_test = pytest.mark.browser


def palettes() -> dict[str, dict[str, str]]:
    """Return the colours of page.css by theme."""
    css = (PAGE / "page.css").read_text(encoding="utf-8")
    found = {}
    for theme, selector in (("light", ":root {"), ("dark", ':root[data-theme="dark"] {')):
        body = css[css.index(selector) :]
        found[theme] = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body[: body.index("}")]))
    return {"light": found["light"], "dark": found["light"] | found["dark"]}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1.4.3)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("page", "surface", "raised", "hover", "accent-soft")
TEXTS = [(text, ground) for text in ("text", "soft", "muted", "accent") for ground in GROUNDS]
TEXTS += [(status, ground) for status in ("planned", "possible", "denied") for ground in GROUNDS]
TEXTS += [("label", "page"), ("edge-label", "page"), ("mark-text", "mark")]
SHAPES = [f"type-{n}" for n in range(6)] + [f"hue-{n}" for n in range(8)]
SHAPES += ["actual", "planned", "possible", "denied", "ended", "field", "accent"]


def test_contrast_is_measured_as_wcag_does() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_its_ground(theme: str) -> None:
    colours = palettes()[theme]
    poor = [(*pair, ratio) for pair in TEXTS if (ratio := contrast(*(colours[name] for name in pair))) < 4.5]
    assert poor == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_shapes_and_lines_stand_out_from_the_page(theme: str) -> None:
    colours = palettes()[theme]
    poor = [
        (name, ground)
        for name in SHAPES
        for ground in ("page", "surface")
        if contrast(colours[name], colours[ground]) < 3
    ]
    assert poor == []


@browser_test
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(view: str, dark: bool, graph: Graph, open_page: Open) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not here: npm install --no-save axe-core")
    page = open_page(graph, dark=dark)
    for size in ((1280, 800), SIZES["phone"]):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(VIEWS[view])
        page.evaluate("() => new Promise((done) => setTimeout(done, 50))")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


@browser_test
@pytest.mark.parametrize("language", ["ko", "en"])
def test_everything_that_can_be_pressed_has_a_name(language: str, graph: Graph, open_page: Open) -> None:
    page = open_page(graph, language=language)
    for view in VIEWS.values():
        page.evaluate(view)
        controls = page.locator("button:visible, input:visible, [role=listbox], section:visible, nav, #graph")
        unnamed = "e => !(e.ariaLabel || e.textContent.trim() || e.placeholder || (e.labels && e.labels.length))"
        assert controls.evaluate_all(f"all => all.filter({unnamed}).map(e => e.outerHTML)") == []
    hangul = page.locator("[aria-label]").evaluate_all(
        "all => all.map(e => e.ariaLabel).filter(w => /[가-힣]/.test(w))"
    )
    assert (language == "ko") == any("보기" in word for word in hangul)


@browser_test
def test_headings_come_in_order_and_landmarks_are_there(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    for view in ("entity", "relation"):
        page.evaluate(VIEWS[view])
        expect(page.locator("#panel h2")).to_have_count(1)
        expect(page.locator("#panel h3").first).to_be_visible()
        levels = [
            int(level[1]) for level in page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(e => e.tagName)")
        ]
        assert (levels[0], levels.count(1)) == (1, 1)
        assert all(level <= before + 1 for before, level in pairwise(levels))
    for landmark in ("banner", "main", "navigation", "search"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    expect(page.get_by_role("region", name="자세히")).to_have_count(0)
    expect(page.locator("#panel")).to_have_attribute("aria-label", re.compile("오픈AI"))


@browser_test
def test_tab_goes_through_the_page_and_out_of_it(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.evaluate(VIEWS["entity"])
    expect(page.locator("#panel h2")).to_be_visible()
    seen: list[str] = []
    where = "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
    for _ in range(200):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(where))
        if seen[-1] == "BODY":
            break
    ids = [name for name in seen if name in ("skip", "query", "form-graph", "filter", "graph", "zoom-in", "close")]
    assert list(dict.fromkeys(ids)) == ["skip", "query", "form-graph", "filter", "graph", "zoom-in", "close"]
    assert seen[-1] == "BODY"


@browser_test
def test_the_skip_button_leads_to_what_is_shown(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    for form, target in (("graph", "#graph"), ("entities", "#table")):
        page.evaluate("(form) => page.change((view) => { view.form = form; })", form)
        page.locator("#skip").focus()
        expect(page.locator("#skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator(target)).to_be_focused()


@browser_test
def test_search_follows_the_pattern_of_a_combobox(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("카")
    expect(field).to_have_attribute("aria-expanded", "true")
    box = page.locator(f"#{field.get_attribute('aria-controls')}")
    expect(box).to_have_role("listbox")
    page.keyboard.press("ArrowDown")
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(active).to_have_attribute("aria-selected", "true")
    expect(page.locator("#said")).to_have_text(f"검색 결과 {box.get_by_role('option').count()}건")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.get_attribute("aria-activedescendant") is None


@browser_test
def test_search_leads_into_the_panel_and_escape_back_to_the_drawing(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.keyboard.press("/")
    page.keyboard.insert_text("카카오")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    expect(page.locator("#said")).to_have_text("카카오, 기업, 관계 3")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#panel').contains(document.activeElement)")
    page.locator("#panel .fact .name").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("오픈AI")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#graph")).to_be_focused()
    expect(page.locator("#said")).to_have_text("선택 해제")


@browser_test
def test_the_pointer_says_nothing(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.evaluate("""() => { window.sayings = 0;
        const said = document.querySelector("#said");
        new MutationObserver(() => { window.sayings += 1; }).observe(said, {childList: true}); }""")
    for step in range(30):
        page.mouse.move(300 + 20 * step, 200 + 10 * step)
    page.mouse.wheel(0, -300)
    page.evaluate("() => new Promise((done) => setTimeout(done, 400))")
    assert page.evaluate("window.sayings") == 0
    page.click('[data-filter="type:Place"]')
    expect(page.locator("#said")).to_have_text("개체 9개, 관계 11개 표시")


@browser_test
def test_the_drawing_has_words_and_moves_by_keyboard(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    drawing = page.locator("#graph")
    expect(drawing).to_have_accessible_description(re.compile("개체 11개와 관계 13개를 그린 그림입니다.*표로 보려면 t"))
    drawing.focus()
    scale = page.evaluate("page.network.getScale()")
    page.keyboard.press("+")
    until(page, f"page.network.getScale() > {scale}")
    x = page.evaluate("page.network.getViewPosition().x")
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("page.network.getViewPosition().x") > x
    assert page.locator("#graph [tabindex='0']").count() == 0


def sized(browser: Browser, graph: Graph, folder: Path, size: tuple[int, int]) -> Page:
    export(graph, load_schema(), folder / "graph.html")
    width, height = size
    context = browser.new_context(
        offline=True,
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
        viewport={"width": width, "height": height},
    )
    page = context.new_page()
    page.goto((folder / "graph.html").as_uri())
    until(page, READY)
    return page


@browser_test
@pytest.mark.parametrize("size", SIZES)
def test_small_screens_hold_everything_within_reach(size: str, browser: Browser, graph: Graph, tmp_path: Path) -> None:
    page = sized(browser, graph, tmp_path, SIZES[size])
    width, _ = SIZES[size]
    for view in ("graph", "entity", "relations", "legend"):
        page.evaluate(VIEWS[view])
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)))")
        assert page.evaluate("[document.documentElement.scrollWidth, scrollX, scrollY]") == [width, 0, 0], view
        small = page.locator("button:visible, input:visible, #results li:visible").evaluate_all(
            """all => all.filter(e => !e.matches(".unseen, .strip button"))
                .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
                .filter(([, box]) => box.height < 40 || box.width < 24)
                .map(([text, box]) => [text, box.width, box.height])"""
        )
        assert small == [], view
    page.context.close()


@browser_test
def test_the_panel_of_a_phone_is_drawn_up_and_down(browser: Browser, graph: Graph, tmp_path: Path) -> None:
    page = sized(browser, graph, tmp_path, SIZES["phone"])
    page.evaluate(VIEWS["entity"])
    panel, grip = page.locator("#panel"), page.locator("#grip")
    expect(panel).to_be_visible()

    def top() -> float:
        box = panel.bounding_box()
        assert box is not None
        return box["y"]

    low = top()
    grip.click()
    expect(grip).to_have_attribute("aria-expanded", "true")
    assert top() < low - 200
    box = grip.bounding_box()
    assert box is not None
    for distance, open_ in ((300, True), (600, False)):
        page.mouse.move(box["x"] + 48, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + 48, box["y"] + 20 + distance, steps=6)
        page.mouse.up()
        if open_:
            expect(grip).to_have_attribute("aria-expanded", "false")
            assert abs(top() - low) < 2
            grip.click()
    expect(panel).to_be_hidden()
    page.context.close()


@browser_test
def test_the_legend_of_a_phone_comes_and_goes(browser: Browser, graph: Graph, tmp_path: Path) -> None:
    page = sized(browser, graph, tmp_path, SIZES["phone"])
    menu, legend = page.locator("#menu"), page.locator("#legend")
    expect(legend).to_be_hidden()
    menu.tap()
    expect(legend).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(legend).to_be_hidden()
    expect(menu).to_be_focused()
    menu.tap()
    page.touchscreen.tap(195, 150)
    expect(legend).to_be_hidden()
    page.context.close()


@browser_test
def test_two_fingers_zoom_the_drawing_not_the_page(browser: Browser, graph: Graph, tmp_path: Path) -> None:
    page = sized(browser, graph, tmp_path, SIZES["phone"])
    before = page.evaluate("page.network.getScale()")
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, apart: int) -> None:
        points = [{"x": 195 - apart, "y": 400, "id": 1}, {"x": 195 + apart, "y": 400, "id": 2}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if kind != "touchEnd" else []})

    fingers("touchStart", 30)
    for apart in range(40, 130, 10):
        fingers("touchMove", apart)
    fingers("touchEnd", 0)
    until(page, f"page.network.getScale() > {1.5 * before}")
    assert page.evaluate("visualViewport.scale") == 1
    page.context.close()


@browser_test
def test_paper_shows_the_drawing_the_legend_and_the_panel(graph: Graph, open_page: Open) -> None:
    page = open_page(graph, f"#entity={next(iter(graph.edges))[0]}", dark=True)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    picture = page.locator("#picture")
    expect(picture).to_be_visible()
    ink = """c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data
        .reduce((n, v, i) => n + (i % 4 === 3 && v > 0), 0)"""
    assert picture.evaluate(ink) > 5_000
    below = [page.locator(part).bounding_box() for part in ("h1", "#picture", "#legend", "#panel h2")]
    tops = [box["y"] for box in below if box is not None]
    assert (len(tops), tops) == (4, sorted(tops))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(27, 36, 48)"
    assert page.locator("#panel").evaluate("e => e.scrollHeight - e.clientHeight") <= 1
    for gone in ("#query", "nav", "#zoom", "#graph", "#panel .close"):
        expect(page.locator(gone)).to_be_hidden()
    page.emulate_media(media="screen", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(picture).to_have_count(0)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@browser_test
def test_forced_colours_keep_names_readable(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    style = "getComputedStyle(document.documentElement).getPropertyValue('--label')"
    assert page.evaluate(style) == "CanvasText"
    chosen = page.locator("#form-graph").evaluate("e => getComputedStyle(e).outlineStyle")
    assert chosen == "solid"


@browser_test
def test_nothing_moves_by_itself_for_those_who_ask(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.evaluate(VIEWS["entity"])
    expect(page.locator("#panel")).to_be_visible()
    assert page.locator("#panel").evaluate("e => getComputedStyle(e).animationName") == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert page.locator("#panel").evaluate("e => getComputedStyle(e).animationName") == "slide"


@browser_test
def test_keys_of_one_letter_can_be_switched_off(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.locator("#keys summary").click()
    expect(page.locator("#keys dt")).to_have_count(9)
    page.get_by_label("한 글자 단축키 쓰기").uncheck()
    expect(page.locator("#keys dt:visible")).to_have_count(6)
    expect(page.locator("#search kbd")).to_be_hidden()
    expect(page.locator("#form-table")).not_to_have_attribute("aria-keyshortcuts", "t")
    expect(page.locator("#graph")).not_to_have_accessible_description(re.compile("t 키"))
    page.evaluate(VIEWS["entity"])
    page.locator("#graph").focus()
    for key in ("t", "/", "f", "h", "k", "p"):
        page.keyboard.press(key)
    expect(page.locator("#graph")).to_be_focused()
    expect(page.locator("#table")).to_be_hidden()
    assert page.evaluate("[page.state.past.length, page.state.view.away]") == [0, []]
    scale = page.evaluate("page.network.getScale()")
    page.keyboard.press("+")
    until(page, f"page.network.getScale() > {scale}")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    page.reload()
    until(page, READY)
    page.keyboard.press("t")
    expect(page.locator("#table")).to_be_hidden()
    page.locator("#keys summary").click()
    page.get_by_label("한 글자 단축키 쓰기").check()
    page.locator("#graph").focus()
    page.keyboard.press("t")
    expect(page.locator("#table")).to_be_visible()


@browser_test
def test_paper_speaks_of_no_gesture(open_page: Open) -> None:
    page = open_page(star(30), shown=10)
    notice = page.locator("#notice")
    expect(notice).to_contain_text("두 번 누르면")
    page.emulate_media(media="print")
    assert "두 번 누르면" not in notice.inner_text()
    assert notice.inner_text().startswith("개체 31개 중 10개")


@browser_test
@pytest.mark.parametrize("size", ["phone", "small"])
def test_chips_of_a_phone_lie_in_one_row_below_the_tools(
    size: str, browser: Browser, graph: Graph, tmp_path: Path
) -> None:
    page = sized(browser, graph, tmp_path, SIZES[size])
    page.evaluate("""() => { page.expand(page.nodes()[0]); page.change((view) => {
        view.away = [page.nodes()[3]]; view.confidence = 0.1; view.hidden.status = ["denied"]; }); }""")
    boxes = page.locator("#holds > *, #active > *").evaluate_all(
        "all => all.map(e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"
    )
    tools = page.locator("#tools").bounding_box()
    assert tools is not None
    assert len(boxes) >= 4
    assert all(right <= left for (_, _, right, _), (left, _, _, _) in pairwise(boxes))
    assert min(top for _, top, _, _ in boxes) >= tools["y"] + tools["height"]
    assert max(bottom for _, _, _, bottom in boxes) - min(top for _, top, _, _ in boxes) <= 48
    page.context.close()
