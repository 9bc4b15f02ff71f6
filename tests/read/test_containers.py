"""What a user names becomes pages, in a fixed order; what cannot be opened is an error in its place."""

import gzip
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archives import Answer, warc
from onrecord.errors import PageError
from onrecord.read import LIMIT_BYTES
from onrecord.read.containers import Opening, pages_at, size_bytes
from onrecord.record import Page

STORY = b"<html><body><p>The bridge is shut.</p></body></html>"


def names(location: Path | str) -> list[str]:
    return [Path(page.location).name for page in pages_at(location, Opening())]


def only(location: Path | str) -> Page | PageError:
    (page,) = pages_at(location, Opening())
    return page


def message(location: Path | str) -> str:
    error = only(location)
    assert isinstance(error, PageError), error
    return error.message


def test_a_folder_is_searched_in_order_and_only_for_pages(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.HTML", "b/m.htm", "b/n.html.gz", "b/style.css", ".hidden.txt"):
        (tmp_path / name).write_bytes(gzip.compress(STORY) if name.endswith("gz") else STORY)
    assert names(tmp_path) == ["a.HTML", "z.txt", "m.htm", "n.html.gz"]


def test_a_folder_that_is_linked_into_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A story.")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "ring.txt").symlink_to(tmp_path / "ring.txt")
    assert names(tmp_path) == ["a.txt"]


def test_a_folder_without_pages_says_so(tmp_path: Path) -> None:
    assert message(tmp_path) == "no pages in this folder"


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are arbitrary bytes on Linux only")
def test_a_name_that_is_no_text_is_shown_with_escapes(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"A story.")
    page = only(tmp_path)
    assert isinstance(page, Page)
    assert page.location.endswith(r"caf\xe9.txt")
    assert page.location.encode("utf-8")


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert message(tmp_path / "nothing.html") == "No such file or directory"
    assert message("ftp://news.example/1") == "an address of a kind that is not read: only http and https are"


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open/a.txt").write_text("A story.")
    (tmp_path / "shut").mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    page, error = pages_at(tmp_path, Opening())
    assert isinstance(page, Page)
    assert isinstance(error, PageError)
    assert (Path(error.location).name, error.message) == ("shut", "Permission denied")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("A story.")
    path.chmod(0)
    assert message(path) == "Permission denied"


def test_a_file_too_large_for_a_report_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with open(path, "wb") as file:
        file.truncate(100 * 2**20)
    read: list[int] = []
    (error,) = pages_at(path, Opening(on_bytes=read.append))
    assert isinstance(error, PageError)
    assert "larger than 16,000,000 bytes" in error.message
    assert sum(read) <= LIMIT_BYTES + 2**20


def test_a_gzipped_file_that_inflates_without_end_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "bomb.html.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(64):
            file.write(b"\x00" * 2**20)
    assert "larger than 16,000,000 bytes" in message(path)


def _cut(content: bytes) -> bytes:
    return gzip.compress(content)[:-12]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.html.gz", _cut(STORY * 99), "breaks off"),
        ("a.html.gz", STORY, "damaged"),
        ("a.wacz", STORY, "damaged"),
        ("a.warc", STORY, "damaged"),
        ("a.warc.gz", b"", ""),
    ],
)
def test_a_damaged_container_is_one_error(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    errors = list(pages_at(tmp_path / name, Opening()))
    assert len(errors) == (1 if why else 0)
    for error in errors:
        assert isinstance(error, PageError)
        assert any(word in error.message.lower() for word in why.split("|")), error.message


def test_lines_before_the_cut_of_a_gzipped_file_are_read(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"text": os.urandom(40_000).hex()}).encode() + b"\n" for _ in range(9))
    (tmp_path / "s.jsonl.gz").write_bytes(gzip.compress(lines)[:-20_000])
    *whole, last = pages_at(tmp_path / "s.jsonl.gz", Opening())
    assert len(whole) >= 7
    assert all(isinstance(page, Page) for page in whole)
    assert isinstance(last, PageError)


def test_a_collection_gives_the_pages_of_its_archives(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.wacz", "w") as collection:
        collection.writestr("archive/one.warc.gz", warc([Answer("http://news.example/1", STORY)]))
        collection.writestr("archive/two.warc", warc([Answer("http://news.example/2", STORY)], gzipped=False))
        collection.writestr("archive/bad.warc.gz", b"\x1f\x8b\x08")
        collection.writestr("pages/pages.jsonl", "{}")
    pages = list(pages_at(tmp_path / "c.wacz", Opening()))
    assert [page.url for page in pages if isinstance(page, Page)] == ["http://news.example/1", "http://news.example/2"]
    assert sum(isinstance(page, PageError) for page in pages) == 1


def test_standard_input_is_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY)))
    assert only("-") == Page(STORY, "standard input")


@pytest.mark.parametrize("write", [lambda path: path.write_bytes(STORY), lambda path: path.mkdir()])
def test_every_byte_read_is_told(tmp_path: Path, write: Callable[[Path], object]) -> None:
    write(tmp_path / "page")
    told: list[int] = []
    list(pages_at(tmp_path / "page", Opening(on_bytes=told.append)))
    assert sum(told) == size_bytes([tmp_path / "page"]) == (len(STORY) if told else 0)
