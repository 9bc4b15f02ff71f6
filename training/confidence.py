"""Fits the weights of `onrecord.find.confidence` on PolNeAR's dev part: `python -m training.confidence POLNEAR`.

Prints the weights to be copied there. The train part would not do: the encoder was trained on it, and is too sure of
itself there. Then run `python -m benchmarks.calibration_statements` for shift and scale.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from benchmarks.statements import plain_document, polnear_documents
from numpy.typing import NDArray

from onrecord.find.attributions import Attribution, overlap, size
from onrecord.find.confidence import features
from onrecord.find.encoder import encode
from onrecord.find.statements import found_attributions, kind_of
from onrecord.record import Span

RIGHT_AT = 0.8


def examples(folder: Path) -> Iterator[tuple[dict[str, float], bool]]:
    """Features and truth of every attribution found that stands in no other."""
    for _, text, wanted in polnear_documents(folder):
        document = plain_document(text)
        gold = [tuple(sorted(one.spans["content"])) for one in wanted if one.spans["content"]]
        found, story = found_attributions(document, encode(document))
        for one in found:
            if not any(span.covers(one.reach) for other in found if other is not one for span in other.content):
                yield features(one, kind_of(one, story), document), _is_right(one, gold)


def _is_right(one: Attribution, gold: Sequence[tuple[Span, ...]]) -> bool:
    shares = (overlap(spans, one.content) / max(size(spans), size(one.content)) for spans in gold)
    return max(shares, default=0.0) >= RIGHT_AT


def fit(x: NDArray[np.float64], y: NDArray[np.float64], *, ridge: float = 1.0) -> NDArray[np.float64]:
    """Logistic regression by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x.T * (p * (1 - p))) @ x + ridge * np.eye(len(weights))
        weights -= np.linalg.solve(hessian, x.T @ (p - y) + ridge * weights)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("polnear", type=Path)
    every = list(examples(parser.parse_args().polnear / "dev"))
    names = sorted({name for told, _ in every for name in told})
    x = np.array([[told.get(name, 0.0) for name in names] for told, _ in every])
    weights = fit(x, np.array([float(right) for _, right in every]))
    for name, weight in zip(names, weights, strict=True):
        print(f'        "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
