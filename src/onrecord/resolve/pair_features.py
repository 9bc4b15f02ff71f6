"""Which earlier mentions a mention may point back to, and the features of such pairs.

Each mention is compared with the few earlier ones that a cheap score finds likeliest.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.resolve.mention_table import LOGIT_SCALE, VECTOR_SCALE, Flags, Floats, Ints, Table, one_hot

#: How many mentions back an antecedent is looked for, how many of them are looked at closely, and the cheap score that
#: they must reach. On OntoGUM dev 94% of the mentions that have an antecedent keep one, among 3.4 pairs a word.
REACH = 200
CLOSELY = 20
PLAUSIBLE = -7.0


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
    flags = together(mentions, late, early)
    return np.concatenate((flags, opinions(mentions, late, early)), axis=1)


def together(mentions: Table, late: Ints, early: Ints) -> Floats:
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
        *one_hot(one.form * 3 + two.form, 9),
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


def _shared(mentions: Table, late: Ints, early: Ints, nouns: Flags) -> Floats:
    """Number of words that two mentions share, if both are `nouns`: nobody asks for pronouns."""
    shared = np.zeros(len(late), np.float32)
    shared[nouns] = _BITS[mentions.bags[late[nouns]] & mentions.bags[early[nouns]]].sum(axis=1)
    return shared


#: How many bits each byte has.
_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(axis=1, dtype=np.float32)


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


def opinions(mentions: Table, late: Ints, early: Ints) -> Floats:
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
