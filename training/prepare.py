"""Raw corpora as published -> one JSON-lines file each. `python -m training.prepare CORPORA OUT`."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from training.annotated import write
from training.corpora import READERS
from training.unlabelled import article_pages, wikinews

UNLABELLED = {"wikinews": wikinews, "article-pages": article_pages}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with one folder per corpus, named as in training/README.md")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, reader in (READERS | UNLABELLED).items():
        if not (options.corpora / name).is_dir():
            print(f"{name}: not at hand, left out")
            continue
        documents = list(reader(options.corpora / name))
        write(options.out / f"{name}.jsonl", documents)
        print(name, dict(Counter(document.split for document in documents)), sum(len(d.text) for d in documents))


if __name__ == "__main__":
    main()
