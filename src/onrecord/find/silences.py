"""Rules for what leads in no words: refusals to speak, wishes to stay unnamed, summons, doings that nobody reports.

Each is one of `onrecord.find.repairs.REPAIRS`. Why a source stays unnamed is told by `onrecord.find.circumstances`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.cues import leads_in_nothing
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

_NAMED: Final = r"(?:named|identified|anonymous|unnamed)"
#: Wishes of a source about his name, as content.
_REQUEST: Final = re.compile(
    rf"(?:(?:not\s+)?to\s+(?:be|remain|stay)\s+(?:further\s+|publicly\s+)?{_NAMED}\b"
    r"|(?:that\s+)?(?:his|her|their|its)\s+(?:\w+\s+)?(?:names?|identit(?:y|ies))\s+(?:not\s+)?be\s+(?:withheld|used|published|printed|disclosed|revealed)\b"
    r"|(?:his|her|their|its)\s+(?:\w+\s+)?(?:names?|identit(?:y|ies))\s+(?:to\s+be\s+)?(?:used|published|printed|disclosed|revealed)\b"
    r"|(?:not\s+)?to\s+(?:give|have|be\s+identified\s+by)\s+(?:his|her|their)\s+(?:\w+\s+)?names?\b"
    r"|(?:for\s+)?anonymity\b"
    r"|(?:(?:because|as|since)\s+)?(?:he|she|they)\s+(?:is|are|was|were)(?:\s+not|n[’']t)\s+"
    r"(?:authori[sz]ed|permitted|allowed)\s+to\s+(?:\w+ly\s+)?(?:speak|talk|comment|discuss|brief)\b)",
    re.IGNORECASE,
)
#: What is cited beside such a wish.
_GROUNDS: Final = re.compile(
    r"(?:the\s+)?(?:sensitiv\w+|confidential\w+|delicacy)\s+of\b"
    r"|(?:(?:a|the|his|her|their)\s+)?fears?\s+(?:of|for)\s+(?:\w+\s+)?(?:reprisals?|retaliation|retribution|repercussions?|(?:his|her|their)\s+(?:job|life|lives|safety)\w*)",
    re.IGNORECASE,
)
#: `a cleaner, for fear of losing her job, said`: a piece of what was taken for words that tells why they are unsigned.
_FOR_FEAR: Final = re.compile(
    r"(?:for|out\s+of)\s+(?:fear|concern)s?\s+(?:of|for|that)\s+(?:losing|being|retaliation|reprisals?|retribution"
    r"|repercussions?|(?:his|her|their)\s+(?:own\s+)?(?:jobs?|safety|lives|life|famil\w+|careers?))",
    re.IGNORECASE,
)
#: A colon behind words that want none: `would not comment on the case:`, but not `did not say:`.
_INSTEAD: Final = re.compile(
    r"\b(?:comment|answer|discuss|elaborate|address|repl(?:y|ied)|respon\w+|return|declin\w+|refus\w+)\b.*:$",
    re.IGNORECASE | re.DOTALL,
)
_ENDED: Final = re.compile(r"\n|[.?!][”\"’']*\s")
#: `the choice between denouncing others or being imprisoned`: what is done there is said by nobody.
_DOING: Final = re.compile(r"\b(?:between|of|without)\s$")
_OBJECTS: Final = frozenset("him her them me us you".split())
_READY: Final = re.compile(r"\b(?:ready|able|unable|prepared|free|available|poised) to \w+$", re.I)
#: Taking somebody's side is no statement, if that is all that is told of it.
_BACKING: Final = re.compile(
    r"\b(?:support|back|defend|prais|applaud|congratulat|thank|salut|greet)(?:e?s|ed|ing|e)?$", re.I
)
MOST_BACKED_WORDS: Final = 8
#: Nor is it to blame somebody, if nothing is told of what for.
_BLAMING: Final = re.compile(r"\b(?:critici[sz]|denounc|condemn|attack|insult)(?:e?s|ed|ing|e)?$", re.I)
_GROUND: Final = re.compile(r"\b(?:as|for|of|over|because|that)\b", re.I)
MOST_BLAMED_WORDS: Final = 4


def hear_no_requests(attributions: Attributions, story: Story) -> Attributions:
    """`who asked that her name be withheld`, `citing the sensitivity of the talks`: reasons, and no statements."""
    heard = (_without_requests(one, story.document) for one in attributions)
    return tuple(one for one in heard if one is not None)


def _without_requests(one: Attribution, document: Document) -> Attribution | None:
    if one.cue is None or one.turn:
        return one
    one = replace(one, source=_without_wish(one.source, document))
    assert one.cue is not None
    pattern = _GROUNDS if document.words(one.cue).lower() == "citing" else _REQUEST
    kept = tuple(
        span
        for span in one.content
        if not pattern.match(_from_cue(span, one.cue, document)) and not _is_ground(span, document)
    )
    return one.with_content(kept) if kept else None if _is_aside(one, document) else one


def _is_ground(span: Span, document: Document) -> bool:
    """`A diplomat, citing the sensitivity of the talks, said`: what is cited is no part of what is said."""
    words = document.words(span)
    cited = document.text[max(span.start - 7, 0) : span.start] == "citing " and _GROUNDS.match(words)
    return bool(cited) or _FOR_FEAR.match(words) is not None


def _without_wish(source: Span | None, document: Document) -> Span | None:
    """`A nurse who asked that her name be withheld`: the source is a nurse, and the rest the reason."""
    wish = None if source is None else _WISH.search(document.words(source))
    return Span(source.start, source.start + wish.start()) if source is not None and wish and wish.start() else source


_WISH: Final = re.compile(
    r",?\s+who\s+(?:asked|requested|insisted|wished|wanted|preferred|spoke)\b.*"
    r"\b(?:named|identified|anonym\w+|withheld|used|published|disclosed)\b.*$",
    re.IGNORECASE | re.DOTALL,
)


def _from_cue(span: Span, cue: Span, document: Document) -> str:
    """The words of a content, with what lies between it and a cue before it, `asked not to be named because …`, and
    with what follows where it was cut short: `asked that her name be`."""
    near = cue.end <= span.start <= cue.end + _NEAR_CUE
    return document.text[cue.end if near else span.start : span.end + _NEAR_CUE].lstrip()


#: Characters between a cue and the reason that it was taken to report.
_NEAR_CUE: Final = 40


def _is_aside(one: Attribution, document: Document) -> bool:
    """`a guard, who asked not to be named, said` and `citing …`: told of a source beside what he says."""
    assert one.cue is not None
    source = "" if one.source is None else document.words(one.source)
    return source.rsplit(None, 1)[-1:] == ["who"] or document.words(one.cue).split()[0].endswith("ing")


def lead_in_nothing(attributions: Attributions, story: Story) -> Attributions:
    """`He did not respond.` and a quotation below it: whoever says nothing does not say that."""
    return tuple(_without_led_in(one, story) for one in attributions)


def _without_led_in(one: Attribution, story: Story) -> Attribution:
    if one.cue is None or one.turn or not leads_in_nothing(story.document.words(one.cue)):
        return one
    colon = _colon(one.cue, one.content[0], story)
    if colon is not None:
        return replace(one, cue=colon)
    kept = tuple(span for span in one.content if not _is_apart(span, one.cue, story))
    return one.with_content(kept) if kept else replace(one, cue=None, source=None)


def _colon(cue: Span, content: Span, story: Story) -> Span | None:
    """`She would not comment on the case: “…”`: what she says instead, and not what she does not say."""
    led_in = story.document.text[cue.start : content.start].rstrip() if cue.end <= content.start else ""
    quoted = any(quote.span.start == content.start for quote in story.outer())
    end = cue.start + len(led_in)
    return Span(end - 1, end) if quoted and _INSTEAD.search(led_in) else None


def _is_apart(span: Span, cue: Span, story: Story) -> bool:
    """A quotation behind the sentence of the cue."""
    if span.start < cue.end or not any(quote.span.start == span.start for quote in story.outer()):
        return False
    between = story.document.text[cue.end : span.start]
    return _ENDED.search(between) is not None


#: `declined to be interviewed, but in an email he said he stood by it`: what is refused there is not said.
_REFUSED: Final = re.compile(r"\b(?:declin(?:e|es|ed|ing)|refus(?:e|es|ed|ing))\s$", re.I)


def leave_refusals(attributions: Attributions, story: Story) -> Attributions:
    """Of several pieces of content, that which a refusal beside another cue leads in is not that cue's."""
    return tuple(_without_refused(one, story.document) for one in attributions)


