"""Odd sequences of gestures: what one does while the page is busy with what one did before."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.parts import action, chip, shown
from tests.browser.stars import HUB, Graph, node, relation, star
from tests.browser.waiting import until

Open = Callable[..., Page]

pytestmark = pytest.mark.browser


def dated_star() -> Graph:
    graph = star(6)
    for month, (_, _, found) in enumerate(graph.edges(data=True), start=1):
        found["date"] = found["last_date"] = f"2025-0{month}-10"
    return graph


def apart() -> Graph:
    """Return 중심 with two partners, and 섬 – 기슭 that nothing joins to them."""
    graph = star(2)
    graph.add_node("island", **node("섬"))
    graph.add_node("shore", **node("기슭"))
    graph.add_edge("island", "shore", key="r900", **relation("섬", "기슭"))
    return graph


def away(*ids: str) -> str:
    """Return the address of 회사2 in a view from which these are hidden."""
    return f"#entity=e2&view={quote(json.dumps({'away': ids}))}"


NAME_OF = """(id) => {
    const { n } = nodeById().get(id), box = labelBoxes.find((one) => one.id === n);
    const stage = byId("graph").getBoundingClientRect();
    return [stage.left + box.x, stage.top + box.y];
}"""


@pytest.mark.parametrize("where", ["(id) => page.place(id)", NAME_OF])
def test_two_clicks_open_what_the_first_of_them_met(where: str, open_page: Open) -> None:
    page = open_page(star(12))
    page.evaluate("TWICE.within = 60000")  # a slow machine shall not make two single clicks of them
    page.mouse.move(*page.evaluate(where, "e3"))
    page.mouse.down()
    page.mouse.up()
    until(page, "state.selected !== null")  # the drawing has moved: something else is under the pointer now
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    expect(chip(page, "focus")).to_contain_text("회사3")
    expect(page.locator("#panel h2")).to_have_text("회사3")


def test_a_tip_goes_with_what_it_tells_of(open_page: Open) -> None:
    page = open_page(star(3), "#entity=e1")
    x, y = page.evaluate("page.place('e1')")
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    expect(page.locator("#tip")).to_contain_text("회사1")
    page.keyboard.press("h")
    expect(page.locator("#tip")).to_be_hidden()
    page.keyboard.press("Control+z")
    x, y = page.evaluate("page.place('e2')")
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    expect(page.locator("#tip")).to_contain_text("회사2")
    page.hover("#language")
    expect(page.locator("#tip")).to_be_hidden()


@pytest.mark.parametrize("disturb", ["zoomTime()", "page.undo()", "resetFilters()"])
def test_playing_ends_where_the_period_is_set_otherwise(disturb: str, open_page: Open) -> None:
    page = open_page(dated_star())
    page.evaluate("page.change((view) => setWindow(view, 1, 3))")
    page.click("#timeline .play")
    until(page, "timeline.start > 1")
    page.evaluate(disturb)
    until(page, "playing === null")
    expect(page.locator("#timeline .play")).to_have_attribute("aria-label", "시간 재생")


def test_what_is_hidden_leaves_a_focus_and_ends_its_path(open_page: Open) -> None:
    page = open_page(star(4), "#entity=e2")
    page.evaluate("page.expand('e1'); page.expand('e2')")
    action(page, "숨기기").click()
    assert (shown(page), chip(page, "focus").inner_text()) == ({"e1", HUB}, "회사1 둘레 1단계")
    page.evaluate("page.go('path', 'e1,e3')")
    expect(chip(page, "path")).to_have_count(1)
    page.evaluate("page.go('entity', 'e3')")
    action(page, "숨기기").click()
    expect(chip(page, "path")).to_have_count(0)
    assert shown(page) == {HUB, "e1", "e4"}


def test_a_focus_on_what_was_hidden_shows_it_again(open_page: Open) -> None:
    page = open_page(star(4), away("e2", "e3"))
    action(page, "초점").click()
    assert (shown(page), chip(page, "away").inner_text()) == ({"e2", HUB}, "숨긴 개체 1")


def test_ends_that_no_way_joins_are_plain_to_see(open_page: Open) -> None:
    page = open_page(apart(), f"#path={HUB},island")
    expect(page.locator("#panel .none")).to_have_text("이 그래프에는 두 개체를 잇는 길이 없습니다.")
    assert page.evaluate("page.network.body.nodeIndices.map((n) => page.network.body.nodes[n].options.opacity)") == [
        1,
        1,
    ]
    page.locator('[data-filter="status:actual"]').click()
    expect(page.locator("#panel .none")).to_contain_text("필터를 풀면 이어질 수 있습니다")


def test_going_back_to_a_link_keeps_what_was_chosen_since(open_page: Open) -> None:
    graph = star(3)
    graph.edges[HUB, "e1", "r001"]["status"] = "planned"
    page = open_page(graph, away("e3"))
    page.locator('[data-filter="status:planned"]').click()
    page.evaluate("page.go('entity', 'e0')")
    expect(page.locator("#panel h2")).to_have_text("중심")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("회사2")
    assert page.evaluate("[state.view.away, state.view.hidden.status]") == [["e3"], ["planned"]]


def test_a_relation_that_filters_hide_says_so(open_page: Open) -> None:
    graph = star(3)
    graph.edges[HUB, "e1", "r001"]["status"] = "planned"
    page = open_page(graph, "#relation=r001")
    expect(page.locator("#panel blockquote")).to_have_count(1)
    remark = page.locator("#panel .remark")
    expect(remark).to_have_count(0)
    page.locator('[data-filter="status:planned"]').click()
    expect(remark).to_have_text("지금 필터에 가려 그래프에는 보이지 않는 관계입니다.")


@pytest.mark.parametrize(("address", "told"), [("#entity=none", True), ("#x=1", False), ("#view=%7B%7D", False)])
def test_a_link_to_what_is_not_here_says_so(address: str, told: bool, open_page: Open) -> None:
    page = open_page(star(2), address)
    assert page.locator("#toast").is_visible() is told


def test_names_are_not_cut_by_the_window_nor_by_the_panel(open_page: Open) -> None:
    graph = star(40)
    for number in range(1, 41):
        graph.nodes[f"e{number}"]["name"] = f"이름이 아주 긴 회사 {number}"
    page = open_page(graph, f"#entity={HUB}")
    page.set_viewport_size({"width": 1000, "height": 600})
    page.click("#zoom-in")
    page.evaluate("page.network.redraw()")
    cut = """(() => {
        const { clientWidth, clientHeight } = byId("graph"), edge = clientWidth - byId("panel").offsetWidth;
        const over = ({ left, right, top, bottom }) =>
            left < 0 || right > clientWidth || top < 0 || bottom > clientHeight || (left < edge && right > edge);
        return labelBoxes.filter((box) => box.id !== state.selected.n && over(box)).length;
    })()"""
    assert (page.evaluate("labelBoxes.length > 3"), page.evaluate(cut)) == (True, 0)


def test_a_button_pressed_while_time_plays_stays_the_one_released(open_page: Open) -> None:
    page = open_page(dated_star())
    page.evaluate("page.change((view) => { view.away = ['e6']; })")
    page.click("#timeline .play")
    until(page, "timeline.end > 1")
    page.evaluate("window.held = document.querySelector('[data-chip=away] button')")
    before = page.evaluate("timeline.end")
    until(page, f"timeline.end > {before} || playing === null")
    assert page.evaluate("held.isConnected") is True


def test_buttons_and_chips_keep_clear_of_the_panel(open_page: Open) -> None:
    graph = star(3)
    graph.edges[HUB, "e1", "r001"]["status"] = "planned"
    page = open_page(graph, f"#entity={HUB}")
    page.locator('[data-filter="status:planned"]').click()
    panel = page.locator("#panel").bounding_box()
    assert panel is not None
    for box in (page.locator(name).bounding_box() for name in ("#zoom", "#active", "#tools", "#timeline")):
        assert box is None or box["x"] + box["width"] <= panel["x"]
    page.click("#zoom-in")
    page.set_viewport_size({"width": 900, "height": 600})
    notice, zoom = page.locator("#notice").bounding_box(), page.locator("#zoom").bounding_box()
    assert notice is not None
    assert zoom is not None
    assert notice["x"] + notice["width"] <= zoom["x"]


def test_the_table_says_what_makes_it_shorter(open_page: Open) -> None:
    graph = star(4)
    graph.edges[HUB, "e1", "r001"]["status"] = "planned"
    page = open_page(graph)
    page.click("#form-table")
    caption = page.locator("#rows caption")
    expect(caption).to_have_text("개체 5개 중 5개")
    page.locator('[data-filter="status:planned"]').click()
    expect(caption).to_have_text("개체 5개 중 4개 · 예정 제외")
    page.evaluate("page.change((view) => { view.focus = { ids: ['e2'], hops: 1, most: 60 }; view.away = ['e3']; })")
    expect(caption).to_have_text("개체 5개 중 2개 · 회사2 둘레 1단계 · 숨긴 개체 1 · 예정 제외")


def test_what_only_works_on_a_screen_is_not_printed(open_page: Open) -> None:
    graph = star(3)
    graph.edges[HUB, "e1", "r001"]["confidence"] = 0.5
    page = open_page(graph)
    page.emulate_media(media="print")
    expect(page.locator("#legend .filter").first).to_be_visible()
    expect(page.locator("#legend .least").first).to_be_hidden()


def test_a_focus_on_a_small_screen_is_no_heap(open_page: Open) -> None:
    page = open_page(star(60))
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate(f"page.expand('{HUB}')")
    assert (len(shown(page)), chip(page, "withheld").inner_text()) == (25, "+36 더 보기")
    touching = """page.nodes().map((id) => {
        const { n } = nodeById().get(id), { x, y } = network.canvasToDOM(spotOf(n));
        return [x, y, sizeOf(NODES[n]) * network.getScale()];
    }).some(([x, y, r], i, all) => all.some(([a, b, s], k) => k < i && Math.hypot(x - a, y - b) < r + s))"""
    assert page.evaluate(touching) is False
