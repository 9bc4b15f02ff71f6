"""A paragraph as rules see it: its tokens, the outermost quotes in it, and its sentences.

Sentences do not end inside a quote, as those of a Document may. Knows nothing of speech.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.find.clauses import Token, tokens_of
from onrecord.find.quotes import Quote
from onrecord.record import STORY_KINDS, Document, Span

_ENDS: Final = frozenset(".?!")
_MAY_END: Final = _ENDS | {";"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block as tokens, with the outermost quotes in it and its sentences. `words` are those of the tokens in small
    letters: which of them a rule may look for is quicker seen than where."""

    document: Document
    span: Span
    tokens: tuple[Token, ...]
    quotes: tuple[Quote, ...]
    sentences: tuple[Span, ...]
    words: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", frozenset([token.lower for token in self.tokens]))

    def quote_at(self, place: int) -> Quote | None:
        """The quote that a place in the text lies in."""
        return _quote_at(self.quotes, place)

    def sentence_at(self, place: int) -> Span:
        """The sentence around a place outside quotes."""
        number = bisect_right(self.sentences, place, key=lambda span: span.start) - 1
        return self.sentences[max(number, 0)]


def paragraphs_of(document: Document, quotes: Sequence[Quote]) -> tuple[Paragraph, ...]:
    """The story's blocks, each with its own outermost quotes."""
    outer = [quote for quote in quotes if quote.depth == 1]
    blocks = [block.span for block in document.blocks if block.kind in STORY_KINDS]
    return tuple(_paragraph(document, span, outer) for span in blocks)


def _paragraph(document: Document, span: Span, outer: Sequence[Quote]) -> Paragraph:
    first = bisect_right(outer, span.start - 1, key=lambda quote: quote.span.start)
    end = bisect_right(outer, span.end - 1, key=lambda quote: quote.span.start)
    tokens, quotes = tokens_of(document.text, span), tuple(outer[first:end])
    return Paragraph(document, span, tokens, quotes, tuple(sentences_of(document, tokens, quotes)))


def _quote_at(quotes: Sequence[Quote], place: int) -> Quote | None:
    number = bisect_right(quotes, place, key=lambda quote: quote.span.start) - 1
    return quotes[number] if number >= 0 and place < quotes[number].span.end else None


def sentences_of(document: Document, tokens: Sequence[Token], quotes: Sequence[Quote]) -> Iterator[Span]:
    """Sentences that do not end inside a quote, as those of a Document may; `;` ends one too."""
    first, last = 0, len(tokens) - 1
    closed = {quote.span.end for quote in quotes}
    for number, token in enumerate(tokens):
        if token.text not in _MAY_END and token.end not in closed and number < last:
            continue
        if number == last or _ends_sentence(document, tokens, number, quotes):
            yield Span(tokens[first].start, tokens[number].end)
            first = number + 1


def _ends_sentence(document: Document, tokens: Sequence[Token], number: int, quotes: Sequence[Quote]) -> bool:
    token = tokens[number]
    quote = _quote_at(quotes, token.start)
    if quote is not None:
        return token.end == quote.span.end and _follows_sentence(tokens, number, quotes)
    if token.text not in _MAY_END:
        return False
    return token.text == ";" or _starts_sentence(document, token, tokens[number + 1])


def _follows_sentence(tokens: Sequence[Token], number: int, quotes: Sequence[Quote]) -> bool:
    """`… to humans.” The` and `… to humans.” “Tests`: what stands behind a closer begins a sentence."""
    mark, following = tokens[number - 1].text, tokens[number + 1]
    if mark == "." and following.is_capital:
        return True
    opened = _quote_at(quotes, following.start)
    return mark in _ENDS and opened is not None and opened.span.start == following.start


def _starts_sentence(document: Document, mark: Token, following: Token) -> bool:
    starts = document.sentences
    place = bisect_right(starts, following.start, key=lambda span: span.start) - 1
    return place >= 0 and starts[place].start >= mark.end and following.start - starts[place].start <= 2
