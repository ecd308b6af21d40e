"""DOT as pydot parses it, and as Graphviz draws it where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import networkx as nx
import pydot
import pytest

from kg.export import export
from kg.export.dot import STYLES
from kg.schema import Schema


def parsed(path: Path) -> pydot.Dot:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = pydot.graph_from_dot_data(path.read_text(encoding="utf-8"))
    assert found is not None
    return found[0]


def test_what_is_no_fact_has_no_whole_line(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph.dot")
    found = {edge.get("id").strip('"'): edge for edge in parsed(tmp_path / "graph.dot").get_edges()}
    for subject, obj, key, stated in graph.edges(keys=True, data=True):
        edge = found.pop(key)
        assert (edge.get_source(), edge.get_destination()) == (f'"{subject}"', f'"{obj}"')
        assert edge.get("style") == f'"{STYLES[stated["status"]]}"'
        assert stated["evidence"][0]["text"] in edge.get("tooltip")
    assert found == {}
    assert {status for status, style in STYLES.items() if style == "solid"} == {"actual", "ended"}


def test_quotes_and_backslashes_stay_in_their_string(
    graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path
) -> None:
    node = min(graph.nodes)
    graph.nodes[node]["name"] = 'a\\"]; evil [label="\\N&lt;\n끝\\'
    export(graph, schema, tmp_path / "graph.dot")
    found = parsed(tmp_path / "graph.dot")
    (one,) = found.get_node(f'"{node}"')
    assert one.get("label") == '"a\\\\\\"]; evil [label=\\"\\\\N&amp;lt;\\n끝\\\\"'
    assert found.get_node("evil") == []


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz (Debian: apt install graphviz)")
def test_graphviz_draws_it(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    graph.nodes[min(graph.nodes)]["name"] = 'a\\"]; evil [label="\\N&lt;\n끝\\'
    export(graph, schema, tmp_path / "graph.dot")
    drawn = subprocess.run(["dot", "-Tsvg", tmp_path / "graph.dot"], check=True, capture_output=True, timeout=60)
    assert drawn.stdout.count(b'class="node"') == graph.number_of_nodes()
