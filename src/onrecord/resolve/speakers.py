"""Statements to speakers: from the source span over a mention to the entity and its fullest name, with the proof.

Knows entities only as they are given (`onrecord.resolve.coref` makes them). A source that leads to no entity, or to
several with nothing to choose between, stays unknown with the reason and the candidates.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from onrecord.record import Document, Entity, Mention, Origin, SourceType, Span, Statement
from onrecord.resolve.source_mentions import head_mention, named_by_words
from onrecord.resolve.source_types import type_of_entity, type_of_words
from onrecord.resolve.traits import traits_of

VERSION: Final = "1"
NO_SOURCE: Final = "the report gives no source"
UNNAMED: Final = "the source is not named"
SEVERAL: Final = "several may have said it"
NOBODY_NEAR: Final = "nobody near is known to have said it"
#: Paragraphs back in which the speaker of a pronoun or of a quote without a cue is looked for.
REACH_PARAGRAPHS: Final = 2
OPENERS: Final = frozenset("“‘\"'«„`")
_INTERVIEWED: Final = re.compile(
    r"\b(?:interview(?:ed|s)|interview with|(?:spoke|talked|sat down|caught up|chatted) (?:with|to))\b"
)
#: A body that is meant to be known from the sentences before.
_BODY: Final = re.compile(
    r"[Tt]he (?:agency|bank|company|ministry|party|group|firm|organi[sz]ation|paper|newspaper|department|union|team"
    r"|club|commission|university|charity|council|association|automaker|airline|board|office)"
)
_SINGULAR: Final = frozenset(("he", "she", "his", "her", "him", "himself", "herself"))
_MALE: Final = frozenset(("he", "his", "him", "himself"))


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
        """Entity id -> "man", "woman" or "", by its pronouns, titles and given names."""
        return {entity.id: self._gender(entity) for entity in self.entities}

    @cached_property
    def by_id(self) -> Mapping[str, Mention]:
        return {mention.id: mention for mention in self.mentions}

    def paragraph(self, place: int) -> int:
        return bisect_right(self.paragraphs, place, key=lambda span: span.start) - 1

    def within(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that lie in a span."""
        first, end = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return tuple(mention for mention in self.mentions[first:end] if mention.span.end <= span.end)

    def beginning_in(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that begin in a span, though they may end after it."""
        return self.mentions[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def entity(self, mention: Mention) -> Entity | None:
        return self.entity_of.get(mention.id)

    def _gender(self, entity: Entity) -> str:
        votes = {"man": 0, "woman": 0}
        for id_ in entity.mentions:
            gender = traits_of(self.document, self.by_id[id_]).gender
            if gender in votes:
                votes[gender] += 1
        return "" if votes["man"] == votes["woman"] else max(votes, key=lambda gender: votes[gender])


@dataclass(frozen=True, slots=True)
class _Answer:
    """Who it is and how that is known; `share` scales the statement's score where the way is less than sure."""

    speaker: Entity | None = None
    steps: tuple[Span, ...] = ()
    because: str | None = None
    candidates: tuple[Entity, ...] = ()
    share: float = 1.0


def resolve_speakers(
    document: Document, statements: Sequence[Statement], mentions: Sequence[Mention], entities: Sequence[Entity]
) -> tuple[Statement, ...]:
    """The statements with speaker, chain and type of source; what stays unknown says why."""
    ordered = tuple(sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end)))
    entity_of = {id_: entity for entity in entities for id_ in entity.mentions}
    scene = Scene(document, ordered, tuple(entities), entity_of)
    resolved: list[Statement] = []
    for statement in statements:
        resolved.append(_resolved(statement, resolved, scene))
    return tuple(resolved)


def _resolved(statement: Statement, earlier: Sequence[Statement], scene: Scene) -> Statement:
    if statement.source is None:
        answer = _without_source(statement, earlier, scene)
    else:
        answer = _with_source(statement, statement.source, earlier, scene)
    speaker = answer.speaker
    return replace(
        statement,
        speaker=None if speaker is None else speaker.id,
        unknown_because=None if speaker is not None else answer.because or UNNAMED,
        candidates=tuple(entity.id for entity in answer.candidates),
        chain=_chain(statement, answer, scene),
        source_type=_source_type(statement, answer, scene),
        origin=_scaled(statement.origin, answer.share),
    )


