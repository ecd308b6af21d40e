"""Parts of a drawing turned about their centres, so that tied nodes of different parts face one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.export.layout.shapes import Points

if TYPE_CHECKING:
    import igraph

ROUNDS = 3
Numbers = NDArray[np.complex128]


def turn(graph: igraph.Graph, parts: list[list[int]], points: Points, centres: Points) -> None:
    """Turn or mirror each part, whose points lie around the origin, about it, as its ties to others pull."""
    part_of = np.zeros(len(points), np.int64)
    for number, part in enumerate(parts):
        part_of[part] = number
    near, far, weights = _outward(graph, part_of)
    starts = np.searchsorted(part_of[near], np.arange(len(parts) + 1))
    middle = centres[:, 0] + 1j * centres[:, 1]
    found = points[:, 0] + 1j * points[:, 1]
    for _ in range(ROUNDS):
        for number, part in enumerate(parts):
            rows = slice(starts[number], starts[number + 1])
            away = found[far[rows]] + middle[part_of[far[rows]]] - middle[number]
            pull = weights[rows] * away / np.maximum(np.abs(away), 1e-9)
            found[part] = _turned(found[part], found[near[rows]], pull)
    points[:, 0], points[:, 1] = found.real, found.imag


def _outward(graph: igraph.Graph, part_of: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], Points]:
    """Return both ends and the weight of each edge between parts, from either side, sorted by the part of the first."""
    ends = np.array(graph.get_edgelist(), np.int64).reshape(-1, 2)
    outside = part_of[ends[:, 0]] != part_of[ends[:, 1]]
    near = np.concatenate([ends[outside, 0], ends[outside, 1]])
    far = np.concatenate([ends[outside, 1], ends[outside, 0]])
    weights = np.tile(np.array(graph.es["weight"], np.float64)[outside], 2)
    order = np.argsort(part_of[near], kind="stable")
    return near[order], far[order], weights[order]


def _turned(points: Numbers, pulled: Numbers, pull: Numbers) -> Numbers:
    """Return the points turned so that those pulled lie in the direction of their pull as far as can be."""
    as_is, mirrored = (pull * pulled.conj()).sum(), (pull * pulled).sum()
    if abs(mirrored) > abs(as_is):
        return np.asarray(points.conj() * (mirrored / abs(mirrored)))
    return np.asarray(points * (as_is / abs(as_is))) if abs(as_is) > 0 else points
