"""The day of a report as its readers saw it: machine stamps are often UTC, where an evening's report is a day later.

Where the page shows a time of day that is a machine's stamp in another zone, that zone is the page's. Where it shows
only a day, or its URL does, one day before or after, that day is kept and the time is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from .source_fields import Clue

#: Zones differ from UTC by no more, in quarters of an hour.
MOST_QUARTERS = 56
TIMES = ("published", "modified")


def localised(clues: Sequence[Clue]) -> list[Clue]:
    """The clues, their UTC or zoneless machine stamps put on the day that the page shows."""
    shown = [c for c in clues if c.field in TIMES and c.taken_from in ("visible", "url")]
    offset = next((o for clue in clues for other in shown if (o := _offset(clue, other)) is not None), None)
    return [_localised(clue, shown, offset) for clue in clues]


def _instant(clue: Clue) -> datetime | None:
    """The time of a machine's stamp that is in UTC, or might be."""
    value = str(clue.value)
    if clue.field not in TIMES or len(value) < 19 or value[19:] not in ("", "Z", "+00:00"):
        return None
    try:
        return datetime.fromisoformat(value[:19])
    except ValueError:
        return None


def _offset(clue: Clue, shown: Clue) -> timedelta | None:
    """How far the shown time is from the machine's, where both are one moment: whole quarters apart."""
    instant, value = _instant(clue), str(shown.value)
    if instant is None or clue.field != shown.field or len(value) < 19 or clue.taken_from == "visible":
        return None
    try:
        apart = datetime.fromisoformat(value[:19]).replace(second=0) - instant.replace(second=0)
    except ValueError:
        return None
    quarters, rest = divmod(apart.total_seconds(), 900)
    return apart if rest == 0 and quarters != 0 and abs(quarters) <= MOST_QUARTERS else None


def _localised(clue: Clue, shown: Sequence[Clue], offset: timedelta | None) -> Clue:
    instant = _instant(clue)
    if instant is None or clue.taken_from in ("visible", "url"):
        return clue
    if offset is not None:
        return replace(clue, value=(instant + offset).replace(tzinfo=timezone(offset)).isoformat())
    days = (str(other.value)[:10] for other in shown if other.field == clue.field)
    day = next((day for day in days if str(clue.value)[19:] and _is_next_to(day, instant)), None)
    return clue if day is None else replace(clue, value=day)


def _is_next_to(day: str, instant: datetime) -> bool:
    """Whether it was `day` somewhere on Earth at `instant`, though not in UTC."""
    try:
        days = (date.fromisoformat(day) - instant.date()).days
    except ValueError:
        return False
    return (days == -1 and instant.hour < 12) or (days == 1 and instant.hour >= 10)
