"""Sources that are described: "the judge", "the Vermont senator", "the coroner's office", "a Cumbrian farmer".

A description leads to the one person whom the report calls so, in a title or an apposition, or to the one body that
has the word in its name. With several, the one whose words match best; alike, nobody, and they are candidates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, Mention, Span, Statement
from onrecord.resolve.body_sources import by_body, is_body, may_be_person, without_commas, without_seat
from onrecord.resolve.body_words import SMALL
from onrecord.resolve.called_people import EMPTY, called_people, fits_none, not_any_more
from onrecord.resolve.callings import plain_words
from onrecord.resolve.campaigns import by_campaign
from onrecord.resolve.epithets import by_epithet, only_near
from onrecord.resolve.kin import by_kin, is_kin, is_kin_of_another
from onrecord.resolve.offices import is_office, office_letters
from onrecord.resolve.paraphrases import is_official, paraphrased
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.pronoun_sources import last_actor
from onrecord.resolve.scene import SEVERAL, UNNAMED, Answer, Scene, last_name
from onrecord.resolve.source_types import type_of_words
from onrecord.resolve.traits import head_word

_INDEFINITE: Final = re.compile(r"(?:an?|another|one|some|two|three|four|several|many|a\s+few|both)\s", re.IGNORECASE)
_CUT: Final = re.compile(r"\s*(?:,|\(|—|–|\b(?:who|whose|which|that)\b)")
_STYLE: Final = re.compile(
    r"(?:His|Her) (?:Royal |Serene |Imperial )?(?:Highness|Majesty|Excellency|Holiness|Eminence) (?=the )"
)
_SHORT_FORM: Final = re.compile(r"\s\([A-Z]{2,8}\)(?=\s[a-z])")
#: `China's ambassador to Britain`: as definite as with "the".
_POSSESSED: Final = re.compile(r"[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}[’']s?\s")
#: `the Harrow Democrat’s` claim: whose words they are.
_POSSESSIVE: Final = re.compile(r"[’']s?$")
#: `the Florida senator`: told from others by the place.
_OF_PLACE: Final = re.compile(r"[Tt]he (?:[A-Z][\w.’-]*\s){1,3}[a-z]")
#: Offices of which a country has one in each other: told by more than the noun, they must fit by it.
_POSTED: Final = frozenset("ambassador envoy consul".split())
#: Words of a title without an article, at most.
_MOST_WORDS: Final = 4
#: Characters of a headline, at most.
_MOST_OF_HEADLINE: Final = 110
_MARKS: Final = "”’\"' "
_STOPS: Final = (".", "!", "?", ",", ";", ":", "…")
_READ: Final = re.compile(r"\b(?:read|reads|reading|quoted|cited)$")
#: Somebody else's text, from which is read aloud.
_FROM_TEXT: Final = re.compile(
    r"\s(?:out\s|aloud\s)?from\s(?:an?|the)\s(?:[a-z]+\s)?(?:letter|statement|message|note|memo|email|e-mail)\s"
    r"(?:(?:signed|written|sent|issued|left)\s)?(?:by|from)\s"
)
#: Characters in which a title may stand before the name.
_TITLE: Final = 24
#: Texts that somebody writes and is cited from: the writer is the source.
_TEXTS: Final = frozenset("statement letter post email e-mail tweet memo message note op-ed essay".split())


def by_description(source: Span, statement: Statement, earlier: Sequence[Statement], scene: Scene) -> Answer:
    """The person or body that the words of a source describe; unknown where none or several are called so."""
    words = _CUT.split(
        without_commas(without_seat(_SHORT_FORM.sub("", _STYLE.sub("", scene.words(source))))), maxsplit=1
    )[0]
    words = _POSSESSIVE.sub("", words)
    head = head_word(words) if words else ""
    if (campaign := by_campaign(words, source, earlier, scene)) is not None:
        return campaign
    definite = words.lower().startswith(("the ", "this ", "that ")) or _POSSESSED.match(words) or is_kin(words)
    if not definite and not is_office(words) and not _is_bare_title(words, source, scene):
        holder = _holder(words, head, scene)
        return Answer(None, (), UNNAMED) if holder is None else Answer(holder, (source,), share=0.8)
    if is_body(head) and not (may_be_person(head) and called_people(words, head, scene)):
        return by_body(words, head, source, statement, earlier, scene)
    if head in _TEXTS:
        return _author(head, source, earlier, scene)
    if (kin := by_kin(words, scene)) is not None:
        return Answer(kin, (source,), share=0.8)
    place = min(source.start, statement.content[0].start)
    official = _official(words, head, place, earlier, scene)
    if official is not None:
        return Answer(official, (source, *last_name(official, source.start, scene)), share=0.7)
    if (
        head in EMPTY
        or is_the_other(words)
        or type_of_words(words) != "unnamed person"
        or _was_nameless(head, source, earlier, scene)
    ):
        return Answer(None, (), UNNAMED)
    best = [one for one in called_people(words, head, scene) if not is_kin_of_another(one, words, scene)]
    best = not_any_more(words, head, best, scene)
    if fits_none(words, head, best, scene):
        best = _in_other_words(words, head, best, scene)
    if len(best) == 1:
        return Answer(best[0], (source,), share=0.8)
    meant = _meant(words, head, place, best, earlier, scene)
    if meant is not None:
        return Answer(meant, (source, *last_name(meant, source.start, scene)), share=0.7)
    return Answer(None, (), SEVERAL if best else UNNAMED, tuple(best[:4]))


def _in_other_words(words: str, head: str, best: list[Entity], scene: Scene) -> list[Entity]:
    """Who has the office under another word: instead of somebody called by the noun alone where the noun is as plain as
    "minister"; "the Ilsay chief" is rather a chief of whom no more is told."""
    if head in _POSTED:
        return []
    return best if best and head != "minister" else paraphrased(words, head, scene) or best


def _official(words: str, head: str, place: int, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """`the official`: the office holder who was told of or cited last."""
    if head != "official" or not words.lower().startswith("the "):
        return None
    actor = last_actor(place, "person", earlier, scene)
    return actor if actor is not None and is_official(actor, words, place, scene) else None


def _meant(
    words: str, head: str, place: int, best: Sequence[Entity], earlier: Sequence[Statement], scene: Scene
) -> Entity | None:
    """Whom an epithet stands for; `the Narland leader` may be another than the presidents of other countries, and "the
    Narland senator" than the senators from elsewhere. Else the only one called so who is told of near."""
    meant = by_epithet(words, head, place, earlier, scene, best)
    if meant is not None or not best:
        return meant
    if fits_none(words, head, best, scene) and (head == "leader" or _OF_PLACE.match(words)):
        another = by_epithet(words, head, place, earlier, scene, [])
        return another if head == "leader" or another not in best else None
    return only_near(words, head, place, best, scene)


