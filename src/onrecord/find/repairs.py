"""Rules that put attributions right where they beat the model: an ordered list, each a function of its own.

Snap to quotation marks, let a quote run on over paragraphs, join what follows without a cue, lend a source to a cue
that shares one, and drop what is no statement. `REPAIRS` is applied in order by `repair`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from onrecord.find.asides import begin_behind_joins, begin_behind_relatives, leave_asides, leave_clauses_on_subjects
from onrecord.find.attributions import Attribution, have_same_words, overlap, size, without
from onrecord.find.bounds import end_before_comparison, keep_quotes_together
from onrecord.find.clauses import cue_start, main_subject, span_of, subject_after, subject_before, token_at
from onrecord.find.completions import NEVER_LAST, fill_gaps, finish_clauses, finish_questions, finish_words
from onrecord.find.cue_bounds import (
    begin_with_preposition,
    hear_bare_verbs,
    hear_verbs_between,
    leave_adverbs,
    leave_occasions,
)
from onrecord.find.endings import begin_behind_when, end_with_words, go_on_with_cries
from onrecord.find.judged import begin_with_as, begin_with_the_judged, hear_who_judges
from onrecord.find.no_statements import drop_no_statements, is_term
from onrecord.find.nouns_of_saying import end_with_clause, hear_no_source_of_rumours
from onrecord.find.openings import begin_behind_datelines
from onrecord.find.quoted_content import (
    drop_tails,
    keep_to_inserted,
    keep_to_quotes,
    leave_titles,
    run_on,
    snap_to_quotes,
    tidy_ends,
)
from onrecord.find.relatives import stand_for_antecedents
from onrecord.find.rubrics import drop_rubrics
from onrecord.find.second_reports import join_inserted, part_second_cues, part_second_reports
from onrecord.find.shared_sources import shared_source
from onrecord.find.shelves import Shelves
from onrecord.find.silences import (
    drop_summons,
    hear_no_requests,
    lead_in_nothing,
    leave_gerunds,
    leave_refusals,
)
from onrecord.find.source_bounds import hear_the_quoted, keep_to_sources, take_apposed_names
from onrecord.find.source_phrases import find_phrase
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

Rule = Callable[[Attributions, Story], Attributions]
_PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|been|being|be)\b(?:\s+\w+ly)?\s+\w+(?:ed|en|n|t|d)\b|\b\w+edly\b")
_JOINED: Final = re.compile(r"\s(?:and|then)\s$")
#: `an audience by denouncing him`: what follows a preposition goes with nobody.
_GERUND: Final = re.compile(r"\b(?:by|for|of|in|on|without|before|after|from|about|to|at|than|with|between)\s$")
#: Passives whose subject speaks: `one aid worker was quoted as saying`.
_CITED: Final = re.compile(
    r"\b(?:quoted|cited|heard|overheard|seen|filmed|recorded)\b.*\b(?:saying|telling|shouting)\b|\bquoted\b"
)
_TOLD: Final = re.compile(
    r"(?:(?:has|had|have|also|then|later|reportedly)\s+)*(?:was|were|is|are|been|being)\s+(?:(?:also|then|later|not)\s+)?"
    r"(?:told|asked|ordered|warned|urged|advised|informed|instructed|reminded|promised)",
    re.IGNORECASE,
)
_PARTICIPLE: Final = re.compile(
    r"(?:\w+ly\s+)?(?:considered|regarded|seen|viewed|believed|thought|hailed)(?:\s+as)?", re.I
)
_CONTRACTED: Final = re.compile(r"(I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey|[Yy]ou|[Ii]t|who)[’'](?:ve|m|d|ll|re|s)")
MOST_SCRAP_WORDS: Final = 6


def repair(attributions: Attributions, story: Story, rules: Sequence[Rule] | None = None) -> Attributions:
    """Applies every rule of `REPAIRS`, or of others, in order; the result is in text order."""
    for rule in REPAIRS if rules is None else rules:
        attributions = rule(attributions, story)
    in_order = map(_apart_in_order, attributions)
    return tuple(sorted(in_order, key=lambda each: (each.content[0].start, -each.content[-1].end)))


def _apart_in_order(one: Attribution) -> Attribution:
    """No two pieces of a content overlap: where the marks of a text are broken, quotes may lie across one another."""
    if all(left.end <= right.start for left, right in pairwise(one.content)):
        return one
    kept: list[Span] = []
    for span in sorted(one.content, key=lambda each: (each.start, -each.end)):
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return one.with_content(tuple(kept))


def keep_apart(attributions: Attributions, story: Story) -> Attributions:
    """Nobody's cue and source are part of what he says: `The bank has announced that …` begins with `that`."""
    return tuple(_apart(one, story.document) for one in attributions)


