"""Pieces set side by side: around the middle, the largest first, each at the nearest free spot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from kg.export.layout.shapes import ASPECT, Box, Circle, Points

FINENESS = 2
"""Cells in the height of a middling rectangle."""


def packed(sizes: Sequence[Box], taken: Sequence[Circle]) -> Points:
    """Return the middles of rectangles around the origin, outside of the circles already taken (x, y, radius).

    Rectangles are placed in the order given, to the cell of a grid; their sizes are rounded up to whole cells.
    """
    if not sizes:
        return np.zeros((0, 2))
    cell = float(np.median([high for _, high in sizes])) / FINENESS
    cells = [(math.ceil(h / cell), math.ceil(w / cell)) for w, h in sizes]
    area = math.fsum(high * wide * cell**2 for high, wide in cells)
    area += math.fsum(math.pi * r * r for _, _, r in taken)
    reach = max([math.hypot(x / ASPECT, y) + r for x, y, r in taken], default=0.0)
    reach = math.sqrt(reach**2 + area / ASPECT) + max(max(size) for size in sizes)
    rows, columns = (2 * math.ceil(side * reach / cell) + 1 for side in (1.0, ASPECT))
    used = _taken(taken, rows, columns, cell)
    found = np.zeros((len(sizes), 2))
    at = 0
    for (high, wide), alike in groupby(cells):
        many = len(list(alike))
        spots = iter(_free(used, high, wide, many))
        for number in range(at, at + many):
            row, column = next(
                (row, column) for row, column in spots if not used[row : row + high, column : column + wide].any()
            )
            used[row : row + high, column : column + wide] = True
            found[number] = ((column + wide / 2 - columns / 2) * cell, (row + high / 2 - rows / 2) * cell)
        at += many
    return found


def _taken(taken: Sequence[Circle], rows: int, columns: int, cell: float) -> NDArray[np.bool_]:
    used = np.zeros((rows, columns), np.bool_)
    ys = (np.arange(rows) + 0.5 - rows / 2) * cell
    xs = (np.arange(columns) + 0.5 - columns / 2) * cell
    for x, y, radius in taken:
        used |= (xs[None, :] - x) ** 2 + (ys[:, None] - y) ** 2 < (radius + cell) ** 2
    return used


def _free(used: NDArray[np.bool_], high: int, wide: int, many: int) -> NDArray[np.int64]:
    """Return upper left cells of free rectangles of a size, first those that reach least far out, enough for so many.

    Far is measured so that all rectangles together make a large one with round corners.
    """
    rows, columns = used.shape
    sums = np.zeros((rows + 1, columns + 1), np.int32)
    sums[1:, 1:] = used.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    inside = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    spots = np.flatnonzero(inside == 0)
    down, right = (
        (np.abs(np.arange(count) + (size - whole) / 2) + size / 2) ** 4
        for count, size, whole in zip(inside.shape, (high, wide), used.shape, strict=True)
    )
    out = (down[:, None] * ASPECT**4 + right[None, :]).ravel()[spots]
    # A rectangle once placed lies in the way of fewer than four times its cells.
    enough = 4 * high * wide * many
    if enough < len(spots):
        nearest = out <= np.partition(out, enough)[enough]
        spots, out = spots[nearest], out[nearest]
    return np.stack(np.divmod(spots[np.argsort(out, kind="stable")], inside.shape[1]), axis=1)


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
