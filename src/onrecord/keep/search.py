"""Read-only questions to a store: lists with full text, facets and paging, single stories and statements, counts.

Every function takes a store and answers with frozen rows (answers.py); people have a file of their own (people.py). A
user's words are data: no search text, name or cursor makes these functions fail; what makes no sense finds nothing.
Lists page by key, so a late page costs what the first does; only lists by relevance count their way in.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.keep.answers import (
    Count,
    Facets,
    Kept,
    Page,
    Progress,
    StatementQuestion,
    StatementRow,
    StatementSort,
    Story,
    StoryQuestion,
    StoryRow,
    StorySort,
    Totals,
    Version,
)
from onrecord.keep.connection import Row
from onrecord.keep.hits import CLOSING, OPENING, best_sentence, marked
from onrecord.keep.lists import COUNTED, NOTHING, Listing, Where, among, counted, equal, paged, ranked, rows_of, within
from onrecord.keep.people import names_of
from onrecord.keep.rows import unpacked_data, unpacked_sentences
from onrecord.keep.store import Store
from onrecord.keep.words import match_expression
from onrecord.notation import from_data
from onrecord.record import Source, Span, parse_address

#: Characters of the story shown before and after a statement.
_SURROUNDINGS = 160
#: Values of one facet that are answered.
_MOST_VALUES = 20
#: Statements up to which a speaker's stories are looked up one by one: of 200,000 stories, 5,000 take 30 ms.
_RARE = 5_000
#: Stories over which the facets of a narrowed list are counted: of 200,000 stories, 5,000 take 60 ms.
_FACETED = 5_000

_STORY_COLUMNS = (
    "story.id, story.document, story.headline, page.url, page.location, story.publisher, story.agency, story.byline,"
    " story.published, story.day, story.language, story.words, story.statements,"
    " (SELECT count(*) FROM story AS other WHERE other.copy_of = coalesce(story.copy_of, story.id)), story.current"
)
_SPOKEN = "SELECT DISTINCT story AS id FROM statement WHERE name IN ({})"
_NAMED = "SELECT DISTINCT story AS id FROM entity WHERE name IN ({})"
_STORY_ORDERS = {
    "newest": ("story.day", "DESC"),
    "oldest": ("story.day", "ASC"),
    "most statements": ("story.statements", "DESC"),
}
_STATEMENT_COLUMNS = (
    'statement.id, story.id, story.document, statement.start, statement."end", statement.address, statement.words,'
    " person.written, lead.address, statement.unknown_because, statement.source, statement.cue, statement.kind,"
    " statement.mode, statement.source_type, statement.negated, statement.hedged, statement.score, statement.verdict,"
    " story.headline, page.url, story.publisher, story.published, statement.day"
)
_STATEMENT_SHOWN = (
    "LEFT JOIN page ON page.id = story.page LEFT JOIN name ON name.id = statement.name"
    " LEFT JOIN person ON person.id = name.person LEFT JOIN name AS lead ON lead.id = person.name"
)
_STATEMENT_ORDERS = {
    "newest": ("statement.day", "DESC"),
    "oldest": ("statement.day", "ASC"),
    "least certain": ("statement.score", "ASC"),
}
_VERDICTS = {
    None: "statement.verdict IS NOT 'reject'",
    "undecided": "statement.verdict IS NULL",
    "decided": "statement.verdict IS NOT NULL",
    "accept": "statement.verdict = 'accept'",
    "reject": "statement.verdict = 'reject'",
    "correct": "statement.verdict = 'correct'",
}


# Stories


def stories(
    store: Store,
    question: StoryQuestion | None = None,
    *,
    sort: StorySort = "newest",
    after: str | None = None,
    limit: int = 50,
) -> Page[StoryRow]:
    """The stories that answer a question (all, without one), current versions only. "relevance" without words is
    "newest"; a story without a date counts as the oldest."""
    question = question or StoryQuestion()
    listing = _story_listing(store, question)
    if listing.where.is_empty:
        return Page((), None, 0, True)
    total, is_exact = counted(store, listing)
    if sort == "relevance" and listing.full_text is not None:
        found, following = ranked(store, listing, after, limit)
    else:
        order, direction = _STORY_ORDERS.get(sort, _STORY_ORDERS["newest"])
        found, following = paged(store, replace(listing, probed=not is_exact), order, direction, after, limit)
    hits = _story_hits(store, question.words, [row[0] for row in found])
    return Page(tuple(_story_row(store, row, hits.get(row[0], ())) for row in found), following, total, is_exact)


def _story_listing(store: Store, question: StoryQuestion) -> Listing:
    where = Where(("story.current",))
    where = equal(where, "story.publisher", question.publisher)
    where = equal(where, "story.agency", question.agency)
    where = within(where, "story.day", question.month, question.since, question.until)
    where = _of_names(store, where, f"story.id IN ({_NAMED})", question.mentions)
    if not question.copies:
        where = where.plus("story.copy_of IS NULL")
    where, full_text = _matching(where, "story_text", question.words)
    chosen = None if full_text else _rare_speaker(store, question.speaker)
    if chosen is None:
        where = _of_names(store, where, f"story.id IN ({_SPOKEN})", question.speaker)
    return Listing("story", _STORY_COLUMNS, "", "LEFT JOIN page ON page.id = story.page", where, full_text, chosen)


def _rare_speaker(store: Store, speaker: str | None) -> str | None:
    """The ids of the stories to start from where somebody speaks in few of them; None where most of a walk through the
    stories in their order finds the speaker soon anyway."""
    if speaker is None or not (names := names_of(store, speaker)):
        return None
    ((statements,),) = store.rows(f"SELECT sum(statements) FROM name WHERE id IN ({among(names)})")
    return _SPOKEN.format(among(names)) if statements <= _RARE else None


def _of_names(store: Store, where: Where, part: str, person: str | None) -> Where:
    if person is None or where.is_empty:
        return where
    names = names_of(store, person)
    return where.plus(part.format(among(names))) if names else NOTHING


def _matching(where: Where, index: str, words: str | None) -> tuple[Where, str | None]:
    if words is None or not words.strip() or where.is_empty:
        return where, None
    expression = match_expression(words)
    return (NOTHING, None) if expression is None else (where.plus(f"{index} MATCH ?", expression), index)


def _story_hits(store: Store, words: str | None, ids: Sequence[int]) -> dict[int, tuple[Span, ...]]:
    expression = match_expression(words or "")
    if expression is None or not ids:
        return {}
    found = store.rows(
        "SELECT story_text.rowid, highlight(story_text, 1, ?, ?), text.text FROM story_text"
        f" JOIN text ON text.id = story_text.rowid WHERE story_text MATCH ? AND story_text.rowid IN ({among(ids)})",
        (OPENING, CLOSING, expression),
    )
    return {id_: marked(highlighted, text) for id_, highlighted, text in found}


def _story_row(store: Store, row: Row, hits: Sequence[Span] = ()) -> StoryRow:
    snippet = best_sentence(*_sentences(store, row[0]), hits) if hits else None
    return StoryRow(*(*row[1:9], row[9] or None, *row[10:14], bool(row[14]), snippet))


def _sentences(store: Store, story: object) -> tuple[str, list[Span]]:
    blob, text = store.rows(
        "SELECT record, text.text FROM notation JOIN text ON text.id = story WHERE story = ?", (story,)
    )[0]
    return text, unpacked_sentences(blob)


def facets(store: Store, question: StoryQuestion | None = None) -> Facets:
    """How the stories that answer a question divide: most frequent values first, months newest first."""
    listing = _story_listing(store, question or StoryQuestion())
    if listing.where.is_empty:
        return Facets((), (), (), (), True)
    if listing.where == Where(("story.current",)) and listing.chosen is None:
        return _all_facets(store)
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
        _months(store, "SELECT substr(day, 1, 7), count(*) FROM story WHERE current AND day > ''"),
        True,
    )


def _counts(store: Store, sql: str, values: Sequence[object] = ()) -> tuple[Count, ...]:
    found = store.rows(f"{sql} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", (*values, _MOST_VALUES))
    return tuple(Count(value, value, count) for value, count in found)


def _months(store: Store, sql: str, values: Sequence[object] = ()) -> tuple[Count, ...]:
    found = store.rows(f"{sql} GROUP BY 1 ORDER BY 1 DESC", values)
    return tuple(Count(value, value, count) for value, count in found)


def _person_counts(store: Store, found: Sequence[tuple[int, int]]) -> tuple[Count, ...]:
    ids = among([person for person, _ in found])
    sql = "SELECT person.id, address, person.written FROM person JOIN name ON name.id = person.name WHERE person.id IN"
    known = {id_: (address, written) for id_, address, written in store.rows(f"{sql} ({ids})")}
    return tuple(Count(*known[person], count) for person, count in found)


def story(store: Store, document: str) -> Story | None:
    """A story, also one that a later version replaced, with everything that is kept of it; None when there is none."""
    listing = Listing("story", _STORY_COLUMNS, "", "LEFT JOIN page ON page.id = story.page", Where())
    found = store.row("SELECT id, coalesce(copy_of, id) FROM story WHERE document = ?", (document,))
    record = store.get(document)
    if found is None or record is None:
        return None
    id_, group = found
    same = "SELECT id FROM story WHERE (copy_of = ? OR id = ?) AND id <> ? AND current ORDER BY id LIMIT 200"
    copies = rows_of(store, listing, [row[0] for row in store.rows(same, (group, group, id_))])
    return Story(
        row=_story_row(store, rows_of(store, listing, [id_])[0]),
        record=record,
        statements=_statements_of(store, id_),
        pages=_versions(store, "page.story = ?", id_),
        versions=_versions(store, "page.key IN (SELECT key FROM page WHERE story = ?1) AND page.story <> ?1", id_),
        copies=tuple(_story_row(store, row) for row in copies),
        judgements=_judgements_of(store, document),
    )


def _statements_of(store: Store, story: int) -> tuple[StatementRow, ...]:
    listing = _statement_table(Where())
    ids = [id_ for (id_,) in store.rows("SELECT id FROM statement WHERE story = ? ORDER BY start, id", (story,))]
    return _statement_rows(store, rows_of(store, listing, ids), None)


def _versions(store: Store, where: str, story: int) -> tuple[Version, ...]:
    found = store.rows(
        "SELECT document, page.version, page.current, page.source, record FROM page JOIN story ON story.id = page.story"
        f" JOIN notation ON notation.story = story.id WHERE {where} ORDER BY page.id LIMIT 200",
        (story,),
    )
    return tuple(
        Version(document, version, bool(current), _source(source, record))
        for document, version, current, source, record in found
    )


def _source(kept: str | None, record: bytes) -> Source:
    """What is kept of a page, which is nothing where its story's record says it."""
    return from_data(Source, unpacked_data(record)["document"]["source"] if kept is None else json.loads(kept))


