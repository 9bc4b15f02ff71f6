"""Conditions, counting and paging by key: what every list in search.py is made with."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.errors import StoreError
from onrecord.keep.connection import Connection, Row
from onrecord.keep.words import Query, query, weights_of

#: Rows are counted up to here, and facets of a search are counted over so many stories: enough for people, and quick.
COUNTED = 10_000
#: Rows counted, and ranked, where each must be read to know whether it holds a phrase: some 50 us a story.
COUNTED_READ = 500


@dataclass(frozen=True, slots=True)
class Where:
    """An SQL condition in parts with their values. `is_empty`: nothing can answer it."""

    parts: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()
    is_empty: bool = False

    def plus(self, part: str, *values: Any) -> Where:
        return Where((*self.parts, part), (*self.values, *values), self.is_empty)

    def sql(self) -> str:
        return " AND ".join(self.parts) or "1"


NOTHING = Where(is_empty=True)


def equal(where: Where, column: str, value: str | None) -> Where:
    """The condition with "column = value" where a value is asked for."""
    return where if value is None else where.plus(f"{column} = ?", value)


def within(where: Where, column: str, month: str | None, since: str | None, until: str | None) -> Where:
    """The condition with the days that lie in a month, or from `since` to `until`, both included; dates as they are
    written, so that "2022" until covers all of 2022."""
    if month is not None:
        where = where.plus(f"{column} >= ? AND {column} < ?", month, month + "~")
    if since is not None:
        where = where.plus(f"{column} >= ?", since)
    if until is not None:
        where = where.plus(f"{column} <= ? AND {column} <> ''", until + "~")
    return where


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the rows of `table`: what is selected (the row id first), what is joined, what only for showing.
    `full_text` is the index that is searched, if one is; `chosen` a query for the ids to start from, where they are so
    few that walking the table in its order would take longer; `probed` walks the table and asks the index row by row,
    where so many rows hold the words that gathering all of them would take longer. `headline` and `text` are what a
    search looks at, in SQL; `walked` are
    tables in another order, which has the rows in that of the list; what is shown of rows is looked up by `plain`. Of
    a search, so many rows are `ranked` at most."""

    table: str
    columns: str
    joined: str
    shown: str
    where: Where
    full_text: str | None = None
    chosen: str | None = None
    probed: bool = False
    query: Query | None = None
    headline: str = "NULL"
    text: str = "NULL"
    walked: str = ""
    ranked: int = COUNTED

    @property
    def key(self) -> str:
        return f"{self.table}.id"

    @property
    def plain(self) -> str:
        return f"{self.table} {self.joined}"

    @property
    def tables(self) -> str:
        if self.chosen is not None:
            return f"({self.chosen}) AS chosen CROSS JOIN {self.table} ON {self.key} = chosen.id {self.joined}"
        walked = self.walked or self.plain
        if self.full_text is None:
            return walked
        if self.probed:
            return f"{walked} CROSS JOIN {self.full_text} ON {self.full_text}.rowid = {self.key}"
        return f"{self.full_text} CROSS JOIN {self.table} ON {self.key} = {self.full_text}.rowid {self.joined}"


def counted(connection: Connection, listing: Listing, *, most: int | None = None) -> tuple[int, bool]:
    """How many rows there are, up to `most` or else COUNTED (COUNTED_READ for phrases), and whether that is all."""
    most = COUNTED if most is None else most
    if listing.query is not None and listing.query.has_phrases:
        most = min(most, COUNTED_READ)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {listing.tables} WHERE {listing.where.sql()} LIMIT {most + 1})"
    ((number,),) = connection.rows(sql, listing.where.values)
    return min(int(number), most), number <= most


def matching(connection: Connection, listing: Listing, words: str | None) -> Listing:
    """The list of those rows that also hold a user's words; the list as it is when there are none."""
    if words is None or not words.strip() or listing.where.is_empty:
        return listing
    asked, index = query(words), listing.full_text
    if asked is None or not _is_understood(connection, f"SELECT 1 FROM {index} WHERE {index} MATCH ?", asked):
        return replace(listing, where=NOTHING, full_text=None)
    where = listing.where.plus(f"{index} MATCH ?", asked.expression)
    return replace(listing, where=_holding(where, listing, asked), query=asked)


def _holding(where: Where, listing: Listing, asked: Query) -> Where:
    """The condition that the texts hold the phrases that are asked: the index knows no phrases."""
    is_holding = f"holds(?, {listing.headline}, {listing.text})"
    return where.plus(is_holding, asked.typed) if asked.has_phrases else where


def _is_understood(connection: Connection, sql: str, asked: Query) -> bool:
    """Whether the index takes the words for single words too: it may know an older Unicode."""
    try:
        connection.row(f"{sql} LIMIT 1", (asked.expression,))
    except StoreError:
        return False
    return True


