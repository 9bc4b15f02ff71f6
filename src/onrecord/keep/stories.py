"""Questions about stories: lists of them with full text and paging, and one with all that is kept of it. Read-only."""

from __future__ import annotations

import json
from dataclasses import replace

from onrecord.keep.answers import Kept, Page, Snippet, Story, StoryQuestion, StoryRow, StorySort, Version
from onrecord.keep.connection import Row
from onrecord.keep.hits import best_sentence
from onrecord.keep.lists import Listing, Where, among, counted, equal, matching, paged, ranked, rows_of, within
from onrecord.keep.names import stories_naming
from onrecord.keep.packing import unpacked_data, unpacked_sentences
from onrecord.keep.people import names_that_said, of_person
from onrecord.keep.statements import statements_of
from onrecord.keep.store import Store
from onrecord.keep.words import Query
from onrecord.notation import from_data
from onrecord.record import Source

#: Stories that are ranked at most, their texts read for it.
_RANKED = 1_000
#: Statements up to which a speaker's stories are looked up one by one: of 200,000 stories, 5,000 take 30 ms. Of who
#: said more, most of a walk through the stories in their order finds the speaker soon anyway.
_RARE = 5_000

_STORY_COLUMNS = (
    "story.id, story.document, story.headline, page.url, page.location, story.publisher, story.agency, story.byline,"
    " story.published, story.day, story.language, story.words, story.statements,"
    " (SELECT count(*) FROM story AS other WHERE other.copy_of = coalesce(story.copy_of, story.id)), story.current"
)
_SPOKEN = "SELECT DISTINCT story AS id FROM statement WHERE name IN ({})"
_TEXT = "(SELECT text FROM text WHERE text.id = story.id)"
_STORY_ORDERS = {
    "newest": (("story.day",), "DESC"),
    "oldest": (("story.day",), "ASC"),
    "most statements": (("story.statements",), "DESC"),
}


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
    listing = story_listing(store, question)
    if listing.where.is_empty:
        return Page((), None, 0, True)
    total, is_exact = counted(store, listing)
    if sort == "relevance" and listing.query is not None:
        found, following = ranked(store, listing, after, limit)
    else:
        order, direction = _STORY_ORDERS.get(sort, _STORY_ORDERS["newest"])
        found, following = paged(store, replace(listing, probed=not is_exact), order, direction, after, limit)
    return Page(tuple(_story_row(store, row, listing.query) for row in found), following, total, is_exact)


def story_listing(store: Store, question: StoryQuestion) -> Listing:
    """The list of the stories that answer a question."""
    where = Where(("story.current",))
    where = equal(where, "story.publisher", question.publisher)
    where = equal(where, "story.agency", question.agency)
    where = within(where, "story.day", question.month, question.since, question.until)
    where = of_person(store, where, question.mentions, lambda names: f"story.id IN ({stories_naming(names)})")
    if not question.copies:
        where = where.plus("story.copy_of IS NULL")
    is_searched = bool(question.words and question.words.strip())
    rare = [] if is_searched else names_that_said(store, question.speaker, _RARE)
    chosen = _SPOKEN.format(among(rare)) if rare else None
    if chosen is None:
        where = of_person(store, where, question.speaker, _speaking)
    shown, index = "LEFT JOIN page ON page.id = story.page", "story_text" if is_searched else None
    listing = Listing("story", _STORY_COLUMNS, "", shown, where, index, chosen, ranked=_RANKED)
    listing = replace(listing, headline="story.headline", text=_TEXT)
    return matching(store, listing, question.words)


def _speaking(names: list[int]) -> str:
    return f"story.id IN ({_SPOKEN.format(among(names))})"


def _story_row(store: Store, row: Row, asked: Query | None = None) -> StoryRow:
    snippet = None if asked is None else _snippet(store, row[0], asked)
    return StoryRow(*(*row[1:9], row[9] or None, *row[10:14], bool(row[14]), snippet))


def _snippet(store: Store, story: int, asked: Query) -> Snippet | None:
    text, blob = store.rows("SELECT text, record FROM text WHERE id = ?", (story,))[0]
    hits = asked.hits(text)
    return best_sentence(text, unpacked_sentences(blob), hits) if hits else None


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
        statements=statements_of(store, id_),
        pages=_versions(store, "page.story = ?", id_),
        versions=_versions(store, "page.key IN (SELECT key FROM page WHERE story = ?1) AND page.story <> ?1", id_),
        copies=tuple(_story_row(store, row) for row in copies),
        judgements=_judgements_of(store, document),
    )


def _versions(store: Store, where: str, story: int) -> tuple[Version, ...]:
    found = store.rows(
        "SELECT document, page.version, page.current, page.source, record FROM page JOIN story ON story.id = page.story"
        f" JOIN text ON text.id = story.id WHERE {where} ORDER BY page.id LIMIT 200",
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
