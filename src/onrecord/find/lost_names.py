"""Names that the choice among ways to cut them lost, though the tags see them or the report has them elsewhere.

    Representative Ann Bely, Democrat of Norland     Bely … Ann Bely     Nil Hedge … Nil + Hedge

Adds names to those found, and makes a surname whole by the tags before it; says nothing about whose name it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.find.encoder import Scores
from onrecord.find.labels import NAME_KINDS, TAGS
from onrecord.find.name_bounds import TITLES, initialled, person_bounds, trimmed, without_titles
from onrecord.record import Document, MentionKind, Span

_PERSON: Final = TAGS["name"].index("B-person")
#: What each word of a lost name is at least given for a person's.
_SEEN: Final = 0.7
#: What the word before a surname is at least given for a person's, to be the given name.
_FIRST: Final = 0.15
#: Below this a name is looked at again, and is not looked for elsewhere.
_SURE: Final = 0.5
#: What the word behind a given name is at least given for a person's, to be the surname.
_MAYBE: Final = 0.15
#: What a name is worth that a title gives away.
_BY_TITLE: Final = 0.5
_TITLED: Final = re.compile(
    r"(?<![\w.])(?:Mr|Mrs|Ms|Prof|Rev|Sen|Rep|Gov)\.\s(?P<first>[A-Z][a-z][\w-]*)(?:\s(?:[A-Z]\.\s)?(?P<further>[A-Z][a-z][\w-]*))?"
)
#: What may stand behind a surname with a capital: `Mr. Bely Monday`, `Mr. Bely Goes Home`.
_NO_SURNAME: Final = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[A-Z][\w-]*[ \xa0](?:[A-Z]|on\b|in\b|to\b)"
)
_GIVEN_AND_SURNAME: Final = re.compile(
    r"(?:[A-Z][\w’'-]+|(?:[A-Z]\.\s?){1,3}(?<!\s))"
    r"(?:\s(?:(?:[A-Z]\.){1,3}|(?:de|van|von|al|bin|der|la|da|di)\b|[A-Z][\w’'-]+)){1,3}"
)


class Found(NamedTuple):
    """A name as found: place, kind, probability."""

    span: Span
    kind: MentionKind
    score: float


def by_initials(text: str, scores: Scores, tagged: Sequence[Found]) -> Iterator[Found]:
    """Names by their initials that the tags speak for and that got lost among many ways to cut them: "K.C. Maurer"."""
    taken = sorted(found.span for found in tagged)
    starts = scores.words[:, 0]
    for span in initialled(text):
        first, end = starts.searchsorted((span.start, span.end)).tolist()
        if not _overlapping(taken, span) and is_in_story(scores, span):
            chances = np.exp(scores.tags["name"][first:end]).mean(axis=0)
            kind: MentionKind = NAME_KINDS[int((chances[1::2] + chances[2::2]).argmax())]
            if chances[0] < 0.5:
                yield Found(span, kind, round(float((1 - chances[0]) / 2), 4))


def seen_people(document: Document, scores: Scores, tagged: Sequence[Found]) -> Iterator[Found]:
    """People whom the tags see, and that got lost for the title before or the party behind them: "Representative Ann
    Bely, Democrat of Norland"."""
    text, taken = document.text, sorted(found.span for found in tagged)
    people = [found.span for found in tagged if found.kind == "person"]
    starts = frozenset(sentence.start for sentence in document.sentences)
    headlines = [block.span for block in document.blocks if block.kind in ("headline", "subhead")]
    chances = np.exp(scores.tags["name"][:, _PERSON : _PERSON + 2]).sum(axis=1)
    spans = scores.words.tolist()
    for first, end in _runs(chances > _SEEN, scores.paragraphs):
        run = Span(spans[first][0], spans[end - 1][1])
        if _overlapping(people, run) or any(one.covers(run) for one in headlines):
            continue
        match = _GIVEN_AND_SURNAME.search(text, run.start, run.end)
        span = None if match is None else trimmed(text, Span(*match.span()))
        span = None if span is None else person_bounds(text, span, starts)
        if span is not None and " " in document.words(span) and not _overlapping(taken, span):
            yield Found(span, "person", round(float(chances[first:end].mean()) / 2, 4))


def titled(document: Document, scores: Scores, tagged: Sequence[Found]) -> Iterator[Found]:
    """People whom only their titles give away: "Mr. Bely", "Sen. Ann Bely"; of a second word it is enough that the tags
    may see a name in it."""
    taken = sorted(found.span for found in tagged)
    tags = scores.tags["name"]
    for match in _TITLED.finditer(document.text):
        at = _row(scores, match.start("further")) if match["further"] else 0
        seen = at < len(tags) and float(np.exp(tags[at, _PERSON : _PERSON + 2]).sum()) > _MAYBE
        both = match["further"] and (seen or not _NO_SURNAME.match(document.text, match.start("further")))
        span = Span(match.start("first"), match.end("further" if both else "first"))
        if match["first"].lower() not in TITLES and is_in_story(scores, span) and not _overlapping(taken, span):
            yield Found(span, "person", _BY_TITLE)


