"""CSV for Neo4j in one folder: for `neo4j-admin database import full` (import.sh) and LOAD CSV (load.cypher).

Headers follow https://neo4j.com/docs/operations-manual/current/import/. What is actual has the type of its relation
(ACQUIRES); what is not has its status in the type too (ACQUIRES_PLANNED), so that a plain pattern finds facts alone.
Relationships bear no relationships there, so each piece of evidence is a node that points at both ends, at its article
and, by `relation`, at the `id` of the relationship.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.export.characters import utf8_text
from kg.export.files import atomic_folder, atomic_text, write_text
from kg.export.neo4jscripts import ARRAY, README, import_script, load_script
from kg.export.parquet import TABLES, evidence_rows, relation_row
from kg.export.records import Edge, Records
from kg.export.terms import plain_decimal
from kg.schema import Schema

_TYPES = {"string": "", "int64": ":long", "double": ":double", "strings": ":string[]"}
_HELD = range(-(2**63), 2**63)


def _columns(table: str, left_out: Iterable[str]) -> dict[str, str]:
    return {name: name + _TYPES[kind] for name, kind in TABLES[table].items() if name not in left_out}


FILES: dict[str, dict[str, str]] = {
    "entities": {"id": "id:ID(Entity)", "labels": ":LABEL", **_columns("entities", ("id", "article_ids"))},
    "articles": {"id": "id:ID(Article)", "labels": ":LABEL", **_columns("articles", ("id",))},
    "evidence": {"id": "id:ID(Evidence)", "labels": ":LABEL", **_columns("evidence", ("article",))},
    "relations": {
        "subject": ":START_ID(Entity)",
        "object": ":END_ID(Entity)",
        "label": ":TYPE",
        "type": "relation",
        **_columns("relations", ("subject", "object", "type")),
    },
    "mentions": {"article": ":START_ID(Article)", "entity": ":END_ID(Entity)", "label": ":TYPE"},
    "copies": {"id": ":START_ID(Article)", "original": ":END_ID(Article)", "label": ":TYPE"},
    "sources": {"id": ":START_ID(Evidence)", "article": ":END_ID(Article)", "label": ":TYPE"},
    "ends": {"id": ":START_ID(Evidence)", "entity": ":END_ID(Entity)", "label": ":TYPE"},
}
"""Columns of each file and how its header names them."""
NODES = ("entities", "articles", "evidence")


def write_neo4j(records: Records, schema: Schema, path: Path) -> None:
    """Write the folder `path`: a CSV file each for nodes and relationships, import.sh, load.cypher and a README."""
    with atomic_folder(path) as folder:
        _write(folder, "entities", _entities(records, schema))
        _write(folder, "articles", ({"id": key, "labels": ["Article"], **row} for key, row in records.articles()))
        _write(folder, "relations", ({**relation_row(edge), "label": _type(edge)} for edge in records.edges_by_id()))
        _write(folder, "evidence", ({**row, "labels": ["Evidence"]} for _, row in _evidence(records)))
        _write(folder, "sources", ({**row, "label": "FROM_ARTICLE"} for _, row in _evidence(records)))
        _write(folder, "ends", (row for edge, evidence in _evidence(records) for row in _ends(edge, evidence)))
        _write(folder, "mentions", _mentions(records))
        copies = ((key, row) for key, row in records.articles() if row["original"] != key)
        _write(folder, "copies", ({"id": key, "label": "COPY_OF", **row} for key, row in copies))
        write_text(folder / "load.cypher", load_script(FILES, NODES))
        write_text(folder / "import.sh", import_script(FILES, NODES))
        write_text(folder / "README.md", README)


def relationship_type(type: str, status: str) -> str:
    """Return the type of the relationships of a relation: ownsStakeIn is OWNS_STAKE_IN, planned ones say so."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type).upper()
    return words if status == "actual" else f"{words}_{status.upper()}"


def _type(edge: Edge) -> str:
    return relationship_type(edge[3]["type"], edge[3]["status"])


def _entities(records: Records, schema: Schema) -> Iterator[dict[str, Any]]:
    for node, row in records.nodes():
        yield {"id": node, "labels": ["Entity", *dict.fromkeys(filter(None, (row["type"], row["subtype"])))], **row}


def _evidence(records: Records) -> Iterator[tuple[Edge, dict[str, Any]]]:
    """Yield each piece of evidence with its relation; its id is the relation's with a number."""
    for edge in records.edges_by_id():
        for number, row in enumerate(evidence_rows(edge), 1):
            yield edge, {**row, "id": f"{edge[2]}-{number}"}


def _ends(edge: Edge, evidence: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"id": evidence["id"], "entity": edge[0], "label": "ABOUT_SUBJECT"}
    yield {"id": evidence["id"], "entity": edge[1], "label": "ABOUT_OBJECT"}


def _mentions(records: Records) -> Iterator[dict[str, Any]]:
    """Yield who is named in which article; an article that the graph does not have cannot be pointed at."""
    for told in records.told():
        if told.attributes is not None:
            yield from ({"article": told.article, "entity": node, "label": "MENTIONS"} for node in told.nodes)


def _write(folder: Path, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    with atomic_text(folder / f"{name}.csv") as out:
        out.write(",".join(FILES[name].values()) + "\n")
        for row in rows:
            out.write(",".join(_cell(row[column]) for column in FILES[name]) + "\n")


def _cell(value: Any) -> str:
    """Return a cell: nothing is null, text is always quoted, so that empty text stays text."""
    if value is None or (isinstance(value, int) and value not in _HELD):
        return ""
    if isinstance(value, list):
        value = ARRAY.join(one.replace(ARRAY, " ") for one in value)
        return _cell(value) if value else ""
    if isinstance(value, str):
        return '"' + utf8_text(value).replace('"', '""') + '"'
    return plain_decimal(value) if isinstance(value, float) else str(value)
