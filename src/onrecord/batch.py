"""Many pages into one store: worker processes read, one writer keeps, in the order of the pages.

Can be stopped at any moment, also by a power cut, and run again: pages that are on record are known by their bytes and
passed over, and row ids depend on the order of pages alone, so the database ends up the same, row for row. A worker
that dies costs the page that killed it, and nothing else.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait

from onrecord.errors import OnrecordError, PageError
from onrecord.keep import pile
from onrecord.keep.pile import Failure, Outcome
from onrecord.keep.store import Store
from onrecord.keep.writing import Prepared, prepared
from onrecord.record import Page, Record
from onrecord.resolve.copies import are_copies, sketch
from onrecord.resolve.people import Named, propose

#: Stories a transaction holds at most, and seconds it lasts: what a power cut costs.
_STORIES_A_COMMIT = 50
_SECONDS_A_COMMIT = 1.0
#: A database of which so much is new is compacted: a third smaller, for some seconds to each 10,000 stories.
_MOSTLY_NEW = 0.25
#: Pages that each worker has waiting, and bytes of pages that all of them have, before more are opened.
_PAGES_AHEAD = 4
_BYTES_AHEAD = 64_000_000

Ready = Prepared | Failure | OnrecordError
Reader = Callable[[Page], Record]


@dataclass(frozen=True, slots=True)
class Options:
    """How a pile is built. `workers` are processes (0: read in this one). `again` reads also what is on record.
    `reader` turns a page into a record, pipeline.put_on_record when None; workers import it by name."""

    workers: int = 0
    again: bool = False
    reader: Reader | None = None
    on_page: Callable[[Outcome], None] | None = None


@dataclass(slots=True)
class Tally:
    """What a build did: pages by outcome, statements, failures by cause, seconds in all and in writing, by the clock
    and of processor time: while all cores read, writing mostly waits for one."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    statements: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    writing_seconds: float = 0.0
    writing_processor_seconds: float = 0.0


def build(store: Store, pages: Iterable[Page | PageError], options: Options | None = None) -> Tally:
    """Put pages on record in a store. Whatever stops it, what is kept is whole; run it again to go on."""
    options = options or Options()
    tally, started = Tally(), time.monotonic()
    with _Writer(store, tally, options) as writer, _read(_wanted(pages, writer), options) as results:
        for ready in results:
            if isinstance(ready, OnrecordError):
                raise ready
            writer.put(ready)
    if options.again or not pile.is_linked(store):
        link_people(store)
    if (tally.outcomes["new"] + tally.outcomes["changed"]) >= _MOSTLY_NEW * pile.count_stories(store) > 0:
        store.compact()
    tally.seconds = time.monotonic() - started
    return tally


def link_people(store: Store) -> None:
    """Propose which names are one person's, and derive persons anew."""
    names = (Named(*row) for row in pile.names_of_people(store))
    found = propose(names, lambda name: pile.companions(store, name))
    with store.transaction():
        store.propose([(each.left, each.right, each.score, each.reason) for each in found])
        pile.note_linked(store)


def fingerprint(page: Page) -> bytes:
    """What tells a page from others: its bytes, its URL, and what its container said of it, not where it lies."""
    digest = hashlib.blake2b(page.content, digest_size=16)
    for part in (page.url or "", *(text for pair in page.given for text in pair)):
        digest.update(b"\0" + part.encode("utf-8", "surrogatepass"))
    return digest.digest()


def _wanted(pages: Iterable[Page | PageError], writer: _Writer) -> Iterator[tuple[Page, bytes] | Failure]:
    for page in pages:
        if isinstance(page, PageError):
            yield _unopened(page)
            continue
        mark = fingerprint(page)
        if not writer.passes_over(mark):
            yield page, mark


