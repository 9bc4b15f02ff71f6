"""Taught documents -> batches of windows of like length, with every target as a tensor.

Fixed seeds: the same corpora, mix and seed give the same batches. Augmentation happens before, on the text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from torch import Tensor

from onrecord.find.encoder import batch_inputs
from onrecord.find.labels import TAGS
from onrecord.find.windows import Window, cut
from training.targets import Taught

#: Longest mention that is scored, in words.
LONGEST_MENTION = 30
#: Pieces of a window are padded to a multiple of this, which a GPU's attention wants.
_EVEN = 8


@dataclass(frozen=True, slots=True)
class Example:
    """One window of one document."""

    taught: Taught
    window: Window
    pieces: int


@dataclass(frozen=True, slots=True)
class Batch:
    """`inputs` as the model takes them. `place` int64[b, n] is the first piece of each word, `present` bool[b, n] which
    words there are, `starts` bool[b, n] which start a paragraph. `masks` head -> int64[b, n]. The rest are index rows:
    links (window, segment word, head word, is source), mentions (window, first, last, kind, chain, 1 if the chain began
    before this window, so that its antecedent cannot be asked for);
    `mentions_known` bool[b]. `labelled` says which heads have a label here, so that no device need be asked. `half`:
    which half of its corpus each document belongs to (2: none that a teacher knows)."""

    inputs: dict[str, Tensor]
    place: Tensor
    present: Tensor
    starts: Tensor
    masks: dict[str, Tensor]
    links: Tensor
    mentions: Tensor
    mentions_known: Tensor
    labelled: frozenset[str]
    pieces: int
    half: int = 0

    def to(self, device: str) -> Batch:
        """The same on another device."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return Batch(**{name: _moved(value, device) for name, value in values.items()})


def _moved(value: Any, device: str) -> Any:
    if isinstance(value, dict):
        return {name: _moved(each, device) for name, each in value.items()}
    return value.to(device, non_blocking=True) if isinstance(value, Tensor) else value


def examples(taught: Taught, chance: random.Random | None = None) -> list[Example]:
    """The windows of a document; `chance` shifts where they are cut."""
    first = chance.randint(60, 206) if chance else None
    found = []
    for window in cut(taught.words, taught.sentence_starts, first=first):
        pieces = sum(len(ids) for ids in taught.words.pieces[window.start : window.end])
        found.append(Example(taught, window, pieces + 2))
    return found


def batches(
    some: Sequence[Example], most_pieces: int, chance: random.Random | None = None, half: int = 0
) -> Iterator[Batch]:
    """Windows of like length together, at most `most_pieces` with padding; in random order where `chance` is given."""
    groups: list[list[Example]] = [[]]
    for example in sorted(some, key=lambda example: example.pieces):
        if groups[-1] and (len(groups[-1]) + 1) * example.pieces > most_pieces:
            groups.append([])
        groups[-1].append(example)
    if chance:
        chance.shuffle(groups)
    for group in groups:
        if group:
            yield batch(group, half)


def batch(group: Sequence[Example], half: int = 0) -> Batch:
    """Stacks windows, padding words and pieces."""
    inputs: list[dict[str, np.ndarray]] = []
    places: list[np.ndarray] = []
    for example in group:
        values, place = batch_inputs(example.taught.words, [example.window])
        inputs.append({name: value[0] for name, value in values.items()})
        places.append(place[0])
    sizes = [example.window.end - example.window.start for example in group]
    masks = {head: _stack([_part(example, example.taught.masks[head]) for example in group]) for head in TAGS}
    return Batch(
        inputs={name: torch.from_numpy(_stack([one[name] for one in inputs], _EVEN)) for name in inputs[0]},
        place=torch.from_numpy(_stack(places)).long(),
        present=torch.from_numpy(np.arange(max(sizes))[None] < np.array(sizes)[:, None]),
        starts=torch.from_numpy(_stack([_part(example, example.taught.words.starts) for example in group])) > 0,
        masks={head: torch.from_numpy(mask).long() for head, mask in masks.items()},
        links=_links(group),
        mentions=_mentions(group),
        mentions_known=torch.tensor([example.taught.mentions_known for example in group]),
        labelled=frozenset(head for head, mask in masks.items() if mask.any()),
        pieces=sum(example.pieces for example in group),
        half=half,
    )


def _part(example: Example, values: np.ndarray) -> np.ndarray:
    return values[example.window.start : example.window.end]


def _stack(rows: Sequence[np.ndarray], multiple: int = 1) -> np.ndarray:
    """Rows padded to the length of the longest, or to the next multiple."""
    longest = -(-max(map(len, rows)) // multiple) * multiple
    stacked = np.zeros((len(rows), longest), dtype=rows[0].dtype)
    for number, row in enumerate(rows):
        stacked[number, : len(row)] = row
    return stacked


def _links(group: Sequence[Example]) -> Tensor:
    rows = [
        (number, segment - example.window.start, head - example.window.start, int(source))
        for number, example in enumerate(group)
        for segment, head, source in example.taught.links
        if example.window.start <= min(segment, head) and max(segment, head) < example.window.end
    ]
    return torch.tensor(rows, dtype=torch.long).reshape(-1, 4)


def _mentions(group: Sequence[Example]) -> Tensor:
    rows = []
    for number, example in enumerate(group):
        start, end = example.window.start, example.window.end
        begun = {chain for first, _, _, chain in example.taught.mentions if first < start and chain >= 0}
        rows += [
            (number, first - start, last - start, kind, chain, int(chain in begun))
            for first, last, kind, chain in example.taught.mentions
            if start <= first and last < end
        ]
    return torch.tensor(rows, dtype=torch.long).reshape(-1, 6)