def _author(head: str, source: Span, earlier: Sequence[Statement], scene: Scene) -> Answer:
    """`the letter` of somebody who has just been cited from one."""
    near = [one for one in earlier if scene.paragraph(one.content[0].start) >= scene.paragraph(source.start) - 1]
    for one in reversed(near):
        author, sentence = scene.speaker(one), scene.sentence((one.source or one.content[0]).start)
        told = scene.words(scene.sentences[sentence]).lower() if 0 <= sentence < len(scene.sentences) else ""
        if author is not None and one.source is not None and re.search(rf"\b{head}\b", told):
            return Answer(author, (source,), share=0.8)
    return Answer(None, (), UNNAMED)


def written_by(statement: Statement, scene: Scene) -> Answer | None:
    """`“I am ready,” Lund read from a letter signed by Moe`: the words are Moe's."""
    read = None if statement.cue is None else _READ.search(scene.words(statement.cue))
    text = None if read is None or statement.cue is None else _FROM_TEXT.match(scene.document.text, statement.cue.end)
    if text is None:
        return None
    for mention in scene.beginning_in(Span(text.end(), text.end() + _TITLE)):
        entity = scene.entity(mention)
        if mention.form == "name" and entity is not None and entity.kind in ("person", "organisation"):
            return Answer(entity, (mention.span,), share=0.9)
    return Answer(None, (), UNNAMED, kind="document")


