"""Statements in the reports that were labelled for training but held back from it.

    PYTHONPATH=.:src python -m benchmarks.reports [--data ../shared/data] [--misses]

Wikinews and invented reports first, then those of newspapers, agencies, broadcasts, ministries and web pages, whose
texts are only in the corpora (left out where these are not at hand). Scored as `gold.score` scores gold, against one
pass of labelling that was not settled: two passes over the Wikinews reports agree on 95% of contents
(training/labelled/README.md), so that no system can be expected to do better.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from gold.score import misses, pair, print_score
from gold.statements import LabelledReport
from training.corpora import READERS
from training.reports import INVENTED, held_back, is_held_back, labelled_reports
from training.unlabelled import UNLABELLED

from onrecord.pipeline import put_on_record
from onrecord.record import Page, Record

#: Corpora that hold texts of labelled reports.
CORPORA = ("worldwide", "timebank", "re3d", "lee", "pages")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="one folder per corpus")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    _measure("Wikinews", (report for report in labelled_reports() if is_held_back(report.name)), options.misses)
    _measure("invented", (report for report in labelled_reports(INVENTED) if is_held_back(report.name)), options.misses)
    for name in CORPORA:
        if (options.data / name).is_dir():
            _measure(name, held_back((READERS | UNLABELLED)[name](options.data / name)), options.misses)
        else:
            print(f"-- {name}: not at {options.data}, left out")


def _record(report: LabelledReport) -> Record:
    return put_on_record(Page(report.text.encode(), report.name, format="text"))


def _measure(title: str, reports: Iterable[LabelledReport], with_misses: bool) -> None:
    pairings = [pair(report, _record(report)) for report in reports]
    for pairing in pairings if with_misses else ():
        print("\n".join((f"== {pairing.report.name}", *misses(pairing))))
    print_score(title, pairings)


if __name__ == "__main__":
    main()
