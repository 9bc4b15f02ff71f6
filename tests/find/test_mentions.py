"""Names and mentions out of hand-made scores."""

import re

import numpy as np

from onrecord.find.encoder import Scores
from onrecord.find.labels import MENTION_KINDS, TAGS, VECTORS
from onrecord.find.mentions import coreference_vectors, find_mentions, scored_spans
from onrecord.find.names import find_names
from onrecord.record import Block, Document, Source, Span


def scores_of(text: str, names: dict[str, str], mentions: dict[str, str]) -> tuple[Document, Scores]:
    """Scores that say: these words are names of these kinds, these words are mentions."""
    spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    words = np.array(spans, np.int32).reshape(-1, 2)
    tags = {head: np.log(np.full((len(words), len(kinds)), 0.001, np.float32)) for head, kinds in TAGS.items()}
    for head in tags:
        tags[head][:, 0] = np.log(0.9)
    vectors = {name: np.zeros((len(words), width), np.float32) for name, width in VECTORS.items()}
    vectors["mention_start"][:, 0] = vectors["mention_end"][:, 1] = -5.0
    vectors["mention_end"][:, 0] = vectors["mention_start"][:, 1] = 1.0
    for name, kind in names.items():
        for place, row in enumerate(_rows(text, spans, name)):
            tag = TAGS["name"].index(("B-" if place == 0 else "I-") + kind)
            tags["name"][row] = np.log(0.001)
            tags["name"][row, tag] = np.log(0.95)
    for number, (mention, kind) in enumerate(mentions.items(), start=2):
        rows = _rows(text, spans, mention)
        vectors["mention_start"][rows[0], number] = vectors["mention_end"][rows[-1], number] = 5.0
        vectors["kind_start"][rows[0], MENTION_KINDS.index(kind)] = 3.0
    document = Document(text, Source("0" * 64, "test"), (Block(Span(0, len(text)), "paragraph"),), ())
    return document, Scores(words, np.zeros(len(words), np.int32), tags, vectors)


def _rows(text: str, spans: list[tuple[int, int]], words: str) -> list[int]:
    start = text.index(words)
    return [row for row, (a, b) in enumerate(spans) if start <= a and b <= start + len(words)]


def test_names_lose_titles_possessives_and_quotes() -> None:
    text = "President Alexander Lukashenko's men met “Pahonia” in the U.S. on Monday."
    marked = {"President Alexander Lukashenko's": "person", "“Pahonia”": "organisation", "U.S": "place"}
    document, scores = scores_of(text, marked, {})
    found = [(document.words(mention.span), mention.kind) for mention in find_names(document, scores)]
    assert found == [("Alexander Lukashenko", "person"), ("Pahonia", "organisation"), ("U.S.", "place")]


def test_an_acronym_in_brackets_tells_how_long_the_name_is() -> None:
    text = "The agency Korean Central News Agency (KCNA) wrote. The University of Southern Indiana (USI) agreed."
    marked: dict[str, str] = {"Korean": "group", "Central News Agency": "organisation"}
    marked |= {"University of": "organisation", "Southern Indiana": "place"}
    document, scores = scores_of(text, marked, {})
    found = [(document.words(mention.span), mention.kind) for mention in find_names(document, scores)]
    names = ("Korean Central News Agency", "KCNA", "University of Southern Indiana", "USI")
    assert found == [(name, "organisation") for name in names]


def test_a_name_repeats_where_the_model_missed_it() -> None:
    document, scores = scores_of("Kukhta came. Then Kukhta left.", {"Kukhta": "person"}, {})
    assert [mention.span.start for mention in find_names(document, scores)] == [0, 18]


def test_pronouns_and_descriptions_but_no_description_of_a_name() -> None:
    text = "He said the tall man met President Ann Lee."
    document, scores = scores_of(
        text, {"Ann Lee": "person"}, {"the tall man": "person", "President Ann Lee": "person", "He": "person"}
    )
    names = find_names(document, scores)
    found = [(document.words(m.span), m.form, m.kind) for m in find_mentions(document, scores, names)]
    assert found == [
        ("He", "pronoun", "person"),
        ("the tall man", "nominal", "person"),
        ("Ann Lee", "name", "person"),
    ]
    assert [vectors.shape for vectors in coreference_vectors(scores, find_mentions(document, scores, names))] == [
        (3, VECTORS["anaphor_start"])
    ] * 2


def test_mentions_nest_but_never_cross() -> None:
    document, scores = scores_of(
        "the head of the bank of England", {}, {"the head of the bank": "person", "the bank of England": "organisation"}
    )
    scores.vectors["mention_end"][6, 3] = 6.0
    spans = [(each.first, each.last) for each in scored_spans(scores)]
    assert len(spans) == 1
    assert document.text


def test_a_text_without_words_has_none() -> None:
    document, scores = scores_of(" ", {}, {})
    assert find_names(document, scores) == ()
    assert find_mentions(document, scores) == ()
