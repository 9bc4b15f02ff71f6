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
from onrecord.resolve.callings import plain_words
from onrecord.resolve.epithets import by_epithet
from onrecord.resolve.scene import SEVERAL, UNNAMED, Answer, Scene, fits, last_name
from onrecord.resolve.source_types import type_of_words
from onrecord.resolve.traits import MEN, WOMEN, head_word

_INDEFINITE: Final = re.compile(r"(?:an?|another|one|some|two|three|four|several|many|a\s+few|both)\s", re.IGNORECASE)
_CUT: Final = re.compile(r"\s*(?:,|\(|—|–|\b(?:who|whose|which|that)\b)")
_STYLE: Final = re.compile(
    r"(?:His|Her) (?:Royal |Serene |Imperial )?(?:Highness|Majesty|Excellency|Holiness|Eminence) (?=the )"
)
_SHORT_FORM: Final = re.compile(r"\s\([A-Z]{2,8}\)(?=\s[a-z])")
#: `China's ambassador to Britain`: as definite as with "the".
_POSSESSED: Final = re.compile(r"[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}[’']s?\s")
#: `his mother`: of kin there are few.
_KIN: Final = re.compile(
    r"(?:[Hh]is|[Hh]er|[Tt]heir|[Tt]he (?:\w+ )?\w+[’']s) (?:(?:older|younger|elder|late|twin) )?"
    r"(?:father|mother|wife|husband|brother|sister|son|daughter|uncle|aunt|cousin|grandfather|grandmother|widow|partner)"
)
#: Heads that say no more than that it is a person, or that it is many.
_EMPTY: Final = frozenset("man woman person people one source official aide".split())
#: Who is called so by a paper is meant to stay without a name, unless the paper calls somebody so by name.
_NAMELESS: Final = frozenset("official aide source diplomat insider spokesman spokeswoman spokesperson".split())
_ACADEMIC: Final = frozenset("dr prof professor".split())
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
_SAME: Final = (
    frozenset(("spokesman", "spokeswoman", "spokesperson")),
    frozenset(("judge", "justice", "magistrate")),
    frozenset(("lawyer", "attorney", "solicitor", "barrister")),
    frozenset(("mp", "lawmaker", "legislator", "parliamentarian")),
    frozenset(("lawmaker", "congressman", "congresswoman", "senator", "representative", "rep", "sen")),
    frozenset(("chairman", "chairwoman", "chair", "chairperson")),
    frozenset(("president", "leader")),
    frozenset(("governor", "gov")),
    frozenset(("professor", "prof")),
    frozenset(("senator", "sen")),
    frozenset(("general", "gen")),
)
#: What one may be called who holds another office: no president is "the premier".
_ALSO: Final = {
    "leader": frozenset(("leader", "president", "premier", "chancellor", "chairman")),
    "premier": frozenset(("premier",)),
    "teacher": frozenset(("teacher", "lecturer", "professor", "schoolteacher")),
}
_PRIME_MINISTER: Final = frozenset(("prime", "minister"))
#: Offices of two words, each of which is another office, or none, without the other.
_OFFICES_OF_TWO: Final = tuple(
    frozenset(office.split())
    for office in ("attorney general", "solicitor general", "surgeon general", "inspector general", "vice president")
)
#: Story paragraphs that may describe first whom they name later.
_LEAD_PARAGRAPHS: Final = 2
#: Where a report is one long paragraph, so much of it is its lead.
_LEAD_CHARACTERS: Final = 500


def by_description(source: Span, statement: Statement, earlier: Sequence[Statement], scene: Scene) -> Answer:
    """The person or body that the words of a source describe; unknown where none or several are called so."""
    words = _CUT.split(
        without_commas(without_seat(_SHORT_FORM.sub("", _STYLE.sub("", scene.words(source))))), maxsplit=1
    )[0]
    head = head_word(words) if words else ""
    definite = words.lower().startswith(("the ", "this ", "that ")) or _POSSESSED.match(words) or _KIN.fullmatch(words)
    if not definite and not _is_bare_title(words, source, scene):
        return Answer(None, (), UNNAMED)
    if is_body(head) and not (may_be_person(head) and _called(words, head, scene)):
        return by_body(words, head, source, statement, earlier, scene)
    if head in _TEXTS:
        return _author(head, source, earlier, scene)
    if head in _EMPTY or type_of_words(words) != "unnamed person" or _was_nameless(head, source, earlier, scene):
        return Answer(None, (), UNNAMED)
    best = _called(words, head, scene)
    if len(best) == 1:
        return Answer(best[0], (source,), share=0.8)
    meant = by_epithet(words, head, min(source.start, statement.content[0].start), earlier, scene, best)
    if meant is not None:
        return Answer(meant, (source, *last_name(meant, source.start, scene)), share=0.7)
    return Answer(None, (), SEVERAL if best else UNNAMED, tuple(best[:4]))


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
    since = [name for one in _called(head, head, scene) for name in scene.names_of(one)] if nameless else []
    return bool(nameless) and not any(nameless[-1] <= name.start < source.start for name in since)


def _brings_in(words: str, head: str) -> bool:
    return words.lower().startswith(("a ", "an ")) and head_word(words) == head


def _is_bare_title(words: str, source: Span, scene: Scene) -> bool:
    """`Lawmaker urges …`: headlines leave articles out."""
    bare = not words.lower().startswith(("a ", "an "))
    return bare and scene.paragraph(source.start) == 0 and len(words.split()) <= 4


