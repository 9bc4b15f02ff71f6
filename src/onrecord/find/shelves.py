"""What has content, by where its content lies: those that may share words with a span, without asking all of them.

A text of several hundred thousand characters has thousands of statements, and each is compared with its neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, Generic, Protocol, TypeVar

from onrecord.record import Span

#: Characters of a shelf: a few sentences.
_WIDTH: Final = 512


class HasContent(Protocol):
    @property
    def content(self) -> tuple[Span, ...]: ...


T = TypeVar("T", bound=HasContent)


class Shelves(Generic[T]):
    """Attributions or statements on shelves, each on every one that its content touches."""

    def __init__(self, some: Iterable[T] = ()) -> None:
        self._shelves: dict[int, list[T]] = defaultdict(list)
        for one in some:
            self.put(one)

    def put(self, one: T) -> None:
        for number in _numbers(one.content):
            self._shelves[number].append(one)

    def near(self, content: Iterable[Span]) -> Iterator[T]:
        """Those whose content may overlap with another, in the order in which they were put."""
        numbers = _numbers(content)
        if len(numbers) == 1:
            yield from self._shelves.get(numbers[0], ())
            return
        found = {id(one): one for number in numbers for one in self._shelves.get(number, ())}
        yield from found.values()


def _numbers(content: Iterable[Span]) -> list[int]:
    return list(dict.fromkeys(n for span in content for n in range(span.start // _WIDTH, (span.end - 1) // _WIDTH + 1)))
