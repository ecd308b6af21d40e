"""A large connected component as a map: communities are discs, tied ones side by side, hubs near their middle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.export.layout.communities import communities, leiden, ties
from kg.export.layout.discs import disc_centres
from kg.export.layout.shapes import ASPECT, Piece, Points
from kg.export.layout.spacing import spaced, spread

if TYPE_CHECKING:
    import igraph

WHOLE = 300
"""Communities of more nodes are drawn in parts, each by itself."""
KK_ROUNDS = 8
"""Rounds of Kamada-Kawai a node; an eighth of these already looks much the same."""
FILLED = 0.72
"""Share of a disc that its nodes' ellipses take; circles pushed apart at random reach 0.84."""
ROOM = 1.15
"""Ellipses are so much larger than those that fit into the box, so that corners of boxes seldom meet."""
APART = 0.45
"""The first k nodes of all keep this share of the side of the square that each would have for itself."""
MARGIN = 10.0
"""Pixels added to the sides of a box."""
FIRST_LEVEL = 50
LOOSE = 1.4
CROWDED = 2.0
"""How many times the area of its nodes a disc of many important ones may take."""
GAP = 0.16
"""Gap between two discs as a share of the radius of a middling one."""
TURNS = 3


class Scale:
    """How far apart nodes of a rank are kept in a drawing of an area."""

    def __init__(self, area: float) -> None:
        self.area = area

    def distance(self, count: int) -> float:
        """Return the distance that the first `count` nodes of all keep from one another."""
        return APART * math.sqrt(self.area / count)

    def levels(self, ranks: NDArray[np.int64], least: float) -> list[tuple[int, float]]:
        """Return for ranks in order how many of them keep what distance, down to the least of use."""
        found = []
        count = FIRST_LEVEL
        while (distance := self.distance(count)) > least:
            among = int(np.searchsorted(ranks, count))
            if among > 1:
                found.append((among, distance))
            if among == len(ranks):
                break
            count *= 2
        return found

    def area_for(self, ranks: NDArray[np.int64]) -> float:
        """Return the area that nodes of these ranks need to keep their distances."""
        numbers = np.arange(1, len(ranks) + 1)
        return float((numbers * LOOSE * APART**2 * self.area / np.maximum(ranks + 1, FIRST_LEVEL)).max())


def room(sizes: Points) -> Points:
    """Return the area that each box takes in a disc."""
    return np.asarray((sizes[:, 0] + MARGIN) * (sizes[:, 1] + MARGIN) * (math.pi / 4 * ROOM**2 / FILLED))


def continents(graph: igraph.Graph, sizes: Points, ranks: NDArray[np.int64], scale: Scale) -> Piece:
    """Lay out a connected graph; rows of `sizes`, of its boxes, and `ranks` are its vertices, ranks from 0."""
    boxes = sizes + MARGIN
    parts = [sorted(part, key=lambda v: ranks[v]) for part in communities(graph)]
    parts.sort(key=lambda part: (-len(part), ranks[part[0]]))
    tied = ties(graph, parts)
    areas = [room(sizes[part]) for part in parts]
    radii = [_radius(a, scale.area_for(ranks[p])) for a, p in zip(areas, parts, strict=True)]
    centres = disc_centres(radii, tied, GAP * math.sqrt(math.fsum(r * r for r in radii) / len(radii)), ASPECT)
    points = np.zeros((graph.vcount(), 2))
    for part, area, radius in zip(parts, areas, radii, strict=True):
        points[part] = spread(_drawn(graph.induced_subgraph(part), part), area, 0.92 * radius)
    _turn(graph, parts, points, centres)
    # A disc without neighbours may grow, which few wide names need.
    bound = 2.0 if len(parts) == 1 else 1.0
    for part, radius in zip(parts, radii, strict=True):
        wide = ROOM * boxes[part]
        points[part] = spaced(points[part], wide, scale.levels(ranks[part], float(np.median(wide))), bound * radius)
    communities_of = [0] * len(points)
    circles = []
    for number, (part, centre) in enumerate(zip(parts, centres, strict=True)):
        far = float(np.hypot(points[part, 0], points[part, 1]).max())
        circles.append((float(centre[0]), float(centre[1]), far))
        points[part] += centre
        for vertex in part:
            communities_of[vertex] = number
    return Piece(points, communities_of, circles)


