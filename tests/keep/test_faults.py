"""A file that is locked, full, read-only, newer, damaged or not ours: a clear message, and nothing is lost."""

import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from made import Said, report
from onrecord.errors import StoreError
from onrecord.keep import store as store_module
from onrecord.keep.answers import StoryQuestion
from onrecord.keep.people import people, person
from onrecord.keep.schema import MIGRATIONS
from onrecord.keep.search import statements, stories, story
from onrecord.keep.store import Store

FIRST = report(Said("Jane Roe", "The first word"), headline="First", url="https://daily.test/1")


def news(number: int) -> str:
    return " ".join(f"word{number}x{index}" for index in range(3000))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Store.open(path, access="create") as store:
        store.put(FIRST)
    return path


def assert_sound(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    with Store.open(path) as store:
        assert store.get(FIRST.document.id) == FIRST


@pytest.mark.parametrize("access", ["read", "write", "create"])
def test_not_a_database(tmp_path: Path, access: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes. " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="not a database"):
        Store.open(path, access=access)  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8").startswith("These are my notes.")


@pytest.mark.parametrize("access", ["read", "write", "create"])
def test_not_ours(tmp_path: Path, access: str) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    with pytest.raises(StoreError, match="not one that onrecord made"):
        Store.open(path, access=access)  # type: ignore[arg-type]


@pytest.mark.parametrize("access", ["read", "write", "create"])
def test_of_a_development_version(path: Path, access: str) -> None:
    Store.open(path, access="create").close()
    connection = sqlite3.connect(path)
    connection.execute("DROP VIEW stories")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(StoreError, match=r"development version .* anew"):
        Store.open(path, access=access)  # type: ignore[arg-type]


@pytest.mark.parametrize("access", ["read", "write", "create"])
@pytest.mark.parametrize("name", ["a" * 300 + ".db", "a/" * 3000 + "news.db"])
def test_too_long_a_path(tmp_path: Path, name: str, access: str) -> None:
    with pytest.raises(StoreError, match=r"(?i)too long"):
        Store.open(tmp_path / name, access=access)  # type: ignore[arg-type]


@pytest.mark.parametrize("access", ["read", "write", "create"])
def test_newer(path: Path, access: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(StoreError, match="newer onrecord"):
        Store.open(path, access=access)  # type: ignore[arg-type]


def test_locked(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(path, access="write", wait_seconds=0.05) as store:
        with pytest.raises(StoreError, match="another program is writing"):
            store.put(report("Second."))
        assert store.get(FIRST.document.id) == FIRST
    other.close()
    assert_sound(path)


def test_opened_for_reading_only(path: Path) -> None:
    with Store.open(path) as store, pytest.raises(StoreError, match="may not be written"):
        store.put(report("Second."))
    assert_sound(path)


def test_full(path: Path) -> None:
    with Store.open(path, access="write") as store:
        ((pages,),) = store.rows("PRAGMA page_count")
        store.rows(f"PRAGMA max_page_count = {pages + 3}")
        with pytest.raises(StoreError, match="full"):
            store.put(report(news(1)))
        assert len(stories(store).rows) == 1
    assert_sound(path)


LIMITED = """
import resource, sys
from onrecord.errors import StoreError
from onrecord.keep.store import Store
from made import report
from test_faults import news
size = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
with Store.open(sys.argv[1], access="write") as store:
    for number in range(500):
        try:
            store.put(report(news(number)))
        except StoreError as error:
            print(error)
            raise SystemExit(3)
"""


@pytest.mark.slow
def test_a_file_that_may_grow_no_more(path: Path) -> None:
    paths = [str(Path(__file__).parent), str(Path(__file__).parent.parent), *sys.path]
    script = f"import sys; sys.path[:0] = {paths!r}\n{LIMITED}"
    size = str(path.stat().st_size + 400_000)
    done = subprocess.run([sys.executable, "-c", script, path, size], capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert "full" in done.stdout
    assert_sound(path)


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_damaged(path: Path, place: float) -> None:
    whole = bytearray(path.read_bytes())
    start = int(len(whole) * place) // 4096 * 4096 or 4096
    whole[start : start + 8192] = b"\xa5" * 8192
    path.write_bytes(whole)
    with suppress(StoreError), Store.open(path) as store:  # any other exception would be a traceback for a user
        stories(store)
        statements(store)
        for document in store.documents():
            store.get(document)


def test_a_damaged_record_is_a_store_error_wherever_it_is_looked_at(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE text SET record = x'FF00'")
    connection.close()
    with Store.open(path) as store:
        document = next(store.documents())
        for ask in (
            lambda: store.get(document),
            lambda: story(store, document),
            lambda: stories(store, StoryQuestion(words="first word")),
            lambda: person(store, people(store, kind=None).rows[0].address),
        ):
            with pytest.raises(StoreError, match="damaged"):
                ask()


def test_a_migration_happens_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = "CREATE TABLE later (x)", "CREATE TABLE later (x, y)"
    monkeypatch.setattr(store_module, "MIGRATIONS", (*MIGRATIONS, (good, bad)))
    with pytest.raises(StoreError, match="already exists"):
        Store.open(path, access="write")
    monkeypatch.setattr(store_module, "MIGRATIONS", (*MIGRATIONS, (good,)))
    with Store.open(path, access="write") as store:
        assert store.rows("SELECT count(*) FROM later") == [(0,)]
        assert store.get(FIRST.document.id) == FIRST
    monkeypatch.undo()
    with pytest.raises(StoreError, match="newer onrecord"):
        Store.open(path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no folder"):
        Store.open(tmp_path / "none" / "news.db", access="create")
