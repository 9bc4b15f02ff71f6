"""Every page, its JSON twin and its CSV, without a browser."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from onrecord.keep.store import Store
from onrecord.record import Judgement, Record
from onrecord.show.web.app import reader
from onrecord.show.web.guard import Guard
from reader_stories import HARBOUR, RIVER, pile, story
from records import records

GUARD = Guard()
RIVER_STORY, HARBOUR_STORY, HOSTILE_STORY = pile()
ANN = "person:ann-mayor"
LISTS = [
    "/stories",
    f"/stories/{RIVER_STORY.document.id}",
    "/search?q=harbour",
    "/people",
    f"/people/{ANN}",
    "/speakers",
    "/review",
]


def filled(folder: Path) -> Iterator[Store]:
    with Store.open(folder / "news.db", access="create") as store:
        for record in pile():
            store.put(record)
        yield store


def client_of(store: Store) -> TestClient:
    return TestClient(reader(store, by="tester", guard=GUARD), base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A reader that no test writes to."""
    yield from map(client_of, filled(tmp_path_factory.mktemp("reading")))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    yield from filled(tmp_path)


@pytest.fixture
def client(store: Store) -> TestClient:
    return client_of(store)


class Outline(HTMLParser):
    """The tags, attributes and words of a page; fails on tags that are not closed in order."""

    VOID = frozenset(("meta", "link", "input", "br", "path", "circle", "line", "rect"))

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def with_ending(path: str, ending: str) -> str:
    head, mark, query = path.partition("?")
    return f"{head}.{ending}{mark}{query}"


@pytest.mark.parametrize("path", [*LISTS, f"/stories/{RIVER_STORY.document.id}", "/stories?q=river&sort=oldest"])
def test_a_page_and_its_twin(reading: TestClient, path: str) -> None:
    page = reading.get(path)
    assert page.status_code == 200
    Outline(page.text)
    twin = reading.get(with_ending(path, "json"))
    assert twin.headers["content-type"] == "application/json"
    assert twin.json() == reading.get(path, headers={"accept": "application/json"}).json()


@pytest.mark.parametrize("path", LISTS)
def test_a_list_as_csv(reading: TestClient, path: str) -> None:
    answer = reading.get(with_ending(path, "csv"))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize("path", [*LISTS, f"/stories/{HOSTILE_STORY.document.id}", "/nothing"])
def test_no_page_has_inline_script_or_style(reading: TestClient, path: str) -> None:
    for tag, attributes in Outline(reading.get(path).text).found:
        assert tag != "style"
        assert tag != "script" or (attributes.get("src") or "").startswith("/static/")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_narrowing_the_stories(reading: TestClient) -> None:
    def headlines(query: str) -> list[str]:
        return [row["headline"] for row in reading.get(f"/stories.json?{query}").json()["page"]["rows"]]

    assert headlines("agency=AP") == ["River rises"]
    assert headlines("publisher=The+Other") == ["Harbour to open"]
    assert headlines("month=2022-03") == ["River rises"]
    assert headlines(f"speaker={ANN}") == ["Harbour to open", "River rises"]
    assert headlines(f"speaker={ANN}&sort=oldest") == ["River rises", "Harbour to open"]
    assert headlines("q=flood") == ["Harbour to open"]
    assert headlines("q=nowhere") == []


def test_long_lists_page(store: Store, client: TestClient) -> None:
    for number in range(60):
        store.put(story(f"Number {number}. [s1:[p1:Ann Mayor]] [c1:said] [q1:“{number}”]", headline=f"Story {number}"))
    seen: list[str] = []
    address: str | None = "/stories"
    while address:
        page = Outline(client.get(address).text)
        data = client.get(address, headers={"accept": "application/json"}).json()
        seen += [row["document"] for row in data["page"]["rows"]]
        address = next((str(link["href"]) for link in page.all("a") if link.get("rel") == "next"), None)
    assert len(seen) == len(set(seen)) == 63
    assert len(list(csv.DictReader(io.StringIO(client.get("/stories.csv").text)))) == 63


