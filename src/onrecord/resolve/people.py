"""Names of many documents that may be one person's: proposals with scores and reasons, for judgements to settle.

Names are compared only within a block of one surname, spelt alike whatever the transliteration. Proposes and decides
nothing: the store joins what scores high and nobody contradicted. Knows only names, how often they occur and, where
asked, who is named beside them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.resolve.name_match import core, same_person

#: A surname alone is taken for the one person who holds this share of the stories of all its bearers ...
_DOMINANT = 0.95
#: ... and is named in full in at least so many.
_DOMINANT_STORIES = 3
#: Pairs beyond so many names of one surname are not compared (Smith in a large pile), the rarest names first.
_LARGEST_BLOCK = 200
#: Who is named beside a surname says something from so many stories on.
_FEWEST_STORIES = 3

#: Given names that are one name in the languages that reports transliterate from.
_GIVEN = (
    "alexander aleksandr alexandr alyaksandr oleksandr aliaksandr alaksandr",
    "volodymyr vladimir uladzimir wladimir",
    "sergei sergey serhiy siarhei sergiy",
    "mykola nikolai nikolay mikalai",
    "dmitry dmitri dmytro dmitriy dzmitry",
    "andrei andrey andriy",
    "mikhail mykhailo mikhael mikhayil",
    "svetlana sviatlana svitlana",
    "yulia julia yuliya iuliia",
    "maria mariya mariia",
    "mohammed muhammad mohammad mohamed muhammed mohamad",
    "ahmed ahmad",
    "hussein husain husayn hussain",
    "yevgeny yevgeni evgeny evgeni yevhen",
    "yuri yuriy iurii iury",
    "pavel pavlo pavlos",
)
_SAME_GIVEN = {name: names.split()[0] for names in _GIVEN for name in names.split()}
#: Spellings of one sound, applied in this order after accents are gone.
_SOUNDS = (
    ("shch", "s"),
    ("sch", "s"),
    ("tch", "c"),
    ("zh", "z"),
    ("kh", "h"),
    ("sh", "s"),
    ("ch", "c"),
    ("ph", "f"),
    ("dh", "d"),
    ("th", "t"),
    ("ou", "u"),
    ("ks", "x"),
    ("q", "k"),
    ("w", "v"),
    ("j", "i"),
    ("y", "i"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a pile: its row id, the name folded to plain small letters, and how many stories hold it."""

    id: int
    folded: str
    stories: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """That two names (row ids) are one person's: how likely, and why."""

    left: int
    right: int
    score: float
    reason: str


Companions = Callable[[int], frozenset[int]]


def propose(names: Iterable[Named], companions: Companions) -> Iterator[Proposal]:
    """Pairs of names that may be one person's. `companions` tells which names stand in the same stories as one."""
    blocks: dict[str, list[Named]] = defaultdict(list)
    for name in names:
        blocks[_block(name.folded)].append(name)
    for key in sorted(blocks):
        block = sorted(blocks[key], key=lambda each: (-each.stories, each.id))[:_LARGEST_BLOCK]
        if key and len(block) > 1:
            yield from _in_block(block, companions)


def _block(folded: str) -> str:
    words = core(tuple(folded.split()))
    return re.sub(r"(?<!^)[aeiou]", "", sound(words[-1])) if words else ""


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A word as it sounds, near enough: "Zelenskyy" and "Zelensky", "Lukashenka" and "Lukashenko" are alike."""
    if word in _SAME_GIVEN:
        return _SAME_GIVEN[word]
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    for spelling, letter in _SOUNDS:
        plain = plain.replace(spelling, letter)
    plain = re.sub(r"(.)\1+", r"\1", plain)
    return re.sub(r"[aeiou]$", "", plain) if len(plain) > 4 else plain


def _in_block(block: Sequence[Named], companions: Companions) -> Iterator[Proposal]:
    cores = {name.id: core(tuple(name.folded.split())) for name in block}
    full = [name for name in block if len(cores[name.id]) > 1]
    alone = [name for name in block if len(cores[name.id]) == 1]
    for index, left in enumerate(full):
        for right in full[index + 1 :]:
            yield from _two_full_names(left, right, cores, full)
    for name in alone:
        yield from _surname_alone(name, full, companions)
    for index, left in enumerate(alone):
        for right in alone[index + 1 :]:
            if sound(cores[left.id][0]) == sound(cores[right.id][0]):
                yield _pair(left, right, 0.9, "one surname in two spellings")


def _two_full_names(
    left: Named, right: Named, cores: dict[int, tuple[str, ...]], block: Sequence[Named]
) -> Iterator[Proposal]:
    one, other = cores[left.id], cores[right.id]
    if sound(one[0])[:1] != sound(other[0])[:1]:
        return
    if one == other:
        yield _pair(left, right, 0.98, "the same name with and without a title")
    elif [*map(sound, one)] == [*map(sound, other)]:
        yield _pair(left, right, 0.95, "one name in two spellings")
    elif _ends(one) == _ends(other) and len(one) != len(other):
        is_only = _is_only_fuller(one, other, [cores[name.id] for name in block])
        yield _pair(left, right, 0.92 if is_only else 0.6, "one name with and without a middle name")
    elif same_person(one, other):
        yield _pair(left, right, 0.75, "a short form, an initial or a slip of a letter")


def _ends(words: tuple[str, ...]) -> tuple[str, str]:
    return sound(words[0]), sound(words[-1])


def _is_only_fuller(one: tuple[str, ...], other: tuple[str, ...], block: Sequence[tuple[str, ...]]) -> bool:
    """Whether nobody else of this first and last name goes by another middle name (the Presidents Bush)."""
    long, short = sorted((one, other), key=len, reverse=True)
    middles = {words[1:-1] for words in block if _ends(words) == _ends(short) and len(words) > 2}
    return len(short) == 2 and middles == {long[1:-1]}


def _surname_alone(name: Named, full: Sequence[Named], companions: Companions) -> Iterator[Proposal]:
    together = sum(bearer.stories for bearer in full)
    for bearer in full[:5]:
        share = bearer.stories / together if together else 0.0
        if share >= _DOMINANT and bearer.stories >= _DOMINANT_STORIES:
            yield _pair(name, bearer, 0.9, "the only well-known bearer of this surname")
        elif share >= 0.2:
            beside = _beside(name, bearer, companions) if name.stories >= _FEWEST_STORIES else 0.0
            yield _pair(name, bearer, round(0.6 * share + 0.25 * beside, 3), "a bearer of this surname")


def _beside(name: Named, bearer: Named, companions: Companions) -> float:
    """Which part of those named beside one are also named beside the other."""
    own, others = companions(name.id) - {bearer.id}, companions(bearer.id)
    return len(own & others) / len(own) if own else 0.0


def _pair(left: Named, right: Named, score: float, reason: str) -> Proposal:
    return Proposal(min(left.id, right.id), max(left.id, right.id), score, reason)
