"""GEXF against its schema's rules for time and edges, and as NetworkX reads it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.export import export
from kg.schema import Schema
from tests.export.opening import read_gexf

NAMESPACE = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


def edges(path: Path) -> dict[str, dict[str, str]]:
    return {edge.attrib["id"]: dict(edge.attrib) for edge in ET.parse(path).iterfind(".//g:edge", NAMESPACE)}


@pytest.mark.parametrize(
    ("status", "first", "last", "expected"),
    [
        ("actual", "2025-02", "2025-03", {"start": "2025-02-01"}),
        ("planned", "2025", None, {"start": "2025-01-01"}),
        ("ended", "2024-02", None, {"end": "2024-02-29"}),
        ("ended", "2024", "2025-05-26T09:00:00+09:00", {"end": "2025-05-26"}),
        ("actual", "지난달", None, {}),
        ("actual", "2025-02-30", None, {}),
        ("actual", None, None, {}),
    ],
)
def test_an_edge_lasts_as_long_as_is_known(
    status: str,
    first: str | None,
    last: str | None,
    expected: dict[str, str],
    graph: nx.MultiDiGraph[Any],
    schema: Schema,
    tmp_path: Path,
) -> None:
    subject, obj, key = min(graph.edges(keys=True), key=lambda edge: edge[2])
    graph.edges[subject, obj, key].update({"status": status, "date": first, "last_date": last})
    export(graph, schema, tmp_path / "graph.gexf")
    found = edges(tmp_path / "graph.gexf")[key]
    assert {name: found[name] for name in ("start", "end") if name in found} == expected


def test_kinds_keep_statuses_apart(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "graph.gexf")
    found = edges(tmp_path / "graph.gexf")
    kinds = {
        found[key]["kind"] for *_, key, edge in graph.edges(keys=True, data=True) if edge["type"] == "partnersWith"
    }
    assert kinds == {"제휴", "제휴 (종료)"}
    pairs = [(edge["source"], edge["target"], edge["kind"]) for edge in found.values()]
    assert len(set(pairs)) == len(pairs)


def test_networkx_reads_types_weights_and_looks(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    node = min(graph.nodes)
    graph.nodes[node]["name"] = "둘째\n줄 \"'<&"
    export(graph, schema, tmp_path / "graph.gexf")
    read = read_gexf(tmp_path / "graph.gexf")
    assert (read.nodes[node]["label"], read.nodes[node]["mentions"]) == (
        "둘째\n줄 \"'<&",
        graph.nodes[node]["mentions"],
    )
    assert read.nodes[node]["viz"]["color"] == {"r": 200, "g": 109, "b": 3, "a": 1.0}
    for subject, obj, key, edge in graph.edges(keys=True, data=True):
        found = read.edges[subject, obj, key]
        assert (found["type"], found["status"], found["weight"]) == (edge["type"], edge["status"], edge["sources"])
        assert found["symmetric"] == schema.relation(edge["type"]).symmetric
