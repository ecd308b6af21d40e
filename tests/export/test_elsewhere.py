from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from kg.export.elsewhere import identifier_link
from kg.export.pagedata import PageData
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.schema import Schema


@pytest.mark.parametrize(
    ("identifier", "shown"),
    [
        ("wikidata:Q17684312", ("Wikidata Q17684312", "https://www.wikidata.org/wiki/Q17684312")),
        ("domain:kakaocorp.com", ("kakaocorp.com", "https://kakaocorp.com")),
        ("krx:035720", ("KRX 035720", None)),
        ("nyse:BRK.B", ("NYSE BRK.B", None)),
        ("isin:KR7035720002", ("isin KR7035720002", None)),
        ("kg:e0000000000000001", None),
    ],
)
def test_an_identifier_is_shown_as_people_know_it(identifier: str, shown: tuple[str, str | None] | None) -> None:
    assert identifier_link(identifier) == shown


def test_identifiers_are_public_properties(graph: nx.MultiDiGraph[Any], schema: Schema) -> None:
    found = KnowledgeGraph(graph, schema).sparql(
        """PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?name ?p ?o { ?s a kg:Entity ; rdfs:label ?name ; ?p ?o
            VALUES ?p { skos:exactMatch owl:sameAs schema:tickerSymbol schema:url } }"""
    )
    assert sorted((row["name"], row["p"], row["o"]) for row in found) == [
        ("카카오", "http://www.w3.org/2002/07/owl#sameAs", "https://w3id.org/korean-news-kg/ent/e0000000000000001"),
        ("카카오", "http://www.w3.org/2004/02/skos/core#exactMatch", "http://www.wikidata.org/entity/Q17684312"),
        ("카카오", "https://schema.org/tickerSymbol", "XKRX 035720"),
        ("카카오", "https://schema.org/url", "https://kakaocorp.com"),
    ]


def test_the_page_has_them_where_there_are_any(graph: nx.MultiDiGraph[Any], schema: Schema) -> None:
    nodes = PageData(graph, schema, 100).nodes()
    assert [(node["name"], [text for text, _ in node["links"]]) for node in nodes if "links" in node] == [
        ("카카오", ["kakaocorp.com", "KRX 035720", "Wikidata Q17684312"])
    ]
