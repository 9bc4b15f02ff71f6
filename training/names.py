"""Fits what find/name_choice.py weighs. `python -m training.names CORPORA/worldwide` (after every new encoder).

The chain of words is learnt from Worldwide train, without the encoder; `--keep-words` leaves it as it is. The weights
of the evidence are fitted on Worldwide dev, since on train the encoder is surer than on anything new; the figure
printed is cross-fitted over five parts of dev, so that no document was scored by weights that saw it.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from onrecord.find.encoder import Encoder, Scores, encode, line_spans, load_encoder
from onrecord.find.labels import NAME_KINDS, TAGS
from onrecord.find.name_choice import BY_KIND, FOR_ANY, KINDS, Evidence, Weights, read_weights, weigh
from onrecord.find.names import find_names
from onrecord.find.weights import PACKAGED, load_weights
from onrecord.find.windows import split_words
from training.annotated import Annotated
from training.corpora import worldwide
from training.name_words import Labelled, learn_chain, tags_of
from training.scoring import Count, exact, interval, total
from training.targets import document_of

OUT = Path("src/onrecord/find/data/names.npz")
CORE = ("person", "organisation", "place")
NO_NAME = KINDS
#: Share of the logarithm of how often a tag follows a tag, beyond chance, that is added in decoding.
TRANSITIONS = 0.2
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Read:
    """A document with what the encoder says of it, and its names as (first word, end, kind)."""

    annotated: Annotated
    scores: Scores
    words: list[str]
    names: dict[tuple[int, int], int]

    @property
    def fold(self) -> int:
        return zlib.crc32(self.annotated.id.encode()) % FOLDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("worldwide", type=Path)
    parser.add_argument("--weights", type=Path, default=PACKAGED, help="of the encoder")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--keep-words", action="store_true", help="keep the chain of words that OUT holds")
    options = parser.parse_args()
    torch.set_num_threads(1)
    encoder = load_encoder(load_weights(options.weights))
    documents = list(worldwide(options.worldwide))
    start = time.monotonic()
    words = read_weights(options.out.read_bytes()) if options.keep_words else learn_words(documents, encoder)
    print(f"words: {time.monotonic() - start:.0f} s", flush=True)
    read = [read_with(document, encoder) for document in documents if document.split == "dev"]
    print(f"encoded: {time.monotonic() - start:.0f} s", flush=True)
    print(cross_fitted(read, words))
    fitted = fit(read, words)
    np.savez_compressed(options.out, **fitted._asdict())
    weighed = zip((*BY_KIND, *FOR_ANY), (*fitted.by_kind.tolist(), *fitted.for_any.tolist()), strict=True)
    print(", ".join(f"{name} {weight:.2f}" for name, weight in weighed))


def learn_words(documents: Sequence[Annotated], encoder: Encoder) -> Weights:
    """The chain of words and the transitions, with no weights of evidence yet."""
    follows = np.ones((len(TAGS["name"]),) * 2)
    labelled = []
    for document in documents:
        if document.split == "train":
            words = split_words(document.text, line_spans(document.text), encoder.tokenizer)
            tags = tags_of(_named(document, words.spans), len(words.spans))
            _count_transitions(follows, tags, words.paragraph)
            texts = [document.text[start:end] for start, end in words.spans.tolist()]
            labelled.append(Labelled(texts, words.paragraph, tags))
    nothing = np.zeros(0, dtype=np.float32)
    return Weights(*learn_chain(labelled), nothing, nothing, nothing, _transitions(follows))


def _named(document: Annotated, spans: NDArray[np.int32]) -> dict[tuple[int, int], int]:
    found = {}
    for start, end, kind in document.names or ():
        first, stop = int(np.searchsorted(spans[:, 1], start, "right")), int(np.searchsorted(spans[:, 0], end, "left"))
        if first < stop:
            found[first, stop] = NAME_KINDS.index(kind)
    return found


def _count_transitions(follows: NDArray[np.float64], tags: NDArray[np.int64], paragraphs: NDArray[np.int32]) -> None:
    same = paragraphs[1:] == paragraphs[:-1]
    np.add.at(follows, (tags[:-1][same], tags[1:][same]), 1)


def _transitions(follows: NDArray[np.float64]) -> NDArray[np.float32]:
    """Log of how much likelier a tag follows a tag than by chance; events are not told apart in Worldwide."""
    joint = follows / follows.sum()
    table = TRANSITIONS * np.log(joint / joint.sum(axis=1, keepdims=True) / joint.sum(axis=0, keepdims=True))
    events = [TAGS["name"].index("B-event"), TAGS["name"].index("I-event")]
    table[events], table[:, events] = 0.0, 0.0
    return table.astype(np.float32)


def read_with(document: Annotated, encoder: Encoder) -> Read:
    """A document with its scores."""
    scores = encode(document_of(document.text), encoder)
    words = [document.text[start:end] for start, end in scores.words.tolist()]
    return Read(document, scores, words, _named(document, scores.words))


def fit(read: Sequence[Read], words: Weights) -> Weights:
    """The weights of the evidence that make the names of these documents likeliest."""
    weighed = [(found, one) for one in read if (found := _weighed(one, words)) is not None]
    by_kind = torch.tensor(np.concatenate([found.by_kind for found, _ in weighed]))
    for_any = torch.tensor(np.concatenate([found.for_any for found, _ in weighed]))
    wanted = torch.tensor([one.names.get(span, NO_NAME) for found, one in weighed for span in found.spans])
    parts = [torch.full((count,), 0.1, requires_grad=True) for count in (len(BY_KIND), len(FOR_ANY), KINDS + 1)]
    optimizer = torch.optim.LBFGS(parts, max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        sums = torch.einsum("nfk,f->nk", by_kind, parts[0]) + parts[2]
        sums = sums + functional.pad((for_any @ parts[1])[:, None].expand(-1, KINDS), (0, 1))
        loss = functional.cross_entropy(sums, wanted, reduction="sum") + sum(
            0.5 * part.square().sum() for part in parts
        )
        loss.backward()
        return loss

    optimizer.step(closure)
    fitted = [part.detach().numpy().astype(np.float32) for part in parts]
    return words._replace(by_kind=fitted[0], for_any=fitted[1], bias=fitted[2])


def _weighed(one: Read, words: Weights) -> Evidence | None:
    return weigh(one.words, one.scores.paragraphs, one.scores.tags["name"], words)


def cross_fitted(read: Sequence[Read], words: Weights) -> str:
    """F1 of `find_names` where each fifth of the documents is scored with weights fitted on the other four."""
    counts: list[Count] = []
    for fold in range(FOLDS):
        weights = fit([one for one in read if one.fold != fold], words)
        counts += [_count(one, weights) for one in read if one.fold == fold]
    sums, (low, high) = total(counts), interval(counts)
    shape = f"precision {100 * sums.precision:.1f}, recall {100 * sums.recall:.1f}, {sums.wanted} wanted"
    return f"cross-fitted: F1 {100 * sums.f1:.1f} ({100 * low:.1f}-{100 * high:.1f}), {shape}"


def _count(one: Read, weights: Weights) -> Count:
    names = find_names(document_of(one.annotated.text), one.scores, weights=weights)
    found = [(name.span.start, name.span.end, name.kind) for name in names if name.kind in CORE]
    return exact(found, [name for name in one.annotated.names or () if name[2] in CORE])


if __name__ == "__main__":
    main()
