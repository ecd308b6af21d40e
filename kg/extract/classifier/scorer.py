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

    `_rows[number, column]` is the row that a feature has in the weights alone (column 0) and with each two types, -1
    where it has none, as it has with types that the weights do not know (the last column).
    """

    def __init__(self, weights: Weights) -> None:
        # Features are looked up in the tables below; the names they are made of would lie in memory twice.
        self.weights = replace(weights, rows={})
        self._numbers: dict[str, int] = {}
        self._columns: dict[str, int] = {"": 0}
        numbers, columns = array("i"), array("i")
        for name in weights.rows:
            code = name[:2] if name[2:3] == "|" and name[:2].isupper() and "|" not in name[:2] else ""
            plain = name[3:] if code else name
            numbers.append(self._numbers.setdefault(plain, len(self._numbers)))
            columns.append(self._columns.setdefault(code, len(self._columns)))
        self._rows = np.full((len(self._numbers), len(self._columns) + 1), -1, dtype=np.int32)
        self._rows[numbers, columns] = np.fromiter(weights.rows.values(), dtype=np.int32)

    def __call__(self, sentence: SentencePairs) -> Iterator[tuple[Pair, Any]]:
        """Yield each pair of a sentence with its scores, shape (labels,), bias left out."""
        known = {key: self._known(names) for key, names in sentence.views.items()}
        parts: dict[tuple[str, tuple[int, str]], Any] = {}
        for pair in sentence.found:
            total = self._sum(pair.code, self._known(pair.own))
            for key in pair.shared:
                part = parts.get((pair.code, key))
                if part is None:
                    part = parts[pair.code, key] = self._sum(pair.code, known[key])
                total = total + part
            yield pair, total

    def _known(self, names: Iterable[str]) -> list[int]:
        number_of = self._numbers.get
        return [number for name in names if (number := number_of(name)) is not None]

    def _sum(self, code: str, numbers: Sequence[int]) -> Any:
        found = self._rows[numbers]
        rows = np.concatenate((found[:, 0], found[:, self._columns.get(code, -1)]))
        return self.weights.matrix[rows[rows >= 0]].sum(axis=0)
