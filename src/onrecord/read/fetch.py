"""A URL to a page, with care: what is fetched comes from a public address, in bounded time and size.

Each hop is resolved once, its addresses are checked, and the connection goes to a checked address, so that neither a
redirect nor a changing DNS answer leads into a private network. Runs no scripts, sends no cookies, uses no proxy.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx

from onrecord.errors import FetchError
from onrecord.read import LIMIT_BYTES
from onrecord.record import Page

CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0
TOTAL_SECONDS = 60.0
MOST_REDIRECTS = 10
_AGENT = "Mozilla/5.0 (compatible; onrecord; reads single news pages on request)"
_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.9"
_TYPES = frozenset(("text/html", "application/xhtml+xml", "text/plain", ""))
_SAVE_IT = "save the page from a browser and read the file"
_REFUSALS = {
    401: "the site asks for a login (401)",
    402: "the site asks for payment (402)",
    403: "the site refuses to give the page to programs (403); " + _SAVE_IT,
    404: "the site has no such page (404)",
    410: "the site has taken the page away (410)",
    429: "the site says too many requests (429); wait and try again",
    451: "the site may not give the page for legal reasons (451)",
}
_CONSENT = re.compile(r"^(?:consent|guce|cmp|privacy-mgmt)\.|/(?:consent|cookie-?wall|privacy-?gate)\b", re.I)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def fetch(url: str, *, allow_private: bool = False) -> Page:
    """The page at a URL. FetchError when it cannot be had, or when its address is not a public one."""
    with _Watchdog(TOTAL_SECONDS) as watchdog:
        try:
            page = _followed(url, allow_private, watchdog)
        except FetchError:
            if not watchdog.barked:
                raise
        if watchdog.barked:
            raise FetchError(url, f"not received within {TOTAL_SECONDS:.0f} seconds")
    return page


class _Watchdog:
    """Cuts the connection when the time is up: the time-outs of httpx begin anew with each byte that drips in."""

    def __init__(self, seconds: float) -> None:
        self.barked = False
        self._wire: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._bark)
        self._timer.daemon = True

    def __enter__(self) -> _Watchdog:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._let_go()

    def watch(self, event: str, details: dict[str, Any]) -> None:
        """Told by httpcore of each step of a request; holds on to the connection, under TLS too."""
        if event == "connection.connect_tcp.complete":
            self._let_go()
            self._wire = details["return_value"].get_extra_info("socket").dup()
        if self.barked:
            self._bark()

    def _bark(self) -> None:
        self.barked = True
        if self._wire is not None:
            with suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None


def _followed(url: str, allow_private: bool, watchdog: _Watchdog) -> Page:
    target = _checked_url(url, url)
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    with httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client:
        for _ in range(MOST_REDIRECTS + 1):
            addresses = _addresses(target, url, allow_private)
            requests = (_request(client, target, address, watchdog) for address in addresses)
            with _answer(client, requests, url) as response:
                if not response.has_redirect_location:
                    return _page(response, target, url)
                target = _checked_url(response.headers["location"], url, target)
    raise FetchError(url, f"more than {MOST_REDIRECTS} redirects")


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, and so is any IPv4 address wrapped in it."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or _translated(address)
        if wrapped is not None:
            return is_public(wrapped)
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address in a NAT64 address (RFC 6052)."""
    is_nat64 = address in ipaddress.IPv6Network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if is_nat64 else None


def _checked_url(url: str, asked: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        target = httpx.URL(url) if base is None else base.join(url)
        is_web = target.scheme in ("http", "https") and bool(target.host)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(asked, f"not a web address: {error}") from error
    if not is_web:
        raise FetchError(asked, f"not a web address: {url:.200}")
    return target


@contextmanager
def _answer(client: httpx.Client, requests: Iterable[httpx.Request], asked: str) -> Iterator[httpx.Response]:
    """The answer of the first checked address that takes the connection."""
    failure: Exception | None = None
    for request in requests:
        try:
            response = client.send(request, stream=True)
        except httpx.ConnectError as error:
            failure = error
            continue
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise FetchError(asked, _reason(error)) from error
        try:
            yield response
        finally:
            response.close()
        return
    raise FetchError(asked, f"no connection: {failure}")


def _addresses(target: httpx.URL, asked: str, allow_private: bool) -> tuple[Address, ...]:
    """Where a host is, resolved once; FetchError unless every one of its addresses is public or allowed."""
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        answers = socket.getaddrinfo(target.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(asked, f"no address found for {target.host}") from error
    addresses = tuple(dict.fromkeys(ipaddress.ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers))
    for address in addresses:
        if not allow_private and not is_public(address):
            raise FetchError(asked, f"refused: {target.host} is at {address}, not a public address (--allow-private)")
    return addresses


def _request(client: httpx.Client, target: httpx.URL, address: Address, watchdog: _Watchdog) -> httpx.Request:
    """A request to the address itself, in the name of the host: the name is not resolved a second time."""
    headers = {
        "Host": target.netloc.decode("ascii"),
        "User-Agent": _AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "en",
    }
    extensions = {"sni_hostname": target.raw_host.decode("ascii"), "trace": watchdog.watch}
    url = target.copy_with(host=str(address), username=None, password=None, fragment=None)
    return client.build_request("GET", url, headers=headers, extensions=extensions)


def _page(response: httpx.Response, target: httpx.URL, asked: str) -> Page:
    _refuse_failure(response, target, asked)
    try:
        content = _body(response, asked)
    except httpx.HTTPError as error:
        raise FetchError(asked, _reason(error)) from error
    is_html = "html" in response.headers.get("content-type", "")
    return Page(content, asked, "html" if is_html else None, str(target), response.charset_encoding)


def _refuse_failure(response: httpx.Response, target: httpx.URL, asked: str) -> None:
    status = response.status_code
    if status != 200:
        raise FetchError(
            asked, _REFUSALS.get(status, f"the site answered {status} {response.reason_phrase:.40}".strip())
        )
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _TYPES:
        raise FetchError(asked, f"not a web page but {media_type:.60}")
    if str(target) != asked and (_CONSENT.search(target.host) or _CONSENT.search(target.path)):
        raise FetchError(asked, f"led to a consent page at {target.host}; {_SAVE_IT}")


def _body(response: httpx.Response, asked: str) -> bytes:
    content = bytearray()
    for part in response.iter_bytes():
        content += part
        if len(content) > LIMIT_BYTES:
            raise FetchError(asked, f"larger than {LIMIT_BYTES:,} bytes: no report")
    return bytes(content)


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    return f"the connection failed: {error}" if str(error) else f"the connection failed ({type(error).__name__})"
