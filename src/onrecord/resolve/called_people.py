"""Whom a report calls by the words of a description: the one senator from Vermont, both analysts, nobody.

Compares the head of a description, with the words that go for the same, and then the others with what the report calls
its people (callings.py); of several the best. What to do with several, or nobody, is for described_sources.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity
from onrecord.resolve.body_words import SMALL
from onrecord.resolve.callings import plain_words
from onrecord.resolve.offices import is_office, office_letters
from onrecord.resolve.scene import Scene

#: Heads that say no more than that it is a person, or that it is many.
EMPTY: Final = frozenset("man woman person people one source official aide".split())
_SAME: Final = (
    frozenset(("spokesman", "spokeswoman", "spokesperson")),
    frozenset(("judge", "justice", "magistrate")),
    frozenset(("lawyer", "attorney", "solicitor", "barrister")),
    frozenset(("mp", "lawmaker", "legislator", "parliamentarian")),
    frozenset(("lawmaker", "congressman", "congresswoman", "senator", "representative", "rep", "sen")),
    frozenset(("chairman", "chairwoman", "chair", "chairperson")),
    frozenset(("president", "leader")),
    frozenset(("governor", "gov")),
    frozenset(("professor", "prof")),
    frozenset(("senator", "sen")),
    frozenset(("general", "gen")),
)
#: What one may be called who holds another office: no president is "the premier".
_ALSO: Final = {
    "leader": frozenset(("leader", "president", "premier", "chancellor", "chairman")),
    "premier": frozenset(("premier",)),
    "teacher": frozenset(("teacher", "lecturer", "professor", "schoolteacher")),
}
_FORMER: Final = re.compile(r"(?:[Aa]n?\s)?(?:[Ff]ormer|[Ee]x)\b")
_WERE: Final = frozenset(("former", "ex"))
_PRIME_MINISTER: Final = frozenset(("prime", "minister"))
#: Offices of two words, each of which is another office, or none, without the other.
_OFFICES_OF_TWO: Final = tuple(
    frozenset(office.split())
    for office in ("attorney general", "solicitor general", "surgeon general", "inspector general", "vice president")
)


def called_people(words: str, head: str, scene: Scene) -> list[Entity]:
    """The persons whom the report calls by the head of a description, those whose other words match best."""
    named = _ALSO.get(head) or next((same for same in _SAME if head in same), frozenset((head,)))
    if letters := office_letters(words):
        named = frozenset((letters, *(named if is_office(letters) else ())))
    wanted = frozenset(plain_words(words)) - SMALL - {head}
    ranked: list[tuple[int, Entity]] = []
    for entity in scene.people:
        bags = [bag for bag in scene.callings[entity.id] if _is_called(named, wanted, bag)]
        if bags:
            ranked.append((max(len(wanted & bag) for bag in bags), entity))
    best = max((score for score, _ in ranked), default=0)
    if wanted and best == 0 and len(ranked) > 1:
        return [entity for _, entity in ranked]
    return [entity for score, entity in ranked if score == best]


def not_any_more(words: str, head: str, people: Sequence[Entity], scene: Scene) -> list[Entity]:
    """`a former treasurer` is none of those who are called treasurer, unless as former ones."""
    if _FORMER.match(words) is None:
        return list(people)
    return [one for one in people if any(head in bag and not _WERE.isdisjoint(bag) for bag in scene.callings[one.id])]


def fits_none(words: str, head: str, best: Sequence[Entity], scene: Scene) -> bool:
    """Whether nobody of them has more of the words of a description than its noun."""
    wanted = frozenset(plain_words(words)) - SMALL - {head}
    return bool(wanted) and all(wanted.isdisjoint(bag) for one in best for bag in scene.callings[one.id])


def _is_called(named: frozenset[str], wanted: frozenset[str], bag: frozenset[str]) -> bool:
    """`the president` is no vice president, and `a lawyer` no attorney general."""
    if "counterpart" in bag and bag & wanted:  # `his Irish counterpart Ann Lee`: the Irish minister
        return True
    if "premier" in named and bag >= _PRIME_MINISTER:
        return True
    offices = [office for office in _OFFICES_OF_TWO if office <= bag and not named.isdisjoint(office)]
    return not named.isdisjoint(bag) and all(office <= named | wanted for office in offices)
