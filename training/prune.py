"""Leaves inner neurons out of a trained model. `python -m training.prune CHECKPOINT CORPORA BASE OUT --inner 512`.

One neuron at a time, always the one whose loss the others of its layer can best make up for, and the weights behind
them are set to do so: optimal brain surgeon (Hassibi and Stork 1992) for whole neurons, over the activations of some
training windows. The checkpoint that it writes is one to go on training from (`training.train --deeper OUT`).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from onrecord.find.windows import load_tokenizer
from training.annotated import read
from training.batches import Batch, batches, examples
from training.model import Layer, Model, size_of
from training.targets import teach

#: Added to the diagonal, as a share of its mean, so that neurons that are never active can be inverted.
_RIDGE = 1e-3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("base", type=Path, help="folder with tokenizer.json of the base model")
    parser.add_argument("out", type=Path)
    parser.add_argument("--inner", type=int, default=512, help="neurons that each layer keeps")
    parser.add_argument("--pieces", type=int, default=40_000, help="how much text the activations are taken from")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)["model"]
    model = Model(size_of(state)).to(options.device).eval()
    model.load_state_dict(state)
    some = [batch.to(options.device) for batch in _windows(options.corpora, options.base, options.pieces)]
    torch.save({"model": pruned(model, some, options.inner), "step": 0}, options.out)


def pruned(model: Model, some: Sequence[Batch], inner: int) -> dict[str, Tensor]:
    """The state with `inner` neurons a layer, each layer fitted to what the whole one makes of its input."""
    state = model.state_dict()
    fewer = dict(state)
    for number, layer in enumerate(model.layers):
        kept, down = _surgery(*_moments(model, layer, some), inner)
        name = f"layers.{number}"
        fewer[f"{name}.up.weight"] = state[f"{name}.up.weight"][kept].clone()
        fewer[f"{name}.up.bias"] = state[f"{name}.up.bias"][kept].clone()
        fewer[f"{name}.down.weight"] = down[:-1].T.contiguous().float()
        fewer[f"{name}.down.bias"] = down[-1].float()
    return fewer


def _windows(corpora: Path, base: Path, pieces: int) -> list[Batch]:
    tokenizer = load_tokenizer((base / "tokenizer.json").read_text(encoding="utf-8"))
    documents = [d for path in sorted(corpora.glob("*.jsonl")) for d in read(path) if d.split == "train"]
    random.Random(1).shuffle(documents)
    taken: list[Batch] = []
    for document in documents:
        taken += batches(examples(teach(document, tokenizer))[:4], 1700)
        if sum(batch.pieces for batch in taken) > pieces:
            break
    return taken


def _moments(model: Model, layer: Layer, some: Sequence[Batch]) -> tuple[Tensor, Tensor]:
    """Second moments of the inner activations with a constant one behind them, and the weights that follow them."""
    weights = torch.cat([layer.down.weight.T, layer.down.bias[None]]).detach().double()
    moments = weights.new_zeros(len(weights), len(weights))
    for rows in _activations(model, layer, some):
        with_one = torch.cat([rows, torch.ones_like(rows[:, :1])], 1)
        moments += with_one.T @ with_one
    return moments, weights


def _activations(model: Model, layer: Layer, some: Sequence[Batch]) -> Iterator[Tensor]:
    caught: list[Tensor] = []
    hook = layer.up.register_forward_hook(lambda _, __, output: caught.append(functional.gelu(output)))
    with torch.no_grad():
        for batch in some:
            caught.clear()
            model(**batch.inputs)
            yield caught[0][batch.inputs["mask"] > 0].double()
    hook.remove()


def _surgery(moments: Tensor, weights: Tensor, inner: int) -> tuple[Tensor, Tensor]:
    """The neurons that stay, and their weights and bias after the others' share has been spread over them."""
    ridge = _RIDGE * moments.diagonal().mean()
    inverse = torch.linalg.inv(moments + ridge * torch.eye(len(moments), dtype=moments.dtype, device=moments.device))
    weights = weights.clone()
    stays = torch.ones(len(moments), dtype=torch.bool, device=moments.device)
    for _ in range(len(moments) - 1 - inner):
        cost = weights.square().sum(1) / inverse.diagonal()
        cost[~stays] = torch.inf
        cost[-1] = torch.inf  # the bias
        least = int(cost.argmin())
        column = inverse[:, least] / inverse[least, least]
        weights -= torch.outer(column, weights[least])
        inverse -= torch.outer(column, inverse[least])
        weights[least] = 0
        inverse[least] = inverse[:, least] = 0
        inverse[least, least] = 1
        stays[least] = False
    return stays[:-1].nonzero()[:, 0], weights[stays]


if __name__ == "__main__":
    main()
