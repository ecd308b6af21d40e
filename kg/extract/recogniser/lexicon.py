"""Names known beforehand: gazetteers of `seeds/ko`, Kiwi's typed multi-word names, names of the corpora."""

from __future__ import annotations

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
        self._longest: dict[str, int] = {}
        """Characters of the longest form that begins with two given ones."""

    def add(self, names: Iterable[str], code: str) -> None:
        """Add names under one code; a name may bear several."""
        for name in names:
            key = name.replace(" ", "")
            have = self._codes.get(key, ())
            if len(key) > 1 and code not in have:
                self._codes[key] = (*have, code)
                self._longest[key[:2]] = max(len(key), self._longest.get(key[:2], 0))

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the codes of a surface form, spaces ignored; empty when unknown."""
        return self._codes.get(name.replace(" ", ""), ())

    def match(self, units: Sequence[Unit], text: str) -> list[list[str]]:
        """Return, for each unit, marks like "B/k:OG", "I/k:OG" of the longest names that do not overlap."""
        marks: list[list[str]] = [[] for _ in units]
        at, count = 0, len(units)
        longest_of, codes_of = self._longest.get, self._codes.get
        while at < count:
            start = units[at].start
            longest = longest_of(text[start : start + 3].replace(" ", "")[:2], 0)
            found = 0
            if longest and units[at].tag[0] in "NSXMU":
                for stop in range(min(count, at + MAX_UNITS), at, -1):
                    surface = text[start : units[stop - 1].end].replace(" ", "")
                    if len(surface) <= longest and (codes := codes_of(surface)):
                        found = stop - at
                        _mark(marks, at, stop, codes)
                        break
            at += max(found, 1)
        return marks


def _mark(marks: list[list[str]], at: int, stop: int, codes: Iterable[str]) -> None:
    """Add the marks of a name of some codes to the units that it fills."""
    size = "1" if stop - at == 1 else "2"
    for code in codes:
        marks[at].append(f"B{size}/{code}")
        for inner in range(at + 1, stop):
            marks[inner].append(f"I/{code}")
