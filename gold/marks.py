"""The notation that labels are written in: quoted words with a paragraph number, resolved here to spans.

    @kukhta person 9> Pavel Kukhta
    @kukhta title 9> recruit organisation
    9 direct said @kukhta | c “If Putin ~ defeated,” | k said | s he | via 8> Kukhta

Paragraphs are the non-empty lines of the report, counted from 1. Words are searched in the statement's paragraph, or
in the one that `N>` names; ` ~ ` stands for whatever lies between; `#2` at the end picks the second occurrence; `*` is
the whole paragraph; of several cues or sources in a paragraph the one nearest to the content is meant. What is missing
or still ambiguous is refused: a label never lands on the wrong characters. gold/guidelines.md has the whole notation.

Nothing is read from files here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast, get_args

from gold.statements import EntityKind, LabelledEntity, LabelledReport, LabelledStatement
from onrecord.record import Mode, SourceType, Span, StatementKind, envelope

#: What may stand for the speaker when the report gives no name: the source type and why the speaker is unknown.
UNNAMED: dict[str, tuple[SourceType, str]] = {
    "?person": ("unnamed person", "the source is not named"),
    "?group": ("unnamed group", "the source is a group without a name"),
    "?document": ("document", "the source is a document without a name"),
    "?none": ("none", "the report gives no source"),
    "?unclear": ("none", "the report does not make clear who said it"),
}
NAMED: dict[EntityKind, SourceType] = {
    "person": "named person",
    "organisation": "named organisation",
    "document": "document",
}
FLAGS = ("neg", "hedged", "optional")


class MarkError(ValueError):
    """A line of labels that does not resolve: says which line, and what is wrong with it."""


@dataclass(slots=True)
class _Fields:
    """The fields of one statement line as written."""

    content: list[str] = field(default_factory=list)
    cue: str | None = None
    source: str | None = None
    via: list[str] = field(default_factory=list)
    why: str | None = None
    reason: str | None = None
    occasion: str | None = None
    candidates: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()


def read_marks(name: str, text: str, marks: str) -> LabelledReport:
    """The labelled report that the lines of `marks` describe; MarkError when a line does not resolve."""
    place = _Places(text)
    entities: dict[str, LabelledEntity] = {}
    statements: list[LabelledStatement] = []
    for number, line in enumerate(marks.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if line.startswith("@"):
                _read_entity(line, entities, place)
            else:
                statements.append(_read_statement(line, entities, place))
        except ValueError as error:
            raise MarkError(f"{name}, line {number}: {error} in: {line}") from error
    return LabelledReport(name, text, tuple(entities.values()), _numbered(statements))


def _read_entity(line: str, entities: dict[str, LabelledEntity], place: _Places) -> None:
    """`@key person|organisation|document N> Name`, or `@key title|affiliation|also N> words`."""
    key, what, words = line.split(" ", 2)
    span = place.find(words.strip(), None)
    if what in get_args(EntityKind):
        if key in entities:
            raise ValueError(f"{key} is there already")
        entities[key] = LabelledEntity(key, cast(EntityKind, what), span)
    elif what == "title":
        entities[key] = replace(entities[key], titles=(*entities[key].titles, span))
    elif what == "affiliation":
        entities[key] = replace(entities[key], affiliations=(*entities[key].affiliations, span))
    elif what == "also":
        entities[key] = replace(entities[key], also=(*entities[key].also, span))
    else:
        raise ValueError(f"neither a kind of entity nor a field of one: {what}")


def _read_statement(line: str, entities: dict[str, LabelledEntity], place: _Places) -> LabelledStatement:
    head, *tail = (part.strip() for part in line.split(" | "))
    number, kind, mode, who, *flags = head.split()
    if kind not in get_args(StatementKind) or mode not in get_args(Mode):
        raise ValueError(f"unknown kind or mode: {kind} {mode}")
    fields = _read_fields(tail, flags)
    paragraph = int(number)
    content = tuple(place.find(words, paragraph) for words in fields.content)
    if not content or list(content) != sorted(content):
        raise ValueError("content is one or more spans in text order")
    cue = None if fields.cue is None else place.near(fields.cue, paragraph, content, content)
    near_cue = content if cue is None else (cue,)
    source = None if fields.source is None else place.near(fields.source, paragraph, near_cue, content)
    speakers = _speakers(who, entities)
    via = [place.find(words, paragraph) for words in fields.via]
    source_type, because = _source_type(who, speakers)
    return LabelledStatement(
        id="",
        paragraph=paragraph,
        content=content,
        kind=cast(StatementKind, kind),
        mode=cast(Mode, mode),
        source_type=source_type,
        cue=cue,
        source=source,
        speakers=tuple(entity.key for entity in speakers),
        chain=_chain(source, via, speakers, place),
        unknown_because=because if fields.why is None else fields.why,
        candidates=fields.candidates,
        negated="neg" in fields.flags,
        hedged="hedged" in fields.flags,
        optional="optional" in fields.flags,
        inside=None,
        reason=None if fields.reason is None else place.near(fields.reason, paragraph, content, ()),
        occasion=None if fields.occasion is None else place.near(fields.occasion, paragraph, content, ()),
    )


def _read_fields(parts: Sequence[str], flags: Sequence[str]) -> _Fields:
    if unknown := set(flags) - set(FLAGS):
        raise ValueError(f"unknown flag: {unknown}")
    fields = _Fields(flags=frozenset(flags))
    single = {"k": "cue", "s": "source", "r": "reason", "o": "occasion", "why": "why"}
    for part in parts:
        letter, _, words = part.partition(" ")
        if letter == "c":
            fields.content.append(words)
        elif letter == "via":
            fields.via.append(words)
        elif letter == "cand":
            fields.candidates = tuple(words.split())
        elif letter in single and getattr(fields, single[letter]) is None:
            setattr(fields, single[letter], words)
        else:
            raise ValueError(f"unknown or repeated field: {letter}")
    return fields


def _speakers(who: str, entities: dict[str, LabelledEntity]) -> tuple[LabelledEntity, ...]:
    if who in UNNAMED:
        return ()
    return tuple(entities[key] for key in who.split("+") if _is_known(key, entities))


def _is_known(key: str, entities: dict[str, LabelledEntity]) -> bool:
    if key not in entities:
        raise ValueError(f"no such speaker: {key}")
    return True


def _source_type(who: str, speakers: Sequence[LabelledEntity]) -> tuple[SourceType, str | None]:
    return (NAMED[speakers[0].kind], None) if speakers else UNNAMED[who]


def _chain(
    source: Span | None, via: Sequence[Span], speakers: Sequence[LabelledEntity], place: _Places
) -> tuple[Span, ...]:
    """Source, steps between, fullest name. A source that has no word of a person's name gets, where no step is
    written, the nearest mention of the last word of the name before it."""
    if not speakers:
        return ()
    speaker = speakers[0]
    steps = list(via)
    if source is not None and not steps and speaker.kind == "person":
        steps = list(place.last_named_before(source, speaker.name))
    spans = ([] if source is None else [source]) + steps
    return tuple(dict.fromkeys([*(span for span in spans if span != speaker.name), speaker.name]))


def _numbered(statements: Iterable[LabelledStatement]) -> tuple[LabelledStatement, ...]:
    """In text order, with ids, each said inside the smallest statement whose content covers its own."""
    ordered = sorted(statements, key=lambda one: (one.content[0].start, -one.content[-1].end))
    named = [replace(one, id=f"s{number}") for number, one in enumerate(ordered, start=1)]
    return tuple(replace(one, inside=_outer(one, named)) for one in named)


def _outer(inner: LabelledStatement, statements: Sequence[LabelledStatement]) -> str | None:
    reach = envelope(inner.content)
    around = [
        (len(span), one.id)
        for one in statements
        for span in one.content
        if one.id != inner.id and span.covers(reach) and span != reach
    ]
    return min(around)[1] if around else None


class _Places:
    """Finds words in the paragraphs of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]

    def find(self, words: str, paragraph: int | None) -> Span:
        """The one place of `words`."""
        found = self._all(words, paragraph)
        if len(found) > 1:
            raise ValueError(f"{len(found)} times there: {words!r}")
        return found[0]

    def near(self, words: str, paragraph: int, to: Sequence[Span], outside: Sequence[Span]) -> Span:
        """The place of `words` that lies nearest to one of the spans `to`, outside the spans `outside`."""
        found = self._all(words, paragraph)
        free = [span for span in found if not any(span.overlaps(other) for other in outside)] or found
        ranked = sorted((min(_gap(span, other) for other in to), span) for span in free)
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            raise ValueError(f"two places equally near: {words!r}")
        return ranked[0][1]

    def last_named_before(self, source: Span, name: Span) -> Iterator[Span]:
        """The last mention before `source` of the last word of `name`, unless `source` has a word of it itself."""
        parts = self.text[name.start : name.end].split()
        said = set(re.findall(r"\w+", self.text[source.start : source.end]))
        if said.isdisjoint(re.findall(r"\w+", " ".join(parts))):
            found = list(self._occurrences(parts[-1], Span(0, max(1, source.start))))
            yield from [span for span in found[-1:] if not name.covers(span)]

    def _all(self, written: str, paragraph: int | None) -> list[Span]:
        words, within, nth = self._address(written, paragraph)
        if words == "*":
            return [self._trimmed(within)]
        start_words, tilde, end_words = words.partition(" ~ ")
        starts = list(self._occurrences(start_words, within))
        found = [self._reaching(start, end_words) for start in starts] if tilde else starts
        if not found or (nth is not None and nth > len(found)):
            raise ValueError(f"not found: {written!r}")
        return found if nth is None else [found[nth - 1]]

    def _trimmed(self, span: Span) -> Span:
        words = self.text[span.start : span.end]
        return Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip()))

    def _address(self, written: str, paragraph: int | None) -> tuple[str, Span, int | None]:
        words, nth, number = written, None, paragraph
        if match := re.match(r"(\d+)> ", words):
            words, number = words[match.end() :], int(match[1])
        if match := re.search(r" #(\d+)$", words):
            words, nth = words[: match.start()], int(match[1])
        if number is None or not 1 <= number <= len(self.paragraphs):
            raise ValueError(f"no such paragraph: {written!r}")
        return words, self.paragraphs[number - 1], nth

    def _occurrences(self, words: str, within: Span) -> Iterator[Span]:
        """Where `words` stand, not beginning or ending inside a word."""
        start = self.text.find(words, within.start, within.end)
        while start != -1:
            end = start + len(words)
            if not (self._splits_a_word(start) or self._splits_a_word(end)):
                yield Span(start, end)
            start = self.text.find(words, start + 1, within.end)

    def _splits_a_word(self, place: int) -> bool:
        around = self.text[max(0, place - 1) : place + 1]
        return len(around) == 2 and all(_is_of_a_word(letter) for letter in around)

    def _reaching(self, start: Span, end_words: str) -> Span:
        for end in self._occurrences(end_words, Span(start.end, max(start.end + 1, len(self.text)))):
            return Span(start.start, end.end)
        raise ValueError(f"end not found: {end_words!r}")


def _is_of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
