"""The commands. Each says in its help what it does; docs/cli.md is made from that help.

Loads what a command needs when it runs, so that `--help` answers at once. Holds no logic of reading or finding.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import onrecord
from onrecord.show.commands.build import build
from onrecord.show.commands.export import export_command, import_command
from onrecord.show.commands.faults import told
from onrecord.show.commands.find import find, people, person
from onrecord.show.interrupts import INTERRUPTED, as_exception, heed
from onrecord.show.page_options import column_option, private_option
from onrecord.show.quotes_command import quotes

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.record import Record


class _Commands(click.Group):
    """The commands, each of which an interrupt ends with one line."""

    def invoke(self, context: click.Context) -> Any:
        try:
            with as_exception():
                return super().invoke(context)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            sys.exit(INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(onrecord.__version__, prog_name="onrecord")
def main() -> None:
    """Read news reports and put them on record: who said what, on whose word, tied to the exact characters.

    Works offline, on this computer only: no connection is opened, unless you name a URL to read.
    """


@main.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("--json", "as_json", is_flag=True, help="Print each record as one line of JSON (see `onrecord schema`).")
@column_option
@private_option
def read(pages: tuple[str, ...], as_json: bool, columns: dict[str, str], allow_private: bool) -> None:
    """Read news reports and show them.

    PAGE is an HTML file, a plain-text report, a URL, - for standard input, a folder (searched with all below it), a
    .jsonl file of stories or a .warc or .wacz web archive. Files may be gzipped (.gz).

    Exit code: 0 when every page was read; 1 when at least one could not be, with a line on standard error for each;
    2 when the command was not understood; 130 when it was interrupted.
    """
    failures = 0
    with told():
        for record in _records(pages, columns, allow_private):
            failures += not record.document.text
            _show(record, as_json)
    sys.exit(1 if failures else 0)


def _records(pages: tuple[str, ...], columns: dict[str, str], allow_private: bool) -> Iterator[Record]:
    from onrecord.pipeline import read_many
    from onrecord.read.containers import Opening
    from onrecord.show.progress import progress

    with progress(pages) as (on_bytes, pages_done):
        opening = Opening(columns=columns, allow_private=allow_private, on_bytes=on_bytes)
        for record in read_many(pages, opening):
            heed()
            pages_done(1)
            yield record


def _show(record: Record, as_json: bool) -> None:
    from onrecord.notation import to_json
    from onrecord.show.terminal import render, visible

    if not record.document.text:
        reason = "; ".join(note.message for note in record.notes)
        click.echo(visible(f"{record.document.source.location}: {reason}").replace("\n", " "), err=True)
    if as_json:
        click.echo(to_json(record))
    elif record.document.text:
        console = _console()
        console.print(*render(record), sep="\n")
        console.print()


def _console() -> Console:
    from rich.console import Console

    from onrecord.show.terminal import WIDEST

    console = Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST)
    return console


for command in (quotes, build, find, people, person, export_command, import_command):
    main.add_command(command)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    from onrecord.notation import schema_text

    click.echo(schema_text(), nl=False)


@main.command()
@click.argument("database", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen. Elsewhere a token is asked.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; without it the first free one from 8321 on.")
@click.option("--token", help="Ask visitors for this token (made up where one is needed and none given).")
@click.option("--allow-host", multiple=True, metavar="NAME", help="Answer to this host name too; may be repeated.")
@click.option("--by", metavar="NAME", help="Who judges; without it, your name on this computer.")
@click.option(
    "--shield",
    type=click.Path(path_type=Path),
    metavar="NAMES",
    help="Show a copy in which the people listed in this file (a name a line) go by pseudonyms; no judgements then.",
)
def serve(
    database: Path,
    host: str,
    port: int | None,
    token: str | None,
    allow_host: tuple[str, ...],
    by: str | None,
    shield: Path | None,
) -> None:
    """Read a database in the browser: stories, people, search, review.

    DATABASE is a file that `onrecord build` made. Serves this computer only, unless --host says otherwise, and fetches
    nothing from anywhere. Stop it with Ctrl-C.

    Exit code: 0 when it was stopped; 1 when the database cannot be opened or the port is taken; 2 when the command was
    not understood.
    """
    from onrecord.show.web.server import Options
    from onrecord.show.web.server import serve as serve_database

    with told():
        serve_database(database, Options(host, port, token, allow_host, by, shield), announce=_open_this)


def _open_this(address: str) -> None:
    click.echo(f"Open {address} (Ctrl-C stops it)")
