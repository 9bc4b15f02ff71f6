"""Names that the places of sources give away: what stands in front of "said", all capitals, is one name.

    The New York Post reports …     Post  ->  New York Post
    the Association of Flight Attendants said …     Association of Flight  ->  Association of Flight Attendants
    the Obama administration says …     Obama  ->  Obama administration

Mends the names of bodies that the model cut short or missed, in a source and wherever the same words stand. Leaves
the persons that were found as they are, and headlines, where every word has a capital.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.record import Document, Mention, MentionKind, Origin, Span, Statement, address
from onrecord.resolve.body_bounds import called_bodies, within_bounds
from onrecord.resolve.campaigns import campaign_names, is_in_other_words
from onrecord.resolve.firm_forms import with_forms
from onrecord.resolve.firm_names import with_firms
from onrecord.resolve.missed_names import missed_handle, missed_name, missed_people, with_given_names
from onrecord.resolve.office_letters import is_office, offices
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.source_types import is_document_noun
from onrecord.resolve.state_bodies import is_national, state_body
from onrecord.resolve.whole_names import full_elsewhere, with_places

VERSION: Final = "1"
_CAPITAL: Final = r"(?:[A-Z][\w.’'&/-]*[\w.]|[A-Z])"
_DAY: Final = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_SMALL: Final = rf"(?:of|for|on|and|the|&|to|in|with|against){_DAY}"
#: What a body may be called in small letters behind the name of whose it is: "the Westland Front secretariat".
_SMALL_BODY: Final = r"secretariat|(?:media|press) office|(?:core|central|executive|steering) committee"
_RUN: Final = re.compile(
    rf"(?P<lead>(?:[Bb]oth\s+|[Ee]ven\s+)?(?:[Tt]he|[Aa]n?)?(?:\s*\b(?!of\b|for\b|from\b|by\b|at\b|in\b|to\b|on\b|with\b)[a-z][\w-]*){{0,3}}\s*"
    r"(?:(?:[A-Z][\w.]*,?\s+){0,3}[A-Z][\w.]*-(?:based|funded|backed|led|run|owned|listed|controlled|registered)\s+)?)"
    rf"(?P<name>(?!The\b){_CAPITAL}(?:\s+(?:{_SMALL}\s+){{0,2}}{_DAY}{_CAPITAL})*(?:\s+(?:department|party|police|{_SMALL_BODY}))?)"
    r"(?=\s*(?:$|,|\(|—|–|[’']s?\s*$|\s(?:who|which|that|just|this|last|on|later)\b))"
)
#: A text by its name: two capitals or more, and what it is.
_TEXT: Final = re.compile(
    rf"[Tt]he\s(?P<name>(?:{_CAPITAL}\s(?:of\s)?){{2,6}}(?:Atlas|Barometer|Index|Outlook|Report|Yearbook|Act(?:\sof\s\d{{4}})?))(?=\s*(?:$|,|\())"
)
#: A capital that ends a possessive does not go on: "Clinton's Campaign Office" is two names, and so is "the
#: Democratic Party-controlled House".
_NO_ONE_NAME: Final = re.compile(r"[’']s?\s|-(?:controlled|led|run|held|dominated)\s")
_CAMPAIGN: Final = re.compile(
    rf"(?:[Tt]he\s+)?(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})*"
    r"(?:(?:[’']s?)?\s+(?:campaign|camp|administration|government)|[’']s?\s+office))\b"
)
_INTERVIEWER: Final = re.compile(
    rf"(?:^|[.:\n]\s*)(?:The\s+)?(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})*)\s+"
    r"(?:interviewed|interviews|(?:spoke|talked|sat down|caught up) (?:with|to))\b"
)
_NO_PAPER: Final = frozenset("he she they we i it you who".split())
#: Share of longer words with a capital above which a line is a headline.
_CAPITALS: Final = 0.7
#: Characters of a report in which an interview is announced.
_INTRODUCTION: Final = 1500
#: The last words of names of bodies; "and" inside a name needs one of them at its end.
_BODY: Final = re.compile(
    r"(?:Administration|Affairs|Agency|Alliance|Army|Association|Authority|Bank|Board|Brigade|Broadcasting|Bureau"
    r"|Center|Centre|Chronicle|Church|Coalition|College|Chamber|Commission|Committee|Company|Congress|Conference|Convention"
    r"|Corporation|Corps|Council|Court|Department|Directorate|Executive|Federation|Foundation|Fund|Group|Hospital|Initiative|Institute|Institution"
    r"|Journal|League|Ministry|Museum|Network|News|Observer|Office|Organi[sz]ation|Party|Police|Post|Productions|Project|Records|School"
    r"|Schools|Secretariat|Security|Service|Services|Society|Survey|Tribune|Times|Trust|Union|University|Weekly|department|party|police"
    rf"|{_SMALL_BODY})$"
)
#: `Prof. Robayet Ferdous of Dhaka University`: a person and a body.
_OF_BODY: Final = re.compile(r"(?:\S+\s){1,4}of\s")
_JOINED: Final = re.compile(r"\s(?:and|&)\s")
#: Bodies by what they are for: `Ministry of Ports and Fisheries`, `Association of Solidarity with Norland`.
_BODY_FOR: Final = re.compile(
    r"(?:[A-Z][\w’'.-]*\s){0,2}(?:Agency|Alliance|Association|Board|Bureau|Campaign|Center|Centre|Coalition|Commission|Committee"
    r"|Council|Department|Directorate|Federation|Institute|League|Ministry|Movement|Office|Organi[sz]ation|Secretariat"
    r"|Society|Union)\s(?:of|for|on|against)\s"
)
_SORT: Final = re.compile(r"(?:[A-Z]\w+\s)?NGO\s(?=[A-Z])")
_WITH: Final = re.compile(r"\s(?:with|against)\s")
_WHAT_FOR: Final = re.compile(r"\b(?:of|for)\b")
_MANY: Final = re.compile(r"\w(?:ans|ians|ists|crats|ers|ors|men|women)$")
#: What stands before a place and is no trade: "Northern Ireland", "Mainland China".
_PARTS_OF_PLACES: Final = frozenset(
    """north south east west northern southern eastern western central greater new upper lower mainland neighbouring
    neighboring rural downtown old inner outer republic kingdom state city province prime foreign mr mrs st san los
    the meanwhile however only even both officials president when while as after""".split()
)
_NUMBERS: Final = frozenset("one two three four five six ten many some several most few all no other".split())


def source_names(document: Document, statements: Sequence[Statement], names: Sequence[Mention]) -> tuple[Mention, ...]:
    """The names, with those of bodies made whole or added that the sources of statements show; in text order."""
    names = tuple(full_elsewhere(document, tuple(within_bounds(document, names))))
    letters = offices(document, statements, names)
    names = [name for name in names if document.words(name.span) not in letters]
    found = (
        *_found(document, statements, names),
        *_interviewer(document, statements, names),
        *campaign_names(document, statements, names),
        *called_bodies(document, [one.source for one in statements if one.source is not None]),
    )
    runs: dict[str, MentionKind] = {document.words(span): "organisation" for span in found}
    runs |= {document.words(span): "other" for span in _texts(document, statements, names)}
    for span, kind in _missed(document, statements, names):
        if document.words(span) not in letters:
            runs.setdefault(document.words(span), kind)
    for words in missed_people(document, names):
        runs.setdefault(words, "person")
    kept = list(names)
    for words in sorted(runs, key=lambda words: (-len(words), words)):
        for span in _everywhere(document, words):
            kept = _with_name(document, span, runs[words], kept)
    placed = tuple(with_places(document, tuple(with_given_names(document, kept))))
    whole = with_firms(document, tuple(with_forms(document, placed)))
    return tuple(sorted(whole, key=lambda mention: (mention.span.start, -mention.span.end)))


def _found(document: Document, statements: Sequence[Statement], names: Sequence[Mention]) -> Iterator[Span]:
    headlines = [block.span for block in document.blocks if block.kind in ("headline", "subhead")]
    for statement in statements:
        source = statement.source
        if source is None or any(span.covers(source) for span in headlines):
            continue
        inside = _overlapping(names, source)
        span = _led(document, source, names) or state_body(document, source, inside) or _whole(document, source, inside)
        if span is not None and all(name.span != span for name in inside) and not _in_capitals(document, source):
            yield span


def _overlapping(names: Sequence[Mention], span: Span) -> Sequence[Mention]:
    """Of names in text order, none within another, those that share a word with a span."""
    first = bisect_right(names, span.start, key=lambda name: name.span.end)
    return names[first : bisect_left(names, span.end, first, key=lambda name: name.span.start)]


def _missed(
    document: Document, statements: Sequence[Statement], names: Sequence[Mention]
) -> Iterator[tuple[Span, MentionKind]]:
    """Sources that are names where none was found: `the USDA`, `The Guardian`."""
    for statement in statements:
        source = statement.source
        if source is None:
            continue
        if not _overlapping(names, source):
            labels = statement.origin.step.endswith("turn")
            found = (missed_handle if labels else missed_name)(document, source)
            if found is not None and not _in_capitals(document, source):
                yield found.span, found.kind


def _texts(document: Document, statements: Sequence[Statement], names: Sequence[Mention]) -> Iterator[Span]:
    """Sources that are texts with names of their own: `the Quillmore Millionaires Index`."""
    for statement in statements:
        source = statement.source
        match = None if source is None else _TEXT.match(document.text, source.start, source.end)
        if match is not None and source is not None and not _in_capitals(document, source):
            span = Span(*match.span("name"))
            if not any(name.kind == "person" or name.span == span for name in _overlapping(names, span)):
                yield span


def _in_capitals(document: Document, source: Span) -> bool:
    """Whether the words around a source all have capitals, as in a headline: they tell nothing there."""
    start = document.text.rfind("\n", 0, source.start) + 1
    rest = document.text[start : source.start] + document.text[source.end : source.end + 300].split("\n", 1)[0]
    words = re.findall(r"[^\W\d_]{4,}", rest)
    return bool(words) and sum(word[0].isupper() for word in words) > _CAPITALS * len(words)


def _interviewer(document: Document, statements: Sequence[Statement], names: Sequence[Mention]) -> Iterator[Span]:
    """`The Weekly Anvil spoke with …` at the top of an interview, or `The Anvil` where `Anvil:` is a label of turns."""
    match = _INTERVIEWER.search(document.text, 0, _INTRODUCTION)
    if match is not None:
        inside = [name for name in names if match.start("name") <= name.span.start < match.end("name")]
        several = " " in match["name"] or match["name"].lower() in _NO_PAPER or "interview" not in match.group()
        labels = (one.source for one in statements if one.origin.step.endswith("turn") and one.source is not None)
        labelled = not several or any(document.words(label) == match["name"] for label in labels)
        if (inside or labelled) and len(inside) < 3 and all(name.kind != "person" for name in inside):
            yield Span(*match.span("name"))


def _led(document: Document, source: Span, names: Sequence[Mention]) -> Span | None:
    """`the Clinton campaign`, `Barack Obama's administration`: a body that goes by a person's name."""
    match = _CAMPAIGN.fullmatch(document.text, source.start, source.end)
    if match is None:
        return None
    leader = re.split(r"[’']s?\s|\s(?=\w+$)", match["name"])[0].split()[-1]
    led = any(document.words(name.span).endswith(leader) for name in names if name.kind == "person")
    return Span(*match.span("name")) if led and not is_in_other_words(match["name"], document.text) else None


