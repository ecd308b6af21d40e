from __future__ import annotations

import pytest

from kg.contract import check_graph
from kg.errors import UnknownNameError
from kg.graph.knowledge_graph import KnowledgeGraph


def names(graph: KnowledgeGraph) -> set[str]:
    return {entity.name for entity in graph.entities()}


def test_what_lies_around_an_entity(graph: KnowledgeGraph) -> None:
    assert names(graph.subgraph("멜론", hops=0)) == {"멜론"}
    assert names(graph.subgraph("멜론")) == {"멜론", "카카오"}
    assert names(graph.subgraph("멜론", hops=2)) == {"멜론", "카카오", "오픈AI"}
    assert names(graph.subgraph(["멜론", "제이슨 권"])) == {"멜론", "카카오", "제이슨 권", "오픈AI"}
    assert len(graph.subgraph(["멜론", "제이슨 권"])) == 3, "with the relation between the two halves"


def test_only_relations_that_meet_the_conditions_lead_on(graph: KnowledgeGraph) -> None:
    part = graph.subgraph("멜론", hops=5, status="possible")
    assert names(part) == {"멜론", "카카오"}
    assert [relation.status for relation in part] == ["possible"]
    assert names(graph.subgraph("KDB", hops=5, entities="Company")) == {"한국산업은행", "오픈AI", "카카오"}


def test_without_a_centre_the_ends_of_all_that_meet_the_conditions(graph: KnowledgeGraph) -> None:
    assert names(graph.subgraph(type=["finances", "produces"])) == {"한국산업은행", "오픈AI", "챗GPT"}
    assert names(graph.subgraph(entities="Company")) == {"오픈AI", "카카오"}
    assert graph.subgraph().relations() == graph.relations()


def test_a_part_keeps_the_contract_and_its_articles(graph: KnowledgeGraph) -> None:
    part = graph.subgraph("챗GPT", hops=0)
    check_graph(part.to_networkx(), part.schema)
    assert part.articles == 1
    assert part.entity("챗GPT") == graph.entity("챗GPT")


def test_wrong_names_and_conditions_are_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 카카오"):
        graph.subgraph("카카우")
    with pytest.raises(UnknownNameError, match="did you mean partnersWith"):
        graph.subgraph(type="partnerWith")
