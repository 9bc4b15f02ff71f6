"""What a mention's own words tell about it: head word, number, gender, grammatical person, determiner.

Reads nothing but the words of the mention. Given names come from a list (resolve/data/given_names.txt); a name or noun
that says nothing of gender or number stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from onrecord.record import Document, Mention, MentionForm, MentionKind

Number = Literal["", "singular", "plural"]
Gender = Literal["", "man", "woman", "thing"]


class Pronoun(NamedTuple):
    """Grammatical person (1 to 3), number and gender of a pronoun."""

    person: int
    number: Number
    gender: Gender


def _pronouns() -> dict[str, Pronoun]:
    table: dict[str, Pronoun] = {}
    rows: tuple[tuple[str, int, Number, Gender], ...] = (
        ("i me my mine myself", 1, "singular", ""),
        ("we us our ours ourselves", 1, "plural", ""),
        ("you your yours yourself yourselves", 2, "", ""),
        ("he him his himself", 3, "singular", "man"),
        ("she her hers herself", 3, "singular", "woman"),
        ("it its itself", 3, "singular", "thing"),
        ("they them their theirs themselves themself", 3, "plural", ""),
        ("who whom whose", 3, "", ""),
        ("this that", 3, "singular", "thing"),
        ("these those", 3, "plural", ""),
        ("one", 3, "singular", ""),
    )
    for words, person, number, gender in rows:
        table |= dict.fromkeys(words.split(), Pronoun(person, number, gender))
    return table


PRONOUNS = _pronouns()
MEN = frozenset(
    "man men boy father dad husband son brother half-brother stepfather uncle nephew grandfather grandson "
    "king prince lord sir mr monk priest imam pope cardinal spokesman chairman policeman businessman "
    "congressman gunman fisherman salesman serviceman fireman cameraman statesman actor waiter widower "
    "groom boyfriend guy gentleman duke emperor sultan sheikh ayatollah rabbi grandad baron councilman "
    "assemblyman anchorman clergyman craftsman".split()
)
WOMEN = frozenset(
    "woman women girl mother mom wife daughter sister half-sister stepmother aunt niece grandmother "
    "granddaughter queen princess lady mrs ms miss madam nun spokeswoman chairwoman policewoman "
    "businesswoman congresswoman actress waitress widow bride girlfriend duchess empress councilwoman "
    "assemblywoman midwife heroine hostess".split()
)
_PLURALS = frozenset(
    "people men women children police officials authorities forces troops media data staff crew cattle folk "
    "youth public both many several few most others two three four five six seven eight nine ten dozens "
    "hundreds".split()
)
_NOT_PLURAL = re.compile(r"(?:ss|us|is|ics|news|series|headquarters)$")
_DETERMINERS = {
    **dict.fromkeys("the".split(), "the"),
    **dict.fromkeys("a an another one".split(), "a"),
    **dict.fromkeys("this that these those such".split(), "this"),
    **dict.fromkeys("my your his her its our their whose".split(), "whose"),
    **dict.fromkeys(
        "some any no every each all both many several few most more two three four five six ten dozens "
        "hundreds".split(),
        "some",
    ),
}
_POST_MODIFIER = re.compile(
    r"\s+(?:of|in|for|to|from|with|on|at|by|about|against|between|among|who|whom|whose|that|which|where|when|after|before"
    r"|during|including|near|as|under|over|into|than|named|called|known|whether|without|toward|towards|behind|around)\b"
    r"|\s*[,;:(—–]|\s+-"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_APOSTROPHE = re.compile(r"['’]")
_AFTER_A_NAME = re.compile(r"\s*[,;:(—–\[]|\s+(?:who|which|that|where|whose)\b")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?|[&]")
TITLES_OF_MEN = frozenset("mr sir lord prince king brother father señor herr monsieur".split())
TITLES_OF_WOMEN = frozenset("mrs ms miss lady dame princess queen sister madam madame señora frau".split())


class Traits(NamedTuple):
    """The traits of one mention; `words` are lower-cased, without a determiner or a closing possessive."""

    words: tuple[str, ...]
    head: str
    number: Number
    gender: Gender
    person: int
    determiner: str


def traits_of(document: Document, mention: Mention) -> Traits:
    """The traits of a mention."""
    traits = _traits(document.words(mention.span), mention.form, mention.kind)
    if mention.form != "name" or mention.kind != "person" or traits.gender:
        return traits
    title = _COURTESY.search(document.text, max(mention.span.start - 10, 0), mention.span.start)
    return traits if title is None else traits._replace(gender="man" if title[1] == "Mr" else "woman")


#: `Mrs.` Lund, but not `Mr. and Mrs.` Lund: what a surname itself does not say.
_COURTESY = re.compile(r"(?<!and\s)\b(Mr|Mrs|Ms|Miss)\.?\s\Z")


@lru_cache(maxsize=4096)
def _traits(words_as_written: str, form: MentionForm, kind: MentionKind) -> Traits:
    text = _POSSESSIVE.sub("", words_as_written) if _APOSTROPHE.search(words_as_written) else words_as_written
    if form == "name" and (match := _AFTER_A_NAME.search(text, 1)):
        text = text[: match.start()]
    if form == "pronoun":
        return _of_pronoun(text.lower())
    written = _WORD.findall(text)
    words = tuple([word.lower().rstrip(".") for word in written])
    if not words:
        return Traits((text.lower(),), text.lower(), "", "", 0, "")
    owner = form == "name" and words[0].endswith(("'s", "’s"))  # "Macy's Inc." owns nothing
    determiner = "" if owner else _determiner(words[0])
    bare = words[1:] if determiner and len(words) > 1 else words
    if form == "name":
        return _of_name(kind, bare, determiner)
    head = _head(text, written)
    return Traits(bare, head, _number_of_noun(head, words[0]), _gender_of_noun(kind, head), 0, determiner)


def _of_pronoun(word: str) -> Traits:
    pronoun = PRONOUNS.get(word, Pronoun(3, "", ""))
    return Traits((word,), word, pronoun.number, pronoun.gender, pronoun.person, "")


def _determiner(word: str) -> str:
    if word.endswith(("'s", "’s")):
        return "whose"
    return _DETERMINERS.get(word, "")


def _of_name(kind: MentionKind, words: tuple[str, ...], determiner: str) -> Traits:
    if kind == "person":
        return Traits(words, words[-1], "singular", gender_of_name(words), 0, determiner)
    plural = kind == "group" and words[-1].endswith("s") and not _NOT_PLURAL.search(words[-1])
    gender: Gender = "" if kind == "group" else "thing"
    return Traits(words, words[-1], "plural" if plural else "", gender, 0, determiner)


def gender_of_name(words: tuple[str, ...]) -> Gender:
    """Of a person's name, by a title or the given name; unknown for a lone surname."""
    if words[0] in TITLES_OF_MEN:
        return "man"
    if words[0] in TITLES_OF_WOMEN:
        return "woman"
    men, women = _given_names()
    given = words[0] if len(words) > 1 and not _is_family_first(words) else ""
    return "man" if given in men else "woman" if given in women else ""


