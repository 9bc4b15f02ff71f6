"""The nouns of onrecord: what a page, a document and its findings are.

Frozen data, no I/O, imports nothing of ours. `None` means unknown. Constructors refuse the impossible. Findings name
each other by id, never by object; an id is an address, `<document>:<kind>:<start>-<end>`, and so its own citation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

BlockKind = Literal["headline", "byline", "paragraph", "subhead", "caption", "list", "table", "pull-quote", "furniture"]
PageFormat = Literal["html", "text"]
TakenFrom = Literal["json-ld", "opengraph", "meta", "visible", "text", "url", "given"]
MentionKind = Literal["person", "organisation", "place", "group", "facility", "product", "event", "other"]
MentionForm = Literal["name", "nominal", "pronoun"]
StatementKind = Literal["direct", "indirect", "mixed"]
Mode = Literal[
    "said",
    "wrote",
    "thought",
    "denied",
    "asked",
    "promised",
    "demanded",
    "warned",
    "agreed",
    "accused",
    "reported",
]
SourceType = Literal["named person", "named organisation", "document", "unnamed person", "unnamed group", "none"]
TimeKind = Literal["date", "time", "duration", "set"]
EventStatus = Literal["happened", "denied", "future", "hypothetical"]
Verdict = Literal["accept", "reject", "correct", "same", "different", "withdraw"]

#: What each Literal allows, taken out once: constructors ask for it again and again.
_PAGE_FORMATS: tuple[str, ...] = get_args(PageFormat)
_TAKEN_FROMS: tuple[str, ...] = get_args(TakenFrom)
_BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)
_MENTION_KINDS: tuple[str, ...] = get_args(MentionKind)
_MENTION_FORMS: tuple[str, ...] = get_args(MentionForm)
_STATEMENT_KINDS: tuple[str, ...] = get_args(StatementKind)
_MODES: tuple[str, ...] = get_args(Mode)
_SOURCE_TYPES: tuple[str, ...] = get_args(SourceType)
_TIME_KINDS: tuple[str, ...] = get_args(TimeKind)
_VERDICTS: tuple[str, ...] = get_args(Verdict)

#: Kinds of block that are read for findings; the others are kept, but are not part of the story.
STORY_KINDS: frozenset[BlockKind] = frozenset(
    ("headline", "paragraph", "subhead", "caption", "list", "table", "pull-quote")
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in `Document.text`; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def envelope(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all of `spans`; ValueError when there are none."""
    every = tuple(spans)
    if not every:
        raise ValueError("no spans")
    return Span(min(span.start for span in every), max(span.end for span in every))


def address(document: str, kind: str, span: Span) -> str:
    """The id of a finding: `<document>:<kind>:<start>-<end>`."""
    return f"{document}:{kind}:{span.start}-{span.end}"


def parse_address(id_: str) -> tuple[str, str, Span]:
    """The document, kind and span that an id names; ValueError when it is not an address."""
    try:
        document, kind, place = id_.split(":")
        start, end = place.split("-")
        return document, kind, Span(int(start), int(end))
    except ValueError as error:
        raise ValueError(f"not an address: {id_!r}") from error


