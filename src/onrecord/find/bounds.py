"""Rules that keep reported words within their sentence, and one cue's words from another's.

Each is one of `onrecord.find.repairs.REPAIRS`, but for `keep_to_sentence`, which is applied to the model's attributions
alone. Whole quotes may go on over sentences and paragraphs; reported clauses do not, unless every sentence is reported
by a cue of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.paragraphs import Paragraph
from onrecord.find.reporting_clause import trimmed
from onrecord.find.set_off import SET_OFF
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

_SENTENCE_END: Final = re.compile(r"[.?!…][\"”’'»)\]]*$|[\"”’'»]$")
_FIRST_REPORTED: Final = re.compile(r"\b(?:is|are|was|were|been|being)\b.*\w+ed$", re.IGNORECASE)
#: Three words or more: a sentence of the reporter's.
_NARRATION: Final = re.compile(r"\w+\W+\w+\W+\w")
#: `…, worse than most analysts had forecast`: measured by what others expected, which is not the source's word.
_COMPARISON: Final = re.compile(
    r",\s+(?:far |well |much |slightly |a little )?(?:\w+er|worse|more|less|above|below)(?: than)?\s"
    r"(?:[\w’'-]+\s){0,5}(?:analyst|economist|forecaster|expert|observer|investor|market|trader|pollster)s?[’']?\s"
    r"(?:(?:had|have|were|was)\s)?(?:been\s)?(?:widely\s)?(?:forecasts?|expect\w+|predict\w+|estimate\w*|anticipat\w+)$",
    re.IGNORECASE,
)


def keep_to_sentence(attributions: Attributions, story: Story) -> Attributions:
    """What is reported without quotation marks ends with its sentence; a quote that follows at once may go on."""
    return tuple(_kept(one, story) for one in attributions if not _points_back(one, story))


def _points_back(one: Attribution, story: Story) -> bool:
    """`The deal is off. It was first reported by the Post.`: what stands in the sentence before is the report's own."""
    paragraph = None if one.cue is None or one.turn else story.paragraph_of(one.cue.start)
    if one.cue is None or paragraph is None or paragraph.quote_at(one.cue.start) is not None:
        return False
    if not _FIRST_REPORTED.search(story.document.words(one.cue)):
        return False
    sentence = paragraph.sentence_at(one.cue.start)
    return all(span.end <= sentence.start and paragraph.quote_at(span.start) is None for span in one.content)


def _kept(one: Attribution, story: Story) -> Attribution:
    if one.cue is None or one.turn or one.rule == SET_OFF:
        return one
    return one.with_content(tuple([_span_kept(span, one.cue, story) for span in one.content]))


def _span_kept(span: Span, cue: Span, story: Story) -> Span:
    paragraph = story.paragraph_of(span.start)
    if paragraph is None or paragraph.quote_at(cue.start) is not None:
        return span
    pieces = list(_by_sentence(span, paragraph))
    if len(pieces) < 2:
        return span
    if cue.start >= span.end:
        return _last_reported(pieces, paragraph)
    end = 1
    asked = paragraph.document.words(pieces[0]).endswith("?") and not _is_quoted(pieces[0], paragraph)
    while end < len(pieces) and _is_quoted(pieces[end], paragraph) and not asked:
        end += 1
    return span if end == len(pieces) else Span(span.start, _bare_end(pieces[end - 1], paragraph))


def _last_reported(pieces: Sequence[Span], paragraph: Paragraph) -> Span:
    """Before its cue: the last sentence, and the quotes that stand right before it."""
    first = len(pieces) - 1
    while first > 0 and _is_quoted(pieces[first], paragraph) and _is_quoted(pieces[first - 1], paragraph):
        first -= 1
    return Span(pieces[first].start, pieces[-1].end)


