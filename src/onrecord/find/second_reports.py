"""Reports that the model took for a part of the one before: `Surveys suggest that few do: In a poll, 83% said …`.

Where content is cut short, at a colon or with its sentence, what is reported in the rest is found by its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.cues import SURE, VERBS
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: `and wrote that …`, `, saying …`, `, which she said …`: the words between two reported clauses when the second has a
#: cue of its own.
_SECOND_CUE: Final = re.compile(
    r",?\s*(?:and|but|then|and then|and also)\s+(?P<cue>(?:also |later |then )?(?P<verb>\w+))"
    r"|,\s+(?:and\s+)?(?P<participle>saying|adding|arguing|noting|insisting|explaining|warning|claiming|predicting|calling"
    r"|alleging)"
    r"|,?\s+(?:which|who|that)\s+(?P<source>he|she|they|it|(?:the\s)?\w+(?:\s\w+){0,4}?)\s+(?P<other>said|says|say)"
)
#: Words of what may be the subject of a report set between commas.
_LONGEST_SUBJECT: Final = 8
_COLON: Final = re.compile(r":\s+(?=[A-Z])")
#: `The suit alleges that A, and accuses the bank of B`: a second verb of the same subject, behind a comma.
_AND_REPORTS: Final = re.compile(
    r",[”\"’']?\s(?:and|but|then|and\sthen)\s(?:also\s|later\s|then\s|has\s|have\s|had\s)?(?P<cue>(?P<verb>[a-z]+))\s"
    r"(?:(?=that\s|whether\s|how\s)|(?P<direct>(?=\w)))"
)
_PAST: Final = re.compile(r"\b(?:said|told|wrote|\w+ed)$")
_PRESENT: Final = re.compile(r"\b\w+s$")
#: Verbs that report with no `that` behind them.
_BARE: Final = re.compile(
    r"(?:accus(?:es|ed)|call(?:s|ed)(?=\sfor\s|\son\s)|urg(?:es|ed)|demand(?:s|ed)|blam(?:es|ed)|criticiz(?:es|ed)"
    r"|denounc(?:es|ed)|describ(?:es|ed)|warn(?:s|ed)(?=\sof\s|\sagainst\s))\s",
)


def end_before_reports(attributions: Attributions, shaped: Sequence[Attribution], story: Story) -> Attributions:
    """What is reported without marks ends before a colon behind which somebody else, or he again, reports."""
    return tuple(one if one.turn or one.cue is None else _ended(one, shaped, story) for one in attributions)


def _ended(one: Attribution, shaped: Sequence[Attribution], story: Story) -> Attribution:
    last = one.content[-1]
    if one.cue is not None and one.cue.start >= last.end:
        return _begun_behind(one, story)
    colon = _COLON.search(story.document.text, last.start, last.end)
    paragraph = None if colon is None else story.paragraph_of(colon.start())
    if colon is None or paragraph is None or paragraph.quote_at(colon.start()) is not None:
        return one
    behind = Span(colon.end(), paragraph.sentence_at(colon.start()).end)
    if not any(_reports(each, behind) for each in shaped):
        return one
    return one.with_content((*one.content[:-1], Span(last.start, colon.start())))


def _begun_behind(one: Attribution, story: Story) -> Attribution:
    """`He agrees on the sum but not on its meaning: A surplus is spent once, she wrote.`: only behind the colon."""
    start, end = one.content[0].start, one.content[-1].end
    colon = _COLON.search(story.document.text, start, end)
    paragraph = None if colon is None else story.paragraph_of(colon.start())
    if colon is None or paragraph is None or paragraph.quote_at(colon.start()) is not None:
        return one
    sentence = paragraph.sentence_at(start)
    before = story.document.text[sentence.start : colon.start()].lower().split()
    behind = tuple(Span(max(span.start, colon.end()), span.end) for span in one.content if span.end > colon.end())
    told = sentence.end > colon.start() and not SURE.isdisjoint(before)
    return one.with_content(behind) if told and behind else one


def _reports(one: Attribution, behind: Span) -> bool:
    return one.cue is not None and one.source is not None and behind.covers(one.cue) and behind.covers(one.source)


def freed_reports(before: Attributions, after: Attributions, shaped: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The shapes that lay within content before it was cut, and lie in none any more."""
    cut = [span for one, other in zip(before, after, strict=True) if one is not other for span in one.content]
    if not cut:
        return ()
    left = [span for one in (*after, *shaped) for span in one.content]
    return tuple(
        one
        for one in shaped
        if one.cue is not None
        and any(span.covers(one.reach) for span in cut)
        and not any(span.covers(one.cue) for span in left)
    )