def _whole(document: Document, source: Span, inside: Sequence[Mention]) -> Span | None:
    """The run of capitals that a source is, from its first word to its end or to what describes it."""
    match = _RUN.match(document.text, source.start, source.end)
    if match is None:
        return None
    span = Span(_without_sort(document, Span(*match.span("name")), inside), match.end("name"))
    name = document.words(span)
    if any(each.kind == "person" and not span.covers(each.span) for each in inside) or _NO_ONE_NAME.search(name):
        return None
    if _ends_in_place(span, inside, document):
        return span
    return span if _is_body(name, match["lead"], [each for each in inside if span.overlaps(each.span)]) else None


def _without_sort(document: Document, span: Span, inside: Sequence[Mention]) -> int:
    """`the Norland NGO Green Shore`, `the Islamist Dawn Party`: its sort, before a name that was found."""
    sort = _SORT.match(document.text, span.start, span.end)
    if sort is not None:
        return sort.end()
    first, *others = inside or (None,)
    if first is None or first.kind != "group" or first.span.start != span.start:
        return span.start
    adherent = document.words(first.span).endswith(("ist", "ite"))
    follows = adherent and any(one.span.start == first.span.end + 1 and one.span.end == span.end for one in others)
    return first.span.end + 1 if follows else span.start


