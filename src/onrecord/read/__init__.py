"""Page to Document: tells what kind of page it is and hands it to the reader of that kind.

The readers, and the libraries they stand on, are loaded when a page needs them. Opens and fetches nothing:
containers.py and fetch.py do.
"""

from __future__ import annotations

import hashlib
import re

from onrecord.record import Block, Document, Note, Page, PageFormat, Source, Span

#: A page larger than this is no report; the largest of 95 saved news pages measured 1.5 MB.
LIMIT_BYTES = 16 * 2**20

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
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_page(page: Page) -> tuple[Document, tuple[Note, ...]]:
    """The document that a page holds, and the faults met on the way. A page without a story gives an empty text."""
    fault = why_unreadable(page.content)
    if fault is not None:
        return _nothing(page), (Note("read", fault),)
    if (page.format or format_of(page.content)) == "html":
        return _read_html(page)
    return _read_text(page)


def why_unreadable(content: bytes) -> str | None:
    """Why these bytes cannot be a page of text, or None when they may be one."""
    if not content.strip():
        return "the page is empty"
    if len(content) > LIMIT_BYTES:
        return f"larger than {LIMIT_BYTES // 2**20} MiB: no report"
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            return f"not text but {name}"
    if not content.startswith(_UTF16_MARKS) and content[:4096].count(b"\x00") * 10 > len(content[:4096]):
        return "not text but binary data"
    return None


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
    text = page.content.decode(page.charset or "utf-8", "replace")
    return Document(text, _source(page, "read 1"), _paragraphs(text)), ()


def _read_html(page: Page) -> tuple[Document, tuple[Note, ...]]:
    import trafilatura

    text = trafilatura.extract(page.content, fast=True) or ""
    notes = () if text else (Note("read", "no story found in the page"),)
    return Document(text, _source(page, "read 1"), _paragraphs(text)), notes


def _paragraphs(text: str) -> tuple[Block, ...]:
    return tuple(Block(Span(*found.span()), "paragraph") for found in re.finditer(r"\S.*", text))
