"""A story as its page shows it: marked paragraphs and one card a statement, in words fit to read.

Pure: record and judgements in, frozen values out. No HTML here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.notation import NotationError, from_data
from onrecord.record import Document, Entity, Mention, Record, Span, Statement, envelope
from onrecord.show.web.judging import Standing
from onrecord.show.web.marks import Paragraph, paragraphs

KINDS = {"direct": "Direct quote", "mixed": "Partly quoted", "indirect": "Reported speech"}
VERDICTS = {"accept": "Accepted", "reject": "Rejected", "correct": "Corrected"}


@dataclass(frozen=True, slots=True)
class Link:
    """A step of the chain that proves a speaker: the words and where they stand."""

    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Card:
    """A statement in the side list. `content` and `speaker` are as corrected, where a person corrected them."""

    number: int
    id: str
    fragment: str
    kind: str
    kind_name: str
    mode: str
    words: str
    content: tuple[Span, ...]
    speaker: str | None
    speaker_entity: str | None
    speaker_address: str | None
    unknown_because: str | None
    candidates: tuple[str, ...]
    source: str | None
    source_type: str
    chain: tuple[Link, ...]
    score: float | None
    qualifiers: tuple[str, ...]
    reason: str | None
    occasion: str | None
    inside: int | None
    verdict: str | None = None
    verdict_name: str | None = None
    judged_by: str | None = None
    judged_at: str | None = None
    judged_why: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Someone or something that the story names, for the list under it and the choice of a speaker."""

    entity: str
    name: str
    kind: str
    address: str | None
    mentions: int
    statements: int


@dataclass(frozen=True, slots=True)
class StoryPage:
    """All that a story's page shows."""

    id: str
    headline: str
    document: Document
    paragraphs: tuple[Paragraph, ...]
    cards: tuple[Card, ...]
    named: tuple[Named, ...]
    notes: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def story_page(record: Record, judged: Mapping[str, Standing], addresses: Mapping[str, str]) -> StoryPage:
    """The page of a record. `judged` holds what stands about a finding's id, `addresses` the person's address for an
    entity's id."""
    corrected = with_corrections(record, judged)
    cards = tuple(_cards(corrected, judged, addresses))
    flow = paragraphs(corrected)
    document = record.document
    return StoryPage(
        id=document.id,
        headline=headline(document),
        document=document,
        paragraphs=tuple(p for p in flow if p.kind != "headline"),
        cards=cards,
        named=tuple(_named(corrected, addresses)),
        notes=tuple(f"{note.step}: {note.message}" for note in record.notes),
        counts={kind: sum(card.kind == kind for card in cards) for kind in KINDS},
    )


def headline(document: Document) -> str:
    """The headline as the page says it, else where the page was found: what every list calls the story."""
    source = document.source
    return (source.headline or "").strip() or source.url or source.location or document.id


def with_corrections(record: Record, judged: Mapping[str, Standing]) -> Record:
    """The record as people corrected it: other speaker, other content. What the machine found stays in the store."""
    entities = {entity.id for entity in record.entities}
    length = len(record.document.text)
    statements = tuple(
        _corrected(statement, judged.get(statement.id), entities, length) for statement in record.statements
    )
    return replace(record, statements=statements)


def _corrected(statement: Statement, judged: Standing | None, entities: set[str], length: int) -> Statement:
    change = correction_of(judged)
    speaker, content = change.get("speaker", statement.speaker), spans_of(change.get("content"), length)
    if speaker != statement.speaker and (speaker is None or speaker in entities):
        because = None if speaker is not None else "a person judged that the story does not say who"
        statement = replace(statement, speaker=speaker, unknown_because=because, chain=())
    return replace(statement, content=content) if content else statement


def correction_of(judged: Standing | None) -> dict[str, Any]:
    """What people corrected, as fields of a statement; nothing when it is nothing that can be read."""
    if judged is None or judged.correction is None:
        return {}
    try:
        change = json.loads(judged.correction.correction or "")
    except (ValueError, RecursionError):
        return {}
    return change if isinstance(change, dict) else {}


