"""Checkpoint -> the weights that the package carries: one int8 ONNX graph, tokeniser, manifest.

`python -m training.export CHECKPOINT BASE OUT --version 2026.11.22` (with `--fp32` for the unrounded twin that the loss
from int8 is measured against). Word vectors are rounded row by row, layers column by column, to 7 bits: on processors
without VNNI the 8-bit kernels of ONNX Runtime can overflow, and a record would depend on the machine
(docs/decisions/0010-int8-weights.md).
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.find.labels import PROTOCOL
from onrecord.find.windows import MAX_PIECES, load_tokenizer
from training.model import Model, size_of

INPUTS = ("pieces", "mask", "shapes", "quotes", "starts")
#: Positions kept in the graph: windows are never longer.
POSITIONS = MAX_PIECES


class RowRounded(nn.Module):
    """An embedding of one int8 per value and one scale per row."""

    def __init__(self, embedding: nn.Embedding) -> None:
        super().__init__()
        weight = embedding.weight.detach()
        scale = weight.abs().amax(1, keepdim=True) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("values", (weight / scale).round().to(torch.int8))

    def forward(self, index: Tensor) -> Tensor:
        return self.values[index].to(torch.float32) * self.scale[index]


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
    _write_graph(model, out / "model.onnx", rounded=rounded)
    (out / "tokenizer.json").write_text(load_tokenizer(tokenizer).to_str(), encoding="utf-8")
    hashes = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")}
    manifest = {"protocol": PROTOCOL, "version": version, "sha256": hashes, "transitions": transitions}
    (out / "weights.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return hashes


def _transitions(table: Tensor) -> list[list[float]]:
    rows = [[round(float(value), 4) for value in row] for row in table.detach()]
    rows[0][2] = 0.0  # never taken: decoding forbids I after O
    return rows


def _write_graph(model: Model, path: Path, *, rounded: bool) -> None:
    model = copy.deepcopy(model)
    model.positions.weight = nn.Parameter(model.positions.weight[:POSITIONS].detach().clone())
    if rounded:
        model.words = RowRounded(model.words)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _trace(model, plain)
        if rounded:
            last = [node.name for node in onnx.load(plain).graph.node if node.op_type in {"MatMul", "Gemm"}][-1]
            quantize_dynamic(
                plain,
                path,
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul"],
                nodes_to_exclude=[last],
            )
        else:
            path.write_bytes(plain.read_bytes())


def _trace(model: Model, path: Path) -> None:
    example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in INPUTS)
    axes = {name: {0: "windows", 1: "length"} for name in (*INPUTS, "output")}
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=["output"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
        do_constant_folding=True,
    )


if __name__ == "__main__":
    main()
