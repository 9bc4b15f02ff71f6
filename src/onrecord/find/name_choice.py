"""Which spans of words are names, and of what kind: weighs the encoder's tags, the same words elsewhere in the report
and what the words say by themselves, and takes the best set of spans that do not overlap.

A log-linear model over (span, kind) with a handful of weights, fitted by training/names.py and kept in data/names.npz
with the chain of `onrecord.find.name_words`. Its probabilities are calibrated: benchmarks/calibration.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.find.decoding import OUTSIDE, best_path, bounds, in_doubt, log_softmax
from onrecord.find.labels import NAME_KINDS, TAGS
from onrecord.find.name_words import Chain, tags_of_words

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

#: Share in which a word's tags are mixed with the mean of what is said of the same word elsewhere in the report.
#: Worldwide dev, decoding alone: 75.9 without, 77.9 at 0.6, 77.8 at 1.0, 75.3 at 1.5; with all evidence 0.3 does as
#: well.
ELSEWHERE: Final = 0.45
#: A word that is surer than this to be inside or outside a name opens no further candidates. 0.03 finds no more.
DOUBT: Final = 0.06
LONGEST: Final = 12
#: A sure tag leaves less than this to O.
SURE: Final = 0.05
#: Added to the log-odds of a name: as good on Worldwide dev as none, with fewer names lost.
FAVOUR: Final = 0.3
#: The same for spans decoded from sure tags: unusual words alone do not undo them.
FAVOUR_SURE: Final = 5.0
KINDS: Final = len(NAME_KINDS)
_B: Final = np.array([TAGS["name"].index(f"B-{kind}") for kind in NAME_KINDS])
_I: Final = _B + 1
#: Evidence with one value a kind, then evidence that speaks for a name of any kind.
_OF_TAGS: Final = ("tags", "tags of the same words", "first tag", "further tags")
BY_KIND: Final = (*_OF_TAGS, *(f"{name}, by words" for name in _OF_TAGS))
FOR_ANY: Final = ("ends", "decoded", "one word", "decoded elsewhere", "ends, by words")


class Weights(NamedTuple):
    """A `Chain` in its four parts; `by_kind`, `for_any` and `bias` weigh the evidence; `transitions` are added in
    decoding."""

    keys: NDArray[np.uint32]
    table: NDArray[np.int8]
    scale: Floats
    follows: Floats
    by_kind: Floats
    for_any: Floats
    bias: Floats
    transitions: Floats

    @property
    def chain(self) -> Chain:
        return Chain(self.keys, self.table, self.scale, self.follows)


class Chosen(NamedTuple):
    """Words `start`-`end` (half-open) are a name of a kind, with this probability."""

    start: int
    end: int
    kind: str
    score: float


class Evidence(NamedTuple):
    """Of each candidate its words; by_kind float32[n, 8, kinds + 1], the last for no name; for_any float32[n, 5];
    whether it was decoded from tags of which none may well be O."""

    spans: list[tuple[int, int]]
    by_kind: Floats
    for_any: Floats
    sure: NDArray[np.bool_]


def choose(words: Sequence[str], paragraphs: Integers, log_probabilities: Floats, weights: Weights) -> list[Chosen]:
    """The names among the words of a report, in text order."""
    found = weigh(words, paragraphs, log_probabilities, weights)
    if found is None:
        return []
    return best_set(found.spans, logits(found, weights), np.where(found.sure, FAVOUR_SURE, FAVOUR))


def logits(found: Evidence, weights: Weights) -> Floats:
    """float32[n, kinds + 1]: the last column is no name."""
    sums: Floats = np.einsum("nfk,f->nk", found.by_kind, weights.by_kind) + weights.bias
    sums[:, :KINDS] += (found.for_any @ weights.for_any)[:, None]
    return sums


def weigh(words: Sequence[str], paragraphs: Integers, log_probabilities: Floats, weights: Weights) -> Evidence | None:
    """The evidence for every candidate; None where there is none."""
    tags = _with_elsewhere(words, np.maximum(log_probabilities, -12.0))
    by_words = tags_of_words(words, paragraphs, tags[:, 0] < np.log(OUTSIDE), weights.chain)
    decoded = _decoded(tags, paragraphs, weights.transitions)
    spans = _candidates(words, paragraphs, np.exp(tags), decoded)
    if not spans:
        return None
    groups = _groups([" ".join(words[start:end]).casefold() for start, end in spans])
    by_kind = np.stack((*_by_kind(spans, groups, tags), *_by_kind(spans, groups, by_words)), axis=1)
    known = set(decoded)
    for_any = np.column_stack((_for_any(spans, groups, tags, paragraphs, known), _ends(spans, by_words, paragraphs)))
    doubted = np.concatenate(([0], np.cumsum(np.exp(tags[:, 0]) >= SURE))).tolist()
    sure = np.array([span in known and doubted[span[0]] == doubted[span[1]] for span in spans])
    return Evidence(spans, by_kind.astype(np.float32), for_any.astype(np.float32), sure)


def _with_elsewhere(words: Sequence[str], scores: Floats) -> Floats:
    """Log-probabilities of tags, those of capitalised words mixed with the mean of their other places."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        if word[0].isupper():
            places[word].append(at)
    many = [some for some in places.values() if len(some) > 1]
    if not many:
        return log_softmax(scores)
    rows = np.array([at for some in many for at in some])
    counts = np.array([len(some) for some in many])
    sums = np.add.reduceat(scores[rows], np.cumsum(counts) - counts, axis=0)
    own = scores[rows]
    others = (np.repeat(sums, counts, axis=0) - own) / (np.repeat(counts, counts)[:, None] - 1)
    mixed = scores.copy()
    mixed[rows] = (own + ELSEWHERE * others) / (1 + ELSEWHERE)
    return log_softmax(mixed)


