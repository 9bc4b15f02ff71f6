"""Rules that make reported words whole where they break off: gaps, clauses without an end.

Each is one of `onrecord.find.repairs.REPAIRS`. They only ever add words that no other cue, source or content has.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.paragraphs import Paragraph
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: Words that no content ends with.
NEVER_LAST: Final = frozenset(
    """of the a an and or to in at for from with by outside inside near into his her their its during if because
    between against toward towards than whose my our your about under over as that""".split()
)
#: What was cut in two: `year` of `year-end`, `Nov.` of `Nov. 1`.
_REST_OF_WORD: Final = re.compile(r"(?<=\w)(?:[-’']?\w+)+")
_MONTH: Final = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]+|\.)?$")
_DAY: Final = re.compile(r"\.?\s\d{1,2}\b(?:,\s\d{4}\b)?")
#: Marks over which content is never made whole: the end of a sentence or of a paragraph, quotation marks.
_ENDED: Final = re.compile(r"[.?!][\"”’']$")
_MARKED: Final = re.compile(r"[\n“”\"«»]|[.?!]\s")

#: What is told within what is reported: the verb, whom, and what.
_TELLS: Final = re.compile(
    r"\w\s(?:told|tells?|assur(?:es|ed)|warn(?:s|ed)|inform(?:s|ed)|remind(?:s|ed)|ask(?:s|ed))$"
)
_HEARER: Final = re.compile(r"\s(?:[\w’'.-]+\s){1,6}")
_THAT: Final = re.compile(r"(?:that|how|whether|if|to|not\sto)\s")
_LONGEST_HEARER: Final = 50


def fill_gaps(attributions: Attributions, story: Story) -> Attributions:
    """A mark between two pieces of content is content too, and so is who is told there; other words that the model left
    out are left out."""
    return tuple(_filled(one, attributions, story.document) for one in attributions)


def _filled(one: Attribution, others: Attributions, document: Document) -> Attribution:
    if len(one.content) < 2 or one.turn:
        return one
    own = [span for span in (one.cue, one.source) if span is not None]
    taken = own + [span for other in others if other is not one for span in (*other.content, other.cue) if span]
    joined = [one.content[0]]
    for span in one.content[1:]:
        gap = document.text[joined[-1].end : span.start]
        whole = Span(joined[-1].end, max(span.start, joined[-1].end + 1))
        small = not any(letter.isalnum() for letter in gap) and not _MARKED.search(gap)
        small = small and not _ENDED.search(document.text, joined[-1].start, joined[-1].end)
        small = small or _is_hearer(joined[-1], span, document)
        if small and not any(other.overlaps(whole) for other in taken):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return one.with_content(tuple(joined))


def _is_hearer(told: Span, that: Span, document: Document) -> bool:
    """`according to three people, Dalton told [the clerks] that it rains`: who is told there is content as well."""
    if not _TELLS.search(document.text, told.start, told.end) or that.start - told.end > _LONGEST_HEARER:
        return False
    led = _THAT.match(document.text, that.start, that.end)
    return led is not None and _HEARER.fullmatch(document.text, told.end, that.start) is not None


def finish_words(attributions: Attributions, story: Story) -> Attributions:
    """`by year-end`, `by Nov. 1`: no content ends within a word, or between a month and its day."""
    return tuple(one if one.turn else _with_last_word(one, story.document) for one in attributions)


def _with_last_word(one: Attribution, document: Document) -> Attribution:
    last, text = one.content[-1], document.text
    rest = _REST_OF_WORD.match(text, last.end)
    if rest is None and _MONTH.search(text, max(last.start, last.end - 10), last.end):
        rest = _DAY.match(text, last.end)
    return one if rest is None else one.with_content((*one.content[:-1], Span(last.start, rest.end())))


def finish_questions(attributions: Attributions, story: Story) -> Attributions:
    """`She wanted to know: Had anyone asked? What of the night shift?`: the questions behind a colon are all hers."""
    return tuple(one if one.turn or one.cue is None else _with_questions(one, one.cue, story) for one in attributions)


def _with_questions(one: Attribution, cue: Span, story: Story) -> Attribution:
    first, last = one.content[0], one.content[-1]
    paragraph = story.paragraph_of(last.start)
    if paragraph is None or story.document.text[cue.start : first.start].rstrip()[-1:] != ":":
        return one
    if paragraph.quote_at(last.start) is not None:
        return one
    end = last.end
    for sentence in paragraph.sentences:
        if sentence.start > end + 2 or (sentence.end > last.end and not _is_question(sentence, paragraph)):
            break
        end = max(end, sentence.end)
    return one if end == last.end else one.with_content((*one.content[:-1], Span(last.start, end)))


def _is_question(sentence: Span, paragraph: Paragraph) -> bool:
    return paragraph.document.text[sentence.end - 1] == "?" and paragraph.quote_at(sentence.start) is None


def finish_clauses(attributions: Attributions, story: Story) -> Attributions:
    """Content never ends with `of`, `the` or `and`: then it goes on to the end of its sentence."""
    return tuple(_finished(one, attributions, story) for one in attributions)


def _finished(one: Attribution, others: Attributions, story: Story) -> Attribution:
    last = one.content[-1]
    words = story.document.words(last).rsplit(None, 1)
    if len(words) < 2 or words[-1].lower() not in NEVER_LAST:
        return one
    sentence = next((span for span in story.document.sentences if span.start < last.end < span.end), None)
    if sentence is None:
        return one
    ceiling = min([sentence.end, *(quote.inner.end for quote in story.quotes if quote.inner.covers(last))])
    end = len(story.document.text[:ceiling].rstrip(" .,\n"))
    taken = [span for other in others if other is not one for span in (*other.content, other.cue, other.source) if span]
    taken += [span for span in (one.cue, one.source) if span]
    longer = Span(last.start, max(end, last.end))
    clear = not any(span.overlaps(Span(last.end, longer.end)) for span in taken) if longer.end > last.end else False
    return replace(one, content=(*one.content[:-1], longer)) if clear else one
