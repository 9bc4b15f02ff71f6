"""By which words a report calls its people beside their names: "Sen. Dolores Quintero of New Mexico" is a senator.

Gathers them, a bag of words for each place; which description they answer to is for described_sources.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Document, Entity, Span
from onrecord.resolve.particulars import ROLES

Bag = frozenset[str]
WORD: Final = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*")
#: Characters before a name in which its title stands.
_REACH: Final = 60
_INTRODUCED: Final = re.compile(
    r"\b(?:[Tt]he|[A-Z][\w.-]*[’']s) ((?:[\w-]+ ){0,3}?(?P<head>[\w-]+)"
    r"(?: (?:of|for) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})?), "
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir)\.? )?$"
)
_CALLED: Final = ROLES | {"lady", "prince", "amir", "emir", "counterpart"}
#: Where somebody is from: "Sen. Dolores Quintero of New Mexico", "Rep. John Mica (R-Fla.)".
_AFTER_NAME: Final = re.compile(r"(?: of(?: [A-Z][\w.-]+){1,3}| \([^)\n]{1,30}\))")
_CLOSED: Final = re.compile(r"[.!?”\"]\s+(?=[A-Z])|[,;:(\n“]")
_ABBREVIATED: Final = re.compile(r"\b(?:Sen|Rep|Gov|Gen|Lt|Col|Dr|Mr|Mrs|Ms|Prof|Capt|Sgt|Maj|U\.S)\.$")


def callings(document: Document, entity: Entity, names: Sequence[Span]) -> tuple[Bag, ...]:
    """The words of each title and description of a person, and those beside each of the places of its name."""
    bags = [frozenset(plain_words(document.words(span))) for span in (*entity.titles, *entity.descriptions)]
    for name in names:
        before = document.text[max(name.start - _REACH, 0) : name.start]
        introduced = _INTRODUCED.search(before)
        told = plain_words(introduced.group(1)) if introduced is not None else []
        closed = document.text[name.end : name.end + 1] in (",", ".", "")
        if introduced is not None and (len(told) == 1 or (closed and introduced["head"].lower() in _CALLED)):
            bags.append(frozenset(told))
        titles = _title(before)
        after = _AFTER_NAME.match(document.text, name.end) if titles else None
        bags.append(frozenset((*titles, *plain_words(after.group() if after else ""))))
    return tuple(dict.fromkeys(bag for bag in bags if bag))


def plain_words(words: str) -> list[str]:
    """The words in small letters, without the mark of possession."""
    return [word.lower().rstrip(".").removesuffix("’s").removesuffix("'s") for word in WORD.findall(words)]


def _title(before: str) -> list[str]:
    """The words that run up to a name and can be its title: capitals, and nouns for what people are."""
    kept: list[str] = []
    for word in reversed(before.split()):
        bare = word.lower().strip(".").removesuffix("’s").removesuffix("'s")
        if _CLOSED.search(f"{word} A") and not _ABBREVIATED.search(word):
            break
        if not (word[0].isupper() or bare in _CALLED or bare.removesuffix("s") in ROLES):
            break
        kept.append(word)
    return plain_words(" ".join(kept)) if before.endswith((" ", "\xa0")) else []
