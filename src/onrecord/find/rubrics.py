"""Headlines that only announce what is said: `What they said`, `What neighbours say about the bridge`."""

from __future__ import annotations

import re
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.story import Attributions, Story
from onrecord.record import Span

_ANNOUNCES: Final = re.compile(
    r"(?:[^.?!]*[:,–—]\s*)?(?:Here[’']?s?\s(?:is\s)?)?[Ww]hat\s(?:[\w’'-]+\s){1,5}"
    r"(?:said|say|says|think|thought|had to say)"
    r"(?:\s(?:about|of|on|after|before)\s[^.?!:“”\"]*)?:?"
)


def drop_rubrics(attributions: Attributions, story: Story) -> Attributions:
    """Without those whose cue stands in a headline that announces statements or has none of the words: no paragraph
    below a headline is what its last word reports."""
    headlines = [block.span for block in story.document.blocks if block.kind in ("headline", "subhead")]
    return tuple(one for one in attributions if not any(_announces(one, span, story) for span in headlines))


def _announces(one: Attribution, headline: Span, story: Story) -> bool:
    if one.turn or one.cue is None or not headline.covers(one.cue):
        return False
    text = story.document.text
    if _ANNOUNCES.fullmatch(text, headline.start, headline.end):
        return True
    below = all(span.start >= headline.end for span in one.content)
    return below and text[headline.end - 1] not in ":,"
