"""What the store answers: lists, facets, paging, hits, people, judgements."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made import Said, report
from onrecord.keep import lists
from onrecord.keep.answers import StatementQuestion, StoryQuestion
from onrecord.keep.people import people, person, speakers_by_month
from onrecord.keep.search import facets, progress, statement, statements, stories, story, totals
from onrecord.keep.store import Store
from onrecord.record import Judgement, Record

LUKASHENKO = "person:alexander-lukashenko"
GRAIN = report(
    Said("Alexander Lukashenko", "The grain deal is dead", score=0.4),
    Said("Jane Roe", "Alexander Lukashenko is wrong about grain", score=0.9),
    "Nothing else happened in Minsk.",
    headline="Grain deal in doubt",
    url="https://daily.test/grain",
    agency="AP",
)
LATER = report(
    Said("Alexander Lukashenko", "We want peace", score=None),
    headline="Peace talks",
    url="https://other.test/peace",
    publisher="The Other",
    published="2023-01-02",
)
UNDATED = report("It rained.", headline="Rain", url="https://daily.test/rain", published=None)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("search") / "news.db"
    with Store.open(path, access="create") as store:
        for record in (GRAIN, LATER, UNDATED):
            store.put(record)
    with Store.open(path) as store:
        yield store


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "news.db", access="create") as store:
        for record in (GRAIN, LATER, UNDATED):
            store.put(record)
        yield store


@pytest.mark.parametrize(
    ("question", "headlines"),
    [
        (StoryQuestion(), ["Peace talks", "Grain deal in doubt", "Rain"]),
        (StoryQuestion(words="grain"), ["Grain deal in doubt"]),
        (StoryQuestion(words='"grain deal"'), ["Grain deal in doubt"]),
        (StoryQuestion(words='"deal grain"'), []),
        (StoryQuestion(words="pea*"), ["Peace talks"]),
        (StoryQuestion(words="peace OR rained"), ["Peace talks", "Rain"]),
        (StoryQuestion(words="lukashenko NOT grain"), ["Peace talks"]),
        (StoryQuestion(publisher="The Other"), ["Peace talks"]),
        (StoryQuestion(agency="AP"), ["Grain deal in doubt"]),
        (StoryQuestion(month="2022-03"), ["Grain deal in doubt"]),
        (StoryQuestion(since="2022-04"), ["Peace talks"]),
        (StoryQuestion(until="2022"), ["Grain deal in doubt"]),
        (StoryQuestion(speaker=LUKASHENKO), ["Peace talks", "Grain deal in doubt"]),
        (StoryQuestion(speaker="lukashenko"), ["Peace talks", "Grain deal in doubt"]),
        (StoryQuestion(speaker="nobody"), []),
        (StoryQuestion(mentions="person:jane-roe"), ["Grain deal in doubt"]),
    ],
)
def test_stories_are_found(store: Store, question: StoryQuestion, headlines: list[str]) -> None:
    page = stories(store, question)
    assert [row.headline for row in page.rows] == headlines
    assert (page.total, page.total_is_exact, page.next) == (len(headlines), True, None)


@pytest.mark.parametrize("sort", ["newest", "oldest", "most statements", "relevance"])
def test_pages_join_without_gap_or_double(store: Store, sort: str) -> None:
    whole = stories(store, sort=sort).rows  # type: ignore[arg-type]
    first = stories(store, sort=sort, limit=2)  # type: ignore[arg-type]
    second = stories(store, sort=sort, limit=2, after=first.next)  # type: ignore[arg-type]
    assert first.rows + second.rows == whole
    assert second.next is None


def test_common_words_are_looked_up_another_way_with_the_same_answer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, of_statements = StoryQuestion(words="lukashenko"), StatementQuestion(words="alexander OR peace OR deal")
    few, few_statements = stories(store, question).rows, statements(store, of_statements).rows
    assert (len(few), len(few_statements)) == (2, 3)
    monkeypatch.setattr(lists, "COUNTED", 1)
    many = stories(store, question)
    assert (many.rows, many.total, many.total_is_exact) == (few, 1, False)
    first = stories(store, question, limit=1)
    assert (*first.rows, *stories(store, question, limit=1, after=first.next).rows) == few
    assert statements(store, of_statements).rows == few_statements


def test_the_hit_stands_in_its_sentence(store: Store) -> None:
    (row,) = stories(store, StoryQuestion(words="grain minsk"), sort="relevance").rows
    assert row.snippet is not None
    hits = [row.snippet.text[hit.start : hit.end] for hit in row.snippet.hits]
    assert {hit.casefold() for hit in hits} <= {"grain", "minsk"}
    assert hits
    assert GRAIN.document.text[row.snippet.start :].startswith(row.snippet.text)


def test_statements_carry_their_speaker_story_and_hits(store: Store) -> None:
    (row,) = statements(store, StatementQuestion(words="dead")).rows
    assert row.id == GRAIN.statements[0].id
    assert (row.speaker, row.speaker_address) == ("Alexander Lukashenko", LUKASHENKO)
    assert (row.headline, row.day, row.url) == ("Grain deal in doubt", "2022-03-04", "https://daily.test/grain")
    assert [row.words[hit.start : hit.end] for hit in row.hits] == ["dead"]
    assert GRAIN.document.text[: row.start].endswith(row.before)
    assert GRAIN.document.text[row.end :].startswith(row.after)
    assert statement(store, row.id) is not None
    assert statement(store, "nonsense") is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (StatementQuestion(speaker=LUKASHENKO), ["“We want peace,”", "“The grain deal is dead,”"]),
        (StatementQuestion(about=LUKASHENKO), ["“Alexander Lukashenko is wrong about grain,”"]),
        (StatementQuestion(speaker=LUKASHENKO, about="person:jane-roe"), []),
        (StatementQuestion(words="grain", kind="indirect"), []),
        (StatementQuestion(document=LATER.document.id), ["“We want peace,”"]),
    ],
)
def test_statements_are_found(store: Store, question: StatementQuestion, words: list[str]) -> None:
    assert [row.words for row in statements(store, question).rows] == words


def test_the_least_certain_come_first(store: Store) -> None:
    rows = statements(store, StatementQuestion(decided="undecided"), sort="least certain").rows
    assert [row.score for row in rows] == [0.4, 0.9]


def test_facets_count_what_was_asked_for(store: Store) -> None:
    every = facets(store)
    assert [(each.value, each.count) for each in every.publishers] == [("The Daily Test", 2), ("The Other", 1)]
    assert [each.value for each in every.months] == ["2023-01", "2022-03"]
    some = facets(store, StoryQuestion(words="grain"))
    assert [(each.label, each.count) for each in some.speakers] == [("Alexander Lukashenko", 1), ("Jane Roe", 1)]
    assert [each.value for each in some.agencies] == ["AP"]


def test_people_are_found_by_any_part_of_a_name(store: Store) -> None:
    assert [row.name for row in people(store).rows] == ["Alexander Lukashenko", "Jane Roe"]
    assert [row.name for row in people(store, "luka").rows] == ["Alexander Lukashenko"]
    assert people(store, "!!").rows == ()
    assert [row.name for row in people(store, sort="name", limit=1).rows] == ["Alexander Lukashenko"]


def test_a_person_has_spellings_days_and_a_timeline(store: Store) -> None:
    found = person(store, LUKASHENKO)
    assert found is not None
    assert (found.row.statements, found.row.stories, found.row.said_about) == (2, 2, 1)
    assert (found.first_day, found.last_day) == ("2022-03-04", "2023-01-02")
    assert [(count.value, count.count) for count in found.timeline] == [("2022-03", 1), ("2023-01", 1)]
    assert found.spellings[0].entity == GRAIN.entities[0].id
    assert person(store, "person:nobody") is None
    assert [series.name for series in speakers_by_month(store)] == ["Alexander Lukashenko", "Jane Roe"]


def test_a_story_comes_with_all_that_is_kept_of_it(store: Store) -> None:
    found = story(store, GRAIN.document.id)
    assert found is not None
    assert found.record == GRAIN
    assert [version.source for version in found.pages] == [GRAIN.document.source]
    assert len(found.statements) == 2
    assert story(store, "nothing") is None
    assert totals(store).stories == 3


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=30) | st.text(alphabet='"()* ANDORT^:-+{}ab', max_size=20), cursor=st.text(max_size=12))
def test_no_search_text_fails(store: Store, words: str, cursor: str) -> None:
    sorts: tuple[Literal["newest", "relevance"], ...] = ("newest", "relevance")
    for sort in sorts:
        stories(store, StoryQuestion(words=words), sort=sort, after=cursor)
        statements(store, StatementQuestion(words=words, speaker=words), sort=sort, after=cursor)
    facets(store, StoryQuestion(words=words, publisher=words))
    people(store, words, after=cursor)
    person(store, words)
    story(store, words)
    statement(store, words)


# Judgements


def judged(record: Record, verdict: str, at: str = "2026-01-01T00:00:00Z", **more: str | None) -> Judgement:
    return Judgement(record.statements[0].id, None, verdict, "jo", at, **more)  # type: ignore[arg-type]


def test_a_rejected_statement_leaves_the_lists_and_comes_back_when_withdrawn(fresh: Store) -> None:
    fresh.judge(judged(GRAIN, "reject"))
    assert [row.words for row in statements(fresh, StatementQuestion(speaker=LUKASHENKO)).rows] == ["“We want peace,”"]
    assert people(fresh, "lukashenko").rows[0].statements == 1
    assert progress(fresh).rejected == 1
    fresh.judge(judged(GRAIN, "withdraw", "2026-01-02T00:00:00Z"))
    assert people(fresh, "lukashenko").rows[0].statements == 2
    assert [stands for _, _, stands in fresh.judgements(GRAIN.statements[0].id)] == [False, False]
    assert fresh.get(GRAIN.document.id) == GRAIN


def test_a_corrected_speaker_counts_and_the_finding_stays(fresh: Store) -> None:
    fresh.judge(judged(GRAIN, "correct", correction=f'{{"speaker": "{GRAIN.entities[1].id}"}}'))
    row = statement(fresh, GRAIN.statements[0].id)
    assert row is not None
    assert (row.speaker, row.verdict) == ("Jane Roe", "correct")
    assert people(fresh, "roe").rows[0].statements == 2
    assert fresh.get(GRAIN.document.id) == GRAIN
    fresh.put(GRAIN)
    row = statement(fresh, GRAIN.statements[0].id)
    assert row is not None
    assert row.speaker == "Jane Roe"


def test_corrected_words_are_searched(fresh: Store) -> None:
    fresh.judge(judged(GRAIN, "correct", correction='{"content": [{"start": 22, "end": 27}]}'))
    row = statement(fresh, GRAIN.statements[0].id)
    assert row is not None
    assert row.words == GRAIN.document.text[22:27]
    assert statements(fresh, StatementQuestion(words="dead")).rows == ()


def test_persons_are_merged_and_split_by_judgement(fresh: Store) -> None:
    pair = (LUKASHENKO, "person:jane-roe")
    fresh.judge(Judgement(*pair, "same", "jo", "2026-01-01T00:00:00Z"))
    (row,) = people(fresh).rows
    assert (row.statements, row.spellings) == (3, 2)
    fresh.judge(Judgement(*pair, "different", "jo", "2026-01-02T00:00:00Z"))
    assert len(people(fresh).rows) == 2
    fresh.judge(Judgement(*pair, "withdraw", "jo", "2026-01-03T00:00:00Z"))
    assert len(people(fresh).rows) == 1
    fresh.judge(Judgement(*pair, "withdraw", "jo", "2026-01-04T00:00:00Z"))
    assert [row.name for row in people(fresh).rows] == ["Alexander Lukashenko", "Jane Roe"]


def test_one_bearer_of_a_name_is_split_from_another(fresh: Store) -> None:
    pair = (GRAIN.entities[0].id, LATER.entities[0].id)
    fresh.judge(Judgement(*pair, "different", "jo", "2026-01-01T00:00:00Z"))
    assert [row.statements for row in people(fresh, "lukashenko").rows] == [1, 1]
    fresh.put(LATER)
    assert [row.statements for row in people(fresh, "lukashenko").rows] == [1, 1]
    fresh.judge(Judgement(*pair, "withdraw", "jo", "2026-01-02T00:00:00Z"))
    assert [row.statements for row in people(fresh, "lukashenko").rows] == [2]


def test_proposals_join_names_unless_a_judgement_forbids(fresh: Store) -> None:
    fresh.propose([(1, 2, 0.95, "for the test")])
    assert len(people(fresh).rows) == 1
    fresh.judge(Judgement(LUKASHENKO, "person:jane-roe", "different", "jo", "2026-01-01T00:00:00Z"))
    assert len(people(fresh).rows) == 2


def test_a_changed_page_is_a_new_version(fresh: Store) -> None:
    changed = report(Said("Jane Roe", "No comment"), headline="Grain deal off", url="https://daily.test/grain")
    fresh.put(changed)
    assert [row.headline for row in stories(fresh, StoryQuestion(words="grain")).rows] == ["Grain deal off"]
    found = story(fresh, GRAIN.document.id)
    assert found is not None
    assert not found.row.current
    assert [version.version for version in found.versions] == [2]
    assert people(fresh, "lukashenko").rows[0].statements == 1
    assert (totals(fresh).stories, totals(fresh).statements) == (3, 2)
    fresh.put(GRAIN)
    assert [row.headline for row in stories(fresh, StoryQuestion(words="grain")).rows] == ["Grain deal in doubt"]
    assert people(fresh, "lukashenko").rows[0].statements == 2


def test_totals_and_facets_follow_what_other_connections_write(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store.open(path, access="create") as writer, Store.open(path) as reader:
        assert (totals(reader).stories, facets(reader).publishers) == (0, ())
        writer.put(report(Said("Jane Roe", "Yes"), url="https://daily.test/1", publisher="Daily"))
        assert (totals(reader).stories, totals(writer).stories) == (1, 1)
        assert [count.value for count in facets(reader).publishers] == ["Daily"]


def test_what_is_remembered_is_asked_once_until_something_is_written(tmp_path: Path) -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    with Store.open(tmp_path / "news.db", access="create") as store:
        assert [store.remembered("it", ask) for _ in range(3)] == [1, 1, 1]
        store.put(report(Said("Jane Roe", "Yes")))
        assert store.remembered("it", ask) == 2
        with store.transaction():
            assert [store.remembered("it", ask) for _ in range(2)] == [3, 4]


def test_a_thread_leaves_its_connection_and_what_it_remembers_to_the_next(tmp_path: Path) -> None:
    answers: list[int] = []
    with Store.open(tmp_path / "news.db", access="create") as store:
        for number in range(3):
            asking = Thread(target=lambda given=number: answers.append(store.remembered("it", lambda: given)))
            asking.start()
            asking.join()
    assert answers == [0, 0, 0]


def test_progress_is_of_the_current_stories(fresh: Store) -> None:
    before = progress(fresh)
    gone = fresh.rows("SELECT address FROM statements WHERE headline = 'Peace talks'")[0][0]
    fresh.judge(Judgement(gone, None, "accept", "me", "2026-01-01T00:00:00Z"))
    fresh.put(report(Said("Jane Roe", "Talks failed"), headline="Peace talks", url="https://other.test/peace"))
    assert (before.total, before.accepted, progress(fresh)) == (3, 0, before)
