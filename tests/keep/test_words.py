"""A user's words: what the index is asked for, what the text must hold, and where it holds it."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.keep.words import holds, query, relevance

TEXT = "The grain deal is dead, said Zoë O’Brien. Deals with grain go on; a “grain-deal” is no U.S. matter."


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("grain", '"grain"'),
        ("grain deal", '("grain" AND "deal")'),
        ('"grain deal"', '("grain" AND "deal")'),
        ("“grain deal”", '("grain" AND "deal")'),
        ("grain OR wheat", '("grain" OR "wheat")'),
        ('grain NOT "wheat deal"', '"grain"'),
        ("grain NOT wheat", '("grain" NOT "wheat")'),
        ("dea*", '"dea"*'),
        ("O'Brien", '("O" AND "Brien")'),
        ("grain AND", '"grain"'),
        ("((grain", '"grain"'),
    ],
)
def test_the_index_is_asked_for_single_words(words: str, expression: str) -> None:
    found = query(words)
    assert found is not None
    assert found.expression == expression


@pytest.mark.parametrize("words", ["", "  ", "!!", '"" *', "()"])
def test_no_word_asks_nothing(words: str) -> None:
    assert query(words) is None
    assert not holds(words, None, TEXT)


@pytest.mark.parametrize(
    ("words", "is_held"),
    [
        ('"grain deal"', True),
        ('"deal grain"', False),
        ('"GRAIN Deal is"', True),
        ('"zoe o\'brien"', True),
        ('"grain de*"', False),
        ('"grain de"*', True),
        ('dead NOT "grain deal"', False),
        ('dead NOT "wheat deal"', True),
        ('("wheat deal" OR "grain deal") dead', True),
        ("U.S.", True),
        ("S.U.", False),
    ],
)
def test_the_text_tells_whether_a_phrase_stands_in_it(words: str, is_held: bool) -> None:
    assert holds(words, "A headline", TEXT) is is_held


def test_a_phrase_does_not_run_from_the_headline_into_the_text() -> None:
    assert not holds('"grain deal"', "About grain", "Deal or no deal")


def test_hits_stand_where_the_words_do() -> None:
    found = query('"grain deal" OR zoe OR deal NOT matter')
    assert found is not None
    assert [TEXT[hit.start : hit.end] for hit in found.hits(TEXT)] == ["grain deal", "Zoë", "grain-deal"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.text(max_size=40))
def test_hits_lie_in_the_text_in_order(words: str, text: str) -> None:
    found = query(words)
    hits = found.hits(text) if found else ()
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert list(hits) == sorted(hits)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["grain", "deal", "Zoë", "is"]), min_size=1, max_size=5), st.booleans())
def test_a_full_index_finds_the_same_phrases(words: list[str], is_turned: bool) -> None:
    """FTS5 with places in its index is the measure; ours has none, and looks into the text."""
    text = " ".join(reversed(words) if is_turned else words)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE full USING fts5 (text, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("INSERT INTO full VALUES (?)", (text,))
    phrase = '"' + " ".join(words[:2]) + '"'
    found = connection.execute("SELECT count(*) FROM full WHERE full MATCH ?", (phrase,)).fetchone()[0]
    connection.close()
    assert holds(phrase, None, text) is bool(found)


def test_more_hits_rarer_words_and_the_headline_weigh_more() -> None:
    once, twice = relevance("grain", "[1.0]", None, "grain"), relevance("grain", "[1.0]", None, "grain grain")
    assert 0 < once < twice < relevance("grain", "[1.0]", "Grain", "grain grain")
    assert relevance("grain", "[2.0]", None, "grain") == 2 * once
    assert relevance("", "[]", None, "grain") == 0
