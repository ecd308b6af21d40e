"""The graph without the words of its articles, to share where the text may not be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.export.records import Attributes, Edge, Fact, Records, Told
from kg.model import LARGEST


def without_text(graph: nx.MultiDiGraph[Any]) -> nx.MultiDiGraph[Any]:
    """Return the graph with quotations as "" and titles as None; offsets and the hashes of the texts stay.

    Names, roles, sums and speakers stay too: they are what is stated, not how.
    """
    articles = {key: _untitled(attributes) for key, attributes in graph.graph["articles"].items()}
    result: nx.MultiDiGraph[Any] = nx.MultiDiGraph(schema=graph.graph["schema"], articles=articles)
    result.add_nodes_from(graph.nodes(data=True))
    for subject, obj, key, edge in graph.edges(keys=True, data=True):
        result.add_edge(subject, obj, key, **_unquoted(edge))
    return result


@dataclass(frozen=True)
class Textless:
    """The records of a graph as `without_text` has them."""

    records: Records

    @property
    def schema(self) -> str:
        """The hash of the schema the graph was made with."""
        return self.records.schema

    def articles(self) -> Iterator[tuple[str, Attributes]]:
        """Yield the articles by id."""
        return ((article, _untitled(attributes)) for article, attributes in self.records.articles())

    def nodes(self) -> Iterator[tuple[str, Attributes]]:
        """Yield the nodes by id."""
        return self.records.nodes()

    def stated(self, symmetric: Collection[str]) -> Iterator[tuple[str, Attributes, Collection[Fact]]]:
        """Yield the nodes by id, each with the facts of it."""
        return self.records.stated(symmetric)

    def edges(self) -> Iterator[Edge]:
        """Yield the edges by subject and id."""
        return map(_without_quotation, self.records.edges())

    def edges_by_id(self) -> Iterator[Edge]:
        """Yield the edges by id."""
        return map(_without_quotation, self.records.edges_by_id())

    def told(self) -> Iterator[Told]:
        """Yield the articles by id with what each names and states."""
        for article, attributes, nodes, edges in self.records.told():
            untitled = None if attributes is None else _untitled(attributes)
            yield Told(article, untitled, nodes, [_without_quotation(edge) for edge in edges])

    def extractors(self) -> Collection[str]:
        """Return what found the evidence."""
        return self.records.extractors()

    def language(self, article: str) -> str:
        """Return the language of an article."""
        return self.records.language(article)

    def networkx(self, largest: int = LARGEST) -> nx.MultiDiGraph[Any]:
        """Return the graph in memory; raises GraphSizeError when it has more than `largest` nodes and edges."""
        return without_text(self.records.networkx(largest))


def _without_quotation(edge: Edge) -> Edge:
    subject, obj, key, attributes = edge
    return subject, obj, key, _unquoted(attributes)


def _untitled(article: Attributes) -> Attributes:
    return {**article, "title": None}


def _unquoted(edge: Attributes) -> Attributes:
    return {**edge, "evidence": [{**quoted, "text": ""} for quoted in edge["evidence"]]}
