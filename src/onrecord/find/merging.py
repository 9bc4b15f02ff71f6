"""The model's attributions and those found by shape, made one list.

Where both see the same cue or the same words, the model's spans stand and the shape fills what is missing; a shape
that the model does not see at all is added when its kind is right often enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution, in_clusters, overlap, size, without
from onrecord.find.name_lines import NAME_LINE
from onrecord.find.set_off import SET_OFF
from onrecord.record import Span, envelope

INTERVIEW: Final = ("interview question", "interview answer")
#: Shapes that are added although the model is silent. "clause after cue" is not among them: see merge().
TRUSTED: Final = frozenset(
    (
        "quote before cue",
        "quote after cue",
        "according to",
        "clause before cue",
        "dash",
        "turn",
        "sourceless",
        NAME_LINE,
        SET_OFF,
        *INTERVIEW,
    )
)
#: Shapes that see where a clause begins and ends better than the model, which may miss a part of it.
WHOLE: Final = frozenset(("clause before cue", "sourceless"))
#: Of a span, so much may lie in another's quote without the span being that quote's.
MOST_NIBBLED: Final = 0.3
#: Who signs what is quoted says it, whatever else is told around it.
SIGNED: Final = frozenset(("dash", NAME_LINE))
QUOTED: Final = frozenset(("quote before cue", "quote after cue", "dash", "turn", NAME_LINE, SET_OFF, *INTERVIEW))


def merge(seen: Sequence[Attribution], shaped: Sequence[Attribution], *, alone: bool) -> tuple[Attribution, ...]:
    """One list, in text order. `alone` says that there is no model, so that every shape has to be believed."""
    merged: list[Attribution] = []
    by_model = frozenset(map(id, seen))
    for cluster in in_clusters((*seen, *shaped)):
        shapes = sorted((one for one in cluster if id(one) not in by_model), key=lambda one: (-one.score, one.content))
        merged += _merged([one for one in cluster if id(one) in by_model], shapes, alone=alone)
    return tuple(sorted(merged, key=lambda attribution: attribution.content))


def _merged(seen: Sequence[Attribution], shaped: Sequence[Attribution], *, alone: bool) -> list[Attribution]:
    turns = [span for shape in shaped if shape.turn for span in shape.content]
    within = [kept for one in seen if (kept := _within_its_turn(one, turns)) is not None]
    merged = [kept for one in within if (kept := _without_others_quotes(one, shaped)) is not None]
    for shape in shaped:
        partner = _partner(merged, shape)
        if partner is not None:
            merged[partner] = _joined(merged[partner], shape)
        elif shape.rule in QUOTED and _takes(merged, shape):
            merged = [other for other in merged if not _is_absorbed(other, shape)] + [shape]
        elif (alone or shape.rule in TRUSTED or _is_nested(merged, shape)) and not _in_the_way(merged, shape):
            merged.append(shape)
    return merged


def _within_its_turn(seen: Attribution, turns: Sequence[Span]) -> Attribution | None:
    """In an interview or transcript nothing is reported across turns, and what has no cue is the turn itself."""
    if not any(span.overlaps(turn) for span in seen.content for turn in turns):
        return seen
    own = next((turn for turn in turns if seen.cue is not None and turn.covers(seen.cue)), None)
    content = tuple(span for span in seen.content if own is not None and own.covers(span))
    return seen.with_content(content) if content else None


def _without_others_quotes(seen: Attribution, shaped: Sequence[Attribution]) -> Attribution | None:
    """A quote that another cue stands right beside is that cue's; None when nothing else is left."""
    content = seen.content
    for shape in shaped:
        if not _has_its_quote(shape, shaped) or shape.cue is None or seen.cue is None or shape.cue.overlaps(seen.cue):
            continue
        nested = any(span.covers(seen.cue) for span in shape.content)
        if nested or any(span.covers(shape.cue) for span in seen.content):
            continue
        content = tuple(left for span in content for left in _outside(span, shape.content))
    return seen.with_content(content) if content else None


def _outside(span: Span, quoted: tuple[Span, ...]) -> tuple[Span, ...]:
    """What is left of a span beside another's quote: nothing, unless it only nibbles at it."""
    shared = overlap((span,), quoted)
    if not shared or shared >= MOST_NIBBLED * len(span):
        return () if shared else (span,)
    pieces: tuple[Span, ...] = (span,)
    for quote in quoted:
        pieces = without(pieces, quote)
    return pieces


