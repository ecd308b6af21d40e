from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stars import HUB, article, node, relation, star
from tests.browser.test_explore import pasted

Open = Callable[..., Page]

pytestmark = pytest.mark.browser


def test_many_names_fold_behind_a_count(open_page: Open) -> None:
    graph = star(1)
    graph.nodes[HUB]["aliases"] = ["Center", "가운데", "중 심", "중심 회사", "중심(주)", "한복판", "허브", "Hub"]
    page = open_page(graph, f"#entity={HUB}")
    names = page.locator(".chips li")
    assert names.all_inner_texts() == ["Center", "가운데", "중심 회사", "중심(주)", "한복판", "+3"]
    names.last.locator("button").click()
    assert names.all_inner_texts()[5:] == ["허브", "Hub", "중 심", "접기"]


def test_long_groups_of_facts_open_on_demand(open_page: Open) -> None:
    page = open_page(star(12), f"#entity={HUB}")
    facts = page.locator("#panel .fact")
    assert facts.count() == 8
    page.get_by_role("button", name="더 보기 (4)").click()
    expect(facts).to_have_count(12)
    expect(page.locator("#panel h3").first).to_have_text("제휴12")


def test_facts_that_filters_hide_are_counted_and_kept(open_page: Open) -> None:
    graph = star(3)
    graph.edges[HUB, "e2", "r002"]["status"] = "planned"
    page = open_page(graph, f"#entity={HUB}")
    page.locator('[data-filter="status:planned"]').click()
    summary = page.locator("#panel summary")
    expect(summary).to_have_text("필터로 가려진 관계 1")
    assert page.locator("#panel > .fact, #panel > div > .fact").count() == 2
    summary.click()
    assert page.locator("#panel details .fact .name").all_inner_texts() == ["회사2"]
    page.locator('[data-filter="status:planned"]').click()
    expect(summary).to_have_count(0)


def test_the_timeline_tells_stated_dates_from_reported_ones(open_page: Open) -> None:
    graph = star(4)
    for number, date in ((1, "2024-11-05"), (2, "2025-01"), (3, "2024")):
        graph.edges[HUB, f"e{number}", f"r{number:03}"]["date"] = date
    page = open_page(graph, f"#entity={HUB}")
    bars = page.locator(".strip button")
    labels = bars.evaluate_all("found => found.map(bar => bar.ariaLabel)")
    assert labels == [
        "2024-11: 관계 1. 제휴 회사1",
        "2025-01: 관계 1. 제휴 회사2",
        "2025-03: 관계 1. 제휴 회사4",
        "2024년 (연도만 알려짐): 관계 1. 제휴 회사3",
    ]
    assert page.locator(".when li").all_inner_texts() == [
        "2025-03-02\n보도\n제휴 회사4",
        "2025-01\n제휴 회사2",
        "2024-11-05\n제휴 회사1",
        "2024\n제휴 회사3",
    ]
    bars.last.hover()
    expect(page.locator(".readout")).to_have_text("2024년 (연도만 알려짐): 관계 1 · 제휴 회사3")
    bars.last.click()
    assert page.locator(".when li").all_inner_texts() == ["2024\n제휴 회사3"]
    page.locator(".when li button").click()
    expect(page.locator("blockquote")).to_have_text("중심, 회사3와 손을 잡았다")


def test_relations_without_any_date_are_counted(open_page: Open) -> None:
    graph = star(2, date="2025-01")
    graph.graph["articles"]["a0"]["date"] = None
    graph.edges[HUB, "e2", "r002"]["date"] = None
    page = open_page(graph, f"#entity={HUB}", language="en")
    expect(page.locator("#panel")).to_contain_text("1 without any date")


def test_articles_come_latest_first_ten_at_a_time_with_what_they_state(open_page: Open) -> None:
    graph = star(12)
    for number in range(1, 13):
        graph.graph["articles"][f"a{number}"] = article(f"2025-01-{number:02}", title=f"기사 {number}")
        graph.edges[HUB, f"e{number}", f"r{number:03}"]["evidence"][0]["article"] = f"a{number}"
    page = open_page(graph, f"#entity={HUB}")
    rows = page.locator(".articles li")
    assert (rows.count(), rows.first.inner_text()) == (10, "기사 12\n가상일보 · 2025-01-12\n제휴 회사12")
    page.get_by_role("button", name="더 보기 (2)").click()
    expect(rows).to_have_count(12)
    rows.nth(11).locator("button").click()
    expect(page.locator("blockquote")).to_have_text("중심, 회사1와 손을 잡았다")


