"""What the page shows, as the plain records its script reads: nodes, edges, evidence, articles, types.

Nodes and articles go by their number in the page. Every string is data here and stays text in the browser. Quoted
sentences come cut into pieces in Python, because offsets count code points and a browser counts UTF-16 units.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import networkx as nx

from kg.export.elsewhere import identifier_link
from kg.export.layout import Box, Drawing, drawing
from kg.export.quotation import quotation
from kg.export.vocabulary import STATUS_LABELS
from kg.model import FORMER_ID, STATUSES
from kg.schema import Labels, Schema

NAMED = 200
"""Graphs up to this many nodes are laid out with room for every name; in larger ones names come by zooming."""


@dataclass(frozen=True)
class PageData:
    """The records of a page; nodes stand best connected first, edges and articles by id.

    Every node that has a relation has a place; the others have one in graphs of at most `shown` nodes.
    """

    graph: nx.MultiDiGraph[Any]
    schema: Schema
    shown: int

    def nodes(self) -> list[dict[str, Any]]:
        """Return the nodes, the most important first: their place is their number."""
        return [self._node(node) for node in self._ranked]

    def edges(self) -> list[dict[str, Any]]:
        """Return the relations without their evidence."""
        return [self._edge(*edge) for edge in self._edges]

    def evidence(self) -> list[list[dict[str, Any]]]:
        """Return the evidence of each relation, in the order of `edges`."""
        return [
            [self._evidence(subject, obj, evidence) for evidence in found["evidence"]]
            for subject, obj, _, found in self._edges
        ]

    def articles(self) -> list[dict[str, Any]]:
        """Return what filters need to know of each article: day, publisher, number of the article it is a copy of."""
        return [
            _kept(
                {
                    "id": key,
                    "date": found["date"],
                    "publisher": found["publisher"],
                    "original": self._number_of_article[found["original"]] if found["original"] != key else None,
                }
            )
            for key, found in self._articles
        ]

    def headlines(self) -> list[list[str | None]]:
        """Return title and address of each article, in the order of `articles`."""
        return [[found["title"], _web(found["url"])] for _, found in self._articles]

    def context(self) -> dict[str, Any]:
        """Return what holds for the whole page: types, regions and colours of the map, how many nodes are drawn."""
        schema = self.schema
        return {
            "shown": self.shown,
            "regions": [
                {"x": r.x, "y": r.y, "radius": r.radius, "members": [self._number[node] for node in r.members[:3]]}
                for r in self._drawing.regions
            ],
            "hues": self._drawing.hues,
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

    @cached_property
    def _neighbours(self) -> dict[str, set[str]]:
        return {node: set(nx.all_neighbors(self.graph, node)) - {node} for node in self.graph.nodes}

    @cached_property
    def _ranked(self) -> list[str]:
        nodes, near = self.graph.nodes, self._neighbours
        return sorted(nodes, key=lambda node: (-len(near[node]), -nodes[node]["mentions"], node))

    @cached_property
    def _number(self) -> dict[str, int]:
        return {node: number for number, node in enumerate(self._ranked)}

    @cached_property
    def _edges(self) -> list[tuple[str, str, str, dict[str, Any]]]:
        return sorted(self.graph.edges(keys=True, data=True), key=lambda edge: edge[2])

    @cached_property
    def _articles(self) -> list[tuple[str, dict[str, Any]]]:
        return sorted(self.graph.graph["articles"].items())

    @cached_property
    def _number_of_article(self) -> dict[str, int]:
        return {key: number for number, (key, _) in enumerate(self._articles)}

    @cached_property
    def _drawing(self) -> Drawing:
        pairs: dict[tuple[str, str], float] = defaultdict(float)
        for subject, obj, _, found in self._edges:
            if subject != obj:
                pairs[min(subject, obj), max(subject, obj)] += found["sources"]
        everyone = len(self._ranked) <= self.shown
        placed = [node for node in self._ranked if everyone or self._neighbours[node]]
        return drawing(pairs, {node: self._box(node, len(placed)) for node in placed})

    def _box(self, node: str, nodes: int) -> Box:
        """Return the room a node takes with its label below, in 13-pixel letters, Hangul full width."""
        name, radius = self.graph.nodes[node]["name"], self._radius(node)
        width = sum(13.0 if unicodedata.east_asian_width(char) in "WF" else 7.5 for char in name[:20])
        share = min(1.0, NAMED / nodes)
        return max(width * share, 2 * radius), 2 * radius + 20.0 * share

    def _radius(self, node: str) -> float:
        """Return the radius of a node in pixels: its area grows with its neighbours, up to a bound."""
        return round(min(7.5 + 3.6 * math.sqrt(len(self._neighbours[node])), 32.0), 1)

    def _node(self, node: str) -> dict[str, Any]:
        found, place = self.graph.nodes[node], self._drawing.places.get(node)
        record = {name: found[name] for name in ("name", "type", "subtype", "aliases", "mentions", "articles")}
        record |= {"id": node, "degree": len(self._neighbours[node]), "size": self._radius(node)}
        record["former"] = [one.removeprefix(FORMER_ID) for one in found["ids"] if one.startswith(FORMER_ID)]
        record["links"] = [link for identifier in found["ids"] if (link := identifier_link(identifier))]
        return _kept(record | (place._asdict() if place else {}))

    def _edge(self, subject: str, obj: str, key: str, found: dict[str, Any]) -> dict[str, Any]:
        wanted = ("type", "status", "date", "last_date", "role", "confidence", "sources")
        record = {"id": key, "from": self._number[subject], "to": self._number[obj]}
        record |= {name: found[name] for name in wanted} | {"deal": _deal(found["deal"])}
        record["in"] = sorted({self._number_of_article[evidence["article"]] for evidence in found["evidence"]})
        return _kept(record)

    def _evidence(self, subject: str, obj: str, evidence: dict[str, Any]) -> dict[str, Any]:
        text, start = evidence["text"], evidence["start"]
        record = {name: evidence[name] for name in ("date", "role", "speaker", "confidence", "extractor")}
        record |= {"article": self._number_of_article[evidence["article"]], "deal": _deal(evidence["deal"])}
        if text:
            cue = (evidence["cue"][0] - start, evidence["cue"][1] - start)
            record["quote"] = quotation(text, cue, self._names(subject), self._names(obj))
        else:
            record["place"] = [start, evidence["end"]]
        return _kept(record)

    def _names(self, node: str) -> list[str]:
        return [self.graph.nodes[node]["name"], *self.graph.nodes[node]["aliases"]]


def _labels(labels: Labels) -> dict[str, str]:
    return {"ko": labels.ko, "en": labels.en}


def _kept(record: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is absent or an empty list: most of a large page would be the word null."""
    return {name: value for name, value in record.items() if value is not None and value != []}


def _deal(deal: dict[str, Any] | None) -> list[str]:
    """Return what is stated of a deal, as one reads it: round, thing, share, sum."""
    if deal is None:
        return []
    share = None if deal["stake"] is None else f"{deal['stake']:g}%"
    return [part for part in (deal["round"], deal["item"], share, deal["amount"]) if part is not None]


def _web(url: str | None) -> str | None:
    """Return an address that may become a link: only of the web's own schemes, never `javascript:`."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None
