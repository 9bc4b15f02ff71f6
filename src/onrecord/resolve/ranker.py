"""How likely each earlier mention is what a mention points back to: a small network over features of pairs.

What a mention is in itself is multiplied with the network's first layer once, and only what two have together is
computed for every pair. The network's weights are in resolve/data/ranker.npz, fitted by training/coreference.py.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import numpy as np

from onrecord.resolve.mention_table import Floats, Ints, Table
from onrecord.resolve.pair_features import opinions, together


class Network(NamedTuple):
    """Two layers each for pairs and for single mentions; scores are log-odds on one scale. The first layer for pairs
    is three: of the later mention, of the earlier, and of what they have together."""

    late_in: Floats
    early_in: Floats
    pair_in: Floats
    pair_bias: Floats
    pair_out: Floats
    single_in: Floats
    single_bias: Floats
    single_out: Floats

    def pairs(self, mentions: Table, late: Ints, early: Ints) -> Floats:
        """A score for each pair (late[k], early[k]) of mention rows."""
        flags, opinion = together(mentions, late, early), opinions(mentions, late, early)
        hidden = flags @ self.pair_in[: flags.shape[1]]
        hidden += opinion @ self.pair_in[flags.shape[1] :]
        hidden += (mentions.own @ self.late_in + self.pair_bias)[late]
        hidden += (mentions.own @ self.early_in)[early]
        scores: Floats = np.maximum(hidden, 0.0, out=hidden) @ self.pair_out
        return scores

    def singles(self, mentions: Table) -> Floats:
        """A score for each mention to point back at nothing."""
        hidden = mentions.own @ self.single_in + self.single_bias
        scores: Floats = np.maximum(hidden, 0.0) @ self.single_out
        return scores


@cache
def network() -> Network:
    """The network of the installed package."""
    data = (files("onrecord.resolve") / "data" / "ranker.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Network(*(arrays[name].astype(np.float32) for name in Network._fields))
