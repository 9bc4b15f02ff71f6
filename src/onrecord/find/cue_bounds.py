"""Rules that keep a cue to the words that report: the verb that was not heard, the adverb that is another verb's.

Each is one of `onrecord.find.repairs.REPAIRS`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import Token, span_of, token_at
from onrecord.find.cues import SURE, VERBS
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: `who was not authorised to speak` publicly said: how somebody may not speak is not how he said it.
_MAY_SPEAK: Final = re.compile(r"\bto\s+(?:speak|talk|comment|discuss\s[^,]*)$")
_OPENLY: Final = re.compile(r"(?:publicly|openly|freely|anonymously|officially|on (?:the )?record)\s+(?=\w)")
#: What leads from a cue to its content is of the content, as "that" is.
_LEADS_ON: Final = re.compile(r"\s(?:for|of|about|against)\s")
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


#: What may stand between a source and its words, when the verb between them was not heard.
_UNHEARD: Final = re.compile(
    r"\s(?P<cue>(?:(?:has|have|had|also|then|later|just|once|always)\s){0,2}(?P<verb>\w+))"
    r"(?:\s(?:him|her|them|us|me|you))?[,:]?\s"
)
_LONGEST_UNHEARD: Final = 32
_OPENERS: Final = frozenset("“‘\"'")


def hear_verbs_between(attributions: Attributions, story: Story) -> Attributions:
    """`I said, ‘Never sell’`: between a source and its quotation stands nothing but the verb that reports."""
    return tuple(_with_verb_between(one, story.document) for one in attributions)


def _with_verb_between(one: Attribution, document: Document) -> Attribution:
    source, first = one.source, one.content[0]
    if one.cue is not None or source is None or one.turn or not 2 < first.start - source.end < _LONGEST_UNHEARD:
        return one
    between = _UNHEARD.fullmatch(document.text, source.end, first.start)
    if between is None or document.text[first.start] not in _OPENERS or between["verb"] not in SURE:
        return one
    return replace(one, cue=Span(*between.span("cue")))


def leave_adverbs(attributions: Attributions, story: Story) -> Attributions:
    """`An engineer who was not authorised to speak publicly said`: the adverb goes with what he may not do."""
    return tuple(_without_adverb(one, story.document) for one in attributions)


def _without_adverb(one: Attribution, document: Document) -> Attribution:
    source, cue = one.source, one.cue
    if source is None or cue is None or not source.start < cue.start <= source.end + 1:
        return one
    adverb = _OPENLY.match(document.text, cue.start, cue.end)
    if adverb is None or not _MAY_SPEAK.search(document.text[source.start : cue.start].rstrip()):
        return one
    words = adverb[0].rstrip()
    return replace(one, source=Span(source.start, cue.start + len(words)), cue=Span(adverb.end(), cue.end))


def begin_with_preposition(attributions: Attributions, story: Story) -> Attributions:
    """`called`, `an inquiry`: the "for" that neither has is of the content."""
    return tuple(_with_preposition(one, story.document) for one in attributions)


def _with_preposition(one: Attribution, document: Document) -> Attribution:
    first, cue = one.content[0], one.cue
    if cue is None or one.turn or not cue.end < first.start <= cue.end + _LONGEST_LEAD:
        return one
    if _LEADS_ON.fullmatch(document.text, cue.end, first.start) is None:
        return one
    return one.with_content((Span(cue.end + 1, first.end), *one.content[1:]))


#: `wrote` in a motion, `posted` on Facebook, `voted` Wednesday: where and when somebody spoke.
_OCCASION: Final = re.compile(
    r"(?P<verb>\w+)(?:,\s|\s(?:in|during|at|through|via|over)\s(?:an?|the|his|her|their|its|these|this|one|court|lunch"
    r"|dinner|remarks|comments|testimony)\b|\son\s(?:[A-Z]|social\smedia|the\s)"
    r"|\sfor\sthe\s(?:majority|court|panel|dissent|record)\b"
    r"|\s(?:(?:on|late|early|last)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\s(?:an?|one)\s\w+\slater\b)"
)
#: `laughs` when asked about it.
_WHEN_ASKED: Final = re.compile(r"(?<=\w)\swhen\s(?:asked|told|pressed|shown|reminded)\b.*$")
#: A cue that ends with another verb, `issued a statement saying`, or with what leads to the words.
_GOES_ON: Final = re.compile(
    r"\b(?:said|says|saying|adding|telling|\w+ing\sthat|about|of|for|to|that|with|against|on|by|as)$", re.I
)
#: `“…,” he wrote` on X: behind its words a cue leads to none.
_LEADS_NOWHERE: Final = re.compile(r"(?<=wrote|osted|eeted|.said|hared)\s(?:on|in|to|at|during)$")
#: `texted` a reporter: who was told.
_HEARER: Final = re.compile(
    r"(?P<verb>(?:told|text|email|e-mail|messag|remind|inform|assur)\w*)\s(?:the|an?|his|her)\s"
)


def leave_occasions(attributions: Attributions, story: Story) -> Attributions:
    """When, where and to whom something was said belongs to no cue, nor does a colon behind words."""
    return tuple(one if one.cue is None or one.turn else _without_occasion(one, story.document) for one in attributions)


def _without_occasion(one: Attribution, document: Document) -> Attribution:
    assert one.cue is not None
    words = document.words(one.cue)
    kept = _length_of_cue(words)
    if one.content[-1].end <= one.cue.start:
        kept = len(_LEADS_NOWHERE.sub("", words[:kept]))
    return one if kept == len(words) else replace(one, cue=Span(one.cue.start, one.cue.start + kept))


@lru_cache(maxsize=4_096)
def _length_of_cue(words: str) -> int:
    """The characters of a cue before its occasion, its hearer and its colon; the mark alone has all of its own."""
    plain = _WHEN_ASKED.sub("", words.rstrip(" :"))
    if not plain or _GOES_ON.search(plain):
        return len(plain) or len(words)
    return min(_verb_end(pattern, plain) for pattern in (_OCCASION, _HEARER))


def _verb_end(pattern: re.Pattern[str], words: str) -> int:
    """Where the reporting verb ends behind which the occasion begins; the end of the words where there is none."""
    found = (match for match in pattern.finditer(words) if match["verb"].lower() in VERBS)
    return next((match.end("verb") for match in found), len(words))
