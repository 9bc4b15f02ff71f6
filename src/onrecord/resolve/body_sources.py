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

from onrecord.record import Entity, Span, Statement
from onrecord.resolve.callings import plain_words
from onrecord.resolve.pronoun_sources import last_actor
from onrecord.resolve.scene import UNNAMED, Answer, Scene, heard_before

SMALL: Final = frozenset(
    "the a an one of for and in at to on his her its their this that former top then another also".split()
)
#: What firms are called. Those of the second row may be persons as well: the producer of a film.
_FIRMS: Final = frozenset(
    """company firm airline automaker concern maker carmaker drugmaker chipmaker steelmaker planemaker retailer brewer
    brewery insurer lender carrier giant label studio brokerage conglomerate utility startup start-up bank
    manufacturer producer publisher distributor supplier operator broadcaster homebuilder""".split()
)
_PERHAPS_PERSONS: Final = frozenset("giant producer publisher distributor supplier operator maker".split())
_BODIES: Final = _FIRMS | frozenset(
    """agency ministry party group organization organisation paper newspaper department union team
    club commission university charity council association board office alliance court committee
    campaign city municipality institute foundation school academy college hospital coalition network federation church
    magazine daily weekly website bureau centre center panel tribunal army navy force movement society government
    military embassy authority parliament developer watchdog chamber""".split()
)
#: Kinds of body that a name need not tell: the last one that acted may be it.
_UNNAMED_KINDS: Final = _FIRMS - {"bank"} | frozenset(
    "agency organization organisation paper newspaper charity club magazine website "
    "network foundation alliance association party school academy".split()
)
#: Kinds of body that say nothing of what it does: it is the last one rather than one that was once called so.
_ANY_BODY: Final = frozenset("company firm group organization organisation agency concern".split())
#: Words by which names tell what sort of body they are of, beside those of the description itself.
_SORTS: Final = tuple(
    (frozenset(words.split()), frozenset(names.split()))
    for words, names in (
        ("school academy", "school academy college lyceum lycee gymnasium"),
        ("university college", "university college polytechnic"),
        ("hospital", "hospital clinic infirmary medical"),
        (
            "paper newspaper daily weekly",
            "times post herald gazette tribune chronicle courier daily weekly news journal",
        ),
        ("label", "records entertainment music recordings"),
        ("airline carrier", "airlines airways air express aviation"),
        ("bank lender", "bank banco banque bancorp"),
        ("party", "party congress front movement"),
        ("ministry", "ministry"),
        ("court tribunal", "court tribunal"),
        ("studio", "studios studio pictures films"),
    )
)
_TOWNS: Final = frozenset("city county municipality".split())
_OF_THE_STATE: Final = frozenset(
    """government ministry department agency commission court council police army parliament senate congress party
    university un eu administration authority committee federation association union office reuters""".split()
)
#: What tells that another body is meant than the one that the report is about.
_OTHER_BODY: Final = frozenset("parent rival sister other new second same insurance holding state".split())
#: Times that a report names what it is about.
_OFTEN: Final = 3
#: Characters of the story in which what it is about acts or speaks first.
_LEAD: Final = 600
#: `The Rockford, Ill., maker of fasteners`: where a firm has its seat.
_SEAT: Final = re.compile(r"([Tt]he (?:[A-Z][\w.’'-]*\s){0,2}[A-Z][\w.’'-]*), [A-Z][\w. ]{1,20}, (?=[a-z])")
#: `the Korean company`.
_NATIONAL: Final = re.compile(r"^[Tt]he [A-Z]\w+(?:ian|ean|an|ese|ish|ch|i)\s")
#: What may stand between a name and what the report says that it is: `, the world's largest brewer`.
_APPOSED: Final = re.compile(r"(?:, or [A-Z]\w+)?,\s(?:an?|the|one of the)\s([^,.;:()\n]{3,70})")
#: What stands right before a name: `the airline`, `budget carrier`, `the newspaper`.
_BEFORE: Final = re.compile(r"(?<![\w’'-])([a-z][a-z-]+)\s$")


