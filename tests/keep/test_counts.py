"""Counts are kept in step by adding and taking away; whatever happened, a recount gives the same."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from made import Said, report
from onrecord.keep.names import names_in, read_names
from onrecord.keep.rows import entity_rows
from onrecord.keep.store import Store
from onrecord.record import Judgement, Record

NAMES = ("Jane Roe", "John Doe", "Alexander Lukashenko")


@st.composite
def reports(draw: st.DrawFn) -> Record:
    """A report at one of three URLs, so that many are versions or copies of one another."""
    said = st.builds(
        Said,
        speaker=st.sampled_from(NAMES),
        words=st.sampled_from(("Yes", "No", *(f"{name} is here" for name in NAMES))),
    )
    return report(
        *draw(st.lists(said, min_size=1, max_size=3, unique_by=lambda each: each.speaker)),
        url=f"https://daily.test/{draw(st.integers(1, 3))}",
        published=draw(st.sampled_from((None, "2022-03-04", "2022"))),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Record | Judgement]:
    """Reports put and judged in any order."""
    made = draw(st.lists(reports(), min_size=1, max_size=5))
    statements = [statement.id for record in made for statement in record.statements]
    entities = [entity.id for record in made for entity in record.entities]
    at = st.integers(0, 99).map(lambda second: f"2026-01-01T00:00:{second:02}Z")
    of_one = st.builds(
        Judgement,
        left=st.sampled_from(statements),
        right=st.none(),
        verdict=st.sampled_from(("accept", "reject", "withdraw")),
        by=st.just("jo"),
        at=at,
    )
    speakers = st.sampled_from(('{"speaker": null}', *(f'{{"speaker": "{entity}"}}' for entity in entities)))
    corrected = st.builds(
        Judgement, st.sampled_from(statements), st.none(), st.just("correct"), st.just("jo"), at, st.none(), speakers
    )
    pair = st.builds(
        Judgement,
        left=st.sampled_from(entities),
        right=st.sampled_from(entities),
        verdict=st.sampled_from(("same", "different", "withdraw")),
        by=st.just("jo"),
        at=at,
    )
    events: list[Record | Judgement] = [*made, *draw(st.lists(of_one | corrected | pair, max_size=6))]
    return draw(st.permutations([*events, *draw(st.lists(st.sampled_from(made), max_size=2))]))


def recount(store: Store) -> list[tuple[int, int, int, int, int]]:
    """Of every name: stories, mentions, statements, and statements about it, counted from the stories."""
    counts = {id_: [0, 0, 0, 0] for (id_,) in store.rows("SELECT id FROM name ORDER BY id")}
    for story, document in store.rows("SELECT id, document FROM story WHERE current"):
        names = names_in(store, story)
        for name in {*names}:
            counts[name][0] += 1
        record = store.get(document)
        assert record is not None
        for name, entity in zip(names, entity_rows(record), strict=True):
            counts[name][1] += len(entity.mentions)
        said = "SELECT name, about FROM statement WHERE story = ? AND verdict IS NOT 'reject'"
        for name, about in store.rows(said, (story,)):
            if name is not None:
                counts[name][2] += 1
            for other in read_names(about):
                counts[other][3] += 1
    return [(id_, *count) for id_, count in counts.items()]


PERSONS = """
SELECT person, sum(stories), sum(mentions), sum(statements), sum(said_about) FROM name
GROUP BY person ORDER BY person"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("counts") / "empty.db"
    Store.open(path, access="create").close()
    return path


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories())
def test_a_recount_gives_the_same(history: list[Record | Judgement], empty: Path) -> None:
    path = Path(shutil.copy(empty, empty.with_name("news.db")))
    with Store.open(path, access="write") as store:
        for event in history:
            if isinstance(event, Record):
                store.put(event)
            else:
                store.judge(event)
        kept = "SELECT id, stories, mentions, statements, said_about FROM {} ORDER BY id"
        assert store.rows(kept.format("name")) == recount(store)
        assert store.rows(kept.format("person")) == store.rows(PERSONS)
        months = "SELECT name, sum(statements) FROM spoke GROUP BY name HAVING sum(statements) <> 0 ORDER BY name"
        assert store.rows(months) == store.rows("SELECT id, statements FROM name WHERE statements <> 0 ORDER BY id")
