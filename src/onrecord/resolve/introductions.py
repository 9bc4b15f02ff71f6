"""Names right behind what somebody is: `said a provincial doctor, Jean-Constant Kano`, `a manager identified as Zhang`.

Reads on from a source that was cut before the name. Only where the name is set off on both sides: in "according to an
officer, John Smith was asleep" it is not.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.record import Mention, Span
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.scene import Scene
from onrecord.resolve.source_types import type_of_words
from onrecord.resolve.traits import head_word

_SET_OFF: Final = re.compile(r",\s|\s(?:who\s(?:was|is)\s)?(?:identified|named|known)\s(?:only\s)?as\s|\snamed\s")
_ENDS: Final = re.compile(r"\s*(?:,(?!\s\d)|[.;:—–“\"(]|$|\n|\s(?:said|says|told|added|was\squoted)\b)")
_ROLES: Final = ROLES | frozenset("secretary officer trader strategist head chief doctor mayor".split())


def named_behind(source: Span, scene: Scene) -> Mention | None:
    """The name that is set off right behind a source that tells what a person is; None where none is."""
    words = scene.words(source)
    if type_of_words(words) != "unnamed person" or head_word(words) not in _ROLES:
        return None
    gap = _SET_OFF.match(scene.document.text, source.end)
    if gap is None:
        return None
    for mention in scene.beginning_in(Span(gap.end(), gap.end() + 1)):
        entity = scene.entity(mention)
        if mention.form == "name" and entity is not None and entity.kind == "person" and _is_set_off(mention, scene):
            return mention
    return None


def _is_set_off(mention: Mention, scene: Scene) -> bool:
    return _ENDS.match(scene.document.text, mention.span.end) is not None
