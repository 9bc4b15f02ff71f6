"""Pronouns for somebody without a name: "a second official … he said", "Her neighbor, a mechanic, shrugged. He said …".

Tells only that a pronoun stands for nobody whom the report names; who it is otherwise is for pronoun_sources.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Mention, SourceType, Span, Statement
from onrecord.resolve.anonymity import is_kept_nameless
from onrecord.resolve.kin import by_kin
from onrecord.resolve.scene import MALE, SINGULAR, UNNAMED, Scene, fits
from onrecord.resolve.source_types import type_of_words
from onrecord.resolve.traits import MEN, WOMEN, head_word

#: How somebody is brought in of whom no name need be known.
_BROUGHT_IN: Final = re.compile(r"(?:an?|one|another|his|her|their|my|our|your)\s", re.IGNORECASE)
#: Sentences back over which "he" goes on being the one without a name.
_MOST_SENTENCES: Final = 3
_OPENS: Final = re.compile(r"[“\"‘'\s]*(?:(?:But|And|Then|Still|So),?\s)?")

#: `A cousin of Lund,` he left.
_ASIDE: Final = re.compile(r"[^.\n]{0,60}?,\s(?:he|she)\b")


def nameless_before(
    source: Span, place: int, gender: str, earlier: Sequence[Statement], scene: Scene
) -> SourceType | None:
    """The type of the source without a name that "he", "she" or "it" stands for, nobody named since."""
    spoke = _spoke(place, gender, earlier, scene)
    if spoke is not None or gender == "thing":
        return spoke
    nameless = _is_told_of(place, gender, earlier, scene) or _is_linked(source, place, gender, earlier, scene)
    return "unnamed person" if nameless else None


def _spoke(place: int, gender: str, earlier: Sequence[Statement], scene: Scene) -> SourceType | None:
    """The type of a source without a name that speaks in this sentence or the one before."""
    sentence = scene.sentence(place)
    floor = scene.sentences[max(sentence - 1, 0)].start if scene.sentences else 0
    near = [one for one in earlier if one.source is not None and one.source.start < place and floor <= _last_word(one)]
    if not near or near[-1].source is None or near[-1].speaker is not None:
        return None
    last, words = near[-1], scene.words(near[-1].source).lower()
    if _is_named_between(Span(near[-1].source.start, place), gender, scene):
        return None
    if gender == "thing":
        return "document" if last.source_type == "document" else None
    if words == "who" and is_kept_nameless(last, scene):
        return last.source_type
    if words in SINGULAR:
        goes_on = last.unknown_because == UNNAMED and (words in MALE) == (gender == "man")
        return "unnamed person" if goes_on else None
    if last.source_type != "unnamed person" or words in ("who", "it") or not words.startswith(("a ", "an ", "one ")):
        return None
    return None if _is_other_gender(words, gender) else "unnamed person"


def _last_word(statement: Statement) -> int:
    """Where a statement with a source was told last: `“No,” said a nurse, afraid of losing her job. “We ran.”`"""
    start = 0 if statement.source is None else statement.source.start
    return max(start, statement.content[-1].start)


def _is_told_of(place: int, gender: str, earlier: Sequence[Statement], scene: Scene) -> bool:
    """Whether the sentence before, in the paragraph, opens with somebody whom the report does not name; sentences that
    open with the same pronoun may stand between."""
    paragraph, number = scene.paragraph(place), scene.sentence(place)
    for sentence in reversed(scene.sentences[max(number - _MOST_SENTENCES, 0) : max(number, 0)]):
        if scene.paragraph(sentence.start) != paragraph:
            return False
        opening = _OPENS.match(scene.document.text, sentence.start)
        start = sentence.start if opening is None else opening.end()
        subject = next((one for one in scene.beginning_in(Span(start, start + 1))), None)
        if subject is None or _is_named_between(Span(start, place), gender, scene):
            return False
        if any(_is_speaker_in(one, sentence, gender, scene) for one in earlier):
            return False
        if subject.form != "pronoun":
            cited = any(_is_pronoun_in(one, sentence, scene) for one in earlier)
            return not cited and _is_nameless(subject, gender, scene)
        word = scene.words(subject.span).lower()
        if word not in SINGULAR or (word in MALE) != (gender == "man"):
            return False
    return False


def _is_linked(source: Span, place: int, gender: str, earlier: Sequence[Statement], scene: Scene) -> bool:
    """Whether coreference takes a pronoun for somebody whom the report describes just before and never names."""
    pronoun = next((one for one in scene.within(source) if one.form == "pronoun"), None)
    entity = None if pronoun is None else scene.entity(pronoun)
    if entity is None or entity.name is not None or entity.kind != "person":
        return False
    described = [
        one for id_ in entity.mentions if (one := scene.by_id[id_]).form == "nominal" and one.span.end <= place
    ]
    last = max(described, key=lambda one: one.span.start, default=None)
    if last is None or scene.paragraph(last.span.start) < scene.paragraph(place) - 1:
        return False
    if not any(_BROUGHT_IN.match(scene.words(one.span)) for one in described):
        return False
    if _ASIDE.match(scene.document.text, last.span.end) or any(_tells_of(one, last.span, scene) for one in earlier):
        return False
    words = scene.words(last.span).lower()
    if type_of_words(words) != "unnamed person" or _is_other_gender(words, gender) or _is_called(words, scene):
        return False
    since = Span(last.span.start, place)
    if _is_named_between(since, gender, scene):
        return False
    return not any(_is_speaker_in(one, since, gender, scene) for one in earlier)


def _tells_of(one: Statement, span: Span, scene: Scene) -> bool:
    """`Lund said a guard hit him. He …`: Lund may go on."""
    return scene.speaker(one) is not None and any(content.covers(span) for content in one.content)


def _is_called(words: str, scene: Scene) -> bool:
    """`the coroner`, when the report names one."""
    head = head_word(words)
    return any(head in bag for bags in scene.callings.values() for bag in bags)


def _is_nameless(subject: Mention, gender: str, scene: Scene) -> bool:
    """`A nurse there`, `Her neighbor`: one person, whom no name of the report is known to be."""
    entity, words = scene.entity(subject), scene.words(subject.span).lower()
    if subject.form != "nominal" or subject.kind != "person" or (entity is not None and entity.name is not None):
        return False
    if not _BROUGHT_IN.match(words) or type_of_words(words) != "unnamed person" or by_kin(words, scene) is not None:
        return False
    if _ASIDE.match(scene.document.text, subject.span.end):
        return False
    return not _is_other_gender(words, gender)


def _is_speaker_in(one: Statement, sentence: Span, gender: str, scene: Scene) -> bool:
    """Whether somebody with a name speaks in a sentence: "Her mother saved, she said"."""
    if one.source is None or one.speaker is None or not sentence.covers(one.source):
        return False
    return fits(scene.entity_by_id[one.speaker], gender, scene)


def _is_pronoun_in(one: Statement, sentence: Span, scene: Scene) -> bool:
    """`Her mother saved, she said`: who says it is rather another than whom the sentence opens with."""
    return one.source is not None and sentence.covers(one.source) and scene.words(one.source).lower() in SINGULAR


def _is_other_gender(words: str, gender: str) -> bool:
    other = WOMEN if gender == "man" else MEN
    return not other.isdisjoint(words.split())


def _is_named_between(span: Span, gender: str, scene: Scene) -> bool:
    people = [scene.entity(one) for one in scene.within(span)] if len(span) else []
    return any(one is not None and one.name is not None and fits(one, gender, scene) for one in people)
