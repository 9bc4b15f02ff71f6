"""Whose the turns of an interview without labels are: the one who asks and the one who answers, by its introduction.

    Wikinews interviewed Tina McKenzie, a former member …   ->   asks: Wikinews, answers: Tina McKenzie
    Professor Chomsky sat down with Michael Dranove for an interview   ->   asks: Michael Dranove

Which turn is a question and which an answer is found before (`onrecord.find.interviews`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Final

from onrecord.record import Entity, Mention, Span, Statement
from onrecord.resolve.callings import plain_words
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.scene import NOBODY_NEAR, SEVERAL, UNNAMED, Answer, Scene, fits, last_name
from onrecord.resolve.source_mentions import named_by_words

_INTERVIEWED: Final = re.compile(
    r"\b(?:interview(?:ed|s)(?! by)|interview(?: (?:he|she|they) had)? with|"
    r"[Aa] word with|[Mm]inutes with|[Qq]uestions for|"
    r"(?:spoke|speaks|talked|talks|sat down|caught up|chatted) (?:with|to)|tells)\b"
)
#: Where the description of the one who answers ends and the topic begins.
_TOPIC: Final = re.compile(r"\b(?:about|on|regarding|concerning|over|after|before|in|at)\b|[.,;:\n]")
#: Several answer, and which of them is open: "interviews meteorological experts", "with the owners of a dungeon".
_SEVERAL: Final = re.compile(r"(?:[\w'’.-]+ ){0,6}?(?P<head>[a-z]{3,}s)\s*(?:$|\bof\b|\bfrom\b|\bwho\b)")
_BY: Final = re.compile(
    r"\b(?:interviewed|submitted(?: via [\w-]+)?|asked|posed|put|[Ee]xamined|[Qq]uestioned) by\s+"
    r"|^Interview(?: by|:)\s+(?=[A-Z])",
    re.MULTILINE,
)
#: `Photo: Luke Ames`, `By Ann Bely`: who is credited with something is not whom the talk is with.
_CREDITED: Final = re.compile(
    r"\b(?:Photo(?:graph)?s?|Pictures?|Images?|Illustrations?|Words|Text|Story|Interview|Credit|By)(?: by)?:?\s$"
)
#: `She spoke to the Echo`: who was named before answers.
_PRONOUN: Final = re.compile(r"\b(?:[Hh]e|[Ss]he)\s$")
#: `Milo Grant met her there`: whoever met the one who is introduced asks.
_MET: Final = re.compile(
    r"\s(?:met|visited|caught up with|sat down with|spoke (?:to|with)|talked (?:to|with))\s(?:him|her)\b"
)
_GUEST: Final = re.compile(r"\b(?:sat down with|answered|agreed to|spoke with)\b[^.]{0,60}\bfor (?:an|the) interview\b")
_GIVEN: Final = re.compile(r"\b(?:in|during|of)\s(?:an?|the|this|his|her|their)\s(?:[\w-]+\s){0,2}$")
#: Whom a question calls by title and name, set off from the sentence.
_CALLED: Final = re.compile(
    r"(?:^|[,.:]\s)(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Captain|Minister|Senator|Mayor|President)\.?\s"
    r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)(?=[,.?])",
    re.MULTILINE,
)
#: `Q: …`, the first question though it may be no question.
_LABELLED: Final = re.compile(r"\**(?:Q|QUESTION|Question)\b\s?\d*[.:]")
#: `Cross-examined by Ann Bely KC, she …`: in court she answers.
_EXAMINED: Final = re.compile(r"\b(?:[Ee]xamined|[Qq]uestioned) by [^,.;\n]{3,60}, (?P<who>he|she)\b")
_ARTICLE: Final = re.compile(r"\s?(?:[Tt]he\s+)?")
_QUESTIONS: Final = frozenset(("q", "question", "interviewer"))
_ANSWERS: Final = frozenset(("a", "answer", "respondent", "interviewee"))
_ASKING: Final = frozenset(("interviewed", "interviews"))
#: One who answers without a name: "interviewed one of the owners of a bar", "interviews a man who".
_ONE: Final = re.compile(r"\s+(?:one of|a|an)\s")
#: What may stand behind the mark of a question that is set in bold type.
_MARKUP: Final = " \n*_"
#: Characters after the announcement in which the one who answers is named, and before it the one who asks.
_AFTER, _BEFORE = 400, 60


def voice(statement: Statement, scene: Scene) -> Answer:
    """The speaker of a turn without a label; unknown when the introduction names none, or several alike."""
    begin = _beginning(statement, scene)
    asks = _asker(begin, scene)
    if statement.origin.step.endswith("interview question"):
        return _as_paper(_known(asks, statement, scene), scene)
    return _answerer(asks, begin, statement, scene)


def labelled_voice(label: str, statement: Statement, scene: Scene) -> Answer | None:
    """Whom the label of a turn stands for: `Q`, `A`, or the paper's letters (`WN` of Wikinews); None if nobody."""
    letter = _letter(label)
    begin = max(statement.source.start if statement.source else 1, 1)
    asks = _asker(begin, scene)
    if letter in _QUESTIONS:
        return _as_paper(_known(asks, statement, scene), scene)
    if letter in _ANSWERS:
        introduced = _answerer(asks, min(begin, _beginning(statement, scene)), statement, scene)
        return introduced if introduced.because != NOBODY_NEAR else _answerer(asks, begin, statement, scene)
    if not (label.isupper() and 2 <= len(label) <= 4):
        return None
    named = [asks] if asks is not None else _named_before(begin, scene)
    fitting = [one for one in named if _is_short_for(label, one, scene)]
    return _as_paper(_known(fitting[0], statement, scene), scene) if len(fitting) == 1 else None


