"""The tables of a record's database, as numbered migrations; docs/database.md is their description.

Only SQL: store.py runs it. Migrations are append-only, each a tuple of statements that store.py runs in one
transaction, after which `PRAGMA user_version` is their number. A released migration is never edited.
"""

from __future__ import annotations

#: `PRAGMA application_id` of our files: "onrc" in ASCII, shown by file(1) and checked on opening.
APPLICATION_ID = 0x6F6E7263

_STORIES = """
CREATE TABLE story (
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL UNIQUE,
  page INTEGER REFERENCES page (id) DEFERRABLE INITIALLY DEFERRED,
  headline TEXT,
  publisher TEXT,
  agency TEXT,
  byline TEXT,
  published TEXT,
  day TEXT NOT NULL,
  language TEXT,
  words INTEGER NOT NULL,
  statements INTEGER NOT NULL DEFAULT 0,
  shingles INTEGER NOT NULL DEFAULT 0,
  copy_of INTEGER REFERENCES story (id),
  current INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1))
)"""

_TEXT = "CREATE TABLE text (id INTEGER PRIMARY KEY REFERENCES story (id), headline TEXT, text TEXT NOT NULL)"

_NOTATION = "CREATE TABLE notation (story INTEGER PRIMARY KEY REFERENCES story (id), record BLOB NOT NULL)"

_PAGES = """
CREATE TABLE page (
  id INTEGER PRIMARY KEY,
  story INTEGER NOT NULL REFERENCES story (id),
  key BLOB NOT NULL,
  fingerprint BLOB NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  current INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1)),
  url TEXT,
  location TEXT,
  source TEXT
)"""

_FAILURES = """
CREATE TABLE failure (
  id INTEGER PRIMARY KEY,
  fingerprint BLOB NOT NULL UNIQUE,
  location TEXT NOT NULL,
  cause TEXT NOT NULL
)"""

_PEOPLE = """
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name INTEGER NOT NULL REFERENCES name (id) DEFERRABLE INITIALLY DEFERRED,
  written TEXT NOT NULL,
  spellings INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  stories INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  said_about INTEGER NOT NULL
)"""

_NAMES = """
CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  written TEXT NOT NULL,
  folded TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  statements INTEGER NOT NULL DEFAULT 0,
  stories INTEGER NOT NULL DEFAULT 0,
  mentions INTEGER NOT NULL DEFAULT 0,
  said_about INTEGER NOT NULL DEFAULT 0
)"""

_ENTITIES = """
CREATE TABLE entity (
  id INTEGER PRIMARY KEY,
  story INTEGER NOT NULL REFERENCES story (id),
  name INTEGER NOT NULL REFERENCES name (id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  address TEXT
)"""

_STATEMENTS = """
CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  story INTEGER NOT NULL REFERENCES story (id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  address TEXT,
  words TEXT,
  source TEXT,
  cue TEXT,
  kind TEXT NOT NULL,
  mode TEXT NOT NULL,
  source_type TEXT NOT NULL,
  negated INTEGER NOT NULL,
  hedged INTEGER NOT NULL,
  name INTEGER REFERENCES name (id),
  unknown_because TEXT,
  score REAL,
  day TEXT NOT NULL,
  verdict TEXT
)"""

_ABOUT = """
CREATE TABLE about (
  statement INTEGER NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  name INTEGER NOT NULL REFERENCES name (id),
  PRIMARY KEY (statement, name)
) WITHOUT ROWID"""

_SPOKE = """
CREATE TABLE spoke (
  name INTEGER NOT NULL REFERENCES name (id),
  month TEXT NOT NULL,
  statements INTEGER NOT NULL,
  PRIMARY KEY (name, month)
) WITHOUT ROWID"""

_PROPOSALS = """
CREATE TABLE proposal (
  "left" INTEGER NOT NULL REFERENCES name (id),
  "right" INTEGER NOT NULL REFERENCES name (id),
  score REAL NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY ("left", "right"),
  CHECK ("left" < "right")
) WITHOUT ROWID"""

_JUDGEMENTS = """
CREATE TABLE judgement (
  id INTEGER PRIMARY KEY,
  "left" TEXT NOT NULL,
  "right" TEXT,
  verdict TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  why TEXT,
  correction TEXT,
  withdraws INTEGER REFERENCES judgement (id)
)"""

_SHINGLES = """
CREATE TABLE shingle (
  hash INTEGER NOT NULL,
  story INTEGER NOT NULL REFERENCES story (id),
  PRIMARY KEY (hash, story)
) WITHOUT ROWID"""

_LINKED = "CREATE TABLE linked (pages INTEGER NOT NULL)"

