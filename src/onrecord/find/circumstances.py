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
#: A reason ends with its clause, and before the words that report.
_ON: Final = r"(?:(?!\b(?:said|says|told|tells|added|confirmed|described|warned)\b)[^.;,”\"\n])*"
_THEIR: Final = r"(?:his|her|their|its)"
_HARM: Final = rf"(?:reprisals?|retaliation|retribution|repercussions?|persecution|harassment|punishment|backlash|losing|being\s+(?:fired|sacked|dismissed|arrested|punished)|for\s+{_THEIR}\s+(?:own\s+)?(?:jobs?|safety|life|lives|families|family|livelihoods?|careers?|security|freedom))"
# fmt: off
_ANONYMOUSLY: Final = re.compile(r"\b(?:on|under)\s+(?:the\s+)?condition\s+(?:of\s+anonymity|(?:that\s+)?(?:(?:he|she|they)[^.;”\"]*?not\b[^.;”\"]*?(?:named|identified)|(?:his|her|their)\s+(?:\w+\s+)?names?\s+(?:not\s+be|be\s+not)\s+\w+))(?:(?!\s+that\b)[^.;”\"])*")
_OUT_OF_FEAR: Final = re.compile(r"\bout\s+of\s+(?:concern|fear|worry)[^.;,”\"]*")
_FOR_FEAR: Final = re.compile(r"\b(?:for|citing|over)\s+(?:(?:the|a|his|her|their)\s+)?fears?\s+(?:of|that|for)" + _ON)
_UNAUTHORISED: Final = re.compile(r"\b(?:who|because|as|since)(?:\s+(?:he|she|they|\w+))?\s+(?:is|are|was|were|had|has|have)(?:\s+been)?(?:\s+not|n[’']t)\s+(?:been\s+)?(?:authori[sz]ed|(?:allowed|permitted)\s+to\s+(?:\w+ly\s+)?(?:speak|talk|comment|discuss|disclose|brief))" + _ON)
_NOT_TO_BE_NAMED: Final = re.compile(r"\b(?:who\s+)?(?:ask(?:ed|ing|s)?|request(?:ed|ing|s)?|wished|wishing|wanted|wanting|preferred|preferring|insisted|insisting|spoke|speaking)\s+(?:(?:not\s+to\s+be|(?:on\s+)?not\s+being)\s+(?:\w+\s+)?(?:named|identified|quoted)|to\s+(?:remain|stay)\s+(?:anonymous|unnamed|unidentified)|anonymously)" + _ON)
_NAME_WITHHELD: Final = re.compile(rf"\b(?:who\s+)?(?:ask(?:ed|ing|s)?|request(?:ed|ing|s)?)\s+(?:that\s+{_THEIR}\s+(?:\w+\s+)?(?:names?|identit(?:y|ies))\s+(?:not\s+)?be|(?:not\s+)?to\s+have\s+{_THEIR}\s+(?:\w+\s+)?(?:names?|identit(?:y|ies)))\s+(?:withheld|used|published|printed|disclosed|revealed)" + _ON)
_ASKED_ANONYMITY: Final = re.compile(r"\b(?:who\s+)?(?:request(?:ed|ing|s)?|(?:was|were)\s+granted|ask(?:ed|ing|s)?\s+for|insist(?:ed|ing)\s+on|demand(?:ed|ing))\s+anonymity\b" + _ON)
_DECLINED_TO_BE_NAMED: Final = re.compile(rf"\b(?:who\s+)?(?:did\s+not\s+want|declin(?:ed|ing)|refus(?:ed|ing))\s+(?:(?:{_THEIR})\s+(?:\w+\s+)?\w+\s+)?to\s+be\s+(?:named|identified|quoted|used)" + _ON)
_DECLINED_A_NAME: Final = re.compile(rf"\b(?:who\s+)?(?:declin(?:ed|ing)|refus(?:ed|ing)|did\s+not\s+want)\s+to\s+(?:give|be\s+identified\s+by)\s+{_THEIR}\s+(?:\w+\s+)?names?\b" + _ON)
_SENSITIVE: Final = re.compile(r"\b(?:because|due\s+to|given|citing)\s+(?:of\s+)?the\s+(?:sensitivity|sensitive\s+nature|confidentiality)" + _ON)
_FEARED: Final = re.compile(rf"\b(?:because|as|since)\s+(?:he|she|they)\s+(?:(?:fear(?:s|ed)?|worr(?:y|ies|ied)|(?:is|are|was|were)\s+(?:afraid|worried|concerned|frightened|scared|fearful))\s+(?:(?:of|about|that|the)\s+)?(?:\w+\s+)?{_HARM}){_ON}")
_FIRST_NAME_ONLY: Final = re.compile(rf"\bwho\s+(?:gave|provided|would\s+give)\s+only\s+{_THEIR}\s+(?:first|last)\s+name" + _ON)
_NAME_NOT_USED: Final = re.compile(r"\bwhose\s+(?:\w+\s+)?names?\s+(?:is|are|was|were|has\s+been|have\s+been)\s+(?:being\s+)?(?:withheld|not\s+being\s+used)" + _ON)
# fmt: on
#: Why the source is unnamed.
_UNNAMED: Final = (
    _ANONYMOUSLY,
    _OUT_OF_FEAR,
    _FOR_FEAR,
    _UNAUTHORISED,
    _NOT_TO_BE_NAMED,
    _NAME_WITHHELD,
    _ASKED_ANONYMITY,
    _DECLINED_TO_BE_NAMED,
    _DECLINED_A_NAME,
    _SENSITIVE,
    _FEARED,
    _FIRST_NAME_ONLY,
    _NAME_NOT_USED,
)
#: Why the source is to be trusted: told beside the other it says less.
_TRUSTED: Final = (
    re.compile(r"\bwith\s+(?:direct|first-?hand|intimate|inside|personal)?\s*knowledge\s+of" + _ON),
    re.compile(r"\b(?:who\s+(?:is|are|was|were)\s+)?(?:familiar|briefed)\s+(?:with|on)\s+the" + _ON),
    re.compile(r"\b(?:who\s+(?:is|are|was|were)\s+)?close\s+to\s+the\s+(?:case|investigation|inquiry|matter|situation|talks|negotiations|discussions|deal|process)\b"),
)  # fmt: skip
#: Each of these reasons has one of these words: looked for first, because most sentences have none.
_HINT: Final = re.compile(
    r"condition|out\s+of|fears?\s|feared|afraid|worried|frightened|scared|concerned|authori[sz]ed|not\s+(?:been\s+)?(?:allowed|permitted)"
    r"|anonym|not\s+to\s+be|to\s+(?:remain|stay)|not\s+being|withheld|names?\b"
    r"|to\s+be\s+(?:named|identified|quoted|used)|knowledge|familiar|briefed|close\s+to|sensitiv|confidential|\sonly\s"
)
#: Reasons why somebody does not speak, or not openly, that may close what is reported of him.
_FEARING: Final = (_OUT_OF_FEAR, _FOR_FEAR, _UNAUTHORISED, _SENSITIVE, _FEARED)
#: Reasons that may be told in the sentence after the statement, because they are of no use without one.
_ANONYMITY: Final = (
    _ANONYMOUSLY,
    _UNAUTHORISED,
    _NOT_TO_BE_NAMED,
    _NAME_WITHHELD,
    _ASKED_ANONYMITY,
    _DECLINED_TO_BE_NAMED,
    _DECLINED_A_NAME,
)
#: Such a sentence goes on about the same source: `He spoke on condition of anonymity.`
_SAME_SOURCE: Final = re.compile(r"(?:He|She|They|Both|All|The)\b")

