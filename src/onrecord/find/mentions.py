"""Mentions that are no names: pronouns, and descriptions such as "the businessman" or "a 19-year-old", nested ones too.

Pronouns are a closed list; descriptions come from the model's scores for starts and ends. Names are for names.py.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from onrecord.find.encoder import Floats, Integers, Scores
from onrecord.find.labels import MENTION_KINDS
from onrecord.find.name_bounds import TITLES
from onrecord.record import Document, Entity, Mention, MentionForm, MentionKind, Origin, Span, address

VERSION = "2"
PERSONAL = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she "
    "her hers herself it its itself they them their theirs themselves".split()
)
_PEOPLE = frozenset("i me my mine myself he him his himself she her hers herself".split())
#: Words in the longest description looked for.
LONGEST = 30
#: Logit of the least likely description that is still tried as an antecedent or as an anaphor.
UNLIKELIEST = -2.0
#: Logit of its phrase below which a name only modifies: of 611 names in OntoGUM dev, the 522 above it head a phrase
#: marked as a mention in 85% (75% of all), and hardly one that is in a chain is lost.
UNLIKELY_NAME = -1.5
_FIRST_LETTER = re.compile(r"\w")


class Scored(NamedTuple):
    """Words `first`-`last` (included) as one mention: its logit and kind."""

    first: int
    last: int
    score: float
    kind: str


class Found(NamedTuple):
    """Mentions in text order, and the whole phrase of each: "President Ann Lee, 84" of "Ann Lee". `heads` says whether
    it heads a phrase, or only modifies one ("Belarusian" of "the Belarusian authorities"); `head_ends` where the head
    word of each ends ("man" of "the man from Minsk")."""

    mentions: tuple[Mention, ...]
    phrases: tuple[Span, ...]
    heads: tuple[bool, ...]
    head_ends: tuple[int, ...]


def find_mentions(document: Document, scores: Scores, names: Sequence[Mention] = ()) -> Found:
    """Names, pronouns and descriptions. A description with a name as its head is left to the name.

    Descriptions less likely than not are among them, with a score below 0.5: who is who may depend on them, and
    `settled` drops those that turned out to be nobody."""
    phrases = _scored_phrases(document, scores)
    ending = {mention.span.end: mention for mention in names}
    heads = [_name_at_head(document, phrase, ending) for phrase in phrases]
    named = {mention.span for mention in names}
    pronouns = [mention for mention in _pronouns(document, scores) if mention.span not in named]
    taken = {mention.span for mention in (*names, *pronouns)}
    nameless = [phrase for phrase, head in zip(phrases, heads, strict=True) if head is None]
    described = _descriptions(document, nameless, names, taken)
    mentions = tuple(sorted((*names, *pronouns, *described), key=lambda each: (each.span.start, -each.span.end)))
    headed = _headed_phrases(document, scores, zip(phrases, heads, strict=True), names)
    found = tuple(headed.get(mention.span, (mention.span, 0.0)) for mention in mentions)
    ends = {phrase.span: phrase.head_end for phrase in phrases}
    return Found(
        mentions,
        tuple(span for span, _ in found),
        tuple(logit > UNLIKELY_NAME for _, logit in found),
        tuple(ends[each.span] if each.form == "nominal" else each.span.end for each in mentions),
    )


class _Phrase(NamedTuple):
    """What may be a mention: span, where its head ends, its logit and kind."""

    span: Span
    head_end: int
    score: float
    kind: str


def _scored_phrases(document: Document, scores: Scores) -> list[_Phrase]:
    found = scored_spans(scores, UNLIKELIEST, sentences=_sentences(document, scores))
    starts = scores.words[[each.first for each in found], 0].tolist() if found else []
    ends = scores.words[[each.last for each in found], 1].tolist() if found else []
    spans = [Span(start, end) for start, end in zip(starts, ends, strict=True)]
    return [
        _Phrase(span, head_end(document, span), each.score, each.kind) for span, each in zip(spans, found, strict=True)
    ]


def settled(mentions: Sequence[Mention], entities: Sequence[Entity]) -> tuple[Mention, ...]:
    """The mentions without the unlikely ones that refer to nothing else in the report."""
    linked = {id_ for entity in entities for id_ in entity.mentions}
    return tuple(
        mention
        for mention in mentions
        if mention.origin.score is None or mention.origin.score >= 0.5 or mention.id in linked
    )


def _pronouns(document: Document, scores: Scores) -> Iterator[Mention]:
    origin = Origin("mentions/pronoun", VERSION)
    for start, end in zip(*scores.words.T.tolist(), strict=True):
        word = document.text[start:end].lower()
        if word in PERSONAL and not _is_no_pronoun(document.text, start, end):
            span = Span(start, end)
            kind: MentionKind = "person" if word in _PEOPLE else "other"
            yield Mention(address(document.id, "mention", span), span, kind, "pronoun", origin)


def _is_no_pronoun(text: str, start: int, end: int) -> bool:
    """IT and the US are none, nor is a mine that people work in."""
    word = text[start:end]
    if word.lower() == "mine":
        before = text[max(0, start - 5) : start].rstrip().rpartition(" ")[2].lower()
        return before in ("a", "the", "and", "gold", "coal") or bool(_NOUN_AFTER.match(text, end)) or word[0] == "M"
    return word in ("US", "IT")


_NOUN_AFTER = re.compile(r" (?!is\b|was\b|were\b|are\b|and\b|or\b|in\b|to\b|at\b|for\b|too\b|who\b|that\b)[a-z]")


def _descriptions(
    document: Document, phrases: Sequence[_Phrase], names: Sequence[Mention], taken: set[Span]
) -> Iterator[Mention]:
    starts = [mention.span.start for mention in names]
    for span, _, score, kind in phrases:
        if span in taken:
            continue
        words = document.words(span).lower()
        if words in PERSONAL or not _FIRST_LETTER.search(words):
            continue
        before = bisect_right(starts, span.start) - 1
        if before >= 0 and names[before].span.covers(span):
            continue
        origin = Origin("mentions/description", VERSION, round(1 / (1 + math.exp(-score)), 4))
        form: MentionForm = "pronoun" if words in ("this", "that", "these", "those") else "nominal"
        yield Mention(address(document.id, "mention", span), span, _KINDS.get(kind, "other"), form, origin)


_KINDS: dict[str, MentionKind] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "event": "event",
}
_HEAD_ENDS = re.compile(r"\s+(?:of|in|for|to|from|with|on|at|by|who|whom|whose|that|which|where)\b|\s*[,;:(—–]")


def head_end(document: Document, span: Span) -> int:
    """Where the head of a phrase ends: before what modifies it from behind, and before a possessive ending."""
    match = _HEAD_ENDS.search(document.text, span.start + 1, span.end)
    end = match.start() if match else span.end
    return end - 2 if document.text[end - 2 : end] in ("'s", "’s") else end


def _name_at_head(document: Document, phrase: _Phrase, ending: Mapping[int, Mention]) -> Span | None:
    """The name that heads a phrase, or that stands beside what does: "the chair of the inquiry, Dame Ruth Ansah"."""
    if (head := ending.get(phrase.head_end)) is not None:
        return head.span
    beside = ending.get(phrase.span.end)
    if beside is None or beside.kind != "person" or phrase.kind != "person":
        return None
    named = _with_words_before(document.text, beside.span)
    apart = document.text[named.start - 2 : named.start] == ", " and named.start - 2 > phrase.span.start
    return beside.span if apart else None


def _sentences(document: Document, scores: Scores) -> Integers:
    """A number for the sentence that each word stands in, int[n]; where there are no sentences, for its paragraph."""
    starts = [sentence.start for sentence in document.sentences]
    number = np.searchsorted(starts, scores.words[:, 0], side="right")
    return (scores.paragraphs * (len(starts) + 1) + number).astype(np.int32)


def scored_spans(scores: Scores, threshold: float = 0.0, *, sentences: Integers | None = None) -> list[Scored]:
    """Spans of words that the model takes for mentions: logit above the threshold, none crossing a likelier one. None
    leaves its sentence, given the number of each word's, or its paragraph: from one window into the next the model
    has never been told what is none."""
    found = _likely_spans(scores, threshold, scores.paragraphs if sentences is None else sentences)
    kept = _not_crossing(found)
    kinds = _kinds(scores, kept)
    # quicker than Scored(...), and there are hundreds
    return sorted([_new(Scored, (*span, kind)) for span, kind in zip(kept, kinds, strict=True)])


_new = tuple.__new__


def _likely_spans(scores: Scores, threshold: float, stretches: Integers) -> list[tuple[int, int, float]]:
    """First and last word and logit of the spans above the threshold, by first word; none leaves its stretch."""
    starts, ends = scores.vectors["mention_start"], scores.vectors["mention_end"]
    found: list[tuple[int, int, float]] = []
    for begin in range(0, len(scores), _BLOCK):
        rows = slice(begin, begin + _BLOCK)
        others = slice(begin, begin + _BLOCK + LONGEST - 1)
        logits = starts[rows] @ ends[others].T
        likely = (logits > threshold) & _MAY_BE_ONE[: logits.shape[0], : logits.shape[1]]
        first, last = np.divmod(np.flatnonzero(likely), logits.shape[1])  # quicker than nonzero
        whole = stretches[first + begin] == stretches[last + begin]
        first, last = first[whole], last[whole]
        chosen = logits[first, last].tolist()
        found += zip((first + begin).tolist(), (last + begin).tolist(), chosen, strict=True)
    return found


#: Words whose spans are scored together.
_BLOCK = 128
#: Of their first words (rows) and last words, which may be those of one description.
_MAY_BE_ONE = np.tri(_BLOCK, _BLOCK + LONGEST - 1, LONGEST - 1, dtype=np.bool_)
_MAY_BE_ONE &= ~np.tri(_BLOCK, _BLOCK + LONGEST - 1, -1, dtype=np.bool_)


def _not_crossing(found: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """The spans, given in text order, without those that cross a likelier one; the likeliest choose first."""
    crossed = _crossings(found)
    dropped: set[int] = set()
    for row in sorted(crossed, key=lambda row: (-found[row][2], -found[row][0], -found[row][1])):
        if row not in dropped:
            dropped.update(crossed[row])
    return [span for row, span in enumerate(found) if row not in dropped]


def _crossings(found: Sequence[tuple[int, int, float]]) -> dict[int, list[int]]:
    """For each span that crosses others, which."""
    first = np.array([span[0] for span in found], np.int64)
    last = np.array([span[1] for span in found], np.int64)
    crossed: dict[int, list[int]] = defaultdict(list)
    for apart in range(1, len(found)):
        overlap = first[apart:] <= last[:-apart]
        if not overlap.any():
            break
        crosses = overlap & (first[apart:] > first[:-apart]) & (last[apart:] > last[:-apart])
        for row in np.flatnonzero(crosses).tolist():
            crossed[row].append(row + apart)
            crossed[row + apart].append(row)
    return crossed


def _kinds(scores: Scores, spans: Sequence[tuple[int, int, float]]) -> list[str]:
    if not spans:
        return []
    first = np.array([span[0] for span in spans])
    last = np.array([span[1] for span in spans])
    logits: Floats = scores.vectors["kind_start"][first] + scores.vectors["kind_end"][last]
    return [MENTION_KINDS[kind] for kind in logits.argmax(axis=1).tolist()]


def _headed_phrases(
    document: Document, scores: Scores, headed: Iterable[tuple[_Phrase, Span | None]], names: Sequence[Mention]
) -> dict[Span, tuple[Span, float]]:
    """Name -> the likeliest phrase that it heads, and its logit: "the United States", "President Ann Lee, 84"."""
    candidates = {mention.span: [mention.span, _with_words_before(document.text, mention.span)] for mention in names}
    for phrase, name in headed:
        if name is not None and phrase.span.covers(name):
            candidates[name].append(phrase.span)
    pairs = [(name, phrase) for name, spans in candidates.items() for phrase in spans]
    logits = span_logits(scores, [phrase for _, phrase in pairs])
    found: dict[Span, tuple[Span, float]] = {}
    for (name, span), logit in zip(pairs, logits.tolist(), strict=True):
        if name not in found or logit > found[name][1]:
            found[name] = (span, logit)
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


def coreference_vectors(scores: Scores, found: Found) -> tuple[Floats, Floats, Floats, Floats]:
    """Of each mention, as resolve/coref.py takes them: its vectors as anaphor and as antecedent, float32[n, D],
    float32[n, 7], the logits that it is a mention at all and one of each kind, and, float32[n, 4D], what these vectors
    are made of, at its head word: the encoder was taught them for the edges of phrases only, but they tell the word."""
    first, last = _words_of(scores, found.phrases)
    head = (scores.words[:, 1].searchsorted(found.head_ends, side="right") - 1).clip(first, None)
    vectors = scores.vectors
    anaphors: Floats = vectors["anaphor_start"][first] + vectors["anaphor_end"][last]
    antecedents: Floats = vectors["antecedent_start"][first] + vectors["antecedent_end"][last]
    kinds = vectors["kind_start"][first] + vectors["kind_end"][last]
    alone = np.column_stack((span_logits(scores, found.phrases).clip(-10.0, 10.0), kinds)).astype(np.float32)
    heads = np.concatenate([vectors[name][head] for name in _EDGES], axis=1)
    return anaphors, antecedents, alone, heads


_EDGES = ("anaphor_start", "anaphor_end", "antecedent_start", "antecedent_end")


def span_logits(scores: Scores, spans: Sequence[Span]) -> Floats:
    """The logit that each span is a mention."""
    first, last = _words_of(scores, spans)
    logits: Floats = np.einsum("nd,nd->n", scores.vectors["mention_start"][first], scores.vectors["mention_end"][last])
    return logits


def _words_of(scores: Scores, spans: Sequence[Span]) -> tuple[Integers, Integers]:
    """The first and the last word of each span."""
    first = scores.words[:, 0].searchsorted([span.start for span in spans]).clip(0, len(scores) - 1)
    last = scores.words[:, 1].searchsorted([span.end for span in spans]).clip(0, len(scores) - 1)
    return first, last
