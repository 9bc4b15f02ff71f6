"""A record on a terminal: complete, numbered, 80 columns wide, and safe whatever the page says."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from onrecord.record import (
    Block,
    Dateline,
    Document,
    Entity,
    Mention,
    Note,
    Origin,
    Record,
    Source,
    Span,
    Statement,
    Time,
    address,
)
from onrecord.show.terminal import render, visible
from records import records, texts


def shown(record: Record, *, width: int = 80, colours: bool = False) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=colours, markup=False, highlight=False, emoji=False)
    console.print(*render(record), sep="\n")
    return file.getvalue()


SOURCE = Source(
    sha256="0" * 64,
    reader="test 1",
    url="http://news.example/1",
    publisher="The Gazette",
    headline="Bridge [bold]shut[/bold]",
    byline=("Anna Lind", "Bo Ek"),
    agency="AP",
    dateline=Dateline("OSLO", None, None),
    published="2024-05-01T10:00:00Z",
)
TEXT = "Bridge shut\nThe bridge is shut.\nRead more\nIt opens on Monday, the mayor said."


def record() -> Record:
    lines = [Span(*found.span()) for found in re.finditer(r".+", TEXT)]
    kinds = ("headline", "paragraph", "furniture", "paragraph")
    blocks = tuple(Block(span, kind) for span, kind in zip(lines, kinds, strict=True))  # type: ignore[arg-type]
    return Record(Document(TEXT, SOURCE, blocks), notes=(Note("read", "something odd"),))


def test_a_record_is_shown_from_headline_to_faults() -> None:
    assert shown(record()).splitlines() == [
        "Bridge [bold]shut[/bold]",
        "By Anna Lind, Bo Ek · AP · The Gazette",
        "OSLO · published 2024-05-01T10:00:00Z",
        "http://news.example/1",
        "─" * 80,
        "   1 The bridge is shut.",
        "     [furniture] Read more",
        "   2 It opens on Monday, the mayor said.",
        "   ! something odd",
    ]


def test_findings_are_shown_with_the_paragraph_they_stand_in() -> None:
    plain = record()
    document = plain.document
    origin = Origin("test", "1")

    def span(words: str) -> Span:
        return Span(start := TEXT.index(words), start + len(words))

    mayor = Mention(address(document.id, "mention", span("mayor")), span("mayor"), "person", "nominal", origin)
    entity = Entity(address(document.id, "entity", span("mayor")), "person", span("mayor"), (mayor.id,))
    statement = Statement(
        id=address(document.id, "statement", span("It opens on Monday")),
        content=(span("It opens on Monday"),),
        kind="indirect",
        mode="said",
        source_type="unnamed person",
        origin=origin,
        speaker=entity.id,
        chain=(span("mayor"),),
    )
    nobody = replace(
        statement,
        id=address(document.id, "statement", span("shut.")),
        content=(span("shut."),),
        speaker=None,
        chain=(),
        unknown_because="no source in the text",
        candidates=(entity.id,),
    )
    monday = Time(
        address(document.id, "time", span("Monday")), span("Monday"), "date", "2024-05-06", None, None, origin
    )
    found = replace(
        plain, mentions=(mayor,), entities=(entity,), statements=(nobody, statement), times=(monday,), notes=()
    )
    assert shown(found).splitlines()[8:] == [
        "",
        "Statements (2)",
        "   1 ? (no source in the text) said: shut.",
        "     indirect · perhaps mayor",
        "   2 mayor said: It opens on Monday",
        '     indirect · "mayor" ¶2',
        "",
        "People (1)",
        "  1× mayor",
        "",
        "Times (1)",
        "   2 Monday → 2024-05-06",
    ]


@given(records(), st.integers(30, 120))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_no_page_gives_commands_to_the_terminal(record: Record, width: int) -> None:
    lines = shown(record, width=width).split("\n")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", "".join(lines).replace("\t", ""))


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("\x1b[2J\x1b]0;owned\x07", "␛[2J␛]0;owned␇"),
        ("\x9b31m", "�31m"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("one\r\ntwo", "one\ntwo"),
        ("evil\u202etxt.exe", "evil�txt.exe"),
        ("\ud800", "�"),
        ("[red]“Go,” — ok…[/red] שלום 😀 é", "[red]“Go,” — ok…[/red] שלום 😀 é"),
    ],
)
def test_words_are_shown_and_not_obeyed(words: str, safe: str) -> None:
    assert visible(words) == safe


@given(texts())
def test_what_is_visible_stays_as_it_is(words: str) -> None:
    assert visible(visible(words)) == visible(words)
