"""Finds the model's weights inside the package and refuses any that this version of onrecord cannot read.

Reads files and checks them; runs nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from onrecord.errors import WeightsError
from onrecord.find.labels import PROTOCOL

#: Where the wheel carries them.
PACKAGED: Final = Path(__file__).resolve().parent.parent / "weights"

_MANIFEST: Final = "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """Checked weights. `transitions` holds, for each head, the log-weights of tag following tag that decoding adds;
    `version` names the training run, and so the step's version in every finding's origin."""

    model: bytes
    tokenizer: str
    version: str
    transitions: Mapping[str, tuple[tuple[float, ...], ...]]


def load_weights(folder: Path = PACKAGED) -> Weights:
    """The weights in `folder`; WeightsError when they are missing, damaged or made for another protocol."""
    manifest = _manifest(folder)
    if manifest.get("protocol") != PROTOCOL:
        raise WeightsError(
            f"the weights in {folder} speak protocol {manifest.get('protocol')}, this onrecord speaks {PROTOCOL}: "
            "install the weights that came with it"
        )
    try:
        files = {name: _checked(folder / name, digest) for name, digest in manifest["sha256"].items()}
        return Weights(
            model=files["model.onnx"],
            tokenizer=files["tokenizer.json"].decode("utf-8"),
            version=str(manifest["version"]),
            transitions={head: tuple(map(tuple, rows)) for head, rows in manifest["transitions"].items()},
        )
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise WeightsError(f"{folder / _MANIFEST} is not a manifest of weights: {error!r}") from error


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / _MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WeightsError(f"no weights in {folder}: {error}") from error
    except ValueError as error:
        raise WeightsError(f"{path} is damaged: {error}") from error
    if not isinstance(manifest, dict):
        raise WeightsError(f"{path} is not a manifest of weights")
    return manifest


def _checked(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WeightsError(f"a file of the weights is missing: {error}") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise WeightsError(f"{path} is not the file that its manifest names: damaged, or of another version")
    return content
