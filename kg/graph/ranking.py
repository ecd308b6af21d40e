"""Which entities matter most, and which belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from kg.errors import UnknownNameError
from kg.graph.lookup import nearest
from kg.model import Entity

if TYPE_CHECKING:
    import igraph
    import networkx as nx

Measure = Literal["mentions", "articles", "degree", "relations", "pagerank"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
"""Counts of mentions, of articles that name it, of neighbours, of relations, and PageRank."""
DIGITS = 9
"""PageRank is rounded to so many, lest the last bits of a sum decide the order."""


class Ranked(NamedTuple):
    """An entity and its score by the measure asked for."""

    entity: Entity
    score: float


def scores(graph: nx.MultiDiGraph[Any], by: str) -> dict[str, float]:
    """Return the score of every node by one of MEASURES; raises UnknownNameError for any other."""
    measures: dict[str, Callable[[nx.MultiDiGraph[Any]], dict[str, float]]] = {
        "mentions": lambda g: dict(g.nodes(data="mentions")),
        "articles": lambda g: dict(g.nodes(data="articles")),
        "degree": lambda g: {node: len({*g.successors(node), *g.predecessors(node)}) for node in g},
        "relations": lambda g: dict(g.degree()),
        "pagerank": _pagerank,
    }
    if by not in measures:
        raise UnknownNameError("measure", by, nearest(by, MEASURES) or MEASURES)
    return measures[by](graph)


def communities(graph: nx.MultiDiGraph[Any]) -> list[list[str]]:
    """Return the nodes that relations join more closely with one another than with others, by the Leiden method.

    Entities without relations are in none. Method: Traag, Waltman and van Eck, "From Louvain to Leiden" (2019),
    maximising modularity, the pairs weighted as `_joined` says. The same partition whatever the order of the graph.
    """
    from kg.export.layout.communities import leiden, seeded

    found = _joined(graph)
    with seeded():
        parts = leiden(found)
    names = found.vs["name"]
    return [[names[vertex] for vertex in members] for members in parts if len(members) > 1]


def _pagerank(graph: nx.MultiDiGraph[Any]) -> dict[str, float]:
    """Return the PageRank of each node with igraph's direct solver; relations count in both directions.

    Brin and Page, "The anatomy of a large-scale hypertextual Web search engine" (1998), damping 0.85.
    """
    found = _joined(graph)
    ranks = zip(found.vs["name"], found.pagerank(weights="weight"), strict=True)
    return {node: round(score, DIGITS) for node, score in ranks}


def _joined(graph: nx.MultiDiGraph[Any]) -> igraph.Graph:
    """Return one undirected edge a pair of nodes, its weight the number of their relations that are not denied."""
    import igraph

    nodes = sorted(graph.nodes)
    number = {node: index for index, node in enumerate(nodes)}
    weights = Counter(_pairs(graph, number))
    pairs = sorted(weights)
    made = igraph.Graph(n=len(nodes), edges=pairs, edge_attrs={"weight": [weights[pair] for pair in pairs]})
    made.vs["name"] = nodes
    return made


def _pairs(graph: nx.MultiDiGraph[Any], number: dict[str, int]) -> Iterable[tuple[int, int]]:
    for subject, obj, attributes in graph.edges(data=True):
        if attributes["status"] != "denied" and subject != obj:
            a, b = number[subject], number[obj]
            yield (a, b) if a < b else (b, a)
