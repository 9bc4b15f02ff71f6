"""Weights between checkpoints of one size. `python -m training.average OUT ONE TWO... [--shares 0.15,0.85]`.

A model that was trained on to know more keeps what it knew better between the old weights and the new ("robust
fine-tuning": Wortsman et al. 2022a); runs of different seeds from one beginning are better in their mean than each of
them ("model soups": Wortsman et al. 2022b).
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--shares", default="", help="of each checkpoint, one together; equal ones where not given")
    options = parser.parse_args()
    states = [torch.load(path, map_location="cpu", weights_only=True)["model"] for path in options.checkpoints]
    shares = [float(share) for share in options.shares.split(",") if share] or [1 / len(states)] * len(states)
    torch.save({"model": between(states, shares), "step": 0}, options.out)


def between(states: Sequence[Mapping[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    """The sum of the states, each by its share; ValueError where the shares are not one for each state, and one in
    all."""
    if len(states) != len(shares) or abs(sum(shares) - 1) > 1e-6:
        raise ValueError(f"{len(states)} checkpoints want as many shares, which make 1: {list(shares)}")
    return {
        name: torch.stack([share * state[name].float() for state, share in zip(states, shares, strict=True)]).sum(0)
        for name in states[0]
    }


if __name__ == "__main__":
    main()
