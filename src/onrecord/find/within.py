"""Statements inside others: the reported words are read by the model once more, as paragraphs of their own.

The heads of the model do not nest: in "Ann said Bob expects rain" they see that Ann said something, not that Bob
expects something. So what is reported, where it has a word that may report in its turn, is laid out as a document that
holds nothing else, and what the model sees there lies within (it has learned that: `training.reports.inner`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from onrecord.find.attributions import Attribution, have_same_words, size
from onrecord.find.cues import VERBS
from onrecord.find.quotes import Quote
from onrecord.find.shelves import Shelves
from onrecord.record import Block, Document, Span

#: The rule's name.
WITHIN: Final = "within"
#: Fewer words report nothing that somebody else said.
FEWEST_WORDS: Final = 5
#: Nouns and adverbs that report; verbs are those of `onrecord.find.cues`.
_REPORTING: Final = frozenset(
    """according allegedly reportedly purportedly supposedly decision decisions concern concerns allegation
    allegations claim claims fear fears belief accusation accusations report reports warning warnings order orders
    call calls request requests demand demands expectation expectations estimate estimates forecast forecasts
    complaint complaints promise promises proposal proposals plan plans likely expected""".split()
)
#: Verbs that report far more seldom than they do anything else.
_SELDOM: Final = frozenset(
    """is be was were been being are have has had having do does did doing done make makes made making go goes going
    gone went get gets got take takes took taken taking put puts see sees saw seen seeing read reads run runs set
    sets give gives gave given giving keep keeps kept come comes came coming work works worked working help helps
    helped helping use uses used using include includes included including begin begins began start starts started
    lead leads led leading bring brings brought hold holds held holding show showing leave leaves left continue
    continues continued continuing support supports supported supporting need needs needed place places placed face
    faces faced""".split()
)
_WORD: Final = re.compile(r"[^\W\d_]+")
#: Of the reported words, so much must lie outside of what is said within.
_MOST_OF_OUTER: Final = 0.95


def reported_words(contents: Iterable[Span], text: str) -> tuple[Span, ...]:
    """The stretches of a text that are to be read once more, apart and in text order."""
    apart: list[Span] = []
    for span in sorted(contents, key=lambda each: (each.start, -each.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
        elif span.end > apart[-1].end:
            apart[-1] = Span(apart[-1].start, span.end)
    return tuple(span for span in apart if _may_report(text[span.start : span.end]))


def _may_report(words: str) -> bool:
    found = [match[0].lower() for match in _WORD.finditer(words)]
    return len(found) >= FEWEST_WORDS and any(word in _REPORTING or word in _VERBS for word in found)


_VERBS: Final = frozenset(VERBS) - _SELDOM


def as_document(spans: Sequence[Span], document: Document) -> Document:
    """The same text, of which only these stretches are story: its findings have the places that they have there."""
    return replace(document, blocks=tuple(Block(span, "paragraph") for span in spans))


def lying_within(found: Sequence[Attribution], outer: Sequence[Attribution]) -> Iterator[Attribution]:
    """Of what was found in the reported words that which lies inside what somebody says, is told by a cue or a source
    of its own, and is not known yet."""
    shelves = Shelves(outer, lies=_lies)
    for one in found:
        if one.cue is None and one.source is None:
            continue
        near = tuple(shelves.near(_lies(one)))
        if any(_holds(each, one) for each in near) and not any(_is_same(one, each) for each in near):
            yield replace(one, rule=WITHIN, source=one.source or _inserted_subject(one, near))


def _inserted_subject(one: Attribution, near: Sequence[Attribution]) -> Span | None:
    """`His insurer, he said, told him to wait`: who told stands before the report that parts him from his verb."""
    for each in near:
        for left, right in pairwise(each.content):
            around = each.cue is not None and left.end < each.cue.start < right.start
            opens = one.cue is not None and 0 <= one.cue.start - right.start <= _LONGEST_AUXILIARY
            if around and opens and len(left) <= _LONGEST_SUBJECT:
                return left
    return None


#: Characters of what may be a subject, and of what may stand before the verb of it: `has also`.
_LONGEST_SUBJECT: Final = 60
_LONGEST_AUXILIARY: Final = 9


def _lies(one: Attribution) -> tuple[Span, ...]:
    return one.content if one.cue is None else (*one.content, one.cue)


def keep_to_marks(found: Sequence[Attribution], quotes: Sequence[Quote], document: Document) -> tuple[Attribution, ...]:
    """`“She said, ‘Never sell it,’ and I did not,”`: what opens with a mark ends with its fellow, and the closing marks
    of what is around belong to that."""
    return tuple(
        one.with_content(tuple(_kept_to_marks(span, quotes, document) for span in one.content)) for one in found
    )


def _kept_to_marks(span: Span, quotes: Sequence[Quote], document: Document) -> Span:
    for quote in quotes:
        if quote.depth > 1 and quote.span.start == span.start and (quote.closed or quote.span.end < span.end):
            return quote.span
    for quote in quotes:
        if quote.span.start < span.start and quote.inner.end < span.end <= quote.span.end:
            kept = document.text[span.start : quote.inner.end].rstrip(" ,.;")
            return Span(span.start, span.start + max(len(kept), 1))
    return span


def keep_to_sentences(
    found: Sequence[Attribution], quotes: Sequence[Quote], document: Document
) -> Iterator[Attribution]:
    """`“I asked him. He said, ‘Never.’ I left,”`: each is told by the cue of its own sentence."""
    nested = frozenset(quote.span for quote in quotes if quote.depth > 1)
    for one in found:
        told = one.cue or one.source
        number = -1 if told is None else bisect_right(document.sentences, told.start, key=lambda each: each.start) - 1
        if number < 0:
            yield one
            continue
        sentence = document.sentences[number]
        content: list[Span] = []
        for span in one.content:
            if span in nested:
                if not content or _goes_on(content[-1], span, one, document):
                    content.append(span)
            elif span.overlaps(sentence) and not _is_joined(span, one.cue, document):
                content.append(_short_of(span, sentence, document))
        if content:
            yield one.with_content(tuple(content))


def _is_joined(span: Span, cue: Span | None, document: Document) -> bool:
    """`said that he thinks of her and that it hurts`: the second `that` goes with the first."""
    if cue is None or span.start <= cue.end or not document.text.startswith("that ", span.start):
        return False
    between = document.text[cue.end : span.start]
    return between.endswith((" and ", " but ")) and len(between.split()) > 1


def _goes_on(left: Span, right: Span, one: Attribution, document: Document) -> bool:
    """Nothing but blanks, or its own cue, stands between two pieces."""
    gap = Span(left.end, max(right.start, left.end + 1))
    return not document.words(gap).strip() or (one.cue is not None and gap.covers(one.cue))


def _short_of(span: Span, sentence: Span, document: Document) -> Span:
    start, end = max(span.start, sentence.start), min(span.end, sentence.end)
    return Span(start, start + max(len(document.text[start:end].rstrip(" .,;")), 1))


def _holds(outer: Attribution, one: Attribution) -> bool:
    """Content and cue lie in the words of the other, and are not all of them."""
    spans = (*one.content, *((one.cue,) if one.cue else ()))
    inside = all(any(each.covers(span) for each in outer.content) for span in spans)
    return inside and size(one.content) <= _MOST_OF_OUTER * size(outer.content)


def _is_same(one: Attribution, other: Attribution) -> bool:
    if one.cue is not None and other.cue is not None and one.cue.overlaps(other.cue):
        return True
    return have_same_words(one.content, other.content)
