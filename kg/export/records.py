"""The graph one record after another, as the writers read it: of a NetworkX graph, or of what is not in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

import networkx as nx

from kg.contract import check_size
from kg.model import LARGEST

Attributes = dict[str, Any]
"""Of an article, a node or an edge, as kg.contract has them."""
Edge = tuple[str, str, str, Attributes]
"""Subject, object, id and attributes of a relation."""
Fact = tuple[str, str]
"""Type and other end of a relation."""
_Records = Mapping[str, Mapping[str, Mapping[str, Attributes]]]
_by_id = itemgetter(2)


class Told(NamedTuple):
    """What one article names and states: nodes by id, edges by subject and id, whole. `attributes` may be unknown."""

    article: str
    attributes: Attributes | None
    nodes: Collection[str]
    edges: Collection[Edge]


class Records(Protocol):
    """The records of a graph that keeps kg.contract; each kind comes in one order, so equal graphs give equal files."""

    @property
    def schema(self) -> str:
        """The hash of the schema the graph was made with."""

    def articles(self) -> Iterator[tuple[str, Attributes]]:
        """Yield the articles by id."""

    def nodes(self) -> Iterator[tuple[str, Attributes]]:
        """Yield the nodes by id."""

    def stated(self, symmetric: Collection[str]) -> Iterator[tuple[str, Attributes, Collection[Fact]]]:
        """Yield the nodes by id, each with the facts of it: its actual relations, from the other end where symmetric.

        `symmetric` are the types that hold either way.
        """

    def edges(self) -> Iterator[Edge]:
        """Yield the edges by subject and id."""

    def edges_by_id(self) -> Iterator[Edge]:
        """Yield the edges by id."""

    def told(self) -> Iterator[Told]:
        """Yield the articles by id with what each names and states."""

    def extractors(self) -> Collection[str]:
        """Return what found the evidence."""

    def language(self, article: str) -> str:
        """Return the language of an article."""

    def networkx(self, largest: int = LARGEST) -> nx.MultiDiGraph[Any]:
        """Return the graph in memory; raises GraphSizeError when it has more than `largest` nodes and edges."""


@dataclass(frozen=True)
class GraphRecords:
    """The records of a NetworkX graph, which must not change meanwhile."""

    graph: nx.MultiDiGraph[Any]

    @property
    def schema(self) -> str:
        """The hash of the schema the graph was made with."""
        return str(self.graph.graph["schema"])

    def articles(self) -> Iterator[tuple[str, Attributes]]:
        """Yield the articles by id."""
        found = self.graph.graph["articles"]
        return ((article, found[article]) for article in sorted(found))

    def nodes(self) -> Iterator[tuple[str, Attributes]]:
        """Yield the nodes by id."""
        return ((node, self.graph.nodes[node]) for node in sorted(self.graph.nodes))

    def stated(self, symmetric: Collection[str]) -> Iterator[tuple[str, Attributes, Collection[Fact]]]:
        """Yield the nodes by id, each with the facts of it."""
        for node, attributes in self.nodes():
            facts = set()
            for other, edges in self._after[node].items():
                facts |= {(edge["type"], other) for edge in edges.values() if edge["status"] == "actual"}
            for other, edges in self._before[node].items():
                for edge in edges.values():
                    if edge["type"] in symmetric and edge["status"] == "actual":
                        facts.add((edge["type"], other))
            yield node, attributes, facts

    def edges(self) -> Iterator[Edge]:
        """Yield the edges by subject and id."""
        for node in sorted(self.graph.nodes):
            found = [(node, obj, key, edge) for obj, edges in self._after[node].items() for key, edge in edges.items()]
            yield from sorted(found, key=_by_id)

    def edges_by_id(self) -> Iterator[Edge]:
        """Yield the edges by id."""
        return iter(sorted(self.graph.edges(keys=True, data=True), key=_by_id))

    def told(self) -> Iterator[Told]:
        """Yield the articles by id with what each names and states; a list of that is held meanwhile."""
        known = self.graph.graph["articles"]
        named: dict[str, list[str]] = defaultdict(list)
        for node, attributes in self.nodes():
            for article in attributes["article_ids"]:
                named[article].append(node)
        stating: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges():
            for article in dict.fromkeys(e["article"] for e in edge[3]["evidence"]):
                stating[article].append(edge)
        for article in sorted({*named, *stating, *known}):
            yield Told(article, known.get(article), named.get(article, ()), stating.get(article, ()))

    def extractors(self) -> Collection[str]:
        """Return what found the evidence."""
        return {e["extractor"] for *_, edge in self.graph.edges(data=True) for e in edge["evidence"]}

    def language(self, article: str) -> str:
        """Return the language of an article."""
        return str(self.graph.graph["articles"][article]["language"])

    def networkx(self, largest: int = LARGEST) -> nx.MultiDiGraph[Any]:
        """Return the graph itself; raises GraphSizeError when it has more than `largest` nodes and edges."""
        check_size(self.graph.number_of_nodes(), self.graph.number_of_edges(), largest)
        return self.graph

    @cached_property
    def _after(self) -> _Records:
        """Relations by subject, object and id: plain dictionaries, as networkx's views take a tenth of all the time."""
        return dict(self.graph.adjacency())

    @cached_property
    def _before(self) -> _Records:
        """Relations by object, subject and id."""
        return dict(self.graph.reverse(copy=False).adjacency())
