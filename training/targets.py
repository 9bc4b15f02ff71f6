"""Annotated document -> what each word should be told to say: a bit mask of allowed tags per head, links, mentions.

A mask with one bit is a label; several bits mean that the corpus does not tell them apart; none, that it is silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.find.encoder import line_spans
from onrecord.find.labels import MENTION_KINDS, NAME_KINDS, TAGS, TIME_KINDS
from onrecord.find.windows import Words, split_words
from onrecord.record import Block, Document, Source, Span
from training.annotated import Annotated

Masks = NDArray[np.int32]

#: What each corpus means by a kind of name, and (under "") what an unmarked word may be besides outside.
SCHEMES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "worldwide": {"other": ("other", "event"), "": ()},
    "wnut17": {
        "place-or-facility": ("place", "facility"),
        "organisation-or-group": ("organisation", "group"),
        "other": ("other", "event"),
        "": ("group", "event", "other", "facility"),
    },
    "meantime": {"other": ("other", "event"), "place": ("place", "facility"), "": NAME_KINDS},
    "re3d": {"place": ("place", "facility"), "": NAME_KINDS},
}


@dataclass(frozen=True, slots=True)
class Taught:
    """A document's words with everything its corpus says of them. Spans are word ranges, both ends included.

    `masks`: head -> int32[n]. `links`: (first word of a segment, first word of the cue that heads its attribution).
    `mentions`: (first, last, kind or -1, chain or -1). `mentions_known`: whether an unmarked span is no mention."""

    words: Words
    sentence_starts: frozenset[int]
    masks: dict[str, Masks]
    links: tuple[tuple[int, int, bool], ...]
    mentions: tuple[tuple[int, int, int, int], ...]
    mentions_known: bool


def teach(document: Annotated, tokenizer: Tokenizer) -> Taught:
    """Lays the layers of a document over its words."""
    words = split_words(document.text, line_spans(document.text), tokenizer)
    ranges = _Ranges(words)
    masks = {head: np.zeros(len(words), dtype=np.int32) for head in TAGS}
    links = _attributions(document, ranges, masks)
    _quotations(document, ranges, masks)
    _names(document, ranges, masks)
    _times(document, ranges, masks)
    _silence_outside(document, ranges, masks)
    mentions = _mentions(document, ranges)
    known = document.mentions is not None and document.mentions_complete
    return Taught(words, sentence_starts(document.text), masks, links, mentions, known)


def sentence_starts(text: str) -> frozenset[int]:
    """Code points after an end of sentence and a space: enough to cut overlong paragraphs in training."""
    return frozenset(
        at + 2
        for at in range(len(text) - 2)
        if text[at] in '.!?”"' and text[at + 1] == " " and not text[at + 2].islower()
    )


def document_of(text: str) -> Document:
    """A plain text as the reader of texts would give it: every line a paragraph."""
    blocks = tuple(Block(Span(start, end), "paragraph") for start, end in line_spans(text))
    starts = sorted({start for start, _ in line_spans(text)} | sentence_starts(text))
    sentences = tuple(Span(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True))
    return Document(text, Source("", "benchmark"), blocks=blocks, sentences=sentences)


class _Ranges:
    """Looks up which words a span of code points covers."""

    def __init__(self, words: Words) -> None:
        self.starts = words.spans[:, 0]
        self.ends = words.spans[:, 1]
        self.paragraph = words.paragraph

    def __len__(self) -> int:
        return len(self.starts)

    def of(self, start: int, end: int) -> range:
        return range(int(np.searchsorted(self.ends, start, "right")), int(np.searchsorted(self.starts, end, "left")))

    def pieces(self, start: int, end: int) -> list[range]:
        """The range, cut where a new paragraph starts: no segment runs over one."""
        whole = self.of(start, end)
        cuts = [at for at in whole if at > whole.start and self.paragraph[at] != self.paragraph[at - 1]]
        return [range(a, b) for a, b in zip([whole.start, *cuts], [*cuts, whole.stop], strict=True) if a < b]


def _bit(head: str, tag: str) -> int:
    return 1 << TAGS[head].index(tag)


def _paint(masks: Masks, head: str, words: range, kinds: Iterable[str]) -> None:
    masks[words.start] = sum(_bit(head, f"B-{kind}") for kind in kinds)
    masks[words.start + 1 : words.stop] = sum(_bit(head, f"I-{kind}") for kind in kinds)


def _attributions(document: Annotated, ranges: _Ranges, masks: dict[str, Masks]) -> tuple[tuple[int, int, bool], ...]:
    if document.attributions is None:
        return ()
    for head in ("source", "cue", "content"):
        masks[head][:] = 1
    links: set[tuple[int, int, bool]] = set()
    for attribution in document.attributions:
        segments = {
            head: [piece for span in getattr(attribution, head) for piece in ranges.pieces(*span)]
            for head in ("source", "cue", "content")
        }
        heads = segments["cue"] or segments["content"]
        for head, pieces in segments.items():
            for piece in pieces:
                _paint(masks[head], head, piece, (head,))
                links.add(
                    (piece.start, heads[0].start, head == "source") if heads else (piece.start, piece.start, False)
                )
    return tuple(sorted(links))


def _quotations(document: Annotated, ranges: _Ranges, masks: dict[str, Masks]) -> None:
    for start, end in document.quotations or ():
        for piece in ranges.pieces(start, end):
            _paint(masks["content"], "content", piece, ("content",))


def _names(document: Annotated, ranges: _Ranges, masks: dict[str, Masks]) -> None:
    if document.names is None:
        return
    scheme = SCHEMES[document.scheme]
    unmarked = sum(_bit("name", f"{prefix}-{kind}") for kind in scheme[""] for prefix in "BI")
    masks["name"][:] = 1 | unmarked
    if scheme[""] == NAME_KINDS:
        # Their names are not all marked as we would: only what is written small is surely no name.
        lower = [at for at in range(len(ranges)) if document.text[ranges.starts[at]].islower()]
        masks["name"][lower] = 1
    for start, end, kind in document.names:
        for piece in ranges.pieces(start, end):
            _paint(masks["name"], "name", piece, scheme.get(kind, (kind,)))


def _times(document: Annotated, ranges: _Ranges, masks: dict[str, Masks]) -> None:
    if document.times is None:
        return
    masks["time"][:] = 1
    for start, end, kind in document.times:
        for piece in ranges.pieces(start, end):
            _paint(masks["time"], "time", piece, (kind,) if kind in TIME_KINDS else TIME_KINDS)


def _silence_outside(document: Annotated, ranges: _Ranges, masks: dict[str, Masks]) -> None:
    if document.read is None:
        return
    heard = np.zeros(len(ranges), dtype=bool)
    for start, end in document.read:
        heard[ranges.of(start, end)] = True
    for mask in masks.values():
        mask[~heard] = 0


def _mentions(document: Annotated, ranges: _Ranges) -> tuple[tuple[int, int, int, int], ...]:
    found = set()
    for start, end, kind, chain in document.mentions or ():
        words = ranges.of(start, end)
        if len(words):
            number = MENTION_KINDS.index(kind) if kind is not None else -1
            found.add((words.start, words.stop - 1, number, -1 if chain is None else chain))
    return tuple(sorted(found, key=lambda mention: (mention[0], -mention[1])))
