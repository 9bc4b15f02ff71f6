"""Names right behind what somebody is: `said a provincial doctor, Jean-Constant Kano`, `a manager identified as Zhang`,
and of bodies `One group, Citizens for Lund, said`.

Reads on from a source that was cut before the name. Only where the name is set off on both sides: in "according to an
officer, John Smith was asleep" it is not. Nor is it the source's where it may be that of whom the source speaks for: "a
spokesman for the owner, Hal Brandt".
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.record import Mention, Span
from onrecord.resolve.body_words import BODIES
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.scene import Scene
from onrecord.resolve.source_types import type_of_words
from onrecord.resolve.traits import head_word

_SET_OFF: Final = re.compile(r",\s|\s(?:who\s(?:was|is)\s)?(?:identified|named|known)\s(?:only\s)?as\s|\snamed\s")
#: Bodies that are not known yet, or are known by whose they are.
_BROUGHT_IN: Final = re.compile(
    r"(?:[Oo]ne|[Aa]nother|[Aa]n?|[Hh]is|[Hh]er)\s|[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}[’']s?\s[a-z]"
)
_ENDS: Final = re.compile(r"\s*(?:,(?!\s\d)|[.;:—–“\"(]|$|\n|\s(?:said|says|told|added|was\squoted)\b)")
#: Who speaks, and the noun of whom it is for, up to the name that a comma sets off.
_SPEAKS_FOR: Final = re.compile(
    r"\b(?P<outer>[\w-]+)\s(?:for|to|of|with|representing)\s(?:the|an?|his|her|its|their|[A-Z][\w.-]*[’']s)\s"
    r"(?:[\w’'.-]+\s){0,4}?(?P<inner>[a-z-]+),\s\Z"
)
_ROLES: Final = ROLES | frozenset("secretary officer trader strategist head chief doctor mayor".split())


def named_behind(source: Span, scene: Scene) -> Mention | None:
    """The name that is set off right behind a source that tells what a person is; None where none is."""
    words = scene.words(source)
    head = head_word(words)
    if head in BODIES and _BROUGHT_IN.match(words):
        return _body_behind(source, scene)
    if type_of_words(words) != "unnamed person" or head not in _ROLES:
        return None
    gap = _SET_OFF.match(scene.document.text, source.end)
    if gap is None:
        return None
    for mention in scene.beginning_in(Span(gap.end(), gap.end() + 1)):
        entity = scene.entity(mention)
        if mention.form == "name" and entity is not None and entity.kind == "person" and _is_set_off(mention, scene):
            return None if is_of_another(mention, source, scene) else mention
    return None


def _body_behind(source: Span, scene: Scene) -> Mention | None:
    """The name of a body between two commas."""
    if not scene.document.text.startswith(", ", source.end):
        return None
    for mention in scene.beginning_in(Span(source.end + 2, source.end + 3)):
        set_off = scene.document.text.startswith(",", mention.span.end)
        if mention.form == "name" and mention.kind == "organisation" and set_off:
            return mention
    return None


def is_of_another(name: Mention, source: Span, scene: Scene) -> bool:
    """`a spokesman for the team's owner, Hal Brandt`: Brandt is the owner, unless the report calls somebody else so, as
    in "an adviser to the president, Ann Lee"."""
    speaks_for = _SPEAKS_FOR.search(scene.document.text, source.start, max(name.span.start, source.start))
    if speaks_for is None or speaks_for["outer"].lower() not in _ROLES or speaks_for["inner"].lower() not in _ROLES:
        return False
    others = [bag for one in scene.people if one is not scene.entity(name) for bag in scene.callings[one.id]]
    return not any(speaks_for["inner"].lower() in bag for bag in others)


def _is_set_off(mention: Mention, scene: Scene) -> bool:
    return _ENDS.match(scene.document.text, mention.span.end) is not None
