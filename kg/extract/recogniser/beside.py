"""What neighbouring units, two or three of them, add to the labels of one: weights looked up by number, all at once.

The strings that these weights have in the trained file are those of `FeatureMaker.joint` and `either_side`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from kg.extract.recogniser.crf import Crf
from kg.extract.recogniser.units import Unit

KINDS = ("tt+", "tt-", "ttt", "ww+", "ww-", "w-+", "cc+", "cc-")
"""Beginnings of the strings: tags, forms or clusters, of the unit and the next, the one before, or both."""
GLUED = "g"
"""End of a "tt+" string where no space stands between the two; a feature of its own is this or its capital."""
EDGE = 0
"""The number of what stands between sentences, as a form, a tag and a cluster."""
UNKNOWN = (1 << 20) - 1
"""The number of a form or tag that no weight knows; all are less."""


class Beside:
    """Scores of units by the forms, tags and clusters of their neighbours, and by the spaces before them."""

    def __init__(self, weights: Crf, clusters: Mapping[tuple[str, str], Sequence[int]]) -> None:
        self._clusters, self._states = clusters, weights.states
        self._forms: dict[str, int] = {}
        self._tags = {"^": EDGE, "$": EDGE}
        self._spaces = [weights.rows.get(name, 0) for name in (GLUED.upper(), GLUED)]
        found: dict[int, int] = {}
        for name, row in weights.rows.items():
            if (kind := name[:3]) in KINDS:
                found |= {_key(KINDS.index(kind), *numbers): row for numbers in self._parsed(kind, name[3:])}
        self._keys = np.array(sorted(found), dtype=np.int64)
        self._rows = np.array([found[key] for key in sorted(found)], dtype=np.int64)

    def numbers(self, unit: Unit) -> tuple[int, int, int]:
        """Return the numbers of the form, tag and cluster of a unit."""
        form, tag = unit.form, unit.tag
        clusters = self._clusters.get((form, tag))
        return self._forms.get(form, UNKNOWN), self._tags.get(tag, UNKNOWN), clusters[1] + 1 if clusters else EDGE

    def __call__(self, numbers: Any, glued: Any) -> Any:
        """Return what neighbours add to the labels of units in a row, without the first and the last.

        `numbers`, shape (units, 3), are those of `numbers` or EDGE, `glued`, shape (units,), is 1 for units without a
        space before them; the scores have the shape (units - 2, labels).
        """
        (f0, t0, c0), (f1, t1, c1), (f2, t2, c2) = numbers[:-2].T, numbers[1:-1].T, numbers[2:].T
        asked = ((t1, t2, glued[2:]), (t0, t1), (t0, t1, t2), (f1, f2), (f0, f1), (f0, f2), (c1, c2), (c1, c0))
        keys = np.array([_key(kind, *parts) for kind, parts in enumerate(asked)])
        places = np.searchsorted(self._keys[:-1], keys)
        rows = np.where(self._keys[places] == keys, self._rows[places], 0)
        return self._states[rows].sum(axis=0) + self._states[self._spaces][glued[1:-1]]

    def _parsed(self, kind: str, said: str) -> Iterator[tuple[int, ...]]:
        """Yield the numbers that a string may stand for: several where a form holds the sign that divides them."""
        if kind[0] == "w":
            for at in (at for at, char in enumerate(said) if char == "|"):
                yield self._form(said[:at]), self._form(said[at + 1 :])
        elif kind[0] == "c":
            first, second = map(int, said.split("|"))
            yield first + 1, second + 1
        else:
            tags = [self._tags.setdefault(tag, len(self._tags)) for tag in said.removesuffix(GLUED).split("|")]
            yield (*tags, int(said.endswith(GLUED))) if kind == "tt+" else tuple(tags)

    def _form(self, form: str) -> int:
        return self._forms.setdefault(form, len(self._forms) + 1)


def _key(kind: int, first: Any, second: Any, third: Any = 0) -> Any:
    """Return numbers less than a million, or arrays of them, as one."""
    return kind << 60 | first << 40 | second << 20 | third
