"""Where the words of a search stand: the sentence that shows them best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.keep.answers import Snippet
from onrecord.record import Span

#: A sentence longer than this is shown around its first hit only.
_LONGEST = 300


def best_sentence(text: str, sentences: Iterable[Span], hits: Sequence[Span]) -> Snippet | None:
    """The sentence with most hits, the first of several, as a snippet; None without hits."""
    if not hits:
        return None
    holders = [sentence for sentence in sentences if any(sentence.covers(hit) for hit in hits)]
    lone = Span(max(0, hits[0].start - _LONGEST // 2), min(len(text), hits[0].end + _LONGEST // 2))
    best = max(holders, key=lambda each: sum(each.covers(hit) for hit in hits), default=lone)
    shown = best if len(best) <= _LONGEST else _around(next(hit for hit in hits if best.covers(hit)), best)
    inside = tuple(Span(hit.start - shown.start, hit.end - shown.start) for hit in hits if shown.covers(hit))
    return Snippet(text[shown.start : shown.end], shown.start, inside)


def _around(hit: Span, sentence: Span) -> Span:
    start = max(sentence.start, hit.start - _LONGEST // 2)
    return Span(start, max(hit.end, min(sentence.end, start + _LONGEST)))
