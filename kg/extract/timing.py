"""When it happened: which date expression of a sentence dates an event rather than its announcement."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.clauses import Clauses
from kg.extract.lexicon import lexicon
from kg.extract.stated import Stated
from kg.lang.ko.dates import DateMention

STATES = frozenset(("holdsPosition", "memberOf", "spouse", "parentOf", "siblingOf", "subsidiaryOf", "locatedIn", "competesWith"))
"""Relations that hold rather than happen: only a date of their own clause that is not the announcement's counts."""


def event_date(item: Stated, clauses: Clauses, dates: Sequence[DateMention]) -> str | None:
    """Return the ISO date of the event, None when the sentence gives none.

    A date belongs to the next predicate after it; "카카오는 16일 …했다고 밝혔다" dates the announcement.
    """
    if item.verb is None:
        return None
    phrases = clauses.phrases
    verb = phrases[item.verb]
    first = _clause_start(clauses, item.verb)
    best: str | None = None
    for date in dates:
        if date.value is None or not first <= date.start < verb.stop:
            continue
        if _announcement(clauses, item.verb, date):
            continue
        best = date.value
    return best


def _clause_start(clauses: Clauses, verb: int) -> int:
    """Return the offset where the clause of a predicate begins: after the connective clause before it."""
    for index in range(verb - 1, -1, -1):
        phrase = clauses.phrases[index]
        if phrase.kind == "verb" and phrase.ending in ("connective", "final") and phrase.quote == clauses.phrases[verb].quote:
            return phrase.stop
    return clauses.phrases[0].start


def _announcement(clauses: Clauses, verb: int, date: DateMention) -> bool:
    """Say whether a date directly follows the topic of a sentence that ends in a verb of saying."""
    phrases = clauses.phrases
    sayer = any(p.kind == "verb" and p.lemma in lexicon().speech and not p.quote for p in phrases[verb + 1 :])
    if not sayer or phrases[verb].ending != "quote":
        return False
    before = [p for p in phrases if p.kind == "noun" and p.stop <= date.start]
    return not before or before[-1].case in ("topic", "nominative")
