"""Makes a training text look like another publisher's: quotation marks, case, names, datelines, quotes over paragraphs.

Every change is an edit of characters through which all labelled spans are carried. Random choices come from the caller.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.find.encoder import line_spans
from onrecord.find.features import quote_states
from training.annotated import Annotated, Attribution, Spans

Edit = tuple[int, int, str]

_DOUBLE = re.compile(r'["“”]')
_STYLES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("“", ""))
_STYLE_WEIGHTS = (3, 4, 3, 1, 1, 1)
_CITIES = (
    "WARSAW",
    "MINSK",
    "NAIROBI",
    "Vilnius",
    "BANGKOK",
    "LIMA",
    "Cairo",
    "Islamabad",
    "GENEVA",
    "Pretoria",
    "KYIV",
)
_AGENCIES = (" (AP) —", " (Reuters) -", " (AFP) –", ", May 3 (Reuters) -", " —", " –", ", Poland (AP) —", ":")

#: Names that fill one campaign's coverage, and would otherwise be learnt by heart.
_WORN = (
    ("Donald", "Trump"),
    ("Hillary", "Clinton"),
    ("Bernie", "Sanders"),
    ("Ted", "Cruz"),
    ("Marco", "Rubio"),
    ("Barack", "Obama"),
    ("Jeb", "Bush"),
    ("John", "Kasich"),
    ("Mike", "Pence"),
    ("Tim", "Kaine"),
    ("Ben", "Carson"),
    ("Bill", "Clinton"),
    ("Mitt", "Romney"),
    ("Paul", "Ryan"),
    ("Chris", "Christie"),
)


def augment(
    document: Annotated,
    chance: random.Random,
    people: Sequence[tuple[str, str]],
    named: Mapping[str, Sequence[str]] | None = None,
) -> Annotated:
    """A document as some other publisher might have printed it; about a third stay as they are.

    `people` are (first, last) names of people from other regions than the corpus's; `named` are names by their kind."""
    for likely, change in _changes(people, named or {}):
        if chance.random() < likely:
            document = change(document, chance)
    return document


Change = Callable[[Annotated, random.Random], Annotated]


def _changes(people: Sequence[tuple[str, str]], named: Mapping[str, Sequence[str]]) -> list[tuple[float, Change]]:
    return [
        (0.30 if people else 0.0, lambda document, chance: swap_names(document, chance, people)),
        (0.25 if named else 0.0, lambda document, chance: swap_labelled_names(document, chance, named)),
        (0.15, split_quotes),
        (0.35, restyle_quotes),
        (0.06, unmark_quotes),
        (0.12, join_paragraphs),
        (0.10, add_dateline),
        (0.04, shout_paragraphs),
        (0.02, lambda document, _: _recase(document, str.lower, 0, len(document.text))),
    ]


def restyle_quotes(document: Annotated, chance: random.Random) -> Annotated:
    """One style of quotation marks for all of a document; in the last style closers are missing."""
    opener, closer = chance.choices(_STYLES, _STYLE_WEIGHTS)[0]
    edits: list[Edit] = []
    for start, end in line_spans(document.text):
        marks = [(start + m.start(), start + m.end()) for m in _DOUBLE.finditer(document.text[start:end])]
        states = quote_states(document.text, marks)
        edits += [(*mark, opener if state == 2 else closer) for mark, state in zip(marks, states, strict=True)]
    return edited(document, edits)


def unmark_quotes(document: Annotated, _: random.Random) -> Annotated:
    """No quotation marks at all, as in the scripts of broadcasters."""
    return edited(document, [(match.start(), match.end(), "") for match in _DOUBLE.finditer(document.text)])


def join_paragraphs(document: Annotated, chance: random.Random) -> Annotated:
    """Paragraphs run into one another, as where a page's breaks were lost; content that went on is one piece."""
    lines = line_spans(document.text)
    gaps = [(left[1], right[0], " ") for left, right in pairwise(lines[1:]) if chance.random() < 0.35]
    document = edited(document, gaps)
    if document.attributions is None:
        return document
    return replace(
        document,
        attributions=tuple(
            replace(one, content=_in_one_piece(one.content, document.text)) for one in document.attributions
        ),
    )


def _in_one_piece(content: Spans, text: str) -> Spans:
    """Spans between which nothing but a space of one line stands become one."""
    joined: list[tuple[int, int]] = []
    for start, end in content:
        if joined and text[joined[-1][1] : start] == " ":
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return tuple(joined)


def split_quotes(document: Annotated, chance: random.Random) -> Annotated:
    """Long direct quotations run over paragraphs: a new opener on each, a closer only on the last."""
    edits: list[Edit] = []
    for attribution in document.attributions or ():
        for start, end in attribution.content:
            words = document.text[start:end]
            if words[:1] in {"“", '"'} and words.count(words[0]) == 1 and chance.random() < 0.5:
                ends = [m.end() for m in re.finditer(r"[.!?] (?=[A-Z])", words)]
                edits += [(start + at - 1, start + at, "\n\n" + words[0]) for at in ends if chance.random() < 0.6]
    return edited(document, sorted(edits))


