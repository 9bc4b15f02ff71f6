"""What sort of page it is, where that is not one story: a home page or listing, a live blog, nothing at all.

Says so in notes; changes nothing in what was read.
"""

from __future__ import annotations

import re

from onrecord.record import Note

from .blocks import Piece
from .traits import Scene

STEP = "read.html"
#: A story this short may be a blurb on a page of links; of 95 news stories with known text two are shorter.
_FEW_WORDS = 120
#: Links that read like headlines: at least this many words each, at least this many of them.
_HEADLINE_WORDS, _MANY_HEADLINES = 5, 15
_LIVE_STAMPS = 4
#: What a page says of itself when it is one story, however short.
_STORY_MARK = re.compile(r"article:published_time|NewsArticle|og:type[\"']\s+content=[\"']article")
_LIVE_MARK = re.compile(r'"@type"\s*:\s*\[?\s*"LiveBlogPosting"')


def notes_on_sort(scene: Scene, pieces: list[Piece], html: str) -> tuple[Note, ...]:
    """Notes on what the page is, where it is not one story; none where it is, or where nothing at all was found."""
    if not pieces:
        return ()
    words = sum(len(piece.text.split()) for piece in pieces if piece.kind in ("paragraph", "list", "table"))
    if words == 0:
        found = "the page has no story that could be found"
    elif (
        words < _FEW_WORDS
        and not _STORY_MARK.search(html)
        and _headline_links(scene) >= _MANY_HEADLINES * (1 + words // 40)
    ):
        found = "the page looks like a home page or a listing, not like one story"
    elif _LIVE_MARK.search(html) or _stamps(pieces) >= _LIVE_STAMPS:
        found = "the page looks like a live blog: its parts were written at different times"
    else:
        return ()
    return (Note(STEP, found),)


def _headline_links(scene: Scene) -> int:
    return sum(run.words >= _HEADLINE_WORDS and run.linked > 0.9 * len(run.text) for run in scene.layout.runs)


def _stamps(pieces: list[Piece]) -> int:
    return sum(piece.label == "live stamp" for piece in pieces)
