"""Tokens of a block, and the subject before or after a verb, read by shape alone.

No part-of-speech tagger stands behind this: a subject is a pronoun, or a run of words that begins like a noun phrase
and is cut off by a comma, a conjunction or another verb. Right for the plain shapes of news; doubtful ones give None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from onrecord.find.cues import VERBS
from onrecord.record import Span

#: Of marks inside a word a token keeps the point, the apostrophe, the hyphen and the comma of `9,000`.
_TOKEN = re.compile(r"\w+(?:(?:[.’'-]|,(?<=\d,)(?=\d{3}(?!\d)))\w+)*(?:(?<=\b[^\W\d_])\.)?|``|''|[^\w\s]")
PRONOUNS: Final = frozenset("he she they we i you it who one".split())
_ABBREVIATIONS: Final = frozenset(
    "mr mrs ms dr prof sen rep gov gen col capt lt sgt maj adm rev hon st jr sr no inc corp co ltd u.s u.k u.n".split()
)
_DETERMINERS: Final = frozenset(
    """the a an his her their its our my your this that these those some many several most few both one two three four
    five six seven eight nine ten another other others no any each every all former senior top local""".split()
)
_BOUNDARIES: Final = frozenset(
    """and but or while as that because when after before if though although which whom where until since so than
    whether then yet what how why is was are were be been being has have had did does do will would could should may
    might can must not to who""".split()
)
_ADVERBS: Final = frozenset(
    """also later then not never once now still just again has had have is was are were be been being would will did
    does do may might could can soon often first simply even only further next instead once too back went on""".split()
)
_WONT: Final = frozenset("like likes liked love loves loved used".split())
_ONWARD: Final = frozenset("of for at with & ’s 's from".split())
_STOPS_AFTER: Final = frozenset(
    """in on during after before who as when via through to while by that and but about because since until last this
    earlier later yesterday today tonight monday tuesday wednesday thursday friday saturday sunday adding whose where
    recently upon over following outside inside against into if though although which has had is was were""".split()
)
_NO_ADVERBS: Final = frozenset("family assembly ally rally supply bully monopoly anomaly jelly belly elderly".split())
_NO_END: Final = frozenset("for of at with from in on by to after before about over under into during through".split())
_DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today tonight".split())
_BEFORE_DAYS: Final = frozenset("on last late early earlier this".split())
#: Finite verbs that no ending shows; with "-ed" they tell a clause of its own from an apposition.
_FINITE: Final = frozenset(
    """is are was were has had have will would could should can may might did does do took takes made makes gave gives
    went goes came comes got gets held holds met meets put puts sent sends left leaves ran runs led leads won wins lost
    loses began begins kept keeps stood stands spoke speaks drew draws broke breaks rose fell grew hit hits let lets set
    sets sat struck brought brings bought sold built uses shows showed issues releases seemed seems appears""".split()
)
_RELATIVES: Final = frozenset("who whose whom which that where".split())
_MARKS: Final = frozenset('.,;:!?()[]—–-…“”"‘«»„/') | {"``", "''"}
#: `said the same` is what was said, and not who said it.
_SAME: Final = frozenset("same opposite contrary".split())
_LONGEST_BRACKET: Final = 9
_LONGEST_SUBJECT: Final = 14


class Token(NamedTuple):
    """A word or a mark of the text."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_mark(self) -> bool:
        return self.text in _MARKS


def tokens_of(text: str, span: Span) -> tuple[Token, ...]:
    """The words and marks of a stretch of text, in order."""
    found = _TOKEN.finditer(text, span.start, span.end)
    # a third quicker than Token(...), and there is one for every word
    return tuple([_new(Token, (match.start(), match.end(), words := match[0], _lower(words))) for match in found])


@lru_cache(maxsize=4_096)
def _lower(words: str) -> str:
    """In small letters, with straight apostrophes; most words come again and again."""
    return words.lower().replace("’", "'")


_new = tuple.__new__


def token_at(tokens: Sequence[Token], place: int) -> int:
    """The number of the first token that starts at or after a place."""
    return bisect_left(tokens, place, key=lambda token: token.start)


