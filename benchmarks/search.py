"""Search at scale: 200,000 synthetic stories, and how long the reader's questions take.

Prints the 95th percentile for names (bar: 100 ms), for terms in most stories (bar: 1 s), and for every list and facet
of the reader (bar: 300 ms). The pile is made from a seed (benchmarks/pile.py) and kept for the next run.

    python benchmarks/search.py [--stories 200000] [--database /tmp/search.db]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from multiply import multiply
from pile import COMMON, name, record

from onrecord.keep import pile, search
from onrecord.keep.answers import StatementQuestion, StoryQuestion
from onrecord.keep.people import people, person, speakers_by_month
from onrecord.keep.store import Store
from onrecord.keep.writing import prepared

_COMMIT_EVERY = 500
#: Stories that are put one by one; the others are made of their rows (multiply.py).
_MADE = 2_000


def make(path: Path, count: int) -> None:
    """Put the first stories as a build would, then multiply their rows."""
    with Store.open(path, access="create") as store:
        _put(store, min(count, _MADE))
        ((there,),) = store.rows("SELECT count(*) FROM story")
    if there < count:
        multiply(path, count // there)


def _put(store: Store, count: int) -> None:
    ((there,),) = store.rows("SELECT count(*) FROM story")
    for start in range(there, count, _COMMIT_EVERY):
        with store.transaction():
            for number in range(start, min(count, start + _COMMIT_EVERY)):
                pile.put_next(store, prepared(record(number)), (), again=False)


def percentile(seconds: list[float], part: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * part))]


def timed(label: str, bar_seconds: float, questions: list[Callable[[], object]]) -> bool:
    """Ask each question once, print percentiles of processor time (a busy machine makes clocks lie), and whether the
    bar holds."""
    seconds = []
    for ask in questions:
        started = time.process_time()
        ask()
        seconds.append(time.process_time() - started)
    median, worst = percentile(seconds, 0.5), percentile(seconds, 0.95)
    holds = worst < bar_seconds
    figures = f"median {median * 1000:7.1f} ms  p95 {worst * 1000:7.1f} ms  bar {bar_seconds * 1000:.0f} ms"
    print(f"{label:44} {figures}  {'holds' if holds else 'MISSED'}")
    return holds


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stories", type=int, default=200_000)
    arguments.add_argument("--database", type=Path, default=Path("/tmp/onrecord-search.db"))
    options = arguments.parse_args()
    make(options.database, options.stories)
    with Store.open(options.database) as store:
        print(f"{search.totals(store)}, {options.database.stat().st_size / 1e9:.2f} GB")
        names = [name(rank * 7 + 1) for rank in range(100)]
        addresses = ["person:" + each.lower().replace(" ", "-") for each in names[:40]]
        common = [" ".join((word, other)) for word in COMMON for other in ("", "the")]
        results = [
            timed(
                "stories naming somebody, by relevance",
                0.1,
                [
                    lambda n=n: search.stories(store, StoryQuestion(words=f'"{n}"'), sort="relevance", limit=20)
                    for n in names
                ],
            ),
            timed(
                "statements with a name, by relevance",
                0.1,
                [
                    lambda n=n: search.statements(store, StatementQuestion(words=n), sort="relevance", limit=20)
                    for n in names
                ],
            ),
            timed(
                "stories with a common word, by relevance",
                1.0,
                [lambda w=w: search.stories(store, StoryQuestion(words=w), sort="relevance", limit=20) for w in common],
            ),
            timed(
                "stories with a common word, newest",
                1.0,
                [lambda w=w: search.stories(store, StoryQuestion(words=w), limit=20) for w in common],
            ),
            timed(
                "statements with a common word, by relevance",
                1.0,
                [
                    lambda w=w: search.statements(store, StatementQuestion(words=w), sort="relevance", limit=20)
                    for w in common
                ],
            ),
            timed(
                "statements with a common word, newest",
                1.0,
                [lambda w=w: search.statements(store, StatementQuestion(words=w), limit=20) for w in common],
            ),
            timed(
                "facets of a common word",
                1.0,
                [lambda w=w: search.facets(store, StoryQuestion(words=w)) for w in common],
            ),
            timed(
                "facets of a name", 0.3, [lambda n=n: search.facets(store, StoryQuestion(words=n)) for n in names[:40]]
            ),
            timed("facets of everything", 0.3, [lambda: search.facets(store)] * 5),
            timed(
                "facets of a publisher", 0.3, [lambda: search.facets(store, StoryQuestion(publisher="The Times"))] * 5
            ),
            timed(
                "first pages of stories",
                0.3,
                [lambda s=s: search.stories(store, sort=s) for s in ("newest", "oldest", "most statements")] * 3,
            ),
            timed(
                "stories of a speaker",
                0.3,
                [lambda a=a: search.stories(store, StoryQuestion(speaker=a)) for a in addresses],
            ),
            timed(
                "stories of a publisher", 0.3, [lambda: search.stories(store, StoryQuestion(publisher="The Times"))] * 5
            ),
            timed(
                "people",
                0.3,
                [lambda: people(store)] * 3 + [lambda n=n: people(store, n.split()[0]) for n in names[:20]],
            ),
            timed("a person", 0.3, [lambda a=a: person(store, a) for a in addresses]),
            timed(
                "what a person said",
                0.3,
                [lambda a=a: search.statements(store, StatementQuestion(speaker=a)) for a in addresses],
            ),
            timed(
                "what was said about a person",
                0.3,
                [lambda a=a: search.statements(store, StatementQuestion(about=a)) for a in addresses],
            ),
            timed(
                "least certain",
                0.3,
                [lambda: search.statements(store, StatementQuestion(decided="undecided"), sort="least certain")] * 5,
            ),
            timed("newest statements", 0.3, [lambda: search.statements(store)] * 5),
            timed(
                "review progress and totals", 0.3, [lambda: search.progress(store), lambda: search.totals(store)] * 3
            ),
            timed("who speaks, by month", 0.3, [lambda: speakers_by_month(store)] * 5),
            timed("a story", 0.3, [lambda i=i: search.story(store, record(i).document.id) for i in range(20)]),
        ]
    raise SystemExit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
