"""What the model is told about each word besides its letters: shape of the word, quotation marks, paragraph start.

The base model is uncased, so the shape gives case back. Whether a word stands between quotation marks is only a hint
here, scanned paragraph by paragraph and forgiving of missing marks: statements are found elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

SHAPES: Final = ("none", "lower", "title", "upper", "letter", "mixed", "number", "alphanumeric", "mark")
QUOTES: Final = ("outside", "inside", "opener", "closer", "inside single", "single opener", "single closer")
STARTS: Final = ("within", "paragraph")

_DOUBLE: Final = frozenset('"“”„‟«»＂')
_SINGLE: Final = frozenset("'‘’‚‛‹›")
_OPENS: Final = frozenset("“„«‘‚‹")
_CLOSES: Final = frozenset("”»’›")


@lru_cache(maxsize=8_192)
def shape(word: str) -> int:
    """Index into `SHAPES` of a word's outer form."""
    if word.isalpha():
        return _case(word, len(word))
    if word.isdigit():
        return 6
    letters = [character for character in word if character.isalpha()]
    if not letters:
        return 8
    if len(letters) < len(word) and any(character.isdigit() for character in word):
        return 7
    return _case(word, len(letters))


def _case(word: str, letters: int) -> int:
    if word.islower() or not (word[0].isupper() or any(character.isupper() for character in word)):
        return 1
    if letters == 1:
        return 4
    if word.isupper():
        return 3
    return 2 if word[0].isupper() and word[1:].islower() else 5


def quote_states(text: str, words: Sequence[tuple[int, int]]) -> list[int]:
    """Index into `QUOTES` for each word of one paragraph, given as code-point spans into `text`."""
    states = [0] * len(words)
    double = single = False
    for match in _MARK.finditer(text, words[0][0], words[-1][1]) if words else ():
        start, mark = match.start(), match[0]
        number = bisect_left(words, (start, start))
        if words[number : number + 1] != [match.span()]:
            continue
        if mark in _DOUBLE:
            double, single = _opens(text, start, mark, double), False
            states[number] = 2 if double else 3
        elif not _is_apostrophe(text, start, single):
            single = not single
            states[number] = 5 if single else 6
        else:
            continue
        within = 4 if single else 1 if double else 0
        states[number + 1 :] = [within] * (len(words) - number - 1)
    return states


#: Any of the marks; words that are none of them are passed over.
_MARK: Final = re.compile(f"[{''.join(sorted(_DOUBLE | _SINGLE))}]")


def _opens(text: str, at: int, mark: str, inside: bool) -> bool:
    """Curly marks say themselves; a straight one opens after a space and closes after a word."""
    if mark in _OPENS:
        return True
    if mark in _CLOSES:
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before.isspace() != after.isspace():
        return before.isspace()
    return not inside


def _is_apostrophe(text: str, at: int, inside: bool) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before.isalnum() and after.isalnum():
        return True
    if inside:
        return text[at] in _OPENS
    return before.isalnum() or not after.isalnum() or not _closed_later(text, at + 1)


def _closed_later(text: str, start: int) -> bool:
    """Whether a single mark that ends a word follows in the same paragraph: "'90s" alone opens nothing."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    for at in range(start, end):
        if text[at] in "'’›" and not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum():
            return True
    return False