#: `An aide, who asked not to be named, said`: the reason of somebody who speaks only now.
_NEW_SOURCE: Final = re.compile(r"(?:An?|Another)\s")

#: `because`, and then whose statement it is: the reason for another one.
_OPEN: Final = re.compile(r"\b(?:because|as|since|and|but|or|that|who|when|if)(?:\s+(?:he|she|they|it))?$")

#: Characters on either side of a cue that are searched.
_REACH: Final = 400


def occasion_of(attribution: Attribution, document: Document) -> Span | None:
    """Where or in what it was said, as the reporting words tell."""
    around = _around(attribution, document)
    if around is None:
        return None
    told = _TELLING.search(document.text, max(around.start - _TELLING_REACH, 0), around.end)
    return _nearest(_OCCASION if told else _OCCASION[:-2], attribution, document, around)


def reason_of(attribution: Attribution, document: Document) -> Span | None:
    """Why the source is unnamed, or to be trusted, as the reporting words tell."""
    around = _around(attribution, document)
    hinted = around is not None and _HINT.search(document.text, around.start, around.end)
    unnamed = _nearest(_UNNAMED, attribution, document, around) if around is not None and hinted else None
    if unnamed is not None:
        return unnamed
    trusted = _nearest(_TRUSTED, attribution, document, around) if around is not None and hinted else None
    after = _in_the_next_sentence(attribution, document)
    same = after is not None and _SAME_SOURCE.match(document.text, _sentences_around(document, after)[0].start)
    return after if trusted is None or same else trusted


