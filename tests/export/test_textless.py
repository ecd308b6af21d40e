from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib

from kg import resources
from kg.export import EXPORTERS, export, graph_to_json, read_graph, to_rdf
from kg.export.textless import without_text
from kg.graph.knowledge_graph import KnowledgeGraph
from kg.schema import Schema
from tests.export.test_shapes import conforms


def words(graph: nx.MultiDiGraph[Any]) -> list[str]:
    quoted = [e["text"] for *_, edge in graph.edges(data=True) for e in edge["evidence"]]
    titles = [found["title"] for found in graph.graph["articles"].values() if found["title"] is not None]
    return [*quoted, *titles]


def content(path: Path) -> str:
    """Return the text of a file, or of the files of a folder and their names."""
    if path.is_file():
        return path.read_text(encoding="utf-8")
    return "\n".join(f"{one}\n{content(one)}" for one in sorted(path.iterdir()))


@pytest.mark.parametrize("form", sorted(EXPORTERS.keys() - {"parquet", "png"}))  # packed columns; pixels, of the SVG
def test_no_form_has_a_quotation_or_title(
    form: str, graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path
) -> None:
    with_text, without = tmp_path / "with", tmp_path / "without"
    export(graph, schema, with_text, form)
    export(graph, schema, without, form, text=False)
    there = content(with_text)
    assert [text for text in words(graph) if text in there or json.dumps(text)[1:-1] in there]
    read = content(without)
    assert [text for text in words(graph) if text in read or json.dumps(text)[1:-1] in read] == []


@pytest.mark.parametrize("name", ["graph.json", "graph.ttl", "graph.nq.gz"])
def test_offsets_and_hashes_come_back(name: str, graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / name, text=False)
    read = KnowledgeGraph.load(tmp_path / name, schema).to_networkx()
    assert graph_to_json(read) == graph_to_json(without_text(graph))
    assert [(e["start"], e["end"], e["cue"]) for *_, edge in read.edges(data=True) for e in edge["evidence"]]


def test_the_graph_itself_keeps_its_text(graph: nx.MultiDiGraph[Any]) -> None:
    before = graph_to_json(graph)
    without_text(graph)
    assert graph_to_json(graph) == before


def test_statements_and_evidence_keep_their_iris(graph: nx.MultiDiGraph[Any], schema: Schema) -> None:
    full, bare = to_rdf(graph, schema), to_rdf(graph, schema, text=False)
    gone = {str(p).rpartition("/")[2].rpartition("#")[2] for _, p, _ in full - bare}
    assert (gone, len(bare - full)) == ({"exact", "headline", "type"}, 0)


def test_it_keeps_the_shapes(graph: nx.MultiDiGraph[Any], schema: Schema) -> None:
    shapes = rdflib.Graph().parse(data=resources.schemas("shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    assert conforms(to_rdf(graph, schema, text=False), shapes) == (True, "")


def test_packed_files_are_the_same_bytes_each_time(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    for name in ("a.json.gz", "b.json.gz"):
        export(graph, schema, tmp_path / name)
    assert (tmp_path / "a.json.gz").read_bytes() == (tmp_path / "b.json.gz").read_bytes()
    assert graph_to_json(read_graph(tmp_path / "a.json.gz")) == graph_to_json(graph)
