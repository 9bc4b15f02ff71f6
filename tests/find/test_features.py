import pytest

from onrecord.find.features import QUOTES, SHAPES, quote_states, shape
from onrecord.find.windows import word_spans


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("the", "lower"),
        ("Minsk", "title"),
        ("NATO", "upper"),
        ("A", "letter"),
        ("McCain", "mixed"),
        ("iPhone", "mixed"),
        ("2017", "number"),
        ("F16", "alphanumeric"),
        ("“", "mark"),
        ("é", "lower"),
    ],
)
def test_shape(word: str, expected: str) -> None:
    assert SHAPES[shape(word)] == expected


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "we won" there', {"we", "won"}),
        ("He said “we won” there", {"we", "won"}),
        ("He said 'we won' there", {"we", "won"}),
        ("He said ‘we don’t know’ there", {"we", "don", "’", "t", "know"}),
        ("“One paragraph goes on", {"One", "paragraph", "goes", "on"}),
        ("It didn't, in the '90s or ever", set()),
        ("The workers' party's pay", set()),
    ],
)
def test_words_inside_quotation_marks(text: str, inside: set[str]) -> None:
    words = word_spans(text, 0, len(text))
    states = quote_states(text, words)
    found = {text[start:end] for (start, end), state in zip(words, states, strict=True) if "inside" in QUOTES[state]}
    assert found == inside
