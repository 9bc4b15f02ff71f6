"""Hand-made Scores for tests of finders: say which words carry which tag, and which words point to which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from onrecord.find.encoder import Scores, line_spans
from onrecord.find.labels import TAGS, VECTORS

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


def make_scores(
    text: str,
    tagged: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    links: Sequence[tuple[str, str]] = (),
    *,
    sure: float = 0.98,
) -> Scores:
    """Scores of a model that is `sure` of exactly what it is told.

    `tagged` maps a head ("source", "cue", "content", "name", "time") to pairs (kind, words as they stand in the text);
    for the first three the kind is the head's own name. Words that stand in the text more than once are written with
    their turn, "he#2". `links` are pairs (words of a segment, words of the cue it belongs to).

    >>> make_scores("He said so.", {"source": [("source", "He")], "cue": [("cue", "said")]}, [("He", "said")])
    """
    paragraphs = line_spans(text)
    spans = [
        (number, start + found.start(), start + found.end())
        for number, (start, end) in enumerate(paragraphs)
        for found in _WORD.finditer(text[start:end])
    ]
    words = np.array([span[1:] for span in spans], dtype=np.int32).reshape(-1, 2)
    tags = {head: _tags(text, words, names, (tagged or {}).get(head, ()), sure=sure) for head, names in TAGS.items()}
    vectors = {name: np.zeros((len(words), size), dtype=np.float32) for name, size in VECTORS.items()}
    for number, (segment, cue) in enumerate(links):
        vectors["link"][_words_of(text, words, segment)[0], number % VECTORS["link"]] = 10.0
        vectors["head"][_words_of(text, words, cue)[0], number % VECTORS["head"]] = 1.0
    return Scores(words, np.array([span[0] for span in spans], dtype=np.int32), tags, vectors)


def _tags(
    text: str, words: np.ndarray, names: Sequence[str], given: Sequence[tuple[str, str]], *, sure: float
) -> np.ndarray:
    chosen = np.zeros(len(words), dtype=np.int64)
    for kind, wanted in given:
        places = _words_of(text, words, wanted)
        chosen[places] = names.index(f"I-{kind}")
        chosen[places[0]] = names.index(f"B-{kind}")
    probabilities = np.full((len(words), len(names)), (1 - sure) / (len(names) - 1), dtype=np.float32)
    probabilities[np.arange(len(words)), chosen] = sure
    return np.log(probabilities)


def _words_of(text: str, words: np.ndarray, wanted: str) -> list[int]:
    """Indices of the words of a stretch of the text, "#2" for its second turn."""
    stretch, _, turn = wanted.partition("#") if re.search(r"#\d+$", wanted) else (wanted, "", "1")
    start = -1
    for _ in range(int(turn)):
        start = text.index(stretch, start + 1)
    end = start + len(stretch)
    return [at for at, (left, right) in enumerate(words.tolist()) if start <= left and right <= end]
