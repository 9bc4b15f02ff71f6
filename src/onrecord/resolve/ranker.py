"""How likely each earlier mention is what a mention points back to: pair features and a small network over them.

Features are whole-array operations over all pairs of a report within reach. The network's weights are in
resolve/data/ranker.npz, fitted by training/coreference.py; without vectors from the encoder the same features stand
without their similarities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.resolve.name_match import same_organisation, same_person
from onrecord.resolve.traits import Traits

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Codes = NDArray[np.signedinteger[Any]]
FORMS = ("pronoun", "name", "nominal")
KINDS = ("person", "organisation", "place", "group", "facility", "product", "event", "other")
DETERMINERS = ("", "the", "a", "this", "whose", "some")
NUMBERS = ("", "singular", "plural")
GENDERS = ("", "man", "woman", "thing")
#: How many of the last pair features come from the encoder.
SIMILARITIES = 2
#: How many mentions back an antecedent is looked for.
REACH = 120


class Standing(NamedTuple):
    """Where a mention stands: span, sentence, paragraph, quotation (-1 outside any), its order in the sentence, and
    whether it stands right beside a quotation, as its speaker may (1 or 0)."""

    start: int
    end: int
    sentence: int
    paragraph: int
    quotation: int
    order: int
    speaks: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The mentions of a report as columns. `names` numbers distinct names (-1 for others), `alike` says which of them
    can name the same; `anaphors` and `antecedents` (n, d) are the encoder's vectors, d is 0 where there are none."""

    form: Ints
    kind: Ints
    number: Ints
    gender: Ints
    person: Ints
    determiner: Ints
    pronoun: Ints
    start: Ints
    end: Ints
    sentence: Ints
    paragraph: Ints
    quotation: Ints
    order: Ints
    speaks: Ints
    length: Ints
    words: Ints
    head: Ints
    bags: Floats
    names: Ints
    alike: NDArray[np.bool_]
    anaphors: Floats
    antecedents: Floats

    def __len__(self) -> int:
        return len(self.form)


def table(
    forms: Sequence[str],
    kinds: Sequence[str],
    traits: Sequence[Traits],
    standings: Sequence[Standing],
    vectors: tuple[Floats, Floats] | None = None,
) -> Table:
    """The columns of a report's mentions, which must be in text order."""
    count = len(forms)
    ids: dict[str, int] = {}
    strings: dict[tuple[str, ...], int] = {}
    bags = np.zeros((count, max(1, len({word for each in traits for word in each.words}))), np.float32)
    for row, each in enumerate(traits):
        for word in each.words:
            bags[row, ids.setdefault(word, len(ids))] = 1.0
    heads = [ids.get(each.head, -1 - row) for row, each in enumerate(traits)]
    placed = np.array(standings, np.int64).reshape(count, 7)
    names, alike = _names(forms, kinds, traits)
    form = _codes(forms, FORMS)
    person_like = np.array([each.person in (1, 2) or each.gender in ("man", "woman") for each in traits], bool)
    empty = np.zeros((count, 0), np.float32)
    anaphors, antecedents = vectors or (empty, empty)
    return Table(
        form=form,
        kind=np.where(form == 0, np.where(person_like, 0, len(KINDS) - 1), _codes(kinds, KINDS)),
        number=_codes([each.number for each in traits], NUMBERS),
        gender=_codes([each.gender for each in traits], GENDERS),
        person=np.array([each.person for each in traits], np.int64),
        determiner=_codes([each.determiner for each in traits], DETERMINERS),
        pronoun=np.array([_PRONOUN_FAMILY.get(each.head, 0) for each in traits], np.int64),
        start=placed[:, 0],
        end=placed[:, 1],
        sentence=placed[:, 2],
        paragraph=placed[:, 3],
        quotation=placed[:, 4],
        order=placed[:, 5],
        speaks=placed[:, 6],
        length=np.array([len(each.words) for each in traits], np.int64),
        words=np.array([strings.setdefault(each.words, len(strings)) for each in traits], np.int64),
        head=np.array(heads, np.int64),
        bags=bags,
        names=names,
        alike=alike,
        anaphors=anaphors,
        antecedents=antecedents,
    )


def _names(forms: Sequence[str], kinds: Sequence[str], traits: Sequence[Traits]) -> tuple[Ints, NDArray[np.bool_]]:
    """The number of each mention's name, and a table of which names can be names of the same."""
    distinct: dict[tuple[bool, tuple[str, ...]], int] = {}
    numbers = np.full(len(forms), -1, np.int64)
    for row, (form, kind, each) in enumerate(zip(forms, kinds, traits, strict=True)):
        if form == "name":
            numbers[row] = distinct.setdefault((kind == "person", each.words), len(distinct))
    alike = np.zeros((len(distinct), len(distinct)), bool)
    for (person, words), one in distinct.items():
        for (other_person, other_words), two in distinct.items():
            if one <= two and person == other_person:
                match = same_person if person else same_organisation
                alike[one, two] = alike[two, one] = match(words, other_words)
    return numbers, alike


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
_PRONOUN_FAMILY = {word: family for family, words in enumerate(_FAMILIES, start=1) for word in words.split()}


