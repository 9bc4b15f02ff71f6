"""Worldwide dev: people, organisations and places found by names.py, beside published figures.

`PYTHONPATH=. python benchmarks/names.py CORPORA/worldwide [--weights FOLDER]`. The corpus publishes tokens; they are
printed as a newspaper would (training/detokenise.py) and scored as character spans.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from training.annotated import Annotated
from training.corpora import worldwide
from training.scoring import Count, exact, interval, total
from training.targets import document_of

from onrecord.find.encoder import Encoder, encode, load_encoder
from onrecord.find.labels import NAME_KINDS
from onrecord.find.names import find_names
from onrecord.find.weights import PACKAGED, load_weights

CORE = ("person", "organisation", "place")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("worldwide", type=Path)
    parser.add_argument("--weights", type=Path, default=PACKAGED)
    options = parser.parse_args()
    documents = [document for document in worldwide(options.worldwide) if document.split == "dev"]
    print(table(score(documents, load_encoder(load_weights(options.weights)))))


def score(documents: Sequence[Annotated], encoder: Encoder) -> dict[str, list[Count]]:
    """Kind -> one count per document; "core" is person, organisation and place together."""
    counts: dict[str, list[Count]] = defaultdict(list)
    for annotated in documents:
        found = found_names(annotated.text, encoder)
        wanted = list(annotated.names or ())
        for kind in NAME_KINDS:
            counts[kind].append(_of((kind,), found, wanted))
        counts["core"].append(_of(CORE, found, wanted))
    return counts


def found_names(text: str, encoder: Encoder) -> list[tuple[int, int, str]]:
    """Names as spans of code points with their kind, as `find_names` gives them to users."""
    document = document_of(text)
    return [(name.span.start, name.span.end, name.kind) for name in find_names(document, encode(document, encoder))]


def _of(kinds: Sequence[str], found: Sequence[tuple[int, int, str]], wanted: Sequence[tuple[int, int, str]]) -> Count:
    return exact([name for name in found if name[2] in kinds], [name for name in wanted if name[2] in kinds])


def table(counts: dict[str, list[Count]]) -> str:
    """F1 of each kind with its 95% interval over documents."""
    lines = [f"{'':24}{'F1':>18}{'precision':>12}{'recall':>12}{'wanted':>10}"]
    for kind in ("core", *NAME_KINDS):
        sum_ = total(counts[kind])
        low, high = interval(counts[kind])
        middle = f"{100 * sum_.f1:.1f} ({100 * low:.1f}-{100 * high:.1f})"
        name = "person+org+place" if kind == "core" else kind
        lines.append(f"{name:24}{middle:>18}{100 * sum_.precision:>12.1f}{100 * sum_.recall:>12.1f}{sum_.wanted:>10}")
    lines.append("for scale, CoNLL-2003 (another corpus): spaCy-RoBERTa 91.6, Stanza 92.1, Flair 93.1")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
