"""The phrase that a source stands in: `find/source_phrases.py`, on attributions drawn by hand."""

from __future__ import annotations

import pytest

from drawn import draw
from onrecord.find.attributions import Attribution
from onrecord.find.paragraphs import paragraphs_of
from onrecord.find.quotes import find_quotes
from onrecord.find.source_phrases import find_phrase
from onrecord.find.story import Story

KEPT = {
    "a clause cut off": (
        "[s1:Marcus Beal, whose son is blind] and walks with a dog, [k1:asked] [c1:for a ramp].",
        "Marcus Beal",
    ),
    "a clause to its end": (
        "[s1:Marcus Beal, whose son is blind], [k1:asked] [c1:for a ramp].",
        "Marcus Beal, whose son is blind",
    ),
    "a pronoun and its noun": ("He was sued by [s1:nine villages that] [k1:alleged] [c1:a fraud].", "that"),
    "a pronoun behind a comma": (
        "He was sued by [s1:the dyers’ guild, which] [k1:alleged] [c1:a fraud].",
        "the dyers’ guild, which",
    ),
}


@pytest.mark.parametrize(("marked", "source"), KEPT.values(), ids=KEPT.keys())
def test_keeps(marked: str, source: str) -> None:
    drawn = draw(marked)
    quotes = find_quotes(drawn.document)
    story = Story(drawn.document, quotes, paragraphs_of(drawn.document, quotes))
    (cue,), (drawn_source,) = drawn.labelled("k1"), drawn.labelled("s1")
    (one,) = find_phrase((Attribution(drawn.labelled("c1"), cue, drawn_source, 0.8, "model"),), story)
    assert drawn.words(one.source) == source
