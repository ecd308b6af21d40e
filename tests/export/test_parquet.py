"""The Parquet tables against the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
import pytest

from kg.errors import MissingExtraError
from kg.export import export
from kg.model import DEAL_PARTS
from kg.schema import Schema

NO_DEAL = dict.fromkeys(DEAL_PARTS)


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / f"{table}.parquet").to_pylist()
    return found


def flat(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in ("deal", "evidence", "cue")} | (
        record["deal"] or NO_DEAL
    )


def test_tables_hold_what_the_graph_holds(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    export(graph, schema, tmp_path / "tables.parquet")
    folder = tmp_path / "tables.parquet"
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{name}.parquet" for name in ("articles", "entities", "evidence", "relations")
    ]
    articles = graph.graph["articles"]
    assert rows(folder, "articles") == [{"id": key, **articles[key]} for key in sorted(articles)]
    assert rows(folder, "entities") == [{"id": node, **graph.nodes[node]} for node in sorted(graph.nodes)]
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2])
    assert rows(folder, "relations") == [
        {"id": key, "subject": subject, "object": obj, **flat(edge)} for subject, obj, key, edge in edges
    ]
    assert rows(folder, "evidence") == [
        {"relation": key, **flat(e), "cue_start": e["cue"][0], "cue_end": e["cue"][1]}
        for *_, key, edge in edges
        for e in edge["evidence"]
    ]


def test_a_folder_replaces_the_one_before(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    folder = tmp_path / "tables.parquet"
    export(graph, schema, folder)
    export(graph, schema, folder, text=False)
    assert {row["text"] for row in rows(folder, "evidence")} == {""}
    assert {row["title"] for row in rows(folder, "articles")} == {None}
    assert list(tmp_path.iterdir()) == [folder]


def test_what_parquet_cannot_carry_is_left_out(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> None:
    node = min(graph.nodes)
    graph.nodes[node]["name"] = "가\ud800"
    edge = min(graph.edges(keys=True), key=lambda edge: edge[2])
    graph.edges[edge]["deal"] = {**NO_DEAL, "amount": "셀 수 없는 원", "value": 10**30}
    export(graph, schema, tmp_path / "tables.parquet")
    assert rows(tmp_path / "tables.parquet", "entities")[0]["name"] == "가\ufffd"
    first = rows(tmp_path / "tables.parquet", "relations")[0]
    assert (first["amount"], first["value"]) == ("셀 수 없는 원", None)


def test_without_pyarrow_the_extra_is_named(
    graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(MissingExtraError, match=r"korean-news-kg\[parquet\]"):
        export(graph, schema, tmp_path / "tables.parquet")
    assert list(tmp_path.iterdir()) == []