def _decoded(tags: Floats, paragraphs: Integers, transitions: Floats) -> list[tuple[int, int]]:
    """The spans of the best path of tags."""
    places, stretches = in_doubt(tags, paragraphs)
    path = best_path(tags[places], TAGS["name"], stretches, transitions=transitions)
    among = places.tolist()
    return [(among[start], among[end - 1] + 1) for start, end in bounds(path, TAGS["name"], stretches)]


def _candidates(
    words: Sequence[str], paragraphs: Integers, tags: Floats, decoded: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """What was decoded, and every span whose edges are in doubt."""
    spans = set(decoded)
    opens = (tags[:, _B].sum(axis=1) > DOUBT).tolist()
    closes = (tags[:, _I].sum(axis=1) < 1 - DOUBT).tolist()
    for begin, end in _runs(tags[:, 0] < 1 - DOUBT, paragraphs):
        starts = [at for at in range(begin, end) if (opens[at] or at == begin) and words[at][0].isalnum()]
        ends = [at for at in range(begin + 1, end + 1) if (at == end or closes[at]) and _may_end(words, at)]
        spans |= {(left, right) for left in starts for right in ends if left < right <= left + LONGEST}
    return sorted(spans)


def _runs(live: NDArray[np.bool_], paragraphs: Integers) -> list[tuple[int, int]]:
    """Stretches of words that are true, none over the end of a paragraph."""
    numbers = np.where(live, paragraphs + 1, 0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], numbers, [0]))))
    return [(begin, end) for begin, end in pairwise(edges.tolist()) if live[begin]]


def _may_end(words: Sequence[str], end: int) -> bool:
    last = words[end - 1]
    if last == ".":
        return end > 1 and len(words[end - 2]) <= 4
    return last[0].isalnum() and last not in _NEVER_LAST


_NEVER_LAST: Final = frozenset("of for the and de del der".split())


def _groups(keys: Sequence[str]) -> Integers:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int32)


def _by_kind(spans: Sequence[tuple[int, int]], groups: Integers, tags: Floats) -> tuple[Floats, ...]:
    edges = np.array(spans)
    starts, ends = edges[:, 0], edges[:, 1]
    lengths = (ends - starts)[:, None]
    told = _mean_within(_kinds(tags), starts, ends, lengths)
    first = np.zeros_like(told)
    first[:, :KINDS] = np.maximum(tags[starts][:, _B], -11.5)
    further = np.zeros_like(told)
    inside = np.maximum(tags[:, _I], -11.5)
    sums = np.concatenate((np.zeros((1, KINDS)), np.cumsum(inside, axis=0, dtype=np.float64)))
    further[:, :KINDS] = sums[ends] - sums[starts + 1]
    return told, _mean_of_groups(told, groups), first, further


def _kinds(tags: Floats) -> Floats:
    """Log-probability of each kind, and of no name, a word."""
    chances = np.exp(tags)
    merged = np.column_stack((chances[:, _B] + chances[:, _I], chances[:, 0]))
    return np.log(np.maximum(merged, 1e-5))  # type: ignore[no-any-return]


