"""When it happened: which date expression of a sentence dates an event rather than its announcement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from kg.extract.frames.clauses import Clauses
from kg.extract.frames.lexicon import lexicon
from kg.extract.frames.stated import Stated
from kg.lang.ko.amounts import AmountMention
from kg.lang.ko.dates import DateMention

Found = TypeVar("Found", AmountMention, DateMention)

NEAR, LINE = 300, 80
"""Characters before a sentence, and after the words that state an act, within which a day still dates it."""

_BARE_DAY = re.compile(r"\d{1,2}일|이날|오늘|어제")
"""Dates that news Korean sets right after its topic to date the announcement (카카오는 16일 …했다고 밝혔다)."""


def ruled_date(
    item: Stated, clauses: Clauses, dates: Sequence[DateMention], start: int, published: str | None, occasion: bool
) -> str | None:
    """Return the date by rules alone: the clause's, else for an act (`occasion`) the day that the article speaks of."""
    date = event_date(item, clauses, dates, start)
    if date is None and occasion and item.status == "actual":
        return spoken_of(item, dates, start, published)
    return date


def event_date(item: Stated, clauses: Clauses, dates: Sequence[DateMention], start: int) -> str | None:
    """Return the ISO date of the event, None when its clause gives none.

    `start` is where the sentence begins. A date belongs to the next predicate after it, within one quotation; the
    last one before the predicate counts.
    """
    if item.verb is None:
        return None
    known = [date for date in dates if date.value is not None]
    inside = in_clause(clauses, item.verb, known, start)
    own = [date.value for date in inside if not announces(clauses, item.verb, date, dates)]
    return own[-1] if own else None


def spoken_of(item: Stated, dates: Sequence[DateMention], start: int, published: str | None) -> str | None:
    """Return the day that an article speaks of where it states an act: the last named before it, not far off.

    A day named later in the same sentence counts where none stands before; days to come do not.
    """
    latest = published or "9999"
    days = [d for d in dates if d.precision == "day" and d.value and d.value[: len(latest)] <= latest]
    before = [d.value for d in days if start - NEAR <= d.start < item.cue[1]]
    if before:
        return before[-1]
    return next((d.value for d in days if item.cue[1] <= d.start < item.cue[1] + LINE), None)


def in_clause(clauses: Clauses, verb: int, found: Sequence[Found], start: int) -> list[Found]:
    """Return what stands in the clause and quotation of a predicate; `start` is where the sentence begins."""
    phrase = clauses.phrases[verb]
    first = max(start, _clause_start(clauses, verb))
    return [x for x in found if first <= x.start < phrase.stop and _quote_at(clauses, x.start) == phrase.quote]


def _quote_at(clauses: Clauses, offset: int) -> int:
    """Return the number of the quotation that the phrase at or after an offset stands in."""
    return next((p.quote for p in clauses.phrases if p.stop > offset), 0)


def _clause_start(clauses: Clauses, verb: int) -> int:
    """Return the offset after the connective clause before a predicate, 0 when it is the first of its sentence."""
    own = clauses.phrases[verb].quote
    for index in range(verb - 1, -1, -1):
        phrase = clauses.phrases[index]
        if phrase.kind == "verb" and phrase.ending in ("connective", "final") and phrase.quote == own:
            return phrase.stop
    return 0


def announces(clauses: Clauses, verb: int, date: DateMention, dates: Sequence[DateMention]) -> bool:
    """Say whether a bare day right after the topic dates the verb of saying at the sentence's end, not the event."""
    phrases = clauses.phrases
    if phrases[verb].ending != "quote" or not _BARE_DAY.match(date.text):
        return False
    sayer = next((p for p in phrases[verb + 1 :] if p.kind == "verb" and not p.quote), None)
    if sayer is None or sayer.lemma not in lexicon().speech:
        return False
    if any(phrases[verb].stop <= other.start < sayer.start for other in dates):
        return False
    before = [p for p in phrases if p.kind == "noun" and p.stop <= date.start]
    return not before or before[-1].case in ("topic", "nominative")
