"""Rules for the phrase that a source stands in: its own sentence, its head, and no day or clause that it is cut with.

Each is one of `onrecord.find.repairs.REPAIRS`, applied before `lend_sources`, which finds another for those that lose
theirs here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import Token, cue_start, span_of, subject_before, token_at
from onrecord.find.cues import NOUNS
from onrecord.find.relatives import pronoun_alone
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: `In a survey, 58 percent` said: where it was said is no part of who said it.
_LEADS_IN: Final = re.compile(r"\b(?:[Ii]n|[Oo]n|[Aa]t|[Dd]uring|[Uu]nder)\s$")
#: `ties to developers` called: whatever a preposition leads to is no subject.
_DEPENDS: Final = re.compile(r"\b(?:of|to|with|by|between|among|behind|representing|including)\s$")
_SEASONS: Final = (
    r"(?:week|month|year|spring|summer|fall|autumn|winter|morning|afternoon|evening|night|decade|weekend|season|term)"
)
_WHEN: Final = re.compile(
    rf"\s(?:(?:earlier|later|late|early)\s)?(?:this|last|that)\s{_SEASONS}$"
    r"|\s(?:on\s|late\s|last\s|early\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|\s(?:yesterday|tonight)$"
)
_OWNED: Final = re.compile(r"(?:\s(?!and|who|which|that|has|had|is|was)[A-Za-z’'-]+){1,4}(?=,|\s$|$)")
_WHOSE: Final = re.compile(r"(?<=\w),?\swhose\s.*$", re.DOTALL)
_LONGEST_GAP: Final = 2
#: What parts the clause of a source from that of the cue; but `Ann Lee, who came and stayed,` said is one.
_JOINED: Final = re.compile(r"\b(?:and|but|while|which|where)\s")
_ASIDE: Final = re.compile(
    r",?\s(?:who|which|whose|that)\b|,\s(?:an?|the|his|her|its)\s|\s(?:of|at|from|for|in|with)\s"
)
_CONJUNCTIONS: Final = frozenset("and but while which where".split())
#: `a poll released Monday`, `those who came that night`: when something else was.
_CLAUSE: Final = re.compile(r"\b(?:[a-z]+ed|who|which|that|made|held|seen|written|shown|given|sent)\s")
#: `warnings from the railroads` that, `a claim by the bank` that.
_FROM: Final = re.compile(r"\s(?:from|by|of)\s(?P<who>(?:[\w’'.&-]+\s){1,9}?)(?=$|that\s|to\s)")
_PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being)\b", re.IGNORECASE)
_ARTICLES: Final = frozenset(
    """a an the his her their its our one two three four five six several many most some both all half none another each
    every this that these those""".split()
)
_RELATIVES: Final = frozenset("who which that".split())


def find_phrase(attributions: Attributions, story: Story) -> Attributions:
    """Keeps every source to the phrase that it names somebody with."""
    return tuple(one if one.turn else _with_phrase(one, story) for one in attributions)


def _with_phrase(one: Attribution, story: Story) -> Attribution:
    if one.cue is None:
        return one
    source = _from_whom(one, story.document)
    if source is None or not _in_its_sentence(source, one.cue, story):
        source = _relative(one.cue, story)
    elif source.end <= one.cue.start:
        source = pronoun_alone(source, one.cue, story.document) or source
        source = _without_clause(_possessed(source, one.cue, story.document), one.cue, story.document)
        source = _nearer(_behind_place(source, one.cue, story), one.cue, story)
        source = _headed(_without_when(source, story.document), one, story)
    return one if source == one.source else replace(one, source=source)


def _from_whom(one: Attribution, document: Document) -> Span | None:
    """`brushing aside warnings from the railroads that it costs more`: they warn."""
    assert one.cue is not None
    first = one.content[0].start
    if document.words(one.cue).rsplit(None, 1)[-1].lower() not in NOUNS or first <= one.cue.end:
        return one.source
    named = _FROM.fullmatch(document.text, one.cue.end, first)
    return one.source if named is None else Span(named.start("who"), named.end("who") - 1)


def _in_its_sentence(source: Span, cue: Span, story: Story) -> bool:
    """`The court welcomed it. A spokeswoman for Hutto`: who stands in another sentence does not speak in this one."""
    paragraph = story.paragraph_of(cue.start)
    if paragraph is None or paragraph.quote_at(cue.start) or paragraph.quote_at(source.start):
        return True
    return source.overlaps(paragraph.sentence_at(cue.start))


def _relative(cue: Span, story: Story) -> Span | None:
    """`14 states that alleged`, without a source: the pronoun is one."""
    paragraph = story.paragraph_of(cue.start)
    number = 0 if paragraph is None else token_at(paragraph.tokens, cue.start) - 1
    if paragraph is None or number < 1 or paragraph.tokens[number].lower not in _RELATIVES:
        return None
    if _PASSIVE.search(story.document.words(cue)):
        return None
    return span_of(paragraph.tokens, number, number + 1)


def _behind_place(source: Span, cue: Span, story: Story) -> Span:
    """`In a survey in March, 58 percent` said: what stands behind the comma says it, where something does."""
    text = story.document.text
    comma = text.rfind(", ", source.start, cue.start)
    if comma < 0 or text[cue.start - 2] == "," or not _LEADS_IN.search(text, max(source.start - 8, 0), source.start):
        return source
    if comma + 2 < source.end:
        return Span(comma + 2, source.end)
    paragraph = story.paragraph_of(cue.start)
    tokens = () if paragraph is None else paragraph.tokens
    floor, verb = token_at(tokens, comma + 1), token_at(tokens, cue.start)
    found = subject_before(tokens, cue_start(tokens, verb, floor), floor)
    return source if found is None else span_of(tokens, *found)


def _possessed(source: Span, cue: Span, document: Document) -> Span:
    """`The city’s` last offer called for: what is the city's, up to the verb or a comma."""
    if document.text[source.end - 2 : source.end] not in ("'s", "’s"):
        return source
    owned = _OWNED.match(document.text, source.end, cue.start)
    return source if owned is None else Span(source.start, owned.end())


