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
from onrecord.find.cues import SURE
from onrecord.find.quotes import Quote
from onrecord.record import STORY_KINDS, Document, Span

SCORE: Final = 0.95
_LABEL: Final = re.compile(
    r"(?P<label>(?:[QA](?:\s?\d{1,2})?(?=[:.]\s))|(?:Some|Several|An?)\s[Hh]on\.\s[Mm]embers?"
    r"|[A-Z][A-Z.’' -]*[A-Z](?:\s\([^)\n]{1,40}\))?,\s[A-Z][A-Z.,’' -]{2,40}(?=:)"
    r"|(?:[A-Z][\w.’'-]*|@\w+)(?:\s+(?:[A-Z][\w.’'-]*|of|the|de|van|von|for|and|al|bin|\([^)\n]{1,40}\))){0,5}"
    r"(?:,\s[RDI]-[A-Z][\w.]*)?)"
    r"(?P<mark>:|(?<=\bQ)\.|(?<=\bA)\.)\s+(?=\S)"
)
_DESCRIBED: Final = re.compile(
    r"(?P<label>(?:[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){1,3},\s|[A-Z][\w.’'-]*(?:\s[\w.’'-]+){0,3},\s\d{1,2}\b)[^:“”\"\n]{0,60})"
    r"(?P<mark>:)\s+(?=[“\"])"
)
#: Words of a sentence that goes on to a colon, and of no label.
_OF_SENTENCES: Final = SURE | frozenset("is are was were has had have".split())
#: `((Wikinews)) What next?`: the label in brackets.
_BRACKETED: Final = re.compile(r"\(\((?P<label>[A-Z][^()\n]{0,40})\)\):?\s+(?=\S)")
#: `(SOUNDBITE OF MUSIC)`, `[Laughter]`: what is heard between the turns is nobody's words.
_HEARD: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: What a label has behind the name: the seat of a member, what somebody is in the programme.
_BEHIND_NAME: Final = re.compile(r"\s*(?:\([^)]*\)|,.*|\d+)$")
#: Labels that open a paragraph of other things than speech.
_NO_SPEAKER: Final = frozenset(
    """note notes editor's update updated correction corrections clarification photo photos image video watch read
    related more source sources credit opinion analysis exclusive breaking live explainer factbox key location date
    time when where what who why how price tickets email phone tel contact website twitter facebook follow listen
    share topics tags filed category by from to subject re warning disclaimer summary background highlights results
    transcript score scores full text caption sports news world politics business weather here""".split()
)
#: An aside of the reporter: `A spokeswoman, Amy Brand, said in an email that “…”`.
_MARKED: Final = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
_REPORTS: Final = re.compile(r"\b[A-Z][\w’'-]+,?\s(?:has\s)?(?:said|says|told|wrote|added|declined|responded|denied)\b")
_SELF: Final = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s|[Yy]ou|[Yy]our)\b")
#: What may stand before a label: a bullet, the mark of a quoted transcript, `From`.
_BEGINS: Final = re.compile(r"(?:[•*·▪–—-]\s+)?(?P<mark>[\"“”]|''|``)?(?P<by>From\s+)?")
_DASHED: Final = re.compile(
    r"\s*(?P<dash>[–—―]|--?)\s*(?P<name>@\w+|[A-Z][\w.’'-]*(?:[^\S\n]+(?:[A-Z][\w.’'-]*|of|the|de|van|von|al|bin|der|la)){0,6})"
    r"(?P<rest>[^\n]{0,120})"
)

