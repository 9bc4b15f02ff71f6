"""Quotes that no cue reports: whose turn they carry on, and which of them are no speech at all.

A quoted sentence that follows a statement with nothing between belongs to it, in the next paragraph too; one that
stands on its own becomes a statement without cue and source (`onrecord.resolve.speakers` looks whose it is). Names,
titles, terms and scare quotes are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from onrecord.find.attributions import Attribution, overlap
from onrecord.find.clauses import Token, span_of, subject_before, token_at
from onrecord.find.cues import leads_in_nothing, read_cue
from onrecord.find.paragraphs import Paragraph
from onrecord.find.quotes import Quote, ends_a_sentence, is_title
from onrecord.find.shelves import Shelves
from onrecord.find.story import Attributions, Story
from onrecord.record import Span

#: How far a cueless quoted sentence is trusted before `onrecord.find.confidence` weighs it.
SCORE: Final = 0.8
_FEWEST_WORDS: Final = 3
#: Behind a comma stands many a title and term; a sentence of so many words is speech: `Jobs left this farewell, “…”`.
_FEWEST_LED_IN: Final = 6
#: Words of the reporting sentence behind a cue after which the quotation still goes on.
_LONGEST_TAIL: Final = 40
_DASHES: Final = frozenset("– — ― - --".split())
#: `“I could have.” Those were the words of Agnes Moe`: whose words a quotation is, is told behind it.
_POINTS_BACK: Final = re.compile(
    r"\s+(?:(?:That|This|So|Such) (?:is|was) (?:how|the \w+ of)"
    r"|(?:Those|These) (?:are|were) the (?:\w+ )?words of|So (?:said|says))\s"
)
_BLANK_BETWEEN: Final = re.compile(r"[\s\[\](){}*·•—–-]*")


def take_loose_quotes(attributions: Attributions, story: Story) -> Attributions:
    """Attributions with every loose quoted sentence joined to the one before, or made one of its own."""
    taken = _given_back([one for one in attributions if not _is_loose(one, story)], story)
    shelves = Shelves(taken)
    for quote in story.outer():
        if _is_taken(quote, shelves.near((quote.span,))) or not _is_speech(quote, story):
            continue
        holder = _run_into(quote, taken, story)
        before = _carried_on(quote, taken, story) if holder is None else None
        if holder is not None:
            longer = taken[holder] = replace(taken[holder], content=(quote.span, *taken[holder].content))
        elif before is not None:
            longer = taken[before] = replace(taken[before], content=(*taken[before].content, quote.span))
        else:
            longer = _loose(quote, story)
            taken.append(longer)
            taken.sort(key=lambda attribution: attribution.content)
        shelves.put(longer)
    return tuple(taken)


def _is_loose(one: Attribution, story: Story) -> bool:
    """A whole quote that nothing reports, found by the model: it is looked at again, in its place among the others."""
    if one.cue is not None or one.source is not None or one.turn or len(one.content) > 1:
        return False
    return any(quote.span == one.content[0] and _is_speech(quote, story) for quote in story.outer_over(one.content))


def _given_back(taken: Sequence[Attribution], story: Story) -> list[Attribution]:
    """`“…,” she said. “…”` / `Fiona said the sport grows.`: a quotation that carries on what stands before it is not
    of the cue behind it, which has words of its own."""
    kept = list(taken)
    for number, one in enumerate(taken):
        early = _early_quotes(one, story)
        for quote in early:
            others = [other for other in kept if other is not one]
            if _carried_on(quote, others, story) is None:
                break
            one = replace(one, content=tuple(span for span in one.content if span != quote.span))
            kept[number] = one
    return kept


def _early_quotes(one: Attribution, story: Story) -> tuple[Quote, ...]:
    """The whole quotes of a content that stand before the sentence of its cue, where there is content in that, too."""
    paragraph = None if one.cue is None or one.turn else story.paragraph_of(one.cue.start)
    if one.cue is None or paragraph is None or paragraph.quote_at(one.cue.start) or len(one.content) < 2:
        return ()
    sentence = paragraph.sentence_at(one.cue.start)
    if not any(span.overlaps(sentence) for span in one.content):
        return ()
    early = frozenset(span for span in one.content if span.end <= sentence.start)
    return tuple(quote for quote in story.outer() if quote.span in early and quote.closed)


def _is_taken(quote: Quote, taken: Iterable[Attribution]) -> bool:
    return any(2 * overlap(one.content, (quote.span,)) > len(quote.span) for one in taken)


def _is_speech(quote: Quote, story: Story) -> bool:
    """A whole sentence in quotation marks, standing where a sentence may stand."""
    text = story.document.text
    inner = text[quote.inner.start : quote.inner.end].strip()
    paragraph = story.paragraph_of(quote.span.start)
    if paragraph is None or is_title(inner) or not inner:
        return False
    if len(inner.split()) < _FEWEST_WORDS and not _stands_alone(quote, paragraph):
        return False
    starts = _starts_a_sentence(quote, paragraph)
    ends = ends_a_sentence(inner) or not quote.closed or not text[quote.span.end : paragraph.span.end].strip(" .")
    return starts and ends and (inner[0].isupper() or inner[0].isdigit() or inner[0] in "‘'“\"…[(")


def _stands_alone(quote: Quote, paragraph: Paragraph) -> bool:
    """A word or two are speech where they are a paragraph of their own, or where a colon announces them."""
    text = paragraph.document.text
    before = text[paragraph.span.start : quote.span.start].rstrip()
    after = text[quote.span.end : paragraph.span.end].strip(" .")
    finished = text[quote.inner.start : quote.inner.end].rstrip()[-1:] in tuple(".?!…")
    return finished and (before.endswith(":") or (not before and not after))


def _starts_a_sentence(quote: Quote, paragraph: Paragraph) -> bool:
    number = token_at(paragraph.tokens, quote.span.start)
    if number == 0:
        return True
    before = paragraph.tokens[number - 1]
    inner = paragraph.document.words(quote.inner)
    led_in = before.text == "," and ends_a_sentence(inner) and len(inner.split()) >= _FEWEST_LED_IN
    return before.text in ".?!:—–…”\"’'" or before.end == quote.span.start or led_in


def _run_into(quote: Quote, taken: Sequence[Attribution], story: Story) -> int | None:
    """The statement whose quotation carries on, in the next paragraph, the one that is left open here."""
    following = next((other for left, other in pairwise(story.outer()) if left is quote), None)
    if quote.closed or following is None or not following.continues:
        return None
    return next((n for n, one in enumerate(taken) if one.content[0] == following.span and one.cue is not None), None)


def _carried_on(quote: Quote, taken: Sequence[Attribution], story: Story) -> int | None:
    """The statement after which nothing but this quote goes on: `“…,” she said. “…”` and a quoted next paragraph."""
    text = story.document.text
    earlier = [n for n, one in enumerate(taken) if one.reach.end <= quote.span.start and not one.turn]
    if not earlier or _POINTS_BACK.match(text, quote.span.end):
        return None
    nearest = max(earlier, key=lambda n: taken[n].reach.end)
    one = taken[nearest]
    if _is_signed(one, story):
        return None
    quoted = any(other.span.end == one.content[-1].end for other in story.outer()) or _is_told(one, story)
    voices = _is_dialogue(nearest, taken, story) or _asks_another(quote, story)
    if voices and "\n" in text[one.content[-1].end : quote.span.start]:
        return None
    gap = text[one.reach.end : quote.span.start]
    if not quoted or not _nothing_between(gap, one, quote, story):
        return None
    return nearest


def _is_signed(one: Attribution, story: Story) -> bool:
    """`“…” – Jane Doe`: whoever signs has ended."""
    end = one.content[-1].end
    if one.source is None or one.source.start < end:
        return False
    return story.document.text[end : one.source.start].strip() in _DASHES


def _is_told(one: Attribution, story: Story) -> bool:
    """Reported, without marks, to the end of a sentence, and by a cue that neither asks nor tells of silence."""
    words = "" if one.cue is None or one.source is None else story.document.words(one.cue)
    paragraph, end = story.paragraph_of(one.reach.end - 1), one.reach.end
    if not words or leads_in_nothing(words) or _asks_somebody(words) or paragraph is None:
        return False
    return not story.document.text[end : paragraph.sentence_at(end - 1).end].strip(" .;")


def _asks_somebody(cue: str) -> bool:
    """`asked whether …`: another may answer; whoever wonders goes on."""
    return read_cue(cue).mode == "asked" and "wonder" not in cue.lower()


def _is_dialogue(nearest: int, taken: Sequence[Attribution], story: Story) -> bool:
    """Two quoted voices take turns, paragraph by paragraph: the next quote may be anybody's."""
    one = taken[nearest]
    before = next((other for other in reversed(taken[:nearest]) if other.reach.end <= one.reach.start), None)
    if _is_bare(one) and _asks(one, story):
        return True
    if before is None or before.turn:
        return False
    between = story.document.text[before.content[-1].end : one.content[0].start]
    answers = _asks(before, story) and (one.source != before.source or _is_bare(one))
    return answers and between.count("\n\n") == 1


