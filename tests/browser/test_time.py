from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
Open: TypeAlias = Callable[..., Page]

pytestmark = pytest.mark.browser


def dated(graph: Graph, dates: list[tuple[str | None, str | None]]) -> Graph:
    """Give the relations these dates in turn, and their articles none."""
    for article in graph.graph["articles"].values():
        article["date"] = None
    ordered = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2])
    for i, (_, _, _, found) in enumerate(ordered):
        found["date"], found["last_date"] = dates[i % len(dates)]
    return graph


def period(page: Page) -> str:
    return page.locator("#timeline strong").inner_text()


def figures(page: Page) -> str:
    return page.locator("#timeline .figures").inner_text()


def window(page: Page) -> list[int | None]:
    return list(page.evaluate("[page.state.view.from, page.state.view.to]"))


def bins(page: Page) -> list[list[int]]:
    return list(page.evaluate("timeline.axis.bins.map((bin, i) => [bin.from, timeline.counts[i]])"))


def across(page: Page, *parts: float) -> None:
    """Drag over the histogram through these parts of its width, each a number from 0 to 1."""
    box = page.locator("#timeline .surface").bounding_box()
    assert box is not None
    spots = [(box["x"] + box["width"] * part, box["y"] + box["height"] / 2) for part in parts]
    page.mouse.move(*spots[0])
    page.mouse.down()
    for spot in spots[1:]:
        page.mouse.move(*spot, steps=4)
    page.mouse.up()


FOUR_MONTHS = [
    ("2025-01", "2025-01"),
    ("2025-03", "2025-03"),
    ("2025-04-10", "2025-04-10"),
    ("2025-06-20", "2025-06-20"),
    (None, None),
]


def test_the_histogram_counts_what_a_bin_would_show(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, FOUR_MONTHS))
    assert bins(page) == [[20250101, 3], [20250201, 0], [20250301, 3], [20250401, 3], [20250501, 0], [20250601, 2]]
    assert (period(page), figures(page)) == ("전체 기간", "관계 13개 · 날짜 없는 관계 2개")
    page.click("#language")
    assert (period(page), figures(page)) == ("All time", "13 relations · 2 without a date")
    for start, shown in bins(page):
        page.evaluate("(day) => page.change((view) => { view.from = day; view.to = day + 30; })", start)
        assert len(page.evaluate("page.edges()")) == shown
    assert figures(page) == "2 relations · 2 without a date left out"


def test_a_relation_of_a_year_counts_in_each_of_its_months(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, [("2025", "2025")]))
    assert [shown for _, shown in bins(page)] == [13] * 12


@pytest.mark.parametrize(
    ("dates", "first", "number"),
    [
        ([("2025-05-01", "2025-05-01"), ("2025-05-30", "2025-05-30")], 20250501, 30),
        ([("2020-02-29", "2020-02-29"), ("2025-05", "2025-05")], 20200201, 64),
        ([("2000", "2000"), ("2025-05", "2025-05")], 20000101, 102),
        ([("1900", "1900"), ("2025", "2025")], 19000101, 126),
        ([("1557", "1557"), ("2025", "2025")], 15500101, 48),
        ([("2025-05-01", "2025-05-01")], 20250501, 1),
    ],
)
def test_bins_suit_the_span(
    dates: list[tuple[str | None, str | None]], first: int, number: int, graph: Graph, open_page: Open
) -> None:
    page = open_page(dated(graph, dates))
    found = bins(page)
    assert (found[0][0], len(found)) == (first, number)


def test_few_far_dates_fall_into_open_bins(graph: Graph, open_page: Open) -> None:
    edges = [graph.edges[edge] for edge in sorted(graph.edges(keys=True), key=lambda edge: edge[2])]
    dated(graph, [(f"2025-05-{day:02}", f"2025-05-{day:02}") for day in range(1, 14)])
    for i in range(60):
        graph.add_edge(*next(iter(graph.edges()))[:2], key=f"x{i}", **edges[5])
    edges[0].update(date="1557", last_date="1557")
    page = open_page(graph)
    found = bins(page)
    assert (found[0], found[1][0], len(found)) == ([0, 1], 20250502, 13)
    page.locator("#timeline .end").focus()
    page.keyboard.press("Home")
    expect(page.locator("#timeline strong")).to_have_text("~ 2025년 5월 1일")
    assert page.locator("#timeline .end").get_attribute("aria-valuetext") == "2025년 5월 2일 이전"
    assert page.evaluate("page.edges().length") == 1


def test_sliders_move_by_keys_and_announce_their_date(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, FOUR_MONTHS))
    start, end = page.locator("#timeline .start"), page.locator("#timeline .end")
    assert (start.get_attribute("aria-label"), start.get_attribute("aria-valuetext")) == ("시작", "2025년 1월")
    assert (end.get_attribute("aria-label"), end.get_attribute("aria-valuetext")) == ("끝", "2025년 6월")
    start.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#timeline strong")).to_have_text("2025년 2월 ~")
    assert start.get_attribute("aria-valuetext") == "2025년 2월"
    end.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#timeline strong")).to_have_text("2025년 2월 ~ 2025년 5월")
    assert (window(page), len(page.evaluate("page.edges()"))) == ([20250201, 20250531], 6)
    page.keyboard.press("Home")
    expect(page.locator("#timeline strong")).to_have_text("2025년 2월")
    page.locator("#timeline").get_by_text("전체", exact=True).click()
    assert (window(page), period(page)) == ([None, None], "전체 기간")


