"""The pages about people: the list, one person, and the picture of who speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.keep import people as kept
from onrecord.keep import search
from onrecord.keep.answers import Count, Page, PeopleSort, Person, PersonRow, Series, StatementQuestion, StoryQuestion
from onrecord.keep.store import Store
from onrecord.record import Judgement, Verdict
from onrecord.show.web import judging, lists, words
from onrecord.show.web.answers import Answer, Row
from onrecord.show.web.pictures import Picture, Stretch, picture, stretch_of

PORTRAIT_PIXELS = 84
STRIP_PIXELS = 30
#: Others of a name that are offered to be judged the same.
MOST_OTHERS = 10
#: Speakers in the picture of a pile: about two screens of them.
LINES = 30

Sort = Literal["newest", "oldest", "relevance"]
SORTS: tuple[Sort, ...] = get_args(Sort)


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
    ask = lists.asked(request, "q", "since", "until", "same")
    sort = lists.sort_of(request, SORTS, otherwise="newest")
    after = request.query_params.get("after")
    listed = _listed(store, found.row.address, show, ask, sort)
    data = {"person": found, "show": show, "asked": ask, "sort": sort, "page": listed(after, lists.PAGE_ROWS)}
    shown = {
        "picture": picture(_pairs(found.timeline), height=PORTRAIT_PIXELS),
        "address_after": after,
        "sorts": SORTS,
        "others": _others(store, found, ask["same"]),
    }
    cells = lists.story_cells if show == "stories" else lists.statement_cells
    rows = lists.all_pages(lambda next_: listed(next_, lists.BATCH_ROWS))
    return Answer("person.html", data, shown, lambda: map(cells, rows))


def _person(store: Store, address: str) -> Person:
    found = kept.person(store, address)
    if found is None:
        raise HTTPException(404, "Nobody by that name is in this database.")
    return found


def _listed(
    store: Store, address: str, show: str, ask: Mapping[str, str | None], sort: Sort
) -> Callable[[str | None, int], Page[Any]]:
    """The list that a person's page shows, from a cursor on."""
    words, since, until = ask["q"], ask["since"], ask["until"]
    if show == "stories":
        story = StoryQuestion(words, mentions=address, since=since, until=until)
        return lambda after, limit: search.stories(store, story, sort=sort, after=after, limit=limit)
    speaker, about = (None, address) if show == "about" else (address, None)
    said = StatementQuestion(words, speaker, about, since=since, until=until)
    return lambda after, limit: search.statements(store, said, sort=sort, after=after, limit=limit)


def _others(store: Store, found: Person, name: str | None) -> tuple[PersonRow, ...]:
    """Those of a name who may be judged to be the same as this person."""
    if name is None:
        return ()
    rows = kept.people(store, name, kind=None, limit=MOST_OTHERS + 1).rows
    return tuple(row for row in rows if row.address != found.row.address)[:MOST_OTHERS]


def judge(store: Store, request: Request, form: Mapping[str, str], by: str) -> Response:
    """Put the judgement that two names are one person, or are not, or take it back."""
    found = _person(store, request.path_params["person"])
    verdicts: dict[str, Verdict] = {"same": "same", "different": "different", "undo": "withdraw"}
    verdict, left, right = verdicts.get(form.get("verdict", "")), form.get("left", ""), form.get("right", "")
    if verdict is None or not left or not right or left == right:
        raise HTTPException(400, "That judges two names to be the same or different, or takes it back.")
    why = form.get("why", "").strip()[: judging.LONGEST_WHY] or None
    judgement = Judgement(left, right, verdict, by, judging.now(), why)
    try:
        judging.must_take_something_back(judgement, [each.kept for each in found.decided])
    except judging.Refused as error:
        raise HTTPException(400, str(error)) from error
    store.judge(judgement)
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
    """The months from `since` to `until`; of a day, its month."""
    since, until = (since or "")[:7], (until or "9")[:7]
    months = (each for each in series.months if since <= each.value <= f"{until}~")
    return Series(series.address, series.name, tuple(months))


def _series_cells(series: Iterable[Series]) -> Iterator[Row]:
    for each in series:
        for month in each.months:
            yield {"address": each.address, "name": each.name, "month": month.value, "statements": month.count}


def _pairs(counts: Iterable[Count]) -> list[tuple[str, int]]:
    return [(count.value, count.count) for count in counts]


def _sum(series: Series) -> int:
    return sum(count.count for count in series.months)
