"""The records that the layout takes and returns. Units are pixels at zoom 1, y downwards."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""A row a node: x and y."""
Box = tuple[float, float]
"""Width and height that a node takes with its label."""
Circle = tuple[float, float, float]
"""Middle (x, y) and radius."""

ASPECT = 1.6
"""How much wider than high a drawing of many parts is made, as screens are."""


class Place(NamedTuple):
    """Where a node stands, in whole pixels, and its community, numbered from 0, the largest first."""

    x: int
    y: int
    community: int


class Region(NamedTuple):
    """The circle of a community; `members` are its nodes, the most important first."""

    x: int
    y: int
    radius: int
    members: tuple[str, ...]


class Drawing(NamedTuple):
    """A place for every node, and the regions of communities of some size in the order of their numbers.

    `hues` has the number of a colour for every community; those side by side differ.
    """

    places: dict[str, Place]
    regions: list[Region]
    hues: list[int]


class Piece(NamedTuple):
    """A connected component as laid out by itself, around the origin.

    `points` has a row for every vertex and `communities` its number; `circles` are those of the communities (x, y,
    radius), which in a map do not overlap.
    """

    points: Points
    communities: list[int]
    circles: list[Circle]
