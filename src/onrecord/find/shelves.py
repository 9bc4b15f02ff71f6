"""What is found, by where it lies: what may share words with some spans, without asking all of it.

A text of several hundred thousand characters has thousands of statements, and each is compared with its neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Generic, Protocol, TypeVar

from onrecord.record import Span

#: Characters of a shelf: a few sentences.
_WIDTH: Final = 512


class HasContent(Protocol):
    @property
    def content(self) -> tuple[Span, ...]: ...


T = TypeVar("T", bound=HasContent)


class Shelves(Generic[T]):
    """Attributions or statements on shelves, each on every one that its content touches, or that other spans of it do,
    given by `lies`."""

    def __init__(
        self, some: Iterable[T] = (), *, lies: Callable[[T], Iterable[Span]] = lambda one: one.content
    ) -> None:
        self._lies = lies
        self._shelves: dict[int, list[T]] = defaultdict(list)
        for one in some:
            self.put(one)

    def put(self, one: T) -> None:
        for number in _numbers(self._lies(one)):
            self._shelves[number].append(one)

    def near(self, spans: Iterable[Span]) -> Iterator[T]:
        """Those that may overlap with the spans, in the order in which they were put on each shelf."""
        numbers = _numbers(spans)
        if len(numbers) == 1:
            yield from self._shelves.get(numbers[0], ())
            return
        found = {id(one): one for number in numbers for one in self._shelves.get(number, ())}
        yield from found.values()


def _numbers(spans: Iterable[Span]) -> list[int]:
    return list(dict.fromkeys(n for span in spans for n in range(span.start // _WIDTH, (span.end - 1) // _WIDTH + 1)))