def _is_body(name: str, lead: str, inside: Sequence[Mention]) -> bool:
    words = name.split()
    ends_so = _BODY.search(name) is not None
    named = any(each.kind in ("organisation", "facility") for each in inside)
    told = named or _BODY_FOR.match(name) is not None
    office = is_office(words[-1]) or (words[-1].lower().rstrip("s.") in ROLES and not told)
    if words[0].lower() in _NUMBERS or office:
        return False
    if is_document_noun(words[-1]) and not ends_so:
        return False
    if _MANY.search(words[0]) or (_MANY.search(name) and not _WHAT_FOR.search(name)):
        return False
    if words[-1] == "police" and is_national(words[-2]):
        return False
    of_two = _JOINED.search(name) is not None and not _joins_fields(name, inside)
    if of_two and not (ends_so and not _joins_two(name)):
        return False
    if _WITH.search(name) and not _BODY_FOR.match(name):
        return False
    if any(each.kind == "person" for each in inside):
        return ends_so and len(words) > 2 and not _OF_BODY.match(name)
    if all(each.kind == "group" for each in inside):
        return (ends_so or _BODY_FOR.match(name) is not None) and len(words) > 1
    return len(words) > 1 and (ends_so or (named and lead.strip().lower().startswith("the")))


def _ends_in_place(span: Span, inside: Sequence[Mention], document: Document) -> bool:
    """`Racing Victoria`, `Television New Zealand`: what a body does, and the place that ends its name."""
    found = [each for each in inside if span.overlaps(each.span)]
    if not found or found[-1].kind != "place" or found[-1].span.end != span.end:
        return False
    if any(each.kind not in ("organisation", "other") for each in found[:-1]):
        return False
    before = document.text[span.start : found[-1].span.start].split()
    return bool(before) and not any(_is_no_trade(word) for word in before)


