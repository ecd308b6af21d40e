"""The edges of a graph as columns, so that a hub's tens of thousands are chosen and sorted without making records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.graph.conditions import Filter
from kg.graph.records import Edge
from kg.model import STATUSES
from kg.schema import Schema

if TYPE_CHECKING:
    import networkx as nx

Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]
Ends = Sequence[int | None]
"""The nodes asked for as subject, object and either, by rank."""


class EdgeTable:
    """Columns over all edges, a row each; nodes are numbered by rank, their order by name and id.

    `subject` and `object` are the ranks of the ends of each row.
    """

    def __init__(self, graph: nx.MultiDiGraph[Any], schema: Schema) -> None:
        """Read a graph, which must not change afterwards."""
        self._articles = graph.graph["articles"]
        self.nodes: list[str] = [node for _, node in sorted((name, node) for node, name in graph.nodes(data="name"))]
        self.rank = {node: position for position, node in enumerate(self.nodes)}
        self._keys: list[str] = []
        self._attributes: list[dict[str, Any]] = []
        self._types = sorted(schema.relations)
        ends: list[int] = []
        for subject, obj, key, attributes in graph.edges(keys=True, data=True):
            self._keys.append(key)
            self._attributes.append(attributes)
            ends += (self.rank[subject], self.rank[obj])
        count = len(self._keys)
        self.subject, self.object = np.array(ends, dtype=np.int32).reshape(count, 2).T.copy()
        self._type = self._coded("type", self._types)
        self._status = self._coded("status", STATUSES)
        self._sources = np.fromiter((found["sources"] for found in self._attributes), np.int32, count)
        self._confidence = np.fromiter((found["confidence"] for found in self._attributes), np.float64, count)
        symmetric = np.array([schema.relations[name].symmetric for name in self._types])
        self._symmetric: Flags = symmetric[self._type]
        halves = np.concatenate([self.subject, self.object])
        self._around = (np.argsort(halves, kind="stable") % max(count, 1)).astype(np.int32)
        self._starts = np.searchsorted(np.sort(halves), np.arange(len(self.nodes) + 1))

    def edge(self, row: int) -> Edge:
        """Return the edge of a row."""
        return self.nodes[self.subject[row]], self.nodes[self.object[row]], self._keys[row]

    def at(self, node: int) -> Rows:
        """Return the rows of the edges at the node of a rank."""
        return np.asarray(self._around[self._starts[node] : self._starts[node + 1]])

    def neighbours(self, node: int) -> Rows:
        """Return the ranks of the nodes one edge away from that of a rank, in order."""
        rows = self.at(node)
        return np.unique(np.where(self.subject[rows] == node, self.object[rows], self.subject[rows]))

    def find(self, ends: Ends, wanted: Filter) -> tuple[Rows, Flags]:
        """Return the rows that join the ends asked for and meet a filter, and which of them to turn round.

        In reading order: by type, subject, object and status, the ends as turned.
        """
        given = [end for end in ends if end is not None]
        rows = min(map(self.at, given), key=len) if given else np.arange(len(self._keys), dtype=np.int32)
        rows = rows[self._meets(rows, wanted)]
        fits, turned = self._joined(rows, ends)
        rows, turned = rows[fits], turned[fits]
        if wanted.reads_articles:
            met = np.array([wanted.meets(self._attributes[row], self._articles) for row in rows], dtype=bool)
            rows, turned = rows[met], turned[met]
        first = np.where(turned, self.object[rows], self.subject[rows])
        last = np.where(turned, self.subject[rows], self.object[rows])
        order = np.lexsort((self._status[rows], last, first, self._type[rows]))
        return rows[order], turned[order]

    def _coded(self, attribute: str, values: Sequence[str]) -> Rows:
        """Return a column of positions among values."""
        codes = {value: code for code, value in enumerate(values)}
        return np.fromiter((codes[found[attribute]] for found in self._attributes), np.int32, len(self._attributes))

    def _joined(self, rows: Rows, ends: Ends) -> tuple[Flags, Flags]:
        """Say which rows join the ends asked for, in either direction where they are symmetric, and which turned."""
        subject, obj, either = ends
        first, last = self.subject[rows], self.object[rows]
        touches = _is(first, either) | _is(last, either)
        ahead = _is(first, subject) & _is(last, obj) & touches
        back = _is(last, subject) & _is(first, obj) & touches & self._symmetric[rows]
        turned = back & ~ahead
        if either is not None:
            turned |= back & (last == either) & (first != either)
        return ahead | back, turned

    def _meets(self, rows: Rows, wanted: Filter) -> Flags:
        met: Flags = np.ones(len(rows), dtype=bool)
        if wanted.types is not None:
            met &= np.isin(self._type[rows], [self._types.index(name) for name in wanted.types])
        if wanted.statuses is not None:
            met &= np.isin(self._status[rows], [STATUSES.index(status) for status in wanted.statuses])
        if wanted.min_confidence > 0:
            met &= self._confidence[rows] >= wanted.min_confidence
        if wanted.min_sources > 1:
            met &= self._sources[rows] >= wanted.min_sources
        return met


def _is(ranks: Rows, wanted: int | None) -> Flags:
    return np.ones(len(ranks), dtype=bool) if wanted is None else np.asarray(ranks == wanted)
