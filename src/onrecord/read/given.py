"""What the container of a page says of it (a column of a table, a header of an archive), as clues. Reads no page."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record import Page

from .agencies import agency_called
from .bylines import people_named
from .dates import edtf_of
from .source_fields import Clue

#: A container's word is taken before the page's own, but not blindly: exports cut titles and shift dates.
TRUST = 0.9


def given_clues(page: Page) -> Iterator[Clue]:
    """The fields that `page.given` and `page.url` name."""
    given = {name: " ".join(value.split()) for name, value in page.given}
    url = page.url or given.get("url")
    if url:
        yield Clue("url", url, "given", TRUST)
    if given.get("title"):
        yield Clue("headline", given["title"], "given", TRUST)
    if given.get("publisher"):
        yield Clue("publisher", given["publisher"], "given", TRUST)
    published = edtf_of(given.get("published", ""))
    if published:
        yield Clue("published", published, "given", TRUST)
    yield from _author(given.get("author", ""))


def _author(author: str) -> Iterator[Clue]:
    people, agency = people_named(author), agency_called(author)
    if people:
        yield Clue("byline", people, "given", TRUST)
    if agency:
        yield Clue("agency", agency, "given", TRUST)
