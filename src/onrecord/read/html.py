"""An HTML page to its story: the text, its blocks, and where in the page each block stands.

The page is parsed once and nothing is ever fetched. Reads no headlines, dates or names: `meta.py` does, from the same
tree. Faults of the page become notes; a page that is no page at all raises PageError.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from onrecord.errors import PageError
from onrecord.record import Block, Note, Page, Span

from .blocks import Piece, pieces_of
from .charset import decode
from .layout import lay_out
from .story import story_lines
from .traits import Scene, survey

STEP = "read.html"
VERSION = "1"
#: Bytes of a page that are read. The largest of 181 news pages of a public benchmark has 2 MB.
MOST_BYTES = 16_000_000
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_ARTICLE_BODY = re.compile(r'"articleBody"\s*:\s*("(?:[^"\\]|\\.)*+")')
_MARKUP = re.compile(r"<[a-zA-Z!/?]")


@dataclass(frozen=True, slots=True)
class HtmlStory:
    """What one reading of a page gives: `text` with its `blocks`, the parsed `tree` and the decoded `html` for whoever
    reads the page's metadata, and notes on faults."""

    text: str
    blocks: tuple[Block, ...]
    tree: HtmlElement
    html: str
    notes: tuple[Note, ...]


def read_html(page: Page) -> HtmlStory:
    """The story of an HTML page; PageError when the bytes are not an HTML page."""
    html, notes = _characters(page)
    tree = _parsed(html, page)
    scene = _scene(tree)
    pieces = pieces_of(scene, story_lines(scene)) if scene.layout.runs else []
    text, blocks = _written(pieces)
    return HtmlStory(text, blocks, tree, html, notes)


def _characters(page: Page) -> tuple[str, tuple[Note, ...]]:
    if not page.content.strip():
        raise PageError(page.location, "the page is empty")
    html, notes = decode(page.content[:MOST_BYTES], page.charset)
    if len(page.content) > MOST_BYTES:
        notes = (*notes, Note(STEP, f"only the first {MOST_BYTES:,} of {len(page.content):,} bytes were read"))
    cleaned, controls = _CONTROLS.subn("", html)
    if not _MARKUP.search(cleaned) or controls * 20 > len(html):
        raise PageError(page.location, "not an HTML page")
    if controls:
        notes = (*notes, Note(STEP, f"{controls} control characters were left out"))
    return cleaned, notes


def _parsed(html: str, page: Page) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        return document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise PageError(page.location, "not an HTML page") from error


def scene_of(page: Page) -> Scene:
    """The lines of a page with all that is known before any is judged: for training and for debugging."""
    return _scene(_parsed(_characters(page)[0], page))


def _scene(tree: HtmlElement) -> Scene:
    return survey(lay_out(tree), article_body(tree), _description(tree))


def _description(tree: HtmlElement) -> str:
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in ("og:description", "description"):
            return meta.get("content") or ""
    return ""


def article_body(tree: HtmlElement) -> str:
    """The article text that the page's JSON-LD claims, "" when it claims none; not trusted, only compared with."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            found = _ARTICLE_BODY.search(script.text)
            if found is not None:
                return _unescaped(found.group(1))
    return ""


def _unescaped(quoted: str) -> str:
    try:
        return str(json.loads(quoted, strict=False))
    except ValueError:
        return ""


def _written(pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The texts of the pieces with an empty line between, and the block each becomes."""
    blocks: list[Block] = []
    written = 0
    for piece in pieces:
        span = Span(written, written + len(piece.text))
        blocks.append(Block(span, piece.kind, piece.label, piece.place))
        written = span.end + 2
    return "\n\n".join(piece.text for piece in pieces), tuple(blocks)
