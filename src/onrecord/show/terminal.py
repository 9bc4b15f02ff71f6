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

from onrecord.record import STORY_KINDS, Block, Record

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
    yield Text(visible(source.headline or source.location or "no headline"), style="bold")
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
    number = 0
    for block in record.document.blocks:
        if block.kind == "headline":
            continue
        number += block.kind in _NUMBERED
        yield InMargin(str(number) if block.kind in _NUMBERED else "", _block_words(record, block))


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


def faults(record: Record) -> Iterator[RenderableType]:
    """What was wrong with the page, as far as onrecord noticed."""
    for note in record.notes:
        yield InMargin("!", Text(visible(note.message), style="yellow"))


#: In the order in which they are shown. Findings go between the story and the faults.
SECTIONS: tuple[Section, ...] = (headline, story, faults)
