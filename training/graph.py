"""The encoder as an ONNX graph, written node by node from a trained model.

Written out rather than traced, because what is quickest on a processor is chosen by hand here: attention is one
operator without a mask (windows are read one at a time and never padded), matrices are int8 with their bias inside,
the sum before each normalisation stays a node of its own (fused with it, ONNX Runtime 1.32 takes five times as long),
and the vectors of the three features of a word are one table of their sums. training/LOG.md has what each brought.

Word vectors are rounded row by row to 8 bits, matrices column by column to 7; the last one, that of the heads, stays as
it is: see docs/decisions/0010-int8-weights.md.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from onrecord.find.labels import WIDTH
from training.model import FEATURES, Model

Array = NDArray[np.float32]

#: What the graph is asked: int64[windows, pieces] each. All windows of a call must be of one length.
INPUTS = ("pieces", "shapes", "quotes", "starts")
#: ONNX Runtime's own operators: DynamicQuantizeMatMul, MultiHeadAttention, Gelu and FastGelu.
_CONTRIB = "com.microsoft"
#: The largest weight after rounding: two products of it with an unsigned byte still fit into 16 bits.
_LARGEST = 64
#: Parts of the largest weight that are tried as the largest that is told apart: a few cut off, the others finer.
_SHARES = np.linspace(1.0, 0.5, 26)
_EPSILON = 1e-12


def write_graph(model: Model, path: Path, *, positions: int, rounded: bool) -> None:
    """Writes the graph of a model for windows of at most `positions` pieces; `rounded` to int8, or as it is."""
    graph = _Graph({name: tensor.numpy() for name, tensor in model.state_dict().items()}, rounded=rounded)
    hidden = _embedded(graph, positions)
    for number, layer in enumerate(model.layers):
        hidden = _layer(graph, hidden, f"layers.{number}", layer.heads)
    graph.node("Identity", graph.unrounded(hidden, "head"), outputs=["output"])
    onnx.save(graph.finished(), path)


class _Graph:
    """Nodes and constants in the making, over the parameters of a model by name."""

    def __init__(self, parameters: dict[str, Array], *, rounded: bool) -> None:
        self.parameters, self.rounded = parameters, rounded
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def node(self, kind: str, *inputs: str, domain: str = "", outputs: list[str] | None = None, **how: object) -> str:
        """Adds a node; the name of its first output."""
        name = f"{kind}_{len(self._nodes)}"
        outputs = outputs or [name]
        self._nodes.append(helper.make_node(kind, inputs, outputs, name=name, domain=domain, **how))
        return outputs[0]

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def parameter(self, name: str) -> str:
        return self.constant(name, self.parameters[name])

    def linear(self, rows: str, name: str) -> str:
        if not self.rounded:
            return self.unrounded(rows, name)
        weight, bias = self.parameters[f"{name}.weight"].T, self.parameter(f"{name}.bias")
        values, scale = _rounded(weight, axis=0, largest=_LARGEST)
        places = {"values": values, "scale": scale[0], "zero": np.zeros(weight.shape[1], np.int8)}
        constants = [self.constant(f"{name}.{place}", array) for place, array in places.items()]
        return self.node("DynamicQuantizeMatMul", rows, *constants, bias, domain=_CONTRIB)

    def unrounded(self, rows: str, name: str) -> str:
        weight = self.constant(f"{name}.weight", self.parameters[f"{name}.weight"].T)
        return self.node("Add", self.node("MatMul", rows, weight), self.parameter(f"{name}.bias"))

    def normalised(self, rows: str, name: str) -> str:
        scale, bias = self.parameter(f"{name}.weight"), self.parameter(f"{name}.bias")
        return self.node("LayerNormalization", rows, scale, bias, axis=-1, epsilon=_EPSILON)

    def finished(self) -> onnx.ModelProto:
        axes = ["windows", "length"]
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, axes) for name in INPUTS]
        output = helper.make_tensor_value_info("output", TensorProto.FLOAT, [*axes, WIDTH])
        graph = helper.make_graph(self._nodes, "encoder", inputs, [output], list(self._constants.values()))
        operators = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=operators, ir_version=9, producer_name="onrecord")


def _rounded(weight: Array, *, axis: int, largest: int) -> tuple[NDArray[np.int8], Array]:
    """Weights as int8, and the scale that gives them back, one for each slice along the other axis: of those tried,
    the one with the least squared error."""
    whole = np.maximum(np.abs(weight).max(axis, keepdims=True) / largest, np.finfo(np.float32).tiny)
    best, scale = np.full_like(whole, np.inf), whole
    for share in _SHARES:
        rounded = np.clip(np.round(weight / (whole * share)), -largest, largest)
        error = ((rounded * whole * share - weight) ** 2).sum(axis, keepdims=True)
        scale = np.where(error < best, whole * share, scale)
        best = np.minimum(error, best)
    return np.clip(np.round(weight / scale), -largest, largest).astype(np.int8), scale.astype(np.float32)


def _embedded(graph: _Graph, positions: int) -> str:
    """Words, positions and features summed and normalised."""
    length = graph.node("Shape", "pieces", start=1, end=2)
    zero = graph.constant("zero", np.zeros(1, np.int64))
    table = graph.constant("positions", graph.parameters["positions.weight"][:positions])
    places = graph.node("Slice", table, zero, length, zero)
    words = graph.node("Add", _words(graph), places)
    return graph.normalised(graph.node("Add", words, _features(graph)), "norm")


def _words(graph: _Graph) -> str:
    if not graph.rounded:
        return graph.node("Gather", graph.parameter("words.weight"), "pieces")
    values, scale = _rounded(graph.parameters["words.weight"], axis=1, largest=127)
    bytes_ = graph.node("Gather", graph.constant("words.values", values), "pieces")
    scales = graph.node("Gather", graph.constant("words.scale", scale), "pieces")
    return graph.node("Mul", graph.node("Cast", bytes_, to=TensorProto.FLOAT), scales)


def _features(graph: _Graph) -> str:
    """One table holds the sums of the features' vectors, its rows in the order of shape, quotation mark, start."""
    sums = np.zeros((1, graph.parameters["norm.weight"].shape[0]), np.float32)
    index = ""
    for name, count in FEATURES.items():
        vectors = graph.parameters[f"features.{name}.weight"]
        sums = (sums[:, None] + vectors[None]).reshape(-1, sums.shape[1])
        shifted = graph.node("Mul", index, graph.constant(f"{name}.count", np.array(count, np.int64))) if index else ""
        index = graph.node("Add", shifted, name) if index else name
    return graph.node("Gather", graph.constant("features", sums), index)


def _layer(graph: _Graph, hidden: str, name: str, heads: int) -> str:
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    graph.node("Split", graph.linear(hidden, f"{name}.qkv"), outputs=parts, axis=2)
    seen = graph.node("MultiHeadAttention", *parts, domain=_CONTRIB, num_heads=heads)
    hidden = graph.normalised(graph.node("Add", hidden, graph.linear(seen, f"{name}.out")), f"{name}.norm1")
    # GELU by tanh differs by less than 0.0005, which is less than the rounding, and takes two thirds of the time.
    gelu = "FastGelu" if graph.rounded else "Gelu"
    inner = graph.node(gelu, graph.linear(hidden, f"{name}.up"), domain=_CONTRIB)
    return graph.normalised(graph.node("Add", hidden, graph.linear(inner, f"{name}.down")), f"{name}.norm2")
