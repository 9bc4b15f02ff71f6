"""Makes a large database out of a small one: copies of its stories with other days, other names and other words.

Every copy exchanges eight of the syllables that made-up words and names consist of (pile.py), in text, headline, byline
and names alike, so that words and names grow rarer and more as in a pile that is put story by story. Lengths stay, and
so do the places of findings. Rows are written by the thousand, full-text indexes built anew at the end: minutes, where
putting takes hours. A packed record gets the id of its copy, and keeps all else of the first: headline, byline, names.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pile import COMMON, SYLLABLES

from onrecord.keep.packing_dictionary import SAID_ALWAYS

#: Consonants that no made-up word begins a syllable with.
_OTHERS = "cfghjpqwxy"
_EXCHANGED = 8
#: A statement in so many is also about somebody of the cast; made records have no names inside quotations.
_ABOUT = 3
_INDEXES = ("story_text", "statement_text", "story_names", "statement_names", "name_text")
_Row = dict[str, Any]


def multiply(path: Path, times: int) -> None:
    """Make the database so many times as large."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -262144"):
        connection.execute(f"PRAGMA {pragma}")
    base, pile = _Base(connection), _Names()
    connection.execute("BEGIN")
    for number in range(times):
        _copy(connection, base, pile, number)
    pile.write(connection)
    for index in _INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


class _Base:
    """The rows that are copied."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.stories = _rows(connection, "SELECT * FROM story")
        self.texts = _rows(connection, "SELECT * FROM text")
        self.pages = _rows(connection, "SELECT * FROM page")
        self.statements = _rows(connection, "SELECT * FROM statement")
        self.names = _rows(connection, "SELECT id, address, written, mentions FROM name")
        self.casts = {story["id"]: json.loads(story["names"]) for story in self.stories}


class _Names:
    """The names of all copies, and how often each stands where."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.written: list[str] = []
        self.counts: Counter[tuple[int, str]] = Counter()
        self.spoke: Counter[tuple[int, str]] = Counter()

    def id(self, address: str, written: str) -> int:
        if address not in self.ids:
            self.ids[address] = len(self.ids) + 1
            self.written.append(written)
        return self.ids[address]

    def write(self, connection: sqlite3.Connection) -> None:
        columns = ("statements", "stories", "mentions", "said_about")
        rows = [
            (id_, address, written, id_, *(self.counts[id_, column] for column in columns))
            for (address, id_), written in zip(self.ids.items(), self.written, strict=True)
        ]
        for table in ("spoke", "person", "name"):
            connection.execute(f"DELETE FROM {table}")
        listed = ", ".join(columns)
        connection.executemany(
            f"INSERT INTO name (id, address, written, person, {listed}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        connection.execute(
            f"INSERT INTO person (id, name, spellings, {listed}) SELECT id, id, 1, {listed} FROM name ORDER BY id"
        )
        spoke = sorted((name, month, count) for (name, month), count in self.spoke.items())
        connection.executemany("INSERT INTO spoke (name, month, statements) VALUES (?, ?, ?)", spoke)


def _copy(connection: sqlite3.Connection, base: _Base, pile: _Names, number: int) -> None:
    changed = changes(number)
    names = {row["id"]: pile.id(*_renamed(row, changed)) for row in base.names}
    for row in base.names:
        pile.counts[names[row["id"]], "mentions"] += row["mentions"]
    stories, statements = number * len(base.stories), number * base.statements[-1]["id"]
    texts = [_text(row, stories, changed) for row in base.texts]
    ids = {row["id"]: _document(row["text"]) for row in texts}
    _put(connection, "story", (_story(row, ids, stories, number, changed, names, pile) for row in base.stories))
    _put(connection, "text", texts)
    _put(connection, "page", (_page(row, number, stories) for row in base.pages))
    _put(
        connection,
        "statement",
        (_statement(row, base, number, stories, statements, names, pile) for row in base.statements),
    )


