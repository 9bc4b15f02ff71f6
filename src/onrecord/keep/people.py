"""Read-only questions about people: who speaks, how often, when, under which spellings, and who may be the same.

A person is addressed by any of their names ("person:alexander-lukashenko"), so that an address stays good when persons
are merged or split. Writes nothing.
"""

from __future__ import annotations

from onrecord.keep.answers import Count, Page, PeopleSort, Person, PersonRow, Proposal, Series, Spelling
from onrecord.keep.clusters import JOINS
from onrecord.keep.judgements import standing_pairs
from onrecord.keep.lists import NOTHING, Listing, Where, among, counted, equal, paged, rows_of
from onrecord.keep.rows import folded
from onrecord.keep.store import Store

_COLUMNS = (
    "person.id, lead.address, person.written, person.kind, person.statements, person.stories, person.mentions,"
    " person.said_about, person.spellings"
)
_JOINED = "CROSS JOIN name AS lead ON lead.id = person.name"
_ORDERS = {
    "statements": ("person.statements", "DESC"),
    "mentions": ("person.mentions", "DESC"),
    "name": ("person.written", "ASC"),
}
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
    where = equal(Where(("person.stories > 0",)), "person.kind", kind)
    if words is not None and words.strip():
        expression = _name_expression(words)
        named = (
            "person.id IN (SELECT person FROM name WHERE id IN (SELECT rowid FROM name_text WHERE name_text MATCH ?))"
        )
        where = where.plus(named, expression) if expression else NOTHING
    if where.is_empty:
        return Page((), None, 0, True)
    listing = _listing(where)
    found, following = paged(store, listing, *_ORDERS.get(sort, _ORDERS["statements"]), after, limit)
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
    months = _timeline(store, id_)
    names = _names(store, id_)
    days = store.rows(
        f"SELECT min(day), max(day) FROM statement WHERE name IN ({among(names)}) AND day <> ''"
        " AND verdict IS NOT 'reject'"
    )[0]
    return Person(
        row=PersonRow(*rows_of(store, _listing(Where()), [id_])[0][1:]),
        spellings=_spellings(store, id_),
        timeline=months,
        first_day=days[0],
        last_day=days[1],
        proposals=_proposals(store, id_, names),
    )


def _person_id(store: Store, address: str) -> int | None:
    found = store.row("SELECT person FROM name WHERE address = ?", (address,))
    return None if found is None else int(found[0])


def _names(store: Store, person: int) -> list[int]:
    return [int(name) for (name,) in store.rows("SELECT id FROM name WHERE person = ? ORDER BY id", (person,))]


def entity_addresses(store: Store, document: str) -> dict[str, str]:
    """For each named entity of a story, by its id, the address of the person it is taken to be."""
    found = store.rows(
        "SELECT coalesce(entity.address, document || ':entity:' || entity.start || '-' || entity.\"end\"), lead.address"
        " FROM story JOIN entity ON entity.story = story.id JOIN name ON name.id = entity.name"
        " JOIN person ON person.id = name.person JOIN name AS lead ON lead.id = person.name WHERE document = ?",
        (document,),
    )
    return {str(entity): str(address) for entity, address in found}


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


def _timeline(store: Store, person: int) -> tuple[Count, ...]:
    found = store.rows(
        "SELECT month, sum(spoke.statements) FROM name JOIN spoke ON spoke.name = name.id WHERE person = ?"
        " GROUP BY month HAVING sum(spoke.statements) > 0 ORDER BY month",
        (person,),
    )
    return tuple(Count(month, month or "undated", count) for month, count in found)


def _spellings(store: Store, person: int) -> tuple[Spelling, ...]:
    found = store.rows(
        "SELECT name.address, written, statements, stories, (SELECT coalesce(entity.address, document || ':entity:' ||"
        " entity.start || '-' || entity.\"end\") FROM entity JOIN story ON story.id = entity.story"
        " WHERE entity.name = name.id ORDER BY entity.story LIMIT 1)"
        " FROM name WHERE person = ? ORDER BY statements DESC, stories DESC, name.id",
        (person,),
    )
    return tuple(Spelling(*row) for row in found)


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
    listing = _listing(equal(Where(("person.statements > 0",)), "person.kind", kind))
    found, _ = paged(store, listing, "person.statements", "DESC", None, most)
    return tuple(Series(row[1], row[2], _timeline(store, row[0])) for row in found)
