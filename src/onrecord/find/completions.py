"""Rules that make reported words whole where they break off: gaps, clauses without an end, the part behind a cue.

Each is one of `onrecord.find.repairs.REPAIRS`. They only ever add words that no other cue, source or content has.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.cues import SURE
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: Words that no content ends with.
NEVER_LAST: Final = frozenset(
    """of the a an and or to in at for from with by outside inside near into his her their its during if because
    between against toward towards than whose my our your about under under over as that""".split()
)
#: Marks over which content is never made whole: the end of a sentence or of a paragraph, quotation marks.
_MARKED: Final = re.compile(r"[\n“”\"«»]|[.?!]\s")
#: How a sentence opens whose clause is still to come, and what follows a cue that is not the clause.
_FRONTED: Final = re.compile(
    r"(?:during|in|after|before|by|for|at|on|with|without|under|if|when|while|although|though|because|since|unless|until"
    r"|despite|instead|as|once|through|among|given|over|from|within)\b",
    re.I,
)
_ASIDE: Final = re.compile(r"\w+ing\b|according\b|who\b|which\b|where\b|(?:in|at|on|during|after|before|as)\b", re.I)
_SHORTEST_REST: Final = 12


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


def resume_after_cue(attributions: Attributions, story: Story) -> Attributions:
    """`During his years in office, Mr. Obama said, most came to believe …`: what opens it is not all."""
    return tuple(_resumed(one, attributions, story.document) for one in attributions)


def _resumed(one: Attribution, others: Attributions, document: Document) -> Attribution:
    if one.cue is None or one.source is None or one.turn or len(one.content) > 1:
        return one
    text, opening = document.text, one.content[0]
    start, end = min(one.cue.start, one.source.start), max(one.cue.end, one.source.end)
    if (
        text[end : end + 2] != ", "
        or text[opening.end : start].strip() != ","
        or not _FRONTED.match(text, opening.start)
    ):
        return one
    sentence = next((span for span in document.sentences if span.covers(one.reach)), None)
    if sentence is None or sentence.end - end < _SHORTEST_REST:
        return one
    rest = Span(end + 2, end + 2 + len(text[end + 2 : sentence.end].rstrip(" .\n")))
    taken = any(span.overlaps(rest) for other in others for span in (*other.content, other.cue, other.source) if span)
    return one if taken or _ASIDE.match(document.words(rest)) else one.with_content((opening, rest))


def begin_with_sentence(attributions: Attributions, story: Story) -> Attributions:
    """`A dam that burst, killing nine, had not been inspected, the authority said`: what is reported behind it, and
    begins at a comma, begins with its sentence where nobody else has the words between."""
    return tuple(_begun(one, attributions, story) for one in attributions)


def _begun(one: Attribution, others: Attributions, story: Story) -> Attribution:
    if not _is_told_behind(one, story.document):
        return one
    first = one.content[0]
    sentence = next((span for span in story.document.sentences if span.covers(one.reach)), first)
    opening = Span(sentence.start, max(first.start, sentence.start + 1))
    words = story.document.words(opening).rstrip()
    if not words.endswith(",") or _MARKED.search(words):
        return one
    taken = [span for other in others if other is not one for span in (*other.content, other.cue, other.source) if span]
    if any(span.overlaps(opening) for span in taken):
        return one
    return one.with_content((Span(opening.start, first.end), *one.content[1:]))


def _is_told_behind(one: Attribution, document: Document) -> bool:
    """`…, officials said` and `…, said officials`: a comma and no more stands between the words and their report."""
    if one.cue is None or one.source is None or one.turn:
        return False
    last, report = one.content[-1].end, min(one.cue.start, one.source.start)
    sure = not SURE.isdisjoint(document.words(one.cue).lower().split())
    return sure and last < report and document.text[last:report].strip() == ","