def span_of(tokens: Sequence[Token], first: int, end: int) -> Span:
    """The span of the tokens `first` to `end`, the latter not included."""
    return Span(tokens[first].start, tokens[end - 1].end)


def cue_start(tokens: Sequence[Token], verb: int, floor: int) -> int:
    """The first word of a verb group: `has repeatedly said` -> `has`, `liked to say` -> `liked`."""
    first = verb
    while first > floor and _is_adverb(tokens[first - 1]):
        first -= 1
    if first - 2 >= floor and tokens[first - 1].lower == "to":
        wont = tokens[first - 2].lower in _WONT or wants_to_know(tokens, verb)
        return first - 2 if wont else first
    return first


def wants_to_know(tokens: Sequence[Token], number: int) -> bool:
    """`Which town, she wanted to know`: the word is the last of these three."""
    if not 2 <= number < len(tokens) or tokens[number].lower != "know":
        return False
    return tokens[number - 1].lower == "to" and tokens[number - 2].lower in ("want", "wants", "wanted")


def _is_adverb(token: Token) -> bool:
    lower = token.lower
    by_ending = lower.endswith("ly") and lower == token.text and lower not in _NO_ADVERBS
    return lower in _ADVERBS or by_ending or lower.endswith("n't")


def subject_before(tokens: Sequence[Token], end: int, floor: int) -> tuple[int, int] | None:
    """The subject that ends just before token `end`, as token numbers; nothing before `floor` belongs to it."""
    last = _before_day(tokens, end - 1, floor)
    end = last + 1
    if last < floor:
        return None
    if tokens[last].lower in PRONOUNS:
        return (last, end)
    if tokens[last].text == ",":
        return _with_apposition(tokens, last, floor)
    last = _before_bracket(tokens, last, floor)
    first = None if tokens[last].lower in _NO_END else _phrase_start(tokens, last, floor)
    return (_with_partner(tokens, first, floor), end) if first is not None else None


def main_subject(tokens: Sequence[Token], floor: int, end: int) -> tuple[int, int] | None:
    """The subject of the first finite verb: `On Friday, Obama took a lighter tone`, saying."""
    for verb in range(floor + 1, end):
        if not is_finite(tokens[verb]):
            continue
        found = subject_before(tokens, cue_start(tokens, verb, floor), floor)
        if found is not None and tokens[found[0]].lower not in ("there", "it"):
            return found
    return None


def is_finite(token: Token) -> bool:
    """Whether a word is a verb with a subject, as far as its shape tells."""
    return token.text == token.lower and (
        token.lower in _FINITE or (token.lower.endswith("ed") and len(token.text) > 4)
    )


def _before_day(tokens: Sequence[Token], last: int, floor: int) -> int:
    """`Ryan, the Speaker, on Tuesday` called: the day of the telling is no part of the subject."""
    if last <= floor or tokens[last].lower not in _DAYS:
        return last
    last -= 1
    while last > floor and tokens[last].lower in _BEFORE_DAYS:
        last -= 1
    return last


def _with_partner(tokens: Sequence[Token], first: int, floor: int) -> int:
    """`he and the rest of the family`: the pronoun before the conjunction belongs to the subject."""
    if first - 2 >= floor and tokens[first - 1].lower == "and" and tokens[first - 2].lower in PRONOUNS:
        return first - 2
    return first


def _with_apposition(tokens: Sequence[Token], comma: int, floor: int) -> tuple[int, int] | None:
    """`Pavel Kukhta, a recruit of 24,` said: the name is found before the other comma."""
    for place in range(comma - 1, max(floor, comma - 40), -1):
        token = tokens[place]
        if token.text in ".;:!?" or token.text in '“”"':
            return None
        named = _before_bracket(tokens, place - 1, floor) if token.text == "," and place > floor else None
        if named is not None and tokens[named].is_capital:
            if _reports_before(tokens, place, comma) or _is_clause(tokens[place + 1 : comma]):
                return None
            first = _phrase_start(tokens, named, floor)
            return None if first is None else (first, comma)
    return None


