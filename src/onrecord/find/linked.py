"""Scores -> attributions: segments of the source, cue and content heads, gathered by the link vectors.

Every segment points to the head of its attribution: the first word of its cue, or of its content where there is no cue
(see `Scores`). Only decodes; what the model gets wrong is put right in `repairs.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.find.attributions import Attribution
from onrecord.find.decoding import Segment, segments
from onrecord.find.labels import TAGS
from onrecord.record import Span

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

#: Words between a segment and the head it may belong to: PolNeAR has 99.9% nearer.
REACH_WORDS: Final = 150
#: Characters between two pieces of a source that are yet one.
GAP_CHARACTERS: Final = 10
#: Words at the end of a paragraph where a cue may introduce what stands in the next one ("… wrote:").
LAST_WORDS: Final = 6


class AttributionScores(Protocol):
    """The part of `onrecord.find.encoder.Scores` that statements are decoded from."""

    @property
    def words(self) -> Integers: ...
    @property
    def paragraphs(self) -> Integers: ...
    @property
    def tags(self) -> Mapping[str, Floats]: ...
    @property
    def vectors(self) -> Mapping[str, Floats]: ...
    @property
    def transitions(self) -> Mapping[str, Floats]: ...


@dataclass(slots=True)
class _Parts:
    """The segments that point to one head."""

    cue: list[Segment] = field(default_factory=list)
    source: list[Segment] = field(default_factory=list)
    content: list[Segment] = field(default_factory=list)
    links: list[float] = field(default_factory=list)


def link_attributions(scores: AttributionScores) -> tuple[Attribution, ...]:
    """The attributions that the model sees, in text order; those without any content are left out."""
    if len(scores.words) == 0:
        return ()
    heads = {name: _segments(scores, name) for name in ("cue", "content", "source")}
    parts: defaultdict[int, _Parts] = defaultdict(_Parts)
    cue_heads = _gather_cues(scores, heads["cue"], parts)
    _gather_contents(scores, heads["content"], cue_heads, parts)
    _gather_sources(scores, heads["source"], parts)
    found = (_attribution(scores.words, part) for part in parts.values() if part.content)
    return tuple(sorted(found, key=lambda attribution: attribution.content))


def _segments(scores: AttributionScores, head: str) -> tuple[Segment, ...]:
    return segments(scores.tags[head], TAGS[head], scores.paragraphs, transitions=scores.transitions.get(head))


def _gather_cues(
    scores: AttributionScores, cues: Sequence[Segment], parts: defaultdict[int, _Parts]
) -> tuple[int, ...]:
    """Groups the segments of discontinuous cues; the first words of the heads."""
    starts = [cue.start for cue in cues]
    for cue in cues:
        head, _ = _best(scores, cue.start, starts)
        parts[head].cue.append(cue)
    for head in [head for head, part in parts.items() if all(cue.start != head for cue in part.cue)]:
        part = parts.pop(head)
        parts[part.cue[0].start].cue.extend(part.cue)
    return tuple(parts)


def _gather_contents(
    scores: AttributionScores,
    contents: Sequence[Segment],
    cue_heads: Sequence[int],
    parts: defaultdict[int, _Parts],
) -> None:
    starts = [content.start for content in contents]
    chosen = {content.start: _best(scores, content.start, (*cue_heads, *starts)) for content in contents}
    for content in contents:
        head, link = chosen[content.start]
        while head in chosen and head != content.start and chosen[head][0] < head:
            head = chosen[head][0]
        parts[head].content.append(content)
        parts[head].links.append(link)


def _gather_sources(scores: AttributionScores, sources: Sequence[Segment], parts: Mapping[int, _Parts]) -> None:
    for source in sources:
        head, link = _best(scores, source.start, tuple(parts))
        if head in parts:
            parts[head].source.append(source)
            parts[head].links.append(link)


def _best(scores: AttributionScores, word: int, heads: Sequence[int]) -> tuple[int, float]:
    """The likeliest of the heads within reach of a word, with its probability; the word itself when there is none."""
    near = sorted({head for head in heads if _in_reach(scores.paragraphs, word, head)})
    if not near:
        return word, 1.0
    logits = scores.vectors["head"][near] @ scores.vectors["link"][word]
    weights = np.exp(logits - logits.max())
    best = int(logits.argmax())
    return near[best], float(weights[best] / weights.sum())


def _in_reach(paragraphs: Integers, word: int, head: int) -> bool:
    """The head stands in the same paragraph, or ends the one that the word's paragraph follows."""
    if abs(head - word) > REACH_WORDS:
        return False
    if paragraphs[word] == paragraphs[head]:
        return True
    begins = word == 0 or paragraphs[word - 1] != paragraphs[word]
    follows = paragraphs[head] + 1 == paragraphs[word]
    last = min(head + LAST_WORDS, len(paragraphs) - 1)
    return bool(begins and follows and paragraphs[last] != paragraphs[head])


def _attribution(words: Integers, part: _Parts) -> Attribution:
    content = tuple(_span(words, segment) for segment in sorted(part.content))
    cue = _main(words, part.cue)
    source = _main(words, part.source)
    tagged = [segment.score for segment in (*part.content, *part.cue, *part.source)]
    score = float(np.mean(tagged)) * float(np.prod(part.links)) ** (1 / max(len(part.links), 1))
    return Attribution(content, cue, source, min(score, 1.0), "model")


def _main(words: Integers, found: Sequence[Segment]) -> Span | None:
    """Of a source or cue in several pieces the longest one, for a Statement keeps one span of each; pieces that only
    a bracket or a comma parts are one (`World Health Organization` (WHO) `representative Hans Troedsson`)."""
    joined: list[Span] = []
    for span in (_span(words, segment) for segment in sorted(found)):
        if joined and span.start - joined[-1].end <= GAP_CHARACTERS:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return max(joined, key=len, default=None)


def _span(words: Integers, segment: Segment) -> Span:
    return Span(int(words[segment.start][0]), int(words[segment.end - 1][1]))