def _apart(one: Attribution, document: Document) -> Attribution:
    content = tuple(span for span in one.content if one.turn or span != one.source) or one.content
    for role in (one.cue, None if one.turn else one.source):
        if role is not None and any(span.covers(role) and span != role for span in content):
            content = without(content, role) or content
    content = _after_preposition(content, one.cue, document)
    first = next((span.start for span in content if one.cue and span.start < one.cue.end <= span.end), None)
    cue = one.cue if first is None or one.cue is None or first <= one.cue.start else Span(one.cue.start, first - 1)
    return one if content == one.content and cue == one.cue else replace(one, content=content, cue=cue)


def _after_preposition(content: tuple[Span, ...], cue: Span | None, document: Document) -> tuple[Span, ...]:
    """`called for`, `pointed to`: the preposition is the cue's, where both have it."""
    if cue is None or document.words(cue).rsplit(None, 1)[-1].lower() not in ("for", "on", "to", "against", "of"):
        return content
    return tuple(
        Span(min(cue.end + 1, span.end - 1), span.end) if cue.start < span.start < cue.end < span.end - 1 else span
        for span in content
    )


def absorb_pieces(attributions: Attributions, story: Story) -> Attributions:
    """What has no cue and lies in another's content is a piece of that; of two with the same content one stays."""
    del story
    ranked = sorted(
        attributions, key=lambda one: (one.cue is None, one.source is None, -size(one.content), one.content)
    )
    kept: list[Attribution] = []
    shelves: Shelves[Attribution] = Shelves()
    for one in ranked:
        if not any(_is_piece(one, other) for other in shelves.near(one.content)):
            kept.append(one)
            shelves.put(one)
    return tuple(sorted(kept, key=lambda attribution: attribution.content))


def _is_piece(one: Attribution, other: Attribution) -> bool:
    if one.turn or not (shared := overlap(one.content, other.content)):
        return False
    if one.cue is None:
        return shared >= 0.5 * size(one.content)
    return have_same_words(one.content, other.content) and not any(span.covers(one.cue) for span in other.content)


def keep_near(attributions: Attributions, story: Story) -> Attributions:
    """Of content in several pieces those outside the cue's sentence go, unless quoted, and those that break off."""
    return tuple(_nearer(one, story) for one in attributions)


def _nearer(one: Attribution, story: Story) -> Attribution:
    if len(one.content) < 2 or one.cue is None or one.turn:
        return one
    sentence = next((span for span in story.document.sentences if span.overlaps(one.cue)), one.cue)
    introduces = not any(span.start < sentence.end for span in one.content)
    kept = tuple(
        span
        for span in one.content
        if _is_quoted(span, apart=not span.overlaps(sentence), story=story)
        or (
            span.end > sentence.start
            and (span.start < sentence.end or introduces)
            and not (story.document.text[span.end : span.end + 1] != "," and _breaks_off(story.document.words(span)))
        )
    )
    return replace(one, content=kept) if kept else one


def _is_quoted(span: Span, *, apart: bool, story: Story) -> bool:
    """With words in marks, and begun by them where it stands apart from the sentence of its cue."""
    touched = (quote for quote in story.outer() if quote.span.overlaps(span) and not is_term(quote, story.document))
    return any(not apart or quote.span.start <= span.start for quote in touched)


