"""Firms that were taken for persons: `Tony Marlow Co.`, and "Marlow" where no person goes by that name.

A name with the ending of a firm is a firm's. So is its first word, or what stands before the ending, unless the report
names a person so in full or by a title. Changes the kinds of names, and where one ends only by the full stop of its
abbreviation. Says which short forms belong to which firm.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.record import Document, Mention, Span, address
from onrecord.resolve.introduced_bodies import introduced
from onrecord.resolve.name_match import FIRM_ENDINGS, fold, goes_by_first, is_firm, short_forms
from onrecord.resolve.traits import gender_of_name, traits_of

#: Those that other names do not end in.
_ENDINGS: Final = FIRM_ENDINGS - {"cie", "nv", "ag", "spa"}
_ABBREVIATED: Final = frozenset(("Cos", "Co", "Corp", "Inc", "Ltd", "Cie"))
_LOCATES: Final = "[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|to|into|around|across|throughout|outside|inside|leave|left|visited"
_INITIALS: Final = re.compile(r"(?:[a-z]\.?){1,3}")
_TITLED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Sen|Rep|Gov|Judge|President)\.? \Z")


def with_firms(document: Document, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names, those of firms as organisations."""
    words = [traits_of(document, name).words for name in names]
    firms = {each for each in words if len(each) > 1 and (each[-1] in _ENDINGS or each[0] == "cie")}
    called = {short for each in firms for short in _called(each)}
    called |= {short for name, each in zip(names, words, strict=True) for short in _of_body(name, each)}
    called |= {(short,) for short in introduced(document, names, words)}
    people = set(_surnames(document, names, words, firms | called))
    for name, each in zip(names, words, strict=True):
        firm = each in firms or (_as_called(each) in called and each[-1] not in people)
        whole = _with_stop(document, name) if each in firms else name
        if name.kind == "organisation" and len(each) == 1 and _is_titled(document, name):
            yield replace(name, kind="person")  # `Mr. Marlow`, though there is a Marlow Co.
        elif name.kind == "place" and each in called and _is_no_place(document, document.words(name.span)):
            yield replace(name, kind="organisation")
        else:
            yield replace(whole, kind="organisation") if firm and name.kind == "person" else whole


def _as_called(words: tuple[str, ...]) -> tuple[str, ...]:
    return words if len(words) > 1 else (fold(words[0]),)


def _called(firm: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What a firm goes by: `Polly Marlow International Inc.` also by "Polly Marlow"."""
    yield from ((word,) for word in (*short_forms(firm), *_surname(firm)))
    yield from (firm[:end] for end in range(2, len(firm)))


def _of_body(name: Mention, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """`Osterby` of "Osterby Savings Bank", which was found to be a body."""
    if name.kind == "organisation" and is_firm(words):
        yield from ((word,) for word in short_forms(words))
    if name.kind == "organisation" and goes_by_first(words):
        yield words[:1]


def _surname(firm: tuple[str, ...]) -> tuple[str, ...]:
    """`Marlow` of a firm that is called as its founder, "Tony Marlow Co.", or has letters for the founder's names."""
    bare = tuple(word for word in firm if word not in FIRM_ENDINGS)
    founder = len(bare) == 2 and len(firm) > 2 and (gender_of_name(bare) or _INITIALS.fullmatch(bare[0]))
    return bare[1:] if founder else ()


def _surnames(
    document: Document, names: Sequence[Mention], words: Sequence[tuple[str, ...]], firms: Collection[tuple[str, ...]]
) -> Iterator[str]:
    """Those of the persons whom a report names in full, or by a title."""
    for name, each in zip(names, words, strict=True):
        if name.kind == "person" and (each not in firms if len(each) > 1 else _is_titled(document, name)):
            yield each[-1]


def _is_titled(document: Document, name: Mention) -> bool:
    return _TITLED.search(document.text, max(name.span.start - 12, 0), name.span.start) is not None


def _is_no_place(document: Document, words: str) -> bool:
    """`Osterby` that nobody is ever in or from, and that has and says things: the Osterby Savings Bank."""
    if " " in words or re.search(rf"(?:{_LOCATES}) {words}\b|\b{words}, [A-Z]", document.text):
        return False
    acts = re.findall(rf"\b{words}(?:[’']s\b| (?:said|says|announced|reported|expects|plans)\b)", document.text)
    return len(acts) > 1


def _with_stop(document: Document, name: Mention) -> Mention:
    """`Kolb Cos.` where "Kolb Cos" was found: the full stop belongs to the abbreviation."""
    last = document.words(name.span).rpartition(" ")[2]
    if last not in _ABBREVIATED or not document.text.startswith(".", name.span.end):
        return name
    span = Span(name.span.start, name.span.end + 1)
    return replace(name, id=address(document.id, "mention", span), span=span)


def firm_aliases(document: Document, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Rows of mentions: a firm, and the word that it goes by, if no other firm of the report may: "Selby" is the Selby
    Pacific Corp., though that is called "Selby Pacific", too."""
    words = [traits_of(document, each).words if each.form == "name" else () for each in mentions]
    rows: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for row, each in enumerate(words):
        if mentions[row].kind == "organisation" and is_firm(each):
            for short in (*short_forms(each), *_surname(each)):
                rows[short].setdefault(each, row)
    named = [row for row, each in enumerate(words) if each]
    told = introduced(document, [mentions[row] for row in named], [words[row] for row in named])
    for short, place in told.items():
        rows[short].setdefault(words[named[place]], named[place])
    for row, each in enumerate(words):
        firms = rows.get(fold(each[0]), {}) if len(each) == 1 and mentions[row].kind == "organisation" else {}
        if len(firms) == 1:
            yield next(iter(firms.values())), row
