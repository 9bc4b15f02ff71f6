"""Behind `serve --shield` nobody on the list can be found: not on any page that can be reached, nor in its twins."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

from made import Said, report
from onrecord.errors import OnrecordError
from onrecord.keep.answers import StatementQuestion, StoryQuestion
from onrecord.keep.people import people
from onrecord.keep.search import statements, stories, totals
from onrecord.keep.store import Store
from onrecord.record import Judgement
from onrecord.show.export.shield import fold
from onrecord.show.shielded import shielded
from onrecord.show.web.app import PAGES, reader
from onrecord.show.web.guard import Guard

RISK = report(
    Said("Vadim Prokopiev", "We want to go home"),
    "PROKOPIEV’S unit and Prokopyev's men like #FreeProkopiev, Proko\u00adpiev. Vadim fled; so did Vadzim Prokopieva.",
    Said("Jane Roe", "Vadim A. Prokopiev is brave, and anti-Prokopiev talk is not"),
    headline="Vadim Prokopiev in exile",
    url="https://daily.test/2022/vadim-prokopiev%20exile?tag=prokopiev",
    publisher="The Daily Prokopiev Fan",
    agency="Prokopiev Wire",
    names=("Prokopyev",),
)
AGAIN = report(
    Said("Prokopyev", "I say it twice"), Said("Jane Roe", "It rained"), headline="Rain", url="https://daily.test/rain"
)
WRONG = report(Said("Jane Roe", "This was never said"), headline="Wrong", url="https://daily.test/wrong")
LEAKS = re.compile("prokop|vadim |vadzim|prakopieu", re.IGNORECASE)
_ADDRESS = re.compile(r'(?:href|hx-get|src|action)="([^"]*)"')


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("shielded")
    names = folder / "names.txt"
    names.write_text("Vadim Prokopiev; Vadzim Prakopieu\n", encoding="utf-8")
    with Store.open(folder / "prokopiev.db", access="create") as store:
        for record in (RISK, AGAIN, WRONG):
            store.put(record)
        why = "Vadim Prokopiev told me"
        store.judge(Judgement(RISK.statements[0].id, None, "accept", "Vadim Prokopiev", "2026-01-01T00:00:00Z", why))
        store.judge(Judgement(WRONG.statements[0].id, None, "reject", "jo", "2026-01-01T00:00:00Z", why))
    with shielded(folder / "prokopiev.db", names) as store:
        yield store


@pytest.fixture(scope="module")
def client(shown: Store) -> TestClient:
    return TestClient(reader(shown, by="tester", guard=Guard()), base_url="http://localhost", follow_redirects=False)


def reached(client: TestClient) -> dict[str, str]:
    """Every address that a visitor can come to by one filter at a time, with its twins, and all that it answers."""
    answers: dict[str, str] = {}
    waiting = ["/", "/search?q=home", "/search?q=Person*", "/stories?q=home", "/review?decided=accept", "/nowhere"]
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        response = client.get(address)
        answers[address] = f"{response.headers}\n{response.text}"
        found = [*_ADDRESS.findall(response.text), response.headers.get("location", "")]
        here = (urlsplit(urljoin(f"http://localhost{address}", unescape(each))) for each in found)
        inside = {
            f"{each.path}?{each.query}".rstrip("?")
            for each in here
            if each.netloc == "localhost" and "&" not in each.query
        }
        waiting += [each for each in inside if not each.startswith("/static")]
        path, _, query = address.partition("?")
        if "." not in path.rpartition("/")[2] and path != "/":
            waiting += [f"{path}.{ending}?{query}" for ending in ("json", "csv")]
    return answers


def test_no_page_that_can_be_reached_tells_a_name(client: TestClient) -> None:
    answers = reached(client)
    patterns = [re.sub(r"\\{[^}]*\\}", "[^.?]+", re.escape(path)) + r"(\?.*)?" for path, _, _ in PAGES]
    missed = [path for path in patterns if not any(re.fullmatch(path, address) for address in answers)]
    assert [path for path in missed if "progress" not in path] == []
    leaks = {address: LEAKS.findall(fold(unquote(text))) for address, text in answers.items()}
    assert {address: found for address, found in leaks.items() if found} == {}
    assert sum("Person " in text for text in answers.values()) > 5


def test_names_find_nothing_and_pseudonyms_what_they_said(shown: Store) -> None:
    for name in ("prokopiev", "Prokopyev", "vadzim prakopieu"):
        assert statements(shown, StatementQuestion(words=name)).rows == ()
        assert stories(shown, StoryQuestion(words=name)).rows == ()
        assert people(shown, name, kind=None).rows == ()
    (hidden,) = (row for row in people(shown).rows if row.name.startswith("Person "))
    said = statements(shown, StatementQuestion(speaker=hidden.address)).rows
    assert {row.words for row in said} == {"“We want to go home,”", "“I say it twice,”"}


def test_what_was_rejected_and_why_stays_behind(shown: Store) -> None:
    assert totals(shown).judgements == 0
    assert statements(shown, StatementQuestion(words="never")).rows == ()


def test_it_takes_no_judgement(client: TestClient, shown: Store) -> None:
    row = statements(shown).rows[0]
    response = client.post(
        f"/statements/{row.id}/judgements", data={"verdict": "accept"}, headers={"origin": "http://localhost"}
    )
    assert (response.status_code, totals(shown).judgements) == (403, 0)


def test_the_copy_is_gone_afterwards_and_the_list_must_be_there(tmp_path: Path) -> None:
    names, path = tmp_path / "names.txt", tmp_path / "news.db"
    Store.open(path, access="create").close()
    with pytest.raises(OnrecordError, match=r"names\.txt"), shielded(path, names):
        pass
    names.write_text("Vadim Prokopiev\n", encoding="utf-8")
    with shielded(path, names) as store:
        copy = store.path
        assert copy.exists()
        assert copy.parent.stat().st_mode & 0o077 == 0
    assert not copy.exists()
