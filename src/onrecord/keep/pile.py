"""What batch.py needs of a store while a pile is built: which pages are known, what to do with the next, what failed.

Every function runs inside a transaction of its caller, except those that only read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.keep import writing
from onrecord.keep.connection import Connection
from onrecord.keep.names import read_names, stories_naming
from onrecord.keep.rows import storable
from onrecord.keep.writing import Prepared

Outcome = Literal["new", "changed", "copy", "known", "failed"]
#: Stories looked at for each shingle: a sentence in more of them than this is in the group of the first already.
_MOST_HOLDERS = 50
#: Stories in which companions of a name are looked for.
_MOST_STORIES = 200


@dataclass(frozen=True, slots=True)
class Sharing:
    """A story that shares sampled shingles with another: how many, of how many of its own."""

    story: int
    shared: int
    shingles: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be put on record, and why."""

    fingerprint: bytes
    location: str
    cause: str


def is_known(connection: Connection, fingerprint: bytes) -> bool:
    """Whether a page with this fingerprint is on record, or failed before."""
    sql = "SELECT 1 FROM page WHERE fingerprint = ?1 UNION ALL SELECT 1 FROM failure WHERE fingerprint = ?1"
    return connection.row(sql, (fingerprint,)) is not None


def put_failure(connection: Connection, failure: Failure) -> None:
    """Keep why a page failed."""
    connection.run(
        "INSERT OR REPLACE INTO failure (fingerprint, location, cause) VALUES (?, ?, ?)",
        (failure.fingerprint, storable(failure.location), storable(failure.cause)),
    )


def put_next(connection: Connection, ready: Prepared, copies: Sequence[int], *, again: bool) -> Outcome:
    """Put the next page of a pile. A text that is there already stays as it was first read, unless `again`."""
    found = connection.row("SELECT id, current FROM story WHERE document = ?", (ready.document,))
    if found is not None and found[1] and not again:
        writing.put_page(connection, ready.source, int(found[0]), ready.fingerprint)
        return "copy"
    story = writing.put_story(connection, ready)
    writing.put_copies(connection, story, copies)
    (version,) = connection.rows("SELECT version FROM page JOIN story ON page.id = page WHERE story.id = ?", (story,))[
        0
    ]
    return "changed" if version > 1 else "new"


def count_stories(connection: Connection) -> int:
    """How many stories there are, earlier versions among them."""
    return int(connection.rows("SELECT count(*) FROM story")[0][0])


def sharing(connection: Connection, sketch: Sequence[int]) -> list[Sharing]:
    """Stories that share shingles with a sketch, most first."""
    shared: dict[int, int] = {}
    for value in sketch:
        sql = "SELECT story FROM shingle WHERE hash = ? ORDER BY story LIMIT ?"
        for (story,) in connection.rows(sql, (value, _MOST_HOLDERS)):
            shared[story] = shared.get(story, 0) + 1
    best = sorted(shared.items(), key=lambda each: (-each[1], each[0]))
    sizes = "SELECT shingles FROM story WHERE id = ?"
    return [Sharing(story, count, connection.rows(sizes, (story,))[0][0]) for story, count in best if count > 1]


def names_of_people(connection: Connection) -> Iterator[tuple[int, str, int]]:
    """Every name of a person that is nobody's own by judgement: row id, folded name, stories."""
    last = 0
    sql = (
        "SELECT id, folded, stories FROM name WHERE kind = 'person' AND stories > 0 AND id > ?"
        " AND instr(address, '~') = 0 ORDER BY id LIMIT 5000"
    )
    while found := connection.rows(sql, (last,)):
        yield from ((int(id_), str(folded), int(stories)) for id_, folded, stories in found)
        last = found[-1][0]


def companions(connection: Connection, name: int) -> frozenset[int]:
    """The names that stand in the same stories as one, in the first of them."""
    own = f"SELECT names FROM story WHERE id IN ({stories_naming([name])} ORDER BY rowid LIMIT ?)"
    found = {other for (names,) in connection.rows(own, (_MOST_STORIES,)) for other in read_names(names)}
    return frozenset(found - {name})


def is_linked(connection: Connection) -> bool:
    """Whether names were compared since the last page was put."""
    sql = "SELECT coalesce(max(id), 0) = (SELECT coalesce(max(pages), 0) FROM linked) FROM page"
    return bool(connection.rows(sql)[0][0])


def note_linked(connection: Connection) -> None:
    """Note that names were compared with all pages that are there."""
    connection.run("DELETE FROM linked")
    connection.run("INSERT INTO linked (pages) SELECT coalesce(max(id), 0) FROM page")
