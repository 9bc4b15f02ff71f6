"""A record as a person wants to see it on a terminal: what it is, the story in numbered paragraphs, what was found.

Gives rich renderables and prints nothing. The page is not trusted: its words are shown as they are, but never as
commands to the terminal, and never as markup. A section is a function from a record to renderables, in `SECTIONS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.rule import Rule
from rich.text import Text

from onrecord.record import STORY_KINDS, Block, Record, Span, Statement

Section = Callable[[Record], Iterator[RenderableType]]

#: Wider lines are hard to read, however wide the terminal is.
WIDEST = 100
MARGIN = 5
_STYLES = {"subhead": "bold", "pull-quote": "italic", "caption": "italic", "byline": "dim", "furniture": "dim"}
#: Numbered in the margin, so that people can say "in the third paragraph"; the others are labelled with their kind.
_NUMBERED = frozenset(("paragraph", "list", "table"))
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")


def render(record: Record) -> Iterator[RenderableType]:
    """Everything there is to show of a record, in reading order."""
    for section in SECTIONS:
        yield from section(record)


def visible(words: str) -> str:
    """Words of a page fit for a terminal: control characters and text-direction overrides are shown, not obeyed."""
    return _UNSAFE.sub(lambda found: _stand_in(ord(found[0])), words)


def _stand_in(code: int) -> str:
    if code == 0x0D:
        return ""
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "�"


def headline(record: Record) -> Iterator[RenderableType]:
    source = record.document.source
    yield Text(visible(source.headline or "(no headline)"), style="bold")
    for line in (_people_line(record), _place_line(record), source.url or source.location):
        if line:
            yield Text(visible(line), style="cyan")
    yield Rule(style="dim")


def _people_line(record: Record) -> str:
    source = record.document.source
    people = "By " + ", ".join(source.byline) if source.byline else ""
    with_others = "with " + ", ".join(source.contributors) if source.contributors else ""
    return " · ".join(filter(None, (people, with_others, source.agency, _publisher(record))))


def _publisher(record: Record) -> str | None:
    source = record.document.source
    return source.publisher if source.publisher != source.agency else None


def _place_line(record: Record) -> str:
    source = record.document.source
    dateline = " ".join(filter(None, (source.dateline.place, source.dateline.date))) if source.dateline else ""
    published = f"published {source.published}" if source.published else ""
    modified = f"changed {source.modified}" if source.modified and source.modified != source.published else ""
    language = record.document.language or ""
    return " · ".join(filter(None, (dateline, published, modified, language if language != "en" else "")))


def story(record: Record) -> Iterator[RenderableType]:
    """The text block by block: paragraphs numbered, other kinds labelled, furniture dimmed."""
    numbers = _numbers(record)
    for block in record.document.blocks:
        if block.kind != "headline":
            yield InMargin(str(numbers.get(block.span, "")), _block_words(record, block))


def _block_words(record: Record, block: Block) -> Text:
    words = Text(visible(record.document.words(block.span)), style=_STYLES.get(block.kind, ""))
    label = block.kind if block.kind not in STORY_KINDS or block.kind in ("caption", "pull-quote") else None
    if label is None:
        return words
    named = f"{label}: {block.label}" if block.label else label
    return Text.assemble((f"[{visible(named)}] ", "dim"), words)


class InMargin(NamedTuple):
    """Words hung beside a short note; unlike a grid it pads no line with blanks, which would be kept in a pipe."""

    note: str
    words: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = self.words.wrap(console, max(options.max_width - MARGIN, 20), overflow="fold")
        for number, line in enumerate(lines):
            line.rstrip()
            note = self.note if number == 0 else ""
            yield Text.assemble((f"{note:>{MARGIN - 1}} ", "dim"), line)


def statements(record: Record) -> Iterator[RenderableType]:
    """Who said what, in text order, each with its paragraph, and below it how that is known."""
    yield from _heading("Statements", len(record.statements))
    numbers = _numbers(record)
    for statement in record.statements:
        content = " … ".join(record.document.words(span) for span in statement.content)
        yield InMargin(_number_at(numbers, statement.content[0]), _said(record, statement, content))
        yield InMargin("", _known_by(record, statement, numbers))


def _said(record: Record, statement: Statement, content: str) -> Text:
    manner = " ".join(filter(None, ("not" if statement.negated else "", statement.mode)))
    unknown = f"? ({statement.unknown_because or statement.source_type})"
    speaker = _in_full(record, statement.speaker) if statement.speaker else unknown
    return Text.assemble((visible(speaker), "bold"), (f" {manner}: ", "dim"), visible(content))


def _in_full(record: Record, id_: str) -> str:
    """A speaker's fullest name with title and affiliation, as the report gives them."""
    entity = next(each for each in record.entities if each.id == id_)
    particulars = [record.document.words(spans[0]) for spans in (entity.titles, entity.affiliations) if spans]
    return ", ".join((_name_of(record, id_), *particulars))


