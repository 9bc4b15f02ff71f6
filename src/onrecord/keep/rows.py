"""A record as the rows of its tables: pure, no database here.

The tables hold what people ask for; the exact record is kept beside them as compressed JSON by the published schema
(`packed`, `unpacked`), without its text, which has a table of its own.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.notation import as_data, from_data
from onrecord.record import Entity, Record, Source, Span, Statement, envelope, parse_address

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_POSSESSIVE = re.compile(r"[’']s?$")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´\"“”")
#: Kinds of findings that others name by id, with the kind in their ids; and the fields that name them.
_FINDINGS = {
    "mentions": "mention",
    "entities": "entity",
    "statements": "statement",
    "times": "time",
    "events": "event",
}
_REFERENCES = frozenset(("mentions", "mention", "speaker", "candidates", "inside", "time", "place", "said_in"))
#: Marks a noun of lists, and a list of spans; no field of a noun is called so.
_TURNED, _SPANS = "*", "^"
#: Names longer than this are cut in keys (not in the text): nobody's name, but a page may hold anything.
_LONGEST_KEY = 120


@dataclass(frozen=True, slots=True)
class NameRow:
    """One spelling of one name: `address` is its key and its stable public id."""

    address: str
    kind: str
    written: str
    folded: str


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A named entity of the story; `id` is that of the record."""

    id: str
    name: NameRow
    start: int
    end: int
    mentions: tuple[Span, ...]
    address: str | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with its words; `speaker` and `about` are ids of entities of the record. `kept_words` are the words
    where they are not simply the characters of the story from `start` to `end`."""

    id: str
    start: int
    end: int
    address: str | None
    words: str
    kept_words: str | None
    source: str | None
    cue: str | None
    kind: str
    mode: str
    source_type: str
    negated: bool
    hedged: bool
    speaker: str | None
    unknown_because: str | None
    score: float | None
    about: tuple[str, ...]


def packed(record: Record) -> bytes:
    """The record as compressed JSON, without its text (unless that is none that a database can hold)."""
    data = as_data(record)
    if storable(record.document.text) == record.document.text:
        del data["document"]["text"]
    return zlib.compress(_json(_turned(_numbered(data, record.document.id))), 9)


def unpacked(blob: bytes, text: str) -> Record:
    """The record that `packed` took; ValueError or zlib.error when the bytes are damaged."""
    data = unpacked_data(blob)
    data["document"].setdefault("text", text)
    _name_again(data)
    return from_data(Record, data)


def unpacked_data(blob: bytes) -> dict[str, Any]:
    """The record's JSON data without its text: quicker than the record where a few fields are wanted."""
    data: dict[str, Any] = _turned_back(json.loads(zlib.decompress(blob)))
    return data


def _numbered(data: dict[str, Any], document: str) -> dict[str, Any]:
    """The data with findings named by number where they name one another, and without the ids that their spans give:
    a third of the packed size."""
    findings = [finding for kind in _FINDINGS for finding in data[kind]]
    numbers = {finding["id"]: number for number, finding in enumerate(findings)}
    for kind in (*_FINDINGS, "places"):
        for finding in data[kind]:
            _refer(finding, numbers)
    for kind, one in _FINDINGS.items():
        for finding in data[kind]:
            finding["id"] = None if finding["id"] == _address(document, one, finding) else finding["id"]
    return data


def _name_again(data: dict[str, Any]) -> None:
    """Undo `_numbered`."""
    document = data["document"]["id"]
    for kind, one in _FINDINGS.items():
        for finding in data[kind]:
            finding["id"] = finding["id"] or _address(document, one, finding)
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


def _address(document: str, kind: str, finding: dict[str, Any]) -> str | None:
    """The id that a finding has by the place of its first span."""
    span = finding.get("span") or finding.get("trigger") or finding.get("name")
    if finding.get("content"):
        span = {"start": finding["content"][0]["start"], "end": finding["content"][-1]["end"]}
    return f"{document}:{kind}:{span['start']}-{span['end']}" if span else None


def unpacked_sentences(blob: bytes) -> list[Span]:
    """The sentences of a packed record, and nothing else of it."""
    spans = _turned_back(json.loads(zlib.decompress(blob))["document"]["sentences"])
    return [Span(span["start"], span["end"]) for span in spans]


def _turned(data: Any) -> Any:
    """Lists of nouns of one kind as a noun of lists, which packs an eighth smaller: like stands beside like."""
    if isinstance(data, dict):
        return {key: _turned(part) for key, part in data.items()}
    if not isinstance(data, list):
        return data
    if len(data) > 1 and any(data) and all(part is None or _is_span(part) for part in data):
        return {_SPANS: list(_steps(data))}
    if len(data) > 1 and all(isinstance(part, dict) and part.keys() == data[0].keys() for part in data):
        return {_TURNED: {key: _turned([part[key] for part in data]) for key in data[0]}}
    return [_turned(part) for part in data]


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


