"""Floors under the figures of gold/score.py, so that none falls silently. Kept in gold/floors.json.

    python -m gold.floors check                                figures now, against the floors; fails when one fell
    python -m gold.floors raise                                lifts every floor to the figure of now; lowers none
    python -m gold.floors lower PART FIGURE VALUE --because REASON

A floor goes down by `lower` only, and the reason stays in the file. `wrong_speaker` is a ceiling: it may only fall.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from gold.load import Part, load_reports
from gold.score import Score, pair, score
from onrecord.pipeline import put_on_record
from onrecord.record import Page

FLOORS = Path(__file__).parent / "floors.json"
FIGURES = ("recall", "precision", "direct_recall", "direct_speaker", "full_name", "wrong_speaker")
CEILINGS = frozenset(("wrong_speaker",))
PARTS: tuple[Part, ...] = ("development", "scoring")
#: Floors are kept to four places; a figure that differs by rounding has not fallen.
ROUNDING = 0.00005

Floors = dict[Part, dict[str, float]]


def measure(part: Part) -> Score:
    """The figures of the installed onrecord on the adjudicated reports of a part."""
    reports = load_reports(part, "adjudicated")
    return score(
        pair(report, put_on_record(Page(report.text.encode(), report.name, format="text"))) for report in reports
    )


def fallen(result: Score, floors: Mapping[str, float]) -> tuple[str, ...]:
    """The figures that are worse than their floors, a line each."""
    return tuple(
        f"{figure} is {now if now is None else round(now, 4)}, its floor {floors[figure]}"
        for figure, now in _figures(result)
        if figure in floors and (now is None or _is_worse(figure, now, floors[figure]))
    )


def raised(result: Score, floors: Mapping[str, float]) -> dict[str, float]:
    """The floors, each lifted to the figure of now where that is better."""
    lifted = dict(floors)
    for figure, now in _figures(result):
        if now is not None and (figure not in floors or _is_worse(figure, floors[figure], now)):
            lifted[figure] = round(now, 4)
    return lifted


def read_floors() -> Floors:
    """The floors by part; empty before the first `raise`."""
    if not FLOORS.exists():
        return {}
    kept = json.loads(FLOORS.read_text("utf-8"))
    return {part: kept.get(part, {}) for part in PARTS}


def write_floors(floors: Floors, lowered: Mapping[str, object] | None = None) -> None:
    """Writes the floors, with the reason when one was lowered."""
    history = json.loads(FLOORS.read_text("utf-8")).get("lowered", []) if FLOORS.exists() else []
    kept: dict[str, object] = dict(floors.items())
    kept |= {"lowered": history + ([] if lowered is None else [dict(lowered)])}
    FLOORS.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def _figures(result: Score) -> Iterator[tuple[str, float | None]]:
    for figure in FIGURES:
        yield figure, getattr(result, figure)


def _is_worse(figure: str, one: float, other: float) -> bool:
    """Whether `one` is worse than `other`, by more than rounding."""
    return one > other + ROUNDING if figure in CEILINGS else one < other - ROUNDING


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check")
    commands.add_parser("raise")
    lower = commands.add_parser("lower")
    lower.add_argument("part", choices=PARTS)
    lower.add_argument("figure", choices=FIGURES)
    lower.add_argument("value", type=float)
    lower.add_argument("--because", required=True)
    options = parser.parse_args()
    if options.command == "lower":
        _lower(options.part, options.figure, options.value, options.because)
    elif options.command == "raise":
        floors = read_floors()
        write_floors({part: raised(measure(part), floors.get(part, {})) for part in PARTS})
    else:
        _check()


def _lower(part: Part, figure: str, value: float, because: str) -> None:
    floors = read_floors()
    before = floors[part].get(figure)
    floors[part][figure] = value
    write_floors(floors, {"part": part, "figure": figure, "from": before, "to": value, "because": because})


def _check() -> None:
    worse = [f"{part}: {line}" for part, floors in read_floors().items() for line in fallen(measure(part), floors)]
    print("\n".join(worse) or "no figure fell")
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