def without_seat(words: str) -> str:
    """A description without the state or country of the town that a firm has its seat in."""
    return _SEAT.sub(r"\1 ", words)


def is_body(head: str) -> bool:
    """Whether a noun may describe a body."""
    return head in _BODIES


def may_be_person(head: str) -> bool:
    """Whether a noun for a body may describe a person, too: "the producer"."""
    return head in _PERHAPS_PERSONS


def by_body(
    words: str, head: str, source: Span, statement: Statement, earlier: Sequence[Statement], scene: Scene
) -> Answer:
    """The one organisation with the words in its name, of several the last before; else what the report calls so or a
    name that tells the sort; else the one that spoke last or that the report is about."""
    wanted = frozenset(plain_words(words)) - SMALL
    named = [each for each in scene.entities if _is_named_so(each, wanted, scene)]
    bare = head in _ANY_BODY and wanted == {head}
    if not named and bare and (last := _last_body(wanted, source, statement, earlier, scene)) is not None:
        return Answer(last, (source,), share=0.7)
    if not named and wanted.isdisjoint(_OTHER_BODY):
        named = _called(wanted, head, source.start, scene) or _of_sort(wanted, head, source.start, scene)
    if len(named) > 1:
        ends = {each.id: [span.end for span in scene.names_of(each) if span.end <= source.start] for each in named}
        named = sorted((each for each in named if ends[each.id]), key=lambda each: -max(ends[each.id]))[:1]
    if named:
        return Answer(named[0], (source,), share=0.8)
    last = _unnamed_body(words, head, source, statement, earlier, scene) if head in _UNNAMED_KINDS else None
    return Answer(last, (source,), share=0.7) if last is not None else Answer(None, (), UNNAMED)


def _is_named_so(entity: Entity, wanted: frozenset[str], scene: Scene) -> bool:
    """An organisation, or the town that "the city" is, with more in its name than the words of the description:
    "Airline halts flights" names no airline."""
    if not entity.name or not (
        entity.kind in ("organisation", "facility") or (entity.kind == "place" and wanted & _TOWNS)
    ):
        return False
    bags = [frozenset(plain_words(scene.words(name))) - SMALL for name in scene.names_of(entity)]
    return any(wanted < bag for bag in bags) or (len(bags) > 1 and any(wanted == bag for bag in bags))


# --- what the report calls so ----------------------------------------------------------------------------------------


def _called(wanted: frozenset[str], head: str, place: int, scene: Scene) -> list[Entity]:
    """The bodies that the report has called by the noun, those whose other words match best; for "the group" not far
    before."""
    ranked: list[tuple[int, Entity]] = []
    near = head in _ANY_BODY and bool(scene.paragraphs)
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
    behind, before = None if other else _APPOSED.match(text, name.end), _BEFORE.search(text, start, name.start)
    return frozenset((*plain_words(behind[1] if behind else ""), *((before[1],) if before else ())))


def _of_sort(wanted: frozenset[str], head: str, place: int, scene: Scene) -> list[Entity]:
    """The one body whose name tells the sort: the Marsh Academy is the school."""
    telling = next((names for words, names in _SORTS if head in words), None)
    if telling is None or len(wanted) > 1:
        return []
    found = [
        entity
        for entity in scene.entities
        if entity.name and entity.kind in ("organisation", "facility") and _tells(entity, telling, place, scene)
    ]
    return found if len(found) == 1 else []


def _tells(entity: Entity, telling: frozenset[str], place: int, scene: Scene) -> bool:
    bags = [plain_words(scene.words(name)) for name in scene.names_of(entity) if name.end <= place]
    return any(len(bag) > 1 and not telling.isdisjoint(bag) for bag in bags)


# --- what acted last, or is reported on ------------------------------------------------------------------------------


