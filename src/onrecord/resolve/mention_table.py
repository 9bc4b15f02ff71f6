"""The mentions of a report as columns of numbers: what each is in itself, where it stands, what the encoder says of it.

The ranker compares mentions by these columns alone. Without the encoder's opinion the same features stand, with zeros.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.resolve.name_match import marks_of_body, marks_of_person, same_organisation, same_person
from onrecord.resolve.traits import Traits

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint8]
FORMS = ("pronoun", "name", "nominal")
KINDS = ("person", "organisation", "place", "group", "facility", "product", "event", "other")
DETERMINERS = ("", "the", "a", "this", "whose", "some")
NUMBERS = ("", "singular", "plural")
GENDERS = ("", "man", "woman", "thing")
ROLES = ("", "after a preposition", "possessive", "before a verb")
#: Width of the encoder's vectors for anaphors and antecedents, of its opinion of a mention alone, and of head words.
WIDTH, OPINION, HEADS = 48, 7, 192
#: What logits and vectors are divided by where they become features.
LOGIT_SCALE, VECTOR_SCALE = 5.0, 2.0


class Opinion(NamedTuple):
    """What the encoder says of each mention: vectors (n, WIDTH) as anaphor and as antecedent, (n, OPINION) logits that
    it is a mention at all and of each kind, and vectors (n, HEADS) of its head word."""

    anaphors: Floats
    antecedents: Floats
    alone: Floats
    heads: Floats


class Standing(NamedTuple):
    """Where a mention stands: span, sentence, paragraph, quotation (-1 outside any), its order in the sentence, the
    quotations that end right before it and start right after it (-1 for none), its role (index into ROLES), and
    whether it starts a paragraph (1 or 0)."""

    start: int
    end: int
    sentence: int
    paragraph: int
    quotation: int
    order: int
    quoted_before: int = -1
    quoted_after: int = -1
    role: int = 0
    opens: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The mentions of a report as columns. `names` numbers distinct names (-1 for others), `alike` says which of them
    can name the same, `bags` which mention has which of the words that several have; `own` are the features (n, F) of
    each mention alone."""

    form: Ints
    kind: Ints
    number: Ints
    gender: Ints
    person: Ints
    determiner: Ints
    family: Ints
    placed: Ints
    length: Ints
    words: Ints
    head: Ints
    count: Ints
    lead: Ints
    bags: Bits
    names: Ints
    alike: Flags
    opinion: Opinion
    own: Floats

    def __len__(self) -> int:
        return len(self.form)


def table(
    forms: Sequence[str],
    kinds: Sequence[str],
    traits: Sequence[Traits],
    standings: Sequence[Standing],
    opinion: Opinion | None = None,
) -> Table:
    """The columns of a report's mentions, which must be in text order."""
    count = len(forms)
    said, heads, numbers, genders, persons, determiners = zip(*traits, strict=True) if count else ((),) * 6
    ids = {word: number for number, word in enumerate(dict.fromkeys(chain.from_iterable(said)))}
    strings = {words: number for number, words in enumerate(dict.fromkeys(said))}
    form, person, gender = _codes(forms, FORMS), np.array(persons, np.int64), _codes(genders, GENDERS)
    human = (person == 1) | (person == 2) | (gender == GENDERS.index("man")) | (gender == GENDERS.index("woman"))
    names, alike = _names(forms, kinds, traits)
    words = np.array([strings[each] for each in said], np.int64)
    columns: dict[str, Any] = {
        "form": form,
        "kind": np.where(form == 0, np.where(human, 0, len(KINDS) - 1), _codes(kinds, KINDS)),
        "number": _codes(numbers, NUMBERS),
        "gender": gender,
        "person": person,
        "determiner": _codes(determiners, DETERMINERS),
        "family": np.array([_FAMILY_OF.get(head, 0) for head in heads], np.int64) * (form == 0),
        "placed": np.fromiter(chain.from_iterable(standings), np.int64).reshape(count, len(Standing._fields)).T,
        "length": np.array([len(each) for each in said], np.int64),
        "words": words,
        "head": np.array([ids.get(head, -1 - row) for row, head in enumerate(heads)], np.int64),
        "count": _counts(words, names, alike),
    }
    columns["lead"] = _leads(columns)
    opinion = opinion or Opinion(*(np.zeros((count, width), np.float32) for width in (WIDTH, WIDTH, OPINION, HEADS)))
    return Table(
        **columns,
        bags=_bags(np.array([ids[word] for word in chain.from_iterable(said)], np.int64), columns["length"]),
        names=names,
        alike=alike,
        opinion=opinion,
        own=own_features(columns, opinion),
    )


def _bags(words: Ints, lengths: Ints) -> Bits:
    """Which mention (row) has which word (bit) of those that stand more than once: others are never shared. The
    numbers of all words, one mention after the other, and how many each has."""
    rows, several = np.repeat(np.arange(len(lengths)), lengths), np.bincount(words, minlength=1) > 1
    kept, columns = several[words], np.cumsum(several) - 1
    bags = np.zeros((len(lengths), int(np.count_nonzero(several))), bool)
    bags[rows[kept], columns[words[kept]]] = True
    return np.packbits(bags, axis=1)


