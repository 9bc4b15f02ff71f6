"""A user's search words as a full-text query that cannot fail: words are data, whatever characters they hold.

Understood: "quoted phrases", AND, OR, NOT between words, brackets, and prefix*. What makes no sense of these is read as
plain words; every term reaches SQLite in quotes. Nothing is looked up here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r'"([^"]*)"?(\*?)|[“„]([^“”„]*)[”“]?(\*?)|([()])|([^\s()"“”„]+)')
#: More terms than this are cut off: a pasted page is no question.
_MOST_TERMS = 64


@dataclass(frozen=True, slots=True)
class _Term:
    words: str
    is_prefix: bool

    def quoted(self) -> str:
        return '"' + self.words.replace('"', '""') + '"' + ("*" if self.is_prefix else "")


_Token = _Term | str


def match_expression(words: str) -> str | None:
    """The FTS5 query for a user's words, or None when they hold no word at all."""
    tokens = _tokens(words)
    if not any(isinstance(token, _Term) for token in tokens):
        return None
    try:
        expression, rest = _any_of(tokens)
        return expression if not rest else _plain(tokens)
    except _SenselessError:
        return _plain(tokens)


class _SenselessError(Exception):
    """Operators or brackets that do not fit."""


def _tokens(words: str) -> list[_Token]:
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(words.replace("\0", " ")):
        straight, straight_star, curly, curly_star, bracket, word = found.groups()
        if bracket or word in ("AND", "OR", "NOT"):
            tokens.append(bracket or word)
            continue
        phrase = next(each for each in (straight, curly, word) if each is not None)
        star = bool(straight_star or curly_star) or (word is not None and phrase.endswith("*"))
        if any(character.isalnum() for character in phrase):
            tokens.append(_Term(phrase.rstrip("*") if word is not None else phrase, star))
    return tokens[:_MOST_TERMS]


def _plain(tokens: list[_Token]) -> str:
    return " AND ".join(token.quoted() for token in tokens if isinstance(token, _Term))


def _any_of(tokens: list[_Token]) -> tuple[str, list[_Token]]:
    left, rest = _all_of(tokens)
    while rest and rest[0] == "OR":
        right, rest = _all_of(rest[1:])
        left = f"({left} OR {right})"
    return left, rest


def _all_of(tokens: list[_Token]) -> tuple[str, list[_Token]]:
    left, rest = _one(tokens)
    while rest and rest[0] not in ("OR", ")"):
        operator = "NOT" if rest[0] == "NOT" else "AND"
        right, rest = _one(rest[1:] if rest[0] in ("AND", "NOT") else rest)
        left = f"({left} {operator} {right})"
    return left, rest


def _one(tokens: list[_Token]) -> tuple[str, list[_Token]]:
    if not tokens:
        raise _SenselessError
    first, rest = tokens[0], tokens[1:]
    if isinstance(first, _Term):
        return first.quoted(), rest
    if first != "(":
        raise _SenselessError
    inside, rest = _any_of(rest)
    if not rest or rest[0] != ")":
        raise _SenselessError
    return inside, rest[1:]
