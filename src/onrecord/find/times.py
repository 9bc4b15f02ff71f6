"""Time expressions of a document, each with its TIMEX3 value and the days it covers in EDTF.

Spans follow TimeML: determiners and modifiers belong to an expression, prepositions do not. A relative expression is
reckoned from the document's own date; without one it stays open. Ages are not times.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.find.time_meanings import Clause, Match
from onrecord.find.time_rules import RULES, Rule
from onrecord.find.time_values import Anchor, anchor_of, edtf_of
from onrecord.find.time_words import TELLING, Token, may_tell, tokens_of
from onrecord.record import STORY_KINDS, Document, Origin, Span, Time, TimeKind, address

VERSION = "1"


class Expression(NamedTuple):
    """A time expression: place, kind, TIMEX3 value or None while open, and the rule that found it."""

    span: Span
    kind: TimeKind
    timex: str | None
    rule: str


def find_times(document: Document) -> tuple[Time, ...]:
    """The time expressions of a document's story, in text order."""
    anchor = _anchor(document)
    found = []
    for block in document.blocks:
        if block.kind in STORY_KINDS:
            found += [_time(document.id, each, anchor) for each in expressions(document.text, block.span, anchor)]
    return tuple(found)


def expressions(text: str, within: Span, anchor: Anchor | None) -> Iterator[Expression]:
    """The time expressions of one paragraph."""
    if not may_tell(text[within.start : within.end]):
        return
    tokens = tokens_of(text, within.start, within.end)
    letters = "".join([token.letter for token in tokens])
    if TELLING.isdisjoint(letters):
        return
    quarterly = any(token.words in ("quarter", "quarterly") for token in tokens)
    for start, end, rule in _matches(text, tokens, letters):
        match = Match(tokens[start:end], letters[start:end])
        clause = Clause(anchor, _looks_ahead(tokens, start, end), quarterly)
        kind, timex = rule.meaning(match, clause)
        yield Expression(Span(tokens[start].start, tokens[end - 1].end), kind, timex, rule.name)


def _anchor(document: Document) -> Anchor | None:
    source = document.source
    told = source.dateline.date if source.dateline else None
    return anchor_of(told) or anchor_of(source.published)


def _time(document: str, found: Expression, anchor: Anchor | None) -> Time:
    edtf = edtf_of(found.timex, found.kind)
    reckoned = str(anchor) if anchor and edtf else None
    origin = Origin(f"times/{found.rule}", VERSION)
    return Time(address(document, "time", found.span), found.span, found.kind, edtf, found.timex, reckoned, origin)


def _matches(text: str, tokens: list[Token], letters: str) -> list[tuple[int, int, Rule]]:
    """The longest match at each place; among equals the earlier rule."""
    found: list[tuple[int, int, Rule]] = []
    for rule in RULES:
        if rule.needs.isdisjoint(letters):
            continue
        found += [
            (match.start(), match.end(), rule)
            for match in rule.pattern.finditer(letters)
            if rule.holds is None or rule.holds(text, tokens, match.start(), match.end())
        ]
    found.sort(key=lambda each: (each[0], -each[1]))
    kept: list[tuple[int, int, Rule]] = []
    for each in found:
        if not kept or each[0] >= kept[-1][1]:
            kept.append(each)
        elif each[1] - each[0] > kept[-1][1] - kept[-1][0]:
            kept[-1] = each
    return kept


_AHEAD = frozenset(
    (
        "will shall 'll scheduled plan plans planned planning due slated set tomorrow upcoming next until soon expected"
    ).split()
)
_BEHIND = frozenset(
    (
        "was were had did said told came went began took made got fell rose since ended ago says would could "
        "have has held met won left died"
    ).split()
)


def _looks_ahead(tokens: list[Token], start: int, end: int) -> bool:
    """Whether the nearest verb before, else after, looks ahead."""
    for token in reversed(tokens[max(0, start - 10) : start]):
        verdict = _tense(token.words)
        if verdict is not None:
            return verdict
    for token in tokens[end : end + 4]:
        verdict = _tense(token.words)
        if verdict is not None:
            return verdict
    return False


def _tense(words: str) -> bool | None:
    if words in _AHEAD:
        return True
    if words in _BEHIND or (words.endswith("ed") and len(words) > 4):
        return False
    return None