def _text(row: _Row, stories: int, changed: Callable[[str], str]) -> _Row:
    """The text with its words exchanged, and the packed record with the id that this text gives its document."""
    text, record = changed(row["text"]), row["record"]
    if text != row["text"]:
        unpacking = zlib.decompressobj(zdict=SAID_ALWAYS)
        data = json.loads(unpacking.decompress(record[1:]) + unpacking.flush())
        data["document"]["id"] = _document(text)
        packing = zlib.compressobj(9, memLevel=9, zdict=SAID_ALWAYS)
        whole = json.dumps(data, separators=(",", ":")).encode("ascii")
        record = record[:1] + packing.compress(whole) + packing.flush()
    return row | {"id": row["id"] + stories, "text": text, "record": record}


def _document(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _story(
    row: _Row,
    ids: dict[int, str],
    stories: int,
    number: int,
    changed: Callable[[str], str],
    names: dict[int, int],
    pile: _Names,
) -> _Row:
    cast = [names[name] for name in json.loads(row["names"])]
    for name in cast:
        pile.counts[name, "stories"] += 1
    day = int(row["day"][8:10])
    return row | {
        "id": row["id"] + stories,
        "page": row["page"] + stories,
        "document": ids[row["id"] + stories],
        "headline": changed(row["headline"]),
        "byline": changed(row["byline"]),
        "names": json.dumps(cast, separators=(",", ":")),
        "day": f"{row['day'][:8]}{1 + (day - 1 + number) % 28:02}",
    }


def _page(row: _Row, number: int, stories: int) -> _Row:
    marks = {each: row[each][:-2] + number.to_bytes(2, "big") for each in ("key", "fingerprint")}
    return row | {"id": row["id"] + stories, "story": row["story"] + stories} | (marks if number else {})


def _statement(
    row: _Row, base: _Base, number: int, stories: int, statements: int, names: dict[int, int], pile: _Names
) -> _Row:
    day, speaker, about = row["day"], names[row["name"]], None
    cast = base.casts[row["story"]]
    if row["id"] % _ABOUT == 0 and (other := names[cast[row["id"] % len(cast)]]) != speaker:
        about = f"[{other}]"
        pile.counts[other, "said_about"] += 1
    pile.counts[speaker, "statements"] += 1
    pile.spoke[speaker, f"{day // 10000}-{day // 100 % 100:02}"] += 1
    day = day // 100 * 100 + 1 + (day % 100 - 1 + number) % 28
    changes = {"id": row["id"] + statements, "story": row["story"] + stories, "name": speaker, "about": about}
    return row | changes | {"day": day}


def _renamed(row: _Row, changed: Callable[[str], str]) -> tuple[str, str]:
    kind, _, own = row["address"].partition(":")
    return f"{kind}:{changed(own)}", changed(row["written"])


def changes(number: int) -> Callable[[str], str]:
    """The words of a copy for those of the first; the first keeps its own."""
    chance = random.Random(number)
    free = [syllable for syllable in SYLLABLES if not any(syllable in word for word in COMMON)]
    pairs = [(old, chance.choice(_OTHERS) + old[1]) for old in chance.sample(free, _EXCHANGED if number else 0)]
    pairs += [(old.capitalize(), new.capitalize()) for old, new in pairs]

    def changed(text: str) -> str:
        for old, new in pairs:
            text = text.replace(old, new)
        return text

    return changed


def _rows(connection: sqlite3.Connection, sql: str) -> list[_Row]:
    return [dict(row) for row in connection.execute(f"{sql} ORDER BY id")]


def _put(connection: sqlite3.Connection, table: str, rows: Iterable[_Row]) -> None:
    iterator: Iterator[_Row] = iter(rows)
    first = next(iterator)
    columns = ", ".join(f'"{column}"' for column in first)
    sql = f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({', '.join('?' * len(first))})"
    connection.execute(sql, tuple(first.values()))
    connection.executemany(sql, (tuple(row.values()) for row in iterator))
