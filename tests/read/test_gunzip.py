"""Gzip is undone as the standard library does it, and what stands before damage is given first."""

import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.gunzip import Inflated


def opened(content: bytes) -> io.BufferedReader:
    return io.BufferedReader(Inflated(io.BytesIO(content)))


@given(st.lists(st.binary(max_size=200), max_size=4), st.integers(0, 9))
def test_members_are_joined(parts: list[bytes], padding: int) -> None:
    squeezed = b"".join(gzip.compress(part) + bytes(padding) for part in parts)
    assert opened(squeezed).read() == b"".join(parts)


def test_a_large_member_is_inflated_bit_by_bit() -> None:
    file = opened(gzip.compress(b"x" * 10_000_000))
    assert len(file.read(3)) == 3
    assert sum(len(part) for part in iter(lambda: file.read(1_000_000), b"")) == 9_999_997


def test_lines_before_a_cut_come_first() -> None:
    file = opened((gzip.compress(b"one\n") + gzip.compress(b"two\n"))[:-5])
    assert file.readline() == b"one\n"
    assert file.readline() == b"two\n"
    with pytest.raises(EOFError, match="cut off"):
        file.readline()


def test_what_is_no_gzip_is_an_error() -> None:
    with pytest.raises(zlib.error):
        opened(b"plain text").read()


@given(st.binary(max_size=100), st.booleans())
def test_any_bytes_end(content: bytes, after_a_member: bool) -> None:
    file = opened((gzip.compress(b"one") if after_a_member else b"") + content)
    try:
        file.read()
    except (EOFError, zlib.error):
        return
