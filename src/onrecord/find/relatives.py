"""`a conflict that many see as a battle`: what a relative pronoun stands for, where it is what somebody judges; and
`villages that alleged`, where it is the source by itself.

`stand_for_antecedents` is one of `onrecord.find.repairs.REPAIRS`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import Token, span_of, token_at
from onrecord.find.paragraphs import Paragraph
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: Verbs of judging that lead to what is judged with `as`.
_JUDGING: Final = re.compile(
    r"\b(?:see|saw|seen|view|regard|describe|consider|hail|portray|depict|perceive|denounce|condemn|dismiss)\w*(?:\s+as)?$",
    re.IGNORECASE,
)
_PRONOUNS: Final = frozenset("that which whom who".split())
_ARTICLES: Final = frozenset("a an the his her their its our my this these those".split())
_LONGEST_ANTECEDENT: Final = 6
#: A pronoun that ends a source, right behind its noun or behind a comma.
_LAST: Final = re.compile(r"(?<=\w\s)(?:who|which|that)$")
_LAST_BEHIND_COMMA: Final = re.compile(r"(?<=,\s)(?:who|which)$")


def pronoun_alone(source: Span, cue: Span | None, document: Document, *, behind_comma: bool = False) -> Span | None:
    """The pronoun of `nine villages that` alleged, or of `Weavers, who` view: right before the cue it stands for them;
    None where there is none."""
    pronoun = (_LAST_BEHIND_COMMA if behind_comma else _LAST).search(document.words(source))
    if pronoun is None or cue is None or document.text[source.end : cue.start] != " ":
        return None
    return Span(source.start + pronoun.start(), source.end)


def stand_for_antecedents(attributions: Attributions, story: Story) -> Attributions:
    """Before the source stand the antecedent, or the pronoun, and nothing more; the `as` that leads to the judgement
    is content then."""
    return tuple(_standing(one, story) for one in attributions)


def _standing(one: Attribution, story: Story) -> Attribution:
    if one.cue is None or one.source is None or not (_is_around(one) or _is_judged_as(one, story.document)):
        return one
    paragraph = story.paragraph_of(one.source.start)
    antecedent = None if paragraph is None else _antecedent(one.source, paragraph)
    if antecedent is None or story.document.words(one.content[0]).lower() in _PRONOUNS:
        return one
    if not _JUDGING.search(story.document.words(one.cue)):
        return one
    cue, judgement = _with_as(one.cue, one.content[-1], story.document)
    return replace(one, content=(antecedent, judgement), cue=cue)


def _is_around(one: Attribution) -> bool:
    assert one.cue is not None
    assert one.source is not None
    if len(one.content) != 2:
        return False
    return one.content[0].end <= one.source.start < one.cue.start and one.cue.end <= one.content[1].start


def _is_judged_as(one: Attribution, document: Document) -> bool:
    """Only the judgement was found: `that many see` with `as a battle`."""
    assert one.cue is not None
    (only, *others), end = one.content, one.cue.end
    return not others and end <= only.start <= end + 1 and document.words(only).startswith("as ")


def _antecedent(source: Span, paragraph: Paragraph) -> Span | None:
    """The noun phrase before the relative pronoun that stands right before the source."""
    tokens, pronoun = paragraph.tokens, token_at(paragraph.tokens, source.start) - 1
    if pronoun < 1 or tokens[pronoun].lower not in _PRONOUNS:
        return None
    end = pronoun - (tokens[pronoun - 1].text == ",")
    for first in range(end - 1, max(end - _LONGEST_ANTECEDENT, 0) - 1, -1):
        if tokens[first].is_mark:
            break
        if tokens[first].lower in _ARTICLES:
            return span_of(tokens, first, end)
    return _alone(tokens[pronoun])


def _alone(pronoun: Token) -> Span:
    return Span(pronoun.start, pronoun.end)


def _with_as(cue: Span, judgement: Span, document: Document) -> tuple[Span, Span]:
    """`see as` and `a battle` are `see` and `as a battle`."""
    words = document.words(cue)
    if not words.endswith(" as") or document.text[cue.end : judgement.start].strip():
        return cue, judgement
    return Span(cue.start, cue.start + len(words[:-3].rstrip())), Span(cue.end - 2, judgement.end)
