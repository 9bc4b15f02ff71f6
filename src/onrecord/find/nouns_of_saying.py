"""Rules for nouns that say: a rumour is nobody's, and a passive ends with its clause.

Each is one of `onrecord.find.repairs.REPAIRS`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

_RUMOUR: Final = re.compile(r"(?:an?\s|the\s|some\s|\w+\s)?(?:rumou?rs?|speculation|gossip|hearsay)\b", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"\b(?:an?|the|some)\s$", re.IGNORECASE)
_LONGEST_ARTICLE: Final = 6
_PRONOUN: Final = re.compile(r"(?:he|she|they|it|we|i)$", re.IGNORECASE)
#: `was widely seen as`: the adverb says that many think so, and that none of them is named.
_BY_MANY: Final = re.compile(
    r"(?:is|are|was|were|been|being)\s+(?:widely|generally|commonly|largely|broadly|universally)\s+\w+(?:ed|en|n|t|ught)"
    r"(?:\s+(?:as|to))?",
    re.IGNORECASE,
)
_OTHER_CLAUSE: Final = re.compile(r",\s+(?:but|while|although|though|whereas|yet)\b")


def hear_no_source_of_rumours(attributions: Attributions, story: Story) -> Attributions:
    """`He fled after a rumor spread that …`: he did not spread it, and its article is no source."""
    return tuple(_without_source(_with_article(one, story.document), story.document) for one in attributions)


def _with_article(one: Attribution, document: Document) -> Attribution:
    if one.cue is None or not _RUMOUR.match(document.words(one.cue)):
        return one
    article = _ARTICLE.search(document.text, max(one.cue.start - _LONGEST_ARTICLE, 0), one.cue.start)
    return one if article is None else replace(one, cue=Span(article.start(), one.cue.end))


def _without_source(one: Attribution, document: Document) -> Attribution:
    if one.cue is None or one.source is None or one.source.end > one.cue.start:
        return one
    rumour = _RUMOUR.match(document.words(one.cue)) and _PRONOUN.match(document.words(one.source))
    return replace(one, source=None) if rumour else one


def end_with_clause(attributions: Attributions, story: Story) -> Attributions:
    """`was seen as fraudulent, but protests against the award …`: a piece of another clause is no piece of it. Where
    the adverb tells that many see it so, the shape is sure."""
    return tuple(_known(_in_its_clause(one, story), story.document) for one in attributions)


def _known(one: Attribution, document: Document) -> Attribution:
    sure = one.cue is not None and one.source is None and _BY_MANY.fullmatch(document.words(one.cue))
    return replace(one, rule="sourceless") if sure else one


def _in_its_clause(one: Attribution, story: Story) -> Attribution:
    if one.cue is None or one.turn or one.source is not None:
        return one
    for number, (left, right) in enumerate(pairwise(one.content), start=1):
        apart = left.start >= one.cue.start and _OTHER_CLAUSE.match(story.document.text, left.end, right.start)
        if apart:
            return one.with_content(one.content[:number])
    return one
