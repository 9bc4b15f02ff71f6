"""The commands as a user meets them: what they print where, and the code they end with."""

import gzip
import json
import os
import pty
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

import onrecord
from archives import Answer, warc
from onrecord.notation import from_json, schema_text
from onrecord.show.cli import main

STORY = "The bridge is shut, the mayor said on Monday.\n\nIt will open again in May, she added.\n"
PAGE = f"<!doctype html><html><body><article><p>{STORY * 3}</p></article></body></html>"


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def test_a_report_is_shown_in_numbered_paragraphs(story: Path) -> None:
    result = run("read", story)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "   1 The bridge is shut, the mayor said on Monday.\n" in result.stdout
    assert "   2 It will open again in May, she added.\n" in result.stdout
    assert "\x1b" not in result.stdout


def test_json_is_one_record_a_line_by_the_schema(story: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    result = run("read", "--json", story, tmp_path / "page.html")
    lines = result.stdout.splitlines()
    validator = Draft202012Validator(json.loads(run("schema").stdout))
    assert [list(validator.iter_errors(json.loads(line))) for line in lines] == [[], []]
    assert from_json(lines[0]).document.text == STORY
    assert "bridge" in from_json(lines[1]).document.text


def test_the_schema_is_the_one_in_the_package() -> None:
    assert run("schema").stdout == schema_text()


def test_one_bad_page_never_stops_the_pile(story: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(os.urandom(9000))[:-9])
    (tmp_path / "none.html").write_text("<html><body></body></html>")
    result = run("read", tmp_path / "gone.txt", tmp_path, story)
    assert result.exit_code == 1
    assert result.stdout.count("It will open again in May, she added") == 2
    faults = {Path(line.split(": ")[0]).name: line.split(": ", 1)[1] for line in result.stderr.splitlines()}
    assert faults["gone.txt"] == "No such file or directory"
    assert faults["empty.html"] == "the page is empty"
    assert faults["picture.html"] == "not text but a PNG image"
    assert faults["binary.txt"] == "not text but binary data"
    assert "breaks off" in faults["cut.html.gz"]
    assert "no story" in faults["none.html"]
    assert len(faults) == 6


def test_a_page_that_cannot_be_read_is_a_record_with_a_note(tmp_path: Path) -> None:
    result = run("read", "--json", tmp_path / "gone.txt")
    record = from_json(result.stdout)
    assert (record.document.text, record.notes[0].message) == ("", "No such file or directory")


def test_stories_in_json_lines_with_columns_of_any_name(tmp_path: Path) -> None:
    lines = [{"body": STORY}, {"nobody": 1}, {"body": STORY}]
    (tmp_path / "s.jsonl").write_text("\n".join(map(json.dumps, lines)))
    result = run("read", "--column", "text=body", tmp_path / "s.jsonl")
    assert result.exit_code == 1
    assert result.stdout.count("the mayor said") == 2
    assert result.stderr.startswith(f"{tmp_path}/s.jsonl:2: no story: no 'body' or 'html' in it (--column ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("column", ["text", "text=", "=body", "colour=body"])
def test_a_column_that_is_none_is_a_fault_of_the_caller(story: Path, column: str) -> None:
    assert run("read", "--column", column, story).exit_code == 2


def test_web_archives_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc([Answer("http://news.example/1", PAGE.encode())]))
    result = run("read", tmp_path)
    assert result.exit_code == 0
    assert "http://news.example/1" in result.stdout
    assert "the mayor said" in result.stdout


def test_standard_input_is_read() -> None:
    assert "   1 The bridge is shut" in run("read", "-", stdin=STORY.encode()).stdout


def test_a_private_address_is_refused_without_leave() -> None:
    result = run("read", "http://127.0.0.1:9/")
    assert result.exit_code == 1
    assert "not a public address (--allow-private)" in result.stderr


@pytest.mark.parametrize("name", ["read.html", "read.text", "read.containers"])
def test_nothing_is_fetched_for_a_saved_page(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    links = '<link rel=icon href="http://news.example/i.ico"><img src="http://news.example/i.png">'
    path = tmp_path / ("page.txt" if name == "read.text" else "page.html")
    path.write_text(STORY if name == "read.text" else PAGE.replace("<p>", links + "<p>"))
    assert run("read", tmp_path if name == "read.containers" else path).exit_code == 0


def test_help_comes_at_once() -> None:
    """In seconds of the processor, since a busy machine makes everything late."""
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "onrecord", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(seconds) < 0.3


def test_the_library_is_light_until_it_is_used() -> None:
    code = "import onrecord, sys; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"lxml", "numpy", "onnxruntime", "httpx", "rich", "click", "sqlite3", "starlette"}


def test_a_pipe_that_closes_early_is_no_fault(story: Path) -> None:
    line = f"'{sys.executable}' -m onrecord read --json {f' {story}' * 200} | head -c 1"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("{", "")


def terminal_output(*arguments: str | Path, environment: dict[str, str] | None = None) -> str:
    """What a command writes to a terminal of 80 columns (both its outputs)."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **(environment or {})}
    line = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    process = subprocess.Popen(line, stdin=theirs, stdout=theirs, stderr=theirs, env=environ)
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        written += part
    process.wait(timeout=60)
    os.close(ours)
    return written.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_has_colour_and_progress_unless_told_not_to(story: Path) -> None:
    assert "\x1b[1m" in terminal_output("read", story)
    assert "a second" in terminal_output("read", story, story)
    assert "\x1b[36m" not in terminal_output("read", story, environment={"NO_COLOR": "1"})


def test_the_library_reads_what_the_command_reads(story: Path) -> None:
    (line,) = run("read", "--json", story).stdout.splitlines()
    assert onrecord.read(story) == from_json(line)
    assert list(onrecord.read_many([str(story), story])) == [from_json(line)] * 2
