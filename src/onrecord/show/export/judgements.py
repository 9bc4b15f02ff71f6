"""Judgements as JSON Lines and back: what people decided, as training data and for another copy of the database.

One judgement a line with the fields of `record.Judgement`, withdrawals among them, in the order they were made; read
back in this order they stand as they stood. CSV, JSON Lines and Parquet of statements bring theirs in the column
`judgements`, and a verdict that somebody typed into the column `verdict` counts as one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from onrecord.errors import OnrecordError
from onrecord.keep.store import Store
from onrecord.notation import NotationError, as_data, from_data
from onrecord.record import Judgement, Verdict
from onrecord.show.spreadsheet import plain

#: Fields that no judgement lacks.
_NEEDED = ("left", "right", "verdict", "by", "at")


def write_judgements(store: Store, out: IO[str]) -> int:
    """Write every judgement of a store; how many there were."""
    kept = sorted(store.judgements())
    for _, judgement, _ in kept:
        out.write(json.dumps(as_data(judgement), ensure_ascii=False) + "\n")
    return len(kept)


def read_judgements(lines: Iterable[str], name: str) -> Iterator[Judgement]:
    """The judgements in lines of JSON; OnrecordError, with file and line, at the first that is none."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _judgement(_object(line, name, number), name, number)


def _judgement(data: Any, name: str, number: int) -> Judgement:
    lacking = [each for each in _NEEDED if each not in data]
    if lacking:
        raise OnrecordError(f"{name}, line {number}: not a judgement: it says nothing of {', '.join(lacking)}")
    try:
        return from_data(Judgement, data)
    except NotationError as error:
        raise OnrecordError(f"{name}, line {number}: not a judgement: {error}") from error


def judgements_in(path: Path, by: str) -> list[Judgement]:
    """The judgements in a file: those of `write_judgements`, or of rows of statements, CSV, JSON Lines or Parquet, with
    the verdicts typed into these, which count as made by `by` when the file was written."""
    try:
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="microseconds")
        at = at.replace("+00:00", "Z")
        return [judgement for row in _rows(path) for judgement in _judgements_of(row, path.name, by, at)]
    except OSError as error:
        raise OnrecordError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise OnrecordError(f"{path} is not UTF-8 text; save it as UTF-8, or name another file") from error
    except csv.Error as error:
        raise OnrecordError(f"{path}: {error}") from error


_Row = tuple[int, dict[str, Any]]


def _rows(path: Path) -> Iterator[_Row]:
    if path.suffix.lower() == ".parquet":
        yield from enumerate(_parquet_rows(path), 1)
    elif path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                yield number, {key: plain(value) for key, value in row.items() if key and isinstance(value, str)}
    else:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, _object(line, path.name, number)


def _parquet_rows(path: Path) -> list[dict[str, Any]]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise OnrecordError("Parquet needs pyarrow: pip install pyarrow") from error
    try:
        found: list[dict[str, Any]] = pyarrow.parquet.read_table(path).to_pylist()
    except pyarrow.ArrowException as error:
        raise OnrecordError(f"{path}: {error}") from error
    return found


def _object(text: str, name: str, number: int) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OnrecordError(f"{name}, line {number}: not a judgement: {error}") from error
    if not isinstance(data, dict):
        raise OnrecordError(f"{name}, line {number}: not a judgement")
    return data


def _judgements_of(numbered: _Row, name: str, by: str, at: str) -> Iterator[Judgement]:
    number, row = numbered
    if "statement" not in row:
        yield _judgement(row, name, number)
        return
    kept = row.get("judgements") or []
    known = [_judgement(each, name, number) for each in (_list(kept, name, number) if isinstance(kept, str) else kept)]
    yield from known
    typed, statement = str(row.get("verdict") or "").strip().lower(), row["statement"]
    if typed in ("accept", "reject") and isinstance(statement, str) and _latest(known) != typed:
        yield Judgement(statement, None, cast(Verdict, typed), by, at)
    elif typed not in ("", "accept", "reject", "correct"):
        raise OnrecordError(f"{name}, line {number}: a verdict is accept or reject, not {typed[:40]!r}")


def _list(text: str, name: str, number: int) -> list[Any]:
    data = _object(f'{{"judgements": {text}}}', name, number)["judgements"]
    if not isinstance(data, list):
        raise OnrecordError(f"{name}, line {number}: not a list of judgements")
    return data


def _latest(judgements: Sequence[Judgement]) -> str | None:
    """The verdict that stands last among the judgements of one statement, each taken back by its maker's withdrawal."""
    standing: list[Judgement] = []
    for each in sorted(judgements, key=lambda judgement: judgement.at):
        if each.verdict != "withdraw":
            standing.append(each)
        elif own := [other for other in standing if other.by == each.by]:
            standing.remove(own[-1])
    return standing[-1].verdict if standing else None


def import_judgements(store: Store, judgements: Iterable[Judgement]) -> tuple[int, int]:
    """Put judgements into a store, all or none; how many were new, and how many were there already."""
    before = len(store.judgements())
    with store.transaction():
        given = sum(store.judge(judgement) > 0 for judgement in judgements)
    new = len(store.judgements()) - before
    return new, given - new