def is_question(label: str) -> bool:
    """Whether a label says only that somebody asks: `Q`, `Q 7`."""
    return _letter(label) in _QUESTIONS


def is_answer(label: str) -> bool:
    """Whether a label says only that somebody answers."""
    return _letter(label) in _ANSWERS


def _letter(label: str) -> str:
    return label.lower().rstrip(".: 0123456789")


def _named_before(begin: int, scene: Scene) -> list[Entity]:
    found = {id(one): one for mention in scene.within(Span(0, begin)) if (one := scene.entity(mention)) is not None}
    return list(found.values())


def _is_short_for(label: str, entity: Entity, scene: Scene) -> bool:
    """`WN`, Wikinews: the letters stand in the name, in their order, the first one first."""
    name = "" if entity.name is None else scene.words(entity.name).upper()
    letters = iter(name)
    return name[:1] == label[0] and " " not in name and all(each in letters for each in label)


def _beginning(statement: Statement, scene: Scene) -> int:
    """Where the introduction ends: at the first question, or at this turn when it comes before."""
    first = statement.content[0].start
    for block in scene.document.blocks:
        if block.kind in ("paragraph", "subhead", "list") and _asks(scene.words(block.span)):
            return max(min(first, block.span.start), 1)
    return max(first, 1)


def _asks(words: str) -> bool:
    return words.rstrip(_MARKUP).endswith("?") or _LABELLED.match(words) is not None


def _asker(begin: int, scene: Scene) -> Entity | None:
    by = _BY.search(scene.document.text, 0, begin)
    if by is not None:
        return _named_first(Span(by.end(), min(by.end() + _BEFORE, begin + 1)), scene)
    for announced in _INTERVIEWED.finditer(scene.document.text, 0, begin):
        before = _named_right_before(announced.start(), scene)
        if before is None and _PRONOUN.search(scene.document.text, max(announced.start() - 4, 0), announced.start()):
            heard = _heard(announced.end(), begin, scene)
            if heard is not None and heard.kind == "organisation":
                return scene.entity(heard)
        if before is None and (paper := _paper(announced, begin, scene)) is not None:
            return scene.entity(paper)
        if before and _is_guest(before, announced, begin, scene):
            if heard := _heard(announced.end(), begin, scene):
                return scene.entity(heard)
            continue
        if before and _GUEST.search(scene.document.text, announced.start(), begin):
            return _named_first(Span(announced.end(), min(announced.end() + _BEFORE, begin + 1)), scene)
        if before and announced.group() != "tells":
            return scene.entity(before)
    return _who_met(begin, scene)


