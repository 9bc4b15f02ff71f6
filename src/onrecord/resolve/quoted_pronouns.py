"""Who "he" or "the chief executive" is in the mouth of somebody: whom the quotation tells of, never its speaker.

    “My son drives. He told me, ‘Nobody works there,’” the chief said   ->   the son, who has no name
    “I asked Lund. He said no,” Moe said                                ->   Lund

Of a quotation that tells of nobody before its pronoun, the report around it may say who is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.record import Mention, Span, Statement
from onrecord.resolve.scene import UNNAMED, Answer, Scene, fits, last_name
from onrecord.resolve.several_sources import is_plural
from onrecord.resolve.traits import traits_of

_OPENERS: Final = ("“", "‘", '"', "'", "«", "„")


def quotation_around(statement: Statement, earlier: Sequence[Statement], scene: Scene) -> Statement | None:
    """The quotation, or the turn of an interview, that a statement stands in word for word."""
    outer = next((one for one in earlier if one.id == statement.inside), None)
    if outer is None or outer.kind != "direct" or _is_left_open(outer, earlier):
        return None
    around = [span for span in outer.content if span.covers(statement.content[0])]
    turn = "turn" in outer.origin.step
    return outer if turn or any(scene.document.text.startswith(_OPENERS, span.start) for span in around) else None


def told_of_in_quotation(source: Span, gender: str, outer: Statement, scene: Scene) -> Answer | None:
    """The person whom the quotation around a pronoun tells of last before it; nameless when nobody names that one."""
    told = next(_told_before(source, outer, gender, scene), None)
    if told is None:
        return None
    entity = scene.entity(told)
    if entity is None or entity.name is None or entity is scene.speaker(outer):
        return Answer(None, (), UNNAMED, kind="unnamed person")
    return Answer(entity, (told.span, *last_name(entity, source.start, scene)), share=0.8)


def _is_left_open(quotation: Statement, earlier: Sequence[Statement]) -> bool:
    """`“We want both, says Lund. She adds that …`: where the mark that ends it is missing, the report goes on in it."""
    start = quotation.content[0].start
    return any(one.inside == quotation.id and one.content[0].start == start for one in earlier)


def other_than_speaker(answer: Answer, statement: Statement, earlier: Sequence[Statement], scene: Scene) -> Answer:
    """`“The chief executive sees it so,” Lund said`: whom a quotation describes is not whose words it is."""
    outer = None if answer.speaker is None else quotation_around(statement, earlier, scene)
    own = outer is not None and answer.speaker is scene.speaker(outer) and scene.speaker(outer) in scene.people
    return Answer(None, (), UNNAMED) if own else answer


def _told_before(source: Span, outer: Statement, gender: str, scene: Scene) -> Iterator[Mention]:
    """Of the sentences before a pronoun, the nearest first, the first person told of who fits."""
    spans = [Span(span.start, min(span.end, source.start)) for span in outer.content if span.start < source.start]
    for span in reversed(spans):
        first: dict[int, Mention] = {}
        for mention in scene.within(span):
            if _may_be(mention, gender, scene):
                first.setdefault(scene.sentence(mention.span.start), mention)
        yield from reversed(first.values())


def _may_be(mention: Mention, gender: str, scene: Scene) -> bool:
    if mention.kind != "person" or mention.form == "pronoun":
        return False
    entity = scene.entity(mention)
    if mention.form == "name":
        return entity is not None and fits(entity, gender, scene)
    return not is_plural(scene.words(mention.span)) and traits_of(scene.document, mention).gender in ("", gender)
