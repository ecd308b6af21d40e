"""Which nodes of a connected component belong together, as the regions of a map do.

Method: Traag, Waltman and van Eck, "From Louvain to Leiden" (2019), maximising modularity.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import igraph

SEED = 7
ONE = 16
"""Components of fewer nodes are one community."""
SMALLEST = 5
"""Communities of fewer nodes join the one they are most tied to, where there is one."""
FEWEST_SHARE = 400
"""In large components it takes at least a node in so many to be a community."""
LARGEST_SHARE = 14
"""A community of more than one in so many of the nodes of a large component is divided once more."""
DIVISIBLE = 400
"""Smaller communities stay whole."""
COARSE = 0.35
"""Resolution at which a large community is divided: in few parts rather than many."""


def communities(graph: igraph.Graph) -> list[list[int]]:
    """Return the vertices of each community of a connected graph, whose edges have a `weight`.

    Deterministic where igraph is `seeded`.
    """
    count = graph.vcount()
    if count < ONE:
        return [list(range(count))]
    limit = max(DIVISIBLE, count // LARGEST_SHARE)
    parts = []
    for part in leiden(graph):
        divided = [part]
        if len(part) > limit:
            divided = [[part[v] for v in inner] for inner in leiden(graph.induced_subgraph(part), COARSE)]
        parts += divided
    return _joined(graph, parts, max(SMALLEST, count // FEWEST_SHARE))


@contextmanager
def seeded() -> Iterator[None]:
    """Let igraph draw the same random numbers each time, and Python's own again afterwards."""
    import igraph

    igraph.set_random_number_generator(random.Random(SEED))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def leiden(graph: igraph.Graph, resolution: float = 1.0) -> list[list[int]]:
    """Return the vertices of each part that Leiden finds, each in order; edges have a `weight`."""
    found = graph.community_leiden(
        objective_function="modularity", weights="weight", n_iterations=-1, resolution=resolution
    )
    return [sorted(part) for part in found]


def ties(graph: igraph.Graph, parts: Sequence[Sequence[int]]) -> list[dict[int, float]]:
    """Return for each part the weight of its edges to each other part."""
    part_of = [0] * graph.vcount()
    for number, part in enumerate(parts):
        for vertex in part:
            part_of[vertex] = number
    found: list[dict[int, float]] = [defaultdict(float) for _ in parts]
    for (a, b), weight in zip(graph.get_edgelist(), graph.es["weight"], strict=True):
        one, other = part_of[a], part_of[b]
        if one != other:
            found[one][other] += weight
            found[other][one] += weight
    return found


def _joined(graph: igraph.Graph, parts: list[list[int]], smallest: int) -> list[list[int]]:
    """Join every part below a size to the one it is most tied to, the smallest first."""
    tied = ties(graph, parts)
    for number in sorted(range(len(parts)), key=lambda n: (len(parts[n]), parts[n])):
        if not tied[number] or len(parts[number]) >= smallest:
            continue
        target = max(sorted(tied[number]), key=lambda other: tied[number][other])
        parts[target], parts[number] = parts[target] + parts[number], []
        for other, weight in tied[number].items():
            del tied[other][number]
            if other != target:
                tied[target][other] += weight
                tied[other][target] += weight
        tied[number] = {}
    return [sorted(part) for part in parts if part]