def _was_nameless(head: str, source: Span, earlier: Sequence[Statement], scene: Scene) -> bool:
    """`a spokesman said … the spokesman said`: the same one, still without a name if nobody is called so since."""
    told = [one.source for one in earlier if one.source is not None and one.speaker is None]
    nameless = [one.end for one in told if _brings_in(scene.words(one), head)]
    since = [name for one in called_people(head, head, scene) for name in scene.names_of(one)] if nameless else []
    return bool(nameless) and not any(nameless[-1] <= name.start < source.start for name in since)


def _brings_in(words: str, head: str) -> bool:
    return words.lower().startswith(("a ", "an ", "one ", "another ")) and head_word(words) == head


def _is_bare_title(words: str, source: Span, scene: Scene) -> bool:
    """`Lawmaker urges …`: headlines leave articles out."""
    bare = not words.lower().startswith(("a ", "an "))
    return bare and len(words.split()) <= _MOST_WORDS and _is_in_headline(source, scene)


def _is_in_headline(source: Span, scene: Scene) -> bool:
    """Whether a source stands in a headline: the first line, or another short one that no stop ends."""
    number = scene.paragraph(source.start)
    line = scene.paragraphs[number] if number > 0 else None
    return line is None or (len(line) <= _MOST_OF_HEADLINE and not scene.words(line).rstrip(_MARKS).endswith(_STOPS))


def _holder(words: str, head: str, scene: Scene) -> Entity | None:
    """`Harbour Board chief says …` between other headlines: the one whom all words of a title without article fit."""
    if (
        head not in ROLES
        or not words[0].isupper()
        or words.startswith(("A ", "An "))
        or len(words.split()) > _MOST_WORDS
    ):
        return None
    found = called_people(words, head, scene)
    if fits_none(words, head, found, scene):
        found = paraphrased(words, head, scene)
    wanted = frozenset(plain_words(words)) - SMALL - {head, "from"}
    fitting = [one for one in found if any(wanted <= bag for bag in scene.callings[one.id])]
    return fitting[0] if wanted and len(fitting) == 1 else None


def is_the_other(words: str) -> bool:
    """`the other driver`: not the driver who has been named."""
    return words.lower().startswith("the other ")


def called_so(source: Span, scene: Scene) -> Entity | None:
    """The only person whom the report calls by the head of `the judge`, whatever coreference says."""
    words = _CUT.split(scene.words(source), maxsplit=1)[0]
    head = head_word(words) if words else ""
    if not words.lower().startswith("the ") or head in EMPTY or is_body(head) or head in _TEXTS:
        return None
    best = called_people(words, head, scene)
    return best[0] if len(best) == 1 else None


def is_of_office(source: Span, scene: Scene) -> bool:
    """`the SP`, `The Harrow South MP`: the letters are an office that somebody has, no body and no part of a place."""
    words = scene.words(source)
    letters = office_letters(words)
    if not letters or not (
        is_office(letters) or any(letters in bag for bags in scene.callings.values() for bag in bags)
    ):
        return False
    spelled = [
        one
        for mention in scene.beginning_in(source)
        if scene.words(mention.span) == letters
        for one in _names(mention, scene)
    ]
    return all(name == letters or name.split()[-1].lower() in ROLES for name in spelled)


def _names(mention: Mention, scene: Scene) -> list[str]:
    entity = scene.entity(mention)
    return [] if entity is None or entity.name is None else [scene.words(entity.name)]


def is_somebody_else(mention: Mention, entity: Entity, scene: Scene) -> bool:
    """`an engineer`, `two people`: whom the report brings in without a name is none of those with one, whatever
    coreference says, unless it is set off beside the name or called so elsewhere: "a nurse … Ann Lee, the nurse"."""
    words = scene.words(mention.span)
    if mention.form != "nominal" or not _INDEFINITE.match(words):
        return False
    beside = any(_is_set_off(mention.span, name, scene) for name in scene.names_of(entity))
    head = head_word(words)
    return not beside and not any(head in bag for bag in scene.callings.get(entity.id, ()))


def _is_set_off(one: Span, other: Span, scene: Scene) -> bool:
    first, second = sorted((one, other))
    return first.end <= second.start and not scene.document.text[first.end : second.start].strip(" ,(—–")