def test_a_story_shows_its_text_verbatim(reading: TestClient) -> None:
    page = reading.get(f"/stories/{RIVER_STORY.document.id}").text
    inside = page[page.index('<div class="text"') : page.index("</article>")]
    shown = "".join(Outline(inside).words)
    assert "".join(shown.split()) == "".join(RIVER_STORY.document.text.split())
    assert " ".join(RIVER_STORY.document.text.split("\n\n")[0].split()) in " ".join(shown.split())


def test_a_statement_has_an_address_of_its_own(reading: TestClient) -> None:
    statement = RIVER_STORY.statements[1]
    answer = reading.get(f"/statements/{statement.id}")
    assert answer.status_code == 303
    path, fragment = answer.headers["location"].split("#")
    ids = [attributes.get("id") for _, attributes in Outline(reading.get(path).text).found]
    assert fragment in ids
    twin = reading.get(f"/statements/{statement.id}.json").json()
    assert twin["statement"]["speaker"] == "Ann Mayor"
    assert [link["words"] for link in twin["statement"]["chain"]] == ["she", "Ann Mayor"]
    assert twin["statement"]["words"] == "“We asked for sand on Friday,” … “None came.”"


@pytest.mark.parametrize(
    "path",
    ["/stories/none", "/people/person:nobody", "/statements/x", "/statements/a:statement:1-2", "/no", "/stories/a/b"],
)
def test_what_is_not_there(reading: TestClient, path: str) -> None:
    assert reading.get(path).status_code == 404
    assert reading.get(path, headers={"accept": "application/json"}).json()["error"] != "Not Found"


def judge(client: TestClient, statement: str, **form: str) -> Any:
    return client.post(
        f"/statements/{statement}/judgements",
        data={"secret": GUARD.secret, **form},
        headers={"accept": "application/json", "origin": "http://localhost"},
    )


def test_accept_reject_undo(client: TestClient, store: Store) -> None:
    statement = RIVER_STORY.statements[0].id
    assert judge(client, statement, verdict="accept").json()["statement"]["verdict"] == "accept"
    assert judge(client, statement, verdict="reject").json()["statement"]["verdict"] == "reject"
    assert judge(client, statement, verdict="undo").json()["statement"]["verdict"] == "accept"
    assert judge(client, statement, verdict="undo").json()["statement"]["verdict"] is None
    assert len(store.judgements()) == 4, "nothing is ever deleted"


def test_correcting_speaker_and_words(client: TestClient, store: Store) -> None:
    statement, other = RIVER_STORY.statements[0], RIVER_STORY.entities[-1]
    corrected = judge(client, statement.id, verdict="correct", speaker=other.id, content="4-9", why="the text says so")
    card = corrected.json()["statement"]
    assert (card["words"], card["verdict"], card["speaker_entity"]) == ("river", "correct", other.id)
    assert "“the text says so”" in client.get(f"/stories/{RIVER_STORY.document.id}").text
    assert judge(client, statement.id, verdict="accept").json()["statement"]["words"] == "river"
    assert store.get(RIVER_STORY.document.id) == RIVER_STORY, "the finding stays as it was found"
    unknown = judge(client, statement.id, verdict="correct", speaker="").json()["statement"]
    assert (unknown["speaker"], unknown["unknown_because"] is not None) == (None, True)


@pytest.mark.parametrize(
    "form",
    [
        {"verdict": "same"},
        {"verdict": ""},
        {},
        {"verdict": "correct"},
        {"verdict": "correct", "speaker": "nobody"},
        {"verdict": "correct", "content": "9-4"},
        {"verdict": "correct", "content": "0-999999"},
        {"verdict": "correct", "content": "a-b"},
        {"verdict": "correct", "content": "1"},
        {"verdict": "correct", "content": "1-2-3"},
        {"verdict": "correct", "content": "3-4"},
        {"verdict": "undo"},
    ],
)
def test_judgements_that_make_no_sense(client: TestClient, store: Store, form: dict[str, str]) -> None:
    assert judge(client, RIVER_STORY.statements[0].id, **form).status_code == 400
    assert store.judgements() == []


def test_two_names_are_judged_to_be_one_person_and_split_again(client: TestClient) -> None:
    form = {"secret": GUARD.secret, "left": ANN, "right": "person:bo-smith"}
    for verdict, spellings in (("same", 2), ("different", 1)):
        answer = client.post(f"/people/{ANN}/judgements", data={**form, "verdict": verdict})
        assert answer.status_code == 303
        found = client.get(answer.headers["location"], headers={"accept": "application/json"}).json()
        assert len(found["person"]["spellings"]) == spellings


