"""Names that nothing but their place gives away: the whole source of a statement, and no name was found in it.

    according to The Guardian …     WHO describes …     Titus Mung'ou, spokesman for the Red Cross, told …

Says what is a name there, and whether of a person or a body. Looks only at sources without any name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from onrecord.record import Document, Mention, MentionKind, Span, address
from onrecord.resolve.name_match import core
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.source_types import is_document_noun
from onrecord.resolve.traits import gender_of_name

_LETTERS: Final = re.compile(r"(?:[Tt]he\s+)?(?P<name>[A-Z]{2,6}|[A-Z]&[A-Z])")
_ONE_WORD: Final = re.compile(r"[Tt]he\s+(?P<name>[A-Z][a-z]{2,}[A-Za-z]*)")
_PERSON: Final = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z]\.)?(?:\s(?:de|van|von|al|bin|der|la|da|di))?(?:\s[A-Z][\w’'-]+){1,2})"
    r"(?=$|,\s(?P<told>[^,]{3,60})|\s\(|\sof\s[A-Z])"
)
#: What somebody is called on a network, with what is told behind: `@harrow_jen, who keeps sheep`.
_HANDLE: Final = re.compile(r"(?P<name>@\w{3,30})(?=$|,|\s\()")
#: Words with a capital that are no name: nationals, adherents, offices, bodies called by what they are.
_COMMON: Final = re.compile(
    r"(?:\w+(?:ans|ians|ese|ists|crats|ers|ors|ish|can|ian)|Court|House|Senate|Congress|Bank|Board|Commission|Committee"
    r"|Council|Department|Ministry|Government|Company|Party|Union|University|School|Church|State|City|County|Embassy"
    r"|Pres|Sen|Rep|Gov|Team|Camp|Pastor|Prime|Attorney|Secretary|Democrat|Republican|Association|Agency|Army|Parliament|Cabinet|Treasury|French|Dutch|Swiss|Irish|Greeks|Turks|Arabs|Jews)"
)
#: Papers whose names are common words, or look like those of nationals.
_PAPERS: Final = frozenset(
    """Guardian Economist Independent Australian Scotsman Observer Mirror Sun Star Herald Tribune Express Telegraph
    Times Post Atlantic Intercept Hill Nation Spectator Onion Citizen Journal Chronicle Examiner Globe""".split()
)
#: Two-letter words in capitals that name nobody.
_NOBODY: Final = frozenset(("QA", "AM", "PM", "TV", "OK", "HE", "SHE", "WE", "IT", "MR", "MS", "DR", "THE", "AND"))


#: A given name, and perhaps an initial, right before a surname.
_GIVEN: Final = re.compile(r"(?<![\w.’'-])(?P<given>[A-Z][a-z]+)(?: [A-Z]\.)? \Z")
#: Given names that open sentences and stand before names as common words, too.
_WORDS_TOO: Final = frozenset(
    "will mark grant drew may april june august hope faith grace joy bill rob sue chance easter".split()
)
_LONGEST_GIVEN: Final = 20


#: A given name and what may be a surname.
_WHOLE: Final = re.compile(
    r"(?<![\w.’'-])(?P<given>[A-Z][a-z]+)\s(?:[A-Z]\.\s)?(?P<surname>[A-Z][\w-]*[a-z])(?![\w-]|[’'](?!s\b))(?!\s[A-Z])"
)


class MissedName(NamedTuple):
    """Where a name stands, and what of."""

    span: Span
    kind: MentionKind


def missed_name(document: Document, source: Span) -> MissedName | None:
    """The name that a source without any found name is; None when it is a description."""
    return missed_handle(document, source) or _body(document, source) or _person(document, source)


def missed_handle(document: Document, source: Span) -> MissedName | None:
    """The handle that a source is, or opens with."""
    match = _HANDLE.match(document.text, source.start, source.end)
    return None if match is None else MissedName(Span(*match.span("name")), "person")


def with_given_names(document: Document, names: Sequence[Mention]) -> Iterator[Mention]:
    """`Chuck Grassley` where only "Grassley" was found: a known given name right before a surname belongs to it."""
    longer = {name.span: whole for name in names if (whole := _with_given(document, name, names)) != name.span}
    for name in names:
        span = longer.get(name.span)
        if span is not None:
            yield replace(name, id=address(document.id, "mention", span), span=span)
        elif not any(whole.covers(name.span) for whole in longer.values()):  # else the given name, found for itself
            yield name


def missed_people(document: Document, names: Sequence[Mention]) -> Iterator[str]:
    """`Jorun Halvik` where no name was found, by a known given name, and `Halvik`."""
    for span in _whole_names(document, names):
        yield document.words(span)
        surname = document.words(span).split()[-1]
        if not _is_common(surname, document):
            yield surname


def _is_common(word: str, document: Document) -> bool:
    return re.search(rf"\b{word.lower()}\b", document.text) is not None


def _whole_names(document: Document, names: Sequence[Mention]) -> Iterator[Span]:
    taken = sorted(name.span for name in names if not _is_given(name, document))
    for match in _WHOLE.finditer(document.text):
        span, given, surname = Span(*match.span()), match["given"].lower(), match["surname"].lower()
        if not gender_of_name((given, surname)) or given in _WORDS_TOO or given in ROLES or surname in ROLES:
            continue
        if core((given, surname)) != (given, surname):  # `Mr Lund`
            continue
        if _COMMON.fullmatch(match["surname"]) or is_document_noun(surname) or _is_taken(taken, span):
            continue
        yield span


def _is_given(name: Mention, document: Document) -> bool:
    """`Jorun` Halvik, cut behind the given name."""
    words = document.words(name.span)
    return name.kind == "person" and gender_of_name((words.lower(), "")) != ""


def _is_taken(taken: Sequence[Span], span: Span) -> bool:
    at = bisect_left(taken, span)
    return any(one.overlaps(span) for one in taken[max(at - 1, 0) : at + 1])


def _with_given(document: Document, name: Mention, names: Sequence[Mention]) -> Span:
    if name.kind != "person" or " " in document.words(name.span):
        return name.span
    span = Span(_given_start(document, name.span), name.span.end)
    if span == name.span:
        return span
    others = (other for other in names if other.span != name.span and other.span.overlaps(span))
    return span if all(other.kind == "person" and span.covers(other.span) for other in others) else name.span


def _given_start(document: Document, surname: Span) -> int:
    text = document.text
    match = _GIVEN.search(text, max(surname.start - _LONGEST_GIVEN, 0), surname.start)
    if match is None:
        return surname.start
    given, before = match["given"].lower(), text[max(match.start() - 2, 0) : match.start()]
    words = (given, document.words(surname).lower())
    if not gender_of_name(words) or given in ROLES or core(words) != words:
        return surname.start
    return surname.start if given in _WORDS_TOO and not re.search(r"[\w,] \Z", before) else match.start()


def _body(document: Document, source: Span) -> MissedName | None:
    letters = _LETTERS.fullmatch(document.text, source.start, source.end)
    if letters is not None and letters["name"] not in _NOBODY:
        return MissedName(Span(*letters.span("name")), "organisation")
    word = _ONE_WORD.fullmatch(document.text, source.start, source.end)
    if word is None or not _is_name(word["name"], document):
        return None
    return MissedName(Span(*word.span("name")), "organisation")


def _is_name(word: str, document: Document) -> bool:
    """Neither an office nor a kind of body nor a text, and never written without its capital."""
    if word in _PAPERS:
        return True
    small = word.lower()
    common = _COMMON.fullmatch(word) or small in ROLES or small.removesuffix("s") in ROLES or is_document_noun(small)
    return not common and not _is_common(word, document)


def _person(document: Document, source: Span) -> MissedName | None:
    match = _PERSON.match(document.text, source.start, source.end)
    if match is None:
        return None
    words = tuple(match["name"].lower().split())
    if any(word in ROLES or is_document_noun(word) for word in words) or _COMMON.fullmatch(match["name"].split()[-1]):
        return None
    told = frozenset(re.findall(r"\w+", (match["told"] or "").lower()))
    if not gender_of_name(words) and told.isdisjoint(ROLES):
        return None
    return MissedName(Span(*match.span("name")), "person")
