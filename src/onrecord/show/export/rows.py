"""One row a statement for spreadsheets and programs: CSV, JSON Lines and Parquet. Prints nothing.

The columns of quotes.py, with those that only a pile knows: story, person, verdict, the text around, and all judgements
of the statement, which `onrecord import` reads back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from onrecord.errors import OnrecordError
from onrecord.notation import as_data
from onrecord.show.export.quotes import KEYS as QUOTE_KEYS
from onrecord.show.export.quotes import Row, quote_rows, to_csv, to_jsonl
from onrecord.show.export.reported import Reported

KEYS = (
    *QUOTE_KEYS,
    "person",
    "person_address",
    "verdict",
    "headline",
    "publisher",
    "agency",
    "published",
    "url",
    "before",
    "after",
    "judgements",
)
#: Characters of context on either side.
_CONTEXT = 160
_ROWS_A_GROUP = 10_000
_NUMBERS = {"paragraph": "int64", "score": "float64", "negated": "bool"}


def rows(stories: Iterable[Reported]) -> Iterator[Row]:
    """The statements of stories as rows with the keys of `KEYS`."""
    for each in stories:
        for statement, row in zip(each.record.statements, quote_rows(each.record), strict=True):
            yield {**row, **_story_columns(each, statement.id, statement.content[0].start, statement.content[-1].end)}


def _story_columns(each: Reported, statement: str, start: int, end: int) -> Row:
    source, text = each.record.document.source, each.record.document.text
    person, address = each.people.get(statement, (None, None))
    return {
        "person": person,
        "person_address": address or None,
        "verdict": each.verdicts.get(statement),
        "headline": source.headline,
        "publisher": source.publisher,
        "agency": source.agency,
        "published": source.published,
        "url": source.url,
        "before": text[max(0, start - _CONTEXT) : start],
        "after": text[end : end + _CONTEXT],
        "judgements": [as_data(judgement) for judgement in each.judgements.get(statement, ())],
    }


def write_csv(stories: Iterable[Reported], out: IO[str]) -> None:
    """Write CSV (RFC 4180) with a line of keys first."""
    for line in to_csv(rows(stories), keys=KEYS):
        out.write(line + "\r\n")


def write_jsonl(stories: Iterable[Reported], out: IO[str]) -> None:
    """Write a line of JSON a statement."""
    for line in to_jsonl(rows(stories)):
        out.write(line + "\n")


def write_parquet(stories: Iterable[Reported], path: Path) -> None:
    """Write Parquet: lists as JSON text, numbers and truth values as such; OnrecordError without pyarrow."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise OnrecordError("Parquet needs pyarrow: pip install pyarrow") from error
    schema = pyarrow.schema([(key, getattr(pyarrow, _ARROW[_NUMBERS.get(key, "string")])()) for key in KEYS])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for group in _groups(rows(stories)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))


_ARROW = {"string": "string", "int64": "int64", "float64": "float64", "bool": "bool_"}


def _groups(every: Iterable[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in every:
        group.append({key: _plain(value) for key, value in row.items()})
        if len(group) == _ROWS_A_GROUP:
            yield group
            group = []
    yield group


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
