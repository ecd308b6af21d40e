from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.errors import ExportError
from kg.export import EXPORTERS, export, to_rdf
from kg.model import DEAL_PARTS
from kg.schema import Schema
from tests.export.hostile import SCHEMA, graphs

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
"""rdflib 7.6 calls deprecated methods of its own when it reads quads and JSON-LD."""

Graph: TypeAlias = "nx.MultiDiGraph[Any]"

FORMS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "nquads": "nquads", "trig": "trig"}
DEFAULT_GRAPH = ("turtle", "ntriples", "jsonld")
BASE = "https://w3id.org/korean-news-kg/"
ENT, DOC, STMT = f"{BASE}ent/", f"{BASE}doc/", f"{BASE}stmt/"


def rows(rdf: rdflib.Graph, schema: Schema, query: str) -> list[tuple[str, ...]]:
    prefixes = {**schema.prefixes, "oa": "http://www.w3.org/ns/oa#", "skos": "http://www.w3.org/2004/02/skos/core#"}
    found = rdf.query(query, initNs={**prefixes, "rdf": rdflib.RDF, "rdfs": rdflib.RDFS})
    return sorted(tuple(str(cell) for cell in row) for row in found)  # type: ignore[union-attr]


def read(path: Path, form: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(data=path.read_text(encoding="utf-8"), format=FORMS[form])
    return dataset


def triples(dataset: rdflib.Dataset) -> set[tuple[Any, ...]]:
    return {quad[:3] for quad in dataset.quads()}


def by_name(graph: Graph, name: str) -> str:
    return next(str(node) for node, found in graph.nodes(data=True) if found["name"] == name)


@pytest.mark.parametrize("form", DEFAULT_GRAPH)
def test_each_form_holds_the_same_triples(form: str, graph: Graph, schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph", form)
    assert triples(read(tmp_path / "graph", form)) == set(to_rdf(graph, schema))


@pytest.mark.parametrize("form", ["nquads", "trig"])
def test_named_graphs_hold_the_same_triples(form: str, graph: Graph, schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph", form)
    named = read(tmp_path / "graph", form)
    assert triples(named) == set(to_rdf(graph, schema))
    assert set(named.quads()) == set(to_rdf(graph, schema, named_graphs=True).quads())  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", FORMS)
def test_oxigraph_reads_what_rdflib_reads(form: str, graph: Graph, schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / f"graph{EXPORTERS[form].suffix}"
    export(graph, schema, path)
    store = pyoxigraph.Store()
    store.load(path=str(path))
    lines = to_rdf(graph, schema).serialize(format="nt").encode()
    expected = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in store} == {quad.triple for quad in expected}


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(hostile=graphs())
def test_a_store_gives_every_literal_back_as_written(hostile: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("store") / "graph.nt"
    export(hostile, SCHEMA, path)
    lines = path.read_bytes()
    store = pyoxigraph.Store()
    store.load(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    expected = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in store} == {quad.triple for quad in expected}


@pytest.mark.parametrize("form", [*FORMS, "graphml", "html"])
def test_bytes_do_not_depend_on_the_order_of_building(
    form: str, graph: Graph, reordered: Graph, schema: Schema, tmp_path: Path
) -> None:
    export(graph, schema, tmp_path / "a", form)
    export(reordered, schema, tmp_path / "b", form)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_only_what_is_actual_is_a_direct_triple(graph: Graph, schema: Schema) -> None:
    expected = set()
    for subject, obj, edge in graph.edges(data=True):
        if edge["status"] == "actual":
            expected.add((f"{ENT}{subject}", f"{schema.prefixes['kg']}{edge['type']}", f"{ENT}{obj}"))
            if schema.relations[edge["type"]].symmetric:
                expected.add((f"{ENT}{obj}", f"{schema.prefixes['kg']}{edge['type']}", f"{ENT}{subject}"))
    query = "SELECT ?s ?p ?o { ?s a kg:Entity ; ?p ?o . ?o a kg:Entity }"
    assert set(rows(to_rdf(graph, schema), schema, query)) == expected


def test_a_statement_carries_status_dates_and_sentences(graph: Graph, schema: Schema) -> None:
    query = f"""SELECT ?status ?date ?articles ?confidence ?exact ?title {{
        ?s rdf:subject/rdfs:label ?one ; rdf:predicate kg:partnersWith ; rdf:object/rdfs:label ?other ;
           kg:status ?status ; kg:date ?date ; kg:articles ?articles ; kg:confidence ?confidence ; kg:evidence ?e .
        ?e oa:hasSource ?doc ; oa:hasSelector/oa:exact ?exact .
        OPTIONAL {{ ?doc <{schema.prefixes["schema"]}headline> ?title }}
        FILTER ("카카오" IN (str(?one), str(?other)))
    }}"""
    kg = schema.prefixes["kg"]
    first, second = "오픈AI, 국내 기업과 손잡다", "오픈AI 한국 법인 설립 채비"
    assert rows(to_rdf(graph, schema), schema, query) == [
        (f"{kg}actual", "2025-02", "2", "0.93", "카카오는 2월 오픈AI와 공동 서비스를 만들기로 손잡았다.", first),
        (f"{kg}actual", "2025-02", "2", "0.93", "카카오와 제휴한 오픈AI는 한국 시장을 넓히고 있다.", second),
        (f"{kg}ended", "2025-11-03", "1", "0.71", "오픈AI와 카카오의 제휴가 끝났다는 공지가 나왔다.", "None"),
    ]


def test_turtle_is_prefixed_and_readable(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph.ttl")
    node, hub = by_name(graph, "제이슨 권"), by_name(graph, "오픈AI")
    assert f"""
ent:{node} a kg:Person, kg:Entity, schema:Person, foaf:Person ;
    rdfs:label "제이슨 권"@ko ;
    skos:prefLabel "제이슨 권"@ko ;
    skos:altLabel "Jason Kwon"@en ;
    schema:identifier "{node}" ;
    kg:mentions 1 ;
    kg:articles 1 ;
    kg:mentionedIn doc:a1 ;
    kg:holdsPosition ent:{hub} .
""" in (tmp_path / "graph.ttl").read_text(encoding="utf-8")


def test_dropping_an_articles_graph_takes_its_share_and_no_more(graph: Graph, schema: Schema) -> None:
    dataset = to_rdf(graph, schema, named_graphs=True)
    assert isinstance(dataset, rdflib.Dataset)
    dataset.remove_graph(rdflib.URIRef("https://w3id.org/korean-news-kg/graph/article/a2"))
    union = rdflib.Graph()
    for triple in triples(dataset):
        union.add(triple)
    assert not rows(union, schema, f"SELECT ?e {{ ?e oa:hasSource <{DOC}a2> }}")
    hub = by_name(graph, "오픈AI")
    kept = {name for (name,) in rows(union, schema, f"SELECT ?n {{ ?x kg:partnersWith <{ENT}{hub}> ; rdfs:label ?n }}")}
    assert kept == {"카카오", "크래프톤", "SK텔레콤"}
    assert not rows(union, schema, f"SELECT ?x {{ <{ENT}{hub}> kg:locatedIn ?x }}")


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig"])
def test_in_rdf_12_a_statement_reifies_its_triple(form: str, graph: Graph, schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / f"graph{EXPORTERS[form].suffix}"
    export(graph, schema, path, rdf12=True)
    written = pyoxigraph.RdfFormat.from_extension(EXPORTERS[form].suffix[1:])
    found = {quad.triple for quad in pyoxigraph.parse(path=str(path), format=written)}
    iri, node = pyoxigraph.NamedNode, f"{schema.prefixes['kg']}"
    reified = {
        (iri(f"{STMT}{key}"), iri(f"{ENT}{subject}"), iri(f"{node}{edge['type']}"), iri(f"{ENT}{obj}"))
        for subject, obj, key, edge in graph.edges(keys=True, data=True)
    }
    reifies = iri(f"{rdflib.RDF}reifies")
    assert {(t.subject, *t.object) for t in found if t.predicate == reifies} == reified
    assert {t for t in found if t.predicate != reifies} == unreified(graph, schema)


def unreified(graph: Graph, schema: Schema) -> set[pyoxigraph.Triple]:
    """The triples of the RDF 1.1 form but those that make a statement one."""
    lines = to_rdf(graph, schema).serialize(format="nt").encode()
    gone = {f"{rdflib.RDF}{name}" for name in ("subject", "predicate", "object")}
    kept = [quad.triple for quad in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)]
    statement = pyoxigraph.NamedNode(str(rdflib.RDF.Statement))
    return {triple for triple in kept if triple.predicate.value not in gone and triple.object != statement}


@pytest.mark.parametrize("form", ["jsonld", "json", "html"])
def test_other_forms_have_no_rdf_12(form: str, graph: Graph, schema: Schema, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="has no option rdf12"):
        export(graph, schema, tmp_path / "graph", form, rdf12=True)


def test_provenance_of_a_statement_beside_its_evidence_is_bounded(graph: Graph, schema: Schema) -> None:
    rdf, kg = to_rdf(graph, schema), schema.prefixes["kg"]
    own = {"subject", "predicate", "object", "type", "status", "date", "lastDate", "role", "evidence", *DEAL_PARTS}
    counts = {
        key: len({p for p in rdf.predicates(rdflib.URIRef(f"{STMT}{key}")) if str(p).rpartition("#")[2] not in own})
        for *_, key in graph.edges(keys=True)
    }
    assert set(counts.values()) == {3}, "confidence, articles, sources"
    assert (rdflib.URIRef(f"{STMT}{next(iter(counts))}"), rdflib.URIRef(f"{kg}sources"), None) in rdf


def test_what_found_a_sentence_is_software_of_a_version(graph: Graph, schema: Schema) -> None:
    query = """PREFIX prov: <http://www.w3.org/ns/prov#>
    SELECT DISTINCT ?name ?version { ?e a kg:Evidence ; prov:wasAttributedTo ?agent .
        ?agent a prov:SoftwareAgent ; rdfs:label ?name ; schema:softwareVersion ?version }"""
    assert rows(to_rdf(graph, schema), schema, query) == [("frames", "1")]


def test_another_base_moves_the_data_but_not_the_vocabulary(graph: Graph, schema: Schema) -> None:
    rdf = to_rdf(graph, schema, base="https://example.org/news/")
    found = rows(rdf, schema, "SELECT DISTINCT ?x { ?x a kg:Person }")
    assert found == [(f"https://example.org/news/ent/{by_name(graph, '제이슨 권')}",)]


def test_refuses_a_relative_base(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no absolute IRI"):
        export(graph, schema, tmp_path / "graph.ttl", base="news/")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(identifier=st.text(min_size=1), name=st.text(min_size=1), url=st.text())
@example(identifier="a/b#c", name='"""> . <x> "', url='https://e.example/"> <script>')
@example(identifier="../\n}", name="\ud800'''\\u0041", url="javascript:alert(1)")
def test_no_string_can_break_a_form(
    identifier: str, name: str, url: str, schema: Schema, tmp_path_factory: pytest.TempPathFactory
) -> None:
    article = {"title": name, "date": name, "publisher": name, "url": url, "language": name, "sha256": name}
    article["original"] = identifier
    graph: Graph = nx.MultiDiGraph(schema="0", articles={identifier: article})
    node = {"type": "Person", "subtype": None, "aliases": [name, identifier], "mentions": 1, "articles": 1}
    graph.add_node(identifier, name=name, article_ids=[identifier], ids=[], **node)
    folder = tmp_path_factory.mktemp("hostile")
    expected = len(to_rdf(graph, schema))
    for form in FORMS:
        path = folder / f"graph{EXPORTERS[form].suffix}"
        export(graph, schema, path)
        store = pyoxigraph.Store()
        store.load(path=str(path))
        assert (form, len(triples(read(path, form))), len(store)) == (form, expected, expected)
