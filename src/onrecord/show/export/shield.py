"""Pseudonyms for listed people, everywhere in a record: to share it without showing people at risk.

A list has a person a line; further spellings, nicknames and other scripts after semicolons. A word of the text is
hidden when it sounds like a word of a listed name, in whatever spelling, case or compound, so that "Prokopyev's" goes
with "Prokopiev"; a given name alone, only in stories that hold another word of that name. A name that is also a word is
hidden where it is one: better one word too many. The text is written anew, so every span is counted anew and every id,
which is an address in the text, changes; URLs, locations and the hash of the page, which lead back, are replaced.

Hides names, not people: what a story tells of somebody (age, town, job) can still give them away. Pseudonyms are keyed
by a secret that is made beside the list (`NAMES.secret`) at first use: the same list and secret give the same
pseudonyms for good, and nobody without the secret can test a name against them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from onrecord.errors import OnrecordError
from onrecord.keep.people import people, person
from onrecord.keep.store import Store
from onrecord.notation import as_data, from_data
from onrecord.record import Record, Span, parse_address
from onrecord.resolve.people import sound
from onrecord.show.export.reported import Reported

#: Soft hyphens and zero-width characters, which hide in names from sight and from searches.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_APOSTROPHES = "'’ʼ"
#: A word, an apostrophe inside it taken along (O’Brien), a possessive s after it not.
_WORD = re.compile(rf"[^\W_](?:[\w{_INVISIBLE}]|[{_APOSTROPHES}](?=\w\w))*")
_BETWEEN = re.compile(r"[\s.,\-\u2010\u2011'’\"“”]{1,3}(?:[A-Z]\.?\s)?")
#: Words of names shorter than this say too little to be looked for alone.
_SHORTEST = 3
#: From this length a name is also found inside longer words (hashtags, addresses) and in small letters.
_FOUND_INSIDE = 5
#: Two spellings of a given name share this much of their letters (Vadim, Vadzim: 0.91; Vadim, Viktor: 0.36).
_ALIKE = 0.7
#: Fields whose values are ours, not the page's.
_OURS = frozenset(
    "kind form mode source_type status taken_from format reader step version language edtf timex anchor type".split()
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of the list: pseudonym, and the words of all spellings of the name, folded; `given` may be others'."""

    pseudonym: str
    words: frozenset[str]
    given: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Edit:
    """A stretch of the text and what stands there instead."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True, slots=True)
class Shield:
    """People to be hidden, and how to hide them."""

    listed: tuple[Listed, ...]

    def over(self, each: Reported) -> Reported:
        """A story with the listed people under their pseudonyms."""
        shielded, ids = self._record(each.record)
        return Reported(
            shielded,
            {ids.get(id_, id_): verdict for id_, verdict in each.verdicts.items()},
            {ids.get(id_, id_): self._person(*known) for id_, known in each.people.items()},
        )

    def record(self, record: Record) -> Record:
        """A record with the listed people under their pseudonyms."""
        return self._record(record)[0]

    def text(self, text: str) -> str:
        """A text with the listed people under their pseudonyms."""
        return _edited(text, self._edits(text))

    def _person(self, name: str, address: str) -> tuple[str, str]:
        hidden = self.text(name)
        return (name, address) if hidden == name and self.text(address) == address else (hidden, "")

    def _record(self, record: Record) -> tuple[Record, dict[str, str]]:
        edits = self._edits(record.document.text, self._named_in(record))
        if not edits and self._is_silent(record):
            return record, {}
        rewriting = _Rewriting(self, record, edits)
        return rewriting.record(), rewriting.ids

    def _is_silent(self, record: Record) -> bool:
        """Whether nothing beside the text names anybody listed either."""
        source = as_data(record.document.source)
        return all(self._is_clean(unquote(text)) for text in _strings((source, as_data(record.notes))))

    def _is_clean(self, text: str) -> bool:
        return not self._edits(text, self.listed)

    def _named_in(self, record: Record) -> tuple[Listed, ...]:
        """The listed people whom a record names by more than a given name, by text, headline, URL or byline."""
        texts = (record.document.text, *map(unquote, _strings(as_data(record.document.source))))
        named = (each for each in self.listed if any(_matches(text, (each,), given=False) for text in texts))
        return tuple(replace(each, given=each.given.union(*(_given(text, each) for text in texts))) for each in named)

    def _edits(self, text: str, named: Sequence[Listed] | None = None) -> list[_Edit]:
        """What to replace in a text; in it given names alone are those of `named`, or of who else is named there."""
        if named is None:
            named = [each for each in self.listed if _matches(text, (each,), given=False)]
            named = [replace(each, given=each.given | _given(text, each)) for each in named]
        found = [*_matches(text, named, given=True)]
        return _joined(text, found)


def _strings(data: Any) -> Iterable[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _strings(value)


def _matches(text: str, listed: Sequence[Listed], *, given: bool) -> list[_Edit]:
    """The words of a text that belong to a listed name."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        for each in listed:
            if _belongs(word, each.words, each.given if given else frozenset()):
                found.append(_Edit(match.start(), match.end(), each.pseudonym))
                break
    return found


