"""Sources that are bodies without their names: "the company", "the Dallas oil concern", "the school", "the maker".

    Kolb Industries, a maker of hinges, … The hinge maker said     ->  what the report calls so
    the Marsh Academy … The school says                           ->  whose name tells the sort
    Kolb Industries posted a loss. The company said               ->  which spoke or acted last, else is reported on

Another body than the one that the report is about ("the parent company") stays unknown, as does one of several.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, Mention, Span, Statement
from onrecord.resolve.acting_bodies import is_no_firm, last_body, opener_before, spoke_before, unnamed_body
from onrecord.resolve.body_words import (
    ANY_BODY,
    BODIES,
    FIRMS,
    OF_A_COUNTRY,
    OFFICES,
    OTHER_BODY,
    PERHAPS_PERSONS,
    SMALL,
    TOWNS,
    UNNAMED_KINDS,
    telling_names,
)
from onrecord.resolve.callings import plain_words
from onrecord.resolve.scene import UNNAMED, Answer, Scene

#: `The Rockford, Ill., maker of fasteners`, `the Rockford, Ill.-based maker`: where a firm has its seat.
_SEAT: Final = re.compile(
    r"^([Tt]he (?:[A-Z][\w.’'-]*\s){0,2}[A-Z][\w.’'-]*), [A-Z][\w. ]{1,20}?(?:, |-based )(?=[a-z])"
)
#: `The giant soap, paper and baking company`: what a firm does, in a list.
_TRADES: Final = re.compile(r"[Tt]he [\w\s’'-]+(?:, [a-z][\w\s-]+)+,? and [a-z][\w\s-]*\s(?P<head>[a-z]+)")
#: What may stand between a name and what the report says that it is: `, the world's largest brewer`.
_APPOSED: Final = re.compile(r"(?:, or [A-Z]\w+)?,\s(?:an?|the|one of the)\s([^,.;:()\n]{3,70})")
#: Whose vice president somebody is: `the railroad's`.
_OWNER: Final = re.compile(r"\b[\w-]+[’']s?\s")
#: What stands right before a name: `the airline`, `budget carrier`, `the newspaper`.
_BEFORE: Final = re.compile(r"(?<![\w’'-])([a-z][a-z-]+)\s$")

#: `mayor's office`: whose it is.
_OFFICE_OF: Final = re.compile(r"([a-z]+)[’']s office")
#: Bodies that a report may name after it has told of them.
_NAMED_LATE: Final = frozenset(("union", "court"))
#: Bodies whose names seldom have the word: "the Greens", "the Teamsters", "the Red Sox".
_ALLIED: Final = frozenset("party union club team".split())


def without_seat(words: str) -> str:
    """A description without the state or country of the town that a firm has its seat in."""
    return _SEAT.sub(r"\1 ", words)


def without_commas(words: str) -> str:
    """`the foods, tobacco and brewing company` without the commas, after which something else might begin."""
    trades = _TRADES.fullmatch(words) if ", " in words else None
    return words.replace(",", "") if trades is not None and trades["head"] in FIRMS else words


def is_body(head: str) -> bool:
    """Whether a noun may describe a body."""
    return head in BODIES


def is_common(mention: Mention, scene: Scene) -> bool:
    """Whether what was taken for a name is only a noun for a body: "the senate", "the NGO"."""
    words = scene.words(mention.span)
    return mention.form == "name" and (words.islower() or words == "NGO") and is_body(words.lower())


def nearer_body(mention: Mention, entity: Entity, scene: Scene) -> Entity | None:
    """`the department` is the Weather Department that was named since the Roads Department was told of, whatever
    coreference says."""
    article, _, noun = scene.words(mention.span).lower().partition(" ")
    told = [end for id_ in entity.mentions if (end := scene.by_id[id_].span.end) <= mention.span.start]
    if article != "the" or not is_body(noun) or not told or max(told) == mention.span.start:
        return None
    since = [one for one in scene.within(Span(max(told), mention.span.start)) if one.form == "name"]
    named = [one for one in since if one.kind == "organisation" and _has_word(scene.words(one.span), noun)]
    if named:
        return scene.entity(named[-1])
    opener = opener_before(noun, mention.span.start, scene) if noun in _ALLIED else None
    return opener if any(scene.entity(one) is opener for one in since) else None


def is_of_another_country(mention: Mention, entity: Entity, scene: Scene) -> bool:
    """`The government said …`, before "the Westland government" is named at all."""
    article, _, noun = scene.words(mention.span).lower().partition(" ")
    return article == "the" and noun in OF_A_COUNTRY and not _is_known(entity, mention.span.start, scene)


def is_of_another_sort(mention: Mention, entity: Entity, scene: Scene) -> bool:
    """`The company said …` is no union, and "the mayor's office" no prosecutor's, whatever coreference says."""
    article, _, noun = scene.words(mention.span).lower().partition(" ")
    owner = _OFFICE_OF.fullmatch(noun)
    if article == "the" and owner is not None:
        return entity.kind == "organisation" and owner[1] not in scene.words(entity.name or mention.span).lower()
    return article == "the" and noun in ("company", "firm", "airline", "bank") and is_no_firm(entity, scene)


