"""The CSV files for Neo4j as its import tool reads them, and what the scripts say of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.export import export
from kg.schema import Schema
from tests.export.neo4jreader import read_folder


@pytest.fixture
def folder(graph: nx.MultiDiGraph[Any], schema: Schema, tmp_path: Path) -> Path:
    return tmp_path / "graph.neo4j"


def test_only_what_is_actual_has_the_plain_type(graph: nx.MultiDiGraph[Any], schema: Schema, folder: Path) -> None:
    export(graph, schema, folder)
    found = {one.properties["id"]: one for one in read_folder(folder)[1] if "relation" in one.properties}
    types = {}
    for subject, obj, key, edge in graph.edges(keys=True, data=True):
        one = found.pop(key)
        assert (one.start, one.end) == (("Entity", subject), ("Entity", obj))
        assert (one.properties["relation"], one.properties["status"]) == (edge["type"], edge["status"])
        assert one.type.endswith(edge["status"].upper()) != (edge["status"] == "actual")
        types[edge["type"], edge["status"]] = one.type
    assert found == {}
    assert types["acquires", "denied"] == "ACQUIRES_DENIED"
    assert types["holdsPosition", "actual"] == "HOLDS_POSITION"


def test_evidence_leads_to_ends_article_and_relationship(
    graph: nx.MultiDiGraph[Any], schema: Schema, folder: Path
) -> None:
    export(graph, schema, folder)
    nodes, relationships = read_folder(folder)
    leads = {(one.start, one.type): one.end for one in relationships if one.start[0] == "Evidence"}
    for subject, obj, key, edge in graph.edges(keys=True, data=True):
        for number, evidence in enumerate(edge["evidence"], 1):
            node = ("Evidence", f"{key}-{number}")
            assert (nodes[node].properties["relation"], nodes[node].properties["text"]) == (key, evidence["text"])
            assert leads[node, "FROM_ARTICLE"] == ("Article", evidence["article"])
            assert (leads[node, "ABOUT_SUBJECT"], leads[node, "ABOUT_OBJECT"]) == (("Entity", subject), ("Entity", obj))


def test_articles_name_entities_and_copies(graph: nx.MultiDiGraph[Any], schema: Schema, folder: Path) -> None:
    export(graph, schema, folder)
    nodes, relationships = read_folder(folder)
    named = {(one.start[1], one.end[1]) for one in relationships if one.type == "MENTIONS"}
    known = graph.graph["articles"]
    assert named == {(a, node) for node, found in graph.nodes(data=True) for a in found["article_ids"] if a in known}
    assert [(one.start[1], one.end[1]) for one in relationships if one.type == "COPY_OF"] == [("a3", "a2")]
    party = next(node for node, found in graph.nodes(data=True) if found["subtype"] == "PoliticalParty")
    assert nodes["Entity", party].labels == ("Entity", "Organization", "PoliticalParty")


def test_text_comes_back_to_the_letter(graph: nx.MultiDiGraph[Any], schema: Schema, folder: Path) -> None:
    texts = ["=1+1", '"인용"', "끝\\", "줄\n바꿈", "a,b;c|d", "", "`}) DETACH DELETE n //"]
    for node, text in zip(sorted(graph.nodes), texts, strict=False):
        graph.nodes[node].update({"name": text, "aliases": sorted([f"{text}1", "둘"])})
    export(graph, schema, folder)
    nodes, _ = read_folder(folder)
    for node in graph.nodes:
        found = nodes["Entity", node].properties
        assert (found["name"], found.get("aliases", [])) == (graph.nodes[node]["name"], graph.nodes[node]["aliases"])
        assert found.get("subtype") == graph.nodes[node]["subtype"]


def test_the_cypher_script_names_each_column(graph: nx.MultiDiGraph[Any], schema: Schema, folder: Path) -> None:
    """Neo4j's own parser takes the script; that is no Python package, so what is told here is that nothing is left."""
    export(graph, schema, folder)
    script = (folder / "load.cypher").read_text(encoding="utf-8")
    parts = dict(re.findall(r"FROM 'file:///(.+?)' AS row\n(.*?)IN TRANSACTIONS", script, re.DOTALL))
    assert parts.keys() == {file.name for file in folder.glob("*.csv")}
    for name, part in parts.items():
        header = (folder / name).read_text(encoding="utf-8").partition("\n")[0].split(",")
        assert sorted(set(re.findall(r"row\.`(.+?)`", part))) == sorted(header)


@pytest.mark.skipif(shutil.which("neo4j-admin") is None, reason="needs Neo4j's neo4j-admin on the path")
def test_neo4j_imports_it(graph: nx.MultiDiGraph[Any], schema: Schema, folder: Path) -> None:
    export(graph, schema, folder)
    subprocess.run(["sh", folder / "import.sh", "korean-news-kg-test"], check=True, timeout=250)
