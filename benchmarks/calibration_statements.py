"""How far the score of a statement can be trusted: a reliability table on gold development.

    python -m benchmarks.calibration_statements

A statement is right when its content overlaps a labelled one by 0.8 both ways; what the labels call optional is left
out. The last step of the score (shift and scale, see `onrecord.find.confidence`) was fitted on these reports too, so it
is fitted anew here for each of five parts of the reports, on the other four. The expected calibration error is the mean
distance between the mean score of a bin and the share of right ones in it, weighed by how many are in the bin.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from gold.load import load_reports
from gold.score import pair
from numpy.typing import NDArray

from onrecord.find.confidence import SCALE, SHIFT
from onrecord.pipeline import put_on_record
from onrecord.record import Page

BINS = 10
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that was found: the logit of its likelihood before the last step, and whether it is right."""

    fold: int
    logit: float
    right: bool


def claims() -> Iterator[Claim]:
    """Every statement of gold development that counts."""
    for number, report in enumerate(load_reports("development")):
        record = put_on_record(Page(report.text.encode(), f"{report.name}.txt"))
        pairing = pair(report, record)
        found = [(one, True) for label, one in pairing.found if not label.optional]
        for statement, right in [*found, *((one, False) for one in pairing.invented)]:
            yield Claim(number % FOLDS, (_logit(statement.origin.score) - SHIFT) / SCALE, right)


def _logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(share / (1 - share))


def cross_fitted(every: Sequence[Claim]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores, each fitted without the reports of its own part, and whether they are right."""
    scores, right = [], []
    for fold in range(FOLDS):
        shift, scale = fit([one for one in every if one.fold != fold])
        mine = [one for one in every if one.fold == fold]
        scores += [1 / (1 + math.exp(-shift - scale * one.logit)) for one in mine]
        right += [float(one.right) for one in mine]
    return np.array(scores), np.array(right)


def fit(every: Sequence[Claim]) -> tuple[float, float]:
    """Shift and scale of the logit by Newton's method, drawn to 0 and 1: to what was learned on PolNeAR."""
    x = np.array([[1.0, one.logit] for one in every])
    y = np.array([float(one.right) for one in every])
    prior, strength = np.array([0.0, 1.0]), 1.0
    weights = prior.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + strength * (weights - prior)
        weights -= np.linalg.solve((x.T * (p * (1 - p))) @ x + strength * np.eye(2), gradient)
    return float(weights[0]), float(weights[1])


def table(scores: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[str, float]:
    """The reliability table and the expected calibration error."""
    rows, error = ["score       claims  mean score  right"], 0.0
    for number in range(BINS):
        inside = np.minimum((scores * BINS).astype(int), BINS - 1) == number
        if inside.any():
            mean, share = scores[inside].mean(), right[inside].mean()
            error += inside.mean() * abs(mean - share)
            rows.append(
                f"{number / BINS:.1f} to {(number + 1) / BINS:.1f}  {inside.sum():6}  {mean:10.3f}  {share:5.3f}"
            )
    return "\n".join(rows), float(error)


def main() -> None:
    every = list(claims())
    rows, error = table(*cross_fitted(every))
    print(rows)
    print(f"expected calibration error {error:.3f} over {len(every)} statements; shift and scale {fit(every)}")


if __name__ == "__main__":
    main()
