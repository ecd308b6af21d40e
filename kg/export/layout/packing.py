"""Pieces set side by side: around the middle, the largest first, each at the nearest free spot."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.export.layout.shapes import ASPECT, Box, Circle, Points

CELLS = 60_000
"""Into how many cells the area of all pieces is divided at most."""
FINEST = 12.0
"""Pixels of a cell at least."""


def packed(sizes: Sequence[Box], taken: Sequence[Circle]) -> Points:
    """Return the middles of rectangles around the origin, outside of the circles already taken (x, y, radius).

    Rectangles are placed in the order given, those of one size together.
    """
    if not sizes:
        return np.zeros((0, 2))
    area = math.fsum(w * h for w, h in sizes)
    area += math.fsum(math.pi * r * r for _, _, r in taken)
    cell = max(FINEST, math.sqrt(area / CELLS))
    reach = max([math.hypot(x / ASPECT, y) + r for x, y, r in taken], default=0.0)
    reach = math.sqrt(reach**2 + area / ASPECT) + max(max(size) for size in sizes)
    rows, columns = (2 * math.ceil(side * reach / cell) + 1 for side in (1.0, ASPECT))
    used = _taken(taken, rows, columns, cell)
    order = _from_the_middle(rows, columns)
    found = np.zeros((len(sizes), 2))
    cells = [(math.ceil(h / cell), math.ceil(w / cell)) for w, h in sizes]
    spots: NDArray[np.int64] = np.zeros((0, 2), np.int64)
    at = 0
    for number, (high, wide) in enumerate(cells):
        if number == 0 or cells[number - 1] != (high, wide):
            spots, at = _free(used, order, high, wide), 0
        while used[spots[at][0] : spots[at][0] + high, spots[at][1] : spots[at][1] + wide].any():
            at += 1
        row, column = spots[at]
        used[row : row + high, column : column + wide] = True
        found[number] = ((column + wide / 2 - columns / 2) * cell, (row + high / 2 - rows / 2) * cell)
    return found


def _taken(taken: Sequence[Circle], rows: int, columns: int, cell: float) -> NDArray[np.bool_]:
    used = np.zeros((rows, columns), np.bool_)
    ys = (np.arange(rows) + 0.5 - rows / 2) * cell
    xs = (np.arange(columns) + 0.5 - columns / 2) * cell
    for x, y, radius in taken:
        used |= (xs[None, :] - x) ** 2 + (ys[:, None] - y) ** 2 < (radius + cell) ** 2
    return used


def _from_the_middle(rows: int, columns: int) -> NDArray[np.int64]:
    """Return the numbers of all cells so that the first ones make a rectangle with round corners."""
    ys = np.abs(np.arange(rows) - rows // 2)[:, None] * ASPECT
    xs = np.abs(np.arange(columns) - columns // 2)[None, :]
    return np.argsort((xs**4 + ys**4).ravel(), kind="stable")


def _free(used: NDArray[np.bool_], order: NDArray[np.int64], high: int, wide: int) -> NDArray[np.int64]:
    """Return the upper left cells of the free rectangles of a size, those nearest to the middle first."""
    rows, columns = used.shape
    sums = np.zeros((rows + 1, columns + 1), np.int32)
    sums[1:, 1:] = used.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    inside = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    free = np.zeros(used.shape, np.bool_)
    up, left = high // 2, wide // 2
    free[up : up + inside.shape[0], left : left + inside.shape[1]] = inside == 0
    spots = order[free.ravel()[order]]
    return np.stack([spots // columns - up, spots % columns - left], axis=1)


def shelved(sizes: Sequence[Box], width: float, gap: float) -> Points:
    """Return the middles of rectangles in rows from the origin, none wider than `width` but for a single one."""
    found = np.zeros((len(sizes), 2))
    left = top = highest = 0.0
    for number, (wide, high) in enumerate(sizes):
        if left and left + wide > width:
            left, top, highest = 0.0, top + highest + gap, 0.0
        found[number] = (left + wide / 2, top + high / 2)
        left, highest = left + wide + gap, max(highest, high)
    return found
