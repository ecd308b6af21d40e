"""Parts of a graph: what lies around entities, or between those that relations of some kind join."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.graph.conditions import Filter
from kg.graph.edges import EdgeTable
from kg.graph.lookup import is_of
from kg.graph.records import Edge

if TYPE_CHECKING:
    import networkx as nx


def part(
    graph: nx.MultiDiGraph[Any],
    table: EdgeTable,
    around: Collection[str] | None,
    hops: int,
    kinds: frozenset[str] | None,
    wanted: Filter,
) -> nx.MultiDiGraph[Any]:
    """Return the nodes at most `hops` relations from those of `around`, and the relations between them.

    Only relations that meet the filter count, and only nodes of the types `kinds` beside those of `around`. Without
    `around`, the ends of all such relations.
    """
    rows, _ = table.find((None, None, None), wanted)
    if kinds is not None:
        given = frozenset(around or ())
        allowed = np.array([node in given or is_of(graph.nodes[node], kinds) for node in table.nodes], dtype=bool)
        rows = rows[allowed[table.subject[rows]] & allowed[table.object[rows]]]
    first, last = table.subject[rows], table.object[rows]
    if around is None:
        within = np.ones(len(table.nodes), dtype=bool)
        kept = set(np.unique(np.concatenate([first, last])).tolist())
    else:
        within = np.zeros(len(table.nodes), dtype=bool)
        within[[table.rank[node] for node in around]] = True
        for _ in range(hops):
            touched = within[first] | within[last]
            within[first[touched]] = within[last[touched]] = True
        kept = set(np.flatnonzero(within).tolist())
    inside = rows[within[first] & within[last]]
    return cut(graph, (table.nodes[rank] for rank in kept), map(table.edge, inside.tolist()))


def cut(graph: nx.MultiDiGraph[Any], nodes: Iterable[str], edges: Iterable[Edge]) -> nx.MultiDiGraph[Any]:
    """Return a graph of some nodes and edges between them, with the articles that name or state them, in order."""
    import networkx as nx

    chosen = sorted(edges)
    cited = {e["article"] for edge in chosen for e in graph.edges[edge]["evidence"]}
    named = sorted(nodes)
    cited.update(article for node in named for article in graph.nodes[node]["article_ids"])
    articles = {key: found for key, found in graph.graph["articles"].items() if key in cited}
    result: nx.MultiDiGraph[Any] = nx.MultiDiGraph(schema=graph.graph["schema"], articles=articles)
    result.add_nodes_from((node, graph.nodes[node]) for node in named)
    for edge in chosen:
        result.add_edge(*edge, **graph.edges[edge])
    return result
