"""Rules that fit content to quotation marks: whole quotes, over paragraphs, without what stands beside them.

Each is one of `onrecord.find.repairs.REPAIRS`. Whether a quote is speech at all is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from onrecord.find.attributions import Attribution, overlap, without
from onrecord.find.merging import union
from onrecord.find.quotes import Quote
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: Of a quote's characters, so many must be content already for the rest to be taken too.
SNAP_SHARE: Final = 0.5
#: A quoted sentence has more words than a quoted name or term.
LONGEST_TERM_WORDS: Final = 4
#: `A nurse who` and `A nurse, who did not` are the source `A nurse`; `who` alone is one.
_RELATIVE_END: Final = re.compile(
    r"(?<=\w)[\s,]+who(?:\s+(?:is|are|was|were|has|have|had|do|does|did|would|could|will|can|asked|requested|wished|wanted|declined|refused)(?:\s+not|n[’']t)?)?$"
)
_MARK_BEHIND: Final = re.compile(r"[”\"’»'][,.;]$")
#: `the letter, dated 4 May`: when it was written does not tell which one it is.
_DATED: Final = re.compile(r",\s+dated\b.*$", re.DOTALL)


def snap_to_quotes(attributions: Attributions, story: Story) -> Attributions:
    """Content that holds most of a quote holds all of it, marks included; content beside a quote does not nibble it."""
    outer = story.outer()
    return tuple(_snapped(attribution, outer) for attribution in attributions)


def _snapped(attribution: Attribution, outer: Sequence[Quote]) -> Attribution:
    content = attribution.content
    touched = [quote for quote in outer if quote.sure and any(span.overlaps(quote.span) for span in content)]
    for quote in touched:
        share = overlap(content, (quote.inner,)) / len(quote.inner)
        if share >= SNAP_SHARE and not _is_nested_piece(attribution, quote):
            content = union(content, (quote.span,))
        elif share < 1 and not _is_nested_piece(attribution, quote):
            content = without(content, quote.span) or content
    return attribution.with_content(content)


def _is_nested_piece(attribution: Attribution, quote: Quote) -> bool:
    """Its own cue stands within the quote: something reported inside somebody's words."""
    return attribution.cue is not None and quote.span.covers(attribution.cue)


def drop_tails(attributions: Attributions, story: Story) -> Attributions:
    """`“We go,” until the guns are heard`: behind a quote that ends like a sentence nothing unquoted is content."""
    ends = {quote.span.end: quote for quote in story.outer() if _ends_like_a_sentence(quote, story.document)}
    return tuple(_without_tail(one, ends, story) for one in attributions)


def _ends_like_a_sentence(quote: Quote, document: Document) -> bool:
    return quote.closed and document.words(quote.inner).rstrip()[-1:] in tuple(",.?!—–-")


def _without_tail(one: Attribution, ends: Mapping[int, Quote], story: Story) -> Attribution:
    if one.turn:
        return one
    content: list[Span] = []
    for span in one.content:
        cut = next((end for end, quote in ends.items() if span.start == quote.span.start and end < span.end), 0)
        quoted_on = any(quote.span.start >= cut and quote.span.overlaps(span) for quote in story.outer())
        content.append(Span(span.start, cut) if cut and not quoted_on else span)
    return one.with_content(tuple(content))


def keep_to_quotes(attributions: Attributions, story: Story) -> Attributions:
    """Beside a whole quoted sentence that a cue reports, words that stand apart and unquoted are no content; and
    unquoted content ends with its sentence where somebody else's quotation follows: `described it as contained. “…,”
    said Kabila`."""
    outer = story.outer()
    whole = tuple(quote.span for quote in outer if _is_sentence(quote, story.document))
    return tuple(_to_quotes(_cut_off(one, attributions, outer, story), outer, whole, story) for one in attributions)


def _is_sentence(quote: Quote, document: Document) -> bool:
    words = document.words(quote.inner).strip()
    return len(words.split()) > LONGEST_TERM_WORDS and words[:1].isupper() and words[-1:] in tuple(",.?!…—–-")


