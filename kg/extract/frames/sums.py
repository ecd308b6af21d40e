"""For how much: which sum or share of a sentence belongs to a deal."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.frames.clauses import Clauses
from kg.extract.frames.stated import Stated
from kg.extract.frames.timing import in_clause
from kg.lang.ko.amounts import AmountMention, Kind


def event_amount(
    item: Stated, clauses: Clauses, text: str, amounts: Sequence[AmountMention], kind: Kind | None, start: int
) -> str | None:
    """Return the sum (or share) of a deal as written, None when its clause gives none.

    `kind` is what the relation type bears, `start` where the sentence begins. The last one before the predicate
    counts, within one quotation; without a predicate, one in brackets right after the cue: 지분 인수(100억원).
    """
    if kind is None:
        return None
    fitting = [amount for amount in amounts if amount.kind == kind]
    if item.verb is None:
        return next((a.text for a in fitting if text[item.cue[1] : a.start].strip(" ") == "("), None)
    inside = in_clause(clauses, item.verb, fitting, start)
    return inside[-1].text if inside else None
