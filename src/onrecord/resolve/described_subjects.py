"""Who "he" or "she" is behind a sentence about somebody whom it only describes.

    The chief executive did not answer. Mills last, he said       ->   whom the report calls chief executive
    His sister is less sore about it. She told the Courier …      ->   the sister whom it has named

The subject of the narration just before counts more than who was cited earlier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Mention, Span, Statement
from onrecord.resolve.described_sources import by_description
from onrecord.resolve.scene import MALE, Answer, Scene, fits
from onrecord.resolve.several_sources import is_plural
from onrecord.resolve.traits import traits_of

_DEFINITE: Final = re.compile(r"(?:The|His|Her|[A-Z]\w+[’']s)\s")
#: Sentences back, in its paragraph, in which the subject is looked for.
_MOST_SENTENCES: Final = 3


def by_described_subject(
    statement: Statement, source: Span, earlier: Sequence[Statement], scene: Scene
) -> Answer | None:
    """Who is described as what the nearest sentence that has a person is about; None where somebody is named there."""
    gender = "man" if scene.words(source).lower() in MALE else "woman"
    place = min(source.start, statement.content[0].start)
    subject = _subject(place, gender, scene)
    if subject is None:
        return None
    answer = by_description(subject.span, statement, earlier, scene)
    return answer if answer.speaker is not None and fits(answer.speaker, gender, scene) else None


def _subject(place: int, gender: str, scene: Scene) -> Mention | None:
    last = scene.sentence(place)
    floor = scene.paragraphs[scene.paragraph(place)].start if scene.paragraphs else 0
    for sentence in reversed(scene.sentences[max(last - _MOST_SENTENCES, 0) : last + 1]):
        start = max(sentence.start, floor)
        if sentence.end <= floor or start >= place:
            continue
        inside = scene.within(Span(start, min(sentence.end, place)))
        opening = next(iter(inside), None)
        if opening is not None and opening.span.start == start and _is_described(opening, gender, scene):
            return opening
        if any(_is_rival(one, gender, scene) for one in inside):
            return None
    return None


def _is_described(mention: Mention, gender: str, scene: Scene) -> bool:
    entity = scene.entity(mention)
    words = scene.words(mention.span)
    return (
        mention.kind == "person"
        and mention.form == "nominal"
        and (entity is None or entity.name is None)
        and _DEFINITE.match(words) is not None
        and not is_plural(words)
        and traits_of(scene.document, mention).number != "plural"
        and traits_of(scene.document, mention).gender in ("", gender)
    )


def _is_rival(mention: Mention, gender: str, scene: Scene) -> bool:
    entity = scene.entity(mention)
    return mention.form == "name" and entity is not None and fits(entity, gender, scene)
