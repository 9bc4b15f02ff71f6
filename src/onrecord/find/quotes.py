"""Quotation marks -> quoted regions.

Reads every typography that news uses: curly, straight, doubled singles, backticks, low-9, guillemets, British single
marks beside apostrophes, and all of these mixed or broken. Works block by block in one pass, in linear time. It knows
nothing of who speaks, nor whether a region is speech at all: titles and scare quotes are regions too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.record import STORY_KINDS, Document, Span

Family = Literal["double", "single", "guillemet"]
Side = Literal["open", "close", "either"]

_MARKS = re.compile(r"``|''|[“”„‟\"«»‹›‘’‚‛'＂]")
_DOUBLE, _GUILLEMET = frozenset(("``", "''", *'“”„‟"＂')), frozenset("«»‹›")
_OPENS_AFTER = frozenset("([{<—–-/…“‘„‚«‹\"'*")
_CLOSES_BEFORE = frozenset(")]}>—–-/…,.;:!?”’»›\"'*")
#: An apostrophe that begins a word: '90s, 'em, 'tis. Nothing is quoted there.
_ELISION = re.compile(
    r"(?:\d|(?:em|til|till|tis|twas|twere|cause|bout|round|n|un|er|im|neath|cept|fraid|ere|ome|ouse|ead|undred|ello|orse)\b)",
    re.IGNORECASE,
)


_SENTENCE_END = re.compile(r"[.?!…—–-]['’\"”)\]]*$")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted region inside one block: `span` with its marks, `inner` without them.

    `depth` is 1 for a quote that stands in no other. `closed` says that its closer is there; `continues` that it
    carries on the quote of the block before. `sure` is False where a mark is missing and had to be guessed."""

    span: Span
    inner: Span
    depth: int
    family: Family
    closed: bool = True
    sure: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: Family
    side: Side
    weak: bool = False  # may as well be the apostrophe of a plural: workers'
    glyph: str = ""


def find_quotes(document: Document) -> tuple[Quote, ...]:
    """Every quoted region of the story's blocks, in text order; an outer region comes before those inside it."""
    found: list[Quote] = []
    carried: Family | None = None
    blocks = [block for block in document.blocks if block.kind in STORY_KINDS]
    for number, block in enumerate(blocks):
        following = blocks[number + 1].span if number + 1 < len(blocks) else None
        quotes = _quotes_of_block(document, block.span, following)
        if carried and quotes and _starts_block(document.text, block.span, quotes[0].span):
            quotes = (replace(quotes[0], continues=quotes[0].family == carried, sure=True), *quotes[1:])
        carried = next(
            (quote.family for quote in quotes if not quote.closed and quote.span.end == block.span.end), None
        )
        found.extend(quotes)
    return tuple(found)


def ends_a_sentence(inner: str) -> bool:
    """Whether the words inside a quote end with the mark of a sentence, or with a dash."""
    return _SENTENCE_END.search(inner) is not None


def is_title(inner: str) -> bool:
    """Whether quoted words look like the title of a work: capitals throughout, and no end of a sentence."""
    words = [word for word in re.findall(r"[^\W\d_]+", inner) if len(word) > 3]
    unfinished = not ends_a_sentence(inner)
    return len(words) > 1 - unfinished and len(inner.split()) <= 8 and all(word[0].isupper() for word in words)


def _quotes_of_block(document: Document, block: Span, following: Span | None) -> tuple[Quote, ...]:
    marks = _marks(document.text, block)
    if not marks:
        return ()
    reopened = _first_family(document.text, following)
    quotes = _match(marks, document, block, reopened)
    return tuple(sorted(quotes, key=lambda quote: (quote.span.start, -quote.span.end)))


def _starts_block(text: str, block: Span, span: Span) -> bool:
    return not text[block.start : span.start].strip()


def _first_family(text: str, block: Span | None) -> Family | None:
    """The family of the mark that a block begins with, if it begins with one."""
    if block is None:
        return None
    marks = _marks(text, Span(block.start, min(block.end, block.start + 80)))
    return marks[0].family if marks and _starts_block(text, block, Span(marks[0].start, marks[0].end)) else None


