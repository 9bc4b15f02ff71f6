"""Bodies that a report names in full and goes on to call by their first word: `Lumen Biologics` and then "Lumen".

Only where the full name stands first in the story, no other body begins so and nobody bears the word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from onrecord.record import Document, Mention
from onrecord.resolve.name_match import fold

#: What bodies are that have the names of their founders or towns: a "Lund" beside the Lund Foundation may be anybody.
_OF_SOMEBODY: Final = frozenset(
    "foundation campaign administration university college school center centre institute institution museum library "
    "organization organisation committee pac plan house church hospital government council police court department "
    "airport county city district state street team cup award prize act law project family news times".split()
)
#: Letters of the shortest word that tells a body apart.
_SHORTEST: Final = 4


def introduced(document: Document, names: Sequence[Mention], words: Sequence[tuple[str, ...]]) -> Mapping[str, int]:
    """By its first word, each such body as its place among the names; `words` are those of the names."""
    alone = _first_alone(document, names, words)
    bodies: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for at, (name, each) in enumerate(zip(names, words, strict=True)) if alone else ():
        joined = "/" in document.words(name.span)  # the poll of two
        if name.kind == "organisation" and len(each) > 1 and fold(each[0]) in alone and not joined:
            bodies[fold(each[0])].setdefault(each, at)
    if not bodies:
        return {}
    borne = set(_borne(names, words))
    single = {short: _one_of(found) for short, found in bodies.items() if short not in borne}
    return {
        short: at
        for short, at in single.items()
        if at is not None and names[at].span.start < alone[short] and _OF_SOMEBODY.isdisjoint(words[at])
    }


def _first_alone(document: Document, names: Sequence[Mention], words: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """Words that stand alone as names of bodies or persons, each with the first place in the story."""
    story = next((block.span.start for block in document.blocks if block.kind == "paragraph"), 0)
    first: dict[str, int] = {}
    for name, each in zip(names, words, strict=True):
        short = fold(each[0]) if len(each) == 1 and name.kind in ("person", "organisation") else ""
        if len(short) >= _SHORTEST and name.span.start >= story:
            first[short] = min(name.span.start, first.get(short, name.span.start))
    return first


def _borne(names: Sequence[Mention], words: Sequence[tuple[str, ...]]) -> Iterable[str]:
    """The words of the names of persons, but of those that stand alone, and of places."""
    for name, each in zip(names, words, strict=True):
        if (name.kind == "person" and len(each) > 1) or name.kind in ("place", "group"):
            yield from map(fold, each)


def _one_of(found: Mapping[tuple[str, ...], int]) -> int | None:
    """The one body, or the longest of the names of one: `Lumen Biologics`, `Lumen Biologics Inc.`."""
    longest = max(found, key=len)
    return found[longest] if all(longest[: len(each)] == each for each in found) else None
