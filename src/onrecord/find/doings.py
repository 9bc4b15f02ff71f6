"""Cues that tell of something done, owed or suffered, and of nothing said.

Asked by `onrecord.find.no_statements`. What is left out for silence or for a wish to stay unnamed is in
`onrecord.find.silences`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.story import Story
from onrecord.record import Span

#: What a paper got wrong, and what only tells how, when or before whom somebody spoke.
_NO_SAYING: Final = re.compile(
    r"\bmis(?:stated?|spelled|spelt|identified|reported|quoted|attributed|characteri[sz]ed)\b"
    r"|\b(?:spoke|speak|speaking|spoken|talked|talking)\s(?:to\s.+\s)?on\s(?:the\s)?condition\sof\sanonymity"
    r"|\bwhen\s(?:told|asked|shown|reminded|informed)$"
    r"|\bfor\sfear$",
    re.IGNORECASE,
)
#: `has drawn criticism for`, `is facing questions about`: others speak.
_SUFFERED: Final = re.compile(
    r"\b(?:dr(?:ew|awn|aws?|awing)|fac(?:e|ed|es|ing)|receiv\w+|attract\w*|spark\w*|provok\w+|met\swith|earn\w*|under)\s"
    r"(?:\w+\s){0,2}"
    r"(?:criticisms?|fire|scrutiny|questions?|complaints?|praise|outrage|backlash|calls?|condemnation|accusations?|scorn"
    r"|ridicule|applause|pressure)\b",
    re.IGNORECASE,
)
#: `vendors would have to label books`: what somebody must do.
_OWED: Final = re.compile(r"\b(?:have|has|had|having)\sto\s\w+$|\b(?:must|should|shall|ought\sto)\s\w+$", re.IGNORECASE)
_PRONOUN: Final = re.compile(r"(?:I|we)$", re.IGNORECASE)
#: `An earlier version of this story said …`: the paper corrects itself.
_OWN_PAPER: Final = re.compile(
    r"\b(?:earlier|previous|original|initial|prior)\sversions?\sof\s(?:this|the|our)\b", re.IGNORECASE
)
#: `says so, too`, `told a different story`: words that stand for what was said.
_STANDS_FOR: Final = re.compile(
    r"(?:so|as much|otherwise|the same|likewise)(?:,?\s(?:too|as well|again))?"
    r"|it\s(?:loud|out loud|best|better|all|again|first|before|well|plainly|publicly)(?:\sand\sclear)?"
    r"|(?:an?|the)\s(?:\w+\s)?(?:different|same|similar|other|sad|familiar)\s(?:story|stories|tale|thing)",
    re.IGNORECASE,
)
#: `considers the question`, `confirmed that account`: what stands for words that are told elsewhere.
_REFERS: Final = re.compile(
    r"(?:the|that|this|his|her)\s(?:question|matter|account|idea|request|point|issue|same|suggestion|thought)",
    re.IGNORECASE,
)
_LOOKED_AT: Final = re.compile(r"(?:the|his|her)\s[a-z]+", re.IGNORECASE)
_MULLING: Final = re.compile(r"\b(?:consider|ponder|weigh|mull|repeat|confirm)\w*(?:\sover)?$", re.IGNORECASE)
#: `won’t discuss it, citing a pending proceeding`: why nothing is said.
_SILENT: Final = re.compile(
    r"(?:\bdeclined|\brefused|\bnot|n[’']t)\s(?:to\s)?(?:discuss|comment|answer|say|release|identify|name|provide|give|elaborate"
    r"|disclose|confirm|speak|talk|be\s(?:interviewed|named|identified|quoted))\b[^.;]*$",
    re.IGNORECASE,
)
_FORCED: Final = re.compile(r"\bforc(?:e|ed|es|ing)\s$")


def reports_nothing(one: Attribution, cue: str, words: str, story: Story) -> bool:
    """`misstated his age`, `has drawn criticism`, `would have to label them`: a cue that reports no words."""
    if one.cue is None:
        return False
    source = "" if one.source is None else story.document.words(one.source)
    doing = _doing(cue)
    if doing == "no saying" or _OWN_PAPER.search(source) or _STANDS_FOR.fullmatch(words):
        return True
    if doing == "mulling" and (_REFERS.fullmatch(words) or _LOOKED_AT.fullmatch(words)):
        return True
    if cue.lower() == "citing" and _SILENT.search(story.document.text, *_before(one.cue)):
        return True
    if words.startswith("that "):
        return False
    return doing == "suffered" or (doing == "owed" and not _PRONOUN.fullmatch(source)) or _is_forced(one, cue, story)


@lru_cache(maxsize=4_096)
def _doing(cue: str) -> str | None:
    """What a cue tells of, if it is no saying."""
    kinds = {"no saying": _NO_SAYING, "mulling": _MULLING, "suffered": _SUFFERED, "owed": _OWED}
    return next((kind for kind, pattern in kinds.items() if pattern.search(cue)), None)


def _before(cue: Span) -> tuple[int, int]:
    return max(cue.start - 160, 0), cue.start


def _is_forced(one: Attribution, cue: str, story: Story) -> bool:
    """`is forcing scientists to rethink how planets form`: they are made to, and say nothing."""
    if one.source is None or not cue.startswith("to "):
        return False
    return _FORCED.search(story.document.text, max(one.source.start - 10, 0), one.source.start) is not None
