"""Foreign people's names of several words, of which the CRF often finds the last one only: 쩐 다이 | 꽝."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from kg.extract.recogniser.labels import Span
from kg.extract.recogniser.units import Unit

LONGEST = 5
"""Words of a name."""

POST_PREFIXES = frozenset("전현신고주부前現新")
"""Syllables between a name and a post: 테드 길 전 CEO."""

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
        people = [span for span in spans if span.type == "Person"]
        for units in sentences:
            words = list(_words(units))
            for at, word in enumerate(words):
                inside = next((p for p in people if p.start == word[0].start), None)
                if inside is None or self._whole(text, inside):
                    continue
                first = at
                while first and at - first < LONGEST and self._joins(text, words[first - 1], words[first], taken):
                    first -= 1
                start, end = words[first][0].start, self._end(text, inside, words)
                if (start, end) != (inside.start, inside.end):
                    people = [p for p in people if p.end <= start or p.start >= end]
                    people.append(Span(start, end, "Person"))
        return sorted(taken + people)

    def _end(self, text: str, span: Span, words: Sequence[Sequence[Unit]]) -> int:
        """Return the end of a name of several words with a last one of one syllable before a country or title."""
        if " " not in text[span.start : span.end]:
            return span.end
        at = next((at for at, word in enumerate(words) if word[0].start == span.end + 1), None)
        if at is None or at + 1 == len(words):
            return span.end
        last, after = words[at], words[at + 1][0].form
        single = (
            last[0].form not in POST_PREFIXES
            and len(last) == 1
            and last[0].tag[0] in "NM"
            and last[0].end - last[0].start == 1
        )
        return last[0].end if single and after in self._others else span.end

    def _whole(self, text: str, span: Span) -> bool:
        surface = text[span.start : span.end]
        return " " not in surface and len(surface) <= 4 and surface[0] in self._surnames and surface not in self._parts

    def _joins(self, text: str, before: Sequence[Unit], after: Sequence[Unit], taken: Sequence[Span]) -> bool:
        """Say whether a whole word may be the part of a name before another word."""
        unit = before[0]
        if len(before) != 1 or unit.tag not in ("NNP", "NNG", "SL") or text[unit.end : after[0].start] != " ":
            return False
        if unit.form in self._others or any(span.start < unit.end and unit.start < span.end for span in taken):
            return False
        return unit.form in self._parts or (not self._known(unit) and len(unit.form) > 1)


def _words(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    word: list[Unit] = []
    for unit in units:
        if word and not unit.glued:
            yield word
            word = []
        word.append(unit)
    if word:
        yield word
