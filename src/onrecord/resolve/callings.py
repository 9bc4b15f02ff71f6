"""By which words a report calls its people beside their names: "Sen. Dolores Quintero of New Mexico" is a senator.

Gathers them, a bag of words for each place, with the short forms of titles in capitals; which description they answer
to is for described_sources.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Document, Entity, Span
from onrecord.resolve.held_offices import held_office
from onrecord.resolve.offices import short_forms_of
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.state_letters import state_of_lawmaker

Bag = frozenset[str]
WORD: Final = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*")
#: Characters before a name in which its title stands.
_REACH: Final = 60
#: The same for a title with all that it is of: "Ambassador of the Kingdom of Ostland to Westland".
_LONG_REACH: Final = 160
#: Characters behind a name in which punctuation shows that it is set off.
_NEAR: Final = 16
_CALLED: Final = ROLES | {"lady", "prince", "amir", "emir", "counterpart"}
#: Words in capitals of a headline, over which no title runs on to a name: `Mayor Says Battle Against` Ann Lee.
_NO_TITLE: Final = frozenset(
    """says tells calls urges asks warns told said slams blasts backs defends rejects accuses blames attacks hits
    endorses mocks meets joins against as with on from after over into""".split()
)
#: Where somebody is from: "Sen. Dolores Quintero of New Mexico", "Rep. John Mica (R-Fla.)".
_AFTER_NAME: Final = re.compile(r"(?: of(?: [A-Z][\w.-]+){1,3}| \([^)\n]{1,30}\))")
_CLOSED: Final = re.compile(r"[.!?”\"]\s+(?=[A-Z])|[,;:(\n“]")
_ABBREVIATED: Final = re.compile(r"\b(?:Sen|Rep|Gov|Gen|Lt|Col|Dr|Mr|Mrs|Ms|Prof|Capt|Sgt|Maj|U\.S)\.$")
#: `(SP)`: the short form of a title, between the title and the name.
_IN_BRACKETS: Final = re.compile(r"\s\(([A-Z]{2,6})\)(?=\s$)")
#: `the Harbour Party (HP) Chairman`: the short form of a body inside a title.
_BODY_IN_BRACKETS: Final = re.compile(r"\([A-Z]{2,8}\)")
_OF: Final = frozenset("of for to at in".split())
_JOINS: Final = _OF | frozenset("the and &".split())
_OWNER: Final = re.compile(r"(?:[’']s|s[’'])$")


def callings(document: Document, entity: Entity, names: Sequence[Span], rooms: Sequence[Span]) -> tuple[Bag, ...]:
    """The words of each title and description of a person, and those around each of the places of its name. `rooms` are
    from the end of who is named before each to the start of who is named next."""
    bags = [frozenset(_own_words(document.words(span).split())) for span in entity.titles]
    bags += [frozenset(plain_words(document.words(span))) for span in entity.descriptions]
    for name, room in zip(names, rooms, strict=True):
        before = document.text[max(name.start - _LONG_REACH, room.start) : name.start].rpartition("\n")[2]
        behind = document.text[name.end : max(min(name.end + _LONG_REACH, room.end), name.end + _NEAR)]
        titles = _title(before[-_REACH:])
        after = _AFTER_NAME.match(behind) if titles else None
        bags.append(frozenset((*titles, *plain_words(after.group() if after else ""), *state_of_lawmaker(behind))))
        bags.append(_office(before) or _set_off(before, behind) or _for_somebody(document.text, room.start, name))
        bags.append(_held(behind))
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
        if not (word[0].isupper() or bare in _CALLED or bare.removesuffix("s") in ROLES) or bare in _NO_TITLE:
            break
        kept.append(word)
    return plain_words(" ".join(kept)) if before.endswith((" ", "\xa0")) else []


# --- titles with all that they are of --------------------------------------------------------------------------------


def _office(before: str) -> Bag:
    """The words of the title that runs up to a name, with what it is of: `Ambassador of Ostland to Westland`."""
    short = _IN_BRACKETS.search(before)
    words = (before[: short.start()] if short else before).split() if before[-1:].isspace() else []
    return _of_title(_running_up(words), short[1] if short else "")


def _of_title(title: Sequence[str], short: str = "") -> Bag:
    """Its own words and short forms, where it is one of an office."""
    own, forms = _own_words(title), short_forms_of(title)
    if not forms and not any(word in _CALLED for word in own):
        return frozenset()
    return frozenset((*own, *forms, *((short,) if short else ())))


def _running_up(words: Sequence[str]) -> list[str]:
    """The words from the end back that a title is made of: capitals, roles, small joins and fields."""
    first = len(words)
    for at in range(len(words) - 1, -1, -1):
        if _BODY_IN_BRACKETS.fullmatch(words[at]) and 0 < at < len(words) - 1:
            continue
        if not _belongs(words, at) or (_CLOSED.search(f"{words[at]} A") and not _ABBREVIATED.search(words[at])):
            break
        first = at
        if _OWNER.search(words[at]) and (at == 0 or words[at - 1] not in _JOINS):
            break
    while first < len(words) and words[first] in _JOINS:
        first += 1
    return list(words[first:])


def _belongs(words: Sequence[str], at: int) -> bool:
    """Whether a word can be one of a title: `superintendent`, `of`, `police`."""
    word = words[at]
    if word[0].isupper() or word.lower() in _CALLED or word == "&":
        return word.lower() not in _NO_TITLE
    if word in _JOINS:
        return at < len(words) - 1
    return at > 1 and words[at - 1] in ("of", "for") and words[at - 2].lower() in _CALLED


def _own_words(title: Sequence[str]) -> list[str]:
    """The plain words without the offices of others: no secretary to the president is a president."""
    own: list[str] = []
    inner = False
    for word in title:
        inner = word in _OF or (inner and word not in ("and", "&"))
        own += [plain for plain in plain_words(word) if not (inner and plain in _CALLED)]
    return [word for word in own if word not in _JOINS]


def _held(behind: str) -> Bag:
    """The words of an office that the sentence says somebody holds: `, who will become chairman of the board`."""
    head, of = _parts(held_office(behind))
    return _of_title((*head, *of)) if head and head[-1].lower() in _CALLED and len(head) <= _MOST_WORDS else frozenset()


# --- titles that a comma sets off ------------------------------------------------------------------------------------

_COMMA: Final = re.compile(r",\s(?:(?:Mr|Mrs|Ms|Dr|Sir)\.?\s)?$")
_CLAUSE_START: Final = re.compile(r"[.!?”\"]\s+(?=[A-Z])|[,;:()\n“”—–]")
_DETERMINER: Final = re.compile(r"(?:(?<=\s)|^)(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[A-Z][\w.-]*[’']s)\s")
_HEAD_ENDS: Final = re.compile(r"\s(?:of|for|in|at|to|from|with|on|by|who|whose|and(?=\s[a-z])|representing)\s")
_NAME_ENDS: Final = re.compile(r"\s*(?:[,.;:)”\"—–(]|$)")
#: How far a description that is no title may stand from where its clause begins: `said a provincial doctor, Ann Lee`.
_LEADS_IN: Final = re.compile(r"(?:^|\b(?:said|says|by|with|from|told|to))\s*$")
_CIRCUMSTANCE: Final = re.compile(r"\s*(?:In|At|On|During|Following|After|Before|As|When|While|For|Asked)\s")
#: A comma that was left out: `The governor, Ann Lee on Monday opened`.
_GOES_ON: Final = re.compile(
    r"\s(?:(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|also|has|had|will|said|says|told)\b"
)
_OWN_APPOSITION: Final = re.compile(r",\s(?:an?|the|who|\d+)\b")
_MOST_WORDS: Final = 7


def _set_off(before: str, behind: str) -> Bag:
    """The words of a description that a comma sets off before a name: `the registrar of the university, Ann Lee,`."""
    comma = _COMMA.search(before)
    if comma is None:
        return frozenset()
    starts = [match.end() for match in _CLAUSE_START.finditer(before, 0, comma.start())]
    clause = before[starts[-1] if starts else 0 : comma.start()]
    for opening in _DETERMINER.finditer(clause):
        head, of = _parts(clause[opening.end() :])
        if not head or head[-1].lower() not in _CALLED or len(head) > _MOST_WORDS:
            continue
        sure = _is_sure(opening.group(), clause[: opening.start()], of, behind)
        return _of_title((*head, *of)) if sure or len(head) + len(of) == 1 else frozenset()
    return frozenset()


#: `An attorney for Mr.` Lindt: who works for whoever is named next.
_WORKS_FOR: Final = re.compile(
    r"(?:^|[.!?”\"]\s|[,;—–]\s|\n)(?:[Aa]n?|[Tt]he)\s(?P<head>(?:[\w-]+\s){0,3}?[a-z-]+)\s(?:for|of|to)\s"
    r"(?P<of>(?:[A-Z][\w.’'-]*\s?){1,4})\Z"
)


def _for_somebody(text: str, owner_end: int, name: Span) -> Bag:
    """The words of `An attorney for Lindt, Mark Dallow,`, where another name is inside the description."""
    joined = text.startswith((", and ", ", or "), name.end)
    if text[owner_end : name.start] != ", " or joined or _NAME_ENDS.match(text, name.end) is None:
        return frozenset()
    found = _WORKS_FOR.search(text, max(owner_end - _LONG_REACH, 0), owner_end)
    head = found["head"].split() if found else []
    return _of_title((*head, *found["of"].split())) if found and head[-1] in _CALLED else frozenset()


def _parts(phrase: str) -> tuple[list[str], list[str]]:
    """A description as its own words and what it is of; none of its own where it is more than a noun and its words."""
    end = _HEAD_ENDS.search(phrase)
    head = phrase[: end.start()] if end else phrase
    return [] if _DETERMINER.search(head) else head.split(), phrase[end.start() :].split() if end else []


def _is_sure(determiner: str, before: str, of: Sequence[str], behind: str) -> bool:
    """Not `the lawyer of the driver, Tom Poe`, who may be the driver, nor what ends a circumstance: `After a letter to
    the mayor, Ann Lee, a nurse,`."""
    if any(word.lower() in _CALLED for word in of[-1:]):
        return False
    if _NAME_ENDS.match(behind) is None:
        return (
            not before.strip() and determiner.lower().strip() not in ("a", "an") and _GOES_ON.match(behind) is not None
        )
    if _CIRCUMSTANCE.match(before or determiner) and _OWN_APPOSITION.match(behind):
        return False
    return determiner.lower().strip() not in ("a", "an") or _LEADS_IN.search(before) is not None