def _spans(steps: list[int | None]) -> Iterator[dict[str, int] | None]:
    """Undo `_steps`."""
    before, numbers = 0, iter(steps)
    for step in numbers:
        if step is None:
            yield None
        else:
            before += step
            yield {"start": before, "end": before + (next(numbers) or 0)}


def _turned_back(data: Any) -> Any:
    if isinstance(data, list):
        return [_turned_back(part) for part in data]
    if not isinstance(data, dict):
        return data
    if _SPANS in data:
        return list(_spans(data[_SPANS]))
    if _TURNED not in data:
        return {key: _turned_back(part) for key, part in data.items()}
    lists = {key: _turned_back(part) for key, part in data[_TURNED].items()}
    return [dict(zip(lists, parts, strict=True)) for parts in zip(*lists.values(), strict=True)]


def source_text(source: Source) -> str:
    """A source as one line of JSON."""
    return _json(as_data(source)).decode("ascii")


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")


def storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot hold, as U+FFFD: every offset stays."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def day_of(published: str | None) -> str:
    """The day, month or year at the front of an EDTF date, for sorting; empty where there is none."""
    found = _DAY.match(published or "")
    return found.group() if found else ""


def folded(name: str) -> str:
    """A name without marks, case, apostrophes and punctuation: "Zelenskyy" is not yet "Zelensky", "AL-ASSAD" is
    "al assad"."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name.strip()).translate(_APOSTROPHES)).casefold()
    letters = "".join(character if character.isalnum() else " " for character in plain if not _is_mark(character))
    return " ".join(letters.split())[:_LONGEST_KEY]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def name_row(written: str, kind: str, *, apart: str = "") -> NameRow:
    """The row of a name; `apart` keeps one bearer apart from others of the same name."""
    key = folded(written)
    slug = key.replace(" ", "-") or hashlib.blake2b(written.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    address = f"{kind}:{slug}" + (f"~{apart}" if apart else "")
    return NameRow(address, kind, storable(" ".join(written.split()) or written), storable(key))


def entity_rows(record: Record) -> Iterator[EntityRow]:
    """The named entities of a record."""
    spans = {mention.id: mention.span for mention in record.mentions}
    for entity in record.entities:
        if entity.name is not None:
            place, address = _place(record, entity, "entity", entity.name)
            mentions = tuple(sorted({spans[id_] for id_ in entity.mentions}))
            name = name_row(record.document.words(entity.name), entity.kind)
            yield EntityRow(entity.id, name, place.start, place.end, mentions, address)


def statement_rows(record: Record) -> Iterator[StatementRow]:
    """The statements of a record, with the named entities that their words mention."""
    named = tuple(entity_rows(record))
    for statement in record.statements:
        place, address = statement_place(record, statement)
        yield StatementRow(
            id=statement.id,
            start=place.start,
            end=place.end,
            address=address,
            words=words_of(record, statement.content),
            kept_words=kept_words(record, statement.content, place),
            source=_words(record, statement.source),
            cue=_words(record, statement.cue),
            kind=statement.kind,
            mode=statement.mode,
            source_type=statement.source_type,
            negated=statement.negated,
            hedged=statement.hedged,
            speaker=statement.speaker,
            unknown_because=None if statement.unknown_because is None else storable(statement.unknown_because),
            score=statement.origin.score,
            about=tuple(entity.id for entity in named if _is_about(statement, entity)),
        )


def statement_place(record: Record, statement: Statement) -> tuple[Span, str | None]:
    """Where a statement stands, and its id where that is not simply the address of this place."""
    return _place(record, statement, "statement", envelope(statement.content))


def words_of(record: Record, content: tuple[Span, ...]) -> str:
    """The words of a statement; where it breaks off and goes on, " … " stands between the parts."""
    return storable(" … ".join(record.document.words(span) for span in content))


def kept_words(record: Record, content: tuple[Span, ...], place: Span) -> str | None:
    """The words of a statement where a database cannot take them from the text (its substr stops at a null)."""
    words = words_of(record, content)
    return None if content == (place,) and "\0" not in record.document.text else words


def _words(record: Record, span: Span | None) -> str | None:
    return None if span is None else storable(record.document.words(span))


def _is_about(statement: Statement, entity: EntityRow) -> bool:
    if entity.id == statement.speaker:
        return False
    return any(part.covers(mention) for part in statement.content for mention in entity.mentions)


def _place(record: Record, finding: Entity | Statement, kind: str, otherwise: Span) -> tuple[Span, str | None]:
    """Where a finding stands, and its id where that is not simply the address of this place."""
    try:
        document, named, span = parse_address(finding.id)
    except ValueError:
        return otherwise, finding.id
    return (span, None) if (document, named) == (record.document.id, kind) else (otherwise, finding.id)
