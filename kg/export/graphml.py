"""GraphML, for Gephi and yEd: names, types, status and dates; the evidence as quoted sentences.

Gephi takes label, weight and colour (r, g, b) of the attributes of these names, and the keys d3 and d7 for the labels
of yEd (ImporterGraphML), so keys have names of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TextIO

from kg.export.characters import xml_attribute, xml_content
from kg.export.files import atomic_text
from kg.export.flat import EDGE_COLUMNS, NODE_COLUMNS, flat, label, weight
from kg.export.looks import COLOURS, look_of
from kg.export.records import Records
from kg.schema import Schema

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_KEYS = {
    "node": {"label": "string", **dict.fromkeys("rgb", "int"), **NODE_COLUMNS},
    "edge": {"label": "string", "weight": "double", **EDGE_COLUMNS},
}


def write_graphml(records: Records, schema: Schema, path: Path) -> None:
    """Write GraphML, nodes and edges by id; lists become lines, a deal its parts; absent values are left out."""
    with atomic_text(path) as out:
        out.write(_HEAD)
        for kind, columns in _KEYS.items():
            for name, type in columns.items():
                out.write(f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{type}"/>\n')
        out.write('<graph edgedefault="directed">\n')
        for node, attributes in records.nodes():
            out.write(f'<node id="{xml_attribute(node)}">')
            colour = bytes.fromhex(COLOURS[look_of(attributes["type"], schema)][1:])
            found = {"label": attributes["name"], **dict(zip("rgb", colour, strict=True))}
            _data(out, "node", found | flat(attributes, NODE_COLUMNS))
            out.write("</node>\n")
        for edge in records.edges_by_id():
            subject, obj, key = map(xml_attribute, edge[:3])
            out.write(f'<edge id="{key}" source="{subject}" target="{obj}">')
            found = {"label": label(edge, schema), "weight": weight(edge)}
            _data(out, "edge", found | flat(edge[3], EDGE_COLUMNS))
            out.write("</edge>\n")
        out.write("</graph>\n</graphml>\n")


def _data(out: TextIO, kind: str, values: dict[str, Any]) -> None:
    for name, value in values.items():
        out.write(f'<data key="{kind}-{name}">{xml_content(str(value))}</data>')
