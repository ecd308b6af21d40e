from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
Open: TypeAlias = Callable[..., Page]

pytestmark = pytest.mark.browser

HEADS = {
    "ko": ["이름", "유형", "관계", "기사", "언급"],
    "en": ["Name", "Type", "Relations", "Articles", "Mentions"],
}


def column(page: Page, number: int) -> list[str]:
    cells = page.locator(f"#rows tbody tr > :nth-child({number})")
    return [text.split("\n")[0] for text in cells.all_inner_texts()]


def sort(page: Page, key: str) -> str:
    """Press the head of a column and return how the table then says it is sorted."""
    head = page.locator(f'[data-key="sort-{key}"]')
    head.click()
    return str(head.locator("xpath=..").get_attribute("aria-sort"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_entity_stands_in_a_table(language: str, graph: Graph, open_page: Open) -> None:
    page = open_page(graph, language=language)
    page.keyboard.press("t")
    table = page.get_by_role("table")
    expect(table).to_have_accessible_name({"ko": "개체 12개 중 12개", "en": "12 of 12 entities"}[language])
    heads = table.get_by_role("columnheader").all()
    assert [head.locator("button").evaluate("e => e.firstChild.textContent") for head in heads] == HEADS[language]
    assert {head.get_attribute("scope") for head in heads} == {"col"}
    names = [found["name"] for _, found in graph.nodes(data=True)]
    assert sorted(column(page, 1)) == sorted(names)
    assert table.get_by_role("rowheader").count() == len(names)
    page.keyboard.press("t")
    expect(table).to_have_count(0)
    assert len(page.evaluate("page.nodes()")) == 11


def test_every_relation_stands_in_a_table(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.click("#form-table")
    page.click('[data-key="tab-relations"]')
    expect(page.locator("caption")).to_have_text("관계 13개 중 13개")
    found = sorted(zip(column(page, 1), column(page, 3), column(page, 4), strict=True))
    statuses = {"actual": "사실", "planned": "예정", "possible": "가능성", "denied": "부인", "ended": "종료"}
    assert found == sorted(
        (graph.nodes[one]["name"], graph.nodes[other]["name"], statuses[edge["status"]])
        for one, other, edge in graph.edges(data=True)
    )


def test_heads_sort_and_say_so(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.keyboard.press("t")
    names = sorted(found["name"] for _, found in graph.nodes(data=True))
    assert (sort(page, "name"), column(page, 1)) == ("ascending", sorted(names, key=str.lower))
    assert (sort(page, "name"), column(page, 1)) == ("descending", sorted(names, key=str.lower, reverse=True))
    mentions = sorted((found["mentions"] for _, found in graph.nodes(data=True)), reverse=True)
    assert (sort(page, "mentions"), column(page, 5)) == ("descending", [str(n) for n in mentions])
    assert page.locator("[aria-sort]").count() == 1
    assert page.evaluate("document.activeElement.dataset.key") == "sort-mentions"


def test_dates_sort_with_those_unknown_last(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.evaluate("page.change((view) => { view.form = 'relations'; })")
    assert sort(page, "date") == "descending"
    assert [date for date in column(page, 5) if date] == column(page, 5)[:5]
    assert column(page, 5)[0] == "2025-11-03"
    assert sort(page, "date") == "ascending"
    assert (column(page, 5)[0], column(page, 5)[-1]) == ("2025", "")


def test_the_table_holds_what_meets_the_filters(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.evaluate("page.change((view) => { view.form = 'relations'; })")
    page.click('[data-filter="status:denied"]')
    expect(page.locator("caption")).to_have_text("관계 13개 중 12개 · 부인 제외")
    assert "부인" not in column(page, 4)
    page.click('[data-filter="type:Place"]')
    page.click('[data-key="tab-entities"]')
    assert {"서울", "도쿄"} & set(column(page, 1)) == set()
    expect(page.locator("#said")).to_have_text(page.locator("caption").inner_text())


@pytest.mark.parametrize(
    ("form", "typed", "names"),
    [
        ("entities", "ㅋㅋㅇ", {"카카오"}),
        ("entities", "kdb", {"한국산업은행"}),
        ("relations", "산업은행", {"한국산업은행"}),
        ("relations", "직위", {"제이슨 권"}),
        ("entities", "없는 이름", {"조건에 맞는 것이 없습니다"}),
    ],
)
def test_the_quick_filter_finds_as_search_does(
    form: str, typed: str, names: set[str], graph: Graph, open_page: Open
) -> None:
    page = open_page(graph)
    page.evaluate("(form) => page.change((view) => { view.form = form; })", form)
    page.fill("#sift", typed)
    expect(page.locator("#rows tbody tr").first).to_contain_text(next(iter(names)))
    assert set(column(page, 1)) == names
    page.locator("#sift").press("Escape")
    expect(page.locator("#rows tbody tr")).to_have_count(12 if form == "entities" else 13)


def test_a_row_opens_its_panel_and_focus_comes_back(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.evaluate("page.change((view) => { view.form = 'relations'; })")
    row = page.locator("#rows tbody tr", has_text="금융 지원")
    opener = row.get_by_role("button", name="한국산업은행 – 금융 지원 – 오픈AI")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel blockquote")).to_have_text("한국산업은행은 오픈AI에 1000억원을 빌려줬다.")
    expect(page.locator("#panel")).to_be_focused()
    expect(row).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(opener).to_be_focused()
    page.locator("#rows tbody td").nth(3).click()
    expect(page.locator("#panel")).to_be_visible()


def test_links_and_undo_carry_the_table(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.keyboard.press("t")
    link = page.evaluate("page.sharedLink()")
    page.evaluate("page.undo()")
    expect(page.locator("#table")).to_be_hidden()
    page = open_page(graph, link[link.index("#") :])
    expect(page.get_by_role("table")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator("#graph")).to_be_visible()


def test_order_and_quick_filter_belong_to_the_view(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.evaluate("page.change((view) => { view.form = 'relations'; })")
    assert sort(page, "date") == "descending"
    page.locator("#sift").press_sequentially("카카오", delay=20)
    expect(page.locator("caption")).to_have_text("관계 13개 중 3개")
    page.locator("#sift").blur()
    dates = column(page, 5)
    address = page.evaluate("page.sharedLink()").split("#")[1]
    page.evaluate("page.undo()")
    expect(page.locator("#rows tbody tr")).to_have_count(13)
    expect(page.locator("#sift")).to_have_value("")
    page.evaluate("page.undo()")
    assert page.locator('[data-key="sort-sources"]').locator("xpath=..").get_attribute("aria-sort") == "descending"
    page.evaluate("(address) => { location.hash = address; }", address)
    expect(page.locator("#sift")).to_have_value("카카오")
    expect(page.locator("#rows tbody tr")).to_have_count(3)
    page.evaluate("location.hash = 'view={}'")
    expect(page.locator("#table")).to_be_hidden()
    page.evaluate("page.undo()")
    expect(page.locator("#sift")).to_have_value("카카오")
    assert column(page, 5) == dates
    page = open_page(graph, "#" + address)
    assert page.locator('[data-key="sort-date"]').locator("xpath=..").get_attribute("aria-sort") == "descending"
    assert column(page, 5) == dates


def test_what_the_table_cannot_mean_is_the_graph(graph: Graph, open_page: Open) -> None:
    page = open_page(graph, '#view={"form":"constructor"}')
    expect(page.locator("#graph")).to_be_visible()
    expect(page.locator("#table")).to_be_hidden()


def test_typing_a_t_in_a_field_switches_nothing(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.focus("#query")
    page.keyboard.press("t")
    expect(page.locator("#table")).to_be_hidden()
    assert page.input_value("#query") == "t"


def test_large_tables_come_in_pages(open_page: Open) -> None:
    graph: Graph = nx.MultiDiGraph(schema="0", articles={})
    for number in range(5_050):
        found: dict[str, Any] = {"name": f"회사{number:04}", "type": "Organization", "subtype": None, "aliases": []}
        graph.add_node(f"e{number:05}", **found, mentions=number, articles=1, article_ids=[], ids=[])
    page = open_page(graph)
    page.keyboard.press("t")
    assert sort(page, "mentions") == "descending"
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(100)
    expect(page.locator("#pager")).to_contain_text("5,050줄 중 1–100")
    page.get_by_role("button", name="다음 쪽").click()
    assert column(page, 1)[0] == "회사4949"
    page.get_by_role("button", name="마지막 쪽").click()
    expect(rows).to_have_count(50)
    last = page.get_by_role("button", name="마지막 쪽")
    expect(last).to_be_focused()
    expect(last).to_have_attribute("aria-disabled", "true")
    page.fill("#sift", "회사0049")
    expect(rows).to_have_count(1)


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "</table><script>alert(2)</script>", "\u202e가나\u202c"]
)
def test_hostile_names_are_text_in_the_table(name: str, graph: Graph, open_page: Open) -> None:
    node = next(iter(graph.edges))[0]
    graph.nodes[node].update(name=name, aliases=[name])
    page = open_page(graph)
    page.keyboard.press("t")
    texts = page.locator("#rows tbody th button > span").evaluate_all("spans => spans.map(s => s.textContent)")
    assert name in texts
    assert page.evaluate("document.querySelectorAll('img, iframe').length") == 0
