"""Prints the labels of a report as they resolved, for proof-reading.

python -m gold.show PASS [NAME...]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import cast

from gold.load import Pass, labelled_names, load_report
from gold.statements import LabelledReport, LabelledStatement
from onrecord.record import Span


def show(report: LabelledReport) -> str:
    """One block a statement: who, how, and the words."""
    return "\n".join((f"== {report.name}", *(show_statement(report, one) for one in report.statements)))


def show_statement(report: LabelledReport, one: LabelledStatement) -> str:
    flags = [flag for flag in ("negated", "hedged", "optional") if getattr(one, flag)]
    who = " + ".join(report.speaker_names(one)) or f"({one.source_type}: {one.unknown_because})"
    lines = [f"{one.id} ¶{one.paragraph} {one.kind} {one.mode} {' '.join(flags)} {who}"]
    lines += [f"    content {_quoted(report, one.content)}"]
    extra = {"cue": one.cue, "source": one.source, "reason": one.reason, "occasion": one.occasion}
    lines += [f"    {what} {_quoted(report, (span,))}" for what, span in extra.items() if span is not None]
    if len(one.chain) > 1:
        lines.append(f"    chain {_quoted(report, one.chain)}")
    if one.inside is not None:
        lines.append(f"    inside {one.inside}")
    return "\n".join(lines)


def _quoted(report: LabelledReport, spans: Iterable[Span]) -> str:
    return " · ".join(f"[{report.words(span)}]" for span in spans)


def main() -> None:
    labels, *names = sys.argv[1:]
    for name in names or labelled_names(cast(Pass, labels)):
        print(show(load_report(name, cast(Pass, labels))))


if __name__ == "__main__":
    main()
