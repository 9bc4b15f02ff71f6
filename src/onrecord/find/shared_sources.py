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
    near = tuple(one for one in others if one.cue is not None and sentence.overlaps(one.cue))
    cited = [(one.source, one.cue) for one in near if one.source and one.cue and not _is_told(one.cue, cue, near)]
    before = [source for source, other in cited if other.end <= cue.start]
    return before[-1] if before else _source_of_both(cue, cited, story)


def _is_told(other: Span, cue: Span, others: Attributions) -> bool:
    """`Welk said her office would ask that he stay, calling him a danger`: whoever is told of inside does not call."""
    return any(span.covers(other) and not span.covers(cue) for one in others for span in one.content)


def _source_of_both(cue: Span, cited: list[tuple[Span, Span]], story: Story) -> Span | None:
    """`Alvarez, the sponsor, called it “a gift” and said …`: who stands before both."""
    text = story.document.text
    behind = [
        source
        for source, other in cited
        if source.end <= cue.start and cue.end <= other.start and _JOINED.search(text, cue.end, other.start)
    ]
    return behind[0] if behind else None
