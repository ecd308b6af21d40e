"""The units the recogniser labels: Kiwi's morphemes, split where a name can end inside one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from kg.lang.ko.morphemes import Morpheme

PARTICLE_ENDS = tuple("은는이가을를의도와과로만에")
CACHED = 100_000
"""Nouns kept in the cache."""
DOTS = "·ㆍᆞ‧・"
HEADS = ("회장", "원장", "처장", "청장", "실장", "서장", "소장", "국장", "관장", "센터장", "본부장")
"""Titles whose first syllables end the name of a body written before them."""
FULL_NAME = 3
"""Syllables of a Korean name with its surname."""
HONORIFIC = "씨"
ANONYMOUS = "모"
"""Stands for a given name that the text withholds (박모 씨); KLUE-NER marks the surname alone."""
SHORT = (HONORIFIC, ANONYMOUS)
"""What may follow a surname of one syllable: 후씨, 박모(39)."""
_DOT = re.compile(rf"[{DOTS}]")
_HANGUL = re.compile(r"[가-힣]{2,}")


class Unit(NamedTuple):
    """A labelled unit: surface offsets in the text, form and tag; `glued` when no space stands before it."""

    form: str
    tag: str
    start: int
    end: int
    glued: bool


def with_next(units: Sequence[Unit]) -> Iterator[tuple[Unit, Unit | None]]:
    """Return each unit with the one after it, None after the last."""
    return zip_longest(units, units[1:])


class Splitter:
    """Turns morphemes into units.

    `known` holds the (form, tag) pairs of the analyser's lexicon; a noun it lacks may hide a particle or one of
    `tails` (지역, 씨), and so may a known one that begins with one of `places` (중국판, 미국인). `pairs` are nouns of
    one-syllable country names, each a name of its own (남북). Middle dots stand alone (한·미), and the 장 after a
    body's name does (경찰청장 of 대구지방경찰청장). Three syllables that begin with one of `surnames` are a whole name
    (이준호): of 6,800 such names in news, five in a hundred end like a particle, and hardly any has two syllables.
    """

    def __init__(
        self,
        known: Mapping[tuple[str, str], Any],
        pairs: Sequence[str],
        tails: Sequence[str],
        places: Collection[str],
        surnames: Collection[str],
    ) -> None:
        self._known, self._pairs, self._places = known, frozenset(pairs), frozenset(places)
        self._surnames = frozenset(surnames)
        self._tails = (*sorted((*tails, *SHORT), key=lambda tail: (-len(tail), tail)), *PARTICLE_ENDS)
        self._cuts: dict[tuple[str, str, bool], int] = {}

    def __call__(self, morphemes: Sequence[Morpheme]) -> Iterator[list[Unit]]:
        """Yield the units of each sentence."""
        current: list[Unit] = []
        number, last_end = None, -1
        for morpheme in morphemes:
            if morpheme.sentence != number and current:
                yield current
                current = []
            number = morpheme.sentence
            glued = morpheme.start <= last_end and bool(current)
            form, tag, start, end, _ = morpheme
            last_end = max(last_end, end)
            if tag[:2] != "NN" or end - start != len(form) or len(form) < 2:
                current.append(Unit(form, tag, start, end, glued))
            else:
                current += self._split(morpheme, glued)
        if current:
            yield current

    def _split(self, morpheme: Morpheme, glued: bool) -> list[Unit]:
        """Return the units of a noun of several characters, each written as in its form."""
        form, tag, start, end, _ = morpheme
        if form in self._pairs:
            return [Unit(char, tag, start + at, start + at + 1, glued or at > 0) for at, char in enumerate(form)]
        if _DOT.search(form):
            parts = [(m[0], m.start()) for m in re.finditer(rf"{_DOT.pattern}|[^{DOTS}]+", form)]
            units = [Unit(p, "SP" if p in DOTS else tag, start + at, start + at + len(p), at > 0) for p, at in parts]
            return [units[0]._replace(glued=glued), *units[1:]]
        key = form, tag, glued
        cut = self._cuts.get(key)
        if cut is None:
            if len(self._cuts) > CACHED:
                self._cuts.clear()
            cut = self._cuts[key] = self._cut(form, tag, glued)
        if not cut:
            return [Unit(form, tag, start, end, glued)]
        return [Unit(form[:cut], tag, start, start + cut, glued), Unit(form[cut:], "XT", start + cut, end, True)]

    def _cut(self, form: str, tag: str, glued: bool) -> int:
        """Return where a noun may end before its last syllables, 0 for nowhere."""
        if glued and form in HEADS:
            return len(form) - 1
        if not form.endswith(self._tails) or not _HANGUL.fullmatch(form):
            return 0
        known = (form, tag) in self._known
        whole = len(form) == FULL_NAME and form[0] in self._surnames
        for tail in filter(form.endswith, self._tails):
            rest = len(form) - len(tail)
            may_end = rest > 1 or (rest and tail in SHORT)
            place = form[:rest] in self._places and tail not in PARTICLE_ENDS
            hides = place or not (known or (whole and tail != HONORIFIC))
            if may_end and hides:
                return rest
        return 0
