"""DOT, for Graphviz (https://graphviz.org/doc/info/lang.html): the look of the page, evidence as tooltips."""

from __future__ import annotations

import math
from pathlib import Path

from kg.export.characters import xml_text
from kg.export.files import atomic_text
from kg.export.looks import COLOURS, STATUS_COLOURS, look_of
from kg.export.picture import shortened
from kg.export.records import Edge, Records
from kg.export.vocabulary import STATUS_LABELS
from kg.model import Status
from kg.schema import Schema

SHAPES = ("ellipse", "diamond", "invtriangle", "box", "hexagon", "star")
"""Of a type, by the number of its look."""
STYLES: dict[Status, str] = {
    "actual": "solid",
    "planned": "dashed",
    "possible": "dotted",
    "denied": "dotted",
    "ended": "solid",
}
LONGEST = 40
"""Characters of a name that are drawn: sfdp has been seen to fail on nodes of hundreds."""
FONTS = "Noto Sans CJK KR,Apple SD Gothic Neo,Malgun Gothic,NanumGothic,sans-serif"


def write_dot(records: Records, schema: Schema, path: Path) -> None:
    """Write a digraph, nodes and edges by id; `sfdp -Goverlap=prism` draws it. What is no fact is dashed or dotted."""
    with atomic_text(path) as out:
        out.write('digraph "korean-news-kg" {\n')
        out.write('graph [charset="utf-8", overlap="prism", splines="true", outputorder="edgesfirst"];\n')
        out.write(f'node [fontname="{FONTS}", style="filled", fontcolor="#ffffff", color="#ffffff"];\n')
        out.write(f'edge [fontname="{FONTS}", fontsize="10"];\n')
        for node, attributes in records.nodes():
            look = look_of(attributes["type"], schema)
            kind = schema.entity(attributes["subtype"] or attributes["type"]).labels.ko
            tooltip = ", ".join([kind, attributes["name"], *attributes["aliases"]])
            drawn = {
                "label": shortened(attributes["name"], LONGEST),
                "shape": SHAPES[look],
                "fillcolor": COLOURS[look],
                "tooltip": tooltip,
            }
            out.write(f"{_quoted(node)} [{_list(drawn)}];\n")
        for edge in records.edges_by_id():
            out.write(f"{_quoted(edge[0])} -> {_quoted(edge[1])} [{_list(_edge(edge, schema))}];\n")
        out.write("}\n")


def _edge(edge: Edge, schema: Schema) -> dict[str, str]:
    kind, status, colour = schema.relation(edge[3]["type"]), edge[3]["status"], STATUS_COLOURS[edge[3]["status"]]
    label = kind.labels.ko if status == "actual" else f"{kind.labels.ko} ({STATUS_LABELS[status][0]})"
    tooltip = "\n".join(evidence["text"] for evidence in edge[3]["evidence"] if evidence["text"])
    return {
        "id": edge[2],
        "label": label,
        "style": STYLES[status],
        "color": colour,
        "fontcolor": colour,
        "penwidth": f"{min(1 + math.log2(max(1, edge[3]['sources'])), 6):.1f}",
        "dir": "none" if kind.symmetric else "forward",
        "tooltip": tooltip or label,
    }


def _list(attributes: dict[str, str]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in attributes.items())


def _quoted(value: str) -> str:
    """Return a quoted string in which nothing is a markup of Graphviz: no escape, no entity, no line break."""
    escaped = xml_text(value).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return '"' + escaped.replace("\r", " ").replace("\n", "\\n") + '"'
