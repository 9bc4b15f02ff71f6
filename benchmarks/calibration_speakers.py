"""Whether the scores of speakers mean what they say: a table of reliability over our own labelled reports.

    PYTHONPATH=src:. python benchmarks/calibration_speakers.py [--part development|scoring]

Counts the statements found for which a speaker is given, by score: the mean score of each row beside the share whose
speaker has the right full name. Then the same by the way the speaker was found, told from the chain: by the source's
own words, by a pronoun, by a description, by turn. Names nothing of the reports, so the scoring part may be run.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from gold.load import load_reports
from gold.score import name_of, pair, same_name

from onrecord.pipeline import put_on_record
from onrecord.record import Page, Record, Statement

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 1.01)
_PRONOUNS = frozenset("he she it they his her i we who which".split())


class Given(NamedTuple):
    """One speaker given: how sure, by which way, and whether the name is right."""

    score: float
    way: str
    right: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("development", "scoring"), default="development")
    given = list(speakers_given(parser.parse_args().part))
    print(f"{len(given)} speakers given; expected calibration error {calibration_error(given):.3f}")
    print(table("score", by_score(given)))
    print(table("way", by_way(given)))


def speakers_given(part: str) -> Iterable[Given]:
    """Of each statement found in a part of gold that has a speaker."""
    for report in load_reports("scoring" if part == "scoring" else "development", "adjudicated"):
        record = put_on_record(Page(report.text.encode(), report.name, format="text"))
        for label, one in pair(report, record).found:
            name = name_of(record, one)
            if name is None or one.origin.score is None or label.optional:
                continue
            names = [*report.speaker_names(label), *(report.words(report.entity(key).name) for key in label.candidates)]
            names += [report.words(span) for key in label.speakers for span in report.entity(key).also]
            yield Given(one.origin.score, way_of(record, one), any(same_name(name, each) for each in names))


def way_of(record: Record, statement: Statement) -> str:
    """How the source led to the speaker."""
    if statement.source is None:
        return "turn"
    words = record.document.words(statement.source)
    if words.lower() in _PRONOUNS:
        return "pronoun"
    last = (name_of(record, statement) or "").split()[-1:]
    return "name" if last and last[0].casefold() in words.casefold() else "description"


def by_score(given: Sequence[Given]) -> dict[str, list[Given]]:
    """The speakers in bins of score; empty bins left out."""
    rows: dict[str, list[Given]] = {}
    for low, high in pairwise(EDGES):
        inside = [each for each in given if low <= each.score < high]
        if inside:
            rows[f"{low:.2f}-{min(high, 1.0):.2f}"] = inside
    return rows


def by_way(given: Sequence[Given]) -> dict[str, list[Given]]:
    """The speakers by the way they were found."""
    rows: defaultdict[str, list[Given]] = defaultdict(list)
    for each in given:
        rows[each.way].append(each)
    return dict(sorted(rows.items()))


def calibration_error(given: Sequence[Given]) -> float:
    """Mean distance of score and share right over the bins, weighted by their size."""
    rows = by_score(given).values()
    return sum(len(row) * abs(_score(row) - _right(row)) for row in rows) / max(len(given), 1)


def table(title: str, rows: Mapping[str, Sequence[Given]]) -> str:
    """A line a row: how many, the mean score, the share right."""
    lines = [f"{title:12} {'n':>5} {'score':>6} {'right':>6}"]
    lines += [f"{name:12} {len(row):5} {_score(row):6.3f} {_right(row):6.3f}" for name, row in rows.items()]
    return "\n".join(lines)


def _score(row: Sequence[Given]) -> float:
    return sum(each.score for each in row) / len(row)


def _right(row: Sequence[Given]) -> float:
    return sum(each.right for each in row) / len(row)


if __name__ == "__main__":
    main()
