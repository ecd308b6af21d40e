from __future__ import annotations

import sys
from pathlib import Path

import networkx as nx
import pytest
import rdflib

import kg
from kg.errors import InputError, MissingExtraError
from kg.export import export, read_graph, to_rdf
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.schema import load_schema
from kg.triplestore.validation import Fault, validate
from tests.export import faults
from tests.export.conftest import SAMPLE

SCHEMA = load_schema()
FORMS = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".nq.gz")


@pytest.fixture(scope="module")
def rdf() -> rdflib.Graph:
    return to_rdf(read_graph(SAMPLE), SCHEMA)


@pytest.fixture(scope="module")
def sample() -> nx.MultiDiGraph[object]:
    return read_graph(SAMPLE)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_conforms(form: str, sample: nx.MultiDiGraph[object], tmp_path: Path) -> None:
    export(sample, SCHEMA, tmp_path / f"graph{form}")
    found = validate(tmp_path / f"graph{form}")
    assert (found.conforms, found.faults) == (True, ())


def test_a_graph_a_folder_and_a_graph_without_text_conform(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.to_json(tmp_path / "graph.json")
    graph.export(tmp_path / "shared.ttl", text=False)
    kinds = (graph, tmp_path, tmp_path / "graph.json", tmp_path / "shared.ttl", graph.as_of("2025-02-10"))
    assert [kg.validate(one).faults for one in kinds] == [()] * len(kinds)


def test_a_fault_names_node_path_message_and_count(rdf: rdflib.Graph, tmp_path: Path) -> None:
    text = faults.broken(rdf, "no label")
    (tmp_path / "graph.nt").write_text(text, encoding="utf-8")
    found = validate(tmp_path / "graph.nt")
    people = sorted(map(str, rdf.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/Person"))))
    assert people
    wanted = "exactly one, a text with a language tag"
    assert Fault(f"rdfs:label: {wanted}", "rdfs:label", 2 * len(people), tuple(people)) in found.faults
    assert found.triples == len(text.splitlines())


def test_of_many_nodes_the_first_are_named(rdf: rdflib.Graph, tmp_path: Path) -> None:
    (tmp_path / "graph.nt").write_text(faults.broken(rdf, "no confidence"), encoding="utf-8")
    (fault,) = validate(tmp_path / "graph.nt").faults
    assert (fault.path, fault.count, len(fault.nodes)) == ("kg:confidence", 13, 5)
    assert list(fault.nodes) == sorted(fault.nodes)


TOGETHER = (
    *("two labels", "direct both ways", "denied but direct", "evidence of nothing", "symmetric one way"),
    *("statement twice", "offsets shifted", "cue behind its sentence", "two datasets"),
)
LOST = (
    *("statement lost", "subject that is not there", "agent left out", "article's identifier of another"),
    *("articles counted wrong", "selector shared", "date as text", "IRI outside the base"),
)
MISSING = ("original that is not there", "stated by an article that does not name it", "no dataset")


@pytest.mark.parametrize("given", [TOGETHER, LOST, MISSING], ids=["together", "lost", "missing"])
def test_parts_tell_what_the_whole_tells(given: tuple[str, ...], rdf: rdflib.Graph, tmp_path: Path) -> None:
    text = faults.broken(rdf, *given)
    (tmp_path / "graph.nt").write_text(text, encoding="utf-8")
    whole = validate(tmp_path / "graph.nt")
    assert len(whole.faults) >= len(given)
    assert validate(tmp_path / "graph.nt", part_bytes=len(text.encode()) // 8) == whole
    lines = text.splitlines(keepends=True)
    (tmp_path / "sorted.nt").write_text("".join(sorted(lines, key=lambda line: line[::-1])), encoding="utf-8")
    assert validate(tmp_path / "sorted.nt", part_bytes=len(text.encode()) // 3) == whole


@pytest.mark.parametrize("spelling", faults.SPELLINGS)
def test_numbers_are_looked_at_as_they_are_written(spelling: str, rdf: rdflib.Graph, tmp_path: Path) -> None:
    (tmp_path / "graph.nt").write_text(faults.broken(rdf, spelling), encoding="utf-8")
    (fault,) = validate(tmp_path / "graph.nt").faults
    assert "zeros" in fault.message


def test_an_empty_file_has_no_dataset(tmp_path: Path) -> None:
    (tmp_path / "graph.nt").write_bytes(b"")
    dataset = "https://schema.org/Dataset"
    fault = Fault("a file has exactly one schema:Dataset", "^rdf:type", 1, (dataset,))
    assert validate(tmp_path / "graph.nt").faults == (fault,)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("graph.ttl", b"<a> <b>", "graph.ttl: not turtle"),
        ("graph.nt.gz", b"no gzip", "graph.nt.gz: not ntriples"),
        ("graph.csv", b"a,b", "graph.csv: no graph"),
    ],
)
def test_a_file_that_cannot_be_read(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        validate(tmp_path / name)


def test_rdf_12_and_stores_are_refused(sample: nx.MultiDiGraph[object], tmp_path: Path) -> None:
    export(sample, SCHEMA, tmp_path / "graph.ttl", rdf12=True)
    with pytest.raises(InputError, match=r"graph\.ttl: RDF 1\.2: the shapes are for RDF 1\.1"):
        validate(tmp_path / "graph.ttl")
    (tmp_path / "CURRENT").touch()
    with pytest.raises(InputError, match="a store; validate the file"):
        validate(tmp_path)


def test_without_pyshacl_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'korean-news-kg\[shacl\]'"):
        validate(SAMPLE)
