"""What is no statement after all: names and titles, figures of speech, what only points back, words that nobody says.

The last of `onrecord.find.repairs.REPAIRS`.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.find.attributions import Attribution, overlap, size
from onrecord.find.cues import read_cue
from onrecord.find.doings import reports_nothing
from onrecord.find.quotes import Quote, is_title
from onrecord.find.silences import says_nothing
from onrecord.find.story import Attributions, Story
from onrecord.record import Document

#: A quote of at most so many words that stands inside a sentence is a name or a term unless somebody's cue governs it.
SHORT_QUOTE_WORDS: Final = 4
#: Why a source stays unnamed is no statement of his.
_NO_CONTENT: Final = re.compile(
    r"(?:because|as|since) \w+ (?:was|were|is|are|had|has|have)(?: not|n[’']t)(?: been)? authori[sz]ed"
    r"|on condition of anonymity"
)
#: `“…” That is what she told us`: the words are those before.
_POINTS_BACK: Final = re.compile(
    r"(?:that|this|which|it)(?:[’']s|\s+is|\s+was)?(?:\s+(?:exactly|just|precisely))?(?:\s+(?:what|how|why))?", re.I
)
#: How something looks to the reporter, and what something is called by nobody in particular.
_SEEMING: Final = re.compile(
    r"(?:(?:can|may|might|could|would|often|sometimes|still|also|now|to|be)\s+)*"
    r"(?:seem|appear|look)(?:s|ed)?(?:\s+to(?:\s+be)?)?",
    re.I,
)
_NAMING: Final = re.compile(
    r"\b(?:named|called(?!.*\b(?:for|on|upon)$)|known|dubbed|nicknamed|titled|entitled|labell?ed)\b", re.I
)
_WHAT: Final = re.compile(r"\b[Ww]hat\s$")
_LONGEST_WHAT: Final = 6
_ABOUT: Final = re.compile(r"(?:about|of)\s")
_READING: Final = re.compile(r"\b(?:read|reads|reading|recit(?:e|es|ed|ing))$", re.I)
_ALOUD: Final = re.compile(r"\s(?:aloud|out\sloud|together|to\s(?:each\sother|(?:the|his|her|their|our|my|a|an)\s))")
_WOULD_SAY: Final = re.compile(
    r"(?:\bwould|[’']d|\bmust|\bhave to|\bcan|\bmay|\bshould)\s(?:like to\s)?(?:say|add|note)\b"
)
_CHRISTENING: Final = re.compile(r"\b(?:named|nicknamed|titled|entitled|christened)$", re.I)
_WORD: Final = re.compile(r"\w")
_ANSWER: Final = re.compile(r"[$€£]?\d[\d.,]*(?:%|\w{1,2})?|yes|no", re.IGNORECASE)
#: `urged calm`, `demanded answers`, `predicted rain`.
_CALLED_FOR: Final = re.compile(
    r"\b(?:urg|demand|predict|forecast|advis|recommend|preach|counsel)(?:s|ed|ing|es|e)?$", re.I
)
_NOUN: Final = re.compile(r"(?!(?:it|so|him|her|them|us|me|you|that|this|otherwise|as|on|for)$)[a-z]{3,}(?<!ly)")


def drop_no_statements(attributions: Attributions, story: Story) -> Attributions:
    """No cue and no source: a statement only if it is quoted and reads like speech. Content without a word: never."""
    return tuple(attribution for attribution in attributions if _is_statement(attribution, story))


def _is_statement(attribution: Attribution, story: Story) -> bool:
    words = " ".join(story.document.words(span) for span in attribution.content)
    if attribution.turn:
        return True
    if not _WORD.search(words) or (len(words.split()) < 2 and not _may_be_a_word(attribution, words, story)):
        return False
    cue = "" if attribution.cue is None else story.document.words(attribution.cue)
    if (
        says_nothing(attribution, cue, words, story)
        or reports_nothing(attribution, cue, words, story)
        or _christens(attribution, cue, story)
        or _names_by_term(attribution, cue, story)
        or _reads_aloud(attribution, cue, story)
        or _is_topic(attribution, words, story)
        or _is_cited(attribution, story)
        or _is_author(attribution, cue, story)
        or _NO_CONTENT.match(words)
        or _POINTS_BACK.fullmatch(words)
        or _SEEMING.fullmatch(cue)
        or (attribution.source is None and _NAMING.search(cue))
    ):
        return False
    quoted = overlap(attribution.content, story.outer_spans())
    if attribution.cue is not None or (attribution.source is not None and (quoted or attribution.rule != "model")):
        return True
    titled = is_title(words.strip("“”\"‘’', "))
    return 2 * quoted > size(attribution.content) and len(words.split()) > SHORT_QUOTE_WORDS and not titled


def _may_be_a_word(attribution: Attribution, words: str, story: Story) -> bool:
    """`had expected $1.33`, `said yes`, `urged calm`: one word in marks, or behind the cue that wants no more."""
    if overlap(attribution.content, story.outer_spans()):
        return True
    cue, only = attribution.cue, attribution.content[0]
    if cue is None or attribution.source is None or not 0 <= only.start - cue.end <= 1:
        return False
    called_for = _CALLED_FOR.search(story.document.words(cue)) and _NOUN.fullmatch(words)
    return bool(called_for or _ANSWER.fullmatch(words))


def _christens(attribution: Attribution, cue: str, story: Story) -> bool:
    """`named the dog “Captain”`: who gives a name says nothing."""
    return bool(_CHRISTENING.search(cue)) and any(
        quote.span.overlaps(attribution.content[-1]) and is_term(quote, story.document) for quote in story.outer()
    )


def _names_by_term(attribution: Attribution, cue: str, story: Story) -> bool:
    """`a user labelled "Anonymous"`: the words beside it name the one who is called so, and not who calls him so."""
    source, last = attribution.source, attribution.content[-1]
    if source is None or attribution.cue is None or not _NAMING.search(cue) or len(attribution.content) > 1:
        return False
    before = story.document.text[max(source.start - 8, 0) : source.start].split()[-1:]
    beside = 0 <= attribution.cue.start - source.end <= 1 and 0 <= last.start - attribution.cue.end <= 1
    return (
        beside
        and before not in (["what"], ["which"], ["that"])
        and any(quote.span == last and is_term(quote, story.document) for quote in story.outer())
    )


def _reads_aloud(attribution: Attribution, cue: str, story: Story) -> bool:
    """`read “The Long Voyage” aloud`: the words are those of a work, and not of a sign that reads so."""
    if not _READING.search(cue) or len(attribution.content) > 1:
        return False
    return any(
        quote.span.start == attribution.content[0].start
        and is_title(story.document.words(quote.inner))
        and _ALOUD.match(story.document.text, quote.span.end)
        for quote in story.outer()
    )


def _is_topic(attribution: Attribution, words: str, story: Story) -> bool:
    """`what they told us about the mill`: what it was about, and not what it was."""
    source = attribution.source
    if source is None or not _ABOUT.match(words):
        return False
    return _WHAT.search(story.document.text, max(source.start - _LONGEST_WHAT, 0), source.start) is not None


def _is_cited(attribution: Attribution, story: Story) -> bool:
    """`A blogger, "Anon declares war on the Church"`: no cue, and no end of a sentence: what follows is a title."""
    source, last = attribution.source, attribution.content[-1]
    if attribution.cue is not None or source is None or len(attribution.content) > 1:
        return False
    between = story.document.text[source.end : last.start]
    return between.strip() == "," and any(
        quote.span == last and story.document.words(quote.inner).rstrip()[-1:].isalnum() for quote in story.outer()
    )


def _is_author(attribution: Attribution, cue: str, story: Story) -> bool:
    """`I wonder if`, outside of quotes: what the reporter thinks is the report's own voice; `I asked her` is told."""
    source = attribution.source
    thinks = read_cue(cue).mode == "thought" or "wonder" in cue or _WOULD_SAY.search(cue)
    if source is None or story.document.words(source) != "I" or not thinks:
        return False
    return not any(quote.span.covers(source) for quote in story.outer())


def is_term(quote: Quote, document: Document) -> bool:
    """A few quoted words that do not end like a sentence."""
    words = document.words(quote.inner).rstrip()
    return len(words.split()) <= SHORT_QUOTE_WORDS and words[-1:] not in tuple(".,?!…") and quote.closed
