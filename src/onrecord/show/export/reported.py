"""What every export is made of: a record as it stands after judgements, with who its speakers are in the whole pile.

Corrections are applied to the record's statements, rejected ones can be left out; the store is only read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.keep.answers import Kept, StatementRow, Story
from onrecord.keep.judgements import correction_of
from onrecord.keep.search import story
from onrecord.keep.store import Store
from onrecord.record import Entity, Judgement, Record, Statement


@dataclass(frozen=True, slots=True)
class Reported:
    """A record to be exported. `verdicts` has the latest verdict of each statement that has one, `people` the name and
    address by which the pile knows the speaker of each statement, `judgements` all that was decided about each."""

    record: Record
    verdicts: Mapping[str, str]
    people: Mapping[str, tuple[str, str]]
    judgements: Mapping[str, tuple[Judgement, ...]] = field(default_factory=dict)


def reported(record: Record) -> Reported:
    """A record that stands in no database."""
    entities = {entity.id: entity for entity in record.entities}
    names = {each.id: _name(record, entities.get(each.speaker or "")) for each in record.statements}
    return Reported(record, {}, {id_: (name, "") for id_, name in names.items() if name})


def all_reported(store: Store, documents: Sequence[str] = (), *, rejected: bool = False) -> Iterator[Reported]:
    """The current stories of a store (or these), in the order they were put; `rejected` keeps rejected statements."""
    for document in documents or store.documents():
        found = story(store, document)
        if found is not None and (documents or found.row.current):
            yield _as_it_stands(found, rejected=rejected)


def _as_it_stands(found: Story, *, rejected: bool) -> Reported:
    rows = {row.id: row for row in found.statements}
    kept = [
        _corrected(each, found.judgements) for each in found.record.statements if rejected or not _is_out(rows, each)
    ]
    left_out = {each.id for each in found.record.statements} - {each.id for each in kept}
    statements = tuple(replace(each, inside=None) if each.inside in left_out else each for each in kept)
    events = tuple(replace(each, said_in=None) if each.said_in in left_out else each for each in found.record.events)
    return Reported(
        replace(found.record, statements=statements, events=events),
        {row.id: row.verdict for row in found.statements if row.verdict is not None},
        {row.id: (row.speaker, row.speaker_address or "") for row in found.statements if row.speaker is not None},
        {each.id: _judged(found.judgements, each.id) for each in kept},
    )


def _judged(judgements: Sequence[Kept], statement: str) -> tuple[Judgement, ...]:
    return tuple(each.judgement for each in judgements if each.judgement.left == statement)


def _is_out(rows: Mapping[str, StatementRow], statement: Statement) -> bool:
    row = rows.get(statement.id)
    return row is not None and row.verdict == "reject"


def _corrected(statement: Statement, judgements: Sequence[Kept]) -> Statement:
    of_it = [each.judgement for each in judgements if each.stands and each.judgement.left == statement.id]
    corrections = [each.correction for each in sorted(of_it, key=lambda each: each.at) if each.verdict == "correct"]
    if not corrections:
        return statement
    change: dict[str, Any] = correction_of(corrections[-1])
    if "speaker" in change:
        speaker = change["speaker"]
        is_here = speaker is not None and speaker.startswith(statement.id.partition(":")[0])
        why = None if is_here else statement.unknown_because or "corrected"
        statement = replace(statement, speaker=speaker if is_here else None, unknown_because=why, chain=())
    return replace(statement, content=change.get("content", statement.content))


def _name(record: Record, entity: Entity | None) -> str | None:
    return None if entity is None or entity.name is None else record.document.words(entity.name)
