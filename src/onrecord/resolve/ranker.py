"""How likely each earlier mention is what a mention points back to: features of mentions and pairs, a small network.

Each mention is compared with the few earlier ones that a cheap score finds likeliest. What a mention is in itself is
multiplied with the network's first layer once, and only what two have together is computed for every pair. The
network's weights are in resolve/data/ranker.npz, fitted by training/coreference.py; without the encoder's opinion the
same features stand, with zeros for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import chain, pairwise
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
#: How many mentions back an antecedent is looked for, how many of them are looked at closely, and the cheap score that
#: they must reach. On OntoGUM dev 94% of the mentions that have an antecedent keep one, among 3.4 pairs a word.
REACH = 200
CLOSELY = 20
PLAUSIBLE = -7.0
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
        own=_own(columns, opinion),
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


# --- features --------------------------------------------------------------------------------------------------------


def _own(columns: dict[str, Any], opinion: Opinion) -> Floats:
    """Features (n, F) of each mention alone."""
    form, placed = columns["form"], dict(zip(Standing._fields, columns["placed"], strict=True))
    count = len(form)
    quoted, outside = placed["quotation"] >= 0, placed["quotation"] < 0
    person = columns["person"]
    flags = [
        *_one_hot(form, 3),
        *_one_hot(columns["family"], 10),
        *_one_hot(columns["kind"], 8),
        *_one_hot(columns["determiner"], 6),
        *_one_hot(columns["number"], 3),
        *_one_hot(columns["gender"], 4),
        *_one_hot(placed["role"], 4),
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


def likely_pairs(mentions: Table, asked: Flags | None = None) -> tuple[Ints, Ints]:
    """The pairs (later, earlier) of mention rows to be looked at closely, ordered by the later and then the earlier;
    later ones are all, or those `asked`."""
    later = np.arange(len(mentions)) if asked is None else np.flatnonzero(asked)
    late: list[Ints] = []
    early: list[Ints] = []
    signs = _signs(mentions)
    for first in range(0, len(later), _BLOCK):
        rows = later[first : first + _BLOCK]
        others = np.arange(max(0, rows[0] - REACH), rows[-1] + 1)
        scores = _cheap_scores(mentions, signs, rows, others)
        likely = scores >= PLAUSIBLE
        if len(others) > CLOSELY:
            likely &= scores >= np.partition(scores, -CLOSELY, axis=1)[:, -CLOSELY, None]
        one, two = np.divmod(np.flatnonzero(likely), len(others))
        late.append(rows[one])
        early.append(others[two])
    return (np.concatenate(late), np.concatenate(early)) if late else (later, later)


#: Rows scored together: enough for speed, few enough that memory stays flat in long reports.
_BLOCK = 128
_NEVER = np.float32(-1e9)


class _Signs(NamedTuple):
    """What a cheap score looks at: `heads` numbers the heads of nouns, each pronoun having one of its own; `alike` is
    what names that can name the same gain, its last row and column being those of what is no name."""

    heads: Ints
    alike: Floats


def _signs(mentions: Table) -> _Signs:
    count = len(mentions.alike)
    alike = np.zeros((count + 1, count + 1), np.float32)
    alike[:count, :count] = np.float32(4.0) * mentions.alike
    return _Signs(np.where(mentions.form > 0, mentions.head, -1 - np.arange(len(mentions))), alike)


def _cheap_scores(mentions: Table, signs: _Signs, rows: Ints, others: Ints) -> Floats:
    """The encoder's opinion of each pair, more for shared words and alike names, less with the distance."""
    scores: Floats = mentions.opinion.anaphors[rows] @ mentions.opinion.antecedents[others].T
    scores += np.float32(6.0) * (signs.heads[rows][:, None] == signs.heads[others])
    scores += np.float32(3.0) * (mentions.words[rows][:, None] == mentions.words[others])
    scores += signs.alike[mentions.names[rows]][:, mentions.names[others]]
    back = np.arange(others[-1] - others[0], rows[0] - rows[-1] - 1, -1)
    distance = np.log1p(np.maximum(back, 0), dtype=np.float32)
    near = np.float32(4.0) * (back <= _NEAR)
    within = (back > 0) & (back <= REACH)
    by_distance = np.where(within, (near - np.float32(2.0) * distance, np.float32(-0.7) * distance), _NEVER)
    scores += _each_pair(by_distance, (mentions.form[rows] > 0).astype(np.int64), rows, others)
    return scores


#: Mentions back that are near a pronoun.
_NEAR = 6


