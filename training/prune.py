"""Leaves inner neurons or attention heads out of a trained model.

    python -m training.prune CHECKPOINT CORPORA BASE OUT [--inner 512] [--heads 6]

One at a time, always the one whose loss the others of its layer can best make up for, and the weights behind them are
set to do so: optimal brain surgeon (Hassibi and Stork 1992) for whole neurons, and for the neurons of a head together,
over the activations of some training windows. The checkpoint that it writes is one to go on training from
(`training.train --deeper OUT`).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from onrecord.find.windows import load_tokenizer
from training.annotated import read
from training.batches import Batch, batches, examples
from training.model import Model, size_of
from training.targets import teach

#: Added to the diagonal, as a share of its mean, so that neurons that are never active can be inverted.
_RIDGE = 1e-3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("base", type=Path, help="folder with tokenizer.json of the base model")
    parser.add_argument("out", type=Path)
    parser.add_argument("--inner", type=int, help="neurons that each layer keeps")
    parser.add_argument("--heads", type=int, help="attention heads that each layer keeps")
    parser.add_argument("--pieces", type=int, default=40_000, help="how much text the activations are taken from")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)["model"]
    model = Model(size_of(state)).to(options.device).eval()
    model.load_state_dict(state)
    some = [batch.to(options.device) for batch in _windows(options.corpora, options.base, options.pieces)]
    state = model.state_dict()
    if options.inner:
        state |= with_fewer_neurons(model, some, options.inner)
    if options.heads:
        state |= with_fewer_heads(model, some, options.heads)
    torch.save({"model": state, "step": 0}, options.out)


def with_fewer_neurons(model: Model, some: Sequence[Batch], inner: int) -> dict[str, Tensor]:
    """What changes in the state when each layer keeps `inner` neurons and is fitted to what the whole one made of its
    input."""
    changed: dict[str, Tensor] = {}
    for number, layer in enumerate(model.layers):
        kept, down = _surgery(*_moments(model, layer.down, some), inner)
        name = f"layers.{number}"
        changed |= _rows(layer.up, kept, f"{name}.up") | _linear(down, f"{name}.down")
    return changed


def with_fewer_heads(model: Model, some: Sequence[Batch], heads: int) -> dict[str, Tensor]:
    """The same, when each layer keeps `heads` of its attention heads."""
    changed: dict[str, Tensor] = {}
    for number, layer in enumerate(model.layers):
        size = layer.head_width
        kept, out = _surgery(*_moments(model, layer.out, some), heads * size, size)
        # Queries, keys and values of all heads stand behind one another.
        rows = torch.cat([kept + part * layer.heads * size for part in range(3)])
        changed |= _rows(layer.qkv, rows, f"layers.{number}.qkv") | _linear(out, f"layers.{number}.out")
    return changed


def _rows(linear: nn.Linear, kept: Tensor, name: str) -> dict[str, Tensor]:
    """Some of the neurons of a layer before."""
    return {f"{name}.{part}": getattr(linear, part).detach()[kept].clone() for part in ("weight", "bias")}


def _linear(weights: Tensor, name: str) -> dict[str, Tensor]:
    """Fitted weights with the bias in the last row, as a layer has them."""
    return {f"{name}.weight": weights[:-1].T.contiguous().float(), f"{name}.bias": weights[-1].float()}


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


def _moments(model: Model, behind: nn.Linear, some: Sequence[Batch]) -> tuple[Tensor, Tensor]:
    """Second moments of what a layer is given with a constant one behind it, and its weights."""
    weights = torch.cat([behind.weight.T, behind.bias[None]]).detach().double()
    moments = weights.new_zeros(len(weights), len(weights))
    for rows in _given(model, behind, some):
        with_one = torch.cat([rows, torch.ones_like(rows[:, :1])], 1)
        moments += with_one.T @ with_one
    return moments, weights


def _given(model: Model, layer: nn.Linear, some: Sequence[Batch]) -> Iterator[Tensor]:
    caught: list[Tensor] = []
    hook = layer.register_forward_pre_hook(lambda _, inputs: caught.append(inputs[0]))
    with torch.no_grad():
        for batch in some:
            caught.clear()
            model(**batch.inputs)
            yield caught[0][batch.inputs["mask"] > 0].double()
    hook.remove()


def _surgery(moments: Tensor, weights: Tensor, keep: int, together: int = 1) -> tuple[Tensor, Tensor]:
    """The neurons that stay, and their weights and bias after the others' share has been spread over them; always as
    many neurons as go `together`."""
    ridge = _RIDGE * moments.diagonal().mean()
    inverse = torch.linalg.inv(moments + ridge * torch.eye(len(moments), dtype=moments.dtype, device=moments.device))
    weights = weights.clone()
    neurons = len(moments) - 1
    stays = torch.ones(neurons // together, dtype=torch.bool, device=moments.device)
    for _ in range((neurons - keep) // together):
        costs = _costs(inverse, weights, together)
        costs[~stays] = torch.inf
        least = int(costs.argmin())
        block = slice(least * together, (least + 1) * together)
        spread = torch.linalg.solve(inverse[block, block], torch.cat([weights[block], inverse[block]], 1))
        change = inverse[:, block] @ spread
        weights -= change[:, : weights.shape[1]]
        inverse -= change[:, weights.shape[1] :]
        inverse[block] = 0
        inverse[:, block] = 0
        inverse[block, block] = torch.eye(together, dtype=inverse.dtype, device=inverse.device)
        stays[least] = False
    kept = stays.repeat_interleave(together).nonzero()[:, 0]
    return kept, torch.cat([weights[kept], weights[-1:]])


def _costs(inverse: Tensor, weights: Tensor, together: int) -> Tensor:
    """How much worse the layer becomes without each block of neurons; the bias behind them is not asked for."""
    neurons = len(inverse) - 1
    blocks = inverse[:-1, :-1].unflatten(0, (-1, together)).unflatten(2, (-1, together)).diagonal(dim1=0, dim2=2)
    rows = weights[:neurons].unflatten(0, (-1, together))
    return (rows * torch.linalg.solve(blocks.permute(2, 0, 1), rows)).sum((1, 2))


if __name__ == "__main__":
    main()
