"""Read-only questions about people: who speaks, how often, when, under which spellings, and who may be the same.

A person is addressed by any of their names ("person:alexander-lukashenko"), so that an address stays good when persons
are merged or split. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from onrecord.keep.answers import Count, Decided, Kept, Page, PeopleSort, Person, PersonRow, Proposal, Series, Spelling
from onrecord.keep.clusters import BEARS, JOINS
from onrecord.keep.judgements import judgements, standing_pairs
from onrecord.keep.lists import NOTHING, Listing, Where, among, counted, equal, paged, rows_of
from onrecord.keep.names import entities_in, names_in, stories_naming
from onrecord.keep.rows import folded
from onrecord.keep.store import Store
from onrecord.record import Judgement

_COLUMNS = (
    "person.id, lead.address, lead.written, lead.kind, person.statements, person.stories, person.mentions,"
    " person.said_about, person.spellings"
)
_JOINED = "CROSS JOIN name AS lead ON lead.id = person.name"
#: Walks names in the order of their addresses, which is that of their words.
_BY_NAME = "name AS lead CROSS JOIN person ON person.id = lead.person AND person.name = lead.id"
_ORDERS = {
    "statements": (("person.statements",), "DESC"),
    "mentions": (("person.mentions",), "DESC"),
    "name": (("lead.address",), "ASC"),
}
#: Spellings of which an entity is looked up, in the record of its story: 5 ms each.
_MOST_ENTITIES = 20
#: Persons that a name typed by a user may mean.
_MOST_MEANT = 50


def people(
    store: Store,
    words: str | None = None,
    *,
    kind: str | None = "person",
    sort: PeopleSort = "statements",
    after: str | None = None,
    limit: int = 50,
) -> Page[PersonRow]:
    """People, or those one of whose spellings holds all `words` (the last may be unfinished); `kind` None for all
    kinds of names."""
    where = equal(Where(("person.stories > 0",)), "lead.kind", kind)
    if words is not None and words.strip():
        expression = _name_expression(words)
        named = (
            "person.id IN (SELECT person FROM name WHERE id IN (SELECT rowid FROM name_text WHERE name_text MATCH ?))"
        )
        where = where.plus(named, expression) if expression else NOTHING
    if where.is_empty:
        return Page((), None, 0, True)
    listing = _listing(where)
    walked = listing
    if sort == "name" and not words:
        walked = replace(listing, walked=_BY_NAME)
    found, following = paged(store, walked, *_ORDERS.get(sort, _ORDERS["statements"]), after, limit)
    return Page(tuple(PersonRow(*row[1:]) for row in found), following, *counted(store, listing))


def _listing(where: Where) -> Listing:
    return Listing("person", _COLUMNS, _JOINED, "", where)


def _name_expression(words: str) -> str | None:
    tokens = folded(words).split()
    return " ".join(f'"{token}"' for token in tokens) + "*" if tokens else None


def person(store: Store, address: str) -> Person | None:
    """Everything about the person who bears the name at this address, or None."""
    id_ = _person_id(store, address)
    if id_ is None:
        return None
    names, spellings = _names(store, id_), _spellings(store, id_)
    return Person(
        row=PersonRow(*rows_of(store, _listing(Where()), [id_])[0][1:]),
        spellings=spellings,
        timeline=_timeline(store, id_),
        first_day=_day(store, names, "ASC"),
        last_day=_day(store, names, "DESC"),
        proposals=_proposals(store, id_, names),
        decided=_decided(store, [each.address for each in spellings[:_MOST_ENTITIES]]),
    )


def _day(store: Store, names: list[int], direction: str) -> str | None:
    """The first or last day on which any of these names spoke."""
    sql = (
        "SELECT statement.day, story.day FROM statement CROSS JOIN story ON story.id = statement.story WHERE name = ?"
        f" AND statement.day > 0 AND verdict IS NOT 'reject' ORDER BY statement.day {direction} LIMIT 1"
    )
    found = sorted(row for name in names if (row := store.row(sql, (name,))) is not None)
    return str(found[0 if direction == "ASC" else -1][1]) if found else None


def _person_id(store: Store, address: str) -> int | None:
    found = store.row("SELECT person FROM name WHERE address = ?", (address,))
    return None if found is None else int(found[0])


def _names(store: Store, person: int) -> list[int]:
    return [int(name) for (name,) in store.rows(f"SELECT id FROM name WHERE {BEARS} ORDER BY id", (person,))]


def entity_addresses(store: Store, document: str) -> dict[str, str]:
    """For each named entity of a story, by its id, the address of the person it is taken to be."""
    found = store.row("SELECT id FROM story WHERE document = ?", (document,))
    if found is None:
        return {}
    names = names_in(store, found[0])
    sql = (
        "SELECT name.id, lead.address FROM name JOIN person ON person.id = name.person"
        f" JOIN name AS lead ON lead.id = person.name WHERE name.id IN ({among(names)})"
    )
    addresses = {int(name): str(address) for name, address in store.rows(sql)}
    return {row.id: addresses[name] for row, name in zip(entities_in(store, found[0]), names, strict=True)}


def names_of(store: Store, asked: str) -> list[int]:
    """The row ids of all names of the person at an address; for what is no address, those of whoever it may mean."""
    id_ = _person_id(store, asked)
    if id_ is not None:
        return _names(store, id_)
    expression = _name_expression(asked)
    if expression is None:
        return []
    meant = store.rows(
        "SELECT DISTINCT person FROM name WHERE id IN (SELECT rowid FROM name_text WHERE name_text MATCH ?) LIMIT ?",
        (expression.removesuffix("*"), _MOST_MEANT),
    )
    return [name for (person,) in meant for name in _names(store, int(person))]


def of_person(store: Store, where: Where, person: str | None, part: Callable[[list[int]], str]) -> Where:
    """The condition that also asks for a person, with what `part` makes of the row ids of their names; nothing where
    nobody is meant."""
    if person is None or where.is_empty:
        return where
    names = names_of(store, person)
    return where.plus(part(names)) if names else NOTHING


def names_that_said(store: Store, speaker: str | None, most: int) -> list[int]:
    """The names of a speaker who said at most so much; none where they said more, or nobody is meant."""
    names = [] if speaker is None else names_of(store, speaker)
    if not names:
        return []
    ((statements,),) = store.rows(f"SELECT sum(statements) FROM name WHERE id IN ({among(names)})")
    return names if statements <= most else []


def _timeline(store: Store, person: int) -> tuple[Count, ...]:
    found = store.rows(
        f"SELECT month, sum(spoke.statements) FROM name JOIN spoke ON spoke.name = name.id WHERE {BEARS}"
        " GROUP BY month HAVING sum(spoke.statements) > 0 ORDER BY month",
        (person,),
    )
    return tuple(Count(month, month or "undated", count) for month, count in found)


def _spellings(store: Store, person: int) -> tuple[Spelling, ...]:
    found = store.rows(
        f"SELECT id, address, written, statements, stories FROM name WHERE {BEARS}"
        " ORDER BY statements DESC, stories DESC, id",
        (person,),
    )
    return tuple(
        Spelling(address, written, statements, stories, _entity(store, name) if place < _MOST_ENTITIES else None)
        for place, (name, address, written, statements, stories) in enumerate(found)
    )


def _entity(store: Store, name: int) -> str | None:
    """The first entity that bears a name."""
    found = store.row(f"{stories_naming([name])} ORDER BY rowid LIMIT 1")
    if found is None:
        return None
    held = zip(names_in(store, found[0]), entities_in(store, found[0]), strict=True)
    return next((row.id for other, row in held if other == name), None)


def _proposals(store: Store, person: int, names: list[int]) -> tuple[Proposal, ...]:
    inside = among(names)
    found = store.rows(
        "SELECT other.person, own.address, other.address, max(score), reason FROM proposal"
        f' JOIN name AS own ON own.id IN ("left", "right") AND own.id IN ({inside})'
        f' JOIN name AS other ON other.id IN ("left", "right") AND other.id <> own.id AND other.person <> ?'
        f' WHERE "left" IN ({inside}) OR "right" IN ({inside}) GROUP BY 1 ORDER BY 4 DESC, 1 LIMIT 20',
        (person,),
    )
    denied = {frozenset((each.left, each.right)) for each in standing_pairs(store) if not each.same}
    rows = {row[0]: PersonRow(*row[1:]) for row in rows_of(store, _listing(Where()), [row[0] for row in found])}
    open_ = [row for row in found if not any({*names} & pair and {*_names(store, row[0])} & pair for pair in denied)]
    return tuple(Proposal(rows[other], left, right, score, why) for other, left, right, score, why in open_)


def _decided(store: Store, addresses: Sequence[str]) -> tuple[Decided, ...]:
    """What stands about pairs of names of which one is among these, each judgement once, oldest first."""
    found = {row[0]: Kept(*row) for each in addresses for row in judgements(store, each)}
    pairs = [each for _, each in sorted(found.items()) if each.stands and each.judgement.right is not None]
    return tuple(Decided(each, *_names_in(store, each.judgement)) for each in pairs)


def _names_in(store: Store, judgement: Judgement) -> tuple[str, str]:
    left, right = judgement.left, judgement.right or ""
    return name_at(store, left) or left, name_at(store, right) or right


def name_at(store: Store, address: str) -> str | None:
    """The name at an address, as it is written; None for what is no address of a name."""
    found = store.row("SELECT written FROM name WHERE address = ?", (address,))
    return None if found is None else str(found[0])


def proposals(store: Store, *, least: float = 0.5, limit: int = 50) -> tuple[tuple[str, str, float, str], ...]:
    """Pairs of names (addresses) that wait for a judgement whether they are one person, likeliest first, with score
    and reason."""
    found = store.rows(
        'SELECT one.address, other.address, score, reason FROM proposal JOIN name AS one ON one.id = "left"'
        ' JOIN name AS other ON other.id = "right" WHERE one.person <> other.person AND score BETWEEN ? AND ?'
        " ORDER BY score DESC, one.id, other.id LIMIT ?",
        (least, JOINS, limit),
    )
    return tuple((left, right, score, reason) for left, right, score, reason in found)


def speakers_by_month(store: Store, *, most: int = 12, kind: str | None = "person") -> tuple[Series, ...]:
    """The persons quoted most, each with their statements month by month: a picture of a pile."""
    listing = _listing(equal(Where(("person.statements > 0",)), "lead.kind", kind))
    found, _ = paged(store, listing, ("person.statements",), "DESC", None, most)
    return tuple(Series(row[1], row[2], _timeline(store, row[0])) for row in found)
