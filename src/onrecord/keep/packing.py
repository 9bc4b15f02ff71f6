"""A record as few bytes, and back without loss: its JSON data by the published schema, packed column by column.

Findings are named by number, ids that their places give are left out, lists of nouns become nouns of lists, lists of
spans steps and lengths, lists of few words letters, scores four digits; zlib packs the rest, with a dictionary of what
every record says. The text is not in it: that has a column of its own. A database is readable for good, so what is
written here is never taken away: another way of packing gets another first byte.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any

from onrecord.errors import StoreError
from onrecord.keep.packing_dictionary import SAID_ALWAYS
from onrecord.keep.rows import storable
from onrecord.notation import as_data, from_data
from onrecord.record import Record, Span

#: Kinds of findings that others name by id, with the kind in their ids; and the fields that name them.
_FINDINGS = {
    "mentions": "mention",
    "entities": "entity",
    "statements": "statement",
    "times": "time",
    "events": "event",
}
_REFERENCES = frozenset(("mentions", "mention", "speaker", "candidates", "inside", "time", "place", "said_in"))
#: Keys that say how a list was packed; no field of a noun is called so.
_COLUMNS, _SPANS, _SPAN_LISTS, _NUMBER_LISTS, _LETTERS, _SAME, _SCORES = "*", "^", "@", "&", "=", "#", "%"
#: One letter for each of the different values of a column: printable ASCII that JSON does not escape.
_ALPHABET = [chr(code) for code in range(33, 127) if chr(code) not in '"\\']
_NO_SCORE = "----"
#: The first byte of a packed record: how it was packed.
_PACKING = b"\x01"


def packed(record: Record) -> bytes:
    """The record as compressed JSON, without its text (unless that is none that a database can hold)."""
    data = as_data(record)
    if storable(record.document.text) == record.document.text:
        del data["document"]["text"]
    whole = json.dumps(_listed(_numbered(data, record.document.id)), allow_nan=False, separators=(",", ":"))
    packing = zlib.compressobj(9, memLevel=9, zdict=SAID_ALWAYS)
    return _PACKING + packing.compress(whole.encode("ascii")) + packing.flush()


def unpacked(blob: bytes, text: str) -> Record:
    """The record that `packed` took; StoreError, as of all that unpacks, when the bytes are damaged."""
    data = unpacked_data(blob)
    data["document"].setdefault("text", text)
    _name_again(data)
    return from_data(Record, data)


def unpacked_data(blob: bytes) -> dict[str, Any]:
    """The record's JSON data without its text: quicker than the record where a few fields are wanted."""
    data: dict[str, Any] = _unlisted(_loaded(blob))
    return data


def unpacked_sentences(blob: bytes) -> list[Span]:
    """The sentences of a packed record, and nothing else of it."""
    spans = _unlisted(_loaded(blob)["document"]["sentences"])
    return [Span(span["start"], span["end"]) for span in spans]


def _loaded(blob: bytes) -> Any:
    if blob[:1] != _PACKING:
        raise StoreError("a record is damaged, or packed in a way that this onrecord does not know")
    try:
        unpacking = zlib.decompressobj(zdict=SAID_ALWAYS)
        return json.loads(unpacking.decompress(blob[1:]) + unpacking.flush())
    except (ValueError, zlib.error) as error:
        raise StoreError(f"a record is damaged ({error}); restore a copy of the database") from error


def _numbered(data: dict[str, Any], document: str) -> dict[str, Any]:
    """The data with findings named by number where they name one another, and without the ids that their spans give:
    a third of the packed size."""
    findings = [finding for kind in _FINDINGS for finding in data[kind]]
    numbers = {finding["id"]: number for number, finding in enumerate(findings)}
    for kind in (*_FINDINGS, "places"):
        for finding in data[kind]:
            _refer(finding, numbers)
    places = [finding.get("span") for finding in findings]
    for kind, one in _FINDINGS.items():
        for finding in data[kind]:
            finding["id"] = None if finding["id"] == _address(document, one, finding, places) else finding["id"]
    return data


def _name_again(data: dict[str, Any]) -> None:
    """Undo `_numbered`."""
    document = data["document"]["id"]
    places = [finding.get("span") for kind in _FINDINGS for finding in data[kind]]
    for kind, one in _FINDINGS.items():
        for finding in data[kind]:
            finding["id"] = finding["id"] or _address(document, one, finding, places)
    names = dict(enumerate(finding["id"] for kind in _FINDINGS for finding in data[kind]))
    for kind in (*_FINDINGS, "places"):
        for finding in data[kind]:
            _refer(finding, names)


def _refer(finding: dict[str, Any], names: dict[Any, Any]) -> None:
    for key in _REFERENCES & finding.keys():
        value = finding[key]
        is_list = isinstance(value, list)
        finding[key] = [names.get(each, each) for each in value] if is_list else names.get(value, value)
    for role in finding.get("roles", ()):
        _refer(role, names)


def _address(document: str, kind: str, finding: dict[str, Any], places: list[Any]) -> str | None:
    """The id that a finding has by the place of its first span; an entity without a name by its first mention's."""
    span = finding.get("span") or finding.get("trigger") or finding.get("name")
    if finding.get("content"):
        span = {"start": finding["content"][0]["start"], "end": finding["content"][-1]["end"]}
    if kind == "entity" and span is None and finding["mentions"]:
        first = finding["mentions"][0]
        span = places[first] if isinstance(first, int) else None
    return f"{document}:{kind}:{span['start']}-{span['end']}" if span else None


