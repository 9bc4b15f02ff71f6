"""Which bodies the words beside a person's name tie the person to: what is led, what a title names, who owns the title.

    Malaysia's Prime Minister, Najib Razak     ->   Malaysia
    spokesman for the Indonesian military      ->   the Indonesian military
    Kathryn Ryan, from the Red Cross           ->   Red Cross

Takes only what is named or told as a body; where somebody lives or comes from is no affiliation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Mention, Span

_BODIES: Final = ("organisation", "facility")
_LEADS: Final = re.compile(
    r"\s*(?:,?\s*who\s+)?(?:now\s+|also\s+|once\s+)?(?:leads|led|heads|headed|runs|ran|chairs|chaired|founded|"
    r"co-founded|commands|commanded|represents|represented|directs|directed|manages|managed|works\s+(?:for|at)|"
    r"worked\s+(?:for|at))\s+"
)
_BEHIND: Final = re.compile(r"(?:\s+of|,?\s+from|,\s+of|,?\s+with|,\s+at)\s+(?:the\s+)?")
#: What a country or state has: whoever holds it is tied to that place.
_OFFICE: Final = re.compile(
    r"\b(?:minister|premier|president|chancellor|king|queen|governor|gov|senator|sen|representative|rep|secretary|"
    r"mayor|ambassador|congressman|congresswoman|attorney general|lawmaker|mp|police chief)\b",
    re.IGNORECASE,
)
#: Bodies of a country that need no name: "the Indonesian military".
_OF_COUNTRY: Final = re.compile(
    r"\s+(?:(?:foreign|interior|defen[cs]e|health|finance|justice|education|national|federal|state|security|air|armed|"
    r"secret|intelligence|central|border)\s+){0,2}(?:military|army|navy|force|forces|police|government|ministry|"
    r"parliament|embassy|consulate|team|bank|service|services|guard|coastguard|mission|delegation|opposition)\b"
)
_PARTIES: Final = frozenset(
    "republican republicans democrat democrats democratic labour conservative conservatives tory liberal green "
    "libertarian hamas hezbollah fatah taliban".split()
)


_RELATIVE = re.compile(r"\b(?:who|which|that|whose|where)\b")


def named_within(text: str, span: Span, names: Sequence[Mention]) -> list[Span]:
    """Bodies in a title or apposition, up to its relative clause; places it says an office is "of" or begins with."""
    clause = _RELATIVE.search(text[span.start : span.end])
    end = span.start + clause.start() if clause else span.end
    inside = [each for each in names if span.start <= each.span.start and each.span.end <= end]
    found = (_body(text, each, span, end) for each in inside)
    return [body for body in found if body is not None]


def _body(text: str, name: Mention, span: Span, end: int) -> Span | None:
    before = text[span.start : name.span.start]
    if name.kind in _BODIES:
        return name.span
    if name.kind == "group":
        return _of_country(text, name, end)
    office = _OFFICE.search(text, span.start, end) is not None
    if name.kind == "place" and (re.search(r"\bof\s+(?:the\s+)?$", before) or (office and not before)):
        return name.span
    return None


def _of_country(text: str, name: Mention, end: int) -> Span | None:
    """A party as it stands; a people only with its body behind it."""
    body = _OF_COUNTRY.match(text, name.span.end, end)
    if body is None:
        return name.span if text[name.span.start : name.span.end].lower() in _PARTIES else None
    article = re.search(r"\bthe\s+$", text[: name.span.start][-6:])
    return Span(name.span.start - (len(article[0]) if article else 0), body.end())


def owner(text: str, title: Span, names: Sequence[Mention]) -> list[Span]:
    """Whose title it is: a place or a body with the mark of possession right before it."""
    office = _OFFICE.search(text, title.start, title.end) is not None
    return [
        each.span
        for each in names
        if 0 < title.start - each.span.end < 12
        and (each.kind in _BODIES or (office and each.kind == "place"))
        and re.fullmatch(r"['’]s?\s+(?:former\s+|then\s+)?", text[each.span.end : title.start])
    ]


def after_name(text: str, name: Span, names: Sequence[Mention]) -> list[Span]:
    """The body right behind a name: "Hugh Pennington of Aberdeen University"."""
    behind = _BEHIND.match(text, name.end)
    if behind is None:
        return []
    return [each.span for each in names if each.kind in _BODIES and each.span.start == behind.end()]


def led(text: str, name: Span, sentence: Span, names: Sequence[Mention]) -> list[Span]:
    """Bodies that the person leads or works for, named right after the verb."""
    verb = _LEADS.match(text, name.end, sentence.end)
    if verb is None:
        return []
    near = [each for each in names if verb.end() <= each.span.start <= verb.end() + 40 and each.kind != "person"]
    between = [each for each in near if not re.search(r"[,.;:]", text[verb.end() : each.span.start])]
    return [each.span for each in between if each.kind in (*_BODIES, "group")][:1]
