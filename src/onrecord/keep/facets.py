"""How the stories that answer a question divide: by publisher, agency, speaker, month. Read-only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.keep.answers import Count, Facets, StoryQuestion
from onrecord.keep.lists import Where, among
from onrecord.keep.store import Store
from onrecord.keep.stories import story_listing

#: Steps from month to month through the index of days, the latest first: a fifth of the time of grouping every story.
_MONTHS = """
WITH RECURSIVE each (month) AS (
  SELECT (SELECT substr(max(day), 1, 7) FROM story WHERE current AND day > '')
  UNION ALL
  SELECT (SELECT substr(max(day), 1, 7) FROM story WHERE current AND day > '' AND day < month)
  FROM each WHERE month IS NOT NULL)
SELECT month,
  (SELECT count(*) FROM story WHERE current AND day >= month AND day < month || '~' AND substr(day, 1, 7) = month)
FROM each WHERE month IS NOT NULL"""
#: Values of one facet that are answered.
_MOST_VALUES = 20
#: Stories over which the facets of a narrowed list are counted: their statements are looked up one by one, 5 us each.
_FACETED = 2_000


def facets(store: Store, question: StoryQuestion | None = None) -> Facets:
    """How the stories that answer a question divide: most frequent values first, months newest first."""
    listing = story_listing(store, question or StoryQuestion())
    if listing.where.is_empty:
        return Facets((), (), (), (), True)
    if listing.where == Where(("story.current",)) and listing.chosen is None:
        return store.remembered("facets", lambda: _all_facets(store))
    found = store.rows(
        f"SELECT {listing.key}, publisher, agency, substr(day, 1, 7) FROM {listing.tables} WHERE {listing.where.sql()}"
        f" LIMIT {_FACETED + 1}",
        listing.where.values,
    )
    rows = found[:_FACETED]
    said = "FROM statement CROSS JOIN name ON name.id = statement.name WHERE statement.story"
    speakers = f"SELECT name.person, count(*) {said} IN ({among([row[0] for row in rows])}) GROUP BY 1"
    return Facets(
        _tallied(row[1] for row in rows),
        _tallied(row[2] for row in rows),
        _person_counts(store, store.rows(f"{speakers} ORDER BY 2 DESC, 1 LIMIT ?", (_MOST_VALUES,))),
        tuple(sorted(_tallied((row[3] for row in rows), most=None), key=lambda count: count.value, reverse=True)),
        len(found) <= _FACETED,
    )


def _tallied(values: Iterable[str | None], most: int | None = _MOST_VALUES) -> tuple[Count, ...]:
    counts = Counter(value for value in values if value)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Count(value, value, count) for value, count in ordered[:most])


def _all_facets(store: Store) -> Facets:
    said = "SELECT id, statements FROM person WHERE statements > 0 ORDER BY statements DESC, id DESC LIMIT ?"
    return Facets(
        _counts(store, "SELECT publisher, count(*) FROM story WHERE current AND publisher IS NOT NULL"),
        _counts(store, "SELECT agency, count(*) FROM story WHERE current AND agency IS NOT NULL"),
        _person_counts(store, store.rows(said, (_MOST_VALUES,))),
        _months(store),
        True,
    )


def _counts(store: Store, sql: str, values: Sequence[object] = ()) -> tuple[Count, ...]:
    found = store.rows(f"{sql} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", (*values, _MOST_VALUES))
    return tuple(Count(value, value, count) for value, count in found)


def _months(store: Store) -> tuple[Count, ...]:
    return tuple(Count(month, month, count) for month, count in store.rows(_MONTHS))


def _person_counts(store: Store, found: Sequence[tuple[int, int]]) -> tuple[Count, ...]:
    ids = among([person for person, _ in found])
    sql = "SELECT person.id, address, written FROM person JOIN name ON name.id = person.name WHERE person.id IN"
    known = {id_: (address, written) for id_, address, written in store.rows(f"{sql} ({ids})")}
    return tuple(Count(*known[person], count) for person, count in found)
