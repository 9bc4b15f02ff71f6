"""Attributions whose source is left out: "was widely seen as fraudulent", "reportedly", "it is believed that".

Only shapes whose words say that somebody holds it; who that is, is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import cue_start, span_of, subject_before, token_at
from onrecord.find.paragraphs import Paragraph
from onrecord.record import Span

SCORES: Final = {"passive": 0.75, "impersonal": 0.8, "adverb": 0.7}
_BE: Final = r"(?:is|are|was|were|has been|have been|had been|being|been|’s|'s)"
_WIDELY: Final = (
    r"(?:(?:also|still|now|long|once|often|widely|generally|commonly|broadly|largely|increasingly|variously)\s+)*"
)
_PASSIVE: Final = re.compile(
    rf"\b{_BE}\s+(?:not\s+)?{_WIDELY}"
    r"(?:(?:seen|viewed|regarded|considered|perceived|hailed|touted|billed|derided)\s+(?=as\b)"
    r"|(?:believed|thought|said|reported|rumou?red|understood|feared|alleged|reputed|presumed|suspected)\s+(?=to\b)"
    r"|(?:expected|projected|forecast|predicted|estimated|tipped)\s+(?=to\b)"
    r"|widely\s+(?:considered|believed|seen|regarded))",
    re.IGNORECASE,
)
_IMPERSONAL: Final = re.compile(
    rf"\bIt\s+{_BE}\s+{_WIDELY}"
    r"(?:believed|thought|said|reported|understood|feared|alleged|rumou?red|claimed|hoped)\s+(?=that\b)",
    re.IGNORECASE,
)
#: A participle of each of these shapes is a token of its own.
_PASSIVE_PARTICIPLES: Final = frozenset(
    """seen viewed regarded considered perceived hailed touted billed derided believed thought said reported rumored
    rumoured understood feared alleged reputed presumed suspected expected projected forecast predicted estimated tipped
    widely""".split()
)
_IMPERSONAL_PARTICIPLES: Final = frozenset(
    "believed thought said reported understood feared alleged rumored rumoured claimed hoped".split()
)
_ADVERB: Final = re.compile(r"\b(?:reportedly|allegedly|purportedly|supposedly)\b", re.IGNORECASE)
#: `the suspects reportedly said`: they did, and somebody reports it.
_SAYS: Final = re.compile(r"\s+(?:said|told|says|tells|admitted|confessed|claimed|denied)\b")
_AND_SAID: Final = re.compile(
    r",?\s(?:and|then|but)\s(?:then\s|later\s)?"
    r"(?:said|told|asked|answered|replied|shouted|yelled|screamed|wrote|texted|warned|added)(?:\s[\w’'-]+){0,4}[,:]?\s[“\"‘]"
)
_BY: Final = re.compile(r"[^.;]{0,60}\bby\s+(?:the\s+|his\s+|her\s+|many\s+|some\s+)?[A-Za-z]+", re.IGNORECASE)


def find_sourceless(paragraph: Paragraph) -> tuple[Attribution, ...]:
    """The sourceless attributions of one paragraph, outside its quotes."""
    found = [*_impersonal(paragraph), *_passive(paragraph), *_adverbial(paragraph)]
    return tuple(sorted(found, key=lambda attribution: attribution.content))


def _matches(pattern: re.Pattern[str], paragraph: Paragraph) -> Iterator[re.Match[str]]:
    for match in pattern.finditer(paragraph.document.text, paragraph.span.start, paragraph.span.end):
        if paragraph.quote_at(match.start()) is None:
            yield match


def _impersonal(paragraph: Paragraph) -> Iterator[Attribution]:
    if paragraph.words.isdisjoint(_IMPERSONAL_PARTICIPLES):
        return
    for match in _matches(_IMPERSONAL, paragraph):
        end = _sentence_of(paragraph, match.start()).end
        if end > match.end():
            cue = Span(match.start(), match.start() + len(match.group().rstrip()))
            yield Attribution((_stripped(paragraph, match.end(), end),), cue, None, SCORES["impersonal"], "sourceless")


def _passive(paragraph: Paragraph) -> Iterator[Attribution]:
    if paragraph.words.isdisjoint(_PASSIVE_PARTICIPLES):
        return
    for match in _matches(_PASSIVE, paragraph):
        sentence = _sentence_of(paragraph, match.start())
        if _BY.match(paragraph.document.text, match.end(), sentence.end):
            continue
        subject = _subject(paragraph, match.start(), sentence)
        end = _clause_end(paragraph, match.end(), sentence.end)
        if subject is not None and end > match.end():
            cue = Span(match.start(), match.start() + len(match.group().rstrip()))
            content = (subject, _stripped(paragraph, match.end(), end))
            yield Attribution(content, cue, None, SCORES["passive"], "sourceless")


def _adverbial(paragraph: Paragraph) -> Iterator[Attribution]:
    if "edly" not in paragraph.document.words(paragraph.span).lower():  # as each of the adverbs ends
        return
    for match in _matches(_ADVERB, paragraph):
        sentence = _sentence_of(paragraph, match.start())
        subject = _subject(paragraph, match.start(), sentence)
        end = _before_quotation(paragraph, match.end(), _clause_end(paragraph, match.end(), sentence.end))
        if subject is None or end <= match.end() + 1 or _SAYS.match(paragraph.document.text, match.end()):
            continue
        before = _stripped(paragraph, subject.start, match.start())
        content = (before, _stripped(paragraph, match.end(), end))
        yield Attribution(content, Span(*match.span()), None, SCORES["adverb"], "sourceless")


def _subject(paragraph: Paragraph, place: int, sentence: Span) -> Span | None:
    tokens = paragraph.tokens
    floor, number = token_at(tokens, sentence.start), token_at(tokens, place)
    found = subject_before(tokens, cue_start(tokens, number, floor), floor)
    return span_of(tokens, *found) if found else None


def _sentence_of(paragraph: Paragraph, place: int) -> Span:
    holds = (span for span in paragraph.document.sentences if span.start <= place < span.end)
    return next(holds, paragraph.span)


def _clause_end(paragraph: Paragraph, start: int, end: int) -> int:
    """Where the clause ends: at `, but`, `, and`, `;`, a dash, or with the sentence."""
    text = paragraph.document.text
    match = re.compile(r",\s+(?:but|and|while|although|though|which|leading)\b|;|\s(?:—|–|--)\s").search(
        text, start, end
    )
    return match.start() if match else end


def _before_quotation(paragraph: Paragraph, start: int, end: int) -> int:
    """`allegedly stayed in the tub and told officers, “I paid”`: the quotation has a cue of its own."""
    match = _AND_SAID.search(paragraph.document.text, start, end)
    return end if match is None else match.start()


def _stripped(paragraph: Paragraph, start: int, end: int) -> Span:
    text = paragraph.document.text
    while start < end - 1 and (text[start].isspace() or text[start] in ",;"):
        start += 1
    while end > start + 1 and (text[end - 1].isspace() or text[end - 1] in ".,;"):
        end -= 1
    return Span(start, end)
