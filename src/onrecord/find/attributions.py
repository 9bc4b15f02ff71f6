"""Attribution: what was said, by which words it is reported, and whose words name the source.

The common coin of the finders of statements: the model's decoder and every shape rule yield attributions, repairs turn
attributions into attributions, and only `statements.py` makes statements of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.record import Span, envelope


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content (one or more spans in text order), cue and source; `score` is a probability before calibration, `rule`
    names the step that decided. `turn` marks a source that is a speaker label ("Q", "MR. SMITH") of an interview."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    score: float
    rule: str
    turn: bool = False

    @property
    def reach(self) -> Span:
        """From the first character of content, cue or source to the last."""
        return envelope((*self.content, *(span for span in (self.cue, self.source) if span is not None)))

    def with_content(self, content: tuple[Span, ...]) -> Attribution:
        """The same of other content; itself where that is the content it has."""
        return self if content == self.content else replace(self, content=content)


def overlap(left: tuple[Span, ...], right: tuple[Span, ...]) -> int:
    """The number of characters that two sets of spans share; each set's own spans are apart."""
    shared = 0
    for one in left:  # plain loops: this is asked of nearly all pairs of attributions
        for other in right:
            if one.start < other.end and other.start < one.end:
                shared += min(one.end, other.end) - max(one.start, other.start)
    return shared


def size(spans: tuple[Span, ...]) -> int:
    """The number of characters of spans that lie apart."""
    return sum([span.end - span.start for span in spans])


def have_same_words(left: tuple[Span, ...], right: tuple[Span, ...]) -> bool:
    """Whether two contents share most of their characters, both ways."""
    return overlap(left, right) >= 0.8 * max(size(left), size(right))


def in_clusters(attributions: Iterable[Attribution]) -> Iterator[list[Attribution]]:
    """Attributions in groups that no content, cue or source connects: what stands apart need not be compared."""
    cluster: list[Attribution] = []
    end = 0
    for one in sorted(attributions, key=lambda attribution: (attribution.reach, attribution.rule)):
        reach = one.reach
        if cluster and reach.start >= end:
            yield cluster
            cluster = []
        cluster.append(one)
        end = max(end, reach.end) if len(cluster) > 1 else reach.end
    if cluster:
        yield cluster


def without(content: tuple[Span, ...], hole: Span) -> tuple[Span, ...]:
    """What is left of spans outside a hole; scraps of a few characters go too."""
    pieces: list[Span] = []
    for span in content:
        if not span.overlaps(hole):
            pieces.append(span)
            continue
        for start, end in ((span.start, min(span.end, hole.start)), (max(span.start, hole.end), span.end)):
            if end - start > 3:
                pieces.append(Span(start, end))
    return tuple(pieces)
