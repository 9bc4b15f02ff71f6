"""Page to Document: tells what kind of page it is and hands it to the reader of that kind.

The readers, and the libraries they stand on, are loaded when a page needs them. Opens and fetches nothing:
containers.py and fetch.py do.
"""

from __future__ import annotations

import hashlib
import re

from onrecord.errors import PageError
from onrecord.record import Block, Document, Note, Page, PageFormat, Source

from .charset import wide_charset
from .source_fields import SourceFields, described

#: A page larger than this is no report; the largest of 95 saved news pages measured 1.5 MB.
LIMIT_BYTES = 16_000_000

_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|\?xml|html|head|body|meta|title|div|p|article|h1)\b", re.I
)
_MARKUP_INSIDE = re.compile(rb"<(?:!doctype html|html|head|body)\b", re.I)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"RIFF", "a media file"),
)
_NOT_FREE = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false\b', re.I)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b"))


def read_page(page: Page) -> tuple[Document, tuple[Note, ...]]:
    """The document that a page holds, and the faults met on the way. A page without a story gives an empty text."""
    fault = why_unreadable(page)
    if fault is not None:
        return _nothing(page), (Note("read", fault),)
    if (page.format or format_of(page.content)) == "html":
        return _read_html(page)
    return _read_text(page)


def why_unreadable(page: Page) -> str | None:
    """Why the bytes of a page cannot be text, or None when they may be."""
    content = page.content
    if not content.strip():
        return "the page is empty"
    if len(content) > LIMIT_BYTES:
        return f"larger than {LIMIT_BYTES:,} bytes: no report"
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            return f"not text but {name}"
    wide = wide_charset(content) or (page.charset or "").lower().startswith(("utf-16", "utf-32"))
    return None if wide or _looks_like_text(content[:4096]) else "not text but binary data"


def _looks_like_text(beginning: bytes) -> bool:
    """Control characters are one byte in ten of random data; in text they are strays."""
    return len(beginning.translate(None, _CONTROLS)) >= len(beginning) * 0.95


def format_of(content: bytes) -> PageFormat:
    """Whether these bytes are an HTML page or plain text, by how they begin."""
    beginning = content[:4096].replace(b"\x00", b"")
    return "html" if _MARKUP.match(beginning) or _MARKUP_INSIDE.search(beginning) else "text"


def _nothing(page: Page) -> Document:
    return Document("", _source(page, "read 1"))


def _source(page: Page, reader: str) -> Source:
    sha256 = hashlib.sha256(page.content).hexdigest()
    return Source(sha256=sha256, reader=reader, location=page.location, url=page.url)


def _read_text(page: Page) -> tuple[Document, tuple[Note, ...]]:
    from onrecord.read.text import STEP, VERSION, read_text

    story = read_text(page)
    notes = story.notes if story.blocks else (*story.notes, Note(STEP, "no words in the page"))
    return _document(page, f"{STEP} {VERSION}", story.text, story.blocks, story.fields, notes)


def _read_html(page: Page) -> tuple[Document, tuple[Note, ...]]:
    from onrecord.read.html import STEP, VERSION, read_html
    from onrecord.read.meta import meta_of_html

    try:
        story = read_html(page)
    except PageError as error:
        return _nothing(page), (Note(STEP, error.message),)
    notes = story.notes if story.text else (*story.notes, Note(STEP, "no story found in the page"))
    fields = meta_of_html(story.tree, page, story.text, story.blocks)
    notes = (*notes, *_closed(page.content))
    return _document(page, f"{STEP} {VERSION}", story.text, story.blocks, fields, notes)


def _document(
    page: Page, reader: str, text: str, blocks: tuple[Block, ...], fields: SourceFields, notes: tuple[Note, ...]
) -> tuple[Document, tuple[Note, ...]]:
    """The document of a text that was read: with its source, language, and where it is English, its sentences."""
    from onrecord.read.language import language_of, story_of, why_not_read_on
    from onrecord.read.segment import segment

    language = language_of(story_of(text, blocks))
    unread = why_not_read_on(language)
    sentences = segment(text, blocks) if unread is None else ()
    source = described(_source(page, reader), fields)
    notes = notes if unread is None else (*notes, Note("read.language", unread))
    return Document(text, source, blocks, sentences, language), notes


def _closed(content: bytes) -> tuple[Note, ...]:
    """A note when the publisher says, in the way of schema.org, that the page is not free to read."""
    if _NOT_FREE.search(content) is None:
        return ()
    return (Note("read", "the publisher marks this page as not free to read: the text may be only its beginning"),)