def _given(text: str, listed: Listed) -> frozenset[str]:
    """Other spellings of a given name, where they stand before a word of the name: "Vadzim" of "Vadzim Prokopiev"."""
    words = [match.group() for match in _WORD.finditer(text)]
    before = (fold(word) for word, name in pairwise(words) if _belongs(name, listed.words, frozenset()))
    return frozenset(
        word for word in before if len(word) >= _SHORTEST and any(_alike(word, own) for own in listed.given)
    )


def _alike(word: str, other: str) -> bool:
    return word[0] == other[0] and SequenceMatcher(None, word, other).ratio() >= _ALIKE


def _belongs(word: str, words: frozenset[str], given: frozenset[str]) -> bool:
    plain = fold(word)
    if len(plain) < _SHORTEST:
        return False
    if word[:1].isupper() or not word[:1].isascii():
        heard = sound(plain)
        if any(heard == sound(each) for each in (*words, *given)):
            return True
    return plain in given or any(each in plain for each in words if len(each) >= _FOUND_INSIDE)


def fold(word: str) -> str:
    """A word without accents, case, and characters that cannot be seen."""
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(
        letter for letter in letters if not unicodedata.combining(letter) and letter not in _INVISIBLE + _APOSTROPHES
    )


def _joined(text: str, found: Sequence[_Edit]) -> list[_Edit]:
    """Neighbouring words of one name as one stretch: "Vadim A. Prokopiev" gets one pseudonym, not two."""
    joined: list[_Edit] = []
    for edit in found:
        last = joined[-1] if joined else None
        if last and last.instead == edit.instead and _BETWEEN.fullmatch(text[last.end : edit.start]):
            joined[-1] = replace(last, end=edit.end)
        else:
            joined.append(edit)
    return joined


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.instead]
        at = edit.end
    return "".join((*parts, text[at:]))


class _Rewriting:
    """Writes a record anew with a text that was edited: spans and ids are moved, what leads back to names is cut."""

    def __init__(self, shield: Shield, record: Record, edits: Sequence[_Edit]) -> None:
        self._shield, self._before, self._edits = shield, record, edits
        self._text = _edited(record.document.text, edits)
        named = shield._named_in(record)
        self._shield = Shield(tuple(replace(each, words=each.words | each.given) for each in named) or shield.listed)
        encoded = self._text.encode("utf-8", "surrogatepass")
        self._document = hashlib.sha256(encoded).hexdigest()[:32]
        self.ids: dict[str, str] = {}

    def record(self) -> Record:
        data = self._moved(as_data(self._before), "")
        del data["document"]["id"]
        source = data["document"]["source"]
        source["sha256"] = hashlib.sha256(self._text.encode("utf-8", "surrogatepass")).hexdigest()
        source["url"], source["location"] = _led_nowhere(source["url"], self._document), f"shielded/{self._document}"
        for block in data["document"]["blocks"]:
            block["place"] = None
        for key in ("mentions", "entities", "statements", "times", "events"):
            data[key] = _unique(data[key])
        return from_data(Record, data)

    def _moved(self, value: Any, key: str) -> Any:
        if isinstance(value, list):
            moved = [self._moved(part, key) for part in value]
            return _apart(moved) if key == "content" else moved
        if isinstance(value, str):
            return self._rewritten(value, key)
        if not isinstance(value, dict):
            return value
        if value.keys() == {"start", "end"}:
            return as_data(self._span(Span(value["start"], value["end"])))
        return {name: self._moved(part, name) for name, part in value.items()}

    def _rewritten(self, text: str, key: str) -> str:
        if key == "text":
            return self._text
        if text.startswith(f"{self._before.document.id}:"):
            return self._id(text)
        return text if key in _OURS else self._shield.text(text)

    def _id(self, id_: str) -> str:
        try:
            _, kind, span = parse_address(id_)
        except ValueError:
            return self.ids.setdefault(id_, self._shield.text(id_.replace(self._before.document.id, self._document)))
        moved = self._span(span)
        return self.ids.setdefault(id_, f"{self._document}:{kind}:{moved.start}-{moved.end}")

    def _span(self, span: Span) -> Span:
        """Where the characters of a span are now; the whole pseudonym where it begins or ends inside a name."""
        return Span(self._offset(span.start, is_end=False), self._offset(span.end, is_end=True))

    def _offset(self, offset: int, *, is_end: bool) -> int:
        moved = 0
        for edit in self._edits:
            if offset >= edit.end and (offset > edit.end or is_end or edit.end > edit.start):
                moved += len(edit.instead) - (edit.end - edit.start)
            elif offset > edit.start:
                return edit.start + moved + (len(edit.instead) if is_end else 0)
            else:
                break
        return offset + moved


