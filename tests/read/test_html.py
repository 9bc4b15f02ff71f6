"""Pages to stories: what is kept, where it stands, and what hostile pages do."""

import pytest

from onrecord.errors import PageError
from onrecord.read.html import read_html
from onrecord.read.layout import text_at
from onrecord.record import Page

STORY = b"""<html><head><title>Bridge</title></head><body><nav><ul><li><a href=/>Home</a></li></ul></nav>
<article><h1>Council votes to keep the old bridge</h1>
<p>HARBOUR CITY \xe2\x80\x94 The council voted on Monday to keep the old bridge, ending a dispute of four years.</p>
<p>\xe2\x80\x9cWe have listened,\xe2\x80\x9d Mayor Ada Quill said after the vote, which passed by nine to six.</p>
<p>Opponents said that the repairs would cost more than a new bridge, and promised to go to court.</p>
</article><footer><p>Copyright 2024 The Harbour Gazette. All rights reserved.</p></footer></body></html>"""


def read(content: bytes) -> str:
    return read_html(Page(content, "test")).text


def test_a_plain_story() -> None:
    story = read_html(Page(STORY, "test"))
    assert [block.kind for block in story.blocks] == ["headline", "paragraph", "paragraph", "paragraph"]
    assert "“We have listened,” Mayor Ada Quill said" in story.text
    assert "Home" not in story.text


def test_each_block_stands_where_its_place_says() -> None:
    story = read_html(Page(STORY, "test"))
    for block in story.blocks:
        assert block.place is not None
        shown = story.text[block.span.start : block.span.end]
        assert "".join(text_at(story.tree, block.place).split()) == "".join(shown.split())


@pytest.mark.parametrize("content", [b"", b"  \n", b"no markup at all", bytes(range(256)) * 40])
def test_what_is_no_page_is_refused(content: bytes) -> None:
    with pytest.raises(PageError):
        read_html(Page(content, "test"))
