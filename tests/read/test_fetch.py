"""Fetching: from a real server on this machine with leave, and never from a private address without."""

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import httpx
import pytest

from onrecord.errors import FetchError
from onrecord.read import fetch as module
from onrecord.read.fetch import fetch, is_public
from onrecord.record import Page

STORY = "<html><body><p>Die Brücke ist zu.</p></body></html>"
HTML = ("Content-Type", "text/html; charset=ISO-8859-1")


class Answer(NamedTuple):
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (HTML,)
    body: bytes = STORY.encode("latin-1")


ANSWERS = {
    "/story": Answer(),
    "/gzip": Answer(headers=(HTML, ("Content-Encoding", "gzip")), body=gzip.compress(STORY.encode("latin-1"))),
    "/broken": Answer(headers=(HTML, ("Content-Encoding", "gzip")), body=b"no gzip"),
    "/moved": Answer(302, (("Location", "/moved-on"),)),
    "/moved-on": Answer(308, (("Location", "story"),)),
    "/ring": Answer(302, (("Location", "/ring"),)),
    "/to-file": Answer(302, (("Location", "file:///etc/passwd"),)),
    "/to-nowhere": Answer(302, (("Location", "http://[::"),)),
    "/to-consent": Answer(302, (("Location", "/consent?back=/story"),)),
    "/consent": Answer(),
    "/pdf": Answer(headers=(("Content-Type", "application/pdf"),)),
    "/forbidden": Answer(403),
    "/login": Answer(401),
    "/busy": Answer(429),
    "/law": Answer(451),
    "/fallen": Answer(503),
    "/large": Answer(headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")), body=b""),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/slow"):
            return self._drip()
        answer = ANSWERS.get(self.path.partition("?")[0], Answer(404))
        body = gzip.compress(b"\x00" * 40 * 2**20) if self.path == "/large" else answer.body
        self.send_response(answer.status)
        for header in answer.headers:
            self.send_header(*header)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def _drip(self) -> None:
        if self.path == "/slow":
            self.send_response(200)
            self.send_header(*HTML)
            self.end_headers()
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        try:
            for _ in range(200):
                self.wfile.write(b" ")
                time.sleep(0.02)
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/story", "/gzip", "/moved"])
def test_a_page_comes_with_its_charset_and_the_place_it_was_found_at(site: str, path: str) -> None:
    page = fetch(site + path, allow_private=True)
    place = site + ("/story" if path == "/moved" else path)
    assert page == Page(STORY.encode("latin-1"), site + path, "html", place, "iso-8859-1")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/forbidden", "refuses to give the page to programs .403.; save the page from a browser"),
        ("/login", "asks for a login"),
        ("/busy", "too many requests"),
        ("/law", "legal reasons"),
        ("/missing", "no such page"),
        ("/fallen", "the site answered 503"),
        ("/ring", "more than 10 redirects"),
        ("/to-file", "not a web address"),
        ("/to-nowhere", "Invalid URL in location header"),
        ("/to-consent", "consent page"),
        ("/pdf", "not a web page but application/pdf"),
        ("/large", "larger than 16,000,000 bytes"),
        ("/broken", "the connection failed"),
    ],
)
def test_a_failure_says_what_it_is(site: str, path: str, why: str) -> None:
    with pytest.raises(FetchError, match=why) as caught:
        fetch(site + path, allow_private=True)
    assert caught.value.location == site + path


@pytest.mark.parametrize("path", ["/slow", "/slow-headers"])
def test_a_page_that_drips_is_given_up(site: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOTAL_SECONDS", 0.2)
    with pytest.raises(FetchError, match="not received within"):
        fetch(site + path, allow_private=True)


def test_a_server_that_is_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "READ_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(FetchError, match="no answer in time"):
        fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", allow_private=True)


def test_nobody_there_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(FetchError, match="no connection"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "2130706433", "0x7f.1",
     "[::1]", "[::ffff:127.0.0.1]", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1"],
)  # fmt: skip
def test_private_addresses_are_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpx.Client, "send", lambda *_, **__: pytest.fail("a connection was opened"))
    with pytest.raises(FetchError, match="not a public address"):
        fetch(f"http://{host}/")


def answers_of_dns(*addresses: str) -> Any:
    def getaddrinfo(_host: str, port: int, **_: Any) -> list[Any]:
        kind = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
        return [(kind[n], socket.SOCK_STREAM, 6, "", (address, port)) for n, address in enumerate(addresses)]

    return getaddrinfo


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("93.184.216.34", "10.0.0.1"), ("::ffff:10.0.0.1",)])
def test_a_name_that_leads_to_a_private_address_is_refused(
    addresses: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers_of_dns(*addresses))
    with pytest.raises(FetchError, match=r"refused: news\.example is at"):
        fetch("http://news.example/")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []

    def send(_client: Any, request: Any, **_: Any) -> Any:
        sent.append(request)
        return httpx.Response(200, headers=[HTML], content=b"x")

    monkeypatch.setattr(socket, "getaddrinfo", answers_of_dns("93.184.216.34"))
    monkeypatch.setattr(httpx.Client, "send", send)
    assert fetch("https://news.example:8443/a?b=c#d").url == "https://news.example:8443/a?b=c#d"
    (request,) = sent
    assert str(request.url) == "https://93.184.216.34:8443/a?b=c"
    assert request.headers["host"] == "news.example:8443"
    assert request.extensions["sni_hostname"] == "news.example"


def test_a_redirect_into_a_private_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def send(_client: Any, _request: Any, **_: Any) -> Any:
        return httpx.Response(302, headers={"location": "http://169.254.169.254/latest/meta-data"})

    real = socket.getaddrinfo
    public = answers_of_dns("93.184.216.34")
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: (public if "news" in host else real)(host, *a, **k)
    )
    monkeypatch.setattr(httpx.Client, "send", send)
    with pytest.raises(FetchError, match=r"169\.254\.169\.254, not a public address"):
        fetch("http://news.example/")


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.216.34", True), ("2606:2800:220:1::1", True), ("::ffff:93.184.216.34", True), ("100.64.0.1", False),
     ("64:ff9b::5db8:d822", True), ("64:ff9b::a00:1", False), ("255.255.255.255", False), ("ff02::1", False),
     ("::", False), ("198.18.0.1", False), ("240.0.0.1", False)],
)  # fmt: skip
def test_public_addresses_are_told_from_others(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "url", ["http://", "http:///x", "http://[", "http://a b/", "http://" + "a" * 300 + "/", "http://xn--/"]
)
def test_what_is_no_address_is_a_failure(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url)
