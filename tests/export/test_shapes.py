from __future__ import annotations

from typing import Any

import networkx as nx
import pyshacl
import pytest
import rdflib

from kg import resources
from kg.export import to_rdf
from kg.schema import Schema

PREFIXES = """PREFIX kg: <https://w3id.org/korean-news-kg/schema#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <https://schema.org/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

FAULTS = {
    "no label": "DELETE { ?x rdfs:label ?o } WHERE { ?x a kg:Person ; rdfs:label ?o }",
    "count as text": "DELETE { ?x kg:mentions ?n } INSERT { ?x kg:mentions 'many' } WHERE { ?x kg:mentions ?n }",
    "no evidence": "DELETE { ?x kg:evidence ?e } WHERE { ?x kg:status kg:denied ; kg:evidence ?e }",
    "unknown status": "DELETE { ?x kg:status ?s } INSERT { ?x kg:status kg:no } WHERE { ?x kg:status ?s }",
    "date as text": "INSERT { ?x kg:date '지난달' } WHERE { ?x kg:status kg:denied }",
    "confidence of two": "DELETE { ?x kg:confidence ?c } INSERT { ?x kg:confidence 2.0 } WHERE { ?x kg:confidence ?c }",
    "person as product": """DELETE { ?x rdf:object ?o } INSERT { ?x rdf:object ?p }
        WHERE { ?x rdf:predicate kg:produces ; rdf:object ?o . ?p a kg:Person }""",
    "denied but direct": """INSERT { ?s ?p ?o }
        WHERE { ?x kg:status kg:denied ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }""",
    "actual without direct": "DELETE { ?s kg:produces ?o } WHERE { ?s kg:produces ?o }",
    "evidence without article": "DELETE { ?e oa:hasSource ?d } WHERE { ?e oa:hasSource ?d }",
    "no quote": "DELETE { ?e oa:exact ?t } INSERT { ?e oa:exact ''@ko } WHERE { ?e oa:exact ?t }",
    "end before start": "DELETE { ?e oa:end ?n } INSERT { ?e oa:end 0 } WHERE { ?e oa:end ?n }",
    "cue backwards": "DELETE { ?e kg:cueEnd ?n } INSERT { ?e kg:cueEnd 0 } WHERE { ?e kg:cueEnd ?n }",
    "no hash": "DELETE { ?d kg:sha256 ?h } WHERE { ?d kg:sha256 ?h }",
    "exchange unknown": "INSERT { ?x schema:tickerSymbol '035720' } WHERE { ?x a kg:Person }",
    "no item of Wikidata": "INSERT { ?x skos:exactMatch kg:Company } WHERE { ?x a kg:Person }",
    "no schema": "DELETE { ?d kg:schemaHash ?h } WHERE { ?d kg:schemaHash ?h }",
    "agent without name": "DELETE { ?a rdfs:label ?l } WHERE { ?a a prov:SoftwareAgent ; rdfs:label ?l }",
    "agent that is none": "DELETE WHERE { ?a a prov:SoftwareAgent }",
    "two originals": "INSERT { ?d schema:isBasedOn kg:x , kg:y } WHERE { ?d a schema:NewsArticle }",
    "mentioned in a text": "INSERT { ?x kg:mentionedIn 'a1' } WHERE { ?x a kg:Person }",
    "quotation without words": "DELETE { ?e oa:exact ?t } WHERE { ?e oa:exact ?t }",
    "no offsets": "DELETE { ?e oa:start ?n } WHERE { ?e oa:start ?n }",
    "two addresses": "INSERT { ?d kg:address 'a' , 'b' } WHERE { ?d a schema:NewsArticle }",
    "two dates": "INSERT { ?d schema:datePublished '1999'^^xsd:gYear } WHERE { ?d schema:datePublished ?o }",
}


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=resources.schemas("shapes.ttl").read_text(encoding="utf-8"), format="turtle")


def conforms(rdf: rdflib.Graph, shapes: rdflib.Graph, **options: Any) -> tuple[bool, str]:
    good, _, report = pyshacl.validate(rdf, shacl_graph=shapes, **options)
    return bool(good), "" if good else str(report)


def test_an_export_conforms(graph: nx.MultiDiGraph[Any], schema: Schema, shapes: rdflib.Graph) -> None:
    assert conforms(to_rdf(graph, schema), shapes, meta_shacl=True) == (True, "")


def test_an_export_conforms_beside_the_ontology(
    graph: nx.MultiDiGraph[Any], schema: Schema, shapes: rdflib.Graph
) -> None:
    ontology = rdflib.Graph().parse(data=resources.schemas("ontology.ttl").read_text(encoding="utf-8"), format="turtle")
    assert conforms(to_rdf(graph, schema), shapes, ont_graph=ontology) == (True, "")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(
    fault: str, graph: nx.MultiDiGraph[Any], schema: Schema, shapes: rdflib.Graph
) -> None:
    rdf = to_rdf(graph, schema)
    before = set(rdf)
    rdf.update(PREFIXES + FAULTS[fault])
    assert set(rdf) != before
    assert conforms(rdf, shapes)[0] is False
