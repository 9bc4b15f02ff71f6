"""How far two passes of labelling agree.

    python -m gold.agreement [a b]

Statements are paired one to one by their content, best overlap first. Reported: F1 of content (exact, and overlapping
by at least 0.8 and 0.3 both ways), of cue and source among the pairs, the same speakers among the pairs, and
Cohen's kappa of kind, mode and source type among the pairs. A statement that is `optional` in either pass is no miss.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from gold.load import Pass, labelled_names, load_report
from gold.statements import LabelledReport, LabelledStatement
from onrecord.record import Span

Pair = tuple[LabelledReport, LabelledStatement, LabelledReport, LabelledStatement]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures between 0 and 1; None where there was nothing to compare."""

    reports: int
    left: int
    right: int
    pairs: int
    content_exact: float
    content_at_80: float
    content_at_30: float
    cue_exact: float | None
    source_exact: float | None
    source_overlap: float | None
    speakers: float | None
    kind_kappa: float | None
    mode_kappa: float | None
    source_type_kappa: float | None


def agreement(reports: Iterable[tuple[LabelledReport, LabelledReport]]) -> Agreement:
    """The agreement over several reports, each given as labelled by the one and by the other."""
    both = list(reports)
    pairs = [(left, one, right, other) for left, right in both for one, other in matched(left, right)]
    lefts, rights = _owed((left, right) for left, right in both), _owed((right, left) for left, right in both)
    return Agreement(
        reports=len(both),
        left=lefts,
        right=rights,
        pairs=len(pairs),
        content_exact=_found(pairs, lefts, rights, 1.0),
        content_at_80=_found(pairs, lefts, rights, 0.8),
        content_at_30=_found(pairs, lefts, rights, 0.3),
        cue_exact=_share([one.cue == other.cue for _, one, _, other in pairs]),
        source_exact=_share([one.source == other.source for _, one, _, other in pairs]),
        source_overlap=_share([_touch(one.source, other.source) for _, one, _, other in pairs]),
        speakers=_share([_same_speakers(pair) for pair in pairs]),
        kind_kappa=kappa([(one.kind, other.kind) for _, one, _, other in pairs]),
        mode_kappa=kappa([(one.mode, other.mode) for _, one, _, other in pairs]),
        source_type_kappa=kappa([(one.source_type, other.source_type) for _, one, _, other in pairs]),
    )


def matched(left: LabelledReport, right: LabelledReport) -> Iterator[tuple[LabelledStatement, LabelledStatement]]:
    """Pairs of statements, one to one, best overlap of content first, then the same cue, down to an overlap of 0.3."""
    ranked = sorted(
        (
            (-overlap(one.content, other.content), one.cue != other.cue, i, j)
            for i, one in enumerate(left.statements)
            for j, other in enumerate(right.statements)
        ),
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    for minus_score, _, i, j in ranked:
        if -minus_score >= 0.3 and i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            yield left.statements[i], right.statements[j]


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """The shared characters as a part of the longer of two contents: the smaller of the overlaps both ways."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return shared / max(sum(map(len, one)), sum(map(len, other)))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two labellings of the same things; None without things, 1 when only one label was ever used."""
    if not pairs:
        return None
    size = len(pairs)
    agreed = sum(one == other for one, other in pairs) / size
    lefts, rights = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(lefts[label] * rights[label] for label in lefts) / size**2
    return 1.0 if by_chance == 1.0 else (agreed - by_chance) / (1 - by_chance)


def _owed(reports: Iterable[tuple[LabelledReport, LabelledReport]]) -> int:
    """How many statements of the one the other should have: the core ones, and the optional ones that it has."""
    return sum(_owed_of(one, other) for one, other in reports)


def _owed_of(one: LabelledReport, other: LabelledReport) -> int:
    partners = {mine.id: theirs for mine, theirs in matched(one, other)}
    return sum(statement.id in partners or not statement.optional for statement in one.statements)


def _found(pairs: Sequence[Pair], lefts: int, rights: int, at_least: float) -> float:
    close = sum(overlap(one.content, other.content) >= at_least for _, one, _, other in pairs)
    return 2 * close / (lefts + rights) if lefts + rights else 1.0


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def _touch(one: Span | None, other: Span | None) -> bool:
    return one == other or (one is not None and other is not None and one.overlaps(other))


def _same_speakers(pair: Pair) -> bool:
    left, one, right, other = pair
    return frozenset(left.speaker_names(one)) == frozenset(right.speaker_names(other))


def main() -> None:
    first, second = cast(tuple[Pass, Pass], tuple(sys.argv[1:]) or ("a", "b"))
    names = [name for name in labelled_names(first) if name in labelled_names(second)]
    result = agreement((load_report(name, first), load_report(name, second)) for name in names)
    for field in Agreement.__dataclass_fields__:
        value = getattr(result, field)
        print(f"{field:18} {value:.3f}" if isinstance(value, float) else f"{field:18} {value}")


if __name__ == "__main__":
    main()
