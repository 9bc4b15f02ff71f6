"""Which names a story holds, and which a statement mentions: lists of row ids in their rows, and indexes over them.

`story.names` has the name of each named entity in the order of the record; what else is known of an entity is told from
the record. The indexes are full text of numbers, in which a name's stories take a byte or two each. Knows no judgement.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from onrecord.keep import clusters
from onrecord.keep.connection import Connection
from onrecord.keep.packing import unpacked
from onrecord.keep.rows import EntityRow, NameRow, entity_rows
from onrecord.record import Record


def name_id(connection: Connection, name: NameRow) -> int:
    """The row id of a name, put down with a person of its own when it is new."""
    known = connection.row("SELECT id FROM name WHERE address = ?", (name.address,))
    if known is not None:
        return int(known[0])
    (next_id,) = connection.rows("SELECT coalesce(max(id), 0) + 1 FROM name")[0]
    connection.run(
        "INSERT INTO name (id, address, written, person) VALUES (?, ?, ?, ?)",
        (next_id, name.address, name.written, next_id),
    )
    connection.run("INSERT INTO name_text (rowid, folded) SELECT id, folded FROM name WHERE id = ?", (next_id,))
    clusters.put_person(connection, int(next_id))
    return int(next_id)


def written_names(names: Sequence[int]) -> str | None:
    """Row ids of names as a row keeps them; None for none."""
    return json.dumps(names, separators=(",", ":")) if names else None


def read_names(kept: str | None) -> list[int]:
    """Undo `written_names`."""
    return [int(name) for name in json.loads(kept)] if kept else []


def names_in(connection: Connection, story: int) -> list[int]:
    """The names of a story's named entities, in the order of its record."""
    ((kept,),) = connection.rows("SELECT names FROM story WHERE id = ?", (story,))
    return read_names(kept)


def put_names(connection: Connection, story: int, names: Sequence[int]) -> None:
    """Keep the names of a story's named entities; those of before must be deleted."""
    kept = written_names(names) or "[]"
    connection.run("UPDATE story SET names = ? WHERE id = ?", (kept, story))
    connection.run("INSERT INTO story_names (rowid, names) VALUES (?, ?)", (story, kept))


def delete_names(connection: Connection, story: int) -> None:
    """Forget the names of a story."""
    delete = "INSERT INTO story_names (story_names, rowid, names) SELECT 'delete', id, names FROM story WHERE id = ?"
    connection.run(delete, (story,))
    connection.run("UPDATE story SET names = '[]' WHERE id = ?", (story,))


def put_about(connection: Connection, statement: int, names: Sequence[int]) -> None:
    """Keep which names a statement mentions, in place of those of before."""
    ((before,),) = connection.rows("SELECT about FROM statement WHERE id = ?", (statement,))
    delete_about(connection, statement, before)
    kept = written_names(names)
    connection.run("UPDATE statement SET about = ? WHERE id = ?", (kept, statement))
    if kept:
        connection.run("INSERT INTO statement_names (rowid, about) VALUES (?, ?)", (statement, kept))


def delete_about(connection: Connection, statement: int, kept: str | None) -> None:
    """Take the names that a statement mentions out of the index."""
    if kept:
        delete = "INSERT INTO statement_names (statement_names, rowid, about) VALUES ('delete', ?, ?)"
        connection.run(delete, (statement, kept))


def stories_naming(names: Iterable[int]) -> str:
    """A query for the row ids of stories that hold any of these names, lowest first."""
    return f"SELECT rowid AS id FROM story_names WHERE story_names MATCH '{_any(names)}'"


def statements_about(names: Iterable[int]) -> str:
    """A query for the row ids of statements that mention any of these names."""
    return f"SELECT rowid AS id FROM statement_names WHERE statement_names MATCH '{_any(names)}'"


def _any(names: Iterable[int]) -> str:
    return " OR ".join(str(int(name)) for name in names)


def record_in(connection: Connection, story: int) -> Record:
    """The record of a story."""
    text, blob = connection.rows("SELECT text, record FROM text WHERE id = ?", (story,))[0]
    return unpacked(blob, text)


def entities_in(connection: Connection, story: int) -> list[EntityRow]:
    """The named entities of a story, in the order of its names."""
    return list(entity_rows(record_in(connection, story)))
