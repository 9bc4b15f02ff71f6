"""Scores -> segments of words: the best sequence of BIO tags that the rules of BIO allow, with a probability each.

Pure functions over arrays, shared by names, times and statements. Knows no text and no meaning of tags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    paragraphs: Integers,
    transitions: Sequence[Floats | None],
) -> tuple[tuple[Segment, ...], ...]:
    """What `segments` gives for each of several heads with equally many tags: solved side by side, which is quicker."""
    if len(paragraphs) == 0:
        return tuple(() for _ in tags)
    allowed = np.stack([_allowed(each, table) for each, table in zip(tags, transitions, strict=True)])
    paths = _viterbi(np.stack(log_probabilities, axis=1), _inside(tags[0]), allowed, paragraphs)
    return tuple(
        _runs(path, scores, each, paragraphs) for path, scores, each in zip(paths, log_probabilities, tags, strict=True)
    )


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
        (path[unsolved],) = _viterbi(log_probabilities[unsolved][:, None], inside, allowed[None], paragraphs[unsolved])
    return path


def _breaches(path: Integers, allowed: Floats, inside: NDArray[np.bool_], paragraphs: Integers) -> NDArray[np.bool_]:
    """Which words have a tag that must not stand where it stands."""
    breaches = inside[path]
    same = paragraphs[1:] == paragraphs[:-1]
    breaches[1:] &= ~same | (allowed[path[:-1], path[1:]] == _NEVER)
    return breaches


def _viterbi(scores: Floats, inside: NDArray[np.bool_], allowed: Floats, paragraphs: Integers) -> list[Integers]:
    """The best path of each head, int32[n]; scores float32[n, heads, T], allowed float32[heads, T, T]. All paragraphs
    and heads are solved at once."""
    grid, rows, columns = _side_by_side(scores, paragraphs)
    length, tags, heads, count = grid.shape
    steps = np.repeat(allowed.transpose(1, 2, 0), count, axis=2).astype(np.float64)
    last, back = _forward(grid.reshape(length, tags, heads * count), steps, inside)
    paths = _trace(last, back).reshape(length, heads, count)
    return [paths[columns, head, rows] for head in range(heads)]


def _forward(grid: Floats, steps: Doubles, inside: NDArray[np.bool_]) -> tuple[Doubles, NDArray[np.int8]]:
    """The score of the best path to each tag of the last words, float64[T, columns], and the tag before on the best
    path to each tag, int8[longest, T, columns]. Which tag that is, is asked of many words together."""
    first = grid[0] + np.where(inside, _NEVER, 0.0)[:, None]
    back = np.zeros(grid.shape, dtype=np.int8)
    best, candidates = np.empty((min(_TOGETHER, len(grid)) + 1, *first.shape)), np.empty((len(first), *first.shape))
    best[0] = first
    for begin in range(1, len(grid), _TOGETHER):
        end = min(begin + _TOGETHER, len(grid))
        for before, after, own in zip(best, best[1:], grid[begin:end], strict=False):
            np.add(before[:, None], steps, out=candidates)
            np.maximum.reduce(candidates, axis=0, out=after)
            after += own
        back[begin:end] = _first_of_the_best(best[: end - begin, :, None] + steps)
        best[0] = best[end - begin]
    return best[0], back


def _first_of_the_best(candidates: Doubles) -> NDArray[np.int8]:
    """What argmax(axis=1) says, which takes seven times as long where so few are to choose from."""
    best, found = candidates[:, 0], np.zeros(candidates[:, 0].shape, dtype=np.int8)
    for number in range(1, candidates.shape[1]):
        found = np.where(candidates[:, number] > best, np.int8(number), found)
        best = np.maximum(best, candidates[:, number])
    return found


#: Words of a paragraph whose tags before are asked for together: memory stays flat where one is very long.
_TOGETHER = 64


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


def _side_by_side(scores: Floats, paragraphs: Integers) -> tuple[Floats, Integers, Integers]:
    """Paragraphs beside one another, padded with indifferent words: float32[longest, T, heads, paragraphs]; and where
    in it each word stands, its row (paragraph) and column."""
    rows = np.concatenate(([0], np.cumsum(np.diff(paragraphs) != 0))).astype(np.int32)
    firsts = np.concatenate(([0], np.flatnonzero(np.diff(rows)) + 1))
    columns = (np.arange(len(rows)) - firsts[rows]).astype(np.int32)
    _, heads, tags = scores.shape
    grid = np.zeros((columns.max() + 1, tags, heads, rows[-1] + 1), dtype=np.float32)
    # Padding prefers O, so that it never changes the best path before it.
    grid[:, 1:] = _NEVER
    grid[columns, :, :, rows] = scores.transpose(0, 2, 1)
    return grid, rows, columns


def _trace(best: Doubles, back: NDArray[np.int8]) -> Integers:
    """Paths int32[longest, columns], followed back from the best last tag."""
    length, _, count = back.shape
    flat, columns = back.reshape(length, -1), np.arange(count)
    path = np.zeros((length, count), dtype=np.int32)
    path[-1] = best.argmax(axis=0)
    for at in range(length - 1, 0, -1):
        path[at - 1] = flat[at].take(path[at] * count + columns)
    return path


def _runs(path: Integers, log_probabilities: Floats, tags: Sequence[str], paragraphs: Integers) -> tuple[Segment, ...]:
    begins = np.array([tag.startswith("B-") for tag in tags])[path]
    goes_on = _inside(tags)[path]
    goes_on[1:] &= paragraphs[1:] == paragraphs[:-1]
    starts = np.flatnonzero(begins)
    stops = np.append(np.flatnonzero(~goes_on), len(path))
    ends = stops[stops.searchsorted(starts, side="right")]
    chosen = np.exp(log_probabilities[np.arange(len(path)), path])
    return tuple(
        Segment(start, end, tags[path[start]][2:], float(np.add.reduce(chosen[start:end]) / np.float32(end - start)))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    )
