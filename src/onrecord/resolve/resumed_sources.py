"""Sources that are brought in without a name, which the report gives when it takes them up.

    A baker said … The baker, Ann Poole, keeps two ovens   ->  Ann Poole
    A woman urged … Mrs Ann Poole, the woman, …            ->  Ann Poole
    A baker said … “We rose early,” she told the Courier   ->  whoever the baker turned out to be

In the lead it may be told in other ways, for which there is `onrecord.resolve.named_later`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from onrecord.record import Entity, Span, Statement
from onrecord.resolve.scene import MALE, SINGULAR, Scene, fits
from onrecord.resolve.traits import MEN, WOMEN, head_word

#: `A baker`, and `At the gate a baker`.
_BROUGHT_IN: Final = re.compile(
    r"(?:(?:At|In|On|Outside|Inside|Near|Behind|By|From)\s(?:[\w’'-]+\s){1,4})?(?P<words>(?:an?|one)\s.+)",
    re.IGNORECASE,
)
#: Where the noun ends, beside what ends a noun elsewhere: "a baker outside the hall", "a baker attached to the inn".
_BEHIND_NOUN: Final = re.compile(
    r"\s(?:outside|inside|beside|above|below|upstream|downstream|across|opposite|along|who\b.*|\w+(?:ed|ing)\s(?:to|by|in|for))\b.*"
)
#: What may stand behind the name of whoever is taken up.
_CLOSED: Final = re.compile(r"[,.]|\s(?:of|from|at|who)\b|$")
#: Characters in which somebody who was brought in is taken up.
_REACH: Final = 1200
#: What may stand before the name: "Mr", "retired fitter".
_AHEAD: Final = re.compile(r"(?:[\w.-]+\s){0,3}")
_MOST_AHEAD: Final = 40


def taken_up(statement: Statement, _: Sequence[Statement], scene: Scene) -> Entity | None:
    """Whom the report names where it goes on to tell of `A baker` as "the baker"."""
    source = statement.source
    brought_in = None if source is None or statement.inside is not None else _BROUGHT_IN.fullmatch(scene.words(source))
    if source is None or brought_in is None:
        return None
    words = brought_in["words"]
    head = head_word(_BEHIND_NOUN.sub("", words))
    if not head.isalpha():
        return None
    text, end = scene.document.text, min(source.end + _REACH, len(scene.document.text))
    found = _resuming(head).search(text, source.end, end)
    if found is None or found["another"] is not None:
        return None
    entity = _named_behind(found.end(), scene) or _named_ahead(found.start(), scene)
    return entity if entity is not None and fits(entity, _gender(words), scene) else None


def still_told_of(statement: Statement, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """`A baker said … she added`: who was brought in a sentence before, and is known by now."""
    source = statement.source
    word = "" if source is None else scene.words(source).lower()
    if source is None or word not in SINGULAR or statement.inside is not None:
        return None
    before = [
        one for one in earlier if one.inside is None and one.source is not None and one.source.start < source.start
    ]
    last = before[-1] if before else None
    if last is None or last.source is None or not _is_just_before(last, source, scene):
        return None
    entity, gender = scene.speaker(last), "man" if word in MALE else "woman"
    resumed = _BROUGHT_IN.match(scene.words(last.source)) or scene.words(last.source).lower() in SINGULAR
    named = [scene.entity(one) for one in scene.within(Span(last.source.start, source.start)) if one.form == "name"]
    if entity is None or not resumed or any(one is not entity and one in scene.people for one in named):
        return None
    return entity if fits(entity, gender, scene) else None


@lru_cache(maxsize=256)
def _resuming(head: str) -> re.Pattern[str]:
    """The next place that has `the baker,`, or "a baker" again, who is another."""
    return re.compile(rf"\b(?:[Tt]he\s{head},\s|(?P<another>(?:[Aa]n?|[Aa]nother)\s(?:\w+\s){{0,2}}{head}\b))")


def _named_behind(place: int, scene: Scene) -> Entity | None:
    """`The baker, Mrs Ann Poole, …`."""
    for mention in scene.beginning_in(Span(place, place + _MOST_AHEAD)):
        if mention.form == "name" and mention.kind == "person":
            ahead = _AHEAD.fullmatch(scene.document.text, place, mention.span.start)
            closed = _CLOSED.match(scene.document.text, mention.span.end)
            return scene.entity(mention) if ahead and closed else None
    return None


def _named_ahead(place: int, scene: Scene) -> Entity | None:
    """`Mrs Ann Poole, the baker, …`."""
    for mention in scene.within(Span(max(place - _MOST_AHEAD, 0), place)):
        if mention.form == "name" and mention.kind == "person" and mention.span.end == place - 2:
            return scene.entity(mention) if scene.document.text[place - 2] == "," else None
    return None


def _gender(words: str) -> str:
    said = frozenset(words.lower().split())
    return "man" if not MEN.isdisjoint(said) else "woman" if not WOMEN.isdisjoint(said) else "person"


def _is_just_before(statement: Statement, source: Span, scene: Scene) -> bool:
    last = max(span.start for span in (*statement.content, statement.source) if span is not None)
    return scene.sentence(last) >= scene.sentence(source.start) - 1
