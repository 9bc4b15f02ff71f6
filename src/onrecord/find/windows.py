"""Cuts a text into words and pieces, and words into windows that the model can read in one go.

Words are those of the BERT pre-tokeniser (a letter run or a single mark), as code-point spans into the text; pieces
are the model's sub-word units. A window holds whole paragraphs wherever they fit. Runs no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from onrecord.find.features import quote_states, shape

Integers = NDArray[np.int32]
Totals = NDArray[np.int64]

#: Pieces in a window, its two special ones included. Training used the same.
MAX_PIECES: Final = 208
#: Pieces of one word that are read; longer ones are not words (base64, addresses run together).
MAX_WORD_PIECES: Final = 12

_PRE_TOKENIZER = BertPreTokenizer()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in reading order, one row each.

    `spans` int32[n, 2] code points; `pieces` the model's units of each; `paragraph` int32[n] which paragraph it stands
    in; `shapes`, `quotes` and `starts` int32[n] are the features of `onrecord.find.features`; `total` int64[n + 1] how
    many pieces stand before each word, and in all."""

    spans: Integers
    pieces: tuple[tuple[int, ...], ...]
    paragraph: Integers
    shapes: Integers
    quotes: Integers
    starts: Integers
    total: Totals

    def __len__(self) -> int:
        return len(self.pieces)


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start`-`end` are read together; those of `core_start`-`core_end` are answered, the rest is context."""

    start: int
    end: int
    core_start: int
    core_end: int


def load_tokenizer(definition: str) -> Tokenizer:
    """The tokeniser of a `tokenizer.json`, without the truncation and padding that such files often ask for."""
    tokenizer = Tokenizer.from_str(definition)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def split_words(text: str, paragraphs: Sequence[tuple[int, int]], tokenizer: Tokenizer) -> Words:
    """The words of the given paragraphs (code-point spans); those without any piece (stray controls) are left out."""
    spans: list[tuple[int, int]] = []
    paragraph: list[int] = []
    quotes: list[int] = []
    for number, (start, end) in enumerate(paragraphs):
        found = word_spans(text, start, end)
        spans += found
        paragraph += [number] * len(found)
        quotes += quote_states(text, found)
    return _with_pieces(text, spans, paragraph, quotes, tokenizer)


def word_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the letter runs and single marks in a stretch of text, as the pre-tokeniser of BERT parts them: of
    the characters that news is written in by a pattern that says the same, four times as fast."""
    if _COMMON.fullmatch(text, start, end):
        return [match.span() for match in _RUN_OR_MARK.finditer(text, start, end)]
    return [(start + left, start + right) for _, (left, right) in _pre_tokenize(text[start:end])]


#: ASCII and Latin letters with their marks, general punctuation without its spaces, and the euro.
_COMMON = re.compile("[\\t\\n\\r\\x20-\\x7e\\xa0-\\u024f\\u2010-\\u2027\\u20ac]*")
_MARKS: Final = r"!-/:-@\[-`{-~¡§«¶·»¿\u2010-\u2027"
_RUN_OR_MARK = re.compile(rf"[{_MARKS}]|[^\s{_MARKS}]+")


def _pre_tokenize(text: str) -> list[tuple[str, tuple[int, int]]]:
    # The tokeniser takes UTF-8 only; a lone surrogate becomes a replacement character of the same width.
    safe = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if not _is_encodable(text) else text
    if len(safe) != len(text):
        safe = _SURROGATE.sub("�", text)
    return _PRE_TOKENIZER.pre_tokenize_str(safe)


def _is_encodable(text: str) -> bool:
    return text.isascii() or _SURROGATE.search(text) is None


_SURROGATE = re.compile("[\ud800-\udfff]")


def _with_pieces(
    text: str, spans: list[tuple[int, int]], paragraph: list[int], quotes: list[int], tokenizer: Tokenizer
) -> Words:
    words = [text[start:end] for start, end in spans]
    pieces = _pieces(words, tokenizer)
    if not all(pieces):
        kept = [at for at, ids in enumerate(pieces) if ids]
        words, spans, pieces = [words[at] for at in kept], [spans[at] for at in kept], [pieces[at] for at in kept]
        paragraph, quotes = [paragraph[at] for at in kept], [quotes[at] for at in kept]
    count, paragraphs = len(words), np.array(paragraph, dtype=np.int32)
    return Words(
        spans=np.fromiter(chain.from_iterable(spans), np.int32, 2 * count).reshape(-1, 2),
        pieces=tuple(pieces),
        paragraph=paragraphs,
        shapes=np.fromiter(map(shape, words), np.int32, count),
        quotes=np.array(quotes, dtype=np.int32),
        starts=np.diff(paragraphs, prepend=-1).astype(np.bool_).astype(np.int32),
        total=np.cumsum(np.fromiter(chain((0,), map(len, pieces)), np.int64, count + 1)),
    )


def _pieces(words: list[str], tokenizer: Tokenizer) -> list[tuple[int, ...]]:
    """The pieces of each word; most words of a report were met in the reports before it."""
    known = _known_pieces(tokenizer)
    found = [known.get(word) for word in words]
    if None not in found:
        return [ids for ids in found if ids is not None]
    new = _new_pieces(
        list(dict.fromkeys(word for word, ids in zip(words, found, strict=True) if ids is None)), tokenizer
    )
    if len(known) + len(new) > _MOST_KNOWN:
        known.clear()
    known.update({word: ids for word, ids in new.items() if len(word) <= _LONGEST_KNOWN})
    return [new[word] if ids is None else ids for word, ids in zip(words, found, strict=True)]


#: Words whose pieces are kept, and the letters of the longest of them: some megabytes.
_MOST_KNOWN: Final = 1 << 14
_LONGEST_KNOWN: Final = 40


@lru_cache(maxsize=2)
def _known_pieces(_tokenizer: Tokenizer) -> dict[str, tuple[int, ...]]:
    """The pieces of words met before by a tokeniser: only ever what it would say of them again."""
    return {}


def _new_pieces(words: list[str], tokenizer: Tokenizer) -> dict[str, tuple[int, ...]]:
    safe = [word if _is_encodable(word) else "�" for word in words]
    encodings = tokenizer.encode(safe, is_pretokenized=True, add_special_tokens=False)
    lists: list[list[int]] = [[] for _ in words]
    for piece, number in zip(encodings.ids, encodings.word_ids, strict=True):
        if number is not None and len(lists[number]) < MAX_WORD_PIECES:
            lists[number].append(piece)
    return {word: tuple(ids) for word, ids in zip(words, lists, strict=True)}


def cut(
    words: Words, sentence_starts: frozenset[int], *, most: int = MAX_PIECES, context: int = 0, first: int | None = None
) -> tuple[Window, ...]:
    """Windows whose cores cover every word once; each sees up to `context` further pieces on its left.

    `sentence_starts` are code points where a sentence begins: only there is a paragraph too long for one window cut.
    `first` makes the first window shorter, so that training sees other neighbours each time."""
    total = words.total
    room = most - 2 - context
    windows: list[Window] = []
    for start, end in _filled(_stretches(words, sentence_starts, total, room), total, room, first):
        left = int(np.searchsorted(total, total[start] - context)) if context else start
        windows.append(Window(left, end, start, end))
    return tuple(windows)


def _stretches(words: Words, sentence_starts: frozenset[int], total: Totals, room: int) -> Iterator[tuple[int, int]]:
    """Paragraphs, or parts of those that do not fit."""
    bounds = [*np.flatnonzero(words.starts).tolist(), len(words)]
    for start, end in pairwise(bounds):
        if total[end] - total[start] <= room:
            yield start, end
        else:
            yield from _parts(words, sentence_starts, total, room, start, end)


def _parts(
    words: Words, sentence_starts: frozenset[int], total: Totals, room: int, start: int, end: int
) -> Iterator[tuple[int, int]]:
    """A long paragraph, cut before the last sentence that does not fit; a sentence too long is cut between words."""
    while total[end] - total[start] > room:
        last = int(np.searchsorted(total, total[start] + room, side="right")) - 1
        fitting = [at for at in range(start + 1, last + 1) if int(words.spans[at, 0]) in sentence_starts]
        stop = fitting[-1] if fitting else max(last, start + 1)
        yield start, stop
        start = stop
    yield start, end


def _filled(
    stretches: Iterator[tuple[int, int]], total: Totals, room: int, first: int | None
) -> Iterator[tuple[int, int]]:
    """Neighbouring stretches joined as long as they fit."""
    limit = first or room
    begin, until = -1, -1
    for start, end in stretches:
        if begin >= 0 and total[end] - total[begin] > limit:
            yield begin, until
            begin, limit = start, room
        elif begin < 0:
            begin = start
        until = end
    if begin >= 0:
        yield begin, until