def _who_met(begin: int, scene: Scene) -> Entity | None:
    met = _MET.search(scene.document.text, 0, begin)
    before = None if met is None else _named_right_before(met.start() + 1, scene)
    return None if before is None else scene.entity(before)


def _named_right_before(place: int, scene: Scene) -> Mention | None:
    names = scene.within(Span(max(place - _BEFORE, 0), place)) if place else ()
    ends = [one for one in names if one.form == "name" and one.span.end >= place - 2]
    return ends[-1] if ends else None


def _is_guest(before: Mention, announced: re.Match[str], begin: int, scene: Scene) -> bool:
    """Whether the person before the verb answers. `Nick Bos talks to Wikinews`: between a person and a body, the body
    asks; `she spoke to readers`: so does whoever is not named; of two persons, the headline has the one who answers."""
    heard = _heard(announced.end(), begin, scene)
    if before.kind != "person" or (heard is not None and heard.kind == "organisation"):
        return before.kind == "person"
    if (
        announced.group() in _ASKING
        or announced.group() == "interview with"
        or _GUEST.match(announced.string, announced.start(), begin)
    ):
        return False
    return heard is None or (_is_in_headline(before, scene) and not _is_in_headline(heard, scene))


def _heard(after: int, begin: int, scene: Scene) -> Mention | None:
    """The person or body named right after the verb."""
    near = scene.within(Span(after, min(after + _BEFORE, begin + 1)))
    named = next((one for one in near if one.form == "name" and one.kind in ("person", "organisation")), None)
    beside = named is not None and _ARTICLE.fullmatch(scene.document.text, after, named.span.start)
    return named if beside else None


def _paper(announced: re.Match[str], begin: int, scene: Scene) -> Mention | None:
    """`she said in an interview with the Harbour Times`: the body that somebody talks to asks."""
    start = max(announced.start() - _BEFORE, 0)
    if not announced.group().endswith(" with") or not _GIVEN.search(announced.string, start, announced.start()):
        return None
    heard = _heard(announced.end(), begin, scene)
    return heard if heard is not None and heard.kind == "organisation" else None


def _is_in_headline(mention: Mention, scene: Scene) -> bool:
    entity, end = scene.entity(mention), scene.paragraphs[0].end if scene.paragraphs else 0
    return entity is not None and any(name.end <= end for name in scene.names_of(entity))


def _answerer(asks: Entity | None, begin: int, statement: Statement, scene: Scene) -> Answer:
    if (witness := _witness(asks, begin, scene)) is not None:
        return _known(witness, statement, scene)
    for announced in _INTERVIEWED.finditer(scene.document.text, 0, begin):
        before = _named_right_before(announced.start(), scene)
        if before is not None and _is_guest(before, announced, begin, scene):
            return _known(scene.entity(before), statement, scene)
        if announced.group() == "tells":
            continue
        reach = Span(announced.end(), min(announced.end() + _AFTER, begin + 1))
        people, several = _announced(reach, asks, scene)
        if several:
            return Answer(None, (), SEVERAL, tuple((people or _people(scene.within(Span(0, begin)), asks, scene))[:4]))
        if people:
            return _known(people[0], statement, scene)
        if announced.group() in _ASKING and _ONE.match(scene.document.text, announced.end()):
            return Answer(None, (), UNNAMED, kind="unnamed person")
    return _known(_most_named(asks, begin, scene) or _addressed(scene), statement, scene)


def _witness(asks: Entity | None, begin: int, scene: Scene) -> Entity | None:
    """The only one before the questions who may be the "she" of a court."""
    examined = _EXAMINED.search(scene.document.text, 0, begin)
    if examined is None:
        return None
    people = _people(scene.within(Span(0, examined.start() + 1)), asks, scene)
    gender = "man" if examined["who"] == "he" else "woman"
    fitting = [one for one in people if fits(one, gender, scene)]
    return fitting[0] if len(fitting) == 1 else None


