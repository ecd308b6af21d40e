from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest

from kg.errors import ExportError
from kg.export import EXPORTERS, export
from kg.export.pagedata import page_data
from kg.schema import Schema

Graph: TypeAlias = "nx.MultiDiGraph[Any]"


def page(graph: Graph, schema: Schema, folder: Path, **options: Any) -> str:
    export(graph, schema, folder / "graph.html", **options)
    return (folder / "graph.html").read_text(encoding="utf-8")


def data(text: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_the_page_carries_every_node_edge_and_article(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    text = page(graph, schema, tmp_path)
    assert {node["id"] for node in data(text, "nodes")} == set(graph.nodes)
    assert {edge["id"] for edge in data(text, "edges")} == {key for *_, key in graph.edges(keys=True)}
    assert set(data(text, "context")["articles"]) == {"a1", "a2", "a3"}


def test_only_the_pages_own_scripts_may_run(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    text = page(graph, schema, tmp_path)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{value}'" for value in hashes)
    assert html.unescape(policy[1]) == (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def test_hostile_strings_end_no_element(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    plain = page(graph, schema, tmp_path).lower()
    node = min(graph.nodes)
    graph.nodes[node]["name"] = "</script><script>alert(1)</script><!-- \"'&\ud800"
    text = page(graph, schema, tmp_path, title="</title><script>alert(2)</script>")
    assert text.lower().count("<script") == plain.count("<script")
    assert "<title>&lt;/title&gt;&lt;script&gt;alert(2)&lt;/script&gt;</title>" in text
    names = {found["id"]: found["name"] for found in data(text, "nodes")}
    assert names[node] == "</script><script>alert(1)</script><!-- \"'&?"


def test_the_cue_is_cut_by_code_points(graph: Graph, schema: Schema) -> None:
    *_, edge = next(iter(graph.edges(data=True)))
    edge["evidence"][0] |= {"start": 10, "end": 24, "text": "📰📰 가나와 다라가 손잡아", "cue": [20, 24]}
    edges = page_data(graph, schema, 800)["edges"]
    assert ["📰📰 가나와 다라가", " 손잡아", ""] in [found["evidence"][0]["quote"] for found in edges]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("http://[", False),
    ],
)
def test_only_web_addresses_become_links(url: str, kept: bool, graph: Graph, schema: Schema) -> None:
    graph.graph["articles"]["a1"]["url"] = url
    assert page_data(graph, schema, 800)["articles"]["a1"]["url"] == (url if kept else None)


def test_edges_of_one_pair_never_share_a_curve(graph: Graph, schema: Schema) -> None:
    curves: dict[tuple[str, str], list[float]] = {}
    for edge in page_data(graph, schema, 800)["edges"]:
        ends = sorted((edge["from"], edge["to"]))
        side = edge["curve"] if edge["from"] == ends[0] else -edge["curve"]
        curves.setdefault((ends[0], ends[1]), []).append(side)
    assert sorted(map(sorted, curves.values()))[0] == [-0.22, 0.0, 0.22]
    assert all(len(set(found)) == len(found) for found in curves.values())


def test_past_the_limit_the_best_connected_get_a_place(graph: Graph, schema: Schema) -> None:
    nodes = page_data(graph, schema, 3)["nodes"]
    assert [("x" in node) for node in nodes] == [True] * 3 + [False] * 9
    assert nodes[0]["name"] == "오픈AI"


def test_an_empty_graph_makes_a_page(schema: Schema, tmp_path: Path) -> None:
    assert data(page(nx.MultiDiGraph(schema="0", articles={}), schema, tmp_path), "nodes") == []


def test_the_suffix_chooses_the_form(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    for name, exporter in EXPORTERS.items():
        export(graph, schema, tmp_path / f"graph{exporter.suffix}")
        export(graph, schema, tmp_path / "other", name)
        assert (tmp_path / f"graph{exporter.suffix}").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.parametrize(("name", "form"), [("graph.xyz", None), ("graph", None), ("graph.ttl", "rdfxml")])
def test_an_unknown_form_lists_the_forms(
    name: str, form: str | None, graph: Graph, schema: Schema, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=r"the forms are html \(\.html\), turtle \(\.ttl\)"):
        export(graph, schema, tmp_path / name, form)
    assert list(tmp_path.iterdir()) == []


def test_graphml_reads_back(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    node = min(graph.nodes)
    graph.nodes[node]["name"] = "<가나>\x00&"
    export(graph, schema, tmp_path / "graph.graphml")
    read = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert (set(read.nodes), read.number_of_edges()) == (set(graph.nodes), graph.number_of_edges())
    assert read.nodes[node]["name"] == "<가나>\ufffd&"
