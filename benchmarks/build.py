"""Building a pile: stories a second, memory, size of the database, cost of writing, and what fifty kills do to it.

The pile is made from the reports in demo/ and gold/reports (which may ship): their paragraphs in new order, every
seventh word exchanged, so that no two stories are alike. Bars: 10 stories a second on two cores; memory flat; 12 kB a
story beyond its text; writing under a tenth of the time; after 50 kills the same database, row for row. With `--made`
the records are made (benchmarks/pile.py) and not read: then only the writing, its memory and the kills are measured.

With `--memory` only the writer's memory is measured, over so many made stories with ever new words and names.

    python benchmarks/build.py [--stories 2000] [--workers 2] [--kills 50 --kill-stories 300] [--made] [--memory 20000]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from multiply import changes
from pile import record

from onrecord.batch import Options, Tally, _Writer, build, link_people
from onrecord.errors import PageError
from onrecord.keep.store import Store
from onrecord.keep.writing import Prepared, prepared
from onrecord.read.containers import pages_at
from onrecord.record import Page, Record

ROOT = Path(__file__).parents[1]
#: Paragraphs of a story that is made, about 700 words.
_PARAGRAPHS = 14
#: Stories of `--memory` that are made one by one; the others are these with other words.
_DIFFERENT = 500
#: Longest wait before a kill: long enough for a worker to start and some stories to be written.
_LONGEST_SECONDS, _LONGEST_MADE_SECONDS = 12.0, 8.0
_INDEXES = ("story_text", "statement_text", "name_text", "story_names", "statement_names")


def paragraphs() -> list[str]:
    """The paragraphs of all reports that may ship."""
    files = sorted([*ROOT.glob("demo/*.txt"), *ROOT.glob("gold/reports/*.txt")])
    parts = (part.strip() for file in files for part in file.read_text(encoding="utf-8").split("\n\n"))
    return [part for part in parts if len(part.split()) > 15]


def stories(count: int) -> Iterator[dict[str, str]]:
    """So many stories, always the same."""
    parts = paragraphs()
    words = [word for part in parts for word in part.split()]
    for number in range(count):
        chance = random.Random(number)
        body = [_varied(chance.choice(parts), words, chance) for _ in range(_PARAGRAPHS)]
        day = f"20{chance.randrange(15, 25)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        yield {
            "text": "\n\n".join((f"Story number {number} of the pile", *body)),
            "url": f"https://news.example/{day}/{number}",
            "published": day,
            "publisher": chance.choice(("The Times", "The Post", "The Echo")),
        }


def _varied(part: str, words: list[str], chance: random.Random) -> str:
    return " ".join(chance.choice(words) if index % 7 == 6 else word for index, word in enumerate(part.split()))


def write_pile(path: Path, count: int) -> int:
    """Write a pile as JSON Lines; the characters of its texts in bytes."""
    text_bytes = 0
    with path.open("w", encoding="utf-8") as out:
        for story in stories(count):
            text_bytes += len(story["text"].encode())
            out.write(json.dumps(story, ensure_ascii=False) + "\n")
    return text_bytes


def measured(pages: Iterable[Page | PageError], database: Path, options: argparse.Namespace, text_bytes: int) -> None:
    """Build a pile and print what it took, memory at each quarter."""
    count, workers, seen, memory = options.stories, options.workers, 0, []
    reader = made if options.made else None

    def on_page(_outcome: str) -> None:
        nonlocal seen
        seen += 1
        if seen % max(1, count // 4) == 0:
            memory.append(_resident_mb())

    with Store.open(database, access="create") as store:
        tally: Tally = build(store, pages, Options(workers=workers, on_page=on_page, reader=reader))
    size = database.stat().st_size
    print(f"{count} stories, {workers} workers: {tally.seconds:.1f} s, {count / tally.seconds:.1f} stories a second")
    print(f"outcomes {dict(tally.outcomes)}, {tally.statements} statements, causes {dict(tally.causes)}")
    print(f"writing {tally.writing_seconds:.1f} s, {100 * tally.writing_seconds / tally.seconds:.1f}% of the time")
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = time.process_time() + children.ru_utime + children.ru_stime
    share = 100 * tally.writing_processor_seconds / worked
    print(f"writing {tally.writing_processor_seconds:.1f} s of processor time, {share:.1f}% of all of it")
    print(f"database {size / count / 1000:.1f} kB a story, {(size - text_bytes) / count / 1000:.1f} kB beyond its text")
    print(f"memory of the writer at each quarter {', '.join(f'{each:.0f} MB' for each in memory)}")
    workers_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory of the largest worker {workers_mb:.0f} MB")


def made(page: Page) -> Record:
    """A stand-in for the pipeline: the record whose number the page is."""
    return record(int(page.content))


def made_pages(count: int) -> Iterator[Page]:
    """So many pages for `made`."""
    return (
        Page(str(number).encode(), f"made/{number}", url=f"https://made.example/{number}") for number in range(count)
    )


def writer_memory(database: Path, count: int) -> None:
    """Put so many made stories as a build does and print the writer's memory at each quarter, and after the end."""
    base = [prepared(record(number)) for number in range(min(count, _DIFFERENT))]
    print(f"memory of the writer before {_resident_mb():.0f} MB")
    with Store.open(database, access="create") as store:
        with _Writer(store, Tally(), Options()) as writer:
            for number in range(count):
                writer.put(_another(base[number % len(base)], number // len(base)))
                if (number + 1) % (count // 4) == 0:
                    print(f"after {number + 1} stories {_resident_mb():.0f} MB", flush=True)
        link_people(store)
        store.compact()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"people linked and compacted {_resident_mb():.0f} MB, peak {peak:.0f} MB")


def _another(ready: Prepared, number: int) -> Prepared:
    """The story with other words and names, as another page."""
    changed = changes(number)
    name = {each.name.address: replace(each.name, written=changed(each.name.written)) for each in ready.entities}
    name = {key: replace(each, address=f"person:{changed(key.partition(':')[2])}") for key, each in name.items()}
    return replace(
        ready,
        document=f"{ready.document[:24]}{number:08x}",
        text=changed(ready.text),
        source=replace(ready.source, url=f"{ready.source.url}?{number}"),
        entities=tuple(replace(each, name=name[each.name.address]) for each in ready.entities),
        statements=tuple(replace(each, words=changed(each.words)) for each in ready.statements),
    )


def _opening():  # type: ignore[no-untyped-def]
    from onrecord.read.containers import Opening

    return Opening()


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def killed(command: list[str], whole: Path, database: Path, kills: int, longest_seconds: float) -> None:
    """Kill a build at random moments, let it end, and compare every row with the undisturbed one."""
    chance = random.Random(1)
    done = ended = 0
    while done < kills:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(chance.uniform(0.2, longest_seconds))
            database.unlink()  # it came to its end: begin anew, so that every kill meets work
            ended += 1
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            done += 1
            _must_be_sound(database)
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    same = rows(database) == rows(whole)
    print(f"begun anew {ended} times, as it had come to its end")
    print(f"{kills} kills: {'the same database, row for row' if same else 'DIFFERENT'}")
    if not same:
        raise SystemExit(1)


def _must_be_sound(database: Path) -> None:
    if database.exists():
        connection = sqlite3.connect(database)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, and everything that the full-text indexes find."""
    connection = sqlite3.connect(database)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    plain = sorted(name for name in names if not name.startswith(_INDEXES))
    found = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in plain}
    for index in _INDEXES:
        asked = "1 OR 2 OR 3" if index.endswith("_names") else "the"
        found[index] = connection.execute(
            f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid", (asked,)
        ).fetchall()
    connection.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--kill-stories", type=int, default=300)
    parser.add_argument("--made", action="store_true", help="made records, no reading")
    parser.add_argument("--memory", type=int, default=0, help="only the writer's memory, over so many made stories")
    parser.add_argument("--into", type=Path, help="only build --kill-stories made records into this database")
    options = parser.parse_args()
    if options.into is not None:
        with Store.open(options.into, access="create") as store:
            build(store, made_pages(options.kill_stories), Options(workers=1, reader=made))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if options.memory:
            writer_memory(folder / "pile.db", options.memory)
            return
        if options.stories and options.made:
            text_bytes = sum(len(made(page).document.text.encode()) for page in made_pages(options.stories))
            measured(made_pages(options.stories), folder / "pile.db", options, text_bytes)
        elif options.stories:
            text_bytes = write_pile(folder / "pile.jsonl", options.stories)
            measured(pages_at(folder / "pile.jsonl", _opening()), folder / "pile.db", options, text_bytes)
        if options.kills:
            whole, database, number = folder / "whole.db", folder / "killed.db", str(options.kill_stories)
            write_pile(folder / "kill.jsonl", 0 if options.made else options.kill_stories)
            command = ["-m", "onrecord", "build", str(folder / "kill.jsonl"), "-o", str(database), "--workers", "1"]
            if options.made:
                command = [__file__, "--kill-stories", number, "--into", str(database)]
            with Store.open(whole, access="create") as store:
                pages = (
                    made_pages(options.kill_stories) if options.made else pages_at(folder / "kill.jsonl", _opening())
                )
                build(store, pages, Options(reader=made if options.made else None))
            started = time.monotonic()
            longest = _LONGEST_MADE_SECONDS if options.made else _LONGEST_SECONDS
            killed([sys.executable, *command], whole, database, options.kills, longest)
            print(f"in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
