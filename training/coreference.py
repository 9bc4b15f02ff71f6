"""Fits the network of resolve/ranker.py: which earlier mention a pronoun or description points back to.

    python -m training.coreference [--data ../shared/data] [--weights FOLDER] [--out FILE]

Trains on the mentions that `find_mentions` finds in OntoGUM's training documents, unlikely ones included; the loss is
the marginal log-likelihood of the right antecedents (Lee et al. 2017). The encoder's opinion is part of the features:
fit again whenever the encoder changes. The encoder has learned from the same documents and is surer of them than it
will be of any report: its opinion is blurred for the fit. Watches OntoGUM dev.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from onrecord.find.encoder import Encoder, encode, load_encoder
from onrecord.find.mentions import Found, coreference_vectors, find_mentions
from onrecord.find.names import find_names
from onrecord.find.quotes import find_quotes
from onrecord.find.weights import PACKAGED, load_weights
from onrecord.read.segment import segment
from onrecord.record import Span
from onrecord.resolve.mention_table import HEADS, LOGIT_SCALE, OPINION, VECTOR_SCALE, WIDTH, Floats, Opinion, table
from onrecord.resolve.pair_features import likely_pairs, opinions_of, pair_features
from onrecord.resolve.ranker import Network
from onrecord.resolve.standings import standings_of
from onrecord.resolve.traits import traits_of
from training.coreference_data import Chained, gum

HIDDEN = 64
#: Columns at the end of the own and of the pair features that come from the encoder.
OPINIONS_OWN, OPINIONS_PAIR = OPINION + HEADS + 2 * WIDTH, WIDTH + 2
VECTORS = HEADS + 2 * WIDTH
#: Share of steps without the encoder's opinion.
BLIND = 0.05
#: Noise on the encoder's opinion, drawn anew for every step: on its vectors, in standard deviations of each column, and
#: on its logits. Of descriptions on OntoGUM dev it tells mentions from others with an area under the curve of .82, not
#: of .95 as in training, right antecedents with .77, not .80. Without: 57.0 (CoNLL F1, three seeds), with .3 and 2
#: 57.3, .5 and 3 57.2, .6 and 4 57.6.
BLUR, BLUR_LOGITS = 0.6, 4.0
RATE = 4e-3
DROP, DROP_IN = 0.2, 0.0


class Example(NamedTuple):
    """One document: features of each mention and of each pair, the rows of the pair, whether it is right, and which
    mentions point back at nothing."""

    own: torch.Tensor
    pairs: torch.Tensor
    late: torch.Tensor
    early: torch.Tensor
    right: torch.Tensor
    starts_chain: torch.Tensor


class Ranker(nn.Module):
    def __init__(self, own_width: int, pair_width: int) -> None:
        super().__init__()
        self.late_in, self.early_in = nn.Linear(own_width, HIDDEN), nn.Linear(own_width, HIDDEN, bias=False)
        self.pair_in, self.pair_out = nn.Linear(pair_width, HIDDEN, bias=False), nn.Linear(HIDDEN, 1, bias=False)
        self.single_in, self.single_out = nn.Linear(own_width, HIDDEN), nn.Linear(HIDDEN, 1, bias=False)
        self.drop, self.drop_in = nn.Dropout(DROP), nn.Dropout(DROP_IN)

    def forward(self, example: Example) -> torch.Tensor:
        own = self.drop_in(example.own)
        hidden = self.late_in(own)[example.late] + self.early_in(own)[example.early]
        hidden = torch.relu(hidden + self.pair_in(self.drop_in(example.pairs.float())))
        pairs = self.pair_out(self.drop(hidden)).squeeze(-1)
        singles = self.single_out(self.drop(torch.relu(self.single_in(own)))).squeeze(-1)
        return marginal_loss(pairs, singles, example)


def marginal_loss(pairs: torch.Tensor, singles: torch.Tensor, example: Example) -> torch.Tensor:
    """Minus log of the probability mass on right antecedents, or on "none" for a mention that starts a chain."""
    everything = _log_sum(pairs, example.late, singles)
    none = torch.where(example.starts_chain, singles, torch.full_like(singles, -1e4))
    right = _log_sum(pairs.masked_fill(~example.right, -1e4), example.late, none)
    return (everything - right).sum() / max(1, len(singles))


def _log_sum(pairs: torch.Tensor, row: torch.Tensor, singles: torch.Tensor) -> torch.Tensor:
    top = singles.detach().scatter_reduce(0, row, pairs.detach(), "amax")
    total = torch.exp(singles - top).scatter_add(0, row, torch.exp(pairs - top[row]))
    return torch.log(total + 1e-12) + top


def example_of(
    chained: Chained, found: Found, chains: Sequence[str | None], opinion: Opinion, quotations: Sequence[Span]
) -> Example | None:
    """The example of a document with mentions as found (or given) and the chain of each."""
    mentions = found.mentions
    if len(mentions) < 2:
        return None
    traits = [traits_of(chained.document, mention) for mention in mentions]
    standings = standings_of(chained.document, mentions, quotations)
    columns = table([m.form for m in mentions], [m.kind for m in mentions], traits, standings, opinion)
    late, early = likely_pairs(columns)
    ids = {chain: number for number, chain in enumerate(sorted({c for c in chains if c is not None}))}
    chain = np.array([ids.get(c or "", -1 - n) for n, c in enumerate(chains)])
    right = chain[late] == chain[early]
    answered = np.zeros(len(mentions), bool)
    answered[late[right]] = True
    return Example(
        torch.from_numpy(columns.own),
        torch.from_numpy(pair_features(columns, late, early)).half(),
        torch.from_numpy(late),
        torch.from_numpy(early),
        torch.from_numpy(right),
        torch.from_numpy(~answered),
    )


def chains_of(chained: Chained, found: Found) -> list[str | None]:
    """The gold chain of each mention found: of the same phrase, or for a name, of a phrase that it may head."""
    exact = {mention.span: chain for mention, chain in zip(chained.mentions, chained.chains, strict=True)}
    chains = []
    for mention, phrase in zip(found.mentions, found.phrases, strict=True):
        chain = exact.get(phrase) or exact.get(mention.span)
        chains.append(chain or (_chain_around(mention.span, chained) if mention.form == "name" else None))
    return chains


def _chain_around(name: Span, chained: Chained) -> str | None:
    """The chain of the shortest gold name with the same end, or the same start, as a name found."""
    around = [
        (len(mention.span), chain)
        for mention, chain in zip(chained.mentions, chained.chains, strict=True)
        if chain is not None
        and mention.form == "name"
        and mention.span.covers(name)
        and (mention.span.end == name.end or mention.span.start == name.start)
    ]
    return min(around)[1] if around else None


def fit(examples: Sequence[Example], watched: Sequence[Example], *, epochs: int, seed: int = 1) -> Ranker:
    torch.manual_seed(seed)
    model = Ranker(examples[0].own.shape[1], examples[0].pairs.shape[1])
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.02)
    spread = torch.cat([example.own[:, -VECTORS:] for example in examples]).std(0)
    steps = epochs * len(examples)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for index in torch.randperm(len(examples)).tolist():
            blind = torch.rand(()) < BLIND
            loss = model(_without_encoder(examples[index]) if blind else _blurred(examples[index], spread))
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
    """The example as it is where there is no opinion: the ranker must stand without it."""
    own, pairs = example.own.clone(), example.pairs.clone()
    own[:, -OPINIONS_OWN:] = 0.0
    pairs[:, -OPINIONS_PAIR:] = 0.0
    return example._replace(own=own, pairs=pairs)


def _blurred(example: Example, spread: torch.Tensor) -> Example:
    """The example as it might be of a report that the encoder has not learned from; `spread` (VECTORS) is the standard
    deviation of its vectors. What the encoder says of pairs follows from what it says of mentions."""
    own = example.own.clone()
    own[:, -VECTORS:] += BLUR * spread * torch.randn(len(own), VECTORS)
    own[:, -OPINIONS_OWN:-VECTORS] += BLUR_LOGITS / LOGIT_SCALE * torch.randn(len(own), OPINION)
    anaphors, antecedents = (VECTOR_SCALE * own[:, -2 * WIDTH :]).split(WIDTH, 1)
    opinions = torch.from_numpy(opinions_of(anaphors[example.late].numpy(), antecedents[example.early].numpy()))
    return example._replace(own=own, pairs=torch.cat((example.pairs[:, :-OPINIONS_PAIR].float(), opinions), 1))


def network_of(model: Ranker) -> Network:
    def array(parameter: torch.Tensor) -> Floats:
        return parameter.detach().numpy().astype(np.float32)

    return Network(
        late_in=array(model.late_in.weight.T),
        early_in=array(model.early_in.weight.T),
        pair_in=array(model.pair_in.weight.T),
        pair_bias=array(model.late_in.bias),
        pair_out=array(model.pair_out.weight[0]),
        single_in=array(model.single_in.weight.T),
        single_bias=array(model.single_in.bias),
        single_out=array(model.single_out.weight[0]),
    )


def save(network: Network, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **{name: value.astype(np.float16) for name, value in network._asdict().items()})


def gum_examples(data: Path, part: str, encoder: Encoder) -> Iterator[Example]:
    """OntoGUM's documents with mentions, sentences and quotations as they are found."""
    for chained in gum(data, part):
        document = replace(chained.document, sentences=segment(chained.document.text, chained.document.blocks))
        chained = chained._replace(document=document)
        scores = encode(document, encoder)
        found = find_mentions(document, scores, find_names(document, scores))
        opinion = Opinion(*coreference_vectors(scores, found))
        quotations = [quote.span for quote in find_quotes(document)]
        example = example_of(chained, found, chains_of(chained, found), opinion, quotations)
        if example is not None:
            yield example


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("src/onrecord/resolve/data/ranker.npz"))
    parser.add_argument("--weights", type=Path, default=PACKAGED, help="folder of the encoder's weights")
    parser.add_argument("--epochs", type=int, default=8)
    options = parser.parse_args()
    torch.set_num_threads(1)
    encoder = load_encoder(load_weights(options.weights))
    train = list(gum_examples(options.data, "train", encoder))
    watched = list(gum_examples(options.data, "dev", encoder))
    save(network_of(fit(train, watched, epochs=options.epochs)), options.out)


if __name__ == "__main__":
    main()
