"""Which documents are copies of one report: wire copy as many papers print it, shortened, retitled, lightly edited.

A document is sketched by the few of its five-word shingles whose hash is divisible by SAMPLING (FracMinHash: Irber et
al. 2022, after Broder 1997), so the share of a short copy found in a longer one can be told from two sketches alone.
Compares sketches; which documents to compare is the store's to know.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Iterator

from onrecord.record import STORY_KINDS, Document

#: One shingle in so many is kept: about 22 of a 700-word report.
SAMPLING = 32
#: Of a short report at least so many shingles are kept, those with the smallest hashes.
FEWEST = 5
#: Copies share at least so many sampled shingles, and this share of those of the shorter text.
SHARED_FEWEST = 4
SHARED_PART = 0.5
_SHINGLE_WORDS = 5
_WORD = re.compile(r"\w+")


def sketch(document: Document) -> tuple[int, ...]:
    """The sampled shingle hashes of a document's story, sorted; the same words give the same sketch everywhere."""
    hashes = set(_hashes(_story_words(document)))
    sampled = {value for value in hashes if value % SAMPLING == 0}
    return tuple(sorted(sampled if len(sampled) >= FEWEST else {*sampled, *heapq.nsmallest(FEWEST, hashes)}))


def are_copies(shared: int, left: int, right: int) -> bool:
    """Whether two sketches of `left` and `right` hashes, `shared` of them the same, are of one report."""
    return shared >= SHARED_FEWEST and shared >= SHARED_PART * min(left, right)


def _story_words(document: Document) -> list[str]:
    blocks = [block.span for block in document.blocks if block.kind in STORY_KINDS]
    parts = [document.words(span) for span in blocks] or [document.text]
    return [word.casefold() for part in parts for word in _WORD.findall(part)]


def _hashes(words: list[str]) -> Iterator[int]:
    for start in range(len(words) - _SHINGLE_WORDS + 1):
        shingle = " ".join(words[start : start + _SHINGLE_WORDS]).encode("utf-8", "surrogatepass")
        yield int.from_bytes(hashlib.blake2b(shingle, digest_size=4).digest(), "big") >> 1
