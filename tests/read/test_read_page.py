"""What kind of page it is, and what becomes of pages that are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read import LIMIT_BYTES, format_of, read_page, why_unreadable
from onrecord.record import Page

STORY = "<p>The bridge at Moss is shut until May, the mayor said on Monday after an inspection.</p>" * 2


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (b"<!DOCTYPE html><p>x", "html"),
        (b"\xef\xbb\xbf\n <html>", "html"),
        (b"<?xml version='1.0'?><html>", "html"),
        (b"<!-- saved from url=(0030)http://news.example/ -->\n<html>", "html"),
        (b"<P>The bridge is shut.</P>", "html"),
        ("<!doctype html>".encode("utf-16"), "html"),
        (b"HTTP junk\n<body>", "html"),
        (b"The bridge is shut.", "text"),
        (b"<alert> is what it said, the mayor added", "text"),
        (b"a < b and b > a", "text"),
        (b"<paul@news.example> wrote", "text"),
        (b"", "text"),
    ],
)
def test_html_is_told_from_text_by_how_it_begins(content: bytes, format_: str) -> None:
    assert format_of(content) == format_


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the page is empty"),
        (b" \r\n\t", "the page is empty"),
        (b"x" * (LIMIT_BYTES + 1), "larger than 16,000,000 bytes: no report"),
        (b"%PDF-1.4", "not text but a PDF file"),
        (b"PK\x03\x04....", "not text but a ZIP archive"),
        (b"\x1f\x8b\x08", "not text but a gzip archive"),
        (b"\x00\x01\x02\x03" * 100, "not text but binary data"),
        (b"The bridge at Moss is shut until May.\x00 The mayor said so.\x07" * 3, None),
        ("The bridge is shut.".encode("utf-16"), None),
        (b"Wire copy\x1b[0m with escapes", None),
    ],
    ids=range(10),
)
def test_what_is_no_text_is_told_by_its_bytes(content: bytes, why: str | None) -> None:
    assert why_unreadable(Page(content, "here")) == why


def test_wide_text_without_a_mark_is_read_where_zeros_or_the_server_tell_of_it() -> None:
    content = "The bridge is shut.".encode("utf-16-le")
    assert why_unreadable(Page(content, "here")) is None
    content = "Мост закрыт".encode("utf-16-le") + bytes(40)
    assert why_unreadable(Page(content, "here")) == "not text but binary data"
    assert why_unreadable(Page(content, "here", charset="utf-16-le")) is None


@pytest.mark.parametrize(("value", "noted"), [("false", True), ('"False"', True), ("true", False)])
def test_a_page_that_is_not_free_to_read_is_noted(value: str, noted: bool) -> None:
    ld = f'<script type="application/ld+json">{{"isAccessibleForFree": {value}}}</script>'
    _, notes = read_page(Page(f"<!doctype html><html><head>{ld}</head><body>{STORY}".encode(), "here"))
    assert any("not free to read" in note.message for note in notes) is noted


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"<html><body><p>{text}".encode()))
@settings(deadline=None)
def test_any_page_gives_a_document(content: bytes) -> None:
    document, notes = read_page(Page(content, "here"))
    assert document.text or notes
    assert document.source.location == "here"