def spans_of(data: Any, length: int) -> tuple[Span, ...]:
    """Spans given as `{"start": .., "end": ..}`, in text order; none of them unless all lie in the text."""
    try:
        spans = sorted(from_data(tuple[Span, ...], data))
    except NotationError:
        return ()
    return tuple(spans) if spans and spans[-1].end <= length else ()


def _cards(record: Record, judged: Mapping[str, Standing], addresses: Mapping[str, str]) -> Iterable[Card]:
    numbers = {statement.id: number for number, statement in enumerate(record.statements, start=1)}
    names = entity_names(record)
    for number, statement in enumerate(record.statements, start=1):
        stands = judged.get(statement.id)
        judgement = None if stands is None else stands.latest
        words = record.document.words
        speaker = statement.speaker
        yield Card(
            number=number,
            id=statement.id,
            fragment=fragment_of(statement),
            kind=statement.kind,
            kind_name=KINDS[statement.kind],
            mode=statement.mode,
            words=" … ".join(words(span) for span in statement.content),
            content=statement.content,
            speaker=None if speaker is None else names[speaker],
            speaker_entity=speaker,
            speaker_address=None if speaker is None else addresses.get(speaker),
            unknown_because=statement.unknown_because,
            candidates=tuple(names[candidate] for candidate in statement.candidates),
            source=None if statement.source is None else words(statement.source),
            source_type=statement.source_type,
            chain=_chain(record.document, statement),
            score=statement.origin.score,
            qualifiers=_qualifiers(statement),
            reason=None if statement.reason is None else words(statement.reason),
            occasion=None if statement.occasion is None else words(statement.occasion),
            inside=None if statement.inside is None else numbers[statement.inside],
            verdict=None if judgement is None else judgement.verdict,
            verdict_name=None if judgement is None else VERDICTS.get(judgement.verdict, judgement.verdict),
            judged_by=None if judgement is None else judgement.by,
            judged_at=None if judgement is None else judgement.at,
            judged_why=None if judgement is None else judgement.why,
        )


def fragment_of(statement: Statement) -> str:
    """What stands behind `#` in the address of a statement in its story."""
    tail = statement.id.rsplit(":", 1)[-1]
    place = envelope(statement.content)
    return f"statement-{tail}" if tail.replace("-", "").isdigit() else f"statement-{place.start}-{place.end}"


def _chain(document: Document, statement: Statement) -> tuple[Link, ...]:
    return tuple(Link(document.words(span), span) for span in statement.chain)


def _qualifiers(statement: Statement) -> tuple[str, ...]:
    marks: list[str] = [] if statement.mode == "said" else [statement.mode]
    marks += ["negated"] if statement.negated else []
    marks += ["hedged"] if statement.hedged else []
    return tuple(marks)


def entity_names(record: Record) -> dict[str, str]:
    """The fullest name of each entity, or the words of its first mention."""
    mentions = {mention.id: mention for mention in record.mentions}
    return {entity.id: record.document.words(_name_span(entity, mentions)) for entity in record.entities}


def _name_span(entity: Entity, mentions: Mapping[str, Mention]) -> Span:
    return entity.name if entity.name is not None else mentions[entity.mentions[0]].span


def _named(record: Record, addresses: Mapping[str, str]) -> Sequence[Named]:
    names = entity_names(record)
    spoke: dict[str | None, int] = {}
    for statement in record.statements:
        spoke[statement.speaker] = spoke.get(statement.speaker, 0) + 1
    named = [
        Named(e.id, names[e.id], e.kind, addresses.get(e.id), len(e.mentions), spoke.get(e.id, 0))
        for e in record.entities
        if e.name is not None or spoke.get(e.id)
    ]
    return sorted(named, key=lambda n: (-n.statements, -n.mentions, n.name))
