from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import FormatError
from kg.export import export, graph_from_json, graph_to_json, read_graph
from kg.schema import Schema, load_schema

Graph: TypeAlias = "nx.MultiDiGraph[Any]"


def same(a: Graph, b: Graph) -> bool:
    return (a.graph, dict(a.nodes.items()), dict(a.edges.items())) == (
        b.graph,
        dict(b.nodes.items()),
        dict(b.edges.items()),
    )


def test_comes_back_whole(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph.json")
    assert same(read_graph(tmp_path / "graph.json"), graph)


def test_bytes_do_not_depend_on_the_order_of_building(
    graph: Graph, reordered: Graph, schema: Schema, tmp_path: Path
) -> None:
    export(graph, schema, tmp_path / "a.json")
    export(reordered, schema, tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_an_empty_graph_comes_back(schema: Schema, tmp_path: Path) -> None:
    empty: Graph = nx.MultiDiGraph(schema="0", articles={})
    export(empty, schema, tmp_path / "graph.json")
    assert same(read_graph(tmp_path / "graph.json"), empty)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "other"}, "not a graph file"),
        ({"version": 3}, "upgrade the package"),
        ({"version": 1}, "build the graph again"),
        ({"version": "1"}, "reads 2"),
        ({"articles": [{"id": "a1"}]}, "not in the graph format"),
        ({"entities": []}, "joins an unknown entity"),
        ({"relations": None}, "not in the graph format"),
    ],
)
def test_refuses_what_it_cannot_read(graph: Graph, change: dict[str, Any], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        graph_from_json({**graph_to_json(graph), **change})


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"{"])
def test_names_a_broken_file(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "graph.json").write_bytes(content)
    with pytest.raises(FormatError, match=r"graph\.json"):
        read_graph(tmp_path / "graph.json")


@pytest.mark.parametrize("name", ["graph.gexf", "graph.ftm.json"])
def test_another_form_is_told_in_plain_words(graph: Graph, schema: Schema, name: str, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / name)
    with pytest.raises(FormatError, match=r"no JSON file of a graph; give graph\.json or an RDF form"):
        read_graph(tmp_path / name)


@given(name=st.text(), aliases=st.lists(st.text()))
def test_any_string_survives(name: str, aliases: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    graph: Graph = nx.MultiDiGraph(schema="0", articles={})
    node = {"type": "Person", "subtype": None, "mentions": 1, "articles": 1, "article_ids": [name], "ids": []}
    graph.add_node(name, name=name, aliases=aliases, **node)
    path = tmp_path_factory.mktemp("names") / "graph.json"
    export(graph, load_schema(), path)
    assert same(read_graph(path), graph)


def test_a_lone_surrogate_survives(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    node = min(graph.nodes)
    graph.nodes[node]["name"] = "\ud800"
    export(graph, schema, tmp_path / "graph.json")
    assert json.loads((tmp_path / "graph.json").read_text(encoding="utf-8"))["entities"][0]["name"] == "\ud800"