def _without_refused(one: Attribution, document: Document) -> Attribution:
    if len(one.content) < 2 or one.cue is None or one.turn:
        return one
    end = one.cue.end
    kept = tuple(
        span
        for span in one.content
        if 0 <= span.start - end <= 1 or not _REFUSED.search(document.text, max(span.start - 12, 0), span.start)
    )
    return one.with_content(kept) if kept else one


def leave_gerunds(attributions: Attributions, story: Story) -> Attributions:
    """`between denouncing others or being imprisoned`: a gerund behind a preposition, without a source, is no cue."""
    return tuple(one for one in attributions if not _is_doing(one, story))


def _is_doing(one: Attribution, story: Story) -> bool:
    if one.cue is None or one.source is not None:
        return False
    words = story.document.words(one.cue)
    quoted = any(span.overlaps(quote.span) for span in one.content for quote in story.outer())
    before = story.document.text[max(one.cue.start - 12, 0) : one.cue.start]
    return words.endswith("ing") and " " not in words and not quoted and _DOING.search(before) is not None


#: `had called him within two weeks` is a summons, and no name.
_SUMMONS: Final = re.compile(
    r"(?:him|her|them|us|me|it)\s+(?:to|into|within|in|for|from|back|before|after|at|on)\b"
    r"|(?:[\w’'-]+\s){1,5}?back\s+(?:to|into|from|in|for)\b",
    re.I,
)


def drop_summons(attributions: Attributions, story: Story) -> Attributions:
    """Who is called somewhere is not called something; a quotation that follows is not the caller's."""
    return tuple(one for one in attributions if not _summons(one, story.document))


def _summons(one: Attribution, document: Document) -> bool:
    if one.cue is None or not document.words(one.cue).lower().endswith(("called", "calls", "calling")):
        return False
    return bool(_SUMMONS.match(document.words(one.content[0])))


def says_nothing(one: Attribution, cue: str, words: str, story: Story) -> bool:
    """`forced him to denounce X`, `is ready to describe X`, `supported his ally`, `criticizing the king`: no words."""
    if one.cue is None or any(span.overlaps(quote.span) for span in one.content for quote in story.outer()):
        return False
    before = story.document.text[max(one.cue.start - 20, 0) : one.cue.start].split()[-1:]
    forced = cue.startswith("to ") and before and before[0].lower() in _OBJECTS
    count = len(words.split())
    bare = _BLAMING.search(cue) is not None and count <= MOST_BLAMED_WORDS and _GROUND.search(words) is None
    return bool(forced or bare or _READY.search(cue) or (_BACKING.search(cue) and count <= MOST_BACKED_WORDS))
