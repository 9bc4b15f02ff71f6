"""Rules that leave out what the reporter sets beside reported words: clauses on a subject, what others call it.

Each is one of `onrecord.find.repairs.REPAIRS`.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: `, a charge she denied`: what the reporter says of the words, behind them.
_ON_THE_WORDS: Final = re.compile(
    r",\s(?:an?)\s(?:\w+\s)?(?:view|claim|charge|accusation|allegation|assertion|suggestion|contention|characterization"
    r"|description|move|step|decision)\s(?:that\s|which\s)?(?:he|she|they|it|[A-Z]\w+|the|his|her|their|\w+s)\s"
)
#: `, in what police described as the first of its kind`: somebody else's words, or the reporter's.
_IN_WHAT: Final = re.compile(
    r"(?:,?\s)?\bin\swhat\s(?:\S+\s){0,6}?(?:called|calls|described|describes|said|says|termed|seen|appeared|appears|believed)\b"
)
#: Characters of an aside that may lie behind content that has begun it.
_LONGEST_BEHIND: Final = 30
#: `The union, which backed her in May,` is expected: the clause on a subject, up to its comma.
_ON_SUBJECT: Final = re.compile(r",\s(?:who|which|whose|where)\s[^\n]+")
_PASSIVE: Final = re.compile(r"(?:is|are|was|were|has|have|had|[’']s)\b")
#: How the reporter's sentence goes on from the one before.
_JOINS: Final = re.compile(r"(?:And|However,|Still,|Meanwhile,|Moreover,|In addition,|Also,)\s")
_RELATIVES: Final = frozenset("who which".split())


def leave_asides(attributions: Attributions, story: Story) -> Attributions:
    """`said they had missed the test, a charge he denied`: what is behind the comma is the reporter's."""
    return tuple(one if one.turn or one.cue is None else _without_aside(one, story) for one in attributions)


def _without_aside(one: Attribution, story: Story) -> Attribution:
    last = one.content[-1]
    match = _aside(last, story.document)
    if match is None or any(quote.span.covers(Span(*match.span())) for quote in story.outer()):
        return one
    if match.start() - last.start < 2:
        return one.with_content(one.content[:-1] or one.content)
    return one.with_content((*one.content[:-1], Span(last.start, match.start())))


def _aside(last: Span, document: Document) -> re.Match[str] | None:
    words, text, end = document.words(last), document.text, last.end + _LONGEST_BEHIND
    match = _ON_THE_WORDS.search(text, last.start, end) if ", a" in words else None
    if match is None and "in what " in words:
        match = _IN_WHAT.search(text, last.start, end)
    return match if match is not None and match.start() < last.end else None


def leave_clauses_on_subjects(attributions: Attributions, story: Story) -> Attributions:
    """`The union, which backed her in May, is expected to march`: whom it backed is not what is expected."""
    return tuple(_of_subject(one, story.document) for one in attributions)


def _of_subject(one: Attribution, document: Document) -> Attribution:
    first = one.content[0]
    if one.turn or one.source is not None or one.cue is None or len(one.content) < 2:
        return one
    if not _PASSIVE.match(document.text, one.cue.start) or first.end > one.cue.start:
        return one
    if document.text[first.end : one.cue.start].strip(" ,"):
        return one
    clause = _ON_SUBJECT.search(document.text, first.start, first.end)
    return one if clause is None else one.with_content((Span(first.start, clause.start()), *one.content[1:]))


def begin_behind_relatives(attributions: Attributions, story: Story) -> Attributions:
    """`Her visit was criticized by the mayor, who said that …`: what stands before `who` is told by nobody."""
    return tuple(one if one.turn or len(one.content) < 2 else _behind_relative(one, story) for one in attributions)


def _behind_relative(one: Attribution, story: Story) -> Attribution:
    source, cue = one.source, one.cue
    if source is None or cue is None or story.document.words(source) not in _RELATIVES:
        return one
    after = tuple(span for span in one.content if span.start >= cue.end)
    return one.with_content(after or one.content)


def begin_behind_joins(attributions: Attributions, story: Story) -> Attributions:
    """`However, the pier is safe, she said`: the first word joins the reporter's sentences."""
    return tuple(_behind_join(one, story.document) for one in attributions)


def _behind_join(one: Attribution, document: Document) -> Attribution:
    first = one.content[0]
    if one.turn or one.cue is None or one.cue.start < first.end:
        return one
    join = _JOINS.match(document.text, first.start, first.end)
    return one if join is None else one.with_content((Span(join.end(), first.end), *one.content[1:]))