def _is_no_trade(word: str) -> bool:
    bare = word.lower().strip(".,")
    return word[0].islower() or bare in _PARTS_OF_PLACES or bare in ROLES or bare in _NUMBERS or is_national(word)


def _joins_fields(name: str, inside: Sequence[Mention]) -> bool:
    """`Ministry of Ports and Fisheries`, unless another body is named behind the "and"."""
    if _BODY_FOR.match(name) is None or _joins_two(name):
        return False
    last = inside[-1] if inside else None
    return last is None or last.kind not in ("organisation", "person", "facility") or len(inside) == 1


def _joins_two(name: str) -> bool:
    """`Urban Institute and Brookings Institution` is two names."""
    first, rest = re.split(r"\s+(?:and|&)\s", name, maxsplit=1)
    return rest.startswith("the ") or _BODY.search(first) is not None


def _everywhere(document: Document, words: str) -> Iterator[Span]:
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", document.text):
        yield Span(*match.span())


def _with_name(document: Document, span: Span, kind: MentionKind, names: Sequence[Mention]) -> list[Mention]:
    """The names with one more at a span, in place of those inside it; as they were when one sticks out."""
    touched = [name for name in names if name.span.overlaps(span)]
    if any(not span.covers(name.span) for name in touched) or any(name.span == span for name in touched):
        return list(names)
    score = min((name.origin.score for name in touched if name.origin.score is not None), default=None)
    whole = Mention(address(document.id, "mention", span), span, kind, "name", Origin("names/source", VERSION, score))
    return [*(name for name in names if not name.span.overlaps(span)), whole]
