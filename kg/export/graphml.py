"""GraphML, for Gephi and yEd: names, types, status and dates; the evidence as quoted sentences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import networkx as nx

from kg.export.files import atomic_bytes
from kg.schema import Schema

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot carry, not even escaped (section 2.2)."""


def write_graphml(graph: nx.MultiDiGraph[Any], schema: Schema, path: Path) -> None:
    """Write GraphML, nodes and edges by id; lists become lines, a deal its parts; absent values are left out."""
    flat: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for node in sorted(graph.nodes):
        attributes = graph.nodes[node]
        flat.add_node(_text(node), label=_text(attributes["name"]), **_flat(attributes))
    for subject, obj, key, attributes in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2]):
        label = schema.relation(attributes["type"]).labels.ko
        flat.add_edge(_text(subject), _text(obj), key=_text(key), label=label, **_flat(attributes))
    with atomic_bytes(path) as out:
        nx.write_graphml_xml(flat, out)


def _flat(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes as GraphML has them: text and numbers only."""
    result: dict[str, Any] = {}
    for name, value in (attributes | (attributes.get("deal") or {})).items():
        if isinstance(value, list):
            value = "\n".join(filter(None, (one if isinstance(one, str) else one["text"] for one in value)))
        if value is not None and not isinstance(value, dict):
            result[name] = _text(value) if isinstance(value, str) else value
    return result


def _text(value: str) -> str:
    return _NOT_XML.sub("\ufffd", value)
