"""Learns the weights of `onrecord.read.story` from pages with known article text, and cross-validates them.

    PYTHONPATH=src python training/story_lines.py FOLDER [--write]

FOLDER holds `ground-truth.json` and `html/ID.html.gz` in the layout of the public article-extraction-benchmark
(https://github.com/scrapinghub/article-extraction-benchmark, MIT). A line's target is the share of its word
4-grams that stand in the true text. Needs numpy and scipy. The second model learns from out-of-fold
opinions of the first.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from article_text import body_of, load_pages, metrics, quoted_spans_kept, shingle_counts, words_of

from onrecord.read import blocks, story
from onrecord.read.context import contexts
from onrecord.read.html import scene_of
from onrecord.read.traits import traits_of
from onrecord.record import Page

FOLDS, PENALTY, FEWEST_PAGES, MOST_WORDS = 5, 4.0, 3, 60
WEIGHTS_FILE = Path(story.__file__).with_name("story_weights.py")


class Lines:
    """One page, ready to learn from."""

    def __init__(self, content: bytes, truth: str) -> None:
        self.truth = truth
        self.scene = scene_of(Page(content, "training"))
        self.traits = [traits_of(self.scene, number) for number in range(len(self.scene.layout.runs))]
        self.targets = np.array(targets(self.scene, truth))
        words = np.array([min(run.words, MOST_WORDS) for run in self.scene.layout.runs], dtype=float)
        self.weights = (1 + words) * 20 / (200 + float(self.targets @ words))


def targets(scene, truth: str) -> list[float]:
    known = set(shingle_counts(truth))
    lines = {" ".join(words_of(line)) for line in truth.split("\n")}
    return [_target(words_of(run.text), known, lines) for run in scene.layout.runs]


def _target(words: list[str], known: set[tuple[str, ...]], lines: set[str]) -> float:
    if not words:
        return 0.5
    if len(words) < 4:
        return float(" ".join(words) in lines)
    shingles = [tuple(words[at : at + 4]) for at in range(len(words) - 3)]
    return sum(shingle in known for shingle in shingles) / len(shingles)


def vocabulary(pages: list[list[list[str]]]) -> dict[str, int]:
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({trait for line in page for trait in line})
    return {trait: at for at, trait in enumerate(sorted(t for t, count in seen.items() if count >= FEWEST_PAGES))}


def matrix(lines: list[list[str]], known: dict[str, int]):
    pairs = sorted({(row, known[trait]) for row, line in enumerate(lines) for trait in line if trait in known})
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    return sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(lines), len(known)))


def fit(pages: list[Lines], traits: list[list[list[str]]]) -> dict[str, float]:
    """Logistic regression with an L2 penalty, lines weighed by their words and pages alike."""
    known = vocabulary(traits)
    features = sparse.vstack([matrix(lines, known) for lines in traits]).tocsr()
    turned = features.T.tocsr()
    target = np.concatenate([page.targets for page in pages])
    weight = np.concatenate([page.weights for page in pages])

    def loss(at):
        odds = features @ at
        slope = turned @ (weight * (1 / (1 + np.exp(-odds)) - target)) + PENALTY * at
        return (weight * (np.logaddexp(0, odds) - target * odds)).sum() + PENALTY / 2 * (at @ at), slope

    found = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {trait: round(float(found[at]), 2) for trait, at in known.items() if abs(found[at]) >= 0.03}


def learn(pages: list[Lines]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of both models."""
    together: list[list[list[str]]] = [[] for _ in pages]
    for fold in range(FOLDS):
        rest = [page for at, page in enumerate(pages) if at % FOLDS != fold]
        opinion = fit(rest, [page.traits for page in rest])
        for at in range(fold, len(pages), FOLDS):
            together[at] = with_contexts(pages[at], opinion)
    return fit(pages, [page.traits for page in pages]), fit(pages, together)


def with_contexts(page: Lines, first: dict[str, float]) -> list[list[str]]:
    odds = [story._sum(first, line) for line in page.traits]
    return [line + around for line, around in zip(page.traits, contexts(page.scene, odds), strict=True)]


def body(page: Lines, weights: tuple[dict[str, float], dict[str, float]]) -> str:
    lines = with_contexts(page, weights[0])
    odds = [
        story._sum(weights[1], line) + story._bonus(run.words, line)
        for line, run in zip(lines, page.scene.layout.runs, strict=True)
    ]
    return body_of(blocks.pieces_of(page.scene, [value > story.THRESHOLD for value in odds]))


def cross_validate(pages: list[Lines]) -> None:
    order = list(range(len(pages)))
    random.Random(0).shuffle(order)
    rows = []
    for fold in range(FOLDS):
        held = order[fold::FOLDS]
        weights = learn([pages[at] for at in order if at not in held])
        rows += [(pages[at].truth, body(pages[at], weights)) for at in held]
    print("cross-validated", metrics(rows), "quoted spans kept", quoted_spans_kept(rows))


def write(first: dict[str, float], second: dict[str, float]) -> None:
    lines = ['"""Weights of traits, learned by training/story_lines.py; read by `story.py`."""', "", "# fmt: off"]
    for name, weights in (("FIRST", first), ("SECOND", second)):
        lines += [f"{name}: dict[str, float] = {{"]
        lines += [
            f"    {json.dumps(trait, ensure_ascii=False)}: {weight}," for trait, weight in sorted(weights.items())
        ]
        lines += ["}"]
    WEIGHTS_FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help=f"learn from all pages and write {WEIGHTS_FILE.name}")
    options = parser.parse_args()
    pages = [Lines(content, truth) for content, truth in load_pages(options.folder)]
    cross_validate(pages)
    if options.write:
        write(*learn(pages))


if __name__ == "__main__":
    main()
