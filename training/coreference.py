"""Fits the network of resolve/ranker.py: which earlier mention a pronoun or description points back to.

    python -m training.coreference [--data ../shared/data] [--weights FOLDER] [--out FILE]

Trains on OntoGUM's training documents and LitBank with gold mentions; the loss is the marginal log-likelihood of the
right antecedents (Lee et al. 2017). The encoder's vectors are part of
the features: fit again whenever the encoder changes. Minutes on one core. Watches OntoGUM dev.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from onrecord.find.encoder import Encoder, encode, load_encoder
from onrecord.find.mentions import coreference_vectors
from onrecord.find.quotes import find_quotes
from onrecord.find.weights import PACKAGED, load_weights
from onrecord.resolve.coref import standings_of
from onrecord.resolve.ranker import REACH, SIMILARITIES, Floats, Network, pair_features, single_features, table
from onrecord.resolve.traits import traits_of
from training.coreference_data import Chained, gum, litbank

HIDDEN = 96
#: Share of steps without the encoder's vectors.
BLIND = 0.1


class Example(NamedTuple):
    """One document's pairs: features, the row each pair belongs to, whether it is right; and the single mentions'."""

    pairs: torch.Tensor
    row: torch.Tensor
    right: torch.Tensor
    singles: torch.Tensor
    rows: torch.Tensor
    starts_chain: torch.Tensor


class Ranker(nn.Module):
    def __init__(self, pair_width: int, single_width: int) -> None:
        super().__init__()
        self.pair_in, self.pair_out = nn.Linear(pair_width, HIDDEN), nn.Linear(HIDDEN, 1, bias=False)
        self.single_in, self.single_out = nn.Linear(single_width, HIDDEN), nn.Linear(HIDDEN, 1, bias=False)
        self.drop = nn.Dropout(0.2)

    def forward(self, example: Example) -> torch.Tensor:
        pairs = self.pair_out(self.drop(torch.relu(self.pair_in(example.pairs)))).squeeze(-1)
        singles = self.single_out(self.drop(torch.relu(self.single_in(example.singles)))).squeeze(-1)
        return marginal_loss(pairs, singles, example)


def marginal_loss(pairs: torch.Tensor, singles: torch.Tensor, example: Example) -> torch.Tensor:
    """Minus log of the probability mass on right antecedents, or on "none" for a mention that starts a chain."""
    count = len(singles)
    everything = _log_sum(pairs, example.row, singles)
    none = torch.where(example.starts_chain, singles, torch.full_like(singles, -1e4))
    right = _log_sum(pairs.masked_fill(~example.right, -1e4), example.row, none)
    return (everything - right).sum() / max(1, count)


def _log_sum(pairs: torch.Tensor, row: torch.Tensor, singles: torch.Tensor) -> torch.Tensor:
    top = singles.detach().scatter_reduce(0, row, pairs.detach(), "amax")
    total = torch.exp(singles - top).scatter_add(0, row, torch.exp(pairs - top[row]))
    return torch.log(total + 1e-12) + top


def example_of(chained: Chained, vectors: tuple[Floats, Floats] | None = None) -> Example | None:
    mentions = chained.mentions
    if len(mentions) < 2:
        return None
    traits = [traits_of(chained.document, mention) for mention in mentions]
    quotations = [quote.span for quote in find_quotes(chained.document)]
    standings = standings_of(chained.document, mentions, quotations)
    columns = table([m.form for m in mentions], [m.kind for m in mentions], traits, standings, vectors)
    rows = np.arange(len(columns))
    late, back = np.meshgrid(rows, np.arange(1, REACH + 1), indexing="ij")
    early = late - back
    keep = early >= 0
    late, early = late[keep], early[keep]
    if not len(late):
        return None
    ids = {chain: number for number, chain in enumerate(sorted({c for c in chained.chains if c is not None}))}
    chain = np.array([ids.get(c or "", -1 - n) for n, c in enumerate(chained.chains)])
    right = chain[late] == chain[early]
    place = np.full(len(mentions), -1)
    place[rows] = np.arange(len(rows))
    answered = np.zeros(len(rows), bool)
    answered[place[late[right]]] = True
    return Example(
        torch.from_numpy(pair_features(columns, late, early)),
        torch.from_numpy(place[late]),
        torch.from_numpy(right),
        torch.from_numpy(single_features(columns)[rows]),
        torch.from_numpy(rows),
        torch.from_numpy(~answered),
    )


def fit(examples: Sequence[Example], watched: Sequence[Example], *, epochs: int, seed: int = 0) -> Ranker:
    torch.manual_seed(seed)
    model = Ranker(examples[0].pairs.shape[1], examples[0].singles.shape[1])
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02)
    steps = epochs * len(examples)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for index in torch.randperm(len(examples)).tolist():
            loss = model(_without_encoder(examples[index]) if torch.rand(()) < BLIND else examples[index])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        model.eval()
        with torch.no_grad():
            held = sum(model(example).item() for example in watched) / max(1, len(watched))
        print(f"epoch {epoch + 1}: loss {total / len(examples):.4f}, watched {held:.4f}", flush=True)
    return model


def _without_encoder(example: Example) -> Example:
    """The example as it is where there are no vectors: the ranker must stand without them."""
    pairs = example.pairs.clone()
    pairs[:, -SIMILARITIES:] = 0.0
    return example._replace(pairs=pairs)


def network_of(model: Ranker) -> Network:
    def array(parameter: torch.Tensor) -> Floats:
        return parameter.detach().numpy().astype(np.float32)

    return Network(
        array(model.pair_in.weight.T),
        array(model.pair_in.bias),
        array(model.pair_out.weight[0]),
        array(model.single_in.weight.T),
        array(model.single_in.bias),
        array(model.single_out.weight[0]),
    )


def save(network: Network, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **{name: value.astype(np.float16) for name, value in network._asdict().items()})


def examples_of(documents: Iterable[Chained], encoder: Encoder) -> list[Example]:
    found = []
    for chained in documents:
        vectors = coreference_vectors(encode(chained.document, encoder), chained.mentions)
        example = example_of(chained, vectors)
        if example is not None:
            found.append(example)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("src/onrecord/resolve/data/ranker.npz"))
    parser.add_argument("--weights", type=Path, default=PACKAGED, help="folder of the encoder's weights")
    parser.add_argument("--epochs", type=int, default=6)
    options = parser.parse_args()
    torch.set_num_threads(1)
    encoder = load_encoder(load_weights(options.weights))
    train = examples_of([*gum(options.data, "train"), *litbank(options.data)], encoder)
    watched = examples_of(gum(options.data, "dev"), encoder)
    save(network_of(fit(train, watched, epochs=options.epochs)), options.out)


if __name__ == "__main__":
    main()
