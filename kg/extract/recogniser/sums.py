"""What features add to the labels of units, summed once for whatever they depend on alone, and kept."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np

from kg.extract.recogniser.crf import Crf


class Kept:
    """Sums by key: `table[place, view]` are the scores, shape (labels,), of a key's views; those of place 0 are zero.

    At most `most` keys are kept; `make_room` empties it when there might be more. The sums of keys that were added are
    in the table after `settle`, all at once, as a call of numpy takes as long as a dozen sums.
    """

    def __init__(self, weights: Crf, views: int, most: int) -> None:
        self.places: dict[Hashable, int] = {}
        self.table: Any = np.zeros((most, views, len(weights.labels)))
        self._weights, self._most = weights, most
        self._coming: list[Iterable[str]] = []

    def add(self, key: Hashable, views: Iterable[Iterable[str]]) -> int:
        """Return the place of a key not kept yet, given the features of its views."""
        place = self.places[key] = len(self.places) + 1
        self._coming += views
        return place

    def settle(self) -> Any:
        """Return the table with the sums of all keys that were added."""
        if self._coming:
            found = sums(self._weights, self._coming)
            count, last = len(found) // self.table.shape[1], len(self.places) + 1
            self.table[last - count : last] = found.reshape(count, *self.table.shape[1:])
            self._coming.clear()
        return self.table

    def make_room(self, coming: int) -> None:
        """Forget all keys unless so many more fit in."""
        if len(self.places) + coming >= self._most:
            self.places.clear()


def sums(weights: Crf, rows: Iterable[Iterable[str]]) -> Any:
    """Return what lists of features add to the labels, shape (lists, labels)."""
    number_of = weights.rows.get
    numbers: list[int] = []
    starts = []
    for row in rows:
        starts.append(len(numbers))
        numbers.append(0)  # an empty list would take the first number of the next
        numbers += filter(None, map(number_of, row))
    return np.add.reduceat(weights.states[numbers], starts)
