"""Scores what onrecord finds against the labelled reports, in the figures that matter to a user.

    python -m gold.score [--part development|scoring] [--labels a|b|adjudicated] [--misses]

A statement is found when its content overlaps a labelled one by at least 0.8 both ways, one to one, best first.
Labelled statements that are `optional` are owed by nobody: what was found of them is dropped. `--misses` lists what
was missed, invented or given to the wrong speaker; look at that for the development part only.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from gold.agreement import overlap
from gold.load import load_reports, set_of
from gold.statements import LabelledReport, LabelledStatement
from onrecord.pipeline import put_on_record
from onrecord.record import Page, Record, Span, Statement

FOUND_AT = 0.8
TOUCHES_AT = 0.3


@dataclass(frozen=True, slots=True)
class Pairing:
    """What was found of one report, with its words as they stand in the report's text."""

    report: LabelledReport
    record: Record
    found: tuple[tuple[LabelledStatement, Statement], ...]
    missed: tuple[LabelledStatement, ...]
    invented: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares between 0 and 1; None where nothing was there to count. The last ones are over the statements found."""

    owed: int
    claimed: int
    recall: float | None
    precision: float | None
    touched_recall: float | None
    direct_recall: float | None
    direct_speaker: float | None
    full_name: float | None
    wrong_speaker: float | None
    kind: float | None
    mode: float | None
    source_type: float | None
    cue_overlap: float | None
    source_overlap: float | None


def score(pairings: Iterable[Pairing]) -> Score:
    """The figures over several reports together."""
    every = list(pairings)
    found = [(each, label, one) for each in every for label, one in each.found if not label.optional]
    missed = [label for each in every for label in each.missed]
    invented = sum(len(each.invented) for each in every)
    touched = sum(_is_touched(label, each.record) for each in every for label in each.missed)
    direct = [each for each in found if each[1].kind == "direct"]
    named = [
        each for each in found if each[1].speakers and each[1].source_type in ("named person", "named organisation")
    ]
    return Score(
        owed=len(found) + len(missed),
        claimed=len(found) + invented,
        recall=_share(len(found), len(found) + len(missed)),
        precision=_share(len(found), len(found) + invented),
        touched_recall=_share(len(found) + touched, len(found) + len(missed)),
        direct_recall=_share(len(direct), len(direct) + sum(label.kind == "direct" for label in missed)),
        direct_speaker=_share(sum(_is_speaker_right(*each) for each in direct), len(direct)),
        full_name=_share(sum(_is_speaker_right(*each) for each in named), len(named)),
        wrong_speaker=_share(sum(_is_speaker_wrong(*each) for each in found), len(found)),
        kind=_share(sum(label.kind == one.kind for _, label, one in found), len(found)),
        mode=_share(sum(label.mode == one.mode for _, label, one in found), len(found)),
        source_type=_share(sum(label.source_type == one.source_type for _, label, one in found), len(found)),
        cue_overlap=_share(sum(_touch(label.cue, one.cue) for _, label, one in found), len(found)),
        source_overlap=_share(sum(_touch(label.source, one.source) for _, label, one in found), len(found)),
    )


def pair(report: LabelledReport, record: Record) -> Pairing:
    """Pairs labelled statements with those of the record; ValueError when the record is of another text."""
    if record.document.text != report.text:
        raise ValueError(f"{report.name}: the reader changed the text")
    matches = list(_matches(report.statements, record.statements))
    labelled, found = {label.id for label, _ in matches}, {one.id for _, one in matches}
    optional = [label for label in report.statements if label.optional]
    invented = [one for one in record.statements if one.id not in found]
    return Pairing(
        report,
        record,
        tuple(matches),
        tuple(label for label in report.statements if label.id not in labelled and not label.optional),
        tuple(one for one in invented if not any(_overlap(label, one) >= TOUCHES_AT for label in optional)),
    )


def _matches(
    labels: Sequence[LabelledStatement], statements: Sequence[Statement]
) -> Iterator[tuple[LabelledStatement, Statement]]:
    """One to one, best overlap first, then the same cue, then what is owed before what is optional."""
    ranked = sorted(
        (-_overlap(label, one), not _touch(label.cue, one.cue), label.optional, i, j)
        for i, label in enumerate(labels)
        for j, one in enumerate(statements)
    )
    used_labels: set[int] = set()
    used: set[int] = set()
    for minus_overlap, _, _, i, j in ranked:
        if -minus_overlap >= FOUND_AT and i not in used_labels and j not in used:
            used_labels.add(i)
            used.add(j)
            yield labels[i], statements[j]


def name_of(record: Record, statement: Statement) -> str | None:
    """The full name that the record gives the speaker; None when it knows none."""
    for entity in record.entities:
        if entity.id == statement.speaker and entity.name is not None:
            return record.document.words(entity.name)
    return None


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, spaces, an article before and a mark of possession or a full stop
    behind: of "Corp." at the end of a sentence the stop is anybody's."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split()).removeprefix("the ").removesuffix("'s").rstrip(".")


def _is_speaker_right(pairing: Pairing, label: LabelledStatement, one: Statement) -> bool:
    """The name when the report gives one; when it gives none, no name, or that of a document's maker."""
    name = name_of(pairing.record, one)
    if name is None:
        return not label.speakers
    return any(same_name(name, right) for right in _right_names(pairing.report, label))


