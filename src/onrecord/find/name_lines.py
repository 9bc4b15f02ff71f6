"""Quotations whose speaker has a line of its own, above or below: in a street poll, under a pull quote.

Margaret Tilley, 71, Fenbridge               “She sang the way my mother cooked”
“I can’t drive, so that’s the end of it.”    Rosa Delgado, fan
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.paragraphs import Paragraph
from onrecord.record import Span

#: The rule's name.
NAME_LINE: Final = "name line"
SCORE: Final = 0.9
#: A name of two words or more, and behind a comma who that is; no sentence.
_LINE: Final = re.compile(
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Sir|Prof)\.?\s)?[A-Z][\w’'-]+(?:\s[A-Z]\.)?(?:\s(?:de|van|von|al|bin|der|la|da|di))?(?:\s[A-Z][\w’'-]+){1,3})"
    r",\s(?:\d{1,2}(?:,\s[^.?!:;“”\"\n]{2,60})?|[^.?!:;“”\"\d\n]{2,60})"
)
_MOST_WORDS: Final = 12
_FEWEST_WORDS: Final = 3


def find_name_lines(paragraphs: Sequence[Paragraph]) -> Iterator[Attribution]:
    """One for each paragraph that is a quotation and nothing else, beside a line that is a name and nothing else; a
    line goes with one quotation only, the first that it stands at."""
    taken = -1
    for number, paragraph in enumerate(paragraphs):
        if not _is_quotation(paragraph):
            continue
        for beside in (number - 1, number + 1):
            source = _name_line(paragraphs[beside]) if taken < beside < len(paragraphs) else None
            if source is not None:
                taken = beside
                yield Attribution((paragraph.quotes[0].span,), None, source, SCORE, NAME_LINE)
                break


def _is_quotation(paragraph: Paragraph) -> bool:
    whole = paragraph.quotes[0].span if len(paragraph.quotes) == 1 else None
    if whole is None or whole.start != paragraph.span.start:
        return False
    text = paragraph.document.text
    return (
        not text[whole.end : paragraph.span.end].strip(" .")
        and len(text[whole.start : whole.end].split()) >= _FEWEST_WORDS
    )


def _name_line(paragraph: Paragraph) -> Span | None:
    span = paragraph.span
    if len(span) > 120 or paragraph.quotes:
        return None
    match = _LINE.fullmatch(paragraph.document.text, span.start, span.end)
    return span if match is not None and len(match.group().split()) <= _MOST_WORDS else None
