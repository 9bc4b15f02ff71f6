"""Exported weights -> a checkpoint to go on training from. `python -m training.restore WEIGHTS BASE OUT`.

Takes the graph that `training.graph` writes apart again: what was rounded stays rounded, the vectors of words come from
the base that they were never changed from. For when only the package's weights are at hand.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor

from training.model import FEATURES, Model, Size

Array = NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, help="folder with model.onnx and weights.json")
    parser.add_argument("base", type=Path, help="folder with model.safetensors")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    words = load_file(str(options.base / "model.safetensors"))["embeddings.word_embeddings.weight"].float()
    torch.save({"model": restored(options.weights, words), "step": 0}, options.out)


def restored(weights: Path, words: Tensor) -> dict[str, Tensor]:
    """The state of the model that the weights were exported from, as far as rounding left it."""
    graph = onnx.load(weights / "model.onnx").graph
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    transitions = json.loads((weights / "weights.json").read_text(encoding="utf-8"))["transitions"]
    state = Model(_size(constants, words)).state_dict()
    for name in state:
        state[name] = words if name == "words.weight" else _tensor(_values(name, constants, transitions, state[name]))
    return state


def _size(constants: dict[str, Array], words: Tensor) -> Size:
    layers = len({name.split(".")[1] for name in constants if name.startswith("layers.")})
    head_width = words.shape[1] // 12
    heads = constants["layers.0.out.values"].shape[0] // head_width
    inner = len(constants["layers.0.up.bias"])
    return Size(*words.shape, layers=layers, attention_heads=heads, head_width=head_width, inner=inner)


def _tensor(values: Array) -> Tensor:
    return torch.from_numpy(np.array(values, dtype=np.float32))


def _values(name: str, constants: dict[str, Array], transitions: dict[str, list[list[float]]], like: Tensor) -> Array:
    """What the graph holds of one parameter."""
    place, _, last = name.rpartition(".")
    if place == "transitions":
        return np.array(transitions[last], dtype=np.float32)
    if name == "positions.weight":
        return np.pad(constants["positions"], ((0, len(like) - len(constants["positions"])), (0, 0)))
    if place.startswith("features."):
        return _feature(place.removeprefix("features."), constants["features"])
    if name == "head.weight":
        return constants[name].T
    if f"{place}.values" in constants and last == "weight":
        return (constants[f"{place}.values"] * constants[f"{place}.scale"]).T
    return constants[name]


def _feature(name: str, sums: Array) -> Array:
    """The vectors of one feature, where the graph has one table of the sums of all three."""
    table = sums.reshape(*FEATURES.values(), -1)
    axis = list(FEATURES).index(name)
    row = np.moveaxis(table, axis, 0)[:, 0, 0]
    return row if axis == 0 else row - table[0, 0, 0]


if __name__ == "__main__":
    main()
