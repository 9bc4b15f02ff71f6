"""A pile is built in page order by any number of workers, goes on after a kill, and knows copies and versions."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from made import Said, report
from onrecord.batch import Options, build
from onrecord.errors import PageError, WeightsError
from onrecord.keep.answers import StoryQuestion
from onrecord.keep.people import people
from onrecord.keep.search import stories, story, totals
from onrecord.keep.store import Store
from onrecord.record import Document, Note, Page, Record, Source

SPEAKERS = ("Alexander Lukashenko", "Aleksandr Lukashenka", "Jane Roe", "Vadim Prokopiev", "Maria Kalesnikava")


def reader(page: Page) -> Record:
    """A small stand-in for the pipeline: a line a paragraph, `Name: words` for what somebody said."""
    lines = page.content.decode().splitlines()
    if lines[0] == "DIE":
        os._exit(9)
    if lines[0] == "RAISE":
        raise RuntimeError("a fault of ours")
    if lines[0] == "WEIGHTS":
        raise WeightsError("no weights")
    split = [line.partition(": ") for line in lines]
    parts = [Said(speaker, words) if colon else speaker for speaker, colon, words in split]
    if lines[0] == "EMPTY":
        source = Source(sha256=hashlib.sha256(page.content).hexdigest(), reader="test 1", location=page.location)
        return Record(Document("", source), notes=(Note("test", "the page is empty"),))
    return report(*parts, url=page.url, location=page.location, content=page.content, headline=lines[0])


def page(number: int, *lines: str, url: str | None = None) -> Page:
    text = "\n".join((f"Story {number}", *lines))
    return Page(text.encode(), f"pile/{number:05}.txt", url=url or f"https://daily.test/{number}")


def pages(count: int) -> list[Page]:
    return [
        page(number, f"{SPEAKERS[number % 5]}: Thing {number} matters to {SPEAKERS[number % 3]}", "It rained in Minsk.")
        for number in range(count)
    ]


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, with its row id where it has one."""
    connection = sqlite3.connect(path)
    names = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    plain = [name for name in names if "_text" not in name and "_names" not in name]
    found = {
        name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in plain if name != "linked"
    }
    connection.close()
    return found


def built(
    path: Path, pile: list[Page | PageError], options: Options | None = None
) -> dict[str, list[tuple[object, ...]]]:
    with Store.open(path, access="create") as store:
        build(store, pile, options or Options(reader=reader))
    return rows(path)


def test_summary_counts_every_page_once(tmp_path: Path) -> None:
    pile: list[Page | PageError] = [*pages(6), pages(1)[0], PageError("gone.html", "no such file")]
    pile += [Page(b"EMPTY", "empty.txt"), Page(b"RAISE", "raise.txt")]
    with Store.open(tmp_path / "news.db", access="create") as store:
        tally = build(store, pile, Options(reader=reader))
        assert dict(tally.outcomes) == {"new": 6, "known": 1, "failed": 3}
        assert tally.statements == 6
        assert set(tally.causes) == {
            "no such file",
            "the page is empty",
            "onrecord failed on this page: RuntimeError: a fault of ours",
        }
        again = build(store, pile, Options(reader=reader))
        assert set(again.outcomes) == {"known", "failed"}
        assert totals(store).stories == 6


def test_adding_a_pile_later_is_the_same_command(tmp_path: Path) -> None:
    whole = built(tmp_path / "whole.db", [*pages(20)])
    built(tmp_path / "parts.db", [*pages(11)])
    assert built(tmp_path / "parts.db", [*pages(20)])["story"] == whole["story"]


def test_a_changed_page_is_a_version_and_an_equal_text_a_copy(tmp_path: Path) -> None:
    first, changed = page(1, "Jane Roe: One thing"), page(1, "Jane Roe: Another thing")
    elsewhere = page(1, "Jane Roe: Another thing", url="https://other.test/9")
    with Store.open(tmp_path / "news.db", access="create") as store:
        tally = build(store, [first, changed, elsewhere], Options(reader=reader))
        assert dict(tally.outcomes) == {"new": 1, "changed": 1, "copy": 1}
        (row,) = stories(store).rows
        found = story(store, row.document)
        assert found is not None
        assert [version.source.url for version in found.pages] == ["https://daily.test/1", "https://other.test/9"]
        assert [version.version for version in found.versions] == [1]
        assert people(store, "roe").rows[0].statements == 1


def test_wire_copies_are_grouped(tmp_path: Path) -> None:
    body = [" ".join(f"word{line}x{number}" for number in range(40)) + "." for line in range(10)]
    wire = [page(1, *body), page(2, *body[:6]), page(3, "Something else entirely happened here today.")]
    with Store.open(tmp_path / "news.db", access="create") as store:
        build(store, wire, Options(reader=reader))
        assert [row.copies for row in stories(store, sort="oldest").rows] == [1, 1, 0]
        assert len(stories(store, StoryQuestion(copies=False)).rows) == 2


def test_spellings_of_one_person_are_joined(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.db", access="create") as store:
        build(store, pages(10), Options(reader=reader))
        (row,) = people(store, "lukashenk").rows
        assert (row.spellings, row.statements) == (2, 4)


def test_missing_weights_stop_the_build_and_fail_no_page(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.db", access="create") as store:
        with pytest.raises(WeightsError):
            build(store, [*pages(3), Page(b"WEIGHTS", "w.txt")], Options(reader=reader))
        assert (totals(store).stories, totals(store).failures) == (3, 0)


@pytest.mark.slow
def test_workers_change_nothing_and_one_that_dies_costs_one_page(tmp_path: Path) -> None:
    pile: list[Page | PageError] = [*pages(30), Page(b"DIE", "die.txt"), *pages(60)]
    alone = built(tmp_path / "alone.db", [*pages(30), *pages(60)])
    team = built(tmp_path / "team.db", pile, Options(workers=2, reader=reader))
    assert [row[2:] for row in team["failure"]] == [("die.txt", "the process that read this page died (exit 9)")]
    assert {**team, "failure": []} == alone


SCRIPT = """
import sys
sys.path[:0] = {paths!r}
from test_batch import Options, Store, build, pages, reader
if __name__ == "__main__":
    with Store.open(sys.argv[1], access="create") as store:
        build(store, pages(400), Options(workers=int(sys.argv[2]), reader=reader))
"""


@pytest.mark.slow
@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT])
def test_killed_at_any_moment_it_goes_on_to_the_same_database(tmp_path: Path, kill: signal.Signals) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(paths=[str(Path(__file__).parent), *sys.path]), encoding="utf-8")
    whole = built(tmp_path / "whole.db", [*pages(400)])
    path = tmp_path / "killed.db"
    for wait_seconds in (0.6, 0.9, 1.2):
        process = subprocess.Popen([sys.executable, str(script), str(path), "1"], stderr=subprocess.DEVNULL)
        time.sleep(wait_seconds)
        process.send_signal(kill)
        process.wait()
        if path.exists() and path.stat().st_size:
            rows(path)
    assert built(path, [*pages(400)]) == whole
