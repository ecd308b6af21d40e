"""What the page shows, as the plain records its script reads: nodes, edges, types, articles.

Every string is data here and stays text in the browser. Cue words come cut out of their sentence in
Python, because offsets count code points and a browser counts UTF-16 units.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import networkx as nx

from kg.export.elsewhere import identifier_link
from kg.export.layout import Box, Place, drawing
from kg.export.vocabulary import STATUS_LABELS
from kg.model import STATUSES
from kg.schema import Labels, Schema

NAMED = 200
"""Graphs up to this many nodes are laid out with room for every name; in larger ones names come by zooming."""


def page_data(graph: nx.MultiDiGraph[Any], schema: Schema, limit: int) -> dict[str, Any]:
    """Return the records of the page; the `limit` best connected nodes get a place, the others none.

    Nodes stand best connected first, edges by id, so the order never depends on insertion.
    """
    degrees = {node: len(set(nx.all_neighbors(graph, node)) - {node}) for node in graph.nodes}
    ranked = sorted(graph.nodes, key=lambda node: (-degrees[node], -graph.nodes[node]["mentions"], node))
    shown = ranked[:limit]
    boxes = {node: _box(graph.nodes[node]["name"], _radius(degrees[node]), len(shown)) for node in shown}
    pairs = Counter((min(ends), max(ends)) for ends in graph.edges())
    places = drawing(pairs, boxes).places
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2])
    curves = _curves(edges)
    return {
        "nodes": [_node(node, graph.nodes[node], degrees[node], places.get(node)) for node in ranked],
        "edges": [_edge(edge, curves[edge[2]]) for edge in edges],
        "articles": {key: _article(key, graph.graph["articles"][key]) for key in sorted(graph.graph["articles"])},
        "entityTypes": {name: _labels(kind.labels) for name, kind in sorted(schema.entities.items())},
        "tops": [name for name, kind in schema.entities.items() if kind.parent is None],
        "relationTypes": {
            name: {
                **_labels(kind.labels),
                "inverse": _labels(kind.inverse_labels) if kind.inverse_labels else None,
                "symmetric": kind.symmetric,
            }
            for name, kind in sorted(schema.relations.items())
        },
        "statuses": {status: dict(zip(("ko", "en"), STATUS_LABELS[status], strict=True)) for status in STATUSES},
    }


def _labels(labels: Labels) -> dict[str, str]:
    return {"ko": labels.ko, "en": labels.en}


def _radius(degree: int) -> float:
    """Return the radius of a node in pixels: its area grows with its neighbours, up to a bound."""
    return round(min(7.5 + 3.6 * math.sqrt(degree), 32.0), 1)


def _box(name: str, radius: float, nodes: int) -> Box:
    """Return the room a node takes with its label below, in 13-pixel letters, Hangul full width."""
    width = sum(13.0 if unicodedata.east_asian_width(char) in "WF" else 7.5 for char in name[:20])
    share = min(1.0, NAMED / nodes)
    return max(width * share, 2 * radius), 2 * radius + 20.0 * share


def _node(node: str, attributes: dict[str, Any], degree: int, place: Place | None) -> dict[str, Any]:
    record = {
        "id": node,
        "name": attributes["name"],
        "type": attributes["type"],
        "subtype": attributes["subtype"],
        "aliases": attributes["aliases"],
        "links": [link for identifier in attributes["ids"] if (link := identifier_link(identifier))],
        "mentions": attributes["mentions"],
        "articles": attributes["articles"],
        "degree": degree,
        "size": _radius(degree),
    }
    return _kept(record | ({"x": place.x, "y": place.y} if place else {}))


def _curves(edges: list[Any]) -> dict[str, float]:
    """Return how far each edge bows to its left, so that the edges of one pair lie side by side."""
    count = Counter(frozenset(edge[:2]) for edge in edges)
    seen: Counter[frozenset[str]] = Counter()
    curves = {}
    for subject, obj, key, _ in edges:
        pair = frozenset((subject, obj))
        lane = seen[pair] - (count[pair] - 1) / 2
        seen[pair] += 1
        spread = 0.22 if count[pair] <= 5 else 1.0 / count[pair]
        curves[key] = round(lane * spread * (1 if subject <= obj else -1), 3)
    return curves


def _edge(edge: tuple[str, str, str, dict[str, Any]], curve: float) -> dict[str, Any]:
    subject, obj, key, attributes = edge
    wanted = ("type", "status", "date", "last_date", "role", "confidence", "articles", "sources")
    record = {"id": key, "from": subject, "to": obj, "curve": curve, **{name: attributes[name] for name in wanted}}
    record["deal"] = _deal(attributes["deal"])
    return _kept(record) | {"evidence": [_evidence(evidence) for evidence in attributes["evidence"]]}


def _kept(record: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is absent or an empty list: most of a large page would be the word null."""
    return {name: value for name, value in record.items() if value is not None and value != []}


def _evidence(evidence: dict[str, Any]) -> dict[str, Any]:
    text, start = evidence["text"], evidence["start"]
    first, last = evidence["cue"][0] - start, evidence["cue"][1] - start
    kept = ("article", "date", "role", "speaker", "confidence", "extractor")
    record = {name: evidence[name] for name in kept}
    if text:
        record["quote"] = [text[:first], text[first:last], text[last:]]
    else:
        record["place"] = [start, evidence["end"]]
    return _kept(record | {"deal": _deal(evidence["deal"])})


def _deal(deal: dict[str, Any] | None) -> list[str]:
    """Return what is stated of a deal, as one reads it: round, thing, share, sum."""
    if deal is None:
        return []
    share = None if deal["stake"] is None else f"{deal['stake']:g}%"
    return [part for part in (deal["round"], deal["item"], share, deal["amount"]) if part is not None]


def _article(article: str, attributes: dict[str, Any]) -> dict[str, Any]:
    url, original = attributes["url"], attributes["original"]
    return {
        "title": attributes["title"],
        "date": attributes["date"],
        "publisher": attributes["publisher"],
        "url": url if url and _web(url) else None,
        "original": original if original != article else None,
    }


def _web(url: str) -> bool:
    """Say whether an address may become a link: only the web's own schemes, never `javascript:`."""
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False
