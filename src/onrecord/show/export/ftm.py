"""Stories as FollowTheMoney entities (https://followthemoney.tech), as Aleph and OpenSanctions read: JSON Lines.

An Article, a Person or Organization for each named entity, a Mention that ties the two. FollowTheMoney has no entity
for a statement: it becomes a Note on its speaker that quotes the words. Lost: offsets, kinds, cues, chains, scores,
times and events.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from onrecord.record import Entity, Record
from onrecord.show.export.reported import Reported

_SCHEMATA = {"person": "Person", "organisation": "Organization"}


def write_ftm(stories: Iterable[Reported], out: IO[str]) -> None:
    """Write entities, one a line; the same person in two stories has one id, and is merged by whatever reads them."""
    for each in stories:
        for entity in entities(each):
            out.write(json.dumps(entity, ensure_ascii=False) + "\n")


def entities(each: Reported) -> Iterator[dict[str, Any]]:
    """The FollowTheMoney entities of a story."""
    record = each.record
    yield _article(record)
    known = {entity.id: entity for entity in record.entities if entity.name and entity.kind in _SCHEMATA}
    people = {each.speaker: person for each, person in _speakers(each)}
    for entity in known.values():
        yield from _named(record, entity, people.get(entity.id))
    for statement in record.statements:
        if statement.speaker in known:
            words = " … ".join(record.document.words(span) for span in statement.content)
            person = _id(_name(record, known[statement.speaker], people.get(statement.speaker)))
            yield _entity(
                _id(statement.id),
                "Note",
                name=f"{statement.mode}: {words}"[:120],
                description=words,
                entity=person,
                date=record.document.source.published,
                sourceUrl=record.document.source.url,
            )


def _speakers(each: Reported) -> Iterator[tuple[Any, tuple[str, str]]]:
    for statement in each.record.statements:
        if statement.speaker is not None and statement.id in each.people:
            yield statement, each.people[statement.id]


def _article(record: Record) -> dict[str, Any]:
    source = record.document.source
    return _entity(
        _id(record.document.id),
        "Article",
        title=source.headline,
        sourceUrl=source.url,
        publisher=source.publisher,
        author=source.byline,
        publishedAt=source.published,
        language=record.document.language,
        bodyText=record.document.text,
    )


def _named(record: Record, entity: Entity, person: tuple[str, str] | None) -> Iterator[dict[str, Any]]:
    name = _name(record, entity, person)
    own = record.document.words(entity.name) if entity.name else name
    titles = tuple(record.document.words(span) for span in entity.titles)
    yield _entity(_id(name), _SCHEMATA[entity.kind], name=name, alias=own if own != name else None, position=titles)
    yield _entity(
        _id(entity.id),
        "Mention",
        name=own,
        document=_id(record.document.id),
        resolved=_id(name),
        detectedSchema=_SCHEMATA[entity.kind],
    )


def _name(record: Record, entity: Entity, person: tuple[str, str] | None) -> str:
    return person[0] if person else record.document.words(entity.name) if entity.name else entity.id


def _id(text: str) -> str:
    return "onrecord-" + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _entity(id_: str, schema: str, **properties: str | tuple[str, ...] | None) -> dict[str, Any]:
    """An entity, each property a list of values; of one that is not known there is none."""
    listed = {key: [value] if isinstance(value, str) else list(value) for key, value in properties.items() if value}
    return {"id": id_, "schema": schema, "properties": listed}
