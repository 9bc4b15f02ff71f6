"""Rules that end reported words where the sentence goes on about something else.

Each is one of `onrecord.find.repairs.REPAIRS`. Bounds of sentences are kept by `onrecord.find.bounds`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: `said he would go but declined to say when`: what somebody does not say is the reporter's to tell.
_SILENT: Final = re.compile(
    r",?\s(?:(?:but|and|though|although)\s(?:he\s|she\s|it\s|they\s)?(?:also\s|then\s|otherwise\s)?"
    r"(?:(?:has\s|have\s|had\s)?(?:declined|refused|declines|refuses)\sto|stopped\sshort\sof)"
    r"|(?:but|though|although)\s(?:he\s|she\s|it\s|they\s)?(?:would|did|could|does|do|had|has)(?:\snot|n[’']t))\s"
    r"(?:comment|elaborat|say|saying|specif|giv|provid|name|naming|identif|discuss|answer|respond|offer|disclos|go\sinto|rule"
    r"|promis|guarantee|explain|describ|detail|share|address|take\squestions|return)\w*\b"
)
#: `proposed that the bench be painted, seconded by Ann Shaw`: the minutes go on.
_SECONDED: Final = re.compile(r",?\s(?:and\s)?(?:was\s)?seconded\sby\s")
#: `who shouted that the board was “stealing” was escorted out`: the clause behind which the sentence goes on.
_GOES_ON: Final = re.compile(r"\s(?:was|were|is|are|has|had|have|will|would|\w+ed)\s")
_RELATIVES: Final = frozenset("who that which".split())
_AND_THAT: Final = re.compile(
    r"(?:about|of|for|on|at|with)\s[^\n]*?(?P<that>,?\s(?:and|but)\sthat\s(?!(?:of|in|for|from|at|on|is|was)\b))",
    re.IGNORECASE,
)
#: `Asked why, she thought for a while`.
_ANSWERED: Final = re.compile(r",\s(?:he|she|they|it|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)\s(?:\w+ly\s)?[a-z]+")


def end_with_words(attributions: Attributions, story: Story) -> Attributions:
    """Cuts off what tells of silence, of the rest of a main clause, of the answer to what was asked."""
    return tuple(one if one.turn or one.cue is None else _ended(one, story) for one in attributions)


def _ended(one: Attribution, story: Story) -> Attribution:
    last = one.content[-1]
    end = min(
        _before_silence(last, story),
        _before_seconder(last, story.document),
        _with_relative(one, last, story),
        _before_answer(one, last, story.document),
        _before_that(last, story.document),
        _before_according(last, story.document),
    )
    return one if end == last.end or end <= last.start else one.with_content((*one.content[:-1], Span(last.start, end)))


def _before_silence(last: Span, story: Story) -> int:
    match = _SILENT.search(story.document.text, last.start, last.end)
    if match is None or any(quote.span.covers(Span(*match.span())) for quote in story.outer()):
        return last.end
    return match.start()


def _before_seconder(last: Span, document: Document) -> int:
    match = _SECONDED.search(document.text, last.start, last.end) if "seconded" in document.words(last) else None
    return last.end if match is None else match.start()


def _with_relative(one: Attribution, last: Span, story: Story) -> int:
    if one.source is None or story.document.words(one.source).lower() not in _RELATIVES:
        return last.end
    ends = [quote.span.end for quote in story.outer() if last.start < quote.span.end < last.end]
    return ends[-1] if ends and _GOES_ON.match(story.document.text, ends[-1], last.end) else last.end


def _before_that(last: Span, document: Document) -> int:
    """`said that he thinks of her daily and that it hurts`: the second clause is not what he thinks of."""
    match = _AND_THAT.match(document.text, last.start, last.end)
    return last.end if match is None else match.start("that")


def _before_answer(one: Attribution, last: Span, document: Document) -> int:
    assert one.cue is not None
    if document.words(one.cue) != "Asked":
        return last.end
    match = _ANSWERED.search(document.text, last.start, last.end)
    return last.end if match is None else match.start()


def _before_according(last: Span, document: Document) -> int:
    """`that jobs grew in May` according to the bank: the second cue is no end of the words."""
    words = document.words(last)
    cut = words.endswith(" according") and document.text.startswith(" to", last.end)
    return last.start + len(words.removesuffix(" according").rstrip(" ,")) if cut else last.end


#: `when parents`: a clause that tells when something was said.
_WHEN: Final = re.compile(r"\b(?:when|after|before|while|once)\s$", re.IGNORECASE)


def begin_behind_when(attributions: Attributions, story: Story) -> Attributions:
    """`When parents were asked, 68% said a degree`: of when it was said nothing is said."""
    return tuple(one if one.turn or len(one.content) < 2 else _behind_when(one, story) for one in attributions)


def _behind_when(one: Attribution, story: Story) -> Attribution:
    source, cue = one.source, one.cue
    if source is None or cue is None or not 0 <= cue.start - source.end <= 2:
        return one
    before = [span for span in one.content if span.end <= source.start]
    after = tuple(span for span in one.content if span.start >= cue.end)
    told = before and after and _WHEN.search(story.document.text, max(before[0].start - 8, 0), before[0].start)
    return one.with_content(after) if told else one


#: `that he saw the light and shouted, “Left!”`: what is told goes on with a cry.
_CRIES: Final = re.compile(
    r",?\s(?:and|then|but)\s(?:then\s)?(?:shouted|yelled|screamed|cried\sout|hollered|whispered|muttered|barked)"
    r"(?:\s[\w’'-]+){0,3}[,:]\s$"
)
_LONGEST_CRY: Final = 60


def go_on_with_cries(attributions: Attributions, story: Story) -> Attributions:
    """`A deckhand told them that he saw the light and shouted, “Left!” He said …`: the cry is in what he told them, and
    not what he said in the next sentence."""
    cries = {quote: one for one in attributions for quote in _cry(one, story)}
    if not cries:
        return attributions
    return tuple(_with_cry(one, cries) for one in attributions)


def _cry(one: Attribution, story: Story) -> tuple[Span, ...]:
    last = one.content[-1]
    paragraph = None if one.cue is None or one.turn or last.start < one.cue.end else story.paragraph_of(last.start)
    if paragraph is None or paragraph.quote_at(last.start) is not None:
        return ()
    behind = (quote.span for quote in paragraph.quotes if last.end <= quote.span.start)
    quote = next(behind, None)
    if quote is None or quote.start - last.end > _LONGEST_CRY:
        return ()
    cry = _CRIES.search(story.document.text, max(last.start, quote.start - _LONGEST_CRY), quote.start)
    return (quote,) if cry is not None and cry.start() <= last.end else ()


def _with_cry(one: Attribution, cries: Mapping[Span, Attribution]) -> Attribution:
    own = next((quote for quote, other in cries.items() if other is one), None)
    if own is not None:
        return one.with_content((*one.content[:-1], Span(one.content[-1].start, own.end)))
    kept = tuple(span for span in one.content if span not in cries)
    return one.with_content(kept) if kept and one.cue is not None else one
