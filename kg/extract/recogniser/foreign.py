"""Foreign people's names of several words, of which the CRF often finds the last one only: 쩐 다이 | 꽝."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.units import Unit

LONGEST = 5
"""Words of a name."""

NO_NAME = frozenset("전현신고주부前現新한미중일북러영독불호美中日北英獨佛")
"""Syllables between a name and a post: 테드 길 전 CEO, 조 바이든 미 대통령."""

Known = Callable[[Unit], bool]


class Extender:
    """Extends people's names over the words beside them that no lexicon knows.

    `known` says whether the analyser's lexicon has a unit, `parts` are words that stand in names of several words,
    `others` words that are none (titles, countries, organizations), `surnames` Korean surnames: a name of two to
    four syllables that begins with one is whole.
    """

    def __init__(
        self, known: Known, parts: Collection[str], others: Collection[str], surnames: Collection[str]
    ) -> None:
        self._known, self._parts, self._others, self._surnames = known, parts, others, surnames

    def __call__(self, text: str, spans: Sequence[Span], sentences: Sequence[Sequence[Unit]]) -> list[Span]:
        """Return the spans, people's names extended; a name swallowed by another is gone."""
        taken = [span for span in spans if span.type != "Person"]
        people = {span.start: span for span in spans if span.type == "Person"}
        for units in sentences:
            words = list(_words(units))
            for at, word in enumerate(words):
                inside = people.get(word[0].start)
                if inside is None or self._whole(text, inside):
                    continue
                end = self._end(text, inside, words)
                first = at
                while first and at - first < LONGEST and self._joins(text, words, first, end):
                    first -= 1
                start = words[first][0].start
                free = not any(span.start < end and start < span.end for span in taken)
                if free and (start, end) != (inside.start, inside.end):
                    people = {at: p for at, p in people.items() if p.end <= start or p.start >= end}
                    people[start] = Span(start, end, "Person")
        return sorted([*taken, *people.values()])

    def _end(self, text: str, span: Span, words: Sequence[Sequence[Unit]]) -> int:
        """Return the end of a name of several words with a last one of one syllable before a country or title."""
        if " " not in text[span.start : span.end]:
            return span.end
        at = next((at for at, word in enumerate(words) if word[0].start == span.end + 1), None)
        if at is None or at + 1 == len(words):
            return span.end
        last, after = words[at], words[at + 1][0].form
        single = (
            last[0].form not in NO_NAME
            and len(last) == 1
            and last[0].tag[0] in "NM"
            and last[0].end - last[0].start == 1
        )
        return last[0].end if single and after in self._others else span.end

    def _whole(self, text: str, span: Span) -> bool:
        surface = text[span.start : span.end]
        return " " not in surface and len(surface) <= 4 and surface[0] in self._surnames and surface not in self._parts

    def _joins(self, text: str, words: Sequence[Sequence[Unit]], at: int, end: int) -> bool:
        """Say whether the word before a place may be the part before it of a name that ends at `end`.

        A word that neither the lexicon nor other names have joins only where a country or title follows the name,
        and not before a word that begins names (누리젠 존 스미스).
        """
        before, after = words[at - 1], words[at][0]
        unit = before[0]
        if len(before) != 1 or unit.tag not in ("NNP", "NNG") or text[unit.end : after.start] != " ":
            return False
        if unit.form in self._others or len(unit.form) < 2:
            return False
        if unit.form in self._parts:
            return True
        follows = next((word[0].form for word in words[at:] if word[0].start == end + 1), "")
        return not self._known(unit) and after.form not in self._parts and follows in self._others


def _words(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    word: list[Unit] = []
    for unit in units:
        if word and not unit.glued:
            yield word
            word = []
        word.append(unit)
    if word:
        yield word
