"""Names by the titles in front of them: behind "Mr." stands a person's name, whatever the words look like.

    Mr. Frost was out     ->   Frost               Sen. Hope Marsh of Norland   ->   Hope Marsh
    Mr. Frost's car       ->   Frost               Dr. No Returns To Cinemas    ->   nothing, in a headline

Short titles alone: behind "President" or "Justice" bodies and things stand as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from onrecord.record import Span

_DAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_WORD: Final = rf"(?!{_DAY})[A-Z][^\W\d_]*(?:[-’'](?!s\b)[^\W\d_]+)*"
_TITLED: Final = re.compile(
    rf"(?<!\w)(?:(?:Mr|Mrs|Ms)\.?|(?:Sen|Gov|Rep)\.)[ \xa0](?P<name>{_WORD}(?:[ \xa0](?:[A-Z]\.|{_WORD})){{0,2}})"
    rf"(?![\w.]*[ \xa0](?!{_DAY})[A-Z])"
)


def titled(text: str) -> Iterator[Span]:
    """The words behind short titles, in text order."""
    for match in _TITLED.finditer(text):
        yield Span(*match.span("name"))
