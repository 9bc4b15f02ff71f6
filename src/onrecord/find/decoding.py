"""Scores -> segments of words: the best sequence of BIO tags that the rules of BIO allow, with a probability each.

Pure functions over arrays, shared by names, times and statements. Knows no text and no meaning of tags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int32]

_NEVER = -1e4


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """Words `start`-`end` (half-open) tagged as one run of `kind`; `score` is the mean probability of its tags."""

    start: int
    end: int
    kind: str
    score: float


def segments(
    log_probabilities: Floats, tags: Sequence[str], paragraphs: Integers, *, transitions: Floats | None = None
) -> tuple[Segment, ...]:
    """The segments of the best allowed tag sequence; none runs over the end of a paragraph.

    `log_probabilities` is float32[n, T] as in `Scores.tags`, `tags` the T names, `paragraphs` int32[n] as in `Scores`.
    `transitions` float32[T, T] is added for tag (row) followed by tag (column)."""
    path = best_path(log_probabilities, tags, paragraphs, transitions=transitions)
    return _runs(path, log_probabilities, tags, paragraphs)


def segments_of_heads(
    log_probabilities: Sequence[Floats],
    tags: Sequence[Sequence[str]],
    paragraphs: Sequence[Integers],
    transitions: Sequence[Floats | None],
) -> tuple[tuple[Segment, ...], ...]:
    """What `segments` gives for each of several heads with equally many tags, each with words and paragraphs of its
    own: solved side by side, which is quicker."""
    allowed = np.stack([_allowed(each, table) for each, table in zip(tags, transitions, strict=True)])
    paths = _viterbi(log_probabilities, _inside(tags[0]), allowed, paragraphs)
    return tuple(
        _runs(path, scores, each, own)
        for path, scores, each, own in zip(paths, log_probabilities, tags, paragraphs, strict=True)
    )


def in_doubt(log_probabilities: Floats, paragraphs: Integers) -> tuple[Integers, Integers]:
    """The words that may be in a segment and those beside them, int32[m], and which stretch of neighbours each stands
    in, int32[m]: a few short stretches are quicker to decode than whole paragraphs. O is their first tag."""
    places = np.flatnonzero(with_neighbours(log_probabilities[:, 0] < np.log(OUTSIDE))).astype(np.int32)
    breaks = (np.diff(places) > 1) | (np.diff(paragraphs[places]) != 0)
    return places, np.concatenate((np.zeros(min(len(places), 1)), np.cumsum(breaks))).astype(np.int32)


def with_neighbours(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which words are flagged, or stand right beside one that is."""
    kept = flags.copy()
    kept[1:] |= flags[:-1]
    kept[:-1] |= flags[1:]
    return kept


def log_softmax(rows: Floats) -> Floats:
    """Of each row."""
    shifted = rows - np.ascontiguousarray(rows.T).max(axis=0)[:, None]  # of a few long rows quicker than of many short
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))  # type: ignore[no-any-return]


#: Words surer than this to be outside any segment are not decoded: of 150,000 words of reports, not one has another tag
#: for it among cues, sources or contents, nor with 0.99.
OUTSIDE: Final = 0.995


def best_path(
    log_probabilities: Floats, tags: Sequence[str], paragraphs: Integers, *, transitions: Floats | None = None
) -> Integers:
    """The index of the best tag of each word, int32[n].

    Without transitions the likeliest tags are the best path wherever they obey BIO; only the other paragraphs are
    solved by Viterbi."""
    if len(paragraphs) == 0:
        return np.zeros(0, dtype=np.int32)
    allowed, inside = _allowed(tags, transitions), _inside(tags)
    path: Integers = np.zeros(len(paragraphs), dtype=np.int32)
    unsolved = np.ones(len(paragraphs), dtype=np.bool_)
    if transitions is None:
        path[:] = log_probabilities.argmax(axis=1)
        unsolved = np.isin(paragraphs, paragraphs[_breaches(path, allowed, inside, paragraphs)])
    if unsolved.any():
        (path[unsolved],) = _viterbi([log_probabilities[unsolved]], inside, allowed[None], [paragraphs[unsolved]])
    return path


def _breaches(path: Integers, allowed: Floats, inside: NDArray[np.bool_], paragraphs: Integers) -> NDArray[np.bool_]:
    """Which words have a tag that must not stand where it stands."""
    breaches = inside[path]
    same = paragraphs[1:] == paragraphs[:-1]
    breaches[1:] &= ~same | (allowed[path[:-1], path[1:]] == _NEVER)
    return breaches


def _viterbi(
    scores: Sequence[Floats], inside: NDArray[np.bool_], allowed: Floats, paragraphs: Sequence[Integers]
) -> list[Integers]:
    """The best path of each head, int32[n]; scores float32[n, T] and paragraphs int32[n] of each, allowed
    float32[heads, T, T]. All paragraphs and heads are solved at once, word by word: each is a column, the longest
    paragraphs first, and a column is left out when its paragraph is over."""
    heads = np.repeat(np.arange(len(scores)), [len(each) for each in scores])
    if not len(heads):
        return [np.zeros(0, dtype=np.int32) for _ in scores]
    order, column, columns = _abreast(np.concatenate(paragraphs) * len(scores) + heads)
    head = heads[order[: columns[0]]]
    own = np.concatenate(scores)[order].T.astype(np.float64, order="C")
    steps = allowed[head].transpose(1, 2, 0).astype(np.float64, order="C")
    first = np.where(inside, _NEVER, 0.0)[:, None]
    lengths = np.bincount(column)
    longest = np.zeros(len(scores), dtype=np.int64)
    np.maximum.at(longest, head, lengths)
    paths = np.empty(len(heads), dtype=np.int32)
    best = _forward(first, own, steps, columns)
    paths[order] = _traced(best, steps, column, columns, lengths < longest[head])
    return np.split(paths, np.cumsum([len(each) for each in scores])[:-1])