def _codes(values: Sequence[str], names: tuple[str, ...]) -> Ints:
    known = {name: code for code, name in enumerate(names)}
    return np.array([known[value] for value in values], np.int64)


def pair_features(mentions: Table, late: Ints, early: Ints) -> Floats:
    """Features (pairs, F) of the pairs (late[k], early[k]) of mention rows, the late ones pointing back."""
    one, two = _Columns(mentions, late), _Columns(mentions, early)
    shared = _shared(mentions, late, early)
    same_quote = (one.quotation >= 0) & (one.quotation == two.quotation)
    apart = one.sentence - two.sentence
    between = np.minimum(late - early, REACH)
    pronoun, nominal, name = one.form == 0, one.form == 2, one.form == 1
    same_words, same_head = one.words == two.words, one.head == two.head
    alike = _alike(mentions, late, early)
    columns = [
        *_one_hot(one.form * 3 + two.form, 9),
        *(flag & form for flag in (same_words, same_head) for form in (pronoun, name, nominal)),
        same_head & nominal & (two.form == 1),
        same_head & (one.determiner == 1),
        same_head & (one.determiner == 2),
        same_head & (one.determiner == 0) & nominal,
        (shared >= one.length) & ~pronoun & (two.form != 0),
        (shared >= two.length) & ~pronoun & (two.form != 0),
        (shared == 0) & ~pronoun & (two.form != 0),
        one.kind == two.kind,
        (one.kind == two.kind) & (one.kind == 0),
        (one.kind == 0) & (two.kind != 0),
        (two.kind == 0) & (one.kind != 0),
        (one.kind == 3) | (two.kind == 3),
        *_agreement(one.number, two.number),
        *_agreement(one.gender, two.gender),
        (one.gender == 3) & (two.kind == 0),
        (two.gender == 3) & (one.kind == 0),
        (one.person == two.person) & pronoun & (two.form == 0),
        (one.person != two.person) & pronoun & (two.form == 0),
        (one.pronoun == two.pronoun) & pronoun & (two.form == 0),
        *_one_hot(np.where(pronoun, one.pronoun, 0), 10),
        *_one_hot(np.where(two.form == 0, two.pronoun, 0), 10),
        *(bin_ & form for bin_ in _bins(apart, (0, 1, 2, 4, 8)) for form in (pronoun, ~pronoun)),
        *(bin_ & form for bin_ in _bins(between, (1, 2, 4, 8, 16, 40)) for form in (pronoun, ~pronoun)),
        (one.paragraph == two.paragraph) & pronoun,
        same_quote,
        (one.quotation >= 0) & ~same_quote,
        (two.quotation >= 0) & ~same_quote,
        (one.quotation >= 0) & (two.quotation < 0) & (one.person == 1),
        (one.quotation < 0) & (two.quotation >= 0) & pronoun,
        (one.speaks & two.speaks & pronoun) > 0,
        (one.speaks & two.speaks & pronoun & (apart <= 3)) > 0,
        (one.speaks > 0) & (two.speaks == 0) & pronoun,
        (one.speaks > 0) & (two.quotation >= 0) & pronoun,
        (two.order == 0) & pronoun,
        (two.order == 0) & (one.order == 0),
        (two.order == 0) & (apart == 1) & pronoun,
        (two.order == one.order) & (apart == 1),
        (two.start <= one.start) & (one.end <= two.end),
        (one.start <= two.start) & (two.end <= one.end),
        *_one_hot(one.determiner, 6),
        *_one_hot(two.determiner, 6),
        (one.determiner == 1) & (two.determiner == 2),
        two.length > 3,
        np.log1p(between) / 5.0,
        np.log1p(np.maximum(apart, 0)) / 4.0,
        np.log1p(two.count) / 3.0,
        np.minimum(two.count, 6) * pronoun / 6.0,
        np.minimum(shared / np.maximum(1, np.minimum(one.length, two.length)), 1.0) * (~pronoun & (two.form != 0)),
        alike,
        name & (two.form == 1) & ~alike,
        *_similarities(mentions, late, early),
    ]
    return _as_features(columns, len(late))


