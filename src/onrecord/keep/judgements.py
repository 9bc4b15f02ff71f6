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
from dataclasses import dataclass
from typing import Any

from onrecord.errors import StoreError
from onrecord.keep import clusters
from onrecord.keep.clusters import Judged
from onrecord.keep.connection import Connection, Row
from onrecord.keep.names import (
    delete_names,
    entities_in,
    name_id,
    names_in,
    put_about,
    put_names,
    read_names,
    record_in,
)
from onrecord.keep.rows import EntityRow, KeptWords, kept_words, name_row, statement_place, words_of
from onrecord.notation import NotationError, from_data
from onrecord.record import Judgement, Record, Span, parse_address

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
    changed = "UPDATE statement SET verdict = ?, name = ?, parts = ?, words = ? WHERE id = ?"
    connection.run(changed, (verdict, new_name, *kept, id_))
    _reindex(connection, int(id_), str(words), new_words)
    clusters.count_statement(connection, int(id_), 1)
    ((about,),) = connection.rows("SELECT about FROM statement WHERE id = ?", (id_,))
    clusters.refresh(connection, [each for each in (name, new_name, *read_names(about)) if each is not None])


def _corrected(
    connection: Connection, story: int, address: str, correction: Mapping[str, Any]
) -> tuple[int | None, str, KeptWords]:
    """The speaker, the words, and what to keep of these."""
    record = record_in(connection, story)
    statement = next(each for each in record.statements if each.id == address)
    speaker = correction.get("speaker", statement.speaker)
    content = correction.get("content", statement.content)
    if content[-1].end > len(record.document.text):
        content = statement.content
    kept = kept_words(record, content, statement_place(record, statement)[0])
    return _name_of(connection, record, speaker), words_of(record, content), kept


def _name_of(connection: Connection, record: Record, speaker: str | None) -> int | None:
    if speaker is None:
        return None
    if any(entity.id == speaker for entity in record.entities):
        held = holder(connection, speaker)
        return None if held is None else held.name
    kind, _, slug = speaker.partition(":")
    return name_id(connection, name_row(slug.replace("-", " "), kind)) if slug else None


def _reindex(connection: Connection, statement: int, before: str, after: str) -> None:
    if before != after:
        connection.run(
            "INSERT INTO statement_text (statement_text, rowid, words) VALUES ('delete', ?, ?)", (statement, before)
        )
        connection.run("INSERT INTO statement_text (rowid, words) VALUES (?, ?)", (statement, after))


@dataclass(frozen=True, slots=True)
class Holder:
    """An entity and what the tables know of it: its story, which of the story's entities it is, and its name."""

    story: int
    number: int
    name: int
    row: EntityRow


def holder(connection: Connection, address: str) -> Holder | None:
    """The named entity with this id, or None."""
    found = connection.row("SELECT id FROM story WHERE document = ?", (address.partition(":")[0],))
    if found is None:
        return None
    story = int(found[0])
    number_and_row = next((each for each in enumerate(entities_in(connection, story)) if each[1].id == address), None)
    if number_and_row is None:
        return None
    number, row = number_and_row
    return Holder(story, number, names_in(connection, story)[number], row)


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
    found = connection.row("SELECT id FROM name WHERE address = ?", (address,))
    if found is not None:
        return int(found[0])
    held = holder(connection, address)
    return None if held is None else held.name


def _settle(connection: Connection, address: str) -> None:
    """Give an entity a name of its own while it stands that it is another bearer of a name than some other entity."""
    held = holder(connection, address)
    if held is None:
        return
    kind = held.row.name.address.partition(":")[0]
    apart = f"{address[:8]}-{held.row.start}" if _is_apart(connection, address) else ""
    target = name_id(connection, name_row(held.row.name.written, kind, apart=apart))
    if target != held.name:
        _move_entity(connection, held, target)


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


def _move_entity(connection: Connection, held: Holder, after: int) -> None:
    before = held.name
    touched = [
        (int(id_), name, read_names(about))
        for id_, name, about in connection.rows("SELECT id, name, about FROM statement WHERE story = ?", (held.story,))
        if name == before or before in read_names(about)
    ]
    for statement, name, about in touched:
        clusters.count_statement(connection, statement, -1)
        if name == before:
            connection.run("UPDATE statement SET name = ? WHERE id = ?", (after, statement))
        if before in about:
            put_about(connection, statement, sorted({*about, after} - {before}))
        clusters.count_statement(connection, statement, 1)
    _count_entity(connection, held, before, -1)
    names = names_in(connection, held.story)
    delete_names(connection, held.story)
    put_names(connection, held.story, [*names[: held.number], after, *names[held.number + 1 :]])
    _count_entity(connection, held, after, 1)
    clusters.refresh(connection, (before, after))


def _count_entity(connection: Connection, held: Holder, name: int, sign: int) -> None:
    """Add an entity to the counts of its name, or take it away; a story counts once for a name that several bear."""
    ((is_current,),) = connection.rows("SELECT current FROM story WHERE id = ?", (held.story,))
    is_alone = names_in(connection, held.story).count(name) == 1
    if is_current:
        clusters.add_counts(connection, [(name, int(is_alone), len(held.row.mentions), 0, 0)], None, sign)
