"""Counts behind precision, recall and F1 of spans, and their confidence intervals over documents. Knows no corpus."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """Found and right, found at all, and wanted; `wanted_right` differs from `right` only where overlap counts."""

    right: int = 0
    found: int = 0
    wanted_right: int = 0
    wanted: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.right + other.right,
            self.found + other.found,
            self.wanted_right + other.wanted_right,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.wanted_right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def exact(found: Iterable[Hashable], wanted: Iterable[Hashable]) -> Count:
    """A finding is right when it is one of the wanted, to the character."""
    mine, theirs = set(found), set(wanted)
    return Count(len(mine & theirs), len(mine), len(mine & theirs), len(theirs))


def overlapping(found: Sequence[tuple[int, int]], wanted: Sequence[tuple[int, int]]) -> Count:
    """A finding is right when it shares a character with any wanted one, and a wanted one is met in the same way."""

    def touches(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
        return any(span[0] < end and start < span[1] for start, end in others)

    mine = sum(touches(span, wanted) for span in found)
    theirs = sum(touches(span, found) for span in wanted)
    return Count(mine, len(found), theirs, len(wanted))


def total(counts: Iterable[Count]) -> Count:
    """The sum over documents."""
    return sum(counts, Count())


def interval(
    counts: Sequence[Count], measure: Callable[[Count], float] = lambda count: count.f1
) -> tuple[float, float]:
    """The middle 95% of a measure when the documents are drawn anew 1,000 times (bootstrap, fixed seed)."""
    chance = random.Random(1)
    drawn = sorted(measure(total(chance.choices(counts, k=len(counts)))) for _ in range(1000)) if counts else [0.0]
    return drawn[int(0.025 * len(drawn))], drawn[int(0.975 * len(drawn))]
