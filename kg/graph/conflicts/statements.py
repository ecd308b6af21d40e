"""What articles state differently of one relation: sums, facts and denials, ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from kg.graph.conflicts.record import (
    SURE,
    Conflict,
    backed,
    first_published,
    last_published,
    named,
    present,
    same_role,
    source,
    sources,
)
from kg.graph.period import latest
from kg.lang.ko.wordlist import words
from kg.model import Relation, SourcedEvidence

ROUNDING = 0.1
"""Sums that differ by less, in proportion to the greater, are one sum rounded."""
NEAR = 30
"""Days: what is published within so many may be of one event, and a state takes so long to be over in all articles."""
ONCE = frozenset({"acquires", "mergesWith"})
STATES = frozenset({"holdsPosition", "memberOf", "subsidiaryOf", "ownsStakeIn", "spouse"})
DENIABLE = frozenset(words("acquires mergesWith investsIn finances partnersWith subsidiaryOf ownsStakeIn foundedBy"))
"""Types of which a denial speaks of the same thing as the report; a meeting denied may be one of many."""


def amounts(relation: Relation) -> Iterator[Conflict]:
    """Yield one conflict for a relation whose articles give its deal different sums."""
    sums: defaultdict[tuple[int, str], list[SourcedEvidence]] = defaultdict(list)
    for e in relation.evidence:
        if e.deal is not None and e.deal.value is not None and e.deal.currency is not None:
            sums[e.deal.value, e.deal.currency].append(e)
    apart = [
        pair
        for one, other in combinations(sorted(sums), 2)
        if one[1] == other[1] and other[0] - one[0] > ROUNDING * other[0]
        if (pair := _of_one_deal(relation.type, sums[one], sums[other])) is not None
    ]
    if apart:
        shown = _distinct(e for pair in apart for e in pair)
        told = "; ".join(f"{e.deal.amount if e.deal else ''} ({source(e)})" for e in shown)
        name = named(relation)
        yield Conflict(
            "amount",
            (relation,),
            f"{name}: 금액이 다르다: {told}. 서로 다른 거래이거나 일부 금액일 수 있다.",
            f"{name}: different sums: {told}. They may be of two deals, or one a part of the other.",
        )


def _of_one_deal(
    kind: str, ones: Sequence[SourcedEvidence], others: Sequence[SourcedEvidence]
) -> tuple[SourcedEvidence, SourcedEvidence] | None:
    """Return the first statements of two sums that are of one deal, None where no two are or an article has both."""
    if {e.original for e in ones} & {e.original for e in others}:
        return None
    for one in ones:
        for other in others:
            if _same_deal(kind, one, other):
                return one, other
    return None


def _same_deal(kind: str, one: SourcedEvidence, other: SourcedEvidence) -> bool:
    """Say whether two statements are of one deal: nothing they both give differs, and a year alone tells nothing."""
    dates = (one.date, other.date)
    parts: list[tuple[str | None, str | None]] = []
    if one.deal is not None and other.deal is not None:
        parts = [(one.deal.round, other.deal.round), (one.deal.item, other.deal.item)]
    if any(a is not None and b is not None and a != b for a, b in (dates, *parts)):
        return False
    same_month = one.date is not None and one.date == other.date and len(one.date) > len("2025")
    same_part = any(a is not None and a == b for a, b in parts)
    return same_month or same_part or (kind in ONCE and _near(one.published, other.published))


def denials(by_status: Mapping[str, Relation]) -> Iterator[Conflict]:
    """Yield a conflict where one article states as a fact what another denies at the time or later."""
    actual, denied = by_status.get("actual"), by_status.get("denied")
    if actual is None or denied is None or actual.type not in DENIABLE:
        return
    first, last = first_published(actual.evidence), last_published(denied.evidence)
    dates = [{e.date for e in relation.evidence if e.date is not None} for relation in (actual, denied)]
    later_fact = first is not None and last is not None and latest(last) < first
    if later_fact or (all(dates) and not dates[0] & dates[1]) or min(actual.confidence, denied.confidence) < SURE:
        return
    name = named(actual)
    yield Conflict(
        "denial",
        (actual, denied),
        f"{name}: 사실로 보도되었으나({sources(actual)}) 부인되었다({sources(denied)}). 서로 다른 일일 수 있다.",
        f"{name}: stated as a fact ({sources(actual)}) and denied ({sources(denied)})."
        " The denial may be of another matter.",
    )


def ends(by_status: Mapping[str, Relation]) -> Iterator[Conflict]:
    """Yield a conflict where a state that was over is said to hold later on."""
    actual, ended = by_status.get("actual"), by_status.get("ended")
    if actual is None or ended is None or actual.type not in STATES or not same_role(actual, ended):
        return
    over, last = first_published(ended.evidence), last_published(ended.evidence)
    holding = [e for e in present(actual) if _days(over, e.published) > NEAR]
    begun_again = any(e.date is not None and over is not None and e.date >= over for e in actual.evidence)
    if begun_again or not (backed(ended.evidence) and backed(holding)) or _days(last, first_published(holding)) <= 0:
        return
    name, later = named(actual), source(holding[-1])
    yield Conflict(
        "end",
        (actual, ended),
        f"{name}: 끝났다고 보도되었으나({sources(ended)}) 나중에도 계속된다({later}). 다시 시작했을 수 있다.",
        f"{name}: said to be over ({sources(ended)}) but to hold later ({later}). It may have begun again.",
    )


def _near(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and -NEAR <= _days(one, other) <= NEAR


def _days(start: str | None, end: str | None) -> int:
    """Return the days from one date to another, each taken for its first day; 0 where either is unknown."""
    if start is None or end is None:
        return 0
    first, last = (
        date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10]) for text in (start, end)
    )
    return (last - first).days


def _distinct(evidence: Iterable[SourcedEvidence]) -> list[SourcedEvidence]:
    return list({(e.article, e.start, e.deal): e for e in evidence}.values())
