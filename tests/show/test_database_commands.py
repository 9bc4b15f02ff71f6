"""The commands that make a database and ask it, as a user types them."""

import csv
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.show.cli import main
from onrecord.show.commands import find as find_command

REPORT = """Grain deal is off

MINSK, March 4, 2022 — "The grain deal is dead," said Jane Roe, a spokeswoman for the ministry.

She added that talks would go on. It rained all day in Minsk, and nobody was in the streets.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pile")
    (place / "grain.txt").write_text(REPORT, encoding="utf-8")
    (place / "broken.html").write_bytes(b"")
    path = place / "news.db"
    result = run("build", place, "-o", path, "--workers", 0)
    assert result.exit_code == 1
    assert "1 new" in result.output
    assert "1 failed" in result.output
    assert "failed 1 time: the page is empty" in result.output
    return path


def test_building_again_reads_nothing_again(database: Path) -> None:
    result = run("build", database.parent / "grain.txt", "-o", database, "--workers", 0)
    assert result.exit_code == 0
    assert "1 known" in result.output


def test_stories_and_statements_are_found(database: Path) -> None:
    result = run("find", '"grain deal"', "--stories", "--db", database)
    assert result.exit_code == 0
    assert "[grain deal]" in result.output.lower()
    result = run("find", "dead", "--db", database, "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert all("dead" in row["words"] for row in rows)
    assert len(rows) == 1


def test_nothing_found_is_exit_code_1(database: Path) -> None:
    result = run("find", "nonesuch", "--db", database)
    assert (result.exit_code, result.stdout) == (1, "")


@pytest.mark.parametrize("command", [("find",), ("find", "--stories"), ("people",)])
def test_csv_has_its_column_names_also_when_nothing_is_found(command: tuple[str, ...], database: Path) -> None:
    result = run(*command, "--csv", "nonesuch", "--db", database)
    assert result.exit_code == 1
    (names,) = csv.reader(result.stdout.splitlines())
    assert len(names) > 5


def test_csv_spells_true_and_false_as_every_other_table_does(database: Path) -> None:
    (row,) = csv.DictReader(run("find", "dead", "--csv", "--db", database).stdout.splitlines())
    assert (row["negated"], row["hedged"]) == ("false", "false")


@pytest.mark.parametrize("form", ["csv", "jsonl", "ftm", "webannotation", "jsonld", "html"])
def test_every_format_is_written(database: Path, form: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    result = run("export", database, "--format", form, "-o", path)
    assert result.exit_code == 0, result.output
    assert "grain deal is dead" in path.read_text(encoding="utf-8")
    assert run("export", database, "--format", form).stdout_bytes == path.read_bytes()


def test_a_shield_is_asked_for_by_name(database: Path, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Jane Roe", encoding="utf-8")
    result = run("export", database, "--format", "html", "--shield", tmp_path / "names.txt")
    assert result.exit_code == 0
    assert "Person " in result.stdout
    assert "Roe" not in result.stdout


def test_judgements_are_brought_in(database: Path, tmp_path: Path) -> None:
    judgement = {
        "left": "a:statement:1-2",
        "right": None,
        "verdict": "accept",
        "by": "jo",
        "at": "2026-01-01T00:00:00Z",
    }
    path = tmp_path / "judgements.jsonl"
    path.write_text(json.dumps(judgement | {"why": None, "correction": None}), encoding="utf-8")
    assert run("import", database, path).stdout == "1 judgement brought in, 0 there already\n"
    assert run("export", database, "--format", "judgements").stdout.strip() == path.read_text().replace(", ", ", ")


@pytest.mark.parametrize("command", [("find", "x", "--db"), ("people", "--db"), ("export", "--format", "csv")])
def test_what_is_no_database_of_ours_is_said_in_one_line(command: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    result = run(*command, path)
    assert result.exit_code == 1
    assert "not one that onrecord made" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_long_lines_are_wrapped_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    line = "            " + "word " * 20 + "https://test.example/an-address-that-is-longer-than-the-line"
    rows = find_command._wrapped(line).split("\n")
    assert all(row.startswith(" " * 12) for row in rows)
    assert all(len(row) <= 40 for row in rows[:-1])
    assert rows[-1].strip().startswith("https://")
    assert [word for row in rows for word in row.split()] == line.split()


def test_a_first_word_may_be_the_database(database: Path) -> None:
    for command in (("people", database), ("people", database, "roe"), ("person", database, "Roe")):
        assert "Jane Roe" in run(*command).stdout
    assert "[dead]" in run("find", database, "dead").stdout
    assert run("people", database, "--db", database).exit_code == 1, "then it is a name"
    assert run("find", "word " * 2000, "--db", database).exit_code == 1, "too long for a file"
    assert run("find", "word" * 2000).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("find", "x", "--since", "yesterday"), "no day, month or year"),
        (("find", "x", "--until", "2022-02-31"), "no day, month or year"),
        (("find", "x", "--until", "20220201"), "no day, month or year"),
        (("people", "--kind", "persons"), "is not one of"),
        (("find", "--stories", "--kind", "direct"), "--kind asks for statements"),
        (("find", "--stories", "--source-type", "document"), "--source-type asks for statements"),
        (("person", " "), "say whom"),
    ],
)
def test_what_could_only_find_nothing_is_said(arguments: tuple[str, ...], said: str, database: Path) -> None:
    result = run(*arguments, "--db", database)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("day", ["2022", "2022-03", "2022-03-04"])
def test_a_day_a_month_a_year(day: str, database: Path) -> None:
    assert run("find", "dead", "--since", day, "--until", day, "--db", database).exit_code == 0


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_an_export_that_fails_leaves_what_was_there(database: Path, form: str, tmp_path: Path) -> None:
    damaged, path = tmp_path / "news.db", tmp_path / "out"
    damaged.write_bytes(database.read_bytes())
    with sqlite3.connect(damaged) as connection:
        connection.execute("UPDATE text SET record = x'00'")
    connection.close()
    path.write_text("from before")
    result = run("export", damaged, "--format", form, "-o", path)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert path.read_text() == "from before"
    assert [each.name for each in tmp_path.iterdir() if "part" in each.name] == []


def test_an_export_into_what_is_no_file(database: Path) -> None:
    assert run("export", database, "--format", "csv", "-o", "/dev/null").exit_code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"left": "x"}', "says nothing of right, verdict, by, at"),
        (b"\xff\xfe", "not UTF-8"),
        (b"<html>", "line 1: not a judgement"),
    ],
)
def test_a_file_that_holds_no_judgements(database: Path, line: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    path.write_bytes(line)
    result = run("import", database, path)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert said in result.stderr


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.touch()
    assert "is empty; `onrecord build" in run("people", "--db", path).stderr