def test_anyone_may_be_judged_the_same_and_that_taken_back(client: TestClient, store: Store) -> None:
    page = client.get(f"/people/{ANN}?same=bo").text
    assert 'name="right" value="person:bo-smith"' in page
    form = {"secret": GUARD.secret, "left": ANN, "right": "person:bo-smith"}
    store.judge(Judgement(ANN, "person:bo-smith", "same", "someone else", "2026-01-01T00:00:00Z"))
    refused = client.post(f"/people/{ANN}/judgements", data={**form, "verdict": "undo"})
    assert (refused.status_code, 'value="undo"' in client.get(f"/people/{ANN}").text) == (400, False)
    for verdict, decided, spellings in (("different", 2, 1), ("undo", 1, 2)):
        client.post(f"/people/{ANN}/judgements", data={**form, "verdict": verdict})
        found = client.get(f"/people/{ANN}.json").json()["person"]
        assert (len(found["decided"]), len(found["spellings"])) == (decided, spellings)
        assert {found["decided"][0]["left_name"], found["decided"][0]["right_name"]} == {"Ann Mayor", "Bo Smith"}


def test_what_nobody_judged_cannot_be_taken_back(client: TestClient, store: Store) -> None:
    statement = RIVER_STORY.statements[0].id
    store.judge(Judgement(statement, None, "reject", "someone else", "2026-01-01T00:00:00Z"))
    assert judge(client, statement, verdict="undo").status_code == 400
    assert len(store.judgements()) == 1


def test_a_selection_leaves_out_the_blanks_at_its_ends(client: TestClient) -> None:
    statement = RIVER_STORY.statements[0]
    card = judge(client, statement.id, verdict="correct", content="3-10").json()["statement"]
    assert (card["words"], card["content"]) == ("river", [{"start": 4, "end": 9}])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=sand", ["“We asked for sand on Friday,” … “None came.”"]),
        ("since=2023", ["“The harbour opens on Sunday,”"]),
        ("until=2022-02", []),
        ("q=sand&since=2023", []),
        ("show=about&q=river", []),
    ],
)
def test_narrowing_what_a_person_said(reading: TestClient, query: str, words: list[str]) -> None:
    found = reading.get(f"/people/{ANN}.json?{query}").json()["page"]["rows"]
    assert [row["words"] for row in found] == words
    lines = list(csv.DictReader(io.StringIO(reading.get(f"/people/{ANN}.csv?{query}").text)))
    assert [line["words"] for line in lines] == words


def test_first_to_last_what_a_person_said(reading: TestClient) -> None:
    newest = [row["id"] for row in reading.get(f"/people/{ANN}.json").json()["page"]["rows"]]
    oldest = [row["id"] for row in reading.get(f"/people/{ANN}.json?sort=oldest").json()["page"]["rows"]]
    assert (newest[::-1], len(newest)) == (oldest, 4)


def test_who_said_something_about_whom(reading: TestClient) -> None:
    for speaker, about in (("ann mayor", "bo smith"), (ANN, "person:bo-smith")):
        page = reading.get("/search", params={"speaker": speaker, "about": about})
        assert (page.status_code, page.text.count('class="quote"')) == (200, 1)
    assert "said by Ann Mayor" in page.text
    sources = reading.get("/search.json?source_type=none").json()["page"]["rows"]
    assert {row["source_type"] for row in sources} <= {"none"}


def test_review_starts_with_the_least_certain_and_counts(client: TestClient) -> None:
    before = client.get("/review.json").json()
    scores = [row["score"] for row in before["page"]["rows"]]
    assert scores == sorted(scores)
    judge(client, before["page"]["rows"][0]["id"], verdict="reject")
    after = client.get("/review.json").json()
    assert after["progress"]["rejected"] == 1
    assert before["page"]["rows"][0]["id"] not in [row["id"] for row in after["page"]["rows"]]
    assert len(client.get("/review.json?decided=reject").json()["page"]["rows"]) == 1


