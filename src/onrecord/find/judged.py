"""`X is considered Y`: who or what is judged is the first span of what is judged, where the sentence tells it.

One of `onrecord.find.repairs.REPAIRS`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import Token, cue_start, is_finite, span_of, subject_before, token_at
from onrecord.find.paragraphs import Paragraph
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: The rule's name: of statements in two pieces these are the surest.
JUDGED: Final = "judged"
#: Participles whose subject is what somebody thinks or says something of.
_JUDGED: Final = re.compile(
    r"(?P<be>(?:(?:is|are|was|were|be|been|being|has|have|had|not|also|still|now|later|then|long|once|\w+ly)\s+)*)"
    r"(?:considered|regarded|seen|viewed|perceived|deemed|hailed|recogni[sz]ed|described|portrayed|depicted|billed|touted"
    r"|believed|thought|said|reported|rumou?red|expected|feared|reputed|presumed|suspected)(?:\s+(?:as|to))?",
    re.IGNORECASE,
)
_AS: Final = re.compile(r"(?<=ed|en)\s+(?P<as>as)$", re.IGNORECASE)
_BY: Final = re.compile(r"\s+by\s+(?P<who>[\w’'.-]+(?:[ ,]+[\w’'.-]+){0,7}?),?\s+")
_BE: Final = frozenset("is are was were be been being".split())
_ARTICLES: Final = frozenset("a an the his her their its our my this these those another".split())
_WITHIN: Final = frozenset("of in from for at".split())
_LONGEST_PART: Final = 5
_MOST_WORDS_APART: Final = 30


def begin_with_as(attributions: Attributions, story: Story) -> Attributions:
    """`was seen as fraudulent`: the preposition belongs to what is judged, and not to the judging."""
    return tuple(one if one.turn else _with_as(one, story) for one in attributions)


def _with_as(one: Attribution, story: Story) -> Attribution:
    as_ = None if one.cue is None else _AS.search(story.document.words(one.cue))
    if one.cue is None or as_ is None:
        return one
    behind = [span for span in one.content if 0 <= span.start - one.cue.end <= 1]
    start = one.cue.start + as_.start("as")
    content = tuple(Span(start, span.end) if span in behind else span for span in one.content)
    return replace(one, cue=Span(one.cue.start, one.cue.start + as_.start()), content=content) if behind else one


def hear_who_judges(attributions: Attributions, story: Story) -> Attributions:
    """`recognized by the king as a hero`: whoever stands between says so, and `by` is no part of the cue."""
    return tuple(_with_judge(_without_by(one, story.document), story) for one in attributions)


def _without_by(one: Attribution, document: Document) -> Attribution:
    if one.cue is None or one.source is None or one.source.start != one.cue.end + 1:
        return one
    words = document.words(one.cue)
    led = words.endswith(" by") and _JUDGED.fullmatch(words, 0, len(words) - 3)
    return replace(one, cue=Span(one.cue.start, one.cue.end - 3)) if led else one


def _with_judge(one: Attribution, story: Story) -> Attribution:
    if one.cue is None or one.source is not None or one.turn or not _JUDGED.fullmatch(story.document.words(one.cue)):
        return one
    behind = next((span.start for span in one.content if span.start > one.cue.end), one.cue.end)
    judge = _BY.fullmatch(story.document.text, one.cue.end, behind)
    return one if judge is None else replace(one, source=Span(*judge.span("who")))


def begin_with_the_judged(attributions: Attributions, story: Story) -> Attributions:
    """`the leader of a revolt, considered a hero` and `He was killed and later recognized by the king as a hero`."""
    return tuple(_with_judged(one, attributions, story) for one in attributions)


def _with_judged(one: Attribution, others: Attributions, story: Story) -> Attribution:
    behind = () if one.cue is None else tuple(span for span in one.content if span.start >= one.cue.end)
    if one.cue is None or one.turn or len(behind) != 1 or len(one.content) > 2:
        return one
    match = _JUDGED.fullmatch(story.document.words(one.cue))
    paragraph = story.paragraph_of(one.cue.start)
    if match is None or paragraph is None or not _is_passive(one, story) or paragraph.quote_at(one.cue.start):
        return one
    is_whole = bool(_BE.intersection(match["be"].lower().split()))
    if len(one.content) == 2 and (is_whole or not _is_far(one.content[0], one.cue, paragraph)):
        return one
    judged = _judged(one.cue, paragraph, is_whole=is_whole)
    taken = [span for other in others if other is not one for span in (*other.content, other.cue, other.source) if span]
    free = judged is not None and not any(span.overlaps(judged) and not span.covers(judged) for span in taken)
    return replace(one, content=(judged, *behind), rule=JUDGED) if judged is not None and free else one


def _is_far(subject: Span, cue: Span, paragraph: Paragraph) -> bool:
    """`The regiment was named after the leader of a revolt, considered a hero`: a verb parts it from the participle
    behind the comma."""
    if paragraph.document.text[cue.start - 2 : cue.start] != ", " or subject.end > cue.start - 2:
        return False
    tokens = paragraph.tokens
    return any(map(is_finite, tokens[token_at(tokens, subject.end) : token_at(tokens, cue.start)]))


def _is_passive(one: Attribution, story: Story) -> bool:
    """Nobody is told to judge, or `by` leads to him; `He described it as a hoax` has him before the verb."""
    assert one.cue is not None
    if one.source is None:
        return True
    return one.source.start >= one.cue.end and story.document.text[one.cue.end : one.source.start].strip() == "by"


def _judged(cue: Span, paragraph: Paragraph, *, is_whole: bool) -> Span | None:
    """The subject of `was considered`, of a verb before it that has its `was`, or what a participle stands behind."""
    tokens, verb = paragraph.tokens, token_at(paragraph.tokens, cue.start)
    floor = token_at(tokens, paragraph.sentence_at(cue.start).start)
    begin = cue_start(tokens, verb, floor)
    if is_whole or any(token.lower in _BE for token in tokens[begin:verb]):
        found = _subject(tokens, floor, begin)
    elif begin > floor and tokens[begin - 1].lower in ("and", "but"):
        found = _shared_subject(tokens, floor, begin)
    else:
        found = _antecedent(tokens, floor, begin)
    expletive = found is not None and tokens[found[0]].lower in ("it", "there", "who", "which", "that")
    return None if found is None or expletive else span_of(tokens, *found)


def _shared_subject(tokens: tuple[Token, ...], floor: int, end: int) -> tuple[int, int] | None:
    """`A deputy commander was killed and later recognized`: the subject of the sentence, if that is passive too."""
    verb = next((n for n in range(floor, end) if is_finite(tokens[n])), None)
    if verb is None or tokens[verb].lower not in _BE or end - verb > _MOST_WORDS_APART:
        return None
    return _subject(tokens, floor, verb)


def _subject(tokens: tuple[Token, ...], floor: int, end: int) -> tuple[int, int] | None:
    """What stands before a verb, `A deputy, Jan Holm, was` too: the name set off behind what somebody is."""
    found = subject_before(tokens, end, floor)
    if found is not None or end - 1 <= floor or tokens[end - 1].text != ",":
        return found
    name = end - 1
    while name > floor and tokens[name - 1].is_capital:
        name -= 1
    described = name < end - 1 and name - 1 > floor and tokens[name - 1].text == ","
    found = subject_before(tokens, name - 1, floor) if described else None
    return None if found is None else (found[0], end - 1)


def _antecedent(tokens: tuple[Token, ...], floor: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that ends before a comma and the participle, with the phrases that it stands in."""
    last = end - 1
    if last <= floor or tokens[last].text != ",":
        return None
    first = _article_before(tokens, floor, last)
    while first is not None and first > floor and tokens[first - 1].lower in _WITHIN:
        before = _article_before(tokens, floor, first - 1)
        if before is None:
            break
        first = before
    return None if first is None else (first, last)


def _article_before(tokens: tuple[Token, ...], floor: int, end: int) -> int | None:
    """The article of a few plain words that end before a token."""
    for number in range(end - 1, max(floor, end - _LONGEST_PART - 1) - 1, -1):
        if tokens[number].lower in _ARTICLES:
            return number if number < end - 1 else None
        if (tokens[number].is_mark and tokens[number].text != "-") or is_finite(tokens[number]):
            return None
    return None
