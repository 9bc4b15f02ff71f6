"""The encoder and its heads in torch: MiniLM's layers with features of the words, and one linear layer for all heads.

The layers are BERT's (Devlin et al. 2019; MiniLM: Wang et al. 2020), written out so that training needs no further
library and the exported graph holds nothing else. Attention has no dropout: on a CPU it would cost a fifth of the time.
A teacher may have MPNet's layers (Song et al. 2020), which differ by a bias for how far two pieces stand apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.find.encoder import CLS, SEP
from onrecord.find.features import QUOTES, SHAPES, STARTS
from onrecord.find.labels import TAGS, WIDTH, columns

FEATURES = {"shapes": len(SHAPES), "quotes": len(QUOTES), "starts": len(STARTS)}
CRF_HEADS = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Size:
    """Of all-MiniLM-L6-v2, with fewer layers. `distances` is how many distances between pieces are told apart. Each
    attention head is `head_width` wide; where some were left out, all together are narrower than the layers."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 4
    attention_heads: int = 12
    head_width: int = 32
    inner: int = 1536
    positions: int = 512
    distances: int = 0


#: Of all-mpnet-base-v2, in the vocabulary of BERT.
MPNET = Size(width=768, layers=12, head_width=64, inner=3072, distances=32)


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.heads = size.attention_heads
        self.head_width = size.head_width
        self.qkv = nn.Linear(size.width, 3 * size.attention_heads * size.head_width)
        self.out = nn.Linear(size.attention_heads * size.head_width, size.width)
        self.norm1 = nn.LayerNorm(size.width, eps=1e-12)
        self.up = nn.Linear(size.width, size.inner)
        self.down = nn.Linear(size.inner, size.width)
        self.norm2 = nn.LayerNorm(size.width, eps=1e-12)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        qkv = self.qkv(hidden).unflatten(2, (3, self.heads, self.head_width))
        query, key, value = (part.transpose(1, 2) for part in qkv.unbind(2))
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias).transpose(1, 2)
        hidden = self.norm1(hidden + self.dropout(self.out(seen.flatten(2))))
        return self.norm2(hidden + self.dropout(self.down(functional.gelu(self.up(hidden)))))


class Model(nn.Module):
    """Inputs int64[windows, pieces] -> float32[windows, pieces, WIDTH], laid out as `onrecord.find.labels.columns`."""

    def __init__(self, size: Size | None = None, dropout: float = 0.1, layer_dropout: float = 0.0) -> None:
        super().__init__()
        size = size or Size()
        self.words = nn.Embedding(size.vocabulary, size.width)
        self.positions = nn.Embedding(size.positions, size.width)
        self.features = nn.ModuleDict({name: nn.Embedding(count, size.width) for name, count in FEATURES.items()})
        self.distances = nn.Embedding(size.distances, size.attention_heads) if size.distances else None
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, layer_dropout) for _ in range(size.layers))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(size.width, WIDTH)
        self.transitions = nn.ParameterDict({head: nn.Parameter(torch.zeros(3, 3)) for head in CRF_HEADS})
        self._start_small()

    def _start_small(self) -> None:
        for feature in self.features.values():
            nn.init.normal_(feature.weight, std=0.02)
        nn.init.normal_(self.head.weight, std=0.03)
        nn.init.zeros_(self.head.bias)
        place = columns()
        with torch.no_grad():
            for head in TAGS:
                self.head.bias[place[head].start] = 2.0
            # Their product is the prior of a mention: few spans are one.
            self.head.bias[place["mention_start"].start] = 2.0
            self.head.bias[place["mention_end"].start] = -2.0

    def forward(self, pieces: Tensor, mask: Tensor, shapes: Tensor, quotes: Tensor, starts: Tensor) -> Tensor:
        place = torch.arange(pieces.shape[1], device=pieces.device)
        hidden = self.words(pieces) + self.positions(place)[None]
        for name, values in (("shapes", shapes), ("quotes", quotes), ("starts", starts)):
            hidden = hidden + self.features[name](values)
        hidden = self.dropout(self.norm(hidden))
        bias = ((1 - mask) * -10000).to(hidden.dtype)[:, None, None, :]
        if self.distances is not None:
            apart = self.distances(_buckets(place, self.distances.num_embeddings))
            bias = bias + apart.permute(2, 0, 1)[None].to(hidden.dtype)
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return self.head(self.dropout(hidden))


