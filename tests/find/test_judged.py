"""What is judged, put before the judgement: `find/judged.py`, on attributions drawn by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drawn import draw
from onrecord.find.attributions import Attribution
from onrecord.find.judged import begin_with_as, begin_with_the_judged, hear_who_judges
from onrecord.find.paragraphs import paragraphs_of
from onrecord.find.quotes import find_quotes
from onrecord.find.story import Attributions, Story
from onrecord.record import Document

FINDS = {
    "a participle behind a comma": (
        "The school was named after the founder of a choir in the hills, [k1:considered] [c1:a saint in Marledo].",
        "the founder of a choir in the hills",
    ),
    "behind another passive": (
        "A young surgeon, Ines Tavira, was hurt and [k1:later recognized] by [s1:Oduya] [c1:as a hero of the flood].",
        "A young surgeon, Ines Tavira",
    ),
    "a passive of its own": (
        "The bridge [k1:is regarded] by [s1:engineers] [c1:as the oldest of its kind].",
        "The bridge",
    ),
    "behind a participle, and not what is far": (
        "[c1:The choir] was named after the founder of a school in the hills, [k1:considered] [c1:a saint in Marledo].",
        "the founder of a school in the hills",
    ),
    "what its own clause tells": ("[c1:The mill], long [k1:considered] [c1:a ruin], was sold.", "The mill"),
    "without a source": ("The mill [k1:was believed] [c1:to have burned twice].", "The mill"),
}
LEAVES_ALONE = {
    "the one who judges": "[s1:The council] [k1:regarded] [c1:as lost what the flood had taken].",
    "it": "It [k1:was considered] [c1:wise to wait].",
    "who": "Her brother, who [k1:was seen] [c1:as a rival], left.",
    "behind what he did": "Holm sold the mill and [k1:later recognized] [c1:the house].",
    "no participle of judging": "The mill [k1:was sold] [c1:to strangers].",
    "a verb between": "The mill that burned, [k1:considered] [c1:a ruin], was sold.",
}


JUDGES = {
    "behind the judging": ("The bridge was [k1:later recognized] by Okonjo [c1:as the oldest of its kind].", "Okonjo"),
    "with what she is": ("It [k1:was hailed] by the mayor, Ann Lee, [c1:as a triumph].", "the mayor, Ann Lee"),
    "nobody": ("The bridge [k1:was regarded] [c1:as the oldest of its kind].", None),
    "no judging": ("The mill [k1:was sold] by Okonjo [c1:as a ruin].", None),
}


def _repaired(marked: str, rule: Callable[[Attributions, Story], Attributions]) -> tuple[Attribution, Document]:
    drawn = draw(marked)
    content, (cue,) = drawn.labelled("c1"), drawn.labelled("k1")
    source = next(iter(drawn.labelled("s1")), None)
    quotes = find_quotes(drawn.document)
    story = Story(drawn.document, quotes, paragraphs_of(drawn.document, quotes))
    (one,) = rule((Attribution(content, cue, source, 0.8, "model"),), story)
    return one, drawn.document


def _content(marked: str) -> list[str]:
    one, document = _repaired(marked, begin_with_the_judged)
    return [document.words(span) for span in one.content]


@pytest.mark.parametrize(("marked", "judged"), FINDS.values(), ids=FINDS.keys())
def test_finds(marked: str, judged: str) -> None:
    first, _ = _content(marked)
    assert first == judged


@pytest.mark.parametrize("marked", LEAVES_ALONE.values(), ids=LEAVES_ALONE.keys())
def test_leaves_alone(marked: str) -> None:
    assert len(_content(marked)) == 1


@pytest.mark.parametrize(("marked", "judge"), JUDGES.values(), ids=JUDGES.keys())
def test_who_judges(marked: str, judge: str | None) -> None:
    one, document = _repaired(marked, hear_who_judges)
    assert (one.source and document.words(one.source)) == judge


def test_by_is_no_part_of_the_cue() -> None:
    one, document = _repaired("She was [k1:later recognized by] [s1:Okonjo] [c1:as a hero].", hear_who_judges)
    assert one.cue is not None
    assert document.words(one.cue) == "later recognized"


def test_as_belongs_to_what_is_judged() -> None:
    one, document = _repaired("The bridge [k1:was seen as] [c1:a burden].", begin_with_as)
    assert one.cue is not None
    assert (document.words(one.cue), [document.words(span) for span in one.content]) == ("was seen", ["as a burden"])
