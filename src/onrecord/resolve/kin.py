"""Sources that are somebody's kin: "Milo's father", "his mother", "the boy's aunt", "the elder Brandauer".

    Milo's father, Stefan Brandauer, … Milo's father said       ->  Stefan Brandauer
    Stefan Brandauer wants his son back. … Milo's father said   ->  he, if Milo is a Brandauer too
    the elder Brandauer                                         ->  the parent of that surname

Whose kin somebody is counts where the report says it: the father of another is somebody else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from onrecord.record import Entity
from onrecord.resolve.name_match import core
from onrecord.resolve.scene import Scene
from onrecord.resolve.traits import MEN, WOMEN

_KIN: Final = (
    r"(?:(?:older|younger|elder|eldest|oldest|youngest|late|twin|only|surviving|estranged|former)\s)?"
    r"(?P<kin>(?:great-|grand|step|half-)?(?:father|mother|brother|sister|son|daughter|uncle|aunt)|wife|husband|cousin"
    r"|nephew|niece|widow|widower|partner|girlfriend|boyfriend)"
)
_OWNER: Final = (
    r"(?:(?P<owner>[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,3})[’']s?|[Hh]is|[Hh]er|[Tt]heir|[Tt]he\s(?:[\w-]+\s)?\w+[’']s)\s"
)
_DESCRIBED: Final = re.compile(_OWNER + _KIN)
_AHEAD: Final = re.compile(rf"{_OWNER}{_KIN}(?:\s(?:in|from)\s[A-Z]\w+)?,?\s\Z")
_BEHIND: Final = re.compile(rf",\s{_OWNER}{_KIN}\b")
#: `Stefan Brandauer wants his son back`: a parent.
_HAS_CHILD: Final = re.compile(
    r"[^.;:,“”\"\n]{0,40}?\b(?:his|her)\s(?:(?:own|only|\w+-year-old)\s)?(?:son|daughter|child|children|boy|girl)\b"
)
_ELDER: Final = re.compile(r"[Tt]he\s(?P<age>elder|older|younger)\s(?P<surname>[A-Z][\w-]+)")
_ELDERS: Final = frozenset("father mother grandfather grandmother".split())
#: Characters before and behind a name in which it may be said whose kin its bearer is.
_REACH: Final = 80


class _Tie(NamedTuple):
    """What somebody is to another. `owner` is as the report writes it there, empty where it says "his" or "the boy's";
    a guessed one was never told in so many words."""

    entity: Entity
    kin: str
    owner: str
    guessed: bool = False


def is_kin(words: str) -> bool:
    """Whether a description is of somebody's kin, of whom there are few."""
    return _DESCRIBED.fullmatch(words) is not None


def by_kin(words: str, scene: Scene) -> Entity | None:
    """The one person who is the kin that a description tells of."""
    described = _DESCRIBED.fullmatch(words)
    if described is None:
        return None
    ties = [
        tie for tie in _ties(scene) if tie.kin == described["kin"] and _may_be(tie, described["owner"] or "", scene)
    ]
    told = [tie for tie in ties if not tie.guessed] or ties
    return told[0].entity if len({tie.entity.id for tie in told}) == 1 else None


def is_kin_of_another(entity: Entity, words: str, scene: Scene) -> bool:
    """Whether somebody is called so for being the kin of another: "Ola's father" is not "Milo's father"."""
    described = _DESCRIBED.fullmatch(words)
    if described is None or not described["owner"]:
        return False
    owners = [tie.owner for tie in _ties(scene) if tie.entity is entity and tie.kin == described["kin"] and tie.owner]
    return bool(owners) and not any(_is_same(owner, described["owner"]) for owner in owners)


def by_age(words: str, scene: Scene) -> Entity | None:
    """`the elder Brandauer`: of those of that surname the one parent, or the one who is none."""
    called = _ELDER.fullmatch(words)
    if called is None:
        return None
    bearers = [one for one in scene.people if _surname(one, scene) == called["surname"].lower()]
    elders = {tie.entity.id for tie in _ties(scene) if tie.kin in _ELDERS}
    meant = [one for one in bearers if (one.id in elders) == (called["age"] != "younger")]
    return meant[0] if len(meant) == 1 and len(bearers) > 1 else None


def _ties(scene: Scene) -> Iterator[_Tie]:
    text = scene.document.text
    starts = [*sorted(name.start for one in scene.people for name in scene.names_of(one)), len(text)]
    for entity in scene.people:
        for name in scene.names_of(entity):
            end = starts[bisect_left(starts, name.end)]
            ahead = _AHEAD.search(text, max(name.start - _REACH, 0), name.start)
            behind = _BEHIND.match(text, name.end)
            for found in (ahead, behind):
                if found is not None:
                    yield _Tie(entity, found["kin"], found["owner"] or "")
            if _HAS_CHILD.match(text, name.end, end) is not None:
                yield from (_Tie(entity, kin, "", guessed=True) for kin in _parent(entity, scene))


def _parent(entity: Entity, scene: Scene) -> Sequence[str]:
    gender = scene.gender_of[entity.id]
    return ("father",) if gender == "man" else ("mother",) if gender == "woman" else ("father", "mother")


def _may_be(tie: _Tie, owner: str, scene: Scene) -> bool:
    """Whether it is the kin of an owner; of a guessed parent the child must bear the surname."""
    gender = scene.gender_of[tie.entity.id]
    if tie.kin in (WOMEN if gender == "man" else MEN if gender == "woman" else ()):
        return False  # `a nickname for Mary Lund, his son said`
    if owner and tie.owner:
        return _is_same(owner, tie.owner)
    if not tie.guessed:
        return True
    children = [
        one for one in scene.people if owner and one.name is not None and _is_same(scene.words(one.name), owner)
    ]
    return any(one is not tie.entity and _surname(one, scene) == _surname(tie.entity, scene) for one in children)


def _is_same(one: str, other: str) -> bool:
    """Whether a name is another or a part of it."""
    words, others = frozenset(one.split()), frozenset(other.split())
    return words <= others or others <= words


def _surname(entity: Entity, scene: Scene) -> str:
    return core(tuple(scene.words(name).lower().split()))[-1] if (name := entity.name) else ""
