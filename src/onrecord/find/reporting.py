"""Reported speech by its shape: a sure reporting verb, its subject, and the words beside it.

    "…," said Kukhta.   "…," she said. "…"   He said: "…"   He said that …   …, he said.   According to X, …

Works without a model, from quoted regions and the cue lexicon alone. It is meant to be right where it speaks and
silent elsewhere: the model finds the thousand other ways to report. Decides nothing about who the source is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import (
    Token,
    cue_start,
    span_of,
    subject_after,
    subject_before,
    token_at,
    tokens_of,
)
from onrecord.find.cues import DIRECT, SURE
from onrecord.find.quotes import Quote
from onrecord.record import STORY_KINDS, Document, Span

#: Precision of each shape on PolNeAR's training part, content overlapping: see benchmarks/statements.py.
SCORES: Final = {
    "quote before cue": 0.97,
    "quote after cue": 0.93,
    "according to": 0.9,
    "clause before cue": 0.85,
    "clause after cue": 0.8,
}
_CLAUSE_VERBS: Final = frozenset(
    """say says said claim claims claimed argue argues argued believe believes believed think thinks thought insist
    insists insisted note notes noted add adds added warn warns warned admit admits admitted acknowledge acknowledges
    acknowledged suggest suggests suggested announce announces announced explain explains explained deny denies denied
    hope hopes hoped predict predicts predicted allege alleges alleged maintain maintains maintained contend contends
    contended report reports reported state states stated declare declares declared assert asserts asserted estimate
    estimates estimated confirm confirms confirmed conclude concludes concluded saying adding arguing claiming insisting
    promise promises promised vow vows vowed pledge pledges pledged""".split()
)
_TELLING: Final = frozenset("tell tells told telling remind reminded reminds warn warned warns".split())
_NAMING: Final = frozenset(
    """call calls called calling describe describes described describing dub dubbed label labeled labelled brand
    branded""".split()
)
_CLAUSE_STARTS: Final = frozenset(
    "that it he she they we i there this these those his her their its our my the a an no if some many most".split()
)
_STATES: Final = frozenset(
    "certain sure convinced confident afraid worried hopeful adamant sceptical skeptical".split()
)
_BE: Final = frozenset("is are was were be 's".split())
_SELF: Final = frozenset("i we you me us it that this which what who they".split())
_SAYING: Final = frozenset("say says said told tell tells claim claims claimed believe believes think thinks".split())
_SHORTEST_WITH_REPORT: Final = 40
_ENDS: Final = frozenset(".?!")
_LONGEST_ADDRESSEE: Final = 12
#: Cues of one sentence that are looked at; a sentence with more is no sentence.
_MOST_CUES: Final = 20


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block as tokens, with the outermost quotes in it and its sentences."""

    document: Document
    span: Span
    tokens: tuple[Token, ...]
    quotes: tuple[Quote, ...]
    sentences: tuple[Span, ...]

    def quote_at(self, place: int) -> Quote | None:
        """The quote that a place in the text lies in."""
        return _quote_at(self.quotes, place)


def _quote_at(quotes: Sequence[Quote], place: int) -> Quote | None:
    number = bisect_right(quotes, place, key=lambda quote: quote.span.start) - 1
    return quotes[number] if number >= 0 and place < quotes[number].span.end else None


def paragraphs_of(document: Document, quotes: Sequence[Quote]) -> tuple[Paragraph, ...]:
    """The story's blocks, each with its own outermost quotes."""
    outer = [quote for quote in quotes if quote.depth == 1]
    blocks = [block.span for block in document.blocks if block.kind in STORY_KINDS]
    return tuple(_paragraph(document, span, outer) for span in blocks)


def _paragraph(document: Document, span: Span, outer: Sequence[Quote]) -> Paragraph:
    first = bisect_right(outer, span.start - 1, key=lambda quote: quote.span.start)
    end = bisect_right(outer, span.end - 1, key=lambda quote: quote.span.start)
    tokens, quotes = tokens_of(document.text, span), tuple(outer[first:end])
    return Paragraph(document, span, tokens, quotes, tuple(_sentences(document, tokens, quotes)))


