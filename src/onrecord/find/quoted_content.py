"""Rules that fit content to quotation marks: whole quotes, over paragraphs, without what stands beside them.

Each is one of `onrecord.find.repairs.REPAIRS`. Whether a quote is speech at all is not asked here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from onrecord.find.attributions import Attribution, overlap, without
from onrecord.find.cues import SURE
from onrecord.find.merging import union
from onrecord.find.quotes import Quote, is_title
from onrecord.find.relatives import pronoun_alone
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: Of a quote's characters, so many must be content already for the rest to be taken too.
SNAP_SHARE: Final = 0.5
#: A quoted sentence has more words than a quoted name or term.
LONGEST_TERM_WORDS: Final = 4
#: `A nurse who`, `A nurse, who did not` and `A nurse, whose son` are the source `A nurse`; `who` alone is one.
_RELATIVE_END: Final = re.compile(
    r"(?<=\w)[\s,]+(?:who(?:\s+(?:is|are|was|were|has|have|had|do|does|did|would|could|will|can|asked|requested|wished|wanted|declined|refused)(?:\s+not|n[’']t)?)?"
    r"|whose(?:\s[\w’'-]+)?|who\s(?:[\w’'-]+\s){1,3}that)$"
)
_MARK_BEHIND: Final = re.compile(r"[”\"’»'][,.;]$")
#: What has a title, before it.
_WORKS: Final = frozenset(
    """memoir memoirs book novel film movie documentary play song album essay poem column podcast series show article
    lecture autobiography biography collection single paper""".split()
)
_BULLETS: Final = " \n\t\u00a0•▪◦●‣"
_STOP: Final = re.compile(r"[a-z]{3}\.$")
_LONGEST_INSERTED: Final = 60
#: `the letter, dated 4 May`: when it was written does not tell which one it is.
_DATED: Final = re.compile(r",\s+dated\b.*$", re.DOTALL)


def snap_to_quotes(attributions: Attributions, story: Story) -> Attributions:
    """Content that holds most of a quote holds all of it, marks included; content beside a quote does not nibble it."""
    return tuple(_snapped(attribution, story.outer_over(attribution.content)) for attribution in attributions)


def _snapped(attribution: Attribution, over: Sequence[Quote]) -> Attribution:
    content = attribution.content
    touched = [quote for quote in over if quote.sure]
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


def leave_titles(attributions: Attributions, story: Story) -> Attributions:
    """`“A,” she wrote in her memoir, “Two Feet Down,” “and B.”`: the title of a work is no piece of what is in it."""
    titles = frozenset(quote.span for quote in story.outer() if _names_work(quote, story.document))
    if not titles:
        return attributions
    return tuple(
        one if one.turn else one.with_content(kept)
        for one in attributions
        if (kept := tuple(span for span in one.content if span not in titles)) or one.turn
    )


def _names_work(quote: Quote, document: Document) -> bool:
    before = document.text[max(quote.span.start - 20, 0) : quote.span.start].rstrip(" ,").rsplit(None, 1)
    return before[-1:] != [] and before[-1] in _WORKS and is_title(document.words(quote.inner).rstrip(" ,"))


def drop_tails(attributions: Attributions, story: Story) -> Attributions:
    """`“We go,” until the guns are heard`: behind a quote that ends like a sentence nothing unquoted is content."""
    ends: dict[int, list[int]] = defaultdict(list)
    for quote in story.outer():
        if _ends_like_a_sentence(quote, story.document):
            ends[quote.span.start].append(quote.span.end)
    return tuple(_without_tail(one, ends, story) for one in attributions)


def _ends_like_a_sentence(quote: Quote, document: Document) -> bool:
    return quote.closed and document.words(quote.inner).rstrip()[-1:] in tuple(",.?!—–-")


def _without_tail(one: Attribution, ends: Mapping[int, Sequence[int]], story: Story) -> Attribution:
    if one.turn:
        return one
    content: list[Span] = []
    for span in one.content:
        cut = next((end for end in ends.get(span.start, ()) if end < span.end), 0)
        quoted_on = any(quote.span.start >= cut for quote in story.outer_over((span,)))
        kept = not cut or quoted_on or _reports(one, Span(cut, span.end), story.document)
        content.append(span if kept else _without(span, cut, story.document))
    return one.with_content(tuple(content))


def _without(span: Span, cut: int, document: Document) -> Span:
    """The quote without its tail; or, of `“in plain English,” that he will not`, what is said in plain English."""
    aside = (
        document.text.startswith(" that ", cut) and len(document.text[span.start : cut].split()) <= LONGEST_TERM_WORDS
    )
    return Span(cut + 1, span.end) if aside else Span(span.start, cut)


def _reports(one: Attribution, tail: Span, document: Document) -> bool:
    """`“A,” he told a guard`, according to court papers: what they tell is that he told it."""
    if one.cue is None or one.cue.start < tail.end:
        return False
    return not SURE.isdisjoint(document.words(tail).lower().split())


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


def keep_to_inserted(attributions: Attributions, story: Story) -> Attributions:
    """`4,000 people — “which is about everybody,” says Noble — had signed`: only what is set between the dashes."""
    text = story.document.text
    dashed = {
        quote.span.end: quote.span
        for quote in story.outer()
        if text[max(quote.span.start - 2, 0) : quote.span.start].strip() in ("—", "–", "-")
    }
    return tuple(_inserted(one, dashed, text) for one in attributions) if dashed else attributions


def _inserted(one: Attribution, dashed: Mapping[int, Span], text: str) -> Attribution:
    if one.turn or one.cue is None:
        return one
    for span in one.content:
        quote = dashed.get(span.end)
        near = span.end <= one.cue.start <= span.end + _LONGEST_INSERTED
        if quote is not None and near and "\n" not in text[span.end : one.cue.start]:
            return one.with_content((quote,))
    return one


def run_on(attributions: Attributions, story: Story) -> Attributions:
    """A quote whose closer is left out on purpose goes on in the next paragraph: `“…` / `“…”`."""
    outer = story.outer()
    onward = {left.span: right.span for left, right in pairwise(outer) if right.continues}
    back = {right: left for left, right in onward.items()}
    reported = tuple((span, one.cue) for one in attributions if one.cue is not None for span in one.content)
    return tuple(_running_on(one, onward, back, reported) for one in attributions)


def _running_on(
    one: Attribution, onward: dict[Span, Span], back: dict[Span, Span], reported: tuple[tuple[Span, Span], ...]
) -> Attribution:
    content = list(one.content)
    while (following := _next_piece(content[-1], onward)) and not _is_held(following, reported):
        content.append(following)
    while (before := back.get(content[0])) and not _is_held(before, reported):
        content.insert(0, before)
    return one.with_content(tuple(content))


def _is_held(quote: Span, reported: tuple[tuple[Span, Span], ...]) -> bool:
    """By a cue of its own: some words of it may be what somebody else said, as its speaker tells."""
    return any(2 * overlap((span,), (quote,)) > len(quote) and not quote.covers(cue) for span, cue in reported)


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
            content=one.content if one.turn else tuple(_tidy(span, opened, story) for span in one.content),
            source=None if one.source is None else _tidy_source(one.source, one.cue, story.document),
        )
        for one in attributions
    )


def _tidy(span: Span, opened: Mapping[int, int], story: Story) -> Span:
    words = story.document.words(span).rstrip()
    behind = _MARK_BEHIND.search(words) or _is_parted(span, words, story) or _is_stopped(span, words, story)
    end = span.start + len(words) - (1 if behind else 0)
    start = span.start + len(words) - len(words.lstrip(_BULLETS))
    return Span(opened.get(start, start), end)


def _is_parted(span: Span, words: str, story: Story) -> bool:
    """The comma that parts the words from their cue, where they stand in no quotation."""
    return words.endswith(",") and len(words) > 1 and not any(quote.span.covers(span) for quote in story.outer())


def _is_stopped(span: Span, words: str, story: Story) -> bool:
    """A full stop that is that of the sentence around: the words do not begin it, and stand in no quotation."""
    return (
        words[:1].islower()
        and _STOP.search(words) is not None
        and not any(quote.span.covers(span) for quote in story.outer())
    )


def _tidy_source(source: Span, cue: Span | None, document: Document) -> Span:
    return pronoun_alone(source, cue, document, behind_comma=True) or _without_comma(source, document)


def _without_comma(span: Span, document: Document) -> Span:
    words = _DATED.sub("", document.words(span).rstrip(" ,;:"))
    end = span.start + len(_RELATIVE_END.sub("", words))
    return Span(span.start, end) if end > span.start else span
