"""Names of firms as far as their legal form: `Corp.` alone names nobody, and what stands before it is half a name.

    Hadrill + Corp.     General Cables, its Corp. left out     John + Sorrel Ltd.     N.V. + ADM

A legal form ends the run of capitals before it, and both are one name. Looks at all names of a report, not only at
sources.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from onrecord.record import Document, Mention, Span, address
from onrecord.resolve.particulars import ROLES

_SHORT: Final = r"(?:Inc|Corp|Ltd|Cos?|N\.V|S\.A|S\.p\.A)\.?|Bhd|PLC|Plc|LLC|LLP|GmbH"
#: Behind a word on the same line.
_FORM: Final = re.compile(rf" (?P<form>{_SHORT}|Limited|Incorporated)(?![\w&-])")
_ALONE: Final = re.compile(_SHORT)
_ENDED: Final = re.compile(rf" (?:{_SHORT})\Z")
_WORD: Final = re.compile(r"[^\s,;:()“”\"—–]{1,30} \Z")
_CAPITAL: Final = re.compile(r"[A-Z][\w&’'-]*\w|(?:[A-Z]\.){1,3}|[A-Z]")
#: What has a capital only for the sentence that it opens, the calendar, or how somebody is addressed.
_NO_PART: Final = frozenset(
    "the a an and but at in on of for from with by as if when while after before since because though although its "
    "his her their our this that these those some both even only now then yesterday today tomorrow monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december mr mrs ms dr sen rep gov".split()
)
_PLACED: Final = re.compile(r"\b(?:[Tt]he|[Ii]n|[Aa]t|[Nn]ear) \Z")
_POSSESSIVE: Final = ("'s ", "’s ")
_HYPHENED: Final = re.compile(r"(?:-[A-Z][\w’']*)+ ")
_JOINS: Final = ("&", "amp")
#: Letters of the longest short form, with its full stops.
_LONGEST: Final = 6
#: How far back the word before a form is looked for.
_REACH: Final = 32


class _Names(NamedTuple):
    """The names of a report by where they begin and where they end, where its sentences begin, and which words some of
    its names have before "of"."""

    beginning: dict[int, Mention]
    ending: dict[int, Mention]
    sentences: frozenset[int]
    before_of: frozenset[str]


def with_forms(document: Document, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names, those of firms from their first word to their legal form; `names` in text order."""
    forms = [Span(*match.span("form")) for match in _FORM.finditer(document.text)]
    alone = [name for name in names if len(name.span) <= _LONGEST and _ALONE.fullmatch(document.words(name.span))]
    if not forms and not alone:
        yield from names
        return
    wholes = _wholes(document, forms, alone, names)
    taken = sorted(whole.span for whole in wholes.values())
    yield from wholes.values()
    for name in names:
        at = bisect_left(taken, name.span)
        inside = any(span.overlaps(name.span) for span in taken[max(0, at - 1) : at + 1])
        if not inside and name not in alone:
            yield name


def _wholes(
    document: Document, forms: Sequence[Span], alone: Sequence[Mention], names: Sequence[Mention]
) -> dict[int, Mention]:
    """By their beginnings, the names that were cut at a legal form."""
    known = _Names(
        {name.span.start: name for name in names},
        {name.span.end: name for name in names},
        frozenset(sentence.start for sentence in document.sentences).difference(form.start for form in forms),
        frozenset(_before_of(document, names)),
    )
    wholes = {whole.span.start: whole for whole in _opened(document, alone, known)}
    for whole in _ended(document, forms, names, known):
        wholes[whole.span.start] = whole  # `Sorrel Co. Ltd.` takes the place of `Sorrel Co.`
    return wholes


def _before_of(document: Document, names: Sequence[Mention]) -> Iterator[str]:
    for name in names:
        first, of, _ = document.words(name.span).partition(" of ")
        if of and name.kind == "organisation":
            yield first


def _opened(document: Document, alone: Sequence[Mention], known: _Names) -> Iterator[Mention]:
    """`N.V. ADM`: the form stands first."""
    for name in alone:
        after = known.beginning.get(name.span.end + 1)
        if after is not None and after.kind == "organisation" and _opens(document, name):
            yield _whole(document, after, Span(name.span.start, after.span.end))


def _opens(document: Document, name: Mention) -> bool:
    before = document.text[max(name.span.start - 2, 0) : name.span.start]
    return document.words(name.span) in ("N.V.", "S.A.", "P.T.", "PT") and not before[:1].isalnum()


def _ended(document: Document, forms: Sequence[Span], names: Sequence[Mention], known: _Names) -> Iterator[Mention]:
    """`General Cables` + `Corp.`: the form stands last."""
    starts = [name.span.start for name in names]
    for form in forms:
        at = bisect_right(starts, form.start) - 1
        last = names[at] if at >= 0 else None
        if last is None or last.span.end > form.end:  # `Cable Corp. of Norland`
            continue
        start = _beginning(document.text, form, last, known)
        if start is not None and (start, form.end) != (last.span.start, last.span.end):
            whole = _whole(document, last, Span(start, form.end))
            known.ending[form.end] = whole
            yield whole


def _whole(document: Document, name: Mention, span: Span) -> Mention:
    return replace(name, id=address(document.id, "mention", span), span=span, kind="organisation")


def _beginning(text: str, form: Span, last: Mention, known: _Names) -> int | None:
    """Where the run of capitals before a form begins; None where no word of it was found to be a name. `last` is the
    name nearest to the form, which it may be cut in."""
    cut = last.span.overlaps(form)
    start = last.span.start if cut else form.start
    named = start < form.start
    while (word := _word_before(text, start, known)) is not None:
        before = _name_before(text, word, form, known)
        if before is None and (named or not _is_part(text, word, known)):
            break
        named = named or before is not None
        start = word.start if before is None else before
    return start if start < form.start and (named or cut) else None


def _word_before(text: str, start: int, known: _Names) -> Span | None:
    """The word right before a place in a sentence."""
    match = None if start in known.sentences else _WORD.search(text, max(start - _REACH, 0), start)
    return None if match is None else Span(match.start(), match.end() - 1)


def _name_before(text: str, word: Span, form: Span, known: _Names) -> int | None:
    """Where the name begins that ends with a word, if it is of the firm's: `John`, `Hattie` + "'s", `Hill` + "&", and
    `First` + "of" where the report has "First of Norland" too."""
    name = known.ending.get(word.end)
    if name is not None:
        if _ENDED.search(text, name.span.start, name.span.end) and word.end + 1 != form.start:
            return None  # `shares of Sorrel Co. Hadrill Corp. fell`, where no sentence was found to end
        placed = name.kind in ("place", "group") and _PLACED.search(text, max(name.span.start - 6, 0), name.span.start)
        return None if placed else name.span.start
    begun = known.beginning.get(word.start)
    if begun is not None and begun.span.end < word.end:
        rest = text[begun.span.end : word.end + 1]
        owns = rest in _POSSESSIVE and word.end + 1 == form.start
        return word.start if owns or _HYPHENED.fullmatch(rest) else None
    small = text[word.start : word.end]
    joined = _word_before(text, word.start, known) if small in _JOINS or small == "of" else None
    if joined is None or (small == "of" and text[joined.start : joined.end] not in known.before_of):
        return None
    return _name_before(text, joined, form, known)


def _is_part(text: str, word: Span, known: _Names) -> bool:
    """Whether a word that was found to be no name looks like part of one."""
    words = text[word.start : word.end]
    small = words.lower()
    if not _CAPITAL.fullmatch(words) or small in _NO_PART or small in ROLES:
        return False
    return word.start not in known.sentences or small not in text
