"""Reported speech by its shape: a sure reporting verb, its subject, and the words beside it.

Works without a model, from quoted regions and the cue lexicon alone. It is meant to be right where it speaks and
silent elsewhere: the model finds the thousand other ways to report. Decides nothing about who the source is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import Token, token_at, tokens_of, wants_to_know
from onrecord.find.cues import DIRECT
from onrecord.find.paragraphs import Paragraph, sentences_of
from onrecord.find.reported_clauses import STATES, according, clause_after, clause_before, is_per_source
from onrecord.find.reported_quotes import quote_after, quote_after_participle, quote_before
from onrecord.find.reporting_clause import clause_at, is_verb, puts_it, trimmed
from onrecord.record import Document, Span

_BE: Final = frozenset("is are was were be 's".split())
_SELF: Final = frozenset("i we you me us it that this which what who they".split())
_SAYING: Final = frozenset("say says said told tell tells claim claims claimed believe believes think thinks".split())
#: Every word that may be a cue.
_CUES: Final = DIRECT | STATES | {"according", "per", "put", "puts", "know"}
_SHORTEST_WITH_REPORT: Final = 40
#: Cues of one sentence that are looked at; a sentence with more is no sentence.
_MOST_CUES: Final = 20


def find_reported(paragraph: Paragraph) -> tuple[Attribution, ...]:
    """The attributions of one paragraph whose shape leaves no doubt; at most one for each cue."""
    if paragraph.words.isdisjoint(_CUES):
        return ()
    found: list[Attribution] = []
    cues: Counter[Span] = Counter()
    for verb, token in enumerate(paragraph.tokens):
        if token.lower in _CUES and _may_report(paragraph, verb):
            sentence = paragraph.sentence_at(token.start)
            cues[sentence] += 1
            if cues[sentence] <= _MOST_CUES:
                found.extend(_at_cue(paragraph, verb))
    return _cut_short(found, paragraph)


def _may_report(paragraph: Paragraph, number: int) -> bool:
    lower = paragraph.tokens[number].lower
    if lower in DIRECT:
        return is_verb(paragraph.tokens, number)
    if lower == "know":
        return wants_to_know(paragraph.tokens, number)
    return (
        lower == "according"
        or is_per_source(paragraph.tokens, number)
        or puts_it(paragraph.tokens, number)
        or _is_state(paragraph, number)
    )


def _at_cue(paragraph: Paragraph, verb: int) -> Iterator[Attribution]:
    if paragraph.quote_at(paragraph.tokens[verb].start) is not None:
        return
    clause = clause_at(paragraph, verb)
    if paragraph.tokens[verb].lower in ("according", "per"):
        yield from according(clause)
        return
    for shape in (quote_before, quote_after, quote_after_participle, clause_before, clause_after):
        attribution = shape(clause)
        if attribution is not None:
            yield attribution
            return


def _is_state(paragraph: Paragraph, number: int) -> bool:
    """`are certain that …`: an adjective of belief after a form of be."""
    tokens = paragraph.tokens
    return number > 0 and tokens[number].lower in STATES and tokens[number - 1].lower in _BE


def _cut_short(found: Sequence[Attribution], paragraph: Paragraph) -> tuple[Attribution, ...]:
    """`Police said A, but Kukhta says B`: the first clause ends where the second report begins."""
    sources = [one.source.start for one in found if one.source]
    cuts = [before(place, paragraph) for place in sources for before in (_conjunction_before, _colon_before)]
    places = sorted(place for place in cuts if place is not None)
    return tuple(_cut(one, places, paragraph) for one in found)


def _conjunction_before(place: int, paragraph: Paragraph) -> int | None:
    """Where a clause before a subject ends: the comma of `, but Kukhta`."""
    number = token_at(paragraph.tokens, place)
    if number < 2 or paragraph.tokens[number - 1].lower not in ("but", "and", "while", "though", "although", "yet"):
        return None
    comma = paragraph.tokens[number - 2]
    return comma.start if comma.text in ",;" else None


def _colon_before(place: int, paragraph: Paragraph) -> int | None:
    """The colon in the sentence of a subject behind which a sentence of its own begins."""
    if ":" not in paragraph.words:
        return None
    floor, tokens = paragraph.sentence_at(place).start, paragraph.tokens
    for number in range(token_at(tokens, place) - 1, 0, -1):
        if tokens[number].start < floor:
            return None
        if tokens[number].text == ":" and tokens[number + 1].is_capital:
            return tokens[number].start
    return None


def _cut(one: Attribution, places: Sequence[int], paragraph: Paragraph) -> Attribution:
    last = one.content[-1]
    within = [place for place in places if last.start + 8 < place < last.end]
    if one.rule != "clause after cue" or not within:
        return one
    return replace(one, content=(*one.content[:-1], trimmed(paragraph.document.text, last.start, within[0])))


def find_within_quotes(paragraph: Paragraph) -> tuple[Attribution, ...]:
    """What a quoted speaker reports of others: `“… many people say they've not eaten for days.”`"""
    found: list[Attribution] = []
    for quote in paragraph.quotes:
        if len(quote.inner) > _SHORTEST_WITH_REPORT:
            tokens = _tokens_within(paragraph, quote.inner)
            inner = Paragraph(
                paragraph.document, quote.inner, tokens, (), tuple(sentences_of(paragraph.document, tokens, ()))
            )
            found += (one for one in find_reported(inner) if _is_of_others(one, paragraph.document))
    return tuple(found)


def _tokens_within(paragraph: Paragraph, span: Span) -> tuple[Token, ...]:
    """The tokens of a stretch of a paragraph: its own, unless the stretch cuts one of them."""
    first, end = token_at(paragraph.tokens, span.start), token_at(paragraph.tokens, span.end)
    tokens = paragraph.tokens[first:end]
    cut = (first and paragraph.tokens[first - 1].end > span.start) or (tokens and tokens[-1].end > span.end)
    return tokens_of(paragraph.document.text, span) if cut else tokens


def _is_of_others(one: Attribution, document: Document) -> bool:
    source = "" if one.source is None else document.words(one.source).lower()
    said = one.cue is not None and document.words(one.cue).lower().split()[-1] in _SAYING
    return bool(source) and source not in _SELF and said and source.split()[0] not in ("you", "i", "we")
