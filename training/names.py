"""Fits what find/name_choice.py weighs. `python -m training.names CORPORA/worldwide` (after every new encoder).

The table of words is learnt from Worldwide train, without the encoder; `--keep-words` leaves it as it is. The weights
of the evidence are fitted on Worldwide dev, since on train the encoder is surer than on anything new; the figure
printed is cross-fitted over five parts of dev, so that no document was scored by weights that saw it.
"""

from __future__ import annotations

import argparse
import random
import time
import zlib
from collections.abc import Iterator, Sequence
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
from onrecord.find.name_words import ROWS, rows_of_spans
from onrecord.find.names import find_names
from onrecord.find.weights import PACKAGED, load_weights
from onrecord.find.windows import split_words
from training.annotated import Annotated
from training.corpora import worldwide
from training.scoring import Count, exact, interval, total
from training.targets import document_of

OUT = Path("src/onrecord/find/data/names.npz")
CORE = ("person", "organisation", "place")
NO_NAME, CUT_WRONG = KINDS, KINDS + 1
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
    parser.add_argument("--keep-words", action="store_true", help="keep the table of words that OUT holds")
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
    """The table of words and the transitions, with no weights of evidence yet."""
    rows: list[list[int]] = []
    kinds: list[int] = []
    follows = np.ones((len(TAGS["name"]),) * 2)
    for document in documents:
        if document.split == "train":
            words = split_words(document.text, line_spans(document.text), encoder.tokenizer)
            named = _named(document, words.spans)
            texts = [document.text[start:end] for start, end in words.spans.tolist()]
            _count_transitions(follows, named, words.paragraph)
            examples = list(_examples(texts, named, words.paragraph, random.Random(len(rows))))
            rows += rows_of_spans(texts, words.paragraph, [(start, end) for start, end, _ in examples])
            kinds += [kind for _, _, kind in examples]
    table, prior = _learn(rows, kinds)
    scale = (np.abs(table).max(axis=0) / 127).astype(np.float32)
    rounded = np.round(table / scale).astype(np.int8)
    nothing = np.zeros(0, dtype=np.float32)
    return Weights(rounded, scale, prior, nothing, nothing, nothing, _transitions(follows))


def _named(document: Annotated, spans: NDArray[np.int32]) -> dict[tuple[int, int], int]:
    found = {}
    for start, end, kind in document.names or ():
        first, stop = int(np.searchsorted(spans[:, 1], start, "right")), int(np.searchsorted(spans[:, 0], end, "left"))
        if first < stop:
            found[first, stop] = NAME_KINDS.index(kind)
    return found


def _examples(
    words: Sequence[str], named: dict[tuple[int, int], int], paragraphs: NDArray[np.int32], chance: random.Random
) -> Iterator[tuple[int, int, int]]:
    """The names, up to two wrong cuts of each, and capitalised words that are none."""
    taken = np.zeros(len(words), dtype=bool)
    spans = sorted(named)
    for number, (start, end) in enumerate(spans):
        taken[start:end] = True
        yield start, end, named[start, end]
        near = [(start + a, end + b) for a, b in ((1, 0), (0, -1), (-1, 0), (0, 1), (0, 2), (-2, 0), (1, 1), (-1, -1))]
        if number + 1 < len(spans) and spans[number + 1][0] - end <= 2:
            near += [(start, spans[number + 1][1])] * 3
        wrong = [span for span in near if span not in named and _could_be(words, span, paragraphs)]
        yield from ((*span, CUT_WRONG) for span in chance.sample(wrong, min(2, len(wrong))))
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end][0].isupper() and not taken[end] and paragraphs[end] == paragraphs[at]:
            end += 1
        if end > at:
            yield at, end, NO_NAME
        at = max(end, at + 1)


def _could_be(words: Sequence[str], span: tuple[int, int], paragraphs: NDArray[np.int32]) -> bool:
    start, end = span
    if not 0 <= start < end <= len(words) or paragraphs[start] != paragraphs[end - 1]:
        return False
    return words[start][0].isupper() and words[end - 1][0].isalnum()


def _count_transitions(
    follows: NDArray[np.float64], named: dict[tuple[int, int], int], paragraphs: NDArray[np.int32]
) -> None:
    tags = np.zeros(len(paragraphs), dtype=int)
    for (start, end), kind in named.items():
        tags[start], tags[start + 1 : end] = 1 + 2 * kind, 2 + 2 * kind
    same = paragraphs[1:] == paragraphs[:-1]
    np.add.at(follows, (tags[:-1][same], tags[1:][same]), 1)


def _transitions(follows: NDArray[np.float64]) -> NDArray[np.float32]:
    """Log of how much likelier a tag follows a tag than by chance; events are not told apart in Worldwide."""
    joint = follows / follows.sum()
    table = TRANSITIONS * np.log(joint / joint.sum(axis=1, keepdims=True) / joint.sum(axis=0, keepdims=True))
    events = [TAGS["name"].index("B-event"), TAGS["name"].index("I-event")]
    table[events], table[:, events] = 0.0, 0.0
    return table.astype(np.float32)


def _learn(rows: Sequence[Sequence[int]], kinds: Sequence[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Multinomial logistic regression over hashed features, three in ten of which are hidden at each step."""
    flat = torch.tensor([row for some in rows for row in some])
    lengths = torch.tensor([len(some) for some in rows])
    starts = torch.cumsum(lengths, 0) - lengths
    wanted = torch.tensor(kinds)
    table = torch.zeros(ROWS, KINDS + 2, requires_grad=True)
    prior = torch.zeros(KINDS + 2, requires_grad=True)
    optimizer = torch.optim.Adam([table, prior], lr=0.01)
    generator = torch.Generator().manual_seed(1)
    for _ in range(8):
        for some in torch.randperm(len(wanted), generator=generator).split(2048):
            sums = _sums(table, flat, starts[some], lengths[some], generator)
            loss = functional.cross_entropy(sums + prior, wanted[some]) + 1e-6 * table.square().sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        for group in optimizer.param_groups:
            group["lr"] *= 0.8
    return table.detach().numpy(), prior.detach().numpy()


def _sums(table: Tensor, flat: Tensor, starts: Tensor, lengths: Tensor, generator: torch.Generator) -> Tensor:
    begins = torch.cumsum(lengths, 0) - lengths
    rows = flat[torch.repeat_interleave(starts - begins, lengths) + torch.arange(int(lengths.sum()))]
    shown = (torch.rand(len(rows), generator=generator) > 0.3).float() / 0.7
    return functional.embedding_bag(rows, table, begins, mode="sum", per_sample_weights=shown)


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