def gathered(connection: Connection, listing: Listing, asked: Query) -> Listing:
    """The rows of a short list that also hold what is asked, by their ids. All that hold a word are read for it: of
    459,500 in 37 ms, where asking the index of each of 1,338 took 62."""
    found = connection.rows(
        f"SELECT {listing.key} FROM {listing.plain} WHERE {listing.where.sql()}", listing.where.values
    )
    index, short = listing.full_text, among([row[0] for row in found])
    held = f"SELECT rowid FROM {index} WHERE {index} MATCH ? AND +rowid IN ({short})"  # "+": looked up, not walked
    ids = among([row[0] for row in connection.rows(held, (asked.expression,))])
    where = _holding(Where(), listing, asked) if ids else NOTHING
    return replace(listing, chosen=f"SELECT value AS id FROM json_each('[{ids}]')", where=where, query=asked)


def paged(
    connection: Connection,
    listing: Listing,
    order: Sequence[str],
    direction: str,
    after: str | None,
    limit: int,
    *,
    parts: Sequence[str] = (),
) -> tuple[list[Row], str | None]:
    """The rows after a cursor in the order of some columns, ties by row id, and the cursor for those after them.
    `parts` are conditions that divide the list: each part lies in order where the whole would have to be sorted."""
    found: list[Row] = []
    for part in parts or ("1",):
        one = replace(listing, where=listing.where.plus(part))
        found += _keys(connection, one, (*order, listing.key), direction, after, limit + 1)
    found = sorted(found, reverse=direction == "DESC")[: limit + 1]
    following = _cursor(*found[limit - 1]) if len(found) > limit else None
    return rows_of(connection, listing, [int(row[-1]) for row in found[:limit]]), following


def _keys(
    connection: Connection, listing: Listing, order: Sequence[str], direction: str, after: str | None, limit: int
) -> list[Row]:
    columns = ", ".join(order)
    where, last = listing.where, _read(after, len(order))
    if last is not None:
        sign = "<" if direction == "DESC" else ">"
        where = where.plus(f"({columns}) {sign} ({', '.join('?' * len(last))})", *last)
    return connection.rows(
        f"SELECT {columns} FROM {listing.tables} WHERE {where.sql()}"
        f" ORDER BY {', '.join(f'{column} {direction}' for column in order)} LIMIT ?",
        (*where.values, limit),
    )


def ranked(connection: Connection, listing: Listing, after: str | None, limit: int) -> tuple[list[Row], str | None]:
    """The rows that fit a search best. Of more than `ranked` rows (COUNTED_READ, for phrases) the latest put are
    ranked: there, words are so common that rank says little, and ranking all of them would take long."""
    assert listing.query is not None
    most = min(listing.ranked, COUNTED_READ if listing.query.has_phrases else COUNTED)
    last, index = _read(after, 1), listing.full_text
    start = int(last[0]) if last is not None and isinstance(last[0], int) and 0 <= last[0] <= most else 0
    score = f"relevance(?, ?, {listing.headline}, {listing.text})"
    chosen = f"SELECT {listing.key} AS id, {score} AS score FROM {listing.tables} WHERE {listing.where.sql()}"
    latest = f"{index}.rowid" if listing.chosen is None else listing.key
    best = connection.rows(
        f"SELECT id FROM ({chosen} ORDER BY {latest} DESC LIMIT {most}) ORDER BY score DESC, id LIMIT ? OFFSET ?",
        (listing.query.typed, _weights(connection, listing), *listing.where.values, limit + 1, start),
    )
    rows = rows_of(connection, listing, [int(id_) for (id_,) in best[:limit]])
    return rows, _cursor(start + limit) if len(best) > limit else None


def _weights(connection: Connection, listing: Listing) -> str:
    assert listing.query is not None
    index = listing.full_text
    held = f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT {COUNTED})"
    counts = {term: connection.rows(held, (term.expression(),))[0][0] for term in listing.query.wanted}
    ((rows,),) = connection.rows(f"SELECT coalesce(max(id), 0) FROM {listing.table}")
    return weights_of(counts, rows)


def rows_of(connection: Connection, listing: Listing, ids: Sequence[int]) -> list[Row]:
    """The rows with these row ids, in their order."""
    tables = f"{listing.plain} {listing.shown}"
    found = connection.rows(f"SELECT {listing.columns} FROM {tables} WHERE {listing.key} IN ({among(ids)})")
    by_id = {row[0]: row for row in found}
    return [by_id[id_] for id_ in ids if id_ in by_id]


def among(ids: Sequence[int]) -> str:
    """Row ids for an SQL "IN ()"."""
    return ", ".join(str(int(id_)) for id_ in ids)


def _cursor(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode("ascii")).decode("ascii").rstrip("=")


def _read(cursor: str | None, length: int) -> list[Any] | None:
    """The values in a cursor; None for none, and for what is no cursor of ours."""
    try:
        values = json.loads(base64.urlsafe_b64decode((cursor or "").encode("ascii") + b"=="))
    except ValueError:
        return None
    is_ours = isinstance(values, list) and len(values) == length
    return values if is_ours and all(_is_plain(value) for value in values) else None


def _is_plain(value: object) -> bool:
    return isinstance(value, str | float) or (isinstance(value, int) and abs(value) < 2**63)
