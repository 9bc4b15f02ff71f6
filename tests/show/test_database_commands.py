"""The commands that make a database and ask it, as a user types them."""

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
    assert "failed 1 times: the page is empty" in result.output
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
    assert run("import", database, path).stdout == "1 judgements brought in, 0 were there already\n"
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