def test_a_sentence_is_copied_with_its_source(open_page: Open) -> None:
    page = open_page(star(1), "#relation=r001")
    page.get_by_role("button", name="문장 복사").click()
    expect(page.locator("#toast")).to_have_text("문장과 출처를 복사했습니다")
    source = "손을 잡은 회사들, 가상일보, 2025-03-02 https://news.example/1"
    assert pasted(page) == f"“중심, 회사1와 손을 잡았다”\n— {source}"


def test_marks_are_explained_and_status_stands_with_each_sentence(open_page: Open) -> None:
    page = open_page(star(1, status="planned"), "#relation=r001")
    assert page.locator(".key span").all_inner_texts() == ["관계를 밝힌 말", "두 개체의 이름"]
    titles = page.locator("mark").evaluate_all("marks => marks.map(mark => [mark.textContent, mark.title])")
    assert titles == [["중심", "두 개체의 이름"], ["회사1", "두 개체의 이름"], ["잡았", "관계를 밝힌 말"]]
    assert page.locator(".proofs .status").all_inner_texts() == ["예정"]


def test_copies_of_an_article_stand_under_it(open_page: Open) -> None:
    graph = star(1)
    articles = graph.graph["articles"]
    articles["a1"] = article("2025-03-03", publisher="모의경제")
    articles["a2"] = article("2025-03-01", title="먼저 나온 기사", original="a2")
    edge = graph.edges[HUB, "e1", "r001"]
    [first] = edge["evidence"]
    edge.update(evidence=[first, {**first, "article": "a1"}, {**first, "article": "a2"}], articles=3, sources=2)
    page = open_page(graph, "#relation=r001")
    cards = page.locator(".proofs > li")
    assert cards.locator(".source a").all_inner_texts() == ["먼저 나온 기사", "손을 잡은 회사들"]
    assert cards.locator("summary").all_inner_texts() == ["같은 글을 실은 기사 1"]
    cards.locator("summary").click()
    expect(cards.locator(".articles li")).to_contain_text("모의경제 · 2025-03-03")


def test_the_relations_of_a_pair_are_sorted_by_surety_or_date(open_page: Open) -> None:
    graph = star(1, date="2025-02")
    later: dict[str, Any] = relation("중심", "회사1", type="acquires", date="2025-06", sources=4)
    graph.add_edge(HUB, "e1", key="r900", **later)
    page = open_page(graph, f"#pair={HUB},e1")
    rows = page.locator(".pair .name")
    assert rows.all_inner_texts() == ["인수\n2025-06", "제휴\n2025-02"]
    assert page.locator(".pair blockquote").all_inner_texts() == ["중심, 회사1와 손을 잡았다"] * 2
    page.get_by_role("button", name="날짜순").click()
    expect(rows.first).to_have_text("제휴2025-02")


def test_a_panel_keeps_what_was_opened_when_filters_change(open_page: Open) -> None:
    graph = star(12)
    graph.edges[HUB, "e12", "r012"]["status"] = "planned"
    page = open_page(graph, f"#entity={HUB}")
    page.get_by_role("button", name="더 보기 (4)").click()
    page.locator('[data-filter="status:planned"]').click()
    expect(page.locator("#panel summary")).to_have_count(1)
    assert page.locator("#panel > div > .fact").count() == 11


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "\u202egnp.exe", '"><script>alert(2)</script>'])
def test_hostile_names_stay_text_in_every_part(name: str, open_page: Open) -> None:
    graph = star(2, date="2025-01", role=name)
    for one in (HUB, "e1"):
        graph.nodes[one].update(name=name, aliases=[name + str(i) for i in range(9)])
    graph.add_node("e9", **node(name))
    graph.graph["articles"]["a0"].update(title=name, publisher=name)
    page = open_page(graph, f"#path={HUB},e1")
    expect(page.locator("#panel .way .end").first).to_have_text(name)
    for address in (f"entity={HUB}", "relation=r001", f"pair={HUB},e1"):
        page.evaluate("(hash) => { location.hash = hash; }", address)
        expect(page.locator("#panel")).to_contain_text(name)
    assert page.evaluate("document.querySelectorAll('img, iframe, #panel script').length") == 0