def find_reported(paragraph: Paragraph) -> tuple[Attribution, ...]:
    """The attributions of one paragraph whose shape leaves no doubt; at most one for each cue."""
    found: list[Attribution] = []
    cues: Counter[Span] = Counter()
    for verb, token in enumerate(paragraph.tokens):
        if token.lower in SURE or token.lower in DIRECT or token.lower == "according" or _is_state(paragraph, verb):
            sentence = _sentence(paragraph, token.start)
            cues[sentence] += 1
            if cues[sentence] <= _MOST_CUES:
                found.extend(_at_cue(paragraph, verb))
    return _cut_short(found, paragraph)


def find_within_quotes(paragraph: Paragraph) -> tuple[Attribution, ...]:
    """What a quoted speaker reports of others: `“… many people say they've not eaten for days.”`"""
    found: list[Attribution] = []
    for quote in paragraph.quotes:
        if len(quote.inner) > _SHORTEST_WITH_REPORT:
            tokens = tokens_of(paragraph.document.text, quote.inner)
            inner = Paragraph(
                paragraph.document, quote.inner, tokens, (), tuple(_sentences(paragraph.document, tokens, ()))
            )
            found += (one for one in find_reported(inner) if _is_of_others(one, paragraph.document))
    return tuple(found)


def _is_of_others(one: Attribution, document: Document) -> bool:
    source = "" if one.source is None else document.words(one.source).lower()
    said = one.cue is not None and document.words(one.cue).lower().split()[-1] in _SAYING
    return bool(source) and source not in _SELF and said and source.split()[0] not in ("you", "i", "we")


def _is_state(paragraph: Paragraph, number: int) -> bool:
    """`are certain that …`: an adjective of belief after a form of be."""
    tokens = paragraph.tokens
    return number > 0 and tokens[number].lower in _STATES and tokens[number - 1].lower in _BE


def _cut_short(found: Sequence[Attribution], paragraph: Paragraph) -> tuple[Attribution, ...]:
    """`Police said A, but Kukhta says B`: the first clause ends where the second report begins."""
    cuts = [_conjunction_before(one.source.start, paragraph) for one in found if one.source]
    places = sorted(place for place in cuts if place is not None)
    return tuple(_cut(one, places, paragraph) for one in found)


def _conjunction_before(place: int, paragraph: Paragraph) -> int | None:
    """Where a clause before a subject ends: the comma of `, but Kukhta`."""
    number = token_at(paragraph.tokens, place)
    if number < 2 or paragraph.tokens[number - 1].lower not in ("but", "and", "while", "though", "although", "yet"):
        return None
    comma = paragraph.tokens[number - 2]
    return comma.start if comma.text in ",;" else None


