from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.stars import article, node, relation
from tests.browser.waiting import until

Graph: TypeAlias = "nx.MultiDiGraph[Any]"
Open: TypeAlias = Callable[..., Page]

pytestmark = pytest.mark.browser


def by_name(graph: Graph, name: str) -> str:
    return next(str(node) for node, found in graph.nodes(data=True) if found["name"] == name)


def edge_of(graph: Graph, kind: str, status: str) -> tuple[str, str, str]:
    for subject, obj, key, found in graph.edges(keys=True, data=True):
        if (found["type"], found["status"]) == (kind, status):
            return str(subject), str(obj), str(key)
    raise KeyError(kind, status)


def shown(page: Page) -> tuple[int, int]:
    return len(page.evaluate("page.nodes()")), len(page.evaluate("page.edges()"))


def painted(page: Page) -> int:
    """Return how many pixels of the drawing are not empty."""
    return int(
        page.evaluate("""() => { const c = document.querySelector("#graph canvas");
        const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; }""")
    )


def click_edge(page: Page, key: str) -> None:
    """Click the middle of an edge as drawn."""
    page.mouse.click(*page.evaluate("(key) => page.middle(key)", key))


def test_draws_every_node_and_edge(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    assert shown(page) == (11, 13)
    assert painted(page) > 5_000
    assert page.locator("#counts").inner_text() == "개체 12 · 관계 13 · 기사 3"


def test_entities_without_relations_come_on_demand(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    assert "개체 12개 중 11개" in page.locator("#notice").inner_text()
    page.click('[data-filter="lonely"]')
    assert (shown(page), page.locator("#notice").inner_text()) == ((12, 13), "")
    page.click('[data-filter="lonely"]')
    assert shown(page) == (11, 13)
    page.evaluate("(id) => page.go('entity', id)", by_name(graph, "국민의힘"))
    expect(page.locator("#panel")).to_contain_text("기사에서 찾은 관계가 없습니다")
    assert shown(page) == (12, 13)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("오픈ai", "오픈AI"),
        ("KDB", "한국산업은행"),
        ("ㅋㅋㅇ", "카카오"),
        ("캌", "카카오"),
        ("크래ㅍ", "크래프톤"),
        ("ㅎㄱㅅㅇ", "한국산업은행"),
    ],
)
def test_search_finds_names_aliases_and_initials(typed: str, found: str, graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.keyboard.press("/")
    page.keyboard.insert_text(typed)
    assert page.locator("#results li span").first.inner_text() == found
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(found)


def test_search_says_when_nothing_is_found(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.fill("#query", "없는이름")
    assert page.locator("#results li").all_inner_texts() == ["찾는 이름이 없습니다"]
    page.keyboard.press("Escape")
    expect(page.locator("#results")).to_be_hidden()


def test_clicking_an_edge_opens_its_sentences(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    click_edge(page, edge_of(graph, "finances", "actual")[2])
    panel = page.locator("#panel")
    expect(panel.locator("blockquote")).to_have_count(1)
    assert panel.locator("blockquote").all_inner_texts() == ["한국산업은행은 오픈AI에 1000억원을 빌려줬다."]
    marks = panel.locator("mark").evaluate_all("marks => marks.map(mark => [mark.className, mark.textContent])")
    assert marks == [["subject", "한국산업은행"], ["object", "오픈AI"], ["cue", "빌려줬다"]]
    assert panel.locator(".ends button").all_inner_texts() == ["한국산업은행", "오픈AI"]
    assert "1000억원" in panel.inner_text()
    link = panel.locator(".proofs a")
    assert (link.inner_text(), link.get_attribute("href")) == (
        "오픈AI, 국내 기업과 손잡다",
        "https://news.example/a/1?x=1&y=2",
    )


def test_each_of_parallel_edges_can_be_clicked(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    for kind, status, sentence in [
        ("partnersWith", "ended", "오픈AI와 카카오의 제휴가 끝났다는 공지가 나왔다."),
        ("competesWith", "possible", "오픈AI와 카카오가 경쟁할 수 있다는 관측도 나온다."),
    ]:
        page.keyboard.press("Escape")
        page.wait_for_timeout(50)
        click_edge(page, edge_of(graph, kind, status)[2])
        expect(page.locator("blockquote")).to_have_text(sentence)


def test_clicking_a_node_opens_its_facts_and_articles(graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    page.mouse.click(*page.evaluate("(id) => page.place(id)", by_name(graph, "제이슨 권")))
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("제이슨 권")
    assert panel.locator(".chips li").all_inner_texts() == ["Jason Kwon"]
    assert panel.locator(".fact .name span").all_inner_texts() == ["오픈AI\n최고전략책임자 · 2025-05-26"]
    assert panel.locator(".articles li").all_inner_texts() == [
        "오픈AI, 국내 기업과 손잡다\n가상일보 · 2025-05-26\n직위 오픈AI"
    ]


def test_an_entity_shows_what_it_goes_by_elsewhere(graph: Graph, open_page: Open) -> None:
    page = open_page(graph, f"#entity={by_name(graph, '카카오')}")
    items = page.locator("#panel .elsewhere li")
    assert items.all_inner_texts() == ["kakaocorp.com", "KRX 035720", "Wikidata Q17684312"]
    links = page.locator("#panel .elsewhere a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://kakaocorp.com",
        "https://www.wikidata.org/wiki/Q17684312",
    ]


@pytest.mark.parametrize(
    ("row", "nodes", "edges"),
    [("type:Place", 9, 11), ("status:denied", 11, 12), ("relation:partnersWith", 10, 9)],
)
def test_filters_hide_and_bring_back(row: str, nodes: int, edges: int, graph: Graph, open_page: Open) -> None:
    page = open_page(graph)
    button = page.locator(f'[data-filter="{row}"]')
    button.click()
    assert (shown(page), button.get_attribute("aria-pressed")) == ((nodes, edges), "false")
    assert f"개체 12개 중 {nodes}개, 관계 13개 중 {edges}개" in page.locator("#notice").inner_text()
    button.click()
    assert (shown(page), button.get_attribute("aria-pressed")) == ((11, 13), "true")


def test_links_open_what_they_name_and_back_returns(graph: Graph, open_page: Open) -> None:
    subject, _, key = edge_of(graph, "acquires", "denied")
    page = open_page(graph, f"#relation={key}")
    expect(page.locator("#panel .ends .status")).to_have_text("부인")
    page.locator("#panel .ends button").first.click()
    expect(page.locator("#panel h2")).to_have_text("오픈AI")
    assert page.url.endswith(f"#entity={subject}")
    page.go_back()
    expect(page.locator("#panel .ends .status")).to_have_text("부인")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


@pytest.mark.parametrize("address", ["#entity=none", "#relation=%E0%A4%A", "#entity", "#x=<script>alert(1)</script>"])
def test_a_broken_link_opens_nothing(address: str, graph: Graph, open_page: Open) -> None:
    page = open_page(graph, address)
    assert (page.locator("#panel").is_visible(), shown(page)) == (False, (11, 13))


def test_speaks_english_and_korean(graph: Graph, open_page: Open) -> None:
    page = open_page(graph, language="en")
    assert page.locator("#counts").inner_text() == "12 entities · 13 relations · 3 articles"
    page.click("#language")
    assert page.locator("#counts").inner_text() == "개체 12 · 관계 13 · 기사 3"
    assert page.locator("html").get_attribute("lang") == "ko"


def test_is_dark_where_the_system_is(graph: Graph, open_page: Open) -> None:
    page = open_page(graph, dark=True)
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(17, 21, 27)"
    page.click("#theme")
    assert page.evaluate(background) == "rgb(247, 248, 250)"


HOSTILE = [
    "<script>alert(1)</script>",
    "</title></script><img src=x onerror=alert(2)>",
    "\"'`&quot;${alert(3)}{{7*7}}",
    "\u202etxt.exe\u202c 가나",
    "__proto__",
    "\x00\ud800\n\t",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_inert(name: str, graph: Graph, open_page: Open) -> None:
    subject, obj, key = edge_of(graph, "produces", "actual")
    graph.nodes[subject].update(name=name, aliases=[name])
    edge = graph.edges[subject, obj, key]
    edge["role"] = edge["evidence"][0]["speaker"] = name
    edge["evidence"][0] |= {"text": name * 2, "start": 0, "end": len(name) * 2, "cue": [0, len(name)]}
    graph.graph["articles"]["a1"] |= {"title": name, "publisher": name}
    page = open_page(graph, f"#entity={subject}", title=name)
    clean = name.replace("\ud800", "?")
    assert page.locator("#panel h2").evaluate("e => e.textContent") == clean
    page.evaluate("(key) => page.go('relation', key)", key)
    expect(page.locator("blockquote")).to_have_count(1)
    assert page.locator("mark.cue").evaluate("e => e.textContent") == clean
    page.fill("#query", name.replace("\ud800", ""))
    assert page.evaluate("document.querySelectorAll('img, iframe, object').length") == 0


def test_an_empty_graph_says_so(open_page: Open) -> None:
    page = open_page(nx.MultiDiGraph(schema="0", articles={}))
    assert page.locator("#empty").inner_text() == "표시할 개체가 없습니다"


def big(nodes: int, edges: int) -> Graph:
    """Return a generated graph: hubs, chains, every node connected."""
    graph: Graph = nx.MultiDiGraph(schema="0", articles={"a0": article(None)})
    for number in range(nodes):
        graph.add_node(f"e{number:05}", **node(f"회사{number}"))
    for number in range(edges):
        one, other = number % nodes, (number * number // 7 + 1) % max(nodes // 20, 2)
        if one != other:
            low, high = sorted((one, other))
            joined = relation(f"회사{low}", f"회사{high}")
            graph.add_edge(f"e{low:05}", f"e{high:05}", key=f"r{number}", **joined)
    return graph


def test_a_large_graph_shows_its_best_and_says_so(open_page: Open) -> None:
    page = open_page(big(1000, 2000), shown=200)
    assert "개체 1,000개 중 200개, 관계 1,994개 중 " in page.locator("#notice").inner_text()
    hidden = page.evaluate("page.find('회사999')[0].node.id")
    assert hidden not in page.evaluate("page.nodes()")
    page.evaluate("(id) => page.go('entity', id)", hidden)
    expect(page.locator("#panel h2")).to_have_text("회사999")
    assert hidden in page.evaluate("page.nodes()")


def test_zooming_into_a_large_graph_shows_more_of_it(open_page: Open) -> None:
    page = open_page(big(1000, 2000), shown=200)
    before = set(page.evaluate("page.nodes()"))
    page.evaluate("page.network.moveTo({scale: 1.2})")
    page.click("#zoom-in")
    until(page, "page.nodes().length !== 200")
    assert set(page.evaluate("page.nodes()")) - before


def test_opening_an_entity_shows_it_among_its_neighbours(open_page: Open) -> None:
    graph = big(1000, 2000)
    page = open_page(graph)
    near, before = {"e00005", *nx.all_neighbors(graph, "e00005")}, shown(page)
    page.evaluate("page.expand('e00005')")
    assert set(page.evaluate("page.nodes()")) == near
    page.evaluate("page.undo()")
    assert shown(page) == before


def test_copies_are_named_and_counted_as_one_source(graph: Graph, open_page: Open) -> None:
    edge = edge_of(graph, "partnersWith", "actual")
    first = graph.edges[edge]["evidence"][0]
    graph.graph["articles"]["a9"] = {**graph.graph["articles"][first["article"]], "original": first["article"]}
    copied = [*graph.edges[edge]["evidence"], {**first, "article": "a9"}]
    articles = {proof["article"] for proof in copied}
    graph.edges[edge].update(evidence=copied, articles=len(articles), sources=len(articles) - 1)
    page = open_page(graph, f"#relation={edge[2]}")
    title = graph.graph["articles"][first["article"]]["title"]
    expect(page.locator("#panel dl")).to_contain_text(f"기사{len(articles)}건 · 독립 출처 {len(articles) - 1}")
    assert page.locator(".proofs").get_by_text("기사와 같은 내용").all_text_contents() == [
        f"‘{title}’ 기사와 같은 내용"
    ]
    page.click("#language")
    expect(page.locator(".proofs")).to_contain_text(f"Same text as ‘{title}’")
