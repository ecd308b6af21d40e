"""Probabilities of the relations between the pairs of a sentence, by the trained weights."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kg.extract.classifier.features import pair_strings
from kg.extract.classifier.pairs import End, pairs
from kg.extract.classifier.views import LETTERS, NameView, SentenceView
from kg.extract.classifier.weights import Weights

NONE = "none"
"""The label of a pair that a sentence relates in no way."""
FORWARD, BACKWARD = ">", "<"
"""Ends of the other labels: whether the name that stands first is the subject or the object."""

Framed = Mapping[tuple[str, str], Sequence[tuple[str, float]]]
"""Readings of frames by the entities (first, second) of a pair: labels with the frames' scores."""
Numbered = Mapping[tuple[str, str], Sequence[tuple[int, str]]]
"""The same over a whole article: numbers of sentences with the labels read there."""


def labels_of(label: str) -> tuple[str, str]:
    """Return the relation and the way round that a label stands for."""
    return label[:-1], label[-1]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of ends with its features: those of either name, once for all their pairs, and its own."""

    first: End
    second: End
    code: str
    shared: tuple[tuple[int, str], tuple[int, str]]
    own: list[str]


class SentencePairs:
    """The pairs of one sentence (0 is the title); `views` holds the features of each name by its number and role."""

    def __init__(
        self,
        view: SentenceView,
        named: Sequence[End],
        supplied: Sequence[End],
        allowed: frozenset[tuple[str, str]],
        framed: Framed,
        every: Numbered,
        number: int,
    ) -> None:
        self.view, self.number = view, number
        self.names: dict[End, int] = {}
        self.places: list[NameView] = []
        self.views: dict[tuple[int, str], list[str]] = {}
        self.found = [
            self._pair(first, second, between, framed, every)
            for first, second, between in pairs(named, supplied, allowed)
        ]

    def _pair(self, first: End, second: End, between: Sequence[str], framed: Framed, every: Numbered) -> Pair:
        left, right = self._name(first, "1"), self._name(second, "2")
        key = first.entity, second.entity
        own = pair_strings(
            self.view,
            self.places[left],
            self.places[right],
            between,
            framed.get(key, ()),
            sorted({label for number, label in every.get(key, ()) if number != self.number}),
        )
        if self.number == 0:
            own.append("title")
        return Pair(first, second, LETTERS[first.type] + LETTERS[second.type], ((left, "1"), (right, "2")), own)

    def _name(self, end: End, role: str) -> int:
        number = self.names.get(end)
        if number is None:
            number = self.names[end] = len(self.places)
            self.places.append(NameView(self.view, end))
        if (number, role) not in self.views:
            self.views[number, role] = self.places[number].strings(self.view, role)
        return number

    def strings(self) -> Iterator[tuple[Pair, list[str]]]:
        """Yield each pair with all its features, as the weights name them."""
        for pair in self.found:
            plain = [name for key in pair.shared for name in self.views[key]] + pair.own
            yield pair, [*plain, *(f"{pair.code}|{name}" for name in plain)]


class Scorer:
    """Scores the pairs of sentences by weights; features count alone and together with the types of the two ends.

    `_rows[number, column]` is the row that a feature has in the weights alone (column 0) and with each two types: the
    last row, which is zero, where it has none, as it has with types that the weights do not know (the last column). The
    last number has no row at all.
    """

    def __init__(self, weights: Weights) -> None:
        nothing = np.zeros((1, len(weights.labels)), dtype=weights.matrix.dtype)
        # Features are looked up in the tables below; the names they are made of would lie in memory twice.
        self.weights = replace(weights, rows={}, matrix=np.concatenate((weights.matrix, nothing)))
        self._numbers: dict[str, int] = {}
        self._columns: dict[str, int] = {"": 0}
        numbers, columns = array("i"), array("i")
        for name in weights.rows:
            code = name[:2] if name[2:3] == "|" and name[:2].isupper() and "|" not in name[:2] else ""
            plain = name[3:] if code else name
            numbers.append(self._numbers.setdefault(plain, len(self._numbers)))
            columns.append(self._columns.setdefault(code, len(self._columns)))
        self._rows = np.full((len(self._numbers) + 1, len(self._columns) + 1), len(weights.matrix), dtype=np.int32)
        self._rows[numbers, columns] = np.fromiter(weights.rows.values(), dtype=np.int32)

    def __call__(self, sentences: Sequence[SentencePairs]) -> Any:
        """Return the scores of the pairs of sentences, in a row, shape (pairs, labels), bias left out."""
        sums = _Sums()
        places: list[list[int]] = []
        for sentence in sentences:
            known = {key: self._known(names) for key, names in sentence.views.items()}
            seen: dict[tuple[str, tuple[int, str]], int] = {}
            for pair in sentence.found:
                column = self._columns.get(pair.code, -1)
                place = [sums.add(self._known(pair.own), column)]
                for key in pair.shared:
                    shared = seen.get((pair.code, key))
                    if shared is None:
                        shared = seen[pair.code, key] = sums.add(known[key], column)
                    place.append(shared)
                places.append(place)
        if not places:
            return np.zeros((0, len(self.weights.labels)))
        return self._added(sums)[places].sum(axis=1) * self.weights.scale

    def _known(self, names: Iterable[str]) -> list[int]:
        number_of = self._numbers.get
        return [number for name in names if (number := number_of(name)) is not None]

    def _added(self, sums: _Sums) -> Any:
        """Return the sums, shape (sums, labels)."""
        numbers, matrix = np.array(sums.numbers), self.weights.matrix
        alone, typed = self._rows[numbers, 0], self._rows[numbers, np.array(sums.columns)]
        kind = np.int32 if matrix.dtype == np.int8 else matrix.dtype
        added = [np.add.reduceat(matrix[rows], sums.starts, dtype=kind) for rows in (alone, typed)]
        return added[0] + added[1]


class _Sums:
    """Lists of the numbers of features to be added up, one after another, each with the column of two types."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.columns: list[int] = []
        self.starts: list[int] = []

    def add(self, numbers: Sequence[int], column: int) -> int:
        """Take a list in, and return its place."""
        self.starts.append(len(self.numbers))
        self.numbers.append(-1)  # an empty list would take the first number of the next
        self.numbers += numbers
        self.columns += [column] * (len(numbers) + 1)
        return len(self.starts) - 1