def _each_pair(by_distance: Floats, sorts: Ints, rows: Ints, others: Ints) -> Floats:
    """What is known of each distance, greatest first, for each sort of row, for each pair of rows and others, which end
    with the last row: each mention sees what the one before it saw, one place on."""
    views = np.lib.stride_tricks.sliding_window_view(by_distance, len(others), axis=1)
    seen: Floats = views[sorts, rows[-1] - rows]
    return seen


def pair_features(mentions: Table, late: Ints, early: Ints) -> Floats:
    """Features (pairs, G) of what mention rows late[k] and early[k] have together, the encoder's opinion last."""
    flags = _together(mentions, late, early)
    return np.concatenate((flags, _opinions(mentions, late, early)), axis=1)


def _together(mentions: Table, late: Ints, early: Ints) -> Floats:
    """The features of a pair that need no encoder."""
    one, two = _Columns(mentions, late), _Columns(mentions, early)
    apart, between = one.sentence - two.sentence, late - early
    paragraphs = one.paragraph - two.paragraph
    pronoun, name, nominal = one.form == 0, one.form == 1, one.form == 2
    nouns = (one.form > 0) & (two.form > 0)
    shared = _shared(mentions, late, early, nouns)
    both = pronoun & (two.form == 0)
    same_words, same_head = (one.words == two.words) & nouns, (one.head == two.head) & nouns
    same_family = (one.family == two.family) & both
    speaker = (one.person == 1) & (two.person == 1) & both
    asked = ((one.person == 1) & (two.person == 2) | (one.person == 2) & (two.person == 1)) & both
    inside = (one.quotation >= 0) & (one.quotation == two.quotation)
    inner, outer = (one.quotation >= 0) & (two.quotation < 0), (one.quotation < 0) & (two.quotation >= 0)
    says = inner & ((one.quotation == two.quoted_before) | (one.quotation == two.quoted_after))
    said = outer & ((two.quotation == one.quoted_before) | (two.quotation == one.quoted_after))
    speaks, spoke = (
        (one.quoted_before >= 0) | (one.quoted_after >= 0),
        (two.quoted_before >= 0) | (two.quoted_after >= 0),
    )
    alike = _alike(mentions, late, early)
    fits = _may_agree(one, two)
    last = (np.cumsum(np.bincount(late)) - 1)[late]
    rivals = _nearer(last, fits)
    subject = (two.role == 3) | (two.order == 0)
    leads, single = two.lead > 0, pronoun & ((one.gender == 1) | (one.gender == 2))
    within, around = (one.start >= two.start) & (one.end <= two.end), (one.start <= two.start) & (one.end >= two.end)
    columns = [
        *_one_hot(one.form * 3 + two.form, 9),
        *(flag & form for flag in (same_words, same_head) for form in (name, nominal)),
        same_head & nominal & (two.form == 1),
        *(same_head & (one.determiner == code) for code in (0, 1, 2, 3)),
        (shared >= one.length) & nouns,
        (shared >= two.length) & nouns,
        (shared == 0) & nouns,
        (shared > 0) & nouns & ~same_head,
        same_head & (shared < one.length) & (shared < two.length),
        one.kind == two.kind,
        (one.kind == two.kind) & (one.kind == 0),
        (one.kind == 0) != (two.kind == 0),
        *_agreement(one.number, two.number),
        *_agreement(one.gender, two.gender),
        (one.gender == 3) & (two.kind == 0) | (two.gender == 3) & (one.kind == 0),
        (one.person == two.person) & both,
        (one.person != two.person) & both,
        *(same_family & (one.family == family) for family in range(1, 8)),
        *(bin_ & form for bin_ in _bins(apart, (0, 1, 2, 4, 8, 16)) for form in (pronoun, ~pronoun)),
        *(bin_ & form for bin_ in _bins(between, (1, 2, 3, 5, 8, 16, 40)) for form in (pronoun, ~pronoun)),
        *(bin_ & form for bin_ in _bins(paragraphs, (0, 1, 2, 4)) for form in (pronoun, ~pronoun)),
        (paragraphs == 1) & pronoun & (one.opens > 0),
        (two.order == 0) & (apart == 1) & pronoun,
        (two.order == 0) & (one.order == 0),
        (two.role == one.role) & (one.role > 0),
        (two.role == 3) & (apart <= 1) & pronoun,
        inside,
        inside & pronoun,
        inner & ~says,
        outer & ~said,
        says & pronoun,
        says & (one.person == 1),
        said & pronoun,
        said & (two.person == 1),
        speaks & spoke & pronoun,
        speaks & spoke & pronoun & (apart <= 3),
        speaks & ~spoke & pronoun,
        (one.quotation >= 0) & (two.quotation >= 0) & ~inside & speaker,
        speaker & (paragraphs == 0) & ~inner & ~outer,
        speaker & (paragraphs > 0) & (paragraphs % 2 == 0) & ~inner & ~outer,
        speaker & (paragraphs > 0) & (paragraphs % 2 == 1) & ~inner & ~outer,
        asked & (paragraphs == 0),
        asked & (paragraphs == 1),
        within,
        around,
        (one.determiner == 1) & (two.determiner == 2),
        np.log1p(between) / 5.0,
        np.log1p(np.maximum(apart, 0)) / 4.0,
        np.minimum(two.count, 8) * pronoun / 8.0,
        np.minimum(shared / np.maximum(1, np.minimum(one.length, two.length)), 1.0) * nouns,
        np.minimum(shared / np.maximum(1, np.maximum(one.length, two.length)), 1.0) * nouns,
        alike,
        name & (two.form == 1) & ~alike,
        *(fits & pronoun & bin_ for bin_ in _bins(rivals, (0, 1, 2, 4))),
        fits & pronoun & subject & (_nearer(last, fits & subject) == 0),
        fits & pronoun & (two.form == 1) & (_nearer(last, fits & (two.form == 1)) == 0),
        same_head & (_nearer(last, same_head) == 0),
        ~fits & pronoun,
        leads & single & (apart == 0),
        leads & single & (apart == 1) & (paragraphs == 0),
        leads & single & (apart == 1) & (paragraphs == 1),
        leads & single & (apart == 1) & (one.lead > 0),
        leads & single & fits & (_nearer(last, leads & fits) == 0),
        leads & single & fits & (_nearer(last, leads & fits) == 1),
    ]
    return _as_features(columns, len(late))


