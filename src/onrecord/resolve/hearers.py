"""Who hears a statement, and is not its source: `He was told that …`, `when asked why …, she said`."""

from __future__ import annotations

import re
from typing import Final

from onrecord.record import Entity, Span, Statement
from onrecord.resolve.scene import Scene

_TOLD: Final = re.compile(
    r"(?:(?:has|have|had) been|was|were|is|are|been|being)\s+(?:\w+ly\s+)?"
    r"(?:told|informed|warned|ordered|advised|assured|instructed|reminded|promised)\b"
)
_ASKED: Final = re.compile(r"(?:asked|pressed|questioned|quizzed|challenged|prodded|told|reminded|warned)\b")
#: What leaves out who is asked: `when asked`.
_WHEN: Final = re.compile(r"\b(?:when|whenever|once|if|(?:after|while|on|upon)\sbeing)\s(?:\w+ly\s)?\Z")


def hears(cue: Span, source: Span, scene: Scene) -> bool:
    """`He was told that …`, "when asked why …, he said": what stands as the source is who hears it."""
    text = scene.document.text
    if _ASKED.match(scene.words(cue)) and _WHEN.search(text, max(cue.start - 24, 0), cue.start):
        return not text.endswith("by ", 0, source.start)
    return source.end <= cue.start and _TOLD.match(scene.words(cue)) is not None


def is_told(speaker: Entity, statement: Statement, scene: Scene) -> bool:
    """`The prosecutor asked Dulic whether …`: whoever is named between the cue and the words hears them."""
    cue, start = statement.cue, statement.content[0].start
    if cue is None or statement.source is None or not statement.source.end <= cue.start < cue.end < start:
        return False
    if any(scene.entity(mention) is speaker for mention in scene.within(statement.source) if mention.form == "name"):
        return False
    between = scene.within(Span(cue.end, start))
    return any(mention.form == "name" and scene.entity(mention) is speaker for mention in between)
