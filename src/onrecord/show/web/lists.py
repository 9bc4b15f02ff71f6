"""The pages that list: stories with their facets, and search across everything that was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, get_args

from starlette.requests import Request

from onrecord.keep import people as kept_people
from onrecord.keep import search
from onrecord.keep.answers import (
    Page,
    StatementQuestion,
    StatementRow,
    StatementSort,
    StoryQuestion,
    StoryRow,
    StorySort,
)
from onrecord.keep.store import Store
from onrecord.record import SourceType
from onrecord.show.web.answers import Answer, Row
from onrecord.show.web.words import month

PAGE_ROWS = 40
#: Rows fetched at a time for CSV.
BATCH_ROWS = 500
LONGEST_ASKED = 200
#: What narrows a search beside its words.
NARROWING = ("speaker", "about", "kind", "source_type", "since", "until")

Sort = TypeVar("Sort", bound=str)
Listed = TypeVar("Listed")


def asked(request: Request, *names: str) -> dict[str, str | None]:
    """What the address asks for, by these names; None for what it leaves open."""
    return {name: request.query_params.get(name, "").strip()[:LONGEST_ASKED] or None for name in names}


def sort_of(request: Request, sorts: tuple[Sort, ...], *, otherwise: Sort) -> Sort:
    """The order asked for, if there is such a one."""
    return next((sort for sort in sorts if sort == request.query_params.get("sort")), otherwise)


def stories(store: Store, request: Request) -> Answer:
    """All stories, or those that answer what is asked, with counts by which to narrow the list."""
    ask = asked(request, "q", "publisher", "agency", "speaker", "month")
    question = StoryQuestion(ask["q"], ask["publisher"], ask["agency"], ask["speaker"], month=ask["month"])
    sorts: tuple[StorySort, ...] = get_args(StorySort)
    usual: StorySort = "relevance" if ask["q"] else "newest"
    sort = sort_of(request, sorts, otherwise=usual)
    after = request.query_params.get("after")
    data = {
        "asked": ask,
        "sort": sort,
        "page": search.stories(store, question, sort=sort, after=after, limit=PAGE_ROWS),
        "facets": search.facets(store, question),
        "totals": search.totals(store),
    }
    shown = {
        "sorts": sorts,
        "usual": usual,
        "address_after": after,
        "find_words": ask["q"],
        "chips": _chips(store, ask),
    }
    pages = all_pages(lambda next_: search.stories(store, question, sort=sort, after=next_, limit=BATCH_ROWS))
    return Answer("stories.html", data, shown, lambda: map(story_cells, pages))


def _chips(store: Store, ask: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [(name, _chip(store, name, value)) for name, value in ask.items() if value]


def _chip(store: Store, name: str, value: str) -> str:
    if name == "speaker":
        return kept_people.name_at(store, value) or value
    if name == "month":
        return month(value)
    return f"“{value}”" if name == "q" else value


def search_everything(store: Store, request: Request) -> Answer:
    """What anyone said that answers the words asked, the hits marked."""
    ask = asked(request, "q", *NARROWING)
    question = _said(ask)
    sorts: tuple[StatementSort, ...] = ("relevance", "newest", "oldest")
    sort = sort_of(request, sorts, otherwise="relevance")
    after = request.query_params.get("after")
    data = {
        "asked": ask,
        "sort": sort,
        "page": search.statements(store, question, sort=sort, after=after, limit=PAGE_ROWS),
        "stories": search.stories(store, StoryQuestion(ask["q"]), sort="relevance", limit=3),
        "people": kept_people.people(store, ask["q"], kind=None, limit=6).rows if ask["q"] else (),
    }
    shown = {
        "sorts": sorts,
        "address_after": after,
        "find_words": ask["q"],
        "source_types": [(each, each) for each in get_args(SourceType)],
        "is_narrowed": any(ask[name] for name in NARROWING),
        "chosen": _chosen(store, ask),
    }
    return Answer("search.html", data, shown, lambda: statement_rows(store, question, sort))


def _said(ask: Mapping[str, str | None]) -> StatementQuestion:
    return StatementQuestion(
        words=ask["q"],
        speaker=ask["speaker"],
        about=ask["about"],
        kind=ask["kind"],
        source_type=ask["source_type"],
        since=ask["since"],
        until=ask["until"],
    )


def _chosen(store: Store, ask: Mapping[str, str | None]) -> dict[str, str]:
    """The names of the speaker and of who it is about, where the address asks for them by theirs."""
    found = {name: kept_people.name_at(store, ask[name] or "") for name in ("speaker", "about")}
    return {name: written for name, written in found.items() if written is not None}


def statement_rows(store: Store, question: StatementQuestion, sort: StatementSort) -> Iterator[Row]:
    """Every statement that answers a question, as rows for CSV."""
    rows = all_pages(lambda next_: search.statements(store, question, sort=sort, after=next_, limit=BATCH_ROWS))
    return map(statement_cells, rows)


def all_pages(ask: Callable[[str | None], Page[Listed]]) -> Iterator[Listed]:
    after: str | None = None
    while True:
        page = ask(after)
        yield from page.rows
        after = page.next
        if after is None:
            return


def story_cells(row: StoryRow) -> Row:
    """A story as a row of a table."""
    names = ("document", "headline", "publisher", "agency", "published", "url", "statements", "words")
    return _cells(row, names)


def statement_cells(row: StatementRow) -> Row:
    """A statement as a row of a table."""
    names = ("id", "speaker", "kind", "mode", "words", "source", "cue", "source_type", "score", "verdict")
    return {**_cells(row, names), **_cells(row, ("before", "after", "headline", "publisher", "published", "url"))}


def _cells(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
