"""The opening of a paragraph that is nobody's words: the dateline. "WARSAW, Poland (AP) — ", "OSLO (Reuters) - ".

The dateline that was read with the page is known; those that open later items of a round-up are told by their shape.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

_DASH: Final = r"\s*(?:—|–|―|─|--+|(?<=\s)[-_](?=\s))\s*"
_CAPITALS: Final = r"[A-Z][A-Z.’'-]+(?:[\s/&]+[A-Z][A-Z.’'-]*){0,4}"
_PLACE: Final = r"[A-Z][\w.’'-]+(?:[\s/][A-Z][\w.’'-]+){0,3}"
_REGION: Final = rf"(?:,\s+{_PLACE}){{0,2}}"
_DAY: Final = r"(?:,?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?)?"
_AGENCY: Final = r"\((?:[\w ./&-]{2,30})\)"
_AGENCIES: Final = (
    r"\((?:AP|Reuters|AFP|UPI|CNN|TASS|Xinhua|dpa|DPA|ANSA|EFE|PA|IANS|PTI|ANI|Bloomberg|Kyodo|Interfax|Yonhap)\)"
)
#: Each ends before the first word of the sentence, which has a capital or stands in quotation marks.
_SHAPES: Final = (
    re.compile(rf"{_CAPITALS}{_REGION}{_DAY}(?:,?(?:\s+[-–—|])?\s*{_AGENCY})?{_DASH}(?=[\"“‘'A-Z0-9])"),
    re.compile(rf"{_PLACE}{_REGION}{_DAY}\s*{_AGENCIES}{_DASH}(?=[\"“‘'A-Z0-9])"),
    re.compile(rf"By\s+{_PLACE},?\s+{_PLACE}{_REGION}{_DAY}(?:,?(?:\s+[-–—|])?\s*{_AGENCY})?{_DASH}(?=[\"“‘'A-Z0-9])"),
    re.compile(rf"{_AGENCIES}{_DASH}(?=[\"“‘'A-Z0-9])"),
)
#: When an entry of a live report was written: "14:52 ", "9.40am - ", "13:40 UPDATE: ".
_CLOCK: Final = re.compile(
    r"(?:\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?|\d{1,2}\.\d{2}\s?[ap]\.?m\.?)(?:\s(?:GMT|BST|CES?T|UTC|E[DS]?T))?"
    r"(?:\s*[-–—|:])?\s+(?:UPDATED?:?\s+)?(?=[\"“‘'A-Z])"
)
#: What follows the place and day of a dateline that is known: its agency and its dash.
_REST: Final = re.compile(
    r"(?:\s*(?:\([^()\n]{2,40}\)|/[^/\n]{2,30}/|\[[^\]\n]{2,40}\]|[A-Z-]{2,12}(?=\s*[—–-])|[.,:|_—–―─-]+(?=[\s\w\"“‘])))*\s*"
)


def begin_behind_datelines(attributions: Attributions, story: Story) -> Attributions:
    """`WARSAW, Poland (AP) — The border will stay shut`: where the report was filed is no part of the words."""
    return tuple(one if one.turn else _behind(one, story) for one in attributions)


def _behind(one: Attribution, story: Story) -> Attribution:
    content = tuple(left for span in one.content if (left := _cut(span, story)))
    source = None if one.source is None else _cut(one.source, story)
    return (
        one.with_content(content)
        if source == one.source and content
        else replace(one, content=content or one.content, source=source)
    )


def _cut(span: Span, story: Story) -> Span | None:
    """What of a span stands behind the dateline of its paragraph."""
    paragraph = story.paragraph_of(span.start)
    end = span.start if paragraph is None else dateline_end(story.document, paragraph.span)
    if end <= span.start:
        return span
    return Span(end, span.end) if end < span.end else None


def dateline_end(document: Document, paragraph: Span) -> int:
    """Where the words of a paragraph begin: behind its dateline, or at its start where it has none."""
    known = document.source.dateline
    place = None if known is None else known.span
    if place is not None and place.start == paragraph.start and place.end < paragraph.end:
        rest = _REST.match(document.text, place.end, paragraph.end)
        return place.end if rest is None else rest.end()
    if document.text[paragraph.start].isdigit():
        clock = _CLOCK.match(document.text, paragraph.start, paragraph.end)
        return paragraph.start if clock is None else clock.end()
    found = (shape.match(document.text, paragraph.start, paragraph.end) for shape in _SHAPES)
    return next((match.end() for match in found if match), paragraph.start)
