"""Statements: what the report says that somebody said, wrote or thought.

Gathers the model's attributions and those found by shape, repairs them, and makes statements of them: kind from the
quotation marks, mode from the cue, and which statement stands inside which. The speaker is left open here, and with
it the type of source: `onrecord.resolve.speakers` finds both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution, overlap, size
from onrecord.find.bounds import keep_to_sentence
from onrecord.find.circumstances import occasion_of, reason_of, reason_within
from onrecord.find.confidence import LEAST_LIKELY, calibrated, likelihood
from onrecord.find.cues import CueSense, leads_in_nothing, read_cue
from onrecord.find.interviews import find_interview
from onrecord.find.linked import AttributionScores, link_attributions
from onrecord.find.loose_quotes import take_loose_quotes
from onrecord.find.merging import merge
from onrecord.find.name_lines import find_name_lines
from onrecord.find.paragraphs import paragraphs_of
from onrecord.find.quotes import Quote, find_quotes
from onrecord.find.repairs import WITHIN_REPAIRS, repair
from onrecord.find.reporting import find_reported, find_within_quotes
from onrecord.find.second_reports import end_before_reports, freed_reports
from onrecord.find.set_off import SET_OFF, find_set_off
from onrecord.find.shelves import Shelves
from onrecord.find.sourceless import find_sourceless
from onrecord.find.story import Story
from onrecord.find.turns import find_turns
from onrecord.find.within import as_document, keep_to_marks, keep_to_sentences, lying_within, reported_words
from onrecord.record import Document, Origin, Span, Statement, StatementKind, address, envelope

#: The model, asked what it sees in a document.
Reading = Callable[[Document], AttributionScores]

VERSION: Final = "1"
_OWN: Final = frozenset("i we you me us my our".split())
_TELLING: Final = re.compile(r"\b(?:told|tells?|telling|order\w*|warn\w*|allow\w*|forc\w+)\b")
#: No hearer has a verb of his own, and what is proposed or called for is not told to anybody.
_HEARER: Final = re.compile(
    r"(?!(?:if|whether|that|how|why|what|who|when|where|for|about|as|of|not|never|\w+ing)\b)"
    r"(?:(?!(?:to|will|would|is|are|was|were|has|have|had|can|could|should|must|may|might)\b)[\w’'.-]+\s+){1,6}"
    r"(?=to\s+[a-z])"
    r"|(?:him|her|them|us|me|you)\s+(?=(?:that|how|what|why|whether)\s)"
)
#: `told the AP she plans to stay`: no hearer plans.
_INTENDS: Final = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I|[Tt]here)\b"
    r"|\b(?:plan|want|hope|intend|expect|need|agree|refuse|decide|continue|start|like|prefer|aim|tend|claim|fail|manage|promise"
    r"|vow|offer|decline|pledge|seem|appear|happen|come|go|get|use)(?:e?s|e?d)?\s"
    r"|\b(?:tries|tried|trying|sought|seeks|began|begins|going|ready|able|unable|likely|due|set|supposed|forced|allowed|came"
    r"|went|got|left|free|prepared)\s"
)
_UNHEARD: Final = re.compile(r"\b(?:propos\w+|advocat\w+|question\w*|recommend\w*|wonder\w*|for|know)$")
#: `called` with `for peace`, `his call` with `for foreign fighters`: the preposition is of the content.
_CALLING: Final = re.compile(r"\bcall(?:s|ed|ing)?$", re.IGNORECASE)
_CALLED_FOR: Final = re.compile(r"(?:for|on|upon)\s", re.IGNORECASE)
#: `asked` with `to be silent` or `for silence`, `told` with `to be silent`: what somebody is to do.
_ASKING: Final = re.compile(r"\b(?:ask(?:s|ed|ing)?|told|tells?|telling)$", re.IGNORECASE)
_ASKED_TO: Final = re.compile(r"(?:not\s)?to\s[a-z]", re.IGNORECASE)
_ASKED_FOR: Final = re.compile(r"(?:for|that)\s", re.IGNORECASE)
_PLEADING: Final = re.compile(r"\bplead(?:s|ed|ing)?$|\bpled$", re.IGNORECASE)
_GUILT: Final = re.compile(r"(?P<innocent>not\s+guilty|innocent)|guilty", re.IGNORECASE)
_PAST_SPEECH: Final = frozenset("said told wrote asked warned".split())


def find_statements(
    document: Document,
    scores: AttributionScores | None = None,
    *,
    quotes: tuple[Quote, ...] | None = None,
    read: Reading | None = None,
) -> tuple[Statement, ...]:
    """The statements of a report, in text order; without scores only those whose shape gives them away. `quotes` are
    those of the document, where they are known; `read` reads what is reported once more, for what is said within."""
    story = _story(document, find_quotes(document) if quotes is None else quotes)
    attributions = _attributions(story, scores)
    if scores is not None:
        attributions = tuple(_weighed(attributions, story))
        if read is not None:
            attributions = (*attributions, *_weighed(_within(attributions, story, read), story))
    return _with_outer(_one_of_each(_statement(one, story) for one in attributions))


def _one_of_each(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """No two with the same reach of content, for that is their address: the surer one stays."""
    best: dict[str, Statement] = {}
    for one in statements:
        if one.id not in best or (one.origin.score or 0) > (best[one.id].origin.score or 0):
            best[one.id] = one
    return tuple(sorted(best.values(), key=lambda one: (one.content[0].start, -one.content[-1].end)))


def _within(outer: Sequence[Attribution], story: Story, read: Reading) -> tuple[Attribution, ...]:
    """What is said inside what is said."""
    spans = reported_words((span for one in outer for span in one.content), story.document.text)
    if not spans:
        return ()
    found = repair(link_attributions(read(as_document(spans, story.document))), story, WITHIN_REPAIRS)
    marked = keep_to_marks(found, story.quotes, story.document)
    within = tuple(lying_within(tuple(keep_to_sentences(marked, story.quotes, story.document)), outer))
    kept = _without_own_words((*outer, *within), story)
    new = frozenset(map(id, within))
    return tuple(one for one in kept if id(one) in new)


def found_attributions(document: Document, scores: AttributionScores) -> tuple[tuple[Attribution, ...], Story]:
    """What is found before it is weighed, and the story it stands in: for `training.confidence`."""
    story = _story(document, find_quotes(document))
    return _apart(_attributions(story, scores)), story


def _story(document: Document, quotes: tuple[Quote, ...]) -> Story:
    return Story(document, quotes, paragraphs_of(document, quotes))


def _weighed(attributions: Sequence[Attribution], story: Story) -> Iterator[Attribution]:
    """Each with the probability that it is right for its score; those that hardly are go."""
    for one in attributions:
        likely = likelihood(one, kind_of(one, story), story.document)
        if likely >= LEAST_LIKELY or one.turn:
            yield replace(one, score=calibrated(likely))


def _attributions(story: Story, scores: AttributionScores | None) -> tuple[Attribution, ...]:
    linked = link_attributions(scores) if scores is not None else ()
    shaped = list(find_turns(story.document, story.quotes))
    if not any(one.turn for one in shaped):
        shaped += find_name_lines(story.paragraphs)
        shaped += find_interview(story.document, story.quotes)
        shaped += find_set_off(story.paragraphs)
    for paragraph in story.paragraphs:
        shaped += find_reported(paragraph)
        shaped += find_within_quotes(paragraph)
        shaped += find_sourceless(paragraph)
    kept = keep_to_sentence(linked, story)
    seen = end_before_reports(kept, shaped, story)
    freed = freed_reports(kept, seen, shaped)
    merged = merge((*seen, *freed), [one for one in shaped if one not in freed], alone=scores is None)
    return _without_own_words(take_loose_quotes(repair(merged, story), story), story)


def _without_own_words(attributions: Sequence[Attribution], story: Story) -> tuple[Attribution, ...]:
    """A speaker's own "I think" inside his own words is no statement of its own; "I told him …" is."""
    direct = [one for one in attributions if one.turn or kind_of(one, story) == "direct"]
    return tuple(one for one in attributions if not _is_own_word(one, direct, story.document))


