"""GEXF 1.3, for Gephi (https://gexf.net/schema.html): as GraphML, with time, kinds of edges, colours and sizes.

An edge lasts from the day its relation is said to begin, an ended one up to its last day; what is undated is always
there. Parallel edges of one kind become one in Gephi, so a kind is a type and a status.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from kg.export.characters import xml_attribute
from kg.export.files import atomic_text
from kg.export.flat import EDGE_COLUMNS, NODE_COLUMNS, flat, label, weight
from kg.export.looks import COLOURS, STATUS_COLOURS, look_of
from kg.export.records import Edge, Records
from kg.export.vocabulary import STATUS_LABELS
from kg.schema import Schema

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<graph defaultedgetype="directed" mode="dynamic" timeformat="date">
"""
_SYMMETRIC = {"symmetric": "boolean"}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?", re.ASCII | re.DOTALL)


def write_gexf(records: Records, schema: Schema, path: Path) -> None:
    """Write GEXF, nodes and edges by id; the weight of an edge is the number of its independent sources.

    All edges are directed, as readers mix no kinds; `symmetric` says which hold either way.
    """
    with atomic_text(path) as out:
        out.write(_HEAD)
        for kind, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS | _SYMMETRIC)):
            out.write(f'<attributes class="{kind}" mode="static">\n')
            out.writelines(f'<attribute id="{name}" title="{name}" type="{type}"/>\n' for name, type in columns.items())
            out.write("</attributes>\n")
        out.write("<nodes>\n")
        for node, attributes in records.nodes():
            out.write(f'<node id="{xml_attribute(node)}" label="{xml_attribute(attributes["name"])}">')
            _values(out, flat(attributes, NODE_COLUMNS))
            size = min(10 + 4 * math.log2(1 + attributes["articles"]), 60.0)
            out.write(f'<viz:size value="{size:.1f}"/>{_colour(COLOURS[look_of(attributes["type"], schema)])}</node>\n')
        out.write("</nodes>\n<edges>\n")
        for edge in records.edges_by_id():
            _edge(out, edge, schema)
        out.write("</edges>\n</graph>\n</gexf>\n")


def _edge(out: TextIO, edge: Edge, schema: Schema) -> None:
    subject, obj, key = map(xml_attribute, edge[:3])
    attributes, words = edge[3], label(edge, schema)
    status = attributes["status"]
    kind = words if status == "actual" else f"{words} ({STATUS_LABELS[status][0]})"
    lasting = "".join(f' {name}="{day}"' for name, day in _time(attributes))
    out.write(
        f'<edge id="{key}" source="{subject}" target="{obj}" label="{xml_attribute(words)}"'
        f' kind="{xml_attribute(kind)}" weight="{weight(edge)}"{lasting}>'
    )
    symmetric = "true" if schema.relation(attributes["type"]).symmetric else "false"
    _values(out, flat(attributes, EDGE_COLUMNS) | {"symmetric": symmetric})
    out.write(f"{_colour(STATUS_COLOURS[status])}</edge>\n")


def _values(out: TextIO, values: dict[str, Any]) -> None:
    out.write("<attvalues>")
    out.writelines(f'<attvalue for="{name}" value="{xml_attribute(str(value))}"/>' for name, value in values.items())
    out.write("</attvalues>")


def _colour(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _time(attributes: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield start or end of a relation as a day."""
    ended = attributes["status"] == "ended"
    stated = (attributes["last_date"] or attributes["date"]) if ended else attributes["date"]
    if stated and (day := _day(stated, last=ended)):
        yield "end" if ended else "start", day


def _day(stated: str, *, last: bool) -> str | None:
    """Return the first or last day of a year, month or day; None for what is no date."""
    if not (found := _DATE.fullmatch(stated)):
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        month = month or (12 if last else 1)
        day = day or (calendar.monthrange(year or 0, month)[1] if last else 1)
        return date(year or 0, month, day).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        return None
