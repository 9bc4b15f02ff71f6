"""Fits the chain of `onrecord.find.name_words` on documents with names, without the encoder (for training/names.py).

By CRFsuite (Okazaki 2007; python-crfsuite, MIT), with L1 and L2 penalties: the first leaves one feature in fifteen.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.find.labels import TAGS
from onrecord.find.name_words import Chain, features_of_words, stretches

PENALTIES = {"c1": 0.15, "c2": 0.02, "feature.minfreq": 2, "max_iterations": 60, "num_memories": 4}
#: Added where a tag must not follow a tag: a probability of nothing, within float64.
NEVER = -1e4


class Labelled(NamedTuple):
    """Words of a document, the paragraph of each, and the tag of each as an index."""

    words: list[str]
    paragraphs: NDArray[np.int32]
    tags: NDArray[np.int64]


def learn_chain(documents: Iterable[Labelled]) -> Chain:
    """The chain that makes the tags of these documents likeliest."""
    import pycrfsuite  # here alone: to weigh the evidence again (--keep-words) it is not needed

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(PENALTIES)
    for features, tags in chain.from_iterable(map(_sequences, documents)):
        trainer.append(features, tags)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "chain")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        learnt = tagger.info()
    return _packed(learnt.state_features, learnt.transitions)


def _sequences(document: Labelled) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Of each stretch the features and the tag of each word."""
    read = stretches(document.words, document.paragraphs)
    features = iter(features_of_words(document.words, document.paragraphs, read))
    for start, end in read:
        tags = [TAGS["name"][tag] for tag in document.tags[start:end]]
        yield [[str(key) for key in keys] for keys in islice(features, end - start)], tags


def _packed(state: dict[tuple[str, str], float], follows: dict[tuple[str, str], float]) -> Chain:
    tags = TAGS["name"]
    keys = sorted({int(key) for key, _ in state})
    rows = {key: row for row, key in enumerate(keys)}
    table = np.zeros((len(keys) + 1, len(tags)))
    for (key, tag), weight in state.items():
        table[rows[int(key)], tags.index(tag)] = weight
    table = np.clip(table, -_most(table), _most(table))
    scale = np.float32(np.abs(table).max() / 127)
    steps = np.array([[_step(before, after, follows) for after in tags] for before in tags], dtype=np.float32)
    return Chain(np.array(keys, dtype=np.uint32), np.round(table / scale).astype(np.int8), np.array(scale), steps)


def _most(table: NDArray[np.float64]) -> float:
    """A few weights are far greater than all others, and would leave these too coarse."""
    return float(np.quantile(np.abs(table[table != 0]), 0.9995))


def _step(before: str, after: str, follows: dict[tuple[str, str], float]) -> float:
    """Events are not told apart in Worldwide; I- follows its own kind alone."""
    if "event" in before + after or (after[0] == "I" and after[2:] != before[2:]):
        return NEVER
    return follows.get((before, after), 0.0)


def tags_of(named: dict[tuple[int, int], int], count: int) -> NDArray[np.int64]:
    """The tags of so many words by the names among them, (first word, end) -> kind."""
    tags = np.zeros(count, dtype=np.int64)
    for (start, end), kind in named.items():
        tags[start], tags[start + 1 : end] = 1 + 2 * kind, 2 + 2 * kind
    return tags
