"""Publication dates in the many forms that records and pages write them in, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

KOREA = timezone(timedelta(hours=9))
"""Korean time, UTC+9 all year."""

DATE = r"(?:19|20)\d{2}(?:[.\-/] ?\d{1,2}[.\-/] ?\d{1,2}\.?|년 ?\d{1,2}월 ?\d{1,2}일)"
_FULL = re.compile(r"((?:19|20)\d{2}) ?(?:[.\-/년] ?)(\d{1,2}) ?(?:[.\-/월] ?)(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{4}|\d{6})?")
_MONTH = re.compile(r"((?:19|20)\d{2}) ?[.\-/년] ?(\d{1,2}) ?월?\.?")
_YEAR = re.compile(r"((?:19|20)\d{2})년?")


def parse_date(value: object) -> str | None:
    """Return a date as "2025-05-26", "2025-05" or "2025", None when it is none.

    A time with an offset is turned into Korean time first, since that is the day it was published on.
    """
    if isinstance(value, datetime):
        try:
            return (value.astimezone(KOREA) if value.tzinfo else value).date().isoformat()
        except OverflowError:  # of the year 1 or 9999
            return None
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip() if value is not None else ""
    if not text:
        return None
    return _with_offset(text) or _plain(text)


def _with_offset(text: str) -> str | None:
    try:
        if re.match(r"[A-Za-z]{3}, \d", text):
            return parse_date(parsedate_to_datetime(text))
        if re.search(r"\dT\d|\d[+-]\d{2}:?\d{2}$|\dZ$", text):
            return parse_date(datetime.fromisoformat(text))
    except ValueError:
        return None
    return None


def _plain(text: str) -> str | None:
    found = _FULL.match(text) or _COMPACT.fullmatch(text)
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError:
            return None
    month = _MONTH.fullmatch(text)
    if month:
        return f"{month[1]}-{int(month[2]):02d}" if 1 <= int(month[2]) <= 12 else None
    year = _YEAR.fullmatch(text)
    return year[1] if year else None
