"""Copies of one report are told from other reports by a few shingles."""

import random

import pytest

from onrecord.record import Document, Source
from onrecord.resolve.copies import are_copies, sketch

SOURCE = Source(sha256="0" * 64, reader="test 1")
WORDS = [f"word{number}" for number in range(2000)]


def text(seed: int, length: int = 700) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def shared(left: list[str], right: list[str]) -> bool:
    one, other = (sketch(Document(" ".join(words), SOURCE)) for words in (left, right))
    return are_copies(len({*one} & {*other}), len(one), len(other))


@pytest.mark.parametrize("seed", range(10))
def test_finds_cut_and_edited_copies(seed: int) -> None:
    story = text(seed)
    edited = [word if index % 60 else "changed" for index, word in enumerate(story)]
    assert shared(story, ["another", "headline", *story])
    assert shared(story, story[:350])
    assert shared(story, edited)


@pytest.mark.parametrize("seed", range(10))
def test_leaves_alone_what_shares_a_paragraph(seed: int) -> None:
    background = text(99, 60)
    assert not shared(text(seed) + background, text(seed + 100) + background)


def test_a_few_words_are_nobodys_copy() -> None:
    assert not shared(["only", "five", "words", "stand", "here"], ["only", "five", "words", "stand", "here"])


def test_the_sketch_is_the_same_everywhere() -> None:
    assert sketch(Document("The quick brown fox jumps over the lazy dog.", SOURCE)) == (
        505199694,
        833001886,
        837442110,
        1008431915,
        1865826114,
    )
