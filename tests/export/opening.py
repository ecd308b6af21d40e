"""Each form of kg.export as its own tool opens it: how many entities and relations that finds."""

from __future__ import annotations

import json
import re
import struct
import warnings
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, cast

import networkx as nx
import pytest
import rdflib
import yaml

from kg.export import EXPORTERS, read_graph
from kg.export.png import has_hangul
from kg.export.vocabulary import DEFAULT_BASE
from tests.export.neo4jreader import read_folder
from tests.export.test_html import data

SCHEMA_ORG = "https://schema.org/"


def drawable(form: str) -> bool:
    """Say whether a form can be written here: a PNG needs resvg_py and a font with Hangul."""
    return form != "png" or (find_spec("resvg_py") is not None and has_hangul())


class Opened(NamedTuple):
    """What a tool found; a picture does not show all, so it says None."""

    entities: int | None
    relations: int | None


def read_rdf(path: Path, form: str) -> rdflib.Graph:
    """Read a file with rdflib, whose JSON-LD parser warns of its own classes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return rdflib.Graph().parse(path, format=form)


def opened_rdf(form: str) -> Callable[[Path], Opened]:
    """Return what opens a form of RDF with Oxigraph, those without named graphs with rdflib too."""

    def opened(path: Path) -> Opened:
        import pyoxigraph

        store = pyoxigraph.Store()
        store.load(path=str(path), format=pyoxigraph.RdfFormat.from_extension(EXPORTERS[form].suffix[1:]))
        counts = []
        for kind in ("https://w3id.org/korean-news-kg/schema#Entity", str(rdflib.RDF.Statement)):
            query = f"SELECT DISTINCT ?s {{ {{ ?s a <{kind}> }} UNION {{ GRAPH ?g {{ ?s a <{kind}> }} }} }}"
            counts.append(sum(1 for _ in store.query(query)))  # type: ignore[union-attr, misc]
            if form in ("turtle", "ntriples", "jsonld"):
                read = read_rdf(path, {"ntriples": "nt11", "jsonld": "json-ld"}.get(form, form))
                assert len(set(read.subjects(rdflib.RDF.type, rdflib.URIRef(kind)))) == counts[-1]
        return Opened(*counts)

    return opened


def opened_html(path: Path) -> Opened:
    """Read the page's data as its script does; tests/browser opens it in Chromium."""
    text = path.read_text(encoding="utf-8")
    return Opened(data(text, "nodes")["count"], data(text, "edges")["count"])


def opened_json(path: Path) -> Opened:
    graph = read_graph(path)
    return Opened(graph.number_of_nodes(), graph.number_of_edges())


def opened_parquet(path: Path) -> Opened:
    """Read the tables with pandas, and join them in DuckDB."""
    import duckdb
    import pandas as pd

    tables = {
        name: f"read_parquet('{path / name}.parquet')" for name in ("entities", "relations", "evidence", "articles")
    }
    counts = {name: len(pd.read_parquet(path / f"{name}.parquet")) for name in tables}
    joined = duckdb.sql(
        f"""SELECT count(DISTINCT r.id), count(*) FROM {tables["relations"]} r
        JOIN {tables["entities"]} s ON s.id = r.subject JOIN {tables["entities"]} o ON o.id = r.object
        JOIN {tables["evidence"]} e ON e.relation = r.id JOIN {tables["articles"]} a ON a.id = e.article"""
    )
    assert joined is not None
    assert joined.fetchall() == [(counts["relations"], counts["evidence"])]
    return Opened(counts["entities"], counts["relations"])


def opened_networkx(read: Callable[..., nx.MultiDiGraph[Any]]) -> Callable[[Path], Opened]:
    def opened(path: Path) -> Opened:
        graph = read(path)
        return Opened(graph.number_of_nodes(), graph.number_of_edges())

    return opened


def read_graphml(path: Path) -> nx.MultiDiGraph[Any]:
    return cast("nx.MultiDiGraph[Any]", nx.read_graphml(path, force_multigraph=True))


def read_gexf(path: Path) -> nx.MultiDiGraph[Any]:
    return cast("nx.MultiDiGraph[Any]", nx.read_gexf(path, version="1.3"))


def opened_neo4j(path: Path) -> Opened:
    """Read the folder by the rules of Neo4j's import tool, written down in neo4jreader."""
    nodes, relationships = read_folder(path)
    ours = [one for one in relationships if one.properties.get("relation")]
    return Opened(sum("Entity" in node.labels for node in nodes.values()), len(ours))


