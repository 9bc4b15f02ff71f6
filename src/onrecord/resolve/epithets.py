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
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.pronoun_sources import last_actor
from onrecord.resolve.scene import Scene, cited_before, people_before
from onrecord.resolve.traits import MEN, WOMEN

#: What is said of public figures: a mother or a veteran may be anybody.
_STANDING: Final = frozenset(
    """senator congressman congresswoman lawmaker legislator parliamentarian mp candidate nominee contender challenger
    front-runner frontrunner incumbent politician statesman billionaire millionaire mogul businessman businesswoman
    tycoon magnate developer entrepreneur donor star actor actress singer rapper rocker comedian musician filmmaker
    documentarian author novelist neurosurgeon surgeon astronaut democrat republican socialist libertarian
    conservative liberal champion quarterback striker midfielder goalkeeper pitcher golfer boxer swimmer sprinter
    skier cyclist playmaker""".split()
)
#: Leaders that a parliament has one of each.
_LEADER: Final = re.compile(r"\b(?:minority|majority|opposition) leader\b")
_PLAYERS: Final = frozenset("quarterback striker midfielder goalkeeper pitcher playmaker".split())
_NO_PLAYERS: Final = frozenset("coach manager trainer owner chairman chairwoman referee president".split())
_LAWMAKERS: Final = frozenset("senator congressman congresswoman lawmaker legislator parliamentarian mp".split())
_NO_LAWMAKERS: Final = frozenset("minister premier chancellor governor king queen".split())
#: Offices that come and go: an epithet of whoever held one.
_OFFICES: Final = frozenset(
    "president governor mayor secretary minister premier chancellor ambassador vice-president".split()
)
_WERE: Final = re.compile(r"\b(?:former|ex-\w+|retired|one-time|onetime|longtime)\b", re.IGNORECASE)
#: `the 34-year-old`, `the 34-year-old mother of three`: how old somebody is, and how many children there are.
_AGE: Final = re.compile(r"[Tt]he (?:\w+ )?\d{1,3}[- ]year[- ]old\b(?: (?:grand)?(?:mother|father) of (?:\w+))?")
#: What descriptions of persons end in, beside what people do.
_PERSONS: Final = ROLES | frozenset("native legend veteran star resident graduate mother father staffer".split())
#: Who may have any trade, or works for somebody in it: a reporter is an employee of the paper.
_WORKERS: Final = frozenset("employee staffer worker".split())
#: What somebody is beside what he does, or does for others of his trade.
_TRADES: Final = ROLES - frozenset(
    """member representative delegate head leader founder co-founder cofounder owner co-owner resident veteran father
    mother husband wife brother sister son daughter""".split()
)
#: No phrase goes on from its article over these: "a call from the president" brings in no president.
_WITHIN: Final = r"(?!(?:the|of|by|to|in|for|with|from|at|that|who)\b)"
#: Words of a description that says more than "the teacher".
_TELLING: Final = 3
#: Words that lead to others than the one who is meant.
_OTHERS: Final = re.compile(r"[’']s?\s|\s(?:of|for|to|from|at|in)\s|\b(?:other|first|second|third|next|two|three)\b")


def by_epithet(
    words: str, head: str, place: int, earlier: Sequence[Statement], scene: Scene, among: Sequence[Entity]
) -> Entity | None:
    """Whom an epithet stands for; one of `among`, where several are called so; None when it may be anybody."""
    if _brought_in(head, place, scene):
        return None
    if not (_is_epithet(words, head) or (len(among) > 1 and words.lower().startswith("the "))):
        return None if among else _just_cited(words, head, place, earlier, scene)
    actor = last_actor(place, _gender(words), earlier, scene)
    if actor is not None and _is_another(head, actor, scene):
        actor = _last_speaker(place, earlier, scene)
    if actor is None or _is_another(head, actor, scene):
        return None
    return actor if not among or any(one is actor for one in among) else None


def only_near(words: str, head: str, place: int, among: Sequence[Entity], scene: Scene) -> Entity | None:
    """Of several who are called so the only one who is told of near: "Moe pushed back on Lund. … The chairman said"."""
    if head not in _PERSONS or not words.lower().startswith("the ") or _OTHERS.search(words):
        return None
    if _brought_in(head, place, scene):
        return None
    near = [one for one in people_before(place, 1, scene) if one in among]
    return near[0] if len(near) == 1 else None


def _is_another(head: str, actor: Entity, scene: Scene) -> bool:
    """No coach is "the striker", and no prime minister, though he sits in parliament, "the Harrow MP"."""
    others = _NO_PLAYERS if head in _PLAYERS else _NO_LAWMAKERS if head in _LAWMAKERS else frozenset[str]()
    return any(not others.isdisjoint(bag) for bag in scene.callings.get(actor.id, ()))


def _last_speaker(place: int, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    before = cited_before(place, earlier)
    near = bool(before) and scene.paragraph(before[-1].content[0].start) >= scene.paragraph(place) - 1
    speaker = scene.speaker(before[-1]) if near else None
    return speaker if speaker is not None and speaker.kind == "person" else None


def _just_cited(words: str, head: str, place: int, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """`the Harrow native`, `the maths teacher`: who was cited right before or is the only one told of there, when the
    report calls that one nothing else and tells more than the bare noun."""
    telling = words.lower().startswith("the ") and len(words.split()) >= _TELLING and not _OTHERS.search(words)
    actor = last_actor(place, _gender(words), earlier, scene) if telling and head in _PERSONS else None
    if actor is None:
        return None
    if _last_speaker(place, earlier, scene) is not actor and people_before(place, 1, scene) != [actor]:
        return None
    called = {word for bag in scene.callings.get(actor.id, ()) for word in bag}
    return actor if head in called or head in _WORKERS or called.isdisjoint(_TRADES) else None


def _is_epithet(words: str, head: str) -> bool:
    if _AGE.fullmatch(words):
        return True
    if not words.lower().startswith("the ") or _OTHERS.search(words):
        return False
    return (
        head in _STANDING or _LEADER.search(words) is not None or (head in _OFFICES and _WERE.search(words) is not None)
    )


def _brought_in(head: str, place: int, scene: Scene) -> bool:
    """Whether somebody nameless was called so before: `a senator said`, `one voter`; not the only person of the report,
    whom its lead brought in before it named him."""
    named = [scene.names_of(one)[0].start for one in scene.people]
    start = named[0] if len(named) == 1 and named[0] < place else 0
    nameless = rf"(?i:\b(?:an?|one|another|some)\s+(?:{_WITHIN}[\w’'-]+\s+){{0,4}}{re.escape(head)}s?\b)(?!,?\s+[A-Z])"
    return re.search(nameless, scene.document.text[start:place]) is not None


def _gender(words: str) -> str:
    said = frozenset(words.lower().split())
    if not said.isdisjoint(WOMEN):
        return "woman"
    return "person" if said.isdisjoint(MEN) else "man"
