"""The commands `onrecord export` and `onrecord import`: a database out into other formats, and judgements back in."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from onrecord.show.commands.faults import told

if TYPE_CHECKING:
    from onrecord.keep.store import Store
    from onrecord.show.export.reported import Reported

FORMATS = ("csv", "jsonl", "parquet", "ftm", "webannotation", "jsonld", "html", "judgements")


@click.command("export")
@click.argument("database", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The file to write; standard output when not given."
)
@click.option("--story", "stories", multiple=True, metavar="ID", help="Only this story; may be repeated.")
@click.option("--rejected", is_flag=True, help="Also statements that were rejected in review (see `verdict`).")
@click.option(
    "--shield",
    "shielded",
    type=click.Path(path_type=Path),
    metavar="NAMES",
    help="Give the people listed in this file (a name a line) pseudonyms everywhere.",
)
def export_command(
    database: Path, form: str, output: Path | None, stories: tuple[str, ...], rejected: bool, shielded: Path | None
) -> None:
    """Write the statements of a database for other programs and people.

    \b
    csv, jsonl, parquet  one row a statement, with URL, offsets, context
                         (parquet wants pyarrow: pip install pyarrow)
    ftm                  FollowTheMoney entities, for Aleph and OpenSanctions
                         (loses offsets, kinds, cues, chains)
    webannotation        W3C Web Annotations, with position and quote selectors
    jsonld               schema.org NewsArticle with its Quotations
    html                 one file that anyone can open: statements marked, listed
    judgements           what people decided in review, for `onrecord import`
                         and as training data

    Exit code: 0 when it was written; 1 when it could not be; 2 when the command was not understood.
    """
    from onrecord.errors import OnrecordError
    from onrecord.keep.store import Store

    with told(), Store.open(database) as store:
        if output is not None and output.exists() and output.samefile(database):
            raise OnrecordError(f"{output} is the database itself: name another file to write")
        if form == "judgements":
            if shielded is not None:
                raise OnrecordError("judgements quote addresses and reasons that name people: they cannot be shielded")
            _write_judgements(store, output)
            return
        chosen = _chosen(store, stories, rejected=rejected, shielded=shielded)
        if form == "parquet":
            from onrecord.show.export.rows import write_parquet

            if output is None:
                raise OnrecordError("Parquet needs a file: -o FILE")
            with _replaced(output) as path:
                write_parquet(chosen, path)
            return
        with _opened(output) as out:
            _writer(form)(chosen, out)


def _chosen(store: Store, stories: tuple[str, ...], *, rejected: bool, shielded: Path | None) -> Iterable[Reported]:
    from onrecord.errors import OnrecordError
    from onrecord.show.export.reported import all_reported

    missing = [each for each in stories if store.get(each) is None]
    if missing:
        raise OnrecordError(f"no story {missing[0]} in {store.path}")
    found = all_reported(store, stories, rejected=rejected)
    if shielded is None:
        return found
    from onrecord.show.export.shield import shield_of

    shield = shield_of(shielded, store)
    return (shield.over(each) for each in found)


def _writer(form: str) -> Callable[[Iterable[Reported], IO[str]], None]:
    from onrecord.show.export import ftm, html, jsonld, rows, webannotation

    writers: dict[str, Callable[[Iterable[Reported], IO[str]], None]] = {
        "csv": rows.write_csv,
        "jsonl": rows.write_jsonl,
        "ftm": ftm.write_ftm,
        "webannotation": webannotation.write_webannotation,
        "jsonld": jsonld.write_jsonld,
        "html": html.write_html,
    }
    return writers[form]


def _write_judgements(store: Store, output: Path | None) -> None:
    from onrecord.show.export.judgements import write_judgements

    with _opened(output) as out:
        write_judgements(store, out)


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[str]]:
    from onrecord.errors import OnrecordError

    if output is None:
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace", newline="", write_through=True)
        try:
            yield out
        finally:
            out.detach()
        return
    try:
        with _replaced(output) as path, open(path, "w", encoding="utf-8", errors="replace", newline="") as file:
            yield file
    except OSError as error:
        raise OnrecordError(f"{output}: {error.strerror or error}") from error


@contextmanager
def _replaced(output: Path) -> Iterator[Path]:
    """A file to write that takes the place of `output` when all of it is written; a fault leaves there what was there.
    What is no file, such as a pipe, is written itself."""
    if output.exists() and not output.is_file():
        yield output
        return
    output = output.resolve()
    part = output.with_name(f"{output.name}.part")
    try:
        yield part
        part.replace(output)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@click.command("import")
@click.argument("database", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--by", metavar="NAME", help="Who typed verdicts into a table; without it, your name on this computer.")
def import_command(database: Path, files: tuple[Path, ...], by: str | None) -> None:
    """Bring judgements into a database: files that `onrecord export` wrote, of judgements, or of statements as .csv,
    .parquet or JSON Lines.

    Files of statements bring the judgements of these, but not those of two names, which only `--format judgements`
    holds. "accept" or "reject", typed into the column `verdict` of a table, is brought in as a judgement.

    A judgement that is there already is passed over, so a file may be imported twice. One of a story that is not there
    is kept and counts as soon as the story is.

    Exit code: 0 when all were brought in; 1 when a file holds something else (nothing is brought in then) or the
    database cannot be written; 2 when the command was not understood.
    """
    from onrecord.keep.store import Store
    from onrecord.show.export.judgements import import_judgements, judgements_in
    from onrecord.show.web.judging import user

    with told(), Store.open(database, access="write") as store:
        every = [judgement for file in files for judgement in judgements_in(file, by or user())]
        new, known = import_judgements(store, every)
    click.echo(f"{new:,} judgement{'' if new == 1 else 's'} brought in, {known:,} there already")
