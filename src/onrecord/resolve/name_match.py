"""Whether two names in one report can be names of the same: shorter forms, spellings, initials, acronyms.

Works on lower-cased words as traits.py gives them. Says "can be", never "is": which of several candidates a short form
belongs to is for coref.py.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_PARTICLES = frozenset("al el bin ibn ben van von der den de la le di da dos du abu st mac the of and for".split())
_HONORIFICS = frozenset(
    "mr mrs ms miss madam dr prof sir lord lady dame president prime minister chancellor senator sen rep gov "
    "governor mayor king queen prince princess pope rabbi imam sheikh ayatollah general gen colonel col "
    "major maj captain capt lt lieutenant sgt sergeant private judge justice secretary chairman chairwoman "
    "chief officer deputy vice rev reverend father sister brother bishop archbishop cardinal mullah "
    "detective inspector commissioner ambassador professor doctor jr sr".split()
)
_ENDINGS = frozenset("inc ltd llc corp co plc ag sa gmbh nv company corporation group limited incorporated".split())
#: Endings, and the French beginning, that firms alone have.
FIRM_ENDINGS = frozenset("inc ltd llc llp corp co cos plc ag gmbh nv cie spa kgaa incorporated".split())


#: Short forms of English given names that are not their beginnings, each with what it may be short for.
_WHOLE_NAMES = """
chuck:charles charlie:charles bill:william billy:william will:william liam:william bob:robert
bobby:robert rob:robert dick:richard rick:richard ricky:richard rich:richard mike:michael mick:michael
jim:james jimmy:james jamie:james jack:john johnny:john tom:thomas tommy:thomas tony:anthony
ted:edward/theodore ned:edward eddie:edward/edwin hank:henry harry:henry/harold larry:lawrence
jerry:gerald/jerome gerry:gerald andy:andrew drew:andrew dave:david steve:stephen/steven
joe:joseph joey:joseph dan:daniel danny:daniel kenny:kenneth matt:matthew mitch:mitchell
nick:nicholas pat:patrick/patricia pete:peter phil:philip/phillip ron:ronald russ:russell
sandy:alexander/sandra stu:stuart terry:terence/terrence/theresa zach:zachary gene:eugene
frank:francis/franklin mel:melvin vinny:vincent wally:walter walt:walter liz:elizabeth
betsy:elizabeth betty:elizabeth beth:elizabeth eliza:elizabeth lizzie:elizabeth libby:elizabeth
peggy:margaret maggie:margaret meg:margaret kate:katherine/catherine/kathleen kathy:katherine/kathleen
cathy:catherine katie:katherine/kathleen sue:susan/suzanne becky:rebecca debbie:deborah deb:deborah
jenny:jennifer jen:jennifer judy:judith cindy:cynthia vicky:victoria vicki:victoria trish:patricia
patty:patricia patti:patricia nan:nancy sally:sarah molly:mary polly:mary dolly:dorothy abby:abigail
mandy:amanda angie:angela barb:barbara chrissy:christine tina:christina lexi:alexandra sasha:alexander
"""
_SHORT_FORMS = {
    short: frozenset(whole.split("/")) for short, _, whole in (pair.partition(":") for pair in _WHOLE_NAMES.split())
}


@lru_cache(maxsize=4_096)
def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """A person's name without titles in front and "Jr." behind."""
    start, end = 0, len(words)
    while start < end - 1 and words[start] in _HONORIFICS:
        start += 1
    while end - 1 > start and words[end - 1] in _GENERATIONS:
        end -= 1
    return words[start:end]


@lru_cache(maxsize=8_192)
def same_person(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names can be one person's: the shorter fits into the longer, spellings aside. The father is not the
    son: with more than a surname, "Jr." must stand behind both or neither."""
    if generation(left) != generation(right) and min(_said_of(left), _said_of(right)) > 1:
        return False
    long, short = sorted((core(left), core(right)), key=len, reverse=True)
    if len(short) == 1:
        return _goes_by(short[0], long) or short[0] in _letters_of(long)
    if len(long) == len(short) == 2 and not _alike(long[1], short[1]):
        return _alike(long[0], short[1]) and _alike(long[1], short[0])
    return _in_order(short, long) or (len(short) > 1 and long[: len(short)] == short)


def _goes_by(word: str, long: tuple[str, ...]) -> bool:
    """ "Sanders" is not "Sander Levin": a given name that stands alone is not spelled in more than one way."""
    *surnames, given = _handles(long)
    return any(_alike(word, each) for each in surnames) or (
        fold(word) == fold(given) if surnames and len(long) > 1 else _alike(word, given)
    )


def _letters_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "jfk" of "John F. Kennedy", "xld" of "Xaver-Lukas Dorn"; letters that can be read are a name's."""
    letters = "".join(part[0] for word in words for part in word.split("-") if part)
    return (letters,) if len(letters) in (3, 4) and _UNREADABLE.fullmatch(letters) else ()


_UNREADABLE = re.compile(r"[bcdfghjklmnpqrstvwxz]+")
_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))