def _judgements_of(store: Store, document: str) -> tuple[Kept, ...]:
    here = (f"{document}:", f"{document};")
    found = store.rows(
        'SELECT id, "left" FROM judgement WHERE "left" >= ? AND "left" < ?'
        ' UNION SELECT id, "right" FROM judgement WHERE "right" >= ? AND "right" < ? ORDER BY 1',
        (*here, *here),
    )
    kept = {each[0]: Kept(*each) for address in {row[1] for row in found} for each in store.judgements(address)}
    return tuple(kept[id_] for id_ in sorted(kept))


# Statements


def statements(
    store: Store,
    question: StatementQuestion | None = None,
    *,
    sort: StatementSort = "newest",
    after: str | None = None,
    limit: int = 50,
) -> Page[StatementRow]:
    """The statements in current stories that answer a question. "relevance" without words is "newest"; "least certain"
    leaves out those that a rule found for certain."""
    question = question or StatementQuestion()
    listing = _statement_listing(store, question, sort)
    if listing.where.is_empty:
        return Page((), None, 0, True)
    total, is_exact = counted(store, listing)
    if sort == "relevance" and listing.full_text is not None:
        found, following = ranked(store, listing, after, limit)
    else:
        order, direction = _STATEMENT_ORDERS.get(sort, _STATEMENT_ORDERS["newest"])
        found, following = paged(store, replace(listing, probed=not is_exact), order, direction, after, limit)
    return Page(_statement_rows(store, found, question.words), following, total, is_exact)


