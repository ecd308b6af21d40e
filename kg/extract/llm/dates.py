"""Dates as other languages than Korean write them: 2025-05-26, May 26, 2025, 26 May, May 2025, 2025."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join([*MONTHS, *(rf"{name[:3]}\.?" for name in MONTHS), r"sept\.?"])
_DAY = r"(?P<{}>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<{}>(?:1[5-9]|20)\d\d)"
_PATTERN = re.compile(
    rf"""(?<![\w.,-])(?:
      (?P<iso>(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)
    | (?P<m1>{_MONTH})\s{_DAY.format("d1")}(?!\d)(?:,?\s{_YEAR.format("y1")})?
    | {_DAY.format("d2")}\s(?P<m2>{_MONTH})(?:,?\s{_YEAR.format("y2")})?
    | (?P<m3>{_MONTH})\s{_YEAR.format("y3")}
    | {_YEAR.format("y4")}
    )(?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)


def written_dates(text: str, published: str | None) -> Iterator[tuple[int, int, str]]:
    """Yield span and ISO 8601 of each date; one without a year is of the article's year, or left out without that."""
    for match in _PATTERN.finditer(text):
        value = match["iso"] or _value(match, published)
        if value is not None and is_date(value):
            yield *match.span(), value


def is_date(value: str) -> bool:
    """Say whether a text is a date of ISO 8601 with a precision of day, month or year."""
    if re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", value) is None:
        return False
    year, month, day = (int(part) for part in f"{value}-01-01".split("-")[:3])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _value(match: re.Match[str], published: str | None) -> str | None:
    month, day = match["m1"] or match["m2"] or match["m3"], match["d1"] or match["d2"]
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"] or (published or "")[:4]
    if not year:
        return None
    if month is None:
        return year
    number = 1 + [name[:3] for name in MONTHS].index(month[:3].lower())
    return f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else "")
