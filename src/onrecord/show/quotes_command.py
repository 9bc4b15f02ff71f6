"""The command `onrecord quotes`: every statement of some reports, one row each."""

from __future__ import annotations

import sys

import click

from onrecord.show.commands.faults import told
from onrecord.show.interrupts import heed
from onrecord.show.page_options import column_option, private_option


@click.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option(
    "--csv", "form", flag_value="csv", help="Print comma-separated values, with a line of column names first."
)
@click.option("--jsonl", "form", flag_value="jsonl", default="jsonl", help="Print JSON Lines (the default).")
@column_option
@private_option
def quotes(pages: tuple[str, ...], form: str, columns: dict[str, str], allow_private: bool) -> None:
    """Print every statement of news reports, one row each: who said what, by which words, and how that is known.

    PAGE is what `onrecord read` takes. Spans are code points, [start, end), in the text of the report. In CSV, columns
    that may hold several things (content, spans, chain, candidates) are lists as JSON.

    Exit code: as of `onrecord read`.
    """
    from onrecord.pipeline import read_many
    from onrecord.read.containers import Opening
    from onrecord.show.export.quotes import KEYS, quote_rows, to_csv, to_jsonl
    from onrecord.show.terminal import visible

    failures = 0
    if form == "csv":
        click.echo(",".join(KEYS))
    with told():
        for record in read_many(pages, Opening(columns=columns, allow_private=allow_private)):
            heed()
            if not record.document.text:
                failures += 1
                reason = "; ".join(note.message for note in record.notes)
                click.echo(visible(f"{record.document.source.location}: {reason}").replace("\n", " "), err=True)
            rows = quote_rows(record)
            for line in to_csv(rows, header=False) if form == "csv" else to_jsonl(rows):
                click.echo(line)
    sys.exit(1 if failures else 0)
