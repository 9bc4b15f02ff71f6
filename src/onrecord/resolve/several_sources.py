"""Sources that are two people at once: "both said", "they would appeal", "the two daughters allege".

Leads to the two who are named side by side: after the very noun ("daughters Karen Williams and Patty King"), as the
source of what was said just before, or as the last such pair. Speaks of two only; a crowd stays without a name. Bodies,
and two told of apart, are for several_bodies.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from onrecord.record import Entity, Span, Statement
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.scene import Answer, Scene, cited_before
from onrecord.resolve.traits import head_word

#: Paragraphs back in which the two that "they" are must stand; those of "both" may stand anywhere before.
_REACH: Final = 1
_TWO: Final = re.compile(
    r"(?:both|the two|the pair|the couple|the duo)"
    r"(?:\s+(?:of them|men|women|leaders|sides|presidents|ministers|candidates|chiefs|voters|friends|neighbou?rs|rivals"
    r"|brothers|sisters|senators|lawmakers|governors|authors|nominees|contenders))?",
    re.IGNORECASE,
)
#: Who are two when two have just spoken together.
_THE_SAME_TWO: Final = re.compile(r"[Tt]he (?:friends|brothers|sisters|siblings|rivals|partners|neighbou?rs|spouses)")
#: What makes a description one of few: "two lawyers", "the king's daughters"; "officials" may be anybody.
_OF_TWO: Final = re.compile(r"\b(?:two|both|his|her|their)\b|[’']s?\s", re.IGNORECASE)
#: What joins two: "Lund of Ostland and President Moe", "Lund, Republican of Ostland, and Moe".
_AND: Final = re.compile(
    r"(?:,\s[^,.;:“”\"]{2,50},|\sof\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?\s+and\s+(?:(?:his\s|her\s|the\s)?(?:[A-Z][\w.’'-]*\s){1,4})?"
)


def by_several(source: Span, earlier: Sequence[Statement], scene: Scene) -> Answer | None:
    """The two whom a plural source is; None where it is none or nobody is named side by side."""
    words = scene.words(source)
    if words.lower() == "they":
        return _answer(_spoke_together(source.start, earlier, scene) or _last_pair(source.start, _REACH, scene), source)
    if _TWO.fullmatch(words):
        bodies = _bodies_before(source.start, scene) if " " not in words else None
        if bodies is not None:
            return _answer(bodies, source)
        everywhere = len(scene.paragraphs) + _REACH
        together = _spoke_together(source.start, earlier, scene) or _last_pair(source.start, everywhere, scene)
        return _answer(together or _only_speakers(source.start, earlier, scene), source)
    if _THE_SAME_TWO.fullmatch(words):
        return _answer(_spoke_together(source.start, earlier, scene), source)
    head = head_word(words)
    if not is_plural(words) or _OF_TWO.search(words) is None:
        return None
    return _answer(next((pair for noun, pair in _pairs(scene) if noun == head), None), source)


def is_plural(words: str) -> bool:
    """Whether a description is of several people: "B.B. King's daughters"."""
    noun = head_word(words)
    return noun.endswith("s") and noun.removesuffix("s") in ROLES and noun not in ROLES


def _answer(pair: tuple[Entity, Entity] | None, source: Span) -> Answer | None:
    return None if pair is None else Answer(pair[0], (source,), candidates=pair, share=0.7)


def _spoke_together(place: int, earlier: Sequence[Statement], scene: Scene) -> tuple[Entity, Entity] | None:
    """The two who said together what was said last, in this paragraph or the one before."""
    outer = cited_before(place, earlier)
    if not outer or len(outer[-1].candidates) != 2 or outer[-1].speaker is None:
        return None
    if scene.paragraph(outer[-1].content[0].start) < scene.paragraph(place) - _REACH:
        return None
    first, second = (scene.entity_by_id[id_] for id_ in outer[-1].candidates)
    return first, second


def _only_speakers(place: int, earlier: Sequence[Statement], scene: Scene) -> tuple[Entity, Entity] | None:
    """`the two voters`: the only two persons who were cited so far."""
    found: dict[str, Entity] = {}
    for one in cited_before(place, earlier):
        speaker = scene.speaker(one)
        if speaker is not None and speaker.kind == "person":
            found.setdefault(speaker.id, speaker)
    two = list(found.values())
    return (two[0], two[1]) if len(two) == 2 else None


def _last_pair(place: int, reach: int, scene: Scene) -> tuple[Entity, Entity] | None:
    """The last two named side by side before a place; with a short reach, nobody else may be named since."""
    start = scene.paragraphs[max(scene.paragraph(place) - reach, 0)].start if scene.paragraphs else 0
    people = (
        [one for one in scene.within(Span(start, place)) if one.kind == "person" and one.form == "name"]
        if (start < place)
        else []
    )
    for left, right in reversed(list(pairwise(people))):
        pair = _side_by_side(left.span, right.span, scene)
        if pair is not None:
            return pair
        if reach == _REACH:
            return None
    return None


def _bodies_before(place: int, scene: Scene) -> tuple[Entity, Entity] | None:
    """`Kolb and Marsh might do. Both are large`: the two bodies named side by side in the sentence before, or in the
    part before of this one."""
    number = scene.sentence(place)
    start = scene.sentences[max(number - 1, 0)].start if number >= 0 else place
    near = [one for one in scene.within(Span(start, place)) if one.form == "name"] if start < place else []
    if any(one.kind == "person" for one in near):
        return None
    pairs = [_side_by_side(left.span, right.span, scene) for left, right in pairwise(near)]
    found = [pair for pair in pairs if pair is not None and all(one.kind == "organisation" for one in pair)]
    return found[0] if len(found) == 1 else None


def _side_by_side(left: Span, right: Span, scene: Scene) -> tuple[Entity, Entity] | None:
    if left.end >= right.start or not _AND.fullmatch(scene.document.text, left.end, right.start):
        return None
    found = [scene.entity(one) for span in (left, right) for one in scene.within(span) if one.span == span]
    named = [one for one in found if one is not None and one.name is not None]
    return (named[0], named[1]) if len(named) == 2 and named[0] is not named[1] else None


def _pairs(scene: Scene) -> Iterator[tuple[str, tuple[Entity, Entity]]]:
    """Every two named side by side, with the noun right before them."""
    people = [one for one in scene.mentions if one.kind == "person" and one.form == "name"]
    for left, right in pairwise(people):
        pair = _side_by_side(left.span, right.span, scene)
        before = re.search(r"([a-z]+)\s+$", scene.document.text[max(left.span.start - 30, 0) : left.span.start])
        if pair is not None and before is not None:
            yield before[1], pair
