from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest

from kg.errors import ExportError
from kg.export import EXPORTERS, export
from kg.export.pageblocks import block, columns, parts
from kg.export.pagedata import PageData
from kg.export.quotation import quotation
from kg.schema import Schema

Graph: TypeAlias = "nx.MultiDiGraph[Any]"


def page(graph: Graph, schema: Schema, folder: Path, **options: Any) -> str:
    export(graph, schema, folder / "graph.html", **options)
    return (folder / "graph.html").read_text(encoding="utf-8")


def data(text: str, name: str) -> Any:
    found = re.search(rf'<script type="(application/json|text/plain)" id="data-{name}">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    plain = found[1] == "application/json"
    return json.loads(found[2] if plain else zlib.decompress(base64.b64decode(found[2]), -zlib.MAX_WBITS))


def records(text: str, name: str) -> list[dict[str, Any]]:
    found = data(text, name)
    return [{key: found["columns"][key][row] for key in found["columns"]} for row in range(found["count"])]


def test_the_page_carries_every_node_edge_and_article(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    text = page(graph, schema, tmp_path)
    assert {node["id"] for node in records(text, "nodes")} == set(graph.nodes)
    assert {edge["id"] for edge in records(text, "edges")} == {key for *_, key in graph.edges(keys=True)}
    assert {article["id"] for article in records(text, "articles")} == {"a1", "a2", "a3"}


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
    names = {found["id"]: found["name"] for found in records(text, "nodes")}
    assert names[node] == "</script><script>alert(1)</script><!-- \"'&?"


def test_large_graphs_are_packed_and_hold_the_same(
    graph: Graph, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = page(graph, schema, tmp_path)
    monkeypatch.setattr("kg.export.html.READABLE", 0)
    packed = page(graph, schema, tmp_path)
    assert 'type="text/plain" id="data-nodes"' in packed
    assert "오픈AI" not in packed.split('id="data-nodes"')[1].split("</script>")[0]
    for name in ("nodes", "edges", "articles", "context", "evidence-0", "headlines-0"):
        assert data(packed, name) == data(plain, name)


def test_blocks_hold_so_many_rows_each() -> None:
    blocks = parts("evidence", [["가"], ["나"], ["다"]], 2, packed=False)
    assert [(found.name, found.text) for found in blocks] == [
        ("evidence-0", '[["가"],["나"]]'),
        ("evidence-1", '[["다"]]'),
    ]


def test_columns_have_null_where_a_record_lacks_a_key() -> None:
    found = {"count": 2, "columns": {"a": [1, None], "b": [None, 2]}}
    assert columns([{"a": 1}, {"b": 2}]) == found


def test_no_text_ends_its_element() -> None:
    assert block("nodes", ["</script>"], packed=False).text == '["\\u003c/script>"]'


@pytest.mark.parametrize(
    ("text", "cue", "subject", "obj", "pieces"),
    [
        (
            "📰📰 가나와 다라가 손잡아",
            (10, 14),
            ["가나"],
            ["다라", "라"],
            ["📰📰 ", "가나 subject", "와 ", "다라 object", "가", " 손잡아 cue"],
        ),
        (
            "카카오가 카카오톡을 냈다",
            (11, 13),
            ["카카오"],
            ["카카오톡"],
            ["카카오 subject", "가 ", "카카오톡 object", "을 ", "냈다 cue"],
        ),
        ("이 회사는 손을 잡았다", (9, 12), ["카카오", ""], [], ["이 회사는 손을 ", "잡았다 cue"]),
        ("대표", (0, 2), ["대표"], ["대표"], ["대표 cue"]),
        ("가나", (0, 0), ["나"], [], ["가", "나 subject"]),
    ],
)
def test_a_sentence_is_cut_at_its_cue_and_ends(
    text: str, cue: tuple[int, int], subject: list[str], obj: list[str], pieces: list[str]
) -> None:
    found = quotation(text, cue, subject, obj)
    assert [" ".join(filter(None, piece)) for piece in found] == pieces
    assert "".join(piece for piece, _ in found) == text


def test_the_sentence_of_a_page_is_cut_by_code_points(graph: Graph, schema: Schema) -> None:
    subject, obj, edge = next(iter(graph.edges(data=True)))
    graph.nodes[subject].update(name="가나", aliases=[])
    graph.nodes[obj].update(name="다라", aliases=[])
    edge["evidence"][0] |= {"start": 10, "end": 24, "text": "📰📰 가나와 다라가 손잡아", "cue": [20, 24]}
    quotes = [found.get("quote") for rows in PageData(graph, schema, 800).evidence() for found in rows]
    pieces = [["📰📰 ", ""], ["가나", "subject"], ["와 ", ""], ["다라", "object"], ["가", ""], [" 손잡아", "cue"]]
    assert pieces in quotes


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
    assert PageData(graph, schema, 800).headlines()[0][1] == (url if kept else None)


def test_past_the_limit_entities_without_relations_get_no_place(graph: Graph, schema: Schema) -> None:
    assert ["x" in node for node in PageData(graph, schema, 12).nodes()] == [True] * 12
    nodes = PageData(graph, schema, 3).nodes()
    assert [("x" in node) for node in nodes] == [True] * 11 + [False]
    assert nodes[0]["name"] == "오픈AI"


def test_an_empty_graph_makes_a_page(schema: Schema, tmp_path: Path) -> None:
    assert data(page(nx.MultiDiGraph(schema="0", articles={}), schema, tmp_path), "nodes") == {
        "count": 0,
        "columns": {},
    }


def test_the_suffix_chooses_the_form(graph: Graph, schema: Schema, tmp_path: Path) -> None:
    for name, exporter in EXPORTERS.items():
        if name == "png":  # whose fonts are not everywhere, see test_opening
            continue
        export(graph, schema, tmp_path / f"graph{exporter.suffix}")
        export(graph, schema, tmp_path / name, name)
        assert contents(tmp_path / f"graph{exporter.suffix}") == contents(tmp_path / name)


def contents(path: Path) -> list[bytes]:
    """Return what is in a file, or in the files of a folder."""
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    return [one.read_bytes() for one in files]


@pytest.mark.parametrize(("name", "form"), [("graph.xyz", None), ("graph", None), ("graph.ttl", "rdfxml")])
def test_an_unknown_form_lists_the_forms(
    name: str, form: str | None, graph: Graph, schema: Schema, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=r"the forms are html \(\.html\), turtle \(\.ttl\)"):
        export(graph, schema, tmp_path / name, form)
    assert list(tmp_path.iterdir()) == []
