"""The words time expressions are made of: each token of a text gets a one-letter class, so that grammar rules are short
regular expressions over a string of classes. Tables only; what a match means is in time_values.py."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
CARDINALS = {word: value for value, word in enumerate((_SMALL + " seventeen eighteen nineteen").split())}
TENS = {
    word: value * 10
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
CARDINALS |= TENS | {"hundred": 100, "thousand": 1000, "dozen": 12}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
)
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), start=1)}
#: Unit of time -> its TIMEX3 letter; a leading "T" marks units shorter than a day.
UNITS = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "night": "D",
    "week": "W",
    "fortnight": "F",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
    "millennium": "L",
}
PLURALS = {f"{unit}s": unit for unit in UNITS if unit not in ("century", "millennium")}
PLURALS |= {"centuries": "century", "millennia": "millennium", "hrs": "hour", "mins": "minute", "yrs": "year"}
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
DAY_PARTS = {
    "morning": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "overnight": "NI",
    "daytime": "DT",
    "lunchtime": "MI",
}
HOURS = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
DECADES = {
    word: value
    for value, word in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
}
#: Words that are a whole expression: their TIMEX3 value.
DEICTIC = {
    "now": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "currently": "PRESENT_REF",
    "presently": "PRESENT_REF",
    "recently": "PAST_REF",
    "previously": "PAST_REF",
    "formerly": "PAST_REF",
    "lately": "PAST_REF",
    "soon": "FUTURE_REF",
}
DAYS_AWAY = {"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0}
FREQUENCIES = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "biweekly": "P2W",
    "monthly": "P1M",
    "quarterly": "P1Q",
    "annually": "P1Y",
    "yearly": "P1Y",
}
#: Holidays on a fixed day: month, day.
FIXED_HOLIDAYS = {
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "st. patrick's day": (3, 17),
    "april fools' day": (4, 1),
    "may day": (5, 1),
    "independence day": (7, 4),
    "halloween": (10, 31),
    "veterans day": (11, 11),
    "armistice day": (11, 11),
}
#: Holidays on the n-th weekday of a month: month, weekday (Monday is 0), n (-1 is the last).
FLOATING_HOLIDAYS = {
    "thanksgiving day": (11, 3, 4),
    "thanksgiving": (11, 3, 4),
    "labor day": (9, 0, 1),
    "memorial day": (5, 0, -1),
    "martin luther king day": (1, 0, 3),
    "columbus day": (10, 0, 2),
    "presidents day": (2, 0, 3),
    "mother's day": (5, 6, 2),
}
HOLIDAYS = frozenset(FIXED_HOLIDAYS) | frozenset(FLOATING_HOLIDAYS)
MODIFIERS = {
    "early": "START",
    "late": "END",
    "mid": "MID",
    "beginning": "START",
    "start": "START",
    "middle": "MID",
    "midway": "MID",
    "end": "END",
    "close": "END",
}
APPROXIMATIONS = {
    "approximately": "APPROX",
    "roughly": "APPROX",
    "nearly": "LESS_THAN",
    "almost": "LESS_THAN",
    "more than": "MORE_THAN",
    "over": "MORE_THAN",
    "less than": "LESS_THAN",
    "under": "LESS_THAN",
    "fewer than": "LESS_THAN",
    "at least": "EQUAL_OR_MORE",
    "up to": "EQUAL_OR_LESS",
    "at most": "EQUAL_OR_LESS",
    "no more than": "EQUAL_OR_LESS",
}
#: Which class each remaining word has.
_CLASSES = {
    "L": "last past previous preceding prior",
    "T": "this that current same",
    "X": "next coming following upcoming",
    "F": "fiscal financial full calendar",
    "g": "ago earlier later",
    "q": "future",
    "j": "recent",
    "J": "latest",
    "t": "the",
    "f": "of",
    "i": "in",
    "a": "a an",
    "V": "each every",
    "p": "per",
    "r": "remaining entire whole",
    "m": "more additional another",
    "e": "weekend weekends",
    "w": "period",
    "Q": "few several many couple some",
    "h": "half",
    "n": "and or so",
    "z": "est edt pst pdt cst cdt mst mdt gmt utc bst cet cest eastern local",
    "k": "am pm a.m. p.m. a.m p.m",
    "c": "o'clock",
}
WORD_CLASSES = {word: letter for letter, words in _CLASSES.items() for word in words.split()}
WORD_CLASSES |= dict.fromkeys(UNITS, "u") | dict.fromkeys(PLURALS, "U")
WORD_CLASSES |= dict.fromkeys(CARDINALS, "N") | dict.fromkeys(ORDINALS, "O")
WORD_CLASSES |= dict.fromkeys(SEASONS, "S") | dict.fromkeys(DAY_PARTS, "P") | dict.fromkeys(HOURS, "H")
WORD_CLASSES |= dict.fromkeys(DECADES, "C") | dict.fromkeys(DEICTIC, "R") | dict.fromkeys(DAYS_AWAY, "d")
WORD_CLASSES |= dict.fromkeys(FREQUENCIES, "v") | dict.fromkeys(HOLIDAYS, "y")
WORD_CLASSES |= dict.fromkeys(MODIFIERS, "E") | dict.fromkeys(APPROXIMATIONS, "A")
WORD_CLASSES |= {"seconds": "U", "days": "U", "weekday": "u", "long": "l", "old": "o", "nights": "U"}
UNITS["weekday"] = "D"

_PHRASES = sorted(
    (phrase for phrase in (*HOLIDAYS, *APPROXIMATIONS, *ORDINALS) if re.search(r"\W", phrase)), key=len, reverse=True
)
#: Each begins with a set of letters: alternatives that cannot match are passed over by their first letter then.
_PHRASE = "|".join(
    f"[{phrase[0]}{phrase[0].upper()}](?i:{re.escape(phrase[1:])})".replace("'", "['’]") for phrase in _PHRASES
)
_FIRST_LETTERS = "".join(sorted({letter for phrase in _PHRASES for letter in (phrase[0], phrase[0].upper())}))
#: The commonest alternative comes as early as it may, behind phrases; what may stand there is looked at before phrases
#: and numbers are, which halves the time.
_TOKEN = re.compile(
    rf"(?P<phrase>(?=[{_FIRST_LETTERS}])\b(?:{_PHRASE})\b)"
    r"|(?P<word>[^\W\d_]+(?:\.[^\W\d_]\b\.?)?(?:['’](?i:clock))?)"
    r"|(?=[\d'’])(?:"
    r"(?P<numeric>\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})|\d{8}(?!\d)|\d{1,2}\.\d{1,2}\.\d{4})\b)"
    r"|(?P<clock>\b\d{1,2}:\d{2}(?::\d{2})?\b)"
    r"|(?P<decade>['’]\d0(?i:s)\b|\b\d{3}0['’]?(?i:s)\b)"
    r"|(?P<ordinal>\b\d{1,3}(?i:st|nd|rd|th)\b)"
    r"|(?P<short>['’]\d\d\b)"
    r"|(?P<number>\b\d+(?:[.,]\d+)*\b)"
    r")|(?P<mark>[^\w\s])"
)


class Token(NamedTuple):
    """A token: place in the text, lower-cased words with straight apostrophes, one-letter class ("." where none)."""

    start: int
    end: int
    words: str
    letter: str


#: Classes of which every time expression has one.
TELLING = frozenset("IMWYCRdKkcHPuUeSvVxyjqLJ")
#: Classes of words that have them only when they begin with a capital.
_CAPITALISED = {f"{day}s": "x" for day in WEEKDAYS if len(day) > 3} | dict.fromkeys(WEEKDAYS, "W")
_CAPITALISED |= dict.fromkeys(MONTHS, "M")
_GROUPS = {"numeric": "I", "clock": "K", "decade": "C", "ordinal": "O", "short": "s"}


#: How the words begin that have one of these classes: their letters up to the first mark.
_TELLING_STARTS = frozenset(
    re.split(r"\W", word)[0]
    for word, letter in (WORD_CLASSES | _CAPITALISED).items()
    if letter in TELLING and re.split(r"\W", word)[0] not in ("a", "p")
)
_LETTERS = re.compile(r"[^\W\d_]+")
_TELLING_MARKS = re.compile(r"\d|[ap]\.m|['’]clock", re.IGNORECASE)


def may_tell(text: str) -> bool:
    """Whether a text may have a time expression: quicker to see than its tokens, and most paragraphs have none."""
    return bool(_TELLING_MARKS.search(text)) or not _TELLING_STARTS.isdisjoint(_LETTERS.findall(text.lower()))


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of text, each with its class."""
    found = _TOKEN.finditer(text, start, end)
    # a third quicker than Token(...), and there is one for every word
    return [_new(Token, (match.start(), match.end(), *_read(match.lastgroup, match[0]))) for match in found]


_new = tuple.__new__


@lru_cache(maxsize=4_096)
def _read(group: str | None, verbatim: str) -> tuple[str, str]:
    """The words of a token and its class; most words come again and again."""
    words = verbatim.lower().replace("’", "'")
    return words, _letter(group, words, verbatim)


def _letter(group: str | None, words: str, verbatim: str) -> str:
    if group in ("word", "phrase"):
        if words in _CAPITALISED and verbatim[0].isupper():
            return _CAPITALISED[words]
        return WORD_CLASSES.get(words, ".")
    if group == "number":
        return _number_letter(words)
    if group == "mark":
        return words if words in "-,/" else ("-" if words in "–—" else ("b" if words == "." else "."))
    return _GROUPS.get(group or "", ".")


def _number_letter(words: str) -> str:
    if not words.isdigit():
        return "N"
    if len(words) == 4 and 1000 <= int(words) <= 2199:
        return "Y"
    return "D" if 1 <= int(words) <= 31 and len(words) <= 2 else "N"
