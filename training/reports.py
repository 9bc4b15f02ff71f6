"""Reports labelled here for learning who said what (labelled/) -> Annotated documents. None of them is in gold/.

Three sorts: Wikinews reports, whose texts may ship, with labels in the notation of gold/; invented ones (invented/), in
the same notation; and reports of the corpora, of which only the places of the labels are here (standoff.jsonl).
Statements inside others are left out: the heads of the model do not nest, as PolNeAR does not. Every fifth report, by
hash of its name, is held back; of those of the corpora held.jsonl has all that was labelled, speakers too, as places.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from typing import Any

from gold.marks import read_marks
from gold.statements import LabelledEntity, LabelledReport, LabelledStatement

from onrecord.find.within import reported_words
from onrecord.record import Span
from training.annotated import Annotated, Attribution, Spans

HERE = Path(__file__).parent / "labelled"
STANDOFF = HERE / "standoff.jsonl"
HELD = HERE / "held.jsonl"
INVENTED = HERE / "invented"


def labelled_reports(folder: Path = HERE) -> Iterator[LabelledReport]:
    """Every report of a folder with its labels, in the order of their names: the Wikinews reports unless told."""
    for path in sorted((folder / "labels").glob("*.marks")):
        text = (folder / "reports" / f"{path.stem}.txt").read_bytes().decode("utf-8")
        yield read_marks(path.stem, text, path.read_text(encoding="utf-8"))


def is_held_back(name: str) -> bool:
    """Whether a report is for measuring, not for learning."""
    return zlib.crc32(name.encode()) % 5 == 0


def reports() -> Iterator[Annotated]:
    """The Wikinews reports with what is attributed in them."""
    return (_annotated("reports", report) for report in labelled_reports())


def invented() -> Iterator[Annotated]:
    """The invented reports, in the same way."""
    return (_annotated("invented", report) for report in labelled_reports(INVENTED))


def _annotated(corpus: str, report: LabelledReport) -> Annotated:
    return Annotated(corpus, report.name, split_of(report.name), report.text, attributions=attributions_of(report))


def split_of(name: str) -> str:
    """Which part a labelled report belongs to."""
    return "dev" if is_held_back(name) else "train"


def attributions_of(report: LabelledReport) -> tuple[Attribution, ...]:
    """The outermost statements as the corpora have them."""
    return tuple(_attribution(one) for one in report.statements if one.inside is None)


def _attribution(one: LabelledStatement) -> Attribution:
    return Attribution(_spans((one.source,)), _spans((one.cue,)), _spans(one.content))


def _placed(one: Any) -> Attribution:
    """An attribution as a line of standoff.jsonl has it."""
    return Attribution(*(tuple(map(tuple, spans)) for spans in one))


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
            found = tuple(_placed(one) for one in row["attributions"])
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


def inner(documents: Iterable[Annotated], path: Path = STANDOFF) -> Iterator[Annotated]:
    """Reported words as documents of their own, one of each labelled report, with what is said inside them and is not
    `optional`: from the Wikinews and the invented reports, and from those documents of the corpora whose inner
    statements were labelled."""
    for report in chain(labelled_reports(), labelled_reports(INVENTED)):
        within = tuple(_attribution(one) for one in report.statements if one.inside is not None and not one.optional)
        yield from _reported(_annotated("reports", report), within)
    with path.open(encoding="utf-8") as file:
        labels = {(row["corpus"], row["id"]): row.get("inner") for row in map(json.loads, file)}
    documents = list(documents)
    corpus_of = {(document.text, document.id): document.corpus for document in documents}
    for outer in standoff(documents, path):
        within_outer = labels[corpus_of[outer.text, outer.id], outer.id]
        if within_outer is not None:
            yield from _reported(outer, tuple(_placed(one) for one in within_outer))


def _reported(outer: Annotated, within: tuple[Attribution, ...]) -> Iterator[Annotated]:
    """The reported words of a report, a line each, as `onrecord.find.within` lays them out."""
    contents = [Span(start, end) for one in outer.attributions or () for start, end in one.content]
    kept = reported_words(contents, outer.text)
    starts, length = [], 0
    for span in kept:
        starts.append(length)
        length += len(span) + 1
    text = "\n".join(outer.text[span.start : span.end].replace("\n", " ") for span in kept)

    def moved(spans: Spans) -> Spans:
        return tuple(
            (start - span.start + new, end - span.start + new)
            for start, end in spans
            for span, new in zip(kept, starts, strict=True)
            if span.start <= start and end <= span.end
        )

    found = (Attribution(moved(one.source), moved(one.cue), moved(one.content)) for one in within)
    if text:
        yield Annotated("inner", outer.id, outer.split, text, attributions=tuple(one for one in found if one.content))


def sha256_of(text: str) -> str:
    """What tells whether offsets still belong to a text."""
    return hashlib.sha256(text.encode()).hexdigest()
