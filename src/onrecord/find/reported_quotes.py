"""Quotations by the shape of what reports them: `"…," said Kukhta.`  `"…," she said. "…"`  `He said: "…"`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import Token, is_finite, span_of, subject_after, subject_before, token_at
from onrecord.find.cues import DIRECT, SURE
from onrecord.find.paragraphs import Paragraph
from onrecord.find.quotes import Quote, is_title
from onrecord.find.reporting_clause import SCORES, Clause, attribution_of, is_verb, trimmed
from onrecord.record import Span

_NAMING: Final = frozenset(
    """call calls called calling describe describes described describing dub dubbed label labeled labelled brand
    branded""".split()
)
_WRITING: Final = frozenset("write writes wrote written writing publish published publishes pen penned".split())
_DETERMINERS: Final = frozenset("a an the his her their its another two three several".split())
_LONGEST_ADDRESSEE: Final = 12
_LONGEST_HEARER: Final = 5
_JOINING: Final = frozenset("and then but".split())
_LONGEST_BARE_SOURCE: Final = 5
_LONGEST_SUBJECT: Final = 40
#: Tokens of the sentence that reports a quotation, behind the cue, after which it still goes on.
_LONGEST_TAIL: Final = 45
#: Words after a cue that begin no source.
_NO_SOURCE: Final = frozenset(
    """on in at to during after before when while as that this last and but so yesterday today tonight monday tuesday
    wednesday thursday friday saturday sunday again later earlier recently out of about with from""".split()
)


def quote_before(clause: Clause) -> Attribution | None:
    """`"…," said Kukhta` and `"…," she said`: the quote ends where the clause begins."""
    if clause.left is None:
        return None
    subject = subject_before(clause.tokens, clause.first, clause.floor)
    if subject is None or not _only_marks(clause.tokens[clause.floor : subject[0]]):
        subject = _whole_subject(clause) or subject
    start = subject[0] if subject else clause.first
    if not _only_marks(clause.tokens[clause.floor : start]):
        return None
    if subject is None:
        subject = subject_after(clause.tokens, clause.verb + 1, clause.ceiling) or _bare_source(clause)
    if subject is None or not _is_speech(clause, clause.left) or _calls_by_name(clause):
        return None
    content = (clause.left.span, *_resumed(clause, max(subject[1], clause.verb + 1)))
    return attribution_of(clause, content, subject, "quote before cue")


def _calls_by_name(clause: Clause) -> bool:
    """`Osgood, who cast her in “The Kitchen,” called her “a star”`: what is called something stands behind the verb."""
    sentence = clause.paragraph.sentence_at(clause.tokens[clause.verb].start)
    named = clause.right is not None and clause.right.span.start < sentence.end
    return named and clause.tokens[clause.verb].lower in _NAMING


def _whole_subject(clause: Clause) -> tuple[int, int] | None:
    """`“…,” Marta Oduya, a deckhand from Ilsay, in the north, told reporters`: from the quote to its verb no other."""
    first, end, tokens = clause.floor, clause.first, clause.tokens
    while end > first and tokens[end - 1].text == ",":
        end -= 1
    words = tokens[first:end]
    verb = tokens[clause.verb].lower
    if not words or len(words) > _LONGEST_SUBJECT or verb not in SURE or verb.endswith("ing"):
        return None
    if not (words[0].is_capital or words[0].lower in _DETERMINERS) or words[0].lower in _NO_SOURCE:
        return None
    ended = clause.left is not None and _goes_on(clause, clause.left)
    return (first, end) if ended and not _has_verb(words) else None


def _goes_on(clause: Clause, quote: Quote) -> bool:
    """The quote ends with a comma, so that its sentence is not over."""
    inner = clause.paragraph.document.words(quote.inner).rstrip()
    return inner[-1:] in (",", "?", "!", "—", "–")


def _has_verb(words: Sequence[Token]) -> bool:
    """A finite verb that belongs to no relative clause."""
    relative = False
    for before, token in pairwise(words):
        relative = token.lower in ("who", "which", "whose", "that") or (relative and before.text != ",")
        auxiliary = is_finite(token) and not token.lower.endswith("ed")
        if not relative and (auxiliary or (token.lower in SURE and not token.is_capital)):
            return True
    return False


def _bare_source(clause: Clause) -> tuple[int, int] | None:
    """`“We will not sell the park”, says mayor`: in a headline the source has no article, and ends the line."""
    first, end = clause.verb + 1, len(clause.tokens)
    plain = all(token.text.isalpha() for token in clause.tokens[first:end])
    if not plain or not 1 <= end - first <= _LONGEST_BARE_SOURCE or clause.tokens[first].lower in _NO_SOURCE:
        return None
    return (first, end) if clause.tokens[clause.verb].lower in SURE else None


def _only_marks(tokens: Sequence[Token]) -> bool:
    return len(tokens) <= 3 and all(token.text in ",—–-." or token.lower in ("as", "or") for token in tokens)


def _is_speech(clause: Clause, quote: Quote) -> bool:
    """A quote that ends like a sentence or a part of one, or has its comma outside: no name or scare quote."""
    text = clause.paragraph.document.text
    inner = text[quote.inner.start : quote.inner.end].rstrip()
    after = text[quote.span.end : quote.span.end + 2].lstrip()
    return inner[-1:] in ",.?!…—–-" or after[:1] in (",", "—", "–") or len(inner.split()) > 3 or not quote.sure


def _resumed(clause: Clause, end: int) -> tuple[Span, ...]:
    """The quote that goes on right after its cue: `"…," she said. "…"`, unless it has a cue of its own."""
    right, tokens = clause.right, clause.tokens
    if right is None or right.continues:
        return ()
    gap = tokens[end : token_at(tokens, right.span.start)]
    sentence = clause.paragraph.sentence_at(tokens[clause.verb].start)
    text = clause.paragraph.document.text
    at_once = sentence.end <= right.span.start and not text[sentence.end : right.span.start].strip()
    within = right.span.start < sentence.end and len(gap) <= 8 and bool(gap) and gap[-1].text in ",:;—–"
    if not (at_once and len(gap) <= _LONGEST_TAIL) and not within:
        return ()
    if _reports_again(gap) or _has_own_cue(clause.paragraph, right):
        return ()
    return (right.span,)


def _reports_again(gap: Sequence[Token]) -> bool:
    """A second cue before the next quote: `…, she said, adding: "…"`."""
    return any(token.lower in DIRECT and is_verb(gap, number) for number, token in enumerate(gap))


def _has_own_cue(paragraph: Paragraph, quote: Quote) -> bool:
    """Whether the words right after a quote report it: `"…," added Smith`."""
    first = token_at(paragraph.tokens, quote.span.end)
    following = paragraph.tokens[first : first + 8]
    end = paragraph.sentence_at(quote.span.start).end
    for number, token in enumerate(following):
        if token.start >= end or paragraph.quote_at(token.start) is not None:
            return False
        if token.lower in DIRECT:
            return number > 0 or len(following) > 1
    return False


def quote_after(clause: Clause) -> Attribution | None:
    """`Kukhta said: "…"`, `He told the BBC that it was "…"`: only the addressee stands between."""
    if clause.right is None:
        return None
    subject = subject_before(clause.tokens, clause.first, clause.floor)
    between = clause.tokens[clause.verb + 1 : clause.ceiling]
    if (
        subject is None
        or len(between) > _LONGEST_ADDRESSEE
        or token_at(clause.tokens, clause.right.span.start) != clause.ceiling
    ):
        return None
    if clause.tokens[clause.verb].lower in _NAMING:
        ended = any(token.text in ".?!;" for token in between)
        named = () if ended else _naming(clause, subject[0])
        return attribution_of(clause, named, subject, "quote after cue") if named else None
    if between and between[-1].text not in ",:" and between[-1].lower != "that":
        return None
    if _names_a_work(clause, between) or _reports_again(between):
        return None
    sentence = clause.paragraph.sentence_at(clause.tokens[clause.verb].start)
    content = _to_the_end(clause, clause.right, sentence)
    if between and between[-1].lower == "that":
        content = Span(between[-1].start, content.end)
    return attribution_of(clause, (content,), subject, "quote after cue")


def _names_a_work(clause: Clause, between: Sequence[Token]) -> bool:
    """`have written a song about it, 'Up to the Knees'`: a work was named, and its title follows."""
    assert clause.right is not None
    inner = clause.paragraph.document.words(clause.right.inner)
    written = clause.tokens[clause.verb].lower in _WRITING and bool(between) and between[0].lower in _DETERMINERS
    return written and between[-1].text == "," and is_title(inner)


def quote_after_participle(clause: Clause) -> Attribution | None:
    """`…, adding, "…"` and `… and added: "…"`: the source is that of the cue before, and is left open here."""
    tokens, verb = clause.tokens, clause.verb
    if clause.right is None or verb == 0 or token_at(tokens, clause.right.span.start) != clause.ceiling:
        return None
    between, before = tokens[verb + 1 : clause.ceiling], tokens[clause.first - 1]
    participle = tokens[verb].lower.endswith("ing") and before.text in ",”\"’'—–"
    shared = before.lower in _JOINING and tokens[verb].lower.endswith("ed")
    if not (participle or shared or (before.lower in _JOINING and tokens[verb].lower == "told")):
        return None
    if not _leads_on(tokens[verb], between):
        return None
    if tokens[verb].lower not in SURE:
        return None
    content = _to_the_end(clause, clause.right, clause.paragraph.sentence_at(tokens[verb].start))
    cue = span_of(tokens, clause.first, verb + 1)
    return Attribution((content,), cue, None, SCORES["quote after cue"], "quote after cue")


def _leads_on(verb: Token, between: Sequence[Token]) -> bool:
    """A comma or colon, or nothing; and behind `told` who was told."""
    if len(between) <= 1:
        return not between or between[0].text in ",:"
    hearer = between[:-1]
    told = verb.lower == "told" and len(hearer) <= _LONGEST_HEARER and not any(token.is_mark for token in hearer)
    return told and between[-1].text in ",:"


def _naming(clause: Clause, subject: int) -> tuple[Span, ...]:
    """`called them "crazy Belarusian citizens"`: what is named and the name given. `A unit called "Pahonia"` is a
    name that nobody gives; `what he called a "farce"` is his."""
    right, between = clause.right, clause.tokens[clause.verb + 1 : clause.ceiling]
    assert right is not None
    if any(token.lower not in ("as", "a", "an", "the", ":") for token in between):
        return (Span(clause.tokens[clause.verb + 1].start, right.span.end),)
    before = clause.tokens[subject - 1].lower if subject > 0 else ""
    return (right.span,) if before in ("what", "which", "that", "whom") else ()


def _to_the_end(clause: Clause, quote: Quote, sentence: Span) -> Span:
    text = clause.paragraph.document.text
    complete = text[quote.inner.start : quote.inner.end].rstrip()[-1:] in ".?!…"
    return quote.span if complete or sentence.end <= quote.span.end else trimmed(text, quote.span.start, sentence.end)
