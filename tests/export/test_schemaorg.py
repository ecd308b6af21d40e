"""JSON-LD with schema.org's terms: all of them exist, and only facts are properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import rdflib

from kg.export import export
from kg.export.schemaorg import FACTS
from kg.export.vocabulary import DEFAULT_BASE
from kg.schema import Schema
from tests.export.hostile import SCHEMA
from tests.export.opening import SCHEMA_ORG, read_rdf

ENT = f"{DEFAULT_BASE}ent/"
S = rdflib.Namespace(SCHEMA_ORG)
NEWER = {S.PoliticalParty}
"""Terms of schema.org that rdflib's list of them (rdflib.SDO) is older than."""


def every_relation(graph: nx.MultiDiGraph[Any], schema: Schema) -> nx.MultiDiGraph[Any]:
    """Return the graph with an actual relation of every type and ends it allows, all of one sentence."""
    edge = next(iter(graph.edges(data=True)))[2]
    kinds = {found["type"]: node for node, found in sorted(graph.nodes(data=True))}
    kinds["Software"] = next(node for node, found in graph.nodes(data=True) if found["subtype"] == "Software")
    for type, kind in schema.relations.items():
        for first in kind.domain:
            for last in kind.range:
                ends = kinds[first], kinds[last]
                graph.add_edge(*ends, key=f"{type}-{first}-{last}", **{**edge, "type": type, "status": "actual"})
    return graph


def test_every_term_is_schema_orgs(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    for kind in schema.entities:
        subtype = None if schema.top(kind) == kind else kind
        graph.add_node(f"n{kind}", **{**graph.nodes[min(graph.nodes)], "type": schema.top(kind), "subtype": subtype})
    export(every_relation(graph, schema), schema, tmp_path / "graph.schemaorg.jsonld")
    read = read_rdf(tmp_path / "graph.schemaorg.jsonld", "json-ld")
    terms = {term for triple in read for term in triple if isinstance(term, rdflib.URIRef)}
    used = {term for term in terms if term.startswith(SCHEMA_ORG)}
    assert {term for term in used if term not in rdflib.SDO} - NEWER == set()
    predicates = set(read.predicates()) - {rdflib.RDF.type}
    assert predicates <= used
    assert {S[name.removeprefix("^")] for name in FACTS.values()} <= predicates


def test_only_what_is_actual_joins_entities(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph.schemaorg.jsonld")
    read = read_rdf(tmp_path / "graph.schemaorg.jsonld", "json-ld")
    names = {subject: str(name) for subject, name in read.subject_objects(S.name)}
    triples = [tuple(map(str, triple)) for triple in read]
    called = {str(subject): name for subject, name in names.items()}
    joined = {
        (called[s], p.removeprefix(SCHEMA_ORG), called[o])
        for s, p, o in triples
        if s.startswith(ENT) and o.startswith(ENT)
    }
    assert joined == {
        ("챗GPT", "creator", "오픈AI"),
        ("오픈AI", "funder", "한국산업은행"),
        ("오픈AI", "location", "도쿄"),
    }
    (role,) = read.subjects(rdflib.RDF.type, S.EmployeeRole)
    assert str(read.value(role, S.roleName)) == "최고전략책임자"


def test_a_claim_says_the_status_and_quotes(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph.schemaorg.jsonld")
    found = json.loads((tmp_path / "graph.schemaorg.jsonld").read_text(encoding="utf-8"))["@graph"]
    claims = {one["@id"].rpartition("/")[2]: one for one in found if one["@type"] == "Claim"}
    assert claims.keys() == {key for *_, key in graph.edges(keys=True)}
    claim = claims["r957742045276a03f"]
    assert (claim["name"], claim["keywords"]) == ("오픈AI → 크래프톤: 인수 (부인)", ["acquires", "denied"])
    assert claim["text"] == ["오픈AI는 크래프톤 인수설은 사실이 아니라고 부인했다."]
    assert claim["appearance"] == [{"@id": f"{DEFAULT_BASE}doc/a2"}]


def test_it_ends_no_script_element(graph: nx.MultiDiGraph[Any], tmp_path: Path) -> None:
    graph.nodes[min(graph.nodes)]["name"] = "</script><script>"
    export(graph, SCHEMA, tmp_path / "graph.schemaorg.jsonld")
    text = (tmp_path / "graph.schemaorg.jsonld").read_text(encoding="utf-8")
    assert "<" not in text
    assert any(one.get("name") == "</script><script>" for one in json.loads(text)["@graph"])
