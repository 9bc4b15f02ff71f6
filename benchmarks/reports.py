"""Statements in the Wikinews reports that were labelled for training but held back from it.

    PYTHONPATH=.:src python -m benchmarks.reports [--misses]

Scored as `gold.score` scores gold, against the first of two passes that were not settled: the passes agree with each
other on 95% of contents (training/labelled/README.md), so that no system can be expected to do better.
"""

from __future__ import annotations

import argparse

from gold.score import misses, pair, print_score
from training.reports import is_held_back, labelled_reports

from onrecord.pipeline import put_on_record
from onrecord.record import Page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    pairings = [
        pair(report, put_on_record(Page(report.text.encode(), report.name, format="text")))
        for report in labelled_reports()
        if is_held_back(report.name)
    ]
    for pairing in pairings if options.misses else ():
        print("\n".join((f"== {pairing.report.name}", *misses(pairing))))
    print_score("held back", pairings)


if __name__ == "__main__":
    main()
