"""Interviews without labels: questions and answers in paragraphs of their own, after an introduction that says so.

    Wikinews interviewed Tina McKenzie, a former member of the team …
    Who plays in that one?
    It's quite a large tournament …

A question is a paragraph that ends with a question mark; what follows up to the next one is its answer. Neither has
cue or source: `onrecord.resolve.speakers` looks for both voices in the introduction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.cues import SURE
from onrecord.find.quotes import Quote
from onrecord.record import Document, Span

SCORE: Final = 0.85
_ANNOUNCED: Final = re.compile(
    r"\binterview(?:ed|s)?\b|\b(?:sat down|caught up|spoke|speaks|talked|talks|chatted) (?:with|to)\b|\bQ&A\b"
    r"|\bquestions? and answers?\b",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(r"\?[\s)\]]*$")
_REPORTED: Final = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[A-Z]\w+)\s+(\w+)\b")
_FEWEST_QUESTIONS: Final = 2
#: Paragraphs in which an interview has to be announced.
_INTRODUCTION: Final = 8
_LONGEST_QUESTION: Final = 900
_SPOKEN_KINDS: Final = frozenset(("paragraph", "subhead", "list"))
_CREDIT: Final = re.compile(r"\b(?:Image|Photo|Photograph|Credit|Picture)s?:")
_FEWEST_WORDS_OF_A_TURN: Final = 1


def find_interview(document: Document, quotes: Sequence[Quote]) -> tuple[Attribution, ...]:
    """The turns of an unlabelled interview, in text order; none when the report is not plainly one."""
    blocks = [block.span for block in document.blocks if block.kind in _SPOKEN_KINDS]
    questions = [number for number, span in enumerate(blocks) if _is_question(document, span, quotes)]
    if not _is_interview(document, blocks, questions, quotes):
        return ()
    return tuple(_turns(document, blocks, questions))


def _is_question(document: Document, span: Span, quotes: Sequence[Quote]) -> bool:
    words = document.words(span)
    quoted = any(quote.span.end >= span.end - 1 and span.covers(quote.span) for quote in quotes)
    return bool(_QUESTION.search(words)) and len(words) < _LONGEST_QUESTION and not quoted


def _is_interview(
    document: Document, blocks: Sequence[Span], questions: Sequence[int], quotes: Sequence[Quote]
) -> bool:
    if len(questions) < _FEWEST_QUESTIONS:
        return False
    introduction = document.text[: blocks[min(questions[0], _INTRODUCTION)].start]
    if not _ANNOUNCED.search(introduction):
        return False
    spoken = blocks[questions[0] :]
    quoted = sum(any(span.covers(quote.span) and len(quote.span) > 40 for quote in quotes) for span in spoken)
    reported = sum(_reports(document.words(span)) for span in spoken)
    answered = sum(after - before > 1 for before, after in zip(questions, [*questions[1:], len(blocks)], strict=True))
    return 2 * answered >= len(questions) and 5 * quoted < len(spoken) and 4 * reported < len(spoken)


def _reports(words: str) -> bool:
    return any(match.group(1) in SURE for match in _REPORTED.finditer(words))


def _turns(document: Document, blocks: Sequence[Span], questions: Sequence[int]) -> list[Attribution]:
    if _alternates(questions):
        return _by_turns(document, blocks, questions)
    turns: list[Attribution] = []
    asked = frozenset(questions)
    answer: list[Span] = []
    for number in range(_first_turn(document, blocks, questions[0]), len(blocks)):
        if number in asked:
            turns += _turn(answer, "interview answer")
            turns += _turn([blocks[number]], "interview question")
            answer = []
        elif _is_spoken(document.words(blocks[number])):
            answer.append(blocks[number])
    return [*turns, *_turn(answer, "interview answer")]


def _alternates(questions: Sequence[int]) -> bool:
    """Every paragraph changes the voice: all questions stand at an even distance."""
    return len({number % 2 for number in questions}) == 1


def _by_turns(document: Document, blocks: Sequence[Span], questions: Sequence[int]) -> list[Attribution]:
    first = _first_turn(document, blocks, questions[0])
    spoken = [number for number in range(first, len(blocks)) if _is_spoken(document.words(blocks[number]))]
    rules = ("interview question", "interview answer")
    return [turn for number in spoken for turn in _turn([blocks[number]], rules[(number - questions[0]) % 2])]


def _first_turn(document: Document, blocks: Sequence[Span], question: int) -> int:
    """The first question, or the paragraph before it when that speaks for itself already."""
    before = document.words(blocks[question - 1]) if question else ""
    speaks = re.search(r"\b(?:I|I'm|I’m|we|we'd|my)\b", before) and not _ANNOUNCED.search(before)
    return question - 1 if speaks else question


def _turn(spans: Sequence[Span], rule: str) -> list[Attribution]:
    return [Attribution(tuple(spans), None, None, SCORE, rule, turn=True)] if spans else []


def _is_spoken(words: str) -> bool:
    """No rubric, caption or credit: a sentence with its mark."""
    if _CREDIT.search(words):
        return False
    return words.rstrip()[-1:] in tuple('.!?…”")]') and len(words.split()) >= _FEWEST_WORDS_OF_A_TURN
