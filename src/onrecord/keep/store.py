"""The store: a database of records in one SQLite file. The only file that imports sqlite3.

Opens, locks, migrates, and says in plain words what is wrong with a file; what is put into it stands in writing.py,
what is asked of it in search.py. One connection a thread; writers take turns.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeVar
from urllib.parse import quote

from onrecord.errors import StoreError
from onrecord.keep import clusters, judgements, words, writing
from onrecord.keep.connection import Row, Values
from onrecord.keep.packing import unpacked
from onrecord.keep.rows import storable
from onrecord.keep.schema import APPLICATION_ID, FIRST, FULL_TEXT, MIGRATIONS
from onrecord.keep.writing import Prepared, prepared
from onrecord.record import Judgement, Record

Access = Literal["read", "write", "create"]
Answer = TypeVar("Answer")

#: Small pages: texts and records fill their last page on average by half, and every story has two of these.
_PAGE_BYTES = 2048
_ANEW = (
    "its tables cannot be read; put the reports on record anew, in another file, with `onrecord build PLACE -o FILE`"
)
_FAULTS = {
    "SQLITE_BUSY": "another program is writing to it; try again when it is done",
    "SQLITE_LOCKED": "another program is writing to it; try again when it is done",
    "SQLITE_FULL": "the disk is full (or the file may grow no more); what was put on record before is safe",
    "SQLITE_READONLY": "it may not be written to: the file or its folder is read-only",
    "SQLITE_CORRUPT": "it is damaged; restore a copy, or save what can be read with `sqlite3 FILE .recover`",
    "SQLITE_NOTADB": "it is not a database",
    "SQLITE_CANTOPEN": "it cannot be opened",
    "SQLITE_IOERR": "the disk does not answer as it should, or is full; what was put on record before is safe",
    "SQLITE_PERM": "this user may not open it",
    "SQLITE_TOOBIG": "a text in it is too long for a database",
}


@dataclass(eq=False, slots=True)
class _Link:
    """A connection, and what was asked over it in its present state, which only itself can tell from another."""

    connection: sqlite3.Connection
    state: tuple[int, int] | None = None
    answers: dict[str, Any] = field(default_factory=dict)


class _Lease:
    """A link that a thread holds until it ends; then another thread may have it, warm and with all it remembers."""

    def __init__(self, link: _Link, free: list[_Link]) -> None:
        self.link = link
        self._free = free

    def __del__(self) -> None:
        self._free.append(self.link)


class Store:
    """Records in an SQLite file. Use `Store.open`; closes as a context manager.

    Safe to share between threads: each holds a connection of its own while it runs. Every method raises StoreError,
    with a text fit for a user, when the file cannot be read or written."""

    def __init__(self, path: Path, access: Access, *, wait_seconds: float) -> None:
        self.path = path
        self.access: Access = access
        self._wait_seconds = wait_seconds
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._free: list[_Link] = []
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, access: Access = "read", wait_seconds: float = 10.0) -> Store:
        """Open a database: "read" it, "write" to one that exists, or "create" it if there is none.

        A file of an older onrecord is brought up to date when opened for writing, and read as it is otherwise."""
        store = cls(Path(path), access, wait_seconds=wait_seconds)
        try:
            store._check()
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; a writer leaves one file behind, without a write-ahead log."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            self._free = []
            self._local = threading.local()

    # Records

    def put(self, record: Record, *, sketch: tuple[int, ...] = (), copies: Iterable[int] = ()) -> str:
        """Put a record and return the id of its document.

        A record of the same text replaces the earlier one's findings. A page that is there already (same URL, or same
        location where there is no URL) with another text becomes its next version. `sketch` and `copies` are for
        batch.py, which looks for copies of the same report."""
        return self.put_prepared(prepared(record, sketch=sketch), copies=copies)

    def put_prepared(self, ready: Prepared, *, copies: Iterable[int] = ()) -> str:
        """Put a record that `prepared` made ready."""
        with self.transaction():
            story = writing.put_story(self, ready)
            writing.put_copies(self, story, copies)
        return ready.document

    def get(self, document: str) -> Record | None:
        """The record of a document, exactly as it was put, or None when there is none."""
        found = self.row(
            "SELECT record, text FROM story JOIN text ON text.id = story.id WHERE document = ?", (document,)
        )
        if found is None:
            return None
        try:
            return unpacked(*found)
        except StoreError as error:
            raise StoreError(f"{self.path}: of {document}: {error}") from error

    def documents(self) -> Iterator[str]:
        """The ids of all documents, in the order they were put."""
        last = 0
        while found := self.rows("SELECT id, document FROM story WHERE id > ? ORDER BY id LIMIT 1000", (last,)):
            yield from (document for _, document in found)
            last = found[-1][0]

    # Judgements

    def judge(self, judgement: Judgement) -> int:
        """Keep what a person decided and apply it; the row id. The same judgement twice is one."""
        with self.transaction():
            return judgements.put_judgement(self, judgement)

    def judgements(self, address: str | None = None) -> list[tuple[int, Judgement, bool]]:
        """All judgements, or those of one finding or name, oldest first: row id, judgement, whether it still stands."""
        return judgements.judgements(self, address)

    def propose(self, proposals: Iterable[tuple[int, int, float, str]]) -> None:
        """Keep proposals that two names (row ids) are one person, with score and reason, in place of all that were
        there, and derive persons anew."""
        with self.transaction():
            found = [(min(left, right), max(left, right), score, why) for left, right, score, why in proposals]
            before = self.rows('SELECT "left", "right", score FROM proposal')
            self.run("DELETE FROM proposal")
            self.run_many('INSERT OR REPLACE INTO proposal ("left", "right", score, reason) VALUES (?, ?, ?, ?)', found)
            pairs = {(left, right) for left, right, score, *_ in (*before, *found) if score >= clusters.JOINS}
            clusters.recluster(self, {name for pair in pairs for name in pair}, judgements.standing_pairs(self))

    def compact(self) -> bool:
        """Merge the full-text indexes and give back unused pages, which takes as much room again for a while. False
        where another program or a full disk does not let it: nothing is lost then."""
        try:
            for index in FULL_TEXT:
                self.run(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
            self.run("PRAGMA temp_store = FILE")
            self.run("VACUUM")
        except StoreError:
            return False
        finally:
            self.run("PRAGMA temp_store = MEMORY")
        return True

    # Rows: what keep's other files build on

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows that a query answers."""
        try:
            return self._execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._told(error) from error

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row that a query answers, or None."""
        try:
            found: Row | None = self._execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise self._told(error) from error
        return found

    def run(self, sql: str, values: Values = ()) -> int:
        """Run one statement; the id of the row that it inserted, if it did."""
        try:
            return self._execute(sql, values).lastrowid or 0
        except sqlite3.Error as error:
            raise self._told(error) from error

    def run_many(self, sql: str, values: Iterable[Values]) -> None:
        """Run one statement once for each of `values`."""
        try:
            self._connection().executemany(sql, values)
        except sqlite3.Error as error:
            raise self._told(error) from error

    def remembered(self, name: str, asked: Callable[[], Answer]) -> Answer:
        """What `asked` answers; asked again only when the database has changed."""
        link = self._link()
        state = (self._number("data_version"), link.connection.total_changes)
        if link.state != state:
            link.state, link.answers = state, {}
        if link.connection.in_transaction:
            return asked()
        if name not in link.answers:
            link.answers[name] = asked()
        found: Answer = link.answers[name]
        return found

    def _execute(self, sql: str, values: Values) -> sqlite3.Cursor:
        try:
            return self._connection().execute(sql, values)
        except UnicodeEncodeError:
            clean = [storable(value) if isinstance(value, str) else value for value in values]
            return self._connection().execute(sql, clean)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another transaction, a part of that one."""
        if self._connection().in_transaction:
            yield
            return
        self.begin()
        try:
            yield
            self.commit()
        except BaseException:
            self.roll_back()
            raise

    def begin(self) -> None:
        """Begin a transaction that lasts until `commit` or `roll_back`."""
        self.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make what was done since `begin` last."""
        self.run("COMMIT")

    def roll_back(self) -> None:
        """Undo what was done since `begin`, if that is still open."""
        connection = self._connection()
        if connection.in_transaction:
            connection.rollback()

    # Opening

    def _connection(self) -> sqlite3.Connection:
        return self._link().connection

    def _link(self) -> _Link:
        lease: _Lease | None = getattr(self._local, "lease", None)
        if lease is None:
            with self._lock:
                lease = _Lease(self._free.pop() if self._free else self._linked(), self._free)
            self._local.lease = lease
        return lease.link

    def _linked(self) -> _Link:
        connection = self._connect()
        self._opened.append(connection)
        return _Link(connection)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._uri(),
            uri=True,
            timeout=self._wait_seconds,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=400,
        )
        for pragma in (
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "cache_size = -32768",
            "temp_store = MEMORY",
            "trusted_schema = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("holds", 3, words.holds, deterministic=True)
        connection.create_function("relevance", 4, words.relevance, deterministic=True)
        return connection

    def _uri(self) -> str:
        name = quote(os.path.abspath(self.path), safe="/")
        if self.access != "read":
            return f"file:{name}?mode={'rwc' if self.access == 'create' else 'rw'}"
        return f"file:{name}?mode=ro" + ("&immutable=1" if self._is_on_read_only_ground() else "")

    def _is_on_read_only_ground(self) -> bool:
        """A write-ahead log needs a writable folder even to be read; without a log there is nothing to miss."""
        log = self.path.with_name(self.path.name + "-wal")
        return not os.access(self.path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)

    def _check(self) -> None:
        self._check_path()
        if self._number("application_id") != APPLICATION_ID:
            self._check_it_is_new()
        version = self._number("user_version")
        if version > _newest():
            raise StoreError(f"{self.path} was made by a newer onrecord (tables {version}); bring onrecord up to date")
        if 0 < version < FIRST:
            raise StoreError(f"{self.path} was made by a development version of onrecord (tables {version}): {_ANEW}")
        if self.access != "read":
            self._migrate()

    def _check_path(self) -> None:
        try:
            is_folder, is_there = self.path.is_dir(), self.path.exists()
        except OSError as error:  # such as a name that is too long
            raise StoreError(f"{self.path}: {error.strerror or error}") from error
        if is_folder:
            raise StoreError(f"{self.path} is a folder, not a database")
        if self.access != "create" and not is_there:
            raise StoreError(f"there is no database {self.path}; `onrecord build PLACE -o {self.path}` makes one")

    def _number(self, pragma: str) -> int:
        return int(self.rows(f"PRAGMA {pragma}")[0][0])

    def _check_it_is_new(self) -> None:
        if self.access == "read" and not self.path.stat().st_size:
            raise StoreError(f"{self.path} is empty; `onrecord build PLACE -o {self.path}` fills it")
        if self.access == "read" or self.rows("SELECT 1 FROM sqlite_master LIMIT 1") or self._number("application_id"):
            raise StoreError(f"{self.path} is a database, but not one that onrecord made")

    def _migrate(self) -> None:
        self.run(f"PRAGMA page_size = {_PAGE_BYTES}")  # heeded while the file is empty
        self.run("PRAGMA journal_mode = WAL")
        while self._number("user_version") < _newest():
            with self.transaction():
                following = max(FIRST, self._number("user_version") + 1)
                if following <= _newest():  # unless another process was quicker
                    self._run_migration(following)

    def _run_migration(self, number: int) -> None:
        for sql in MIGRATIONS[number - FIRST]:
            self.run(sql)
        self.run(f"PRAGMA application_id = {APPLICATION_ID}")
        self.run(f"PRAGMA user_version = {number}")

    def _told(self, error: sqlite3.Error) -> StoreError:
        folder, reason = self.path.parent, _reason(error)
        if reason == _FAULTS["SQLITE_CANTOPEN"] and self.access != "read":
            if not folder.exists():
                reason = f"there is no folder {folder}"
            elif not os.access(folder, os.W_OK):
                reason = _FAULTS["SQLITE_READONLY"]
        return StoreError(f"{self.path}: {reason}")


def _newest() -> int:
    """The number of the last migration."""
    return FIRST + len(MIGRATIONS) - 1


def _reason(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorname", "") or ""
    if str(error).startswith("Could not decode"):  # and then it quotes the text, however long
        code = "SQLITE_CORRUPT"
    for name, reason in _FAULTS.items():
        if code.startswith(name):
            return reason
    return str(error)
