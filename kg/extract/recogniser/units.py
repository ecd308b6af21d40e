"""The units the recogniser labels: Kiwi's morphemes, split where a name can end inside one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg.lang.ko.morphemes import Morpheme

PARTICLE_ENDS = tuple("은는이가을를의도와과로만에")
_HANGUL = re.compile(r"[가-힣]{3,}")


class Unit(NamedTuple):
    """A labelled unit: surface offsets in the text, form and tag; `glued` when no space stands before it."""

    form: str
    tag: str
    start: int
    end: int
    glued: bool


def with_next(units: Sequence[Unit]) -> Iterator[tuple[Unit, Unit | None]]:
    """Yield each unit with the one after it, None after the last."""
    for at, unit in enumerate(units):
        yield unit, units[at + 1] if at + 1 < len(units) else None


class Splitter:
    """Turns morphemes into units.

    `known` holds the (form, tag) pairs of the analyser's lexicon; a proper noun it lacks may hide a particle
    or one of `tails` (지역, 씨). `pairs` are nouns of one-syllable country names, each a name of its own (남북).
    """

    def __init__(self, known: Mapping[tuple[str, str], Any], pairs: Sequence[str], tails: Sequence[str]) -> None:
        self._known, self._pairs, self._tails = known, frozenset(pairs), (*tails, *PARTICLE_ENDS)

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
            last_end = max(last_end, morpheme.end)
            current += self._split(morpheme, glued)
        if current:
            yield current

    def _split(self, morpheme: Morpheme, glued: bool) -> list[Unit]:
        form, tag, start, end = morpheme.form, morpheme.tag, morpheme.start, morpheme.end
        if tag[:2] == "NN" and end - start == len(form) > 1:
            if form in self._pairs:
                return [Unit(char, tag, start + at, start + at + 1, glued or at > 0) for at, char in enumerate(form)]
            if tag == "NNP" and _HANGUL.fullmatch(form) and (form, tag) not in self._known:
                for tail in self._tails:
                    if form.endswith(tail) and len(form) - len(tail) >= 2:
                        cut = end - len(tail)
                        return [Unit(form[: -len(tail)], tag, start, cut, glued), Unit(tail, "XT", cut, end, True)]
        return [Unit(form, tag, start, end, glued)]