def _must_be_one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise ValueError(f"unknown {what}: {value!r}")


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a block stands in its HTML page: `path` is an XPath to the element, `start`-`end` are code points in the
    element's text content (all its text nodes joined)."""

    path: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a place: {self.start}-{self.end}")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one field of a `Source` was taken from, how sure that is (0 to 1), and its words in the text, if there."""

    field: str
    taken_from: TakenFrom
    score: float
    span: Span | None = None

    def __post_init__(self) -> None:
        _must_be_one_of(self.taken_from, _TAKEN_FROMS, "origin of a field")
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"not a score: {self.score}")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place, and the date if any, that a report says it was written at ("WARSAW, Poland (AP) — ")."""

    place: str
    date: str | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came: bytes and where from. `given` holds what the container said of it (title, url, author ...)."""

    content: bytes
    location: str
    format: PageFormat | None = None
    url: str | None = None
    charset: str | None = None
    given: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.content, bytes):
            raise TypeError(f"the content of a page is bytes (text.encode()), not {type(self.content).__name__}")
        given = tuple(part for pair in self.given for part in pair)
        for each in (self.location, self.url or "", self.charset or "", *given):
            if not isinstance(each, str):
                raise TypeError(f"what is said of a page is text, not {type(each).__name__}")
        if not all(isinstance(pair, tuple) and len(pair) == 2 for pair in self.given):
            raise TypeError("what is given of a page is pairs of a field and its words, as in (('title', 'A day'),)")
        if self.format is not None:
            _must_be_one_of(self.format, _PAGE_FORMATS, "format of a page")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from. Dates are EDTF (ISO 8601 with time zone where the page gives one). `sha256` is that
    of the raw bytes of the page; `reader` is the step and version that read it."""

    sha256: str
    reader: str
    location: str | None = None
    url: str | None = None
    publisher: str | None = None
    headline: str | None = None
    byline: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    agency: str | None = None
    dateline: Dateline | None = None
    published: str | None = None
    modified: str | None = None
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text of one kind. `label` says which kind of furniture; `place` is where an HTML page has it."""

    span: Span
    kind: BlockKind
    label: str | None = None
    place: PagePlace | None = None

    def __post_init__(self) -> None:
        _must_be_one_of(self.kind, _BLOCK_KINDS, "kind of block")


@dataclass(frozen=True, slots=True)
class Document:
    """A report's immutable text with its blocks and sentences, in text order; `id` is a hash of the text."""

    text: str
    source: Source
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Span, ...] = ()
    language: str | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        for span in (*(block.span for block in self.blocks), *self.sentences):
            _must_lie_in(span, len(self.text))
        encoded = self.text.encode("utf-8", "surrogatepass")
        object.__setattr__(self, "id", hashlib.sha256(encoded).hexdigest()[:32])

    def words(self, span: Span) -> str:
        """The characters of a span, verbatim."""
        return self.text[span.start : span.end]


