"""The pages of cases/pages.json, read by the library and by the command: both say the same of each."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import onrecord
from onrecord.notation import from_json
from onrecord.record import Record
from onrecord.show.cli import main

CASES = json.loads((Path(__file__).parent / "cases" / "pages.json").read_text(encoding="utf-8"))


@pytest.fixture(params=CASES, ids=lambda case: str(case["name"]))
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


@pytest.fixture
def page(case: dict[str, Any], tmp_path: Path) -> Path:
    path = tmp_path / str(case["name"])
    path.write_bytes(str(case["content"]).encode(str(case["encoding"])))
    return path


def paragraphs(record: Record) -> list[str]:
    return [record.document.words(block.span) for block in record.document.blocks if block.kind == "paragraph"]


def test_the_library_reads_it(case: dict[str, Any], page: Path) -> None:
    if case["fault"] is None:
        assert paragraphs(onrecord.read(page)) == case["paragraphs"]
        return
    with pytest.raises(onrecord.PageError) as caught:
        onrecord.read(page)
    assert (caught.value.location, caught.value.message) == (str(page), case["fault"])


def test_the_command_reads_it(case: dict[str, Any], page: Path) -> None:
    result = CliRunner().invoke(main, ["read", "--json", str(page)])
    assert paragraphs(from_json(result.stdout)) == case["paragraphs"]
    assert (result.exit_code, result.stderr) == (
        (0, "") if case["fault"] is None else (1, f"{page}: {case['fault']}\n")
    )


def test_the_same_page_has_the_same_record_every_time(page: Path) -> None:
    first, second = onrecord.read_many([page, page])
    assert first == second
