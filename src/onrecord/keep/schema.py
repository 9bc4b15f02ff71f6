"""The tables of a record's database, as numbered migrations; docs/database.md is their description.

Only SQL: store.py runs it. Migrations are append-only, each a tuple of statements that store.py runs in one
transaction, after which `PRAGMA user_version` is their number, from FIRST on. A released migration is never edited.
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
  names TEXT NOT NULL DEFAULT '[]',
  current INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1))
)"""

_TEXT = """
CREATE TABLE text (
  id INTEGER PRIMARY KEY REFERENCES story (id),
  text TEXT NOT NULL,
  record BLOB NOT NULL
)"""

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
  name INTEGER NOT NULL REFERENCES name (id) DEFERRABLE INITIALLY DEFERRED,
  spellings INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  stories INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  said_about INTEGER NOT NULL
)"""

#: Of "person:jane-roe~5f3a-12", what stands before "~"; its kind; its words. Computed when read, so they take no room.
_NAMES = """
CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  written TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  statements INTEGER NOT NULL DEFAULT 0,
  stories INTEGER NOT NULL DEFAULT 0,
  mentions INTEGER NOT NULL DEFAULT 0,
  said_about INTEGER NOT NULL DEFAULT 0,
  kind TEXT GENERATED ALWAYS AS (substr(address, 1, instr(address, ':') - 1)) VIRTUAL,
  folded TEXT GENERATED ALWAYS AS (trim(replace(substr(address, instr(address, ':') + 1,
    instr(address || '~', '~') - instr(address, ':') - 1), '-', ' '))) VIRTUAL
)"""

_MANNERS = """
CREATE TABLE manner (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  mode TEXT NOT NULL,
  source_type TEXT NOT NULL,
  negated INTEGER NOT NULL,
  hedged INTEGER NOT NULL,
  unknown_because TEXT
)"""

_STATEMENTS = """
CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  story INTEGER NOT NULL REFERENCES story (id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  source_start INTEGER,
  source_end INTEGER,
  cue_start INTEGER,
  cue_end INTEGER,
  manner INTEGER NOT NULL REFERENCES manner (id),
  name INTEGER REFERENCES name (id),
  about TEXT,
  score INTEGER,
  day INTEGER NOT NULL,
  verdict TEXT,
  address TEXT,
  parts TEXT,
  words TEXT
)"""

#: The words of a statement: its part of the text, or its parts (each a start and a length of seven digits), or what is
#: kept where a text cannot be cut (rows.py). No JSON: SQLite takes its functions for unsafe in a view.
_STATEMENT = """coalesce(statement.words, CASE WHEN statement.parts IS NULL
    THEN substr(text.text, statement.start + 1, statement."end" - statement.start)
    ELSE (WITH RECURSIVE cut (at, said) AS (
      SELECT 1, NULL
      UNION ALL
      SELECT at + 14, coalesce(said || ' … ', '')
        || substr(text.text, CAST(substr(statement.parts, at, 7) AS INTEGER) + 1,
          CAST(substr(statement.parts, at + 7, 7) AS INTEGER))
      FROM cut WHERE at < length(statement.parts))
      SELECT said FROM cut ORDER BY at DESC LIMIT 1) END)"""

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
    "CREATE INDEX name_person ON name (person) WHERE person <> id",
    "CREATE INDEX person_statements ON person (statements, id)",
    "CREATE INDEX person_mentions ON person (mentions, id)",
    "CREATE INDEX manner_kind ON manner (kind, mode, source_type)",
    "CREATE INDEX statement_story ON statement (story)",
    "CREATE INDEX statement_name ON statement (name, day, story) WHERE name IS NOT NULL",
    "CREATE INDEX statement_undecided ON statement (score, id) WHERE verdict IS NULL AND score IS NOT NULL",
    "CREATE INDEX statement_verdict ON statement (verdict, id) WHERE verdict IS NOT NULL",
    "CREATE INDEX statement_address ON statement (address) WHERE address IS NOT NULL",
    'CREATE INDEX proposal_right ON proposal ("right")',
    'CREATE INDEX judgement_left ON judgement ("left")',
    'CREATE INDEX judgement_right ON judgement ("right") WHERE "right" IS NOT NULL',
    "CREATE INDEX judgement_withdraws ON judgement (withdraws) WHERE withdraws IS NOT NULL",
)

_WORDS = (
    f"""CREATE VIEW statement_words AS
SELECT statement.id, {_STATEMENT} AS words
FROM statement JOIN text ON text.id = statement.story""",
    """CREATE VIEW story_words AS
