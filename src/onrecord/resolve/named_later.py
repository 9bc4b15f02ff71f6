"""Sources that are described first and named later: "a Cumbrian farmer has called …" in the lead, and then "Silas Moor
told the Courier".

    A former treasurer warned … Former treasurer Ann Lee …      ->  whom the report goes on to call so
    A farmer said … “…,” said Silas Moor, who keeps sheep.      ->  who is introduced with the next quotation
    A former manager said … Karl Ebb held a press conference    ->  who is introduced by the next sentence, speaking
    His lawyer insisted … “…,” said Tom Hill.                   ->  a new name without a word on who that is

All but the last in the headline or lead only. Who is brought in by another office, or described as somebody else, is
not the one, nor is anybody where the lead names persons before its source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, Span, Statement
from onrecord.resolve.called_people import EMPTY, called_people, not_any_more
from onrecord.resolve.callings import plain_words
from onrecord.resolve.offices import is_title_alone
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.scene import SINGULAR, Scene, fits
from onrecord.resolve.source_types import type_of_words
from onrecord.resolve.traits import MEN, WOMEN, head_word

#: Who is called so by a paper is meant to stay without a name, unless the paper calls somebody so by name.
_NAMELESS: Final = frozenset("official aide source diplomat insider spokesman spokeswoman spokesperson".split())
_WITH_NAMES: Final = ROLES - _NAMELESS
_ACADEMIC: Final = frozenset("dr prof professor".split())
_RANKS: Final = frozenset("gen lt col maj capt sgt adm general colonel major captain lieutenant admiral".split())
_SOLDIERS: Final = _RANKS | frozenset("commander leader chief officer soldier".split())
#: Persons by what they are to others or where they are, beside what they do.
_PERSONS: Final = (
    ROLES
    | MEN
    | WOMEN
    | EMPTY
    | frozenset(
        """friend creator colleague classmate native citizen legend star fan passenger tourist commuter shopper
        customer pensioner teenager refugee migrant prisoner inmate hostage suspect cyclist pedestrian motorist
        patient pupil graduate bystander onlooker settler villager islander parent relative billionaire millionaire
        tycoon convict hacker whistleblower dancer climber runner surfer hiker sailor""".split()
    )
)
#: Story paragraphs that may describe first whom they name later.
_LEAD_PARAGRAPHS: Final = 2
#: Where a report is one long paragraph, so much of it is its lead.
_LEAD_CHARACTERS: Final = 500
_CUT: Final = re.compile(r"\s*(?:,|\(|—|–|\b(?:who|whose|which|that|residing|living|working|serving|based)\b)")
_DESCRIBED: Final = re.compile(r"[Aa]n? |[Tt]he |[Hh]is |[Hh]er |[Ii]ts |[Tt]heir |[A-Z]")
_OF_ONE: Final = re.compile(
    r"(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s|[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}[’']s?\s"
)
#: Who is told so well that it is one person.
_SAME_ONE: Final = re.compile(r"[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}[’']s?\s[a-z]|[Tt]he\s\S+\s\S+\s\S")
#: How a sentence goes on that tells of somebody who has just spoken.
_SPEAKS: Final = re.compile(
    r"(?:,\s[^.;“”\"]{1,200}?,|\s[^\W\d_]+ly)?\s(?:also\s)?(?:(?:made|gave)\s(?:the|his|her|these|this)\s(?:[a-z]+\s)?"
    r"(?:comment|remark|statement|announcement|speech|warning|prediction)|(?:held|gave)\san?\s(?:press|news)\s|was\sspeaking|spoke\s"
    r"|(?:said|says|told|wrote|argued|warned|added)\b)"
)


def named_later(statement: Statement, statements: Sequence[Statement], scene: Scene) -> Entity | None:
    """Who is described by the source of a statement and named after it; None where that is not clear."""
    source = statement.source
    if source is None or statement.inside is not None:
        return None
    words = _CUT.split(scene.words(source).lstrip("_- "), maxsplit=1)[0]
    if type_of_words(words) != "unnamed person" or not _DESCRIBED.match(words):
        return None
    head, lead = head_word(words).rpartition("-")[2], _is_in_lead(source, scene)
    if not lead and not (head in _WITH_NAMES and _OF_ONE.match(words)):
        return None
    later = [one for one in scene.people if scene.names_of(one)[0].start > source.end]
    if not lead:
        return _named_bare(source, words, later, statements, scene)
    called = [] if head in EMPTY else [one for one in called_people(words, head, scene) if one in later]
    fitting = not_any_more(words, head, called, scene)
    if len(fitting) == 1:
        return fitting[0]
    if not later or head in _NAMELESS or head not in _PERSONS or not (_OF_ONE.match(words) or is_title_alone(words)):
        return None
    introduced = _introduced(source, words, later, statements, scene)
    return introduced if introduced not in called or introduced in fitting else None


def described_alike(statement: Statement, statements: Sequence[Statement], scene: Scene) -> Entity | None:
    """`Milo's father` and "the former Harbour treasurer" are the same each time: whom the report names for one of
    them. So are `Former treasurer` in the headline and the "treasurer" whom the lead brings in."""
    source = statement.source
    if source is None:
        return None
    if scene.paragraph(source.start) == 0 and (of_lead := _of_lead(source, statements, scene)) is not None:
        return of_lead
    if not _SAME_ONE.match(scene.words(source)):
        return None
    words = scene.words(source).lower()
    alike = [one for one in statements if one.source is not None and scene.words(one.source).lower() == words]
    named = {one.speaker: entity for one in alike if (entity := scene.speaker(one)) is not None}
    return next(iter(named.values())) if len(named) == 1 else None


def _of_lead(source: Span, statements: Sequence[Statement], scene: Scene) -> Entity | None:
    """Who is the first source of the story, when it is called by the same noun as that of the headline."""
    head = head_word(scene.words(source))
    first = next((one for one in statements if one.source is not None and scene.paragraph(one.source.start) > 0), None)
    if first is None or first.source is None or head not in _PERSONS or not _is_in_lead(first.source, scene):
        return None
    return scene.speaker(first) if head_word(scene.words(first.source)) == head else None


def _is_in_lead(source: Span, scene: Scene) -> bool:
    story = [block.span for block in scene.document.blocks if block.kind == "paragraph"]
    if not story:
        return True
    return source.start < min(story[min(len(story), _LEAD_PARAGRAPHS) - 1].end, story[0].start + _LEAD_CHARACTERS)


def _introduced(
    source: Span, words: str, later: Sequence[Entity], statements: Sequence[Statement], scene: Scene
) -> Entity | None:
    """The first person named after a lead, when the next quotation is that person's or the next sentence tells that the
    person spoke."""
    number = scene.sentence(source.start)
    end = scene.sentences[number].end if number >= 0 else source.end
    since = [one for one in later if scene.names_of(one)[0].start >= end] or later
    first = min(since, key=lambda one: scene.names_of(one)[0].start)
    if not (_is_quoted_next(first, source, statements, scene) or _speaks_next(first, source, statements, scene)):
        return None
    if _has_another_office(first, words, scene) or not _agrees(first, words, scene):
        return None
    before = _named_before(source, scene.paragraph(source.start), scene)
    return None if any(fits(one, "", scene) for one in before) else first


def _is_quoted_next(first: Entity, source: Span, statements: Sequence[Statement], scene: Scene) -> bool:
    quoted = next((one for one in statements if one.kind != "indirect" and _is_after(one, source)), None)
    if quoted is None or quoted.source is None:
        return False
    near = scene.paragraph(quoted.content[0].start) <= scene.paragraph(source.start) + 1
    return near and scene.speaker(quoted) is first and quoted.source.covers(scene.names_of(first)[0])


def _speaks_next(first: Entity, source: Span, statements: Sequence[Statement], scene: Scene) -> bool:
    """`Karl Ebb held a press conference`: the next sentence opens with the name of one who speaks."""
    name, number = scene.names_of(first)[0], scene.sentence(source.start) + 1
    if number >= len(scene.sentences) or scene.sentence(name.start) != number:
        return False
    ahead = scene.document.text[scene.sentences[number].start : name.start]
    if any(word.lower().strip(".") not in ROLES | _RANKS | {"mr", "mrs", "ms", "dr"} for word in ahead.split()):
        return False
    said = any(one.source is not None and one.source.covers(name) for one in statements)
    return said or _SPEAKS.match(scene.document.text, name.end) is not None


def _named_bare(
    source: Span, words: str, later: Sequence[Entity], statements: Sequence[Statement], scene: Scene
) -> Entity | None:
    """`His lawyer insisted … “…,” said Tom Hill`: a name that the report has not given before, and says nothing of."""
    if not later:
        return None
    first = min(later, key=lambda one: scene.names_of(one)[0].start)
    name = scene.names_of(first)[0]
    told = next((one for one in statements if _is_after(one, source) and not _is_by_pronoun(one, scene)), None)
    if told is None or told.kind == "indirect" or told.source is None or scene.speaker(told) is not first:
        return None
    near = scene.paragraph(told.content[0].start) <= scene.paragraph(source.start) + 1
    bare = _COURTESY.sub("", scene.words(told.source)) == scene.words(name) and not _TOLD_OF.match(
        scene.document.text, name.end
    )
    return first if near and bare and _agrees(first, words, scene) else None


def _is_by_pronoun(statement: Statement, scene: Scene) -> bool:
    return statement.source is None or scene.words(statement.source).lower() in SINGULAR


_COURTESY: Final = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr)\.?\s")
#: What follows a name of whom the report goes on to say who that is.
_TOLD_OF: Final = re.compile(r",\s(?!but\b|and\b|adding\b|as\b|in\b)|\s(?:of|from|at|with)\s|\s\(")


def _has_another_office(entity: Entity, words: str, scene: Scene) -> bool:
    """`An engineer said … Mayor Ann Poole said`: who is brought in by a title in front, or as "the mayor" behind, is
    not the one of the lead, whom the report would have called so. A general may be "the commander"."""
    name, own = scene.names_of(entity)[0], frozenset(plain_words(words))
    ahead = [title for title in entity.titles if title.end <= name.start and not _between(title, name, scene).strip()]
    usual = _ACADEMIC | _RANKS if not own.isdisjoint(_SOLDIERS) else _ACADEMIC
    if any(usual.isdisjoint(plain_words(scene.words(title))) for title in ahead):
        return True
    behind = _THE_ONE.match(scene.document.text, name.end)
    return behind is not None and behind["head"] in ROLES and behind["head"] not in own


#: `, the mayor,` behind a name.
_THE_ONE: Final = re.compile(
    r",\s(?:the|its|their)\s(?:[\w’'-]+\s){0,3}?(?P<head>[\w-]+)(?=[,.]|\s(?:of|for|who|said)\b)"
)


def _agrees(entity: Entity, words: str, scene: Scene) -> bool:
    said = frozenset(words.lower().split())
    gender = "" if MEN.isdisjoint(said) and WOMEN.isdisjoint(said) else "woman" if MEN.isdisjoint(said) else "man"
    return not gender or fits(entity, gender, scene)


def _between(one: Span, other: Span, scene: Scene) -> str:
    return scene.document.text[one.end : other.start]


def _is_after(statement: Statement, source: Span) -> bool:
    return statement.content[0].start > source.end and statement.source != source


def _named_before(source: Span, paragraph: int, scene: Scene) -> list[Entity]:
    """Persons who act in the lead before its source: it may be one of them."""
    span = Span(scene.paragraphs[paragraph].start, max(source.start, scene.paragraphs[paragraph].start + 1))
    return [one for mention in scene.within(span) if (one := scene.entity(mention)) is not None and one in scene.people]
