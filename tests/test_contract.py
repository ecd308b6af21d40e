from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

from kg.contract import check_graph
from kg.errors import GraphError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.schema import load_schema

SCHEMA = load_schema()


def first_edge(graph: nx.MultiDiGraph[Any]) -> dict[str, Any]:
    attributes: dict[str, Any] = next(iter(graph.edges(data=True)))[2]
    return attributes


def first_node(graph: nx.MultiDiGraph[Any]) -> dict[str, Any]:
    attributes: dict[str, Any] = next(iter(graph.nodes(data=True)))[1]
    return attributes


FAULTS: list[tuple[str, Callable[[nx.MultiDiGraph[Any]], object], str]] = [
    ("a missing attribute", lambda g: first_node(g).pop("mentions"), "missing ['mentions']"),
    ("an unknown attribute", lambda g: first_edge(g).update(colour="red"), "unknown ['colour']"),
    ("a type of no schema", lambda g: first_node(g).update(type="Planet"), "'Planet' is not in the schema"),
    ("a subtype of another type", lambda g: first_node(g).update(subtype="Software"), "'Software' is not one of"),
    ("an unknown status", lambda g: first_edge(g).update(status="rumoured"), "'rumoured' is none of"),
    ("no evidence", lambda g: first_edge(g).update(evidence=[]), "no evidence"),
    ("evidence from nowhere", lambda g: g.graph["articles"].clear(), "unknown article"),
    ("a relation between the wrong types", lambda g: first_edge(g).update(type="bornIn"), "bornIn may not join"),
]


def test_an_assembled_graph_keeps_the_contract(graph: KnowledgeGraph) -> None:
    check_graph(graph.to_networkx(), SCHEMA)


@pytest.mark.parametrize(("fault", "plant", "message"), FAULTS, ids=[fault for fault, _, _ in FAULTS])
def test_a_planted_fault_is_named(
    graph: KnowledgeGraph, fault: str, plant: Callable[[nx.MultiDiGraph[Any]], object], message: str
) -> None:
    faulty = graph.to_networkx()
    plant(faulty)
    with pytest.raises(GraphError) as caught:
        check_graph(faulty, SCHEMA)
    assert message in str(caught.value)
