"""Records as rows of text and numbers, for forms whose attributes are no lists: GraphML and GEXF."""

from __future__ import annotations

from typing import Any

from kg.export.records import Attributes, Edge
from kg.model import DEAL_PARTS
from kg.schema import Schema

NODE_COLUMNS = {
    **dict.fromkeys("name type subtype aliases".split(), "string"),
    **dict.fromkeys("mentions articles".split(), "long"),
    **dict.fromkeys("article_ids ids".split(), "string"),
}
EDGE_COLUMNS = {
    **dict.fromkeys("type status date last_date role amount".split(), "string"),
    "value": "long",
    "currency": "string",
    "stake": "double",
    **dict.fromkeys("round item".split(), "string"),
    "confidence": "double",
    **dict.fromkeys("articles sources".split(), "long"),
    "evidence": "string",
}
"""Columns and their types, named as kg.contract has them: lists as lines, a deal by its parts, evidence quoted."""
_HELD = range(-(2**63), 2**63)


def flat(attributes: Attributes, columns: dict[str, str]) -> dict[str, Any]:
    """Return the values of a node or edge by column; what is absent, or too large for 64 bits, is left out."""
    found: dict[str, Any] = {}
    deal = attributes.get("deal") or {}
    for column in columns:
        value = deal.get(column) if column in DEAL_PARTS else attributes[column]
        if isinstance(value, list):
            lines = (one if isinstance(one, str) else one["text"] for one in value)
            value = "\n".join(filter(None, lines)) or None
        if value is not None and not (isinstance(value, int) and value not in _HELD):
            found[column] = value
    return found


def weight(edge: Edge) -> float:
    """Return the weight of a relation: its independent sources, at least one, as tools drop edges without weight."""
    return float(max(1, edge[3]["sources"]))


def label(edge: Edge, schema: Schema) -> str:
    """Return the Korean label of the type of a relation."""
    return schema.relation(edge[3]["type"]).labels.ko
