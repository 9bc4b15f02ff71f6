"""onrecord reads news reports and puts them on record: who said what, on whose word, tied to the exact characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from typing import TYPE_CHECKING

# Loaded first: importing this folder later would put the module in the place of the function `read` below.
import onrecord.read  # noqa: F401
from onrecord.errors import FetchError, OnrecordError, PageError, StoreError, WeightsError
from onrecord.notation import NotationError, from_json, to_json
from onrecord.record import (
    Block,
    Document,
    Entity,
    Event,
    Mention,
    Note,
    Page,
    Place,
    Record,
    Source,
    Span,
    Statement,
    Time,
)

if TYPE_CHECKING:
    from onrecord.keep.store import Store

__version__ = "0.1.0.dev0"
__all__ = [
    "Block",
    "Document",
    "Entity",
    "Event",
    "FetchError",
    "Mention",
    "NotationError",
    "Note",
    "OnrecordError",
    "Page",
    "PageError",
    "Place",
    "Record",
    "Source",
    "Span",
    "Statement",
    "Store",
    "StoreError",
    "Time",
    "WeightsError",
    "from_json",
    "read",
    "read_many",
    "to_json",
]


def read(page: str | PathLike[str] | bytes | Page) -> Record:
    """The record of one page: a path, a URL, the bytes of a page, or a Page.

    Raises PageError when the page cannot be opened or holds no story, and when the path holds several pages.

    >>> read(b"By ANNA LIND\\n\\nOSLO - The bridge is shut, the mayor said.").document.source.byline
    ('ANNA LIND',)
    """
    from onrecord import pipeline

    return pipeline.read(page)


def read_many(pages: Iterable[str | PathLike[str] | bytes | Page]) -> Iterator[Record]:
    """The records of many pages, folders and containers, one at a time and in order, as they are asked for.

    A page that cannot be read is a record without text, whose notes say why: it never stops the others.
    """
    from onrecord import pipeline

    return pipeline.read_many(pages)


def __getattr__(name: str) -> object:
    """`Store` is loaded when it is asked for: most uses read pages and keep nothing."""
    if name == "Store":
        from onrecord.keep.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