def _unopened(error: PageError) -> Failure:
    mark = hashlib.blake2b(str(error).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return Failure(mark, error.location, error.message)


def make_ready(page: Page, mark: bytes, reader: Reader | None = None) -> Ready:
    """What a worker makes of a page: rows to be put, or why there are none, or the error that stops the build (such as
    missing weights). Raises nothing."""
    try:
        record = (reader or _pipeline())(page)
        if not record.document.text.strip():
            return Failure(mark, page.location, "; ".join(note.message for note in record.notes) or "no story")
        return prepared(record, sketch=sketch(record.document), fingerprint=mark)
    except PageError as error:
        return Failure(mark, error.location, error.message)
    except OnrecordError as error:
        return error
    except Exception as error:
        return Failure(mark, page.location, f"onrecord failed on this page: {type(error).__name__}: {error}")


def _pipeline() -> Reader:
    from onrecord.pipeline import put_on_record

    return put_on_record


# Writing


class _Writer:
    """Keeps results in the order of their pages, some to a transaction."""

    def __init__(self, store: Store, tally: Tally, options: Options) -> None:
        self._store, self._tally, self._options = store, tally, options
        self._in_transaction = 0
        self._since = 0.0

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._commit()

    def passes_over(self, mark: bytes) -> bool:
        """Whether a page is on record already; counts it."""
        if self._options.again or not pile.is_known(self._store, mark):
            return False
        self._count("known")
        return True

    def put(self, ready: Prepared | Failure) -> None:
        started, worked = time.monotonic(), time.thread_time()
        if self._in_transaction == 0:
            self._store.begin()
            self._since = started
        self._in_transaction += 1
        try:
            self._count(self._put(ready))
        except BaseException:
            self._store.roll_back()
            self._in_transaction = 0
            raise
        if self._in_transaction >= _STORIES_A_COMMIT or time.monotonic() - self._since > _SECONDS_A_COMMIT:
            self._commit()
        self._tally.writing_seconds += time.monotonic() - started
        self._tally.writing_processor_seconds += time.thread_time() - worked

    def _put(self, ready: Prepared | Failure) -> Outcome:
        store, again = self._store, self._options.again
        if isinstance(ready, Failure):
            pile.put_failure(store, ready)
            self._tally.causes[ready.cause] += 1
            return "failed"
        if ready.fingerprint is not None and not again and pile.is_known(store, ready.fingerprint):
            return "known"
        near = pile.sharing(store, ready.sketch)
        copies = [each.story for each in near if are_copies(each.shared, len(ready.sketch), each.shingles)]
        outcome = pile.put_next(store, ready, copies, again=again)
        self._tally.statements += len(ready.statements) if outcome in ("new", "changed") else 0
        return outcome

    def _count(self, outcome: Outcome) -> None:
        self._tally.outcomes[outcome] += 1
        if self._options.on_page is not None:
            self._options.on_page(outcome)

    def _commit(self) -> None:
        if self._in_transaction:
            self._in_transaction = 0
            self._store.commit()


# Reading


@contextmanager
def _read(wanted: Iterator[tuple[Page, bytes] | Failure], options: Options) -> Iterator[Iterator[Ready]]:
    if options.workers < 1:
        yield (each if isinstance(each, Failure) else make_ready(*each, options.reader) for each in wanted)
        return
    team = _Team(options)
    try:
        yield team.results(wanted)
    finally:
        team.stop()


@dataclass(slots=True)
class _Worker:
    """A process that reads pages, whether it has come up, and the numbers of the pages that it has not answered."""

    process: multiprocessing.process.BaseProcess
    pipe: Connection
    is_up: bool = False
    given: deque[int] = field(default_factory=deque)


class _Team:
    """Worker processes, spawned, so that they are alike on every system. Answers come in the order of the pages."""

    def __init__(self, options: Options) -> None:
        self._reader = options.reader
        self._context = multiprocessing.get_context("spawn")
        self._workers = [self._hired() for _ in range(options.workers)]
        self._pages: dict[int, tuple[Page, bytes]] = {}
        self._done: dict[int, Ready] = {}

    def results(self, wanted: Iterator[tuple[Page, bytes] | Failure]) -> Iterator[Ready]:
        given = answered = 0
        is_over = False
        while not is_over or answered < given:
            while not is_over and given - answered < _PAGES_AHEAD * 2 * len(self._workers) and self._has_room():
                following = next(wanted, None)
                is_over = following is None
                if following is not None:
                    self._take(given, following)
                    given += 1
            self._give_out()
            if answered < given and answered not in self._done:
                self._collect()
            while answered in self._done:
                yield self._done.pop(answered)
                answered += 1

    def _has_room(self) -> bool:
        return sum(len(page.content) for page, _ in self._pages.values()) < _BYTES_AHEAD

    def _take(self, number: int, following: tuple[Page, bytes] | Failure) -> None:
        if isinstance(following, Failure):
            self._done[number] = following
        else:
            self._pages[number] = following

    def _give_out(self) -> None:
        out = {number for worker in self._workers for number in worker.given}
        for number in sorted(self._pages.keys() - out):
            worker = min(self._workers, key=lambda each: len(each.given))
            if len(worker.given) >= _PAGES_AHEAD:
                return
            worker.given.append(number)
            try:
                worker.pipe.send(self._pages[number])
            except OSError:
                return  # it died; _collect sees to that

    def _collect(self) -> None:
        """Wait for an answer, or for a death, and take what came."""
        ends = {worker.pipe: worker for worker in self._workers if worker.given}
        for end in wait([*ends]):
            worker = ends[end]  # type: ignore[index]
            try:
                answer = worker.pipe.recv()
                if worker.is_up:
                    self._answer(worker.given.popleft(), answer)
                worker.is_up = True
            except (EOFError, OSError):
                self._bury(worker)

    def _answer(self, number: int, ready: Ready) -> None:
        self._done[number] = ready
        del self._pages[number]

    def _bury(self, worker: _Worker) -> None:
        """A worker died over the first page that it had not answered; the others go to its heir."""
        worker.process.join()
        if not worker.is_up:
            raise OnrecordError(f"a process that should read pages could not start (exit {worker.process.exitcode})")
        page, mark = self._pages[worker.given[0]]
        why = f"the process that read this page died (exit {worker.process.exitcode})"
        self._answer(worker.given[0], Failure(mark, page.location, why))
        worker.pipe.close()
        self._workers[self._workers.index(worker)] = self._hired()

    def _hired(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._reader), daemon=True)
        with _interrupts_held():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def stop(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """While a worker is started: it inherits that Ctrl-C, which a terminal sends to all, is for the writer alone."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it, as the first worker would, lets interrupts through again
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _work(pipe: Connection, reader: Reader | None) -> None:
    """A worker's life: read pages until there are no more, or the writer is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        pipe.send("up")
        page, mark = pipe.recv()
        pipe.send(make_ready(page, mark, reader))
        gc.freeze()  # what is loaded by now stays: to look through it for what is not needed takes 1 ms a story
        while True:
            page, mark = pipe.recv()
            pipe.send(make_ready(page, mark, reader))
    except (EOFError, OSError):
        return