def _is_known(entity: Entity, place: int, scene: Scene) -> bool:
    return any(name.end <= place for name in scene.names_of(entity)[:1])


def _has_word(name: str, noun: str) -> bool:
    return " " in name and noun in plain_words(name)


def may_be_person(head: str) -> bool:
    """Whether a noun for a body may describe a person, too: "the producer"."""
    return head in PERHAPS_PERSONS


def by_body(
    words: str, head: str, source: Span, statement: Statement, earlier: Sequence[Statement], scene: Scene
) -> Answer:
    """The one organisation with the words in its name, of several the last before; else what the report calls so or a
    name that tells the sort; else the one that spoke last or that the report is about."""
    wanted = frozenset(plain_words(words)) - SMALL
    named = [each for each in scene.entities if _is_named_so(each, wanted, scene)]
    if head in OF_A_COUNTRY:
        named = [each for each in named if _is_known(each, source.start, scene)]
    bare = head in ANY_BODY and wanted == {head}
    if not named and bare and (last := last_body(wanted, source, statement, earlier, scene)) is not None:
        return Answer(last, (source,), share=0.7)
    if wanted == {head} and head in _ALLIED and (opener := opener_before(head, source.start, scene)) is not None:
        return Answer(opener, (source,), share=0.7)
    if not named and wanted.isdisjoint(OTHER_BODY):
        named = _called(wanted, head, source.start, scene) or _of_sort(wanted, head, source.start, scene)
    if len(named) > 1:
        ends = {each.id: [span.end for span in scene.names_of(each) if span.end <= source.start] for each in named}
        named = sorted((each for each in named if ends[each.id]), key=lambda each: -max(ends[each.id]))[:1]
    if named:
        return Answer(named[0], (source,), share=0.8)
    last = unnamed_body(words, head, source, statement, earlier, scene) if head in UNNAMED_KINDS else None
    if last is None and head in UNNAMED_KINDS | OFFICES:
        last = spoke_before(words, head, source, earlier, scene)
    return Answer(last, (source,), share=0.7) if last is not None else Answer(None, (), UNNAMED)


def _is_named_so(entity: Entity, wanted: frozenset[str], scene: Scene) -> bool:
    """An organisation, or the town that "the city" is, with more in its name than the words of the description:
    "Airline halts flights" names no airline."""
    if not entity.name or not (
        entity.kind in ("organisation", "facility") or (entity.kind == "place" and wanted & TOWNS)
    ):
        return False
    bags = [frozenset(plain_words(scene.words(name))) - SMALL for name in scene.names_of(entity)]
    return any(wanted < bag for bag in bags) or (len(bags) > 1 and any(wanted == bag for bag in bags))


# --- what the report calls so ----------------------------------------------------------------------------------------


def _called(wanted: frozenset[str], head: str, place: int, scene: Scene) -> list[Entity]:
    """The bodies that the report has called by the noun, those whose other words match best; for "the group" not far
    before."""
    ranked: list[tuple[int, Entity]] = []
    near = head in ANY_BODY and bool(scene.paragraphs)
    floor = scene.paragraphs[max(scene.paragraph(place) - 1, 0)].start if near else 0
    for entity in scene.entities:
        if entity.name is None or entity.kind in ("place", "group"):
            continue
        names = [name for name in scene.names_of(entity) if floor <= name.start < name.end <= place]
        bags = [bag for name in names if head in (bag := _beside(name, scene))]
        if bags:
            ranked.append((max(len(wanted & bag) for bag in bags), entity))
    best = max((score for score, _ in ranked), default=0)
    told = best > 1 or len(wanted) == 1  # else `the mining group` is another than "Lund, a rescue group"
    return [entity for score, entity in ranked if score == best] if told else []


def _beside(name: Span, scene: Scene) -> frozenset[str]:
    """The words of an apposition behind a name, and the noun right before it."""
    text, start = scene.document.text, max(name.start - 24, 0)
    other = text.startswith(", or ", name.start - 5)  # `Uhai, or Life, a newspaper`: the name is the first
    part = plain_words(scene.words(name))[-1:]  # `the club Executive Committee` is no club
    behind = None if other else _APPOSED.match(text, name.end)
    before = None if part and is_body(part[0]) else _BEFORE.search(text, start, name.start)
    apposed = _OWNER.sub("", behind[1]) if behind else ""
    return frozenset((*plain_words(apposed), *((before[1],) if before else ())))


def _of_sort(wanted: frozenset[str], head: str, place: int, scene: Scene) -> list[Entity]:
    """The one body whose name tells the sort: the Marsh Academy is the school."""
    telling = telling_names(head)
    if not telling or len(wanted) > 1:
        return []
    bodies = [one for one in scene.entities if one.name and one.kind in ("organisation", "facility")]
    found = [one for one in bodies if _tells(one, telling, place, scene)]
    if not found and head in _NAMED_LATE:
        found = [one for one in bodies if _tells(one, telling, len(scene.document.text), scene)]
    return found if len(found) == 1 else []


def _tells(entity: Entity, telling: frozenset[str], place: int, scene: Scene) -> bool:
    bags = [plain_words(scene.words(name)) for name in scene.names_of(entity) if name.end <= place]
    return any(len(bag) > 1 and not telling.isdisjoint(bag) for bag in bags)
