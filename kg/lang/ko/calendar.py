"""Calendar arithmetic for dates that are told relative to an article's day or to a date named before."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = "월화수목금토일"
_YEARS = {
    "재작년": -2,
    "지지난해": -2,
    "지난해": -1,
    "작년": -1,
    "올해": 0,
    "올": 0,
    "금년": 0,
    "내년": 1,
    "내후년": 2,
}
_MONTHS = {
    "지지난달": -2,
    "지난달": -1,
    "전달": -1,
    "이번달": 0,
    "이달": 0,
    "다음달": 1,
    "내달": 1,
}
_DAYS = {
    "그저께": -2,
    "그제": -2,
    "엊그제": -2,
    "어제": -1,
    "전날": -1,
    "오늘": 0,
    "내일": 1,
    "모레": 2,
}
_WEEKS = {"지난주": -7, "이번주": 0, "금주": 0, "다음주": 7, "내주": 7}
_AHEAD = 20
"""Days ahead of the article up to which a bare day of the month is one of that month."""
_RECENT = 31
"""Days within which a day named before is one that 이날 may mean across other dates."""
_FAR = 10
"""Months from which a month without a year is taken to lie in the neighbouring year."""


def from_numbers(numbers: Sequence[int]) -> str | None:
    """Return the ISO date of year, month and day (the latter two optional), None when there is no such date."""
    year, month, day = (*numbers, None, None)[:3]
    if year is None or not 1 <= year <= 9999:
        return None
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Return the year and month that lie `by` months away."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


@dataclass(slots=True)
class Clock:
    """The article's day, as far as it is known, and the last date the text named."""

    year: int | None
    month_: int | None
    today: date | None
    last: str | None = None
    recent: str | None = None
    """The last day named that lies within a month of the article."""

    @classmethod
    def at(cls, published: str | None) -> Clock:
        """Return the clock of a publication date, ISO 8601 with any precision (a time of day is ignored)."""
        parts = [int(part) for part in (published or "")[:10].split("-") if part.isdigit()]
        if not parts or from_numbers(parts) is None:
            return cls(None, None, None)
        return cls(
            parts[0],
            parts[1] if len(parts) > 1 else None,
            date(*parts) if len(parts) == 3 else None,
        )

    def remember(self, value: str) -> None:
        """Keep a resolved date as the one that 이날 and 같은 달 refer to."""
        self.last = value
        if len(value) == 10 and self.today and abs((date.fromisoformat(value) - self.today).days) <= _RECENT:
            self.recent = value

    def year_word(self, word: str) -> int | None:
        """Return the year that 지난해, 올해, 이듬해, 같은해 mean."""
        if word in _YEARS:
            return None if self.year is None else self.year + _YEARS[word]
        if self.last is None:
            return None
        return int(self.last[:4]) + (1 if word == "이듬해" else 0)

    def month_word(self, word: str, day: str | None) -> str | None:
        """Return the month that 지난달, 이달, 같은달 mean, or a day of it."""
        if word in _MONTHS:
            if self.year is None or self.month_ is None:
                return None
            year, month = shift_month(self.year, self.month_, _MONTHS[word])
        elif self.last and len(self.last) >= 7:
            year, month = int(self.last[:4]), int(self.last[5:7])
        else:
            return None
        return from_numbers([year, month, int(day)] if day else [year, month])

    def month(self, month: int, day: int | None, way: int, same_year: bool) -> str | None:
        """Return a month, or a day of it, told without a year; `way` is -1 for 지난, 1 for 오는."""
        if self.year is None:
            return None
        year, now = self.year, self.month_
        if now is not None and not same_year:
            if way < 0 and not self._before(month, day):
                year -= 1
            elif way > 0 and not self._after(month, day):
                year += 1
            elif way == 0 and abs(month - now) >= _FAR:
                year += 1 if month < now else -1
        return from_numbers([year, month, day] if day else [year, month])

    def _before(self, month: int, day: int | None) -> bool:
        now = self.month_ or 0
        return month < now or bool(month == now and day and self.today and day <= self.today.day)

    def _after(self, month: int, day: int | None) -> bool:
        now = self.month_ or 0
        return month > now or bool(month == now and (not day or not self.today or day >= self.today.day))

    def day(self, day: int, way: int) -> str | None:
        """Return a day told without a month: the last before (-1), the next (1), or that of the article's month (0)."""
        if self.today is None:
            return None
        found = []
        for by in (-2, -1, 0, 1, 2):
            value = from_numbers([*shift_month(self.today.year, self.today.month, by), day])
            if value is not None:
                found.append(date.fromisoformat(value))
        if way < 0:
            return max(d for d in found if d < self.today).isoformat()
        if way > 0:
            return min(d for d in found if d >= self.today).isoformat()
        reach = self.today + timedelta(days=_AHEAD)
        last = max(d for d in found if d <= reach and (d.year, d.month) <= (self.today.year, self.today.month))
        return last.isoformat()

    def shifted(self, count: int, unit: str, sign: int) -> str | None:
        """Return the date that lies so many years, months, weeks or days from the article's day."""
        if unit == "년":
            return None if self.year is None else from_numbers([self.year + sign * count])
        if unit in ("개월", "달"):
            if self.year is None or self.month_ is None:
                return None
            return from_numbers(shift_month(self.year, self.month_, sign * count))
        if self.today is None:
            return None
        moved = self.today + timedelta(days=sign * count * (7 if unit == "주" else 1))
        return moved.isoformat()[: 7 if unit == "주" else 10]

    def day_word(self, word: str) -> str | None:
        """Return the day that 어제, 내일, 이날, 이튿날 mean."""
        if word in _DAYS:
            return (self.today + timedelta(days=_DAYS[word])).isoformat() if self.today else None
        base = self.last if self.last and len(self.last) == 10 else self.recent
        base = base or (self.today.isoformat() if self.today else None)
        if base is None:
            return None
        return (date.fromisoformat(base) + timedelta(days=word in ("이튿날", "다음날"))).isoformat()

    def week(self, word: str, weekday: str | None) -> str | None:
        """Return the month (or year) of 지난주, 이번주, 다음주, or the day when the weekday is told."""
        if self.today is None:
            return None
        monday = self.today - timedelta(days=self.today.weekday()) + timedelta(days=_WEEKS[word])
        if weekday:
            return (monday + timedelta(days=_WEEKDAYS.index(weekday))).isoformat()
        first, last = monday.isoformat(), (monday + timedelta(days=6)).isoformat()
        return first[:7] if first[:7] == last[:7] else first[:4] if first[:4] == last[:4] else None

    def weekday(self, weekday: str, way: int) -> str | None:
        """Return the last such weekday before the article's day (-1) or the next after it (1)."""
        if self.today is None:
            return None
        gap = (_WEEKDAYS.index(weekday) - self.today.weekday()) % 7
        return (self.today + timedelta(days=(gap or 7) if way > 0 else gap - 7)).isoformat()

    def half(self) -> str | None:
        """Return the year of a quarter or half that is told without one."""
        return None if self.year is None else f"{self.year:04d}"
