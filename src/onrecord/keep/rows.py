"""A record as the rows of its tables: pure, no database here.

The tables hold what people ask for; the exact record is kept beside them, packed (packing.py).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.notation import as_data
from onrecord.record import Record, Source, Span, Statement, envelope, parse_address

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_POSSESSIVE = re.compile(r"[’']s?$")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´\"“”")
#: Parts of a longer text have no seven digits for their places.
_LONGEST_CUT = 9_999_999
#: Names longer than this are cut in keys (not in the text): nobody's name, but a page may hold anything.
_LONGEST_KEY = 120


@dataclass(frozen=True, slots=True)
class NameRow:
    """One spelling of one name: `address` is its key and its stable public id, and tells its kind and words."""

    address: str
    written: str


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A named entity of the story; `id` is that of the record, `start` where its name stands."""

    id: str
    name: NameRow
    start: int
    mentions: tuple[Span, ...]


#: How something was said: kind, mode, source type, negated, hedged, why its speaker is unknown.
Manner = tuple[str, str, str, bool, bool, str | None]


#: What a row keeps of the words of a statement that is not simply the text from its start to its end: the parts (a
#: start and a length of seven digits each), or the words themselves. The other one is None; both are for the usual
#: statement.
KeptWords = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with its words and what is kept of them; `speaker` and `about` are ids of entities of the record,
    `score` is in ten-thousandths."""

    id: str
    start: int
    end: int
    address: str | None
    words: str
    kept: KeptWords
    source: Span | None
    cue: Span | None
    manner: Manner
    speaker: str | None
    score: int | None
    about: tuple[str, ...]


def source_text(source: Source) -> str:
    """A source as one line of JSON."""
    return json.dumps(as_data(source), ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot hold, as U+FFFD: every offset stays."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def day_of(published: str | None) -> str:
    """The day, month or year at the front of an EDTF date, for sorting; empty where there is none."""
    found = _DAY.match(published or "")
    return found.group() if found else ""


def day_number(day: str) -> int:
    """A day, month or year as a number that sorts like it: "2022-03" is 20220300; 0 where there is none."""
    return int(f"{day.replace('-', ''):0<8}")


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
    return NameRow(storable(address), storable(" ".join(written.split()) or written))


def entity_rows(record: Record) -> Iterator[EntityRow]:
    """The named entities of a record."""
    spans = {mention.id: mention.span for mention in record.mentions}
    for entity in record.entities:
        if entity.name is not None:
            mentions = tuple(sorted({spans[id_] for id_ in entity.mentions}))
            name = name_row(record.document.words(entity.name), entity.kind)
            yield EntityRow(entity.id, name, entity.name.start, mentions)


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
            kept=kept_words(record, statement.content, place),
            source=statement.source,
            cue=statement.cue,
            manner=_manner(statement),
            speaker=statement.speaker,
            score=None if statement.origin.score is None else round(statement.origin.score * 10_000),
            about=tuple(entity.id for entity in named if _is_about(statement, entity)),
        )


def statement_place(record: Record, statement: Statement) -> tuple[Span, str | None]:
    """Where a statement stands, and its id where that is not simply the address of this place."""
    otherwise = envelope(statement.content)
    try:
        document, named, span = parse_address(statement.id)
    except ValueError:
        return otherwise, statement.id
    return (span, None) if (document, named) == (record.document.id, "statement") else (otherwise, statement.id)


def words_of(record: Record, content: tuple[Span, ...]) -> str:
    """The words of a statement; where it breaks off and goes on, " … " stands between the parts."""
    return storable(" … ".join(record.document.words(span) for span in content))


def kept_words(record: Record, content: tuple[Span, ...], place: Span) -> KeptWords:
    """What to keep of the words of a statement; all of them where a database cannot take them from the text (its substr
    stops at a null)."""
    if "\0" in record.document.text or len(record.document.text) > _LONGEST_CUT:
        return None, words_of(record, content)
    return None if content == (place,) else "".join(f"{span.start:07}{len(span):07}" for span in content), None


def parts_of(kept: str) -> list[Span]:
    """The parts of a statement that a row keeps."""
    numbers = [int(kept[at : at + 7]) for at in range(0, len(kept), 7)]
    return [Span(start, start + length) for start, length in zip(numbers[::2], numbers[1::2], strict=True)]


def _manner(statement: Statement) -> Manner:
    why = None if statement.unknown_because is None else storable(statement.unknown_because)
    return (statement.kind, statement.mode, statement.source_type, statement.negated, statement.hedged, why)


def _is_about(statement: Statement, entity: EntityRow) -> bool:
    if entity.id == statement.speaker:
        return False
    return any(part.covers(mention) for part in statement.content for mention in entity.mentions)