SELECT story.id, story.headline, text.text FROM story JOIN text ON text.id = story.id""",
)

#: Which rows hold a word, not where in them: a third of the size. What stands where is told from the text (words.py).
#: Names are indexed like words, so that a name's stories and statements take a byte or two each.
_FULL_TEXT = (
    """CREATE VIRTUAL TABLE story_text USING fts5 (headline, text, content='story_words', content_rowid='id',
  tokenize='unicode61 remove_diacritics 2', detail=none, columnsize=0)""",
    """CREATE VIRTUAL TABLE statement_text USING fts5 (words, content='statement_words', content_rowid='id',
  tokenize='unicode61 remove_diacritics 2', detail=none, columnsize=0)""",
    """CREATE VIRTUAL TABLE name_text USING fts5 (folded, content='name', content_rowid='id',
  tokenize='unicode61 remove_diacritics 2', columnsize=0)""",
    """CREATE VIRTUAL TABLE story_names USING fts5 (names, content='story', content_rowid='id',
  tokenize='ascii', detail=none, columnsize=0)""",
    """CREATE VIRTUAL TABLE statement_names USING fts5 (about, content='statement', content_rowid='id',
  tokenize='ascii', detail=none, columnsize=0)""",
)

#: The names of the full-text indexes.
FULL_TEXT = ("story_text", "statement_text", "name_text", "story_names", "statement_names")

_VIEWS = (
    """CREATE VIEW stories AS
SELECT story.id, story.day, story.publisher, story.headline, page.url AS link, story.agency, story.byline,
  story.published, story.language, story.words, story.statements,
  (SELECT count(*) FROM story AS other WHERE other.copy_of = coalesce(story.copy_of, story.id)) AS copies,
  story.document, page.location
FROM story LEFT JOIN page ON page.id = story.page WHERE story.current""",
    f"""CREATE VIEW statements AS
SELECT statement.id, lead.written AS speaker, {_STATEMENT} AS statement,
  story.day, story.publisher, story.headline, page.url AS link, manner.kind, manner.mode, manner.source_type,
  substr(text.text, statement.source_start + 1, statement.source_end - statement.source_start) AS source,
  substr(text.text, statement.cue_start + 1, statement.cue_end - statement.cue_start) AS cue,
  manner.negated, manner.hedged, manner.unknown_because, statement.score / 10000.0 AS score, statement.verdict,
  coalesce(statement.address, story.document || ':statement:' || statement.start || '-' || statement."end") AS address,
  statement.story, name.person
FROM statement JOIN story ON story.id = statement.story JOIN text ON text.id = statement.story
JOIN manner ON manner.id = statement.manner LEFT JOIN page ON page.id = story.page
LEFT JOIN name ON name.id = statement.name LEFT JOIN person ON person.id = name.person
LEFT JOIN name AS lead ON lead.id = person.name WHERE story.current""",
    """CREATE VIEW people AS
SELECT person.id, name.written AS name, name.kind, person.statements, person.stories, person.mentions,
  person.said_about, person.spellings, name.address
FROM person JOIN name ON name.id = person.name""",
    """CREATE VIEW spellings AS
SELECT name.id, lead.written AS person, name.written AS spelling, name.kind, name.statements, name.stories,
  name.mentions, name.said_about, name.address, name.person AS person_id
FROM name JOIN person ON person.id = name.person JOIN name AS lead ON lead.id = person.name""",
    """CREATE VIEW named AS
SELECT story.id AS story, each.value AS name, name.written AS spelling, lead.written AS person
FROM story, json_each(story.names) AS each JOIN name ON name.id = each.value
JOIN person ON person.id = name.person JOIN name AS lead ON lead.id = person.name WHERE story.current""",
    """CREATE VIEW standing AS
SELECT id, "left", "right", verdict, "by", "at", why, correction FROM judgement
WHERE verdict <> 'withdraw' AND NOT EXISTS (SELECT 1 FROM judgement AS later WHERE later.withdraws = judgement.id)""",
    """CREATE VIEW said_about AS
SELECT target.written AS about, statements.* FROM statement, json_each(statement.about) AS each
JOIN name ON name.id = each.value JOIN person ON person.id = name.person JOIN name AS target ON target.id = person.name
JOIN statements ON statements.id = statement.id""",
)

#: The number of the first migration. Lower ones were given to tables of several layouts before the first release, which
#: nothing tells apart.
FIRST = 2

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        _STORIES,
        _TEXT,
        _PAGES,
        _FAILURES,
        _PEOPLE,
        _NAMES,
        _MANNERS,
        _STATEMENTS,
        _SPOKE,
        _PROPOSALS,
        _JUDGEMENTS,
        _SHINGLES,
        _LINKED,
        *_INDEXES,
        *_WORDS,
        *_FULL_TEXT,
        *_VIEWS,
    ),
)