def _unnamed_body(
    words: str, head: str, source: Span, statement: Statement, earlier: Sequence[Statement], scene: Scene
) -> Entity | None:
    """The organisation that acted last, else the one that the report is about."""
    wanted = frozenset(plain_words(words)) - SMALL
    told = [name for name in re.findall(r"\s([A-Z][\w.’'-]*)", words) if not _is_of_place(name, source, scene)]
    if told or wanted & _OTHER_BODY:
        return None
    last = _last_body(wanted, source, statement, earlier, scene) if len(wanted) == 1 or head in _FIRMS else None
    if _NATIONAL.search(words) is not None:  # one of two that do business with one another
        return last if last is not None and _spoke_last(last, source, earlier, scene) else None
    return last or _leading_body(wanted, source, earlier, scene)


def _spoke_last(entity: Entity, source: Span, earlier: Sequence[Statement], scene: Scene) -> bool:
    spoke = heard_before(source.start, earlier)
    return bool(spoke) and scene.speaker(spoke[-1]) is entity


def _is_of_place(word: str, source: Span, scene: Scene) -> bool:
    """`the St. Louis company`: where it has its seat tells of no other body."""
    places = [one.span for one in scene.beginning_in(source) if one.form == "name" and one.kind in ("place", "group")]
    return any(word in scene.words(span) for span in places)


def _leading_body(wanted: frozenset[str], source: Span, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """The organisation named before a place at least twice as often as any other that may be called so, or that opened
    the report as its first source and is named as often as any."""
    counts = [
        (sum(span.end <= source.start for span in scene.names_of(entity)), entity)
        for entity in scene.entities
        if entity.kind == "organisation" and entity.name and _may_be(entity, wanted, scene)
    ]
    ranked = sorted(counts, key=lambda each: -each[0])
    most, second = (*(count for count, _ in ranked[:2]), 0, 0)[:2]
    if most >= _OFTEN and 2 * second <= most:
        return ranked[0][1]
    opens = _opening(earlier, scene)
    leading = [entity for count, entity in ranked if count == most]
    return opens if most > 1 and any(entity is opens for entity in leading) else None


def _opening(earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """The first source of a report, else the first body named in its story."""
    first = next((one for one in earlier if one.inside is None), None)
    if first is not None and first.source is not None and first.source.start <= _LEAD:
        return scene.speaker(first)
    story = next((block.span for block in scene.document.blocks if block.kind == "paragraph"), None)
    inside = [] if story is None else [scene.entity(one) for one in scene.within(story) if one.form == "name"]
    return next((one for one in inside if one is not None and one.kind == "organisation"), None)


def _may_be(entity: Entity, wanted: frozenset[str], scene: Scene) -> bool:
    """No ministry is a company."""
    words = {word for name in scene.names_of(entity) for word in plain_words(scene.words(name))}
    return wanted.isdisjoint(_FIRMS) or words.isdisjoint(_OF_THE_STATE)


def _last_body(
    wanted: frozenset[str], source: Span, statement: Statement, earlier: Sequence[Statement], scene: Scene
) -> Entity | None:
    """The organisation that spoke or acted last, when it did so just before or no other is near."""
    place = min(source.start, statement.content[0].start)
    acted = last_actor(place, "thing", earlier, scene)
    if acted is None or not _may_be(acted, wanted, scene):
        return None
    paragraph = scene.paragraph(place)
    spoke = heard_before(place, earlier)
    if spoke and scene.speaker(spoke[-1]) is acted and scene.paragraph(spoke[-1].content[0].start) >= paragraph - 1:
        return acted
    start = scene.paragraphs[max(paragraph - 1, 0)].start
    near = [scene.entity(one) for one in scene.within(Span(start, place))] if place > start else []
    named = {
        one.id: one.name for one in near if one is not None and one.kind == "organisation" and one.name is not None
    }
    bodies = [id_ for id_, name in named.items() if not wanted.issuperset(plain_words(scene.words(name)))]
    return acted if bodies == [acted.id] else None
