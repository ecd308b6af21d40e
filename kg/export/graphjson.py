"""graph.json: the whole graph as one versioned JSON object, complete and reloadable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx

from kg.contract import ArticleAttributes, EdgeAttributes, NodeAttributes
from kg.errors import FormatError
from kg.export.files import atomic_text, read_bytes
from kg.export.records import GraphRecords, Records
from kg.schema import Schema

FORMAT = "kg-graph"
VERSION = 2
"""2 added originals of articles, articles and outside ids of entities, and independent sources of relations."""
ANEW = "kg.KnowledgeGraph.from_documents(kg.read_documents('documents.jsonl'))"
"""What makes a graph of documents, which outlast versions of it."""
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SURROGATE = re.compile("[\ud800-\udfff]")


def graph_to_json(graph: nx.MultiDiGraph[Any]) -> dict[str, Any]:
    """Return the graph as a JSON object: articles, entities and relations, each list sorted by id."""
    records = GraphRecords(graph)
    return {**_head(records), **{name: list(rows) for name, rows in _lists(records)}}


def _head(records: Records) -> dict[str, Any]:
    return {"format": FORMAT, "version": VERSION, "schema": records.schema}


def _lists(records: Records) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    yield "articles", ({"id": key, **attributes} for key, attributes in records.articles())
    yield "entities", ({"id": node, **attributes} for node, attributes in records.nodes())
    yield (
        "relations",
        (
            {"id": key, "subject": subject, "object": obj, **attributes}
            for subject, obj, key, attributes in records.edges_by_id()
        ),
    )


def graph_from_json(data: object) -> nx.MultiDiGraph[Any]:
    """Return the graph of such an object; raises FormatError when it is of another or a newer format."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise FormatError(f"not a graph file: no format {FORMAT!r}; give the graph.json that kg build writes")
    version = data.get("version")
    if version != VERSION:
        newer = isinstance(version, int) and version > VERSION
        advice = "upgrade the package" if newer else f"build the graph again, or make it anew by {ANEW}"
        raise FormatError(f"graph format version {version!r}: this version reads {VERSION}; {advice}")
    try:
        graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(
            schema=data["schema"], articles={row["id"]: _pick(row, ArticleAttributes) for row in data["articles"]}
        )
        graph.add_nodes_from((row["id"], _pick(row, NodeAttributes)) for row in data["entities"])
        known = set(graph.nodes)
        for row in data["relations"]:
            if not {row["subject"], row["object"]} <= known:
                raise FormatError(f"graph file: relation {row['id']!r} joins an unknown entity; build the graph again")
            graph.add_edge(row["subject"], row["object"], key=row["id"], **_pick(row, EdgeAttributes))
    except (KeyError, TypeError, AttributeError) as error:
        raise FormatError(f"graph file: not in the graph format ({error!r}); build the graph again") from error
    return graph


def _pick(row: dict[str, Any], kind: type) -> dict[str, Any]:
    return {key: row[key] for key in kind.__annotations__}


def write_json(records: Records, schema: Schema, path: Path) -> None:
    """Write graph.json, one record a line so that two versions can be compared by lines."""
    with atomic_text(path) as out:
        out.write("{" + ",\n".join(f"{_dump(key)}:{_dump(value)}" for key, value in _head(records).items()))
        for name, rows in _lists(records):
            out.write(f",\n{_dump(name)}:[")
            between = "\n"
            for row in rows:
                out.write(between + _dump(row))
                between = ",\n"
            out.write("]" if between == "\n" else "\n]")
        out.write("}\n")


def _dump(value: object) -> str:
    """Return compact JSON; a lone surrogate, which UTF-8 cannot carry, is left as its JSON escape."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", _encoded(value))


def read_graph(path: Path) -> nx.MultiDiGraph[Any]:
    """Return the graph of a graph.json file; raises FormatError naming the file."""
    try:
        return graph_from_json(json.loads(read_bytes(path).decode("utf-8")))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FormatError(f"{path}: no JSON file of a graph; give graph.json or an RDF form of it") from error
    except (OSError, ValueError, FormatError) as error:
        raise FormatError(f"{path}: {error}") from error
