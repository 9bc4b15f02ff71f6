"""What people decided: kept for good, in the order of their coming, and applied to the rows derived from findings.

A judgement is never changed or deleted; "withdraw" takes one back. The finding itself stays as it was found in the
record; the tables `statement` and `person` show it as it stands after the judgements.

Of a statement: "accept", "reject", or "correct" with a JSON object that replaces any of `speaker` (the id of an entity
of the story, the address of a name such as "person:jane-roe", or null) and `content` (spans as in the record).
Of two names or entities: "same" or "different"; either side is the id of an entity or the address of a name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.errors import StoreError
from onrecord.keep import clusters
from onrecord.keep.clusters import Judged
from onrecord.keep.connection import Connection, Row
from onrecord.keep.rows import NameRow, kept_words, name_row, statement_place, unpacked, words_of
from onrecord.notation import NotationError, from_data
from onrecord.record import Entity, Judgement, Record, Span, parse_address

_FIELDS = '"left", "right", verdict, "by", "at", why, correction'
_PAIR = ("same", "different")
_CORRECTABLE = frozenset(("speaker", "content"))


def put_judgement(connection: Connection, judgement: Judgement) -> int:
    """Keep a judgement and apply it; its row id. The same judgement put again is the one that is there."""
    _must_make_sense(judgement)
    values = tuple(getattr(judgement, name) for name in ("left", "right", "verdict", "by", "at", "why", "correction"))
    known = connection.row(
        'SELECT id FROM judgement WHERE "left" = ? AND "right" IS ? AND verdict = ? AND "by" = ? AND "at" = ?'
        " AND why IS ? AND correction IS ?",
        values,
    )
    if known is not None:
        return int(known[0])
    id_ = connection.run(
        f"INSERT INTO judgement ({_FIELDS}, withdraws) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, _withdrawn_by(connection, judgement)),
    )
    for address in (judgement.left, judgement.right):
        if address is not None:
            apply_judgements(connection, address)
    return id_


def _must_make_sense(judgement: Judgement) -> None:
    if judgement.verdict in _PAIR and judgement.right is None:
        raise StoreError(f'a judgement "{judgement.verdict}" is of two entities; this one names only {judgement.left}')
    if judgement.verdict in ("accept", "reject", "correct") and judgement.right is not None:
        raise StoreError(f'a judgement "{judgement.verdict}" is of one finding; this one names two')
    if judgement.verdict == "correct":
        correction_of(judgement.correction)


def correction_of(text: str | None) -> dict[str, Any]:
    """The fields that a correction replaces, read from its JSON; StoreError when it is none."""
    try:
        data = json.loads(text or "")
        content = from_data(tuple[Span, ...], data.get("content", []))
    except (ValueError, AttributeError, RecursionError, NotationError) as error:
        raise StoreError(f"not a correction: {error}") from error
    if not data.keys() <= _CORRECTABLE or not isinstance(data.get("speaker"), str | None):
        raise StoreError(f"a correction replaces speaker or content, this one {', '.join(sorted(data))}")
    return {**data, "content": tuple(sorted(content))} if content else {**data}


def _withdrawn_by(connection: Connection, judgement: Judgement) -> int | None:
    if judgement.verdict != "withdraw":
        return None
    found = connection.row(
        'SELECT id FROM standing WHERE "left" = ? AND "right" IS ? AND "by" = ? ORDER BY "at" DESC, id DESC',
        (judgement.left, judgement.right, judgement.by),
    )
    return None if found is None else int(found[0])


def judgements(connection: Connection, address: str | None = None) -> list[tuple[int, Judgement, bool]]:
    """All judgements, or those of one finding, oldest first: row id, judgement, and whether it still stands."""
    where = "" if address is None else 'WHERE "left" = ? OR "right" = ?'
    found = connection.rows(
        f"SELECT id, {_FIELDS}, EXISTS (SELECT 1 FROM standing WHERE standing.id = judgement.id) FROM judgement {where}"
        ' ORDER BY "at", id',
        () if address is None else (address, address),
    )
    return [(int(row[0]), Judgement(*row[1:-1]), bool(row[-1])) for row in found]


def apply_judgements(connection: Connection, address: str) -> None:
    """Bring the derived rows of a finding or a name up to date with what stands about it."""
    kind = address.split(":")[1] if address.count(":") == 2 else None
    if kind == "statement" or _statement(connection, address) is not None:
        _apply_to_statement(connection, address)
    else:
        _apply_to_names(connection, address)


def _statement(connection: Connection, address: str) -> Row | None:
    wanted = (
        "SELECT statement.id, story, name, statement_words.words FROM statement"
        " JOIN statement_words ON statement_words.id = statement.id WHERE"
    )
    try:
        document, _, span = parse_address(address)
    except ValueError:
        return connection.row(f"{wanted} address = ?", (address,)) if ":" not in address else None
    found = connection.row("SELECT id FROM story WHERE document = ?", (document,))
    if found is None:
        return None
    return connection.row(
        f'{wanted} story = ? AND ((start = ? AND "end" = ? AND address IS NULL) OR address = ?)',
        (found[0], span.start, span.end, address),
    )


def _apply_to_statement(connection: Connection, address: str) -> None:
    row = _statement(connection, address)
    if row is None:
        return
    id_, story, name, words = row
    standing = connection.rows(
        'SELECT verdict, correction FROM standing WHERE "left" = ? AND "right" IS NULL ORDER BY "at" DESC, id DESC',
        (address,),
    )
    verdict = standing[0][0] if standing else None
    correction = next((correction_of(text) for kind, text in standing if kind == "correct"), {})
    new_name, new_words, kept = _corrected(connection, int(story), address, correction)
    clusters.count_statement(connection, int(id_), -1)
    connection.run("UPDATE statement SET verdict = ?, name = ?, words = ? WHERE id = ?", (verdict, new_name, kept, id_))
    _reindex(connection, int(id_), str(words), new_words)
    clusters.count_statement(connection, int(id_), 1)
    about = [each for (each,) in connection.rows("SELECT name FROM about WHERE statement = ?", (id_,))]
    clusters.refresh(connection, [each for each in (name, new_name, *about) if each is not None])


def _corrected(
    connection: Connection, story: int, address: str, correction: Mapping[str, Any]
) -> tuple[int | None, str, str | None]:
    """The speaker, the words, and what to keep of these."""
    record = _record(connection, story)
    statement = next(each for each in record.statements if each.id == address)
    speaker = correction.get("speaker", statement.speaker)
    content = correction.get("content", statement.content)
    if content[-1].end > len(record.document.text):
        content = statement.content
    kept = kept_words(record, content, statement_place(record, statement)[0])
    return _name_of(connection, record, speaker), words_of(record, content), kept


def _record(connection: Connection, story: int) -> Record:
    blob, text = connection.rows(
        "SELECT record, text FROM notation JOIN text ON text.id = story WHERE story = ?", (story,)
    )[0]
    return unpacked(blob, text)


def _name_of(connection: Connection, record: Record, speaker: str | None) -> int | None:
    if speaker is None:
        return None
    if any(entity.id == speaker for entity in record.entities):
        row = entity_row(connection, speaker)
        return None if row is None else int(row[1])
    kind, _, slug = speaker.partition(":")
    return name_id(connection, name_row(slug.replace("-", " "), kind)) if slug else None


def _reindex(connection: Connection, statement: int, before: str, after: str) -> None:
    if before != after:
        connection.run(
            "INSERT INTO statement_text (statement_text, rowid, words) VALUES ('delete', ?, ?)", (statement, before)
        )
        connection.run("INSERT INTO statement_text (rowid, words) VALUES (?, ?)", (statement, after))


def name_id(connection: Connection, name: NameRow) -> int:
    """The row id of a name, put down with a person of its own when it is new."""
    known = connection.row("SELECT id FROM name WHERE address = ?", (name.address,))
    if known is not None:
        return int(known[0])
    (next_id,) = connection.rows("SELECT coalesce(max(id), 0) + 1 FROM name")[0]
    connection.run(
        "INSERT INTO name (id, address, kind, written, folded, person) VALUES (?, ?, ?, ?, ?, ?)",
        (next_id, name.address, name.kind, name.written, name.folded, next_id),
    )
    connection.run("INSERT INTO name_text (rowid, folded) VALUES (?, ?)", (next_id, name.folded))
    clusters.put_person(connection, int(next_id))
    return int(next_id)


def entity_row(connection: Connection, address: str) -> Row | None:
    """Row id, name and story of the entity with this id, or None."""
    wanted = "SELECT entity.id, name, story FROM entity WHERE"
    try:
        document, _, span = parse_address(address)
    except ValueError:
        return connection.row(f"{wanted} address = ?", (address,))
    found = connection.row("SELECT id FROM story WHERE document = ?", (document,))
    if found is None:
        return None
    return connection.row(
        f'{wanted} story = ? AND ((start = ? AND "end" = ? AND address IS NULL) OR address = ?)',
        (found[0], span.start, span.end, address),
    )


def _apply_to_names(connection: Connection, address: str) -> None:
    _settle(connection, address)
    name = _name_at(connection, address)
    judged = standing_pairs(connection)
    if name is not None:
        partners = {end for each in judged if name in (each.left, each.right) for end in (each.left, each.right)}
        clusters.recluster(connection, {name, *partners, *_other_ends(connection, address)}, judged)


def _other_ends(connection: Connection, address: str) -> Iterable[int]:
    """The names that any judgement, standing or withdrawn, ever set beside this one."""
    for left, right in connection.rows(
        'SELECT "left", "right" FROM judgement WHERE ("left" = ? OR "right" = ?) AND "right" IS NOT NULL',
        (address, address),
    ):
        for end in (left, right):
            name = _name_at(connection, end)
            if name is not None:
                yield name


def standing_pairs(connection: Connection) -> list[Judged]:
    """What stands about pairs of names: of several judgements of one pair, the latest."""
    latest: dict[tuple[int, int], bool] = {}
    for left, right, verdict in connection.rows(
        'SELECT "left", "right", verdict FROM standing WHERE "right" IS NOT NULL ORDER BY "at", id'
    ):
        one, other = _name_at(connection, left), _name_at(connection, right)
        if one is not None and other is not None and one != other:
            pair = (min(one, other), max(one, other))
            latest.pop(pair, None)
            latest[pair] = verdict == "same"
    return [Judged(left, right, same) for (left, right), same in latest.items()]


def _name_at(connection: Connection, address: str) -> int | None:
    row = entity_row(connection, address)
    if row is not None:
        return int(row[1])
    found = connection.row("SELECT id FROM name WHERE address = ?", (address,))
    return None if found is None else int(found[0])


def _settle(connection: Connection, address: str) -> None:
    """Give an entity a name of its own while it stands that it is another bearer of a name than some other entity."""
    row = entity_row(connection, address)
    if row is None:
        return
    entity, name, story = row
    record = _record(connection, int(story))
    found = next((each for each in record.entities if each.id == address), None)
    if found is None or found.name is None:
        return
    apart = _mark(record, found) if _is_apart(connection, address) else ""
    target = name_id(connection, name_row(record.document.words(found.name), found.kind, apart=apart))
    if target != name:
        _move_entity(connection, int(entity), int(story), int(name), target)


def _mark(record: Record, entity: Entity) -> str:
    assert entity.name is not None
    return f"{record.document.id[:8]}-{entity.name.start}"


def _is_apart(connection: Connection, address: str) -> bool:
    """Whether the latest word on this entity (as `right`) and some other is that they differ, though named alike."""
    found = connection.rows('SELECT "left", verdict FROM standing WHERE "right" = ? ORDER BY "at", id', (address,))
    latest: dict[str, str] = dict(found)
    own = _base(connection, address)
    return any(verdict == "different" and _base(connection, left) == own for left, verdict in latest.items())


def _base(connection: Connection, address: str) -> str | None:
    name = _name_at(connection, address)
    if name is None:
        return None
    ((found,),) = connection.rows("SELECT address FROM name WHERE id = ?", (name,))
    return str(found).partition("~")[0]


def _move_entity(connection: Connection, entity: int, story: int, before: int, after: int) -> None:
    said = "SELECT id FROM statement WHERE name = ? AND story = ?"
    statements = [each for (each,) in connection.rows(said, (before, story))]
    said_about = "SELECT id FROM statement JOIN about ON about.statement = id AND about.name = ? WHERE story = ?"
    about = [each for (each,) in connection.rows(said_about, (before, story))]
    touched = sorted({*statements, *about})
    for statement in touched:
        clusters.count_statement(connection, statement, -1)
    connection.run_many("UPDATE statement SET name = ? WHERE id = ?", ((after, each) for each in statements))
    connection.run_many(
        "UPDATE OR REPLACE about SET name = ? WHERE name = ? AND statement = ?",
        ((after, before, each) for each in about),
    )
    for statement in touched:
        clusters.count_statement(connection, statement, 1)
    _count_entity(connection, entity, -1)
    connection.run("UPDATE entity SET name = ? WHERE id = ?", (after, entity))
    _count_entity(connection, entity, 1)
    clusters.refresh(connection, (before, after))


def _count_entity(connection: Connection, entity: int, sign: int) -> None:
    name, mentions, current = connection.rows(
        "SELECT name, mentions, current FROM entity JOIN story ON story.id = story WHERE entity.id = ?", (entity,)
    )[0]
    if current:
        clusters.add_counts(connection, [(name, 1, mentions, 0, 0)], None, sign)
