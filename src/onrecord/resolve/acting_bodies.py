"""Bodies that a source calls by a common word only: which spoke or acted last, or which the report is about.

    Kolb Industries posted a loss. The company said …     ->  Kolb Industries, which acted last
    … Revenue rose after the company bought Marsh Ltd. The company said …     ->  not Marsh, which stands beside it

Another body than the one that the report is about ("the parent company") stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, Span, Statement
from onrecord.resolve.body_words import (
    ANY_BODY,
    BODIES,
    FIRMS,
    OF_THE_STATE,
    OTHER_BODY,
    PAPERS,
    PRESS,
    SMALL,
    same_sort,
    telling_names,
)
from onrecord.resolve.callings import plain_words
from onrecord.resolve.pronoun_sources import last_actor
from onrecord.resolve.scene import Scene, end_of, heard_before

_LAWMAKERS: Final = frozenset("congress senate parliament legislature court".split())
#: Times that a report names what it is about.
_OFTEN: Final = 3
#: Characters of the story in which what it is about acts or speaks first.
_LEAD: Final = 600
_CAPITALS: Final = re.compile(r"\s(?!NGO\b)([A-Z][\w.’'-]*)")
#: Bodies that nobody calls a company.
_NEVER_FIRMS: Final = frozenset("union ministry council court parliament senate police party".split())
#: Words of names that are no firm's.
_NO_FIRM: Final = (BODIES - FIRMS - ANY_BODY) | {"wire", "press", "workers", "users", "residents", "citizens"}
#: `the mayor's office`, which is another's.
_OWNED: Final = re.compile(r"[Tt]he [a-z]+[’']s ")
#: Paragraphs in which it is looked for.
_REACH: Final = 3
_BARE: Final = re.compile(r"[Tt]he [a-z-]+")
#: Characters before what opens a sentence: none, a quotation mark, an article.
_AT_START: Final = (0, 1, len("The "))
#: `the Korean company`.
_NATIONAL: Final = re.compile(r"^[Tt]he [A-Z]\w+(?:ian|ean|an|ese|ish|ch|i)\s")


def unnamed_body(
    words: str, head: str, source: Span, statement: Statement, earlier: Sequence[Statement], scene: Scene
) -> Entity | None:
    """The organisation that acted last, else the one that the report is about."""
    wanted = frozenset(plain_words(words)) - SMALL - {name.lower() for name in _CAPITALS.findall(words)}
    front = wanted & frozenset(plain_words(words.partition(" of ")[0]))  # "maker of combs and other toys"
    if not _is_plain(words, source, scene) or _is_another(front):
        return None
    last = last_body(wanted, source, statement, earlier, scene) if len(wanted) == 1 or head in FIRMS else None
    if _NATIONAL.search(words) is not None:  # one of two that do business with one another
        return last if last is not None and _spoke_last(last, source, earlier, scene) else None
    told = last or _leading_body(wanted, source, earlier, scene) or _told_of(wanted, source, statement, scene)
    return told or (_only_near(words, wanted, source, scene) if head in FIRMS else None)


def spoke_before(words: str, head: str, source: Span, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """The body that was cited last, in this paragraph or the one before, if its name does not tell another sort: the
    Revenue is "the tax department", the Road Agency is not."""
    heard = heard_before(source.start, earlier)
    cited = scene.speaker(heard[-1]) if heard else None
    if cited is None or cited.kind != "organisation" or not _is_plain(words, source, scene):
        return None
    if _is_another(frozenset(plain_words(words))) or _OWNED.match(words):
        return None
    near = scene.paragraph(heard[-1].content[0].start) >= scene.paragraph(source.start) - 1
    return cited if near and not _tells_another(cited, head, scene) else None


def opener_before(head: str, place: int, scene: Scene) -> Entity | None:
    """The body that opens the sentence right before a place, if it may be called so: "The Greens met. The party …"."""
    entity = opening_body(place, scene)
    return None if entity is None or _tells_another(entity, head, scene) else entity


def opening_body(place: int, scene: Scene) -> Entity | None:
    """The body whose name opens the sentence right before a place, in the same paragraph."""
    number = scene.sentence(place - 1) if place else -1
    if number < 0 or scene.paragraph(scene.sentences[number].start) != scene.paragraph(place):
        return None
    opening = scene.sentences[number].start
    first = next((one for one in scene.beginning_in(Span(opening, place)) if one.form == "name"), None)
    entity = None if first is None or first.span.start - opening not in _AT_START else scene.entity(first)
    return entity if entity is not None and entity.kind == "organisation" and entity.name is not None else None


def _tells_another(entity: Entity, head: str, scene: Scene) -> bool:
    """Whether a name tells another sort of body: no Road Agency is a party."""
    return bool((words_of(entity, scene) & BODIES) - same_sort(head))


def words_of(entity: Entity, scene: Scene) -> set[str]:
    """The words of all the names of an entity."""
    return {word for name in scene.names_of(entity) for word in plain_words(scene.words(name))}


def _is_plain(words: str, source: Span, scene: Scene) -> bool:
    """Whether no other name stands in a description than that of a place: "the St. Louis company"."""
    places = [one.span for one in scene.beginning_in(source) if one.form == "name" and one.kind in ("place", "group")]
    return all(any(word in scene.words(span) for span in places) for word in _CAPITALS.findall(words))


def _is_another(wanted: frozenset[str]) -> bool:
    """Whether another body is meant than the one reported on; `the utility holding company` tells only what it does."""
    other = wanted & OTHER_BODY
    return bool(other) and not (other == {"holding"} and len(wanted) > 2)


def _spoke_last(entity: Entity, source: Span, earlier: Sequence[Statement], scene: Scene) -> bool:
    spoke = heard_before(source.start, earlier)
    return bool(spoke) and scene.speaker(spoke[-1]) is entity


def _leading_body(wanted: frozenset[str], source: Span, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """The organisation named before a place at least twice as often as any other that may be called so, or that opened
    the report as its first source and is named as often as any."""
    counts = [
        (sum(span.end <= source.start for span in scene.names_of(entity)), entity)
        for entity in scene.entities
        if entity.kind == "organisation"
        and entity.name
        and _may_be(entity, wanted, scene)
        and not _only_hears(entity, wanted, earlier, scene)
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
    """No ministry is a company, no committee a club, and Congress is no agency."""
    words = words_of(entity, scene)
    if not wanted.isdisjoint(FIRMS):
        return words.isdisjoint(OF_THE_STATE)
    if not wanted.isdisjoint(ANY_BODY) or len(wanted) != 1:
        return words.isdisjoint(_LAWMAKERS)
    return not (words & BODIES) - ANY_BODY - same_sort(*wanted)


def is_no_firm(entity: Entity, scene: Scene) -> bool:
    """Whether a body is by its name none that does business: a union, a ministry."""
    return entity.kind == "organisation" and not words_of(entity, scene).isdisjoint(_NEVER_FIRMS)


def _only_hears(entity: Entity, wanted: frozenset[str], earlier: Sequence[Statement], scene: Scene) -> bool:
    """Whether a paper or station is only told or finds things out, and so is not "the company" that others tell of."""
    press = any(not PRESS.isdisjoint(plain_words(scene.words(name))[-1:]) for name in scene.names_of(entity))
    return press and wanted.isdisjoint(PAPERS) and not any(scene.speaker(one) is entity for one in earlier)


def _told_of(wanted: frozenset[str], source: Span, statement: Statement, scene: Scene) -> Entity | None:
    """`Kolb Industries will close a plant, the company said`: the body that opens what is said ahead of its source."""
    content = statement.content[0]
    if content.start > source.start:
        return None
    first = next((one for one in scene.within(content) if one.form == "name"), None)
    entity = None if first is None or first.kind != "organisation" else scene.entity(first)
    opens = first is not None and first.span.start - content.start in _AT_START
    return entity if opens and entity is not None and entity.name and _may_be(entity, wanted, scene) else None


def _only_near(words: str, wanted: frozenset[str], source: Span, scene: Scene) -> Entity | None:
    """`… accused Kolb Industries of delays. The company denied it`: the one firm named in the paragraph, or else the
    last before it."""
    if _BARE.fullmatch(words) is None:
        return None
    number = scene.paragraph(source.start)
    for start in (scene.paragraphs[max(number - back, 0)].start for back in range(_REACH)):
        near = [
            scene.entity(one) for one in scene.within(Span(start, max(source.start, start + 1))) if one.form == "name"
        ]
        firms = {one.id: one for one in near if one is not None and one.name and _may_be_firm(one, wanted, scene)}
        if firms:
            return next(iter(firms.values())) if len(firms) == 1 else None
    return None


def _may_be_firm(entity: Entity, wanted: frozenset[str], scene: Scene) -> bool:
    other = words_of(entity, scene) & (_NO_FIRM | telling_names("newspaper"))
    return entity.kind == "organisation" and not other and _may_be(entity, wanted, scene)


def last_body(
    wanted: frozenset[str], source: Span, statement: Statement, earlier: Sequence[Statement], scene: Scene
) -> Entity | None:
    """The organisation that spoke or acted last, when it did so just before, opens the sentence before or no other is
    near."""
    place = min(source.start, statement.content[0].start)
    acted = last_actor(place, "thing", earlier, scene)
    while acted is not None and (beside := _sentence_beside(acted, place, wanted, earlier, scene)) is not None:
        place = beside.start
        acted = last_actor(place, "thing", earlier, scene)
    if acted is None or not _may_be(acted, wanted, scene) or _only_hears(acted, wanted, earlier, scene):
        return None
    paragraph = scene.paragraph(place)
    spoke = heard_before(place, earlier)
    if spoke and scene.speaker(spoke[-1]) is acted and scene.paragraph(spoke[-1].content[0].start) >= paragraph - 1:
        return acted
    opens = opening_body(place, scene) is acted
    return acted if opens or _is_alone(acted, wanted, place, scene) else None


def _sentence_beside(
    acted: Entity, place: int, wanted: frozenset[str], earlier: Sequence[Statement], scene: Scene
) -> Span | None:
    """The sentence that names after the very noun the body that acted, and so tells of two: "The company bought
    Marsh"; None where the noun does not stand there, or the body spoke since."""
    names = [name for name in scene.names_of(acted) if name.end <= place]
    if not names or len(wanted) != 1:
        return None
    heard = heard_before(place, earlier)
    if heard and scene.speaker(heard[-1]) is acted and end_of(heard[-1]) > names[-1].end:
        return None
    sentence = scene.sentences[max(scene.sentence(names[-1].start), 0)]
    (noun,) = wanted
    before = scene.document.text[sentence.start : names[-1].start].lower()
    return sentence if sentence.end <= place and re.search(rf"\bthe {re.escape(noun)}\b", before) else None


def _is_alone(acted: Entity, wanted: frozenset[str], place: int, scene: Scene) -> bool:
    """Whether no other body is named in the paragraph of a place and the one before."""
    start = scene.paragraphs[max(scene.paragraph(place) - 1, 0)].start
    near = [scene.entity(one) for one in scene.within(Span(start, place))] if place > start else []
    named = {
        one.id: one.name for one in near if one is not None and one.kind == "organisation" and one.name is not None
    }
    bodies = [id_ for id_, name in named.items() if not wanted.issuperset(plain_words(scene.words(name)))]
    return bodies == [acted.id]
