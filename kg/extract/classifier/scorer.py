"""Probabilities of the relations between the pairs of a sentence, by the trained weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

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
    """Scores the pairs of sentences by weights; features count alone and together with the types of the two ends."""

    def __init__(self, weights: Weights) -> None:
        # Features are looked up in the tables below; the names they are made of would lie in memory twice.
        self.weights = replace(weights, rows={})
        self._general: dict[str, int] = {}
        self._typed: dict[str, dict[str, int]] = {}
        for name, row in weights.rows.items():
            code = name[:2]
            if name[2:3] == "|" and code.isupper() and "|" not in code:
                self._typed.setdefault(code, {})[name[3:]] = row
            else:
                self._general[name] = row

    def __call__(self, sentence: SentencePairs) -> Iterator[tuple[Pair, Any]]:
        """Yield each pair of a sentence with its scores, shape (labels,), bias left out."""
        parts: dict[tuple[str, tuple[int, str]], Any] = {}
        for pair in sentence.found:
            total = self._sum(pair.code, pair.own)
            for key in pair.shared:
                part = parts.get((pair.code, key))
                if part is None:
                    part = parts[pair.code, key] = self._sum(pair.code, sentence.views[key])
                total = total + part
            yield pair, total

    def _sum(self, code: str, names: Iterable[str]) -> Any:
        general, typed = self._general.get, self._typed.get(code, {}).get
        rows = [row for name in names if (row := general(name)) is not None]
        rows += [row for name in names if (row := typed(name)) is not None]
        return self.weights.matrix[rows].sum(axis=0)
