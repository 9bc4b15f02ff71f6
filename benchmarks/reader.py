"""Every page of the reader over a large database: how long the whole answer takes, HTML included.

Asks each page in turn, several rounds, through the application itself (no network): first of a store that was just
opened and remembers nothing, then again. Prints the first answer, the median and the slowest of the later ones by the
clock, and the slowest of all in processor time (what it takes on a machine that does nothing else), against the bar of
300 ms. Any database will do; benchmarks/search.py makes one of 200,000 synthetic stories.

    python benchmarks/reader.py DATABASE [--rounds 5]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from starlette.testclient import TestClient

from onrecord.keep import people, search
from onrecord.keep.store import Store
from onrecord.show.web.app import reader

BAR_SECONDS = 0.3


def pages(store: Store) -> Iterator[tuple[str, str]]:
    """Name and address of every kind of page; the speaker and person is the hundredth busiest."""
    busiest = people.people(store, kind=None, limit=100).rows[-1]
    longest = _longest(store)
    facets = search.facets(store)
    second = search.stories(store, limit=40).next
    yield "stories", "/stories"
    yield "stories, second page", f"/stories?after={second}"
    yield "stories, most statements", "/stories?sort=most+statements"
    yield "stories of a publisher", f"/stories?publisher={facets.publishers[0].value}"
    yield "stories of a month", f"/stories?month={facets.months[0].value}"
    yield "stories of a speaker", f"/stories?speaker={busiest.address}"
    yield "stories with a name", f"/stories?q={busiest.name}"
    yield "stories with a common word", "/stories?q=government"
    yield "the longest story", f"/stories/{longest}"
    yield "a statement", f"/statements/{_statement(store)}.json"
    yield "search, a name", f"/search?q={busiest.name}"
    yield "search, a common word", "/search?q=government"
    yield "people", "/people"
    yield "people, part of a name", f"/people?q={busiest.name[:3]}"
    yield "a person", f"/people/{busiest.address}"
    yield "a person, said about", f"/people/{busiest.address}?show=about"
    yield "a person, stories", f"/people/{busiest.address}?show=stories"
    yield "who speaks", "/speakers"
    yield "review", "/review"
    yield "review, progress", "/review/progress"
    yield "stories, as data", "/stories.json"
    yield "search of a speaker's words", f"/search?q=government&speaker={busiest.address}"


def _longest(store: Store) -> str:
    """The story with most statements."""
    return search.stories(store, sort="most statements", limit=1).rows[0].document


def _statement(store: Store) -> str:
    records = filter(None, map(store.get, store.documents()))
    return next(record.statements[0].id for record in records if record.statements)


def seconds_of(client: TestClient, address: str, rounds: int) -> tuple[list[float], list[float]]:
    """How long each of so many answers took: by the clock, and in processor time."""
    clock, processor = [], []
    for _ in range(rounds):
        started, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    return clock, processor


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("database", type=Path)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    missed = 0
    with Store.open(options.database) as store:
        print(search.totals(store))
        asked = list(pages(store))
    print(f"{'milliseconds':36} {'first':>8} {'median':>8} {'slowest':>8} {'processor':>10}")
    for name, address in asked:
        with Store.open(options.database) as store:
            client = TestClient(reader(store, by="benchmark"), base_url="http://localhost")
            (first, *again), processor = seconds_of(client, address, options.rounds)
        missed += max(processor) > BAR_SECONDS
        figures = (first, statistics.median(again), max(again), max(processor))
        print("{:36} {:8.1f} {:8.1f} {:8.1f} {:10.1f}".format(name, *(1000 * each for each in figures)))
    print(f"bar {BAR_SECONDS * 1000:.0f} ms of processor time: {'held' if not missed else f'missed by {missed} pages'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
