"""What a page says of itself, field by field: clues are gathered from many places, and settled here.

A clue is one reading of one field, from one place. Clues that agree strengthen each other; the strongest reading wins.
This module does not find clues: `meta.py` finds them in HTML, `text.py` in plain text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from onrecord.record import Dateline, Provenance, Source, Span, TakenFrom

FieldName = Literal[
    "url",
    "publisher",
    "headline",
    "byline",
    "contributors",
    "agency",
    "dateline",
    "published",
    "modified",
    "language",
]
Value = str | tuple[str, ...] | Dateline


#: A list of names must be this sure before shorter ones speak for it.
BELIEVED = 0.6


@dataclass(frozen=True, slots=True)
class Clue:
    """One reading of one field: its value, where it was taken from, how sure that is (0 to 1), its span if visible."""

    field: FieldName
    value: Value
    taken_from: TakenFrom
    score: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class SourceFields:
    """The fields of a `Source` that a page or text gives, each with its provenance; None or () where it is silent."""

    url: str | None = None
    publisher: str | None = None
    headline: str | None = None
    byline: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    agency: str | None = None
    dateline: Dateline | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    provenance: tuple[Provenance, ...] = ()


def settle(clues: Iterable[Clue]) -> SourceFields:
    """The best reading of each field, its score raised where independent clues agree; the earlier clue wins a tie."""
    by_field: dict[FieldName, list[Clue]] = {}
    for clue in clues:
        by_field.setdefault(clue.field, []).append(clue)
    best = {field: _strongest(found) for field, found in by_field.items()}
    provenance = tuple(Provenance(c.field, c.taken_from, c.score, c.span) for c in best.values())
    return SourceFields(
        url=_text(best.get("url")),
        publisher=_text(best.get("publisher")),
        headline=_text(best.get("headline")),
        byline=_names(best.get("byline")),
        contributors=_without(_names(best.get("contributors")), _names(best.get("byline"))),
        agency=_text(best.get("agency")),
        dateline=cast("Dateline", best["dateline"].value) if "dateline" in best else None,
        published=_text(best.get("published")),
        modified=_text(best.get("modified")),
        language=_text(best.get("language")),
        provenance=provenance,
    )


def _without(contributors: tuple[str, ...], byline: tuple[str, ...]) -> tuple[str, ...]:
    """Who else reported: the line that closes a report often names those of its byline once more."""
    signed = {comparable(name) for name in byline}
    return tuple(name for name in contributors if comparable(name) not in signed)


def described(source: Source, fields: SourceFields) -> Source:
    """`source` with what the page says of itself."""
    return replace(
        source,
        url=fields.url or source.url,
        publisher=fields.publisher,
        headline=fields.headline,
        byline=fields.byline,
        contributors=fields.contributors,
        agency=fields.agency,
        dateline=fields.dateline,
        published=fields.published,
        modified=fields.modified,
        provenance=fields.provenance,
    )


def _strongest(clues: Sequence[Clue]) -> Clue:
    rivals: dict[str, list[Clue]] = {}
    for clue in clues:
        rivals.setdefault(_rival(clue), []).append(clue)
    _lend_to_longer_lists(rivals)
    winners = max(rivals.values(), key=_joint_score)
    first = max(winners, key=_rank)
    span = next((clue.span for clue in winners if clue.span is not None), None)
    return Clue(first.field, first.value, first.taken_from, _joint_score(winners), span)


def _lend_to_longer_lists(rivals: dict[str, list[Clue]]) -> None:
    """A list of names that is part of a longer one speaks for it: sites often give machines one author of three."""
    for key, clues in list(rivals.items()):
        names = clues[0].value
        if clues[0].field != "byline" or not isinstance(names, tuple):
            continue
        own = {comparable(name) for name in names}
        for others in list(rivals.values()):
            longer = {comparable(name) for name in others[0].value} if isinstance(others[0].value, tuple) else set()
            if own < longer and max(clue.score for clue in others) >= BELIEVED:
                others.extend(replace(clue, value=others[0].value, span=None) for clue in clues)
                del rivals[key]
                break


def _rival(clue: Clue) -> str:
    """What readings must share to agree; times agree when they fall on one day."""
    return str(clue.value)[:10] if clue.field in ("published", "modified") else comparable(clue.value)


def _rank(clue: Clue) -> tuple[bool, float]:
    """Among readings that agree: a time before a bare day, then the surer."""
    return clue.field in ("published", "modified") and len(str(clue.value)) > 10, clue.score


def _joint_score(clues: Sequence[Clue]) -> float:
    """One minus the chance that every place that says so is wrong; a place counts once, and nothing is beyond doubt."""
    doubt = 1.0
    for place in sorted({clue.taken_from for clue in clues}):
        doubt *= 1 - max(clue.score for clue in clues if clue.taken_from == place)
    return round(min(0.99, 1 - doubt), 3)


def comparable(value: Value) -> str:
    """A form in which two readings of the same value are equal: case, encoding, quotes and spaces put aside."""
    if isinstance(value, Dateline):
        value = f"{value.place} {value.date or ''}"
    words = value if isinstance(value, str) else "|".join(value)
    return re.sub(r"[^\w|+-]+", " ", unicodedata.normalize("NFKC", words).casefold()).strip()


def _text(clue: Clue | None) -> str | None:
    return cast(str, clue.value) if clue is not None else None


def _names(clue: Clue | None) -> tuple[str, ...]:
    return cast("tuple[str, ...]", clue.value) if clue is not None else ()
