"""Bodies that the headline or lead calls by what they are, and that the report names right after: "a federal appeals
court ruled …", and then "the U.S. Court of Appeals for the Ninth Circuit".

The name must tell the sort, as that of an association of pilots does for "a union", and be the only one near that does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, Span, Statement
from onrecord.resolve.acting_bodies import words_of
from onrecord.resolve.body_words import telling_names
from onrecord.resolve.scene import Scene

_SOURCE: Final = re.compile(
    r"(?P<article>an?\s)?(?P<told>(?:[a-z.-]+\s){0,3}?)"
    r"(?P<head>court|union|pac|newspaper|university|school|hospital|airline|museum|commission|church)"
    r"(?:\s(?:representing|that|which|who|aimed|backing|supporting)\b.*)?",
    re.IGNORECASE,
)
#: Words for courts, and those by which their names tell that they are such.
_TELLING: Final = {
    "appeals": frozenset(("appeals", "appeal", "appellate")),
    "appellate": frozenset(("appeals", "appeal", "appellate")),
    "federal": frozenset(("federal", "u.s", "us", "circuit", "district")),
    "high": frozenset(("high", "supreme")),
    "top": frozenset(("supreme", "constitutional", "cassation")),
}
_COURTS: Final = frozenset("supreme constitutional district state county circuit superior family military".split())
#: Paragraphs behind the source in which the name stands.
_REACH: Final = 3
#: Characters of the story that are its lead.
_LEAD: Final = 300


def body_named_later(statement: Statement, _: Sequence[Statement], scene: Scene) -> Entity | None:
    """The body that a source in the headline or lead is; None where none or several are named that may be it."""
    source = statement.source
    match = None if source is None else _SOURCE.fullmatch(scene.words(source).partition(",")[0])
    if source is None or match is None or not _opens(source, match["article"], scene):
        return None
    head, told = match["head"].lower(), match["told"].lower().split()
    found = [
        one
        for one in _named_near(source, scene)
        if not (telling_names(head) | {head}).isdisjoint(words := words_of(one, scene)) and _fits(words, told)
    ]
    return found[0] if len(found) == 1 else None


def _named_near(source: Span, scene: Scene) -> Sequence[Entity]:
    """The bodies named behind a source, not far."""
    last = min(scene.paragraph(source.start) + _REACH, len(scene.paragraphs) - 1)
    behind = scene.within(Span(source.end, max(scene.paragraphs[last].end, source.end + 1)))
    named = [one for mention in behind if (one := scene.entity(mention)) is not None and one.name is not None]
    return tuple({one.id: one for one in named if one.kind == "organisation"}.values())


def _opens(source: Span, article: str | None, scene: Scene) -> bool:
    """Whether a source stands in the headline, or with an article in the first sentences of the story."""
    if not scene.paragraphs or scene.paragraph(source.start) == 0:
        return bool(scene.paragraphs)
    story = next((block.span for block in scene.document.blocks if block.kind == "paragraph"), None)
    return article is not None and story is not None and source.start < story.start + _LEAD


def _fits(words: set[str], told: Sequence[str]) -> bool:
    """Whether a name has what the description tells of a court."""
    wanted = [_TELLING.get(word, frozenset((word,))) for word in told if word in _TELLING or word in _COURTS]
    return not any(words.isdisjoint(each) for each in wanted)