def called_so(source: Span, scene: Scene) -> Entity | None:
    """The only person whom the report calls by the head of `the judge`, whatever coreference says."""
    words = _CUT.split(scene.words(source), maxsplit=1)[0]
    head = head_word(words) if words else ""
    if not words.lower().startswith("the ") or head in _EMPTY or is_body(head) or head in _TEXTS:
        return None
    best = _called(words, head, scene)
    return best[0] if len(best) == 1 else None


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


def _called(words: str, head: str, scene: Scene) -> list[Entity]:
    """The persons whom the report calls by the head of a description, those whose other words match best."""
    named = _ALSO.get(head) or next((same for same in _SAME if head in same), frozenset((head,)))
    wanted = frozenset(plain_words(words)) - SMALL - {head}
    ranked: list[tuple[int, Entity]] = []
    for entity in scene.people:
        bags = [bag for bag in scene.callings[entity.id] if _is_called(named, wanted, bag)]
        if bags:
            ranked.append((max(len(wanted & bag) for bag in bags), entity))
    best = max((score for score, _ in ranked), default=0)
    if wanted and best == 0 and len(ranked) > 1:
        return [entity for _, entity in ranked]
    return [entity for score, entity in ranked if score == best]


def _is_called(named: frozenset[str], wanted: frozenset[str], bag: frozenset[str]) -> bool:
    """`the president` is no vice president, and `a lawyer` no attorney general."""
    if "counterpart" in bag and bag & wanted:  # `his Irish counterpart Ann Lee`: the Irish minister
        return True
    if "premier" in named and bag >= _PRIME_MINISTER:
        return True
    offices = [office for office in _OFFICES_OF_TWO if office <= bag and not named.isdisjoint(office)]
    return not named.isdisjoint(bag) and all(office <= named | wanted for office in offices)


# --- described first, named later ------------------------------------------------------------------------------------


def named_later(statement: Statement, statements: Sequence[Statement], scene: Scene) -> Entity | None:
    """`A Cumbrian farmer has called …` in headline or lead: who is introduced by name with the next words quoted.

    Someone who is described there by a title only is looked for by that title among all whom the report names first
    further down."""
    source = statement.source
    if source is None or statement.inside is not None or not _is_in_lead(source, scene):
        return None
    words = _CUT.split(scene.words(source), maxsplit=1)[0]
    if type_of_words(words) != "unnamed person" or not re.match(r"(?:[Aa]n? |[Tt]he |[A-Z])", words):
        return None
    later = [one for one in scene.people if scene.names_of(one)[0].start > source.end]
    head = head_word(words)
    called = [] if head in _EMPTY else [one for one in _called(words, head, scene) if one in later]
    if len(called) == 1:
        return called[0]
    return _introduced_next(source, words, later, statements, scene) if not called else None


def _is_in_lead(source: Span, scene: Scene) -> bool:
    story = [block.span for block in scene.document.blocks if block.kind == "paragraph"]
    if not story:
        return True
    return source.start < min(story[min(len(story), _LEAD_PARAGRAPHS) - 1].end, story[0].start + _LEAD_CHARACTERS)


def _introduced_next(
    source: Span, words: str, later: Sequence[Entity], statements: Sequence[Statement], scene: Scene
) -> Entity | None:
    """The first person named after a lead, when the next quotation is that person's."""
    if not words.lower().startswith(("a ", "an ", "the ")) or not later:
        return None
    paragraph = scene.paragraph(source.start)
    quoted = next((one for one in statements if one.kind != "indirect" and _is_after(one, source)), None)
    if quoted is None or scene.paragraph(quoted.content[0].start) > paragraph + 1 or quoted.source is None:
        return None
    first = min(later, key=lambda one: scene.names_of(one)[0].start)
    if scene.speaker(quoted) is not first or not quoted.source.covers(scene.names_of(first)[0]):
        return None
    if head_word(words) in _NAMELESS or _has_another_office(first, scene):
        return None
    if any(fits(one, "", scene) for one in _named_before(source, paragraph, scene)):
        return None
    said = frozenset(words.lower().split())
    gender = "" if MEN.isdisjoint(said) and WOMEN.isdisjoint(said) else "woman" if MEN.isdisjoint(said) else "man"
    return first if not gender or fits(first, gender, scene) else None


def _has_another_office(entity: Entity, scene: Scene) -> bool:
    """`An engineer said … Mayor Ann Poole said`: who is brought in by a title in front is not the one of the lead, whom
    the report would have called so."""
    name = scene.names_of(entity)[0]
    ahead = [title for title in entity.titles if title.end <= name.start and not _between(title, name, scene).strip()]
    return any(_ACADEMIC.isdisjoint(plain_words(scene.words(title))) for title in ahead)


def _between(one: Span, other: Span, scene: Scene) -> str:
    return scene.document.text[one.end : other.start]


def _is_after(statement: Statement, source: Span) -> bool:
    return statement.content[0].start > source.end and statement.source != source


def _named_before(source: Span, paragraph: int, scene: Scene) -> list[Entity]:
    """Persons who act in the lead before its source: it may be one of them."""
    span = Span(scene.paragraphs[paragraph].start, max(source.start, scene.paragraphs[paragraph].start + 1))
    return [one for mention in scene.within(span) if (one := scene.entity(mention)) is not None and one in scene.people]
