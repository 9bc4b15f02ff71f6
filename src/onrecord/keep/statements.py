"""Questions about statements: lists of them with full text and paging, and one of them. Read-only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.keep.answers import Page, StatementQuestion, StatementRow, StatementSort
from onrecord.keep.connection import Row
from onrecord.keep.lists import (
    Listing,
    Where,
    among,
    counted,
    equal,
    gathered,
    matching,
    paged,
    ranked,
    rows_of,
    within,
)
from onrecord.keep.names import statements_about
from onrecord.keep.people import names_of, names_that_said, of_person
from onrecord.keep.rows import day_number, day_of, parts_of
from onrecord.keep.store import Store
from onrecord.keep.words import Query
from onrecord.record import Span, parse_address

#: Names of a speaker up to which what each said is read apart.
_MOST_NAMES = 20
#: Characters of the story shown before and after a statement.
_SURROUNDINGS = 160

_COLUMNS = (
    'statement.id, story.id, story.document, statement.start, statement."end", statement.address, statement.words,'
    " statement.parts,"
    " statement.source_start, statement.source_end, statement.cue_start, statement.cue_end,"
    " lead.written, lead.address, manner.unknown_because, manner.kind, manner.mode, manner.source_type, manner.negated,"
    " manner.hedged, statement.score, statement.verdict, story.headline, page.url, page.location,"
    " story.publisher, story.published, story.day"
)
_SHOWN = (
    "JOIN manner ON manner.id = statement.manner LEFT JOIN page ON page.id = story.page"
    " LEFT JOIN name ON name.id = statement.name LEFT JOIN person ON person.id = name.person"
    " LEFT JOIN name AS lead ON lead.id = person.name"
)
_WORDS = "(SELECT words FROM statement_words WHERE statement_words.id = statement.id)"
_ORDERS = {
    "newest": (("story.day", "story.id"), "DESC"),
    "oldest": (("story.day", "story.id"), "ASC"),
    "least certain": (("statement.score",), "ASC"),
}
#: What a speaker said lies in the order of this index; all else is found by walking stories in theirs.
_OF_SPEAKER = ("statement.day", "statement.story")
#: Statements that are ranked at most, their words read for it: 20 us each.
_RANKED = 4_000
#: Statements counted of a list of the least certain, each looked up far from the one before: on a cold disk, 6 ms each.
_UNCERTAIN = 200
#: Statements of a speaker up to which it is looked which of them hold the words.
_LITTLE = 10_000
_VERDICTS = {
    None: "statement.verdict IS NOT 'reject'",
    "undecided": "statement.verdict IS NULL",
    "decided": "statement.verdict IS NOT NULL",
    "accept": "statement.verdict = 'accept'",
    "reject": "statement.verdict = 'reject'",
    "correct": "statement.verdict = 'correct'",
}


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
    listing = _listing(store, question, sort)
    if listing.where.is_empty:
        return Page((), None, 0, True)
    total, is_exact = counted(store, listing, most=_UNCERTAIN if sort == "least certain" else None)
    if sort == "relevance" and listing.query is not None:
        found, following = ranked(store, listing, after, limit)
    else:
        order, direction = _ORDERS.get(sort, _ORDERS["newest"])
        listing = replace(listing, probed=not is_exact)
        if question.speaker is not None and sort != "least certain":
            order = _OF_SPEAKER
        elif order == _ORDERS["newest"][0] and question.about is None and (listing.probed or listing.query is None):
            listing = replace(listing, walked="story CROSS JOIN statement ON statement.story = story.id")
        found, following = paged(store, listing, order, direction, after, limit, parts=_by_name(store, question))
    return Page(_rows(store, found, listing.query), following, total, is_exact)


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
    rows = _rows(store, rows_of(store, _table(Where()), [row[0] for row in found]))
    return rows[0] if rows else None


def _by_name(store: Store, question: StatementQuestion) -> tuple[str, ...]:
    """What each name of a speaker said lies in order; what all of them said together would have to be sorted."""
    if question.speaker is None:
        return ()
    names = names_of(store, question.speaker)
    return tuple(f"statement.name = {name}" for name in names) if len(names) <= _MOST_NAMES else ()


def statements_of(store: Store, story: int) -> tuple[StatementRow, ...]:
    """All statements of a story (its row id), in text order."""
    found = store.rows("SELECT id FROM statement WHERE story = ? ORDER BY start, id", (story,))
    return _rows(store, rows_of(store, _table(Where()), [id_ for (id_,) in found]))


def _listing(store: Store, question: StatementQuestion, sort: StatementSort) -> Listing:
    where = Where(("story.current", _VERDICTS[question.decided]))
    for column in ("kind", "mode", "source_type"):
        wanted = getattr(question, column)
        if wanted is not None:
            where = where.plus(f"statement.manner IN (SELECT id FROM manner WHERE {column} = ?)", wanted)
    where = equal(where, "story.publisher", question.publisher)
    where = equal(where, "story.document", question.document)
    where = _within_days(where, question)
    if sort == "least certain":
        where = where.plus("statement.score IS NOT NULL")
    where = of_person(store, where, question.speaker, lambda names: f"statement.name IN ({among(names)})")
    where = of_person(store, where, question.about, lambda names: f"statement.id IN ({statements_about(names)})")
    is_searched = bool(question.words and question.words.strip())
    listing = _table(where, "statement_text" if is_searched else None)
    matched = matching(store, listing, question.words)
    if matched.query is not None and names_that_said(store, question.speaker, _LITTLE):
        return gathered(store, listing, matched.query)
    return matched


def _within_days(where: Where, question: StatementQuestion) -> Where:
    """As `within`; a list by day may begin at the first."""
    if (since := question.since) is not None:
        where = where.plus("statement.day >= ?", day_number(day_of(since)))
    return within(where, "story.day", question.month, since, question.until)


def _table(where: Where, full_text: str | None = None) -> Listing:
    joined = "CROSS JOIN story ON story.id = statement.story"
    return Listing("statement", _COLUMNS, joined, _SHOWN, where, full_text, text=_WORDS, ranked=_RANKED)


def _rows(store: Store, found: Sequence[Row], asked: Query | None = None) -> tuple[StatementRow, ...]:
    ids = sorted({row[1] for row in found})
    texts: dict[int, str] = dict(store.rows(f"SELECT id, text FROM text WHERE id IN ({among(ids)})"))
    return tuple(_row(row, texts[row[1]], asked) for row in found)


def _row(row: Row, text: str, asked: Query | None) -> StatementRow:
    document, start, end, address, kept, parts = row[2:8]
    spans = parts_of(parts) if parts else (Span(start, end),)
    words = kept or " … ".join(text[span.start : span.end] for span in spans)
    before, after = text[max(0, start - _SURROUNDINGS) : start], text[end : end + _SURROUNDINGS]
    source, cue = (None if at is None else text[at:to] for at, to in (row[8:10], row[10:12]))
    speaker, speaker_address, unknown_because, *manner, negated, hedged, score, verdict = row[12:22]
    return StatementRow(
        *(address or f"{document}:statement:{start}-{end}", document, start, end, words, before, after),
        *(() if asked is None else asked.hits(words), speaker, speaker_address, unknown_because, source, cue),
        *(*manner, bool(negated), bool(hedged), None if score is None else score / 10_000, verdict),
        *(*row[22:27], row[27] or None),
    )
