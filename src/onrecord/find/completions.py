"""Rules that make reported words whole where they break off: gaps, clauses without an end.

Each is one of `onrecord.find.repairs.REPAIRS`. They only ever add words that no other cue, source or content has.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: Words that no content ends with.
NEVER_LAST: Final = frozenset(
    """of the a an and or to in at for from with by outside inside near into his her their its during if because
    between against toward towards than whose my our your about under under over as that""".split()
)
#: Marks over which content is never made whole: the end of a sentence or of a paragraph, quotation marks.
_MARKED: Final = re.compile(r"[\n“”\"«»]|[.?!]\s")


def fill_gaps(attributions: Attributions, story: Story) -> Attributions:
    """A mark between two pieces of content is content too; words that the model left out are left out."""
    return tuple(_filled(one, attributions, story.document) for one in attributions)


def _filled(one: Attribution, others: Attributions, document: Document) -> Attribution:
    if len(one.content) < 2 or one.turn:
        return one
    own = [span for span in (one.cue, one.source) if span is not None]
    taken = own + [span for other in others if other is not one for span in (*other.content, other.cue) if span]
    joined = [one.content[0]]
    for span in one.content[1:]:
        gap = document.text[joined[-1].end : span.start]
        whole = Span(joined[-1].end, max(span.start, joined[-1].end + 1))
        small = not any(letter.isalnum() for letter in gap) and not _MARKED.search(gap)
        if small and not any(other.overlaps(whole) for other in taken):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return one.with_content(tuple(joined))


def finish_clauses(attributions: Attributions, story: Story) -> Attributions:
    """Content never ends with `of`, `the` or `and`: then it goes on to the end of its sentence."""
    return tuple(_finished(one, attributions, story) for one in attributions)


def _finished(one: Attribution, others: Attributions, story: Story) -> Attribution:
    last = one.content[-1]
    words = story.document.words(last).rsplit(None, 1)
    if len(words) < 2 or words[-1].lower() not in NEVER_LAST:
        return one
    sentence = next((span for span in story.document.sentences if span.start < last.end < span.end), None)
    if sentence is None:
        return one
    end = len(story.document.text[: sentence.end].rstrip(" .\n"))
    taken = [span for other in others if other is not one for span in (*other.content, other.cue, other.source) if span]
    longer = Span(last.start, max(end, last.end))
    clear = not any(span.overlaps(Span(last.end, longer.end)) for span in taken) if longer.end > last.end else False
    return replace(one, content=(*one.content[:-1], longer)) if clear else one