def _to_quotes(one: Attribution, outer: Sequence[Quote], whole: Sequence[Span], story: Story) -> Attribution:
    if (
        one.turn
        or len(one.content) < 2
        or not any(_is_reported(span, one, story) for span in one.content if span in whole)
    ):
        return one
    kept = tuple(span for span in one.content if any(quote.span.overlaps(span) for quote in outer))
    return one.with_content(kept)


def _is_reported(quote: Span, one: Attribution, story: Story) -> bool:
    """In the sentence of the cue: `he said the roof leaks. “It rains in.”` has words before its quotation."""
    paragraph = None if one.cue is None else story.paragraph_of(one.cue.start)
    return one.cue is None or paragraph is None or paragraph.sentence_at(one.cue.start).overlaps(quote)


def _cut_off(one: Attribution, others: Attributions, outer: Sequence[Quote], story: Story) -> Attribution:
    if one.turn:
        return one
    return one.with_content(tuple([_cut_at(span, one, others, outer, story) for span in one.content]))


def _cut_at(span: Span, one: Attribution, others: Attributions, outer: Sequence[Quote], story: Story) -> Span:
    for quote in outer:
        if not span.start < quote.span.start < span.end:
            continue
        before = story.document.text[span.start : quote.span.start].rstrip()
        cued = any(other.cue and other is not one and overlap(other.content, (quote.span,)) for other in others)
        if before[-1:] in (".", "?", "!") and cued:
            return Span(span.start, span.start + len(before))
    return span


def run_on(attributions: Attributions, story: Story) -> Attributions:
    """A quote whose closer is left out on purpose goes on in the next paragraph: `“…` / `“…”`."""
    outer = story.outer()
    onward = {left.span: right.span for left, right in pairwise(outer) if right.continues}
    back = {right: left for left, right in onward.items()}
    reported = tuple(span for one in attributions if one.cue is not None for span in one.content)
    return tuple(_running_on(one, onward, back, reported) for one in attributions)


def _running_on(
    one: Attribution, onward: dict[Span, Span], back: dict[Span, Span], reported: tuple[Span, ...]
) -> Attribution:
    content = list(one.content)
    while (following := _next_piece(content[-1], onward)) and not _is_held(following, reported):
        content.append(following)
    while (before := back.get(content[0])) and not _is_held(before, reported):
        content.insert(0, before)
    return one.with_content(tuple(content))


def _is_held(quote: Span, reported: tuple[Span, ...]) -> bool:
    """By a cue of its own: some words of it may be what somebody else said, as its speaker tells."""
    return any(2 * overlap((span,), (quote,)) > len(quote) for span in reported)


def _next_piece(last: Span, onward: dict[Span, Span]) -> Span | None:
    """What carries on the quote with which a span ends."""
    if last in onward:
        return onward[last]
    return next(
        (following for quote, following in onward.items() if last.covers(quote) and quote.end == last.end), None
    )


def tidy_ends(attributions: Attributions, story: Story) -> Attributions:
    """The mark that opens a quote belongs to it; the comma behind a quote or a source does not, nor
    the `who` of a clause that is cut off."""
    opened = {quote.inner.start: quote.span.start for quote in story.quotes}
    return tuple(
        replace(
            one,
            content=one.content if one.turn else tuple(_tidy(span, opened, story.document) for span in one.content),
            source=None if one.source is None else _without_comma(one.source, story.document),
        )
        for one in attributions
    )


def _tidy(span: Span, opened: Mapping[int, int], document: Document) -> Span:
    words = document.words(span).rstrip()
    end = span.start + len(words) - (1 if _MARK_BEHIND.search(words) else 0)
    return Span(opened.get(span.start, span.start), end)


def _without_comma(span: Span, document: Document) -> Span:
    words = _DATED.sub("", document.words(span).rstrip(" ,;:"))
    end = span.start + len(_RELATIVE_END.sub("", words))
    return Span(span.start, end) if end > span.start else span
