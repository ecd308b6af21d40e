"""Colours of communities: those that lie side by side on the drawing differ, though there are more than colours."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.export.layout.shapes import Points

HUES = 8
"""Colours of communities in page.css: hue-0 to hue-7."""
CORNERS = np.array([(-1.0, -1.0), (3.0, -1.0), (-1.0, 3.0)])
"""A triangle around the unit square, so that nodes in one line have a triangulation too."""


def hues(points: Points, community: NDArray[np.int64]) -> list[int]:
    """Return the number of a colour for each community, of nodes at these points; both have a row a node.

    Communities are neighbours where a Delaunay triangulation of the nodes joins them. One keeps its number modulo
    HUES unless a neighbour has that colour; then it takes the free one that is used least. The largest come first, so
    that they all differ; if that leaves neighbours alike, all are coloured in smallest-last order. Regions that do not
    overlap form a plane graph, for which that order takes six colours at most (Matula and Beck, 1983). Where parts run
    into one another more than a plane allows, neighbours with fewest ties may be alike.
    """
    if not len(points):
        return []
    ties = _ties(points, community)
    beside: nx.Graph[int] = nx.Graph()
    beside.add_nodes_from(range(int(community.max()) + 1))
    beside.add_edges_from(sorted(ties))
    order = list(nx.coloring.strategy_smallest_last(beside, {}))
    found = _coloured(beside, ties, sorted(order, key=lambda part: min(part, HUES)))
    if any(found[a] == found[b] for a, b in ties):
        found = _coloured(beside, ties, order)
    return [found[part] for part in range(len(found))]


def _coloured(beside: nx.Graph[int], ties: Counter[tuple[int, int]], order: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    used: Counter[int] = Counter()
    for part in order:
        taken: Counter[int] = Counter()
        for other in beside[part]:
            if other in found:
                taken[found[other]] += ties[min(part, other), max(part, other)]
        own = part % HUES
        found[part] = min(range(HUES), key=lambda hue: (taken[hue], hue != own, used[hue], hue))
        used[found[part]] += 1
    return found


def _ties(points: Points, community: NDArray[np.int64]) -> Counter[tuple[int, int]]:
    """Return how many lines of the triangulation join nodes of two communities, the lower number first."""
    from scipy.spatial import Delaunay

    low, high = points.min(axis=0), points.max(axis=0)
    inner = (points - low) / max(float((high - low).max()), 1.0)
    sides = Delaunay(np.concatenate([inner, CORNERS])).simplices[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    ends = community[sides[(sides < len(points)).all(axis=1)]]
    apart = np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1)
    pairs, counts = np.unique(apart, axis=0, return_counts=True)
    return Counter({(int(a), int(b)): int(n) for (a, b), n in zip(pairs, counts, strict=True)})
