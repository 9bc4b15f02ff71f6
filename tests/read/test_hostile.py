"""Pages made to cost much: each is read in time that grows with its size, and a note says what was left out."""

import time

import pytest

from onrecord.read import read_page
from onrecord.record import Document, Page

SENTENCE = "The minister said on Monday that the bridge would open again in May, after two years of work. "


def read(content: str | bytes) -> tuple[Document, str]:
    data = content if isinstance(content, bytes) else content.encode()
    document, notes = read_page(Page(data, "hostile"))
    return document, "; ".join(note.message for note in notes)


def test_a_tag_of_countless_attributes_does_not_stop_the_parser() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(50_000))
    started = time.process_time()
    document, notes = read(f"<!doctype html><html><body><p {attributes}>{SENTENCE * 3}</p></body></html>")
    assert time.process_time() - started < 5  # 21 seconds where all are read
    assert document.text == (SENTENCE * 3).strip()
    assert "1 tags have too many attributes; the first 256 were read" in notes


def test_a_tag_of_many_attributes_with_signs_in_quotes_is_left_whole() -> None:
    attributes = " ".join(f"data-a{number}='<p>{number}</p>'" for number in range(200))
    document, notes = read(f"<!doctype html><html><body><p {attributes}>{SENTENCE * 3}</p></body></html>")
    assert (document.text, notes) == ((SENTENCE * 3).strip(), "")


@pytest.mark.parametrize(
    "attribute", ["{", "{}", "{{hidden}}='1'", "{a}b=2", ":x=1", "a:=1", "=1", "<=1", "'=1", "\x01=1"]
)
def test_an_attribute_that_no_standard_knows_is_no_obstacle(attribute: str) -> None:
    document, _ = read(
        f"<!doctype html><html><body><main {attribute}><p {attribute}>{SENTENCE * 3}</p></main></body></html>"
    )
    assert document.text == (SENTENCE * 3).strip()


@pytest.mark.parametrize("unit", [SENTENCE, SENTENCE + "\n", "Word\n", "“a ", ". "])
def test_a_text_longer_than_any_report_is_kept_whole_and_read_to_a_limit(unit: str) -> None:
    text = unit * (3_000_000 // len(unit))
    document, notes = read(text)
    assert document.text == text
    assert document.blocks[-1].span.end <= 1_000_000
    assert f"of {len(text):,} characters were read" in notes


def test_a_story_longer_than_any_report_is_cut_between_blocks() -> None:
    paragraph = f"<p>{SENTENCE * 10}</p>"
    document, notes = read(f"<!doctype html><html><body><article>{paragraph * 2000}</article></body></html>")
    assert 990_000 < len(document.text) <= 1_000_000
    assert document.text.endswith("two years of work.")
    assert f"only the first {len(document.text):,} characters of the story were read" in notes


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("frame", ["{}", "<!doctype html><html><body><p>{}</p></body></html>"], ids=["text", "html"])
def test_wide_charsets_with_and_without_their_mark(charset: str, marked: bool, frame: str) -> None:
    content = ("\ufeff" * marked + frame.format(SENTENCE * 3)).encode(charset)
    document, notes = read(content)
    assert document.text.strip() == (SENTENCE * 3).strip()
    assert notes == ("" if marked else f"no charset given; read as {charset}")
