"""Later bare occurrences of names already known in an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.lang.ko.morphemes import Morpheme
from kg.lang.ko.names import AFFILIATE_WORDS
from kg.lang.ko.particles import ends_word, starts_word
from kg.model import Mention

_COMMON = ("NNG", "NNB", "NP", "MM", "MAG", "VV", "VA")
_AFFILIATE = re.compile(rf" (?:{'|'.join(AFFILIATE_WORDS)})")


class Taken:
    """The characters of a text that mentions cover."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._taken: set[int] = set()
        for mention in mentions:
            self.add(mention.start, mention.end)

    def add(self, start: int, end: int) -> None:
        """Cover a span."""
        self._taken.update(range(start, end))

    def free(self, start: int, end: int) -> bool:
        """Say whether no mention covers any part of a span."""
        return self._taken.isdisjoint(range(start, end))


def occurrences(text: str, name: str) -> Iterator[int]:
    """Yield where a name starts in a text, one occurrence after the other."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def repeats(text: str, known: Sequence[tuple[str, str]], morphemes: Sequence[Morpheme], taken: Taken) -> list[Mention]:
    """Return new mentions of known (surface, type) pairs, on word boundaries and clear of other mentions.

    Longer surfaces go first. An occurrence that the analyser reads as one common noun, or inside another
    word, is no name.
    """
    common = {(m.start, m.end) for m in morphemes if m.tag in _COMMON}
    starts = {m.start for m in morphemes}
    found = []
    for surface, type_ in sorted(known, key=lambda pair: (-len(pair[0]), pair)):
        if len(surface) < 2:
            continue
        for start in occurrences(text, surface):
            end = start + len(surface)
            if start not in starts or (start, end) in common or not taken.free(start, end):
                continue
            if starts_word(text, start) and ends_word(text, end) and not _AFFILIATE.match(text, end):
                found.append(Mention(start, end, surface, type_))
                taken.add(start, end)
    return found
