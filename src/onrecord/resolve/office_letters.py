"""Offices by their letters, which are no bodies: `the SP` of a report that has "superintendent of police Boris Tamm".

Says which letters are no name, because they, or words of which they are the initials, stand before people's names;
whose office it is is for `onrecord.resolve.offices`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from onrecord.record import Document, Mention, Span, Statement
from onrecord.resolve.offices import KNOWN_OFFICES
from onrecord.resolve.particulars import ROLES

#: Letters of what people are, and of sorts of bodies, that hardly anything else goes by.
_SURE: Final = frozenset((*KNOWN_OFFICES, *"MPs MEC DPM MD VP NGO NGOs".split()))
#: Letters that are those of bodies as well, and of offices where they, or words that they open, stand before a name.
_KNOWN: Final = _SURE | frozenset(
    "SP DC CM LG CE AG DG IG DIG IGP DGP DSP ASP SSP SHO OC VC CJ FM SG DA MCE DCE".split()
)
_SOURCE: Final = re.compile(r"[Tt]he\s(?:former\s|then\s)?(?P<letters>[A-Z]{2,5})(?=$|,)")
#: What an office is for, between it and the name: "MEC for Finance Renate Pell".
_WHAT_FOR: Final = (
    r"(?:\s(?:of|for)\s[A-Z]\w+(?:\s(?:and\s)?[A-Z]\w+){0,4})?,?\s(?:(?:Hon|Dr|Mrs?|Ms|Prof|Rev|Engr|Sir)\.?\s){0,3}\Z"
)
#: Characters before a name in which its office begins.
_REACH: Final = 80


def is_office(letters: str) -> bool:
    """Whether letters are those of an office, or of a sort of body, in any report."""
    return letters in _SURE


def offices(document: Document, statements: Sequence[Statement], names: Sequence[Mention]) -> frozenset[str]:
    """The letters in a report that are those of offices, by what its sources are and its people are called."""
    sources = (_SOURCE.match(document.words(one.source)) for one in statements if one.source is not None)
    asked = {source["letters"] for source in sources if source is not None}
    people = [name.span for name in names if name.kind == "person"] if asked else []
    return _SURE | {letters for letters in asked if any(_stands_before(letters, span, document) for span in people)}


def _stands_before(letters: str, name: Span, document: Document) -> bool:
    match = _spelled(letters).search(document.text, max(name.start - _REACH, 0), name.start)
    if match is None:
        return False
    spelled = match["spelled"]
    return spelled is None or any(word.lower() in ROLES for word in spelled.split())


@lru_cache(maxsize=256)
def _spelled(letters: str) -> re.Pattern[str]:
    """`superintendent of police (SP)`, `SP`: the letters or words with these initials, up to the end of the text."""
    *first, last = (f"[{letter}{letter.lower()}]" for letter in letters)
    words = "".join(rf"{initial}[a-z]+(?:[\s-](?:of|for|the|and))?[\s-]" for initial in first)
    spelled = rf"(?P<spelled>{words}{last}[a-z]+)"
    alone = rf"{letters}|{spelled}(?:\s\({letters}\))?" if letters in _KNOWN else rf"{spelled}\s\({letters}\)"
    return re.compile(rf"(?<![\w.&-])(?:{alone}){_WHAT_FOR}")
