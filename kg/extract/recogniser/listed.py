"""Names taken as they stand because no common word looks like them: long ones, and Hangul mixed with Latin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg import resources
from kg.extract.recogniser.known import words
from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.units import Unit

MAX_UNITS = 8
NOUN_TAGS = frozenset(("NNG", "NNP", "SL", "SH", "XR", "XT"))
_HANGUL = re.compile(r"[가-힣 ]+")
_ASCII = re.compile(r"[\x00-\x7f]+")


def distinct(name: str) -> bool:
    """Return whether a name can hardly be a common word: over three syllables, or with Latin letters or digits."""
    return len(name.replace(" ", "")) > 3 or not _HANGUL.fullmatch(name)


class Listing:
    """A set of names; yields where one begins a word, ends with a unit, and no further noun is glued to it.

    A name with one of `tails` glued to it counts as well: 오픈AI코리아 is a subsidiary's name.
    """

    def __init__(self, names: Iterable[str], tails: Sequence[str] = ()) -> None:
        self._names = frozenset(names)
        self._tails = tuple(tails)
        self._lengths: dict[str, int] = {}
        """The lengths of what is yielded that begins with two characters, each a bit."""
        for name in self._names:
            lengths = sum({1 << len(name) + size for size in (0, *map(len, self._tails))})
            self._lengths[name[:2]] = self._lengths.get(name[:2], 0) | lengths

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __call__(self, text: str, units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
        """Yield the (start, end) of the longest names of a sentence, a glued tail included."""
        last = -1
        for at, unit in enumerate(units):
            start = unit.start
            lengths = self._lengths.get(text[start : start + 2], 0)
            if not lengths or start < last or _glued_noun(units, at):
                continue
            for stop in range(min(len(units), at + MAX_UNITS), at, -1):
                end = units[stop - 1].end
                if (
                    end > start
                    and lengths >> end - start & 1
                    and self._known(text[start:end])
                    and (stop == len(units) or not _glued_noun(units, stop))
                ):
                    last = end
                    yield start, end
                    break

    def _known(self, surface: str) -> bool:
        if surface in self._names:
            return True
        return surface.endswith(self._tails) and any(
            surface.endswith(tail) and surface[: -len(tail)] in self._names for tail in self._tails
        )


def _glued_noun(units: Sequence[Unit], at: int) -> bool:
    """Return whether a unit continues a word begun by a noun."""
    unit = units[at]
    return at > 0 and unit.glued and unit.tag in NOUN_TAGS and units[at - 1].tag in NOUN_TAGS and unit.end > unit.start


def organizations() -> Listing:
    """Return the distinct organizations of `seeds/ko/organizations.tsv`; names in Latin letters alone are left out."""
    names = (row["name"] for row in resources.table("ko", "organizations.tsv"))
    return Listing([n for n in names if distinct(n) and not _ASCII.fullmatch(n)], words("subsidiary_tail"))


def add_listed(text: str, sentences: Iterable[Sequence[Unit]], spans: Sequence[Span], listing: Listing) -> list[Span]:
    """Return the spans and the listed organizations; one that contains spans replaces them, other overlaps stay."""
    kept = list(spans)
    for units in sentences:
        for start, end in listing(text, units):
            near = [span for span in kept if span.start < end and start < span.end]
            if all(start <= s.start and s.end <= end and (s.start, s.end) != (start, end) for s in near):
                kept = [span for span in kept if span not in near]
                kept.append(Span(start, end, "Organization"))
    return sorted(kept)
