"""The pages about people: the list, one person, and the picture of who speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.keep import people as kept
from onrecord.keep import search
from onrecord.keep.answers import Count, Page, PeopleSort, Person, Series, StatementQuestion, StoryQuestion
from onrecord.keep.store import Store
from onrecord.record import Judgement, Verdict
from onrecord.show.web import judging, lists, words
from onrecord.show.web.answers import Answer, Row
from onrecord.show.web.pictures import Picture, Stretch, picture, stretch_of

PORTRAIT_PIXELS = 84
STRIP_PIXELS = 30
#: Speakers in the picture of a pile: about two screens of them.
LINES = 30


def people(store: Store, request: Request) -> Answer:
    """Who is on record, most quoted first."""
    ask = lists.asked(request, "q", "kind")
    sorts: tuple[PeopleSort, ...] = get_args(PeopleSort)
    sort = lists.sort_of(request, sorts, otherwise="statements")
    after = request.query_params.get("after")

    def page(next_: str | None, limit: int) -> Page[Any]:
        return kept.people(store, ask["q"], kind=ask["kind"], sort=sort, after=next_, limit=limit)

    data = {"asked": ask, "sort": sort, "page": page(after, 100)}
    rows = lists.all_pages(lambda next_: page(next_, lists.BATCH_ROWS))
    return Answer("people.html", data, {"sorts": sorts, "address_after": after}, lambda: map(_person_cells, rows))


def _person_cells(row: Any) -> Row:
    names = ("address", "name", "kind", "statements", "said_about", "stories", "mentions", "spellings")
    return {name: getattr(row, name) for name in names}


def person(store: Store, request: Request) -> Answer:
    """Everything about one person: what they said, what others said about them, and their stories."""
    found = _person(store, request.path_params["person"])
    show = next((each for each in ("about", "stories") if each == request.query_params.get("show")), "said")
    after = request.query_params.get("after")
    data = {"person": found, "show": show, "page": _page(store, found.row.address, show, after)}
    drawn = picture(_pairs(found.timeline), height=PORTRAIT_PIXELS)
    return Answer(
        "person.html",
        data,
        {"picture": drawn, "address_after": after},
        lambda: _rows(store, found.row.address, show),
    )


def _person(store: Store, address: str) -> Person:
    found = kept.person(store, address)
    if found is None:
        raise HTTPException(404, "Nobody by that name is in this database.")
    return found


def _page(store: Store, address: str, show: str, after: str | None) -> Page[Any]:
    if show == "stories":
        return search.stories(store, StoryQuestion(mentions=address), after=after, limit=lists.PAGE_ROWS)
    return search.statements(store, _question(address, show), after=after, limit=lists.PAGE_ROWS)


def _question(address: str, show: str) -> StatementQuestion:
    return StatementQuestion(about=address) if show == "about" else StatementQuestion(speaker=address)


def _rows(store: Store, address: str, show: str) -> Iterator[Row]:
    if show == "stories":
        return lists.all_stories(store, StoryQuestion(mentions=address))
    return lists.statement_rows(store, _question(address, show), "newest")


def judge(store: Store, request: Request, form: Mapping[str, str], by: str) -> Response:
    """Put the judgement that two names are one person, or are not."""
    found = _person(store, request.path_params["person"])
    verdicts: dict[str, Verdict] = {"same": "same", "different": "different", "undo": "withdraw"}
    verdict, left, right = verdicts.get(form.get("verdict", "")), form.get("left", ""), form.get("right", "")
    if verdict is None or not left or not right or left == right:
        raise HTTPException(400, "That judges two names to be the same or different, or takes it back.")
    why = form.get("why", "").strip()[: judging.LONGEST_WHY] or None
    store.judge(Judgement(left, right, verdict, by, judging.now(), why))
    return RedirectResponse(f"/people/{words.in_path(found.row.address)}", 303)


@dataclass(frozen=True, slots=True)
class Line:
    """One speaker in the picture of a pile; `most` is the tallest bar's count."""

    address: str
    name: str
    count: int
    most: int
    picture: Picture | None


def speakers(store: Store, request: Request) -> Answer:
    """Who speaks, how often, and when: one line of bars a speaker, all over the same months."""
    ask = lists.asked(request, "kind", "since", "until")
    found = kept.speakers_by_month(store, most=LINES, kind=ask["kind"])
    series = [_within(each, ask["since"], ask["until"]) for each in found]
    together = [pair for each in series for pair in _pairs(each.months)]
    stretch = stretch_of(together)
    lines = [_line(each, stretch) for each in series if _sum(each)]
    peak = max((line.most for line in lines), default=1)
    lines = [_line(each, stretch, peak) for each in series if _sum(each)]
    shown = {
        "whole": picture(together, height=PORTRAIT_PIXELS, stretch=stretch),
        "lines": sorted(lines, key=lambda line: -line.count),
        "totals": search.totals(store),
    }
    return Answer("speakers.html", {"asked": ask, "speakers": series}, shown, lambda: _series_cells(series))


def _line(series: Series, stretch: Stretch | None, peak: int = 1) -> Line:
    """One speaker's bars, as tall as those of the others where the count is the same."""
    drawn = picture(_pairs(series.months), height=STRIP_PIXELS, stretch=stretch, peak=peak)
    most = max((bar.count for bar in drawn.bars), default=0) if drawn else 0
    return Line(series.address, series.name, _sum(series), most, drawn)


def _within(series: Series, since: str | None, until: str | None) -> Series:
    months = (
        each
        for each in series.months
        if (since is None or each.value >= since) and (until is None or each.value <= f"{until}~")
    )
    return Series(series.address, series.name, tuple(months))


def _series_cells(series: Iterable[Series]) -> Iterator[Row]:
    for each in series:
        for month in each.months:
            yield {"address": each.address, "name": each.name, "month": month.value, "statements": month.count}


def _pairs(counts: Iterable[Count]) -> list[tuple[str, int]]:
    return [(count.value, count.count) for count in counts]


def _sum(series: Series) -> int:
    return sum(count.count for count in series.months)