def _marks(text: str, block: Span) -> tuple[_Mark, ...]:
    raw = (_mark(text, block, match) for match in _MARKS.finditer(text, block.start, block.end))
    return _pair_singles(tuple(mark for mark in raw if mark))


def _mark(text: str, block: Span, match: re.Match[str]) -> _Mark | None:
    glyph, start, end = match.group(), match.start(), match.end()
    left = text[start - 1] if start > block.start else " "
    right = text[end] if end < block.end else " "
    if glyph in _DOUBLE or glyph in _GUILLEMET:
        side = _side(glyph, left, right)
        return _Mark(start, end, "double" if glyph in _DOUBLE else "guillemet", side, glyph=glyph)
    return _single(glyph, start, left, right, text[end : end + 8])


def _may_open(left: str) -> bool:
    return left.isspace() or left in _OPENS_AFTER


def _may_close(right: str) -> bool:
    return right.isspace() or right in _CLOSES_BEFORE


def _side(glyph: str, left: str, right: str) -> Side:
    opens, closes = _may_open(left) and not right.isspace(), _may_close(right) and not left.isspace()
    if glyph in "„‟``":
        return "open"
    if glyph in "“«‹" and not (closes and not _may_open(left)):
        return "open"
    if glyph in "”»›" and not (opens and right.isalnum()):
        return "close"
    return "either" if opens == closes else "open" if opens else "close"


def _single(glyph: str, start: int, left: str, right: str, after: str) -> _Mark | None:
    end = start + 1
    opens = _may_open(left) and (right.isalnum() or right in '“"([$£€') and not _ELISION.match(after)
    if glyph in "‘‚‛":
        return _Mark(start, end, "single", "open") if _may_open(left) and not right.isspace() and opens else None
    if opens and (glyph == "'" or right.isupper()):
        return _Mark(start, end, "single", "open")
    if left.isspace() or right.isalnum():
        return None
    return _Mark(start, end, "single", "close", weak=left in "sSzx" and right == " ")


def _pair_singles(marks: tuple[_Mark, ...]) -> tuple[_Mark, ...]:
    """Drops the single marks that are apostrophes: openers that nothing closes and closers that close nothing."""
    partner = _partners(marks)
    kept = {*partner, *partner.values(), *_first_opener(marks)}
    return tuple(mark for number, mark in enumerate(marks) if mark.family != "single" or number in kept)


def _first_opener(marks: tuple[_Mark, ...]) -> tuple[int, ...]:
    """A block's first single mark, if an opener: though never closed there, it may run on into the next block."""
    singles = [number for number, mark in enumerate(marks) if mark.family == "single"]
    return tuple(number for number in singles[:1] if marks[number].side == "open")


def _partners(marks: tuple[_Mark, ...]) -> dict[int, int]:
    """Opener -> closer of the single marks: the first closer that is no plural apostrophe, or else the first plural."""
    partner: dict[int, int] = {}
    opener: int | None = None
    for number, mark in enumerate(marks):
        if mark.family != "single":
            continue
        if mark.side == "open":
            opener = number
        elif opener is not None and (opener not in partner or (marks[partner[opener]].weak and not mark.weak)):
            partner[opener] = number
    return partner


@dataclass(frozen=True, slots=True)
class _Block:
    document: Document
    span: Span
    reopened: Family | None


def _match(marks: tuple[_Mark, ...], document: Document, span: Span, reopened: Family | None) -> tuple[Quote, ...]:
    """Matches openers with closers on a stack; what stays open or closes nothing becomes an unsure region."""
    block = _Block(document, span, reopened)
    stack: list[_Mark] = []
    quotes: list[Quote] = []
    for number, mark in enumerate(marks):
        side = _resolved_side(mark, stack)
        if side == "close" and not (not stack and _leads_in(marks, number, document.text)):
            quotes.extend(_close(mark, stack, quotes, block))
        else:
            quotes.extend(_unclosed_before(marks, number, stack))
            stack.append(mark)
    quotes.extend(_still_open(stack, block))
    return tuple(quotes)


