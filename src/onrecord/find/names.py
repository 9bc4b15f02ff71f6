"""Names of people, organisations, places, groups and other things: the model's tags, mended by what names look like.

Finds where names stand and of what kind they are; who is who is for resolve/coref.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import cast

from onrecord.find.encoder import Scores
from onrecord.find.lost_names import Found, by_initials, is_in_story, repeated, seen_people, titled
from onrecord.find.name_bounds import (
    body_bounds,
    employer_bounds,
    is_before_office,
    is_party_and_state,
    is_storm,
    person_bounds,
    seat_of_office,
    trimmed,
    with_point,
    with_rest_of_given,
    without_sort,
)
from onrecord.find.name_choice import Weights, choose, packaged_weights
from onrecord.record import Document, Mention, MentionKind, Origin, Span, address

VERSION = "1"


def find_names(document: Document, scores: Scores, *, weights: Weights | None = None) -> tuple[Mention, ...]:
    """The names of a document, flat and in text order; by the package's weights of evidence unless given."""
    chosen = list(_chosen(document.text, scores, weights or packaged_weights()))
    whole = _with_spelled_out(document.text, scores, _joined(document.text, chosen))
    starts = frozenset(sentence.start for sentence in document.sentences)
    mended = [name for found in whole if (name := _mend(document.text, found, starts)) is not None]
    mended = _without_headline_words(document, mended)
    told = _companies(document, _without_common(document.text, scores, mended))
    tagged = _one_kind_each(document, told)
    tagged += by_initials(document.text, scores, tagged)
    tagged += titled(document, scores, tagged)
    apart = list(_without_overlaps(repeated(document, scores, tagged)))
    apart += seen_people(document, scores, apart)
    every = _joined(document.text, sorted(apart))
    origin = _origins(every)
    return tuple(
        Mention(address(document.id, "mention", found.span), found.span, found.kind, "name", origin[found.score])
        for found in every
    )


def _without_headline_words(document: Document, found: Sequence[Found]) -> list[Found]:
    """ "Ann Lee Grills Banker" in a headline whose words all have capitals: a person is named as in the story below."""
    ends = [block.span.end for block in document.blocks if block.kind in ("headline", "subhead")]
    body = max([*ends, *(block.span.end for block in document.blocks[:1])], default=0)
    people = {document.words(each.span) for each in found if each.kind == "person" and each.span.start >= body}
    return [
        each._replace(span=_as_below(document, each.span, people))
        if each.kind == "person" and each.span.start < body
        else each
        for each in found
    ]


def _as_below(document: Document, span: Span, people: Collection[str]) -> Span:
    words = document.words(span)
    if words in people:
        return span
    ends = [match.start() for match in re.finditer(" ", words)][1:]
    known = [end for end in ends if words[:end] in people]
    return Span(span.start, span.start + known[-1]) if known else span


def _origins(found: Sequence[Found]) -> dict[float, Origin]:
    return {each.score: Origin("names", VERSION, each.score) for each in found}


def _chosen(text: str, scores: Scores, weights: Weights) -> Iterator[Found]:
    starts, ends = scores.words.T.tolist()
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    for name in choose(words, scores.paragraphs, scores.tags["name"], weights):
        yield Found(Span(starts[name.start], ends[name.end - 1]), cast(MentionKind, name.kind), name.score)


#: Below this, what stands in the report in small letters as well is no name. Worldwide dev, words in capitals apart: of
#: 18 such bodies and other things 5 were right.
_SURE_OF_COMMON = 0.6


def _without_common(text: str, scores: Scores, found: Sequence[Found]) -> list[Found]:
    """Without bodies and other things called by one word that the report has in small letters too: "Subcontractors"."""
    small = {text[start:end] for start, end in scores.words.tolist() if text[start].islower()}
    return [each for each in found if not _is_common(text[each.span.start : each.span.end], each, small)]


def _is_common(words: str, found: Found, small: Collection[str]) -> bool:
    doubtful = found.kind in ("organisation", "other") and found.score < _SURE_OF_COMMON
    return doubtful and words.istitle() and words.lower() in small