def statement(store: Store, id_: str) -> StatementRow | None:
    """The statement with this id, or None."""
    try:
        document, _, span = parse_address(id_)
    except ValueError:
        found = store.rows("SELECT id FROM statement WHERE address = ?", (id_,))
    else:
        found = store.rows(
            "SELECT statement.id FROM story JOIN statement ON statement.story = story.id WHERE document = ?"
            ' AND ((start = ? AND "end" = ? AND address IS NULL) OR address = ?)',
            (document, min(span.start, 2**62), min(span.end, 2**62), id_),
        )
    rows = _statement_rows(store, rows_of(store, _statement_table(Where()), [row[0] for row in found]), None)
    return rows[0] if rows else None


def _statement_listing(store: Store, question: StatementQuestion, sort: StatementSort) -> Listing:
    where = Where(("story.current", _VERDICTS[question.decided]))
    for column in ("kind", "mode", "source_type"):
        where = equal(where, f"statement.{column}", getattr(question, column))
    where = equal(where, "story.publisher", question.publisher)
    where = equal(where, "story.document", question.document)
    where = within(where, "statement.day", question.month, question.since, question.until)
    if sort == "least certain":
        where = where.plus("statement.score IS NOT NULL")
    where = _of_names(store, where, "statement.name IN ({})", question.speaker)
    said_about = "statement.id IN (SELECT statement FROM about WHERE name IN ({}))"
    where = _of_names(store, where, said_about, question.about)
    where, full_text = _matching(where, "statement_text", question.words)
    return _statement_table(where, full_text)


