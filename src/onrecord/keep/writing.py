"""Puts the rows of a record into their tables: stories, pages and versions, names, statements.

Every function runs inside a transaction of its caller. Row ids are the next free ones, so the same records put in the
same order give the same database, row for row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.keep import clusters
from onrecord.keep.connection import Connection
from onrecord.keep.judgements import apply_judgements, name_id
from onrecord.keep.rows import (
    EntityRow,
    StatementRow,
    day_of,
    entity_rows,
    packed,
    source_text,
    statement_rows,
    storable,
    unpacked_data,
)
from onrecord.record import Document, Record, Source


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record made ready to be put: the costly part, which a worker process can do."""

    document: str
    text: str
    source: Source
    language: str | None
    words: int
    notation: bytes
    entities: tuple[EntityRow, ...]
    statements: tuple[StatementRow, ...]
    sketch: tuple[int, ...] = ()
    fingerprint: bytes | None = None


def prepared(record: Record, *, sketch: tuple[int, ...] = (), fingerprint: bytes | None = None) -> Prepared:
    """The rows of a record; `sketch` are the shingle hashes by which copies are found, `fingerprint` tells the page
    that it was read from from others (without one, that of its URL or location and bytes)."""
    document = record.document
    return Prepared(
        document=document.id,
        text=storable(document.text),
        source=document.source,
        language=document.language,
        words=_count_words(document),
        notation=packed(record),
        entities=tuple(entity_rows(record)),
        statements=tuple(statement_rows(record)),
        sketch=sketch,
        fingerprint=fingerprint,
    )


def _count_words(document: Document) -> int:
    return sum(len(document.words(block.span).split()) for block in document.blocks) or len(document.text.split())


