"""Reports in the layouts of agencies and papers (cases/wires.json, all made up): what each says of itself comes out
right, what is not story stays out, and no quote is lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.read import read_page
from onrecord.record import STORY_KINDS, Document, Page

CASES = json.loads((Path(__file__).parents[1] / "cases" / "wires.json").read_text(encoding="utf-8"))
OF_SOURCE = ("headline", "byline", "agency", "contributors")


@pytest.fixture(params=CASES, ids=lambda case: str(case["name"]))
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


def read(case: dict[str, Any]) -> tuple[Document, dict[str, Any]]:
    document, _ = read_page(Page(case["text"].encode(), "wire", "text"))
    return document, case["wanted"]


def words(document: Document, *kinds: str) -> list[str]:
    return [document.words(block.span) for block in document.blocks if block.kind in kinds]


def test_what_it_says_of_itself(case: dict[str, Any]) -> None:
    document, wanted = read(case)
    source = document.source
    found = {field: getattr(source, field) for field in OF_SOURCE if field in wanted}
    assert found == {field: _whole(wanted[field]) for field in found}
    assert (source.dateline.place if source.dateline else None) == wanted.get("place")
    for field in ("published", "modified"):
        if field in wanted:
            assert (getattr(source, field) or "").startswith(wanted[field])


def _whole(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def test_what_is_story_and_what_is_not(case: dict[str, Any]) -> None:
    document, wanted = read(case)
    paragraphs, story = words(document, "paragraph"), "\n".join(words(document, *STORY_KINDS))
    assert len(paragraphs) == wanted.get("paragraphs", 3 if "in June" in case["text"] else 2)
    assert any("waited long enough" in paragraph for paragraph in paragraphs)
    assert [each for each in wanted.get("not in the story", ()) if each in story] == []
    if "caption" in wanted:
        assert words(document, "caption") == [wanted["caption"]]


def test_a_line_of_nothing_but_the_date_gives_the_date() -> None:
    text = b"Bridge shut\n\nMonday, May 18, 2015\n\nThe bridge is shut until June, the mayor said on Monday.\n"
    document, _ = read_page(Page(text, "story.txt"))
    assert document.source.published == "2015-05-18"
    assert [(block.kind, block.label) for block in document.blocks][1] == ("furniture", "date line")


def test_a_sentence_that_speaks_of_pictures_is_no_caption() -> None:
    text = "The minister refused to be shown in any photo taken by the police, he told reporters on Monday in Oslo."
    document, _ = read_page(Page(text.encode(), "story.txt"))
    assert [block.kind for block in document.blocks] == ["paragraph"]
