"""Hostile inputs of every kind: none ends a build, none is lost, none is more than text in what is written."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib
from typer.testing import CliRunner

from kg.cli.app import app
from kg.cli.screen import UNSAFE
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.ingest import ReadOptions, read_records
from kg.model import Failure
from kg.run.extraction import ExtractOptions
from kg.run.limits import Limits
from kg.run.local import build
from kg.run.outputs import graph_file
from kg.run.workers import map_records
from tests.export.opening import OPENERS
from tests.run import hostile
from tests.run.stub_stage import TitleStage

COUNT = 2 * len(hostile.KINDS)
LIMITS = Limits(seconds=20, gigabytes=2)


OTHERS = ("graphml", "gexf", "neo4j", "ftm", "schemaorg", "dot", "obsidian", "svg")


@dataclass
class Built:
    """A folder built of hostile inputs."""

    inputs: hostile.Inputs
    out: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("hostile")
    inputs = hostile.write(folder / "news", 8, COUNT)
    forms = ["ntriples", "nquads", "trig", "jsonld", *OTHERS]
    options = ExtractOptions(workers=1, max_failure_rate=1, limits=LIMITS)
    build(inputs.paths, folder / "out", options, TitleStage(), forms=forms)
    return Built(inputs, folder / "out")


def test_every_input_is_a_document_or_a_named_failure(built: Built) -> None:
    records = read_records(built.inputs.paths)
    found = list(map_records(records, ReadOptions(), LIMITS))
    sources = Counter((item.source or "").rpartition(":")[0] or item.source for item in found)
    assert [path for path in built.inputs.paths if not sources[path]] == []
    manifest = json.loads((built.out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["articles"] + manifest["counts"]["failures"] == len(found)
    assert max(len(item.message) for item in found if isinstance(item, Failure)) < 2_000


def test_rdf_says_what_the_graph_does_and_nothing_of_its_own(built: Built) -> None:
    graph = KnowledgeGraph.load(built.out)
    for name in ("graph.ttl", "graph.nt"):
        terms = {term for triple in rdflib.Graph().parse(built.out / name) for term in triple}
        assert [term for term in terms if str(term) in ("http://evil.example/s", "http://evil.example/p")] == []
    for name in ("graph.ttl", "graph.nt", "graph.nq", "graph.trig", "graph.jsonld"):
        again = KnowledgeGraph.load(built.out / name)
        assert (again.entities(), again.relations()) == (graph.entities(), graph.relations()), name


@pytest.mark.parametrize("form", OTHERS)
def test_the_other_forms_open_in_their_tools(form: str, built: Built) -> None:
    graph = KnowledgeGraph.load(built.out)
    entities, relations = OPENERS[form](built.out / graph_file(form))
    assert entities in (len(graph.entities()), None)
    assert relations in (len(graph), None)


@pytest.mark.parametrize("command", ["articles", "entities", "query"])
def test_no_cell_of_csv_is_a_formula(built: Built, command: str) -> None:
    done = CliRunner().invoke(app, [command, str(built.out), "--csv"])
    rows = list(csv.reader(io.StringIO(done.stdout, newline="")))
    assert len(rows) > 10
    assert [cell for row in rows for cell in row if cell.lstrip(" ").startswith(UNSAFE)] == []


def test_no_input_names_a_file_that_is_written(built: Built) -> None:
    assert sorted(path.name for path in built.out.parent.iterdir()) == ["news", "out"]
    assert {path.name.partition(".")[0] for path in built.out.iterdir()} <= {"graph", "documents", "manifest", "store"}
