from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.graph.ranking import MEASURES, Measure
from kg.model import Document
from tests.samples import ORGANIZATION, SAMPLES, Stated, document


def pair(one: str, other: str, kind: str = "partnersWith", status: str = "actual") -> Document:
    """Return an article in which two companies have a relation."""
    stated = Stated(kind, one, other, "함께한다", cast(Any, status))
    names = dict.fromkeys((one, other), ORGANIZATION)
    return document(f"{one} {other} 함께한다.", names, [stated], id=f"{one}-{other}-{kind}")


SHIPS = ("가온조선", "나래조선", "다솜조선")
BANKS = ("라온은행", "마루은행", "바다은행")
TWO_GROUPS = [
    *(pair(one, other) for group in (SHIPS, BANKS) for i, one in enumerate(group) for other in group[i + 1 :]),
    pair("가온조선", "라온은행"),
    pair("가온조선", "나래조선", "investsIn"),
    pair("사람인증권", "라온은행", status="denied"),
]


def names(graph: KnowledgeGraph, by: Measure, n: int = 10, type: str | None = None) -> list[tuple[str, float]]:
    return [(entity.name, score) for entity, score in graph.top(n, by, type=type)]


def test_entities_are_ranked_by_each_measure(graph: KnowledgeGraph) -> None:
    assert names(graph, "mentions", 2) == [("오픈AI", 8), ("카카오", 5)]
    assert names(graph, "articles", 2) == [("오픈AI", 3), ("카카오", 2)]
    assert names(graph, "degree", 2) == [("오픈AI", 4), ("카카오", 2)]
    assert names(graph, "relations", 2, "Person") == [("제이슨 권", 1)]
    assert names(graph, "degree", 0) == []


def test_pagerank_follows_relations_in_both_directions_but_not_denied_ones() -> None:
    ranks = dict(names(KnowledgeGraph.from_documents(TWO_GROUPS), "pagerank"))
    assert max(ranks, key=lambda name: ranks[name]) == "가온조선"
    assert min(ranks, key=lambda name: ranks[name]) == "사람인증권"
    assert sum(ranks.values()) == pytest.approx(1, abs=1e-6)


def test_an_unknown_measure_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError, match="no measure named 'pagerang'; did you mean pagerank"):
        graph.top(by=cast(Measure, "pagerang"))


def test_communities_part_what_is_joined_little() -> None:
    groups = KnowledgeGraph.from_documents(TWO_GROUPS).communities()
    assert [sorted(entity.name for entity in group) for group in groups] == [list(SHIPS), list(BANKS)]
    assert [group[0].name for group in groups] == ["가온조선", "라온은행"]


@settings(max_examples=10)
@given(st.permutations([*TWO_GROUPS, *SAMPLES]))
def test_ranks_and_groups_do_not_depend_on_the_order_of_articles(documents: list[Document]) -> None:
    graph, other = KnowledgeGraph.from_documents(documents), KnowledgeGraph.from_documents([*TWO_GROUPS, *SAMPLES])
    assert graph.communities() == other.communities()
    for by in MEASURES:
        assert graph.top(20, by) == other.top(20, by)
