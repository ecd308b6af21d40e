from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.graph.knowledge_graph import KnowledgeGraph


def test_select_gives_dicts_of_python_values(graph: KnowledgeGraph) -> None:
    rows = graph.sparql("""SELECT ?name WHERE { ?one kg:finances ?other . ?other rdfs:label ?name }""")
    assert {"name": "오픈AI"} in rows
    assert graph.sparql("SELECT (COUNT(*) AS ?n) WHERE { ?one kg:finances ?other }") == [{"n": 1}]


def test_ask_and_construct(graph: KnowledgeGraph) -> None:
    assert graph.sparql("ASK { ?one kg:finances ?other }") == [{"answer": True}]
    assert graph.sparql("ASK { ?one kg:sues ?other }") == [{"answer": False}]
    (row,) = graph.sparql("CONSTRUCT { ?other kg:financedBy ?one } WHERE { ?one kg:finances ?other }")
    assert row["predicate"].endswith("financedBy")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://example.org/sparql> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p ?o FILTER EXISTS { SERVICE <http://example.org/> { ?s ?p ?o } } }",
        "SELECT * FROM <http://example.org/data.ttl> WHERE { ?s ?p ?o }",
    ],
)
@pytest.mark.usefixtures("no_network")
def test_a_query_reaches_nothing_but_the_graph(graph: KnowledgeGraph, query: str) -> None:
    with pytest.raises(InputError, match="SERVICE and FROM"):
        graph.sparql(query)


@pytest.mark.parametrize("query", ["SELECT *", "SELECT * { ?s foo:bar ?o }", "DROP ALL"])
def test_a_query_that_cannot_be_read_is_refused(graph: KnowledgeGraph, query: str) -> None:
    with pytest.raises(InputError, match="SPARQL query"):
        graph.sparql(query)
