"""Puts the rows of a record into their tables: stories, pages and versions, names, statements.

Every function runs inside a transaction of its caller. Row ids are the next free ones, so the same records put in the
same order give the same database, row for row.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.keep import clusters
from onrecord.keep.connection import Connection
from onrecord.keep.judgements import apply_judgements
from onrecord.keep.names import (
    delete_about,
    delete_names,
    entities_in,
    name_id,
    names_in,
    put_names,
    read_names,
    written_names,
)
from onrecord.keep.packing import packed, unpacked_data
from onrecord.keep.rows import (
    EntityRow,
    Manner,
    StatementRow,
    day_number,
    day_of,
    entity_rows,
    source_text,
    statement_rows,
    storable,
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
    connection.run("INSERT INTO text (id, text, record) VALUES (?, ?, ?)", (story, ready.text, ready.notation))
    connection.run("INSERT INTO story_text (rowid, headline, text) VALUES (?, ?, ?)", (story, headline, ready.text))
    connection.run_many(
        "INSERT OR IGNORE INTO shingle (hash, story) VALUES (?, ?)", ((each, story) for each in ready.sketch)
    )
    _insert_findings(connection, story, ready)
    return story


def _replace_story(connection: Connection, story: int, ready: Prepared) -> None:
    _delete_findings(connection, story)
    _reindex_headline(connection, story, _kept(ready.source.headline))
    connection.run(
        "UPDATE story SET headline = ?, publisher = ?, agency = ?, byline = ?, published = ?, day = ?, language = ?,"
        " words = ?, statements = ? WHERE id = ?",
        (*_story_values(ready), story),
    )
    _keep_source(connection, story)
    connection.run("UPDATE text SET record = ? WHERE id = ?", (ready.notation, story))
    _insert_findings(connection, story, ready)


def _keep_source(connection: Connection, story: int) -> None:
    """Write down where the story stood so far: its record, which said so, is about to be replaced."""
    blob, page = connection.rows("SELECT record, page FROM text JOIN story USING (id) WHERE id = ?", (story,))[0]
    source = json.dumps(unpacked_data(blob)["document"]["source"], separators=(",", ":"))
    connection.run("UPDATE page SET source = ? WHERE id = ?", (source, page))


def _reindex_headline(connection: Connection, story: int, headline: str | None) -> None:
    """Bring the full text of a story in step with the headline that it is about to get."""
    before, text = connection.rows("SELECT headline, text FROM story_words WHERE id = ?", (story,))[0]
    if before != headline:
        delete = "INSERT INTO story_text (story_text, rowid, headline, text) VALUES ('delete', ?, ?, ?)"
        connection.run(delete, (story, before, text))
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
    _count(connection, story, entities_in(connection, story), -1)
    connection.run("UPDATE story SET current = 0 WHERE id = ?", (story,))
    _refresh_persons(connection, story)


def _insert_findings(connection: Connection, story: int, ready: Prepared) -> None:
    names = {entity.id: name_id(connection, entity.name) for entity in ready.entities}
    put_names(connection, story, [names[entity.id] for entity in ready.entities])
    day = day_number(day_of(ready.source.published))
    for statement in ready.statements:
        _insert_statement(connection, story, day, statement, names)
    _count(connection, story, ready.entities, 1)
    _apply_judgements(connection, ready.document)


def _insert_statement(connection: Connection, story: int, day: int, row: StatementRow, names: dict[str, int]) -> None:
    name = None if row.speaker is None else names.get(row.speaker)
    about = sorted({names[entity] for entity in row.about} - {name})
    places = (each for span in (row.source, row.cue) for each in ((span.start, span.end) if span else (None, None)))
    id_ = connection.run(
        'INSERT INTO statement (story, start, "end", source_start, source_end, cue_start, cue_end, manner, name, about,'
        " score, day, address, parts, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(story, row.start, row.end, *places, _manner_id(connection, row.manner), name),
            *(written_names(about), row.score, day, row.address, *row.kept),
        ),
    )
    connection.run("INSERT INTO statement_text (rowid, words) VALUES (?, ?)", (id_, row.words))
    if about:
        sql = "INSERT INTO statement_names (rowid, about) VALUES (?, ?)"
        connection.run(sql, (id_, written_names(about)))


def _manner_id(connection: Connection, manner: Manner) -> int:
    found = connection.row(
        "SELECT id FROM manner WHERE kind = ? AND mode = ? AND source_type = ? AND negated = ? AND hedged = ?"
        " AND unknown_because IS ?",
        manner,
    )
    if found is not None:
        return int(found[0])
    return connection.run(
        "INSERT INTO manner (kind, mode, source_type, negated, hedged, unknown_because) VALUES (?, ?, ?, ?, ?, ?)",
        manner,
    )


def _delete_findings(connection: Connection, story: int) -> None:
    if connection.row("SELECT 1 FROM story WHERE id = ? AND current", (story,)) is None:
        connection.run("UPDATE story SET current = 1 WHERE id = ?", (story,))
    else:
        _count(connection, story, entities_in(connection, story), -1)
    _refresh_persons(connection, story)
    said = (
        "SELECT statement.id, statement_words.words, about FROM statement"
        " JOIN statement_words ON statement_words.id = statement.id WHERE story = ?"
    )
    for id_, words, about in connection.rows(said, (story,)):
        sql = "INSERT INTO statement_text (statement_text, rowid, words) VALUES ('delete', ?, ?)"
        connection.run(sql, (id_, words))
        delete_about(connection, id_, about)
    connection.run("DELETE FROM statement WHERE story = ?", (story,))
    delete_names(connection, story)


def _count(connection: Connection, story: int, entities: Sequence[EntityRow], sign: int) -> None:
    """Add what a story says to the counts of its names, or (sign -1) take it away; the rejected counts for nothing."""
    counts = defaultdict[int, list[int]](lambda: [0, 0, 0, 0])
    for name, entity in zip(names_in(connection, story), entities, strict=True):
        counts[name][0] = 1
        counts[name][1] += len(entity.mentions)
    said = "SELECT name, about FROM statement WHERE story = ? AND verdict IS NOT 'reject'"
    for name, about in connection.rows(said, (story,)):
        if name is not None:
            counts[name][2] += 1
        for other in read_names(about):
            counts[other][3] += 1
    day = connection.row("SELECT day FROM story WHERE id = ?", (story,))
    clusters.add_counts(connection, [(name, *counts[name]) for name in sorted(counts)], day, sign)


def _refresh_persons(connection: Connection, story: int) -> None:
    spoke = connection.rows("SELECT DISTINCT name FROM statement WHERE story = ? AND name IS NOT NULL", (story,))
    clusters.refresh(connection, {*names_in(connection, story), *(int(name) for (name,) in spoke)})


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
