"""A user's search words as a question that cannot fail: words are data, whatever characters they hold.

Understood: "quoted phrases", AND, OR, NOT between words, brackets, and prefix*. What makes no sense of these is read as
plain words. The full-text indexes know which rows hold a word, not where in them: `Query.expression` finds every row
that may answer, and where phrases were asked for, `holds` tells from the text whether it does. Looks nothing up.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from onrecord.record import Span

_TOKEN = re.compile(r'"([^"]*)"?(\*?)|[“„]([^“”„]*)[”“]?(\*?)|([()])|([^\s()"“”„]+)')
#: More terms than this are cut off: a pasted page is no question.
_MOST_TERMS = 64
#: A word as FTS5's unicode61 sees it: letters, digits and the marks on them.
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
_NOT_PLAIN = re.compile("[^\x00-\xbf\u2000-\u206f]")
_MARKS = re.compile("[\u0300-\u036f]")
#: A word counts for little more than this often (BM25's k1, b and the length of a usual story).
_SATURATION, _LENGTH_PART, _USUAL_LENGTH = 1.2, 0.75, 6000.0
#: A word in the headline counts as much as this many in the text.
_HEADLINE = 4


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words in a row; of the last, if `is_prefix`, any that begin so. `words` are as typed, `folded` as they
    are compared."""

    words: tuple[str, ...]
    is_prefix: bool

    @property
    def folded(self) -> tuple[str, ...]:
        return _folded(self.words)

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1

    def expression(self) -> str:
        """The FTS5 query for rows that hold all the words."""
        quoted = [f'"{word}"' for word in self.words]
        return " AND ".join((*quoted[:-1], quoted[-1] + ("*" if self.is_prefix else "")))


@dataclass(frozen=True, slots=True)
class _Joined:
    """Two questions: AND, OR, or NOT (the left one without the right one)."""

    operator: str
    left: _Node
    right: _Node


_Node = Term | _Joined
_Token = Term | str


@dataclass(frozen=True, slots=True)
class Query:
    """What a user asked for; `typed` are their words."""

    typed: str
    node: _Node

    @property
    def expression(self) -> str:
        """The FTS5 query for all rows that may answer."""
        return _expression(self.node)

    @property
    def has_phrases(self) -> bool:
        """Whether rows must be looked at to know that they answer."""
        return any(term.is_phrase for term in _terms(self.node))

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that an answer may hold: all but those after NOT."""
        return tuple(dict.fromkeys(_wanted(self.node)))

    def hits(self, text: str) -> tuple[Span, ...]:
        """Where the words stand in a text, in its order, none inside another."""
        plain, offsets = fold(text)
        found = sorted(span for term in self.wanted for span in _places(term, plain))
        kept: list[tuple[int, int]] = []
        for start, end in found:
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return tuple(_span(start, end, offsets) for start, end in kept)


def query(words: str) -> Query | None:
    """What a user's words ask for, or None when they hold no word at all."""
    tokens = _tokens(words)
    if not any(isinstance(token, Term) for token in tokens):
        return None
    try:
        node, rest = _any_of(tokens)
        return Query(words, node if not rest else _plain(tokens))
    except _SenselessError:
        return Query(words, _plain(tokens))


# What SQL calls


def holds(words: str, headline: str | None, text: str | None) -> bool:
    """Whether a row answers a user's words, phrases and all."""
    asked = _asked(words)
    if asked is None:
        return False
    parts = [part for part in (headline, text) if part]
    if isinstance(asked.node, Term) and any(_is_plainly_in(asked.node, part) for part in parts):
        return True  # most often it needs no look at case and accents, which takes ten times as long
    return _answers(asked.node, [fold(part)[0] for part in parts])


def relevance(words: str, weights: str, headline: str | None, text: str | None) -> float:
    """How well a row fits a user's words: BM25's formula with given `weights` of the terms (JSON), the headline's hits
    counting more. Hits are counted as the words are usually written, inside longer words too: it is read for thousands
    of rows."""
    asked = _asked(words)
    if asked is None:
        return 0.0
    text, headline = text or "", headline or ""
    long = 1 - _LENGTH_PART + _LENGTH_PART * len(text) / _USUAL_LENGTH
    score = 0.0
    for term, weight in zip(asked.wanted, json.loads(weights), strict=False):
        found = 1 + _count(term, text) + _HEADLINE * min(1, _count(term, headline))
        score += weight * found / (found + _SATURATION * long)
    return score


@lru_cache(maxsize=64)
def _asked(words: str) -> Query | None:
    return query(words)


def _count(term: Term, text: str) -> int:
    return sum(text.count(written) for written in _writings(term))


