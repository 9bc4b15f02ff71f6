"""Whose a cue is that has no source of its own: the source of another cue in its sentence."""

from __future__ import annotations

import re
from typing import Final

from onrecord.find.story import Attributions, Story
from onrecord.record import Span

_JOINED: Final = re.compile(r"[,\s](?:and|but|then)\s(?:\w+ly\s)?$")


def shared_source(cue: Span, others: Attributions, story: Story) -> Span | None:
    """The source of the cue before it in its sentence, else of one behind it that is joined by `and`."""
    sentence = next((span for span in story.document.sentences if span.covers(cue)), None)
    if sentence is None:
        return None
    cited = [(one.source, one.cue) for one in others if one.source and one.cue and sentence.overlaps(one.cue)]
    before = [source for source, other in cited if other.end <= cue.start]
    return before[-1] if before else _source_of_both(cue, cited, story)


def _source_of_both(cue: Span, cited: list[tuple[Span, Span]], story: Story) -> Span | None:
    """`Alvarez, the sponsor, called it “a gift” and said …`: who stands before both."""
    text = story.document.text
    behind = [
        source
        for source, other in cited
        if source.end <= cue.start and cue.end <= other.start and _JOINED.search(text, cue.end, other.start)
    ]
    return behind[0] if behind else None
