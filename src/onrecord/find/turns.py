"""Speech whose speaker is set beside it by typography: `Name: …`, `Q:` / `A:`, transcripts, and `“…” – Name`.

Finds labels and the words that are their turn. Who "Q" or "MR. SMITH" is, is for `onrecord.resolve.speakers` to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.quotes import Quote
from onrecord.record import STORY_KINDS, Document, Span

SCORE: Final = 0.95
_LABEL: Final = re.compile(
    r"(?P<label>(?:[QA](?:\s?\d{1,2})?(?=[:.]\s))|(?:[A-Z][\w.’'-]*|@\w+)(?:\s+(?:[A-Z][\w.’'-]*|of|the|de|van|von|for|and|al|bin|\([^)\n]{1,40}\))){0,5})"
    r"(?P<mark>:|(?<=\bQ)\.|(?<=\bA)\.)\s+(?=\S)"
)
#: Labels that open a paragraph of other things than speech.
_NO_SPEAKER: Final = frozenset(
    """note notes editor's update updated correction corrections clarification photo photos image video watch read
    related more source sources credit opinion analysis exclusive breaking live explainer factbox key location date
    time when where what who why how price tickets email phone tel contact website twitter facebook follow listen
    share topics tags filed category by from to subject re warning disclaimer summary background highlights results
    transcript score scores full text caption sports news world politics business weather here""".split()
)
#: What may stand before a label: a bullet, the mark of a quoted transcript, `From`.
_BEGINS: Final = re.compile(r"(?:[•*·▪–—-]\s+)?(?P<mark>[\"“”]|''|``)?(?P<by>From\s+)?")
_DASHED: Final = re.compile(
    r"\s*(?P<dash>[–—―]|--?)\s*(?P<name>@\w+|[A-Z][\w.’'-]*(?:[^\S\n]+(?:[A-Z][\w.’'-]*|of|the|de|van|von|al|bin|der|la)){0,6})"
    r"(?P<rest>[^\n]{0,120})"
)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A labelled paragraph: the label, the mark that ends it, and the words after it."""

    block: int
    label: Span
    mark: Span
    words: Span


def find_turns(document: Document, quotes: Sequence[Quote]) -> tuple[Attribution, ...]:
    """The turns of interviews and transcripts and the quotes signed with a dash, in text order."""
    found = [*_labelled(document, quotes), *_dashed(document, quotes)]
    return tuple(sorted(found, key=lambda attribution: attribution.content))


def _labelled(document: Document, quotes: Sequence[Quote]) -> Iterator[Attribution]:
    blocks = [block.span for block in document.blocks if block.kind in STORY_KINDS]
    turns = [turn for number, block in enumerate(blocks) if (turn := _turn(document, number, block))]
    starts = {quote.span.start for quote in quotes}
    spoken = _is_transcript(document, turns)
    for place, turn in enumerate(turns):
        if spoken:
            following = turns[place + 1].block if place + 1 < len(turns) else turn.block + 1
            words = (turn.words, *blocks[turn.block + 1 : following])
            yield Attribution(words, turn.mark, turn.label, SCORE, "turn", turn=True)
        elif turn.words.start in starts:
            yield Attribution((turn.words,), turn.mark, turn.label, SCORE, "turn")


def _turn(document: Document, number: int, block: Span) -> _Turn | None:
    begins = _BEGINS.match(document.text, block.start, block.end)
    assert begins is not None  # the pattern matches nothing at all, too
    match = _LABEL.match(document.text, begins.end(), block.end)
    if match is None or match.end() >= block.end:
        return None
    first = re.split(r"[\s.:]", match["label"].lower().replace("’", "'"))[0]
    if first in _NO_SPEAKER and not begins["by"]:
        return None
    label, mark = Span(match.start("label"), match.end("label")), Span(match.start("mark"), match.end("mark"))
    return _Turn(number, label, mark, Span(match.end(), _words_end(document.text, match.end(), block.end, begins)))


def _words_end(text: str, start: int, end: int, begins: re.Match[str]) -> int:
    """The end of a turn, without the closer of a quoted transcript."""
    closed = begins["mark"] and text[end - 1] in '"”' and not re.search(r"[\"“]", text[start : end - 1])
    return end - 1 if closed and end - 1 > start else end


def _is_transcript(document: Document, turns: Sequence[_Turn]) -> bool:
    """Several labels, some of which come again: a lone `Berlin: …` or a list of rubrics is no interview."""
    names = Counter(document.words(turn.label).lower().rstrip(" 0123456789") for turn in turns)
    if {"q", "a"} <= names.keys() or _is_exchange(document, turns):
        return True
    return len(turns) >= 4 and len(names) >= 2 and len([name for name, times in names.items() if times > 1]) >= 2


def _is_exchange(document: Document, turns: Sequence[_Turn]) -> bool:
    """`Chronicle: What next?` and below it `Salo: Nothing.`: a question with its answer."""
    return any(
        left.block + 1 == right.block
        and document.words(left.words).rstrip().endswith("?")
        and document.words(left.label) != document.words(right.label)
        for left, right in pairwise(turns)
    )


def _dashed(document: Document, quotes: Sequence[Quote]) -> Iterator[Attribution]:
    text = document.text
    blocks = [block.span for block in document.blocks if block.kind in STORY_KINDS]
    for number, block in enumerate(blocks):
        inside = [quote for quote in quotes if quote.depth == 1 and block.covers(quote.span)]
        if not inside:
            continue
        quote = inside[-1]
        if len(quote.inner) < 12:
            continue
        match = _DASHED.fullmatch(text, quote.span.end, block.end)
        if match is None and not text[quote.span.end : block.end].strip(" .") and number + 1 < len(blocks):
            match = _DASHED.fullmatch(text, blocks[number + 1].start, blocks[number + 1].end)
        if match and _is_signature(match["rest"]):
            dash = Span(*match.span("dash"))
            name = Span(match.start("name"), match.start("name") + len(match["name"] + match["rest"].rstrip(" .")))
            yield Attribution((quote.span,), dash, name, SCORE, "dash")


def _is_signature(rest: str) -> bool:
    """After the signer's name nothing, or a comma and who that is; no sentence that goes on."""
    rest = rest.strip().rstrip(".")
    return not rest or (rest[0] in ",(" and len(rest.split()) <= 14 and ". " not in rest)
