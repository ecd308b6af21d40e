"""Korean date expressions and the ISO 8601 dates they stand for, to the precision that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.lang.ko import calendar as cal

Precision = Literal["day", "month", "year", "none"]

_PAST = r"지난|앞선|직전"
_NEXT = r"오는|다가오는|돌아오는"
_YEAR_WORD = r"재작년|지지난해|지난해|작년|올해|올(?=\s)|금년|내년|내후년|이듬해|같은\s?해|그해"
_MONTH_WORD = r"지지난달|지난\s?달|전달|이번\s?달|이달|다음\s?달|내달|같은\s?달|그달"
_DAY_WORD = r"그저께|그제|엊그제|어제|오늘|내일|모레|전날|이날|같은\s?날|당일|이튿날|다음\s?날"
_AWAY = r"(?:전|뒤|후|앞)(?=에|부터|까지|인|이[다며]|의|쯤|[^가-힣]|$)"
_SPAN = (
    r"(?!간|째|치|분|여|차|짜리|\s간(?![가-힣])|\s째(?![가-힣])"
    rf"|\s?(?:동안|만에|만의|이상(?=[\s.,)의을은이]|$)|넘게|연속|내내|가량|이내|안에|{_AWAY}))"
)
"""What makes a number of days a length of time rather than a day of the month."""
_DAY, _MONTH = r"3[01]|[12]\d|0?[1-9]", r"1[0-2]|0?[1-9]"
_NATIVE_WORD = r"하루|이틀|사흘|나흘|닷새|엿새|열흘|보름|일주일|(?:한|두|석|넉)\s?달|한\s?해"
_PART = r"(?:상반기|하반기|[1-4]분기|초반|중반|후반|초순|중순|하순|초|말|연말|연초)(?![가-힣]{2})"
_BEGINS = r"(?=[\d'’같그금나내넉다닷당돌두모목보사상석앞어엊엿열오올월이일작재전지직토하한화])"
"""What an expression can begin with; looked at first, as most places of a text begin none."""
_PATTERN = re.compile(
    rf"""
    {_BEGINS}
    (?:(?<![가-힣])(?P<lead>{_PAST}|{_NEXT}|이번|올)\s)?
    (?:
      (?<![\d.])(?P<iso>(?:19|20)\d\d\s?[.\-/]\s?\d{{1,2}}(?:\s?[.\-/]\s?\d{{1,2}})?)\.?(?![\d.%])
    | (?:(?<!\d)(?P<year>(?:1[5-9]|20)\d\d|['’]\d\d)(?:\s?[~∼–-]\s?\d{{2,4}})?\s?년(?!대|간|생|산|여|\s?만)도?
        |(?P<yword>지난해|이듬해|(?<![가-힣])(?:{_YEAR_WORD})))
        (?:\s?(?P<ymonth>{_MONTH})\s?월(?:\s?(?P<yday>{_DAY})\s?일)?
          |(?<=[해년도])\s?{_PART})?
    | (?P<mword>지난달|(?<![가-힣])(?:{_MONTH_WORD}))(?:\s?(?P<mday>{_DAY})\s?일{_SPAN}|\s?{_PART})?
    | (?<!\d)(?<!\d[.,])(?P<month>{_MONTH})\s?월(?:\s?(?P<day>{_DAY})\s?일{_SPAN}|\s?{_PART})?
    | (?<!\d)(?<!\d[.,])(?P<only>{_DAY})(?:\s?[~∼\-–]\s?\d{{1,2}})?\s?일{_SPAN}
    | (?<!\d)(?<!\d[.,])(?P<count>\d{{1,3}})\s?(?P<unit>년|개월|달|주|일)\s?(?P<way>{_AWAY})
    | (?<![가-힣])(?P<native>{_NATIVE_WORD})\s?(?P<nway>{_AWAY})
    | (?<![가-힣])(?P<dword>{_DAY_WORD})
    | (?<![가-힣])(?P<week>(?:지난\s?|이번\s?|금|다음\s?|내)주(?!말))(?:\s(?P<wday>[월화수목금토일])요일)?
    | (?<=[가-힣]\s)(?P<weekday>[월화수목금토일])요일
    | (?<![가-힣\d])(?P<half>상반기|하반기|[1-4]분기)
    )
    """,
    re.VERBOSE,
)
_RANGE = re.compile(
    r"\s?(?:\([^)]{1,8}\)\s?)?(?:부터|에서|[~∼–-])\s?(?:다음\s?달\s?|내달\s?|\d{1,2}월\s?)?(?:3[01]|[12]\d|[1-9])일(?:\s?까지)?"
)
_NATIVE = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "열흘": 10, "보름": 15, "일주일": 7,
}  # fmt: skip
_NATIVE_MONTHS = {"한달": 1, "두달": 2, "석달": 3, "넉달": 4, "한해": 12}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression; `value` is ISO 8601 ("2025-05-26", "2025-02", "2024") or None when it cannot be known."""

    start: int
    end: int
    text: str
    value: str | None
    precision: Precision


def find_dates(text: str, published: str | None) -> list[DateMention]:
    """Return the date expressions of a text in order, resolved against its publication date.

    `published` is ISO 8601, a day at best; without it only absolute dates have a value. A range has the value of its
    start. Quarters, halves and the beginning or end of a year give the year (ISO 8601 has no form for them); a week
    gives its month, or its year where it spans two months. 이날 and 같은 달 refer to the last day or month named
    before them, 이날 else to the publication. "26일" is that day of the publication's month, or of the month before
    when it lies more than twenty days ahead; "지난 26일" is the last before the publication, "오는 26일" the next
    after it; a month without a year is that of the publication's year unless that lies ten months off.
    """
    clock = cal.Clock.at(published)
    found: list[DateMention] = []
    for match in _PATTERN.finditer(text):
        if not found or match.start() >= found[-1].end:
            found += _mention(text, match, clock)
    return found


def _mention(text: str, match: re.Match[str], clock: cal.Clock) -> Iterator[DateMention]:
    value = _value(match, clock)
    if value is False:
        return
    start, end = match.span()
    lead = match["lead"]
    if lead and lead.strip() in ("이번", "올") and not (match["only"] or match["month"] or match["half"]):
        start += len(lead) + 1
    ranged = _RANGE.match(text, end) if match["only"] or match["day"] or match["yday"] or match["mday"] else None
    end = ranged.end() if ranged else end
    iso = value if isinstance(value, str) else None
    if iso:
        clock.remember(iso)
    yield DateMention(start, end, text[start:end], iso, _precision(iso))


def _precision(value: str | None) -> Precision:
    if value is None:
        return "none"
    return "year" if len(value) == 4 else "month" if len(value) == 7 else "day"


def _value(match: re.Match[str], clock: cal.Clock) -> str | Literal[False] | None:
    """Return the ISO value of a match, None when unknown, False when the match is no date at all."""
    lead = (match["lead"] or "").strip()
    way = -1 if re.fullmatch(_PAST, lead) else 1 if re.fullmatch(_NEXT, lead) else 0
    if match["iso"]:
        return cal.from_numbers([int(n) for n in re.findall(r"\d+", match["iso"])]) or False
    if match["year"] or match["yword"]:
        return _with_year(match, clock)
    if match["mword"]:
        return clock.month_word("".join(match["mword"].split()), match["mday"])
    if match["month"]:
        return clock.month(
            int(match["month"]),
            int(match["day"]) if match["day"] else None,
            way,
            same_year=lead == "올",
        )
    if match["only"]:
        return clock.day(int(match["only"]), way)
    if match["count"]:
        return clock.shifted(int(match["count"]), match["unit"], -1 if match["way"] == "전" else 1)
    if match["native"]:
        word = "".join(match["native"].split())
        sign = -1 if match["nway"] in ("전", "앞") else 1
        if word in _NATIVE:
            return clock.shifted(_NATIVE[word], "일", sign)
        return clock.shifted(_NATIVE_MONTHS[word], "개월", sign)
    if match["dword"]:
        return clock.day_word("".join(match["dword"].split()))
    if match["week"]:
        return clock.week("".join(match["week"].split()), match["wday"])
    if match["weekday"]:
        return clock.weekday(match["weekday"], way) if way else False
    return clock.half()


def _with_year(match: re.Match[str], clock: cal.Clock) -> str | None:
    if match["year"]:
        digits = match["year"].lstrip("'’")
        year: int | None = int(digits) if len(digits) == 4 else 2000 + int(digits)
    else:
        year = clock.year_word("".join(match["yword"].split()))
    if year is None:
        return None
    numbers = [year] + [int(match[name]) for name in ("ymonth", "yday") if match[name]]
    return cal.from_numbers(numbers) or f"{year:04d}"
