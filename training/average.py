"""Weights between two checkpoints of one size. `python -m training.average OLD NEW OUT --share 0.85`.

A model that was trained on to know more keeps what it knew better between the old weights and the new ("robust
fine-tuning": Wortsman et al. 2022).
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=float, default=0.85, help="of the new weights")
    options = parser.parse_args()
    old, new = (torch.load(path, map_location="cpu", weights_only=True)["model"] for path in (options.old, options.new))
    torch.save({"model": between(old, new, options.share), "step": 0}, options.out)


def between(old: Mapping[str, Tensor], new: Mapping[str, Tensor], share: float) -> dict[str, Tensor]:
    """The state that lies `share` of the way from the old to the new."""
    return {name: torch.lerp(old[name].float(), new[name].float(), share) for name in new}


if __name__ == "__main__":
    main()