def reason_within(attribution: Attribution, document: Document) -> Span | None:
    """A reason that closes the content: `did not want to be interviewed out of concern for their safety`."""
    last = attribution.content[-1]
    for pattern in _FEARING:
        match = pattern.search(document.text, last.start, last.end)
        if match and match.start() > last.start + 3 and not document.text[match.end() : last.end].strip():
            return Span(match.start(), last.end)
    return None


def _around(attribution: Attribution, document: Document) -> Span | None:
    """The sentences of the cue, or of the source where there is none, as far as they are searched."""
    anchor = attribution.cue or attribution.source
    sentences = () if anchor is None else _sentences_around(document, anchor)
    if anchor is None or not sentences:
        return None
    return Span(max(sentences[0].start, anchor.start - _REACH), min(sentences[-1].end, anchor.end + _REACH))


def _nearest(
    patterns: tuple[re.Pattern[str], ...], attribution: Attribution, document: Document, around: Span
) -> Span | None:
    """The match nearest to the cue, in the sentences around it and outside the content."""
    found = [
        span
        for pattern in patterns
        for match in pattern.finditer(document.text, around.start, around.end)
        if (span := _short_of(match, pattern, attribution)) is not None
    ]
    free = [span for span in found if not any(span.overlaps(piece) for piece in attribution.content)]
    anchor = attribution.cue or attribution.source or around
    return min(free, key=lambda span: (_gap(span, anchor), -len(span)), default=None)


def _short_of(match: re.Match[str], pattern: re.Pattern[str], attribution: Attribution) -> Span | None:
    """What is matched before the words, their report and its source begin: `familiar with the talks` said."""
    roles = (*attribution.content, attribution.cue, attribution.source)
    end = min([role.start for role in roles if role and match.start() < role.start < match.end()], default=match.end())
    words = match.string[match.start() : end].rstrip(" \n,.")
    if len(words.split()) < 2:  # the phrase itself was taken for the report: `who spoke anonymously`
        end, words = match.end(), match.group().rstrip(" \n,.")
    whole = end == match.end() or (pattern.fullmatch(words) and not _OPEN.search(words))
    return Span(match.start(), match.start() + len(words)) if whole else None


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
    if "\n" in document.text[end : following.start].strip(" ") or _NEW_SOURCE.match(document.text, following.start):
        return None
    for pattern in _ANONYMITY:
        match = pattern.search(document.text, following.start, following.end)
        if match:
            return Span(match.start(), match.start() + len(match.group().rstrip(" \n,.")))
    return None
