"""Full names of speakers: of the statements found, how many are given to whom the report names.

    PYTHONPATH=.:src python -m benchmarks.speakers [--data ../shared/data]

1,129 reports of the corpora whose speakers were labelled by reading (training/labelled): 609 of newswire, 240 of US
politics from PolNeAR (84 of its development part, 156 of the training part) and 280 Australian broadcasts. The model
has learned from the statements of most of them, so that recall and precision say nothing here; of speakers it has
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
from training.unlabelled import UNLABELLED

from onrecord.pipeline import put_on_record
from onrecord.record import Page

SETS = {"newswire": ("worldwide", "timebank", "re3d"), "US politics": ("polnear",), "broadcasts": ("lee",)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="one folder per corpus")
    options = parser.parse_args()
    for title, corpora in SETS.items():
        pairings = [_pairing(report) for report in _reports(options.data, corpora)]
        if not pairings:
            print(f"-- {title}: none of {', '.join(corpora)} is at {options.data}, left out")
            continue
        _print(
            f"{title}, two thirds that were looked at", [each for each in pairings if not is_unread(each.report.name)]
        )
        _print(f"{title}, the third that was not", [each for each in pairings if is_unread(each.report.name)])


def _reports(data: Path, corpora: Sequence[str]) -> Iterator[LabelledReport]:
    for name in corpora:
        if (data / name).is_dir():
            yield from reports_with_speakers((READERS | UNLABELLED)[name](data / name))


def _pairing(report: LabelledReport) -> Pairing:
    return pair(report, put_on_record(Page(report.text.encode(), report.name, format="text")))


def _print(title: str, pairings: Sequence[Pairing]) -> None:
    result = score(pairings)
    found = sum(len(each.found) for each in pairings)
    print(f"-- {title}: {len(pairings)} reports, {found} statements found")
    print(f"full_name        {result.full_name:.3f}\nwrong_speaker    {result.wrong_speaker:.3f}")


if __name__ == "__main__":
    main()
