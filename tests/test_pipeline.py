"""From a page to a record: the same page gives the same record, and faults are told in the way that was promised."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import pipeline
from onrecord.errors import WeightsError
from onrecord.record import Document, Page, Record

STORY = "The bridge is shut, the mayor said on Monday.\n\nIt will open again in May, she added.\n"


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode) | st.sampled_from([STORY.encode()]))
@settings(deadline=None)
def test_the_same_page_gives_the_same_record(content: bytes) -> None:
    first = pipeline.put_on_record(Page(content, "a"))
    assert pipeline.put_on_record(Page(content, "a")) == first
    assert first.document.text or first.notes


def test_a_page_may_be_given_in_any_form(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    forms = (str(path), path, STORY.encode(), Page(STORY.encode(), "here"))
    assert {onrecord.read(form).document.id for form in forms} == {onrecord.read(path).document.id}
    assert len(list(onrecord.read_many(forms))) == 4


def test_one_page_that_cannot_be_read_raises(tmp_path: Path) -> None:
    for page in (tmp_path / "gone.html", b"", b"%PDF-1.7", tmp_path):
        with pytest.raises(onrecord.PageError):
            onrecord.read(page)


def test_several_pages_are_not_one(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY)
    with pytest.raises(onrecord.PageError, match="more than one page: use read_many"):
        onrecord.read(tmp_path)


def test_of_many_pages_each_is_a_record_and_none_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    records = onrecord.read_many([tmp_path / "gone.txt", tmp_path / "a.txt", tmp_path / "later.txt"])
    assert [note.message for note in next(records).notes] == ["No such file or directory"]
    assert next(records).document.text == STORY
    (tmp_path / "later.txt").write_text(STORY)
    assert next(records).document.text == STORY


def test_a_fault_of_ours_costs_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pipeline.put_on_record

    def failing(page: Page) -> Record:
        if page.location == "bad":
            raise RecursionError("too deep")
        return real(page)

    monkeypatch.setattr(pipeline, "put_on_record", failing)
    bad, good = onrecord.read_many([Page(b"x", "bad"), Page(STORY.encode(), "good")])
    assert "onrecord failed on this page: RecursionError: too deep" in bad.notes[0].message
    assert good.document.text == STORY


def test_a_fault_of_the_installation_is_raised_not_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_weights(_document: Document) -> None:
        raise WeightsError("the weights are damaged")

    monkeypatch.setattr("onrecord.pipeline.encode", no_weights)
    with pytest.raises(WeightsError, match="damaged"):
        list(pipeline.read_many([Page(b"The minister said on Monday that the talks had failed.\n", "story.txt")]))
