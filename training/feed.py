"""Corpora -> training batches without end, in as many processes as asked: the mix, its order, augmentation.

The same corpora, plan and number of processes give the same batches. Trains nothing.
"""

from __future__ import annotations

import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from onrecord.find.windows import load_tokenizer
from training.annotated import Annotated, read
from training.augment import augment
from training.batches import Batch, Example, batches, examples
from training.synthesise import synthesise
from training.targets import teach

#: Passes over each corpus in one round; a round ends before any corpus is seen twice. Those of 0 label nothing: a run
#: with a teacher may take them.
MIX = {
    "polnear": 1.0,
    "worldwide": 1.0,
    "gum": 1.5,
    "timebank": 0.2,
    "meantime": 0.7,
    "wnut17": 0.2,
    "litbank": 0.15,
    "re3d": 0.5,
    "synthetic": 1.0,
    "reports": 1.0,
    "invented": 1.0,
    "standoff": 1.0,
    "inner": 1.0,
    "wikinews": 0.0,
    "article-pages": 0.0,
}


#: Corpora of attributions and names, of which a teacher may learn one half, to teach the other as what it has not seen.
HALVED = frozenset({"polnear", "reports", "invented", "standoff", "worldwide"})
#: The half of documents that no teacher knows: reported words alone, where what reports them is out of sight.
UNTAUGHT = 2
#: Documents that are cut into windows and mixed at a time.
_AT_A_TIME = 128


@dataclass(frozen=True, slots=True)
class Feed:
    """Where batches come from. `pieces` is the most of a batch with its padding; `half` (0 or 1) leaves out the other
    half of the corpora that are `HALVED`."""

    corpora: Path
    tokenizer: Path
    pieces: int = 1700
    mix: Mapping[str, float] = field(default_factory=lambda: MIX)
    seed: int = 1
    processes: int = 0
    half: int | None = None


def endless(feed: Feed, step: int = 0) -> Iterator[Batch]:
    """Rounds over the mix without end; `step` is where a resumed run stands, so that it sees other cuts."""
    torch.multiprocessing.set_sharing_strategy("file_system")
    loader = DataLoader(
        _Rounds(feed, step),
        batch_size=None,
        num_workers=feed.processes,
        prefetch_factor=8 if feed.processes else None,
    )
    yield from loader


class _Rounds(IterableDataset[Batch]):
    """Each process goes through rounds of its own."""

    def __init__(self, feed: Feed, step: int) -> None:
        self.feed, self.step = feed, step

    def __iter__(self) -> Iterator[Batch]:
        worker = get_worker_info()
        number = worker.id if worker else 0
        return _rounds(self.feed, random.Random((self.feed.seed * 1_000_003 + self.step) * 1_009 + number))


def _rounds(feed: Feed, chance: random.Random) -> Iterator[Batch]:
    """Some documents at a time, those of one half in batches of their own."""
    corpora = training_documents(feed.corpora, feed.half)
    tokenizer = load_tokenizer(feed.tokenizer.read_text(encoding="utf-8"))
    people, named = _people(corpora.get("worldwide", [])), _named(corpora)
    queues: dict[str, list[Annotated]] = defaultdict(list)
    while True:
        drawn = _draw(corpora, feed.mix, queues, chance)
        chance.shuffle(drawn)
        for first in range(0, len(drawn), _AT_A_TIME):
            windows: dict[int, list[Example]] = {0: [], 1: [], UNTAUGHT: []}
            for document in drawn[first : first + _AT_A_TIME]:
                names = people if document.corpus in {"polnear", "unlabelled"} else ()
                taught = teach(augment(document, chance, names, named), tokenizer)
                windows[half_of(document)] += examples(taught, chance)
            cut = [batch for half in windows for batch in batches(windows[half], feed.pieces, chance, half)]
            chance.shuffle(cut)
            yield from cut


def half_of(document: Annotated) -> int:
    """Which half of its corpus a document belongs to, by hash of its name."""
    if document.corpus == "inner":
        return UNTAUGHT
    return zlib.crc32(f"half of {document.id}".encode()) % 2


def training_documents(folder: Path, half: int | None = None) -> dict[str, list[Annotated]]:
    """The part of each prepared corpus that is for training, and what is made up out of it."""
    found = {path.stem: [d for d in read(path) if d.split == "train"] for path in sorted(folder.glob("*.jsonl"))}
    if half is not None:
        for name in HALVED & found.keys():
            found[name] = [document for document in found[name] if half_of(document) == half]
    if "polnear" in found:
        found["synthetic"] = list(synthesise(found["polnear"], 150))
    return found


def _draw(
    corpora: Mapping[str, list[Annotated]],
    mix: Mapping[str, float],
    queues: dict[str, list[Annotated]],
    chance: random.Random,
) -> list[Annotated]:
    """Each corpus's share of a round, from a shuffled queue that is refilled only when it runs out."""
    drawn: list[Annotated] = []
    for name in sorted(corpora):
        for _ in range(round(mix.get(name, 0) * len(corpora[name]))):
            if not queues[name]:
                queues[name] = list(corpora[name])
                chance.shuffle(queues[name])
            drawn.append(queues[name].pop())
    return drawn


def _people(documents: Sequence[Annotated]) -> list[tuple[str, str]]:
    """First and last names of people in the news of other regions."""
    found = {
        tuple(document.text[start:end].split(" ", 1))
        for document in documents
        for start, end, kind in document.names or ()
        if kind == "person" and re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+){1,2}", document.text[start:end])
    }
    return sorted(found)  # type: ignore[arg-type]


def _named(corpora: Mapping[str, Sequence[Annotated]]) -> dict[str, list[str]]:
    """The names of each kind in all corpora, as often as they stand there."""
    found: dict[str, list[str]] = defaultdict(list)
    for documents in corpora.values():
        for document in documents:
            for start, end, kind in document.names or ():
                found[kind].append(document.text[start:end])
    return dict(found)
