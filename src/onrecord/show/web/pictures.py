"""Pictures of counts over time: where each bar stands. Pure geometry; the templates draw it as SVG.

Places across are percentages, so that a picture fits any width without its words being stretched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Most bars in one picture: beyond it months become quarters, quarters years. At 390 px a bar is then 4 px wide.
MOST_BARS = 72
#: Months of a longer stretch than this are dates that a page got wrong; the picture would be one bar and a desert.
LONGEST_MONTHS = 12 * 300

Counts = Iterable[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `x` and `width` in percent, `y` and `height` in pixels; `since` and `until` are its months."""

    label: str
    count: int
    since: str
    until: str
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis, at `x` percent."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars over time, `height` pixels high."""

    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    peak: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The months that a picture shows, counted from year 0, `step` of them to a bar."""

    first: int
    last: int
    step: int

    @property
    def bars(self) -> int:
        return (self.last - self.first) // self.step + 1


def stretch_of(counts: Counts) -> Stretch | None:
    """The months from the first to the last that count for something; None when no month is known."""
    months = sorted(month for month, count in map(_counted, counts) if month is not None and count > 0)
    if not months:
        return None
    last = months[-1]
    first = next(month for month in months if last - month <= LONGEST_MONTHS)
    step = next((step for step in (1, 3, 12) if (last - first) // step < MOST_BARS), 60)
    first -= first % step
    return Stretch(first, max(last, first + 11 * (step == 1)), step)


def picture(counts: Counts, *, height: int, stretch: Stretch | None = None, peak: int | None = None) -> Picture | None:
    """Bars of the counts (month, number); None when no month is known. `stretch` and `peak` make pictures alike."""
    counts = list(counts)
    stretch = stretch or stretch_of(counts)
    if stretch is None:
        return None
    sums = _sums(counts, stretch)
    top = max(peak or 0, *sums, 1)
    bars = tuple(_bar(place, count, stretch, top, height) for place, count in enumerate(sums) if count)
    return Picture(height, bars, _ticks(stretch), top, _name(stretch.first), _name(stretch.last))


def _counted(count: tuple[str, int]) -> tuple[int | None, int]:
    month, number = count
    return _month(month), number


def _month(text: str) -> int | None:
    """Months since year 0; a bare year counts as its January."""
    year, _, month = text.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return None
    number = int(month) if month.isascii() and month.isdigit() else 1
    return int(year) * 12 + number - 1 if 1 <= number <= 12 else None


def _sums(counts: Counts, stretch: Stretch) -> Sequence[int]:
    sums = [0] * stretch.bars
    for month, count in map(_counted, counts):
        if month is not None and stretch.first <= month <= stretch.last:
            sums[(month - stretch.first) // stretch.step] += count
    return sums


def _bar(place: int, count: int, stretch: Stretch, peak: int, height: int) -> Bar:
    slot = 100 / stretch.bars
    tall = max(2.0, round(count / peak * (height - 2), 1))
    since = stretch.first + place * stretch.step
    until = since + stretch.step - 1
    return Bar(
        label=_name(since) if stretch.step == 1 else f"{_name(since)} to {_name(until)}",
        count=count,
        since=_text(since),
        until=_text(until),
        x=round(place * slot + slot * 0.1, 3),
        width=round(slot * 0.8, 3),
        y=round(height - tall, 1),
        height=tall,
    )


def _ticks(stretch: Stretch) -> tuple[Tick, ...]:
    """At most six years, the first at least a little from the left edge."""
    years = range(-(-stretch.first // 12), stretch.last // 12 + 1)
    every = -(-len(years) // 6) or 1
    length = stretch.bars * stretch.step
    return tuple(Tick(round((year * 12 - stretch.first) / length * 100, 3), str(year)) for year in years[::every])


_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
MONTHS = (*_NAMES, "December")


def _name(month: int) -> str:
    return f"{MONTHS[month % 12]} {month // 12}"


def _text(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
