# ruff: noqa: E501  (patterns read better unbroken)
"""Under what circumstances something was said: the occasion, and why the source is unnamed or to be trusted.

Read by phrase patterns in the sentence that reports the statement; the words are given verbatim, nothing is inferred.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.record import Document, Span

_OUTLETS: Final = r"(?:[A-Z][\w&.’'-]*(?:\s+(?:of|for|and)?\s*[A-Z][\w&.’'-]*){0,4})"
_EVENT: Final = (
    r"(?:statement|interview|speech|address|letter|tweet|post|message|email|e-mail|memo|report|testimony|briefing"
    r"|conference|call|op-ed|editorial|article|column|essay|blog|podcast|video|broadcast|telecast|debate|hearing|rally|meeting"
    r"|ceremony|lawsuit|filing|affidavit|complaint|motion|ruling|opinion|indictment|petition|appearance|conversation|discussion"
    r"|telegram|note|text|press release|release|sermon|lecture|thread|clip|documentary|book|memoir|gaggle|event|summit|session|forum|panel|town hall|court)s?"
)
_OCCASION: Final = (
    re.compile(
        rf"\b(?:in|during|at|via|through|after)\s+(?:a|an|the|his|her|their|its|one|another|that|this)\s+(?:[\w’'-]+\s+){{0,4}}?{_EVENT}\b"
        rf"(?:\s+(?:with|to|on|by|before|for|from)\s+(?:the\s+|a\s+)?(?:{_OUTLETS}|reporters|journalists|state (?:TV|media|television)))?"
    ),
    re.compile(
        r"\bin\s+(?:[\w’'-]+\s+){0,2}?(?:statements|interviews|comments|remarks|court papers|court documents|court filings|testimony)\b(?:\s+to\s+(?:reporters|the press))?"
    ),
    re.compile(
        r"\b(?:on|via|through)\s+(?:(?:his|her|their|its|the)\s+)?(?:[\w’'-]+\s+){0,2}?(?:Twitter|Facebook|Instagram|Telegram|YouTube|TikTok|Truth Social|LinkedIn|Weibo|X|social media|television|TV|the radio|state (?:TV|television|radio)|NBC|CBS|ABC|CNN|Fox News|MSNBC|BBC)\b(?:\s+(?:account|page|channel|feed|show))?"
    ),
    re.compile(
        r"(?<=\btold\s)(?:reporters|journalists|a news conference|a press conference|lawmakers|parliament|Congress|the court|jurors|supporters|a rally|the crowd)\b"
    ),
    re.compile(
        rf"(?:(?<=\btold\s)|(?<=\btells\s)|(?<=\btelling\s))(?:the\s+)?(?:{_OUTLETS}\s+)?(?:BBC|CNN|Reuters|AP|AFP|NPR|NBC|ABC|CBS|MSNBC|Times|Post|Journal|Guardian|Associated Press|News|Press|Herald|Tribune|Politico|TV|Radio|Wikinews|Today|Telegraph|Bloomberg)\b(?:\s+(?:News|Radio|TV))?"
    ),
)
#: The last two stand behind one of these words, which most sentences have not; and the letters of the longest.
_TELLING: Final = re.compile(r"t(?:old|ells|elling)\s")
_TELLING_REACH: Final = 8
_REASON: Final = (
    re.compile(r"\b(?:on|under)\s+(?:the\s+)?condition\s+(?:of\s+anonymity|that\s+(?:he|she|they)[^.;”\"]*?not\b[^.;”\"]*?(?:named|identified))(?:(?!\s+that\b)[^.;”\"])*"),
    re.compile(r"\bout\s+of\s+(?:concern|fear|worry)[^.;,”\"]*"),
    re.compile(r"\b(?:for|citing)\s+fears?\s+(?:of|that|for)[^.;,”\"]*"),
    re.compile(r"\b(?:who|because|as|since)(?:\s+(?:he|she|they|\w+))?\s+(?:is|are|was|were|had|has|have)(?:\s+been)?(?:\s+not|n[’']t)\s+(?:been\s+)?authori[sz]ed[^.;,”\"]*"),
    re.compile(r"\b(?:who\s+)?(?:asked|requested|wished|wanted|preferred|insisted|spoke)\s+(?:not\s+to\s+be|to\s+remain|on\s+not\s+being|anonymously)\s*(?:named|identified|anonymous|quoted)?[^.;,”\"]*"),
    re.compile(r"\b(?:who\s+)?(?:did\s+not\s+want|declined|refused)\s+(?:(?:his|her|their)\s+\w+\s+)?to\s+be\s+(?:named|identified|quoted|used)[^.;,”\"]*"),
    re.compile(r"\bwith\s+(?:direct|first-?hand|intimate|inside|personal)?\s*knowledge\s+of[^.;,”\"]*"),
    re.compile(r"\b(?:who\s+(?:is|are|was|were)\s+)?(?:familiar|briefed)\s+(?:with|on)\s+the[^.;,”\"]*"),
    re.compile(r"\b(?:because|due\s+to|given|citing)\s+(?:of\s+)?the\s+sensitivity[^.;,”\"]*"),
    re.compile(r"\bwho\s+(?:gave|provided|would\s+give)\s+only\s+(?:his|her|their)\s+(?:first|last)\s+name[^.;,”\"]*"),
)  # fmt: skip
#: Each of these reasons has one of these words: looked for first, because most sentences have none.
_HINT: Final = re.compile(
    r"condition|out\s+of|fears?\s|authori[sz]ed|anonym|not\s+to\s+be|to\s+remain|not\s+being"
    r"|to\s+be\s+(?:named|identified|quoted|used)|knowledge|familiar|briefed|sensitivity|\sonly\s"
)
#: Reasons why somebody does not speak, or not openly, that may close what is reported of him.
_FEARING: Final = (_REASON[1], _REASON[2])
#: Reasons that may be told in the sentence after the statement, because they are of no use without one.
_ANONYMITY: Final = (_REASON[0], _REASON[3], _REASON[4], _REASON[5])

#: Characters on either side of a cue that are searched.
_REACH: Final = 400


def occasion_of(attribution: Attribution, document: Document) -> Span | None:
    """Where or in what it was said, as the reporting words tell."""
    return _nearest(_OCCASION, attribution, document)


def reason_of(attribution: Attribution, document: Document) -> Span | None:
    """Why the source is unnamed, or to be trusted, as the reporting words tell."""
    return _nearest(_REASON, attribution, document) or _in_the_next_sentence(attribution, document)


def reason_within(attribution: Attribution, document: Document) -> Span | None:
    """A reason that closes the content: `did not want to be interviewed out of concern for their safety`."""
    last = attribution.content[-1]
    for pattern in _FEARING:
        match = pattern.search(document.text, last.start, last.end)
        if match and match.start() > last.start + 3 and not document.text[match.end() : last.end].strip():
            return Span(match.start(), last.end)
    return None


def _nearest(patterns: tuple[re.Pattern[str], ...], attribution: Attribution, document: Document) -> Span | None:
    """The match nearest to the cue, in its sentences and outside the content."""
    anchor = attribution.cue or attribution.source
    if anchor is None:
        return None
    sentences = _sentences_around(document, anchor)
    if not sentences:
        return None
    start = max(sentences[0].start, anchor.start - _REACH)
    end = min(sentences[-1].end, anchor.end + _REACH)
    if patterns is _REASON and not _HINT.search(document.text, start, end):
        return None
    if patterns is _OCCASION and not _TELLING.search(document.text, max(start - _TELLING_REACH, 0), end):
        patterns = _OCCASION[:-2]
    found = [
        Span(match.start(), match.start() + len(match.group().rstrip(" \n,.")))
        for pattern in patterns
        for match in pattern.finditer(document.text, start, end)
    ]
    free = [span for span in found if not any(span.overlaps(piece) for piece in attribution.content)]
    return min(free, key=lambda span: (_gap(span, anchor), -len(span)), default=None)


def _sentences_around(document: Document, span: Span) -> tuple[Span, ...]:
    first = bisect_right(document.sentences, span.start, key=lambda sentence: sentence.end)
    end = bisect_left(document.sentences, span.end, key=lambda sentence: sentence.start)
    return document.sentences[first:end]


def _gap(left: Span, right: Span) -> int:
    return max(left.start - right.end, right.start - left.end, 0)


def _in_the_next_sentence(attribution: Attribution, document: Document) -> Span | None:
    end = attribution.reach.end
    number = bisect_left(document.sentences, end, key=lambda sentence: sentence.start)
    following = document.sentences[number] if number < len(document.sentences) else None
    if following is None or not _HINT.search(document.text, following.start, following.end):
        return None
    if "\n" in document.text[end : following.start].strip(" "):
        return None
    for pattern in _ANONYMITY:
        match = pattern.search(document.text, following.start, following.end)
        if match:
            return Span(match.start(), match.start() + len(match.group().rstrip(" \n,.")))
    return None