def _breaks_off(words: str) -> bool:
    """A scrap that ends with `of` or `the`; a longer piece is finished instead."""
    return len(words.split()) <= MOST_SCRAP_WORDS and words.rsplit(None, 1)[-1].lower() in NEVER_LAST


def begin_with_that(attributions: Attributions, story: Story) -> Attributions:
    """`A, leading Prokopiev to believe that B`: where `that` follows the cue, nothing before the cue is content, unless
    the report is set between commas: `It may rain, they say, that …`."""
    return tuple(_beginning(one, story.document) for one in attributions)


def _beginning(one: Attribution, document: Document) -> Attribution:
    if one.cue is None or len(one.content) < 2:
        return one
    after = tuple(span for span in one.content if span.start >= one.cue.end)
    introduced = after and document.words(after[0]).lower().startswith("that ") and after[0].start - one.cue.end <= 2
    return replace(one, content=after) if introduced and not _is_inserted(one, after[0], document) else one


def _is_inserted(one: Attribution, after: Span, document: Document) -> bool:
    """`It’s possible, they said, that …`: nothing but source and cue stands between two commas."""
    assert one.cue is not None
    if one.source is None or not one.content[0].end <= one.source.start < one.cue.start:
        return False
    before = document.text[one.content[0].end : one.source.start].strip()
    return before == "," and document.text[one.cue.end : after.start].strip() == ","


def bare_pronouns(attributions: Attributions, story: Story) -> Attributions:
    """`“I’ve said …”`: the source is "I", and the rest is the cue's auxiliary."""
    return tuple(_bare(one, story.document) for one in attributions)


def _bare(one: Attribution, document: Document) -> Attribution:
    found = None if one.source is None else _CONTRACTED.fullmatch(document.text, one.source.start, one.source.end)
    return one if found is None else replace(one, source=Span(*found.span(1)))


def lend_sources(attributions: Attributions, story: Story) -> Attributions:
    """A cue without a source takes its grammatical subject, or the source of the cue before it in its sentence."""
    lent: list[Attribution] = []
    for attribution in attributions:
        if attribution.source is None and attribution.cue is not None:
            attribution = _bare(replace(attribution, source=_lent(attribution, attributions, story)), story.document)
        lent.append(attribution)
    return tuple(lent)


def _lent(attribution: Attribution, others: Attributions, story: Story) -> Span | None:
    cue = attribution.cue
    assert cue is not None
    words = story.document.words(cue).lower()
    if _PASSIVE.search(words) and not _CITED.search(words) and not _announces(cue, words, story):
        return None
    if words.split()[0] in ("and", "but"):
        return shared_source(cue, others, story)
    if words.split()[0].endswith("ing") and not words.startswith("according"):
        return shared_source(cue, others, story) or _main_subject(attribution, cue, story)
    found = _subject(attribution, story) or shared_source(cue, others, story)
    return found or (_main_subject(attribution, cue, story) if _is_joined(cue, story) else None)


def _is_joined(cue: Span, story: Story) -> bool:
    """`Renner refused to leave and` told: a second verb of a sentence in which nothing else is reported."""
    return _JOINED.search(story.document.text, max(cue.start - 6, 0), cue.start) is not None


def _announces(cue: Span, words: str, story: Story) -> bool:
    """`The host was not appeased: “…”`: how somebody was, and then what he said; but who `was told` says nothing."""
    text = story.document.text
    end = cue.end - 1 if words.endswith(":") else cue.end
    if text[end : end + 1] != ":" or _TOLD.fullmatch(words.rstrip(":")):
        return False
    gap = text[end + 1 : end + 4]
    quoted = end + 1 + len(gap) - len(gap.lstrip())
    return any(quote.span.start == quoted for quote in story.outer())


