"""The report as one looks at it to find a speaker: its mentions, entities, sentences and paragraphs, with look-ups.

Decides nothing: who speaks is for speakers.py and the modules that it asks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from onrecord.record import Document, Entity, Mention, SourceType, Span, Statement
from onrecord.resolve.callings import Bag, callings
from onrecord.resolve.offices import is_title_alone
from onrecord.resolve.traits import traits_of

NO_SOURCE: Final = "the report gives no source"
UNNAMED: Final = "the source is not named"
SEVERAL: Final = "several may have said it"
NOBODY_NEAR: Final = "nobody near is known to have said it"
SINGULAR: Final = frozenset(("he", "she", "his", "her", "him", "himself", "herself"))
FIRST_PERSON: Final = frozenset("i me my mine myself we us our ours ourselves".split())
#: Characters back in which somebody is near, where a report is one long paragraph.
_NEAR: Final = 1500
MALE: Final = frozenset(("he", "his", "him", "himself"))


@dataclass(frozen=True, slots=True)
class Answer:
    """Who it is and how that is known. `share` scales the statement's score where the way is less than sure; `kind` is
    the type of source where nobody is named but the words before say what it was."""

    speaker: Entity | None = None
    steps: tuple[Span, ...] = ()
    because: str | None = None
    candidates: tuple[Entity, ...] = ()
    share: float = 1.0
    kind: SourceType | None = None


@dataclass(frozen=True)
class Scene:
    """The report with its mentions and entities, and the look-ups that speakers need."""

    document: Document
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    entity_of: Mapping[str, Entity] = field(default_factory=dict)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return tuple(mention.span.start for mention in self.mentions)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return self.document.sentences

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        return tuple(block.span for block in self.document.blocks)

    @cached_property
    def gender_of(self) -> Mapping[str, str]:
        """Id of a named person -> "man", "woman" or "", by its pronouns, titles and given names."""
        return {entity.id: self._gender(entity) for entity in self.people}

    @cached_property
    def callings(self) -> Mapping[str, tuple[Bag, ...]]:
        """Id of a named person -> the words by which the report calls it."""
        named = [one.span for one in self.mentions if one.kind == "person" and one.form == "name"]
        starts, ends = [span.start for span in named], sorted(span.end for span in named)
        found: dict[str, tuple[Bag, ...]] = {}
        for entity in self.people:
            names = self.names_of(entity)
            rooms = [_room(name, starts, ends, len(self.document.text)) for name in names]
            found[entity.id] = callings(self.document, entity, names, rooms)
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Mention]:
        return {mention.id: mention for mention in self.mentions}

    @cached_property
    def entity_by_id(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def people(self) -> tuple[Entity, ...]:
        """The persons with a name, which no office alone is."""
        return tuple(
            entity
            for entity in self.entities
            if entity.kind == "person" and entity.name is not None and not is_title_alone(self.words(entity.name))
        )

    def words(self, span: Span) -> str:
        return self.document.words(span)

    def paragraph(self, place: int) -> int:
        return bisect_right(self.paragraphs, place, key=lambda span: span.start) - 1

    def sentence(self, place: int) -> int:
        """The number of the last sentence that begins at or before a place."""
        return bisect_right(self.sentences, place, key=lambda span: span.start) - 1

    def within(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that lie in a span."""
        first, end = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return tuple(mention for mention in self.mentions[first:end] if mention.span.end <= span.end)

    def beginning_in(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that begin in a span, though they may end after it."""
        return self.mentions[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def entity(self, mention: Mention) -> Entity | None:
        return self.entity_of.get(mention.id)

    def speaker(self, statement: Statement) -> Entity | None:
        """The named entity that has been found to make a statement."""
        entity = self.entity_by_id.get(statement.speaker or "")
        return entity if entity is not None and entity.name is not None else None

    def names_of(self, entity: Entity) -> tuple[Span, ...]:
        """Where an entity is named, in text order."""
        found = (self.by_id[id_] for id_ in entity.mentions)
        return tuple(sorted(mention.span for mention in found if mention.form == "name"))

    def _gender(self, entity: Entity) -> str:
        mentions = [self.by_id[id_] for id_ in entity.mentions]
        return self._vote([one for one in mentions if one.form == "name"]) or self._vote(mentions)

    def _vote(self, mentions: Sequence[Mention]) -> str:
        """What more mentions say: a name and title of the name rather than a pronoun that was linked to it."""
        genders = [traits_of(self.document, mention).gender for mention in mentions]
        men, women = genders.count("man"), genders.count("woman")
        return "" if men == women else "man" if men > women else "woman"


def _room(name: Span, starts: Sequence[int], ends: Sequence[int], length: int) -> Span:
    """From the end of the last name before a name to the start of the next."""
    before, after = bisect_right(ends, name.start), bisect_left(starts, name.end)
    return Span(ends[before - 1] if before else 0, starts[after] if after < len(starts) else length)


def fits(entity: Entity, gender: str, scene: Scene) -> bool:
    """Whether a word of this gender ("man", "woman", "thing", or "person" for either) may stand for an entity."""
    if gender == "thing":
        return entity.kind == "organisation"
    if entity.kind != "person" or entity.id not in scene.gender_of:
        return False
    return gender == "person" or scene.gender_of[entity.id] in ("", gender)


def last_name(entity: Entity, place: int, scene: Scene) -> tuple[Span, ...]:
    """The nearest mention of an entity by name before a place."""
    names = [name for name in scene.names_of(entity) if name.end <= place]
    return (max(names),) if names else ()


def people_before(place: int, reach: int, scene: Scene) -> list[Entity]:
    """Named persons mentioned before a place, in its paragraph and `reach` before it, the nearest first."""
    start = scene.paragraphs[max(scene.paragraph(place) - reach, 0)].start if scene.paragraphs else 0
    start = max(start, place - _NEAR)
    found: dict[str, Entity] = {}
    for mention in reversed(scene.within(Span(start, place)) if place > start else ()):
        entity = scene.entity(mention)
        speaks = mention.form == "pronoun" and scene.words(mention.span).lower() in FIRST_PERSON
        if entity is not None and entity.kind == "person" and entity.name is not None and not speaks:
            found.setdefault(entity.id, entity)
    return list(found.values())


def end_of(statement: Statement) -> int:
    """Where a statement is over, its cue and source included."""
    return max(span.end for span in (*statement.content, statement.cue, statement.source) if span is not None)


def cited_before(place: int, statements: Sequence[Statement]) -> list[Statement]:
    """The statements outside of others whose words begin before a place."""
    return [one for one in statements if one.inside is None and one.content[0].start < place]


def heard_before(place: int, statements: Sequence[Statement]) -> list[Statement]:
    """Those outside of others whose source stands before a place."""
    return [one for one in statements if one.inside is None and one.source is not None and one.source.start < place]


def quoted_spans(statements: Sequence[Statement]) -> list[Span]:
    """What stands in the mouth of somebody else than the reporter, word for word."""
    return [span for one in statements if one.kind == "direct" for span in one.content]
