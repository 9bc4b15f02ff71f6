"""Persons: which names are one person, derived from proposals and judgements, and what is counted of them.

A person is a group of names. Judgements ("same", "different") come first, then proposals that score JOINS or more, best
first; a join that a "different" forbids is left out. Nothing here is a source: all of it can be derived again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.keep.connection import Connection, Row

#: Proposals at or above this score join two names without being asked; those below wait for a judgement.
JOINS = 0.9
#: The names of a person: most have one, whose number is the person's, and stand in no index for it.
BEARS = "(name.id = ?1 AND name.person = ?1 OR name.person = ?1 AND name.person <> name.id)"


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands about two names: that they are one person, or that they are not."""

    left: int
    right: int
    same: bool


def recluster(connection: Connection, names: Iterable[int], judged: Sequence[Judged]) -> None:
    """Derive anew the persons that bear any of `names`."""
    persons = _persons(connection, names)
    nodes = sorted(
        name for person in persons for (name,) in connection.rows(f"SELECT id FROM name WHERE {BEARS}", (person,))
    )
    groups = _joined(nodes, judged, _proposals(connection, nodes))
    for person in sorted(persons - {group[0] for group in groups}):
        connection.run("DELETE FROM person WHERE id = ?", (person,))
    # All names move before any person is counted: one that leaves must not be counted where it was.
    for group in groups:
        connection.run_many("UPDATE name SET person = ? WHERE id = ?", ((group[0], name) for name in group))
    for group in groups:
        put_person(connection, group[0])


def _persons(connection: Connection, names: Iterable[int]) -> set[int]:
    found = (connection.row("SELECT person FROM name WHERE id = ?", (name,)) for name in names)
    return {int(row[0]) for row in found if row is not None}


def _proposals(connection: Connection, nodes: Sequence[int]) -> list[tuple[int, int]]:
    inside = set(nodes)
    found = [
        (float(score), int(left), int(right))
        for node in nodes
        for left, right, score in connection.rows(
            'SELECT "left", "right", score FROM proposal WHERE "left" = ? AND score >= ?', (node, JOINS)
        )
        if right in inside
    ]
    return [(left, right) for _, left, right in sorted(found, key=lambda each: (-each[0], each[1], each[2]))]


def _joined(nodes: Sequence[int], judged: Sequence[Judged], proposed: Sequence[tuple[int, int]]) -> list[list[int]]:
    group_of = {node: {node} for node in nodes}
    apart = [(each.left, each.right) for each in judged if not each.same]
    together = [(each.left, each.right) for each in judged if each.same]
    for left, right in (*together, *proposed):
        if left in group_of and right in group_of and group_of[left] is not group_of[right]:
            merged = group_of[left] | group_of[right]
            if not any(one in merged and other in merged for one, other in apart):
                group_of.update(dict.fromkeys(merged, merged))
    return sorted({id(group): sorted(group) for group in group_of.values()}.values())


def put_person(connection: Connection, person: int) -> None:
    """Write the row of a person from those of its names; the name most spoken under leads, a full one first."""
    found = connection.rows(
        "SELECT id, statements, stories, mentions, said_about, folded LIKE '% %' AND kind = 'person'"
        f" FROM name WHERE {BEARS} ORDER BY 6 DESC, statements DESC, mentions DESC, id",
        (person,),
    )
    sums = tuple(sum(row[column] for row in found) for column in (1, 2, 3, 4))
    connection.run(
        "INSERT INTO person (id, name, spellings, statements, stories, mentions, said_about)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " spellings = excluded.spellings, statements = excluded.statements,"
        " stories = excluded.stories, mentions = excluded.mentions, said_about = excluded.said_about",
        (person, found[0][0], len(found), *sums),
    )


def refresh(connection: Connection, names: Iterable[int]) -> None:
    """Write the persons of these names again, after their counts changed."""
    inside = ", ".join(str(int(name)) for name in sorted(set(names)))
    connection.run(
        "UPDATE person SET statements = name.statements, stories = name.stories, mentions = name.mentions,"
        f" said_about = name.said_about FROM name WHERE name.id IN ({inside}) AND person.id = name.person"
        " AND person.spellings = 1"
    )
    several = (
        "SELECT DISTINCT person.id FROM name JOIN person ON person.id = name.person"
        f" WHERE name.id IN ({inside}) AND spellings > 1 ORDER BY 1"
    )
    for (person,) in connection.rows(several):
        put_person(connection, person)


def add_counts(connection: Connection, counts: Sequence[Row], day: Row | None, sign: int) -> None:
    """Add counts (name, stories, mentions, statements, said_about) to names and their persons, or take them away."""
    connection.run_many(
        "UPDATE name SET stories = stories + ?, mentions = mentions + ?, statements = statements + ?,"
        " said_about = said_about + ? WHERE id = ?",
        [(*(sign * count for count in counted), name) for name, *counted in counts],
    )
    month = day[0][:7] if day is not None else ""
    connection.run_many(
        "INSERT INTO spoke (name, month, statements) VALUES (?, ?, ?)"
        " ON CONFLICT (name, month) DO UPDATE SET statements = statements + excluded.statements",
        [(name, month, sign * statements) for name, _, _, statements, _ in counts if statements],
    )


def count_statement(connection: Connection, statement: int, sign: int) -> None:
    """Add one statement to the counts of its speaker and of those it is about, or take it away (sign -1); a rejected
    one, or one in a story that a later version replaced, counts for nothing."""
    name, about, day, verdict, current = connection.rows(
        "SELECT name, about, story.day, verdict, current FROM statement JOIN story ON story.id = story"
        " WHERE statement.id = ?",
        (statement,),
    )[0]
    if verdict == "reject" or not current:
        return
    mentioned = json.loads(about or "[]")
    counts = [(each, 0, 0, 0, 1) for each in mentioned] + ([] if name is None else [(name, 0, 0, 1, 0)])
    add_counts(connection, counts, (day,), sign)