def _buckets(place: Tensor, count: int) -> Tensor:
    """Which of the distances that are told apart lies between any two places: those before and those after apart, near
    ones one by one, far ones by their logarithm up to 128 (as in T5: Raffel et al. 2020)."""
    apart = place[:, None] - place[None]
    half = count // 2
    near = half // 2
    size = apart.abs()
    far = near + ((size.clamp(min=1).float() / near).log() / math.log(128 / near) * (half - near)).long()
    return (apart < 0).long() * half + torch.where(size < near, size, far.clamp(max=half - 1))


def size_of(state: Mapping[str, Tensor]) -> Size:
    """The size of the model that a state dictionary belongs to. An attention head is a twelfth of the width wide."""
    width = state["words.weight"].shape[1]
    return Size(
        vocabulary=len(state["words.weight"]),
        width=width,
        attention_heads=state["layers.0.out.weight"].shape[1] // (width // 12),
        head_width=width // 12,
        layers=len({name.split(".")[1] for name in state if name.startswith("layers.")}),
        inner=len(state["layers.0.up.bias"]),
        positions=len(state["positions.weight"]),
        distances=len(state.get("distances.weight", ())),
    )


def inherit(model: Model, state: Mapping[str, Tensor], layers: Sequence[int]) -> None:
    """Fills a shallower model from the state of a deeper one, of which it takes the given layers in their order."""
    taken = {name: value for name, value in state.items() if not name.startswith("layers.")}
    for new, old in enumerate(layers):
        prefix = f"layers.{old}."
        taken |= {
            f"layers.{new}.{name.removeprefix(prefix)}": value
            for name, value in state.items()
            if name.startswith(prefix)
        }
    model.load_state_dict(taken)


def load_base(model: Model, path: Path) -> None:
    """Fills the encoder from the safetensors file of all-MiniLM-L6-v2; features and heads stay as they are."""
    base = load_file(str(path))
    _fill(
        model,
        base,
        {
            "words.weight": base["embeddings.word_embeddings.weight"],
            # There is one token type only: its vector belongs to every position.
            "positions.weight": base["embeddings.position_embeddings.weight"]
            + base["embeddings.token_type_embeddings.weight"][0],
            **_named("norm", base, "embeddings.LayerNorm"),
        },
    )


def load_mpnet(model: Model, path: Path) -> None:
    """Fills a model of the size `MPNET` from the safetensors file of all-mpnet-base-v2, whose vocabulary is BERT's,
    four places later and with other special pieces, and whose positions begin two places later."""
    base = load_file(str(path))
    words = base["embeddings.word_embeddings.weight"][4 : 4 + model.words.num_embeddings].clone()
    # Its padding, beginning and end in the places of BERT's.
    words[[PAD, CLS, SEP]] = base["embeddings.word_embeddings.weight"][[1, 0, 2]]
    _fill(
        model,
        base,
        {
            "words.weight": words,
            "positions.weight": base["embeddings.position_embeddings.weight"][2:],
            "distances.weight": base["encoder.relative_attention_bias.weight"],
            **_named("norm", base, "embeddings.LayerNorm"),
        },
    )


def _fill(model: Model, base: Mapping[str, Tensor], state: dict[str, Tensor]) -> None:
    names = _MPNET_NAMES if "distances.weight" in state else _BERT_NAMES
    for number in range(len(model.layers)):
        state |= _layer_state(base, f"encoder.layer.{number}.", f"layers.{number}.", names)
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected, unexpected
    assert all(name.startswith(("features.", "head.", "transitions.")) for name in missing), missing


PAD = 0
_OTHER_NAMES = {"up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
_BERT_NAMES = _OTHER_NAMES | {
    "qkv": "attention.self.query attention.self.key attention.self.value",
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
}
_MPNET_NAMES = _OTHER_NAMES | {
    "qkv": "attention.attn.q attention.attn.k attention.attn.v",
    "out": "attention.attn.o",
    "norm1": "attention.LayerNorm",
}


def _layer_state(base: Mapping[str, Tensor], old: str, new: str, names: Mapping[str, str]) -> dict[str, Tensor]:
    return {
        f"{new}{ours}.{kind}": torch.cat([base[f"{old}{part}.{kind}"] for part in theirs.split()])
        for ours, theirs in names.items()
        for kind in ("weight", "bias")
    }


def _named(ours: str, base: Mapping[str, Tensor], theirs: str) -> dict[str, Tensor]:
    return {f"{ours}.{kind}": base[f"{theirs}.{kind}"] for kind in ("weight", "bias")}
