"""Names that were cut: those of bodies behind or before their country or place or behind an abbreviation, others too
behind a word that the report has with them elsewhere.

    Norwegian + Food Safety Authority     Hong Kong + Express     Rainbow + Kenya     Cie. + Financiere de Suez

A body that goes by a common word hardly goes without its place when the two stand side by side, and neither does one
that the report never names without it; "the Japanese Toyota" stays two names. Looks at all names of a report, not only
at sources.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.record import Document, Mention, Span, address
from onrecord.resolve.traits import gender_of_name

#: Bodies by a common word, at the end ("Power Company") or before what they are for ("Center for Human Rights").
_COMMON: Final = re.compile(
    r"(?:.*\s)?(?:Academy|Administration|Agency|Army|Association|Authority|Board|Bureau|Center|Centre|Chamber|College|Commission"
    r"|Committee|Company|Corporation|Council|Court|Daily|Department|Directorate|Exchange|Executive|Federation|Forum|Foundation|Fund"
    r"|Government|Institute|Ministry|Nation|Observatory|Office|Organi[sz]ation|Parliament|Police|Service|Society|Union"
    r"|University|Weekly|(?:Central|Development|Investment|Reserve|Savings|Export-Import) Bank"
    r"|(?:Supreme|High|Appeals|District|Circuit) Court|Court of Appeals)"
    r"(?:\s(?:for|of|against|on)\s.+)?"
)


def with_places(document: Document, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names in text order, bodies joined to the places and peoples right before them, or right behind."""
    whole: list[Mention] = []
    for name in sorted(names, key=lambda mention: (mention.span.start, -mention.span.end), reverse=True):
        after = whole[-1] if whole else None
        if after is not None and _belong(document, name, after):
            span, kind = Span(name.span.start, after.span.end), after.kind if name.kind != "organisation" else name.kind
            whole[-1] = replace(after, id=address(document.id, "mention", span), span=span, kind=kind)
        else:
            whole.append(name)
    yield from (_with_number(document, name) for name in reversed(whole))


def _with_number(document: Document, name: Mention) -> Mention:
    """`9th Circuit Court of Appeals`: circuits and districts go by their numbers."""
    if name.kind != "organisation" or not _NUMBERED.match(document.text, name.span.start):
        return name
    number = _NUMBER.search(document.text, max(name.span.start - _ABBREVIATED, 0), name.span.start)
    span = name.span if number is None else Span(number.start(), name.span.end)
    return replace(name, id=address(document.id, "mention", span), span=span)


def full_elsewhere(document: Document, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names in text order, those made whole that the report has with one word more: `Hedge` that stands behind
    "Nil" where "Nil Hedge" is a name, too. A body by its shorter form is no person by its longer one."""
    words = [document.words(name.span) for name in names]
    known = {each for each in words if " " in each}
    parts = {each.partition(" ")[2] for each in known}
    ends = {name.span.end for name in names}
    spans = [
        _with_word(document, name.span, known, ends) if each in parts else name.span
        for name, each in zip(names, words, strict=True)
    ]
    if all(span == name.span for span, name in zip(spans, names, strict=True)):
        yield from names
        return
    whole = [(name.kind, document.words(span)) for name, span in zip(names, spans, strict=True) if span != name.span]
    bodies = {
        each for kind, each in whole if kind == "organisation" and not gender_of_name(tuple(each.lower().split()))
    }
    for name, span in zip(names, spans, strict=True):
        kind = "organisation" if name.kind == "person" and document.words(span) in bodies else name.kind
        changed = span != name.span or kind != name.kind
        yield replace(name, id=address(document.id, "mention", span), span=span, kind=kind) if changed else name


def _with_word(document: Document, name: Span, known: Collection[str], ends: Collection[int]) -> Span:
    before = _WORD_BEFORE.search(document.text, max(name.start - _LONGEST, 0), name.start)
    if before is None or before.end("word") in ends:
        return name
    whole = Span(before.start("word"), name.end)
    return whole if document.words(whole) in known else name


def _belong(document: Document, first: Mention, second: Mention) -> bool:
    between = document.text[first.span.end : second.span.start]
    if between in ("'", "’"):  # `St. John` + `s Ambulance`, cut at the mark of possession
        return second.kind in _BODIES and document.text.startswith("s ", second.span.start)
    if between == ". ":
        return _is_abbreviated(document, first, second)
    if between != " ":
        return False
    if first.kind in _PLACES and second.kind in _BODIES:
        words = document.words(second.span)
        national = (
            first.kind == "group" and "Court" in words
        )  # "the Norlandish Supreme Court" is called so by others only
        common = (_COMMON.fullmatch(words) is not None and not national) or words[0].islower()
        return common or (first.kind == "place" and _never_alone(document, second, first, "{other} {name}"))
    return first.kind == "organisation" and second.kind == "place" and _is_branch(document, first, second)


def _is_abbreviated(document: Document, first: Mention, second: Mention) -> bool:
    """`Cie. Financiere de Suez`: the full stop ends a word and no sentence."""
    word = document.words(first.span)
    bodies = first.kind in _BODIES and second.kind in _BODIES
    ends = any(first.span.end < sentence.end <= second.span.start for sentence in document.sentences)
    return bodies and len(word) <= _ABBREVIATED and " " not in word and not ends


def _never_alone(document: Document, name: Mention, other: Mention, form: str) -> bool:
    """`Hong Kong Express`: the report has the one never without the other. Countries by their letters go with bodies of
    theirs, which need not have them in their names: the "U.S." Congress."""
    words, beside = document.words(name.span), document.words(other.span)
    if _LETTERS.fullmatch(beside) and f"{beside} {words} ({beside}" in document.text:
        return True  # `UK Rowing Integrity (UKRI)`
    if _LETTERS.fullmatch(beside) or not _PLAIN.fullmatch(words):
        return False
    together = document.text.count(form.format(name=words, other=beside))
    return together == len(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", document.text))


def _is_branch(document: Document, body: Mention, place: Mention) -> bool:
    """`Rainbow Kenya`, which the report names so more than once."""
    words = f"{document.words(body.span)} {document.words(place.span)}"
    return document.text.count(words) > 1 and _never_alone(document, body, place, "{name} {other}")


_NUMBERED: Final = re.compile(r"(?:U\.S\.\s)?(?:Circuit|District)\b")
_NUMBER: Final = re.compile(r"(?<![\w.-])\d{1,2}(?:st|nd|rd|th) \Z")
_WORD_BEFORE: Final = re.compile(r"(?<![\w.’'-])(?P<word>[A-Z][\w’'-]+) \Z")
#: Letters of a word before a name.
_LONGEST: Final = 20
_PLACES: Final = ("place", "group")
_BODIES: Final = ("organisation", "facility")
#: Letters of an abbreviation that opens a name.
_ABBREVIATED: Final = 5
_LETTERS: Final = re.compile(r"(?:[A-Z]\.?){2,4}")
#: A name that is no acronym and has no other mark in it than a hyphen.
_PLAIN: Final = re.compile(r"[A-Z][a-z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}")
