"""Statements as rows, one a statement: CSV for spreadsheets, JSON Lines for programs. Opens and prints nothing.

Every row has the keys of `KEYS`. In CSV a list is written as JSON, so that nothing is lost, null
as nothing, and what a spreadsheet would run as spreadsheet.py says.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from onrecord.record import Entity, Record, Span, Statement
from onrecord.show.spreadsheet import cell

KEYS: Final = (
    "page",
    "document",
    "statement",
    "paragraph",
    "kind",
    "mode",
    "negated",
    "speaker",
    "speaker_id",
    "title",
    "affiliation",
    "source_type",
    "source",
    "source_span",
    "cue",
    "cue_span",
    "content",
    "content_spans",
    "sentences",
    "inside",
    "reason",
    "occasion",
    "chain",
    "candidates",
    "score",
)
#: The blocks that are counted as paragraphs, as in `onrecord.show.terminal`.
_NUMBERED: Final = frozenset(("paragraph", "list", "table"))

Row = dict[str, Any]


def quote_rows(record: Record) -> Iterator[Row]:
    """The statements of a record as rows with the keys of `KEYS`; spans are [start, end] in the document's text."""
    entities = {entity.id: entity for entity in record.entities}
    for statement in record.statements:
        yield dict(zip(KEYS, _values(record, statement, entities), strict=True))


def to_jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """A line of JSON for each row."""
    return (json.dumps(row, ensure_ascii=False) for row in rows)


def to_csv(rows: Iterable[Row], *, header: bool = True, keys: Sequence[str] = KEYS) -> Iterator[str]:
    """Lines of CSV (RFC 4180), with a line of keys before the first row unless `header` is False."""
    if header:
        yield _line(keys)
    for row in rows:
        yield _line([_cell(row[key]) for key in keys])


def _values(record: Record, statement: Statement, entities: dict[str, Entity]) -> Iterator[Any]:
    words = record.document.words
    speaker = entities.get(statement.speaker or "")
    source = record.document.source
    yield source.url or source.location
    yield record.document.id
    yield statement.id
    yield _paragraph(record, statement.content[0])
    yield from (statement.kind, statement.mode, statement.negated)
    yield None if speaker is None else _name(record, speaker)
    yield statement.speaker
    yield _first_words(record, speaker.titles if speaker else ())
    yield _first_words(record, speaker.affiliations if speaker else ())
    yield statement.source_type
    yield from (_words(record, statement.source), _pair(statement.source))
    yield from (_words(record, statement.cue), _pair(statement.cue))
    yield [words(span) for span in statement.content]
    yield [_pair(span) for span in statement.content]
    yield [_pair(sentence) for sentence in _sentences(record, statement)]
    yield statement.inside
    yield from (_words(record, statement.reason), _words(record, statement.occasion))
    yield [{"text": words(span), "span": _pair(span)} for span in statement.chain]
    yield [_name(record, entities[id_]) for id_ in statement.candidates]
    yield statement.origin.score


def _name(record: Record, entity: Entity) -> str | None:
    return None if entity.name is None else record.document.words(entity.name)


def _first_words(record: Record, spans: tuple[Span, ...]) -> str | None:
    return record.document.words(spans[0]) if spans else None


def _words(record: Record, span: Span | None) -> str | None:
    return None if span is None else record.document.words(span)


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _sentences(record: Record, statement: Statement) -> list[Span]:
    """The sentences that hold a part of the content."""
    return [
        sentence for sentence in record.document.sentences if any(sentence.overlaps(span) for span in statement.content)
    ]


def _paragraph(record: Record, span: Span) -> int | None:
    """The number of the paragraph that a span stands in; None in a headline or caption."""
    numbered = (block for block in record.document.blocks if block.kind in _NUMBERED)
    return next((number for number, block in enumerate(numbered, 1) if block.span.overlaps(span)), None)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list):
        return json.dumps(value, ensure_ascii=False)
    return str(cell(value))


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(list(cells))
    return written.getvalue().removesuffix("\r\n")