def _known_by(record: Record, statement: Statement, numbers: dict[Span, int]) -> Text:
    """`direct · said · in an interview · "he" ¶8 → "Prokopiev" ¶7 → "Vadim Prokopiev" ¶6`, dimmed."""
    words = record.document.words
    chain = " → ".join(_quoted_place(words(span), _number_at(numbers, span)) for span in statement.chain)
    if not chain and statement.source is not None:
        chain = _quoted_place(words(statement.source), _number_at(numbers, statement.source))
    told = [words(span) for span in (statement.cue, statement.occasion, statement.reason) if span is not None]
    told = [each for each in told if any(map(str.isalnum, each))]  # a colon as the cue tells a reader nothing
    parts = (
        statement.kind,
        "hedged" if statement.hedged else "",
        "inside another" if statement.inside else "",
        *told,
        chain,
        _candidates(record, statement),
    )
    return Text(visible(" · ".join(part for part in parts if part)), style="dim")


def _candidates(record: Record, statement: Statement) -> str:
    """Those who say it together or, where the text leaves it open, those who may have said it."""
    names = [_name_of(record, id_) for id_ in statement.candidates]
    if statement.speaker is not None or not names:
        return " and ".join(names)
    return "perhaps " + " or ".join(names)


def _quoted_place(words: str, number: str) -> str:
    return f'"{words}" ¶{number}' if number else f'"{words}"'


def people(record: Record) -> Iterator[RenderableType]:
    """The people that the report names, by first mention, with what it says of them."""
    named = [entity for entity in record.entities if entity.kind == "person" and entity.name is not None]
    yield from _heading("People", len(named))
    for entity in named:
        particulars = (*entity.titles, *entity.affiliations, *entity.ages, *entity.descriptions)
        said = "; ".join(dict.fromkeys(record.document.words(span) for span in particulars))
        words = Text.assemble((visible(_name_of(record, entity.id)), "bold"), f" – {visible(said)}" if said else "")
        yield InMargin(f"{len(entity.mentions)}×", words)


def _name_of(record: Record, id_: str) -> str:
    """The fullest name of an entity, or the words of its first mention where it has none."""
    entity = next(each for each in record.entities if each.id == id_)
    first = next(each for each in record.mentions if each.id == entity.mentions[0])
    return record.document.words(entity.name or first.span)


def times(record: Record) -> Iterator[RenderableType]:
    """The time expressions whose days are known."""
    known = [time for time in record.times if time.edtf is not None]
    yield from _heading("Times", len(known))
    numbers = _numbers(record)
    for time in known:
        words = visible(record.document.words(time.span))
        yield InMargin(_number_at(numbers, time.span), Text.assemble(words, (f" → {visible(time.edtf or '')}", "cyan")))


def _heading(words: str, count: int) -> Iterator[RenderableType]:
    if count:
        yield Text(f"\n{words} ({count})", style="bold")


def _numbers(record: Record) -> dict[Span, int]:
    numbered = (block for block in record.document.blocks if block.kind in _NUMBERED)
    return {block.span: number for number, block in enumerate(numbered, 1)}


def _number_at(numbers: dict[Span, int], span: Span) -> str:
    return next((str(number) for block, number in numbers.items() if block.overlaps(span)), "")


def faults(record: Record) -> Iterator[RenderableType]:
    """What was wrong with the page, as far as onrecord noticed."""
    for note in record.notes:
        yield InMargin("!", Text(visible(note.message), style="yellow"))


#: In the order in which they are shown. Findings go between the story and the faults.
SECTIONS: tuple[Section, ...] = (headline, story, statements, people, times, faults)
