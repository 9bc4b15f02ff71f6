"""Where reported words begin and end: `find/endings.py`, on attributions drawn by hand."""

from __future__ import annotations

import pytest

from drawn import draw
from onrecord.find.attributions import Attribution
from onrecord.find.endings import begin_behind_when, end_with_words
from onrecord.find.paragraphs import paragraphs_of
from onrecord.find.quotes import find_quotes
from onrecord.find.story import Story

CUT = {
    "but would not comment": (
        "[s1:A spokesman] [k1:said] [c1:that the letter had come but would not comment further].",
        ["that the letter had come"],
    ),
    "but declined to say": (
        "[s1:She] [k1:said] [c1:the pier was safe, but declined to say for how long].",
        ["the pier was safe"],
    ),
    "stopped short": (
        "[s1:He] [k1:said] [c1:that he “believes in Scott,” but stopped short of promising he would stay].",
        ["that he “believes in Scott,”"],
    ),
    "the main clause goes on": (
        "A woman [s1:who] [k1:shouted] [c1:that they were “stealing our kids” was led out].",
        ["that they were “stealing our kids”"],
    ),
    "and that": (
        "He said that [s1:she] [k1:thinks] [c1:about him every day and that the report is wrong].",
        ["about him every day"],
    ),
    "a second source": (
        "[s1:Two banks] [k1:report] [c1:that jobs grew in May according] to the institute.",
        ["that jobs grew in May"],
    ),
    "the answer": ("[k1:Asked] [c1:why it had leaked, she thought for a while].", ["why it had leaked"]),
    "when they were asked": (
        "When [c1:parents of girls] were asked, [s1:68%] [k1:said] [c1:a degree].",
        ["a degree"],
    ),
}
WHOLE = {
    "his own silence": "[s1:He] [k1:said] [c1:that he had met her and did not comment on it].",
    "and that of others": "[s1:She] [k1:spoke] [c1:about her own safety and that of her brothers].",
    "to do it and that": "[s1:Most] [k1:refused] [c1:to be named out of fear for their jobs and that of the mine].",
    "in quotation marks": "[s1:He] [k1:said] [c1:“we met but would not comment on it”].",
    "a woman, not who": "[s1:A woman] [k1:said] [c1:that they were “stealing our kids” was a joke].",
    "was asked": "[s1:He] [k1:asked] [c1:why it had leaked, she thought].",
    "between commas": "[c1:The pier], [s1:he] [k1:said], [c1:was safe].",
}


def _repaired(marked: str) -> tuple[list[str], list[str]]:
    drawn = draw(marked)
    (cue,), source = drawn.labelled("k1"), next(iter(drawn.labelled("s1")), None)
    quotes = find_quotes(drawn.document)
    story = Story(drawn.document, quotes, paragraphs_of(drawn.document, quotes))
    one = Attribution(drawn.labelled("c1"), cue, source, 0.8, "model")
    (ended,) = begin_behind_when(end_with_words((one,), story), story)
    return [story.document.words(span) for span in ended.content], [story.document.words(span) for span in one.content]


@pytest.mark.parametrize(("marked", "kept"), CUT.values(), ids=CUT.keys())
def test_cuts(marked: str, kept: list[str]) -> None:
    assert _repaired(marked)[0] == kept


@pytest.mark.parametrize("marked", WHOLE.values(), ids=WHOLE.keys())
def test_leaves_whole(marked: str) -> None:
    kept, drawn = _repaired(marked)
    assert kept == drawn