def _mean_within(rows: Floats, starts: Integers, ends: Integers, lengths: Integers) -> Floats:
    sums = np.concatenate((np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)))
    return ((sums[ends] - sums[starts]) / lengths).astype(np.float32)


def _mean_of_groups(rows: Floats, groups: Integers) -> Floats:
    sums = np.zeros((int(groups.max()) + 1, rows.shape[1]))
    np.add.at(sums, groups, rows)
    return (sums / np.bincount(groups)[:, None])[groups].astype(np.float32)


def _for_any(
    spans: Sequence[tuple[int, int]],
    groups: Integers,
    tags: Floats,
    paragraphs: Integers,
    decoded: set[tuple[int, int]],
) -> Floats:
    lengths = np.array([end - start for start, end in spans])
    chosen = np.array([span in decoded for span in spans], dtype=np.float32)
    elsewhere = np.bincount(groups, weights=chosen)[groups] - chosen
    return np.column_stack((_ends(spans, tags, paragraphs), chosen, lengths == 1, np.log1p(elsewhere)))


def _ends(spans: Sequence[tuple[int, int]], tags: Floats, paragraphs: Integers) -> Floats:
    """Log-probability that no name goes on behind each span, float32[n]."""
    edges = np.array(spans)
    starts, ends = edges[:, 0], edges[:, 1]
    behind = np.minimum(ends, len(paragraphs) - 1)
    goes_on = np.exp(tags[:, _I]).sum(axis=1)[behind]
    ends_here = np.where((ends < len(paragraphs)) & (paragraphs[behind] == paragraphs[starts]), 1 - goes_on, 1.0)
    return np.log(np.maximum(ends_here, 1e-5))


def best_set(spans: Sequence[tuple[int, int]], scores: Floats, favour: Floats) -> list[Chosen]:
    """The spans that do not overlap and gain most over no name; and of spans that overlap, none of them likely but one
    of them surely a name, the likeliest: "Irving" or "Irving, Texas"."""
    kinds = scores[:, :KINDS].argmax(axis=1)
    gains = (scores[np.arange(len(spans)), kinds] - scores[:, KINDS] + favour).tolist()
    chances = np.exp(log_softmax(scores))
    chosen = _best_apart(spans, gains)
    chosen += _likeliest_of_undecided(spans, chosen, (1 - chances[:, KINDS]).tolist())
    return [
        Chosen(*spans[at], NAME_KINDS[int(kinds[at])], round(min(1.0, float(chances[at, kinds[at]])), 4))
        for at in sorted(chosen)
    ]


def _best_apart(spans: Sequence[tuple[int, int]], gains: Sequence[float]) -> list[int]:
    """Dynamic programming from left to right over the ends of spans."""
    order = sorted(range(len(spans)), key=lambda at: (spans[at][1], spans[at][0]))
    ends = [spans[at][1] for at in order]
    best, before = [0.0], [-1]
    for number, at in enumerate(order):
        free = bisect_right(ends, spans[at][0], 0, number)
        gain = best[free] + gains[at]
        best.append(max(gain, best[number]))
        before.append(free if gain > best[number] else -1)
    chosen: list[int] = []
    left = len(order)
    while left > 0:
        if before[left] >= 0:
            chosen.append(order[left - 1])
        left = before[left] if before[left] >= 0 else left - 1
    return chosen


def _likeliest_of_undecided(
    spans: Sequence[tuple[int, int]], chosen: Sequence[int], chances: Sequence[float]
) -> list[int]:
    """One of each group of overlapping spans beside those chosen that likely holds a name; `spans` are sorted."""
    taken = {at for one in chosen for at in range(*spans[one])}
    added: list[int] = []
    group: list[int] = []
    end = -1
    for at in [at for at, span in enumerate(spans) if taken.isdisjoint(range(*span))]:
        if spans[at][0] >= end:
            added += _likeliest(group, chances)
            group = []
        group.append(at)
        end = max(end, spans[at][1])
    return added + _likeliest(group, chances)


def _likeliest(group: Sequence[int], chances: Sequence[float]) -> list[int]:
    return [max(group, key=lambda at: chances[at])] if sum(chances[at] for at in group) > 0.5 else []


@cache
def packaged_weights() -> Weights:
    """Those of the installed package."""
    return read_weights((files("onrecord.find") / "data" / "names.npz").read_bytes())


def read_weights(data: bytes) -> Weights:
    """The weights that training/names.py wrote."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Weights(*(arrays[name] for name in Weights._fields))
