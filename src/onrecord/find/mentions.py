"""Mentions that are no names: pronouns, and descriptions such as "the businessman" or "a 19-year-old", nested ones too.

Pronouns are a closed list; descriptions come from the model's scores for starts and ends. Names are for names.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from onrecord.find.encoder import Floats, Scores
from onrecord.find.labels import MENTION_KINDS
from onrecord.find.names import TITLES
from onrecord.record import Document, Mention, MentionForm, MentionKind, Origin, Span, address

VERSION = "1"
PERSONAL = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she "
    "her hers herself it its itself they them their theirs themselves".split()
)
_PEOPLE = frozenset("i me my mine myself he him his himself she her hers herself".split())
#: Words in the longest description looked for.
LONGEST = 30
_FIRST_LETTER = re.compile(r"\w")


class Scored(NamedTuple):
    """Words `first`-`last` (included) as one mention: its logit and kind."""

    first: int
    last: int
    score: float
    kind: str


def find_mentions(document: Document, scores: Scores, names: Sequence[Mention] = ()) -> tuple[Mention, ...]:
    """Names, pronouns and descriptions in text order. A description with a name as its head is left to the name."""
    named = {mention.span for mention in names}
    pronouns = [mention for mention in _pronouns(document, scores) if mention.span not in named]
    taken = {mention.span for mention in (*names, *pronouns)}
    described = [each for each in _descriptions(document, scores, names) if each.span not in taken]
    return tuple(sorted((*names, *pronouns, *described), key=lambda each: (each.span.start, -each.span.end)))


def _pronouns(document: Document, scores: Scores) -> Iterator[Mention]:
    origin = Origin("mentions/pronoun", VERSION)
    for start, end in scores.words.tolist():
        word = document.text[start:end].lower()
        if word in PERSONAL and not (word in ("us", "it") and document.text[start:end].isupper()):
            span = Span(start, end)
            kind: MentionKind = "person" if word in _PEOPLE else "other"
            yield Mention(address(document.id, "mention", span), span, kind, "pronoun", origin)


def _descriptions(document: Document, scores: Scores, names: Sequence[Mention]) -> Iterator[Mention]:
    named = {mention.span.end for mention in names}
    starts = [mention.span.start for mention in names]
    for found in scored_spans(scores):
        start, end = int(scores.words[found.first, 0]), int(scores.words[found.last, 1])
        span = Span(start, end)
        words = document.words(span).lower()
        if words in PERSONAL or not _FIRST_LETTER.search(words) or _headed_by_name(document, span, named):
            continue
        before = bisect_right(starts, start) - 1
        if before >= 0 and names[before].span.covers(span):
            continue
        origin = Origin("mentions/description", VERSION, round(float(1 / (1 + np.exp(-found.score))), 4))
        form: MentionForm = "pronoun" if words in ("this", "that", "these", "those") else "nominal"
        yield Mention(address(document.id, "mention", span), span, _kind(found.kind), form, origin)


def _kind(kind: str) -> MentionKind:
    known: dict[str, MentionKind] = {
        "person": "person",
        "organisation": "organisation",
        "place": "place",
        "event": "event",
    }
    return known.get(kind, "other")


_HEAD_ENDS = re.compile(r"\s+(?:of|in|for|to|from|with|on|at|by|who|whom|whose|that|which|where)\b|\s*[,;:(—–]")


def _headed_by_name(document: Document, span: Span, name_ends: set[int]) -> bool:
    """Whether the head of a description is a name ("President Alexander Lukashenko", "Kukhta, a 24-year-old")."""
    return _head_end(document, span) in name_ends


def _head_end(document: Document, span: Span) -> int:
    """Where the head of a phrase ends: before what modifies it from behind, and before a possessive ending."""
    match = _HEAD_ENDS.search(document.text, span.start + 1, span.end)
    end = match.start() if match else span.end
    return end - 2 if document.text[end - 2 : end] in ("'s", "’s") else end


def scored_spans(scores: Scores, threshold: float = 0.0) -> list[Scored]:
    """Spans of words that the model takes for mentions: logit above the threshold, none crossing a likelier one."""
    starts, ends = scores.vectors["mention_start"], scores.vectors["mention_end"]
    found: list[tuple[float, int, int]] = []
    for length in range(min(LONGEST, len(scores))):
        logits = np.einsum("nd,nd->n", starts[: len(starts) - length], ends[length:])
        same = scores.paragraphs[: len(starts) - length] == scores.paragraphs[length:]
        for first in np.flatnonzero((logits > threshold) & same).tolist():
            found.append((float(logits[first]), first, first + length))
    kept = _not_crossing(sorted(found, reverse=True))
    kinds = _kinds(scores, kept)
    return sorted(Scored(first, last, logit, kind) for (logit, first, last), kind in zip(kept, kinds, strict=True))


def _not_crossing(found: Sequence[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    kept: list[tuple[float, int, int]] = []
    covering: dict[int, list[tuple[int, int]]] = {}
    for logit, first, last in found:
        near = {span for word in (first, last) for span in covering.get(word, ())}
        if not any(a < first <= b < last or first < a <= last < b for a, b in near):
            kept.append((logit, first, last))
            for word in range(first, last + 1):
                covering.setdefault(word, []).append((first, last))
    return kept


def _kinds(scores: Scores, spans: Sequence[tuple[float, int, int]]) -> list[str]:
    if not spans:
        return []
    first = np.array([span[1] for span in spans])
    last = np.array([span[2] for span in spans])
    logits: Floats = scores.vectors["kind_start"][first] + scores.vectors["kind_end"][last]
    return [MENTION_KINDS[kind] for kind in logits.argmax(axis=1).tolist()]


def extents(document: Document, scores: Scores, names: Sequence[Mention]) -> dict[Span, Span]:
    """Name -> the whole phrase that it heads: "the United States", "President Ann Lee, 84"."""
    found = {mention.span: _with_words_before(document.text, mention.span) for mention in names}
    heads = {mention.span.end: mention.span for mention in names}
    for each in scored_spans(scores):
        span = Span(int(scores.words[each.first, 0]), int(scores.words[each.last, 1]))
        name = heads.get(_head_end(document, span))
        if name is not None and span.covers(name) and len(span) > len(found[name]):
            found[name] = span
    return found


_WORD_BEFORE = re.compile(r"([\w.'’-]+) $")


def _with_words_before(text: str, name: Span) -> Span:
    """A name with the titles and the determiner right before it."""
    start = name.start
    while match := _WORD_BEFORE.search(text, max(0, start - 30), start):
        word = match[1].lower().rstrip(".")
        if word in _DETERMINERS:
            return Span(match.start(), name.end)
        if word not in TITLES or not match[1][0].isupper():
            break
        start = match.start()
    return Span(start, name.end)


_DETERMINERS = frozenset("the this that these those his her its their our my your".split())


def coreference_vectors(scores: Scores, mentions: Sequence[Mention]) -> tuple[Floats, Floats]:
    """Anaphor and antecedent vectors, float32[len(mentions), D] each, as resolve/coref.py takes them."""
    first = scores.words[:, 0].searchsorted([mention.span.start for mention in mentions]).clip(0, len(scores) - 1)
    last = scores.words[:, 1].searchsorted([mention.span.end for mention in mentions]).clip(0, len(scores) - 1)
    vectors = scores.vectors
    anaphors: Floats = vectors["anaphor_start"][first] + vectors["anaphor_end"][last]
    antecedents: Floats = vectors["antecedent_start"][first] + vectors["antecedent_end"][last]
    return anaphors, antecedents
