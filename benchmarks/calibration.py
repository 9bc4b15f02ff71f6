"""How far a name's score can be believed: of the names scored about 0.7, are seven in ten right?

`python -m benchmarks.calibration names CORPORA/worldwide [--weights FOLDER]`. Worldwide dev; every document is scored
by weights of evidence fitted on four other fifths of dev (training/names.py), so that no score has seen its answer.
Right is exact: span and kind. The expected calibration error is the mean distance of score and share of right ones,
weighted by names.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from training.corpora import worldwide
from training.names import FOLDS, Read, cross_fitted, fit, read_with
from training.targets import document_of

from onrecord.find.encoder import load_encoder
from onrecord.find.name_choice import packaged_weights
from onrecord.find.names import find_names
from onrecord.find.weights import PACKAGED, load_weights

BINS = 10
Judged = list[tuple[float, bool]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("names",))
    parser.add_argument("worldwide", type=Path)
    parser.add_argument("--weights", type=Path, default=PACKAGED, help="of the encoder")
    options = parser.parse_args()
    encoder = load_encoder(load_weights(options.weights))
    read = [read_with(document, encoder) for document in worldwide(options.worldwide) if document.split == "dev"]
    print(cross_fitted(read, packaged_weights()))
    print(table(judged(read)))


def judged(read: Sequence[Read]) -> list[Judged]:
    """Of each document the scores of its names and whether each is right."""
    found: list[Judged] = []
    for fold in range(FOLDS):
        weights = fit([one for one in read if one.fold != fold], packaged_weights())
        for one in (one for one in read if one.fold == fold):
            names = find_names(document_of(one.annotated.text), one.scores, weights=weights)
            wanted = set(one.annotated.names or ())
            found.append(
                [(name.origin.score or 0.0, (name.span.start, name.span.end, name.kind) in wanted) for name in names]
            )
    return found


def table(documents: Sequence[Judged]) -> str:
    """One row for each tenth of the score, and the expected calibration error with its 95% interval over documents."""
    every = [pair for document in documents for pair in document]
    lines = ["| score | names | mean score | right |", "|---|---|---|---|"]
    for number, some in enumerate(in_bins(every)):
        if some:
            mean, right = sum(score for score, _ in some) / len(some), sum(ok for _, ok in some) / len(some)
            lines.append(f"| {number / BINS:.1f}-{(number + 1) / BINS:.1f} | {len(some)} | {mean:.2f} | {right:.2f} |")
    chance = random.Random(1)
    drawn = sorted(error(list(chain.from_iterable(chance.choices(documents, k=len(documents))))) for _ in range(200))
    return "\n".join([*lines, f"expected calibration error {error(every):.3f} ({drawn[5]:.3f}-{drawn[194]:.3f})"])


def in_bins(every: Judged) -> list[Judged]:
    """The pairs by the tenth that their score falls in."""
    bins: list[Judged] = [[] for _ in range(BINS)]
    for score, ok in every:
        bins[min(BINS - 1, int(score * BINS))].append((score, ok))
    return bins


def error(every: Judged) -> float:
    """Expected calibration error (Naeini et al. 2015) over ten bins of equal width."""
    gaps = [abs(sum(score for score, _ in some) - sum(ok for _, ok in some)) for some in in_bins(every)]
    return sum(gaps) / len(every) if every else 0.0


if __name__ == "__main__":
    main()
