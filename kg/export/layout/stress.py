"""A small connected component drawn by stress majorization from a Kamada-Kawai start, its boxes pushed apart."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from kg.export.layout.shapes import Box

if TYPE_CHECKING:
    import igraph

Point = tuple[float, float]

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


def drawn(graph: igraph.Graph, boxes: list[Box]) -> list[Point]:
    """Return the points of a connected graph, the upper left corner of its boxes at the origin."""
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


def _placed(graph: igraph.Graph) -> list[Point]:
    """Return a drawing by stress majorization, started from Kamada-Kawai.

    The wanted length of an edge grows with the neighbours its ends do not share, which spreads hubs
    (Gansner, Koren, North: Graph Drawing by Stress Majorization, 2004).
    """
    import numpy

    neighbours = [set(found) for found in graph.get_adjlist()]
    lengths = [len(neighbours[a] ^ neighbours[b]) ** LENGTH_POWER for a, b in graph.get_edgelist()]
    wanted = numpy.array(graph.distances(weights=lengths))
    numpy.fill_diagonal(wanted, 1.0)
    weights = wanted**-2
    numpy.fill_diagonal(weights, 0.0)
    total = weights.sum(axis=1)
    found = numpy.array(graph.layout_kamada_kawai(maxiter=KK_ROUNDS).coords)
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


def _scaled(graph: igraph.Graph, points: list[Point]) -> list[Point]:
    """Scale so that the median edge has the wanted length."""
    lengths = sorted(math.dist(points[a], points[b]) for a, b in graph.get_edgelist())
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
