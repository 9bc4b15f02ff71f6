"""What the words of a report say of its names by themselves: a chain of tags (a linear-chain conditional random field
over hashed features of words), fitted by training/name_words.py.

It knows words as they are written, capitals included, where the encoder knows meanings. Nothing here has seen the
encoder's scores, so that the two may be weighed against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final, NamedTuple
from zlib import crc32 as _checksum

import numpy as np
from numpy.typing import NDArray

from onrecord.find.decoding import with_neighbours
from onrecord.find.labels import TAGS

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

#: What a tag is given at least: the chain knows one corpus, and is surer than it should be of other papers' names.
#: Wikinews, full names: .921 with 1e-5, .926 with 0.01 to 0.05; Worldwide dev the same.
FLOOR: Final = 0.01
#: The longest stretch of words that is read as one: texts all in capitals are cut.
LONGEST_STRETCH: Final = 32
#: Other places of a word whose neighbours are looked at.
OTHER_PLACES: Final = 8
_EDGE: Final = "¶"
_INSIDE: Final = np.array([tag.startswith("I-") for tag in TAGS["name"]])
_ROLES: Final = "w W s p2 p3 e2 e3 e4 -1 -2 +1 +2 -s +s -e +e E- E+ -w w+ -- ++ -+ sss lower before first last behind"
#: One seed a role, so that the same letters in two roles are two features.
_SEED: Final = {role: _checksum(role.encode()) for role in _ROLES.split()}


class Chain(NamedTuple):
    """`keys` uint32[n], sorted, are the features known; `table` int8[n + 1, tags], the last row for all others, times
    `scale`, what each adds to each tag; `follows` float32[tags, tags] what a tag (row) adds to the next (column)."""

    keys: NDArray[np.uint32]
    table: NDArray[np.int8]
    scale: Floats
    follows: Floats


class Word(NamedTuple):
    """A word as bytes in small letters, how it is written, the keys of its features in each part that it may play, and
    the checksums that those of a word behind it go on from."""

    small: bytes
    shape: bytes
    own: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    further: tuple[int, int]
    elsewhere: tuple[int, int]
    of_phrase: tuple[int, int, int, int]
    then_own: int
    then_after: int
    then_before: int
    then_second: int
    then_across: int
    then_shape: int


def tags_of_words(
    words: Sequence[str], paragraphs: NDArray[np.int32], doubted: NDArray[np.bool_], known: Chain
) -> Floats:
    """Log-probability of each tag of each word, none below that of FLOOR, float32[words, tags]; stretches without a
    word that is `doubted` are not read, and O."""
    told = np.full((len(words), len(TAGS["name"])), np.log(FLOOR), dtype=np.float32)
    told[:, 0] = 0.0
    read = [(start, end) for start, end in stretches(words, paragraphs) if doubted[start:end].any()]
    if read:
        places = [at for start, end in read for at in range(start, end)]
        sums = _sums(features_of_words(words, paragraphs, read), known)
        told[places] = np.log(np.maximum(_chances(sums, read, known.follows), FLOOR))
    return told


def stretches(words: Sequence[str], paragraphs: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Words with a capital or a digit in front, and those beside them: (start, end) of each run within a paragraph."""
    marked = np.fromiter((word[0].isupper() or word[0].isdigit() for word in words), dtype=np.bool_, count=len(words))
    kept = with_neighbours(marked)
    edges = np.flatnonzero(np.diff(np.where(kept, paragraphs + 1, 0), prepend=0, append=0)).tolist()
    runs = [(begin, end) for begin, end in pairwise(edges) if kept[begin]]
    return [(at, min(at + LONGEST_STRETCH, end)) for begin, end in runs for at in range(begin, end, LONGEST_STRETCH)]


def features_of_words(
    words: Sequence[str], paragraphs: NDArray[np.int32], read: Sequence[tuple[int, int]]
) -> list[list[int]]:
    """The keys of the features of each word of the stretches."""
    small = {word for word in words if word.islower()}
    numbers = paragraphs.tolist()
    elsewhere = _places(words, numbers)
    rows: list[list[int]] = []
    for start, end in read:
        near = _near(words, numbers, start, end)
        rows += [_features(*near[at - 2 : at + 3]) for at in range(2, len(near) - 2)]
        for at, of_phrase in _of_phrases(words, near, start):
            rows[at - end] += (*of_phrase, _LOWER[words[at].lower() in small])
            for place, keys in elsewhere[words[at]]:
                rows[at - end] += keys if place != at else ()
    return rows


def _near(words: Sequence[str], numbers: Sequence[int], start: int, end: int) -> list[Word]:
    """The words of a stretch and two on either side of it; those of other paragraphs are edges."""
    own, count = numbers[start], len(words)
    return [
        known_word(words[at]) if 0 <= at < count and numbers[at] == own else _BESIDE for at in range(start - 2, end + 2)
    ]


def _features(two: Word, one: Word, word: Word, after: Word, second: Word) -> list[int]:
    """Keys of a word between its neighbours, those of pairs carried on from the checksum of the first of them."""
    return [
        *word.own,
        *one.before,
        *after.after,
        two.further[0],
        second.further[1],
        _checksum(word.small, one.then_own),
        _checksum(after.small, word.then_after),
        _checksum(one.small, two.then_before),
        _checksum(second.small, after.then_second),
        _checksum(after.small, one.then_across),
        _checksum(after.shape, _checksum(word.shape, one.then_shape)),
    ]


