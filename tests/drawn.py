"""Tests are texts with marks drawn in them: `[label:words]` becomes a span of the text without the marks.

Square brackets that open with a label nest. Blank lines part paragraphs; sentences end at [.!?] and a blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.record import Block, Document, Source, Span

_OPEN = re.compile(r"\[([a-z]+\d*(?:\.\d+)?):")
_SENTENCE_END = re.compile(r"(?<!\bLt\.)(?<!\bGen\.)(?<!\bMr\.)(?<=[.!?])[”’\"')\]»]*\s+(?=[“‘\"'«(A-Z])|\n+")


@dataclass(frozen=True)
class Drawn:
    document: Document
    spans: tuple[tuple[str, Span], ...]

    def labelled(self, label: str) -> tuple[Span, ...]:
        return tuple(span for name, span in self.spans if name == label)

    def words(self, span: Span | None) -> str | None:
        return None if span is None else self.document.words(span)


def draw(marked: str) -> Drawn:
    plain: list[str] = []
    spans: list[tuple[str, Span]] = []
    stack: list[tuple[str, int]] = []
    place = length = 0
    while place < len(marked):
        match = _OPEN.match(marked, place)
        if match:
            stack.append((match.group(1), length))
            place = match.end()
        elif marked[place] == "]" and stack:
            label, start = stack.pop()
            spans.append((label, Span(start, length)))
            place += 1
        else:
            plain.append(marked[place])
            length += 1
            place += 1
    return Drawn(document_of("".join(plain)), tuple(sorted(spans, key=lambda item: (item[1].start, -item[1].end))))


def document_of(text: str) -> Document:
    blocks = tuple(Block(Span(m.start(), m.end()), "paragraph") for m in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text))
    sentences: list[Span] = []
    for block in blocks:
        start = block.span.start
        for match in _SENTENCE_END.finditer(text, block.span.start, block.span.end):
            end = match.start() + len(match.group().rstrip())
            if end > start:
                sentences.append(Span(start, end))
            start = match.end()
        if start < block.span.end:
            sentences.append(Span(start, block.span.end))
    return Document(text=text, source=Source(sha256="0" * 64, reader="test"), blocks=blocks, sentences=tuple(sentences))