def _led_nowhere(url: str | None, document: str) -> str | None:
    """The site of a page and no more: its path names the story, and the story its people."""
    parts = urlsplit(url) if url else None
    return f"{parts.scheme}://{parts.netloc}/#shielded-{document}" if parts and parts.netloc else None


def _apart(spans: list[dict[str, int]]) -> list[dict[str, int]]:
    """Pieces of a content that met inside one pseudonym are one piece."""
    kept: list[dict[str, int]] = []
    for span in spans:
        if kept and span["start"] < kept[-1]["end"]:
            kept[-1] = {"start": kept[-1]["start"], "end": max(kept[-1]["end"], span["end"])}
        else:
            kept.append(span)
    return kept


def _unique(findings: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Findings whose places fell together inside one pseudonym: the first of each."""
    return list({finding["id"]: finding for finding in reversed(findings)}.values())[::-1]


# The list


def shield_of(path: Path, store: Store | None = None) -> Shield:
    """The shield that a list of names asks for; with a store, under all spellings that it knows of each person."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise OnrecordError(f"{path}: {error.strerror or error}") from error
    except UnicodeError as error:
        raise OnrecordError(f"{path} is not UTF-8 text; save it as UTF-8") from error
    named = [
        [name.strip() for name in line.split(";") if fold(name).strip()] for line in lines if not _is_comment(line)
    ]
    named = [names for names in named if names]
    if not named:
        raise OnrecordError(f"{path}: lists nobody (a name a line, further spellings after semicolons)")
    secret = _secret(path)
    return Shield(tuple(_listed(names, secret, _spellings(names, store)) for names in named))


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _secret(path: Path) -> bytes:
    """The secret beside a list, made when there is none."""
    place = path.with_name(path.name + ".secret")
    try:
        if not place.exists():
            with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
        return place.read_bytes().strip()
    except OSError as error:
        raise OnrecordError(f"{place}: {error.strerror or error}: pseudonyms need a secret there") from error


def _spellings(names: Sequence[str], store: Store | None) -> list[str]:
    """The spellings under which a store knows a person."""
    if store is None:
        return []
    found = [row for name in names for row in people(store, name, limit=20).rows]
    known = [person(store, row.address) for row in found]
    return [spelling.written for each in known if each is not None for spelling in each.spellings]


def _listed(names: Sequence[str], secret: bytes, spellings: Sequence[str]) -> Listed:
    digest = hmac.new(secret, fold(names[0]).encode("utf-8"), hashlib.sha256).digest()
    pseudonym = f"Person {base64.b32encode(digest)[:5].decode('ascii')}"
    words, given = set[str](), set[str]()
    for name in (*names, *spellings):
        tokens = [fold(word) for word in _WORD.findall(name) if len(fold(word)) >= _SHORTEST]
        words |= {*tokens[1:]} if len(tokens) > 1 else {*tokens}
        given |= {*tokens[:1]} if len(tokens) > 1 else set()
    return Listed(pseudonym, frozenset(words), frozenset(given - words))
