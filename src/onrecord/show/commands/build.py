"""The command `onrecord build`: a pile of pages into one database."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.show.commands.faults import told
from onrecord.show.interrupts import INTERRUPTED, heed
from onrecord.show.page_options import column_option, private_option

if TYPE_CHECKING:
    from onrecord.batch import Tally
    from onrecord.errors import PageError
    from onrecord.read.containers import Opening
    from onrecord.record import Page

#: Causes of failure that the summary lists; the table `failure` has them all.
_MOST_CAUSES = 10


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="PLACE...")
@click.option(
    "-o", "--output", "database", required=True, type=click.Path(path_type=Path), help="The database to make or add to."
)
@click.option(
    "--workers",
    type=click.IntRange(0, 256),
    help="Processes that read; as many as there are cores when not given, 0 to read in this one.",
)
@click.option("--again", is_flag=True, help="Read also what is on record already, as after an update of onrecord.")
@column_option
@private_option
def build(
    places: tuple[str, ...],
    database: Path,
    workers: int | None,
    again: bool,
    columns: dict[str, str],
    allow_private: bool,
) -> None:
    """Put a pile of news reports on record in one database.

    PLACE is anything that `onrecord read` takes. Run it again to add to the database: pages that are in it are passed
    over, a page whose text changed becomes its new version. Stopped at any moment, even by a power cut, it goes on
    where it was.

    Exit code: 0 when every page is on record; 1 when some failed (the summary says why) or the database cannot be
    written; 2 when the command was not understood; 130 when it was interrupted.
    """
    from onrecord.read.containers import Opening

    opening = Opening(columns=columns, allow_private=allow_private)
    with told():
        try:
            tally = _built(places, database, opening, workers=workers, again=again)
        except KeyboardInterrupt:
            click.echo("interrupted; what was read is kept, run the same command to go on", err=True)
            sys.exit(INTERRUPTED)
    sys.exit(1 if tally.outcomes["failed"] else 0)


def _built(places: tuple[str, ...], database: Path, opening: Opening, *, workers: int | None, again: bool) -> Tally:
    from onrecord.batch import Options
    from onrecord.batch import build as build_pile
    from onrecord.keep.store import Store
    from onrecord.show.progress import progress

    count = _cores() if workers is None else workers
    with Store.open(database, access="create") as store:
        with progress(places) as (on_bytes, pages_done):
            told_of_bytes = replace(opening, on_bytes=on_bytes)

            def on_page(_outcome: object) -> None:
                heed()
                pages_done(1)

            options = Options(workers=count, again=again, on_page=on_page)
            tally = build_pile(store, _pages(places, told_of_bytes), options)
        _summarise(store, tally)
    return tally


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pages(places: tuple[str, ...], opening: Opening) -> Iterator[Page | PageError]:
    from onrecord.read.containers import pages_at

    for place in places:
        yield from pages_at(place, opening)


def _summarise(store: object, tally: Tally) -> None:
    from onrecord.keep.search import totals
    from onrecord.keep.store import Store
    from onrecord.show.terminal import visible

    assert isinstance(store, Store)
    done = tally.outcomes
    rate = sum(done.values()) / max(tally.seconds, 0.001)
    every = totals(store)
    click.echo(
        f"{_times(sum(done.values()), 'page')} in {tally.seconds:,.1f} s ({rate:,.1f} a second): {done['new']:,} new,"
        f" {done['changed']:,} changed, {done['copy']:,} the same text elsewhere, {done['known']:,} known,"
        f" {done['failed']:,} failed"
    )
    held = ", ".join((_times(every.stories, "story"), _times(every.statements, "statement"), _people(every.people)))
    click.echo(f"on record in {store.path}: {held}")
    for cause, count in tally.causes.most_common(_MOST_CAUSES):
        click.echo(f"failed {_times(count, 'time')}: {visible(cause)}".replace("\n", " "), err=True)


def _times(count: int, noun: str) -> str:
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else many}"


def _people(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"
