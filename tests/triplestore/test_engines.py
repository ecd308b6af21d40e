from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import InputError
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.triplestore.answers import Answer, Term
from kg.triplestore.engines import Engine, ask

ENGINES: tuple[Engine, ...] = ("oxigraph", "rdflib")
PARTNERS = "SELECT ?one ?other WHERE { ?a kg:partnersWith ?b . ?a rdfs:label ?one . ?b rdfs:label ?other }"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["graph.ttl", "graph.nt", "graph.nq", "graph.trig", "graph.jsonld", "graph.nt.gz"])
def test_every_form_answers_like_the_folder(
    graph: KnowledgeGraph, graph_folder: Path, tmp_path: Path, engine: Engine, name: str
) -> None:
    plain = graph.export(tmp_path / name.removesuffix(".gz"))
    path = tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(plain.read_bytes()))
    counted = (
        "SELECT (COUNT(?v) AS ?n) (SUM(?v) AS ?sum) (AVG(?v) AS ?mean) WHERE { ?s kg:confidence ?v ; a rdf:Statement }"
    )
    for query in (PARTNERS, counted):
        found = ask(path, query, engine=engine)
        assert found == ask(graph_folder, query, engine=engine) == ask(graph_folder, query)
        assert found.rows


@pytest.mark.parametrize("engine", ENGINES)
def test_ask_construct_and_unbound(graph_folder: Path, engine: Engine) -> None:
    assert ask(graph_folder, "ASK { ?a kg:sues ?b }", engine=engine).json() == {"head": {}, "boolean": False}
    made = ask(graph_folder, 'CONSTRUCT { ?a kg:alias "가"@ko, 1 } WHERE { ?a kg:finances ?b }', engine=engine)
    assert [line.split(" ", 2)[2] for line in made.ntriples().splitlines()] == [
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '"가"@ko .',
    ]
    found = ask(graph_folder, "SELECT ?a ?c WHERE { ?a kg:finances ?b OPTIONAL { ?a kg:sues ?c } }", engine=engine)
    assert [list(row) for row in found.json()["results"]["bindings"]] == [["a"]]
    assert found.cells()[0][1] == ""


def test_terms_in_results_json() -> None:
    row = (Term("uri", "http://x/"), Term.literal("가", "KO", ""), Term.literal("1.50", None, f"{XSD}decimal"), None)
    assert Answer(("a", "b", "c", "d"), (row,)).json() == {
        "head": {"vars": ["a", "b", "c", "d"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": "http://x/"},
                    "b": {"type": "literal", "value": "가", "xml:lang": "ko"},
                    "c": {"type": "literal", "value": "1.5", "datatype": f"{XSD}decimal"},
                }
            ]
        },
    }


XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE and FROM"),
        ("SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }", "SERVICE and FROM"),
        ("DROP ALL", "SPARQL query"),
        ("SELECT * WHERE { ?s ?p", "SPARQL query"),
    ],
)
@pytest.mark.usefixtures("no_network")
def test_a_query_that_reaches_out_or_is_none_is_refused(
    graph_folder: Path, engine: Engine, query: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        ask(graph_folder, query, engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_that_is_no_rdf_is_named(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("ent:a ent:b .", encoding="utf-8")
    with pytest.raises(InputError, match=f"{re.escape(str(path))}: not turtle"):
        ask(path, "ASK { ?s ?p ?o }", engine=engine)
    (tmp_path / "broken.nt.gz").write_bytes(b"\x1f\x8b nothing")
    with pytest.raises(InputError, match=r"broken\.nt\.gz: not ntriples"):
        ask(tmp_path / "broken.nt.gz", "ASK { ?s ?p ?o }", engine=engine)


def test_what_is_no_graph_is_refused(tmp_path: Path) -> None:
    for name in ("none.ttl", "graph.csv"):
        with pytest.raises(InputError, match=name):
            ask(tmp_path / name, "ASK { ?s ?p ?o }")


def test_a_store_on_disk_is_asked_in_place(tmp_path: Path) -> None:
    made = pyoxigraph.Store(str(tmp_path / "db"))
    made.add(pyoxigraph.Quad(*[pyoxigraph.NamedNode(f"http://x/{part}") for part in "spo"]))
    made.flush()
    del made
    found = ask(tmp_path / "db", "SELECT ?s WHERE { ?s ?p ?o }")
    assert json.dumps(found.cells()) == '[["http://x/s"]]'
    with pytest.raises(InputError, match="rdflib reads no Oxigraph store"):
        ask(tmp_path / "db", "ASK { ?s ?p ?o }", engine="rdflib")


def test_rdf_12_is_asked_but_gives_no_triple_terms(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = graph.export(tmp_path / "graph.ttl", rdf12=True)
    assert ask(path, PARTNERS) == ask(graph.export(tmp_path / "plain.ttl"), PARTNERS)
    with pytest.raises(InputError, match=r"triple terms of RDF 1\.2"):
        ask(path, "SELECT ?what WHERE { ?s rdf:reifies ?what }")


def test_the_graph_and_the_engines_know_the_same_prefixes(graph: KnowledgeGraph, graph_folder: Path) -> None:
    query = (
        "SELECT DISTINCT ?name WHERE { ?e skos:prefLabel ?name ; kg:mentionedIn ?d FILTER(?e != ent:x && ?d != doc:x) }"
    )
    assert ask(graph_folder, query).cells() == sorted([row["name"]] for row in graph.sparql(query))
    assert ask(graph_folder, query).rows
