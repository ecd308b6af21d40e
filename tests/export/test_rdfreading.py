from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from kg.errors import FormatError, MissingExtraError
from kg.export import export, graph_to_json, rdfstream, to_rdf
from kg.export.rdfreading import graph_from_rdf
from kg.export.rdfstream import RDF_SUFFIXES
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.schema import Schema
from tests.export.hostile import SCHEMA, graphs

Graph: TypeAlias = "nx.MultiDiGraph[Any]"

SUFFIXES = [*RDF_SUFFIXES, ".ttl.gz", ".nq.gz", ".jsonld.gz"]
SUFFIXES12 = [suffix for suffix in RDF_SUFFIXES if suffix != ".jsonld"]
"""The forms that can have reifiers."""


@pytest.fixture(params=["pyoxigraph", "rdflib"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What reads files: pyoxigraph, or rdflib as where that is not installed."""
    name = str(request.param)
    if name == "rdflib":
        monkeypatch.setattr(rdfstream, "find_spec", lambda module: None)
    return name


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_form_gives_the_graph_back(suffix: str, graph: Graph, schema: Schema, tmp_path: Path) -> None:
    KnowledgeGraph(graph, schema).export(tmp_path / f"graph{suffix}")
    read = KnowledgeGraph.load(tmp_path / f"graph{suffix}", schema)
    assert graph_to_json(read.to_networkx()) == graph_to_json(graph)


@pytest.mark.parametrize("named", [False, True])
def test_what_rdflib_holds_gives_the_graph_back(named: bool, graph: Graph, schema: Schema) -> None:
    rdf = to_rdf(graph, schema, base="https://example.org/뉴스/", named_graphs=named)
    assert graph_to_json(KnowledgeGraph.from_rdf(rdf, schema).to_networkx()) == graph_to_json(graph)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(given_graph=graphs())
def test_any_text_comes_back_from_any_form(given_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("round")
    expected = graph_to_json(given_graph)
    for suffix in RDF_SUFFIXES:
        path = folder / f"graph{suffix}"
        export(given_graph, SCHEMA, path)
        assert (suffix, graph_to_json(KnowledgeGraph.from_rdf(path, SCHEMA).to_networkx())) == (suffix, expected)
        with pytest.MonkeyPatch.context() as patch:
            triples = set(rdfstream.file_triples(path))
            patch.setattr(rdfstream, "find_spec", lambda module: None)
            assert (suffix, set(rdfstream.file_triples(path))) == (suffix, triples)
    for suffix in SUFFIXES12:
        path = folder / f"reified{suffix}"
        export(given_graph, SCHEMA, path, rdf12=True)
        assert (suffix, graph_to_json(KnowledgeGraph.from_rdf(path, SCHEMA).to_networkx())) == (suffix, expected)


@pytest.mark.parametrize("suffix", [*SUFFIXES12, ".ttl.gz", ".nq.gz"])
def test_reifiers_of_rdf_12_give_the_graph_back(suffix: str, graph: Graph, schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / f"graph{suffix}", rdf12=True)
    read = KnowledgeGraph.load(tmp_path / f"graph{suffix}", schema)
    assert graph_to_json(read.to_networkx()) == graph_to_json(graph)


@pytest.mark.parametrize("suffix", SUFFIXES12)
def test_rdf_12_without_pyoxigraph_names_what_to_install(
    suffix: str, graph: Graph, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(graph, schema, tmp_path / f"graph{suffix}", rdf12=True)
    monkeypatch.setattr(rdfstream, "find_spec", lambda module: None)
    with pytest.raises(MissingExtraError, match=r"RDF 1\.2 .*pip install 'korean-news-kg\[oxigraph\]'"):
        KnowledgeGraph.load(tmp_path / f"graph{suffix}", schema)


def test_an_edge_joins_the_same_ends_in_the_same_order(graph: Graph, schema: Schema) -> None:
    read = graph_from_rdf(to_rdf(graph, schema), schema)
    assert sorted(read.edges(keys=True)) == sorted(graph.edges(keys=True))


@pytest.mark.parametrize(
    ("update", "message"),
    [
        ("DELETE { ?x kg:schemaHash ?h } WHERE { ?x kg:schemaHash ?h }", "has no kg:schemaHash"),
        ("DELETE WHERE { ?x a schema:Dataset }", "0 things of class schema:Dataset"),
        ("DELETE { ?x kg:mentions ?n } INSERT { ?x kg:mentions '많음' } WHERE { ?x kg:mentions ?n }", "no number"),
        ("INSERT { ?x kg:mentions 7 } WHERE { ?x a kg:Entity }", "2 values of kg:mentions"),
        ("INSERT { ?x a kg:Product } WHERE { ?x a kg:Place }", "is of types"),
        ("DELETE { ?x a kg:Entity } WHERE { ?x a kg:Person }", "joins an unknown entity"),
        ("DELETE { ?x kg:status ?s } INSERT { ?x kg:status kg:no } WHERE { ?x kg:status ?s }", "has status 'no'"),
    ],
)
def test_names_what_is_not_as_written(update: str, message: str, graph: Graph, schema: Schema) -> None:
    rdf = to_rdf(graph, schema)
    rdf.update("".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in schema.prefixes.items()) + update)
    with pytest.raises(FormatError, match=message):
        KnowledgeGraph.from_rdf(rdf, schema)


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("graph.ttl", b"ent:a ent:b", "cannot be read as RDF"),
        ("graph.nt", b"\xff", "cannot be read as RDF"),
        ("graph.nq.gz", b"no gzip", "cannot be read as RDF"),
        ("graph.nt", b"<http://x/s> <http://x/p> <http://x/o> .\n<http://x/s> <http://x/p", "cannot be read as RDF"),
        ("graph.xml", b"<rdf/>", "no RDF by its ending"),
        ("graph.jsonld", b"{}", "0 things of class"),
    ],
)
def test_names_a_broken_file(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FormatError, match=f"{name}: .*{message}"):
        KnowledgeGraph.from_rdf(tmp_path / name)


def test_names_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no such graph"):
        KnowledgeGraph.load(tmp_path / "graph.ttl")
    with pytest.raises(FormatError, match=r"graph\.ttl: .*No such file"):
        KnowledgeGraph.from_rdf(tmp_path / "graph.ttl")


def test_a_lone_surrogate_becomes_the_replacement_character(graph: Graph, schema: Schema) -> None:
    node = sorted(graph.nodes)[0]
    graph.nodes[node]["name"] = "권\ud800"
    assert graph_from_rdf(to_rdf(graph, schema), schema).nodes[node]["name"] == "권\ufffd"