def join_inserted(attributions: Attributions, story: Story) -> Attributions:
    """`His insurer, he said, told him to wait`: he says that his insurer told him so, and the insurer says to wait."""
    told = {one.cue.start: one for one in attributions if one.cue is not None and not one.turn}
    inserted = {id(one): inner for one in attributions if (inner := _told_behind(one, told, story)) is not None}
    if not inserted:
        return attributions
    subjects = {id(inserted[id(one)]): one.content[0] for one in attributions if id(one) in inserted}
    return tuple(
        _with_told(one, inserted[id(one)])
        if id(one) in inserted
        else replace(one, source=subjects.get(id(one), one.source))
        for one in attributions
    )


def _told_behind(one: Attribution, told: Mapping[int, Attribution], story: Story) -> Attribution | None:
    """The report whose cue stands right behind the second comma of an inserted one."""
    cue, source, text = one.cue, one.source, story.document.text
    if cue is None or source is None or one.turn or not one.content[0].end <= source.start < cue.start:
        return None
    subject = one.content[0]
    if len(story.document.words(subject).split()) > _LONGEST_SUBJECT or text[subject.end : source.start] != ", ":
        return None
    inner = told.get(cue.end + 2) if text[cue.end : cue.end + 2] == ", " else None
    return None if inner is None or inner.content[0].start < cue.end or inner is one else inner


def _with_told(one: Attribution, inner: Attribution) -> Attribution:
    assert inner.cue is not None
    last = inner.content[-1]
    later = tuple(span for span in one.content[1:] if span.start >= last.end)
    return one.with_content((one.content[0], Span(inner.cue.start, last.end), *later))


def part_second_cues(attributions: Attributions, story: Story) -> Attributions:
    """`theorized that A, and wrote that B` is two statements of one source."""
    return tuple(part for one in attributions for part in _parted_at_gaps(one, story.document))


def _parted_at_gaps(one: Attribution, document: Document) -> Iterator[Attribution]:
    if one.cue is None or one.turn:
        yield one
        return
    first = 0
    for number in range(1, len(one.content)):
        second = _in_gap(one, number, document)
        if second is not None:
            yield one.with_content(one.content[first:number])
            first, one = number, second
    yield one.with_content(one.content[first:])


def _in_gap(one: Attribution, number: int, document: Document) -> Attribution | None:
    """The same with the cue, and the source if there is one, of the gap before a piece of content."""
    left, right = one.content[number - 1], one.content[number]
    match = _SECOND_CUE.fullmatch(document.text[left.end : right.start].rstrip())
    if match is None:
        return None
    group = next(name for name in ("participle", "other", "cue") if match[name])
    if group == "cue" and match["verb"].lower() not in VERBS:
        return None
    cue = Span(left.end + match.start(group), left.end + match.end(group))
    if match["source"] is None:
        return replace(one, cue=cue)
    return replace(one, cue=cue, source=Span(left.end + match.start("source"), left.end + match.end("source")))


def part_second_reports(attributions: Attributions, story: Story) -> Attributions:
    """`The suit alleges that A, and accuses the bank of B` is two statements of one source."""
    taken = frozenset(one.cue for one in attributions if one.cue is not None)
    return tuple(part for one in attributions for part in _parted(one, taken, story))


def _parted(one: Attribution, taken: frozenset[Span], story: Story) -> Iterator[Attribution]:
    last = one.content[-1]
    if one.cue is None or one.turn or one.source is None or last.start < one.cue.end:
        yield one
        return
    second = _second(one.cue, last, story)
    if second is None or any(second.overlaps(cue) for cue in taken):
        yield one
        return
    text = story.document.text
    first = text[last.start : second.start].rpartition(",")[0]
    first_end = last.start + len(first) + (2 if text[last.start + len(first) + 1] in '”"' else 0)
    yield one.with_content((*one.content[:-1], Span(last.start, first_end)))
    yield replace(one, content=(Span(second.end + 1, last.end),), cue=second)


def _second(cue: Span, last: Span, story: Story) -> Span | None:
    document = story.document
    for match in _AND_REPORTS.finditer(document.text, last.start, last.end):
        verb = Span(*match.span("cue"))
        if any(quote.span.covers(verb) for quote in story.outer()) or not _same_tense(cue, match["verb"], document):
            continue
        bare = match["direct"] is not None
        if match["verb"] in SURE if not bare else _BARE.match(document.text, verb.start):
            return verb
    return None


def _same_tense(cue: Span, verb: str, document: Document) -> bool:
    words = document.words(cue)
    return any(tense.search(words) and tense.search(verb) for tense in (_PAST, _PRESENT))