def _main_subject(attribution: Attribution, cue: Span, story: Story) -> Span | None:
    """`Reached by phone, Bennett denied it, saying …`: who does what the participle goes with."""
    paragraph = story.paragraph_of(cue.start)
    if paragraph is None or _GERUND.search(story.document.text, max(cue.start - 12, 0), cue.start):
        return None
    before = [span.end for span in attribution.content if span.end <= cue.start]
    floor = token_at(paragraph.tokens, max([paragraph.sentence_at(cue.start).start, *before]))
    found = main_subject(paragraph.tokens, floor, token_at(paragraph.tokens, cue.start))
    return span_of(paragraph.tokens, *found) if found else None


def _subject(attribution: Attribution, story: Story) -> Span | None:
    cue = attribution.cue
    paragraph = story.paragraph_of(cue.start) if cue else None
    if cue is None or paragraph is None:
        return None
    tokens = paragraph.tokens
    verb = token_at(tokens, cue.start)
    before = [span.end for span in attribution.content if span.end <= cue.start]
    floor = token_at(tokens, max([paragraph.span.start, *before, _sentence_start(story.document, cue)]))
    found = subject_before(tokens, cue_start(tokens, verb, floor), floor)
    if found is None and before:
        found = subject_after(tokens, token_at(tokens, cue.end), len(tokens))
    span = span_of(tokens, *found) if found and tokens[found[0]].lower != "there" else None
    return None if span is None or any(span.overlaps(piece) for piece in attribution.content) else span


def _sentence_start(document: Document, span: Span) -> int:
    return next((sentence.start for sentence in document.sentences if sentence.covers(span)), span.start)


def free_of_subjects(attributions: Attributions, story: Story) -> Attributions:
    """Who `was told` says nothing, nor who is `considered a hero`: the subject of a passive is no source."""
    return tuple(replace(one, source=None) if _is_passive(one, story) else one for one in attributions)


def _is_passive(one: Attribution, story: Story) -> bool:
    if one.cue is None or one.source is None or one.source.end > one.cue.start:
        return False
    between = story.document.text[one.source.end : one.cue.start].strip()
    words = story.document.words(one.cue)
    if _TOLD.fullmatch(words):
        return not between
    return between == "," and bool(_PARTICIPLE.fullmatch(words))


REPAIRS: Final[tuple[Rule, ...]] = (
    bare_pronouns,
    drop_rubrics,
    hear_bare_verbs,
    hear_verbs_between,
    leave_adverbs,
    hear_no_source_of_rumours,
    end_with_clause,
    drop_summons,
    leave_refusals,
    hear_the_quoted,
    keep_to_sources,
    begin_behind_datelines,
    lead_in_nothing,
    stand_for_antecedents,
    keep_apart,
    begin_with_preposition,
    snap_to_quotes,
    leave_titles,
    drop_tails,
    keep_to_quotes,
    keep_to_inserted,
    run_on,
    part_second_cues,
    part_second_reports,
    keep_quotes_together,
    fill_gaps,
    keep_near,
    begin_with_that,
    begin_behind_when,
    begin_behind_relatives,
    end_before_comparison,
    end_with_words,
    leave_asides,
    go_on_with_cries,
    finish_words,
    finish_clauses,
    finish_questions,
    absorb_pieces,
    find_phrase,
    lend_sources,
    join_inserted,
    take_apposed_names,
    tidy_ends,
    begin_behind_joins,
    free_of_subjects,
    leave_clauses_on_subjects,
    begin_with_as,
    hear_who_judges,
    begin_with_the_judged,
    hear_no_requests,
    leave_gerunds,
    drop_no_statements,
    leave_occasions,
)
#: Those for statements inside others, whose quotation marks and sentences are the others'.
WITHIN_REPAIRS: Final[tuple[Rule, ...]] = (
    bare_pronouns,
    hear_verbs_between,
    keep_to_sources,
    keep_apart,
    end_with_words,
    finish_words,
    finish_clauses,
    lend_sources,
    tidy_ends,
    free_of_subjects,
    begin_with_as,
    leave_gerunds,
    drop_no_statements,
)
