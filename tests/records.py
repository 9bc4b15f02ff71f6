"""Hypothesis strategies for arbitrary nouns: anything that the constructors of record.py let through.

`records()` draws whole records; `texts()`, `spans_in(text)` and `documents()` serve narrower laws.
"""

from collections.abc import Sequence
from typing import Any, get_args

from hypothesis import strategies as st

from onrecord.record import (
    Block,
    BlockKind,
    Dateline,
    Document,
    Entity,
    Event,
    EventStatus,
    Mention,
    MentionForm,
    MentionKind,
    Mode,
    Note,
    Origin,
    PagePlace,
    Place,
    Provenance,
    Record,
    Role,
    Source,
    SourceType,
    Span,
    Statement,
    StatementKind,
    TakenFrom,
    Time,
    TimeKind,
    address,
)

#: Characters that go wrong somewhere: quotes, controls, line ends, right-to-left, zero-width, combining, astral.
AWKWARD = "\"'“”‘’«»<>&\\/\x00\x07\x1b\r\n\t\x85\u2028\u200b\u202e\u0301\ufeff\ufffdא\u0634ß\U0001f600 [bold]%"


def texts(max_size: int = 120) -> st.SearchStrategy[str]:
    """Text of one to `max_size` code points, no lone surrogates (readers replace those)."""
    every = st.one_of(st.characters(codec="utf-8"), st.sampled_from(AWKWARD), st.sampled_from("abc ABC. "))
    return st.text(every, min_size=1, max_size=max_size)


def spans_in(text: str) -> st.SearchStrategy[Span]:
    def ending(start: int) -> st.SearchStrategy[Span]:
        return st.integers(start + 1, len(text)).map(lambda end: Span(start, end))

    return st.integers(0, len(text) - 1).flatmap(ending)


