"""The reader as an ASGI application: which address is which page, and what a fault looks like.

`reader` builds it over an open store; server.py serves it. Handlers are plain functions from a request to an `Answer`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from onrecord.errors import StoreError
from onrecord.keep.store import Store
from onrecord.show.web import lists, people, review, stories
from onrecord.show.web.answers import STATIC, Answer, Desk, as_json, form_of, written
from onrecord.show.web.guard import BODY_LIMIT, Guard, Guarded

Handler = Callable[[Store, Request], Answer | Response]
Writer = Callable[[Store, Request, Mapping[str, str], str], Answer | Response]

#: Every page; each answers at its address, and with `.json` after it as data. Lists answer with `.csv` too.
PAGES: tuple[tuple[str, Handler, bool], ...] = (
    ("/stories", lists.stories, True),
    ("/stories/{document}", stories.story, True),
    ("/statements/{id:path}", stories.statement, False),
    ("/search", lists.search_everything, True),
    ("/people", people.people, True),
    ("/people/{person}", people.person, True),
    ("/speakers", people.speakers, True),
    ("/review", review.review, True),
    ("/review/progress", review.progress, False),
)


def reader(store: Store, *, by: str, guard: Guard | None = None) -> ASGIApp:
    """The reader of an open store; `by` is who judges."""
    guard = guard or Guard()
    desk = Desk(guard.secret, by)
    routes: list[Route | Mount] = [
        Route("/", lambda _: RedirectResponse("/stories", 303)),
        Route("/statements/{id:path}/judgements", _writing(store, desk, guard, stories.judge), methods=["POST"]),
        Route("/people/{person}/judgements", _writing(store, desk, guard, people.judge), methods=["POST"]),
        Mount("/static", _Static(directory=STATIC), name="static"),
    ]
    for path, handler, is_list in PAGES:
        endings = (".json", ".csv", "") if is_list else (".json", "")
        routes += [Route(path + ending, _page(store, desk, handler)) for ending in endings]
    faults = {HTTPException: _fault(desk), StoreError: _fault(desk)}
    return Guarded(Starlette(routes=routes, exception_handlers=faults), guard)


def _page(store: Store, desk: Desk, handler: Handler) -> Callable[[Request], Response]:
    def page(request: Request) -> Response:
        request.state.form = form_of(request)
        answer = handler(store, request)
        return answer if isinstance(answer, Response) else written(answer, request, desk)

    return page


def _writing(store: Store, desk: Desk, guard: Guard, handler: Writer) -> Callable[[Request], Awaitable[Response]]:
    async def writing(request: Request) -> Response:
        if store.access == "read":
            raise HTTPException(403, "This reader only shows: the file is read-only, or stands under a shield.")
        form = _form(await _body(request), request, guard)
        return await run_in_threadpool(_page(store, desk, lambda s, r: handler(s, r, form, desk.by)), request)

    return writing


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise HTTPException(413, "That is too long for a judgement.")
    return body


def _form(body: bytes, request: Request, guard: Guard) -> Mapping[str, str]:
    """The form of a write, once it has shown that it comes from one of our own pages."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415, "A judgement comes as a form.")
    try:
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50))
    except ValueError as error:
        raise HTTPException(400, "That is not a form.") from error
    if not guard.knows_secret(form.get("secret", "")):
        raise HTTPException(403, "This form is not of this reader, or of an earlier run of it: load the page again.")
    return form


def _fault(desk: Desk) -> Callable[[Request, Exception], Response]:
    def fault(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 503
        message = error.detail if isinstance(error, HTTPException) else str(error)
        message = "Nothing stands at this address." if message == HTTPStatus.NOT_FOUND.phrase else message
        if form_of(request) != "html":
            return as_json({"error": message}, status)
        if request.headers.get("hx-request") == "true":
            return Response(message, status, media_type="text/plain")
        title = {404: "Not here", 503: "The database does not answer"}.get(status, "That did not work")
        return written(Answer("fault.html", {"title": title, "message": message}, status=status), request, desk)

    return fault


class _Static(StaticFiles):
    """Static files; their addresses carry a stamp of their content, so they may be kept for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer
