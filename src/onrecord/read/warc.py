"""Web archives (WARC 0.18 to 1.1, plain or gzipped; ISO 28500) to pages: the responses that are HTML, one at a time.

Streams: never holds more than one page, and no line or page beyond a limit, whatever the archive claims. Reads no
other record types, follows no revisits, checks no digests.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple, Protocol

from onrecord.errors import PageError
from onrecord.read import LIMIT_BYTES
from onrecord.record import Page

HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_LINE_BYTES = 64 * 1024
_HEADER_LINES = 1000
_CHUNK_BYTES = 64 * 1024

Headers = dict[str, str]


class Lines(Protocol):
    """Whatever gives lines of limited length."""

    def readline(self, limit: int, /) -> bytes: ...


class ArchiveDamage(ValueError):
    """The archive cannot be read beyond this place; the text says why."""


def warc_pages(file: BinaryIO, location: str) -> Iterator[Page | PageError]:
    """The HTML pages of an (uncompressed) archive. Raises ArchiveDamage, EOFError or zlib.error where it breaks off."""
    while (headers := _record_headers(file)) is not None:
        body = _Body(file, _length(headers))
        if headers.get("warc-type", "").lower() == "response":
            yield from _response_page(body, headers.get("warc-target-uri", "").strip("<>"), location)
        body.skip()


def _record_headers(file: BinaryIO) -> Headers | None:
    """The headers of the next record; None at the end of the archive."""
    line = _line(file)
    while line and not line.strip():
        line = _line(file)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise ArchiveDamage("not a WARC record where one should begin")
    return _headers(file)


def _headers(file: Lines) -> Headers:
    headers: Headers = {}
    for _ in range(_HEADER_LINES):
        line = _line(file)
        if not line.strip():
            return headers
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    raise ArchiveDamage("a record has too many headers")


def _line(file: Lines) -> bytes:
    line = file.readline(_LINE_BYTES)
    if len(line) == _LINE_BYTES and not line.endswith(b"\n"):
        raise ArchiveDamage(f"a header is longer than {_LINE_BYTES} bytes")
    return line


def _length(headers: Headers) -> int:
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 19):
        raise ArchiveDamage("a record does not say how long it is")
    return int(length)


class _Body(io.RawIOBase):
    """The body of one record: reads no further than its end, and raises EOFError when the file ends before."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file = file
        self._left = length

    def read(self, size: int = -1, /) -> bytes:
        return self._taken(self._file.read(self._left if size < 0 else min(size, self._left)))

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._taken(self._file.readline(min(_LINE_BYTES if size is None or size < 0 else size, self._left)))

    def _taken(self, data: bytes) -> bytes:
        if not data and self._left:
            raise EOFError("the archive ends in the middle of a record")
        self._left -= len(data)
        return data

    def skip(self) -> None:
        while self._left:
            self.read(_CHUNK_BYTES)


class Response(NamedTuple):
    """What an archived answer says of itself before its body begins."""

    status: str
    media_type: str
    charset: str | None
    headers: Headers


def _response_page(body: _Body, url: str, location: str) -> Iterator[Page | PageError]:
    where = f"{location}#{url}"
    try:
        response = _response(body)
        if response is None or response.status != "200" or response.media_type not in HTML_TYPES:
            return
        content = _decoded(body, response.headers)
    except (ValueError, zlib.error) as error:
        yield PageError(where, f"the page in the archive is damaged: {error}")
        return
    yield Page(content, where, "html", url or None, response.charset)


def _response(body: _Body) -> Response | None:
    parts = body.readline().split(None, 2)
    if len(parts) < 2 or not parts[0].startswith(b"HTTP/"):
        return None
    headers = _headers(body)
    media_type, _, parameters = headers.get("content-type", "").partition(";")
    return Response(parts[1].decode("latin-1"), media_type.strip().lower(), _charset(parameters), headers)


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip("\"' "):
            return value.strip("\"' ").lower()
    return None


def _decoded(body: _Body, headers: Headers) -> bytes:
    """The page's own bytes, chunks joined and compression undone; ValueError when it is larger than a page can be."""
    chunked = "chunked" in headers.get("transfer-encoding", "").lower()
    parts = _dechunked(body) if chunked else _plain(body)
    content = bytearray()
    for part in _inflated(parts, headers.get("content-encoding", "").strip().lower()):
        content += part
        if len(content) > LIMIT_BYTES:
            raise ValueError(f"larger than {LIMIT_BYTES:,} bytes")
    return bytes(content)


def _plain(body: _Body) -> Iterator[bytes]:
    while data := body.read(_CHUNK_BYTES):
        yield data


def _dechunked(body: _Body) -> Iterator[bytes]:
    while line := body.readline():
        size = _chunk_size(line)
        if size is None:  # archived without chunks although the header was kept, as some crawlers do
            yield line
            yield from _plain(body)
            return
        while size and (data := body.read(min(size, _CHUNK_BYTES))):
            size -= len(data)
            yield data
        body.readline()


def _chunk_size(line: bytes) -> int | None:
    digits = line.split(b";")[0].strip()
    try:
        return int(digits, 16) if digits and len(digits) < 16 else None
    except ValueError:
        return None


def _inflated(parts: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        return parts
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _unzipped(parts)
    raise ValueError(f"compressed by {encoding!r:.40}, which onrecord does not undo")


def _unzipped(parts: Iterator[bytes]) -> Iterator[bytes]:
    first = next(parts, b"")
    if first[:1] not in (b"\x1f", b"\x78"):  # archived uncompressed although the header was kept
        yield first
        yield from parts
        return
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for part in chain((first,), parts):
        data = inflater.decompress(part, _CHUNK_BYTES)
        while data:
            yield data
            data = inflater.decompress(inflater.unconsumed_tail, _CHUNK_BYTES)
