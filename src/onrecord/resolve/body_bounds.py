"""Where names of bodies begin and end that the model found too wide or too short.

    conservative Club for Ports                               ->  Club for Ports
    Center for Tides at the more cautious Harbour Institute   ->  two names
    a group called Citizens for + Lund                        ->  Citizens for Lund
    Ann Lee's group, March on Lorne at Noon                   ->  March on Lorne at Noon

A report that says what a body is called gives its whole name; what describes a body in small letters is none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.record import Document, Mention, Span, address

_SMALL_FIRST: Final = re.compile(r"(?:[a-z]{4,}(?:-[a-z]+)?\s)+(?=[A-Z][^\s]*\s)")
_DESCRIBED: Final = re.compile(r"(?<=\w)(?P<between>\s(?:at|of|in|from)\sthe\s(?:[a-z-]{4,}\s)+)(?=[A-Z])")
_SORT: Final = (
    r"(?:group|organi[sz]ation|coalition|company|firm|union|charity|website|site|network|alliance|movement|nonprofit)"
)
_CAPITAL: Final = r"[A-Z][\w’'&-]*"
_RUN: Final = rf"{_CAPITAL}(?:\s(?:(?:of|for|on|and|the|&|to|at|in|against)\s){{0,2}}{_CAPITAL})+"
_CALLED: Final = re.compile(
    rf"\b{_SORT}\s(?:called|named|known\sas)\s(?:the\s)?(?P<name>{_RUN})(?=[,.;]|\s(?:that|which)\b)"
)
_APPOSED: Final = re.compile(
    rf"(?:[Oo]ne|[Aa]nother|[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w.]*(?:\s[A-Z][\w.]*){{0,2}}[’']s?)\s(?:[a-z-]+\s){{0,3}}{_SORT},"
    rf"\s(?:the\s)?(?P<name>{_RUN})(?=,)"
)


def within_bounds(document: Document, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names, those of bodies without what only describes them."""
    for name in names:
        if name.kind == "organisation":
            yield from (_at(document, name, span) for span in _parts(document, name.span))
        else:
            yield name


def _parts(document: Document, span: Span) -> Iterator[Span]:
    words = document.words(span)
    small = _SMALL_FIRST.match(words)
    start = small.end() if small is not None else 0
    described = _DESCRIBED.search(words, start)
    if described is None:
        yield Span(span.start + start, span.end)
    else:
        yield Span(span.start + start, span.start + described.start())
        yield Span(span.start + described.end(), span.end)


def _at(document: Document, name: Mention, span: Span) -> Mention:
    return name if span == name.span else replace(name, id=address(document.id, "mention", span), span=span)


def called_bodies(document: Document, sources: Sequence[Span]) -> Iterator[Span]:
    """Where a report says what a body is called, and sources that do."""
    if " called " in document.text or " known as " in document.text or " named " in document.text:
        for match in _CALLED.finditer(document.text):
            yield Span(*match.span("name"))
    for source in sources:
        apposed = _APPOSED.match(document.text, source.start)
        if apposed is not None and apposed.end() >= source.end:
            yield Span(*apposed.span("name"))