# Lists


def _listed(data: Any) -> Any:
    """The data with each list written the shortest way."""
    if isinstance(data, dict):
        return {key: _listed(part) for key, part in data.items()}
    return _as_columns(data) if isinstance(data, list) and len(data) > 1 else data if not data else _each(data)


def _each(data: Any) -> Any:
    return [_listed(part) for part in data] if isinstance(data, list) else data


def _as_columns(data: list[Any]) -> Any:
    if all(isinstance(part, dict) for part in data) and all(part.keys() == data[0].keys() for part in data):
        if _is_span(data[0]):
            return {_SPANS: [*_steps(data)]}
        return {_COLUMNS: {key: _listed([part[key] for part in data]) for key in data[0]}}
    if any(data) and all(part is None or _is_span(part) for part in data):
        return {_SPANS: [*_steps(data)]}
    if all(isinstance(part, list) for part in data):
        return _as_one_list(data)
    if all(part is None or isinstance(part, str | bool) for part in data):
        return _as_letters(data)
    return {_SCORES: "".join(map(_digits, data))} if all(map(_is_score, data)) else _each(data)


def _as_one_list(data: list[list[Any]]) -> Any:
    """Lists of spans, or of numbers, end to end: how long each is, then what stands in them."""
    parts, lengths = [part for each in data for part in each], [len(each) for each in data]
    if all(map(_is_span, parts)):
        return {_SPAN_LISTS: [lengths, [*_steps(parts)]]}
    if all(type(part) is int for part in parts):
        return {_NUMBER_LISTS: [lengths, [part - before for before, part in zip([0, *parts], parts, strict=False)]]}
    return _each(data)


def _as_letters(data: list[Any]) -> Any:
    values = [*dict.fromkeys(data)]
    if len(values) == 1:
        return {_SAME: [len(data), values[0]]}
    if len(values) > min(len(_ALPHABET), len(data) * 2 // 3):
        return data
    letters = dict(zip(values, _ALPHABET, strict=False))
    return {_LETTERS: ["".join(letters[value] for value in data), *values]}


def _is_score(value: Any) -> bool:
    return value is None or (isinstance(value, float) and 0 < value < 1 and round(value * 10_000) / 10_000 == value)


def _digits(score: float | None) -> str:
    return _NO_SCORE if score is None else f"{round(score * 10_000):04}"


def _is_span(data: Any) -> bool:
    return isinstance(data, dict) and data.keys() == {"start", "end"}


def _steps(spans: list[Any]) -> Iterator[int | None]:
    """How far each span starts after the one before, and how long it is: small numbers, which pack well."""
    before = 0
    for span in spans:
        if span is None:
            yield None
        else:
            yield from (span["start"] - before, span["end"] - span["start"])
            before = span["start"]


def _unlisted(data: Any) -> Any:
    """Undo `_listed`."""
    if isinstance(data, list):
        return [_unlisted(part) for part in data]
    if not isinstance(data, dict):
        return data
    way = next(iter(data), "")
    if way in _BACK and len(data) == 1:
        return _BACK[way](data[way])
    return {key: _unlisted(part) for key, part in data.items()}


def _from_columns(columns: dict[str, Any]) -> list[Any]:
    lists = {key: _unlisted(part) for key, part in columns.items()}
    return [dict(zip(lists, parts, strict=True)) for parts in zip(*lists.values(), strict=True)]


def _from_steps(steps: list[int | None]) -> list[dict[str, int] | None]:
    before, numbers, spans = 0, iter(steps), list[dict[str, int] | None]()
    for step in numbers:
        if step is None:
            spans.append(None)
        else:
            before += step
            spans.append({"start": before, "end": before + (next(numbers) or 0)})
    return spans


def _from_span_lists(packed_lists: list[list[int]]) -> list[list[Any]]:
    parts = iter(_from_steps([*packed_lists[1]]))
    return [[next(parts) for _ in range(length)] for length in packed_lists[0]]


def _from_number_lists(packed_lists: list[list[int]]) -> list[list[int]]:
    numbers = accumulate(packed_lists[1])
    return [[next(numbers) for _ in range(length)] for length in packed_lists[0]]


def _from_letters(packed_letters: list[Any]) -> list[Any]:
    values = dict(zip(_ALPHABET, packed_letters[1:], strict=False))
    return [values[letter] for letter in packed_letters[0]]


def _from_scores(digits: str) -> list[float | None]:
    scores = (digits[start : start + 4] for start in range(0, len(digits), 4))
    return [None if score == _NO_SCORE else int(score) / 10_000 for score in scores]


_BACK: dict[str, Callable[[Any], list[Any]]] = {
    _COLUMNS: _from_columns,
    _SPANS: _from_steps,
    _SPAN_LISTS: _from_span_lists,
    _NUMBER_LISTS: _from_number_lists,
    _LETTERS: _from_letters,
    _SAME: lambda same: [same[1]] * same[0],
    _SCORES: _from_scores,
}
