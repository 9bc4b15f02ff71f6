"""What the store answers: frozen rows of stories, statements, people and counts. No database here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from onrecord.record import Judgement, Record, Source, Span

StorySort = Literal["newest", "oldest", "most statements", "relevance"]
StatementSort = Literal["newest", "oldest", "relevance", "least certain"]
PeopleSort = Literal["statements", "mentions", "name"]
Wanted = Literal["accept", "reject", "correct", "undecided", "decided"]

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class StoryQuestion:
    """Which stories are wanted; a field left None asks for nothing.

    `words` is what a user typed ("quoted phrases", AND, OR, NOT, prefix*). `speaker` and `mentions` are addresses of
    names ("person:alexander-lukashenko"): stories in which this person speaks, or is named. `month` is "2022-03";
    `since` and `until` are days, months or years, both included. `copies` False leaves out all but the first of each
    group of copies of one report."""

    words: str | None = None
    publisher: str | None = None
    agency: str | None = None
    speaker: str | None = None
    mentions: str | None = None
    month: str | None = None
    since: str | None = None
    until: str | None = None
    copies: bool = True


@dataclass(frozen=True, slots=True)
class StatementQuestion:
    """Which statements are wanted; a field left None asks for nothing. `document` keeps to one story. `decided` asks
    for those with this latest verdict ("undecided": none, "decided": any); left None, all but the rejected."""

    words: str | None = None
    speaker: str | None = None
    about: str | None = None
    kind: str | None = None
    mode: str | None = None
    source_type: str | None = None
    publisher: str | None = None
    document: str | None = None
    month: str | None = None
    since: str | None = None
    until: str | None = None
    decided: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list. `next` asks for those after them (None: these are the last); `total` counts all rows that
    answer the question, up to COUNTED: `total_is_exact` is False where there are more."""

    rows: tuple[Row, ...]
    next: str | None
    total: int
    total_is_exact: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """Characters of a text with the hits in them: `start` is where the snippet begins in the text, `hits` are offsets
    in the snippet."""

    text: str
    start: int
    hits: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story in a list. `document` is its id and stable address. `copies` counts the other stories that are copies of
    the same report. `snippet` is its best sentence when words were asked for."""

    document: str
    headline: str | None
    url: str | None
    location: str | None
    publisher: str | None
    agency: str | None
    byline: str | None
    published: str | None
    day: str | None
    language: str | None
    words: int
    statements: int
    copies: int
    current: bool
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement in a list, as it stands after judgements. `id` is its address; `words` its content, verbatim, with
    " … " between parts. `speaker` is the name its speaker is known by (None: unknown, with the reason),
    `speaker_address` that name's address. `source` and `cue` are the words of the text. `before` and `after` are what
    surrounds it in the story. `hits` are offsets in `words`."""

    id: str
    document: str
    start: int
    end: int
    words: str
    before: str
    after: str
    hits: tuple[Span, ...]
    speaker: str | None
    speaker_address: str | None
    unknown_because: str | None
    source: str | None
    cue: str | None
    kind: str
    mode: str
    source_type: str
    negated: bool
    hedged: bool
    score: float | None
    verdict: str | None
    headline: str | None
    url: str | None
    location: str | None
    publisher: str | None
    published: str | None
    day: str | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person (or organisation ...) in a list. `address` is that of the name that leads. `stories` counts those that
    name them, `said_about` statements of others that mention them."""

    address: str
    name: str
    kind: str
    statements: int
    stories: int
    mentions: int
    said_about: int
    spellings: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name of a person, with an entity id that a judgement can name."""

    address: str
    written: str
    statements: int
    stories: int
    entity: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another person who may be the same, how likely, and why."""

    person: PersonRow
    left: str
    right: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Count:
    """How often a value occurs; `label` is how to show it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A judgement as it is kept: its number, and whether it stands (neither withdrawn nor itself a withdrawal)."""

    id: int
    judgement: Judgement
    stands: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What stands about two names, one of them a person's: that they are the same, or different. `left_name` and
    `right_name` are as written."""

    kept: Kept
    left_name: str
    right_name: str


@dataclass(frozen=True, slots=True)
class Person:
    """Everything about one person: spellings, statements a month, first and last day, proposals to be judged, and what
    was judged of the names."""

    row: PersonRow
    spellings: tuple[Spelling, ...]
    timeline: tuple[Count, ...]
    first_day: str | None
    last_day: str | None
    proposals: tuple[Proposal, ...]
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over the stories that answer a question: the first 2,000 of them when `is_exact` is False. A speaker is
    counted by statements, the others by stories."""

    publishers: tuple[Count, ...]
    agencies: tuple[Count, ...]
    speakers: tuple[Count, ...]
    months: tuple[Count, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A page on which a text stood: which version of that page it was, and whether it is the latest."""

    document: str
    version: int
    current: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Story:
    """A story with its record, the pages it stood on, the other versions of those pages, its copies, and all
    judgements of its findings. `statements` are as they stand after judgements, in text order."""

    row: StoryRow
    record: Record
    statements: tuple[StatementRow, ...]
    pages: tuple[Version, ...]
    versions: tuple[Version, ...]
    copies: tuple[StoryRow, ...]
    judgements: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far review has come: statements by latest verdict."""

    total: int
    accepted: int
    rejected: int
    corrected: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a database holds."""

    stories: int
    statements: int
    people: int
    judgements: int
    failures: int


@dataclass(frozen=True, slots=True)
class Series:
    """How often a speaker was quoted, month by month."""

    address: str
    name: str
    months: tuple[Count, ...]
