"""Scores -> attributions: segments of the source, cue and content heads, gathered by the link vectors.

Every segment points to the head of its attribution: the first word of its cue, or of its content where there is no cue
(see `Scores`). Only decodes; what the model gets wrong is put right in `repairs.py`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.find.attributions import Attribution
from onrecord.find.decoding import Segment, in_doubt, segments_of_heads
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


@dataclass(frozen=True, slots=True)
class _Words:
    """Where each word starts and ends."""

    starts: Sequence[int]
    ends: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Links:
    """What tells which head a word points to: the vectors, and the paragraph of each word."""

    paragraphs: Sequence[int]
    links: Floats
    heads: Floats


def link_attributions(scores: AttributionScores) -> tuple[Attribution, ...]:
    """The attributions that the model sees, in text order; those without any content are left out."""
    if len(scores.words) == 0:
        return ()
    heads = _segments(scores, ("cue", "content", "source"))
    parts: defaultdict[int, _Parts] = defaultdict(_Parts)
    links = _Links(scores.paragraphs.tolist(), scores.vectors["link"], scores.vectors["head"])
    cue_heads = _gather_cues(links, heads["cue"], parts)
    _gather_contents(links, heads["content"], cue_heads, parts)
    _gather_sources(links, heads["source"], parts)
    starts, ends = scores.words.T.tolist()
    found = (_attribution(_Words(starts, ends), part) for part in parts.values() if part.content)
    return tuple(sorted(found, key=lambda attribution: attribution.content))


def _segments(scores: AttributionScores, names: Sequence[str]) -> dict[str, tuple[Segment, ...]]:
    tags, transitions = [TAGS[name] for name in names], [scores.transitions.get(name) for name in names]
    doubtful = [in_doubt(scores.tags[name], scores.paragraphs) for name in names]
    read = [scores.tags[name][places] for name, (places, _) in zip(names, doubtful, strict=True)]
    found = segments_of_heads(read, tags, [stretches for _, stretches in doubtful], transitions)
    among = [places.tolist() for places, _ in doubtful]
    return {
        name: tuple([_among_all(segment, places) for segment in segments])
        for name, segments, places in zip(names, found, among, strict=True)
    }


def _among_all(segment: Segment, places: Sequence[int]) -> Segment:
    """A segment of the words that were read, by the number that its words have among all."""
    return Segment(places[segment.start], places[segment.end - 1] + 1, segment.kind, segment.score)


def _gather_cues(links: _Links, cues: Sequence[Segment], parts: defaultdict[int, _Parts]) -> tuple[int, ...]:
    """Groups the segments of discontinuous cues; the first words of the heads."""
    starts = sorted(cue.start for cue in cues)
    for cue in cues:
        head, _ = _best(links, cue.start, starts)
        parts[head].cue.append(cue)
    for head in [head for head, part in parts.items() if all(cue.start != head for cue in part.cue)]:
        part = parts.pop(head)
        parts[part.cue[0].start].cue.extend(part.cue)
    return tuple(parts)


def _gather_contents(
    links: _Links,
    contents: Sequence[Segment],
    cue_heads: Sequence[int],
    parts: defaultdict[int, _Parts],
) -> None:
    heads = sorted({*cue_heads, *(content.start for content in contents)})
    chosen = {content.start: _best(links, content.start, heads) for content in contents}
    chosen |= dict(_kept_apart(links, chosen, heads))
    for content in contents:
        head, link = chosen[content.start]
        while head in chosen and head != content.start and chosen[head][0] < head:
            head = chosen[head][0]
        parts[head].content.append(content)
        parts[head].links.append(link)


def _kept_apart(
    links: _Links, chosen: Mapping[int, tuple[int, float]], heads: Sequence[int]
) -> Iterator[tuple[int, tuple[int, float]]]:
    """A cue that has content in its own paragraph, `…, officials say` of a headline, leads to none in the next one."""
    paragraphs = links.paragraphs
    own = {head for start, (head, _) in chosen.items() if start != head and paragraphs[start] == paragraphs[head]}
    for start, (head, _) in chosen.items():
        if head in own and paragraphs[start] != paragraphs[head]:
            yield start, _best(links, start, [each for each in heads if paragraphs[each] == paragraphs[start]])


def _gather_sources(links: _Links, sources: Sequence[Segment], parts: Mapping[int, _Parts]) -> None:
    heads = sorted(parts)
    for source in sources:
        head, link = _best(links, source.start, heads)
        if head in parts:
            parts[head].source.append(source)
            parts[head].links.append(link)


def _best(links: _Links, word: int, heads: Sequence[int]) -> tuple[int, float]:
    """The likeliest of the heads (in text order) within reach of a word, with its probability; the word itself when
    there is none."""
    first, end = bisect_left(heads, word - REACH_WORDS), bisect_right(heads, word + REACH_WORDS)
    near = [head for head in heads[first:end] if _connects(links, word, head)]
    if len(near) < 2:
        return (near[0] if near else word), 1.0
    logits = links.heads[near] @ links.links[word]
    weights = np.exp(logits - logits.max())
    best = int(logits.argmax())
    return near[best], float(weights[best] / weights.sum())


def _connects(links: _Links, word: int, head: int) -> bool:
    """The head stands in the same paragraph, or ends the one that the word's paragraph follows."""
    paragraphs = links.paragraphs
    if paragraphs[word] == paragraphs[head]:
        return True
    if paragraphs[head] + 1 != paragraphs[word]:
        return False
    begins = word == 0 or paragraphs[word - 1] != paragraphs[word]
    return begins and paragraphs[min(head + LAST_WORDS, len(paragraphs) - 1)] != paragraphs[head]


def _attribution(words: _Words, part: _Parts) -> Attribution:
    content = tuple(_span(words, segment) for segment in sorted(part.content))
    cue = _main(words, part.cue)
    source = _main(words, part.source)
    tagged = [segment.score for segment in (*part.content, *part.cue, *part.source)]
    mean = float(np.add.reduce(tagged) / len(tagged))
    score = mean * float(np.multiply.reduce(part.links)) ** (1 / max(len(part.links), 1))
    return Attribution(content, cue, source, min(score, 1.0), "model")


def _main(words: _Words, found: Sequence[Segment]) -> Span | None:
    """Of a source or cue in several pieces the longest one, for a Statement keeps one span of each; pieces that only
    a bracket or a comma parts are one (`World Health Organization` (WHO) `representative Hans Troedsson`)."""
    joined: list[Span] = []
    for span in (_span(words, segment) for segment in sorted(found)):
        if joined and span.start - joined[-1].end <= GAP_CHARACTERS:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return max(joined, key=len, default=None)


def _span(words: _Words, segment: Segment) -> Span:
    return Span(words.starts[segment.start], words.ends[segment.end - 1])
