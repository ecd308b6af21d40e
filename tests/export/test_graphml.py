"""GraphML by the conventions of Gephi (ImporterGraphML) and as NetworkX reads it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import networkx as nx

from kg.export import export
from kg.schema import Schema
from tests.export.opening import read_graphml


def test_gephi_finds_labels_weights_colours_and_types(
    graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path
) -> None:
    export(graph, schema, tmp_path / "graph.graphml")
    text = (tmp_path / "graph.graphml").read_text(encoding="utf-8")
    keys = re.findall(r'<key id="(.*?)" for="(.*?)" attr.name="(.*?)" attr.type="(.*?)"/>', text)
    kinds = {(where, name): kind for _, where, name, kind in keys}
    assert len({key for key, *_ in keys}) == len(keys)
    assert not {"d3", "d7"} & {key for key, *_ in keys}  # which Gephi takes for the labels of yEd
    assert (kinds["node", "label"], kinds["edge", "label"], kinds["edge", "weight"]) == ("string", "string", "double")
    assert {kinds["node", colour] for colour in "rgb"} == {"int"}
    assert (kinds["edge", "value"], kinds["node", "mentions"], kinds["edge", "stake"]) == ("long", "long", "double")


def test_values_come_back(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    node = min(graph.nodes)
    graph.nodes[node].update({"name": "<가나>\x00&\r\n", "aliases": ["a", "b"]})
    export(graph, schema, tmp_path / "graph.graphml")
    read = read_graphml(tmp_path / "graph.graphml")
    assert read.nodes[node]["label"] == "<가나>\ufffd&\r\n"
    assert (read.nodes[node]["aliases"], read.nodes[node]["mentions"]) == ("a\nb", graph.nodes[node]["mentions"])
    for subject, obj, key, edge in graph.edges(keys=True, data=True):
        found = read.edges[subject, obj, key]
        assert (found["type"], found["status"], found["weight"]) == (edge["type"], edge["status"], edge["sources"])
        assert found["evidence"].split("\n") == [evidence["text"] for evidence in edge["evidence"]]
