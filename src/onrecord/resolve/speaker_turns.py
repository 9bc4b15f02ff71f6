"""Whose turn it is when a quotation has no cue of its own: who was led in, who spoke before, who is told of.

    Caddell continued:                         ->   whom the words before the colon are about
    “We go,” said Kukhta. He wept. “We must.”  ->   the one who spoke before, while nobody else steps in
    Bely was furious. “We stay.”               ->   whom the sentence before it, in its paragraph, is about

Between two with nothing to choose, the speaker stays unknown with both as candidates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, Mention, Span, Statement
from onrecord.resolve.pronoun_sources import REACH_PARAGRAPHS, last_actor
from onrecord.resolve.scene import (
    MALE,
    NOBODY_NEAR,
    SEVERAL,
    SINGULAR,
    UNNAMED,
    Answer,
    Scene,
    end_of,
    last_name,
    people_before,
    quoted_spans,
)

#: What may stand between a colon and the quotation that it leads in.
_LEAD: Final = re.compile(r":[\s“‘\"'«„`]*$")
#: A subject with its verb: "Caddell continued", "the paper then wrote".
_PREDICATE: Final = re.compile(
    r"(?:\s*\([^)]*\))?(?:,[^,:]{1,80},)?,?\s+(?:(?:then|also|later|has|had|went|is|was|once|recently)\s+)?[a-z]+(?:ed|s|d|id|ote|ing|ent)\b"
)
#: A sentence that says whose words stand before it.
_POINTS_BACK: Final = re.compile(
    r"\s+(?:(?:That|This|So|Such) (?:is|was) (?:how|the (?:view|verdict|message|reaction|response|opinion) of)"
    r"|(?:Those|These) (?:are|were) (?:the (?:\w+ )?)?words of|So (?:said|says)"
    r"|The (?:words|speaker) (?:is|are|were|was|belong(?:s|ed)? to))\s"
)
#: In the same paragraph a whole name, and what follows it there when somebody is brought in.
_BRINGS_IN: Final = re.compile(r" (?:[A-Z][\w’'-]+\s){2}")
_STANDS: Final = re.compile(
    r"(?:,[^,.]{2,60},)?\s(?:is|was|has|had|lives?|lived|owns?|owned|runs?|ran|works?|worked|keeps?|kept|sells?|sold|grew|came)\s(?!not\b)"
)
_NEAR_BEHIND: Final = 120
_GOVERNED: Final = re.compile(r"\b(?:of|for|to|from|at|with|by|in|on|against|about)\s+(?:the\s+)?$")
_DASHES: Final = frozenset("– — ― - --".split())
_MARKS: Final = " “‘\"'«„`*_–—-"
_PARTIES: Final = frozenset(("person", "organisation"))


def whose_turn(statement: Statement, earlier: Sequence[Statement], scene: Scene) -> Answer:
    """The speaker of a quotation without a cue."""
    begin = statement.content[0].start
    led = _led_in(begin, earlier, scene) or _told_behind(statement, scene)
    if led is not None:
        return led
    before = _before(begin, earlier, scene)
    if before is not None and _is_signed(before, scene):
        return Answer(None, (), NOBODY_NEAR)
    speaker = scene.speaker(before) if before is not None else None
    rivals = _stepped_in(begin, before, speaker, scene)
    if before is not None and not rivals:
        return _goes_on(before, speaker, begin, earlier, scene)
    told = _told_of(begin, before, rivals, earlier, scene)
    if told is not None:
        return Answer(told, last_name(told, begin, scene), share=0.75)
    candidates = (*([speaker] if speaker else []), *rivals)
    return Answer(None, (), SEVERAL if len(candidates) > 1 else NOBODY_NEAR, tuple(candidates[:4]))


def _before(begin: int, earlier: Sequence[Statement], scene: Scene) -> Statement | None:
    """The statement before, when it ends in this paragraph or the one before."""
    outer = [one for one in earlier if one.inside is None and one.content[-1].end <= begin]
    near = outer[-1:] if outer and scene.paragraph(outer[-1].content[-1].end - 1) >= scene.paragraph(begin) - 1 else []
    return near[0] if near else None


def _is_signed(statement: Statement, scene: Scene) -> bool:
    """`“…” – Jane Doe`: whoever signs has ended."""
    source, end = statement.source, statement.content[-1].end
    return source is not None and source.start > end and scene.document.text[end : source.start].strip() in _DASHES


def _goes_on(
    before: Statement, speaker: Entity | None, begin: int, earlier: Sequence[Statement], scene: Scene
) -> Answer:
    """Nobody has stepped in: the same voice, unless what it said was a question to another."""
    if speaker is None:
        unnamed = before.source is not None or before.unknown_because == UNNAMED
        return Answer(None, (), UNNAMED if unnamed else NOBODY_NEAR, kind=before.source_type if unnamed else None)
    asked = before.mode == "asked" and scene.words(before.content[-1]).rstrip("”\"'’ ").endswith("?")
    if not asked or scene.paragraph(before.content[-1].end - 1) == scene.paragraph(begin):
        return Answer(speaker, last_name(speaker, begin, scene), share=0.85)
    others = [one for each in earlier[-4:] if (one := scene.speaker(each)) is not None and one is not speaker]
    return Answer(None, (), SEVERAL, (speaker, *others[-1:]))


# --- led in by a colon -----------------------------------------------------------------------------------------------


def _led_in(begin: int, earlier: Sequence[Statement], scene: Scene) -> Answer | None:
    """Whom the sentence is about that ends in a colon right before the quotation."""
    if not _LEAD.search(scene.document.text[max(begin - 6, 0) : begin]):
        return None
    colon = scene.document.text.rindex(":", 0, begin)
    sentence = scene.sentences[scene.sentence(colon)] if scene.sentences else Span(0, colon + 1)
    if not sentence.start < colon:
        return None
    told = [one for one in earlier if one.source is not None and sentence.covers(one.source) and one.inside is None]
    spoken = scene.speaker(told[-1]) if told else None
    if told and spoken is not None and told[-1].source is not None:
        return Answer(spoken, (told[-1].source,), share=0.9)
    subject = _subject(Span(sentence.start, colon), earlier, scene)
    entity = None if subject is None else _meant(subject, earlier, scene)
    if subject is None or entity is None:
        return None
    steps = (subject.span, *last_name(entity, subject.span.start, scene)) if subject.form != "name" else (subject.span,)
    return Answer(entity, steps, share=0.9)


def _subject(lead: Span, earlier: Sequence[Statement], scene: Scene) -> Mention | None:
    """The one mention of a party that its verb follows; else the only one named."""
    quoted = quoted_spans(earlier)
    inside = [one for one in scene.within(lead) if not any(quote.covers(one.span) for quote in quoted)]
    parties = [one for one in inside if one.kind in _PARTIES and (one.form == "name" or _is_singular(one, scene))]
    acting = [one for one in parties if _PREDICATE.match(scene.document.text, one.span.end, lead.end)]
    acting = [one for one in acting if not _GOVERNED.search(scene.document.text[lead.start : one.span.start])] or acting
    people = [one for one in acting if one.kind == "person"]
    if acting:
        return (people or acting)[-1]
    named = {id(scene.entity(one)) for one in parties}
    return parties[0] if parties and len(named) == 1 else None


def _is_singular(mention: Mention, scene: Scene) -> bool:
    return mention.form == "pronoun" and scene.words(mention.span).lower() in ("he", "she")


def _meant(subject: Mention, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    entity = scene.entity(subject)
    if entity is not None and entity.name is not None:
        return entity
    word = scene.words(subject.span).lower()
    if word not in SINGULAR:
        return None
    return last_actor(subject.span.start, "man" if word in MALE else "woman", earlier, scene)


# --- told behind it --------------------------------------------------------------------------------------------------


def _told_behind(statement: Statement, scene: Scene) -> Answer | None:
    """`“We did not win.” That was how Moira Cullen put it`, and `“They ate my carp.” Victor Stanley has a pond near the
    mill`: whom the sentence behind it names as its speaker, or brings in by his whole name."""
    end, text = statement.content[-1].end, scene.document.text
    pointing = _POINTS_BACK.match(text, end)
    if pointing is None and (not _BRINGS_IN.match(text, end) or not _is_first(statement, scene)):
        return None
    start = end if pointing is None else pointing.end() - 1
    for mention in scene.within(Span(start, min(start + _NEAR_BEHIND, len(text)))):
        entity = scene.entity(mention)
        if (
            mention.form != "name"
            or entity is None
            or entity.kind != "person"
            or "." in text[start : mention.span.start]
        ):
            continue
        new = pointing is not None or (mention.span == scene.names_of(entity)[0] and mention.span.start - end <= 2)
        told = pointing is not None or _STANDS.match(text, mention.span.end)
        return Answer(entity, (mention.span,), share=0.85) if new and told else None
    return None


def _is_first(statement: Statement, scene: Scene) -> bool:
    """Whether nobody is named in the paragraph before the quotation."""
    begin = statement.content[0].start
    start = scene.paragraphs[scene.paragraph(begin)].start
    before = [scene.entity(one) for one in scene.within(Span(start, begin))] if start < begin else []
    return not any(one is not None and one.kind == "person" and one.name is not None for one in before)


# --- who is told of between two quotations ---------------------------------------------------------------------------


def _stepped_in(begin: int, before: Statement | None, speaker: Entity | None, scene: Scene) -> list[Entity]:
    paragraph = scene.paragraph(begin)
    since = max([scene.paragraphs[max(paragraph - 1, 0)].start, *([end_of(before)] if before else [])])
    return [entity for entity in _subjects_between(since, begin, scene) if entity is not speaker]


def _told_of(
    begin: int, before: Statement | None, rivals: Sequence[Entity], earlier: Sequence[Statement], scene: Scene
) -> Entity | None:
    """Whom the narration right before it, in its own paragraph, is about; else the only person near at all."""
    if len(rivals) != 1:
        return None
    start = scene.paragraphs[scene.paragraph(begin)].start
    own = _subjects_between(max(start, end_of(before) if before else 0), begin, scene)
    if own == [rivals[0]] and (before is None or scene.paragraph(before.content[-1].end - 1) < scene.paragraph(begin)):
        return rivals[0]
    if before is None and (_spoke_last(rivals[0], earlier, scene) or _has_paragraph_before(rivals[0], begin, scene)):
        return rivals[0]
    alone = len(people_before(begin, REACH_PARAGRAPHS, scene)) == 1
    return rivals[0] if alone and (before is None or before.source is None) else None


def _has_paragraph_before(entity: Entity, begin: int, scene: Scene) -> bool:
    """`Piet Bos was in the mill.` before a quotation that opens a paragraph: nobody else is named there."""
    number = scene.paragraph(begin)
    start = scene.paragraphs[number].start
    if number < 1 or scene.document.text[start:begin].strip(_MARKS):
        return False
    named = [scene.entity(one) for one in scene.within(scene.paragraphs[number - 1]) if _is_named_person(one)]
    return bool(named) and all(one is entity for one in named)


def _is_named_person(mention: Mention) -> bool:
    return mention.form == "name" and mention.kind == "person"


def _spoke_last(entity: Entity, earlier: Sequence[Statement], scene: Scene) -> bool:
    outer = [one for one in earlier if one.inside is None]
    return bool(outer) and scene.speaker(outer[-1]) is entity


def _subjects_between(start: int, end: int, scene: Scene) -> list[Entity]:
    """Persons who stand first in a sentence of the narration between two places, in text order."""
    found: dict[str, Entity] = {}
    first = bisect_left(scene.sentences, start, key=lambda sentence: sentence.end)
    for sentence in scene.sentences[first:]:
        if start >= end or sentence.start >= end:
            break
        if sentence.end <= start:
            continue
        span = Span(max(sentence.start, start), min(sentence.end, end))
        people = [entity for entity in map(scene.entity, scene.within(span)) if entity and entity.kind == "person"]
        if people and people[0].name is not None:
            found.setdefault(people[0].id, people[0])
    return list(found.values())
