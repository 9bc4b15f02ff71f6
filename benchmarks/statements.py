"""Who said what, measured: PolNeAR end to end on raw text, and our own gold set.

    python benchmarks/statements.py polnear DIR [--rules] [--part dev]
    python benchmarks/statements.py gold [--split dev]

Published figures for PolNeAR's test part rendered as whole documents (exact source / cue / content, any-overlap
content): BERT 77.5 / 71.6 / 62.5, 83.4; CRF 62.0 / 59.0 / 44.3, 68.1. Nested statements are left out of the PolNeAR
comparison, because its annotation has none. PolNeAR counts the comma that closes an apposition to the source, and
gold/guidelines.md does not: one line has the sources with it left out on both sides.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from onrecord.find.encoder import Encoder, Scores, encode, load_encoder, packaged_encoder
from onrecord.find.statements import find_statements
from onrecord.find.weights import load_weights
from onrecord.read.segment import segment
from onrecord.record import Block, Document, Source, Span, Statement

PUBLISHED = {"BERT": (77.5, 71.6, 62.5, 83.4), "CRF": (62.0, 59.0, 44.3, 68.1)}


@dataclass(slots=True)
class Tally:
    """Matches, predictions and gold items; F1 in percent."""

    matched: float = 0
    predicted: float = 0
    wanted: float = 0
    matched_wanted: float = 0

    def add(self, mine: set[tuple[int, int]], gold: set[tuple[int, int]]) -> None:
        """Counts spans that are equal."""
        self.matched += len(mine & gold)
        self.predicted += len(mine)
        self.wanted += len(gold)

    @property
    def precision(self) -> float:
        return 100 * self.matched / max(self.predicted, 1)

    @property
    def recall(self) -> float:
        return 100 * (self.matched_wanted or self.matched) / max(self.wanted, 1)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)

    def __str__(self) -> str:
        return f"P {self.precision:5.1f}  R {self.recall:5.1f}  F1 {self.f1:5.1f}"


@dataclass(slots=True)
class Attribution:
    """One attribution of PolNeAR: its spans by role."""

    spans: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))


def polnear_documents(folder: Path) -> Iterator[tuple[str, str, list[Attribution]]]:
    """Name, text and attributions of each document; of several annotators the first one."""
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    for name, path in sorted(first.items()):
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        yield name, text, _brat(path)


def _brat(path: Path) -> list[Attribution]:
    spans: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if re.fullmatch(r"T\d+", fields[0]) and len(fields) > 1:
            places = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = [Span(*map(int, place.split())) for place in places]
        elif re.fullmatch(r"E\d+", fields[0]) and len(fields) > 1:
            events.append(fields[1])
    return [_event(event, spans) for event in events]


def _event(event: str, spans: dict[str, list[Span]]) -> Attribution:
    attribution = Attribution()
    for part in event.split():
        role, key = part.split(":")
        attribution.spans[re.sub(r"\d+$", "", role).lower()] += spans.get(key, [])
    return attribution


def plain_document(text: str) -> Document:
    """A document of lines, as PolNeAR's raw text has them, in the sentences that the reader finds."""
    blocks = tuple(Block(Span(*match.span()), "paragraph") for match in re.finditer(r"[^\n]*\S[^\n]*", text))
    return Document(text, Source("0" * 64, "benchmark"), blocks, segment(text, blocks))


def score_polnear(folder: Path, run: Callable[[Document], Scores] | None) -> dict[str, Tally]:
    """Exact spans of each role, and contents that overlap."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    seconds, words = 0.0, 0
    for _, text, wanted in polnear_documents(folder):
        document = plain_document(text)
        begun = time.perf_counter()
        found = find_statements(document, run(document) if run else None)
        seconds += time.perf_counter() - begun
        words += len(text.split())
        _compare([one for one in found if one.inside is None], wanted, document, tallies)
    print(
        f"{words / max(seconds, 1e-9):,.0f} words a second, {words / 700 / max(seconds, 1e-9):.1f} stories of 700 words"
    )
    return tallies


def _compare(
    found: Sequence[Statement], wanted: Sequence[Attribution], document: Document, tallies: dict[str, Tally]
) -> None:
    ours = {
        "source": [one.source for one in found if one.source],
        "cue": [one.cue for one in found if one.cue],
        "content": [span for one in found for span in one.content],
    }
    for role, spans in ours.items():
        mine = {_tight(span, document) for span in spans}
        gold = {_tight(span, document) for one in wanted for span in one.spans[role]}
        tallies[role].add(mine, gold)
        if role == "source":
            closed = [{_without_comma(span, document) for span in some} for some in (mine, gold)]
            tallies["source, no closing comma"].add(*closed)
    contents = [(one.content, list(other.content)) for one in found for other in (one,)]
    _overlaps([list(c) for c, _ in contents], [one.spans["content"] for one in wanted if one.spans["content"]], tallies)


def _overlaps(mine: list[list[Span]], gold: list[list[Span]], tallies: dict[str, Tally]) -> None:
    def touches(one: list[Span], others: list[list[Span]]) -> bool:
        return any(span.overlaps(other) for span in one for spans in others for other in spans)

    tally = tallies["content, any overlap"]
    tally.predicted += len(mine)
    tally.wanted += len(gold)
    tally.matched += sum(touches(one, gold) for one in mine)
    tally.matched_wanted += sum(touches(one, mine) for one in gold)


def _tight(span: Span, document: Document) -> tuple[int, int]:
    words = document.words(span)
    start = span.start + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _without_comma(span: tuple[int, int], document: Document) -> tuple[int, int]:
    start, end = span
    return start, start + len(document.text[start:end].rstrip(" ,"))


def _encode(encoder: Encoder, document: Document) -> Scores:
    return encode(document, encoder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("polnear",))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rules", action="store_true", help="shapes only, no model")
    parser.add_argument("--part", default="dev")
    parser.add_argument("--weights", type=Path, help="folder of other weights than the package's")
    options = parser.parse_args()
    run = None
    if not options.rules:
        encoder = load_encoder(load_weights(options.weights)) if options.weights else packaged_encoder()
        run = partial(_encode, encoder)
    for role, tally in score_polnear(options.folder / options.part, run).items():
        print(f"{role:26} {tally}")
    for name, figures in PUBLISHED.items():
        print(f"{name} on test: source {figures[0]} cue {figures[1]} content {figures[2]} overlap {figures[3]}")


if __name__ == "__main__":
    main()