def _reports_before(tokens: Sequence[Token], first: int, comma: int) -> bool:
    """`Coop, a rival, called for calm, saying`: between the commas he reported something already."""
    return any(tokens[n].text == "," and tokens[n + 1].lower in VERBS for n in range(first + 1, comma - 1))


def _is_clause(piece: Sequence[Token]) -> bool:
    """`On Friday, Obama took a lighter tone,` saying: what stands between the commas is no apposition."""
    if not piece or piece[0].lower in _RELATIVES or not (piece[0].is_capital or piece[0].lower in PRONOUNS):
        return False
    for token in piece[1:]:
        if token.lower in _RELATIVES:
            return False
        if is_finite(token):
            return True
    return False


def _before_bracket(tokens: Sequence[Token], last: int, floor: int) -> int:
    """The last word before a short bracket that ends here, `Rep. John Mica (R-Fla.)`; itself where there is none."""
    if tokens[last].text != ")":
        return last
    for place in range(last - 1, max(floor, last - _LONGEST_BRACKET), -1):
        if tokens[place].text == "(":
            return place - 1
    return last


def _phrase_start(tokens: Sequence[Token], last: int, floor: int) -> int | None:
    first = last + 1
    while first > floor and last - first < _LONGEST_SUBJECT and _continues_left(tokens, first - 1, last):
        first -= 1
    if first > last or last - first >= _LONGEST_SUBJECT or not _begins_phrase(tokens, first, floor):
        return None
    return first


def _continues_left(tokens: Sequence[Token], place: int, last: int) -> bool:
    token = tokens[place]
    if token.text == "." and place and tokens[place - 1].lower.rstrip(".") in _ABBREVIATIONS:
        return True
    if token.text == "-" or token.text == "&":
        return place < last
    if token.is_mark:
        return False
    if token.lower == "and":
        return place < last and place > 0 and tokens[place + 1].is_capital and tokens[place - 1].is_capital
    if token.lower in _BOUNDARIES or token.lower in PRONOUNS:
        return False
    return token.is_capital or token.lower in _DETERMINERS or token.lower not in VERBS or place == last


def _begins_phrase(tokens: Sequence[Token], first: int, floor: int) -> bool:
    token = tokens[first]
    if token.is_capital or token.lower in _DETERMINERS or token.text[0].isdigit():
        return True
    starts_clause = first == floor or tokens[first - 1].is_mark or tokens[first - 1].lower in _BOUNDARIES
    return starts_clause and not token.is_mark and token.lower not in _NO_END


def subject_after(tokens: Sequence[Token], first: int, ceiling: int) -> tuple[int, int] | None:
    """The subject that begins at token `first` (`said Kukhta`), as token numbers; it ends before `ceiling`."""
    if first >= ceiling or not _begins_inverted(tokens[first]) or tokens[first].lower == "it":
        return None
    if first + 1 < ceiling and tokens[first].lower == "the" and tokens[first + 1].lower in _SAME:
        return None
    if tokens[first].lower in PRONOUNS:
        return (first, first + 1)
    end = first
    while end < ceiling and end - first < _LONGEST_SUBJECT and _continues_right(tokens, first, end):
        end += 1
    return (first, end) if end > first else None


def _begins_inverted(token: Token) -> bool:
    return token.is_capital or token.lower in _DETERMINERS or token.lower in PRONOUNS


def _continues_right(tokens: Sequence[Token], first: int, place: int) -> bool:
    token = tokens[place]
    if token.text == "." and place > first and tokens[place - 1].lower.rstrip(".") in _ABBREVIATIONS:
        return True
    if token.is_mark and token.text != "-":
        return False
    if token.lower == "and":
        return place + 1 < len(tokens) and tokens[place + 1].is_capital and tokens[place - 1].is_capital
    if token.lower in _STOPS_AFTER and not (token.is_capital and place == first):
        return False
    return token.lower not in _ONWARD or not tokens[place - 1].is_capital or token.lower in ("of", "&", "'s")
