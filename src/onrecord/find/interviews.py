"""Interviews without labels: questions and answers in paragraphs of their own.

    Wikinews interviewed Tina McKenzie, a former member of the team …
    Who plays in that one?
    It's quite a large tournament …

Each paragraph is weighed by what it is made of (a question mark, "you", "I", its length), and the likeliest sequence of
voices is taken. Where a report is no interview, there is nothing: its paragraphs report what was said. Neither voice
has cue or source here: `onrecord.resolve.speakers` looks for both in the introduction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.cues import SURE
from onrecord.find.quotes import Quote
from onrecord.record import Document, Span

SCORE: Final = 0.85
_ANNOUNCED: Final = re.compile(
    r"\binterview(?:s|ed|ees?)?\b|\b(?:sat down|sits down|caught up|spoke|speaks|talked|talks|chatted) (?:with|to)\b"
    r"|\btells? Wikinews\b|\b(?:in|a) conversation with\b|\bQ ?& ?A\b|\bquestions? and answers?\b"
    r"|\b(?:(?:five|six|seven|eight|nine|ten|twelve|twenty|\d+) (?:minutes with|questions (?:for|with))|a word with)\b"
    r"|\bedited (?:for|and)\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(r"\?[\s)\]\"”’'*_]*$")
_ASKS_FIRST: Final = re.compile(
    r"\s*(?:(?:and|so|but|then|now|well|ok|okay)\b,?\s+)?(?:what|who|why|how|when|where|which|whose|do|does|did|can|could|would|will|"
    r"is|are|was|were|have|has|had|should|tell (?:us|me|our)|describe|explain|talk (?:us|me|about)|any|you)\b",
    re.IGNORECASE,
)
_INVITES: Final = re.compile(
    r"\b(?:tell (?:us|me)|talk (?:to us )?about|can you|could you|would you|do you|did you|have you|are you|were you|"
    r"for our readers)\b",
    re.IGNORECASE,
)
_REQUESTS: Final = re.compile(
    r"\b(?:(?:just )?want(?:ed)? to (?:know|ask)|(?:was|am|['’]m) wondering|curious (?:to|about|whether))\b"
    r".*\byou(?:r|['’]re)?\b"
    r"|^(?:(?:and|so|please|well)\b,? )*(?:(?:tell|talk|walk) (?:us|me)\b|describe\b|explain\b)",
    re.IGNORECASE,
)
_YOU: Final = re.compile(r"\byou(?:r|['’](?:re|ve|d|ll))?\b", re.IGNORECASE)
_SELF: Final = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e|[Ww]e|[Ww]e['’](?:re|ve|d|ll)|[Oo]ur|[Uu]s)\b")
_ANSWERS: Final = re.compile(
    r"\s*[\"“‘]?(?:yes|yeah|yep|no|nope|not|well|oh|sure|absolutely|definitely|exactly|of course|right|certainly|"
    r"correct|never|probably|maybe|i|we|it|it['’]s|that['’]s|thanks|thank you|good question|because|both|many|my|our)"
    r"\b",
    re.IGNORECASE,
)
_REPLIES: Final = re.compile(
    r"\s*[\"“‘]?(?:yes|yeah|yep|yup|no|nope|oh|sure|absolutely|definitely|exactly|of course|right|certainly|correct)\b",
    re.IGNORECASE,
)
_REPORTED: Final = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[A-Z]\w+)\s+(\w+)\b")
_QUOTED: Final = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
_CREDIT: Final = re.compile(
    r"\b(?:Image|Photo|Photograph|Credit|Picture|File photo|Screenshot)s?(?:\s+by)?:|^File photo\b"
)
_ENDS: Final = tuple(".!?…—–-:;,”\"')]’*_")
_SPOKEN_KINDS: Final = frozenset(("paragraph", "subhead", "list"))
_FEWEST_QUESTIONS: Final = 2
#: Where it is not announced at the very top: share of the paragraphs between questions that say "I" or "we" (.44 to 1
#: in 18 interviews, .11 to .38 in stories that are none). And how seldom a question may come where no interview is
#: announced at all: who writes to his readers asks in 1 of 11 paragraphs.
_LEAST_OWN: Final = 0.4
_HEAD: Final = 400
_MOST_PARAGRAPHS_A_QUESTION: Final = 9
_LONGEST_QUESTION: Final = 900
_LONGEST_UNMARKED: Final = 240
#: Characters at the head of a report in which an interview is announced.
_INTRODUCTION: Final = 3000
#: How likely a change of voice is, in the units of `_weights`; a new voice at every paragraph is the commonest form.
_ASK_TWICE: Final = -1.5
_ANSWER_ON: Final = -0.2
#: What it weighs that a paragraph stands at an even distance from all questions.
_TURN: Final = 1.0
#: The same where the paragraph replies ("No, I captained in 2010"), so that somebody else spoke before.
_REPLY: Final = -1.6


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One block that may be a turn: what speaks for a question and for an answer."""

    span: Span
    words: str
    asks: bool

    @property
    def reported(self) -> bool:
        """Words of a reporter; only asked where there are questions."""
        return _is_report(self.words)

    @property
    def leaning(self) -> float:
        """Above nought for a question, below for an answer."""
        return _leaning(self.words, asks=self.asks)

    @property
    def going_on(self) -> float:
        """What it costs to take it for the same voice as the paragraph before."""
        return _REPLY if _REPLIES.match(self.words) else 0.0