def _must_lie_in(span: Span, length: int) -> None:
    if span.end > length:
        raise ValueError(f"span {span.start}-{span.end} lies outside a text of {length} characters")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which step found something, its version, and its calibrated probability (None where a rule is certain)."""

    step: str
    version: str
    score: float | None = None

    def __post_init__(self) -> None:
        if self.score is not None and not 0.0 <= self.score <= 1.0:
            raise ValueError(f"not a score: {self.score}")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text names, describes or points at something."""

    id: str
    span: Span
    kind: MentionKind
    form: MentionForm
    origin: Origin

    def __post_init__(self) -> None:
        _must_be_one_of(self.kind, _MENTION_KINDS, "kind of mention")
        _must_be_one_of(self.form, _MENTION_FORMS, "form of mention")


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something in one document, with ids of all its mentions. `name` is the fullest name the text gives,
    as a span; `titles`, `affiliations`, `ages` and `descriptions` are what the text says of it, verbatim."""

    id: str
    kind: MentionKind
    name: Span | None
    mentions: tuple[str, ...]
    titles: tuple[Span, ...] = ()
    affiliations: tuple[Span, ...] = ()
    ages: tuple[Span, ...] = ()
    descriptions: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        _must_be_one_of(self.kind, _MENTION_KINDS, "kind of entity")
        if not self.mentions:
            raise ValueError("an entity without mentions")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said, written or thought, on somebody's word.

    `content` holds the words, in text order. `speaker` is the id of an entity, or None with `unknown_because` and,
    where the text leaves several open, their ids in `candidates`; with a speaker, `candidates` are all who say it
    together, the speaker among them. `chain` is the proof: from the source span over the
    mentions that lead to the fullest name. `inside` is the id of the statement in which this one was made. `reason` is
    why the source is unnamed or to be trusted, `occasion` where it was said, both as the text gives them."""

    id: str
    content: tuple[Span, ...]
    kind: StatementKind
    mode: Mode
    source_type: SourceType
    origin: Origin
    cue: Span | None = None
    source: Span | None = None
    speaker: str | None = None
    unknown_because: str | None = None
    candidates: tuple[str, ...] = ()
    chain: tuple[Span, ...] = ()
    negated: bool = False
    hedged: bool = False
    inside: str | None = None
    reason: Span | None = None
    occasion: Span | None = None

    def __post_init__(self) -> None:
        _must_be_one_of(self.kind, _STATEMENT_KINDS, "kind of statement")
        _must_be_one_of(self.mode, _MODES, "mode")
        _must_be_one_of(self.source_type, _SOURCE_TYPES, "type of source")
        if not self.content or list(self.content) != sorted(self.content):
            raise ValueError("the content of a statement is one or more spans in text order")
        if self.speaker is not None and self.unknown_because is not None:
            raise ValueError("a statement has a speaker or a reason why it is unknown, not both")


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression. `timex` is its TIMEX3 value (ISO 8601 with TimeML's extensions, durations as "P3D"), `edtf`
    the days it covers in Extended Date/Time Format; both None while open. `anchor` is what it was reckoned from."""

    id: str
    span: Span
    kind: TimeKind
    edtf: str | None
    timex: str | None
    anchor: str | None
    origin: Origin

    def __post_init__(self) -> None:
        _must_be_one_of(self.kind, _TIME_KINDS, "kind of time")


@dataclass(frozen=True, slots=True)
class Place:
    """A mention resolved to a gazetteer: id, latitude and longitude in degrees, and the ids that it might also be."""

    mention: str
    gazetteer: str | None
    latitude: float | None = None
    longitude: float | None = None
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """The part a mention plays in an event ("agent", "patient", ...)."""

    name: str
    mention: str


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom; `said_in` is the statement that tells it, None the reporter's own voice."""

    id: str
    trigger: Span
    type: str
    mode: str
    roles: tuple[Role, ...]
    status: EventStatus
    origin: Origin
    time: str | None = None
    place: str | None = None
    said_in: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A fault of the page, kept in the record: which step met it, what it is, and where."""

    step: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A document with everything found in it, in text order."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        ids = self._unique_ids()
        for named in self._named_ids():
            if named not in ids:
                raise ValueError(f"nothing in the record has the id {named}")
        length = len(self.document.text)
        for span in self._spans():
            _must_lie_in(span, length)

    def _unique_ids(self) -> frozenset[str]:
        ids = [mention.id for mention in self.mentions]
        ids += [entity.id for entity in self.entities]
        ids += [statement.id for statement in self.statements]
        ids += [time.id for time in self.times]
        ids += [event.id for event in self.events]
        if len(set(ids)) != len(ids):
            raise ValueError("two findings have the same id")
        return frozenset(ids)

    def _named_ids(self) -> Iterable[str]:
        for entity in self.entities:
            yield from entity.mentions
        for statement in self.statements:
            yield from (id_ for id_ in (statement.speaker, statement.inside) if id_ is not None)
            yield from statement.candidates
        for place in self.places:
            yield place.mention
        for event in self.events:
            yield from (role.mention for role in event.roles)
            yield from (id_ for id_ in (event.time, event.said_in) if id_ is not None)

    def _spans(self) -> Iterable[Span]:
        yield from (mention.span for mention in self.mentions)
        yield from (time.span for time in self.times)
        for statement in self.statements:
            yield from (*statement.content, *statement.chain)
            optional = (statement.cue, statement.source, statement.reason, statement.occasion)
            yield from (span for span in optional if span is not None)
        for entity in self.entities:
            yield from (*entity.titles, *entity.affiliations, *entity.ages, *entity.descriptions)
            yield from () if entity.name is None else (entity.name,)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided of a finding (`left`) or of two entities (`left`, `right`): who, when (UTC, ISO 8601), why.

    A correction carries the replacement in `correction` as JSON text; judgements never overwrite a finding. "withdraw"
    takes back the latest judgement that the same person made of the same `left` and `right` and that still stands."""

    left: str
    right: str | None
    verdict: Verdict
    by: str
    at: str
    why: str | None = None
    correction: str | None = None

    def __post_init__(self) -> None:
        _must_be_one_of(self.verdict, _VERDICTS, "verdict")
