"""Marks on a story's text: cuts it into runs that no finding's border crosses, so that overlaps stay well-formed HTML.

Knows the record, nothing of HTML. The runs of all paragraphs, with the blank gaps between them left out, are the
text, verbatim.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.record import Block, Document, MentionKind, Record, Span, Statement


@dataclass(frozen=True, slots=True)
class Layer:
    """One finding over a run: the number of a statement, or for a mention its place in the record."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same findings. `statements` lists them outermost first; `sources` and `cues` those
    whose source or cue this is; `opens` those whose content begins here; `mention` the innermost name, if any."""

    span: Span
    text: str
    statements: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    cues: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    mention: MentionKind | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the page, or text that lies in no block (kind "paragraph"), as runs."""

    kind: str
    label: str | None
    span: Span
    runs: tuple[Run, ...]


def paragraphs(record: Record) -> tuple[Paragraph, ...]:
    """The whole text as marked paragraphs; statements are numbered from 1 in the order of the record."""
    marks = _Marks(record)
    return tuple(
        Paragraph(block.kind, block.label, block.span, tuple(marks.runs(block.span)))
        for block in _flow(record.document)
    )


def _flow(document: Document) -> Iterator[Block]:
    """Blocks that follow one another without overlap and leave out nothing but blank space."""
    at = 0
    for block in sorted(document.blocks, key=lambda block: (block.span.start, -block.span.end)):
        yield from _unblocked(document, at, block.span.start)
        start = max(at, block.span.start)
        if start < block.span.end:
            yield Block(Span(start, block.span.end), block.kind, block.label)
        at = max(at, block.span.end)
    yield from _unblocked(document, at, len(document.text))


def _unblocked(document: Document, start: int, end: int) -> Iterator[Block]:
    for line in document.text[start:end].split("\n") if start < end else ():
        if line.strip():
            yield Block(Span(start, start + len(line)), "paragraph")
        start += len(line) + 1


class _Marks:
    """Every border of every finding, sorted, and what lies between them; built once for a record."""

    def __init__(self, record: Record) -> None:
        self.document = record.document
        self.content = _outermost_first(_content(record.statements))
        self.sources = _layers((number, s.source) for number, s in _numbered(record.statements))
        self.cues = _layers((number, s.cue) for number, s in _numbered(record.statements))
        self.unopened = {number for number, _ in _numbered(record.statements)}
        entities = {mention: entity.id for entity in record.entities for mention in entity.mentions}
        named = [m for m in record.mentions if m.form != "pronoun" or m.id in entities]
        self.mentions = _outermost_first(Layer(place, mention.span) for place, mention in enumerate(named))
        self.kinds = [mention.kind for mention in named]
        self.shown = [mention.form == "name" for mention in named]
        self.entities = [entities.get(mention.id) for mention in named]
        every = (*self.content, *self.sources, *self.cues, *self.mentions)
        self.borders = sorted({border for layer in every for border in (layer.span.start, layer.span.end)})

    def runs(self, span: Span) -> Iterator[Run]:
        inner = self.borders[bisect_right(self.borders, span.start) : bisect_left(self.borders, span.end)]
        content, sources = _near(self.content, span), _near(self.sources, span)
        cues, mentions = _near(self.cues, span), _near(self.mentions, span)
        edges = [span.start, *inner, span.end]
        for start, end in pairwise(edges):
            run = Span(start, end)
            over = [layer.number for layer in _over(mentions, run)]
            shown = [place for place in over if self.shown[place]]
            statements = _unique(layer.number for layer in _over(content, run))
            yield Run(
                span=run,
                text=self.document.words(run),
                statements=statements,
                sources=_unique(layer.number for layer in _over(sources, run)),
                cues=_unique(layer.number for layer in _over(cues, run)),
                opens=self._opened(statements),
                mention=self.kinds[shown[-1]] if shown else None,
                entity=self.entities[over[-1]] if over else None,
            )

    def _opened(self, statements: tuple[int, ...]) -> tuple[int, ...]:
        opened = tuple(number for number in statements if number in self.unopened)
        self.unopened.difference_update(opened)
        return opened


def _numbered(statements: Iterable[Statement]) -> Iterator[tuple[int, Statement]]:
    return enumerate(statements, start=1)


def _content(statements: Iterable[Statement]) -> Iterator[Layer]:
    for number, statement in _numbered(statements):
        yield from (Layer(number, span) for span in statement.content)


def _layers(found: Iterable[tuple[int, Span | None]]) -> list[Layer]:
    return _outermost_first(Layer(number, span) for number, span in found if span is not None)


def _outermost_first(layers: Iterable[Layer]) -> list[Layer]:
    return sorted(layers, key=lambda layer: (-len(layer.span), layer.span.start, layer.number))


def _near(layers: list[Layer], span: Span) -> list[Layer]:
    return [layer for layer in layers if layer.span.overlaps(span)]


def _over(layers: list[Layer], run: Span) -> Iterator[Layer]:
    return (layer for layer in layers if layer.span.covers(run))


def _unique(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))
