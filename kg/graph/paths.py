"""Chains of relations between two entities, read in either direction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise, product, takewhile
from typing import TYPE_CHECKING, Any

from kg.graph.records import Edge

if TYPE_CHECKING:
    import networkx as nx


def undirected(graph: nx.MultiDiGraph[Any]) -> nx.Graph[Any]:
    """Return the graph with one undirected edge between any two joined nodes, in a fixed order."""
    import networkx as nx

    simple: nx.Graph[Any] = nx.Graph()
    simple.add_nodes_from(sorted(graph.nodes))
    simple.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in graph.edges()}))
    return simple


def edge_paths(
    graph: nx.MultiDiGraph[Any], simple: nx.Graph[Any], start: str, end: str, max_length: int, limit: int
) -> list[list[Edge]]:
    """Return at most `limit` paths of at most `max_length` edges, the shortest first.

    `simple` is what `undirected` makes of the graph. Entities joined by several relations give one path
    for each. Method: Yen, "Finding the K shortest loopless paths in a network" (1971), as NetworkX has it.
    """
    found = islice(_node_paths(simple, start, end, max_length), limit)
    chains = (chain for nodes in found for chain in product(*_steps(graph, nodes)))
    return [list(chain) for chain in islice(chains, limit)]


def _node_paths(simple: nx.Graph[Any], start: str, end: str, max_length: int) -> Iterator[list[str]]:
    import networkx as nx

    if start == end or not nx.has_path(simple, start, end):
        return iter(())
    return takewhile(lambda nodes: len(nodes) <= max_length + 1, nx.shortest_simple_paths(simple, start, end))


def _steps(graph: nx.MultiDiGraph[Any], nodes: list[str]) -> Iterator[list[Edge]]:
    """Yield the edges between each node of a path and the next, in either direction."""
    for a, b in pairwise(nodes):
        ahead = [(a, b, key) for key in sorted(map(str, graph.get_edge_data(a, b, default={})))]
        back = [(b, a, key) for key in sorted(map(str, graph.get_edge_data(b, a, default={})))]
        yield ahead + back