def _runs(told: NDArray[np.bool_], paragraphs: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Stretches of two words and more that are true, none over the end of a paragraph."""
    numbers = np.where(told, paragraphs + 1, 0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], numbers, [0])))).tolist()
    return [(begin, end) for begin, end in pairwise(edges) if end - begin > 1 and told[begin]]


def repeated(document: Document, scores: Scores, tagged: Sequence[Found]) -> list[Found]:
    """The names, with other places of their words that were taken for none, or for less: names repeat in a report."""
    taken = sorted(found.span for found in tagged)
    names = {found.span: found for found in (_whole(document, scores, found, taken) for found in tagged)}
    for words, found in _sure(document, tagged).items():
        for start in _places(document.text, words):
            span = Span(start, start + len(words))
            parts = _overlapping(taken, span)
            if is_in_story(scores, span) and all(_is_less(names.get(part), span, found) for part in parts):
                for part in parts:
                    names.pop(part, None)
                whole = _with_first(document, scores, span, taken) if found.kind == "person" and not parts else span
                names[whole] = Found(whole, found.kind, round(found.score / 2, 4))
    return sorted(names.values(), key=lambda found: (found.span.start, -found.span.end))


def _whole(document: Document, scores: Scores, found: Found, taken: Sequence[Span]) -> Found:
    """A person of whom the choice was not sure, with the given name, or with the surname."""
    doubtful = found.kind == "person" and found.score < _SURE
    if not doubtful:
        return found
    span = _with_first(document, scores, found.span, taken)
    return found._replace(span=_with_last(document, scores, span, taken) if span == found.span else span)


def _sure(document: Document, tagged: Sequence[Found]) -> dict[str, Found]:
    sure: dict[str, Found] = {}
    for found in tagged:
        words = document.words(found.span)
        if found.score >= _SURE and len(words) > 3 and words[0].isupper() and not words.isupper():
            sure[words] = max(found, sure.get(words, found), key=lambda each: each.score)
    return sure


def _is_less(part: Found | None, span: Span, whole: Found) -> bool:
    """Whether a name is a piece of the one that stands there: `Hedge` of "Zero Hedge", which is surer."""
    return part is None or (part.span != span and span.covers(part.span) and part.score < whole.score)


def _with_first(document: Document, scores: Scores, surname: Span, taken: Sequence[Span]) -> Span:
    """A surname with the given name before it, if by the tags it goes on with a name: "Bely" of "Ann Bely"."""
    text, tags = document.text, scores.tags["name"]
    first = _row(scores, surname.start)
    start, end = scores.words[first - 1].tolist() if first else (0, 0)
    if text[end : surname.start] != " " or not text[start].isupper() or _overlapping(taken, Span(start, end)):
        return surname
    goes_on = tags[first, _PERSON + 1] > tags[first, _PERSON]
    chance = float(np.exp(tags[first - 1, _PERSON : _PERSON + 2]).sum())
    return without_titles(text, Span(start, surname.end)) if goes_on and chance > _FIRST else surname


def _with_last(document: Document, scores: Scores, given: Span, taken: Sequence[Span]) -> Span:
    """A given name with the surname behind it, if by the tags the name goes on: "Ann" of "Ann Bely"."""
    text, tags = document.text, scores.tags["name"]
    behind = _row(scores, given.end)
    start, end = scores.words[behind].tolist() if behind < len(tags) else (0, 0)
    if " " in document.words(given) or text[given.end : start] != " " or not text[start].isupper():
        return given
    goes_on = tags[behind, _PERSON + 1] > max(tags[behind, _PERSON], tags[behind, 0])
    return Span(given.start, end) if goes_on and not _overlapping(taken, Span(start, end)) else given


def _places(text: str, words: str) -> Iterator[int]:
    """Where these words stand as whole words."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start
        start = text.find(words, end)


def _overlapping(taken: Sequence[Span], span: Span) -> Sequence[Span]:
    """`taken` is sorted, and its spans do not overlap."""
    first = bisect_right(taken, span.start, key=lambda each: each.end)
    return taken[first : bisect_left(taken, span.end, first, key=lambda each: each.start)]


def is_in_story(scores: Scores, span: Span) -> bool:
    """Whether the model read a word that starts there: furniture is not read."""
    at = _row(scores, span.start)
    return at < len(scores.words) and int(scores.words[at, 0]) == span.start


def _row(scores: Scores, place: int) -> int:
    """The first word at a place or behind it; numpy would convert all of the words for each search."""
    return bisect_left(scores.words[:, 0], place)
