"""The layout of a whole graph: large components as maps, small ones by stress, packed around; the rest in rows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.export.layout.communities import communities, seeded
from kg.export.layout.continents import Scale, continents, room
from kg.export.layout.hues import hues
from kg.export.layout.packing import packed, shelved
from kg.export.layout.shapes import ASPECT, Box, Circle, Drawing, Piece, Place, Points, Region
from kg.export.layout.stress import drawn

if TYPE_CHECKING:
    import igraph

SMALL = 300
"""Graphs of up to so many joined nodes are drawn by stress, larger ones as maps of communities."""
NAMED = 5
"""Communities of at least so many nodes are regions."""
SHORE = 160.0
"""Pixels between a map and the components around it."""
MARGIN = 40.0
"""Pixels between two components."""
ROW_GAP = 10.0
"""Pixels between two nodes in a row."""
PACKED = 0.45
"""Share of the whole drawing that the rooms of its nodes take, by experience."""


def drawing(pairs: Mapping[tuple[str, str], float], boxes: Mapping[str, Box]) -> Drawing:
    """Return where every node of `boxes` stands, and its community.

    `pairs` are joined nodes with the weight of what joins them; pairs of other nodes and of a node with itself are
    left out. `boxes` stand in order of importance, the most important first. Whole pixels at zoom 1, y downwards, the
    upper left corner of all boxes at the origin. The same result whatever the order of the pairs.
    """
    nodes = sorted(boxes)
    graph = _graph(nodes, pairs)
    rank_of = {node: rank for rank, node in enumerate(boxes)}
    ranks = np.array([rank_of[node] for node in nodes], np.int64)
    sizes = np.array([boxes[node] for node in nodes], np.float64).reshape(len(nodes), 2)
    with seeded():
        return _drawing(graph, nodes, sizes, ranks)


def _scale(sizes: Points) -> Scale:
    """Return the scale of a map of nodes of these sizes."""
    return Scale(float(room(sizes).sum()) / PACKED)


def _graph(nodes: list[str], pairs: Mapping[tuple[str, str], float]) -> igraph.Graph:
    import igraph

    index = {node: number for number, node in enumerate(nodes)}
    weights: dict[tuple[int, int], float] = {}
    for (a, b), weight in sorted(pairs.items()):
        if a != b and a in index and b in index:
            pair = (min(index[a], index[b]), max(index[a], index[b]))
            weights[pair] = weights.get(pair, 0.0) + weight
    ends = sorted(weights)
    return igraph.Graph(len(nodes), ends, edge_attrs={"weight": [weights[pair] for pair in ends]})


def _drawing(graph: igraph.Graph, nodes: list[str], sizes: Points, ranks: NDArray[np.int64]) -> Drawing:
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), min(ranks[part])))
    joined = [part for part in parts if len(part) > 1]
    lone = [part[0] for part in parts if len(part) == 1]
    every = [v for part in joined for v in part]
    mapped = len(every) > SMALL
    lay_out = partial(continents, scale=_scale(sizes[every])) if mapped else _stressed
    pieces = [lay_out(graph.induced_subgraph(part), sizes[part], ranks[part]) for part in joined]
    shifts = _shifts(pieces, [sizes[part] for part in joined], mapped)
    points = np.zeros((len(nodes), 2))
    community = np.zeros(len(nodes), np.int64)
    circles: list[Circle] = []
    for part, piece, shift in zip(joined, pieces, shifts, strict=True):
        points[part] = piece.points + shift
        community[part] = np.array(piece.communities) + len(circles)
        circles += [(x + shift[0], y + shift[1], radius) for x, y, radius in piece.circles]
    _add_lone(points, sizes, every, lone)
    community[lone] = np.arange(len(lone)) + len(circles)
    corner = (points - sizes / 2).min(axis=0) if nodes else np.zeros(2)
    return _numbered(
        nodes, ranks, points - corner, community, [(x - corner[0], y - corner[1], r) for x, y, r in circles]
    )


def _stressed(graph: igraph.Graph, sizes: Points, ranks: NDArray[np.int64]) -> Piece:
    """Lay out a connected component by stress."""
    points = np.array(drawn(graph, [(float(w), float(h)) for w, h in sizes]))
    communities_of = [0] * len(points)
    circles = []
    for number, part in enumerate(communities(graph)):
        middle = points[part].mean(axis=0)
        # That of the disc over which as many nodes would be spread as far.
        radius = math.sqrt(2 * float(((points[part] - middle) ** 2).sum(axis=1).mean()))
        circles.append((float(middle[0]), float(middle[1]), radius))
        for vertex in part:
            communities_of[vertex] = number
    return Piece(points, communities_of, circles)


def _shifts(pieces: list[Piece], sizes: list[Points], mapped: bool) -> Points:
    """Return by how much to move each piece: the largest stays in the middle, all others lie around it."""
    if not pieces:
        return np.zeros((0, 2))
    spans = [_span(piece, size, mapped) for piece, size in zip(pieces, sizes, strict=True)]
    extents = [high - low for low, high in spans]
    shifts = np.array([-(low + high) / 2 for low, high in spans])
    # Around a map its discs are kept free; all else is packed as rectangles.
    first = pieces[0].circles if mapped and len(pieces[0].circles) > 1 else []
    taken = [(x + shifts[0][0], y + shifts[0][1], radius + SHORE) for x, y, radius in first]
    rest = range(1 if first else 0, len(pieces))
    order = sorted(rest, key=lambda n: (-round(extents[n][1]), -round(extents[n][0]), n))
    shifts[order] += packed([(float(w) + MARGIN, float(h) + MARGIN) for w, h in (extents[n] for n in order)], taken)
    return shifts


def _span(piece: Piece, sizes: Points, mapped: bool) -> tuple[Points, Points]:
    """Return the upper left and lower right corners of a piece with its names, and in maps its circles."""
    low, high = (piece.points - sizes / 2).min(axis=0), (piece.points + sizes / 2).max(axis=0)
    if mapped and len(sizes) >= NAMED:
        circles = np.array(piece.circles)
        low = np.minimum(low, (circles[:, :2] - circles[:, 2:]).min(axis=0))
        high = np.maximum(high, (circles[:, :2] + circles[:, 2:]).max(axis=0))
    return low, high


def _add_lone(points: Points, sizes: Points, joined: list[int], lone: list[int]) -> None:
    """Set nodes that nothing joins in rows below all others."""
    if not lone:
        return
    left, right, bottom = 0.0, 0.0, -2 * MARGIN
    if joined:
        left, right = (points - sizes / 2)[joined, 0].min(), (points + sizes / 2)[joined, 0].max()
        bottom = (points + sizes / 2)[joined, 1].max()
    width = max(right - left, math.sqrt(float((sizes[lone] + ROW_GAP).prod(axis=1).sum()) * ASPECT))
    rows = shelved([(float(w), float(h)) for w, h in sizes[lone]], width, ROW_GAP)
    points[lone] = rows + np.array([left, bottom + 2 * MARGIN])


def _numbered(
    nodes: list[str],
    ranks: NDArray[np.int64],
    points: Points,
    community: NDArray[np.int64],
    circles: list[Circle],
) -> Drawing:
    """Return the drawing in whole pixels, its communities numbered by size and importance."""
    members: dict[int, list[int]] = {}
    for vertex in np.argsort(ranks, kind="stable"):
        members.setdefault(int(community[vertex]), []).append(int(vertex))
    order = sorted(members, key=lambda found: (-len(members[found]), ranks[members[found][0]]))
    number = {found: position for position, found in enumerate(order)}
    numbers = np.array([number[int(found)] for found in community], np.int64)
    spots = np.round(points).astype(np.int64)
    places = {
        nodes[v]: Place(int(spots[v, 0]), int(spots[v, 1]), int(numbers[v])) for v in np.argsort(ranks, kind="stable")
    }
    regions = []
    for found in order:
        if len(members[found]) >= NAMED:
            x, y, radius = (round(value) for value in circles[found])
            regions.append(Region(x, y, radius, tuple(nodes[v] for v in members[found])))
    return Drawing(places, regions, hues(spots.astype(np.float64), numbers))
