"""Gzip to bytes, streaming: gives all that can be inflated before it reports damage.

The standard library's reader fills a buffer first, and so loses up to a buffer of good data before a cut. Holds no
more than it is asked for, however well the data are squeezed.
"""

from __future__ import annotations

import io
import zlib
from typing import Any, BinaryIO

_CHUNK_BYTES = 64 * 1024


class Inflated(io.RawIOBase):
    """The content of a gzip file of any number of members. Raises zlib.error where it is damaged, EOFError when cut."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._member = zlib.decompressobj(wbits=31)
        self._squeezed = b""
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while self._squeezed or self._fill():
            data = self._member.decompress(self._squeezed, len(buffer))
            self._advance()
            if data:
                buffer[: len(data)] = data
                return len(data)
        if self._begun:
            raise EOFError("the gzip file is cut off")
        return 0

    def _fill(self) -> bool:
        self._squeezed = self._file.read(_CHUNK_BYTES)
        if not self._begun:
            self._squeezed = self._squeezed.lstrip(b"\x00")  # padding is allowed between members
        self._begun = self._begun or bool(self._squeezed)
        return bool(self._squeezed)

    def _advance(self) -> None:
        if not self._member.eof:
            self._squeezed = self._member.unconsumed_tail
            return
        self._squeezed = self._member.unused_data.lstrip(b"\x00")
        self._member = zlib.decompressobj(wbits=31)
        self._begun = bool(self._squeezed)
