"""Rules that keep a cue to the words that report: the verb that was not heard, the adverb that is another verb's.

Each is one of `onrecord.find.repairs.REPAIRS`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import Token, span_of, token_at
from onrecord.find.cues import SURE, VERBS
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: `who was not authorised to speak` publicly said: how somebody may not speak is not how he said it.
_MAY_SPEAK: Final = re.compile(r"\bto\s+(?:speak|talk|comment|discuss\s[^,]*)$")
_OPENLY: Final = re.compile(r"(?:publicly|openly|freely|anonymously|officially|on (?:the )?record)\s+(?=\w)")
#: `called for` an inquiry: what leads from the cue to its content is of the content, as "that" is.
_LEADS_ON: Final = re.compile(r"\b(?P<word>\w+)(?P<on>\s(?:for|of|about|against))\s$")
_LONGEST_LEAD: Final = 9
#: Words between a source and the verb of its own clause.
_BEFORE_VERB: Final = frozenset("has have had also now still then later".split())


def hear_bare_verbs(attributions: Attributions, story: Story) -> Attributions:
    """`Hospital nurses say staffing put patients at risk`, in a headline: a verb that reports, right behind its source,
    is the cue, and what follows is said."""
    return tuple(_with_verb(one, story) for one in attributions)


def _with_verb(one: Attribution, story: Story) -> Attribution:
    source, first = one.source, one.content[0]
    if one.cue is not None or source is None or one.turn or first.end <= source.end:
        return one
    paragraph = story.paragraph_of(source.start)
    if paragraph is None or not (first.covers(source) or 0 <= first.start - source.end <= 1):
        return one
    tokens = paragraph.tokens
    begin = verb = token_at(tokens, source.end)
    while verb < len(tokens) and tokens[verb].lower in _BEFORE_VERB:
        verb += 1
    if verb + 2 >= len(tokens) or not _reports(tokens[verb]) or tokens[verb + 2].start >= first.end:
        return one
    said = Span(tokens[verb + 1].start, first.end)
    return replace(one, cue=span_of(tokens, begin, verb + 1), content=(said, *one.content[1:]))


def _reports(token: Token) -> bool:
    return token.lower in SURE and token.text == token.lower


def leave_adverbs(attributions: Attributions, story: Story) -> Attributions:
    """`An engineer who was not authorised to speak publicly said`: the adverb goes with what he may not do."""
    return tuple(_without_adverb(one, story.document) for one in attributions)


def _without_adverb(one: Attribution, document: Document) -> Attribution:
    source, cue = one.source, one.cue
    if source is None or cue is None or document.text[source.end : cue.start] != " ":
        return one
    adverb = _OPENLY.match(document.text, cue.start, cue.end)
    if adverb is None or not _MAY_SPEAK.search(document.words(source)):
        return one
    words = adverb[0].rstrip()
    return replace(one, source=Span(source.start, cue.start + len(words)), cue=Span(adverb.end(), cue.end))


def begin_with_preposition(attributions: Attributions, story: Story) -> Attributions:
    """`called` with `for an inquiry`, `complained` with `of the noise`."""
    return tuple(_with_preposition(one, story.document) for one in attributions)


def _with_preposition(one: Attribution, document: Document) -> Attribution:
    first, cue = one.content[0], one.cue
    if cue is None or one.turn or not cue.end <= first.start <= cue.end + _LONGEST_LEAD:
        return one
    leads = _LEADS_ON.search(document.text, cue.start, first.start)
    if leads is None or leads.end("on") < cue.end or leads["word"].lower() not in VERBS:  # `made no secret of`
        return one
    place = leads.start("on")
    return replace(one, cue=Span(cue.start, place), content=(Span(place + 1, first.end), *one.content[1:]))