def centred(mentions: Table, late: Ints, early: Ints) -> Flags:
    """Whether the later mention is "he" or "she" (in any case) and the earlier the first single person of the same
    sentence, or of the sentence before in the same paragraph (Grosz, Joshi and Weinstein 1995)."""
    single = (mentions.form == 0) & ((mentions.gender == 1) | (mentions.gender == 2))
    found: Flags = single[late] & (mentions.lead > 0)[early]
    rows = np.flatnonzero(found)
    one, two = _Columns(mentions, late[rows]), _Columns(mentions, early[rows])
    apart = one.sentence - two.sentence
    near = (apart == 0) | (apart == 1) & (one.paragraph == two.paragraph)
    found[rows] = near & _may_agree(one, two)
    return found


class _Columns:
    """The columns of a table at chosen rows, in the narrowest type that holds them."""

    def __init__(self, mentions: Table, rows: Ints) -> None:
        def codes(column: Ints) -> Any:
            return column.astype(np.int8)[rows]

        def numbers(column: Ints) -> Any:
            return column.astype(np.int32)[rows]

        self.form, self.kind = codes(mentions.form), codes(mentions.kind)
        self.number, self.gender = codes(mentions.number), codes(mentions.gender)
        self.person, self.determiner = codes(mentions.person), codes(mentions.determiner)
        self.lead = codes(mentions.lead)
        self.family, self.count = codes(mentions.family), numbers(mentions.count)
        self.length, self.words, self.head = (
            numbers(column) for column in (mentions.length, mentions.words, mentions.head)
        )
        (
            self.start,
            self.end,
            self.sentence,
            self.paragraph,
            self.quotation,
            self.order,
            self.quoted_before,
            self.quoted_after,
            self.role,
            self.opens,
        ) = mentions.placed.astype(np.int32)[:, rows]


def _seen(values: Ints) -> Flags:
    """Which values stood before."""
    if not len(values):
        return np.zeros(0, bool)
    keys, places = values - values.min(), np.arange(len(values))
    first = np.empty(int(keys.max()) + 1, np.int64)
    first[keys[::-1]] = places[::-1]  # of several that are put in one place the last stays
    seen: Flags = first[keys] != places
    return seen


def _shared(mentions: Table, late: Ints, early: Ints, nouns: Flags) -> Floats:
    """Number of words that two mentions share, if both are `nouns`: nobody asks for pronouns."""
    shared = np.zeros(len(late), np.float32)
    shared[nouns] = _BITS[mentions.bags[late[nouns]] & mentions.bags[early[nouns]]].sum(axis=1)
    return shared


