import csv
import io
import json
from pathlib import Path

from click.testing import CliRunner

from made import Said, report
from onrecord.show.cli import main
from onrecord.show.export.quotes import KEYS, quote_rows, to_csv, to_jsonl

STORY = "The bridge is shut, the mayor said on Monday.\n\n“It will open in May,” she added.\n"


def test_a_row_has_every_key_and_verbatim_words() -> None:
    record = report(Said("Pavel Kukhta", "We will go,"))
    (row,) = quote_rows(record)
    assert tuple(row) == KEYS
    assert row["speaker"] == "Pavel Kukhta"
    (content,), ((start, end),) = row["content"], row["content_spans"]
    assert record.document.text[start:end] == content
    assert row["sentences"][0][0] <= start


def test_json_lines_say_what_the_rows_say() -> None:
    rows = list(quote_rows(report(Said("Pavel Kukhta", "We will go,"), Said("Ales Bely", "No,"))))
    assert [json.loads(line) for line in to_jsonl(rows)] == rows


def test_csv_keeps_commas_quotes_and_lists() -> None:
    rows = list(quote_rows(report(Said("Pavel Kukhta", 'We "will", go,'))))
    (read,) = csv.DictReader(io.StringIO("\n".join(to_csv(rows))))
    assert json.loads(read["content"]) == rows[0]["content"]
    assert read["speaker"] == "Pavel Kukhta"
    assert read["reason"] == ""


def test_the_command_prints_a_row_for_each_statement(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    result = CliRunner().invoke(main, ["quotes", str(path)])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [row["content"] for row in rows] == [["The bridge is shut"], ["“It will open in May,”"]]
    assert [row["paragraph"] for row in rows] == [1, 2]


def test_the_command_prints_csv_under_its_keys(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    result = CliRunner().invoke(main, ["quotes", "--csv", str(path)])
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["cue"] for row in rows] == ["said", "added"]
    assert tuple(rows[0]) == KEYS


def test_the_command_reads_json_lines_with_columns_of_any_name(tmp_path: Path) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps({"body": STORY}))
    assert CliRunner().invoke(main, ["quotes", str(path)]).exit_code == 1
    result = CliRunner().invoke(main, ["quotes", "--column", "text=body", "--allow-private", str(path)])
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)


def test_a_page_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["quotes", str(tmp_path / "none.txt")])
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