def _with_source(statement: Statement, source: Span, earlier: Sequence[Statement], scene: Scene) -> _Answer:
    words = scene.document.words(source)
    if words.lower() in _SINGULAR or words.lower() == "it":
        return _by_pronoun(statement, source, words.lower(), earlier, scene)
    mention = head_mention(source, scene.beginning_in(source), scene.document)
    entity = None if mention is None else scene.entity(mention)
    maker = mention is not None and mention.span.start > source.start + 4 and type_of_words(words) == "document"
    if mention is not None and entity is not None and entity.name is not None and not maker:
        return _Answer(entity, (mention.span,))
    named = named_by_words(words, scene.document, scene.entities, scene.by_id)
    if named is not None:
        return _Answer(named, (source,), share=0.9)
    if words.lower() == "who":
        return _before_relative(source, scene)
    described = _by_description(words, scene)
    if described is None and _BODY.fullmatch(words):
        described = _last_actor(min(source.start, statement.content[0].start), "thing", earlier, scene)
    return _Answer(described, (source,), share=0.8) if described is not None else _Answer(None, (), UNNAMED)


def _by_description(words: str, scene: Scene) -> Entity | None:
    """`the judge`: the one entity that the report calls by that word ("the judge, Carla Meneghin")."""
    found = re.match(r"(?:[Tt]he)\s+(?:[\w’'-]+\s+){0,2}?([a-z][\w-]+)(?=$|\s+(?:for|of|who|in|at)\b|,)", words)
    if found is None:
        return None
    head = re.compile(rf"\b{re.escape(found.group(1))}\b", re.IGNORECASE)
    before = re.compile(rf"\b{re.escape(found.group(1))},?\s+$", re.IGNORECASE)
    called = [
        entity
        for entity in scene.entities
        if entity.name is not None and (_is_called(entity, head, scene) or _is_introduced(entity, before, scene))
    ]
    return called[0] if len(called) == 1 else None


def _is_called(entity: Entity, head: re.Pattern[str], scene: Scene) -> bool:
    return any(head.search(scene.document.words(span)) for span in (*entity.titles, *entity.descriptions))


def _is_introduced(entity: Entity, before: re.Pattern[str], scene: Scene) -> bool:
    """`The judge, Carla Meneghin`, `Judge Anne Whitlock`: the word stands right before one of its names."""
    names = (scene.by_id[id_] for id_ in entity.mentions if scene.by_id[id_].form == "name")
    return any(before.search(scene.document.text[max(name.span.start - 40, 0) : name.span.start]) for name in names)


def _before_relative(source: Span, scene: Scene) -> _Answer:
    """`Kukhta, who said …`: the name that ends just before the pronoun."""
    first = bisect_left(scene.starts, source.start)
    for mention in reversed(scene.mentions[max(first - 3, 0) : first]):
        gap = scene.document.text[mention.span.end : source.start]
        entity = scene.entity(mention)
        if mention.span.end <= source.start and not gap.strip(" ,") and entity is not None and entity.name:
            return _Answer(entity, (mention.span,))
    return _Answer(None, (), UNNAMED)


def _by_pronoun(statement: Statement, source: Span, word: str, earlier: Sequence[Statement], scene: Scene) -> _Answer:
    """Who spoke or acted last, when that fits; else what coreference says; else the only person near who fits."""
    gender = "thing" if word == "it" else "man" if word in _MALE else "woman"
    place = min(source.start, statement.content[0].start)
    mention = next((one for one in scene.within(source) if one.form == "pronoun"), None)
    linked = scene.entity(mention) if mention is not None else None
    linked = linked if linked is not None and linked.name is not None else None
    last = _last_actor(place, gender, earlier, scene)
    if last is not None and (linked is None or linked.id != last.id):
        return _Answer(last, _last_name(last, source.start, scene), share=0.8)
    if linked is not None:
        return _Answer(linked, (source,))
    paragraph = scene.paragraph(source.start)
    fitting = [entity for entity in _people_before(place, paragraph, scene) if _fits(entity, gender, scene)]
    if len(fitting) == 1:
        return _Answer(fitting[0], _last_name(fitting[0], source.start, scene), share=0.7)
    return _Answer(None, (), SEVERAL if fitting else NOBODY_NEAR, tuple(fitting[:4]))


