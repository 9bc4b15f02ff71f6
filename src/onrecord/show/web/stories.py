"""The pages of one story: the story itself, the address of a statement in it, and judgements of its statements."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.keep import people, search
from onrecord.keep.answers import Story
from onrecord.keep.store import Store
from onrecord.record import parse_address
from onrecord.show.web import judging, lists
from onrecord.show.web.answers import Answer
from onrecord.show.web.cards import Card, StoryPage, story_page


def story(store: Store, request: Request) -> Answer:
    """A story with everything found in it."""
    found = _kept(store, request.path_params["document"])
    page = _page(store, found)
    data = {
        "record": found.record,
        "statements": page.cards,
        "named": page.named,
        "judgements": found.judgements,
        "pages": found.pages,
        "versions": found.versions,
        "copies": found.copies,
    }
    shown = {"story": page, "row": found.row}
    return Answer("story.html", data, shown, lambda: map(lists.statement_cells, found.statements))


def _kept(store: Store, document: str) -> Story:
    found = search.story(store, document)
    if found is None:
        raise HTTPException(404, "There is no such story in this database.")
    return found


def _page(store: Store, found: Story) -> StoryPage:
    document = found.record.document.id
    return story_page(found.record, judging.standing(found.judgements), people.entity_addresses(store, document))


def statement(store: Store, request: Request) -> Answer | Response:
    """One statement: its JSON, or for people its place in the story."""
    _, page, card = _found(store, request.path_params["id"])
    if request.state.form == "json":
        return Answer("", {"story": page.id, "headline": page.headline, "statement": card})
    return RedirectResponse(f"/stories/{page.id}#{card.fragment}", 303)


def _found(store: Store, id_: str) -> tuple[Story, StoryPage, Card]:
    found = _kept(store, _document_of(id_))
    page = _page(store, found)
    card = next((card for card in page.cards if card.id == id_), None)
    if card is None:
        raise HTTPException(404, "There is no such statement in this database.")
    return found, page, card


def _document_of(id_: str) -> str:
    try:
        return parse_address(id_)[0]
    except ValueError as error:
        raise HTTPException(404, "That is not the address of a statement.") from error


def judge(store: Store, request: Request, form: Mapping[str, str], by: str) -> Answer | Response:
    """Put a judgement of a statement; the answer is its card as it now stands."""
    id_ = request.path_params["id"]
    found, _, before = _found(store, id_)
    try:
        judgement = judging.judgement_of(form, found.record, id_, by)
        judging.must_take_something_back(judgement, found.judgements)
        store.judge(judgement)
    except judging.Refused as error:
        raise HTTPException(400, str(error)) from error
    _, page, card = _found(store, id_)
    if request.state.form == "json":
        return Answer("", {"story": page.id, "statement": card})
    if request.headers.get("hx-request") != "true":
        return RedirectResponse(f"/stories/{page.id}#{card.fragment}", 303)
    if request.query_params.get("in") == "review":
        return Answer("review_card.html", {}, {"row": search.statement(store, id_), "number": _number(request)})
    headers = {"hx-refresh": "true"} if _moved(before, card) else {}
    return Answer("judged.html", {}, {"card": card, "story": page}, headers=headers)


def _number(request: Request) -> int:
    number = request.query_params.get("number", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1


def _moved(before: Card, after: Card) -> bool:
    """Whether the text itself must be drawn anew: other words or another speaker, not just a verdict."""
    return (before.content, before.speaker) != (after.content, after.speaker)
