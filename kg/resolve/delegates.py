"""A few members that speak for many, so that thousands need no comparison of all with all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")

DELEGATES = 8
"""Members that speak for a cluster of appearances whose members are settled, or for a group of copies."""


def delegates(cluster: Sequence[Item], most: int = DELEGATES) -> list[Item]:
    """Return up to `most` members, evenly spread over the cluster's order."""
    if len(cluster) <= most:
        return list(cluster)
    return [cluster[round(at * (len(cluster) - 1) / (most - 1))] for at in range(most)]
