"""One answer, three dresses: a page for people, the same data as JSON, a list as CSV.

A handler computes an `Answer`; this module decides how it is written. Story text is data in all three: escaped in HTML,
ASCII-escaped in JSON, and in CSV never the start of a formula.
"""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from onrecord.show.spreadsheet import cell
from onrecord.show.web import words

HERE = Path(__file__).parent
STATIC = HERE / "static"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page says: `data` is shown and is the JSON twin; `shown` is for the page alone; `rows`, if the page is a
    list, yields all of it (not only this page) for CSV."""

    template: str
    data: Mapping[str, Any]
    shown: Mapping[str, Any] = field(default_factory=dict)
    rows: Callable[[], Iterable[Row]] | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page needs beside its own data."""

    secret: str
    by: str


def written(answer: Answer, request: Request, desk: Desk) -> Response:
    """The answer as the address (`.json`, `.csv`) or else the Accept header wants it."""
    form = form_of(request)
    if form == "csv" and answer.rows is not None:
        return _as_csv(answer.rows(), _file_name(request))
    if form == "json":
        return as_json(answer.data, answer.status)
    page = environment().get_template(answer.template).render(**_shown(answer, request, desk))
    return HTMLResponse(_encodable(page), answer.status, {"vary": "accept, hx-request", **answer.headers})


def form_of(request: Request) -> str:
    """`json`, `csv` or `html`."""
    ending = request.url.path.rpartition(".")[2]
    if ending in ("json", "csv"):
        return ending
    accept = request.headers.get("accept", "")
    return "json" if "application/json" in accept and "text/html" not in accept else "html"


def as_json(data: Any, status: int = 200) -> Response:
    """Plain values, dataclasses and sequences as JSON that any client can read, lone surrogates escaped."""
    text = json.dumps(plain(data), ensure_ascii=True, allow_nan=False, indent=1)
    return Response(text + "\n", status, {"vary": "accept"}, "application/json")


def plain(value: Any) -> Any:
    """Dataclasses, mappings and sequences as dicts and lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def _as_csv(rows: Iterable[Row], name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_csv_lines(rows), media_type="text/csv; charset=utf-8", headers=headers)


def _csv_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    head: Sequence[str] | None = None
    for row in rows:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        if head is None:
            head = tuple(row)
            writer.writerow(head)
        writer.writerow([cell(row[column]) for column in head])
        yield buffer.getvalue().encode("utf-8", "replace")
    if head is None:
        yield b""


def _file_name(request: Request) -> str:
    parts = [part for part in request.url.path.removesuffix(".csv").split("/") if part]
    name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in "-".join(parts))
    return f"onrecord-{name[:80] or 'list'}.csv"


def _shown(answer: Answer, request: Request, desk: Desk) -> dict[str, Any]:
    path = request.url.path
    return {
        "secret": desk.secret,
        "by": desk.by,
        "here": "/" + path.strip("/").split("/")[0],
        "twin": with_query(f"{path}.json", request),
        "csv": None if answer.rows is None else with_query(f"{path}.csv", request),
        "part": request.headers.get("hx-request") == "true",
        "address": lambda **change: with_query(path, request, **change),
        **answer.data,
        **answer.shown,
    }


def with_query(path: str, request: Request, **change: str | int | None) -> str:
    """An address with this request's query, some of it changed or (None) taken out."""
    query = {name: value for name, value in request.query_params.items() if value}
    query.update({name: str(value) for name, value in change.items() if value is not None})
    kept = {name: value for name, value in query.items() if change.get(name, value) is not None}
    return words.in_path(path, "/") + (f"?{urlencode(kept)}" if kept else "")


def _encodable(page: str) -> str:
    return page.encode("utf-8", "replace").decode("utf-8")


@cache
def environment() -> Environment:
    """The templates, every value escaped, a missing one an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    made.filters.update(
        shown=words.shown,
        segment=words.in_path,
        day=words.day,
        month=words.month,
        sureness=words.sureness,
        safe_url=words.safe_url,
        host=words.host_of,
        number=words.number,
        hits=words.hits,
        led_in=words.led_in,
        led_out=words.led_out,
    )
    made.globals.update(static=_static, cell=cell)
    return made


@cache
def _static(name: str) -> str:
    """The address of a static file, with a stamp that changes when the file does."""
    stamp = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?{stamp}"
