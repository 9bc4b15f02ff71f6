"""A record and its JSON are one: nothing is lost, nothing is let in, and the published schema describes it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from onrecord.notation import SCHEMA, NotationError, as_data, from_json, schema_text, to_json
from onrecord.record import Document, Record, Source, Span
from records import records

ROOT = Path(__file__).resolve().parent.parent
PLAIN = Record(Document("“Go,” she said.", Source(sha256="0" * 64, reader="test 1"), sentences=(Span(0, 15),)))
VALIDATOR = Draft202012Validator(json.loads(schema_text()))
SLOW_DRAWS = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])


@given(records())
@SLOW_DRAWS
def test_reading_undoes_writing(record: Record) -> None:
    assert from_json(to_json(record)) == record
    assert from_json(to_json(record, indent=1).encode()) == record


@given(records())
@SLOW_DRAWS
def test_every_record_obeys_the_published_schema(record: Record) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(to_json(record)))) == []


def test_one_record_is_one_line_and_keeps_its_letters() -> None:
    line = to_json(PLAIN)
    assert "\n" not in line
    assert "“Go,” she said." in line
    assert json.loads(line)["schema"] == SCHEMA


@pytest.mark.parametrize("change", [{"schema": "record-9"}, {"surprise": 1}, {"notes": {}}, {"document": None}])
def test_the_schema_and_the_reader_refuse_the_same(change: dict[str, Any]) -> None:
    data = {"schema": SCHEMA, **as_data(PLAIN), **change}
    assert list(VALIDATOR.iter_errors(data))
    with pytest.raises(NotationError):
        from_json(json.dumps(data))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"record"', "[" * 100_000, b"\xff\xfe\x00"])
def test_what_is_no_record_is_refused(text: str | bytes) -> None:
    with pytest.raises(NotationError):
        from_json(text)


def test_a_text_that_was_changed_no_longer_fits_its_id() -> None:
    data = {"schema": SCHEMA, **as_data(PLAIN)}
    data["document"]["text"] = "“No,” she said."
    with pytest.raises(NotationError, match="the id of a Document"):
        from_json(json.dumps(data))


def test_a_span_outside_the_text_is_refused() -> None:
    data = {"schema": SCHEMA, **as_data(PLAIN)}
    data["document"]["sentences"] = [{"start": 0, "end": 99}]
    with pytest.raises(NotationError, match="outside"):
        from_json(json.dumps(data))


def test_derived_files_are_in_step_with_the_code() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs/generate.py"), "--check", "--quick"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
