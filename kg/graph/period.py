"""Comparing ISO 8601 dates of unlike precision: "2025", "2025-02" and "2025-02-14"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.contract import ArticleAttributes, EvidenceAttributes
from kg.errors import InputError

_ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def checked_date(text: str) -> str:
    """Return an ISO date of year, month or day precision as given; raises InputError for anything else."""
    if not _ISO.fullmatch(text):
        raise InputError(f"{text!r} is no date: write 2025, 2025-02 or 2025-02-14")
    return text


def earliest(date: str) -> str:
    """Return the first day of a year, a month or a day."""
    return f"{date}-01-01"[:10]


def latest(date: str) -> str:
    """Return a string that sorts after every day of a year, month or day, and before the next one."""
    return f"{date}-99"


def span(evidence: Iterable[EvidenceAttributes], articles: Mapping[str, ArticleAttributes]) -> tuple[str, str] | None:
    """Return the first and last date of a relation: of the event where any article states it, else of publication.

    None where neither is known.
    """
    stated = list(evidence)
    dates = [e["date"] for e in stated if e["date"] is not None] or published(stated, articles)
    return (min(dates), max(dates, key=latest)) if dates else None


def published(evidence: Iterable[EvidenceAttributes], articles: Mapping[str, ArticleAttributes]) -> list[str]:
    """Return the dates of publication of the articles that state a relation, where they are known."""
    return [date for e in evidence if (date := articles[e["article"]]["date"]) is not None]


def overlaps(
    evidence: Iterable[EvidenceAttributes],
    articles: Mapping[str, ArticleAttributes],
    since: str | None,
    until: str | None,
) -> bool:
    """Say whether a relation may fall between two dates, both included; one without any date never does."""
    if since is None and until is None:
        return True
    dates = span(evidence, articles)
    if dates is None:
        return False
    return (since is None or latest(dates[1]) >= since) and (until is None or dates[0] <= latest(until))
