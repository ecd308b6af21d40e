from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import quote

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.stars import article, node, relation, star

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
Open: TypeAlias = Callable[..., Page]

pytestmark = pytest.mark.browser


def edges(page: Page) -> int:
    return len(page.evaluate("page.edges()"))


def view(page: Page) -> dict[str, Any]:
    return dict(page.evaluate("page.state.view"))


def count(page: Page, row: str) -> str:
    return page.locator(f'[data-filter="{row}"] .count').inner_text()


def linked(**chosen: Any) -> str:
    return "#view=" + quote(json.dumps(chosen))


def chips(page: Page) -> list[str]:
    return page.locator("#active .chip").all_inner_texts()


def set_slider(page: Page, name: str, value: int) -> None:
    page.locator(f"#least-{name}").fill(str(value))


def with_publishers(graph: Graph, number: int) -> Graph:
    """Give the graph a copy of every article for each of so many publishers, named 신문0, 신문1 and so on."""
    graph = graph.copy()
    articles = graph.graph["articles"]
    base = dict(articles["a1"])
    articles.update({f"b{i:03}": base | {"publisher": f"신문{i}", "original": f"b{i:03}"} for i in range(number)})
    for _, _, found in graph.edges(data=True):
        first = found["evidence"][0]
        found["evidence"] = [first, *({**first, "article": f"b{i:03}"} for i in range(number))]
    return graph


@pytest.mark.parametrize(
    ("chosen", "left", "chip"),
    [
        ({"hidden": {"type": ["Place"]}}, 11, "장소 제외"),
        ({"hidden": {"status": ["denied", "ended"]}}, 11, "부인, 종료 제외"),
        ({"hidden": {"relation": ["partnersWith"]}}, 9, "제휴 제외"),
        ({"hidden": {"publisher": ["가상일보"]}}, 7, "가상일보 제외"),
        ({"hidden": {"publisher": {"only": [""]}}}, 1, "가상일보, 모의경제 제외"),
        ({"confidence": 0.8}, 11, "신뢰도 80% 이상"),
        ({"sources": 2}, 1, "독립 출처 2곳 이상"),
        ({"from": 20251101, "to": 20251130}, 2, "2025년 11월"),
        ({"to": 20250228}, 2, "~ 2025년 2월"),
    ],
)
def test_a_link_restores_each_filter(
    chosen: dict[str, Any], left: int, chip: str, graph: Graph, open_page: Open
) -> None:
    page = open_page(graph, linked(**chosen))
    assert (edges(page), chips(page)) == (left, [chip])
    shared = page.evaluate("page.sharedLink()")
    page.goto("about:blank")
    page.goto(shared)
    page.wait_for_function("window.page.ready !== null")
    assert (edges(page), chips(page)) == (left, [chip])
    page.locator("#active .reset").click()
    assert (edges(page), page.locator("#active").is_visible()) == (13, False)


def test_a_link_names_the_few_kinds_that_are_left(graph: Graph, open_page: Open) -> None:
    page = open_page(with_publishers(graph, 300), linked(hidden={"publisher": {"only": ["신문7"]}}))
    assert len(view(page)["hidden"]["publisher"]) == 302
    assert chips(page) == ["신문7만"]
    assert page.evaluate("difference()") == {"hidden": {"publisher": {"only": ["신문7"]}}}