_INDEXES = (
    "CREATE INDEX story_day ON story (day, id) WHERE current",
    "CREATE INDEX story_publisher ON story (publisher, day, id) WHERE current",
    "CREATE INDEX story_agency ON story (agency, day, id) WHERE current AND agency IS NOT NULL",
    "CREATE INDEX story_statements ON story (statements, id) WHERE current",
    "CREATE INDEX story_copy_of ON story (copy_of) WHERE copy_of IS NOT NULL",
    "CREATE INDEX page_key ON page (key)",
    "CREATE INDEX page_story ON page (story)",
    "CREATE INDEX name_person ON name (person)",
    "CREATE INDEX person_statements ON person (statements, id)",
    "CREATE INDEX person_mentions ON person (mentions, id)",
    "CREATE INDEX person_written ON person (written, id)",
    "CREATE INDEX entity_story ON entity (story, name)",
    "CREATE INDEX entity_name ON entity (name, story)",
    "CREATE INDEX about_name ON about (name, statement)",
    "CREATE INDEX statement_story ON statement (story, start)",
    "CREATE INDEX statement_name ON statement (name, day, id) WHERE name IS NOT NULL",
    "CREATE INDEX statement_day ON statement (day, id)",
    "CREATE INDEX statement_undecided ON statement (score, id) WHERE verdict IS NULL AND score IS NOT NULL",
    "CREATE INDEX statement_verdict ON statement (verdict, id) WHERE verdict IS NOT NULL",
    'CREATE INDEX proposal_right ON proposal ("right")',
    'CREATE INDEX judgement_left ON judgement ("left")',
    'CREATE INDEX judgement_right ON judgement ("right") WHERE "right" IS NOT NULL',
    "CREATE INDEX judgement_withdraws ON judgement (withdraws) WHERE withdraws IS NOT NULL",
)

_WORDS = """
CREATE VIEW statement_words AS
SELECT statement.id,
  coalesce(statement.words, substr(text.text, statement.start + 1, statement."end" - statement.start)) AS words
FROM statement JOIN text ON text.id = statement.story"""

_FULL_TEXT = (
    """CREATE VIRTUAL TABLE story_text USING fts5 (
  headline, text, content='text', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE VIRTUAL TABLE statement_text USING fts5 (
  words, content='statement_words', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE VIRTUAL TABLE name_text USING fts5 (
  folded, content='name', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
)

_VIEWS = (
    """CREATE VIEW stories AS
SELECT story.id, story.day, story.publisher, story.headline, page.url AS link, story.agency, story.byline,
  story.published, story.language, story.words, story.statements,
  (SELECT count(*) FROM story AS other WHERE other.copy_of = coalesce(story.copy_of, story.id)) AS copies,
  story.document, page.location
FROM story LEFT JOIN page ON page.id = story.page WHERE story.current""",
    """CREATE VIEW statements AS
SELECT statement.id, person.written AS speaker, statement_words.words AS statement, statement.day, story.publisher,
  story.headline, page.url AS link, statement.kind, statement.mode, statement.source_type, statement.source,
  statement.cue, statement.negated, statement.hedged, statement.unknown_because, statement.score, statement.verdict,
  coalesce(statement.address, story.document || ':statement:' || statement.start || '-' || statement."end") AS address,
  statement.story, name.person
FROM statement JOIN story ON story.id = statement.story JOIN statement_words ON statement_words.id = statement.id
LEFT JOIN page ON page.id = story.page
LEFT JOIN name ON name.id = statement.name LEFT JOIN person ON person.id = name.person WHERE story.current""",
    """CREATE VIEW people AS
SELECT person.id, person.written AS name, person.kind, person.statements, person.stories, person.mentions,
  person.said_about, person.spellings, name.address
FROM person JOIN name ON name.id = person.name""",
    """CREATE VIEW spellings AS
SELECT name.id, person.written AS person, name.written AS spelling, name.kind, name.statements, name.stories,
  name.mentions, name.said_about, name.address, name.person AS person_id
FROM name JOIN person ON person.id = name.person""",
    """CREATE VIEW standing AS
SELECT id, "left", "right", verdict, "by", "at", why, correction FROM judgement
WHERE verdict <> 'withdraw' AND NOT EXISTS (SELECT 1 FROM judgement AS later WHERE later.withdraws = judgement.id)""",
    """CREATE VIEW said_about AS
SELECT target.written AS about, statements.* FROM about
JOIN name ON name.id = about.name JOIN person AS target ON target.id = name.person
JOIN statements ON statements.id = about.statement""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        _STORIES,
        _TEXT,
        _NOTATION,
        _PAGES,
        _FAILURES,
        _PEOPLE,
        _NAMES,
        _ENTITIES,
        _STATEMENTS,
        _ABOUT,
        _SPOKE,
        _PROPOSALS,
        _JUDGEMENTS,
        _SHINGLES,
        _LINKED,
        *_INDEXES,
        _WORDS,
        *_FULL_TEXT,
        *_VIEWS,
    ),
)
