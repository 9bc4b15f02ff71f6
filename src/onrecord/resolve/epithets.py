"""Epithets: what a report calls somebody whom it has just named, so as not to say "he" again.

    Sheldon Adelson said on Friday he met Trump. … the gambling tycoon told Reuters
    Bill Clinton bashed Sanders. “…,” the former president said

Leads to whom the sentences before are about. Only words that stand for somebody known are taken: an official or a
spokesman may be anybody, and so may one who was brought in without a name ("a senator … the senator").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, Statement
from onrecord.resolve.pronoun_sources import last_actor
from onrecord.resolve.scene import Scene
from onrecord.resolve.traits import MEN, WOMEN

#: What is said of public figures: a mother or a veteran may be anybody.
_STANDING: Final = frozenset(
    """senator congressman congresswoman lawmaker candidate nominee contender challenger incumbent politician statesman
    billionaire millionaire mogul businessman businesswoman tycoon magnate developer entrepreneur donor star actor
    actress singer rapper rocker comedian musician filmmaker author novelist neurosurgeon surgeon astronaut democrat
    republican socialist libertarian conservative liberal champion quarterback striker midfielder goalkeeper pitcher
    golfer boxer swimmer sprinter skier cyclist playmaker""".split()
)
#: Leaders that a parliament has one of each.
_LEADER: Final = re.compile(r"\b(?:minority|majority|opposition) leader\b")
_PLAYERS: Final = frozenset("quarterback striker midfielder goalkeeper pitcher playmaker".split())
_NO_PLAYERS: Final = frozenset("coach manager trainer owner chairman chairwoman referee president".split())
#: Offices that come and go: an epithet of whoever held one.
_OFFICES: Final = frozenset(
    "president governor mayor secretary minister premier chancellor ambassador vice-president".split()
)
_WERE: Final = re.compile(r"\b(?:former|ex-\w+|retired|one-time|onetime|longtime)\b", re.IGNORECASE)
_AGE: Final = re.compile(r"[Tt]he (?:\w+ )?\d{1,3}-year-old\b")
#: Words that lead to others than the one who is meant.
_OTHERS: Final = re.compile(r"[’']s?\s|\s(?:of|for|from|at|in)\s|\b(?:other|first|second|third|next|two|three)\b")


def by_epithet(
    words: str, head: str, place: int, earlier: Sequence[Statement], scene: Scene, among: Sequence[Entity]
) -> Entity | None:
    """Whom an epithet stands for; one of `among`, where several are called so; None when it may be anybody."""
    if not (_is_epithet(words, head) or (len(among) > 1 and words.lower().startswith("the "))) or _brought_in(
        head, place, scene
    ):
        return None
    actor = last_actor(place, _gender(words), earlier, scene)
    if (
        actor is not None
        and head in _PLAYERS
        and any(not _NO_PLAYERS.isdisjoint(bag) for bag in scene.callings[actor.id])
    ):
        return None
    return actor if not among or any(one is actor for one in among) else None


def _is_epithet(words: str, head: str) -> bool:
    if _AGE.fullmatch(words):
        return True
    if not words.lower().startswith("the ") or _OTHERS.search(words):
        return False
    return (
        head in _STANDING or _LEADER.search(words) is not None or (head in _OFFICES and _WERE.search(words) is not None)
    )


def _brought_in(head: str, place: int, scene: Scene) -> bool:
    """Whether somebody nameless was called so before: `a senator said`, `one voter`."""
    nameless = rf"(?i:\b(?:an?|one|another|some)\s+(?:[\w’'-]+\s+){{0,4}}{re.escape(head)}s?\b)(?!,?\s+[A-Z])"
    return re.search(nameless, scene.document.text[:place]) is not None


def _gender(words: str) -> str:
    said = frozenset(words.lower().split())
    if not said.isdisjoint(WOMEN):
        return "woman"
    return "person" if said.isdisjoint(MEN) else "man"