def _leads(columns: dict[str, Any]) -> Ints:
    """1 for the first single person of each sentence, possessors left aside: whom the sentence is about, if anyone."""
    placed = dict(zip(Standing._fields, columns["placed"], strict=True))
    single = (columns["kind"] == KINDS.index("person")) & (columns["number"] != NUMBERS.index("plural"))
    rows = np.flatnonzero(single & (placed["role"] != ROLES.index("possessive")))
    leads = np.zeros(len(single), np.int64)
    leads[rows[np.unique(placed["sentence"][rows], return_index=True)[1]]] = 1
    return leads


def _names(forms: Sequence[str], kinds: Sequence[str], traits: Sequence[Traits]) -> tuple[Ints, Flags]:
    """The number of each mention's name, and a table of which names can be names of the same."""
    distinct: dict[tuple[bool, tuple[str, ...]], int] = {}
    numbers = np.full(len(forms), -1, np.int64)
    for row, (form, kind, each) in enumerate(zip(forms, kinds, traits, strict=True)):
        if form == "name":
            numbers[row] = distinct.setdefault((kind == "person", each.words), len(distinct))
    return numbers, _which_are_alike(list(distinct))


def _which_are_alike(names: Sequence[tuple[bool, tuple[str, ...]]]) -> Flags:
    """Which names can be names of the same, each with whether it is a person's; only those that share a mark are
    compared."""
    alike = np.zeros((len(names), len(names)), bool)
    marked: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for two, (person, words) in enumerate(names):
        match, marks = (same_person, marks_of_person) if person else (same_organisation, marks_of_body)
        for mark in marks(words):
            marked[person, mark].append(two)
        for one in {one for mark in marks(words) for one in marked[person, mark]}:
            alike[one, two] = alike[two, one] = match(names[one][1], words)
    return alike


def _counts(words: Ints, names: Ints, alike: Flags) -> Ints:
    """How often each mention's words, or names that can name the same, are mentioned in the report: its salience."""
    counts = np.bincount(words, minlength=1)[words]
    named = names >= 0
    counts[named] = (alike @ np.bincount(names[named], minlength=len(alike)))[names[named]]
    return counts


_FAMILIES = (
    "i me my mine myself",
    "we us our ours ourselves",
    "you your yours yourself yourselves",
    "he him his himself",
    "she her hers herself",
    "it its itself",
    "they them their theirs themselves",
    "who whom whose",
    "this that these those",
)
_FAMILY_OF = {word: family for family, words in enumerate(_FAMILIES, start=1) for word in words.split()}


def _codes(values: Sequence[str], names: tuple[str, ...]) -> Ints:
    known = {name: code for code, name in enumerate(names)}
    return np.fromiter(map(known.__getitem__, values), np.int64, len(values))


def own_features(columns: dict[str, Any], opinion: Opinion) -> Floats:
    """Features (n, F) of each mention alone."""
    form, placed = columns["form"], dict(zip(Standing._fields, columns["placed"], strict=True))
    count = len(form)
    quoted, outside = placed["quotation"] >= 0, placed["quotation"] < 0
    person = columns["person"]
    flags = [
        *one_hot(form, 3),
        *one_hot(columns["family"], 10),
        *one_hot(columns["kind"], 8),
        *one_hot(columns["determiner"], 6),
        *one_hot(columns["number"], 3),
        *one_hot(columns["gender"], 4),
        *one_hot(placed["role"], 4),
        *(columns["length"] > length for length in (1, 2, 3, 5, 9)),
        placed["order"] == 0,
        placed["opens"] > 0,
        placed["sentence"] == 0,
        quoted,
        quoted & (person == 1),
        placed["quoted_before"] >= 0,
        placed["quoted_after"] >= 0,
        _seen(columns["words"]),
        _seen(columns["head"]),
        columns["head"] >= 0,
        np.log1p(columns["count"]) / 3.0,
        np.log1p(np.arange(count)) / 6.0,
        *(np.full(count, np.sqrt((outside & (columns["family"] == family)).mean())) for family in (1, 2, 3)),
        np.full(count, quoted.mean() if count else 0.0),
    ]
    vectors = (opinion.heads, opinion.anaphors, opinion.antecedents)
    opinions = (opinion.alone / LOGIT_SCALE, *(each / VECTOR_SCALE for each in vectors))
    return np.concatenate((np.array(flags, np.float32).T.reshape(count, len(flags)), *opinions), axis=1)


def _seen(values: Ints) -> Flags:
    """Which values stood before."""
    if not len(values):
        return np.zeros(0, bool)
    keys, places = values - values.min(), np.arange(len(values))
    first = np.empty(int(keys.max()) + 1, np.int64)
    first[keys[::-1]] = places[::-1]  # of several that are put in one place the last stays
    seen: Flags = first[keys] != places
    return seen


def one_hot(codes: Any, size: int) -> list[Flags]:
    """A flag for each of so many codes."""
    return [codes == code for code in range(size)]
