"""Nodes of a community spread over its disc: none covers another, and the important ones keep further apart.

At any zoom the map draws the most important nodes of what is seen. So the first k nodes of all keep a distance that
shrinks with k, as the samples of a progressive blue noise do, not only the last level that shows them all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.export.layout.shapes import Points

ROUNDS = 120
STEP = 0.45
"""Share of an overlap that each of the two is moved by; a half would part a lone pair at once."""
GOLDEN_ANGLE = 2.399963
LETTERS = 1.2
"""Names lie level, so nodes keep that much further apart sideways than one above the other."""


def spread(points: Points, areas: Points, radius: float) -> Points:
    """Return the points moved along their rays so that the nodes, `areas` large, fill the disc evenly."""
    # Nodes drawn on the same spot would stay together for ever.
    numbers = np.arange(len(points))
    nudge = np.stack([np.cos(GOLDEN_ANGLE * numbers), np.sin(GOLDEN_ANGLE * numbers)], axis=1)
    points = points + nudge * (np.abs(points).max() / len(points) / 10 + 1e-6)
    far = np.hypot(points[:, 0], points[:, 1])
    order = np.argsort(far, kind="stable")
    filled = np.cumsum(areas[order]) - areas[order] / 2
    wanted = np.empty(len(points))
    wanted[order] = radius * np.sqrt(filled / areas.sum())
    return np.asarray(points * (wanted / np.maximum(far, 1e-9))[:, None])


def spaced(points: Points, boxes: Points, levels: Sequence[tuple[int, float]], radius: float) -> Points:
    """Return the points pushed apart within a disc around the origin.

    `boxes` are width and height of each, most important first; `levels` say how many of the first keep what
    distance, the fewest first.
    """
    shape = np.array([LETTERS, 1 / LETTERS])
    for round_number in range(ROUNDS):
        before = points
        for count, distance in levels:
            halves = np.broadcast_to(distance / 2 * shape, (count, 2))
            points = np.concatenate([points[:count] + _pushes(points[:count], halves), points[count:]])
        points = points + _pushes(points, boxes / 2)
        points = _within(points, boxes, radius)
        if np.abs(points - before).max() < 0.5:
            break
    return points


def _within(points: Points, boxes: Points, radius: float) -> Points:
    far = np.hypot(points[:, 0], points[:, 1])
    most = np.maximum(radius - boxes.min(axis=1) / 2, 0.0)
    return np.asarray(points * np.minimum(1.0, most / np.maximum(far, 1e-9))[:, None])


def _pushes(points: Points, halves: Points) -> Points:
    """Return the moves that part overlapping ellipses of these half axes."""
    first, second = near_pairs(points, halves)
    room = halves[first] + halves[second]
    away = (points[first] - points[second]) / room
    far = np.hypot(away[:, 0], away[:, 1])
    over = np.maximum(1.0 - far, 0.0) * STEP
    moves = away / np.maximum(far, 1e-9)[:, None] * over[:, None] * room
    count = len(points)
    return np.stack(
        [np.bincount(first, moves[:, i], count) - np.bincount(second, moves[:, i], count) for i in (0, 1)], axis=1
    )


def near_pairs(points: Points, halves: Points) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs whose boxes may overlap, in a fixed order."""
    from scipy.spatial import cKDTree

    if len(points) < 2:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    found = cKDTree(points / (2 * halves.max(axis=0))).query_pairs(1.0, p=np.inf, output_type="ndarray")
    found = found[np.lexsort((found[:, 1], found[:, 0]))]
    return found[:, 0], found[:, 1]
