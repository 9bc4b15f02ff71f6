"""What the library and the commands say when they are given something that is none of what they take."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import onrecord
from onrecord import Page, PageError
from onrecord.show.cli import main

NO_PATHS = {
    "a text": "The mayor said on Monday that the bridge would open in May. " * 30,
    "a text of two lines": "The bridge is shut, the mayor said.\n\nIt opens in May.",
    "a long name": "a" * 300,
    "a long path": "a/" * 3000,
    "a NUL": "a\x00b",
    "a lone surrogate": "a\ud800b",
    "nothing": "",
    "spaces": "  ",
    "a file address": "file:///etc/hosts",
    "an address of another kind": "ftp://news.example/1",
}


@pytest.mark.parametrize("path", NO_PATHS.values(), ids=NO_PATHS)
def test_what_is_no_path_is_named_as_such(path: str) -> None:
    with pytest.raises(PageError) as fault:
        onrecord.read(path)
    assert fault.value.location.isprintable()
    assert len(fault.value.location) < 90
    (record,) = onrecord.read_many([path])
    assert record.notes[0].message == fault.value.message
    done = CliRunner().invoke(main, ["read", path])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_a_text_in_place_of_its_path_is_told_how_texts_are_given() -> None:
    with pytest.raises(PageError, match=r"a text is given as bytes .* or as a Page"):
        onrecord.read(NO_PATHS["a text of two lines"])


def test_a_file_whose_name_holds_a_newline_is_read(tmp_path: Path) -> None:
    path = tmp_path / "two\nlines.txt"
    path.write_text("The bridge is shut, the mayor said.")
    assert onrecord.read(path).document.text == "The bridge is shut, the mayor said."


@pytest.mark.parametrize("content", [bytearray(b"The bridge is shut."), memoryview(b"The bridge is shut.")])
def test_bytes_of_any_kind_are_a_page(content: Any) -> None:
    assert onrecord.read(content).document.text == "The bridge is shut."


@pytest.mark.parametrize("page", [None, 3, ["story.txt"]])
def test_what_can_be_no_page_is_a_type_error(page: Any) -> None:
    with pytest.raises(TypeError, match="a page is a path, a URL, bytes or a Page, not"):
        onrecord.read(page)


@pytest.mark.parametrize("pages", ["story.txt", b"The bridge", Path("story.txt"), Page(b"The bridge", "b")])
def test_one_page_in_place_of_many_is_a_type_error(pages: Any) -> None:
    with pytest.raises(TypeError, match="read_many takes several pages"):
        list(onrecord.read_many(pages))


@pytest.mark.parametrize(
    "fields",
    [
        {"content": "text"},
        {"location": 3},
        {"url": 3},
        {"charset": 3},
        {"given": (("title", 3),)},
        {"given": ("title",)},
        {"given": {"title": "A day"}},
    ],
)
def test_a_page_of_other_things_is_a_type_error(fields: Any) -> None:
    with pytest.raises(TypeError):
        Page(**{"content": b"The bridge", "location": "b", **fields})


def test_a_format_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        Page(b"The bridge", "b", "pdf")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "arguments", [["find", "x", "--db"], ["people", "--db"], ["serve"], ["export", "--format=csv"]]
)
@pytest.mark.parametrize("path", ["", "a" * 300, "gone.db", "/", "\udcff.db"])
def test_a_database_that_can_be_none(arguments: list[str], path: str) -> None:
    done = CliRunner().invoke(main, [*arguments, path])
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ")


@pytest.mark.parametrize("form", ["csv", "html", "parquet", "judgements"])
def test_an_export_does_not_overwrite_its_database(form: str, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with onrecord.Store.open(database, access="create"):
        pass
    before = database.read_bytes()
    done = CliRunner().invoke(main, ["export", str(database), "--format", form, "-o", f"{tmp_path}/./news.db"])
    assert done.exit_code == 1
    assert "is the database itself" in done.stderr
    assert database.read_bytes() == before


def test_judgements_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff")
    with onrecord.Store.open(tmp_path / "news.db", access="create"):
        pass
    done = CliRunner().invoke(main, ["import", f"{tmp_path}/news.db", f"{tmp_path}/picture.png"])
    assert (done.exit_code, done.stderr[:7], done.stderr.count("\n")) == (1, "Error: ", 1)