def _is_family_first(words: tuple[str, ...]) -> bool:
    """ "Su Tseng-chang", "Tam Yiu-chung": the first word is the family's, though it is a given name elsewhere."""
    return len(words) == 2 and _CHINESE_OR_KOREAN.fullmatch(words[1]) is not None


#: A given name of two syllables, as Chinese and Korean ones are written: "yiu-chung", "jong-un", "tseng-chang".
_SYLLABLE = r"(?:[bcdfghjklmnpqrstwxyz]{0,3}[aeiouyü]{1,3}(?:ng|n|h|k|p|t|l|m|r)?)"
_CHINESE_OR_KOREAN = re.compile(rf"{_SYLLABLE}-{_SYLLABLE}")


def head_word(text: str) -> str:
    """The head of a description: the last word before what modifies it from behind."""
    return _head(text, _WORD.findall(text))


def _head(text: str, words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0].lower().rstrip(".")
    match = _POST_MODIFIER.search(text, 1)
    found = (_WORD.findall(text, 0, match.start()) if match else words) or words
    return found[-1].lower().rstrip(".") if found else text.lower()


def _number_of_noun(head: str, first: str) -> Number:
    if first in ("a", "an", "this", "that", "one", "another", "each", "every"):
        return "singular"
    if head in _PLURALS or first in ("these", "those", "both", "many", "several"):
        return "plural"
    return "plural" if head.endswith("s") and not _NOT_PLURAL.search(head) else "singular"


def _gender_of_noun(kind: MentionKind, head: str) -> Gender:
    singular = head.removesuffix("s")
    if head in MEN or singular in MEN:
        return "man"
    if head in WOMEN or singular in WOMEN:
        return "woman"
    return "" if kind in ("person", "group", "organisation") else "thing"


@cache
def _given_names() -> tuple[frozenset[str], frozenset[str]]:
    lines = (files("onrecord.resolve") / "data" / "given_names.txt").read_text(encoding="utf-8").splitlines()
    lists = {line.split(" ", 1)[0]: frozenset(line.split()[1:]) for line in lines if not line.startswith("#")}
    return lists["men"], lists["women"]
