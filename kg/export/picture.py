"""What a static picture of the graph shows: the most connected entities, placed, and lines between them."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import networkx as nx

from kg.export.layout import Box, Place, drawing
from kg.model import STATUSES, Status
from kg.schema import Schema

SHOWN = 50
"""Entities of a picture, so that names stay readable on a printed page."""
DRAWN = 120
"""Lines of a picture: those of most independent sources, and the best of each entity."""
LETTERS = 13.0
"""Size of names in pixels."""
LONGEST = 18
"""Characters of a name that are written out."""


class Line(NamedTuple):
    """The relations of one status between two entities, `first` with the smaller id; `towards` has the arrow heads."""

    first: str
    last: str
    status: Status
    types: tuple[str, ...]
    towards: frozenset[str]
    relations: int
    sources: int
    evidence: tuple[str, ...]
    curve: float
    """Its place among the lines of the pair, 0 in the middle."""


@dataclass(frozen=True)
class Picture:
    """The part of a graph that a picture shows."""

    graph: nx.MultiDiGraph[Any]
    nodes: tuple[str, ...]
    places: dict[str, Place]
    lines: tuple[Line, ...]
    joined: Mapping[str, int]
    """How many lines each entity has, where it has any."""

    @property
    def relations(self) -> int:
        """How many relations the lines stand for."""
        return sum(line.relations for line in self.lines)

    def radius(self, node: str) -> float:
        """Return the radius of an entity in pixels: its area grows with its lines, up to a bound."""
        return radius(self.joined.get(node, 0))


def picture(graph: nx.MultiDiGraph[Any], schema: Schema, shown: int = SHOWN) -> Picture:
    """Return the picture of the `shown` entities of most neighbours, those best mentioned first among equals.

    Entities that nothing joins to another one of the picture are left out, unless the whole graph fits.
    """
    near = {node: set(nx.all_neighbors(graph, node)) - {node} for node in graph.nodes}
    ranked = sorted(graph.nodes, key=lambda node: (-len(near[node]), -graph.nodes[node]["mentions"], node))
    whole = len(ranked) <= shown
    lines = _best(_lines(graph.subgraph(ranked[:shown]), schema))
    joined = Counter(end for line in lines for end in {line.first, line.last})
    nodes = tuple(node for node in ranked[:shown] if whole or node in joined)
    ties: dict[tuple[str, str], float] = defaultdict(float)
    for line in lines:
        if line.first != line.last:
            ties[line.first, line.last] += line.sources
    boxes = {node: _box(graph.nodes[node]["name"], joined[node]) for node in nodes}
    return Picture(graph, nodes, drawing(ties, boxes).places, lines, joined)


def radius(joined: int) -> float:
    """Return the radius in pixels of an entity with so many lines."""
    return round(min(7.0 + 2.6 * math.sqrt(joined), 24.0), 1)


def width(text: str, letters: float = LETTERS) -> float:
    """Return about how wide text is in pixels; Hangul is full width."""
    return sum(letters if unicodedata.east_asian_width(char) in "WF" else letters * 0.58 for char in text)


def shortened(name: str, longest: int = LONGEST) -> str:
    """Return a name as a picture writes it."""
    return name if len(name) <= longest else name[: longest - 1] + "…"


def _box(name: str, joined: int) -> Box:
    """Return the room of an entity with its name below, and around it some for the words on lines."""
    size = 2 * radius(joined)
    return max(width(shortened(name)), size) + 26.0, size + LETTERS + 38.0


def _best(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines that are drawn, in the order given."""
    ranked = sorted(range(len(lines)), key=lambda number: (-lines[number].sources, number))
    kept, seen = set(ranked[:DRAWN]), set[str]()
    for number in ranked:
        ends = {lines[number].first, lines[number].last}
        if not ends <= seen:
            kept.add(number)
            seen |= ends
    return _bent([lines[number] for number in sorted(kept)])


def _bent(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines so bent that those of one pair lie side by side."""
    beside = Counter((line.first, line.last) for line in lines)
    seen = Counter[tuple[str, str]]()
    bent = []
    for line in lines:
        pair = line.first, line.last
        bent.append(line._replace(curve=seen[pair] - (beside[pair] - 1) / 2))
        seen[pair] += 1
    return tuple(bent)


def _lines(graph: nx.MultiDiGraph[Any], schema: Schema) -> list[Line]:
    """Return the lines by the ids of their ends and status."""
    found: dict[tuple[str, str, Status], list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for subject, obj, _, edge in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2]):
        first, last = min(subject, obj), max(subject, obj)
        found[first, last, edge["status"]].append((obj, edge))
    order = sorted(found, key=lambda key: (key[0], key[1], STATUSES.index(key[2])))
    lines = []
    for first, last, status in order:
        edges = found[first, last, status]
        lines.append(
            Line(
                *(first, last, status),
                types=tuple(dict.fromkeys(edge["type"] for _, edge in edges)),
                towards=frozenset(obj for obj, edge in edges if not schema.relation(edge["type"]).symmetric),
                relations=len(edges),
                sources=sum(edge["sources"] for _, edge in edges),
                evidence=tuple(e["text"] for _, edge in edges for e in edge["evidence"] if e["text"]),
                curve=0.0,
            )
        )
    return lines
