"""What time expressions mean: arithmetic on partly known dates, TIMEX3 values, and their days in EDTF.

TIMEX3 values follow the TimeML 1.2.1 annotation guidelines (Pustejovsky et al. 2003; ISO 24617-1). EDTF is ISO
8601-2:2019 as the Library of Congress describes it. Nothing here looks at text.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.find.time_words import FIXED_HOLIDAYS, FLOATING_HOLIDAYS

_QUARTER_LENGTH = 3
_YEARS = {"Y": 1, "E": 10, "C": 100, "L": 1000}
_SEASON_CODES = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_FIRST_QUARTER_CODE = 33


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date that relative expressions are reckoned from, as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        return None if self.month is None or self.day is None else date(self.year, self.month, self.day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def anchor_of(edtf: str | None) -> Anchor | None:
    """The anchor in a date such as "2022", "2022-04" or "2022-04-09T10:00:00Z"; None when there is none."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\dX])", edtf or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return Anchor(year or 0, month, day)


def in_year(month: int, day: int | None, anchor: Anchor | None, *, future: bool) -> str | None:
    """A day or month without its year: the one nearest to the anchor, a far one where the clause looks to."""
    if anchor is None or anchor.month is None:
        return None
    ahead = (month - anchor.month) * 30 + (day or anchor.day or 1) - (anchor.day or 1)
    year = anchor.year
    if ahead > _NEAR_DAYS and not future:
        year -= 1
    elif ahead < -_NEAR_DAYS and future:
        year += 1
    return day_value(year, month, day)


#: News names days of the last and next weeks without their year, whatever the tense around them.
_NEAR_DAYS = 60


def day_value(year: int, month: int, day: int | None) -> str | None:
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= calendar.monthrange(year, month)[1] else None


def full_year(digits: str) -> int:
    """A year of four digits, or of two: 70-99 are 19xx."""
    number = int(digits)
    return number if len(digits) > 2 else number + (1900 if number >= 70 else 2000)


def weekday_value(weekday: int, anchor: Anchor | None, *, future: bool, shift_weeks: int = 0) -> str | None:
    """The nearest such weekday on the side that the clause looks to; the anchor's own day counts."""
    if anchor is None or anchor.date is None:
        return None
    distance = (weekday - anchor.date.weekday()) % 7
    if not future and distance:
        distance -= 7
    return (anchor.date + timedelta(days=distance + 7 * shift_weeks)).isoformat()


def shifted(anchor: Anchor | None, unit: str, number: int) -> str | None:
    """The unit of time that lies `number` units from the anchor's own, to the precision of the unit."""
    if anchor is None:
        return None
    if unit in _YEARS:
        return _shifted_years(anchor, unit, number)
    if unit in "MQ":
        return _shifted_months(anchor, unit, number)
    if anchor.date is None or unit not in ("D", "W", "F"):
        return None
    days = {"D": 1, "W": 7, "F": 14}[unit] * number
    try:
        moved = anchor.date + timedelta(days=days)
    except OverflowError:
        return None
    return moved.isoformat() if unit == "D" else week_of(moved)


def _shifted_years(anchor: Anchor, unit: str, number: int) -> str | None:
    year = anchor.year + number * _YEARS[unit]
    if not 1 <= year <= 9999:
        return None
    return f"{year:04}"[: {"Y": 4, "E": 3, "C": 2, "L": 1}[unit]]


def _shifted_months(anchor: Anchor, unit: str, number: int) -> str | None:
    if anchor.month is None:
        return None
    if unit == "Q":
        quarter = anchor.year * 4 + (anchor.month - 1) // _QUARTER_LENGTH + number
        return f"{quarter // 4:04}-Q{quarter % 4 + 1}" if 4 <= quarter < 40000 else None
    month = anchor.year * 12 + anchor.month - 1 + number
    return f"{month // 12:04}-{month % 12 + 1:02}" if 12 <= month < 120000 else None


def week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def holiday_value(name: str, year: int) -> str:
    if name in FIXED_HOLIDAYS:
        month, day = FIXED_HOLIDAYS[name]
        return f"{year:04}-{month:02}-{day:02}"
    month, weekday, nth = FLOATING_HOLIDAYS[name]
    days = [
        day for day in range(1, calendar.monthrange(year, month)[1] + 1) if date(year, month, day).weekday() == weekday
    ]
    return f"{year:04}-{month:02}-{days[nth - 1 if nth > 0 else nth]:02}"


def duration_value(unit: str, number: str) -> str:
    """ "P3D", "PT5M", "PXY"; fortnights are weeks, decades and centuries keep their TimeML letters as years."""
    if unit == "F":
        return duration_value("W", _times(number, 2))
    if unit in ("E", "C", "L") and number != "X":
        return f"P{_times(number, _YEARS[unit])}Y"
    if unit == "Q" and number != "X":
        return f"P{_times(number, 1)}Q"
    return f"PT{number}{unit[1]}" if unit.startswith("T") else f"P{number}{unit}"


def _times(number: str, factor: int) -> str:
    return number if number == "X" else f"{float(number) * factor:g}"


def edtf_of(timex: str | None, kind: str) -> str | None:
    """The days a TIMEX3 date covers, in EDTF; None for durations, sets, and values that name no day."""
    if timex is None or kind in ("duration", "set"):
        return None
    value = timex.split("T", 1)
    rules = ((_DAY, _as_it_is), (_WEEK, _week), (_QUARTER, _quarter), (_SEASON, _season), (_SHORT, _unspecified))
    for pattern, convert in rules:
        match = pattern.fullmatch(value[0])
        if match:
            return _with_clock(convert(match), value[1] if len(value) > 1 else "")
    return None


def _with_clock(day: str | None, clock: str) -> str | None:
    known = re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", clock)
    if day is None or known is None or len(day) != len("2022-04-09"):
        return day
    return f"{day}T{clock}" if known[2] else f"{day}T{clock}:00"


_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_SHORT = re.compile(r"\d{2,3}")


def _as_it_is(match: re.Match[str]) -> str | None:
    return match[0]


def _week(match: re.Match[str]) -> str | None:
    try:
        first = date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
    except ValueError:
        return None
    return f"{first}/{first + timedelta(days=1 if match[3] else 6)}"


def _quarter(match: re.Match[str]) -> str | None:
    return f"{match[1]}-{_FIRST_QUARTER_CODE - 1 + int(match[2])}"


def _season(match: re.Match[str]) -> str | None:
    return f"{match[1]}-{_SEASON_CODES[match[2]]}"


def _unspecified(match: re.Match[str]) -> str | None:
    return match[0].ljust(4, "X")
