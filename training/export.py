"""Checkpoint -> the weights that the package carries: one int8 ONNX graph, tokeniser, manifest.

`python -m training.export CHECKPOINT BASE OUT --version 2026.11.22` (with `--fp32` for the unrounded twin that the loss
from int8 is measured against). What the graph holds and how it is rounded: `training.graph`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import torch
from torch import Tensor

from onrecord.find.labels import PROTOCOL
from onrecord.find.windows import MAX_PIECES, load_tokenizer
from training.graph import write_graph
from training.model import Model, size_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("base", type=Path, help="folder with tokenizer.json of the base model")
    parser.add_argument("out", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--fp32", action="store_true")
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)["model"]
    model = Model(size_of(state))
    model.load_state_dict(state)
    tokenizer = (options.base / "tokenizer.json").read_text(encoding="utf-8")
    print(export(model, tokenizer, options.out, options.version, rounded=not options.fp32))


def export(model: Model, tokenizer: str, out: Path, version: str, *, rounded: bool = True) -> dict[str, str]:
    """Writes model.onnx, tokenizer.json and weights.json to `out`; returns the files' hashes."""
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    transitions = {head: _transitions(table) for head, table in model.transitions.items()}
    write_graph(model, out / "model.onnx", positions=MAX_PIECES, rounded=rounded)
    (out / "tokenizer.json").write_text(load_tokenizer(tokenizer).to_str(), encoding="utf-8")
    hashes = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")}
    manifest = {"protocol": PROTOCOL, "version": version, "sha256": hashes, "transitions": transitions}
    (out / "weights.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return hashes


def _transitions(table: Tensor) -> list[list[float]]:
    rows = [[round(float(value), 4) for value in row] for row in table.detach()]
    rows[0][2] = 0.0  # never taken: decoding forbids I after O
    return rows


if __name__ == "__main__":
    main()
