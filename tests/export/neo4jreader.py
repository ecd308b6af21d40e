"""A strict reader of CSV files as `neo4j-admin database import full` reads them.

Neo4j's own importer is no package of any registry, so its rules are written down here from
https://neo4j.com/docs/operations-manual/current/import/ (header format, field types, id spaces, null and empty
values), with the options that import.sh gives. test_neo4j runs the importer itself where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

FIELD = re.compile(
    r"(?P<name>[A-Za-z_]\w*)?(?::(?P<type>ID|START_ID|END_ID|LABEL|TYPE|IGNORE|int|long|float|double|boolean|string"
    r"|byte|short|char|date|datetime|localtime|time|localdatetime|duration|point)(?P<list>\[\])?)?(?:\((?P<space>\w+)\))?"
)
ARRAY = "\x1f"
_PARSERS = {"long": int, "double": float, "string": str}


class Node(NamedTuple):
    labels: tuple[str, ...]
    properties: dict[str, Any]


class Relationship(NamedTuple):
    start: tuple[str, str]
    end: tuple[str, str]
    type: str
    properties: dict[str, Any]


def read_folder(folder: Path) -> tuple[dict[tuple[str, str], Node], list[Relationship]]:
    """Return the nodes by id space and id, and the relationships; ids must be there, once each and resolvable."""
    script = (folder / "import.sh").read_text(encoding="utf-8")
    assert "--array-delimiter=U+001F --multiline-fields=true" in script
    nodes: dict[tuple[str, str], Node] = {}
    for name in re.findall(r"--nodes=(\S+)", script):
        for row in _rows(folder / name):
            key = next(value for field, value in row if field.get("type") == "ID")
            space = next(field["space"] for field, _ in row if field.get("type") == "ID")
            assert key is not None and (space, key) not in nodes, (name, key)
            nodes[space, key] = Node(tuple(_one(row, "LABEL").split(ARRAY)), _properties(row))
    relationships = []
    for name in re.findall(r"--relationships=(\S+)", script):
        for row in _rows(folder / name):
            start, end = (
                (field["space"], value)
                for kind in ("START_ID", "END_ID")
                for field, value in row
                if field["type"] == kind
            )
            assert start in nodes and end in nodes, (name, start, end)
            assert re.fullmatch(r"[A-Z_]+", _one(row, "TYPE"))
            relationships.append(Relationship(start, end, _one(row, "TYPE"), _properties(row)))
    listed = {*re.findall(r"=(\S+\.csv)", script)}
    assert listed == {file.name for file in folder.glob("*.csv")}
    return nodes, relationships


def _one(row: list[tuple[dict[str, Any], Any]], kind: str) -> str:
    (found,) = [value for field, value in row if field["type"] == kind]
    assert isinstance(found, str)
    return found


def _end(row: list[tuple[dict[str, Any], Any]], kind: str) -> tuple[str, str]:
    (space,) = [field["space"] for field, _ in row if field["type"] == kind]
    return space, _one(row, kind)


def _properties(row: list[tuple[dict[str, Any], Any]]) -> dict[str, Any]:
    """Return what is stored: named fields with a value; of the special ones only a named id."""
    found: dict[str, Any] = {}
    for field, value in row:
        if field["name"] and value is not None:
            kind = field["type"] if field["type"] not in ("ID", None) else "string"
            parse = _PARSERS[kind]
            found[field["name"]] = [parse(one) for one in value.split(ARRAY)] if field["list"] else parse(value)
            assert kind != "long" or -(2**63) <= int(value) < 2**63
    return found


def _rows(path: Path) -> Iterator[list[tuple[dict[str, Any], Any]]]:
    records = list(_records(path.read_bytes().decode("utf-8")))
    fields = []
    for name in records[0]:
        parsed = FIELD.fullmatch(name or "")
        assert parsed is not None, name
        fields.append(parsed.groupdict())
    for record in records[1:]:
        assert len(record) == len(fields), (path.name, record)
        yield list(zip(fields, record, strict=True))


def _records(text: str) -> Iterator[list[str | None]]:
    """Yield the fields of each record: RFC 4180, a field without quotes and characters is null."""
    at, record = 0, list[str | None]()
    field = re.compile(r'"((?:[^"]|"")*)"|([^",\n]*)')
    while at < len(text):
        found = field.match(text, at)
        assert found is not None
        record.append(found[1].replace('""', '"') if found[1] is not None else found[2] or None)
        at = found.end()
        assert text[at] in ",\n", text[at : at + 20]
        if text[at] == "\n":
            yield record
            record = []
        at += 1