def test_dragging_draws_and_moves_the_window_as_one_step_each(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, FOUR_MONTHS))
    across(page, 0.55, 0.75)
    assert (window(page), page.evaluate("page.state.past.length")) == ([20250401, 20250531], 1)
    across(page, 0.6, 0.3, 0.26)
    assert (window(page), page.evaluate("page.state.past.length")) == ([20250201, 20250331], 2)
    across(page, 0.3, -0.4)
    assert (window(page), page.evaluate("page.state.past.length")) == ([None, 20250228], 3)
    across(page, 0.95)
    assert (window(page), page.evaluate("page.state.past.length")) == ([20250601, None], 4)
    for before in ([None, 20250228], [20250201, 20250331], [20250401, 20250531], [None, None]):
        page.evaluate("page.undo()")
        assert window(page) == before
    page.evaluate("page.redo()")
    page.locator("#timeline .surface").dblclick(position={"x": 5, "y": 20})
    assert window(page) == [None, None]


def test_zooming_shows_the_chosen_period_in_finer_steps(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, FOUR_MONTHS))
    across(page, 0.55)
    page.locator("#timeline").get_by_text("확대", exact=True).click()
    assert (len(bins(page)), sum(shown for _, shown in bins(page)), window(page)) == (30, 3, [20250401, 20250430])
    page.locator("#timeline .start").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#timeline .start")).to_have_attribute("aria-valuetext", "2025년 4월 2일")
    page.evaluate("page.undo()")
    page.evaluate("page.undo()")
    page.evaluate("page.undo()")
    assert (len(bins(page)), window(page)) == (6, [None, None])


def test_playing_grows_through_time_and_stops_at_the_end(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, FOUR_MONTHS))
    page.emulate_media(reduced_motion="no-preference")
    page.evaluate("seen = []; watchers.push(() => seen.push(state.view.to))")
    page.click("#timeline .play")
    expect(page.locator("#timeline .play")).to_have_attribute("aria-label", "멈춤")
    expect(page.locator("#timeline .play")).to_have_attribute("aria-label", "시간 재생")
    assert page.evaluate("seen") == [20250131, 20250228, 20250331, 20250430, 20250531, None]
    assert page.evaluate("page.state.past.length") == 1
    page.evaluate("page.undo()")
    assert window(page) == [None, None]


def test_playing_moves_a_chosen_window_and_can_be_stopped(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, FOUR_MONTHS))
    across(page, 0.55, 0.65)
    page.click("#timeline .play")
    page.wait_for_function("() => page.state.view.from === 20250501")
    page.click("#timeline .play")
    assert page.evaluate("[playing, page.state.view.to, page.state.past.length]") == [None, 20250531, 2]
    across(page, 0.9)
    page.click("#timeline .play")  # at the end it begins anew
    page.wait_for_function("() => [20250131, 20250228].includes(page.state.view.to)")
    page.click("#timeline .play")


def test_without_any_date_there_is_no_time_bar(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, [(None, None)]), "#view=%7B%22from%22%3A20250101%7D")
    expect(page.locator("#timeline")).to_have_count(0)
    page.locator("#active .chip").click()
    assert len(page.evaluate("page.edges()")) == 13


def test_the_bar_folds_and_covers_nothing(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, FOUR_MONTHS))
    top = "document.querySelector('#timeline').getBoundingClientRect().top"
    for _ in range(2):
        for other in ("#zoom", "#graph", "#notice"):
            assert page.evaluate(f"document.querySelector('{other}').getBoundingClientRect().bottom <= {top}")
        page.click("#timeline .fold")
    page.click("#timeline .fold")
    assert page.locator("#timeline .start").is_hidden()
    assert page.locator("#timeline .fold").get_attribute("aria-label") == "시간 막대 펼치기"


def test_the_histogram_follows_the_other_filters(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, FOUR_MONTHS))
    page.click('[data-filter="relation:partnersWith"]')
    assert sum(shown for _, shown in bins(page)) + int(page.evaluate("timeline.undated")) == 9


def test_both_handles_stand_at_the_ends_of_the_bar(graph: Graph, open_page: Open) -> None:
    page = open_page(dated(graph, FOUR_MONTHS), "#relation=none")
    page.evaluate("page.go('entity', page.nodes()[0])")
    expect(page.locator("#panel h2")).to_be_visible()
    axis = page.locator("#timeline .axis").bounding_box()
    assert axis is not None
    for handle in ("start", "end"):
        box = page.locator(f"#timeline input.{handle}").bounding_box()
        assert box is not None
        assert abs(box["x"] - axis["x"]) <= 14
        assert abs(box["x"] + box["width"] - axis["x"] - axis["width"]) <= 14
