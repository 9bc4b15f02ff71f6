"""Where the words of a search stand: offsets out of what FTS5 marked, and the sentence that shows them best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.keep.answers import Snippet
from onrecord.record import Span

#: Put around hits by FTS5's highlight(); two characters that no text should hold, and texts that do show no hits.
OPENING, CLOSING = "\ufdd0", "\ufdd1"
#: A sentence longer than this is shown around its first hit only.
_LONGEST = 300


def marked(highlighted: str, plain: str) -> tuple[Span, ...]:
    """The offsets in `plain` of what stands between marks in `highlighted`."""
    spans, offset, opened = [], 0, 0
    for part in highlighted.split(OPENING):
        inside, closing, outside = part.partition(CLOSING)
        if closing and inside:
            spans.append(Span(offset, offset + len(inside)))
        offset += len(inside) + len(outside)
        opened += CLOSING in outside
    agrees = highlighted.replace(OPENING, "").replace(CLOSING, "") == plain
    return tuple(spans) if agrees and not opened else ()


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