def swap_names(document: Annotated, chance: random.Random, names: Sequence[tuple[str, str]]) -> Annotated:
    """The candidates of one election become other people, the same ones throughout the text."""
    new = {old: chance.choice(names) for pair in _WORN for old in (pair,)}
    table: dict[str, str] = {}
    for (first, last), (other_first, other_last) in new.items():
        table.setdefault(first, other_first)
        table.setdefault(last, other_last)
    pattern = re.compile(r"\b(" + "|".join(sorted(table, key=len, reverse=True)) + r")\b")
    edits = [(m.start(), m.end(), table[m[0]]) for m in pattern.finditer(document.text)]
    return edited(document, edits)


def swap_labelled_names(document: Annotated, chance: random.Random, named: Mapping[str, Sequence[str]]) -> Annotated:
    """A third of the labelled names become other names of their kind, the same one wherever the old one is labelled:
    what a name is has to be learnt from what stands around it."""
    if document.mentions is not None:
        return document
    table: dict[tuple[str, str], str] = {}
    edits: list[Edit] = []
    for start, end, kind in sorted(document.names or ()):
        old = document.text[start:end]
        if (old, kind) not in table:
            table[old, kind] = chance.choice(named[kind]) if kind in named and chance.random() < 0.35 else old
        if table[old, kind] != old and (not edits or edits[-1][1] <= start):
            edits.append((start, end, table[old, kind]))
    return edited(document, edits)


def add_dateline(document: Annotated, chance: random.Random) -> Annotated:
    """A dateline before the second paragraph, where a headline came first."""
    lines = line_spans(document.text)
    if len(lines) < 3 or document.times is not None or document.names is not None:
        return document
    at = lines[1][0]
    return edited(document, [(at, at, chance.choice(_CITIES) + chance.choice(_AGENCIES) + " ")])


def shout_paragraphs(document: Annotated, chance: random.Random) -> Annotated:
    """A paragraph or two in capitals, the first always: as headlines come."""
    lines = line_spans(document.text)
    for start, end in {lines[0], chance.choice(lines)} if lines else ():
        document = _recase(document, str.upper, start, end)
    return document


def _recase(document: Annotated, case: Callable[[str], str], start: int, end: int) -> Annotated:
    text = "".join(case(c) if len(case(c)) == 1 else c for c in document.text[start:end])
    return replace(document, text=document.text[:start] + text + document.text[end:])


def edited(document: Annotated, edits: Sequence[Edit]) -> Annotated:
    """The document after replacing (start, end, new) stretches, given in order and apart; spans move along."""
    if not edits:
        return document
    text, move_start, move_end = _apply(document.text, edits)

    def spans(some: Sequence[tuple]) -> tuple:
        moved = ((move_start(item[0]), move_end(item[1]), *item[2:]) for item in some)
        return tuple(item for item in moved if item[0] < item[1])

    def layer(some: Sequence[tuple] | None) -> tuple | None:
        return None if some is None else spans(some)

    attributions = document.attributions
    if attributions is not None:
        attributions = tuple(Attribution(spans(a.source), spans(a.cue), spans(a.content)) for a in attributions)
    return replace(
        document,
        text=text,
        attributions=attributions,
        read=layer(document.read),
        names=layer(document.names),
        quotations=layer(document.quotations),
        times=layer(document.times),
        mentions=layer(document.mentions),
    )


def _apply(text: str, edits: Sequence[Edit]) -> tuple[str, Callable[[int], int], Callable[[int], int]]:
    parts: list[str] = []
    old_ends, shifts, new_starts = [], [0], []
    at = length = 0
    for start, end, new in edits:
        parts += [text[at:start], new]
        length += start - at
        new_starts.append(length)
        length += len(new)
        old_ends.append(end)
        shifts.append(length - end)
        at = end
    parts.append(text[at:])
    old_starts = [edit[0] for edit in edits]

    def start_of(place: int) -> int:
        number = bisect_right(old_starts, place) - 1
        if number >= 0 and old_starts[number] <= place < old_ends[number]:
            return new_starts[number]
        return place + shifts[bisect_right(old_ends, place)]

    def end_of(place: int) -> int:
        number = bisect_right(old_starts, place - 1) - 1
        if number >= 0 and old_starts[number] < place <= old_ends[number]:
            return old_ends[number] + shifts[number + 1]
        # An insertion right at the end of a span stays outside it.
        passed = sum(1 for start, end in zip(old_starts[-3:], old_ends[-3:], strict=True) if start == end == place)
        return place + shifts[bisect_right(old_ends, place) - passed]

    return "".join(parts), start_of, end_of