def _announced(reach: Span, asks: Entity | None, scene: Scene) -> tuple[list[Entity], bool]:
    """Who answers by the words after "interviewed", nearest first, and whether several do. Whom the talk is about, or
    who stands in another sentence than a description, is not the one."""
    people = _people(scene.within(reach), asks, scene)
    topic = _TOPIC.search(scene.document.text, reach.start + 1, reach.end)
    described = scene.document.text[reach.start : topic.start() if topic else reach.end].strip()
    near = bool(people) and (topic is None or scene.names_of(people[0])[0].start < topic.start())
    if near:
        return people, len(people) > 1 and _are_together(people[0], people[1], reach, scene)
    if _SEVERAL.fullmatch(described) and not described.startswith("one of "):
        return [], True
    called = _described(described, reach.end, scene)
    return called or ([] if topic and topic.group().isalpha() else people), False


def _described(words: str, begin: int, scene: Scene) -> list[Entity]:
    """The one person of the introduction who is called so: `interviews New York bar owner`, `one of the owners`."""
    heads = {word.removesuffix("s") for word in plain_words(words) if word.removesuffix("s") in ROLES}
    called = [
        entity
        for entity in scene.people
        if any(not heads.isdisjoint(bag) for bag in scene.callings[entity.id])
        and scene.names_of(entity)[0].start < begin
    ]
    return called if len(called) == 1 else []


def _people(mentions: tuple[Mention, ...], asks: Entity | None, scene: Scene) -> list[Entity]:
    found: dict[str, Entity] = {}
    for mention in mentions:
        entity = scene.entity(mention)
        if mention.form == "name" and mention.kind == "person" and entity is not None and entity is not asks:
            found.setdefault(entity.id, entity)
    return list(found.values())


def _are_together(one: Entity, other: Entity, reach: Span, scene: Scene) -> bool:
    """`interviews Mario Lucero and Isabel Ruiz`: which of the two answers is open."""
    first = next(span for span in scene.names_of(one) if reach.covers(span))
    second = next(span for span in scene.names_of(other) if reach.covers(span))
    return bool(re.fullmatch(r",?\s+and\s+", scene.document.text[first.end : max(second.start, first.end)]))


def _most_named(asks: Entity | None, begin: int, scene: Scene) -> Entity | None:
    """The person of the introduction, when nobody else is named there as often."""
    named = [
        scene.entity(one)
        for one in scene.within(Span(0, begin))
        if one.form == "name" and one.kind == "person" and not _is_credited(one, scene)
    ]
    counts = Counter(entity.id for entity in named if entity is not None and entity is not asks)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return scene.entity_by_id[ranked[0][0]]


def _is_credited(mention: Mention, scene: Scene) -> bool:
    start = mention.span.start
    return _CREDITED.search(scene.document.text, max(start - 20, 0), start) is not None


def _addressed(scene: Scene) -> Entity | None:
    """`You were a sailor before, Ms Okoro. Which is harder?`: the only one whom a question calls by name."""
    found: dict[str, Entity] = {}
    for paragraph in scene.paragraphs:
        if not scene.words(paragraph).rstrip(_MARKUP).endswith("?"):
            continue
        for called in _CALLED.finditer(scene.document.text, paragraph.start, paragraph.end):
            entity = named_by_words(called["name"], scene.document, scene.entities, scene.by_id)
            if entity is not None and entity.kind == "person":
                found[entity.id] = entity
    return next(iter(found.values())) if len(found) == 1 else None


def _named_first(span: Span, scene: Scene) -> Entity | None:
    return next((scene.entity(one) for one in scene.within(span) if one.form == "name"), None)


def _as_paper(answer: Answer, scene: Scene) -> Answer:
    """Of one word is the name of a paper, not of a reporter."""
    speaker = answer.speaker
    one_word = speaker is not None and speaker.name is not None and len(scene.words(speaker.name).split()) == 1
    return replace(answer, kind="named organisation") if one_word else answer


def _known(entity: Entity | None, statement: Statement, scene: Scene) -> Answer:
    if entity is None or entity.name is None:
        return Answer(None, (), NOBODY_NEAR)
    first = statement.content[0].start
    return Answer(entity, last_name(entity, first, scene) or (entity.name,), share=0.9)
