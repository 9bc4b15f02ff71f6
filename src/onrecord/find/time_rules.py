"""The rules for time expressions, in order: regular expressions over the classes of time_words.py, and the conditions
that classes alone cannot tell. Among the longest matches at a place the earlier rule wins."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from onrecord.find import time_meanings as meanings
from onrecord.find.time_meanings import Clause, Match, Meaning
from onrecord.find.time_words import Token


class Rule(NamedTuple):
    """A rule: its name, the classes of which each match has one, a regular expression over token classes, what a match
    means, a condition on the text."""

    name: str
    needs: frozenset[str]
    pattern: re.Pattern[str]
    meaning: Callable[[Match, Clause], Meaning]
    holds: Callable[[str, list[Token], int, int], bool] | None = None


def _rule(
    name: str,
    needs: str,
    pattern: str,
    meaning: Callable[[Match, Clause], Meaning],
    holds: Callable[[str, list[Token], int, int], bool] | None = None,
) -> Rule:
    return Rule(name, frozenset(needs), re.compile(pattern), meaning, holds)


def _not_an_age(text: str, tokens: list[Token], start: int, end: int) -> bool:
    rest = [token.words for token in tokens[end : end + 2]]
    return rest[:1] != ["old"] and rest != ["-", "old"] and rest[:1] != ["aged"]


_BEFORE_YEAR = frozenset(
    (
        "in since of by from until till during before after and to for early late mid the around about "
        "through between - , ( fiscal as than circa c end that or with 's spring summer fall autumn winter ; "
        ":"
    ).split()
)


#: "2000 people", "1950 soldiers", "1500 metres": a number of things, not a year.
_COUNTED = re.compile(
    r"\s*-?(?:percent|people|\w*(?:children|men|women)\b|km|million|foot|feet|metre|meter|[a-z]{4,}(?<!ha)(?<!wa)(?<!es)s\b)"
)


def _is_year(text: str, tokens: list[Token], start: int, end: int) -> bool:
    start = next(index for index in range(start, end) if tokens[index].letter == "Y")
    token = tokens[start]
    if text[max(0, token.start - 1) : token.start] in ("$", "£", "€", "#", ".", "/"):
        return False
    before = tokens[start - 1].words if start else "in"
    after = text[token.end : token.end + 1]
    if after == "%" or _COUNTED.match(text, token.end):
        return False
    certain = before in ("in", "since", "of", "until", "by", "from", "during", "fiscal", "early", "late", "mid")
    if certain:
        return True
    return 1900 <= int(token.words) <= 2100 and (before in _BEFORE_YEAR or not before.isalpha() or after in ",.;:)'’")


def _capital_may(text: str, tokens: list[Token], start: int, end: int) -> bool:
    """ "May" at the start of a sentence is a verb; "March" and short forms need a neighbour."""
    token = next(token for token in tokens[start:end] if token.letter == "M")
    if end - start > 1 and tokens[end - 1].letter != "b":
        return True
    before = tokens[start - 1].words if start else "."
    if token.words in ("may", "march", "jan", "mar", "dec", "sun", "april", "june", "august"):
        return before in (
            "in",
            "since",
            "until",
            "by",
            "of",
            "from",
            "through",
            "during",
            "after",
            "before",
            "to",
            "and",
            "for",
            "till",
            "this",
            "last",
            "next",
        )
    return True


def _not_second_place(text: str, tokens: list[Token], start: int, end: int) -> bool:
    """ "a second" is an ordinal more often than a unit; "the second" always."""
    unit = next((token for token in tokens[start:end] if token.letter in "uU"), None)
    if unit is None or unit.words not in ("second", "quarter", "quarters"):
        return _not_an_age(text, tokens, start, end)
    return False


def _lasts(text: str, tokens: list[Token], start: int, end: int) -> bool:
    return (
        start > 0
        and tokens[start - 1].words in ("for", "within")
        and tokens[start].words not in ("quarters", "seconds")
    )


def _in_the_past(text: str, tokens: list[Token], start: int, end: int) -> bool:
    """ "in the past", but not "in the past week"."""
    following = tokens[end].letter if end < len(tokens) else "."
    return tokens[end - 1].words == "past" and start > 0 and tokens[start - 1].letter == "i" and following in ".,b"


def _spelled_weekday(text: str, tokens: list[Token], start: int, end: int) -> bool:
    """ "Sun" and "Sat" alone are not days."""
    weekday = next(token for token in tokens[start:end] if token.letter == "W")
    return weekday.words.endswith("day") or (end < len(tokens) and tokens[end].letter in "b,DM")


def _the_quarter(text: str, tokens: list[Token], start: int, end: int) -> bool:
    return tokens[end - 1].words == "quarter" and start > 0 and tokens[start - 1].words in ("in", "for", "during", "of")


def _not_as_soon(text: str, tokens: list[Token], start: int, end: int) -> bool:
    return tokens[start].words != "soon" or start == 0 or tokens[start - 1].words != "as"


def _counts(text: str, tokens: list[Token], start: int, end: int) -> bool:
    """A bare "a year" counts as a length of time after a word that measures; "years" only after a number."""
    if not _not_second_place(text, tokens, start, end):
        return False
    before = tokens[start - 1].words if start else ""
    return before in (
        "for",
        "in",
        "within",
        "after",
        "than",
        "about",
        "nearly",
        "almost",
        "over",
        "only",
        "took",
        "lasted",
        "last",
        "spent",
        "half",
    )


def _is_rate(text: str, tokens: list[Token], start: int, end: int) -> bool:
    window = " ".join(token.words for token in tokens[max(0, start - 6) : start])
    return (
        bool(re.search(r"\btimes|twice|once|[$£€]|\bcents?|percent|dollars|\bmillion|billion|[\d]", window))
        and tokens[start - 1].letter not in "itf"
    )


def _says_century(text: str, tokens: list[Token], start: int, end: int) -> bool:
    return tokens[end - 1].words == "century"


def _says_quarter(text: str, tokens: list[Token], start: int, end: int) -> bool:
    return any(token.words == "quarter" for token in tokens[start:end])


_NUMBER = r"(?:[ND](?:-?[ND])*(?:n[ND])?)"
_PART = r"(?:t?E-?f?t?|[g])"
_CLOCK = r"(?:K(?:k)?|[DN](?:[kc]))z?"
RULES: tuple[Rule, ...] = (
    _rule("numeric date", "I", r"I(?:Kz?)?", meanings.numeric),
    _rule("date", "M", rf"(?:W,?)?(?:E-?)?(?:Mb?[DO](?:,?[Ys])?|[DO]f?Mb?(?:,?Y)?)(?:,?{_CLOCK})?", meanings.full_date),
    _rule("month", "M", r"(?:t?E-?f|E-?)?[LTX]?M(?:b(?=[^.]))?(?:,?f?[Ys]|f?[LTX]u)?", meanings.month, _capital_may),
    _rule(
        "year",
        "Y",
        r"(?:t?E-?f|E-?|tF|F|t(?=Yw))?Y(?:w)?",
        meanings.year,
        _is_year,
    ),
    _rule("decade", "C", r"(?:tE-?)?C", meanings.decade),
    _rule("century", "u", r"t?(?:E-?)?O-?u", meanings.century, _says_century),
    _rule("deictic", "R", r"R", meanings.deictic, _not_as_soon),
    _rule("day", "d", r"(?:[gE]|Ef)?d(?:P)?", meanings.day_away),
    _rule("weekday", "W", rf"(?:E|TX|tL|tX|[LTX]|t?E-?f)?W(?:P|,?{_CLOCK})?", meanings.weekday, _spelled_weekday),
    _rule("clock", "KkcH", rf"A?{_CLOCK}(?:itP)?(?:,?(?:W|d|Mb?[DO]))?|(?:{_PART})?H(?:W|d)?", meanings.time_of_day),
    _rule("part of a day", "P", r"(?:[gE])?(?:T|L)P", meanings.same_day_part),
    _rule("near unit", "u", rf"(?:{_PART})?(?:t)?(?:[LTX]|TF|tTF|LF|XF)F?u", meanings.near_unit, _not_an_age),
    _rule("last units", "U", rf"(?:{_PART})?t?(?:[LXO]|TX)(?:{_NUMBER}|Q|aQf?)U", meanings.last_years, _not_an_age),
    _rule(
        "distance", "g", rf"A?(?:(?:{_NUMBER}|aQf?|Q)m?U|(?:a|N|D|h a)u)(?:nn)?(?:g)", meanings.distance, _not_an_age
    ),
    _rule("a year ago", "g", r"(?:t)?u-g(?:[uw])?", meanings.distance, _not_an_age),
    _rule("end of unit", "E", r"u-E|tEf[tT]u", meanings.unit_end),
    _rule("future", "q", r"t(?:[jE.])?q", meanings.vague),
    _rule("past", "L", r"tL", meanings.vague, _in_the_past),
    _rule(
        "duration",
        "Uu",
        rf"A?(?:t(?={_NUMBER}U))?(?:{_NUMBER}(?:naah)?|Q|aQf?)m?-?(?:U|u)(?:nah)?(?:-l)?",
        meanings.duration,
        _not_second_place,
    ),
    _rule("bare duration", "u", r"A?(?:a|am)u(?:nah)?", meanings.duration, _counts),
    _rule(
        "quarter",
        "u",
        r"t?F?O-?F?u(?:fF?Y|f[LTX]u|[LTX]u)?|t?FOu|tYOu|[LT]u.O-?u",
        meanings.quarter,
        _says_quarter,
    ),
    _rule("latest quarter", "J", r"tJ(?:u|w)", meanings.quarter),
    _rule("the quarter", "u", r"tu", meanings.quarter, _the_quarter),
    _rule("season", "S", r"(?:t?E?f?)?(?:[LTX]S|tSfY|SfY|SY)", meanings.season),
    _rule("weekend", "e", r"(?:t|[LTX])e", meanings.weekend),
    _rule("rate", "u", r"au", meanings.every, _is_rate),
    _rule("frequency", "v", r"v", meanings.frequency),
    _rule("every", "Vx", r"V(?:h|O|N|D)?(?:[uUWMPS])|x", meanings.every),
    _rule("holiday", "y", r"[LTX]?y(?:,?Y)?", meanings.holiday),
    _rule("recent", "j", r"j(?:U)?", meanings.recent),
    _rule("bare plural", "U", r"U", meanings.duration, _lasts),
    _rule("coming units", "X", r"XU", meanings.vague),
)