#: How many bits each byte has.
_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(axis=1, dtype=np.float32)


def _one_hot(codes: Any, size: int) -> list[Flags]:
    return [codes == code for code in range(size)]


def _agreement(one: Any, two: Any) -> tuple[Flags, Flags]:
    known = (one > 0) & (two > 0)
    return known & (one == two), known & (one != two)


def _bins(values: Any, edges: tuple[int, ...]) -> list[Flags]:
    """One flag a bin: up to the first edge, up to the second ... beyond the last."""
    below = [values <= edge for edge in edges]
    return [below[0], *(upper & ~lower for lower, upper in pairwise(below)), ~below[-1]]


def _alike(mentions: Table, late: Ints, early: Ints) -> Flags:
    """Whether both are names that can name the same."""
    one, two = mentions.names[late], mentions.names[early]
    found = np.zeros(len(late), bool)
    both = (one >= 0) & (two >= 0)
    found[both] = mentions.alike[one[both], two[both]]
    return found


def _may_agree(one: _Columns, two: _Columns) -> Flags:
    """Whether neither number, nor gender, nor kind of two mentions clash."""
    number = (one.number == two.number) | (one.number == 0) | (two.number == 0)
    gender = (one.gender == two.gender) | (one.gender == 0) | (two.gender == 0)
    human, thing = (one.gender == 1) | (one.gender == 2) | (one.person == 1), one.gender == 3
    kind = ~(human & (two.form > 0) & (two.kind != 0)) & ~(thing & (two.kind == 0))
    found: Flags = number & gender & kind & ((one.person == two.person) | (two.form > 0))
    return found


def _nearer(last: Ints, flags: Flags) -> Ints:
    """How many of the flagged pairs of the same later mention, whose last pair is known, have a nearer earlier one."""
    upto = np.cumsum(flags)
    nearer: Ints = upto[last] - upto
    return nearer


def _opinions(mentions: Table, late: Ints, early: Ints) -> Floats:
    return opinions_of(mentions.opinion.anaphors[late], mentions.opinion.antecedents[early])


def opinions_of(anaphors: Floats, antecedents: Floats) -> Floats:
    """What the encoder says of pairs, given their vectors (pairs, WIDTH) each: a bounded logit, a probability, and the
    products of the two."""
    found = np.empty((len(anaphors), 2 + anaphors.shape[1]), np.float32)
    np.multiply(anaphors, antecedents, out=found[:, 2:])
    logits = found[:, 2:].sum(axis=1)
    found[:, 0] = np.clip(logits / LOGIT_SCALE, -4.0, 4.0)
    found[:, 1] = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
    found[:, 2:] /= VECTOR_SCALE
    return found


def _as_features(columns: Sequence[NDArray[Any]], count: int) -> Floats:
    """The columns as float32 (count, F): written column after column, read as a transposed view."""
    features = np.empty((len(columns), count), np.float32)
    for row, column in zip(features, columns, strict=True):
        row[:] = column
    return features.T


# --- the network -----------------------------------------------------------------------------------------------------


class Network(NamedTuple):
    """Two layers each for pairs and for single mentions; scores are log-odds on one scale. The first layer for pairs
    is three: of the later mention, of the earlier, and of what they have together."""

    late_in: Floats
    early_in: Floats
    pair_in: Floats
    pair_bias: Floats
    pair_out: Floats
    single_in: Floats
    single_bias: Floats
    single_out: Floats

    def pairs(self, mentions: Table, late: Ints, early: Ints) -> Floats:
        """A score for each pair (late[k], early[k]) of mention rows."""
        flags, opinions = _together(mentions, late, early), _opinions(mentions, late, early)
        hidden = flags @ self.pair_in[: flags.shape[1]]
        hidden += opinions @ self.pair_in[flags.shape[1] :]
        hidden += (mentions.own @ self.late_in + self.pair_bias)[late]
        hidden += (mentions.own @ self.early_in)[early]
        scores: Floats = np.maximum(hidden, 0.0, out=hidden) @ self.pair_out
        return scores

    def singles(self, mentions: Table) -> Floats:
        """A score for each mention to point back at nothing."""
        hidden = mentions.own @ self.single_in + self.single_bias
        scores: Floats = np.maximum(hidden, 0.0) @ self.single_out
        return scores


@cache
def network() -> Network:
    """The network of the installed package."""
    data = (files("onrecord.resolve") / "data" / "ranker.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Network(*(arrays[name].astype(np.float32) for name in Network._fields))
