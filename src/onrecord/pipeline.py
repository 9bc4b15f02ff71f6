"""The sentence: a page is read, then searched for findings, then its findings are resolved to identities.

`put_on_record` is pure: the same page gives the same record with the same ids. `read` and `read_many` open pages for
it. Keeps nothing and shows nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from os import PathLike, fspath

from onrecord.errors import OnrecordError, PageError
from onrecord.find.encoder import encode
from onrecord.find.mentions import coreference_vectors, find_mentions, settled
from onrecord.find.names import find_names
from onrecord.find.quotes import find_quotes
from onrecord.find.statements import find_statements
from onrecord.find.times import find_times
from onrecord.read import read_page
from onrecord.read.containers import Opening, pages_at
from onrecord.record import Document, Note, Page, Record, Source
from onrecord.resolve.coref import resolve_mentions
from onrecord.resolve.particulars import with_particulars
from onrecord.resolve.source_names import source_names
from onrecord.resolve.speakers import resolve_speakers

Openable = str | PathLike[str] | bytes | Page


def put_on_record(page: Page) -> Record:
    """Everything that onrecord can say of a page. A page without a story gives a record without text, and a note."""
    document, notes = read_page(page)
    if not document.text or document.language not in (None, "en"):
        return Record(document, notes=notes)
    scores = encode(document)
    quotes = find_quotes(document)
    said = find_statements(document, scores, quotes=quotes, read=encode)
    names = source_names(document, said, find_names(document, scores))
    found = find_mentions(document, scores, names)
    quotations = [quote.span for quote in quotes]
    vectors = coreference_vectors(scores, found)
    entities = resolve_mentions(document, found.mentions, quotations=quotations, vectors=vectors)
    mentions = settled(found.mentions, entities)
    entities = with_particulars(document, mentions, entities)
    statements = resolve_speakers(document, said, mentions, entities)
    times = find_times(document)
    return Record(document, mentions=mentions, entities=entities, statements=statements, times=times, notes=notes)


def read(page: Openable) -> Record:
    """The record of the one page that `page` is or names; PageError when there is none, or more than one."""
    found = _opened(page, Opening())
    first, second = next(found, None), next(found, None)
    if first is None or second is not None:
        raise PageError(_name(page), "holds more than one page: use read_many" if second else "holds no page")
    if isinstance(first, PageError):
        raise first
    record = put_on_record(first)
    if not record.document.text:
        raise PageError(first.location, "; ".join(note.message for note in record.notes))
    return record


def read_many(pages: Iterable[Openable], opening: Opening | None = None) -> Iterator[Record]:
    """A record for each page, in order; one that cannot be read gives a record without text, whose notes say why."""
    if isinstance(pages, str | bytes | PathLike | Page):
        raise TypeError("read_many takes several pages: a list of them, or anything else that can be gone through")
    for each in pages:
        for found in _opened(each, opening or Opening()):
            yield unread(found) if isinstance(found, PageError) else _put_on_record_at_any_rate(found)


def unread(error: PageError) -> Record:
    """The record of a page that could not be opened: no text, and a note that says why."""
    source = Source(
        sha256=hashlib.sha256(b"").hexdigest(), reader="onrecord.read.containers 1", location=error.location
    )
    return Record(Document("", source), notes=(Note("read.containers", error.message),))


def _put_on_record_at_any_rate(page: Page) -> Record:
    try:
        return put_on_record(page)
    except OnrecordError:  # a fault of the installation, the same for every page
        raise
    except Exception as error:  # a fault of ours in one page of a night's work must not cost the others
        return unread(PageError(page.location, f"onrecord failed on this page: {type(error).__name__}: {error}"))


def _opened(page: Openable, opening: Opening) -> Iterator[Page | PageError]:
    if isinstance(page, Page):
        return iter((page,))
    if isinstance(page, bytes | bytearray | memoryview):
        return iter((Page(bytes(page), _name(page)),))
    return pages_at(page, opening)


def _name(page: Openable) -> str:
    if isinstance(page, Page):
        return page.location
    return "<bytes>" if isinstance(page, bytes | bytearray | memoryview) else fspath(page)
