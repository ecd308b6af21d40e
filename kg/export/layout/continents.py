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
from kg.export.layout.turning import turn

if TYPE_CHECKING:
    import igraph

WHOLE = 300
"""Communities of more nodes are drawn in parts, each by itself."""
KK_ROUNDS = 8
"""Rounds of Kamada-Kawai a node; pushing apart evens out what more rounds would."""
FILLED = 0.72
"""Share of a disc that its nodes' ellipses take; circles pushed apart at random reach 0.84."""
ROOM = 1.15
"""Ellipses are so much larger than those that fit into the box, so that corners of boxes seldom meet."""
APART = 0.45
"""The first k nodes of all keep this share of the side of the square that each would have for itself."""
MARGIN = 10.0
"""Pixels added to the sides of a box."""
FIRST_LEVEL = 50
"""The first so many nodes all keep one distance."""
LOOSE = 1.4
"""Area of a disc for each square of the distance that its important nodes keep; the densest packing takes 0.87."""
CROWDED = 2.0
"""How many times the area of its nodes a disc of many important ones may take."""
GAP = 0.16
"""Gap between two discs as a share of the radius of a middling one, by root mean square."""
FIRST_SPREAD = 0.92
"""Share of its radius that the nodes of a disc first fill, before they are pushed apart."""


class Scale:
    """How far apart nodes of a rank are kept in a drawing of an area."""

    def __init__(self, area: float) -> None:
        """Take the area of the whole drawing in square pixels."""
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
    parts = [sorted(part, key=lambda v: ranks[v]) for part in communities(graph)]
    parts.sort(key=lambda part: (-len(part), ranks[part[0]]))
    areas = [room(sizes[part]) for part in parts]
    radii = [_radius(a, scale.area_for(ranks[part])) for a, part in zip(areas, parts, strict=True)]
    middling = math.sqrt(math.fsum(radius**2 for radius in radii) / len(radii))
    centres = disc_centres(radii, ties(graph, parts), GAP * middling, ASPECT)
    points = np.zeros((graph.vcount(), 2))
    for part, area, radius in zip(parts, areas, radii, strict=True):
        points[part] = spread(_drawn(graph.induced_subgraph(part), part), area, FIRST_SPREAD * radius)
    turn(graph, parts, points, centres)
    # A disc without neighbours may grow, which few wide names need.
    bound = 2.0 if len(parts) == 1 else 1.0
    communities_of = [0] * len(points)
    circles = []
    for number, (part, radius, centre) in enumerate(zip(parts, radii, centres, strict=True)):
        boxes = ROOM * (sizes[part] + MARGIN)
        levels = scale.levels(ranks[part], float(np.median(boxes)))
        own = spaced(points[part], boxes, sizes[part].min(axis=1) + 2, levels, bound * radius)
        points[part] = own + centre
        circles.append((float(centre[0]), float(centre[1]), float(np.hypot(own[:, 0], own[:, 1]).max())))
        for vertex in part:
            communities_of[vertex] = number
    return Piece(points, communities_of, circles)


def _radius(areas: Points, wanted: float) -> float:
    """Return the radius of a disc for nodes of these areas."""
    area = float(areas.sum())
    return math.sqrt(max(area, min(CROWDED * area, wanted)) / math.pi) + math.sqrt(float(areas.max())) / 4


def _drawn(graph: igraph.Graph, part: Sequence[int]) -> Points:
    """Return a drawing of a community around the origin; its rows are in the order of the vertices `part`."""
    # induced_subgraph keeps the order of the whole graph, not that of the list it is given.
    order = np.argsort(np.argsort(part, kind="stable"), kind="stable")
    drawn = _sketched(graph)[order]
    return np.asarray(drawn - drawn.mean(axis=0))


def _sketched(graph: igraph.Graph) -> Points:
    count = graph.vcount()
    if count == 1:
        return np.zeros((1, 2))
    if count == 2:
        return np.array([[-1.0, 0.0], [1.0, 0.0]])
    if count > WHOLE and len(parts := leiden(graph)) > 1:
        return _in_parts(graph, parts)
    return np.array(graph.layout_kamada_kawai(maxiter=KK_ROUNDS * count).coords)


def _in_parts(graph: igraph.Graph, parts: list[list[int]]) -> Points:
    """Return a drawing in which each part has a disc of its own."""
    points = np.zeros((graph.vcount(), 2))
    radii = [math.sqrt(len(part)) for part in parts]
    centres = disc_centres(radii, ties(graph, parts), 0.0, 1.0)
    for part, radius in zip(parts, radii, strict=True):
        drawn = _sketched(graph.induced_subgraph(part))
        drawn = drawn - drawn.mean(axis=0)
        points[part] = drawn * (radius / max(float(np.hypot(drawn[:, 0], drawn[:, 1]).max()), 1e-9))
    turn(graph, parts, points, centres)
    for part, centre in zip(parts, centres, strict=True):
        points[part] += centre
    return points
