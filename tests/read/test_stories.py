"""Stories in JSON Lines: each line a page or an error in its place."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import PageError
from onrecord.read import LIMIT_BYTES
from onrecord.read.stories import story_pages
from onrecord.record import Page


def read(*lines: object, **columns: str) -> list[Page | PageError]:
    content = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(story_pages(io.BytesIO(content), "s.jsonl", columns))


def test_a_line_is_a_page_with_what_the_line_says_of_it() -> None:
    line = {"text": "“Go.”", "url": "http://n.example/1", "title": "Go", "author": ["A", "B"], "published": 2024}
    (page,) = read(line)
    given_ = (("url", "http://n.example/1"), ("title", "Go"), ("author", "A, B"), ("published", "2024"))
    assert page == Page("“Go.”".encode(), "s.jsonl:1", "text", "http://n.example/1", "utf-8", given_)


def test_html_comes_before_text_and_columns_have_any_name() -> None:
    (page,) = read({"raw": "<p>Go</p>", "body": "Go", "head": "T"}, html="raw", text="body", title="head")
    assert page == Page(b"<p>Go</p>", "s.jsonl:1", "html", None, "utf-8", (("title", "T"),))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "not JSON"),
        (b"\x00\x00", "not JSON"),
        (b"[" * 50_000, "not JSON"),
        (b"9" * 9_000, "not JSON"),
        ([], "not a JSON object"),
        ({}, "no story: no 'text' or 'html' in it (--column"),
        ({"text": ""}, "no story: nothing to read in 'text' (--column"),
        ({"text": None}, "no story"),
        ({"text": {"a": 1}}, "no story"),
        (b"x" * (LIMIT_BYTES + 9), "a line longer"),
    ],
    ids=["broken", "NULs", "deep", "huge number", "list", "empty", "empty text", "null", "object", "huge"],
)
def test_a_bad_line_is_an_error_in_its_place(line: object, why: str) -> None:
    first, bad, last = read({"text": "one"}, line, {"text": "three"})
    assert isinstance(first, Page)
    assert isinstance(bad, PageError)
    assert (bad.location, why in bad.message) == ("s.jsonl:2", True), bad
    assert isinstance(last, Page)
    assert last.location == "s.jsonl:3"


def test_blank_lines_and_a_byte_order_mark_are_nothing() -> None:
    (page,) = read(b"\xef\xbb\xbf" + json.dumps({"text": "one"}).encode(), b"", b"  ")
    assert isinstance(page, Page)


def test_half_a_surrogate_pair_becomes_a_mark_of_loss() -> None:
    (page,) = read(b'{"text": "a \\ud83d b"}')
    assert isinstance(page, Page)
    assert page.content == b"a ? b"


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(content: bytes) -> None:
    assert all(isinstance(page, Page | PageError) for page in story_pages(io.BytesIO(content), "s", {}))
