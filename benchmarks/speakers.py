"""Full names of speakers in newswire: of the statements found, how many are given to whom the report names.

    PYTHONPATH=.:src python -m benchmarks.speakers [--data ../shared/data]

609 reports from the training parts of the corpora, whose speakers were labelled by reading (training/labelled). The
model has learned from their statements and names, so that recall and precision say nothing here; of speakers it has
learned nothing. Rules were made on two thirds of the reports; of the last third no miss has been looked at.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from gold.score import Pairing, pair, score
from gold.statements import LabelledReport
from training.corpora import READERS
from training.speakers import is_unread, reports_with_speakers

from onrecord.pipeline import put_on_record
from onrecord.record import Page

CORPORA = ("worldwide", "timebank", "re3d")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="one folder per corpus")
    options = parser.parse_args()
    pairings = [_pairing(report) for report in _reports(options.data)]
    if not pairings:
        raise SystemExit(f"none of {', '.join(CORPORA)} is at {options.data}")
    _print("two thirds that were looked at", [each for each in pairings if not is_unread(each.report.name)])
    _print("the third that was not", [each for each in pairings if is_unread(each.report.name)])


def _reports(data: Path) -> Iterator[LabelledReport]:
    for name in CORPORA:
        if (data / name).is_dir():
            yield from reports_with_speakers(READERS[name](data / name))


def _pairing(report: LabelledReport) -> Pairing:
    return pair(report, put_on_record(Page(report.text.encode(), report.name, format="text")))


def _print(title: str, pairings: Sequence[Pairing]) -> None:
    result = score(pairings)
    found = sum(len(each.found) for each in pairings)
    print(f"-- {title}: {len(pairings)} reports, {found} statements found")
    print(f"full_name        {result.full_name:.3f}\nwrong_speaker    {result.wrong_speaker:.3f}")


if __name__ == "__main__":
    main()
