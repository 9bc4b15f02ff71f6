"""Loads the labelled reports: raw text from gold/reports/, labels from gold/labels/PASS/, the split by rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Literal

from gold.marks import read_marks
from gold.statements import LabelledReport

HERE = Path(__file__).parent
Part = Literal["development", "scoring"]
Pass = Literal["a", "b", "adjudicated"]


def report_names() -> tuple[str, ...]:
    """The names of all reports, labelled or not."""
    return tuple(sorted(path.stem for path in (HERE / "reports").glob("*.txt")))


def part_names(part: Part) -> tuple[str, ...]:
    """The names of the reports of one part; see `is_for_development`."""
    development = development_names(report_names())
    return tuple(name for name in report_names() if (name in development) == (part == "development"))


def development_names(names: Iterable[str]) -> frozenset[str]:
    """Of each set (the name up to its last hyphenated word group: gum-news, meantime ...) the first third by the
    SHA-256 of the name. Fixed by the names alone, so nobody chooses."""
    chosen: set[str] = set()
    for _, group in groupby(sorted(names, key=set_of), key=set_of):
        ranked = sorted(group, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
        chosen.update(ranked[: (len(ranked) + 1) // 3])
    return frozenset(chosen)


def set_of(name: str) -> str:
    """The set that a report comes from."""
    words = name.split("-")
    return "-".join(words[:2]) if words[0] == "gum" else words[0]


def report_text(name: str) -> str:
    """The raw text of a report, line ends as stored."""
    return (HERE / "reports" / f"{name}.txt").read_bytes().decode("utf-8")


def labelled_names(labels: Pass) -> tuple[str, ...]:
    """The names of the reports that this pass has labelled so far."""
    return tuple(sorted(path.stem for path in (HERE / "labels" / labels).glob("*.marks")))


def load_report(name: str, labels: Pass = "adjudicated") -> LabelledReport:
    """One report with its labels; MarkError when a line does not resolve, FileNotFoundError when not labelled."""
    marks = (HERE / "labels" / labels / f"{name}.marks").read_text("utf-8")
    return read_marks(name, report_text(name), marks)


def load_reports(part: Part | None = None, labels: Pass = "adjudicated") -> Iterator[LabelledReport]:
    """All reports that the pass has labelled, of one part or of both."""
    wanted = frozenset(report_names() if part is None else part_names(part))
    for name in labelled_names(labels):
        if name in wanted:
            yield load_report(name, labels)
