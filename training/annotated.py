"""What every corpus becomes: a text with labelled spans. One JSON line per document on disk.

A layer that is None was not annotated in the corpus, and teaches nothing; an empty one says that there is nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans of one attribution; each part may be empty or in several pieces."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text of a corpus. Paragraphs are its lines. `read` limits the annotated part (None: all of it).

    names: (start, end, kind); `scheme` says what the corpus means by them (`training.targets`). times: (start, end,
    kind). mentions: (start, end, kind or None, chain or None). `mentions_complete` is False where a corpus marks only
    some kinds, so that an unmarked span is no evidence against a mention. quotations: content of direct speech only."""

    corpus: str
    id: str
    split: str
    text: str
    read: Spans | None = None
    attributions: tuple[Attribution, ...] | None = None
    quotations: Spans | None = None
    names: tuple[tuple[int, int, str], ...] | None = None
    scheme: str = ""
    times: tuple[tuple[int, int, str], ...] | None = None
    mentions: tuple[tuple[int, int, str | None, int | None], ...] | None = None
    mentions_complete: bool = True


def write(path: Path, documents: Iterable[Annotated]) -> int:
    """Writes one JSON line per document; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(asdict(document), ensure_ascii=False) + "\n")
            count += 1
    return count


def read(path: Path) -> Iterator[Annotated]:
    """The documents of a file that `write` wrote."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield _annotated(json.loads(line))


def _annotated(fields: dict) -> Annotated:
    for name in ("read", "quotations", "names", "times", "mentions"):
        if fields[name] is not None:
            fields[name] = tuple(tuple(item) for item in fields[name])
    if fields["attributions"] is not None:
        fields["attributions"] = tuple(
            Attribution(**{part: tuple(map(tuple, spans)) for part, spans in item.items()})
            for item in fields["attributions"]
        )
    return Annotated(**fields)
