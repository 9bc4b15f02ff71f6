"""Reports that the model took for a part of the one before: `Surveys suggest that few do: In a poll, 83% said …`.

Where content is cut short, at a colon or with its sentence, what is reported in the rest is found by its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import is_finite, token_at
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
#: `The suit alleges that A, and accuses the bank of B`: a second verb of the same subject.
_AND_REPORTS: Final = re.compile(
    r"(?P<comma>,?)(?P<mark>[”\"’']?)\s(?:and|but|then|and\sthen)\s"
    r"(?P<cue>(?:(?:also|later|then)\s|(?P<perfect>(?:has|have|had)\s))?(?P<verb>[a-z]+))(?=\s\w)"
)
#: What follows a verb that may be a noun as well: `and reports that`, but not `and reports from the north`.
_CLAUSE_AHEAD: Final = re.compile(
    r"(?:that|whether|how|he|she|it|they|we|there|the|an?|his|her|its|their|this|these)\s"
)
#: How content begins that has no subject of its own.
_NO_CLAUSE: Final = re.compile(r"(?:not\s)?(?:to|for|of|on|about|against|with|at)\s")
#: Cues that report whole clauses, unless a preposition or an infinitive follows.
_OF_CLAUSES: Final = re.compile(r"\b(?:said|says?|told|tells?|add(?:s|ed)|thinks?|thought|believe[sd]?)$")
_CLAUSE: Final = re.compile(
    r"(?:that|if|whether|how|why|what|when|because|he|she|it|they|we|you|there|nobody|everyone)\b", re.IGNORECASE
)
_PAST: Final = re.compile(r"\b(?:said|told|wrote|\w+ed)$")
_PRESENT: Final = re.compile(r"\b\w+s$")
#: Verbs that report with no `that` behind them.
_BARE: Final = re.compile(
    r"(?:accus(?:es|ed)|call(?:s|ed)(?=\sfor\s|\son\s)|urg(?:es|ed)|demand(?:s|ed)|blam(?:es|ed)|criticiz(?:es|ed)"
    r"|consider(?:s|ed)|denounc(?:es|ed)|describ(?:es|ed)|warn(?:s|ed)(?=\sof\s|\sagainst\s))\s",
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
    cues = tuple(one.cue for one in attributions if one.cue is not None)
    return tuple(part for one in attributions for part in _parted(one, cues, story))


def _parted(one: Attribution, cues: Sequence[Span], story: Story) -> Iterator[Attribution]:
    last = one.content[-1]
    if one.cue is None or one.turn or one.source is None or last.start < one.cue.end:
        yield one
        return
    second = _second(one.cue, last, story)
    if second is None:
        yield one
        return
    end = second.end("mark") if second["mark"] else second.start("comma")
    yield one.with_content((*one.content[:-1], Span(last.start, end)))
    cue = Span(*second.span("cue"))
    if not any(cue.overlaps(other) for other in cues):
        yield replace(one, content=(Span(cue.end + 1, last.end),), cue=cue)


def _second(cue: Span, last: Span, story: Story) -> re.Match[str] | None:
    document = story.document
    for match in _AND_REPORTS.finditer(document.text, last.start + 1, last.end):
        verb = Span(*match.span("cue"))
        quoted = any(quote.span.covers(verb) for quote in story.outer())
        if not quoted and _is_report(match, cue, document) and _is_of_source(match, cue, last, story):
            return match
    return None


def _is_report(match: re.Match[str], cue: Span, document: Document) -> bool:
    verb, text = match["verb"], document.text
    if not _same_tense(cue, verb, document):
        return False
    sure = verb in SURE and (not verb.endswith("s") or _CLAUSE_AHEAD.match(text, match.end() + 1))
    return bool(sure or _BARE.match(text, match.start("verb")))


def _is_of_source(match: re.Match[str], cue: Span, last: Span, story: Story) -> bool:
    """Whether who reports first is the subject of the second verb too: behind a comma, or where nothing but a quotation
    or a phrase without a verb stands before it."""
    words = Span(last.start, max(match.end("mark"), last.start + 1))
    if match["perfect"]:
        return False
    if match["comma"]:
        return True
    if any(quote.span.end == words.end for quote in story.outer_over((words,))):
        return True
    if _NO_CLAUSE.match(story.document.text, last.start):
        return True
    return not _OF_CLAUSES.search(story.document.words(cue)) and not _is_clause(words, story)


def _is_clause(words: Span, story: Story) -> bool:
    paragraph = story.paragraph_of(words.start)
    if paragraph is None or _CLAUSE.match(story.document.text, words.start):
        return True
    tokens = paragraph.tokens
    return any(is_finite(token) for token in tokens[token_at(tokens, words.start) : token_at(tokens, words.end)])


def _same_tense(cue: Span, verb: str, document: Document) -> bool:
    words = document.words(cue)
    return any(tense.search(words) and tense.search(verb) for tense in (_PAST, _PRESENT))