def page_key(source_url: str | None, location: str | None, sha256: str) -> bytes:
    """What makes two pages versions of one: the URL, without one the location, without that the bytes."""
    return hashlib.blake2b((source_url or location or sha256).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def page_fingerprint(key: bytes, sha256: str) -> bytes:
    """One page with these bytes: the same page twice has the same fingerprint."""
    return hashlib.blake2b(key + sha256.encode("ascii", "replace"), digest_size=16).digest()


def put_story(connection: Connection, ready: Prepared) -> int:
    """Put a record, replacing the findings of an earlier one of the same text; the row id of its story."""
    found = connection.row("SELECT id FROM story WHERE document = ?", (ready.document,))
    if found is not None:
        story = int(found[0])
        _replace_story(connection, story, ready)
    else:
        story = _insert_story(connection, ready)
    page = put_page(connection, ready.source, story, ready.fingerprint)
    connection.run("UPDATE page SET source = NULL WHERE id = ?", (page,))
    connection.run("UPDATE story SET page = ? WHERE id = ?", (page, story))
    _refresh_persons(connection, story)
    return story


def _story_values(ready: Prepared) -> tuple[object, ...]:
    source = ready.source
    return (
        _kept(source.headline),
        _kept(source.publisher),
        _kept(source.agency),
        _kept("; ".join(source.byline) or None),
        _kept(source.published),
        day_of(source.published),
        _kept(ready.language),
        ready.words,
        len(ready.statements),
    )


def _kept(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _insert_story(connection: Connection, ready: Prepared) -> int:
    story = connection.run(
        "INSERT INTO story (headline, publisher, agency, byline, published, day, language, words, statements, document,"
        " shingles) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*_story_values(ready), ready.document, len(ready.sketch)),
    )
    headline = _kept(ready.source.headline)
    connection.run("INSERT INTO text (id, headline, text) VALUES (?, ?, ?)", (story, headline, ready.text))
    connection.run("INSERT INTO story_text (rowid, headline, text) VALUES (?, ?, ?)", (story, headline, ready.text))
    connection.run("INSERT INTO notation (story, record) VALUES (?, ?)", (story, ready.notation))
    connection.run_many(
        "INSERT OR IGNORE INTO shingle (hash, story) VALUES (?, ?)", ((each, story) for each in ready.sketch)
    )
    _insert_findings(connection, story, ready)
    return story


def _replace_story(connection: Connection, story: int, ready: Prepared) -> None:
    _delete_findings(connection, story)
    connection.run(
        "UPDATE story SET headline = ?, publisher = ?, agency = ?, byline = ?, published = ?, day = ?, language = ?,"
        " words = ?, statements = ? WHERE id = ?",
        (*_story_values(ready), story),
    )
    _rewrite_headline(connection, story, _kept(ready.source.headline))
    _keep_source(connection, story)
    connection.run("UPDATE notation SET record = ? WHERE story = ?", (ready.notation, story))
    _insert_findings(connection, story, ready)


def _keep_source(connection: Connection, story: int) -> None:
    """Write down where the story stood so far: its record, which said so, is about to be replaced."""
    blob, page = connection.rows("SELECT record, page FROM notation JOIN story ON id = story WHERE id = ?", (story,))[0]
    source = json.dumps(unpacked_data(blob)["document"]["source"], separators=(",", ":"))
    connection.run("UPDATE page SET source = ? WHERE id = ?", (source, page))


def _rewrite_headline(connection: Connection, story: int, headline: str | None) -> None:
    before, text = connection.rows("SELECT headline, text FROM text WHERE id = ?", (story,))[0]
    if before == headline:
        return
    connection.run(
        "INSERT INTO story_text (story_text, rowid, headline, text) VALUES ('delete', ?, ?, ?)", (story, before, text)
    )
    connection.run("UPDATE text SET headline = ? WHERE id = ?", (headline, story))
    connection.run("INSERT INTO story_text (rowid, headline, text) VALUES (?, ?, ?)", (story, headline, text))


def put_page(connection: Connection, source: Source, story: int, fingerprint: bytes | None = None) -> int:
    """Put where a story stood; a page whose text changed becomes its next version, the one before it is retired."""
    key = page_key(source.url, source.location, source.sha256)
    fingerprint = fingerprint or page_fingerprint(key, source.sha256)
    values = (_kept(source.url), _kept(source.location), source_text(source))
    version = _version(connection, key, story)
    known = connection.row("SELECT id FROM page WHERE fingerprint = ?", (fingerprint,))
    if known is not None:
        update = "UPDATE page SET story = ?, version = ?, current = 1, url = ?, location = ?, source = ? WHERE id = ?"
        connection.run(update, (story, version, *values, known[0]))
        return int(known[0])
    return connection.run(
        "INSERT INTO page (story, key, fingerprint, version, url, location, source) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (story, key, fingerprint, version, *values),
    )


def _version(connection: Connection, key: bytes, story: int) -> int:
    """The number of the version that `story` is of the page; those of another text are current no more."""
    earlier = connection.rows("SELECT id, story, version, current FROM page WHERE key = ? ORDER BY id", (key,))
    for page, other, _, current in earlier:
        if current and other != story:
            connection.run("UPDATE page SET current = 0 WHERE id = ?", (page,))
            _retire_story(connection, int(other))
    same = [int(version) for _, other, version, _ in earlier if other == story]
    return same[0] if same else 1 + max((int(version) for _, _, version, _ in earlier), default=0)


def _retire_story(connection: Connection, story: int) -> None:
    if connection.row("SELECT 1 FROM page WHERE story = ? AND current", (story,)) is not None:
        return
    if connection.row("SELECT 1 FROM story WHERE id = ? AND current", (story,)) is None:
        return
    _count(connection, story, -1)
    connection.run("UPDATE story SET current = 0 WHERE id = ?", (story,))
    _refresh_persons(connection, story)


def _insert_findings(connection: Connection, story: int, ready: Prepared) -> None:
    names = {entity.id: name_id(connection, entity.name) for entity in ready.entities}
    for entity in ready.entities:
        connection.run(
            'INSERT INTO entity (story, name, start, "end", mentions, address) VALUES (?, ?, ?, ?, ?, ?)',
            (story, names[entity.id], entity.start, entity.end, len(entity.mentions), entity.address),
        )
    for statement in ready.statements:
        _insert_statement(connection, story, ready, statement, names)
    _count(connection, story, 1)
    _apply_judgements(connection, ready.document)


def _insert_statement(
    connection: Connection, story: int, ready: Prepared, row: StatementRow, names: dict[str, int]
) -> None:
    name = None if row.speaker is None else names.get(row.speaker)
    id_ = connection.run(
        'INSERT INTO statement (story, start, "end", address, words, source, cue, kind, mode, source_type, negated,'
        " hedged, name, unknown_because, score, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(story, row.start, row.end, row.address, row.kept_words, row.source, row.cue, row.kind, row.mode),
            *(row.source_type, row.negated, row.hedged, name, row.unknown_because, row.score),
            day_of(ready.source.published),
        ),
    )
    connection.run("INSERT INTO statement_text (rowid, words) VALUES (?, ?)", (id_, row.words))
    about = sorted({names[entity] for entity in row.about} - {name})
    connection.run_many("INSERT INTO about (name, statement) VALUES (?, ?)", ((each, id_) for each in about))


def _delete_findings(connection: Connection, story: int) -> None:
    if connection.row("SELECT 1 FROM story WHERE id = ? AND current", (story,)) is None:
        connection.run("UPDATE story SET current = 1 WHERE id = ?", (story,))
    else:
        _count(connection, story, -1)
    _refresh_persons(connection, story)
    said = "SELECT id, words FROM statement_words WHERE id IN (SELECT id FROM statement WHERE story = ?)"
    for id_, words in connection.rows(said, (story,)):
        connection.run(
            "INSERT INTO statement_text (statement_text, rowid, words) VALUES ('delete', ?, ?)", (id_, words)
        )
    connection.run("DELETE FROM statement WHERE story = ?", (story,))
    connection.run("DELETE FROM entity WHERE story = ?", (story,))


def _names_in(connection: Connection, story: int) -> list[int]:
    found = connection.rows(
        "SELECT name FROM entity WHERE story = ? UNION SELECT name FROM statement WHERE story = ? AND name IS NOT NULL"
        " ORDER BY 1",
        (story, story),
    )
    return [int(name) for (name,) in found]


def _count(connection: Connection, story: int, sign: int) -> None:
    """Add what a story says to the counts of its names, or (sign -1) take it away; the rejected counts for nothing."""
    named = "SELECT name, 1, sum(mentions), 0, 0 FROM entity WHERE story = ?1 GROUP BY name"
    spoke = "SELECT name, 0, 0, 1, 0 FROM statement WHERE story = ?1 AND name IS NOT NULL AND verdict IS NOT 'reject'"
    about = (
        "SELECT about.name, 0, 0, 0, 1 FROM statement JOIN about ON about.statement = statement.id"
        " WHERE story = ?1 AND verdict IS NOT 'reject'"
    )
    clusters.add_counts(
        connection,
        connection.rows(
            "SELECT name, sum(stories), sum(mentions), sum(statements), sum(said_about) FROM (SELECT 0 AS name, 0 AS"
            f" stories, 0 AS mentions, 0 AS statements, 0 AS said_about UNION ALL {named} UNION ALL {spoke} UNION ALL"
            f" {about}) WHERE name > 0 GROUP BY name ORDER BY name",
            (story,),
        ),
        connection.row("SELECT day FROM story WHERE id = ?", (story,)),
        sign,
    )


def _refresh_persons(connection: Connection, story: int) -> None:
    clusters.refresh(connection, _names_in(connection, story))


def _apply_judgements(connection: Connection, document: str) -> None:
    here = (f"{document}:", f"{document};")
    found = connection.rows(
        'SELECT "left" FROM judgement WHERE "left" >= ? AND "left" < ?'
        ' UNION SELECT "right" FROM judgement WHERE "right" >= ? AND "right" < ? ORDER BY 1',
        (*here, *here),
    )
    for (address,) in found:
        apply_judgements(connection, str(address))


def put_copies(connection: Connection, story: int, copies: Iterable[int]) -> None:
    """Join stories that are copies of one another into one group, named after its first story."""
    group = {story, *copies}
    roots = {
        root
        for each in group
        for (root,) in connection.rows("SELECT coalesce(copy_of, id) FROM story WHERE id = ?", (each,))
    }
    first = min(roots)
    for root in sorted(roots - {first}):
        connection.run("UPDATE story SET copy_of = ? WHERE copy_of = ? OR id = ?", (first, root, root))
