from __future__ import annotations

import copy
import pickle
from itertools import product

import pytest

from kg.errors import UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.model import STATUSES, Relation
from tests.samples import ORGANIZATION, SAMPLES, Stated, document

FIRMS = dict.fromkeys(("가온전자", "나래은행", "다솜자동차"), ORGANIZATION)
DEALS = (
    document(
        "가온전자는 나래은행과 제휴했다.\n가온전자는 다솜자동차에 투자했다.",
        FIRMS,
        [
            Stated("partnersWith", "가온전자", "나래은행", "제휴했다"),
            Stated("investsIn", "가온전자", "다솜자동차", "투자했다"),
        ],
        id="a",
        publisher="한빛일보",
        date="2025-01-02",
    ),
    document(
        "나래은행과 가온전자의 제휴가 확인됐다.\n다솜자동차는 나래은행을 인수할 계획이다.",
        FIRMS,
        [
            Stated("partnersWith", "나래은행", "가온전자", "제휴가 확인"),
            Stated("acquires", "다솜자동차", "나래은행", "인수할 계획", "planned"),
        ],
        id="b",
        publisher="새벽 신문",
        date="2025-01-03",
    ),
)


@pytest.fixture(scope="module")
def deals() -> KnowledgeGraph:
    return KnowledgeGraph.from_documents(DEALS)


def test_several_types_and_statuses_will_do(deals: KnowledgeGraph) -> None:
    assert [r.type for r in deals.relations(type=("investsIn", "제휴"))] == ["investsIn", "partnersWith"]
    assert [r.type for r in deals.relations(status=["planned", "denied"])] == ["acquires"]
    assert deals.relations(type=()) == []
    with pytest.raises(UnknownNameError, match="no status named 'plan'; did you mean planned"):
        deals.relations(status=("actual", "plan"))


def test_a_publisher_keeps_whole_relations_by_any_writing_of_its_name(deals: KnowledgeGraph) -> None:
    (_, alliance) = deals.relations(publisher="새벽신문")
    assert [(e.publisher, e.article) for e in alliance.evidence] == [("한빛일보", "a"), ("새벽 신문", "b")]
    assert deals.relations(publisher="가람일보") == []


def test_independent_sources_count(deals: KnowledgeGraph) -> None:
    assert [r.type for r in deals.relations(min_sources=2)] == ["partnersWith"]
    assert deals.relations(min_sources=3) == []


def test_every_pair_of_ends_is_answered_as_a_search_through_all_relations_would() -> None:
    graph = KnowledgeGraph.from_documents([*SAMPLES, *DEALS])
    names = [None, *(entity.id for entity in graph.entities())]
    symmetric = {name for name, kind in graph.schema.relations.items() if kind.symmetric}

    def sides(relation: Relation) -> list[tuple[str, str]]:
        ends = relation.subject.id, relation.object.id
        return [ends, ends[::-1]] if relation.type in symmetric else [ends]

    for subject, obj, about in product(names, repeat=3):
        expected = {
            relation.id
            for relation in graph
            for first, last in sides(relation)
            if subject in (None, first) and obj in (None, last) and about in (None, first, last)
        }
        found = graph.relations(subject, obj, about=about)
        assert {relation.id for relation in found} == expected
        assert len(found) == len(expected)
        for relation in found:
            assert subject in (None, relation.subject.id)
            assert obj in (None, relation.object.id)


def test_relations_come_in_reading_order(deals: KnowledgeGraph) -> None:
    def order(relation: Relation) -> tuple[str, str, str, int]:
        return relation.type, relation.subject.name, relation.object.name, STATUSES.index(relation.status)

    for found in (deals.relations(), deals.relations(about="나래은행"), deals.relations(object="나래은행")):
        assert [order(relation) for relation in found] == sorted(order(relation) for relation in found)


def test_answers_are_sequences_that_compare_copy_and_pickle_as_lists(deals: KnowledgeGraph) -> None:
    found = deals.relations()
    everything = list(found)
    assert found == everything
    assert found != everything[:-1]
    assert found[1:] == everything[1:]
    assert found[::-1] == everything[::-1]
    assert found[-1] == everything[-1]
    assert found[1] in found
    assert copy.deepcopy(found) == pickle.loads(pickle.dumps(found)) == everything
    with pytest.raises(IndexError):
        found[len(found)]
    assert repr(deals.entities()[:0]) == "[]"


def test_names_and_relations_are_in_the_graph(deals: KnowledgeGraph, graph: KnowledgeGraph) -> None:
    assert "가온 전자" in deals
    assert "카카오" not in deals
    assert all(relation in deals for relation in deals.relations(about="나래은행"))
    assert graph.relations()[0] not in deals
    assert 3 not in deals


def test_a_graph_without_anything_answers() -> None:
    empty = KnowledgeGraph.from_documents([])
    for nothing in (empty.relations(), empty.entities(), empty.top(), empty.communities(), empty.conflicts()):
        assert list(nothing) == []
    assert len(empty.subgraph()) == len(empty.as_of("2025")) == len(empty.since("2025")) == 0
    assert "0 of 0 relations" in empty._repr_html_()
