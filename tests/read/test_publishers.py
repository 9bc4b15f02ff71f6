"""Pages in the templates of publishers of many kinds (cases/publishers.json, all made up): what each says of itself
comes out right, its story is whole and pure."""

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.read import read_page
from onrecord.record import STORY_KINDS, Page

CASES = json.loads((Path(__file__).parents[1] / "cases" / "publishers.json").read_text(encoding="utf-8"))
OF_SOURCE = ("headline", "byline", "agency", "contributors", "publisher", "url")


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_page_of_this_kind(case: dict[str, Any]) -> None:
    document, notes = read_page(Page(case["html"].encode(), "page", "html"))
    wanted, source = case["wanted"], document.source
    found = {field: getattr(source, field) for field in OF_SOURCE if field in wanted}
    assert found == {
        field: tuple(wanted[field]) if isinstance(wanted[field], list) else wanted[field] for field in found
    }
    assert (source.dateline.place if source.dateline else None) == wanted.get("place")
    assert (source.published or "").startswith(wanted.get("published", ""))
    assert (source.modified or "").startswith(wanted.get("modified", ""))
    assert document.language == wanted.get("language", "en")
    story = "\n".join(document.words(block.span) for block in document.blocks if block.kind in STORY_KINDS)
    assert [each for each in (*wanted.get("story", ()), *wanted.get("also", ())) if each not in story] == []
    assert [each for each in wanted.get("out", ()) if each in story] == []
    captions = sum(block.kind == "caption" for block in document.blocks)
    assert captions == wanted.get("captions", captions)
    said = "; ".join(note.message for note in notes)
    assert wanted["note"] in said if "note" in wanted else said == ""


def _whole(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
