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

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from onrecord.find.windows import load_tokenizer
from training.annotated import read
from training.batches import Batch, batches, examples
from training.model import Layer, Model, size_of
from training.targets import teach

Matrix = NDArray[np.float64]

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
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)["model"]
    model = Model(size_of(state)).eval()
    model.load_state_dict(state)
    some = _windows(options.corpora, options.base, options.pieces)
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
        fewer[f"{name}.down.weight"] = torch.from_numpy(down[:-1].T.copy()).float()
        fewer[f"{name}.down.bias"] = torch.from_numpy(down[-1].copy()).float()
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


def _moments(model: Model, layer: Layer, some: Sequence[Batch]) -> tuple[Matrix, Matrix]:
    """Second moments of the inner activations with a constant one behind them, and the weights that follow them."""
    size = layer.down.in_features + 1
    moments = np.zeros((size, size))
    for rows in _activations(model, layer, some):
        with_one = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
        moments += with_one.T @ with_one
    weights = torch.cat([layer.down.weight.T, layer.down.bias[None]]).detach().numpy().astype(np.float64)
    return moments, weights


def _activations(model: Model, layer: Layer, some: Sequence[Batch]) -> Iterator[Matrix]:
    caught: list[Tensor] = []
    hook = layer.up.register_forward_hook(lambda _, __, output: caught.append(functional.gelu(output)))
    with torch.inference_mode():
        for batch in some:
            caught.clear()
            model(**batch.inputs)
            yield caught[0][batch.inputs["mask"] > 0].numpy().astype(np.float64)
    hook.remove()


def _surgery(moments: Matrix, weights: Matrix, inner: int) -> tuple[NDArray[np.int64], Matrix]:
    """The neurons that stay, and their weights and bias after the others' share has been spread over them."""
    ridge = _RIDGE * np.trace(moments) / len(moments)
    inverse = np.linalg.inv(moments + ridge * np.eye(len(moments)))
    weights = weights.copy()
    stays = np.ones(len(moments), dtype=bool)
    for _ in range(len(moments) - 1 - inner):
        cost = (weights**2).sum(1) / np.diag(inverse)
        cost[~stays] = np.inf
        cost[-1] = np.inf  # the bias
        least = int(cost.argmin())
        column = inverse[:, least] / inverse[least, least]
        weights -= np.outer(column, weights[least])
        inverse -= np.outer(column, inverse[least])
        weights[least] = 0
        inverse[least] = inverse[:, least] = 0
        inverse[least, least] = 1
        stays[least] = False
    return np.flatnonzero(stays[:-1]), weights[stays]


if __name__ == "__main__":
    main()
