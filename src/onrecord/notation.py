"""The nouns as JSON and back, without loss; the schema of that JSON is `schema/record-1.json`.

Derived from the types in record.py, so that the two cannot drift apart. Writes no file and prints nothing. A span is
`{"start": .., "end": ..}` in code points; every field is always written, unknown ones as null.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from onrecord.errors import OnrecordError
from onrecord.record import Record

SCHEMA = "onrecord-record-1"

Noun = TypeVar("Noun")
Reader = Callable[[Any], Any]


class NotationError(OnrecordError, ValueError):
    """JSON that is no record of this version; the text says what is wrong with it."""


def to_json(record: Record, *, indent: int | None = None) -> str:
    """A record as one line of JSON by the published schema (or indented)."""
    separators = (",", ":") if indent is None else None
    data = {"schema": SCHEMA, **as_data(record)}
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)


def from_json(text: str | bytes) -> Record:
    """The record that `to_json` wrote; NotationError when it is none, or when its text is not the one its id names."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotationError(f"not JSON: {error}") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise NotationError(f"not a record by the schema {SCHEMA}")
    return from_data(Record, {key: value for key, value in data.items() if key != "schema"})


def schema_text() -> str:
    """The published JSON Schema of a record, as text."""
    return (Path(__file__).parent / "schema" / "record-1.json").read_text(encoding="utf-8")


def as_data(value: Any) -> Any:
    """A noun as dicts, lists and plain values, ready for JSON."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: as_data(getattr(value, name)) for name in _field_names(type(value))}
    if isinstance(value, tuple):
        return [as_data(part) for part in value]
    return value


def from_data(noun: type[Noun], data: Any) -> Noun:
    """The noun that `as_data` took apart; NotationError when the data are not those of such a noun."""
    try:
        return cast(Noun, _reader(cast(Any, noun))(data))
    except NotationError:
        raise
    except (ValueError, TypeError) as error:
        raise NotationError(f"not a {noun.__name__}: {error}") from error


@cache
def _field_names(noun: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(noun))


@cache
def _reader(hint: Any) -> Reader:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _noun_reader(hint)
    if get_origin(hint) in (Union, UnionType):
        return _optional_reader(hint)
    if get_origin(hint) is tuple:
        return _tuple_reader(hint)
    return _value_reader(str if get_origin(hint) is Literal else hint)


def _noun_reader(noun: type) -> Reader:
    hints = get_type_hints(noun)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(noun) if field.init}
    derived = tuple(field.name for field in dataclasses.fields(noun) if not field.init)

    def read(data: Any) -> Any:
        if not isinstance(data, dict):
            raise NotationError(f"not a {noun.__name__}: {data!r:.60}")
        unknown = data.keys() - readers.keys() - set(derived)
        if unknown:
            raise NotationError(f"a {noun.__name__} has no field {', '.join(sorted(map(str, unknown)))}")
        value = noun(**{name: readers[name](part) for name, part in data.items() if name in readers})
        for name in derived:
            if data.get(name, getattr(value, name)) != getattr(value, name):
                raise NotationError(f"the {name} of a {noun.__name__} does not fit its other fields")
        return value

    return read


def _optional_reader(hint: Any) -> Reader:
    (inner,) = (part for part in get_args(hint) if part is not NoneType)
    read = _reader(inner)
    return lambda data: None if data is None else read(data)


def _tuple_reader(hint: Any) -> Reader:
    parts = get_args(hint)
    if parts[-1] is not Ellipsis:
        readers = tuple(_reader(part) for part in parts)
        return lambda data: tuple(read(part) for read, part in zip(readers, _list(data), strict=True))
    read = _reader(parts[0])
    return lambda data: tuple(read(part) for part in _list(data))


def _list(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise NotationError(f"not a list: {data!r:.60}")
    return data


def _value_reader(kind: type) -> Reader:
    allowed = (int, float) if kind is float else (kind,)

    def read(data: Any) -> Any:
        if type(data) not in allowed:
            raise NotationError(f"not a {kind.__name__}: {data!r:.60}")
        return kind(data)

    return read
