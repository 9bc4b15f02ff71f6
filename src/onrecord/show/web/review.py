"""The review page: statements that nobody has judged, the least certain first, and how far review has come."""

from __future__ import annotations

from typing import cast

from starlette.requests import Request

from onrecord.keep import search
from onrecord.keep.answers import StatementQuestion, StatementSort, Wanted
from onrecord.keep.store import Store
from onrecord.show.web import lists
from onrecord.show.web.answers import Answer

PAGE_ROWS = 20
SHOWN = ("undecided", "accept", "correct", "reject")


def review(store: Store, request: Request) -> Answer:
    """What is to decide, or with `decided` what was decided and how."""
    wanted = request.query_params.get("decided")
    decided = cast(Wanted, wanted if wanted in SHOWN else "undecided")
    sort: StatementSort = "least certain" if decided == "undecided" else "newest"
    question, after = StatementQuestion(decided=decided), request.query_params.get("after")
    data = {
        "decided": decided,
        "page": search.statements(store, question, sort=sort, after=after, limit=PAGE_ROWS),
        "progress": search.progress(store),
    }
    return Answer("review.html", data, {"address_after": after}, lambda: lists.statement_rows(store, question, sort))


def progress(store: Store, request: Request) -> Answer:  # noqa: ARG001 (a handler takes the request)
    """How far review has come, on its own: the page asks for it again after each judgement."""
    return Answer("progress.html", {"progress": search.progress(store)})
