"""Firms that were taken for persons: `Tony Marlow Co.`, and "Marlow" where no person goes by that name.

A name with the ending of a firm is a firm's. So is its first word, or what stands before the ending, unless the report
names a person so in full. Changes the kinds of names, and where one ends only by the full stop of its abbreviation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.record import Document, Mention, Span, address
from onrecord.resolve.name_match import FIRM_ENDINGS, short_forms
from onrecord.resolve.traits import traits_of

#: Those that other names do not end in.
_ENDINGS: Final = FIRM_ENDINGS - {"cie", "nv", "ag", "spa"}
_ABBREVIATED: Final = frozenset(("Cos", "Co", "Corp", "Inc", "Ltd", "Cie"))


def with_firms(document: Document, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names, those of firms as organisations."""
    words = [traits_of(document, name).words for name in names]
    firms = {each for each in words if len(each) > 1 and (each[-1] in _ENDINGS or each[0] == "cie")}
    called = {each[:-1] for each in firms} | {(word,) for each in firms for word in short_forms(each)}
    people = {
        each[-1]
        for name, each in zip(names, words, strict=True)
        if name.kind == "person" and len(each) > 1 and each not in firms and each not in called
    }
    for name, each in zip(names, words, strict=True):
        firm = each in firms or (each in called and each[-1] not in people)
        whole = _with_stop(document, name) if each in firms else name
        yield replace(whole, kind="organisation") if firm and name.kind == "person" else whole


def _with_stop(document: Document, name: Mention) -> Mention:
    """`Kolb Cos.` where "Kolb Cos" was found: the full stop belongs to the abbreviation."""
    last = document.words(name.span).rpartition(" ")[2]
    if last not in _ABBREVIATED or not document.text.startswith(".", name.span.end):
        return name
    span = Span(name.span.start, name.span.end + 1)
    return replace(name, id=address(document.id, "mention", span), span=span)
