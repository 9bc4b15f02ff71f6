"""Plain text reports of many shapes: wire copy, pasted stories, e-mail. All reports here are invented."""

import time
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read import read_page
from onrecord.read.text import TextStory, read_text
from onrecord.record import Page

STORY = """The river rose by two metres overnight and took the old bridge with it, the mayor said on Tuesday.

“We have never seen water like this,” said Mayor Ana Kovac. “Nobody was hurt.”

Crews were to return in the morning to look for a missing boat, the fire service said."""
WRAPPED = """The river rose by two metres overnight and took the old bridge
with it, the mayor said on Tuesday, a day after the rain began to fall
on the hills above the town.

“We have never seen water like this,” said Mayor Ana Kovac. “Nobody
was hurt.”

Crews were to return in the morning to look for a missing boat, the
fire service said."""


@dataclass(frozen=True)
class Shape:
    text: str
    headline: str | None = None
    byline: tuple[str, ...] = ()
    agency: str | None = None
    place: str | None = None
    published: str | None = None
    contributors: tuple[str, ...] = ()
    publisher: str | None = None
    paragraphs: int = 3


SHAPES = {
    "AP": Shape(
        f"By ANNA NOVAK – Associated Press\n\nMILLTOWN, Ohio (AP) — {STORY}\n\nPeople also read…\n\n"
        "Jan Vries in Lviv, Ukraine contributed to this report.\n\nFollow AP’s coverage of floods at\n\n"
        "Copyright 2021 The Associated Press. All rights reserved.",
        byline=("ANNA NOVAK",), agency="AP", place="MILLTOWN, Ohio", published="2021", contributors=("Jan Vries",),
    ),
    "AP, two lines": Shape(
        f"Flood takes old bridge\n\nBy ANNA NOVAK and JAN DE VRIES\nAssociated Press\n\nMILLTOWN, Ohio (AP) _ {STORY}",
        headline="Flood takes old bridge", byline=("ANNA NOVAK", "JAN DE VRIES"), agency="AP", place="MILLTOWN, Ohio",
    ),
    "Reuters": Shape(
        "UPDATE 2-Flood takes old bridge in Milltown\n\nMarch 3, 2022 10:15 AM EST\n\nBy Anna Novak and Jan Vries\n\n"
        f"MILLTOWN, March 3 (Reuters) - {STORY}\n\n(Reporting by Anna Novak in Milltown; "
        "Additional reporting by Li Wei; Editing by Al Roe)\n\nOur Standards: The Thomson Reuters Trust Principles.",
        headline="UPDATE 2-Flood takes old bridge in Milltown", byline=("Anna Novak", "Jan Vries"), agency="Reuters",
        place="MILLTOWN", published="2022-03-03T10:15:00-05:00", contributors=("Li Wei",),
    ),
    "AFP": Shape(
        f"Flood takes bridge\n\nParis, March 3, 2022 (AFP) - {STORY}\n\nAFP",
        headline="Flood takes bridge", agency="AFP", place="Paris", published="2022-03-03",
    ),
    "PA": Shape(
        f"Bridge lost in flood\n\nBy Anna Novak, PA\n\n{STORY}",
        headline="Bridge lost in flood", byline=("Anna Novak",), agency="PA",
    ),
    "dpa": Shape(
        f"Flood takes bridge\n\nBerlin (dpa) - {STORY}", headline="Flood takes bridge", agency="dpa", place="Berlin",
    ),
    "Interfax": Shape(f"MOSCOW. March 3 (Interfax) - {STORY}", agency="Interfax", place="MOSCOW"),
    "Xinhua": Shape(
        f"Flood takes bridge\n\nBEIJING, March 3 (Xinhua) -- {STORY} Enditem", headline="Flood takes bridge",
        agency="Xinhua", place="BEIJING",
    ),
    "TASS": Shape(f"MOSCOW, March 3. /TASS/. {STORY}", agency="TASS", place="MOSCOW"),
    "ANSA": Shape(f"(ANSA) - ROME, MAR 3 - {STORY}", agency="ANSA", place="ROME"),
    "EFE": Shape(f"Madrid, Mar 3 (EFE).- {STORY}", agency="EFE", place="Madrid"),
    "Kyodo": Shape(f"TOKYO (Kyodo) -- {STORY}", agency="Kyodo", place="TOKYO"),
    "local paper": Shape(
        f"Milltown loses its bridge\nMayor: nobody was hurt\nBy Anna Novak\nStaff Writer\n"
        f"Posted: March 3, 2022 at 9:05 a.m.\n\n{STORY}"
        "\n\nContact Anna Novak at anovak@paper.example.\n\n© 2022 The Milltown Gazette",
        headline="Milltown loses its bridge", byline=("Anna Novak",), published="2022-03-03T09:05:00",
        publisher="The Milltown Gazette",
    ),
    "one line a paragraph": Shape(
        "Milltown loses its bridge\nBy Anna Novak\n" + STORY.replace("\n\n", "\n"),
        headline="Milltown loses its bridge", byline=("Anna Novak",),
    ),
    "hard-wrapped": Shape(
        f"Bridge lost\n\nBy Anna Novak\n\n{WRAPPED}", headline="Bridge lost", byline=("Anna Novak",),
    ),
    "hard-wrapped, indented": Shape("    " + WRAPPED.replace("\n\n", "\n    ")),
    "CRLF": Shape(f"Milltown loses its bridge\n\nBy Anna Novak\n\n{WRAPPED}".replace("\n", "\r\n"),
                  headline="Milltown loses its bridge", byline=("Anna Novak",)),
    "e-mail": Shape(
        f"From: A Reader <reader@mail.example>\nSent: 3 March 2022 10:15\nTo: desk@paper.example\n"
        f"Subject: Fwd: Milltown loses its bridge\n\nBy Anna Novak\n\n{STORY}",
        headline="Milltown loses its bridge", byline=("Anna Novak",), published="2022-03-03T10:15:00",
    ),
    "body only": Shape(STORY),
    "one paragraph": Shape(STORY.replace("\n\n", " "), paragraphs=1),
    "name alone": Shape(f"Bridge lost\n\nAnna Novak\nStaff Reporter\n\nSarajevo – {STORY}", headline="Bridge lost",
                        byline=("Anna Novak",), place="Sarajevo"),
    "nobody named": Shape(
        f"Bridge lost\n\nBy Staff Reporter\n\nISLAMABAD: {STORY}", headline="Bridge lost", place="ISLAMABAD",
    ),
    "promos amid": Shape(STORY.replace("\n\n", "\n\nREAD MORE: Ten bridges that fell\n\nAdvertisement\n\n")),
}  # fmt: skip


