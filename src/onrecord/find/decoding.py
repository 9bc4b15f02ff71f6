"""Scores -> segments of words: the best sequence of BIO tags that the rules of BIO allow, with a probability each.

Pure functions over arrays, shared by names, times and statements. Knows no text and no meaning of tags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
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


def best_path(
    log_probabilities: Floats, tags: Sequence[str], paragraphs: Integers, *, transitions: Floats | None = None
) -> Integers:
    """Viterbi: the index of the best tag of each word, int32[n]. All paragraphs are solved side by side."""
    if len(paragraphs) == 0:
        return np.zeros(0, dtype=np.int32)
    allowed = _allowed(tags) + (0.0 if transitions is None else transitions)
    grid, rows, columns = _side_by_side(log_probabilities, paragraphs)
    best = grid[:, 0] + np.where([tag.startswith("I-") for tag in tags], _NEVER, 0.0)
    back = np.zeros((grid.shape[1], len(grid), len(tags)), dtype=np.int8)
    for at in range(1, grid.shape[1]):
        candidates = best[:, :, None] + allowed[None]
        back[at] = candidates.argmax(axis=1)
        best = candidates.max(axis=1) + grid[:, at]
    return _trace(best, back)[rows, columns]


def _allowed(tags: Sequence[str]) -> Floats:
    """0 where a tag may follow a tag, a forbidding weight where I- follows anything but its own kind."""
    table = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for before, left in enumerate(tags):
        for after, right in enumerate(tags):
            if right.startswith("I-") and left[2:] != right[2:]:
                table[before, after] = _NEVER
    return table


def _side_by_side(log_probabilities: Floats, paragraphs: Integers) -> tuple[Floats, Integers, Integers]:
    """Paragraphs as rows padded with indifferent words, and the row and column of each word."""
    rows = np.concatenate(([0], np.cumsum(np.diff(paragraphs) != 0))).astype(np.int32)
    firsts = np.concatenate(([0], np.flatnonzero(np.diff(rows)) + 1))
    columns = (np.arange(len(rows)) - firsts[rows]).astype(np.int32)
    grid = np.zeros((rows[-1] + 1, columns.max() + 1, log_probabilities.shape[1]), dtype=np.float32)
    # Padding prefers O, so that it never changes the best path before it.
    grid[:, :, 1:] = _NEVER
    grid[rows, columns] = log_probabilities
    return grid, rows, columns


def _trace(best: Floats, back: NDArray[np.int8]) -> Integers:
    length, count = back.shape[:2]
    path = np.zeros((count, length), dtype=np.int32)
    path[:, -1] = best.argmax(axis=1)
    everyone = np.arange(count)
    for at in range(length - 1, 0, -1):
        path[:, at - 1] = back[at, everyone, path[:, at]]
    return path


def _runs(path: Integers, log_probabilities: Floats, tags: Sequence[str], paragraphs: Integers) -> tuple[Segment, ...]:
    found: list[Segment] = []
    begin = -1
    for at in range(len(path) + 1):
        inside = at < len(path) and tags[path[at]].startswith("I-") and paragraphs[at] == paragraphs[at - 1]
        if begin >= 0 and not inside:
            found.append(_segment(begin, at, path, log_probabilities, tags))
            begin = -1
        if at < len(path) and tags[path[at]].startswith("B-"):
            begin = at
    return tuple(found)


def _segment(start: int, end: int, path: Integers, log_probabilities: Floats, tags: Sequence[str]) -> Segment:
    chosen = log_probabilities[np.arange(start, end), path[start:end]]
    return Segment(start, end, tags[path[start]][2:], float(np.exp(chosen).mean()))