def _abreast(paragraphs: Integers) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The words in the order first words, second words, ..., those of long paragraphs first; the column of each, in
    that order; and how many paragraphs have a first, a second ... word."""
    firsts = np.concatenate(([0], np.flatnonzero(np.diff(paragraphs)) + 1))
    lengths = np.diff(np.append(firsts, len(paragraphs)))
    left = np.cumsum(np.bincount(lengths)[::-1])[::-1][1:]
    place = np.repeat(np.arange(len(left)), left)
    column = np.arange(len(paragraphs)) - np.repeat(np.cumsum(left) - left, left)
    return firsts[np.argsort(-lengths, kind="stable")][column] + place, column, left


def _forward(first: Doubles, own: Doubles, steps: Doubles, columns: NDArray[np.int64]) -> Doubles:
    """The score of the best path to each tag of each word, float64[T, words]."""
    best = np.empty(own.shape)
    np.add(own[:, : columns[0]], first, out=best[:, : columns[0]])
    begin, end = 0, int(columns[0])
    for count in columns[1:].tolist():
        reached = best[:, end : end + count]
        np.maximum.reduce(best[:, None, begin : begin + count] + steps[:, :, :count], axis=0, out=reached)
        reached += own[:, end : end + count]
        begin, end = end, end + count
    return best


def _traced(
    best: Doubles, steps: Doubles, column: NDArray[np.int64], columns: NDArray[np.int64], closed: NDArray[np.bool_]
) -> Integers:
    """The tag of each word on the best path, int32[words], followed back from the last words. Behind the end of a
    `closed` column stands O, as it were."""
    count = best.shape[1]
    before = np.arange(columns[0], count) - np.repeat(columns[:-1], columns[1:])
    is_last = np.ones(count, dtype=np.bool_)
    is_last[before] = False
    last = np.flatnonzero(is_last)
    closing = np.where(closed[column[last]], steps[:, 0, column[last]], 0.0)
    path = np.zeros(count, dtype=np.int64)
    path[last] = (best[:, last] + closing).argmax(axis=0) * count + last
    # a tag of a word, and the tag and word before it, as one number: tag * count + word
    links = np.zeros(best.shape, dtype=np.int64)
    links[:, columns[0] :] = _tags_before(best, steps, before, column[before]) * np.int64(count) + before
    _follow(links.ravel(), path, columns)
    tags: Integers = (path // count).astype(np.int32)
    return tags


def _follow(links: NDArray[np.int64], path: NDArray[np.int64], columns: NDArray[np.int64]) -> None:
    """Fills in the path from the last words to the first."""
    end = len(path)
    for width, wider in zip(columns[:0:-1].tolist(), columns[-2::-1].tolist(), strict=True):
        begin = end - width
        path[begin - wider : begin - wider + width] = links.take(path[begin:end])
        end = begin


def _tags_before(
    best: Doubles, steps: Doubles, before: NDArray[np.int64], column: NDArray[np.int64]
) -> NDArray[np.int8]:
    """The tag of the word `before` on the best path to each tag of each word, int8[T, words]: the first tag of those
    where the sum is greatest. Some words at a time, so that memory stays flat."""
    back = np.zeros((len(steps), len(before)), dtype=np.int8)
    for begin in range(0, len(before), _TOGETHER):
        some = before[begin : begin + _TOGETHER]
        among = column[begin : begin + _TOGETHER]
        found, highest = back[:, begin : begin + len(some)], best[0, some] + steps[0][:, among]
        for tag in range(1, len(steps)):  # argmax takes seven times as long where so few are to choose from
            reached = best[tag, some] + steps[tag][:, among]
            found[reached > highest] = tag
            np.maximum(highest, reached, out=highest)
    return back


#: Words that are looked at together.
_TOGETHER = 4096


def _inside(tags: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([tag.startswith("I-") for tag in tags])


def _allowed(tags: Sequence[str], transitions: Floats | None) -> Floats:
    """The transitions (0 without any), with a forbidding weight added where I- follows anything but its own kind."""
    table = np.zeros((len(tags), len(tags)), dtype=np.float32) + (0.0 if transitions is None else transitions)
    for before, left in enumerate(tags):
        for after, right in enumerate(tags):
            if right.startswith("I-") and left[2:] != right[2:]:
                table[before, after] += _NEVER
    return table


def _runs(path: Integers, log_probabilities: Floats, tags: Sequence[str], paragraphs: Integers) -> tuple[Segment, ...]:
    chosen = np.exp(log_probabilities[np.arange(len(path)), path])
    return tuple(
        Segment(start, end, tags[path[start]][2:], float(np.add.reduce(chosen[start:end]) / np.float32(end - start)))
        for start, end in bounds(path, tags, paragraphs)
    )


def bounds(path: Integers, tags: Sequence[str], paragraphs: Integers) -> list[tuple[int, int]]:
    """The first word of each segment of a path, and the one behind its last."""
    if len(path) == 0:
        return []
    begins = np.array([tag.startswith("B-") for tag in tags])[path]
    goes_on = _inside(tags)[path]
    goes_on[1:] &= paragraphs[1:] == paragraphs[:-1]
    starts = np.flatnonzero(begins)
    stops = np.append(np.flatnonzero(~goes_on), len(path))
    ends = stops[stops.searchsorted(starts, side="right")]
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
