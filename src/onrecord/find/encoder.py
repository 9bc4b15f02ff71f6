"""Document -> Scores: the one run of the model over a report.

Windows are read one by one, so that a report's scores do not depend on what else is in the pile. Decodes nothing: see
`onrecord.find.decoding`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.find.decoding import log_softmax
from onrecord.find.inference import Session, load_session
from onrecord.find.labels import TAGS, VECTORS, WIDTH, columns
from onrecord.find.weights import Weights, load_weights
from onrecord.find.windows import Window, Words, cut, load_tokenizer, split_words
from onrecord.record import STORY_KINDS, Document

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

#: Pieces of text before a window that are read with it (see training/LOG.md).
CONTEXT_PIECES: Final = 0


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything one model run knows of a Document. One row per word, in text order.

    words: int32[n, 2], half-open code-point spans into `Document.text`: letter runs and single marks of the story
        blocks (headline, paragraphs, ...); other blocks have no words here.
    paragraphs: int32[n], which story block a word stands in (0, 1, 2, ... in text order).
    tags: head -> float32[n, T], natural logarithms of probabilities, columns as in `onrecord.find.labels.TAGS`. Heads:
        "source", "cue", "content" (O, B, I each; spans may be discontinuous, so one source is one or more segments),
        "name" (flat, maximal names), "time" (TIMEX3 expressions).
    vectors: name -> float32[n, D], to be combined by dot products:
        link[i] . head[j]: how well the segment of a source, cue or content that starts at word i belongs to the
            attribution whose cue starts at word j (a logit, softmax over the candidates j; an attribution without a cue
            is headed by its first content word; the first word of a cue points to itself).
        mention_start[i] . mention_end[j]: logit that words i..j (j included) are one mention, names, descriptions and
            pronouns alike, nested ones too.
        kind_start[i] + kind_end[j]: logits over `MENTION_KINDS` of the mention i..j.
        (anaphor_start[i] + anaphor_end[j]) . (antecedent_start[k] + antecedent_end[l]): logit that mention i..j refers
            to the same as the earlier mention k..l, against 0 for "nothing before it".
        Links and antecedents were trained within one window (about 200 pieces); across windows they are a hint.
    transitions: head -> float32[T, T], log-weights of tag (row) followed by tag (column), to be added in decoding.
    """

    words: Integers
    paragraphs: Integers
    tags: Mapping[str, Floats]
    vectors: Mapping[str, Floats]
    transitions: Mapping[str, Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded model with its tokeniser; holds memory, not state, and may be used again for any number of reports."""

    session: Session
    tokenizer: Tokenizer
    version: str
    transitions: Mapping[str, Floats] = field(default_factory=dict)


def load_encoder(weights: Weights | None = None, *, threads: int = 1) -> Encoder:
    """Builds the model from checked weights (those of the package unless given); `threads` per call of the model."""
    return _build(weights or load_weights(), threads)


@lru_cache(maxsize=1)
def packaged_encoder() -> Encoder:
    """The encoder of the package's own weights on one thread, loaded once per process."""
    return load_encoder()


def encode(document: Document, encoder: Encoder | None = None) -> Scores:
    """Runs the model over the story blocks of a document."""
    encoder = encoder or packaged_encoder()
    paragraphs = story_paragraphs(document)
    words = split_words(document.text, paragraphs, encoder.tokenizer)
    starts = frozenset(sentence.start for sentence in document.sentences)
    windows = cut(words, starts, context=CONTEXT_PIECES)
    return _scores(words, _rows(words, windows, encoder.session), encoder.transitions)


def story_paragraphs(document: Document) -> tuple[tuple[int, int], ...]:
    """Spans of the blocks that are part of the story; lines of the text where a document has no blocks."""
    if document.blocks:
        return tuple((block.span.start, block.span.end) for block in document.blocks if block.kind in STORY_KINDS)
    return line_spans(document.text)


def line_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the lines of a text that hold anything but white space."""
    spans = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return tuple(spans)


def _build(weights: Weights, threads: int) -> Encoder:
    session = load_session(weights.model, threads)
    transitions = {head: np.array(rows, dtype=np.float32) for head, rows in weights.transitions.items()}
    return Encoder(session, load_tokenizer(weights.tokenizer), weights.version, transitions)


def _rows(words: Words, windows: Sequence[Window], session: Session) -> Floats:
    """The model's output for every word, float32[n, WIDTH]. One window at a time: nothing is padded, the rounding of
    one window knows nothing of another, and on one core it is a fifth faster than eight together (its values stay in
    the processor's cache)."""
    rows = np.empty((len(words), WIDTH), dtype=np.float32)
    asked = [each.name for each in session.get_inputs()]  # a graph for windows that are never padded wants no mask
    laid_out = [batch_inputs(words, [window]) for window in windows]  # at once: the model's runs empty the cache
    for window, (inputs, (place,)) in zip(windows, laid_out, strict=True):
        (output,) = session.run(None, {name: inputs[name] for name in asked})
        core = place[window.core_start - window.start : window.core_end - window.start]
        np.take(output[0], core, axis=0, out=rows[window.core_start : window.core_end], mode="clip")
    return rows


def batch_inputs(words: Words, windows: Sequence[Window]) -> tuple[dict[str, NDArray[np.int64]], list[Integers]]:
    """The model's inputs, int64[windows, longest window], and where in its window each word's first piece stands."""
    laid_out = [_lay_out(words, window) for window in windows]
    longest = max(inputs.shape[1] for inputs, _ in laid_out)
    stacked = np.zeros((5, len(windows), longest), dtype=np.int64)
    for number, (inputs, _) in enumerate(laid_out):
        stacked[:, number, : inputs.shape[1]] = inputs
    names = ("pieces", "mask", "shapes", "quotes", "starts")
    return dict(zip(names, stacked, strict=True)), [place for _, place in laid_out]


def _lay_out(words: Words, window: Window) -> tuple[NDArray[np.int64], Integers]:
    """Five rows (pieces, mask, shapes, quotes, starts) of one window, and the place of each word's first piece."""
    total = words.total[window.start : window.end + 1]
    size, lengths = int(total[-1] - total[0]), np.diff(total)
    pieces = chain.from_iterable(words.pieces[window.start : window.end])
    inputs = np.zeros((5, size + 2), dtype=np.int64)
    inputs[0, 0], inputs[0, -1] = CLS, SEP
    inputs[0, 1:-1] = np.fromiter(pieces, np.int64, size)
    inputs[1] = 1
    for row, feature in ((2, words.shapes), (3, words.quotes)):
        inputs[row, 1:-1] = np.repeat(feature[window.start : window.end], lengths)
    places = (total[:-1] - total[0] + 1).astype(np.int32)
    inputs[4, places] = words.starts[window.start : window.end]
    return inputs, places


def _scores(words: Words, rows: Floats, transitions: Mapping[str, Floats]) -> Scores:
    place = columns()
    return Scores(
        words=words.spans,
        paragraphs=words.paragraph,
        tags={head: log_softmax(rows[:, place[head]]) for head in TAGS},
        vectors={name: rows[:, place[name]] for name in VECTORS},
        transitions=transitions,
    )


#: Ids of the two special pieces in the vocabulary of BERT, uncased.
CLS: Final = 101
SEP: Final = 102