@lru_cache(maxsize=512)
def _writings(term: Term) -> frozenset[str]:
    """A term as it usually stands in a text: as typed, small, with capitals, in capitals."""
    typed = " ".join(term.words)
    return frozenset((typed, typed.lower(), " ".join(word.capitalize() for word in term.words), typed.upper()))


def _is_plainly_in(term: Term, text: str) -> bool:
    for written in _writings(term):
        at = text.find(written)
        end = at + len(written)
        if at >= 0 and not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            return True
    return False


# Words in a text


def fold(text: str) -> tuple[str, list[int] | None]:
    """A text without case and accents, and for each of its characters where it stands in `text` (None: just there)."""
    low = text.lower()
    if len(low) == len(text) and _NOT_PLAIN.search(low) is None:
        return low, None
    parts, offsets = [], []
    for offset, character in enumerate(text):
        plain = _MARKS.sub("", unicodedata.normalize("NFD", character.lower()))
        parts.append(plain)
        offsets += [offset] * len(plain)
    return "".join(parts), offsets


def _span(start: int, end: int, offsets: list[int] | None) -> Span:
    return Span(start, end) if offsets is None else Span(offsets[start], offsets[end - 1] + 1)


def _places(term: Term, text: str) -> Iterator[tuple[int, int]]:
    """Where a term stands in a folded text."""
    pattern = _pattern(term)
    first = term.folded[0]
    at = text.find(first) if first else -1
    while at >= 0:
        found = pattern.match(text, at) if at == 0 or not _is_of_word(text[at - 1]) else None
        if found is not None:
            yield found.span()
        at = text.find(first, at + 1 if found is None else max(at + 1, found.end()))


@lru_cache(maxsize=512)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(word)[0] for word in words)


@lru_cache(maxsize=512)
def _pattern(term: Term) -> re.Pattern[str]:
    end = r"[^\W_]*" if term.is_prefix else r"(?![^\W_])"
    return re.compile(r"[\W_]+".join(map(re.escape, term.folded)) + end)


def _is_of_word(character: str) -> bool:
    return character.isalnum()


def _answers(node: _Node, parts: list[str]) -> bool:
    if isinstance(node, Term):
        return any(next(_places(node, part), None) is not None for part in parts)
    left = _answers(node.left, parts)
    if node.operator == "OR":
        return left or _answers(node.right, parts)
    return left and _answers(node.right, parts) is (node.operator == "AND")


# Questions


def _terms(node: _Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    else:
        yield from _terms(node.left)
        yield from _terms(node.right)


def _wanted(node: _Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    else:
        yield from _wanted(node.left)
        yield from _wanted(node.right) if node.operator != "NOT" else ()


def _expression(node: _Node) -> str:
    if isinstance(node, Term):
        return f"({node.expression()})" if node.is_phrase else node.expression()
    if node.operator == "NOT" and any(term.is_phrase for term in _terms(node.right)):
        return _expression(node.left)  # a row may hold the words of a phrase, and not the phrase
    return f"({_expression(node.left)} {node.operator} {_expression(node.right)})"


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
        if inside := tuple(_WORD.findall(phrase)):
            tokens.append(Term(inside[:_MOST_TERMS], star))
    return tokens[:_MOST_TERMS]


def _plain(tokens: list[_Token]) -> _Node:
    terms = [token for token in tokens if isinstance(token, Term)]
    node: _Node = terms[0]
    for term in terms[1:]:
        node = _Joined("AND", node, term)
    return node


def _any_of(tokens: list[_Token]) -> tuple[_Node, list[_Token]]:
    left, rest = _all_of(tokens)
    while rest and rest[0] == "OR":
        right, rest = _all_of(rest[1:])
        left = _Joined("OR", left, right)
    return left, rest


def _all_of(tokens: list[_Token]) -> tuple[_Node, list[_Token]]:
    left, rest = _one(tokens)
    while rest and rest[0] not in ("OR", ")"):
        operator = "NOT" if rest[0] == "NOT" else "AND"
        right, rest = _one(rest[1:] if rest[0] in ("AND", "NOT") else rest)
        left = _Joined(operator, left, right)
    return left, rest


def _one(tokens: list[_Token]) -> tuple[_Node, list[_Token]]:
    if not tokens:
        raise _SenselessError
    first, rest = tokens[0], tokens[1:]
    if isinstance(first, Term):
        return first, rest
    if first != "(":
        raise _SenselessError
    inside, rest = _any_of(rest)
    if not rest or rest[0] != ")":
        raise _SenselessError
    return inside, rest[1:]


def weights_of(counts: Mapping[Term, int], rows: int) -> str:
    """Weights of terms for `relevance`, from how many of all rows hold each: the rarer, the more."""
    return json.dumps([math.log1p(max(rows, count) / (count + 1)) for count in counts.values()])
