"""Reports that were taken for a part of the one before: `find/second_reports.py`, on attributions drawn by hand."""

from __future__ import annotations

import pytest

from drawn import draw
from onrecord.find.attributions import Attribution
from onrecord.find.paragraphs import paragraphs_of
from onrecord.find.quotes import find_quotes
from onrecord.find.second_reports import part_second_cues, part_second_reports
from onrecord.find.story import Story

#: Content, cue and source of each part, as `source | cue | content`.
PARTED = {
    "which she said": (
        "[s1:She] [k1:blamed] [c1:high rates], which she said [c1:had frozen the market].",
        ["She | blamed | high rates", "she | said | had frozen the market"],
    ),
    "saying": (
        "[s1:An officer] [k1:urged] [c1:calm in the hall], saying [c1:the gates were shut].",
        ["An officer | urged | calm in the hall", "An officer | saying | the gates were shut"],
    ),
    "and accuses": (
        "[s1:The suit] [k1:alleges] [c1:that clerks lied, and accuses the bank of theft].",
        ["The suit | alleges | that clerks lied", "The suit | accuses | the bank of theft"],
    ),
    "and argued that": (
        "[s1:Hatch] [k1:said] [c1:that boats are “safer,” and argued that the fleet is sound].",
        ["Hatch | said | that boats are “safer,”", "Hatch | argued | that the fleet is sound"],
    ),
    "and called for": (
        "[s1:Hatch] [k1:said] [c1:that the pier was old, and called for a new one].",
        ["Hatch | said | that the pier was old", "Hatch | called | for a new one"],
    ),
}
LEFT_WHOLE = {
    "no comma": "[s1:Hatch] [k1:said] [c1:that the clerk lied and accused the bank of theft].",
    "another tense": "[s1:The suit] [k1:alleges] [c1:that the clerk lied, and accused the bank of theft].",
    "in quotation marks": "[s1:Hatch] [k1:said] [c1:that the clerk “lied, and accused the bank of theft”].",
    "no report": "[s1:Hatch] [k1:said] [c1:that the clerk lied, and closed the bank on Friday].",
    "narration between": "[s1:Hatch] [k1:urged] [c1:calm], before the doors opened, [c1:and patience].",
}


def _parts(marked: str) -> list[str]:
    drawn = draw(marked)
    quotes = find_quotes(drawn.document)
    story = Story(drawn.document, quotes, paragraphs_of(drawn.document, quotes))
    (cue,), (source,) = drawn.labelled("k1"), drawn.labelled("s1")
    one = Attribution(drawn.labelled("c1"), cue, source, 0.8, "model")
    parts = part_second_reports(part_second_cues((one,), story), story)
    words = drawn.document.words
    return [
        " | ".join((words(part.source or source), words(part.cue or cue), " … ".join(map(words, part.content))))
        for part in parts
    ]


@pytest.mark.parametrize(("marked", "parts"), PARTED.values(), ids=PARTED.keys())
def test_parts(marked: str, parts: list[str]) -> None:
    assert _parts(marked) == parts


@pytest.mark.parametrize("marked", LEFT_WHOLE.values(), ids=LEFT_WHOLE.keys())
def test_leaves_whole(marked: str) -> None:
    assert len(_parts(marked)) == 1
