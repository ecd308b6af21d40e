"""Colours of communities: neighbours differ."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.export.layout.hues import HUES, hues

NOTHING = np.zeros((0, 2))


def tiles(columns: int, rows: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the points of square communities side by side, nine nodes each, numbered along the rows."""
    points, numbers = [], []
    for number in range(columns * rows):
        row, column = divmod(number, columns)
        for inner in range(9):
            points.append((column * 100 + 30 * (inner % 3), row * 100 + 30 * (inner // 3)))
            numbers.append(number)
    return np.array(points, np.float64), np.array(numbers, np.int64)


def test_no_nodes_have_no_colours() -> None:
    assert hues(NOTHING, np.zeros(0, np.int64)) == []


def test_the_largest_have_a_colour_each() -> None:
    points = np.array([(number * 50.0, 0.0) for number in range(HUES)])
    assert hues(points, np.arange(HUES)) == list(range(HUES))


@given(columns=st.integers(1, 9), rows=st.integers(1, 12))
def test_colours_side_by_side_differ(columns: int, rows: int) -> None:
    found = hues(*tiles(columns, rows))
    assert len(found) == columns * rows
    assert set(found) <= set(range(HUES))
    for number in range(columns * rows):
        row, column = divmod(number, columns)
        beside = [number + 1] * (column + 1 < columns) + [number + columns] * (row + 1 < rows)
        assert found[number] not in [found[other] for other in beside]


def test_eight_colours_in_turn_would_lie_above_one_another() -> None:
    found = hues(*tiles(8, 2))
    assert found[:8] == list(range(8))
    assert all(found[number] != found[number + 8] for number in range(8))


def test_more_mixed_parts_than_colours_share_with_those_they_touch_least() -> None:
    points = np.array([(column * 10.0, row * 10.0) for row in range(30) for column in range(30)])
    numbers = np.arange(900) % (HUES + 3)
    found = hues(points, numbers)
    assert sorted(set(found)) == list(range(HUES))
    assert found == hues(points, numbers)