def _by_sentence(span: Span, paragraph: Paragraph) -> Iterator[Span]:
    """A span cut at the ends of sentences outside quotes; `;` ends none here."""
    start, text = span.start, paragraph.document.text
    first = max(bisect_right(paragraph.sentences, start, key=lambda sentence: sentence.start) - 1, 0)
    for number in range(first, len(paragraph.sentences)):
        sentence = paragraph.sentences[number]
        if sentence.end >= span.end:
            break
        if start < sentence.end and _SENTENCE_END.search(text, max(sentence.end - 8, sentence.start), sentence.end):
            yield Span(start, sentence.end)
            start = sentence.end
            while start < span.end and text[start].isspace():
                start += 1
    if start < span.end:
        yield Span(start, span.end)


def _is_quoted(piece: Span, paragraph: Paragraph) -> bool:
    return paragraph.quote_at(piece.start) is not None


def _bare_end(piece: Span, paragraph: Paragraph) -> int:
    """The end of a sentence without its full stop, unless that stands in a quote."""
    end = piece.end
    return end if paragraph.quote_at(end - 1) is not None else trimmed(paragraph.document.text, piece.start, end).end


def keep_quotes_together(attributions: Attributions, story: Story) -> Attributions:
    """`“A,” she said. … He left. … “B.”`: a quote beyond a sentence of narration is not reported by her cue."""
    return tuple(_together(one, story) for one in attributions)


def _together(one: Attribution, story: Story) -> Attribution:
    if one.cue is None or one.turn or one.rule == SET_OFF:
        return one
    paragraph = story.paragraph_of(one.cue.start)
    if paragraph is None or paragraph.quote_at(one.cue.start) is not None:
        return one
    if len(one.content) == 1:
        return _unless_far(one, one.cue, paragraph, story)
    groups = list(_groups(one.content, paragraph.sentence_at(one.cue.start), story))
    if len(groups) == 1:
        return one
    return replace(one, content=min(groups, key=lambda group: _distance(group, one.cue)))


def _unless_far(one: Attribution, cue: Span, paragraph: Paragraph, story: Story) -> Attribution:
    """A whole quote with a sentence of narration between it and the cue is not reported by that cue."""
    span, sentence = one.content[0], paragraph.sentence_at(cue.start)
    if not any(quote.span == span for quote in story.outer()) or sentence.overlaps(span):
        return one
    gap = Span(span.end, max(cue.start, span.end + 1)) if span.end <= cue.start else Span(cue.end, span.start)
    return replace(one, cue=None, source=None) if _is_narrated(gap, sentence, story.document) else one


def _groups(content: Sequence[Span], sentence: Span, story: Story) -> Iterator[tuple[Span, ...]]:
    """The pieces between which no narration stands, but for the sentence of the cue."""
    first = 0
    for number in range(1, len(content)):
        if content[number - 1].end >= content[number].start:  # where marks are broken, quotes may touch
            continue
        gap = Span(content[number - 1].end, content[number].start)
        if _is_narrated(gap, sentence, story.document) and _begins_quoted(content[number], story):
            yield tuple(content[first:number])
            first = number
    yield tuple(content[first:])


def _is_narrated(gap: Span, sentence: Span, document: Document) -> bool:
    before, after = document.text[gap.start : sentence.start], document.text[max(gap.start, sentence.end) : gap.end]
    if not gap.overlaps(sentence):
        before, after = document.words(gap), ""
    return _NARRATION.search(before) is not None or _NARRATION.search(after) is not None


def _begins_quoted(span: Span, story: Story) -> bool:
    paragraph = story.paragraph_of(span.start)
    return paragraph is not None and paragraph.quote_at(span.start) is not None


def _distance(group: Sequence[Span], cue: Span | None) -> int:
    assert cue is not None
    return min(max(span.start - cue.end, cue.start - span.end) for span in group)


def end_before_comparison(attributions: Attributions, story: Story) -> Attributions:
    """`…, worse than most analysts had forecast`: what others expected is not the source's."""
    return tuple(one if one.turn else _without_comparison(one, story.document) for one in attributions)


def _without_comparison(one: Attribution, document: Document) -> Attribution:
    last = one.content[-1]
    match = _COMPARISON.search(document.words(last))
    if match is None or match.start() == 0:
        return one
    return replace(one, content=(*one.content[:-1], Span(last.start, last.start + match.start())))
