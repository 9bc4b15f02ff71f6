"""Web archives: pages come out as they went in, one at a time; damage costs only what is damaged."""

import gzip
import io
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import Answer, warc
from onrecord.errors import PageError
from onrecord.read import LIMIT_BYTES
from onrecord.read.containers import Opening, pages_at
from onrecord.read.warc import ArchiveDamage, warc_pages
from onrecord.record import Page

HTML = ("Content-Type", "text/html; charset=UTF-8")
STORY = b"<html><body><p>The bridge is shut.</p></body></html>"


def read(content: bytes) -> list[Page | PageError]:
    return list(warc_pages(io.BytesIO(content), "a.warc"))


def only_page(content: bytes) -> Page:
    (page,) = read(content)
    assert isinstance(page, Page), page
    return page


def test_a_page_comes_out_as_it_went_in() -> None:
    page = only_page(warc([Answer("http://news.example/1", STORY)], gzipped=False))
    assert page == Page(STORY, "a.warc#http://news.example/1", "html", "http://news.example/1", "utf-8")


def chunked(body: bytes, size: int) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ((), STORY),
        ((("Content-Encoding", "gzip"),), gzip.compress(STORY)),
        ((("Content-Encoding", "gzip"),), STORY),
        ((("Content-Encoding", "deflate"),), zlib.compress(STORY)),
        ((("Transfer-Encoding", "chunked"),), chunked(STORY, 7)),
        ((("Transfer-Encoding", "chunked"),), STORY),
        ((("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")), chunked(gzip.compress(STORY), 9)),
    ],
    ids=["plain", "gzip", "gzip undone", "deflate", "chunks", "chunks undone", "gzip in chunks"],
)
def test_transfer_is_undone(headers: tuple[tuple[str, str], ...], body: bytes) -> None:
    answer = Answer("http://news.example/1", body, (HTML, *headers))
    assert only_page(warc([answer], gzipped=False)).content == STORY


def test_only_html_that_was_found_is_a_page() -> None:
    others = [
        Answer("http://news.example/a", b"GIF89a", (("Content-Type", "image/gif"),)),
        Answer("http://news.example/b", STORY, (HTML,), status="404 Not Found"),
        Answer("http://news.example/c", STORY, (HTML,), status="301 Moved"),
        Answer("http://news.example/d", STORY, ()),
        Answer("http://news.example/e", b"", (HTML,), kind="revisit"),
    ]
    assert read(warc(others, gzipped=False)) == []


def bomb() -> Iterator[bytes]:
    squeezed = zlib.compressobj(9, wbits=31)
    for _ in range(200):
        yield squeezed.compress(b"\x00" * 2**20)
    yield squeezed.flush()


def test_a_page_that_inflates_without_end_costs_itself_only() -> None:
    answers = [
        Answer("http://news.example/bomb", b"".join(bomb()), (HTML, ("Content-Encoding", "gzip"))),
        Answer("http://news.example/2", STORY),
    ]
    archive = warc(answers, gzipped=False)
    tracemalloc.start()
    bad, good = read(archive)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(bad, PageError)
    assert "larger than 16,000,000 bytes" in bad.message
    assert isinstance(good, Page)
    assert peak < 4 * LIMIT_BYTES


def test_a_header_without_end_is_damage_not_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(b"".join(bomb()))
    (error,) = pages_at(path, Opening())
    assert isinstance(error, PageError)
    assert "a header is longer" in error.message


def test_a_compression_that_is_not_known_costs_that_page_only() -> None:
    archive = warc([Answer("u:1", STORY, (HTML, ("Content-Encoding", "zz"))), Answer("u:2", STORY)], gzipped=False)
    bad, good = read(archive)
    assert isinstance(bad, PageError)
    assert isinstance(good, Page)


@pytest.mark.parametrize("gzipped", [True, False])
def test_of_a_truncated_archive_what_is_whole_is_read(tmp_path: Path, gzipped: bool) -> None:
    path = tmp_path / ("cut.warc.gz" if gzipped else "cut.warc")
    path.write_bytes(warc([Answer(f"http://news.example/{n}", STORY) for n in range(3)], gzipped=gzipped)[:-60])
    *whole, last = pages_at(path, Opening())
    assert [page.url for page in whole if isinstance(page, Page)] == ["http://news.example/0", "http://news.example/1"]
    assert isinstance(last, PageError)
    assert "breaks off" in last.message


@given(st.binary(max_size=300), st.booleans())
@settings(deadline=None, max_examples=150)
def test_no_bytes_crash_the_reader(content: bytes, after_a_page: bool) -> None:
    archive = warc([Answer("http://news.example/1", STORY)], gzipped=False) if after_a_page else b""
    pages = warc_pages(io.BytesIO(archive + b"WARC/1.0\r\n" + content), "a.warc")
    with suppress(ArchiveDamage, EOFError):
        assert all(isinstance(page, Page | PageError) for page in pages)


@given(st.integers(0, 900), st.integers(0, 255))
@settings(deadline=None, max_examples=150)
def test_no_changed_byte_crashes_the_reader(place: int, value: int) -> None:
    answer = Answer("http://news.example/1", chunked(gzip.compress(STORY), 9), (HTML, ("Content-Encoding", "gzip")))
    archive = bytearray(warc([answer], gzipped=False))
    archive[min(place, len(archive) - 1)] = value
    with suppress(ArchiveDamage, EOFError):
        assert all(isinstance(page, Page | PageError) for page in read(bytes(archive)))