def single_features(mentions: Table) -> Floats:
    """Features (n, G) of each mention alone: how likely it points back at nothing."""
    rows = np.arange(len(mentions))
    one = _Columns(mentions, rows)
    pronoun = one.form == 0
    columns = [
        *_one_hot(one.form, 3),
        *_one_hot(np.where(pronoun, one.pronoun, 0), 10),
        *_one_hot(np.where(one.form == 2, one.determiner, 0), 6),
        *_one_hot(np.where(pronoun, 8, one.kind), 9),
        _seen(mentions.words) & ~pronoun,
        _seen(mentions.head) & ~pronoun,
        _seen(mentions.head) & (one.determiner == 1),
        one.sentence == 0,
        one.quotation >= 0,
        (one.quotation >= 0) & (one.person == 1),
        one.order == 0,
        one.length > 2,
        one.length > 5,
        np.log1p(rows) / 6.0,
        one.number == 2,
    ]
    return _as_features(columns, len(rows))


def _as_features(columns: Sequence[NDArray[Any]], count: int) -> Floats:
    """The columns as float32 (count, F): written column after column, read as a transposed view, with no copy."""
    features = np.empty((len(columns), count), np.float32)
    for row, column in zip(features, columns, strict=True):
        row[:] = column
    return features.T


class _Columns:
    """The columns of a table at chosen rows, in the narrowest type that holds them: there are many pairs."""

    def __init__(self, mentions: Table, rows: Ints) -> None:
        def codes(column: Ints) -> Codes:
            return column.astype(np.int8)[rows]

        def numbers(column: Ints) -> Codes:
            return column.astype(np.int32)[rows]

        self.form, self.kind = codes(mentions.form), codes(mentions.kind)
        self.number, self.gender = codes(mentions.number), codes(mentions.gender)
        self.person, self.determiner = codes(mentions.person), codes(mentions.determiner)
        self.pronoun = codes(mentions.pronoun)
        self.start, self.end = numbers(mentions.start), numbers(mentions.end)
        self.sentence, self.paragraph = numbers(mentions.sentence), numbers(mentions.paragraph)
        self.quotation, self.order = numbers(mentions.quotation), numbers(mentions.order)
        self.speaks = numbers(mentions.speaks)
        self.length = numbers(mentions.length)
        self.words, self.head = numbers(mentions.words), numbers(mentions.head)
        self.count = numbers(_counts(mentions.words))


def _counts(words: Ints) -> Ints:
    """How often each mention's words are mentioned in the report: its salience."""
    return np.bincount(words, minlength=1)[words]


def _seen(values: Ints) -> NDArray[np.bool_]:
    first = np.zeros(len(values), bool)
    first[np.unique(values, return_index=True)[1]] = True
    return ~first


def _shared(mentions: Table, late: Ints, early: Ints) -> Floats:
    """Number of words that two mentions share, by one product over the rows in question."""
    low, high = int(early.min()), int(late.max()) + 1
    product = mentions.bags[low:high] @ mentions.bags[low:high].T
    shared: Floats = product[late - low, early - low]
    return shared


def _one_hot(codes: Codes, size: int) -> list[NDArray[np.bool_]]:
    return [codes == code for code in range(size)]


def _agreement(one: Codes, two: Codes) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    known = (one > 0) & (two > 0)
    return known & (one == two), known & (one != two)


def _bins(values: Codes, edges: tuple[int, ...]) -> list[NDArray[np.bool_]]:
    """One flag a bin: up to the first edge, up to the second ... beyond the last."""
    codes = np.searchsorted(np.array(edges), values)
    return [codes == code for code in range(len(edges) + 1)]


def _alike(mentions: Table, late: Ints, early: Ints) -> NDArray[np.bool_]:
    """Whether both are names that can name the same."""
    one, two = mentions.names[late], mentions.names[early]
    found = np.zeros(len(late), bool)
    both = (one >= 0) & (two >= 0)
    found[both] = mentions.alike[one[both], two[both]]
    return found


def _similarities(mentions: Table, late: Ints, early: Ints) -> list[Floats]:
    """What the encoder says of the pair, as a bounded logit and a probability; zeros without vectors."""
    if not mentions.anaphors.shape[1]:
        return [np.zeros(len(late), np.float32)] * SIMILARITIES
    logits = np.einsum("pd,pd->p", mentions.anaphors[late], mentions.antecedents[early])
    probability = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
    return [np.clip(logits / 5.0, -4.0, 4.0).astype(np.float32), probability.astype(np.float32)]


class Network(NamedTuple):
    """Two layers each for pairs and for single mentions; scores are log-odds on one scale."""

    pair_in: Floats
    pair_bias: Floats
    pair_out: Floats
    single_in: Floats
    single_bias: Floats
    single_out: Floats

    def pairs(self, features: Floats) -> Floats:
        scores: Floats = np.maximum(features @ self.pair_in + self.pair_bias, 0.0) @ self.pair_out
        return scores

    def singles(self, features: Floats) -> Floats:
        scores: Floats = np.maximum(features @ self.single_in + self.single_bias, 0.0) @ self.single_out
        return scores


@cache
def network() -> Network:
    """The network of the installed package."""
    data = (files("onrecord.resolve") / "data" / "ranker.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Network(*(arrays[name].astype(np.float32) for name in Network._fields))
