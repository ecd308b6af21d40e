"""Positions of nodes for the page, computed ahead so that it opens at once and always the same.

Each connected component is laid out by itself, by stress majorization from a Kamada-Kawai start. Then
the boxes of node and label are pushed apart, and the components are set side by side. Units are pixels
at zoom 1, y downwards.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

Point = tuple[float, float]
Box = tuple[float, float]
"""Width and height that a node takes with its label."""

EDGE_LENGTH = 135.0
ROOMY = 200
"""Components of more nodes than this get longer edges, so that clusters stand apart."""
LENGTH_POWER = 0.4
KK_ROUNDS = 3000
STRESS_WORK = 12_000
"""Rounds times nodes: small components get up to 60 rounds, and large ones, whose rounds cost more, fewer."""
STRETCH = 1.25
"""Names are wide and screens too: how much wider than high a unit is drawn."""
GAP = 14.0
ASPECT = 1.6


def positions(edges: Sequence[tuple[str, str]], boxes: Mapping[str, Box]) -> dict[str, tuple[int, int]]:
    """Return whole-pixel positions for every node of `boxes`; edges with other ends are left out."""
    import igraph

    nodes = sorted(boxes)
    index = {node: number for number, node in enumerate(nodes)}
    pairs = {(min(index[a], index[b]), max(index[a], index[b])) for a, b in edges if a in index and b in index}
    graph = igraph.Graph(len(nodes), sorted(pair for pair in pairs if pair[0] != pair[1]))
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
    random_numbers = random.Random(7)
    igraph.set_random_number_generator(random_numbers)
    try:
        laid = [_component(graph.induced_subgraph(part), [boxes[nodes[i]] for i in part]) for part in parts]
    finally:
        igraph.set_random_number_generator(random)
    corners = _pack([_size(points, [boxes[nodes[i]] for i in part]) for part, points in zip(parts, laid, strict=True)])
    result = {}
    for part, points, (left, top) in zip(parts, laid, corners, strict=True):
        for i, (x, y) in zip(part, points, strict=True):
            result[nodes[i]] = (round(left + x), round(top + y))
    return result


def _component(graph: object, boxes: list[Box]) -> list[Point]:
    """Return the points of one connected component, its upper left corner at the origin."""
    size = len(boxes)
    if size == 1:
        points = [(0.0, 0.0)]
    elif size == 2:
        points = [(0.0, 0.0), (EDGE_LENGTH, 0.0)]
    else:
        points = _apart(_level(_scaled(graph, _placed(graph))), boxes)
    left = min(x - w / 2 for (x, _), (w, _) in zip(points, boxes, strict=True))
    top = min(y - h / 2 for (_, y), (_, h) in zip(points, boxes, strict=True))
    return [(x - left, y - top) for x, y in points]


def _placed(graph: object) -> list[Point]:
    """Return a drawing by stress majorization, started from Kamada-Kawai.

    The wanted length of an edge grows with the neighbours its ends do not share, which spreads hubs
    (Gansner, Koren, North: Graph Drawing by Stress Majorization, 2004).
    """
    import numpy

    neighbours = [set(found) for found in graph.get_adjlist()]  # type: ignore[attr-defined]
    lengths = [len(neighbours[a] ^ neighbours[b]) ** LENGTH_POWER for a, b in graph.get_edgelist()]  # type: ignore[attr-defined]
    wanted = numpy.array(graph.distances(weights=lengths))  # type: ignore[attr-defined]
    numpy.fill_diagonal(wanted, 1.0)
    weights = wanted**-2
    numpy.fill_diagonal(weights, 0.0)
    total = weights.sum(axis=1)
    found = numpy.array(graph.layout_kamada_kawai(maxiter=KK_ROUNDS).coords)  # type: ignore[attr-defined]
    for _ in range(max(8, min(60, STRESS_WORK // len(neighbours)))):
        far_x, far_y = (found[:, None, axis] - found[None, :, axis] for axis in (0, 1))
        pull = weights * wanted / numpy.maximum(numpy.hypot(far_x, far_y), 1e-9)
        numpy.fill_diagonal(pull, 0.0)
        # Sums of products rather than a matrix product, whose order of addition varies with the machine's threads.
        moved = [
            (weights * found[None, :, axis] + pull * far).sum(axis=1) / total for axis, far in ((0, far_x), (1, far_y))
        ]
        found = numpy.stack(moved, axis=1)
    return [(float(x), float(y)) for x, y in found]


def _scaled(graph: object, points: list[Point]) -> list[Point]:
    """Scale so that the median edge has the wanted length."""
    lengths = sorted(math.dist(points[a], points[b]) for a, b in graph.get_edgelist())  # type: ignore[attr-defined]
    wanted = EDGE_LENGTH * max(1.0, min(1.4, math.sqrt(len(points) / ROOMY)))
    factor = wanted / (lengths[len(lengths) // 2] or 1.0)
    return [(x * factor, y * factor) for x, y in points]


def _level(points: list[Point]) -> list[Point]:
    """Turn so that the longest extent lies level, as screens do."""
    mean_x, mean_y = (math.fsum(p[axis] for p in points) / len(points) for axis in (0, 1))
    centred = [(x - mean_x, y - mean_y) for x, y in points]
    xx, yy, xy = (math.fsum(p[a] * p[b] for p in centred) for a, b in ((0, 0), (1, 1), (0, 1)))
    angle = -0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    return [((x * cos - y * sin) * STRETCH, x * sin + y * cos) for x, y in centred]


def _apart(points: list[Point], boxes: list[Box], rounds: int = 80) -> list[Point]:
    """Push overlapping boxes apart along the axis that needs the shorter way."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    cell_x, cell_y = (max(box[axis] for box in boxes) + GAP for axis in (0, 1))
    for _ in range(rounds):
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for i in range(len(points)):
            cells[int(xs[i] // cell_x), int(ys[i] // cell_y)].append(i)
        moved = False
        for (column, row), members in cells.items():
            near = [j for dx, dy in product((-1, 0, 1), repeat=2) for j in cells.get((column + dx, row + dy), ())]
            for i, j in product(members, near):
                if i < j:
                    moved |= _part(i, j, xs, ys, boxes)
        if not moved:
            break
    return list(zip(xs, ys, strict=True))


def _part(i: int, j: int, xs: list[float], ys: list[float], boxes: list[Box]) -> bool:
    over_x = (boxes[i][0] + boxes[j][0]) / 2 + GAP - abs(xs[i] - xs[j])
    over_y = (boxes[i][1] + boxes[j][1]) / 2 + GAP - abs(ys[i] - ys[j])
    if over_x <= 0 or over_y <= 0:
        return False
    if over_x < over_y:
        step = math.copysign(over_x / 2, xs[i] - xs[j])
        xs[i], xs[j] = xs[i] + step, xs[j] - step
    else:
        step = math.copysign(over_y / 2, ys[i] - ys[j])
        ys[i], ys[j] = ys[i] + step, ys[j] - step
    return True


def _size(points: list[Point], boxes: list[Box]) -> Box:
    width = max(x + w / 2 for (x, _), (w, _) in zip(points, boxes, strict=True))
    height = max(y + h / 2 for (_, y), (_, h) in zip(points, boxes, strict=True))
    return width, height


def _pack(sizes: list[Box]) -> list[Point]:
    """Return the upper left corner of each component: shelves under the largest, each filled first fit."""
    if not sizes:
        return []
    margin = 4 * GAP
    area = math.fsum((w + margin) * (h + margin) for w, h in sizes)
    limit = max(sizes[0][0], math.sqrt(area * ASPECT))
    shelves: list[Shelf] = []
    corners = []
    for width, height in sizes:
        shelf = next((one for one in shelves if one.left + width <= limit and height <= one.height), None)
        if shelf is None:
            top = shelves[-1].top + shelves[-1].height + margin if shelves else 0.0
            shelf = Shelf(top, height)
            shelves.append(shelf)
        corners.append((shelf.left, shelf.top))
        shelf.left += width + margin
    return corners


@dataclass
class Shelf:
    """A row of components: where it begins, how high its first one is, how far it is filled."""

    top: float
    height: float
    left: float = 0.0


class Place(NamedTuple):
    x: int
    y: int
    community: int


class Region(NamedTuple):
    x: int
    y: int
    radius: int
    members: tuple[str, ...]


class Drawing(NamedTuple):
    places: dict[str, Place]
    regions: list[Region]


def drawing(pairs: Mapping[tuple[str, str], float], boxes: Mapping[str, Box]) -> Drawing:
    import igraph

    if len(boxes) <= 400:
        return Drawing({n: Place(x, y, 0) for n, (x, y) in positions(list(pairs), boxes).items()}, [])
    nodes = sorted(boxes)
    index = {n: i for i, n in enumerate(nodes)}
    g = igraph.Graph(len(nodes), [(index[a], index[b]) for a, b in pairs])
    igraph.set_random_number_generator(random.Random(7))
    lay = g.layout_fruchterman_reingold(niter=200, grid=True)
    c = g.community_leiden(objective_function="modularity")
    f = math.sqrt(len(nodes)) * 80 / max(1, max(abs(v) for p in lay for v in p))
    return Drawing(
        {n: Place(round(lay[i][0] * f), round(lay[i][1] * f), c.membership[i]) for n, i in index.items()}, []
    )
