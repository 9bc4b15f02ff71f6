"""Sources that are two bodies or two people at once by a common word: "the companies", "both banks", "neither side".

    Kolb Industries was merged into Marsh Corp., the companies said     ->  both, by what they say
    Kolb and Marsh said … The companies said                            ->  both, who spoke together
    Lund went to Moe's house. Neither side would say                    ->  both, by the sentence before
    firms such as Kolb and Marsh, two of its donors, Kolb and Marsh     ->  those who are named

Where one or more than two are named there, nobody is meant for sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from onrecord.record import Entity, MentionKind, Span, Statement
from onrecord.resolve.acting_bodies import opening_body, words_of
from onrecord.resolve.body_words import FIRMS, OF_THE_STATE, telling_names
from onrecord.resolve.campaigns import campaigns
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.scene import UNNAMED, Answer, Scene, cited_before

_FEW: Final = re.compile(
    r"(?:(?P<many>the|these|those)|both|(?P<neither>neither)|(?:the|these) two)(?: of the)? (?P<noun>[a-z]+)",
    re.IGNORECASE,
)
_SIDES: Final = frozenset("side leader man woman president minister candidate party chief".split())
_OF_ANY_SORT: Final = frozenset(("side", "party"))
_TOGETHER: Final = FIRMS | {"partner", "corporation", "group", "agency"}
_NUMBERS: Final = {"two": 2, "both": 2, "three": 3, "four": 4}
#: `firms such as Kolb`, `two of its donors, Kolb and Marsh`.
_EXAMPLES: Final = re.compile(
    r"(?:[\w’' -]+ )?[a-z]+s(?: in [A-Z][\w ]+)?,? (?:such as|like) "
    r"|(?P<count>[Tt]wo|[Bb]oth|[Tt]hree|[Ff]our)(?: of)? [^,]{3,60}, "
)
_MAY_LIST: Final = re.compile(r" (?:such as|like) |^(?:two|both|three|four) [^,]+, ", re.IGNORECASE)
_PLURALS: Final = re.compile(r"\b(?:[a-z]+s|people|men|women|children|others)\b")
#: `Lund received the envoy Bo Moe`.
_MEETING: Final = re.compile(
    r"(?:,[^,.]{2,60},)?\s(?:has\s|had\s|also\s)?"
    r"(?:met|meets|received|receives|hosted|welcomed|(?:spoke|talked|held talks) with)\s[^.,;\n]{0,60}$"
)
_OPENING: Final = re.compile(r"(?:[Bb]oth |The |the )*")
#: Paragraphs back in which those stand who said something together.
_REACH: Final = 2
_LISTED: Final = re.compile(r",?(?: and| or|,)? (?:the )?")


def by_bodies(source: Span, statement: Statement, earlier: Sequence[Statement], scene: Scene) -> Answer | None:
    """Those whom a plural source is; None where it is none or not two are told of."""
    words = scene.words(source)
    if words.lower() == "they":
        return _answer(_team(source, scene), source)
    few = _FEW.fullmatch(words.split(",", 1)[0])
    if few is None:
        found = _examples(source, words, scene)
        if " like " in words and len(found) == 1 and found[0].kind == "person":
            return Answer(None, (), UNNAMED, tuple(found), kind="unnamed group")
        return _named_among(found, source)
    noun = _singular(few["noun"])
    if noun == "campaign":
        return _answer(two if len(two := campaigns(scene)) == 2 else [], source)
    if noun in _TOGETHER and (noun != few["noun"] or few["neither"]):
        return _answer(
            _spoke_together(source.start, earlier, scene)
            or _two_in(noun, "organisation", source, statement, earlier, scene),
            source,
        )
    if noun in _SIDES and few["many"] is None:
        people = _two_in(noun, "person", source, statement, earlier, scene)
        bodies = _two_in(noun, "organisation", source, statement, earlier, scene) if noun in _OF_ANY_SORT else []
        return _answer(people or bodies or _met(source.start, scene), source)
    return None


def _team(source: Span, scene: Scene) -> list[Entity]:
    """`The Lynx Brigade camped outside. They asked …`: the body that the sentence before is about, if no people are
    told of there."""
    body = opening_body(source.start, scene)
    sentence = scene.sentences[max(scene.sentence(source.start - 1), 0)] if source.start else None
    if body is None or sentence is None:
        return []
    words = _PLURALS.findall(scene.words(sentence))
    return [] if any(not word.endswith("s") or word.removesuffix("s") in ROLES for word in words) else [body]


def _answer(found: Sequence[Entity], source: Span, share: float = 0.7) -> Answer | None:
    several = tuple(found) if len(found) > 1 else ()
    return Answer(found[0], (source,), candidates=several, share=share) if found else None


def _named_among(found: Sequence[Entity], source: Span) -> Answer | None:
    """`sites such as Gannet.com`: one name does not make the others known."""
    answer = _answer(found, source, 0.9)
    return replace(answer, kind="unnamed group") if answer is not None and len(found) == 1 else answer


def _singular(noun: str) -> str:
    lower = noun.lower()
    if lower in ("men", "women"):
        return lower.replace("men", "man")
    return f"{lower[:-3]}y" if lower.endswith("ies") else lower.removesuffix("s")


def _spoke_together(place: int, earlier: Sequence[Statement], scene: Scene) -> list[Entity]:
    """The bodies that said together what was said last, or made the text that was cited last, not far before."""
    last = next(reversed(cited_before(place, earlier)), None)
    if last is None or len(last.candidates) < 2 or not (last.speaker or last.source_type == "document"):
        return []
    near = scene.paragraph(last.content[0].start) >= scene.paragraph(place) - _REACH
    found = [scene.entity_by_id[id_] for id_ in last.candidates]
    return found if near and all(one.kind == "organisation" for one in found) else []


def _two_in(
    noun: str, kind: MentionKind, source: Span, statement: Statement, earlier: Sequence[Statement], scene: Scene
) -> list[Entity]:
    """The two named in what is said ahead of the source, else in the sentence before; none where there are more."""
    content = statement.content[0]
    opened = scene.document.text[max(source.start - 1, 0) : source.start] == "("
    number = scene.sentence(source.start - 1 - opened) if source.start > opened else -1
    reach = content if content.start < source.start else scene.sentences[number] if number >= 0 else None
    named = {} if reach is None else _told_of_in(reach, kind, earlier, scene)
    telling = telling_names(noun)
    told = [one for one in named.values() if telling and not telling.isdisjoint(words_of(one, scene))]
    found = told if len(told) == 2 else [one for one in named.values() if OF_THE_STATE.isdisjoint(words_of(one, scene))]
    return found if len(found) == 2 else _opening_pair(reach, kind, scene)


def _opening_pair(reach: Span | None, kind: MentionKind, scene: Scene) -> list[Entity]:
    """The two that open a sentence side by side, though others are named in it: `Kolb and Marsh looked at Lund`."""
    named = [] if reach is None else [one for one in scene.within(reach) if one.form == "name"][:2]
    if reach is None or len(named) < 2 or any(one.kind != kind for one in named):
        return []
    text = scene.document.text
    opens = _OPENING.fullmatch(text, reach.start, named[0].span.start) is not None
    joined = opens and text[named[0].span.end : named[1].span.start] in (" and ", " and the ")
    found = [entity for one in named if (entity := scene.entity(one)) is not None and entity.name is not None]
    return found if joined and len({one.id for one in found}) == 2 else []


def _told_of_in(span: Span, kind: MentionKind, earlier: Sequence[Statement], scene: Scene) -> dict[str, Entity]:
    """Those who are named in a span, or speak there."""
    named = [scene.entity(one) for one in scene.within(span) if one.form == "name"]
    spoke = [scene.speaker(one) for one in earlier if one.source is not None and span.covers(one.source)]
    found = [one for one in (*spoke, *named) if one is not None and one.name is not None]
    return {one.id: one for one in found if one.kind == kind}


def _met(place: int, scene: Scene) -> list[Entity]:
    """The two people who met last: "President Lund received Bo Moe"."""
    people = [one for one in scene.mentions if one.kind == "person" and one.form == "name" and one.span.end <= place]
    for left, right in reversed(list(pairwise(people))):
        if _MEETING.match(scene.document.text, left.span.end, right.span.start):
            one, other = scene.entity(left), scene.entity(right)
            if one is not None and other is not None and one is not other:
                return [one, other]
    return []


def _examples(source: Span, words: str, scene: Scene) -> list[Entity]:
    """Those named as examples of a group, or as the two that it is, when names alone follow."""
    match = _EXAMPLES.match(words) if _MAY_LIST.search(words) else None
    if match is None:
        return []
    found: list[Entity] = []
    place = source.start + match.end()
    for mention in scene.beginning_in(Span(place, source.end)) if place < source.end else ():
        entity = scene.entity(mention)
        gap = scene.document.text[place : mention.span.start]
        if mention.form != "name" or mention.span.start < place or entity is None or entity.name is None:
            continue
        if not (_LISTED.fullmatch(gap) if found else gap in ("", "the ")):
            return []
        found.append(entity)
        place = mention.span.end
    count = _NUMBERS.get((match["count"] or "").lower())
    return found if place == source.end and (count is None or count == len(found)) else []
