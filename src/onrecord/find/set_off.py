"""Speech set off below its cue: `The governor added:` and the paragraph after it, in quotation marks or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import cue_start, span_of, subject_after, subject_before, token_at
from onrecord.find.paragraphs import Paragraph
from onrecord.find.quotes import Quote, ends_a_sentence
from onrecord.find.reporting_clause import SCORES, is_verb
from onrecord.record import Span

#: The rule's name; what it finds is direct speech, marks or no marks.
SET_OFF: Final = "set off"
SCORE: Final = 0.85
_SAYING: Final = frozenset(
    """said says added adds wrote writes tweeted tweets posted continued continues explained explains replied responded
    concluded concludes declared stated states noted notes argued argues asked reads read ran runs""".split()
)
#: What may stand between the cue and the colon: the occasion, no object.
_BEHIND: Final = frozenset(
    """: in on at to via during after before when this last later today yesterday tonight again further monday tuesday
    wednesday thursday friday saturday sunday""".split()
)
_FIRST_PERSON: Final = re.compile(r"\bI\b|\b[Ww]e\b|\b[Mm]y\b|\b[Oo]ur\b|\bus\b|\bme\b")
_LONGEST_TAIL: Final = 9
_FEWEST_WORDS: Final = 6
_BULLETS: Final = "•*·▪–—-“\"‘'«„0123456789@#<("


def find_set_off(paragraphs: Sequence[Paragraph]) -> Iterator[Attribution]:
    """One for each paragraph that ends in `SOURCE said:` before one that begins with a quotation, or is neither quoted
    nor an item of a list."""
    for number, (above, below) in enumerate(pairwise(paragraphs)):
        if not above.tokens or above.tokens[-1].text != ":":
            continue
        if _is_speech(below):
            content = (below.span, *_carried_on(paragraphs[number + 2 :]))
            yield from _set_off(above, Attribution(content, None, None, SCORE, SET_OFF))
        elif below.quotes and _is_led_in(below.quotes[0], below):
            content = (below.quotes[0].span,)
            yield from _set_off(above, Attribution(content, None, None, SCORES["quote after cue"], "quote after cue"))


def _carried_on(following: Sequence[Paragraph]) -> Iterator[Span]:
    """The paragraphs below in which somebody still speaks of himself: `We are proud that …`."""
    for paragraph in following:
        if not _is_speech(paragraph) or not _FIRST_PERSON.search(paragraph.document.words(paragraph.span)):
            return
        yield paragraph.span


def _is_led_in(quote: Quote, paragraph: Paragraph) -> bool:
    """A whole quotation that begins its paragraph, and has no cue of its own behind it."""
    words = paragraph.document.words(quote.inner).rstrip()
    begins = quote.span.start == paragraph.span.start and not quote.continues
    return begins and (words[-1:] in tuple(".?!…") or not quote.closed)


def _set_off(above: Paragraph, words: Attribution) -> Iterator[Attribution]:
    tokens, end = above.tokens, len(above.tokens) - 1
    floor = token_at(tokens, above.sentence_at(tokens[end].start).start)
    for verb in range(end - 1, max(floor, end - _LONGEST_TAIL) - 1, -1):
        if tokens[verb].lower not in _SAYING or not is_verb(tokens, verb) or above.quote_at(tokens[verb].start):
            continue
        if tokens[verb + 1].lower not in _BEHIND:
            return
        first = cue_start(tokens, verb, floor)
        subject = subject_before(tokens, first, floor) or subject_after(tokens, verb + 1, end)
        if subject is not None:
            cue, source = span_of(tokens, first, verb + 1), span_of(tokens, *subject)
            yield replace(words, cue=cue, source=source)
        return


def _is_speech(paragraph: Paragraph) -> bool:
    words = paragraph.document.words(paragraph.span).strip()
    listed = words[:1] in _BULLETS or len(words.split()) < _FEWEST_WORDS
    return not listed and ends_a_sentence(words) and words[:1].isupper() and not _reports(paragraph)


def _reports(paragraph: Paragraph) -> bool:
    """Whether somebody is quoted in it: then the paragraph is the reporter's, and the colon announces a story."""
    return any(len(paragraph.document.words(quote.inner).split()) > _FEWEST_WORDS for quote in paragraph.quotes)
