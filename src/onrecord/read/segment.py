"""Sentences: an ordered list of small rules that look at each place where a sentence might end.

A candidate is a run of `. ! ? …` (or the like), with its closing quotes, brackets and footnote marks, before a space or
the end of the block. The rules are asked in order; the first that answers decides. `explain` shows which rule decided
each candidate. Sentences never cross blocks, and a quotation of several sentences is several sentences. English only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from onrecord.record import Block, Span

from .abbreviations import (
    BEFORE_NAME,
    BEFORE_NUMBER,
    BORN_AND_DIED,
    EITHER,
    EXCLAIMING_NAMES,
    MONTHS,
    NEVER_FINAL,
    SPEECH_VERBS,
    STARTERS,
    TIME_OF_DAY,
    ZONES_AND_DAYS,
)

#: Blocks of these kinds hold one item a line.
ONE_ITEM_A_LINE = frozenset(("list", "table", "furniture", "byline"))

CLOSERS = "\"'”’»›)\\]}"
OPENERS = "\"'“‘«‹(\\[{„"
CANDIDATE = re.compile(
    rf"(?P<mark>[.!?…‽](?<![.!?…‽]{{2}})[.!?…‽]*+)(?P<closers>(?:[{CLOSERS}]|[“‘](?=\s|$))*+)(?P<notes>(?:\s?\[\d{{1,3}}\])*+)(?:(?=(?P<glue>[“‘](?=\w)))|(?P<space>\s+)|$)"
)
LINE_END = re.compile(r"[\r\n\u2028\u2029\x0b\x0c\x85]+")
LAST_TOKEN = re.compile(r"[^\s\"“”‘«(\[—–/]+$")
NEXT_TOKEN = re.compile(rf"[{OPENERS}\s]*(?P<word>[\w&$€£#@%+.’'-]*)")
#: How far a rule looks back for the token before a mark, in characters: longer tokens are no abbreviations.
LOOK_BACK = 24


class Candidate(NamedTuple):
    """A place where a sentence might end: the text around it, cut to what the rules look at."""

    text: str
    start: int
    mark: str
    closers: str
    end: int
    token: str
    opener: str
    word: str
    following: int

    @property
    def glued(self) -> bool:
        return self.following == self.end


class Decision(NamedTuple):
    """Which rule decided a candidate, and how: `splits` is True where the sentence ends at `end`."""

    end: int
    rule: str
    splits: bool


Rule = Callable[[Candidate], bool | None]


def segment(text: str, blocks: Sequence[Block]) -> tuple[Span, ...]:
    """The sentences of `blocks`, in text order, without the spaces around them."""
    return tuple(span for block in blocks for span in _sentences(text, block))


def explain(text: str, blocks: Sequence[Block]) -> tuple[Decision, ...]:
    """The debug view: every candidate boundary with the rule that decided it."""
    return tuple(
        decision
        for block in blocks
        for line in _lines(text, block)
        for candidate in _candidates(text, line)
        for decision in (_decide(candidate),)
    )


def _sentences(text: str, block: Block) -> Iterator[Span]:
    for line in _lines(text, block):
        start = line.start
        for candidate in _candidates(text, line):
            if _decide(candidate).splits:
                yield Span(start, candidate.end)
                start = candidate.following
        if start < line.end:
            yield Span(start, line.end)


def _lines(text: str, block: Block) -> Iterator[Span]:
    """The block, or each of its lines where it holds one item a line, trimmed."""
    start, end = block.span.start, block.span.end
    if block.kind not in ONE_ITEM_A_LINE:
        yield from _trimmed(text, start, end)
        return
    for gap in LINE_END.finditer(text, start, end):
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start < end:
        yield Span(start, end)


def _candidates(text: str, line: Span) -> Iterator[Candidate]:
    for found in CANDIDATE.finditer(text, line.start, line.end):
        if found.end() >= line.end:
            return
        before = text[max(line.start, found.start() - LOOK_BACK) : found.start()]
        token = LAST_TOKEN.search(before)
        following = NEXT_TOKEN.match(text, found.end(), min(line.end, found.end() + 64))
        opener = text[found.end() : following.start("word")] if following else ""
        yield Candidate(
            text=text,
            start=found.start(),
            mark=found["mark"],
            closers=found["closers"],
            end=found.end("notes"),
            token=token[0] if token else "",
            opener=opener,
            word=following["word"] if following else "",
            following=found.end(),
        )


def _decide(candidate: Candidate) -> Decision:
    for rule in RULES:
        answer = rule(candidate)
        if answer is not None:
            return Decision(candidate.end, rule.__name__, answer)
    return Decision(candidate.end, "otherwise", True)


# The rules, in the order in which they are asked: True splits, False joins, None passes on.


def lower_case_follows(c: Candidate) -> bool | None:
    """`“Why?” he asked`, `approx. ten`: a sentence begins with a capital, a figure or a quote."""
    return False if c.word[:1].islower() and not c.word[1:2].isupper() else None


def punctuation_follows(c: Candidate) -> bool | None:
    """`St. Paul, Minn. — `, `(e.g. “)`: a mark that goes on with the sentence."""
    if c.word or c.following >= len(c.text):
        return None
    after = c.text[c.following + len(c.opener) : c.following + len(c.opener) + 1]
    return False if after in ",;:—–…-.?!)]”’/&=" else None


def question_attributed(c: Candidate) -> bool | None:
    """`“Why?” Smith asked`: the words that follow a quoted question say who asked it."""
    if not ({"?", "!"} & set(c.mark) and c.closers and c.word[:1].isupper()):
        return None
    return False if ATTRIBUTION.match(c.text, c.following, c.following + 96) else None


def exclaiming_name(c: Candidate) -> bool | None:
    """`Yahoo! Finance`: the mark is part of a name."""
    return False if c.mark == "!" and c.token in EXCLAIMING_NAMES and c.word not in STARTERS else None


def question_or_exclamation(c: Candidate) -> bool | None:
    """`?` and `!` end a sentence unless a rule above knows better."""
    return True if {"?", "!", "‽"} & set(c.mark) else None


def ellipsis(c: Candidate) -> bool | None:
    """`I … I think`, `... a `: dots that trail off end a sentence before a capital, but not before a stammered I."""
    if c.mark != "…" and len(c.mark) < 2:
        return None
    return not (c.word in ("I", "I’m", "I'm", "I’ve", "I've") and not c.closers and not c.opener.strip())


def list_number(c: Candidate) -> bool | None:
    """`1. The first`: a number that begins its line counts, it does not end a sentence."""
    if not (c.token.isdigit() and len(c.token) <= 2 and not c.closers):
        return None
    before = c.text[max(0, c.start - len(c.token) - 1) : c.start - len(c.token)]
    return False if before in ("", "\n", "\r") else None


def closing_quote(c: Candidate) -> bool | None:
    """`... in the U.S.” The`: a point inside closing quotes ends the sentence before a capital."""
    return True if any(quote in c.closers for quote in '"”»') and c.word not in ("", "I") else None


def before_name(c: Candidate) -> bool | None:
    """`Mr. Smith`, `Sen. Warren`, `St. Paul`: a title or the like stands before a name."""
    return False if c.token in BEFORE_NAME and not c.closers else None


def before_number(c: Candidate) -> bool | None:
    """`No. 10`, `Jan. 6`, `pp. 3-4`: before a figure, these are abbreviations."""
    if c.token not in BEFORE_NUMBER:
        return None
    if c.word[:1].isdigit():
        return False
    return None if c.token in MONTHS else True


def never_final(c: Candidate) -> bool | None:
    """`e.g.`, `vs.`, `(b. 1951)`: these never end a sentence."""
    if c.token in BORN_AND_DIED and c.text[c.start - 2 : c.start - 1] == "(":
        return False
    return False if c.token.lower() in NEVER_FINAL and not c.closers else None


def time_of_day(c: Candidate) -> bool | None:
    """`10 a.m. Tuesday`, `5 p.m. EST`, but `5 p.m. Police said`."""
    if c.token.lower() not in TIME_OF_DAY:
        return None
    return c.word.rstrip(".,") not in ZONES_AND_DAYS


def initial(c: Candidate) -> bool | None:
    """`George W. Bush`, `J. K. Rowling`; `Plan B. The` ends, and so does `and I. We`."""
    if not (len(c.token) == 1 and c.token.isupper()) or c.closers.strip(")]"):
        return None
    return c.word in STARTERS and not _followed_by_point(c)


def hyphenated_initial(c: Candidate) -> bool | None:
    """`J.-P. Dupont`, `J.K. Rowling`, `W.H. Auden`: initials before a name."""
    return False if INITIALS.fullmatch(c.token) and c.word not in STARTERS and c.word[:1].isupper() else None


def abbreviation(c: Candidate) -> bool | None:
    """`U.S.`, `Inc.`, `Jr.`, `Calif.`: may end a sentence, and does where a usual first word or a quote follows."""
    if c.token not in EITHER and not DOTTED.fullmatch(c.token):
        return None
    if c.opener.strip() and c.opener.strip()[0] in '"“‘«':
        return True
    return c.word in STARTERS and not _followed_by_point(c)


def _followed_by_point(c: Candidate) -> bool:
    return c.word.endswith(".") and len(c.word) == 2


ATTRIBUTION = re.compile(rf"(?:(?:[A-Z][\w.’'-]*|the|of|and)\s+){{1,5}}(?:{'|'.join(SPEECH_VERBS)})\b")
INITIALS = re.compile(r"(?:[A-Z]\.-?){1,3}[A-Z]")
DOTTED = re.compile(r"(?:[A-Za-z]\.){1,4}[A-Za-z]")

RULES: tuple[Rule, ...] = (
    lower_case_follows,
    punctuation_follows,
    question_attributed,
    exclaiming_name,
    question_or_exclamation,
    ellipsis,
    list_number,
    closing_quote,
    before_name,
    before_number,
    never_final,
    time_of_day,
    initial,
    hyphenated_initial,
    abbreviation,
)
