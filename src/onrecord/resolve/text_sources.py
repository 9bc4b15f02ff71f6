"""Sources that are texts: a statement by Ann Lee is her word, a body's figures are its word, and a poll stays a poll.

a statement issued in Torvik by Mr. Bo Hill, the registrar     ->  Bo Hill
Lee's letter, the forecasts of the Harbour Bank                ->  Lee, Harbour Bank
a poll by Marsh, a report from the Harbour Bank                ->  nobody, and its maker is a candidate
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, Mention, Span
from onrecord.resolve.scene import UNNAMED, Answer, Scene
from onrecord.resolve.source_mentions import head_mention, makers
from onrecord.resolve.source_types import type_of_words

#: Texts in which a person speaks, and those in which a body does.
_PERSON_SPEAKS: Final = frozenset(
    """statement announcement memo letter tweet email e-mail release post message note op-ed speech remark comment
    testimony address sermon column blog""".split()
)
_BODY_SPEAKS: Final = frozenset("statement announcement figure forecast estimate projection statistic data".split())
_TEXT: Final = re.compile(
    rf"\b(?P<text>{'|'.join(sorted(_PERSON_SPEAKS | _BODY_SPEAKS, key=lambda noun: (-len(noun), noun)))})s?(?!\w)"
)
_BY: Final = re.compile(r"\b(?:by|from|of)\s(?:the\s)?")
#: `the letter from the Speaker`: not of whoever was cited last.
_FROM: Final = re.compile(r"\s(?:by|from)\s")
#: What may stand between whose a text is and the text: `’s open`.
_POSSESSIVE: Final = re.compile(r"[’']s?\s(?:[\w-]+\s){0,3}")
#: Words that may stand before a text: `the second long`.
_BEFORE: Final = re.compile(r"(?:[\w-]+\s){0,4}")
#: Books, as they are called once their names have been given.
_BOOK: Final = re.compile(
    r"(?:[Tt]he|[Hh]is|[Hh]er|[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}[’']s?)\s(?:book|novel|memoirs?|biography|autobiography)"
)
#: What stands before the name of a book: `her memoir of the war, entitled`.
_CALLED: Final = re.compile(
    r"\b(?:book|novel|memoirs?|biography|autobiography)\b(?:\s[^.,;\n]{1,50})?,?\s"
    r"(?:(?:called|titled|entitled)\s)?[“\"'‘]*(?:The )?\Z"
)
#: Characters before a name in which it is said what it is of.
_BESIDE: Final = 90
#: A name that was cut short: `African` Development Bank.
_CUT: Final = re.compile(r"(?<![\w.])[A-Z][\w.]+\s$")


def by_text(source: Span, words: str, scene: Scene) -> Answer | None:
    """Who speaks in a text; nobody with its makers as candidates where it is not for sure; None where it is no text."""
    if (book := _book(source, words, scene)) is not None:
        return Answer(book, (source,), share=0.8)
    inside = scene.beginning_in(source)
    text = _TEXT.search(words)
    if not any(one.form == "name" for one in inside):
        return (
            Answer(None, (), UNNAMED, kind="document") if text is not None and _FROM.match(words, text.end()) else None
        )
    author = None if text is None else _author(source, words, text, scene)
    if author is not None and text is not None and (answer := _word_of(author, text["text"], scene)) is not None:
        return answer
    if _is_named_text(inside, source):
        return None
    made = makers(source, inside, scene.document) if type_of_words(words) == "document" else ()
    named = tuple(entity for one in made if (entity := scene.entity(one)) is not None and entity.name is not None)
    return Answer(None, (), UNNAMED, named, kind="document") if made else None


def _is_named_text(inside: Sequence[Mention], source: Span) -> bool:
    """`The Harbour Act of 2009, introduced by Lund`: a text that has a name goes by it, whoever made it."""
    first = next((one for one in inside if one.form == "name"), None)
    return first is not None and first.kind == "other" and first.span.start - source.start <= len("The ")


def _book(source: Span, words: str, scene: Scene) -> Entity | None:
    """`the book`, "Moe's novel": the one text that the report has called a book beside its name."""
    if _BOOK.fullmatch(words) is None:
        return None
    named = [one for one in scene.entities if one.kind == "other" and one.name is not None]
    found = [one for one in named if any(_is_called_book(name, source, scene) for name in scene.names_of(one))]
    return found[0] if len(found) == 1 else None


def _is_called_book(name: Span, source: Span, scene: Scene) -> bool:
    start = max(name.start - _BESIDE, 0)
    return name.end <= source.start and _CALLED.search(scene.document.text, start, name.start) is not None


def _author(source: Span, words: str, text: re.Match[str], scene: Scene) -> Mention | None:
    """Whose a text is: the name right before it, or behind it after "by" or "from"."""
    by = _BY.search(words, text.end()) if _BEFORE.fullmatch(words, 0, text.start()) else None
    if by is not None:
        behind = Span(source.start + by.end(), source.end) if by.end() < len(source) else source
        return head_mention(behind, scene.beginning_in(behind), scene.document)
    for mention in scene.beginning_in(source):
        end = mention.span.end - source.start
        if end < text.start() and _POSSESSIVE.fullmatch(words, end, text.start()):
            ahead = Span(source.start, mention.span.end)
            return head_mention(ahead, scene.beginning_in(ahead), scene.document)
    return None


def _word_of(author: Mention, text: str, scene: Scene) -> Answer | None:
    entity = scene.entity(author)
    if author.form != "name" or entity is None or entity.name is None:
        return None
    if entity.kind == "person":
        return Answer(entity, (author.span,), share=0.9) if text in _PERSON_SPEAKS else None
    cut = _CUT.search(scene.document.text, max(author.span.start - 24, 0), author.span.start)
    if entity.kind != "organisation" or text not in _BODY_SPEAKS or cut is not None:
        return None
    return Answer(entity, (author.span,), share=0.9, kind="document")
