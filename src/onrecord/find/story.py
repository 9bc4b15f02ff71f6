"""What repairs look at: the document with its quoted regions and its paragraphs as tokens."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from onrecord.find.attributions import Attribution
from onrecord.find.paragraphs import Paragraph
from onrecord.find.quotes import Quote
from onrecord.record import Document, Span

Attributions = tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What repairs look at: the document, its quoted regions and its paragraphs as tokens."""

    document: Document
    quotes: tuple[Quote, ...]
    paragraphs: tuple[Paragraph, ...]
    _outer: tuple[Quote, ...] = field(init=False, repr=False, compare=False)
    _outer_spans: tuple[Span, ...] = field(init=False, repr=False, compare=False)
    _reached: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_outer", tuple(quote for quote in self.quotes if quote.depth == 1))
        object.__setattr__(self, "_outer_spans", tuple(quote.span for quote in self._outer))
        object.__setattr__(self, "_reached", tuple(accumulate((span.end for span in self._outer_spans), max)))

    def outer(self) -> tuple[Quote, ...]:
        """The quotes that stand in no other; asked for each attribution, so kept."""
        return self._outer

    def outer_spans(self) -> tuple[Span, ...]:
        """Where they stand."""
        return self._outer_spans

    def outer_over(self, content: tuple[Span, ...]) -> tuple[Quote, ...]:
        """Of the quotes that stand in no other those that share a character with a content, in text order."""
        found: list[Quote] = []
        for number, span in enumerate(content):
            first = bisect_right(self._reached, span.start)
            end = bisect_left(self._outer_spans, span.end, lo=first, key=lambda quoted: quoted.start)
            found += [
                quote
                for quote in self._outer[first:end]
                if quote.span.overlaps(span) and not any(quote.span.overlaps(other) for other in content[:number])
            ]
        return tuple(found)

    def paragraph_of(self, place: int) -> Paragraph | None:
        number = bisect_left(self.paragraphs, place + 1, key=lambda paragraph: paragraph.span.start) - 1
        found = self.paragraphs[number] if number >= 0 else None
        return found if found and place < found.span.end else None
