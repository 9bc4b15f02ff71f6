"""What a user names, to pages: files, folders, JSON Lines, web archives, standard input, URLs; one page at a time.

A page or container that cannot be opened is an error in its place among the pages, and never stops the others. Reads
no page: `read_page` does. Holds no more than one page in memory.
"""

from __future__ import annotations

import io
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from onrecord.errors import PageError
from onrecord.read import LIMIT_BYTES
from onrecord.read.gunzip import Inflated
from onrecord.read.stories import story_pages
from onrecord.read.warc import ArchiveDamage, warc_pages
from onrecord.record import Page

Pages = Iterator[Page | PageError]

#: What a folder is searched for; other files in it are left alone.
PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".txt", ".text")
STORY_SUFFIXES = (".jsonl", ".ndjson")
ARCHIVE_SUFFIXES = (".warc",)
_FORMATS = {".html": "html", ".htm": "html", ".xhtml": "html"}
#: zipfile raises the last two for archives that are encrypted or squeezed in ways it does not know.
_DAMAGE = (ArchiveDamage, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
#: What common file systems take, in bytes.
_LONGEST_NAME, _LONGEST_PATH = 255, 4095
_TEXTS_ARE_GIVEN = "a text is given as bytes (text.encode()) or as a Page, and to a command by - (standard input)"
_ALL_SUFFIXES = (*PAGE_SUFFIXES, *STORY_SUFFIXES, *ARCHIVE_SUFFIXES, ".wacz")


@dataclass(frozen=True, slots=True)
class Opening:
    """How to open what is named: `columns` of JSON Lines by field, whether private addresses may be fetched from, and
    `on_bytes`, which is told of bytes as they are read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False
    on_bytes: Callable[[int], None] | None = None


def pages_at(location: str | os.PathLike[str], opening: Opening) -> Pages:
    """The pages at a path, a URL or `-` (standard input), in a fixed order, with an error in place of each bad one."""
    if isinstance(location, bytes) or not isinstance(location, str | os.PathLike):
        raise TypeError(f"a page is a path, a URL, bytes or a Page, not {type(location).__name__}")
    if location == "-":
        return _guarded("standard input", _standard_input())
    if isinstance(location, str) and is_url(location):
        return _guarded(location, _fetched(location, opening))
    fault = why_no_path(location)
    return _pages_under(Path(location), opening) if fault is None else iter((PageError(_begun(location), fault),))


def why_no_path(location: str | os.PathLike[str]) -> str | None:
    """Why a name can be the path of no file, None when it may be: above all, a text given in the place of its path."""
    name = os.fspath(location)
    if not name.strip():
        return "an empty path"
    if re.match(r"[a-z][a-z0-9+.-]+://", name, re.I):
        return "an address of a kind that is not read: only http and https are"
    try:
        parts = os.fsencode(name).split(os.fsencode(os.sep))
    except UnicodeEncodeError:
        return f"no path: it holds characters that no name can; {_TEXTS_ARE_GIVEN}"
    if "\x00" in name:
        return f"no path: it holds a NUL character; {_TEXTS_ARE_GIVEN}"
    too_long = len(name) > _LONGEST_PATH or max(map(len, parts)) > _LONGEST_NAME
    if too_long or ("\n" in name and not Path(name).exists()):
        return f"no path: too long, or of several lines; {_TEXTS_ARE_GIVEN}"
    return None


def _begun(location: str | os.PathLike[str]) -> str:
    """The beginning of a name that is no path, as one short line."""
    name = os.fspath(location).encode("utf-8", "backslashreplace").decode()
    line = " ".join(name.replace("\x00", "\\x00").split())
    return repr(line if len(line) <= 60 else f"{line[:60]}…")


def is_url(location: str) -> bool:
    """Whether a name is a web address and not a path."""
    return re.match(r"https?://", location, re.I) is not None


def size_bytes(locations: Iterable[str | os.PathLike[str]]) -> int:
    """How many bytes the files at these locations hold together, as far as they say."""
    named = (location for location in locations if location != "-" and not is_url(os.fspath(location)))
    paths = [Path(location) for location in named if why_no_path(location) is None]
    return sum(_size(file) for path in paths for file in (_files_in(path) if path.is_dir() else (path,)))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _guarded(location: str, pages: Pages) -> Pages:
    try:
        yield from pages
    except PageError as error:
        yield error
    except EOFError:
        yield PageError(location, "breaks off: what follows is missing")
    except _DAMAGE as error:
        yield PageError(location, f"damaged, not read further: {error}")
    except OSError as error:
        yield PageError(location, error.strerror or str(error))


def _standard_input() -> Pages:
    yield Page(_limited(sys.stdin.buffer, "standard input"), "standard input")


def _fetched(url: str, opening: Opening) -> Pages:
    from onrecord.read.fetch import fetch

    yield fetch(url, allow_private=opening.allow_private)


def _pages_under(path: Path, opening: Opening) -> Pages:
    if not path.is_dir():
        yield from _guarded(_shown(path), _pages_in(path, opening))
        return
    closed: list[OSError] = []
    found = False
    for file in _files_in(path, closed.append):
        found = True
        yield from _guarded(_shown(file), _pages_in(file, opening))
    yield from (PageError(_shown(Path(error.filename)), error.strerror or str(error)) for error in closed)
    if not found and not closed:
        yield PageError(_shown(path), "no pages in this folder")


def _files_in(folder: Path, on_closed: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """The pages and containers in a folder and those below it, sorted; hidden ones and linked folders left out."""
    for parent, folders, names in os.walk(folder, onerror=on_closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and _suffix(path) in _ALL_SUFFIXES and path.is_file():
                yield path


def _suffix(path: Path) -> str:
    """What a file's name says that it holds, whether it is gzipped or not."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


def _shown(path: Path) -> str:
    """A path as text that can be printed and stored, whatever its bytes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _pages_in(path: Path, opening: Opening) -> Pages:
    suffix = _suffix(path)
    with _open(path, opening) as file:
        if suffix in STORY_SUFFIXES:
            yield from story_pages(file, _shown(path), opening.columns)
        elif suffix in ARCHIVE_SUFFIXES:
            yield from warc_pages(file, _shown(path))
        elif suffix == ".wacz":
            yield from _pages_in_collection(file, _shown(path))
        else:
            yield Page(_limited(file, _shown(path)), _shown(path), "html" if suffix in _FORMATS else None)


def _pages_in_collection(file: BinaryIO, location: str) -> Pages:
    """The pages of a WACZ: a ZIP with web archives in its folder `archive/`."""
    with zipfile.ZipFile(file) as collection:
        for name in sorted(collection.namelist()):
            if name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz")):
                with collection.open(name) as member:
                    archive = _unzipped(cast(BinaryIO, member)) if name.lower().endswith(".gz") else member
                    yield from _guarded(f"{location}#{name}", warc_pages(cast(BinaryIO, archive), location))


def _limited(file: BinaryIO, location: str) -> bytes:
    content = file.read(LIMIT_BYTES + 1)
    if len(content) > LIMIT_BYTES:
        raise PageError(location, f"larger than {LIMIT_BYTES:,} bytes: no report")
    return content


@contextmanager
def _open(path: Path, opening: Opening) -> Iterator[BinaryIO]:
    with open(path, "rb", buffering=0) as raw:
        file = io.BufferedReader(_Counted(raw, opening.on_bytes) if opening.on_bytes else cast(io.RawIOBase, raw))
        yield _unzipped(file) if path.name.lower().endswith(".gz") else file


def _unzipped(file: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(Inflated(file)))


class _Counted(io.RawIOBase):
    """A file that tells how many bytes are read from it."""

    def __init__(self, raw: io.FileIO, on_bytes: Callable[[int], None]) -> None:
        self._raw = raw
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._raw.seek(offset, whence)

    def readinto(self, buffer: Any, /) -> int | None:
        count = self._raw.readinto(buffer)
        self._on_bytes(count or 0)
        return count