def opened_ftm(path: Path) -> Opened:
    """Read the entities with followthemoney, which must find nothing amiss in them, down to each value."""
    model = pytest.importorskip("followthemoney", reason="needs pip install followthemoney").model
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    ids = {entity["id"] for entity in found}
    assert len(ids) == len(found)
    kinds = []
    for entity in found:
        proxy = model.get_proxy(entity)
        errors = {name: proxy.schema.get(name).validate(values) for name, values in entity["properties"].items()}
        wrong = [(name, error, entity["properties"][name]) for name, error in errors.items() if error]
        assert not wrong, wrong
        proxy.schema.validate(entity)
        assert proxy.to_dict()["properties"] == entity["properties"]
        for prop, value in proxy.itervalues():
            assert prop.type.name != "entity" or value in ids
        kinds.append("edge" if proxy.schema.edge else proxy.schema.name)
    return Opened(sum(kind not in ("edge", "Article") for kind in kinds), kinds.count("edge"))


def opened_schemaorg(path: Path) -> Opened:
    found = read_rdf(path, "json-ld")
    claims = set(found.subjects(rdflib.RDF.type, rdflib.URIRef(f"{SCHEMA_ORG}Claim")))
    typed = {subject for subject in found.subjects(rdflib.RDF.type) if str(subject).startswith(f"{DEFAULT_BASE}ent/")}
    return Opened(len(typed), len(claims))


def opened_dot(path: Path) -> Opened:
    import pydot

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its grammar calls pyparsing by older names
        parsed = pydot.graph_from_dot_data(path.read_text(encoding="utf-8"))
    assert parsed is not None
    nodes = [node for node in parsed[0].get_nodes() if node.get_name() not in ("node", "edge", "graph")]
    return Opened(len(nodes), len(parsed[0].get_edges()))


WIKILINK = re.compile(r"(?<!\\)\[\[([^\]|]*)\|[^\]|]*\]\]")


def opened_obsidian(path: Path) -> Opened:
    """Read the pages: front matter is YAML, and every link leads to a page, as Obsidian resolves it."""
    pages = {file.relative_to(path).as_posix().removesuffix(".md") for file in path.rglob("*.md")}
    assert "Index" in pages
    entities = 0
    for page in pages - {"Index"}:
        text = (path / f"{page}.md").read_text(encoding="utf-8")
        _, head, body = text.split("---\n", 2)
        properties = yaml.safe_load(head)
        entities += properties["type"] != "article"
        assert {"id", "type"} <= properties.keys()
        for line in body.splitlines():
            links = WIKILINK.findall(line)
            assert set(links) <= pages, line
    assert set(WIKILINK.findall((path / "Index.md").read_text(encoding="utf-8"))) <= pages
    return Opened(entities, None)


def opened_svg(path: Path) -> Opened:
    root = ET.parse(path).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return Opened(None, None)


def opened_png(path: Path) -> Opened:
    """Read the chunks of a PNG with their checks, and the pixels they hold."""
    content, at, pixels = path.read_bytes(), 8, b""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    head = b""
    while at < len(content):
        (length,), kind = struct.unpack(">I", content[at : at + 4]), content[at + 4 : at + 8]
        body, (check,) = (
            content[at + 8 : at + 8 + length],
            struct.unpack(">I", content[at + 8 + length : at + 12 + length]),
        )
        assert zlib.crc32(kind + body) == check
        head, pixels, at = (
            (body if kind == b"IHDR" else head),
            pixels + (body if kind == b"IDAT" else b""),
            at + 12 + length,
        )
    wide, high, depth, colour = struct.unpack(">IIBB", head[:10])
    assert (max(wide, high), depth, colour) == (3508, 8, 6)
    assert len(zlib.decompress(pixels)) == high * (1 + 4 * wide)
    return Opened(None, None)


OPENERS: dict[str, Callable[[Path], Opened]] = {
    "html": opened_html,
    **{form: opened_rdf(form) for form in ("turtle", "ntriples", "nquads", "trig", "jsonld")},
    "json": opened_json,
    "parquet": opened_parquet,
    "graphml": opened_networkx(read_graphml),
    "gexf": opened_networkx(read_gexf),
    "neo4j": opened_neo4j,
    "ftm": opened_ftm,
    "schemaorg": opened_schemaorg,
    "dot": opened_dot,
    "obsidian": opened_obsidian,
    "svg": opened_svg,
    "png": opened_png,
}
"""What opens each form; a form without an entry fails test_opening."""