_COMPANY = re.compile(
    r"(\S.*\S) (?:Co|Cos|Corp|Inc|Ltd|PLC|LLC|Company|Corporation|Group|Holdings|Bank|Airlines"
    r"|Energy|Motors|Industries|Pharmaceuticals|Technologies|Magazine)\.?"
)


def _companies(document: Document, found: Sequence[Found]) -> list[Found]:
    """What is a company once is no person elsewhere: "Kellogg Co.", "Kellogg"; but where one bears the name."""
    told = [document.words(each.span) for each in found]
    companies = {match[1] for words in told if (match := _COMPANY.fullmatch(words))}
    companies -= {
        words.rpartition(" ")[2]
        for words, each in zip(told, found, strict=True)
        if each.kind == "person" and " " in words
    }
    return [
        each._replace(kind="organisation") if each.kind == "person" and words in companies else each
        for words, each in zip(told, found, strict=True)
    ]


def _one_kind_each(document: Document, found: Sequence[Found]) -> list[Found]:
    """The same words are the same kind throughout a report: the one that the model is surest of in sum. Worldwide dev,
    person, organisation and place exact: 76.0 -> 77.0."""
    votes: dict[str, dict[MentionKind, float]] = defaultdict(lambda: defaultdict(float))
    for each in found:
        votes[document.words(each.span).casefold()][each.kind] += each.score
    kinds = {words: max(sums, key=lambda kind: (sums[kind], kind)) for words, sums in votes.items()}
    return [each._replace(kind=kinds[document.words(each.span).casefold()]) for each in found]


_ENDS_OPEN = re.compile(r"\s(?:of|of the)$", re.IGNORECASE)


def _joined(text: str, found: Sequence[Found]) -> list[Found]:
    """A name that ends in "of" takes in the name right behind it: "University of" + "Southern Indiana"."""
    joined: list[Found] = []
    for each in found:
        last = joined[-1] if joined else None
        if last and each.span.start - last.span.end == 1 and _ENDS_OPEN.search(text[last.span.start : last.span.end]):
            joined[-1] = Found(Span(last.span.start, each.span.end), last.kind, min(last.score, each.score))
        elif last and _goes_on(text, last, each):
            start, score = last.span.start, min(last.score, each.score)
            joined.pop()
            while last.kind == "group" and joined and _is_group_before(text, joined[-1], start):
                start = joined.pop().span.start
            joined.append(Found(Span(start, each.span.end), each.kind, score))
        else:
            joined.append(each)
    return [_closed(text, each) for each in joined]


def _goes_on(text: str, last: Found, each: Found) -> bool:
    """Whether a name is the rest of the one before it: "Hillary" + "Clinton", "George W" + "Bush", and bodies called by
    a common word alone, "Arab American" + "Institute"."""
    gap, words = text[last.span.end : each.span.start], text[each.span.start : each.span.end]
    if last.kind == each.kind == "person":
        before = text[last.span.start : last.span.end]
        initial = gap in (". ", ".") and _INITIAL.search(before) is not None
        return initial or (gap == " " and (before[-1] not in "’'." or _INITIALS.search(before) is not None))
    body = each.kind in ("organisation", "facility") and _COMMON_BODY.fullmatch(words) is not None
    return body and gap == " " and last.kind in ("place", "group", "person", "organisation")


def _is_group_before(text: str, found: Found, start: int) -> bool:
    return found.kind == "group" and text[found.span.end : start] == " "


_INITIAL = re.compile(r"(?:^|[\s.])[A-Z]$")
_INITIALS = re.compile(r"(?:^|[\s.])[A-Z]\.$")
_COMMON_BODY = re.compile(
    r"(?:University|Institute|College|Hospital|High School|School|Independent School District|School District"
    r"|Police Department|Fire Department|City Council|County Council|Council|Airport|Museum|Foundation|Association"
    r"|University Hospital|Party|Commission|Board|Committee"
    r"|Times|Post|Tribune|Globe|Herald|Gazette|Chronicle|Examiner)(?: (?:of|for) .+)?"
)