def _radius(areas: Points, wanted: float) -> float:
    """Return the radius of a disc for nodes of these areas."""
    area = float(areas.sum())
    return math.sqrt(max(area, min(CROWDED * area, wanted)) / math.pi) + math.sqrt(float(areas.max())) / 4


def _drawn(graph: igraph.Graph, names: Sequence[int]) -> Points:
    """Return a drawing of a community around the origin; vertices are in the order of `names`."""
    # induced_subgraph keeps the order of the whole graph, not that of the list it is given.
    order = np.argsort(np.argsort(names, kind="stable"), kind="stable")
    drawn = _sketched(graph)[order]
    return np.asarray(drawn - drawn.mean(axis=0))


def _sketched(graph: igraph.Graph) -> Points:
    count = graph.vcount()
    if count == 2:
        return np.array([[-1.0, 0.0], [1.0, 0.0]])
    if count > WHOLE:
        parts = leiden(graph)
        if len(parts) > 1:
            return _in_parts(graph, parts)
    if count == 1:
        return np.zeros((1, 2))
    return np.array(graph.layout_kamada_kawai(maxiter=KK_ROUNDS * count).coords)


def _in_parts(graph: igraph.Graph, parts: list[list[int]]) -> Points:
    points = np.zeros((graph.vcount(), 2))
    radii = [math.sqrt(len(part)) for part in parts]
    centres = disc_centres(radii, ties(graph, parts), 0.0, 1.0)
    for part, radius in zip(parts, radii, strict=True):
        drawn = _sketched(graph.induced_subgraph(part))
        drawn = drawn - drawn.mean(axis=0)
        points[part] = drawn * (radius / max(float(np.hypot(drawn[:, 0], drawn[:, 1]).max()), 1e-9))
    _turn(graph, parts, points, centres)
    for part, centre in zip(parts, centres, strict=True):
        points[part] += centre
    return points


def _turn(graph: igraph.Graph, parts: list[list[int]], points: Points, centres: Points) -> None:
    """Turn or mirror each part about its centre so that its nodes face the nodes of other parts they are tied to."""
    part_of = np.zeros(len(points), np.int64)
    for number, part in enumerate(parts):
        part_of[part] = number
    ends = np.array(graph.get_edgelist())
    weights = np.array(graph.es["weight"], dtype=float)
    outside = part_of[ends[:, 0]] != part_of[ends[:, 1]]
    near = np.concatenate([ends[outside, 0], ends[outside, 1]])
    far = np.concatenate([ends[outside, 1], ends[outside, 0]])
    weights = np.concatenate([weights[outside], weights[outside]])
    order = np.argsort(part_of[near], kind="stable")
    near, far, weights = near[order], far[order], weights[order]
    starts = np.searchsorted(part_of[near], np.arange(len(parts) + 1))
    middle = centres[:, 0] + 1j * centres[:, 1]
    found = points[:, 0] + 1j * points[:, 1]
    for _ in range(TURNS):
        for number, part in enumerate(parts):
            rows = slice(starts[number], starts[number + 1])
            away = found[far[rows]] + middle[part_of[far[rows]]] - middle[number]
            pull = weights[rows] * away / np.maximum(np.abs(away), 1e-9)
            own = found[near[rows]]
            turned, mirrored = (pull * own.conj()).sum(), (pull * own).sum()
            if abs(turned) + abs(mirrored) == 0:
                continue
            if abs(mirrored) > abs(turned) * 1.0001:
                found[part] = found[part].conj() * (mirrored / abs(mirrored))
            elif abs(turned) > 0:
                found[part] = found[part] * (turned / abs(turned))
    points[:, 0], points[:, 1] = found.real, found.imag
