"""PolNeAR dev, whole documents: sources, cues and contents of the model's heads, decoded, beside published figures.

`PYTHONPATH=. python benchmarks/attribution.py CORPORA/polnear [--weights FOLDER]`. Spans are scored in their contiguous
pieces; one that runs over a paragraph break counts once for each paragraph. The published figures for whole documents
are on the test part, from published predictions scored in the same way.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from training.annotated import Annotated
from training.corpora import polnear
from training.scoring import Count, exact, interval, overlapping, total
from training.targets import document_of

from onrecord.find.decoding import segments
from onrecord.find.encoder import Encoder, encode, load_encoder
from onrecord.find.labels import TAGS
from onrecord.find.weights import PACKAGED, load_weights

HEADS = ("source", "cue", "content")
PUBLISHED = (
    ("BERT-base (whole documents, test)", "77.5", "71.6", "62.5", "83.4"),
    ("CRF (whole documents, test)", "62.0", "59.0", "44.3", "75.5"),
    ("BERT trained on WSJ (same)", "60.4", "55.6", "46.0", "68.1"),
    ("annotators with one another", "77.7", "70.5", "68.4", ""),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("--weights", type=Path, default=PACKAGED)
    options = parser.parse_args()
    documents = [document for document in polnear(options.polnear) if document.split == "dev"]
    counts = score(documents, load_encoder(load_weights(options.weights)))
    print(table(counts))


def score(documents: Sequence[Annotated], encoder: Encoder) -> dict[str, list[Count]]:
    """Head -> one count per document; "overlap" is any overlap of contents."""
    counts: dict[str, list[Count]] = defaultdict(list)
    for annotated in documents:
        found = found_spans(annotated.text, encoder)
        wanted = wanted_spans(annotated)
        for head in HEADS:
            counts[head].append(exact(found[head], wanted[head]))
        counts["overlap"].append(overlapping(found["content"], wanted["content"]))
    return counts


def found_spans(text: str, encoder: Encoder) -> dict[str, list[tuple[int, int]]]:
    """Head -> spans of code points that decoding finds in a text."""
    scores = encode(document_of(text), encoder)
    found: dict[str, list[tuple[int, int]]] = {}
    for head in HEADS:
        runs = segments(scores.tags[head], TAGS[head], scores.paragraphs, transitions=encoder.transitions.get(head))
        found[head] = [(int(scores.words[run.start, 0]), int(scores.words[run.end - 1, 1])) for run in runs]
    return found


def wanted_spans(annotated: Annotated) -> dict[str, list[tuple[int, int]]]:
    """Head -> annotated spans, cut at paragraph breaks and trimmed of white space."""
    return {
        head: [
            piece
            for attribution in annotated.attributions or ()
            for span in getattr(attribution, head)
            for piece in _in_lines(annotated.text, *span)
        ]
        for head in HEADS
    }


def _in_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    for line in text[start:end].split("\n"):
        left = start + len(line) - len(line.lstrip())
        if line.strip():
            pieces.append((left, left + len(line.strip())))
        start += len(line) + 1
    return pieces


def table(counts: dict[str, list[Count]]) -> str:
    """Ours with 95% intervals over documents, then the published figures."""
    lines = [f"{'':36}{'source':>18}{'cue':>18}{'content':>18}{'any overlap':>18}"]
    ours = []
    for name in (*HEADS, "overlap"):
        low, high = interval(counts[name])
        ours.append(f"{100 * total(counts[name]).f1:.1f} ({100 * low:.1f}-{100 * high:.1f})")
    lines.append(f"{'onrecord (dev)':36}" + "".join(f"{cell:>18}" for cell in ours))
    lines += [f"{name:36}" + "".join(f"{cell:>18}" for cell in cells) for name, *cells in PUBLISHED]
    for name in (*HEADS, "overlap"):
        sum_ = total(counts[name])
        lines.append(
            f"  {name}: precision {100 * sum_.precision:.1f}, recall {100 * sum_.recall:.1f}, {sum_.wanted} wanted"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
