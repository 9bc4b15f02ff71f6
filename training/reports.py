"""Our own labelled Wikinews reports (training/reports, in the notation of gold/) -> Annotated documents.

None of them is in gold/. Statements inside others are left out: the heads of the model do not nest, as PolNeAR does
not. Every fifth report, by hash of its name, is held back.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from gold.marks import read_marks
from gold.statements import LabelledReport

from onrecord.record import Span
from training.annotated import Annotated, Attribution

HERE = Path(__file__).parent


def labelled_reports(folder: Path = HERE) -> Iterator[LabelledReport]:
    """Every report that has its labels, in the order of their names."""
    for path in sorted((folder / "labels").glob("*.marks")):
        text = (folder / "reports" / f"{path.stem}.txt").read_bytes().decode("utf-8")
        yield read_marks(path.stem, text, path.read_text(encoding="utf-8"))


def is_held_back(name: str) -> bool:
    """Whether a report is for measuring, not for learning."""
    return zlib.crc32(name.encode()) % 5 == 0


def reports(folder: Path = HERE) -> Iterator[Annotated]:
    """The reports with what is attributed in them, outermost only."""
    for report in labelled_reports(folder):
        split = "dev" if is_held_back(report.name) else "train"
        outer = [one for one in report.statements if one.inside is None]
        found = tuple(Attribution(_spans((one.source,)), _spans((one.cue,)), _spans(one.content)) for one in outer)
        yield Annotated("reports", report.name, split, report.text, attributions=found)


def _spans(some: tuple[Span | None, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in some if span is not None)
