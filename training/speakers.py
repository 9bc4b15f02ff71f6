"""Reports of the corpora whose speakers were labelled: labelled/speakers.jsonl -> LabelledReport.

A line has an answer for each attribution that standoff.jsonl, or PolNeAR itself, has of the report, in the same order.
An answer is a list:
of `[kind, [place, …]]` for each who is named, with the places of the name and of forms that are as full; or a word for
a source without a name ("?person", "?group", "?document", "?none", "?unclear") and the places of who may be behind it.
Kinds, modes and statements inside others were not labelled, and stand as "indirect", "said" and none.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final, cast

from gold.statements import EntityKind, LabelledEntity, LabelledReport, LabelledStatement

from onrecord.record import SourceType, Span
from training.annotated import Annotated, Attribution
from training.reports import HERE, standoff

SPEAKERS = HERE / "speakers.jsonl"
_TYPES: Final[dict[str, SourceType]] = {
    "?person": "unnamed person",
    "?group": "unnamed group",
    "?document": "document",
    "?none": "none",
    "?unclear": "unnamed person",
    "person": "named person",
    "organisation": "named organisation",
    "document": "document",
}


def is_unread(name: str) -> bool:
    """Whether a report, by the initial of its corpus and its id, is of the third of which no miss was looked at."""
    return zlib.crc32(f"spk {name}".encode()) % 3 == 0


def reports_with_speakers(documents: Iterable[Annotated], path: Path = SPEAKERS) -> Iterator[LabelledReport]:
    """The documents whose speakers were labelled; those whose text is not the one that was labelled are left out."""
    with path.open(encoding="utf-8") as file:
        answers = {(row["corpus"], row["id"]): row["speakers"] for row in map(json.loads, file)}
    documents = list(documents)
    corpus_of = {document.id: document.corpus for document in documents}
    own = (document for document in documents if document.corpus == "polnear")
    for document in chain(standoff(documents), own):
        found = answers.get((corpus_of[document.id], document.id))
        if found is not None:
            yield _report(f"{corpus_of[document.id][0]}-{document.id}", document, found)


def _report(name: str, document: Annotated, answers: Sequence[Any]) -> LabelledReport:
    entities: dict[tuple[Any, ...], LabelledEntity] = {}
    statements = [
        _statement(number, attribution, answer, entities)
        for number, (attribution, answer) in enumerate(zip(document.attributions or (), answers, strict=True), start=1)
    ]
    return LabelledReport(name, document.text, tuple(entities.values()), tuple(statements))


def _statement(
    number: int, attribution: Attribution, answer: Sequence[Any], entities: dict[tuple[Any, ...], LabelledEntity]
) -> LabelledStatement:
    nameless = answer[0] if isinstance(answer[0], str) else None
    people = [("organisation", [place]) for place in answer[1:]] if nameless else answer
    keys = tuple(_key(kind, places, entities) for kind, places in people)
    spans = [tuple(Span(*place) for place in part) for part in (attribution.source, attribution.cue)]
    return LabelledStatement(
        id=f"s{number}",
        paragraph=0,
        content=tuple(Span(*place) for place in attribution.content),
        kind="indirect",
        mode="said",
        source_type=_TYPES[nameless or people[0][0]],
        cue=next(iter(spans[1]), None),
        source=next(iter(spans[0]), None),
        speakers=() if nameless else keys,
        chain=(),
        unknown_because=nameless,
        candidates=keys if nameless else (),
        negated=False,
        hedged=False,
        optional=False,
        inside=None,
        reason=None,
        occasion=None,
    )


def _key(kind: str, places: Sequence[Sequence[int]], entities: dict[tuple[Any, ...], LabelledEntity]) -> str:
    name, *also = (Span(*place) for place in places)
    known = entities.setdefault(
        (kind, name, *also),
        LabelledEntity(f"e{len(entities) + 1}", cast(EntityKind, kind), name, also=tuple(also)),
    )
    return known.key