def generation(words: tuple[str, ...]) -> str:
    """What tells a son from a father, "jr" or "iii"; empty for most names."""
    return words[-1] if words[-1] in _GENERATIONS else ""


def _said_of(words: tuple[str, ...]) -> int:
    """How many words a name has beside titles, "Jr." among them."""
    return len(core(words)) + bool(generation(words))


def _handles(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words a person goes by alone: the last, or the first; of one word, itself."""
    last = tuple(word for word in words[1:] if word not in _PARTICLES)
    if last:
        return (*last, words[0])
    joined = _JOINED_NAME.split(words[0])
    return (words[0], joined[0]) if len(joined) > 1 else words


#: "Mansoor-ul-Haq" goes by "Mansoor".
_JOINED_NAME = re.compile(r"-(?:ul|ur|ud|uz|us|un)-")


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if not _alike(short[-1], long[-1]):
        return False
    at = 0
    for word in short[:-1]:
        if word in _PARTICLES:
            continue
        while at < len(long) - 1 and not _fits(word, long[at]):
            at += 1
        if at >= len(long) - 1:
            return False
        at += 1
    return True


def _fits(word: str, other: str) -> bool:
    """A given name against a given name: alike, an initial, or a short form ("Alex"; "Chuck", "Charles")."""
    if other in _SHORT_FORMS.get(word, ()) or word in _SHORT_FORMS.get(other, ()):
        return True
    if len(word) <= 1 or len(other) <= 1:
        return word[:1] == other[:1]
    return _alike(word, other) or (
        len(word) >= 3 and len(other) >= 3 and (word.startswith(other) or other.startswith(word))
    )


#: "Al-Jari" goes by "Jari", too.
_ARTICLE = re.compile(r"^(?:al|el)-(?=\w{3})")
#: Letters from which on a word may be spelled in more than one way, and may lack a letter.
_LONG, _NEARLY_LONG = 6, 5


@lru_cache(maxsize=8_192)
def _alike(word: str, other: str) -> bool:
    """Equal after folding, or long and a letter or two apart (Zelensky, Zelenskyy; Kalinouski, Kalinuski), or nearly as
    long and short of a letter (Mauer, Maurer)."""
    left, right = fold(word), fold(other)
    if left == right or _ARTICLE.sub("", word) == other or _ARTICLE.sub("", other) == word:
        return True
    shorter = min(len(left), len(right))
    if shorter < _NEARLY_LONG or left[0] != right[0] or (shorter < _LONG and len(left) == len(right)):
        return False
    allowed = 1 if min(len(left), len(right)) < 8 else 2
    return abs(len(left) - len(right)) <= allowed and _distance_within(left, right, allowed)


@lru_cache(maxsize=8_192)
def fold(word: str) -> str:
    """A word without accents, apostrophes and hyphens."""
    if word.isascii():
        return word if word.isalnum() else _MARK.sub("", word) or word
    plain = unicodedata.normalize("NFKD", word)
    return _MARK.sub("", "".join(letter for letter in plain if not unicodedata.combining(letter))) or word


_MARK = re.compile(r"[^\w]|_")


@lru_cache(maxsize=4_096)
def marks_of_person(words: tuple[str, ...]) -> frozenset[str]:
    """What two names share if they can be one person's, though sharing a mark proves nothing: spellings that pass for
    one another are equal, or long and begin alike."""
    bare = core(words)
    folded = [fold(_ARTICLE.sub("", word)) for word in bare]
    short = frozenset((*(word for word in folded if len(word) < _LONG), *_letters_of(bare)))
    return short | {word[0] for word in folded if len(word) >= _NEARLY_LONG}


@lru_cache(maxsize=8_192)
def _letters_in(word: str) -> int:
    """A bit for each letter that stands in a word."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


def _distance_within(left: str, right: str, allowed: int) -> bool:
    """Whether so many letters changed, added or left out make one of the other; each alters two bits at most."""
    if (_letters_in(left) ^ _letters_in(right)).bit_count() > 2 * allowed:
        return False
    previous = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        current = [row]
        for column, other in enumerate(right, start=1):
            change = previous[column - 1] + (letter != other)
            current.append(min(previous[column] + 1, current[-1] + 1, change))
        if min(current) > allowed:
            return False
        previous = current
    return previous[-1] <= allowed


@lru_cache(maxsize=8_192)
def same_organisation(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names can be one organisation's: equal, shortened, or an acronym."""
    return not _are_two_firms(left, right) and _can_be_one_body(left, right)


def _are_two_firms(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """The General Cable Corp. is not the General Cable Credit Corp."""
    if left[-1] not in FIRM_ENDINGS or right[-1] not in FIRM_ENDINGS:
        return False
    own = [tuple(word for word in _plain(name) if word not in ("&", "amp", "and")) for name in (left, right)]
    return own[0] != own[1] and len(own[0]) > 1 < len(own[1])


def _can_be_one_body(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if same_place(left, right) or _short_of_body(left, right) or _short_of_body(right, left):
        return True
    return _is_begun_by_letters(left, right) or _is_begun_by_letters(right, left)


def _is_begun_by_letters(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "NY Daily News" of "New York Daily News": the letters of a place of two words before the same words."""
    return len(short[0]) == 2 and len(short) > 1 and short[1:] == long[2:] and short[0] == long[0][0] + long[1][:1]


def _short_of_body(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "Labour" of "Labour Party", "Ford" of "Ford Motor Company"; but no country is its parliament, so places are not
    asked. "Chronicle" of "San Francisco Chronicle", "Federation" of "Football Federation of Chile"."""
    if len(short) == 1 and (fold(short[0]) in short_forms(long) or long[:2] == _CLIPPED.get(short[0])):
        return True
    short, long = _plain(short), _plain(long)
    if len(short) != 1 or len(long) < 2:
        return False
    if short[0] in _CALLED_SO:
        return short[0] in (long[-1], *(word for word, after in pairwise(long) if after in ("of", "for")))
    return goes_by_first(long) and long[0] == short[0]


def goes_by_first(words: tuple[str, ...]) -> bool:
    """Whether a name is of a word and what sort of body it is: "Kolb Energy", "Anvil Magazine"."""
    return len(words) == 2 and words[1] in _SORTS_OF_BODY


@lru_cache(maxsize=4_096)
def short_forms(words: tuple[str, ...]) -> frozenset[str]:
    """The single words that a firm goes by: "Avon" for "Avon Rent-A-Car Corp.", "Paribas" for "Cie. Financiere de
    Paribas"; and of any body the first part of a first word with a hyphen, "Hewlett" for "Hewlett-Packard"."""
    bare = [word.removesuffix("'s").removesuffix("’s") for word in words if word not in FIRM_ENDINGS]
    first = bare[0].partition("-")[0] if bare else ""
    found = {fold(first)} if len(first) >= _SHORTEST and "-" in bare[0] else set()
    if bare and (len(bare) < len(words) or (len(bare) > 1 and _ends_loosely(tuple(bare)))):
        found |= {fold(bare[0]), *(fold(word) for before, word in pairwise(bare) if before in ("de", "di"))}
    return frozenset(word for word in found if len(word) > 1 and word not in _PARTICLES)


def is_firm(words: tuple[str, ...]) -> bool:
    """Whether a name of several words ends as those of firms do: "Osterby Savings Bank", "Kolb Cos."."""
    return len(words) > 1 and (words[-1] in FIRM_ENDINGS or _ends_loosely(words) or words[0] == "cie")


def _ends_loosely(words: tuple[str, ...]) -> bool:
    return words[-1] in _LOOSE_ENDINGS or "savings" in words[1:]


#: Letters of a part of a word that a body may go by: "al-Shabaab" is no "Al".
_SHORTEST = 4
#: Endings of firms that other bodies have as well.
_LOOSE_ENDINGS = frozenset("group holdings partners bank company corporation limited international bancorp".split())


@lru_cache(maxsize=8_192)
def same_place(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names can be one place's, or another thing's: equal, shortened, or an acronym."""
    whole, part = sorted((left, right), key=lambda words: len(_plain(words)), reverse=True)
    long, short = _plain(whole), _plain(part)
    if not short or not long:
        return left == right
    if short == long:
        return True
    if len(short) == 1 and len(long) > 1 and (is_acronym(short[0], long) or is_acronym(short[0], whole)):
        return True
    if len(short) == 1 or short in _OWNERS:
        return False
    return long[: len(short)] == short or long[-len(short) :] == short


#: Bodies that others have in front of their names: the United Nations are not their High Commissioner for Refugees.
_OWNERS = frozenset((("united", "nations"), ("african", "union"), ("european", "union"), ("world", "bank")))


@lru_cache(maxsize=4_096)
def marks_of_body(words: tuple[str, ...]) -> frozenset[str]:
    """What two names share if they can be one organisation's or place's, though sharing a mark proves nothing: the
    first or the last word, or the letters of an acronym."""
    plain = _plain(words)
    acronym = (_letters(plain[0]),) if len(plain) == 1 else (*_initials(plain), *_initials(words))
    called = (word for word in plain[1:-1] if word in _CALLED_SO)
    clipped = [short for short, long in _CLIPPED.items() if long == plain[:2]]
    return frozenset((*plain[:1], *plain[-1:], *acronym, *called, *clipped, *short_forms(words)))


#: Bodies that go by no word of theirs.
_CLIPPED = {"fed": ("federal", "reserve")}
_KINDS_OF_BODY = frozenset(
    "school university college party group bank ministry army party newspaper news club union council "
    "committee airlines foundation institute hospital prison church agency department commission court "
    "congress parliament senate house magazine".split()
)


#: What a firm that goes by its first word adds to it.
_TRADES = frozenset(
    "motor motors computer computers airways records productions pharmaceuticals holdings industries entertainment "
    "energy oil steel foods stores systems technologies healthcare broadcasting communications telecommunications "
    "electronics semiconductor semiconductors chemical chemicals petroleum mining brewing medical securities "
    "financial savings insurance".split()
)
_SORTS_OF_BODY = _KINDS_OF_BODY | _TRADES
#: Words by which a report that has given a body's name goes on to call it: "the Chronicle", "the Chamber".
_CALLED_SO = frozenset(
    "chronicle times post journal herald leader tribune gazette telegraph courier executive authority federation "
    "embassy chamber institute directorate ombudsman inspectorate secretariat senate cabinet star sun mirror observer "
    "mail standard globe union museum ministry board commission council trust society association agency foundation "
    "hospital university college club corporation court authority league academy".split()
)


@lru_cache(maxsize=4_096)
def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(fold(word) for word in words if word not in _ENDINGS and word not in ("the", "'s"))
    if len(kept) > 1 and kept[0] == "ny":
        return ("new", "york", *kept[1:])
    return kept or words


def is_acronym(short: str, long: tuple[str, ...]) -> bool:
    """ "IMF" of "International Monetary Fund", also with small words counted ("USA", "UNHCR" is not), without the last
    word ("CDC" of "Centers for Disease Control and Prevention") or without the country ("FDA" of "U.S. Food and Drug
    Administration")."""
    letters = _letters(short)
    return len(letters) >= 2 and letters in _initials(long)


def _letters(acronym: str) -> str:
    return _NO_LETTER.sub("", acronym)


_NO_LETTER = re.compile(r"[^a-z0-9]")


def _initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """The first letters of a name's words: without the small ones, with them, without the last, without the country."""
    parts = [part for word in words for part in word.split("-") if part]
    letters = "".join(part[0] for part in parts if part not in _PARTICLES)
    shorter = letters[:-1] if len(letters) > _LETTERS else letters
    abroad = letters[_of_country(parts) :] if len(letters) >= _LETTERS else letters
    return letters, "".join(part[0] for part in parts), shorter, abroad


def _of_country(parts: list[str]) -> int:
    """How many words of a name are the country that it opens with."""
    if parts[:2] in (["united", "states"], ["united", "kingdom"]):
        return 2
    return 1 if parts[:1] and parts[0] in _COUNTRIES else 0


#: Of an acronym that leaves out a word: fewer would be anybody's.
_LETTERS = 3
_COUNTRIES = frozenset(("us", "u.s", "u.s.", "uk", "u.k", "u.k.", "american", "british", "canadian", "australian"))
