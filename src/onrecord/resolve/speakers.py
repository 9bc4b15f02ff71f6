"""Statements to speakers: from the source span over a mention to the entity and its fullest name, with the proof.

Knows entities only as they are given (`onrecord.resolve.coref` makes them). A source that leads to no entity, or to
several with nothing to choose between, stays unknown with the reason and the candidates. Two who say it together: the
first is the speaker, and both are candidates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import repeat
from typing import Final

from onrecord.record import Document, Entity, Mention, Origin, SourceType, Span, Statement
from onrecord.resolve.anonymity import is_kept_nameless
from onrecord.resolve.bodies_named_later import body_named_later
from onrecord.resolve.body_sources import (
    is_common,
    is_of_another_country,
    is_of_another_sort,
    nearer_body,
    without_seat,
)
from onrecord.resolve.described_sources import (
    by_description,
    called_so,
    is_of_office,
    is_somebody_else,
    is_the_other,
    written_by,
)
from onrecord.resolve.described_subjects import by_described_subject
from onrecord.resolve.hearers import hears, is_told
from onrecord.resolve.interview_voices import is_answer, is_question, labelled_voice, voice
from onrecord.resolve.introductions import is_of_another, named_behind
from onrecord.resolve.kin import by_age
from onrecord.resolve.left_out_sources import left_out
from onrecord.resolve.named_later import described_alike, named_later
from onrecord.resolve.offices import is_office_once_held, is_title_alone
from onrecord.resolve.pronoun_sources import by_first_person, by_pronoun, by_second_person
from onrecord.resolve.quoted_pronouns import other_than_speaker
from onrecord.resolve.repeated_quotes import repeated
from onrecord.resolve.resumed_sources import still_told_of, taken_up
from onrecord.resolve.scene import NO_SOURCE, SINGULAR, UNNAMED, Answer, Scene, cited_before, last_name
from onrecord.resolve.several_bodies import by_bodies
from onrecord.resolve.several_sources import by_several, is_plural
from onrecord.resolve.source_mentions import head_mention, joined_mentions, named_by_words, not_head
from onrecord.resolve.source_types import is_of_a_nation, is_of_many, is_party_of_many, type_of_entity, type_of_words
from onrecord.resolve.speaker_turns import whose_turn
from onrecord.resolve.text_sources import by_text
from onrecord.resolve.turn_labels import by_label, is_label_alone

VERSION: Final = "2"
OPENERS: Final = frozenset("“‘\"'«„`")
_FIRST_PERSON: Final = frozenset(("i", "we"))
#: Labels of turns that name nobody.
_ANYBODY: Final = frozenset("reporter reporters question questioner audience crowd caller voice man woman".split())
_RELATIVE: Final = frozenset(("who", "which"))
_ARTICLE: Final = re.compile(r"(?:the|an?)\s", re.IGNORECASE)
_PLACED: Final = re.compile(r"\s(?:in|at|on|across|for|around|near)\s[^,]*$", re.IGNORECASE)
_AT_BODY: Final = re.compile(r"(?:,\s[^,.;:]{1,60})?,?\s(?:of|from|at|with|for)\s(?:the\s)?")
#: `one Harrower`, `a young Norlander`: one of a people or party.
_ONE_OF_THEM: Final = re.compile(r"(?:one|another|an?)\s(?:[a-z-]+\s)*", re.IGNORECASE)
#: What may stand between a name and the relative pronoun that takes it up: an apposition.
_UP_TO_RELATIVE: Final = re.compile(
    r"(?:\s*\([^)]*\))?(?:\s(?:of|from|at|with)\s(?:the\s)?[A-Z][^,;:.]{1,60})?(?:,\s[^,;:.]{1,80})?,?\s*"
)


def resolve_speakers(
    document: Document, statements: Sequence[Statement], mentions: Sequence[Mention], entities: Sequence[Entity]
) -> tuple[Statement, ...]:
    """The statements with speaker, chain and type of source; what stays unknown says why."""
    ordered = tuple(sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end)))
    entity_of = {id_: entity for entity in entities for id_ in entity.mentions}
    scene = Scene(document, ordered, tuple(entities), entity_of)
    resolved: list[Statement] = []
    for statement in map(_in_one_paragraph, statements, repeat(scene)):
        resolved.append(_resolved(statement, _answer(statement, resolved, scene), scene))
    named = [_in_hindsight(one, resolved, scene, named_later) for one in resolved]
    named = [_in_hindsight(one, named, scene, taken_up) for one in named]
    named = _going_on(named, scene)
    named = [_in_hindsight(one, named, scene, body_named_later) for one in named]
    alike = [_in_hindsight(one, named, scene, described_alike) for one in named]
    told = [_in_hindsight(one, alike, scene, left_out) for one in alike]
    return tuple(_in_hindsight(one, told, scene, repeated) for one in told)


def _in_one_paragraph(statement: Statement, scene: Scene) -> Statement:
    """A source that runs over the end of a paragraph is cut to the part beside its cue."""
    source, cue = statement.source, statement.cue
    if source is None or "\n" not in scene.words(source):
        return statement
    before = cue is None or cue.start <= source.start
    parts = [match.span() for match in re.finditer(r"[^\n]+", scene.words(source))]
    start, end = parts[0 if before else -1]
    return replace(statement, source=Span(source.start + start, source.start + end)) if end > start else statement


def _answer(statement: Statement, earlier: Sequence[Statement], scene: Scene) -> Answer:
    if statement.cue is not None and statement.source is not None and hears(statement.cue, statement.source, scene):
        return Answer(None, (), NO_SOURCE, kind="none")
    if is_kept_nameless(statement, scene):
        return Answer(None, (), UNNAMED)
    if statement.source is not None:
        answer = _with_source(statement, statement.source, earlier, scene)
        told = answer.speaker is not None and is_told(answer.speaker, statement, scene)
        return Answer(None, (), UNNAMED) if told else answer
    if statement.cue is not None or statement.kind == "indirect":
        return Answer(None, (), NO_SOURCE)
    if scene.document.text[statement.content[0].start] not in OPENERS and statement.content[0] in scene.paragraphs:
        return voice(statement, scene)
    return whose_turn(statement, earlier, scene)


def _going_on(statements: Sequence[Statement], scene: Scene) -> list[Statement]:
    """The statements with the pronouns of those who were named in hindsight."""
    known: list[Statement] = []
    for one in statements:
        known.append(_in_hindsight(one, known, scene, still_told_of))
    return known


def _in_hindsight(
    statement: Statement,
    statements: Sequence[Statement],
    scene: Scene,
    who: Callable[[Statement, Sequence[Statement], Scene], Entity | None],
) -> Statement:
    """A source that the report names only further down."""
    if statement.speaker is not None:
        return statement
    entity = who(statement, statements, scene)
    if entity is None or is_kept_nameless(statement, scene):
        return statement
    steps = () if statement.source is None else (statement.source,)
    return _resolved(statement, Answer(entity, steps, share=0.7), scene)


def _resolved(statement: Statement, answer: Answer, scene: Scene) -> Statement:
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


# --- a source in the text --------------------------------------------------------------------------------------------


def _with_source(statement: Statement, source: Span, earlier: Sequence[Statement], scene: Scene) -> Answer:
    words = scene.words(source)
    if (writer := written_by(statement, scene)) is not None:
        return writer
    if words.lower() in SINGULAR and (described := by_described_subject(statement, source, earlier, scene)) is not None:
        return described
    if words.lower() in SINGULAR or words.lower() == "it":
        return by_pronoun(statement, source, earlier, scene)
    if words.lower() in _FIRST_PERSON:
        return by_first_person(statement, words.lower(), earlier, scene)
    if words.lower() == "you" and (addressed := by_second_person(statement, earlier, scene)) is not None:
        return addressed
    if words.lower() in _RELATIVE and words != "WHO":
        return _before_relative(source, words.lower(), scene)
    if (text := by_text(source, words, scene)) is not None:
        return text
    together = None
    if type_of_words(words) != "document":
        together = by_several(source, earlier, scene) or by_bodies(source, statement, earlier, scene)
    if together is not None:
        return together
    if words.lower() == "they" and not _are_a_body(source, earlier, scene):
        return Answer(None, (), UNNAMED, kind="unnamed group")
    turn = statement.origin.step.endswith("turn") or (
        _cue(statement, scene) == ":" and (is_question(words) or is_answer(words))
    )
    if turn and words.lower() in _ANYBODY:
        return Answer(None, (), UNNAMED, kind="unnamed person")
    labelled = labelled_voice(words, statement, scene) if turn and len(words) <= 11 else None
    if labelled is not None and (is_question(words) or (is_answer(words) and (labelled.speaker or len(words) > 1))):
        return labelled  # before coreference, which takes the letter of the questions for a name of the only person
    answer = _by_name(source, scene)
    labels = turn or words.startswith("@")
    if labels and (answer is None or is_label_alone(answer, words, scene)):
        answer = by_label(words, source, scene) or labelled or answer
    introduced = None if answer is not None else named_behind(source, scene)
    if introduced is not None:
        return Answer(scene.entity(introduced), (introduced.span,), share=0.9)
    return answer or other_than_speaker(by_description(source, statement, earlier, scene), statement, earlier, scene)


def _cue(statement: Statement, scene: Scene) -> str:
    return "" if statement.cue is None else scene.words(statement.cue)


def _are_a_body(source: Span, earlier: Sequence[Statement], scene: Scene) -> bool:
    """Whether "they" are a body that was cited last: "The council said … They added". Else they may be anybody."""
    before = cited_before(source.start, earlier)
    cited = scene.speaker(before[-1]) if before else None
    return cited is not None and any(scene.entity(one) is cited for one in scene.within(source))


def _by_name(source: Span, scene: Scene) -> Answer | None:
    """The entity of the mention that a source is about, or that has the words of the source for its name."""
    words = scene.words(source)
    if is_of_office(source, scene) or is_title_alone(words) or is_office_once_held(words):
        return None
    if (elder := by_age(words, scene)) is not None:
        return Answer(elder, (source,), share=0.8)
    inside = scene.beginning_in(source)
    seat = _ARTICLE.match(words) is not None and without_seat(words) != words
    mention = None if seat else head_mention(source, inside, scene.document)
    if mention is not None and is_common(mention, scene):
        return None
    if mention is not None and (_where_it_was(mention, source, scene) or is_of_another(mention, source, scene)):
        mention = None
    entity = None if mention is None else scene.entity(mention)
    if (
        mention is not None
        and entity is not None
        and entity.name is not None
        and not _has_own(mention, entity, source, scene)
        and not is_somebody_else(mention, entity, scene)
    ):
        if _are_many(mention, entity, scene) or _is_of_many(mention, source, scene):
            return Answer(None, (), UNNAMED, kind="unnamed group")
        if entity.kind == "group" and _ONE_OF_THEM.fullmatch(words, 0, max(mention.span.start - source.start, 0)):
            return Answer(None, (), UNNAMED, kind="unnamed person")
        if entity.kind == "group" and is_of_a_nation(words):
            return None
        titled = (
            (called_so(source, scene) or nearer_body(mention, entity, scene)) if mention.form == "nominal" else None
        )
        if titled is not None and titled is not entity:
            return Answer(titled, (source,), share=0.8)
        others = [scene.entity(one) for one in joined_mentions(mention, inside, scene.document, source)]
        together = [one for one in others if one is not None and one.name is not None and one is not entity]
        return Answer(entity, (mention.span,), candidates=(entity, *together) if together else ())
    named = named_by_words(words, scene.document, scene.entities, scene.by_id)
    if named is not None and is_party_of_many(named, words, words.startswith(("The ", "the "))):
        return Answer(None, (), UNNAMED, kind="unnamed group")
    return None if named is None else Answer(named, (source,), share=0.9)


def _are_many(mention: Mention, entity: Entity, scene: Scene) -> bool:
    if entity.name is not None and scene.words(entity.name).startswith(f"{scene.words(mention.span)} "):
        return False  # `Lumalis`, of Lumalis Biologics
    before = scene.document.text[max(mention.span.start - 4, 0) : mention.span.start]
    return is_party_of_many(entity, scene.words(mention.span), before.lower() == "the ")


def _is_of_many(mention: Mention, source: Span, scene: Scene) -> bool:
    """`a group led by Ann Lee`, `Subcontractors`: a group without a name."""
    opens = any(
        source.start - each.start in (0, 1) for each in scene.sentences[max(scene.sentence(source.start), 0) :][:1]
    )
    before = scene.document.text[source.start : max(mention.span.start, source.start)]
    return is_of_many(scene.words(source), before, scene.words(mention.span), opens)


def _where_it_was(mention: Mention, source: Span, scene: Scene) -> bool:
    """`exit polls in New Hampshire and Iowa`: where a text comes from says nothing in it."""
    before = scene.document.text[source.start : max(mention.span.start, source.start)]
    return type_of_words(scene.words(source)) == "document" and _PLACED.search(before) is not None


def _has_own(mention: Mention, entity: Entity, source: Span, scene: Scene) -> bool:
    """`a spokesman for Marsh` is not Marsh, "his campaign" is not he, and "Airline halts flights" does not name the
    airline, whatever coreference says."""
    if mention.form == "name":
        return False
    others = is_of_another_country(mention, entity, scene) or is_of_another_sort(mention, entity, scene)
    if others or is_the_other(scene.words(mention.span)):
        return True
    if entity.kind == "person" and is_plural(scene.words(mention.span)):
        return True
    if entity.kind == "person" and type_of_words(scene.words(source)) in ("unnamed group", "document"):
        return True
    if entity.name is not None and scene.words(entity.name).lower() in scene.words(mention.span).split():
        return True
    if entity.kind == "person" and _is_brought_in(mention, entity, scene):
        return True
    inside = [one for one in scene.within(mention.span) if one.form == "name" and scene.entity(one) is entity]
    return any(not_head(one.span, mention.span, scene.document) for one in inside)


def _is_brought_in(mention: Mention, entity: Entity, scene: Scene) -> bool:
    """`a physician at the hospital`, who was named before, would be "the physician"."""
    indefinite = scene.words(mention.span).lower().startswith(("a ", "an "))
    return indefinite and any(name.end <= mention.span.start for name in scene.names_of(entity))


def _before_relative(source: Span, word: str, scene: Scene) -> Answer:
    """`Kukhta, who said …`: the name that ends just before the pronoun, an apposition aside."""
    first = bisect_left(scene.starts, source.start)
    for mention in reversed(scene.mentions[max(first - 6, 0) : first]):
        gap = scene.document.text[mention.span.end : source.start] if mention.span.end <= source.start else "."
        entity = scene.entity(mention)
        if entity is None or entity.name is None or mention.form != "name":
            continue
        fitting = (entity.kind == "person") == (word == "who")
        if entity.kind != "person" and word == "who" and (person := _of_body(mention, scene)) is not None:
            return person
        if (not gap.strip(" ,—–") and (fitting or word == "who")) or (fitting and _UP_TO_RELATIVE.fullmatch(gap)):
            if _are_many(mention, entity, scene):
                return Answer(None, (), UNNAMED, kind="unnamed group")
            return Answer(entity, (mention.span,))
    return Answer(None, (), UNNAMED, kind=type_of_words(_word_before(source, scene)))


def _of_body(body: Mention, scene: Scene) -> Answer | None:
    """`Raymond Cheng of Harbour Securities, who says …` is Cheng."""
    first = bisect_left(scene.starts, body.span.start)
    for mention in reversed(scene.mentions[max(first - 2, 0) : first]):
        gap = scene.document.text[mention.span.end : body.span.start]
        entity = scene.entity(mention)
        if mention.form == "name" and entity is not None and entity.kind == "person" and _AT_BODY.fullmatch(gap):
            return Answer(entity, (mention.span,))
    return None


# --- what is told of it ----------------------------------------------------------------------------------------------


def _chain(statement: Statement, answer: Answer, scene: Scene) -> tuple[Span, ...]:
    """Source span, the mention it stands for, the nearest earlier name, the fullest name."""
    speaker = answer.speaker
    if speaker is None or speaker.name is None:
        return ()
    first = () if statement.source is None else (statement.source,)
    steps = [*first, *(step for step in answer.steps if not any(step.overlaps(one) for one in first))]
    if not any(_names(step, speaker, scene) for step in steps):
        steps += last_name(speaker, (steps[0] if steps else statement.content[0]).start, scene)
    full = scene.words(speaker.name)
    if not any(full in scene.words(step) for step in steps):
        steps.append(speaker.name)
    return tuple(dict.fromkeys(steps))


def _names(step: Span, speaker: Entity, scene: Scene) -> bool:
    return any(mention.form == "name" and scene.entity_of.get(mention.id) is speaker for mention in scene.within(step))


def _source_type(statement: Statement, answer: Answer, scene: Scene) -> SourceType:
    if answer.speaker is not None and answer.kind is None:
        words = "" if statement.source is None else scene.words(statement.source)
        return type_of_entity(answer.speaker, words)
    if answer.kind is not None:
        return answer.kind
    if statement.source is None:
        return "none"
    if scene.words(statement.source).lower() in SINGULAR:
        return "unnamed person"
    if scene.words(statement.source) == "that":
        return type_of_words(_word_before(statement.source, scene))
    return type_of_words(scene.words(statement.source))


def _word_before(relative: Span, scene: Scene) -> str:
    """`a note` that read: what a relative pronoun takes up, when it stands right before."""
    before = scene.document.text[max(relative.start - 40, 0) : relative.start].rstrip(" ,").split()
    return before[-1] if before else ""


def _scaled(origin: Origin, share: float) -> Origin:
    if origin.score is None or share == 1.0:
        return origin
    return replace(origin, score=round(origin.score * share, 4))