def _cut(one: Attribution, places: Sequence[int], paragraph: Paragraph) -> Attribution:
    last = one.content[-1]
    within = [place for place in places if last.start + 8 < place < last.end]
    if one.rule != "clause after cue" or not within:
        return one
    return replace(one, content=(*one.content[:-1], _trimmed(paragraph.document.text, last.start, within[0])))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A cue with the bounds of its clause, all as token numbers: nothing outside `floor`-`ceiling` is its own."""

    paragraph: Paragraph
    verb: int
    first: int
    floor: int
    ceiling: int
    left: Quote | None
    right: Quote | None

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.paragraph.tokens


def _at_cue(paragraph: Paragraph, verb: int) -> Iterator[Attribution]:
    if paragraph.quote_at(paragraph.tokens[verb].start) is not None:
        return
    clause = _clause(paragraph, verb)
    if paragraph.tokens[verb].lower == "according":
        yield from _according(clause)
        return
    for shape in (_quote_before, _quote_after, _clause_before, _clause_after):
        attribution = shape(clause)
        if attribution is not None:
            yield attribution
            return


def _clause(paragraph: Paragraph, verb: int) -> _Clause:
    place = paragraph.tokens[verb].start
    sentence = _sentence(paragraph, place)
    left = max(
        (quote for quote in paragraph.quotes if quote.span.end <= place), key=lambda quote: quote.span.end, default=None
    )
    right = min(
        (quote for quote in paragraph.quotes if quote.span.start > place),
        key=lambda quote: quote.span.start,
        default=None,
    )
    floor = max(sentence.start, left.span.end if left else 0)
    ceiling = min(sentence.end, right.span.start if right else sentence.end)
    first_token = token_at(paragraph.tokens, floor)
    return _Clause(
        paragraph,
        verb,
        cue_start(paragraph.tokens, verb, first_token),
        first_token,
        token_at(paragraph.tokens, ceiling),
        left if left and floor == left.span.end else None,
        right,
    )


def _sentence(paragraph: Paragraph, place: int) -> Span:
    """The sentence around a place outside quotes."""
    number = bisect_right(paragraph.sentences, place, key=lambda span: span.start) - 1
    return paragraph.sentences[max(number, 0)]


def _sentences(document: Document, tokens: Sequence[Token], quotes: Sequence[Quote]) -> Iterator[Span]:
    """Sentences that do not end inside a quote, as those of a Document may; `;` ends one too."""
    first = 0
    for number in range(len(tokens)):
        if number == len(tokens) - 1 or _ends_sentence(document, tokens, number, quotes):
            yield Span(tokens[first].start, tokens[number].end)
            first = number + 1


def _ends_sentence(document: Document, tokens: Sequence[Token], number: int, quotes: Sequence[Quote]) -> bool:
    token = tokens[number]
    quote = _quote_at(quotes, token.start)
    if quote is not None:
        return token.end == quote.span.end and tokens[number - 1].text == "." and tokens[number + 1].is_capital
    if token.text not in _ENDS and token.text != ";":
        return False
    return token.text == ";" or _starts_sentence(document, token, tokens[number + 1])


def _starts_sentence(document: Document, mark: Token, following: Token) -> bool:
    starts = document.sentences
    place = bisect_right(starts, following.start, key=lambda span: span.start) - 1
    return place >= 0 and starts[place].start >= mark.end and following.start - starts[place].start <= 2


def _quote_before(clause: _Clause) -> Attribution | None:
    """`"…," said Kukhta` and `"…," she said`: the quote ends where the clause begins."""
    if clause.left is None:
        return None
    subject = subject_before(clause.tokens, clause.first, clause.floor)
    start = subject[0] if subject else clause.first
    if not _only_marks(clause.tokens[clause.floor : start]):
        return None
    if subject is None:
        subject = subject_after(clause.tokens, clause.verb + 1, clause.ceiling)
    if subject is None or not _is_speech(clause, clause.left):
        return None
    content = (clause.left.span, *_resumed(clause, max(subject[1], clause.verb + 1)))
    return _attribution(clause, content, subject, "quote before cue")


def _only_marks(tokens: Sequence[Token]) -> bool:
    return len(tokens) <= 2 and all(token.text in ",—–-." for token in tokens)


def _is_speech(clause: _Clause, quote: Quote) -> bool:
    """A quote that ends like a sentence or a part of one, or has its comma outside: no name or scare quote."""
    text = clause.paragraph.document.text
    inner = text[quote.inner.start : quote.inner.end].rstrip()
    after = text[quote.span.end : quote.span.end + 2].lstrip()
    return inner[-1:] in ",.?!…—–-" or after[:1] in (",", "—", "–") or len(inner.split()) > 3 or not quote.sure


def _resumed(clause: _Clause, end: int) -> tuple[Span, ...]:
    """The quote that goes on right after its cue: `"…," she said. "…"`, unless it has a cue of its own."""
    right, tokens = clause.right, clause.tokens
    if right is None or right.continues:
        return ()
    gap = tokens[end : token_at(tokens, right.span.start)]
    sentence = _sentence(clause.paragraph, tokens[clause.verb].start)
    text = clause.paragraph.document.text
    at_once = sentence.end <= right.span.start and not text[sentence.end : right.span.start].strip()
    within = right.span.start < sentence.end and len(gap) <= 8 and bool(gap) and gap[-1].text in ",:;—–"
    if not (at_once and len(gap) <= 14) and not within:
        return ()
    return () if _has_own_cue(clause.paragraph, right) else (right.span,)


def _has_own_cue(paragraph: Paragraph, quote: Quote) -> bool:
    """Whether the words right after a quote report it: `"…," added Smith`."""
    first = token_at(paragraph.tokens, quote.span.end)
    following = paragraph.tokens[first : first + 8]
    end = _sentence(paragraph, quote.span.start).end
    for number, token in enumerate(following):
        if token.start >= end or paragraph.quote_at(token.start) is not None:
            return False
        if token.lower in DIRECT:
            return number > 0 or len(following) > 1
    return False


def _quote_after(clause: _Clause) -> Attribution | None:
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
        named = _naming(clause, subject[0])
        return _attribution(clause, named, subject, "quote after cue") if named else None
    if between and between[-1].text not in ",:" and between[-1].lower != "that":
        return None
    sentence = _sentence(clause.paragraph, clause.tokens[clause.verb].start)
    content = _to_the_end(clause, clause.right, sentence)
    if between and between[-1].lower == "that":
        content = Span(between[-1].start, content.end)
    return _attribution(clause, (content,), subject, "quote after cue")


def _naming(clause: _Clause, subject: int) -> tuple[Span, ...]:
    """`called them "crazy Belarusian citizens"`: what is named and the name given. `A unit called "Pahonia"` is a
    name that nobody gives; `what he called a "farce"` is his."""
    right, between = clause.right, clause.tokens[clause.verb + 1 : clause.ceiling]
    assert right is not None
    if any(token.lower not in ("as", "a", "an", "the", ":") for token in between):
        return (Span(clause.tokens[clause.verb + 1].start, right.span.end),)
    before = clause.tokens[subject - 1].lower if subject > 0 else ""
    return (right.span,) if before in ("what", "which", "that", "whom") else ()


def _to_the_end(clause: _Clause, quote: Quote, sentence: Span) -> Span:
    text = clause.paragraph.document.text
    complete = text[quote.inner.start : quote.inner.end].rstrip()[-1:] in ".?!…"
    return quote.span if complete or sentence.end <= quote.span.end else _trimmed(text, quote.span.start, sentence.end)


def _clause_before(clause: _Clause) -> Attribution | None:
    """`The unit is ready, he said.` and `…, said Kukhta.`: the comma parts the words from their report."""
    tokens = clause.tokens
    if tokens[clause.verb].lower not in _CLAUSE_VERBS or tokens[clause.verb].lower.endswith("ing"):
        return None
    subject = subject_before(tokens, clause.first, clause.floor)
    start = subject[0] if subject else clause.first
    if start <= clause.floor + 2 or tokens[start - 1].text != ",":
        return None
    subject = subject or subject_after(tokens, clause.verb + 1, clause.ceiling)
    rest = max(clause.verb + 1, subject[1] if subject else 0)
    if subject is None or not _ends_soon(tokens[rest : clause.ceiling]):
        return None
    content = (Span(tokens[_sentence_first(clause)].start, tokens[start - 2].end), *_after_insertion(clause, rest))
    return _attribution(clause, content, subject, "clause before cue")


def _after_insertion(clause: _Clause, rest: int) -> tuple[Span, ...]:
    """`Weakening Putin, volunteers say, would weaken Lukashenko`: the clause goes on after the second comma."""
    tokens, sentence = clause.tokens, _sentence(clause.paragraph, clause.tokens[clause.verb].start)
    if rest + 2 >= len(tokens) or tokens[rest].text != "," or tokens[rest + 1].start >= sentence.end:
        return ()
    if tokens[rest + 1].lower.endswith("ing") or tokens[rest + 1].lower in ("a", "an", "who", "the", "which", "citing"):
        return ()
    span = _trimmed(clause.paragraph.document.text, tokens[rest + 1].start, sentence.end)
    return (span,) if len(clause.paragraph.document.words(span).split()) >= 3 else ()


def _sentence_first(clause: _Clause) -> int:
    sentence = _sentence(clause.paragraph, clause.tokens[clause.verb].start)
    return token_at(clause.tokens, sentence.start)


def _ends_soon(rest: Sequence[Token]) -> bool:
    return (
        not rest
        or rest[0].text in ".,;"
        or (
            len(rest) < 12
            and rest[0].lower
            in (
                "in",
                "on",
                "at",
                "during",
                "after",
                "this",
                "last",
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
            )
        )
    )


def _clause_after(clause: _Clause) -> Attribution | None:
    """`Police said there was no evidence`: the clause runs to the end of the sentence."""
    tokens, verb = clause.tokens, clause.verb
    subject = subject_before(tokens, clause.first, clause.floor)
    if subject is None:
        return None
    first = _clause_first(clause)
    sentence = _sentence(clause.paragraph, tokens[verb].start)
    if first is None or tokens[first].start >= sentence.end:
        return None
    content = _trimmed(clause.paragraph.document.text, tokens[first].start, _content_end(clause, first, sentence))
    return _attribution(clause, (content,), subject, "clause after cue")


def _clause_first(clause: _Clause) -> int | None:
    """The token with which the reported clause begins: after `that`, or at once where the verb takes a bare clause."""
    tokens, verb = clause.tokens, clause.verb
    reach = tokens[verb + 1 : verb + 2 + _LONGEST_ADDRESSEE]
    lower = tokens[verb].lower
    bare = (
        (lower in _CLAUSE_VERBS or lower in _STATES)
        and reach
        and (reach[0].lower in _CLAUSE_STARTS or reach[0].is_capital)
    )
    if bare and lower not in _TELLING:
        return verb + 1
    for number, token in enumerate(reach):
        if token.text in _ENDS:
            return None
        if token.lower == "that" and (lower in _TELLING or lower in _CLAUSE_VERBS or number == 0):
            return verb + 1 + number
    return None


def _content_end(clause: _Clause, first: int, sentence: Span) -> int:
    for number in range(first, len(clause.tokens)):
        token = clause.tokens[number]
        if token.start >= sentence.end:
            break
        if token.lower == "according" and clause.tokens[number - 1].text == ",":
            return clause.tokens[number - 2].end
    return sentence.end


def _according(clause: _Clause) -> Iterator[Attribution]:
    tokens, verb = clause.tokens, clause.verb
    if verb + 2 >= len(tokens) or tokens[verb + 1].lower != "to":
        return
    subject = subject_after(tokens, verb + 2, len(tokens)) or _plain_source(tokens, verb + 2)
    if subject is None:
        return
    sentence = _sentence(clause.paragraph, tokens[verb].start)
    content = _according_content(clause, subject[1], sentence)
    if content is not None:
        cue = span_of(tokens, verb, verb + 2)
        yield Attribution((content,), cue, span_of(tokens, *subject), SCORES["according to"], "according to")


def _plain_source(tokens: Sequence[Token], first: int) -> tuple[int, int] | None:
    """`according to court papers`: a source that begins with a plain word."""
    end = first
    while (
        end < len(tokens)
        and end - first < 10
        and not tokens[end].is_mark
        and tokens[end].lower not in ("which", "who", "that")
    ):
        end += 1
    return (first, end) if end > first else None


def _according_content(clause: _Clause, after: int, sentence: Span) -> Span | None:
    tokens, text = clause.tokens, clause.paragraph.document.text
    lead = [token for token in tokens[token_at(tokens, sentence.start) : clause.verb] if not token.is_mark]
    if len(lead) >= 3:
        return _trimmed(text, sentence.start, tokens[clause.verb - 1].end)
    comma = next((n for n in range(after, min(after + 25, len(tokens))) if tokens[n].text == ","), None)
    if comma is None or comma + 1 >= len(tokens) or tokens[comma + 1].start >= sentence.end:
        return None
    return _trimmed(text, tokens[comma + 1].start, sentence.end)


def _attribution(clause: _Clause, content: tuple[Span, ...], subject: tuple[int, int], rule: str) -> Attribution | None:
    tokens = clause.tokens
    source = span_of(tokens, *subject)
    if (
        tokens[subject[0]].lower in ("it", "who", "one")
        and rule == "clause after cue"
        and tokens[subject[0]].lower != "who"
    ):
        return None
    cue = span_of(tokens, clause.first if subject[0] < clause.verb else clause.verb, clause.verb + 1)
    return Attribution(content, cue, source, SCORES[rule], rule)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without blanks at its ends and without the full stop or comma that ends the reporter's sentence."""
    while start < end - 1 and (text[start].isspace() or text[start] in ",;—–"):
        start += 1
    while end > start + 1 and (text[end - 1].isspace() or text[end - 1] in ".,;—–"):
        end -= 1
    return Span(start, end)
