"""The types of a labelled report: what a person says is in it. No file is read here.

Spans are those of onrecord: half-open ranges of code points in the report's raw text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.record import Mode, SourceType, Span, StatementKind

EntityKind = Literal["person", "organisation", "document"]


@dataclass(frozen=True, slots=True)
class LabelledEntity:
    """Someone or something that speaks under a name; `name` is the fullest form that the report gives anywhere, `also`
    are forms as full as that which it gives too (another spelling)."""

    key: str
    kind: EntityKind
    name: Span
    titles: tuple[Span, ...] = ()
    affiliations: tuple[Span, ...] = ()
    also: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledStatement:
    """One statement. `speakers` are keys of entities, empty where no name is given, with `unknown_because`.

    `optional` marks what a careful reader may leave out: a system neither wins nor loses by it. `inside` is the id of
    the statement in whose content this one lies. `chain` runs from the source span to the speaker's fullest name."""

    id: str
    paragraph: int
    content: tuple[Span, ...]
    kind: StatementKind
    mode: Mode
    source_type: SourceType
    cue: Span | None
    source: Span | None
    speakers: tuple[str, ...]
    chain: tuple[Span, ...]
    unknown_because: str | None
    candidates: tuple[str, ...]
    negated: bool
    hedged: bool
    optional: bool
    inside: str | None
    reason: Span | None
    occasion: Span | None


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """A report with everything that one pass of labelling found in it, in text order."""

    name: str
    text: str
    entities: tuple[LabelledEntity, ...]
    statements: tuple[LabelledStatement, ...]

    def words(self, span: Span) -> str:
        """The characters of a span, verbatim."""
        return self.text[span.start : span.end]

    def entity(self, key: str) -> LabelledEntity:
        """The entity with this key; KeyError when there is none."""
        for entity in self.entities:
            if entity.key == key:
                return entity
        raise KeyError(key)

    def speaker_names(self, statement: LabelledStatement) -> tuple[str, ...]:
        """The full names of who said it, as the report gives them."""
        return tuple(self.words(self.entity(key).name) for key in statement.speakers)