UNTOUCHED = {
    "hidden": {"type": [], "status": [], "relation": [], "publisher": []},
    "confidence": 0,
    "sources": 1,
    "from": None,
    "to": None,
    "away": [],
    "pins": {},
    "placed": None,
    "focus": None,
    "path": None,
    "lonely": None,
    "colour": "type",
    "form": "graph",
    "sort": {"entities": {"by": "joined", "down": True}, "relations": {"by": "sources", "down": True}},
    "sift": "",
}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "7",
        '"<script>alert(1)</script>"',
        "{",
        '{"unknown":1,"__proto__":{"sources":9},"constructor":2}',
        '{"hidden":[],"confidence":"0.9","sources":"3","from":"2025","to":{},"colour":"red","lonely":1}',
        '{"hidden":{"type":"Place","status":[["denied"],null,7,"none"],"relation":{"only":"x"},"other":["x"]}}',
        '{"hidden":null,"confidence":null,"sources":null,"away":null,"pins":null,"focus":7,"path":7}',
        '{"from":20251301,"to":20250199}',
        '{"from":1e99,"to":-5}',
        '{"from":20251130,"to":20250101}',
        '{"from":20250101.5}',
        '{"sort":{"entities":{"by":"constructor"},"relations":["date",true],"__proto__":7},"sift":["가"]}',
        '{"confidence":-3,"sources":-1e300}',
        '{"away":["none",null,{}],"pins":{"none":[0,0],"__proto__":[1,1]},"focus":{"ids":["none"],"hops":1},"path":["a"]}',
    ],
)
def test_what_a_link_cannot_mean_is_left_out(text: str, graph: Graph, open_page: Open) -> None:
    page = open_page(graph, "#view=" + quote(text))
    assert (view(page), edges(page), chips(page)) == (UNTOUCHED, 13, [])


def test_numbers_of_a_link_come_back_to_what_there_is(graph: Graph, open_page: Open) -> None:
    node = next(iter(graph.nodes))
    pins = {node: [1e300, 0]}
    page = open_page(
        graph, linked(confidence=7, sources=1e300, focus={"ids": [node, 3], "hops": 1e9}, pins=pins, away=[node, node])
    )
    found = view(page)
    assert (found["confidence"], found["sources"], found["pins"], found["away"]) == (1, 2, {}, [node])
    assert found["focus"] == {"ids": [node], "hops": 3, "most": 24}


def test_sliders_set_the_least_confidence_and_sources(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    slider, row = page.locator("#least-confidence"), page.locator(".least").first
    assert row.inner_text().split("\n") == ["신뢰도", "제한 없음", "관계 13개"]
    set_slider(page, "confidence", 75)
    expect(page.locator("#active .chip")).to_have_text("신뢰도 75% 이상")
    assert (edges(page), slider.get_attribute("aria-valuetext")) == (11, "75% 이상, 관계 11개")
    set_slider(page, "sources", 2)
    expect(page.locator("#active .chip")).to_have_count(2)
    assert edges(page) == 1
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("#active .chip")).to_have_text("독립 출처 2곳 이상")


