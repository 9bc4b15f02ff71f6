"""Names and mentions out of hand-made scores."""

import re
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.find.encoder import Scores
from onrecord.find.labels import MENTION_KINDS, TAGS, VECTORS
from onrecord.find.mentions import _not_crossing, coreference_vectors, find_mentions, scored_spans, settled
from onrecord.find.names import find_names
from onrecord.record import Block, Document, Entity, Source, Span


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
    text = "Mr Kukhta and Dr Kukhta came. Then Kukhta left."
    document, scores = scores_of(text, {"Mr Kukhta": "person", "Dr Kukhta": "person"}, {})
    assert [mention.span.start for mention in find_names(document, scores)] == [3, 17, 35]


def test_pronouns_and_descriptions_but_no_description_of_a_name() -> None:
    text = "He said the tall man met President Ann Lee."
    document, scores = scores_of(
        text, {"Ann Lee": "person"}, {"the tall man": "person", "President Ann Lee": "person", "He": "person"}
    )
    names = find_names(document, scores)
    found = [(document.words(m.span), m.form, m.kind) for m in find_mentions(document, scores, names).mentions]
    assert found == [
        ("He", "pronoun", "person"),
        ("the tall man", "nominal", "person"),
        ("Ann Lee", "name", "person"),
    ]
    whole = find_mentions(document, scores, names)
    assert [document.words(phrase) for phrase in whole.phrases] == ["He", "the tall man", "President Ann Lee"]
    assert whole.heads == (True, True, True)
    shapes = [vectors.shape for vectors in coreference_vectors(scores, whole)]
    width = VECTORS["anaphor_start"]
    assert shapes == [(3, width), (3, width), (3, 1 + len(MENTION_KINDS)), (3, 4 * width)]
    assert [document.text[:end].split()[-1] for end in whole.head_ends] == ["He", "man", "Lee"]


def test_a_name_that_only_modifies_heads_no_phrase() -> None:
    document, scores = scores_of("The Greek islands shone.", {"Greek": "group"}, {"The Greek islands": "place"})
    found = find_mentions(document, scores, find_names(document, scores))
    assert [(document.words(m.span), heads) for m, heads in zip(found.mentions, found.heads, strict=True)] == [
        ("The Greek islands", True),
        ("Greek", False),
    ]


def test_an_unlikely_description_stays_only_where_it_refers() -> None:
    document, scores = scores_of("He saw the man.", {}, {"the man": "person"})
    scores.vectors["mention_start"][2, 2] = 1.9
    unlikely, sure = (find_mentions(document, each).mentions for each in (scores, _surer(scores)))
    assert [document.words(mention.span) for mention in unlikely] == ["He", "the man"]
    assert unlikely[1].origin.score is not None
    assert unlikely[1].origin.score < 0.5
    assert settled(unlikely, ()) == unlikely[:1]
    assert settled(sure, ()) == sure
    both = Entity("entity", "person", None, tuple(mention.id for mention in unlikely))
    assert settled(unlikely, (both,)) == unlikely


def _surer(scores: Scores) -> Scores:
    vectors = {**scores.vectors, "mention_start": scores.vectors["mention_start"] * 2}
    vectors["mention_start"][:, :2] /= 2
    return replace(scores, vectors=vectors)


def test_what_a_name_stands_beside_is_left_to_the_name() -> None:
    text = "The chair of the inquiry, Dame Ruth Ansah, asked a man from Minsk, Belarus."
    described = {"The chair of the inquiry, Dame Ruth Ansah": "person", "a man from Minsk, Belarus": "person"}
    document, scores = scores_of(text, {"Ruth Ansah": "person", "Belarus": "place"}, described)
    found = find_mentions(document, scores, find_names(document, scores))
    assert [document.words(phrase) for phrase in found.phrases] == [*described, "Belarus"]
    assert [document.words(mention.span) for mention in found.mentions][:2] == [
        "Ruth Ansah",
        "a man from Minsk, Belarus",
    ]


def test_a_mine_is_no_pronoun() -> None:
    document, scores = scores_of("Mine rescuer: the mine is mine.", {}, {})
    assert [mention.span.start for mention in find_mentions(document, scores).mentions] == [26]


def test_mentions_nest_but_never_cross() -> None:
    document, scores = scores_of(
        "the head of the bank of England", {}, {"the head of the bank": "person", "the bank of England": "organisation"}
    )
    scores.vectors["mention_end"][6, 3] = 6.0
    spans = [(each.first, each.last) for each in scored_spans(scores)]
    assert len(spans) == 1
    assert document.text


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6), st.integers(-3, 3)), max_size=25))
def test_of_crossing_spans_the_likelier_stay(drawn: list[tuple[int, int, int]]) -> None:
    spans = {(first, first + length): float(logit) for first, length, logit in drawn}
    found = [(first, last, logit) for (first, last), logit in sorted(spans.items())]
    kept = _not_crossing(found)
    assert not any(_cross(one, other) for one in kept for other in kept)
    for span in set(found) - set(kept):
        assert any(_cross(span, other) and other[2] >= span[2] for other in kept)


def _cross(one: tuple[int, int, float], other: tuple[int, int, float]) -> bool:
    (a, b, _), (c, d, _) = sorted((one, other))
    return a < c <= b < d


def test_a_text_without_words_has_none() -> None:
    document, scores = scores_of(" ", {}, {})
    assert find_names(document, scores) == ()
    assert find_mentions(document, scores) == ((), (), (), ())
