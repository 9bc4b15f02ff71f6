"""Plain text to paragraphs: by blank line, by line, or by joining hard-wrapped lines. Judges layout, never meaning.

A text is hard-wrapped when most lines that another follows are full: the next line's first word would not have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.record import Span

LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85\x1c-\x1e]+")
#: A line longer than this was not wrapped by hand or by an e-mail program.
WIDEST = 120
#: Shares of lines, seen on prose wrapped at 60 to 100 columns: about .95 full and .15 ending a sentence.
MOSTLY_FULL = 0.6
SELDOM_FINAL = 0.5
_QUOTE_MARKS = re.compile(r"[>|\s]*")


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text, in order: together they cover all of it but spaces."""
    chunks = tuple(_chunks(text))
    width = _wrapped_at(text, chunks)
    if width is None:
        return tuple(line for chunk in chunks for line in chunk)
    return tuple(paragraph for chunk in chunks for paragraph in _joined(text, chunk, width))


def _chunks(text: str) -> Iterator[list[Span]]:
    """Runs of lines without an empty line between; an e-mail's quote mark alone is an empty line of its own."""
    chunk: list[Span] = []
    for found in LINE.finditer(text):
        line = _trimmed(text, found.start(), found.end())
        gap = text[chunk[-1].end : found.start()] if chunk else ""
        if chunk and (line is None or _empty_line(gap)):
            yield chunk
            chunk = []
        if line is not None:
            chunk.append(line)
    if chunk:
        yield chunk


def _empty_line(gap: str) -> bool:
    return gap.replace("\r\n", "\n").count("\n") + gap.replace("\r\n", "\n").count("\r") > 1 or "\u2029" in gap


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Span(start, end) if start < end else None


def _wrapped_at(text: str, chunks: Sequence[Sequence[Span]]) -> int | None:
    """The width a text is hard-wrapped at, None when its lines are paragraphs."""
    lines = [line for chunk in chunks for line in chunk]
    width = max((len(line) for line in lines), default=0)
    pairs = [(left, right) for chunk in chunks for left, right in pairwise(chunk)]
    if width > WIDEST or len(pairs) < 2:
        return None
    long = [pair for pair in pairs if len(pair[0]) > width // 3]
    full = sum(_is_full(text, left, right, width) for left, right in long)
    final = sum(text[left.end - 1] in '.!?”"' for left, _ in long)
    wrapped = len(long) >= 2 and full >= MOSTLY_FULL * len(long) and final <= SELDOM_FINAL * len(long)
    return width if wrapped else None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word would not have fitted; a tenth of the width is left for ragged wrapping."""
    word = re.match(r"\S{1,200}", text[following.start : min(following.end, following.start + 200)])
    return len(line) + 1 + (len(word[0]) if word else 0) > width - width // 10


def _joined(text: str, chunk: Sequence[Span], width: int) -> Iterator[Span]:
    start = chunk[0].start
    for left, right in pairwise(chunk):
        if not _goes_on(text, left, right, width):
            yield Span(start, left.end)
            start = right.start
    yield Span(start, chunk[-1].end)


def _goes_on(text: str, left: Span, right: Span, width: int) -> bool:
    """Whether a paragraph runs over this line end: the line is full or the next begins small, and is not indented."""
    if _indent(text, right) > _indent(text, left) and text[left.end - 1] in ".!?”\"’'":
        return False
    first = _QUOTE_MARKS.sub("", text[right.start : min(right.end, right.start + 40)], count=1)
    return first[:1].islower() or _is_full(text, left, right, width)


def _indent(text: str, line: Span) -> int:
    begin = max(text.rfind("\n", max(0, line.start - WIDEST), line.start), max(0, line.start - WIDEST) - 1)
    return line.start - begin - 1