def _is_speaker_wrong(pairing: Pairing, label: LabelledStatement, one: Statement) -> bool:
    return name_of(pairing.record, one) is not None and not _is_speaker_right(pairing, label, one)


def _right_names(report: LabelledReport, label: LabelledStatement) -> Iterator[str]:
    yield from report.speaker_names(label)
    yield from (report.words(span) for key in label.speakers for span in report.entity(key).also)
    if not label.speakers and label.source_type != "none":
        yield from (report.words(report.entity(key).name) for key in label.candidates)


def _is_touched(label: LabelledStatement, record: Record) -> bool:
    return any(_overlap(label, one) >= TOUCHES_AT for one in record.statements)


def _overlap(label: LabelledStatement, one: Statement) -> float:
    return overlap(label.content, one.content)


def _touch(label: Span | None, one: Span | None) -> bool:
    return label == one or (label is not None and one is not None and label.overlaps(one))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def misses(pairing: Pairing) -> Iterator[str]:
    """What a person would want to look at, a line each."""
    words = pairing.record.document.words
    for label in pairing.missed:
        yield f"missed    {label.kind:8} {_brief(words(span) for span in label.content)}"
    for one in pairing.invented:
        yield f"invented  {one.kind:8} {_brief(words(span) for span in one.content)}"
    for label, one in pairing.found:
        if not label.optional and not _is_speaker_right(pairing, label, one):
            right = " + ".join(pairing.report.speaker_names(label)) or f"({label.source_type})"
            content = _brief(words(span) for span in label.content)
            yield f"speaker   {name_of(pairing.record, one)} for {right}: {content}"


def _brief(parts: Iterable[str]) -> str:
    words = " ... ".join(parts).replace("\n", " ")
    return words if len(words) < 110 else f"{words[:70]} ... {words[-30:]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("development", "scoring"), default="development")
    parser.add_argument("--labels", choices=("a", "b", "adjudicated"), default="adjudicated")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--by-set", action="store_true")
    options = parser.parse_args()
    pairings = [
        pair(report, put_on_record(Page(report.text.encode(), report.name, format="text")))
        for report in load_reports(options.part, options.labels)
    ]
    for pairing in pairings if options.misses else ():
        print("\n".join((f"== {pairing.report.name}", *misses(pairing))))
    print_score("all", pairings)
    for name in sorted({set_of(each.report.name) for each in pairings}) if options.by_set else ():
        print_score(name, [each for each in pairings if set_of(each.report.name) == name])


def print_score(title: str, pairings: Sequence[Pairing]) -> None:
    """Every figure over several reports, a line each."""
    print(f"-- {title}: {len(pairings)} reports")
    result = score(pairings)
    for each in fields(result):
        value = getattr(result, each.name)
        print(f"{each.name:16} {value:.3f}" if isinstance(value, float) else f"{each.name:16} {value}")


if __name__ == "__main__":
    main()
