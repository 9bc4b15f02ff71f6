"""The commands `onrecord find`, `people` and `person`: questions to a database, answered on the terminal."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
from click.core import ParameterSource

from onrecord.record import MentionKind, SourceType, Span, StatementKind
from onrecord.show.commands.faults import told

if TYPE_CHECKING:
    from onrecord.keep.answers import PersonRow, StatementRow, StoryRow

_DATABASE = click.option(
    "--db",
    "database",
    type=click.Path(path_type=Path),
    default="news.db",
    show_default=True,
    envvar="ONRECORD_DB",
    show_envvar=True,
    help="The database that `onrecord build` made.",
)
_FORM = (
    click.option("--csv", "form", flag_value="csv", help="Print comma-separated values."),
    click.option("--json", "form", flag_value="json", help="Print a line of JSON a row."),
    click.option("--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Rows at most."),
)


def _listed(command: Any) -> Any:
    for option in (*reversed(_FORM), _DATABASE):
        command = option(command)
    return command


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """A year, a month or a day as it is written; anything else would only find nothing."""
    if value is not None and not _is_day(value):
        raise click.BadParameter(f"{value!r} is no day, month or year, such as 2022-03-04, 2022-03 or 2022")
    return value


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text)
    except ValueError:
        return False
    return [len(part) for part in text.split("-")] == [4, 2, 2][: text.count("-") + 1]


def _asked(words: tuple[str, ...], database: Path) -> tuple[str | None, Path]:
    """What is asked, and of which database: a first word that is the file of one stands for --db."""
    is_given = click.get_current_context().get_parameter_source("database") is ParameterSource.COMMANDLINE
    if words and not is_given and _is_database(words[0]):
        words, database = words[1:], Path(words[0])
    return " ".join(words).strip() or None, database


def _is_database(name: str) -> bool:
    if not os.path.isfile(name):  # nor a pipe, which would keep us waiting
        return False
    try:
        with open(name, "rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


@click.command()
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--speaker", help="Only what this person said: a name, or part of one.")
@click.option("--about", help="Only what mentions this person or body.")
@click.option(
    "--kind", type=click.Choice(get_args(StatementKind)), help="Only statements of this kind (not with --stories)."
)
@click.option(
    "--source-type",
    type=click.Choice(get_args(SourceType)),
    help="Only statements from such sources (not with --stories).",
)
@click.option("--since", metavar="DATE", callback=_day, help="From this day, month or year on, as in 2022-03.")
@click.option("--until", metavar="DATE", callback=_day, help="Up to this day, month or year, all of it.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True)
@click.option("--stories", is_flag=True, help="Search whole stories, not statements.")
@_listed
def find(
    words: tuple[str, ...],
    speaker: str | None,
    about: str | None,
    kind: str | None,
    source_type: str | None,
    since: str | None,
    until: str | None,
    sort: Any,
    stories: bool,
    database: Path,
    form: str | None,
    limit: int,
) -> None:
    """Search the statements, or the stories, of a database.

    WORDS may hold "quoted phrases", AND, OR, NOT, brackets, and prefix*. Without words, everything that the options
    ask for. Quote a phrase for your shell too: onrecord find '"grain deal"'. A first word that is the file of a
    database stands for --db.

    Exit code: 0 when something was found; 1 when nothing was, or the database cannot be read; 2 when the command was
    not understood.
    """
    from onrecord.keep import search
    from onrecord.keep.answers import StatementQuestion, StatementRow, StoryQuestion, StoryRow
    from onrecord.keep.store import Store

    if stories and (kind or source_type):
        raise click.UsageError(f"{'--kind' if kind else '--source-type'} asks for statements: leave out --stories")
    typed, database = _asked(words, database)
    found: Any
    with told(), Store.open(database) as store:
        if stories:
            asked = StoryQuestion(words=typed, speaker=speaker, mentions=about, since=since, until=until)
            found = search.stories(store, asked, sort=sort, limit=limit)
        else:
            question = StatementQuestion(
                words=typed,
                speaker=speaker,
                about=about,
                kind=kind,
                source_type=source_type,
                since=since,
                until=until,
            )
            found = search.statements(store, question, sort=sort, limit=limit)
    if stories:
        _print(found.rows, form, StoryRow, _show_story)
    else:
        _print(found.rows, form, StatementRow, _show_statement)
    _say_how_many(len(found.rows), found.total, found.total_is_exact)


@click.command()
@click.argument("words", nargs=-1, metavar="[NAME]...")
@click.option(
    "--kind",
    type=click.Choice([*get_args(MentionKind), "any"]),
    default="person",
    show_default=True,
    help="Only names of this kind.",
)
@click.option("--sort", type=click.Choice(["statements", "mentions", "name"]), default="statements", show_default=True)
@_listed
def people(words: tuple[str, ...], kind: str, sort: Any, database: Path, form: str | None, limit: int) -> None:
    """List who speaks in a database, how often, and in how many stories.

    NAME is any part of a name, in any of its spellings; its last word may be unfinished. A first word that is the file
    of a database stands for --db: onrecord people news.db.

    Exit code: as of `onrecord find`.
    """
    from onrecord.keep.answers import PersonRow
    from onrecord.keep.people import people as list_people
    from onrecord.keep.store import Store

    typed, database = _asked(words, database)
    with told(), Store.open(database) as store:
        found = list_people(store, typed, kind=None if kind == "any" else kind, sort=sort, limit=limit)
    _print(found.rows, form, PersonRow, _show_person)
    _say_how_many(len(found.rows), found.total, found.total_is_exact)


@click.command()
@click.argument("name", nargs=-1, required=True)
@_listed
def person(name: tuple[str, ...], database: Path, form: str | None, limit: int) -> None:
    """Show a person: spellings, how often they speak and when, and what they said, newest first.

    NAME is a name, part of one, or the address of one (person:jane-roe). Of several who bear it, the one quoted most.

    Exit code: as of `onrecord find`.
    """
    from onrecord.keep.answers import StatementQuestion, StatementRow
    from onrecord.keep.people import people as list_people
    from onrecord.keep.people import person as look_up
    from onrecord.keep.search import statements
    from onrecord.keep.store import Store

    asked, database = _asked(name, database)
    if asked is None:
        raise click.UsageError("say whom: a name, or part of one")
    with told(), Store.open(database) as store:
        bearers = list_people(store, asked, kind=None, limit=6).rows
        found = look_up(store, asked) or (look_up(store, bearers[0].address) if bearers else None)
        if found is None:
            raise click.ClickException(f"nobody of this name in {database}: {asked}")
        said = statements(store, StatementQuestion(speaker=found.row.address), limit=limit)
    if form is None:
        _show_person(found.row)
        _line("  spelt " + ", ".join(f"{each.written} ({each.stories:,})" for each in found.spellings))
        months = sorted(found.timeline, key=lambda month: month.label)
        if months:
            _line("  quoted " + ", ".join(f"{month.label} ({month.count:,})" for month in months))
        others = [each.name for each in bearers if each.address != found.row.address]
        if others:
            _line("  also of this name: " + ", ".join(others))
    _print(said.rows, form, StatementRow, _show_statement)
    _say_how_many(len(said.rows), said.total, said.total_is_exact)


# Printing


def _print(rows: Sequence[Any], form: str | None, kind: type, show: Any) -> None:
    if form == "csv":
        _print_csv(rows, kind)
    elif form == "json":
        for row in rows:
            click.echo(json.dumps(asdict(row), ensure_ascii=False))
    elif form is None:
        for row in rows:
            show(row)


def _print_csv(rows: Iterable[Any], kind: type) -> None:
    """Rows of one kind under their column names, which stand there also when nothing was found."""
    from onrecord.show.spreadsheet import cell

    plain = [each.name for each in fields(kind) if each.name not in ("hits", "snippet")]
    written = csv.writer(sys.stdout, lineterminator="\r\n")
    written.writerow(plain)
    for row in rows:
        written.writerow([cell(getattr(row, name)) for name in plain])


def _say_how_many(shown: int, total: int, is_exact: bool) -> None:
    if shown < total:
        click.echo(f"{shown:,} of {'' if is_exact else 'more than '}{total:,}; --limit shows more", err=True)
    if total == 0:
        click.echo("nothing found", err=True)
        sys.exit(1)


def _line(text: str) -> None:
    from onrecord.show.terminal import visible

    line = visible(text).replace("\n", " ")
    click.echo(_wrapped(line) if sys.stdout.isatty() else line)


def _wrapped(line: str) -> str:
    """A line as wide as the terminal at most, what follows under its beginning; addresses stay whole."""
    width = shutil.get_terminal_size().columns
    indent = " " * (len(line) - len(line.lstrip()) or 12)
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _show_statement(row: StatementRow) -> None:
    who = row.speaker or f"unknown ({row.unknown_because or row.source or 'no source in the text'})"
    _line(f"{row.day or 'undated':10}  {who}  [{row.kind}, {row.mode}]  {_where(row)}")
    _line(f"            {_marked(row.words, row.hits)}")
    _line(f"            {f'{row.url}  ' if row.url else ''}{row.id}")


def _show_story(row: StoryRow) -> None:
    _line(f"{row.day or 'undated':10}  {_where(row)}  ({_counted(row.statements, 'statement')})")
    if row.snippet is not None:
        _line(f"            {_marked(row.snippet.text, row.snippet.hits)}")
    _line(f"            {row.url or row.location or ''}  {row.document}")


def _show_person(row: PersonRow) -> None:
    said, named = _counted(row.statements, "statement"), _counted(row.stories, "story")
    _line(f"{row.name}: {said}, named in {named}  [{row.kind}, {row.address}]")


def _where(row: StatementRow | StoryRow) -> str:
    return ": ".join(part for part in (row.publisher, row.headline or row.url or row.location) if part)


def _counted(number: int, noun: str) -> str:
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else many}"


def _marked(words: str, hits: tuple[Span, ...]) -> str:
    """The words with hits in square brackets: readable in a pipe, on any terminal, and aloud."""
    parts, at = [], 0
    for hit in hits:
        parts += [words[at : hit.start], "[", words[hit.start : hit.end], "]"]
        at = hit.end
    return "".join((*parts, words[at:]))
