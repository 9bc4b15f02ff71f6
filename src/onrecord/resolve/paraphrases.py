"""Other words for the office of somebody named: `the Ostmed head` is its president, `the Narland top diplomat` the
minister of foreign affairs, and `the police official` a superintendent who was cited just before.

Only for those whom the report calls by none of these words itself. More than the noun must fit: the chief of another
body, or the minister of another country, is somebody else.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.record import Entity
from onrecord.resolve.body_words import SMALL
from onrecord.resolve.callings import Bag, plain_words
from onrecord.resolve.scene import Scene

_LEADERS: Final = frozenset(
    """head chief boss leader president chairman chairwoman chair chairperson director commissioner commander governor
    superintendent ceo rector general minister manager coach founder""".split()
)
_DIPLOMACY: Final = tuple(
    frozenset(words.split())
    for words in ("foreign affairs", "foreign minister", "foreign secretary", "secretary state", "external affairs")
)
_FIRST: Final = re.compile(r"\b(?:top|chief)\b")
_OFFICIALS: Final = frozenset(
    """minister secretary undersecretary governor mayor superintendent commissioner inspector officer director deputy
    commander prefect chief head administrator president chairman chairwoman spokesman spokeswoman spokesperson
    ambassador registrar""".split()
)
_SMALL: Final = SMALL | {"senior", "chief"}
#: `an official`, `three senior officials`, `officials`: who is meant by "the official" after them.
_NAMELESS: Final = re.compile(
    r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ss]ome|senior|government)\s(?:[\w’'.-]+\s){0,3}official\b(?!,?\s[A-Z])|\b[Oo]fficials\b"
)


def paraphrased(words: str, head: str, scene: Scene) -> list[Entity]:
    """The persons whose office a description gives in other words."""
    wanted = frozenset(plain_words(words)) - _SMALL - {head}
    if not wanted or head not in _PARAPHRASES:
        return []
    first = _FIRST.search(words) is not None
    return [one for one in scene.people if any(_is_meant(head, first, wanted, bag) for bag in scene.callings[one.id])]


_PARAPHRASES: Final = frozenset("diplomat minister head chief boss".split())


def _is_meant(head: str, first: bool, wanted: Bag, bag: Bag) -> bool:
    if not wanted <= bag:
        return False
    if head == "diplomat":
        return first and any(office <= bag for office in _DIPLOMACY)
    if head == "minister":
        return "secretary" in bag
    return any(word.rpartition("-")[2] in _LEADERS for word in bag)


def is_official(entity: Entity, words: str, place: int, scene: Scene) -> bool:
    """Whether somebody may be `the official`: who holds an office, where no official without a name was told of."""
    wanted = frozenset(plain_words(words)) - _SMALL - {"official"}
    bags = [bag for bag in scene.callings.get(entity.id, ()) if not bag.isdisjoint(_OFFICIALS)]
    return any(wanted <= bag for bag in bags) and _NAMELESS.search(scene.document.text, 0, place) is None