def _leads_in(marks: Sequence[_Mark], number: int, text: str) -> bool:
    """`said," We know".`: set to the wrong side of its blank, behind a comma or colon, and closed by the next mark."""
    mark = marks[number]
    if number + 1 >= len(marks) or mark.start == 0 or text[mark.start - 1] not in ",:" or mark.glyph in "”»":
        return False
    following = marks[number + 1]
    return following.family == mark.family and following.side == "close"


def _resolved_side(mark: _Mark, stack: list[_Mark]) -> Side:
    is_open = any(opener.family == mark.family for opener in stack)
    if mark.side == "either":
        return "close" if is_open else "open"
    low = any(opener.glyph in "„‟" for opener in stack if opener.glyph)
    if mark.glyph == "“" and low:
        return "close"
    reversed_guillemets = any(opener.glyph in "»›" for opener in stack if opener.glyph)
    return "close" if mark.glyph in ("«", "‹") and reversed_guillemets else mark.side


def _close(mark: _Mark, stack: list[_Mark], quotes: list[Quote], block: _Block) -> Iterator[Quote]:
    depth = next((place for place in range(len(stack), 0, -1) if stack[place - 1].family == mark.family), 0)
    if depth:
        opener = stack[depth - 1]
        del stack[depth - 1 :]
        if opener.end < mark.start:
            yield Quote(Span(opener.start, mark.end), Span(opener.end, mark.start), depth, mark.family)
    elif mark.family != "single" and not _measure(block.document.text, mark):
        yield from _unopened(mark, quotes, block)


def _measure(text: str, mark: _Mark) -> bool:
    """Inches and seconds: 5'10", 6"."""
    return mark.start > 0 and text[mark.start - 1].isdigit()


def _unopened(mark: _Mark, quotes: list[Quote], block: _Block) -> Iterator[Quote]:
    """A closer without opener: the region is guessed to begin with its sentence, or where the last quote ended."""
    sentence = _sentence_start(block.document, mark.start - 1)
    start = max(sentence, block.span.start, quotes[-1].span.end if quotes else 0)
    text = block.document.text
    while start < mark.start and text[start].isspace():
        start += 1
    if start < mark.start:
        runs_on = not text[block.span.start : start].strip()
        yield Quote(Span(start, mark.end), Span(start, mark.start), 1, mark.family, sure=False, continues=runs_on)


def _sentence_start(document: Document, place: int) -> int:
    low, high = 0, len(document.sentences)
    while low < high:
        middle = (low + high) // 2
        if document.sentences[middle].start <= place:
            low = middle + 1
        else:
            high = middle
    return document.sentences[low - 1].start if low else 0


def _unclosed_before(marks: tuple[_Mark, ...], number: int, stack: list[_Mark]) -> Iterator[Quote]:
    """A second opener of a family that is open already: nested where two closers follow, else the first is unclosed."""
    mark = marks[number]
    if not any(opener.family == mark.family for opener in stack):
        return
    following = [other.side for other in marks[number + 1 : number + 12] if other.family == mark.family][:2]
    if following == ["close", "close"]:
        return
    while stack:
        opener = stack.pop()
        if opener.family == mark.family:
            yield from _guessed(opener, mark.start, len(stack) + 1)
            return


def _guessed(opener: _Mark, end: int, depth: int) -> Iterator[Quote]:
    if opener.end < end and opener.family != "single":
        span = Span(opener.start, end)
        yield Quote(span, Span(opener.end, end), depth, opener.family, closed=False, sure=False)


def _still_open(stack: list[_Mark], block: _Block) -> Iterator[Quote]:
    for place, opener in enumerate(stack):
        reopened = opener.family == block.reopened and place == 0
        if opener.end >= block.span.end or (opener.family == "single" and not reopened):
            continue
        span, inner = Span(opener.start, block.span.end), Span(opener.end, block.span.end)
        yield Quote(span, inner, place + 1, opener.family, closed=False, sure=reopened)