def _without_clause(source: Span, cue: Span, document: Document) -> Span:
    """`Jean Acker, whose daughter Molly, 19, died at sea,` said: a clause that is cut off names nobody."""
    if cue.start - source.end <= _LONGEST_GAP:
        return source
    clause = _WHOSE.search(document.words(source))
    return source if clause is None else Span(source.start, source.start + clause.start())


def _nearer(source: Span, cue: Span, story: Story) -> Span:
    """`Only 11% named trade school, and 6%` said: the subject of the cue's own clause, behind a conjunction."""
    between = story.document.text[source.end : cue.start]
    paragraph = story.paragraph_of(cue.start) if _JOINED.search(between) and not _ASIDE.match(between) else None
    if paragraph is None or paragraph.quote_at(cue.start) is not None:
        return source
    tokens = paragraph.tokens
    floor, verb = token_at(tokens, source.end), token_at(tokens, cue.start)
    found = subject_before(tokens, cue_start(tokens, verb, floor), floor)
    if found is None or found[0] <= floor or tokens[found[0] - 1].lower not in _CONJUNCTIONS:
        return source
    return span_of(tokens, *found)


def _without_when(source: Span, document: Document) -> Span:
    """`officials this year` urged."""
    words = document.words(source)
    when = _WHEN.search(words)
    if when is None or not when.start() or _CLAUSE.search(words):
        return source
    return Span(source.start, source.start + when.start())


def _headed(source: Span, one: Attribution, story: Story) -> Span:
    """`a mailer paid for by a committee with ties to developers` called: the whole subject, and not its last noun."""
    assert one.cue is not None
    text = story.document.text
    if text[source.end : one.cue.start] != " " or not _DEPENDS.search(text, max(source.start - 14, 0), source.start):
        return source
    paragraph = story.paragraph_of(source.start)
    if paragraph is None:
        return source
    tokens = paragraph.tokens
    floor, preposition = token_at(tokens, paragraph.sentence_at(source.start).start), token_at(tokens, source.start) - 1
    head = subject_before(tokens, preposition, floor)
    if head is None or tokens[head[1] - 1].is_mark or not _begins(tokens[head[0]]):
        return source
    whole = Span(tokens[head[0]].start, source.end)
    return source if any(span.overlaps(whole) for span in one.content) else whole


def _begins(token: Token) -> bool:
    """A noun phrase that begins with its article, a capital or a number."""
    return token.is_capital or token.lower in _ARTICLES or token.text[0].isdigit()
