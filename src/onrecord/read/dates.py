"""Dates and times as pages write them -> EDTF, the ISO 8601 profile for doubt: `2022-03-03T10:15:00+01:00`, `2022-03`.

A zone is recorded only where the page gives one. A date that could be read two ways (`03/04/2022`) is not guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
#: Hours from UTC of zones whose letters name one offset on news pages; others (ET, IST, CST in China) stay unknown.
ZONES = {
    "z": 0.0, "gmt": 0.0, "utc": 0.0, "bst": 1.0, "cet": 1.0, "cest": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0,
    "est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
    "akst": -9.0, "hst": -10.0, "jst": 9.0, "hkt": 8.0, "sgt": 8.0, "aest": 10.0, "aedt": 11.0, "nzst": 12.0,
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:])"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
DAY_FIRST = re.compile(rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", re.IGNORECASE)
MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}", re.IGNORECASE)
DASHED = re.compile(rf"{_DAY}-{_MONTH}-{_YEAR}", re.IGNORECASE)
YEAR_FIRST = re.compile(
    r"(?<![\d/-])(?P<year>(?:19|20)\d\d)(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})(?!\d)"
)
FIGURES = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})(?P<by>[/.-])(?P<b>\d{1,2})(?P=by)(?P<year>(?:19|20)\d\d)(?!\d)")
WITHOUT_YEAR = re.compile(
    rf"(?:\b{_MONTH}\s+{_DAY}|(?<![\w-])(?P<day2>\d{{1,2}})\s+(?P<month2>\w{{3,9}}))", re.IGNORECASE
)
CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?::(?P<second>\d\d))?)?(?:\.\d+)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*\(?(?P<zone>Z\b|(?:GMT|UTC)?[+-]\d\d?:?(?:\d\d)?|[A-Z]{3,4}\b)?",
    re.IGNORECASE,
)
NEAR = 40
#: Years of news; systems write year 1 or 9999 for "none".
EARLIEST, LATEST = 1700, 2100


def edtf_of(words: str) -> str | None:
    """The date, and time if any, that a machine field or a visible line gives, in EDTF; None where it gives none."""
    words = words.strip()[:400]
    return _stamp(words) or _iso(words) or _worded(words)


def day_of(edtf: str | None) -> str | None:
    """The day of an EDTF date or time, None where it says only a month or a year."""
    return edtf[:10] if edtf and len(edtf) >= 10 else None


def day_without_year(words: str) -> str | None:
    """`March 3` or `3 March` as EDTF `XXXX-03-03`."""
    found = WITHOUT_YEAR.search(words)
    if not found:
        return None
    month = MONTHS.get((found["month"] or found["month2"]).lower())
    day = int(found["day"] or found["day2"])
    return f"XXXX-{month:02d}-{day:02d}" if month and 1 <= day <= 31 else None


def day_in_url(url: str) -> str | None:
    """The day in a path such as `/2022/03/03/` or `/2022/mar/03/`."""
    found = re.search(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?:[/_-]|$)", url, re.IGNORECASE)
    if not found:
        return None
    month = MONTHS.get(found[2].lower()) or (int(found[2]) if found[2].isdigit() else 0)
    return _day(int(found[1]), month, int(found[3]))


def _iso(words: str) -> str | None:
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(.*))?$", words)
    if not found:
        return _compact(words)
    day = _day(int(found[1]), int(found[2]), int(found[3]))
    if day is None or found[4] is None:
        return day
    zone = _offset(found[7].strip()) if found[7] else None
    return _joined(day, int(found[4]), int(found[5]), int(found[6] or 0), zone)


def _compact(words: str) -> str | None:
    found = re.match(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?$", words)
    if not found:
        return words if re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", words) else None
    day = _day(int(found[1]), int(found[2]), int(found[3]))
    if day is None or found[4] is None:
        return day
    return _joined(day, int(found[4]), int(found[5]), int(found[6] or 0), "Z" if found[7] else None)


def _stamp(words: str) -> str | None:
    """Seconds or milliseconds since 1970."""
    if not re.fullmatch(r"\d{10}(?:\d{3})?", words):
        return None
    seconds = int(words[:10])
    if not 631152000 <= seconds < 4102444800:
        return None
    return (datetime(1970, 1, 1) + timedelta(seconds=seconds)).isoformat() + "Z"


def _worded(words: str) -> str | None:
    for pattern in (MONTH_FIRST, DAY_FIRST, DASHED, YEAR_FIRST):
        found = pattern.search(words)
        if found:
            month = MONTHS.get(found["month"].lower()) or (int(found["month"]) if found["month"].isdigit() else 0)
            day = _day(int(found["year"]), month, int(found["day"]))
            return _with_clock(day, words, found.start(), found.end()) if day else None
    found = FIGURES.search(words)
    return _with_clock(_unambiguous(found), words, found.start(), found.end()) if found else None


def _unambiguous(found: re.Match[str]) -> str | None:
    first, second, year = int(found["a"]), int(found["b"]), int(found["year"])
    if first == second or first > 12 or found["by"] == ".":
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _with_clock(day: str | None, words: str, start: int, end: int) -> str | None:
    """The day with the time of day that stands beside it, after it first."""
    if day is None:
        return None
    for beside in (words[end : end + NEAR], words[max(0, start - NEAR) : start]):
        for clock in CLOCK.finditer(beside):
            if clock["minute"] or clock["half"]:
                return _clocked(day, clock)
    return day


def _clocked(day: str, clock: re.Match[str]) -> str:
    hour, minute, second = int(clock["hour"]), int(clock["minute"] or 0), int(clock["second"] or 0)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    return _joined(day, hour, minute, second, _offset(clock["zone"] or ""))


def _joined(day: str, hour: int, minute: int, second: int, zone: str | None) -> str:
    if hour > 23 or minute > 59 or second > 59:
        return day
    return f"{day}T{hour:02d}:{minute:02d}:{second:02d}{zone or ''}"


def _offset(zone: str) -> str | None:
    """`Z`, `+01:00` ... for a zone as written, None where its letters could mean several."""
    zone = zone.strip(" ()")
    found = re.fullmatch(r"(?:GMT|UTC)?([+-])(\d\d?):?(\d\d)?", zone, re.IGNORECASE)
    if found:
        hours, minutes = int(found[2]), int(found[3] or 0)
        return f"{found[1]}{hours:02d}:{minutes:02d}" if hours <= 14 and minutes < 60 else None
    hours_from_utc = ZONES.get(zone.lower())
    if hours_from_utc is None:
        return None
    return (
        datetime(2000, 1, 1, tzinfo=timezone(timedelta(hours=hours_from_utc))).isoformat()[19:].replace("+00:00", "Z")
    )


def _day(year: int, month: int, day: int) -> str | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