def find_interview(document: Document, quotes: Sequence[Quote]) -> tuple[Attribution, ...]:
    """The turns of an unlabelled interview, in text order; none when the report is not plainly one."""
    paragraphs = tuple(_paragraphs(document, quotes))
    first = _first_turn(paragraphs)
    if first is None or not _is_interview(document, paragraphs[first:]):
        return ()
    return tuple(_turns(paragraphs[first:]))


def _paragraphs(document: Document, quotes: Sequence[Quote]) -> Iterator[_Paragraph]:
    ends = {quote.span.end for quote in quotes if len(quote.inner) > 2}
    for block in document.blocks:
        words = document.words(block.span)
        if block.kind in _SPOKEN_KINDS and _is_spoken(words):
            asks = bool(_ASKS.search(words)) and len(words) < _LONGEST_QUESTION and block.span.end not in ends
            asks = asks and not _answers_back(words)
            yield _Paragraph(block.span, words, asks or _asks_unmarked(words))


def _is_spoken(words: str) -> bool:
    """No rubric, caption or credit: a sentence with its mark, or a question that lost it."""
    credited = (":" in words or words.startswith("File photo")) and _CREDIT.search(words)
    return not credited and (words.rstrip()[-1:] in _ENDS or _asks_unmarked(words))


def _asks_unmarked(words: str) -> bool:
    """`How did you come to be involved with this discovery`, `Tell us about the dive.`: a question without its mark."""
    if len(words) > _LONGEST_UNMARKED:
        return False
    lost = _ASKS_FIRST.match(words) and _YOU.search(words) and words.rstrip()[-1:].isalnum()
    return bool(lost or _REQUESTS.search(words))


def _answers_back(words: str) -> bool:
    """`Of course. Where else would I go?`: a reply that ends in a question to nobody."""
    last = words[max(words.rfind(mark) for mark in (". ", "! ", "? ")) + 1 :]
    return _REPLIES.match(words) is not None and _SELF.search(last) is not None and not _YOU.search(words)


def _is_report(words: str) -> bool:
    """Words of a reporter, who tells what others said, and quotes them."""
    words = _QUOTED.sub("", words)
    return not _SELF.search(words) and any(match.group(1) in SURE for match in _REPORTED.finditer(words))


def _leaning(words: str, *, asks: bool) -> float:
    """What a paragraph is made of, weighed by hand on the train part of GUM's interviews."""
    length = len(words.split())
    address, own = len(_YOU.findall(words)), len(_SELF.findall(words))
    weight = 3.0 if asks else -0.8
    weight += 0.8 if address else 0.0
    weight += 1.0 if _INVITES.search(words) else 0.0
    weight += 0.5 if _ASKS_FIRST.match(words) else 0.0
    weight -= 1.2 if own > address else 0.4 if own else 0.0
    weight -= 0.8 if _ANSWERS.match(words) else 0.0
    weight -= 0.0 if asks or not _REPLIES.match(words) else 2.0
    return weight + (-1.5 if length > 90 else -0.7 if length > 45 else 0.5 if length < 25 else 0.0)


