"""onrecord reads news reports and puts them on record: who said what, on whose word, tied to the exact characters."""

from __future__ import annotations

import sys
from types import ModuleType

TYPE_CHECKING = False  # what typing calls by this name; loading typing would take most of the time of this import
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from onrecord.errors import FetchError, OnrecordError, PageError, StoreError, WeightsError
    from onrecord.keep.store import Store
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


_HOMES = {
    "onrecord.errors": ("FetchError", "OnrecordError", "PageError", "StoreError", "WeightsError"),
    "onrecord.keep.store": ("Store",),
    "onrecord.notation": ("NotationError", "from_json", "to_json"),
}


def __getattr__(name: str) -> object:
    """Public names are loaded when they are asked for, so that `import onrecord` and `onrecord --help` take no time."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = next((home for home, names in _HOMES.items() if name in names), "onrecord.record")
    found: object = getattr(import_module(home), name)
    globals()[name] = found
    return found


class _Package(ModuleType):
    """Keeps `onrecord.read` the function: importing the folder of that name would put a module in its place."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name == "read" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