def _of_phrases(words: Sequence[str], near: Sequence[Word], start: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Of each capitalised word its place and the keys of the run of such words that it stands in."""
    at, stop = 2, len(near) - 2
    while at < stop:
        end = at
        while end < stop and words[start + end - 2][0].isupper():
            end += 1
        if end > at:
            before, first, last, behind = near[at - 1], near[at], near[end - 1], near[end]
            keys = before.of_phrase[0], first.of_phrase[1], last.of_phrase[2], behind.of_phrase[3]
            yield from ((start + place - 2, keys) for place in range(at, end))
        at = end + 1


def _places(words: Sequence[str], numbers: Sequence[int]) -> Mapping[str, list[tuple[int, tuple[int, int]]]]:
    """The first places of each capitalised word, and the keys of the words beside it there."""
    found: dict[str, list[tuple[int, tuple[int, int]]]] = defaultdict(list)
    last = len(words) - 1
    for at, word in enumerate(words):
        if word[0].isupper() and len(some := found[word]) < OTHER_PLACES:
            before = known_word(words[at - 1]) if at and numbers[at - 1] == numbers[at] else _BESIDE
            after = known_word(words[at + 1]) if at < last and numbers[at + 1] == numbers[at] else _BESIDE
            some.append((at, (before.elsewhere[0], after.elsewhere[1])))
    return found


@lru_cache(maxsize=1 << 14)
def known_word(word: str) -> Word:
    """What is to be known of a word, wherever it stands."""
    small, shape = word.lower(), _shape(word)
    letters = (small, word, shape, small[:2], small[:3], small[-2:], small[-3:], small[-4:])
    roles = ("w", "W", "s", "p2", "p3", "e2", "e3", "e4")
    return Word(
        small.encode("utf-8", "replace"),
        shape.encode("utf-8", "replace"),
        own=tuple(_key(role, some) for role, some in zip(roles, letters, strict=True)),
        before=(_key("-1", small), _key("-s", shape), _key("-e", small[-3:])),
        after=(_key("+1", small), _key("+s", shape), _key("+e", small[-3:])),
        further=(_key("-2", small), _key("+2", small)),
        elsewhere=(_key("E-", small), _key("E+", small)),
        of_phrase=(_key("before", small), _key("first", small), _key("last", small), _key("behind", small)),
        then_own=_key("-w", f"{small} "),
        then_after=_key("w+", f"{small} "),
        then_before=_key("--", f"{small} "),
        then_second=_key("++", f"{small} "),
        then_across=_key("-+", f"{small} "),
        then_shape=_key("sss", f"{shape} "),
    )


def _key(role: str, letters: str) -> int:
    return _checksum(letters.encode("utf-8", "replace"), _SEED[role])


def _shape(word: str) -> str:
    """How a word is written: "d" digits, "X" capital, "Xx" capitalised, "x" small ...; a mark is itself."""
    if not word[0].isalnum():
        return word[0]
    if word.isdigit():
        return "d"
    if word.isupper():
        return "X" if len(word) == 1 else "XX" if len(word) < 6 else "XXX"
    if word.islower():
        return "x"
    return "Xx" if word[1:].islower() else "xX"


_BESIDE: Final = known_word(_EDGE)
#: Whether a word also stands in small letters in the report.
_LOWER: Final = (_key("lower", "no"), _key("lower", "yes"))


def _sums(features: Sequence[Collection[int]], known: Chain) -> Doubles:
    """What the features of each word add to each tag, float64[words, tags]."""
    lengths = np.fromiter(map(len, features), dtype=np.int64, count=len(features))
    keys = np.fromiter(chain.from_iterable(features), dtype=np.uint32, count=int(lengths.sum()))
    rows = np.minimum(known.keys.searchsorted(keys), len(known.keys) - 1)
    kept = known.keys[rows] == keys
    firsts = np.cumsum(lengths) - lengths
    rows[firsts] = np.where(kept[firsts], rows[firsts], len(known.keys))
    kept[firsts] = True  # so that every word has a row to add up
    places = np.cumsum(kept)[firsts] - 1
    sums = np.add.reduceat(known.table[rows[kept]], places, axis=0, dtype=np.int32)
    return sums * np.float64(known.scale)


def _chances(sums: Doubles, read: Sequence[tuple[int, int]], follows: Floats) -> Doubles:
    """The probability of each tag of each word, forward and backward over all stretches side by side, the longest
    first, word by word."""
    lengths = np.array([end - start for start, end in read])
    firsts = np.cumsum(lengths) - lengths
    order = np.argsort(-lengths, kind="stable")
    deep = np.arange(int(lengths.max()))[:, None]
    real = deep < lengths[order]
    places = np.where(real, firsts[order] + deep, 0)
    own = np.exp(sums - sums.max(axis=1, keepdims=True))[places]
    counts = real.sum(axis=1).tolist()
    steps = np.exp(follows.astype(np.float64))
    chances = _ahead(own, steps, counts) * _behind(own, steps, counts)
    found = np.empty_like(sums)
    found[places[real]] = _of_one(chances[real])
    return found


def _ahead(own: Doubles, steps: Doubles, counts: Sequence[int]) -> Doubles:
    ahead = np.zeros_like(own)
    ahead[0] = _of_one(own[0] * ~_INSIDE)
    for at, count in enumerate(counts[1:], 1):
        ahead[at, :count] = _of_one((ahead[at - 1, :count] @ steps) * own[at, :count])
    return ahead


def _behind(own: Doubles, steps: Doubles, counts: Sequence[int]) -> Doubles:
    behind = np.ones_like(own)
    for at in range(len(counts) - 2, -1, -1):
        count = counts[at + 1]
        behind[at, :count] = _of_one((own[at + 1, :count] * behind[at + 1, :count]) @ steps.T)
    return behind


def _of_one(rows: Doubles) -> Doubles:
    return rows / np.maximum(rows.sum(axis=-1, keepdims=True), 1e-300)  # type: ignore[no-any-return]
