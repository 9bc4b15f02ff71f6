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
from .sorts import notes_on_sort
from .story import story_lines
from .traits import Scene, survey

STEP = "read.html"
VERSION = "1"
#: Bytes of a page that are read. The largest of 95 news pages of a public benchmark has 1.5 MB.
MOST_BYTES = 4_000_000
#: Where the parser stops to descend (libxml2's limit for huge documents).
_PARSER_DEPTH = 2000
#: Characters of story that a page may have, some 170,000 words; attributes of a tag that are read. The parser compares
#: each attribute with all before it: 50,000 of them took it 21 seconds.
_MOST_CHARACTERS, _MOST_ATTRIBUTES = 1_000_000, 256
#: A page that shows fewer words of story than this may keep it in its JSON-LD.
_SHOWN_WORDS = 40
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_ARTICLE_BODY = re.compile(r'"articleBody"\s*:\s*("(?:[^"\\]|\\.)*+")')
_ATTRIBUTE = r"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+))?+"""
_ENDLESS_TAG = re.compile(rf"(<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{_MOST_ATTRIBUTES}}})(?:{_ATTRIBUTE})++")
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
    pieces, fallback = _or_claimed(pieces, tree)
    shown = _within_limit(pieces)
    text, blocks = _written(shown)
    if len(shown) < len(pieces):
        notes = (*notes, Note(STEP, f"only the first {len(text):,} characters of the story were read"))
    notes = (*notes, *_notes_on_layout(scene), *fallback, *notes_on_sort(scene, pieces, html))
    return HtmlStory(text, blocks, tree, html, notes)


def _characters(page: Page) -> tuple[str, tuple[Note, ...]]:
    if not page.content.strip():
        raise PageError(page.location, "the page is empty")
    html, notes = decode(page.content[:MOST_BYTES], page.charset)
    if len(page.content) > MOST_BYTES:
        notes = (*notes, Note(STEP, f"only the first {MOST_BYTES:,} of {len(page.content):,} bytes were read"))
    cleaned, controls = _CONTROLS.subn("", html)
    if not _MARKUP.search(cleaned) or (controls > 20 and controls * 20 > len(html)):
        raise PageError(page.location, "not an HTML page")
    if controls:
        notes = (*notes, Note(STEP, f"{controls} control characters were left out"))
    cleaned, endless = _ENDLESS_TAG.subn(r"\1", cleaned)
    if endless:
        notes = (*notes, Note(STEP, f"{endless} tags have too many attributes; the first {_MOST_ATTRIBUTES} were read"))
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
    return survey(lay_out(tree), article_body(tree), _description(tree), tree.findtext(".//title") or "")


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


def _or_claimed(pieces: list[Piece], tree: HtmlElement) -> tuple[list[Piece], tuple[Note, ...]]:
    """Where the page shows no story, what its JSON-LD claims to be the story: without places, and with a note."""
    shown = sum(len(piece.text.split()) for piece in pieces if piece.kind == "paragraph")
    claimed = [" ".join(line.split()) for line in article_body(tree).splitlines() if line.strip()]
    if shown >= _SHOWN_WORDS or sum(len(line.split()) for line in claimed) < 2 * _SHOWN_WORDS:
        return pieces, ()
    head = [piece for piece in pieces if piece.kind in ("headline", "byline")]
    note = Note(STEP, "the story is not shown in the page; it was read from the page's JSON-LD, without places")
    return head + [Piece(line, "paragraph", None, None) for line in claimed], (note,)


def _notes_on_layout(scene: Scene) -> tuple[Note, ...]:
    notes = []
    if scene.layout.cut:
        notes.append(Note(STEP, f"only the first {len(scene.layout.runs):,} lines of the page were read"))
    if scene.layout.depth >= _PARSER_DEPTH:
        notes.append(Note(STEP, "the page is nested too deep; what lies deeper was not read"))
    return tuple(notes)


def _within_limit(pieces: list[Piece]) -> list[Piece]:
    """The pieces that a story longer than any report is cut to, at least the first."""
    left = _MOST_CHARACTERS
    for number, piece in enumerate(pieces):
        left -= len(piece.text) + 2
        if left < 0 and number > 0:
            return pieces[:number]
    return pieces


def _written(pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The texts of the pieces with an empty line between, and the block each becomes."""
    blocks: list[Block] = []
    written = 0
    for piece in pieces:
        span = Span(written, written + len(piece.text))
        blocks.append(Block(span, piece.kind, piece.label, piece.place))
        written = span.end + 2
    return "\n\n".join(piece.text for piece in pieces), tuple(blocks)