_HANDLE: Final = re.compile(r"\s\(@\w+\)")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A labelled paragraph: the label, the mark that ends it, if it is a cue, and the words after it."""

    block: int
    label: Span
    mark: Span | None
    words: Span


def find_turns(document: Document, quotes: Sequence[Quote]) -> tuple[Attribution, ...]:
    """The turns of interviews and transcripts and the quotes signed with a dash, in text order."""
    found = [*_labelled(document, quotes), *_dashed(document, quotes)]
    return tuple(sorted(found, key=lambda attribution: attribution.content))


def _labelled(document: Document, quotes: Sequence[Quote]) -> Iterator[Attribution]:
    blocks = [block.span for block in document.blocks if block.kind in STORY_KINDS]
    turns = [turn for number, block in enumerate(blocks) if (turn := _turn(document, number, block))]
    headline, turns = _without_headline(document, turns)
    starts = {quote.span.start for quote in quotes}
    spoken = _is_transcript(document, turns)
    if spoken and headline is not None and _comes_again(headline, turns, document):
        yield Attribution((headline.words,), headline.mark, headline.label, SCORE, "turn")
    for place, turn in enumerate(turns):
        if spoken:
            following = turns[place + 1].block if place + 1 < len(turns) else turn.block + 1
            words = (turn.words, *_spoken_on(document, blocks[turn.block + 1 : following]))
            yield Attribution(words, turn.mark, turn.label, SCORE, "turn", turn=True)
        elif turn.words.start in starts:
            yield Attribution((turn.words,), turn.mark, turn.label, SCORE, "turn")


def _spoken_on(document: Document, blocks: Sequence[Span]) -> Iterator[Span]:
    """The paragraphs below a turn, without what is heard, up to one in which the reporter quotes somebody else."""
    for block in blocks:
        words = _MARKED.sub("“”", document.words(block))
        if "“”" in words and _REPORTS.search(words) and not _SELF.search(words):
            return
        if not _HEARD.fullmatch(document.text, block.start, block.end):
            yield block


def _turn(document: Document, number: int, block: Span) -> _Turn | None:
    begins = _BEGINS.match(document.text, block.start, block.end)
    assert begins is not None  # the pattern matches nothing at all, too
    match = (
        _LABEL.match(document.text, begins.end(), block.end)
        or _BRACKETED.match(document.text, block.start, block.end)
        or _described(document.text, block)
    )
    if match is None or match.end() >= block.end:
        return None
    first = re.split(r"[\s.:]", match["label"].lower().replace("’", "'"))[0]
    if first in _NO_SPEAKER and not begins["by"]:
        return None
    label = Span(*match.span("label"))
    mark = Span(*match.span("mark")) if match.re is not _BRACKETED else None
    return _Turn(number, label, mark, Span(match.end(), _words_end(document.text, match.end(), block.end, begins)))


def _without_headline(document: Document, turns: list[_Turn]) -> tuple[_Turn | None, list[_Turn]]:
    """`Salo: We will not sell` above a story, and the turns: it is none of them, unless the next paragraph is one."""
    headline = next((block.span for block in document.blocks if block.kind == "headline"), None)
    first = turns[0] if turns else None
    if first is None or headline is None or not headline.covers(first.label):
        return None, turns
    goes_on = any(turn.block == first.block + 1 for turn in turns)
    return (None, turns) if goes_on else (first, turns[1:])


def _comes_again(headline: _Turn, turns: Sequence[_Turn], document: Document) -> bool:
    return _voice(document.words(headline.label)) in (_voice(document.words(turn.label)) for turn in turns)


def _described(text: str, block: Span) -> re.Match[str] | None:
    """`Marisela Duarte, 34, Fresno: “…”`: a name with what is told of it, and a paragraph in marks behind the colon."""
    match = _DESCRIBED.match(text, block.start, block.end)
    return match if match is not None and _OF_SENTENCES.isdisjoint(match["label"].lower().split()) else None


def _words_end(text: str, start: int, end: int, begins: re.Match[str]) -> int:
    """The end of a turn, without the closer of a quoted transcript."""
    closed = begins["mark"] and text[end - 1] in '"”' and not re.search(r"[\"“]", text[start : end - 1])
    return end - 1 if closed and end - 1 > start else end


def _is_transcript(document: Document, turns: Sequence[_Turn]) -> bool:
    """Several labels, some of which come again: a lone `Berlin: …` or a list of rubrics is no interview."""
    names = Counter(_voice(document.words(turn.label)) for turn in turns)
    if {"q", "a"} <= names.keys() or _is_exchange(document, turns):
        return True
    return len(turns) >= 4 and len(names) >= 2 and len([name for name, times in names.items() if times > 1]) >= 2


def _voice(label: str) -> str:
    """The last word of a label's name: `DAN AMSEL, BYLINE` and `AMSEL`, `Ms. Ann Bely (Gull Bay)` and `Ms. Bely`."""
    bare = _BEHIND_NAME.sub("", label.lower())
    return bare.split()[-1] if bare.split() else label.lower()


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
            name = Span(match.start("name"), match.end("name") + _told_of(match["rest"]))
            yield Attribution((quote.span,), dash, name, SCORE, "dash")


def _told_of(rest: str) -> int:
    """The length of what a signature says of the signer; the day of a post behind the handle does not belong to it."""
    handle = _HANDLE.match(rest)
    return handle.end() if handle is not None else len(rest.rstrip(" ."))


def _is_signature(rest: str) -> bool:
    """After the signer's name nothing, or a comma and who that is; no sentence that goes on."""
    rest = rest.strip().rstrip(".")
    return not rest or (rest[0] in ",(" and len(rest.split()) <= 14 and ". " not in rest)