def _statement_table(where: Where, full_text: str | None = None) -> Listing:
    joined = "CROSS JOIN story ON story.id = statement.story"
    return Listing("statement", _STATEMENT_COLUMNS, joined, _STATEMENT_SHOWN, where, full_text)


def _statement_rows(store: Store, found: Sequence[Row], words: str | None) -> tuple[StatementRow, ...]:
    hits = _statement_hits(store, words, [row[0] for row in found])
    ids = sorted({row[1] for row in found})
    texts: dict[int, str] = dict(store.rows(f"SELECT id, text FROM text WHERE id IN ({among(ids)})"))
    return tuple(_statement_row(row, texts[row[1]], hits.get(row[0], ())) for row in found)


def _statement_hits(store: Store, words: str | None, ids: Sequence[int]) -> dict[int, tuple[Span, ...]]:
    expression = match_expression(words or "")
    if expression is None or not ids:
        return {}
    found = store.rows(
        "SELECT statement_text.rowid, highlight(statement_text, 0, ?, ?), statement_words.words FROM"
        " statement_text JOIN statement_words ON statement_words.id = statement_text.rowid"
        f" WHERE statement_text MATCH ? AND statement_text.rowid IN ({among(ids)})",
        (OPENING, CLOSING, expression),
    )
    return {id_: marked(highlighted, plain) for id_, highlighted, plain in found}


def _statement_row(row: Row, text: str, hits: tuple[Span, ...]) -> StatementRow:
    document, start, end, address, kept = row[2:7]
    words = text[start:end] if kept is None else kept
    before, after = text[max(0, start - _SURROUNDINGS) : start], text[end : end + _SURROUNDINGS]
    return StatementRow(
        *(address or f"{document}:statement:{start}-{end}", document, start, end, words, before, after, hits),
        *(*row[7:15], bool(row[15]), bool(row[16]), *row[17:23], row[23] or None),
    )


def progress(store: Store) -> Progress:
    """How far review has come, over current and earlier versions."""
    found: dict[str, int] = dict(
        store.rows("SELECT verdict, count(*) FROM statement WHERE verdict IS NOT NULL GROUP BY 1")
    )
    ((total,),) = store.rows("SELECT count(*) FROM statement")
    accepted, rejected, corrected = (found.get(verdict, 0) for verdict in ("accept", "reject", "correct"))
    return Progress(total, accepted, rejected, corrected, total - accepted - rejected - corrected)


def totals(store: Store) -> Totals:
    """How much a database holds: current stories, their statements, persons, judgements, and pages that failed."""
    found = store.rows(
        "SELECT (SELECT count(*) FROM story WHERE current), (SELECT count(*) FROM statement),"
        " (SELECT count(*) FROM person WHERE kind = 'person'), (SELECT count(*) FROM judgement),"
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
