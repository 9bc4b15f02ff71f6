"""Reports labelled here for learning who said what (labelled/) -> Annotated documents. None of them is in gold/.

Two sorts: Wikinews reports, whose texts may ship, with labels in the notation of gold/; and reports of the corpora, of
which only the places of the labels are here (standoff.jsonl). Statements inside others are left out: the heads of the
model do not nest, as PolNeAR does not. Every fifth report, by hash of its name, is held back; of those of the corpora
held.jsonl has all that was labelled, speakers too, as places.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from gold.marks import read_marks
from gold.statements import LabelledEntity, LabelledReport, LabelledStatement

from onrecord.record import Span
from training.annotated import Annotated, Attribution

HERE = Path(__file__).parent / "labelled"
STANDOFF = HERE / "standoff.jsonl"
HELD = HERE / "held.jsonl"


def labelled_reports(folder: Path = HERE) -> Iterator[LabelledReport]:
    """Every Wikinews report with its labels, in the order of their names."""
    for path in sorted((folder / "labels").glob("*.marks")):
        text = (folder / "reports" / f"{path.stem}.txt").read_bytes().decode("utf-8")
        yield read_marks(path.stem, text, path.read_text(encoding="utf-8"))


def is_held_back(name: str) -> bool:
    """Whether a report is for measuring, not for learning."""
    return zlib.crc32(name.encode()) % 5 == 0


def reports(folder: Path = HERE) -> Iterator[Annotated]:
    """The Wikinews reports with what is attributed in them."""
    for report in labelled_reports(folder):
        yield Annotated(
            "reports", report.name, split_of(report.name), report.text, attributions=attributions_of(report)
        )


def split_of(name: str) -> str:
    """Which part a labelled report belongs to."""
    return "dev" if is_held_back(name) else "train"


def attributions_of(report: LabelledReport) -> tuple[Attribution, ...]:
    """The outermost statements as the corpora have them."""
    return tuple(
        Attribution(_spans((one.source,)), _spans((one.cue,)), _spans(one.content))
        for one in report.statements
        if one.inside is None
    )


def _spans(some: tuple[Span | None, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in some if span is not None)


def standoff(documents: Iterable[Annotated], path: Path = STANDOFF) -> Iterator[Annotated]:
    """The documents of the corpora whose attributions were labelled here, with them; those whose text is not the one
    that was labelled are left out. What else their corpora label stays with them."""
    with path.open(encoding="utf-8") as file:
        labels = {(row["corpus"], row["id"]): row for row in map(json.loads, file)}
    for document in documents:
        row = labels.get((document.corpus, document.id))
        if row is not None and row["sha256"] == sha256_of(document.text):
            found = tuple(Attribution(*(tuple(map(tuple, spans)) for spans in one)) for one in row["attributions"])
            yield replace(document, corpus="standoff", split=split_of(document.id), attributions=found)


def held_back(documents: Iterable[Annotated], path: Path = HELD) -> Iterator[LabelledReport]:
    """The documents of the corpora that are held back, with everything that was labelled in them; those whose text is
    not the one that was labelled are left out."""
    with path.open(encoding="utf-8") as file:
        labels = {(row["corpus"], row["id"]): row for row in map(json.loads, file)}
    for document in documents:
        row = labels.get((document.corpus, document.id))
        if row is not None and row["sha256"] == sha256_of(document.text):
            entities = tuple(LabelledEntity(**_with_spans(each)) for each in row["entities"])
            statements = tuple(LabelledStatement(**_with_spans(each)) for each in row["statements"])
            yield LabelledReport(document.id, document.text, entities, statements)


def held_row(corpus: str, report: LabelledReport) -> dict[str, Any]:
    """What `held_back` reads: every label of a report, without a word of its text."""
    statements = [asdict(each) for each in report.statements]
    entities = [asdict(each) for each in report.entities]
    return {
        "corpus": corpus,
        "id": report.name,
        "sha256": sha256_of(report.text),
        "entities": entities,
        "statements": statements,
    }


def _with_spans(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields as JSON has them, with their spans as spans and their lists as tuples."""
    return {name: _with_span(value) for name, value in fields.items()}


def _with_span(value: Any) -> Any:
    if isinstance(value, dict):
        return Span(value["start"], value["end"])
    return tuple(_with_span(each) for each in value) if isinstance(value, list) else value


def sha256_of(text: str) -> str:
    """What tells whether offsets still belong to a text."""
    return hashlib.sha256(text.encode()).hexdigest()