def test_holding_a_key_on_a_slider_is_one_step_to_undo(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.locator("#least-confidence").focus()
    for value in (55, 60, 65):
        page.keyboard.down("ArrowRight")
        page.wait_for_function("(value) => Math.round(page.state.view.confidence * 100) === value", arg=value)
    page.keyboard.up("ArrowRight")
    assert page.evaluate("page.state.past.length") == 1
    page.evaluate("page.undo()")
    assert (view(page)["confidence"], page.locator("#least-confidence").input_value()) == (0, "50")


def test_rows_count_under_the_other_filters(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    assert (count(page, "relation:partnersWith"), count(page, "type:Place")) == ("4", "2")
    page.click('[data-filter="status:actual"]')
    assert count(page, "relation:partnersWith") == "1 / 4"
    assert count(page, "status:actual") == "8"  # what would come back
    assert count(page, "status:denied") == "1"
    assert count(page, "type:Place") == "1 / 2"
    assert count(page, "publisher:가상일보") == "0 / 7"
    page.click('[data-filter="type:Place"]')
    assert count(page, "type:Place") == "1 / 2"
    assert count(page, "status:actual") == "7 / 8"


def test_only_this_kind_and_all_again(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    row = page.locator("#legend .row", has=page.locator('[data-filter="relation:partnersWith"]'))
    row.hover()
    row.locator(".only").click()
    assert (edges(page), chips(page)) == (4, ["제휴만"])
    row.locator(".only").focus()
    page.keyboard.press("Enter")
    assert (edges(page), chips(page)) == (13, [])
    assert page.evaluate("document.activeElement.className") == "only"


def test_long_lists_show_their_first_rows(graph: Graph, open_page: Open) -> None:
    page = open_page(with_publishers(graph, 300))
    section = page.locator('[data-group="publisher"]')
    assert section.locator(".row").count() == 6
    expect(section.locator(".seek")).to_be_hidden()
    section.locator(".more").click()
    assert section.locator(".row").count() == 303
    section.locator(".seek").fill("신문29")
    assert section.locator(".row .filter > span:first-of-type").all_inner_texts() == [
        "신문29",
        *(f"신문{i}" for i in range(290, 300)),
    ]
    section.locator(".seek").fill("없는신문")
    assert section.locator(".row").count() == 0
    section.locator(".more").click()
    assert section.locator(".row").count() == 6
    section.locator("h2 button").click()
    assert (edges(page), chips(page)) == (0, ["언론사 모두 제외"])
    section.locator("h2 button").click()
    assert edges(page) == 13


def test_chips_say_what_is_filtered_and_take_it_back(graph: Graph, open_page: Open) -> None:
    page = open_page(graph, linked(hidden={"status": ["denied"], "relation": ["acquires", "finances", "locatedIn"]}))
    assert chips(page) == ["부인 제외", "관계 3개 제외"]
    assert page.locator("#active .reset").inner_text() == "필터 초기화 2"
    page.locator("#active .chip").first.click()
    assert chips(page) == ["관계 3개 제외"]
    assert page.evaluate("document.activeElement.className") == "chip"
    page.click("#language")
    assert chips(page) == ["Relations: 3 off"]
    page.evaluate("page.undo()")
    assert chips(page) == ["without denied", "Relations: 3 off"]


def test_when_nothing_is_left_the_page_offers_to_reset(graph: Graph, open_page: Open) -> None:
    page = open_page(graph, linked(sources=2, hidden={"status": ["actual"]}))
    empty = page.locator("#empty")
    assert empty.inner_text().split() == ["조건에", "맞는", "관계가", "없습니다", "필터", "초기화"]
    empty.locator("button").click()
    expect(empty).to_be_hidden()
    assert edges(page) == 13


def two_groups() -> Graph:
    """Return a graph of two groups of 250 that a single relation joins: large enough to be laid out by community."""
    graph: Graph = nx.MultiDiGraph(schema="0", articles={"a0": article("2025-05-26")})
    for number in range(500):
        graph.add_node(f"e{number:03}", **node(f"회사{number}"))
    joined = relation("회사", "다른 회사")
    for group in (0, 250):
        for number in range(1, 250):
            for other in {0, number // 2}:
                graph.add_edge(
                    f"e{group + other:03}", f"e{group + number:03}", key=f"r{group + number}-{other}", **joined
                )
    graph.add_edge("e010", "e260", key="bridge", **joined)
    return graph


def test_colours_by_community_and_goes_to_one(open_page: Open) -> None:
    page = open_page(two_groups(), shown=400)
    page.click('[data-colour="community"]')
    assert view(page)["colour"] == "community"
    rows = page.locator(".community")
    names = rows.locator("span:first-of-type").all_inner_texts()
    assert any(name.startswith("회사0 ·") for name in names)
    assert any(name.startswith("회사250 ·") for name in names)
    colours = rows.locator(".swatch").evaluate_all("all => all.map(e => e.style.background)")
    assert len(set(colours[:8])) == len(colours[:8])
    before = page.evaluate("page.network.getScale()")
    rows.first.click()
    page.wait_for_function("(before) => page.network.getScale() > before", arg=before)
    page.click('[data-colour="type"]')
    expect(rows).to_have_count(0)


def test_small_graphs_of_one_community_offer_no_switch(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    expect(page.locator('[data-colour="community"]')).to_have_count(0)


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "__proto__", "\u202etxt.exe\u202c"])
def test_hostile_publishers_are_inert(name: str, graph: Graph, open_page: Open) -> None:
    graph.graph["articles"]["a1"]["publisher"] = name
    page = open_page(graph)
    row = page.locator('[data-group="publisher"] .filter', has_text=re.compile(re.escape(name)))
    assert row.locator("span").first.evaluate("e => e.textContent") == name
    row.click()
    assert (edges(page), page.locator(".chip span").evaluate("e => e.textContent")) == (7, f"{name} 제외")
    assert page.evaluate("document.querySelectorAll('img').length") == 0


@pytest.mark.parametrize(
    ("chosen", "word"),
    [
        ({"hidden": {"type": ["Organization"]}}, "개체 유형"),
        ({"hidden": {"status": ["actual", "denied"]}}, "상태"),
        ({"hidden": {"relation": ["partnersWith"]}}, "관계"),
        ({"hidden": {"publisher": {"only": []}}}, "언론사"),
        ({"confidence": 0.99}, "신뢰도"),
        ({"sources": 2}, "독립 출처"),
        ({"from": 20300101}, "시간 범위"),
        ({"to": 19900101, "confidence": 0.99}, "신뢰도, 시간 범위"),
    ],
)
@pytest.mark.parametrize("kind", ["relation", "pair", "entity"])
def test_filters_give_way_to_what_a_link_names(kind: str, chosen: dict[str, Any], word: str, open_page: Open) -> None:
    graph = star(3)
    graph.add_edge("e1", "e2", key="known", **relation("회사1", "회사2", sources=2, confidence=1.0))
    name = {"relation": "r003", "pair": "e0,e3", "entity": "e3"}[kind]
    page = open_page(graph, f"{linked(**chosen)}&{kind}={name}")
    assert "r003" in page.evaluate("page.edges()")
    assert page.locator("#toast").inner_text() == f"찾은 것이 보이도록 필터를 풀었습니다: {word}"
    expect(page.locator("#notice strong")).to_have_count(0)
    page.evaluate("page.undo()")
    assert "r003" not in page.evaluate("page.edges()")
    said = page.locator("#notice strong")
    expect(said).to_have_text([] if kind == "entity" else ["고른 관계는 필터에 가려 그려지지 않았습니다"])


def test_only_the_fewest_filters_give_way(open_page: Open) -> None:
    graph = star(1)
    graph.add_edge("e0", "e1", key="other", **relation("중심", "회사1", status="denied", confidence=0.5))
    page = open_page(graph, linked(confidence=0.8, hidden={"status": ["actual", "denied"]}) + "&pair=e0,e1")
    assert page.evaluate("page.edges()") == ["r001"]
    assert (view(page)["hidden"]["status"], view(page)["confidence"]) == (["denied"], 0.8)


def test_a_relation_outside_the_focus_is_said_to_be_so(open_page: Open) -> None:
    graph = star(3)
    graph.add_node("e9", **node("먼 회사"))
    graph.add_edge("e3", "e9", key="far", **relation("회사3", "먼 회사"))
    page = open_page(graph, linked(focus={"ids": ["e1"], "hops": 1}) + "&relation=far")
    expect(page.locator("#notice strong")).to_have_text("고른 관계는 초점이나 경로 밖에 있어 그려지지 않았습니다")
    page.evaluate("page.go('relation', 'r001')")
    expect(page.locator("#notice strong")).to_have_count(0)


def test_a_link_pasted_into_the_page_is_one_step_to_undo(open_page: Open) -> None:
    page = open_page(star(2))
    page.evaluate("(hash) => { location.hash = hash; }", linked(sources=5, **{"from": 20300101}) + "&relation=r001")
    expect(page.locator("#panel")).to_be_visible()
    assert page.evaluate("page.state.past.length") == 1
    page.evaluate("page.undo()")
    assert view(page) == UNTOUCHED