def _is_own_word(one: Attribution, direct: Sequence[Attribution], document: Document) -> bool:
    if one.source is None or one.cue is None or document.words(one.source).lower() not in _OWN:
        return False
    if not _PAST_SPEECH.isdisjoint(document.words(one.cue).lower().split()):
        return False
    return any(span.covers(one.cue) for other in direct if other is not one for span in other.content)


def _apart(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """No two with the same reach of content, for that is their address: the surer one stays."""
    best: dict[Span, Attribution] = {}
    for one in attributions:
        reach = envelope(one.content)
        if reach not in best or one.score > best[reach].score:
            best[reach] = one
    return tuple(best[reach] for reach in sorted(best, key=lambda span: (span.start, -span.end)))


def _statement(one: Attribution, story: Story) -> Statement:
    document = story.document
    sense = _sense(one, document)
    silent = one.cue is not None and leads_in_nothing(document.words(one.cue))
    one = _without_hearer(one, sense, document)
    sense = _sense(one, document)
    closing = reason_within(one, document) if silent else None
    if closing is not None:
        last = Span(one.content[-1].start, one.content[-1].start + len(_before(document, one.content[-1], closing)))
        one = replace(one, content=(*one.content[:-1], last))
    return Statement(
        id=address(document.id, "statement", envelope(one.content)),
        content=one.content,
        kind="direct" if one.turn else kind_of(one, story),
        mode=sense.mode,
        source_type="none" if one.source is None else "unnamed person",
        origin=Origin(f"find.statements: {one.rule}", VERSION, round(one.score, 4)),
        cue=one.cue,
        source=one.source,
        negated=sense.negated,
        hedged=sense.hedged,
        reason=closing or reason_of(one, document),
        occasion=occasion_of(one, document),
    )


def _without_hearer(one: Attribution, sense: CueSense, document: Document) -> Attribution:
    """`asked both to be silent`: those who are asked are no part of what is asked."""
    first = one.content[0]
    cue = "" if one.cue is None else document.words(one.cue).lower()
    if one.turn or _UNHEARD.search(cue) or (sense.mode not in ("demanded", "asked") and not _TELLING.search(cue)):
        return one
    hearer = _HEARER.match(document.text, first.start, first.end)
    if hearer is None or one.cue is None or first.start < one.cue.end or _INTENDS.search(hearer[0]):
        return one
    return replace(one, content=(Span(hearer.end(), first.end), *one.content[1:]))


def _before(document: Document, content: Span, closing: Span) -> str:
    return document.text[content.start : closing.start].rstrip()


def _sense(one: Attribution, document: Document) -> CueSense:
    cue = "" if one.cue is None else document.words(one.cue)
    sense = read_cue(cue)
    first = document.words(one.content[0])
    guilt = _GUILT.match(first) if _PLEADING.search(cue) else None
    if guilt is not None:
        return replace(sense, mode="denied" if guilt["innocent"] else "agreed")
    if _is_demand(cue, first):
        return replace(sense, mode="demanded")
    words = "" if one.source is None else document.words(one.source)
    if (
        one.turn
        and one.rule != "interview answer"
        and (words.upper() == "Q" or document.words(one.content[-1]).rstrip(" \n*_").endswith("?"))
    ):
        return replace(sense, mode="asked")
    return sense


def _is_demand(cue: str, first: str) -> bool:
    """`called` with `for peace`, `asked` with `for silence` or `to be silent`."""
    called = _CALLING.search(cue) and _CALLED_FOR.match(first)
    asked = _ASKING.search(cue) and (
        _ASKED_TO.match(first) or (cue.lower().rfind("ask") >= 0 and _ASKED_FOR.match(first))
    )
    return bool(called or asked)


def kind_of(one: Attribution, story: Story) -> StatementKind:
    """Direct when every word stands in quotation marks, indirect when none does; a name in marks does not count."""
    if one.turn or one.rule == SET_OFF:
        return "direct"
    quoted = overlap(one.content, tuple(quote.span for quote in story.outer_over(one.content)))
    if quoted >= size(one.content) - 1:
        return "direct"
    return "mixed" if quoted else "indirect"


def _with_outer(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Each with the id of the smallest statement whose content holds its own."""
    shelves = Shelves(statements)
    outers = [_outer(one, shelves.near(one.content)) for one in statements]
    return tuple(
        one if outer is None else replace(one, inside=outer) for one, outer in zip(statements, outers, strict=True)
    )


def _outer(inner: Statement, near: Iterable[Statement]) -> str | None:
    reach = envelope(inner.content)
    around = [
        (len(span), other.id)
        for other in near
        for span in other.content
        if other.id != inner.id and span.covers(reach) and span != reach
    ]
    return min(around)[1] if around else None
