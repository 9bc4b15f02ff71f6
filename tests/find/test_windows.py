import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.find.encoder import line_spans
from onrecord.find.weights import load_weights
from onrecord.find.windows import _COMMON, _pre_tokenize, cut, load_tokenizer, split_words, word_spans


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(load_weights().tokenizer)


def test_words_are_letter_runs_and_single_marks(tokenizer: Tokenizer) -> None:
    text = "“Café,” said O’Neil (23) — twice."
    words = split_words(text, line_spans(text), tokenizer)
    found = [text[start:end] for start, end in words.spans.tolist()]
    assert found == ["“", "Café", ",", "”", "said", "O", "’", "Neil", "(", "23", ")", "—", "twice", "."]


@given(st.text(st.characters(max_codepoint=0x2100), max_size=60))
def test_the_pattern_for_words_says_what_the_pre_tokeniser_says(text: str) -> None:
    assert word_spans(text, 0, len(text)) == [span for _, span in _pre_tokenize(text)]


def test_every_character_of_the_pattern_for_words_is_what_the_pre_tokeniser_takes_it_for() -> None:
    common = [chr(place) for place in range(0x3000) if _COMMON.fullmatch(chr(place))]
    assert len(common) > 500
    text = "a".join(common)
    assert word_spans(text, 0, len(text)) == [span for _, span in _pre_tokenize(text)]


def test_offsets_are_code_points_beyond_the_basic_plane(tokenizer: Tokenizer) -> None:
    text = "😀 Minsk 🇧🇾 said\nKyiv"
    words = split_words(text, line_spans(text), tokenizer)
    found = {text[start:end]: paragraph for (start, end), paragraph in zip(words.spans, words.paragraph, strict=True)}
    assert found["Minsk"] == found["said"] == 0
    assert found["Kyiv"] == 1


def test_long_texts_are_not_truncated(tokenizer: Tokenizer) -> None:
    text = "word " * 5000
    assert len(split_words(text, line_spans(text), tokenizer)) == 5000


def test_whole_paragraphs_stay_together_where_they_fit(tokenizer: Tokenizer) -> None:
    text = "\n".join(["one two three four five six seven eight"] * 10)
    words = split_words(text, line_spans(text), tokenizer)
    windows = cut(words, frozenset(), most=22)
    assert [(window.core_start, window.core_end) for window in windows] == [(n, n + 16) for n in range(0, 80, 16)]


def test_a_long_paragraph_is_cut_between_sentences(tokenizer: Tokenizer) -> None:
    text = "One two three four. Five six seven eight. Nine ten."
    words = split_words(text, line_spans(text), tokenizer)
    windows = cut(words, frozenset({20, 42}), most=14)
    assert [text[words.spans[window.core_start, 0] :][:4] for window in windows] == ["One ", "Nine"]


@given(st.text(max_size=400), st.integers(16, 60), st.integers(0, 8))
def test_cores_cover_every_word_once_and_fit(tokenizer: Tokenizer, text: str, most: int, context: int) -> None:
    words = split_words(text, line_spans(text), tokenizer)
    windows = cut(words, frozenset(), most=most, context=context)
    assert [at for window in windows for at in range(window.core_start, window.core_end)] == list(range(len(words)))
    for window in windows:
        assert window.start <= window.core_start
        assert sum(len(words.pieces[at]) for at in range(window.start, window.end)) <= most - 2


def test_words_have_the_same_pieces_however_often_they_are_met(tokenizer: Tokenizer) -> None:
    text = "Prokopiev met the Kalinouski regiment near Zaporizhzhia."
    fresh = load_tokenizer(load_weights().tokenizer)
    first = split_words(text, line_spans(text), fresh)
    again = split_words(f"A new word. {text}", line_spans(f"A new word. {text}"), fresh)
    assert again.pieces[4:] == first.pieces == split_words(text, line_spans(text), tokenizer).pieces