def _last_actor(place: int, gender: str, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """Of the sentences before a place, in its paragraph and the one before, the nearest one that is about somebody
    who fits: its speaker, or the first one named in its narration."""
    paragraph = scene.paragraph(place)
    floor = scene.paragraphs[max(paragraph - 1, 0)].start if scene.paragraphs else 0
    quoted = [span for one in earlier if one.kind == "direct" for span in one.content]
    last = bisect_left(scene.sentences, place, key=lambda sentence: sentence.start)
    for sentence in reversed(scene.sentences[:last]):
        if sentence.end <= floor:
            return None
        span = Span(sentence.start, min(sentence.end, place))
        actors = [*_speakers_in(span, earlier, scene), *_named_in(span, quoted, scene)]
        fitting = [entity for entity in actors if _fits(entity, gender, scene)]
        if fitting:
            unsure = {one.id for one in fitting if one.kind == fitting[0].kind}
            return fitting[0] if len(unsure) == 1 or _speakers_in(span, earlier, scene) else None
    return None


def _speakers_in(span: Span, earlier: Sequence[Statement], scene: Scene) -> list[Entity]:
    said = [one for one in earlier if one.inside is None and one.source is not None and span.covers(one.source)]
    return [entity for one in reversed(said) if (entity := _entity_named(one.speaker, scene)) is not None]


def _named_in(span: Span, quoted: Sequence[Span], scene: Scene) -> list[Entity]:
    found: dict[str, Entity] = {}
    for mention in scene.within(span):
        entity = scene.entity(mention)
        if entity is None or entity.name is None or any(quote.covers(mention.span) for quote in quoted):
            continue
        found.setdefault(entity.id, entity)
    return list(found.values())


def _fits(entity: Entity, gender: str, scene: Scene) -> bool:
    if gender == "thing":
        return entity.kind == "organisation"
    return entity.kind == "person" and scene.gender_of[entity.id] in ("", gender)


def _people_before(place: int, paragraph: int, scene: Scene) -> list[Entity]:
    """Named persons mentioned in reach before a place, the nearest first."""
    start = scene.paragraphs[max(paragraph - REACH_PARAGRAPHS, 0)].start if scene.paragraphs else 0
    found: dict[str, Entity] = {}
    for mention in reversed(scene.within(Span(start, place)) if place > start else ()):
        entity = scene.entity(mention)
        if entity is not None and entity.kind == "person" and entity.name is not None:
            found.setdefault(entity.id, entity)
    return list(found.values())


def _last_name(entity: Entity, place: int, scene: Scene) -> tuple[Span, ...]:
    """The nearest mention of an entity by name before a place."""
    names = [
        mention.span
        for mention in (scene.by_id[id_] for id_ in entity.mentions)
        if mention.form == "name" and mention.span.end <= place
    ]
    return (max(names),) if names else ()


def _without_source(statement: Statement, earlier: Sequence[Statement], scene: Scene) -> _Answer:
    if statement.cue is not None or statement.kind == "indirect":
        return _Answer(None, (), NO_SOURCE)
    if scene.document.text[statement.content[0].start] not in OPENERS and statement.content[0] in scene.paragraphs:
        return _voice(statement, scene)
    return _whose_turn(statement, earlier, scene)


def _voice(statement: Statement, scene: Scene) -> _Answer:
    """A whole paragraph without marks is a turn of an interview: who asks and who answers, the introduction tells."""
    introduced = _INTERVIEWED.search(scene.document.text, 0, statement.content[0].start)
    if introduced is None:
        return _Answer(None, (), NOBODY_NEAR)
    asked = statement.mode == "asked"
    span = (
        Span(max(introduced.start() - 60, 0), introduced.start())
        if asked
        else Span(introduced.end(), introduced.end() + 400)
    )
    named = [one for one in scene.within(span) if one.form == "name" and (one.kind == "person") != asked]
    chosen = [one for one in named[-1:] if one.span.end >= introduced.start() - 2] if asked else named[:1]
    entity = scene.entity(chosen[0]) if chosen else None
    if entity is None:
        return _Answer(None, (), NOBODY_NEAR)
    return _Answer(entity, (chosen[0].span,), share=0.9)


def _whose_turn(statement: Statement, earlier: Sequence[Statement], scene: Scene) -> _Answer:
    """A quote without a cue: the one who spoke before, unless somebody else has stepped in between."""
    begin = statement.content[0].start
    paragraph = scene.paragraph(begin)
    outer = [one for one in earlier if one.inside is None and one.content[-1].end <= begin]
    before = outer[-1] if outer and scene.paragraph(outer[-1].content[-1].end - 1) >= paragraph - 1 else None
    since = max([scene.paragraphs[max(paragraph - 1, 0)].start, *([_end(before)] if before else [])])
    others = _subjects_between(since, begin, scene)
    speaker = _entity_named(before.speaker, scene) if before is not None else None
    rivals = [entity for entity in others if speaker is None or entity.id != speaker.id]
    if speaker is not None and not rivals:
        return _Answer(speaker, _last_name(speaker, begin, scene), share=0.85)
    alone = len(_people_before(begin, paragraph, scene)) == 1
    if speaker is None and len(rivals) == 1 and alone and (before is None or before.source is None):
        return _Answer(rivals[0], _last_name(rivals[0], begin, scene), share=0.75)
    candidates = (*([speaker] if speaker else []), *rivals)
    return _Answer(None, (), SEVERAL if len(candidates) > 1 else NOBODY_NEAR, tuple(candidates[:4]))


def _end(statement: Statement) -> int:
    return max(span.end for span in (*statement.content, statement.cue, statement.source) if span is not None)


def _entity_named(id_: str | None, scene: Scene) -> Entity | None:
    return next((entity for entity in scene.entities if entity.id == id_), None)


def _subjects_between(start: int, end: int, scene: Scene) -> list[Entity]:
    """Persons who stand first in a sentence of the narration between two places, in text order."""
    found: dict[str, Entity] = {}
    for sentence in scene.document.sentences:
        if start >= end or sentence.end <= start or sentence.start >= end:
            continue
        span = Span(max(sentence.start, start), min(sentence.end, end))
        people = [entity for entity in map(scene.entity, scene.within(span)) if entity and entity.kind == "person"]
        if people and people[0].name is not None:
            found.setdefault(people[0].id, people[0])
    return list(found.values())


def _chain(statement: Statement, answer: _Answer, scene: Scene) -> tuple[Span, ...]:
    """Source span, the mention it stands for, the nearest earlier name, the fullest name."""
    speaker = answer.speaker
    if speaker is None or speaker.name is None:
        return ()
    first = () if statement.source is None else (statement.source,)
    steps = [*first, *(step for step in answer.steps if not any(step.overlaps(one) for one in first))]
    if not any(_names(step, speaker, scene) for step in steps):
        steps += _last_name(speaker, (steps[0] if steps else statement.content[0]).start, scene)
    full = scene.document.words(speaker.name)
    if not any(full in scene.document.words(step) for step in steps):
        steps.append(speaker.name)
    return tuple(dict.fromkeys(steps))


def _names(step: Span, speaker: Entity, scene: Scene) -> bool:
    return any(mention.form == "name" and scene.entity_of.get(mention.id) is speaker for mention in scene.within(step))


def _source_type(statement: Statement, answer: _Answer, scene: Scene) -> SourceType:
    if answer.speaker is not None:
        words = "" if statement.source is None else scene.document.words(statement.source)
        return type_of_entity(answer.speaker, words)
    if statement.source is None:
        return "none"
    if scene.document.words(statement.source).lower() in _SINGULAR:
        return "unnamed person"
    return type_of_words(scene.document.words(statement.source))


def _scaled(origin: Origin, share: float) -> Origin:
    if origin.score is None or share == 1.0:
        return origin
    return replace(origin, score=round(origin.score * share, 4))
