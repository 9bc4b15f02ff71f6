"""Who is let in: hosts, tokens, writes of our own pages only, and the headers of every answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.keep.store import Store
from onrecord.show.web.app import reader
from onrecord.show.web.guard import Guard
from onrecord.show.web.server import Options, address_of, guard_for, is_loopback
from reader_stories import pile

GOOD = {"origin": "http://127.0.0.1:8321", "sec-fetch-site": "same-origin"}
OTHER_HOSTS = ["evil.test", "127.0.0.1.evil.test", "evil.test:8321", "", "[", "localhost@evil.test", "10.0.0.1"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from filled(tmp_path_factory.mktemp("guard"))


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Store]:
    yield from filled(tmp_path)


def filled(folder: Path) -> Iterator[Store]:
    with Store.open(folder / "news.db", access="create") as store:
        for record in pile():
            store.put(record)
        yield store


def client(store: Store, guard: Guard) -> TestClient:
    return TestClient(reader(store, by="tester", guard=guard), base_url="http://127.0.0.1:8321", follow_redirects=False)


def address() -> str:
    return f"/statements/{pile()[0].statements[0].id}/judgements"


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8321", "127.0.0.1:1", "[::1]:8321", "LOCALHOST", "localhost."]
)
def test_own_hosts_are_answered(store: Store, host: str) -> None:
    assert client(store, Guard()).get("/stories", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", OTHER_HOSTS)
def test_other_hosts_are_refused(store: Store, host: str) -> None:
    answer = client(store, Guard()).get("/stories", headers={"host": host})
    assert answer.status_code == 421
    assert "River" not in answer.text


def test_a_write_of_our_own_page_is_taken(fresh: Store) -> None:
    guard = Guard()
    form = {"verdict": "accept", "secret": guard.secret}
    assert client(fresh, guard).post(address(), data=form, headers=GOOD).status_code == 303
    assert [judgement.by for _, judgement, _ in fresh.judgements()] == ["tester"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://evil.test"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.test"}, 421),
        ({"content-type": "text/plain"}, 415),
    ],
)
def test_a_write_from_elsewhere_is_refused(store: Store, change: dict[str, str], status: int) -> None:
    guard = Guard()
    form = {"verdict": "accept", "secret": guard.secret}
    assert client(store, guard).post(address(), data=form, headers={**GOOD, **change}).status_code == status
    assert store.judgements() == []


@pytest.mark.parametrize("secret", [None, "", "wrong", "é", "A" * 32])
def test_a_write_without_the_secret_is_refused(store: Store, secret: str | None) -> None:
    form = {"verdict": "accept"} | ({} if secret is None else {"secret": secret})
    assert client(store, Guard()).post(address(), data=form, headers=GOOD).status_code == 403
    assert store.judgements() == []


def test_a_body_too_long_or_of_no_length_is_refused(store: Store) -> None:
    guard = Guard()
    form = {"why": "x" * 300_000, "secret": guard.secret, "verdict": "accept"}
    assert client(store, guard).post(address(), data=form, headers=GOOD).status_code == 403
    streamed = client(store, guard).post(address(), content=iter([b"secret=x"]), headers=GOOD)
    assert streamed.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_methods_that_nothing_needs_are_refused(store: Store, method: str) -> None:
    assert client(store, Guard()).request(method, "/stories").status_code == 405


def test_the_token_is_asked_of_every_page(store: Store) -> None:
    guard = Guard(token="sesame")
    for path in ("/stories", "/stories.json", "/static/reader.css", "/nothing"):
        assert client(store, guard).get(path).status_code == 401
    assert client(store, guard).get("/stories?token=wrong").status_code == 401
    assert client(store, guard).get("/stories", headers={"authorization": "Bearer sesame"}).status_code == 200


def test_the_token_in_the_address_becomes_a_cookie(store: Store) -> None:
    visitor = client(store, Guard(token="sesame"))
    answer = visitor.get("/stories?q=river&token=sesame")
    assert (answer.status_code, answer.headers["location"]) == (303, "/stories?q=river")
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert visitor.get("/stories?q=river").status_code == 200


def test_the_token_never_leads_elsewhere(store: Store) -> None:
    answer = client(store, Guard(token="sesame")).get("http://127.0.0.1:8321//evil.test/?token=sesame")
    assert answer.headers["location"] == "/evil.test/"


@pytest.mark.parametrize("path", ["/stories", "/stories.json", "/nothing", "/static/reader.js"])
def test_every_answer_carries_the_strict_headers(store: Store, path: str) -> None:
    headers = client(store, Guard()).get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-dns-prefetch-control"] == "off"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_refusals_carry_them_too(store: Store) -> None:
    answer = client(store, Guard()).get("/", headers={"host": "evil.test"})
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "news.test"])
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_beyond_this_machine_a_token_is_asked_unbidden() -> None:
    assert guard_for(Options()).token is None
    guard = guard_for(Options(host="0.0.0.0"))
    assert guard.token
    assert guard.knows_host("192.168.1.4:8321")
    assert not guard.knows_host("evil.test")
    assert guard.token in address_of(Options(host="192.168.1.4"), 8321, guard)
