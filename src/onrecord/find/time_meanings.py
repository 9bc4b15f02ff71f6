"""What the match of each time rule means: its kind and TIMEX3 value, given the document's date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.find.time_values import (
    Anchor,
    day_value,
    duration_value,
    full_year,
    holiday_value,
    in_year,
    shifted,
    weekday_value,
)
from onrecord.find.time_words import (
    CARDINALS,
    DAY_PARTS,
    DAYS_AWAY,
    DECADES,
    DEICTIC,
    FREQUENCIES,
    HOURS,
    MONTHS,
    ORDINALS,
    PLURALS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    Token,
)
from onrecord.record import TimeKind

Meaning = tuple[TimeKind, str | None]


@dataclass(frozen=True, slots=True)
class Clause:
    """What the words around a match tell: the document's date, whether the clause looks ahead, and whether the
    paragraph reckons in quarters, as reports on earnings do."""

    anchor: Anchor | None
    future: bool
    quarterly: bool = False


class Match(NamedTuple):
    """The tokens that a rule matched, and their classes."""

    tokens: list[Token]
    letters: str

    def first(self, letters: str) -> Token | None:
        return next((token for token in self.tokens if token.letter in letters), None)

    def words(self, letters: str) -> str:
        token = self.first(letters)
        return token.words if token else ""

    def unit(self) -> str:
        words = self.words("uU")
        return UNITS[PLURALS.get(words, words)]


def numeric(match: Match, clause: Clause) -> Meaning:
    digits = re.split(r"[/.-]", match.tokens[0].words)
    if len(digits) == 1:
        year, month, day = digits[0][:4], digits[0][4:6], digits[0][6:]
    elif len(digits[0]) == 4:
        year, month, day = digits
    elif "." in match.tokens[0].words:
        day, month, year = digits
    else:
        month, day, year = digits
        if int(month) > 12:
            month, day = day, month
    value = day_value(full_year(year), int(month), int(day))
    return _with_clock(value, match)


def full_date(match: Match, clause: Clause) -> Meaning:
    month = MONTHS[match.words("M")]
    day = _day_number(match.words("DO"))
    year = match.words("Y") or match.words("s").lstrip("'")
    if year:
        return _with_clock(day_value(full_year(year), month, day), match)
    return _with_clock(in_year(month, day, clause.anchor, future=clause.future), match)


def _day_number(words: str) -> int:
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else ORDINALS.get(words, 0)


def month(match: Match, clause: Clause) -> Meaning:
    month = MONTHS[match.words("M")]
    year = match.words("Y") or match.words("s").lstrip("'")
    if year:
        return "date", day_value(full_year(year), month, None)
    unit = match.first("u")
    if unit is not None and clause.anchor is not None:
        shift = -1 if match.first("L") else 1 if match.first("X") else 0
        return "date", day_value(clause.anchor.year + shift, month, None)
    future = bool(match.first("X")) or (clause.future and not match.first("L"))
    if clause.anchor is not None and match.first("T"):
        return "date", day_value(clause.anchor.year, month, None)
    return "date", in_year(month, None, clause.anchor, future=future)


def year(match: Match, clause: Clause) -> Meaning:
    return "date", match.words("Y")


def decade(match: Match, clause: Clause) -> Meaning:
    words = match.words("C")
    if words in DECADES:
        return "date", f"19{DECADES[words]}"
    digits = re.sub(r"\D", "", words)
    return "date", digits[:3] if len(digits) == 4 else f"19{digits[0]}"


def century(match: Match, clause: Clause) -> Meaning:
    return "date", f"{_day_number(match.words('O')) - 1:02}"


def deictic(match: Match, clause: Clause) -> Meaning:
    return "date", DEICTIC[match.words("R")]


def day_away(match: Match, clause: Clause) -> Meaning:
    words = match.words("d")
    value = shifted(clause.anchor, "D", DAYS_AWAY[words])
    if words == "tonight":
        return "time", value and f"{value}TNI"
    return _with_clock(value, match)


def weekday(match: Match, clause: Clause) -> Meaning:
    weekday = WEEKDAYS[match.words("W")]
    future = (clause.future or bool(match.first("X"))) and not match.first("L")
    return _with_clock(weekday_value(weekday, clause.anchor, future=future), match)


def _with_clock(value: str | None, match: Match) -> Meaning:
    clock = _clock(match)
    if clock is None:
        return "date", value
    return "time", value and f"{value}T{clock}"


def _clock(match: Match) -> str | None:
    part = match.first("P")
    if part is not None and not match.first("Kk"):
        return DAY_PARTS[part.words]
    if match.first("H"):
        return HOURS[match.words("H")]
    if match.first("K") is None and match.first("kc") is None:
        return None
    hours, _, minutes = (match.words("K") or _hour_before(match)).partition(":")
    late = match.words("k").startswith("p") or (part is not None and part.words in ("afternoon", "evening", "night"))
    hour = int(hours) % 12 + 12 if late else (int(hours) % 12 if match.words("k").startswith("a") else int(hours))
    return f"{hour:02}:{minutes or '00'}"


def _hour_before(match: Match) -> str:
    at = next(index for index, token in enumerate(match.tokens) if token.letter in "kc")
    return str(int(_cardinal(match.tokens[at - 1].words)))


def time_of_day(match: Match, clause: Clause) -> Meaning:
    clock = _clock(match)
    day = clause.anchor and clause.anchor.date
    if match.first("W"):
        value = weekday_value(WEEKDAYS[match.words("W")], clause.anchor, future=clause.future)
    elif match.first("M"):
        month, number = MONTHS[match.words("M")], match.tokens[-1].words
        value = in_year(month, _day_number(number), clause.anchor, future=clause.future)
    elif match.first("d"):
        value = shifted(clause.anchor, "D", DAYS_AWAY[match.words("d")])
    elif match.first("L"):
        value = shifted(clause.anchor, "D", -1)
    else:
        value = day.isoformat() if day else None
    return "time", value and f"{value}T{clock}"


def near_unit(match: Match, clause: Clause) -> Meaning:
    """ "last year", "this week", "earlier this month", "the past year"."""
    shift = -1 if match.first("L") else 1 if match.first("X") else 0
    unit = match.unit()
    if unit.startswith("T"):
        return "duration", duration_value(unit, "1")
    return "date", shifted(clause.anchor, unit, shift)


def last_years(match: Match, clause: Clause) -> Meaning:
    return "duration", duration_value(match.unit(), _number(match))


def distance(match: Match, clause: Clause) -> Meaning:
    """ "two years ago": a date where the number is known."""
    number, unit = _number(match), match.unit()
    word = match.words("g")
    ahead = word in ("later", "after", "hence")
    if unit.startswith("T") or number == "X":
        vague = "FUTURE_REF" if ahead else "PAST_REF"
        return ("date", vague) if number == "X" else ("duration", duration_value(unit, number))
    if ahead or word == "before":
        return "duration" if "." in number else "date", None
    if "." in number:
        return "date", None
    value = shifted(clause.anchor, unit, -int(number))
    if clause.quarterly and unit == "Y" and value:
        quarter = shifted(clause.anchor, "Q", -1)
        return "date", quarter and value + quarter[4:]
    return "date", value


def duration(match: Match, clause: Clause) -> Meaning:
    return "duration", duration_value(match.unit(), _number(match))


def quarter(match: Match, clause: Clause) -> Meaning:
    if clause.anchor is None:
        return "date", f"{match.words('Y')}-Q{_day_number(match.words('O'))}" if match.first("Y") else None
    ordinal = match.words("O")
    if not ordinal:
        return "date", shifted(clause.anchor, "Q", -1)
    number = _day_number(ordinal)
    if match.first("Y"):
        year = int(match.words("Y"))
    elif match.first("L"):
        year = clause.anchor.year - 1
    elif match.first("X"):
        year = clause.anchor.year + 1
    else:
        started = number <= ((clause.anchor.month or 12) + 2) // 3
        year = clause.anchor.year - (0 if started or clause.future or match.first("T") else 1)
    return ("date", f"{year}-Q{number}") if 1 <= number <= 4 else ("date", None)


def season(match: Match, clause: Clause) -> Meaning:
    season = SEASONS[match.words("S")]
    if match.first("Y"):
        return "date", f"{match.words('Y')}-{season}"
    if clause.anchor is None:
        return "date", None
    first_month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    year = clause.anchor.year
    if match.first("L") and (clause.anchor.month or 12) < first_month + 3:
        year -= 1
    elif match.first("X") and (clause.anchor.month or 1) >= first_month:
        year += 1
    return "date", f"{year}-{season}"


def weekend(match: Match, clause: Clause) -> Meaning:
    shift = -1 if match.first("L") else 1 if match.first("X") else 0
    week = shifted(clause.anchor, "W", shift)
    if not match.first("T") and not match.first("L") and not match.first("X") and clause.anchor and clause.anchor.date:
        back = 0 if clause.future or clause.anchor.date.weekday() >= 5 else -1
        week = shifted(clause.anchor, "W", back)
    return "date", week and f"{week}-WE"


def frequency(match: Match, clause: Clause) -> Meaning:
    return "set", FREQUENCIES[match.words("v")]


def every(match: Match, clause: Clause) -> Meaning:
    if match.first("W"):
        return "set", f"XXXX-WXX-{WEEKDAYS[match.words('W')] + 1}"
    if match.first("x"):
        return "set", f"XXXX-WXX-{WEEKDAYS[match.words('x').removesuffix('s')] + 1}"
    if match.first("M"):
        return "set", f"XXXX-{MONTHS[match.words('M')]:02}"
    if match.first("P"):
        return "set", f"XXXX-XX-XXT{DAY_PARTS[match.words('P')]}"
    if match.first("S"):
        return "set", f"XXXX-{SEASONS[match.words('S')]}"
    number = _number(Match([token for token in match.tokens if token.letter != "V"], match.letters))
    return "set", duration_value(match.unit(), "1" if number == "X" else number)


def holiday(match: Match, clause: Clause) -> Meaning:
    name = match.words("y")
    if match.first("Y"):
        return "date", holiday_value(name, int(match.words("Y")))
    if clause.anchor is None:
        return "date", None
    this_year = holiday_value(name, clause.anchor.year)
    future = bool(match.first("X")) or (clause.future and not match.first("L"))
    value = in_year(int(this_year[5:7]), int(this_year[8:]), clause.anchor, future=future)
    return "date", value and holiday_value(name, int(value[:4]))


def vague(match: Match, clause: Clause) -> Meaning:
    words = match.tokens[-1].words
    value = {"future": "FUTURE_REF", "past": "PAST_REF"}.get(words)
    if value is None:
        value = "FUTURE_REF" if match.first("X") else "PAST_REF"
    return "date", value


def recent(match: Match, clause: Clause) -> Meaning:
    return ("duration", duration_value(match.unit(), "X")) if match.first("U") else ("date", "PAST_REF")


def unit_end(match: Match, clause: Clause) -> Meaning:
    """ "year-end", "the end of the month": the unit itself, or its last day where it has one."""
    value = shifted(clause.anchor, match.unit(), 0)
    last = {4: "-12-31"}.get(len(value or ""), "") if match.tokens[0].letter == "u" else ""
    return "date", value and value + last


def same_day_part(match: Match, clause: Clause) -> Meaning:
    shift = -1 if match.first("L") else 0
    day = shifted(clause.anchor, "D", shift)
    return "time", day and f"{day}T{DAY_PARTS[match.words('P')]}"


def _number(match: Match) -> str:
    """The number in a duration as digits; "X" for a few; ½ counts."""
    total, current, seen = 0.0, 0.0, False
    for token in match.tokens:
        if token.letter in "NDY":
            value = _cardinal(token.words)
            if token.words in ("hundred", "thousand"):
                current = max(current, 1.0) * value
            elif current and token.words.isdigit():
                current = value
            else:
                current += value
            seen = True
    total += current
    if not seen:
        if match.first("Q"):
            return "2" if "couple" in (token.words for token in match.tokens) else "X"
        total = 0.0 if match.first("U") else 1.0
        if match.first("U") and not match.first("h"):
            return "X"
    if match.first("h"):
        total = total + 0.5 if seen or match.letters.find("h") > match.letters.find("u") else 0.5
    return f"{total:g}"


def _cardinal(words: str) -> float:
    if words in CARDINALS:
        return float(CARDINALS[words])
    try:
        return float(words.replace(",", ""))
    except ValueError:
        return 1.0
