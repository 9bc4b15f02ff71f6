"""Whom the label of a turn names, where it is no name as it stands: initials, a handle, the last word of a name.

    ((TV))        ->   Tessa Vaughan, of whose names these are the first letters
    LEDGER        ->   Hollis Ledger, which put the questions
    @tessavaughan ->   Tessa Vaughan; so is @vesselglass where the report has "Tessa Vaughan (@vesselglass)"

What `Q`, `A` and the letters of a paper stand for is in `onrecord.resolve.interview_voices`.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.record import Entity, Span
from onrecord.resolve.scene import Answer, Scene

_LETTERS: Final = re.compile(r"[A-Z]{2,3}")
_HANDLE: Final = re.compile(r"@\w{3,}")
_BEHIND_NAME: Final = re.compile(r",?\s\(?$")


def by_label(label: str, source: Span, scene: Scene) -> Answer | None:
    """The one whose initials, whose handle or the last word of whose name a label is."""
    if _LETTERS.fullmatch(label):
        found = [one for one in scene.people if label in _initials(one, scene)]
    elif _HANDLE.fullmatch(label):
        found = [one for one in scene.people if _joined(one, scene) == label[1:].lower()]
        found = found or _named_before_handle(label, scene)
    else:
        found = []
    found = found or [one for one in scene.entities if _ends_with(one, label, scene)]
    return Answer(found[0], (source,), share=0.9) if len(found) == 1 else None


def is_label_alone(answer: Answer, label: str, scene: Scene) -> bool:
    """Whether the report has no other name for whoever a label of one word stands for than this word."""
    speaker = answer.speaker
    named = None if speaker is None or speaker.name is None else scene.words(speaker.name)
    return named == label and " " not in label


def _ends_with(entity: Entity, label: str, scene: Scene) -> bool:
    words = [] if entity.name is None else scene.words(entity.name).lower().split()
    return len(words) > 1 and words[-1] == label.lower() and entity.kind in ("person", "organisation")


def _initials(entity: Entity, scene: Scene) -> tuple[str, ...]:
    """`TV` of "Tessa Vaughan" and of "Glassblower Tessa Vaughan", `TMV` of "Tessa M. Vaughan"."""
    words = [] if entity.name is None else [word for word in scene.words(entity.name).split() if word[0].isupper()]
    letters = "".join(word[0] for word in words)
    return (letters, letters[0] + letters[-1], letters[-2:]) if len(words) > 1 else ()


def _joined(entity: Entity, scene: Scene) -> str:
    return "" if entity.name is None else re.sub(r"\W", "", scene.words(entity.name)).lower()


def _named_before_handle(label: str, scene: Scene) -> list[Entity]:
    """`Tessa Vaughan (@vesselglass)`, `Tessa Vaughan, @vesselglass`."""
    found: dict[str, Entity] = {}
    for place in re.finditer(rf"{re.escape(label)}\b", scene.document.text):
        gap = _BEHIND_NAME.search(scene.document.text, max(place.start() - 3, 0), place.start())
        before = [] if gap is None else [one for one in scene.people if _ends_at(one, gap.start(), scene)]
        found |= {one.id: one for one in before}
    return list(found.values())


def _ends_at(entity: Entity, place: int, scene: Scene) -> bool:
    return any(name.end == place for name in scene.names_of(entity))
