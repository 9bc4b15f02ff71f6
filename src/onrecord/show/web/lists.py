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
from onrecord.show.web.answers import Answer, Row
from onrecord.show.web.pictures import MONTHS

PAGE_ROWS = 40
#: Rows fetched at a time for CSV.
BATCH_ROWS = 500
LONGEST_ASKED = 200

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
    shown = {"sorts": sorts, "address_after": after, "find_words": ask["q"], "chips": _chips(store, ask)}
    pages = all_pages(lambda next_: search.stories(store, question, sort=sort, after=next_, limit=BATCH_ROWS))
    return Answer("stories.html", data, shown, lambda: map(story_cells, pages))


def _chips(store: Store, ask: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [(name, _chip(store, name, value)) for name, value in ask.items() if value]


def _chip(store: Store, name: str, value: str) -> str:
    if name == "speaker":
        person = kept_people.person(store, value)
        return person.row.name if person else value
    year, _, month = value.partition("-")
    if name == "month" and month.isascii() and month.isdigit() and 1 <= int(month) <= 12:
        return f"{MONTHS[int(month) - 1]} {year}"
    return f"“{value}”" if name == "q" else value


def search_everything(store: Store, request: Request) -> Answer:
    """What anyone said that answers the words asked, the hits marked."""
    ask = asked(request, "q", "speaker", "kind", "since", "until")
    question = StatementQuestion(
        words=ask["q"], speaker=ask["speaker"], kind=ask["kind"], since=ask["since"], until=ask["until"]
    )
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
    shown = {"sorts": sorts, "address_after": after, "find_words": ask["q"]}
    return Answer("search.html", data, shown, lambda: statement_rows(store, question, sort))


def statement_rows(store: Store, question: StatementQuestion, sort: StatementSort) -> Iterator[Row]:
    """Every statement that answers a question, as rows for CSV."""
    rows = all_pages(lambda next_: search.statements(store, question, sort=sort, after=next_, limit=BATCH_ROWS))
    return map(statement_cells, rows)


def all_stories(store: Store, question: StoryQuestion) -> Iterator[Row]:
    """Every story that answers a question, newest first, as rows for CSV."""
    return map(story_cells, all_pages(lambda next_: search.stories(store, question, after=next_, limit=BATCH_ROWS)))


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
