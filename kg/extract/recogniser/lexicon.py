"""Names known beforehand: gazetteers of `seeds/ko`, Kiwi's typed multi-word names, names of the corpora."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.recogniser.units import Unit

MAX_UNITS = 8
"""Longest name looked up, in units."""


def stretches(text: str, units: Sequence[Unit]) -> Iterator[tuple[int, int, str]]:
    """Yield (first unit, unit after the last, surface without spaces) of every stretch a name may fill."""
    for at, unit in enumerate(units):
        for stop in range(at + 1, min(len(units), at + MAX_UNITS) + 1):
            yield at, stop, text[unit.start : units[stop - 1].end].replace(" ", "")


class Lexicon:
    """Surface forms with codes such as "k:OG"; `match` finds the longest at each place of a sentence."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, ...]] = {}
        self._lengths: dict[str, int] = {}
        """The lengths of the forms that begin with two characters, each a bit."""

    def add(self, names: Iterable[str], code: str) -> None:
        """Add names under one code; a name may bear several."""
        for name in names:
            key = name.replace(" ", "")
            have = self._codes.get(key, ())
            if len(key) > 1 and code not in have:
                self._codes[key] = (*have, code)
                self._lengths[key[:2]] = self._lengths.get(key[:2], 0) | 1 << len(key)

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the codes of a surface form, spaces ignored; empty when unknown."""
        return self._codes.get(name.replace(" ", ""), ())

    def match(self, units: Sequence[Unit], text: str) -> list[list[str]]:
        """Return, for each unit, marks like "B/k:OG", "I/k:OG" of the longest names that do not overlap."""
        marks: list[list[str]] = [[] for _ in units]
        at, count = 0, len(units)
        codes: tuple[str, ...] = ()
        lengths_of, codes_of = self._lengths.get, self._codes.get
        plain, starts, ends = _without_spaces(units, text)
        while at < count:
            start = starts[at]
            lengths = lengths_of(plain[start : start + 2], 0)
            found = 0
            if lengths and units[at].tag[0] in "NSXMU":
                longest = lengths.bit_length()
                for stop in range(at + 1, min(count, at + MAX_UNITS) + 1):
                    size = ends[stop - 1] - start
                    if size >= longest:
                        break
                    if size > 1 and lengths >> size & 1 and (known := codes_of(plain[start : start + size])):
                        found, codes = stop - at, known
            if found:
                _mark(marks, at, at + found, codes)
            at += found or 1
        return marks


def _without_spaces(units: Sequence[Unit], text: str) -> tuple[str, list[int], list[int]]:
    """Return the text of a sentence without its spaces, and where in it each unit starts and ends."""
    first = units[0].start if units else 0
    surface = text[first : max((unit.end for unit in units), default=0)]
    spaces = [at for at, char in enumerate(surface, first) if char == " "]
    starts = [unit.start - first - bisect_left(spaces, unit.start) for unit in units]
    ends = [unit.end - first - bisect_left(spaces, unit.end) for unit in units]
    return surface.replace(" ", ""), starts, ends


def _mark(marks: list[list[str]], at: int, stop: int, codes: Iterable[str]) -> None:
    """Add the marks of a name of some codes to the units that it fills."""
    size = "1" if stop - at == 1 else "2"
    for code in codes:
        marks[at].append(f"B{size}/{code}")
        for inner in range(at + 1, stop):
            marks[inner].append(f"I/{code}")
