"""Judgements as JSON Lines and back: what people decided, as training data and for another copy of the database.

One judgement a line with the fields of `record.Judgement`, withdrawals among them, in the order they were made; read
back in this order they stand as they stood.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO

from onrecord.errors import OnrecordError
from onrecord.keep.store import Store
from onrecord.notation import NotationError, as_data, from_data
from onrecord.record import Judgement


def write_judgements(store: Store, out: IO[str]) -> int:
    """Write every judgement of a store; how many there were."""
    kept = sorted(store.judgements())
    for _, judgement, _ in kept:
        out.write(json.dumps(as_data(judgement), ensure_ascii=False) + "\n")
    return len(kept)


def read_judgements(lines: Iterable[str], name: str) -> Iterator[Judgement]:
    """The judgements in lines of JSON; OnrecordError, with file and line, at the first that is none."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield from_data(Judgement, json.loads(line))
            except (ValueError, RecursionError, NotationError) as error:
                raise OnrecordError(f"{name}, line {number}: not a judgement: {error}") from error


def import_judgements(store: Store, judgements: Iterable[Judgement]) -> tuple[int, int]:
    """Put judgements into a store, all or none; how many were new, and how many were there already."""
    before = len(store.judgements())
    with store.transaction():
        given = sum(store.judge(judgement) > 0 for judgement in judgements)
    new = len(store.judgements()) - before
    return new, given - new
