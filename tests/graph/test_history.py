from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.contract import check_graph
from kg.errors import InputError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import Document
from tests.samples import ORGANIZATION, Named, Stated, document

FIRMS = dict.fromkeys(("가온전자", "나래은행"), ORGANIZATION)
PLAN = document(
    "가온전자는 4월 1일 나래은행을 인수한다.",
    FIRMS,
    [Stated("acquires", "가온전자", "나래은행", "인수한다", date="2025-04-01")],
    id="plan",
    date="2025-03-01",
    publisher="한빛일보",
)
DONE = document(
    "가온전자가 나래은행을 인수했다.\n가온전자와 나래은행은 제휴한 바 있다.",
    FIRMS,
    [
        Stated("acquires", "가온전자", "나래은행", "인수했다", date="2025-04-01"),
        Stated("partnersWith", "가온전자", "나래은행", "제휴"),
    ],
    id="done",
    date="2025-04-02",
    publisher="새벽신문",
)
HEAD = {"정하늘": Named("Person"), "가온전자": ORGANIZATION}
HEADED = document(
    "정하늘 가온전자 대표가 말했다.",
    HEAD,
    [Stated("holdsPosition", "정하늘", "가온전자", "대표", role="대표")],
    id="headed",
    date="2025-02",
)
LEFT = document(
    "정하늘 전 가온전자 대표는 지난달 물러났다.",
    HEAD,
    [Stated("holdsPosition", "정하늘", "가온전자", "전 가온전자 대표", "ended", date="2025-04", role="대표")],
    id="left",
    date="2025-05-07",
)
UNDATED = document(
    "나래은행은 다솜자동차에 투자했다.",
    dict.fromkeys(("나래은행", "다솜자동차"), ORGANIZATION),
    [Stated("investsIn", "나래은행", "다솜자동차", "투자했다")],
    id="undated",
)
STORY = [PLAN, DONE, HEADED, LEFT, UNDATED]


@pytest.fixture(scope="module")
def story() -> KnowledgeGraph:
    return KnowledgeGraph.from_documents(STORY)


def told(graph: KnowledgeGraph) -> list[tuple[str, str]]:
    return [(relation.type, relation.status) for relation in graph.relations()]


def test_the_whole_story(story: KnowledgeGraph) -> None:
    assert told(story) == [
        *(("acquires", "actual"), ("holdsPosition", "actual"), ("holdsPosition", "ended")),
        *(("investsIn", "actual"), ("partnersWith", "actual")),
    ]


def test_what_lies_ahead_of_a_day_is_planned(story: KnowledgeGraph) -> None:
    (takeover,) = story.as_of("2025-03-31").relations(type="acquires")
    assert (takeover.status, takeover.date, takeover.articles, takeover.sources) == ("planned", "2025-04-01", 1, 1)
    (takeover,) = story.as_of("2025-04-01").relations(type="acquires")
    assert (takeover.status, takeover.articles) == ("actual", 1)
    (takeover,) = story.as_of("2025-04").relations(type="acquires")
    assert (takeover.status, takeover.articles, takeover.sources) == ("actual", 2, 2)


def test_what_ended_later_still_holds(story: KnowledgeGraph) -> None:
    assert told(story.as_of("2025-05-06")) == [
        *(("acquires", "actual"), ("holdsPosition", "actual"), ("partnersWith", "actual")),
    ]
    assert ("holdsPosition", "ended") in told(story.as_of("2025-05-07"))


def test_an_article_dated_by_its_month_counts_from_the_end_of_the_month(story: KnowledgeGraph) -> None:
    assert told(story.as_of("2025-02-27")) == []
    assert told(story.as_of("2025-02")) == told(story.as_of("2025-03-01"))[1:] == [("holdsPosition", "actual")]


def test_entities_that_no_article_names_by_then_drop_out_and_the_rest_is_counted_anew(story: KnowledgeGraph) -> None:
    early = story.as_of("2025-03-15")
    assert sorted(entity.name for entity in early.entities()) == ["가온전자", "나래은행", "정하늘"]
    electronics = early.entity("가온전자")
    assert (electronics.mentions, electronics.articles, electronics.article_ids) == (2, 2, ("headed", "plan"))
    assert early.articles == 2
    assert "다솜자동차" not in story.as_of("2026"), "its only article has no date"


def test_what_is_new_since_a_day(story: KnowledgeGraph) -> None:
    assert told(story.since("2025-04")) == [
        *(("acquires", "actual"), ("holdsPosition", "ended"), ("partnersWith", "actual")),
    ], "the takeover was planned until then"
    assert [e.article for e in story.since("2025-04").relations(type="acquires")[0].evidence] == ["done"]
    assert told(story.since("2025-04-02")) == [("holdsPosition", "ended"), ("partnersWith", "actual")]
    assert told(story.since("2025-05-07")) == [("holdsPosition", "ended")]
    assert told(story.since("2025-05-08")) == []
    assert told(story.since("2025")) == [relation for relation in told(story) if relation[0] != "investsIn"]
    assert sorted(entity.name for entity in story.since("2025-05").entities()) == ["가온전자", "정하늘"]
    assert story.since("2025-05").entity("정하늘").article_ids == ("left",)


@pytest.mark.parametrize("date", ["어제", "2025-13", "2025-3-1"])
def test_what_is_no_date_is_refused(story: KnowledgeGraph, date: str) -> None:
    for ask in (story.as_of, story.since):
        with pytest.raises(InputError, match="is no date"):
            ask(date)


DATES = st.sampled_from(
    ["2025-02", "2025-03-01", "2025-03-31", "2025-04-01", "2025-04-02", "2025-05-07", "2025", "2024"]
)


@settings(max_examples=20)
@given(st.permutations(STORY), DATES)
def test_both_keep_the_contract_whatever_the_order_of_articles(documents: list[Document], date: str) -> None:
    whole, other = KnowledgeGraph.from_documents(documents), KnowledgeGraph.from_documents(STORY)
    for cut, same in ((whole.as_of(date), other.as_of(date)), (whole.since(date), other.since(date))):
        check_graph(cut.to_networkx(), cut.schema)
        assert not cut.diff(same)


@pytest.mark.parametrize(
    ("before", "day"),
    [
        ("2025-02", "2025-03-01"),
        ("2025-03-31", "2025-04-01"),
        ("2025-04-01", "2025-04-02"),
        ("2025-05-06", "2025-05-07"),
    ],
)
def test_nothing_is_new_that_the_day_before_had(story: KnowledgeGraph, before: str, day: str) -> None:
    old, new = ({relation.id for relation in graph} for graph in (story.as_of(before), story.since(day)))
    assert not old & new
    assert {relation.id for relation in story.as_of("2026")} <= old | new


def test_a_graph_as_of_a_later_day_is_that_of_the_same_articles_alone(story: KnowledgeGraph) -> None:
    dated = KnowledgeGraph.from_documents([PLAN, DONE, HEADED, LEFT])
    assert story.as_of("2026").relations() == dated.as_of("2026").relations()
    assert [r.evidence for r in story.as_of("2026")] == [r.evidence for r in dated]