def _first_turn(paragraphs: Sequence[_Paragraph]) -> int | None:
    """The first question, or the words before it that speak to or of somebody in the room."""
    asked = next((number for number, one in enumerate(paragraphs) if one.asks), None)
    if asked is None:
        return None
    first = asked
    while first > 0 and _speaks(paragraphs[first - 1].words):
        first -= 1
    return first


def _speaks(words: str) -> bool:
    return not _ANNOUNCED.search(words) and bool(_SELF.search(words) or _YOU.search(words))


def _is_interview(document: Document, spoken: Sequence[_Paragraph]) -> bool:
    """Several questions, each with an answer; nobody reports what others said; and it is announced, or the questions
    and answers say `you` and `I`."""
    asked = [number for number, one in enumerate(spoken) if one.asks]
    if len(asked) < _FEWEST_QUESTIONS or 4 * sum(one.reported for one in spoken) > len(spoken):
        return False
    answered = sum(number + 1 < len(spoken) and not spoken[number + 1].asks for number in asked)
    if 2 * answered < len(asked):
        return False
    announced = _ANNOUNCED.search(document.text, 0, _INTRODUCTION)
    if announced is None:
        return _is_talk(spoken, asked)
    return announced.start() < _HEAD or _speak_of_themselves(spoken, asked)


def _speak_of_themselves(spoken: Sequence[_Paragraph], asked: Sequence[int]) -> bool:
    """Who answers says `I` and `we`; a reporter who puts two questions in a story hardly does."""
    own = sum(bool(_SELF.search(one.words)) for one in spoken if not one.asks)
    return own >= _LEAST_OWN * (len(spoken) - len(asked))


def _is_talk(spoken: Sequence[_Paragraph], asked: Sequence[int]) -> bool:
    addressed = sum(bool(_YOU.search(spoken[number].words)) for number in asked)
    own = sum(bool(_SELF.search(one.words)) for one in spoken if not one.asks)
    often = _MOST_PARAGRAPHS_A_QUESTION * len(asked) >= len(spoken)
    if not often or len(asked) <= _FEWEST_QUESTIONS:
        return False
    return 2 * addressed >= len(asked) and 2 * own >= len(spoken) - len(asked)


def _turns(spoken: Sequence[_Paragraph]) -> Iterator[Attribution]:
    """A question is one paragraph or several; what stands up to the next one is its answer."""
    voices = _voices(spoken)
    for voice, run in groupby(zip(voices, spoken, strict=True), key=lambda pair: pair[0]):
        rule = "interview question" if voice else "interview answer"
        yield Attribution(tuple(one.span for _, one in run), None, None, SCORE, rule, turn=True)


def _voices(spoken: Sequence[_Paragraph]) -> list[bool]:
    """Who speaks in each paragraph, True for the interviewer: the best path over both voices."""
    leanings = _in_their_place(spoken)
    ask, answer = leanings[0], -leanings[0]
    back: list[tuple[bool, bool]] = []
    for one, leaning in zip(spoken[1:], leanings[1:], strict=True):
        asked_on = ask + _ASK_TWICE + one.going_on
        answered_on = answer + _ANSWER_ON + one.going_on
        back.append((asked_on >= answer, ask >= answered_on))
        ask, answer = max(asked_on, answer) + leaning, max(ask, answered_on) - leaning
    voices = [ask >= answer]
    for to_ask, to_answer in reversed(back):
        voices.append(to_ask if voices[-1] else to_answer)
    return voices[::-1]


def _in_their_place(spoken: Sequence[_Paragraph]) -> list[float]:
    """The leanings; where all questions stand at an even distance, every other paragraph leans to them."""
    parities = {number % 2 for number, one in enumerate(spoken) if one.asks}
    if len(parities) != 1:
        return [one.leaning for one in spoken]
    asked = parities.pop()
    return [one.leaning + (_TURN if number % 2 == asked else -_TURN) for number, one in enumerate(spoken)]
