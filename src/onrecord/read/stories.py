"""Stories in JSON Lines to pages: one object a line, with `text` or `html` and any of url, title, author, published,
publisher. Streams: never holds more than one line, and no line beyond a limit. Other names of columns can be given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from onrecord.errors import PageError
from onrecord.read import LIMIT_BYTES
from onrecord.record import Page

#: What onrecord takes from a line, under the names that it looks for when no other are given.
FIELDS = ("text", "html", "url", "title", "author", "published", "publisher")
_GIVEN = FIELDS[2:]


def story_pages(file: BinaryIO, location: str, columns: Mapping[str, str]) -> Iterator[Page | PageError]:
    """The stories of a file, each as a page named `location:line`; a line that holds none is an error in its place."""
    number = 0
    while line := file.readline(LIMIT_BYTES + 1):
        number += 1
        where = f"{location}:{number}"
        if len(line) > LIMIT_BYTES:
            _skip_line(file, line)
            yield PageError(where, f"a line longer than {LIMIT_BYTES:,} bytes")
        elif line.strip():
            yield _story(line, where, columns)


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(2**20)


def _story(line: bytes, where: str, columns: Mapping[str, str]) -> Page | PageError:
    try:
        data = json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        return PageError(where, f"not JSON: {error}")
    if not isinstance(data, dict):
        return PageError(where, "not a JSON object")
    values = {field: _words(data.get(columns.get(field, field))) for field in FIELDS}
    for format_ in ("html", "text"):
        if content := values[format_]:
            given = tuple((field, value) for field in _GIVEN if (value := values[field]))
            return Page(content.encode("utf-8", "replace"), where, format_, values["url"] or None, "utf-8", given)
    return PageError(where, f"no story: {_why_none(data, columns)}")


def _why_none(data: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    """What is missing in a line, and how to name a column that has it."""
    names = [columns.get(field, field) for field in ("text", "html")]
    empty = " and ".join(repr(name) for name in names if name in data)
    missing = " or ".join(map(repr, names))
    found = f"nothing to read in {empty}" if empty else f"no {missing} in it"
    return f"{found} (--column text=NAME or html=NAME says where a story stands)"


def _words(value: Any) -> str:
    """A value as words: lists (of authors) joined, numbers as written, anything else nothing."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    if isinstance(value, str):
        return value.strip("\x00")
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