def _closed(text: str, found: Found) -> Found:
    """Without small words left open at the end."""
    open_end = _ENDS_OPEN.search(text[found.span.start : found.span.end])
    return found._replace(span=Span(found.span.start, found.span.start + open_end.start())) if open_end else found


_SPELLED_OUT = re.compile(
    r"((?:[A-Z][\w'’.-]*|of|for|the|and|on|in|&)(?: (?:[A-Z][\w'’.-]*|of|for|the|and|on|in|&)){1,9}) \(([A-Z]{2,8})\)"
)
_ACRONYM = re.compile(r" \([A-Z]{2,8}\)")
_SMALL = frozenset("of for the and on in &".split())


def _with_spelled_out(text: str, scores: Scores, found: Sequence[Found]) -> list[Found]:
    """Names with their acronym in brackets: "Korean Central News Agency (KCNA)" is one name, and KCNA another."""
    kept = list(found)
    if not _ACRONYM.search(text):  # far quicker than to look for the names that may stand before one
        return sorted(kept)
    for match in _SPELLED_OUT.finditer(text):
        start = _start_of(match[1], match[2])
        if start is None or not is_in_story(scores, Span(match.start(), match.end())):
            continue
        name = Span(match.start() + start, match.end(1))
        inside = [each for each in kept if each.span.overlaps(name)]
        kind = next((each.kind for each in reversed(inside) if each.kind not in ("group", "place", "person")), None)
        if not inside and kind is None:
            continue
        score = max(each.score for each in inside)
        acronym = Found(Span(*match.span(2)), kind or "organisation", score)
        kept = [each for each in kept if not each.span.overlaps(name) and not each.span.overlaps(acronym.span)]
        kept += [Found(name, kind or "organisation", score), acronym]
    return sorted(kept)


def _start_of(words: str, acronym: str) -> int | None:
    """Where the words that an acronym is made of begin; None when its letters are not their initials, but for the last:
    "Centers for Disease Control and Prevention (CDC)"."""
    starts = [match.start() for match in re.finditer(r"\S+", words)]
    for start in reversed(starts):
        parts = words[start:].replace("-", " ").split()
        if parts[0] in _SMALL:
            continue
        letters = "".join(part[0] for part in parts if part not in _SMALL).upper()
        every = "".join(part[0] for part in parts).upper()
        if acronym in (letters, every) or (len(acronym) > 2 and acronym == letters[:-1]):
            return start
    return None


def _mend(text: str, found: Found, starts: Collection[int]) -> Found | None:
    """The name without quotation marks, possessive endings and titles; with its initials and the closing point of an
    abbreviation. None where no name is left."""
    span, kind = trimmed(text, found.span), found.kind
    span = None if span is None else without_sort(text, span)
    if span is not None and (body := body_bounds(text, span)) is not None:
        span, kind = body, "organisation"
    elif span is not None and kind == "person" and (employer := employer_bounds(text, span)) is not None:
        span, kind = employer, "organisation"
    elif span is not None and kind == "person" and (seat := seat_of_office(text, span)) is not None:
        span, kind = seat, "place"
    elif span is not None and kind == "person":
        other = _no_person(text, span)
        span, kind = (span, other) if other is not None else (person_bounds(text, span, starts), kind)
    if span is None or is_party_and_state(text, span) or not any(map(str.isalnum, text[span.start : span.end])):
        return None
    span = with_rest_of_given(text, span) if kind == "person" else span
    return found._replace(span=with_point(text, span), kind=kind)


def _no_person(text: str, span: Span) -> MentionKind | None:
    """What a name is that only looks like a person's; None for a person's."""
    return "place" if is_before_office(text, span) else "other" if is_storm(text, span) else None


def _without_overlaps(found: Sequence[Found]) -> Iterator[Found]:
    end = -1
    for each in found:
        if each.span.start >= end:
            yield each
            end = each.span.end