def read(text: str) -> TextStory:
    return read_text(Page(text.encode("utf-8", "surrogatepass"), "report.txt", "text"))


@pytest.mark.parametrize("name", SHAPES)
def test_reads_shape(name: str) -> None:
    shape = SHAPES[name]
    story = read(shape.text)
    fields = story.fields
    assert story.text == shape.text
    assert fields.headline == shape.headline
    assert fields.byline == shape.byline
    assert fields.agency == shape.agency
    assert (fields.dateline.place if fields.dateline else None) == shape.place
    assert fields.published == shape.published
    assert fields.contributors == shape.contributors
    assert fields.publisher == shape.publisher
    assert sum(block.kind == "paragraph" for block in story.blocks) == shape.paragraphs


def test_a_dateline_takes_its_year_from_the_page() -> None:
    fields = read(SHAPES["Reuters"].text).fields
    assert fields.dateline is not None
    assert fields.dateline.date == "2022-03-03"
    lone = read(SHAPES["TASS"].text).fields
    assert lone.dateline is not None
    assert lone.dateline.date == "XXXX-03-03"


def test_every_field_says_where_it_was_taken_from() -> None:
    story = read(SHAPES["AP"].text)
    places = {each.field: each for each in story.fields.provenance}
    assert set(places) == {"byline", "agency", "dateline", "contributors", "published"}
    assert all(each.taken_from == "text" and each.span is not None for each in places.values())
    assert places["published"].score < 0.5 < places["dateline"].score


def test_what_the_container_says_comes_first() -> None:
    page = Page(
        STORY.encode(),
        "x",
        "text",
        None,
        None,
        (("title", "Given"), ("author", "Jan Vries"), ("published", "2020-01-02")),
    )
    fields = read_text(page).fields
    assert (fields.headline, fields.byline, fields.published) == ("Given", ("Jan Vries",), "2020-01-02")


def test_furniture_is_labelled() -> None:
    story = read(SHAPES["AP"].text)
    labels = [(block.kind, block.label) for block in story.blocks if block.kind != "paragraph"]
    assert labels == [
        ("byline", None),
        ("furniture", "related links"),
        ("byline", "contributors"),
        ("furniture", "follow"),
        ("furniture", "copyright"),
    ]


def test_a_report_in_german_is_noted_and_not_read_on() -> None:
    text = "Der Präsident sagte am Montag, dass er nicht zu dem Treffen in Paris gehen werde. Das ist nicht neu."
    document, notes = read_page(Page(text.encode(), "x.txt", "text"))
    assert document.language == "de"
    assert document.sentences == ()
    assert any("not English" in note.message for note in notes)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_character(mark: bytes) -> None:
    assert read_text(Page(mark + STORY.encode(), "x", "text")).text == STORY


lines = st.sampled_from(
    [
        "By Anna Novak",
        "",
        "  ",
        "PARIS (AP) — One.",
        "“We go,” he said.",
        "© 2020 X",
        "a" * 70,
        "x" * 71 + ".",
        "\u200b",
        "> q",
        "\x0c",
    ]
)
texts = st.lists(lines | st.text(max_size=30), max_size=20).flatmap(
    lambda each: st.sampled_from(["\n", "\r\n", "\n\n", "\r", "\u2028"]).map(lambda end: end.join(each))
)


@settings(deadline=None)
@given(texts)
def test_blocks_are_ordered_and_cover_all_but_spaces(text: str) -> None:
    story = read(text)
    spans = [block.span for block in story.blocks]
    assert all(left.end <= right.start for left, right in pairwise(spans))
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert all(at in covered or story.text[at].isspace() for at in range(len(story.text)))


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_crash_it(content: bytes) -> None:
    read_text(Page(content, "x", "text"))
    read_page(Page(content, "x", "text"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["a", "\n", "“", '"', "a\n", "a\n\n", "> \n", "By A, ", "A, ", "(AP) ", "- ", "Word ", "1. "]
)
def test_a_megabyte_of_anything_is_read_in_time(unit: str) -> None:
    text = unit * ((250_000 if "\n" in unit else 1_000_000) // len(unit))  # half a million lines take half a minute
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 15


def test_a_page_that_is_but_a_byte_order_mark_says_so() -> None:
    document, notes = read_page(Page(b"\xfe\xff", "x", "text"))
    assert document.text == ""
    assert [note.message for note in notes] == ["no words in the page"]
