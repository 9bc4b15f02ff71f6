"""The CoNLL coreference score: the mean F1 of MUC, B-cubed and entity-based CEAF (Pradhan et al. 2014).

Clusters are sets of hashable mentions; only clusters of two and more are scored, as in OntoNotes and OntoGUM.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

Cluster = frozenset[Hashable]


class Tally:
    """Numerators and denominators of precision and recall, summed over documents."""

    def __init__(self) -> None:
        self.parts: Counter[str] = Counter()

    def add(self, gold: Iterable[Iterable[Hashable]], found: Iterable[Iterable[Hashable]]) -> None:
        key = [frozenset(cluster) for cluster in gold if len(set(cluster)) > 1]
        response = [frozenset(cluster) for cluster in found if len(set(cluster)) > 1]
        for name, score in (("muc", _muc), ("b3", _b_cubed), ("ceaf", _ceaf)):
            recall, out_of_gold, precision, out_of_found = score(key, response)
            self.parts.update(
                {f"{name} r": recall, f"{name} R": out_of_gold, f"{name} p": precision, f"{name} P": out_of_found}
            )
        spans, hits = {m for c in key for m in c}, {m for c in response for m in c}
        both = len(spans & hits)
        self.parts.update({"mention r": both, "mention R": len(spans), "mention p": both, "mention P": len(hits)})

    def f1(self, name: str) -> float:
        """F1 in percent of "muc", "b3", "ceaf", "mention" or "conll"."""
        if name == "conll":
            return (self.f1("muc") + self.f1("b3") + self.f1("ceaf")) / 3
        precision = self.parts[f"{name} p"] / max(1e-9, self.parts[f"{name} P"])
        recall = self.parts[f"{name} r"] / max(1e-9, self.parts[f"{name} R"])
        return 200 * precision * recall / max(1e-9, precision + recall)


def _muc(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float, float, float]:
    recall, out_of_gold = _links(key, response)
    precision, out_of_found = _links(response, key)
    return recall, out_of_gold, precision, out_of_found


def _links(one: Sequence[Cluster], other: Sequence[Cluster]) -> tuple[float, float]:
    cluster_of = {mention: number for number, cluster in enumerate(other) for mention in cluster}
    right = total = 0
    for cluster in one:
        parts = {cluster_of.get(mention, ("alone", mention)) for mention in cluster}
        right += len(cluster) - len(parts)
        total += len(cluster) - 1
    return right, total


def _b_cubed(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float, float, float]:
    recall, out_of_gold = _overlaps(key, response)
    precision, out_of_found = _overlaps(response, key)
    return recall, out_of_gold, precision, out_of_found


def _overlaps(one: Sequence[Cluster], other: Sequence[Cluster]) -> tuple[float, float]:
    total = sum(len(cluster & mate) ** 2 / len(cluster) for cluster in one for mate in other)
    return total, sum(len(cluster) for cluster in one)


def _ceaf(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float, float, float]:
    if not key or not response:
        return 0, len(key), 0, len(response)
    similar = np.array([[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key])
    rows, columns = linear_sum_assignment(-similar)
    best = float(similar[rows, columns].sum())
    return best, len(key), best, len(response)
