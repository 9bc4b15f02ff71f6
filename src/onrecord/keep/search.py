"""Read-only questions to a store: lists with full text, facets and paging, single stories and statements, counts.

Every function takes a store and answers with frozen rows (answers.py); people have a file of their own (people.py). A
user's words are data: no search text, name or cursor makes these functions fail; what makes no sense finds nothing.
Lists page by key, so a late page costs what the first does; only lists by relevance count their way in.
"""

from __future__ import annotations

from onrecord.keep.answers import Progress, Totals
from onrecord.keep.facets import facets
from onrecord.keep.lists import COUNTED
from onrecord.keep.statements import statement, statements
from onrecord.keep.store import Store
from onrecord.keep.stories import stories, story

#: Names of people; those of one person beyond its first have another number than the person.
_IS_PERSON = "address >= 'person:' AND address < 'person;'"


def progress(store: Store) -> Progress:
    """How far review of the current stories has come."""
    found: dict[str, int] = dict(
        store.rows(
            "SELECT verdict, count(*) FROM statement CROSS JOIN story ON story.id = statement.story"
            " WHERE verdict IS NOT NULL AND current GROUP BY 1"
        )
    )
    total = totals(store).statements
    accepted, rejected, corrected = (found.get(verdict, 0) for verdict in ("accept", "reject", "correct"))
    return Progress(total, accepted, rejected, corrected, total - accepted - rejected - corrected)


def totals(store: Store) -> Totals:
    """How much a database holds: current stories, their statements, persons, judgements, and pages that failed."""
    return store.remembered("totals", lambda: _totals(store))


def _totals(store: Store) -> Totals:
    found = store.rows(
        "SELECT (SELECT count(*) FROM story WHERE current),"
        " (SELECT coalesce(sum(statements), 0) FROM story WHERE current),"
        f" (SELECT count(*) FROM name WHERE {_IS_PERSON}) - (SELECT count(*) FROM name INDEXED BY name_person"
        f" WHERE {_IS_PERSON} AND person <> id), (SELECT count(*) FROM judgement),"
        " (SELECT count(*) FROM failure)"
    )
    return Totals(*found[0])


__all__ = [
    "COUNTED",
    "facets",
    "progress",
    "statement",
    "statements",
    "stories",
    "story",
    "totals",
]