def literals(literal: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


WORDS = texts(12)
MAYBE_WORDS = st.none() | WORDS
SCORES = st.floats(0, 1)
ORIGINS = st.builds(Origin, step=WORDS, version=WORDS, score=st.none() | SCORES)


def sources(text: str) -> st.SearchStrategy[Source]:
    maybe_span = st.none() | spans_in(text)
    return st.builds(
        Source,
        sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
        reader=WORDS,
        location=MAYBE_WORDS,
        url=MAYBE_WORDS,
        publisher=MAYBE_WORDS,
        headline=MAYBE_WORDS,
        byline=tuples(WORDS),
        contributors=tuples(WORDS),
        agency=MAYBE_WORDS,
        dateline=st.none() | st.builds(Dateline, place=WORDS, date=MAYBE_WORDS, span=maybe_span),
        published=MAYBE_WORDS,
        modified=MAYBE_WORDS,
        provenance=tuples(
            st.builds(Provenance, field=WORDS, taken_from=literals(TakenFrom), score=SCORES, span=maybe_span)
        ),
    )


def tuples(items: st.SearchStrategy[Any], max_size: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=max_size).map(tuple)


def page_places() -> st.SearchStrategy[PagePlace]:
    def from_start(start: int) -> st.SearchStrategy[PagePlace]:
        return st.builds(PagePlace, path=WORDS, start=st.just(start), end=st.integers(start, start + 999))

    return st.integers(0, 10**6).flatmap(from_start)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(texts())
    block = st.builds(
        Block,
        span=spans_in(text),
        kind=literals(BlockKind),
        label=MAYBE_WORDS,
        place=st.none() | page_places(),
    )
    return Document(
        text=text,
        source=draw(sources(text)),
        blocks=tuple(sorted(draw(st.lists(block, max_size=3)), key=lambda each: each.span)),
        sentences=tuple(sorted(draw(st.lists(spans_in(text), max_size=4)))),
        language=draw(st.none() | st.sampled_from(("en", "de", "zh"))),
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record whose findings name each other in every way that the types allow."""
    document = draw(documents())
    mentions = draw(_mentions(document))
    entities = draw(_entities(document, mentions)) if mentions else ()
    times = draw(_times(document))
    statements = draw(_statements(document, entities))
    return Record(
        document=document,
        mentions=mentions,
        entities=entities,
        statements=statements,
        times=times,
        places=draw(_places(mentions)) if mentions else (),
        events=draw(_events(document, mentions, times, statements)),
        notes=draw(
            tuples(st.builds(Note, step=WORDS, message=WORDS, span=st.none() | spans_in(document.text)), max_size=2)
        ),
    )


def _addressed(draw: st.DrawFn, document: Document, kind: str, most: int = 3) -> list[tuple[str, Span]]:
    spans = draw(st.lists(spans_in(document.text), unique=True, max_size=most))
    return [(address(document.id, kind, span), span) for span in sorted(spans)]


@st.composite
def _mentions(draw: st.DrawFn, document: Document) -> tuple[Mention, ...]:
    return tuple(
        Mention(id_, span, draw(literals(MentionKind)), draw(literals(MentionForm)), draw(ORIGINS))
        for id_, span in _addressed(draw, document, "mention", 4)
    )


@st.composite
def _entities(draw: st.DrawFn, document: Document, mentions: Sequence[Mention]) -> tuple[Entity, ...]:
    spans = tuples(spans_in(document.text), max_size=2)
    own = st.lists(st.sampled_from([mention.id for mention in mentions]), min_size=1, max_size=3, unique=True)
    return tuple(
        Entity(
            id_,
            draw(literals(MentionKind)),
            draw(st.sampled_from((None, span))),
            tuple(draw(own)),
            titles=draw(spans),
            affiliations=draw(spans),
            ages=draw(spans),
            descriptions=draw(spans),
        )
        for id_, span in _addressed(draw, document, "entity")
    )


@st.composite
def _statements(draw: st.DrawFn, document: Document, entities: Sequence[Entity]) -> tuple[Statement, ...]:
    addressed = _addressed(draw, document, "statement")
    ids = [id_ for id_, _ in addressed]
    return tuple(_statement(draw, document, id_, span, entities, ids) for id_, span in addressed)


def _statement(
    draw: st.DrawFn, document: Document, id_: str, span: Span, entities: Sequence[Entity], ids: list[str]
) -> Statement:
    maybe_span = st.none() | spans_in(document.text)
    speaker = draw(st.sampled_from((None, *(entity.id for entity in entities))))
    return Statement(
        id=id_,
        content=tuple(sorted({span, *draw(tuples(spans_in(document.text), max_size=2))})),
        kind=draw(literals(StatementKind)),
        mode=draw(literals(Mode)),
        source_type=draw(literals(SourceType)),
        origin=draw(ORIGINS),
        cue=draw(maybe_span),
        source=draw(maybe_span),
        speaker=speaker,
        unknown_because=draw(MAYBE_WORDS) if speaker is None else None,
        candidates=tuple(entity.id for entity in entities if draw(st.booleans())),
        chain=draw(tuples(spans_in(document.text))),
        negated=draw(st.booleans()),
        hedged=draw(st.booleans()),
        inside=draw(st.sampled_from((None, *ids))),
        reason=draw(maybe_span),
        occasion=draw(maybe_span),
    )


@st.composite
def _times(draw: st.DrawFn, document: Document) -> tuple[Time, ...]:
    return tuple(
        Time(
            id_,
            span,
            draw(literals(TimeKind)),
            edtf=draw(MAYBE_WORDS),
            timex=draw(MAYBE_WORDS),
            anchor=draw(MAYBE_WORDS),
            origin=draw(ORIGINS),
        )
        for id_, span in _addressed(draw, document, "time", 2)
    )


@st.composite
def _places(draw: st.DrawFn, mentions: Sequence[Mention]) -> tuple[Place, ...]:
    place = st.builds(
        Place,
        mention=st.sampled_from([mention.id for mention in mentions]),
        gazetteer=MAYBE_WORDS,
        latitude=st.none() | st.floats(-90, 90),
        longitude=st.none() | st.floats(-180, 180),
        rivals=tuples(WORDS, max_size=2),
    )
    return tuple(draw(st.lists(place, max_size=2)))


@st.composite
def _events(
    draw: st.DrawFn,
    document: Document,
    mentions: Sequence[Mention],
    times: Sequence[Time],
    statements: Sequence[Statement],
) -> tuple[Event, ...]:
    roles = st.builds(Role, name=WORDS, mention=st.sampled_from([m.id for m in mentions])) if mentions else st.nothing()
    return tuple(
        Event(
            id_,
            span,
            draw(WORDS),
            draw(WORDS),
            draw(tuples(roles, max_size=2)) if mentions else (),
            draw(literals(EventStatus)),
            draw(ORIGINS),
            time=draw(st.sampled_from((None, *(time.id for time in times)))),
            place=draw(st.sampled_from((None, *(mention.id for mention in mentions)))),
            said_in=draw(st.sampled_from((None, *(statement.id for statement in statements)))),
        )
        for id_, span in _addressed(draw, document, "event", 2)
    )
