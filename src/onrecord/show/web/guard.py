"""What every request must pass and every answer must carry: host check, token, same-site writes, strict headers.

Pure ASGI; knows nothing of stories. A page on the web must be able neither to read the reader (DNS rebinding: the Host
header names only us) nor to write to it (cross-site posts are refused twice: by what the browser says of the request's
site, and by a token that only our own pages know).
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
COOKIE = "onrecord-token"
BODY_LIMIT = 256 * 1024

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
#: The referrer policy is not "no-referrer": with that, browsers send our own forms with the origin "null". Without the
#: DNS line a browser looks up the host of every link it shows, and so tells the net what is being read.
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-dns-prefetch-control": "off",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may ask: `hosts` that the Host header may name (any IP address too, where `any_address`), the `token` that a
    visitor must bring (None: none asked), and the secret that our own forms send back with a write."""

    hosts: tuple[str, ...] = LOOPBACK
    any_address: bool = False
    token: str | None = None
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def knows_host(self, header: str) -> bool:
        name = _host_name(header)
        return name in self.hosts or (self.any_address and _is_address(name))

    def knows_secret(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.secret.encode())

    def knows_token(self, given: str) -> bool:
        return self.token is None or hmac.compare_digest(given.encode(), self.token.encode())


class Guarded:
    """The application behind a guard."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refusal = _refusal(scope, self.guard)
        app = refusal if refusal is not None else self.app
        await app(scope, receive, _with_headers(send))


def _refusal(scope: Scope, guard: Guard) -> Response | None:
    headers = Headers(scope=scope)
    if not guard.knows_host(headers.get("host", "")):
        return _refused(421, "This address does not belong to this reader (the Host header names another host).")
    if scope["method"] not in ("GET", "HEAD", "POST"):
        return _refused(405, "Only GET, HEAD and POST are answered.")
    if scope["method"] == "POST" and (fault := _write_fault(headers)):
        return _refused(403, fault)
    return _without_token(scope, headers, guard)


def _write_fault(headers: Headers) -> str | None:
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return "A page of another site may not write here (Sec-Fetch-Site)."
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        return "A page of another site may not write here (Origin)."
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdigit() or int(length) > BODY_LIMIT:
        return f"A write says its length, and is at most {BODY_LIMIT} bytes."
    return None


def _without_token(scope: Scope, headers: Headers, guard: Guard) -> Response | None:
    """Lets pass who brings the token in a cookie or as a bearer; turns one in the address into a cookie."""
    if guard.token is None or guard.knows_token(_cookie(headers)):
        return None
    if guard.knows_token(headers.get("authorization", "").removeprefix("Bearer ")):
        return None
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if not any(name == "token" and guard.knows_token(value) for name, value in query):
        return _refused(401, "This reader asks for a token: open the address that `onrecord serve` printed.")
    rest = urlencode([pair for pair in query if pair[0] != "token"])
    path = "/" + scope["raw_path"].decode("latin-1").split("?")[0].lstrip("/")
    answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
    answer.set_cookie(COOKIE, guard.token, httponly=True, samesite="strict")
    return answer


def _cookie(headers: Headers) -> str:
    jar = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[COOKIE].value if COOKIE in jar else ""


def _refused(status: int, why: str) -> Response:
    return PlainTextResponse(why + "\n", status, {"cache-control": "no-store"})


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending


def _host_name(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def hosts_of(bound: str, more: Sequence[str] = ()) -> tuple[str, ...]:
    """The names that a reader bound to `bound` answers to."""
    return tuple(dict.fromkeys((*LOOPBACK, bound.strip("[]").lower(), *(name.lower() for name in more))))
