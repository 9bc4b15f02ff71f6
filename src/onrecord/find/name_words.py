"""What the words of a span, and those beside it, say of its being a name: a table fitted by training/names.py.

It knows words as they are written, capitals included, where the encoder knows meanings. Nothing here has seen the
encoder's scores, so that the two may be weighed against each other.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Rows of the table; features share rows by checksum.
ROWS: Final = 1 << 15
_EDGE: Final = "¶"
_ROLES: Final = "L F l3 l4 f3 N S A p1 p2 q2 n1 n2 m2 pn n3 p3 pF Ln sh e2 W e3"
#: One seed a role, so that the same letters in two roles are two features.
_SEED: Final = {role: zlib.crc32(role.encode()) for role in _ROLES.split()}


class Word(NamedTuple):
    """A word in small letters, how it is written, and the rows of its features in each part that it may play."""

    small: str
    shape: str
    first: tuple[int, ...]
    last: tuple[int, ...]
    within: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    two_before: int
    three_before: int
    two_after: int


def rows_of_spans(
    words: Sequence[str], paragraphs: NDArray[np.int32], spans: Sequence[tuple[int, int]]
) -> list[list[int]]:
    """Of each span of words (half-open) the rows of the table that speak of it."""
    near = {at for start, end in spans for at in range(max(start - 3, 0), min(end + 2, len(words)))}
    known = {at: known_word(words[at]) for at in near}
    firsts = np.searchsorted(paragraphs, paragraphs, "left").tolist()
    stops = np.searchsorted(paragraphs, paragraphs, "right").tolist()
    openings = {start: _opening(known, start, firsts[start]) for start in {start for start, _ in spans}}
    closings = {end: _closing(known, end, stops[end - 1]) for end in {end for _, end in spans}}
    rows = []
    for start, end in spans:
        before = known[start - 1] if start > firsts[start] else _BESIDE
        after = known[end] if end < stops[end - 1] else _BESIDE
        rows.append([*openings[start], *closings[end], *_span([known[at] for at in range(start, end)], before, after)])
    return rows


def _opening(known: Mapping[int, Word], start: int, first: int) -> list[int]:
    """Of the first word and those before it."""
    one, two, three = (known[at] if at >= first else _BESIDE for at in (start - 1, start - 2, start - 3))
    pairs = (_row("p2", f"{two.small} {one.small}"), _row("pF", f"{one.small} {known[start].small}"))
    return [*known[start].first, *one.before, two.two_before, three.three_before, *pairs]


def _closing(known: Mapping[int, Word], end: int, stop: int) -> list[int]:
    """Of the last word and those behind it."""
    one, two = (known[at] if at < stop else _BESIDE for at in (end, end + 1))
    pairs = (_row("n2", f"{one.small} {two.small}"), _row("Ln", f"{known[end - 1].small} {one.small}"))
    return [*known[end - 1].last, *one.after, two.two_after, *pairs]


def _span(inside: Sequence[Word], before: Word, after: Word) -> list[int]:
    return [
        _row("N", str(min(len(inside), 6))),
        _row("S", "".join([word.shape for word in inside[:4]])),
        _row("A", " ".join([word.small for word in inside])[:40]),
        _row("pn", f"{before.small}|{after.small}"),
        _row("sh", f"{before.shape}{inside[0].shape}|{inside[-1].shape}{after.shape}"),
        *chain.from_iterable(word.within for word in inside),
    ]


@lru_cache(maxsize=1 << 14)
def known_word(word: str) -> Word:
    """What is to be known of a word, wherever it stands."""
    small = word.lower()
    return Word(
        small,
        _shape(word),
        first=(_row("F", small), _row("f3", small[:3])),
        last=(_row("L", small), _row("l3", small[-3:]), _row("l4", small[-4:]), _row("e2", small[-2:])),
        within=(_row("W", small), _row("e3", small[-3:])),
        before=(_row("p1", small),),
        after=(_row("n1", small), _row("n3", small[-3:])),
        two_before=_row("q2", small),
        three_before=_row("p3", small),
        two_after=_row("m2", small),
    )


def _row(role: str, letters: str) -> int:
    return zlib.crc32(letters.encode("utf-8", "replace"), _SEED[role]) & (ROWS - 1)


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


def sums_of_rows(
    table: NDArray[np.int8], scale: NDArray[np.float32], rows: Sequence[Sequence[int]]
) -> NDArray[np.float32]:
    """The sum of the table's rows for each list of them, float32[lists, columns]."""
    flat = np.array(list(chain.from_iterable(rows)), dtype=np.int64)
    starts = np.cumsum([0, *map(len, rows[:-1])])
    sums = np.add.reduceat(table[flat].astype(np.int32), starts, axis=0)
    return sums.astype(np.float32) * scale
