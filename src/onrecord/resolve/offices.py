"""Short forms of offices, by which a report goes on to call whoever holds one.

    Prime Minister Olaf Brandt … The PM said                        ->  Olaf Brandt
    Superintendent of Police (SP) Arun Dev … the SP said            ->  Arun Dev
    Ann Lee, a member of parliament … the Harrow South MP said      ->  an MP, whoever Harrow is

Knows letters that everybody knows, and those that the titles of a report spell; whose they are is for callings.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.resolve.particulars import IN_TITLES, ROLES
from onrecord.resolve.traits import gender_of_name

#: Short forms that stand for an office in any report, with the words of those that are spelled by a title.
KNOWN_OFFICES: Final = {
    **dict.fromkeys("MP MEP MSP MLA MLC MPA MNA".split(), ""),
    "PM": "prime minister",
    "CM": "chief minister",
    "CEO": "chief executive officer",
    "CFO": "chief financial officer",
    "COO": "chief operating officer",
}
#: Letters that a title may spell by chance, and that nobody would take for an office.
_PLACES: Final = frozenset("US UK UN EU UAE".split())
_LETTERS: Final = re.compile(
    r"[“”’‘\"\s]*(?:(?P<article>[Tt]he|[Aa]n?)\s(?:[\w.()’'-]+\s){0,5})?(?P<letters>[A-Z]{2,5})"
)
_HONORIFICS: Final = frozenset("mr mrs ms dr sir rev sen rep gov gen col maj capt lt sgt".split())
_OF: Final = frozenset(("of", "for", "in", "at", "to"))
_SMALL: Final = _OF | frozenset(("the", "and", "&"))
#: Letters of the longest short form.
_MOST: Final = 5


def office_letters(words: str) -> str:
    """The capitals that a source ends in, if it may be a person by them: `the SP`, `the Deputy PM`, `a Harrow MP`."""
    found = _LETTERS.fullmatch(words)
    if found is None or not (found["letters"] in KNOWN_OFFICES or found["article"] in ("the", "The")):
        return ""
    return found["letters"]


def is_office(letters: str) -> bool:
    """Whether letters stand for an office in any report."""
    return letters in KNOWN_OFFICES


def is_title_alone(name: str) -> bool:
    """Whether what passes for a name is an office: `Foreign Secretary`, `Prime Minister`."""
    words = name.lower().split()
    return len(words) > 1 and words[-1] in ROLES and all(word in IN_TITLES or word in ROLES for word in words)


def is_office_once_held(words: str) -> bool:
    """`Former Lund Pollster`, in capitals of a headline: nobody's name, unless a given name or title stands before the
    last word, as in "Former Mayor Ann Baker"."""
    first, *middle, last = words.split() if " " in words else (words, words)
    if first not in ("Former", "Ex") or not middle or last.lower() not in ROLES:
        return False
    before = middle[-1].lower().strip(".")
    return before not in ROLES | IN_TITLES | _HONORIFICS and not gender_of_name((before, last.lower()))


def short_forms_of(title: Sequence[str]) -> frozenset[str]:
    """The short forms that a title has or is: of "Superintendent of Police" `SP`, of "MEC for Finance" `MEC`; but not
    what it is of, the FBI of an "FBI director"."""
    stop = next((at for at, word in enumerate(title) if word in _OF), len(title))
    office, field = list(title[:stop]), [word for word in title[stop:] if word not in _SMALL]
    if not office:
        return frozenset()
    if _is_short(office[-1]):
        return frozenset((office[-1],)) if field or len(office) == 1 or is_office(office[-1]) else frozenset()
    return frozenset(_spelled([word for word in office if word not in _SMALL], field))


def _is_short(word: str) -> bool:
    return 2 <= len(word) <= _MOST and word.isalpha() and word.isupper()


def _spelled(office: Sequence[str], field: Sequence[str]) -> Iterator[str]:
    """The first letters of the words that end in a role, `PM` and `DPM`, or of a role and what it is of."""
    if office[-1].lower() not in ROLES:
        return
    runs = [office[first:] for first in range(max(len(office) - _MOST, 0), len(office) - 1)]
    for words in (*runs, *([(office[-1], field[0])] if field else ())):
        letters = "".join(word[0] for word in words).upper()
        if letters not in _PLACES and KNOWN_OFFICES.get(letters, whole := " ".join(words).lower()) == whole:
            yield letters