def _has_its_quote(shape: Attribution, shaped: Sequence[Attribution]) -> bool:
    """The quote ends where its cue begins, or begins where its cue ends and no other cue stands beside it."""
    if shape.rule == "quote before cue":
        return True
    others = (other for other in shaped if other is not shape and other.rule in QUOTED)
    return shape.rule == "quote after cue" and not any(overlap(other.content, shape.content) for other in others)


def _partner(merged: Sequence[Attribution], shape: Attribution) -> int | None:
    """The attribution with the same cue, or else one whose content is for the most part the same."""
    for number, other in enumerate(merged):
        if other.cue and shape.cue and other.cue.overlaps(shape.cue):
            return number
    for number, other in enumerate(merged):
        if _tells_of(other, shape) or (shape.rule == "according to" and _tells_of(shape, other)):
            continue
        if 2 * overlap(other.content, shape.content) > max(size(other.content), size(shape.content)):
            return number
    return None


def _tells_of(outer: Attribution, inner: Attribution) -> bool:
    """`She told him that A, according to court papers`: the cue of one stands in the words of the other."""
    cue = inner.cue
    return cue is not None and any(span.covers(cue) for span in outer.content)


def _joined(seen: Attribution, shape: Attribution) -> Attribution:
    if shape.rule in INTERVIEW:  # whoever is named in a turn does not speak it
        return shape
    if shape.turn or shape.rule == SET_OFF:
        return replace(shape, source=shape.source or seen.source)
    if shape.rule in SIGNED and seen.cue is not None and not seen.cue.overlaps(shape.cue or seen.source or seen.cue):
        return shape
    content = seen.content
    shared = overlap(content, shape.content)
    misplaced = seen.source is not None and any(span.overlaps(seen.source) for span in shape.content)
    if shape.rule in WHOLE and (shared >= 0.9 * size(content) or not shared) and not misplaced:
        content = shape.content
    if shape.rule in QUOTED and shared == size(content):  # a part of the quote, or all of it
        content = shape.content
    source = seen.source or (None if _tells_of(shape, seen) else shape.source)
    if shape.rule in QUOTED and source and shape.source and not source.overlaps(shape.source):
        source = shape.source
    if source and shape.source and shape.source.covers(source):
        source = shape.source
    return replace(
        seen,
        content=content,
        cue=shape.cue if shape.cue and seen.cue and shape.cue.covers(seen.cue) else seen.cue or shape.cue,
        source=source,
        score=max(seen.score, shape.score) if seen.source and shape.source else seen.score,
        turn=seen.turn or shape.turn,
    )


def _is_nested(merged: Sequence[Attribution], shape: Attribution) -> bool:
    """Said inside what another one says: `A said that B said …`. The model was taught to see the outer one only."""
    return any(span.covers(shape.reach) for other in merged for span in other.content)


def _takes(merged: Sequence[Attribution], shape: Attribution) -> bool:
    """Whether everything in the way of a reported quote is a piece of it that has no cue of its own."""
    cut = [other for other in merged if overlap(other.content, shape.content)]
    return bool(cut) and all(_is_absorbed(other, shape) for other in cut)


def _is_absorbed(other: Attribution, shape: Attribution) -> bool:
    return other.cue is None and overlap(other.content, shape.content) >= 0.8 * size(other.content)


def _in_the_way(merged: Sequence[Attribution], shape: Attribution) -> bool:
    """Whether it cuts through another's content instead of lying inside or outside it."""
    return any(
        overlap(other.content, shape.content) and not _lies_within(shape, other) and not _lies_within(other, shape)
        for other in merged
    )


def _lies_within(inner: Attribution, outer: Attribution) -> bool:
    """In its words, and in one piece of them what reports it: `“A,” he told her, according to court papers. “B.”`."""
    if any(span.covers(inner.reach) for span in outer.content):
        return True
    told = envelope(tuple(span for span in (inner.cue, inner.source) if span is not None) or inner.content)
    if inner.rule not in QUOTED or not any(span.covers(told) for span in outer.content):
        return False
    return all(any(span.covers(piece) for span in outer.content) for piece in inner.content)


def union(left: tuple[Span, ...], right: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans that cover both, overlapping ones made one."""
    ordered = sorted((*left, *right))
    joined = [ordered[0]]
    for span in ordered[1:]:
        if span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