def test_a_story_without_headline_has_one_name_everywhere(client: TestClient, store: Store) -> None:
    store.put(story(HARBOUR + " And a gull.", headline=None, url="https://test.example/gull"))
    document = client.get("/stories.json?q=gull").json()["page"]["rows"][0]["document"]
    pages = ("/stories", f"/stories/{document}", "/search?q=harbour", f"/people/{ANN}", "/review")
    for path in pages:
        assert ">https://test.example/gull</" in client.get(path).text, path


def test_a_story_leads_to_its_other_versions_and_pages(client: TestClient, store: Store) -> None:
    later = story(HARBOUR + " And a gull.", url=HARBOUR_STORY.document.source.url)
    changed = replace(later.document.source, sha256="1" * 64)
    store.put(replace(later, document=replace(later.document, source=changed)))
    store.put(story(HARBOUR + " And a gull.", url="https://elsewhere.example/gull"))
    before, now = (f"/stories/{each.document.id}" for each in (HARBOUR_STORY, later))
    assert f'not what the page says now. <a href="{now}">' in client.get(before).text
    page = client.get(now).text
    assert "1 earlier version of this page" in page
    assert f'<a href="{before}">Harbour to open</a>' in page
    assert "Also published at test.example" in page


def test_search_marks_hits_in_context(reading: TestClient) -> None:
    page = reading.get("/search?q=sunday").text
    assert "<mark>Sunday</mark>" in page
    assert "a year after the" in page


def test_hostile_text_is_data(reading: TestClient) -> None:
    page = reading.get(f"/stories/{HOSTILE_STORY.document.id}").text
    outline = Outline(page)
    assert "{{ 7*7 }}" in page
    assert not outline.all("img")
    assert not outline.all("b") or all(not attributes for attributes in outline.all("b"))
    assert not [link for link in outline.all("a") if not re.match(r"[/#]|https?://", link.get("href") or "")]


def test_no_cell_is_a_formula(client: TestClient, store: Store) -> None:
    store.put(story('[s1:[p1:=HYPERLINK("http://evil.test")]] [c1:said] [q1:+1+1]', headline="@SUM(A1)"))
    for path in ("/stories.csv", "/people.csv", "/search.csv?q=1"):
        for row in csv.reader(io.StringIO(client.get(path).text)):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("word", ['"', "*", "AND", "(", "NEAR(", "a" * 5000, "\x00", "' OR 1=1 --", "éß漢", "%"])
def test_any_words_may_be_searched(reading: TestClient, word: str) -> None:
    for path in ("/stories", "/search", "/people"):
        assert reading.get(path, params={"q": word}).status_code == 200


@pytest.mark.parametrize(
    "query", ["after=x", "after=W10", "month=x", "sort=x", "kind=x", "since=zz", "decided=x", "show=x", "speaker=%00"]
)
def test_any_query_is_answered(reading: TestClient, query: str) -> None:
    for path in LISTS:
        assert reading.get(path.split("?")[0] + "?q=a&" + query).status_code == 200


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_any_record_can_be_shown(tmp_path_factory: pytest.TempPathFactory, record: Record) -> None:
    path = tmp_path_factory.mktemp("any") / "news.db"
    with Store.open(path, access="create") as store:
        store.put(record)
        client = TestClient(reader(store, by="tester", guard=GUARD), base_url="http://localhost")
        for address in (f"/stories/{record.document.id}", "/stories", "/people", "/speakers", "/review"):
            page = client.get(address)
            assert page.status_code == 200
            Outline(page.text)
        assert client.get(f"/stories/{record.document.id}.json").json()["record"]["document"]["text"]


def test_a_database_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store.open(path, access="create") as store:
        store.put(RIVER_STORY)
    with Store.open(path) as store:
        client = TestClient(reader(store, by="tester", guard=GUARD), base_url="http://localhost")
        answer = judge(client, RIVER_STORY.statements[0].id, verdict="accept")
        assert answer.status_code == 403
        assert "read-only" in answer.json()["error"]
        assert client.get("/stories").status_code == 200


def test_the_same_words_twice_are_two_stories_only_when_the_text_differs(client: TestClient, store: Store) -> None:
    store.put(story(RIVER, headline="River rises", url="https://copy.test/1"))
    assert len(client.get("/stories.json").json()["page"]["rows"]) == 3
    store.put(story(HARBOUR + " The end.", headline="Harbour to open, again"))
    assert len(client.get("/stories.json").json()["page"]["rows"]) == 4
