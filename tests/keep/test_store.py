"""The store gives back what was put, keeps every version and judgement, and says plainly what is wrong with a file."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from onrecord.errors import StoreError
from onrecord.keep.schema import APPLICATION_ID, FIRST, MIGRATIONS
from onrecord.keep.store import Store
from onrecord.record import Record
from records import records

QUIET = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def check(path: Path) -> None:
    """The file is sound: structure, foreign keys, and full text that agrees with its tables."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("story_text", "statement_text", "name_text", "story_names", "statement_names"):
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    connection.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "empty.db"
    Store.open(path, access="create").close()
    return path


@QUIET
@given(record=records())
def test_what_was_put_is_what_is_got(record: Record, empty: Path) -> None:
    path = Path(shutil.copy(empty, empty.with_name("news.db")))
    with Store.open(path, access="write") as store:
        store.put(record)
        assert store.get(record.document.id) == record
        store.put(record)
        assert store.get(record.document.id) == record
        assert list(store.documents()) == [record.document.id]
    check(path)


def test_all_that_was_put_into_one_store_comes_back(tmp_path: Path) -> None:
    latest: dict[str, Record] = {}
    path = tmp_path / "news.db"
    with Store.open(path, access="create") as store:

        @QUIET
        @given(record=records())
        def put(record: Record) -> None:
            latest[store.put(record)] = record

        put()
        assert set(store.documents()) == set(latest)
        assert all(store.get(id_) == record for id_, record in latest.items())
    check(path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        Store.open(tmp_path, access="create")
    with pytest.raises(StoreError, match="no database"):
        Store.open(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Store.open(path, access="create").close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (FIRST + len(MIGRATIONS) - 1,)
