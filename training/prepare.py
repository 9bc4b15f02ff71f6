"""Raw corpora as published -> one JSON-lines file each. `python -m training.prepare CORPORA OUT`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from training.annotated import Annotated, write
from training.corpora import READERS
from training.reports import INVENTED, inner, invented, labelled_reports, reports, standoff
from training.speaker_chains import with_speaker_chains
from training.speakers import reports_with_speakers
from training.unlabelled import UNLABELLED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with one folder per corpus, named as in training/README.md")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, documents in prepared(options.corpora):
        write(options.out / f"{name}.jsonl", documents)
        print(name, dict(Counter(document.split for document in documents)), sum(len(d.text) for d in documents))


def prepared(corpora: Path) -> Iterator[tuple[str, list[Annotated]]]:
    """The documents of each corpus at hand, and those labelled here."""
    every: list[Annotated] = []
    for name, reader in (READERS | UNLABELLED).items():
        if (corpora / name).is_dir():
            documents = list(reader(corpora / name))
            every += documents
            if name == "polnear":
                documents = list(with_speaker_chains(documents, reports_with_speakers(documents)))
            yield name, documents
        else:
            print(f"{name}: not at hand, left out")
    yield "reports", list(with_speaker_chains(reports(), labelled_reports()))
    yield "invented", list(with_speaker_chains(invented(), labelled_reports(INVENTED)))
    yield "standoff", list(with_speaker_chains(standoff(every), reports_with_speakers(every)))
    yield "inner", list(inner(every))


if __name__ == "__main__":
    main()
