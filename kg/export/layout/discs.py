"""Where the discs of communities lie: tied ones side by side, none overlapping, the whole compact."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.export.layout.shapes import Points

TIED = 0.5
"""How far a disc may lie from the middle to be nearer to those it is tied to, as a share of what it gains."""
SLACK = 1e-6
ANGLES = np.arange(8) * math.pi / 4


def disc_centres(radii: Sequence[float], ties: Sequence[Mapping[int, float]], gap: float, aspect: float) -> Points:
    """Return the centre of each disc, the middle of all at the origin; `ties` hold the weight to each other disc.

    The largest comes first, each next one touches two of those placed, where it is nearest to the middle and to
    those it is tied to. `aspect` is how much wider than high the whole shall be.
    """
    sizes = np.array(radii) + gap / 2
    centres = np.zeros((len(sizes), 2))
    order = sorted(range(len(sizes)), key=lambda number: (-sizes[number], number))
    for count, number in enumerate(order[1:], start=1):
        placed = np.array(order[:count])
        weights = np.array([ties[number].get(int(other), 0.0) for other in placed]) / np.sqrt(sizes[placed])
        centres[number] = _best(centres[placed], sizes[placed], float(sizes[number]), weights, aspect)
    return np.asarray(centres - _middle(centres, sizes))


def _middle(centres: Points, sizes: NDArray[np.float64]) -> Points:
    return np.asarray((centres * sizes[:, None] ** 2).sum(axis=0) / (sizes**2).sum())


def _best(
    centres: Points, sizes: NDArray[np.float64], size: float, weights: NDArray[np.float64], aspect: float
) -> Points:
    """Return the best free spot of a disc beside those placed."""
    spots = _touching_two(centres, sizes + size)
    if len(sizes) < 3:
        ring = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)
        spots = np.concatenate([spots, *(c + (s + size) * ring for c, s in zip(centres, sizes, strict=True))])
    far = np.hypot(spots[:, None, 0] - centres[None, :, 0], spots[:, None, 1] - centres[None, :, 1])
    free = (far > (sizes + size) * (1 - SLACK)).all(axis=1)
    spots, far = spots[free], far[free]
    away = (spots - _middle(centres, sizes)) * np.array([1.0, aspect])
    cost = np.hypot(away[:, 0], away[:, 1])
    if weights.any():
        cost = cost + TIED * ((far - sizes - size) * weights).sum(axis=1) / weights.sum()
    # Rounded, so that the last bits of a sum do not choose between spots as good.
    return np.asarray(spots[np.argmin(np.round(cost / size, 6))])


def _touching_two(centres: Points, reach: NDArray[np.float64]) -> Points:
    """Return the points at the given distances from two of the centres each."""
    first, second = np.triu_indices(len(centres), 1)
    between = centres[second] - centres[first]
    far = np.hypot(between[:, 0], between[:, 1])
    near = far < reach[first] + reach[second]
    first, second, between, far = first[near], second[near], between[near], far[near]
    along = (far**2 + reach[first] ** 2 - reach[second] ** 2) / (2 * far)
    aside = np.sqrt(np.maximum(reach[first] ** 2 - along**2, 0.0))
    unit = between / far[:, None]
    foot = centres[first] + unit * along[:, None]
    across = np.stack([-unit[:, 1], unit[:, 0]], axis=1) * aside[:, None]
    return np.concatenate([foot + across, foot - across])