def _is_bare(one: Attribution) -> bool:
    return one.cue is None and one.source is None


def _asks_another(quote: Quote, story: Story) -> bool:
    """`“He’s my brother.”` / `“Does he have the gun?”` / `“In the truck.”`: a question that is a paragraph of its own,
    between closed quotations, is asked by another."""
    outer = story.outer()
    number = bisect_left(outer, quote.span.start, key=lambda each: each.span.start)
    if not 0 < number < len(outer) - 1 or not story.document.words(quote.inner).endswith("?"):
        return False
    before, after = outer[number - 1], outer[number + 1]
    return before.closed and _is_paragraph(quote, story) and _is_paragraph(after, story) and not after.continues


def _is_paragraph(quote: Quote, story: Story) -> bool:
    paragraph = story.paragraph_of(quote.span.start)
    return quote.closed and paragraph is not None and paragraph.span == quote.span


def _asks(one: Attribution, story: Story) -> bool:
    return story.document.words(one.content[-1]).rstrip("”\"’'").endswith("?")


def _nothing_between(gap: str, one: Attribution, quote: Quote, story: Story) -> bool:
    """Only the end of the reporting sentence (`said Kukhta, a recruit.`) and blanks."""
    if "\n" in gap.strip("\n ") or gap.rstrip().endswith(":") or quote.span.start < one.reach.end:
        return False
    paragraph = story.paragraph_of(one.reach.end - 1)
    end = one.reach.end if paragraph is None else paragraph.sentence_at(one.reach.end - 1).end
    tail, rest = gap[: max(end - one.reach.end, 0)], gap[max(end - one.reach.end, 0) :]
    return not _BLANK_BETWEEN.sub("", rest.lstrip(".")) and len(tail.split()) <= _LONGEST_TAIL


def _loose(quote: Quote, story: Story) -> Attribution:
    paragraph = story.paragraph_of(quote.span.start)
    source = _before_colon(quote, paragraph) if paragraph else None
    cue = None
    if source is not None and paragraph is not None:
        colon = paragraph.tokens[token_at(paragraph.tokens, quote.span.start) - 1]
        cue = Span(colon.start, colon.end)
    return Attribution((quote.span,), cue, source, SCORE, "loose quote")


def _before_colon(quote: Quote, paragraph: Paragraph) -> Span | None:
    """`Kukhta was blunt: "…"`: the subject of the words before the colon, when they begin with it."""
    tokens = paragraph.tokens
    number = token_at(tokens, quote.span.start)
    if number < 2 or tokens[number - 1].text != ":":
        return None
    first = _clause_begin(tokens, number - 1)
    for end in range(first + 1, min(first + 10, number)):
        if tokens[end].is_mark or tokens[end].lower == tokens[end].text:
            found = subject_before(tokens, end, first)
            return span_of(tokens, *found) if found and found[0] == first else None
    return None


def _clause_begin(tokens: Sequence[Token], end: int) -> int:
    first = end
    while first > 0 and tokens[first - 1].text not in '.?!;”"':
        first -= 1
    return first
