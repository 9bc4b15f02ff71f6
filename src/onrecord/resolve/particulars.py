"""What a report says of its people beside their names: titles, ages, affiliations, descriptions, as spans of its words.

Reads the words next to a name: titles in front ("U.N. spokesman Farhan Haq"), an apposition behind ("Vadim Prokopiev, a
50-year-old businessman"), and what the person leads or works for. Invents no relation that the words do not state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from onrecord.record import Document, Entity, Mention, Span

#: Nouns for what a person is or does; hyphenated compounds end in one of them.
ROLES = frozenset(
    "accountant activist actor actress adviser advisor administrator admiral advocate aide ambassador "
    "analyst anchor anthropologist archaeologist archbishop architect artist assistant astronaut astronomer "
    "athlete attorney author ayatollah banker barrister biologist bishop blogger boss broker builder "
    "businessman businesswoman campaigner candidate captain cardinal ceo chair chairman chairwoman "
    "chairperson chancellor chaplain chef chemist chief cleric clerk climatologist coach co-author co- "
    "founder co-owner colonel columnist comedian commander commissioner composer congressman congresswoman "
    "constable consul consultant contractor coordinator coroner correspondent councillor councilman "
    "councilwoman counsel counselor critic curator dean defender democrat deputy designer detective "
    "developer dictator diplomat director dissident doctor driver ecologist economist editor educator "
    "emperor employee engineer entrepreneur envoy epidemiologist executive expert farmer father fighter "
    "filmmaker financier firefighter fisherman founder geologist geneticist general governor guard "
    "guitarist head headteacher historian husband imam inspector instructor investigator investor "
    "journalist judge justice king lawmaker lawyer leader lecturer legislator librarian lieutenant linguist "
    "lobbyist magistrate major manager marine marshal mathematician mayor meteorologist midwife minister "
    "missionary model mother mp musician negotiator neighbor neighbour neuroscientist novelist nurse "
    "officer official ombudsman operator organiser organizer owner painter parliamentarian paramedic "
    "partner pastor pathologist patriarch pediatrician performer pharmacist philosopher photographer "
    "physician physicist pilot pioneer player playwright poet policeman policewoman politician pollster "
    "pope premier president priest prime-minister prince princess principal producer professor programmer "
    "prosecutor psychiatrist psychologist publisher queen rabbi rapporteur rector referee reporter "
    "representative republican researcher resident restaurateur retiree reverend scholar scientist "
    "screenwriter secretary senator sergeant sheikh sheriff singer skipper sociologist soldier solicitor "
    "speaker specialist spokesman spokesperson spokeswoman statistician strategist striker student "
    "superintendent supervisor surgeon survivor swimmer teacher technician theologian trader trainer "
    "treasurer undersecretary veteran veterinarian vicar viceroy victim virologist volunteer warden widow "
    "wife witness worker writer zoologist brother sister son daughter uncle aunt cousin nephew niece half- "
    "brother half-sister cofounder vice-president vice-chairman chairlady mp mep msp whip frontman drummer "
    "winemaker shopkeeper shop-owner".split()
)
_HONORIFICS = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady prof rev sen rep gov gen col maj capt lt sgt hon".split()
)
_IN_TITLES = frozenset(
    "former ex acting interim then late deputy vice assistant senior chief prime foreign interior defense "
    "defence finance health education justice trade home energy culture executive managing general honorary "
    "co first second major human rights police army navy military government state opposition party company "
    "union club team school university hospital village town city county district regional local national "
    "federal international research political veteran newly elected incoming outgoing longtime long-time "
    "press media campaign legal security intelligence rebel separatist fellow lead principal associate "
    "junior special under permanent parliamentary presidential gubernatorial".split()
)
_JOINS = frozenset("of for and the at to in &".split())
_TOKEN = re.compile(r"[^\s,;:()“”\"—–]+")
_AGE_AFTER = re.compile(
    r",\s+(?:aged\s+)?(\d{1,3})(?=\s*[,.;)]|\s+and\b)|\s*\((\d{1,3})\)"
    r"|,?\s+(?:who\s+(?:is|was)\s+)?(\d{1,3})\s+years\s+old"
)
_AGE_WITHIN = re.compile(r"\b(\d{1,3}|[a-z]+)[- ]year[- ]old\b", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\b(\d{1,3}[- ]year[- ]old)\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
_APPOSITION = re.compile(r"\s*(?:,|—|–|\()\s*(?:\d{1,3}\s*,\s*)?")
_APPOSITION_END = re.compile(
    r"[,;:)—–“”\"]|\.(?:\s|$)|\s(?:said|says|told|added|was|is|were|has|had|and\s+(?:said|told))\b"
)
_LEADS = re.compile(
    r"\s*(?:,?\s*who\s+)?(?:now\s+|also\s+|once\s+)?(?:leads|led|heads|headed|runs|ran|chairs|chaired|founded|"
    r"co-founded|commands|commanded|represents|represented|directs|directed|manages|managed|works\s+(?:for|at)|worked\s+(?:for|at))\s+"
)
_REACH = 90


class _Said(NamedTuple):
    """What stands next to one mention of a person."""

    titles: tuple[Span, ...] = ()
    ages: tuple[Span, ...] = ()
    affiliations: tuple[Span, ...] = ()
    descriptions: tuple[Span, ...] = ()


def with_particulars(document: Document, mentions: Sequence[Mention], entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities, people with what the report says of them; `mentions` in text order."""
    by_id = {mention.id: mention for mention in mentions}
    names = [mention for mention in mentions if mention.form == "name"]
    return tuple(
        _enriched(document, entity, by_id, names) if entity.kind == "person" else entity for entity in entities
    )


def _enriched(document: Document, entity: Entity, by_id: Mapping[str, Mention], names: Sequence[Mention]) -> Entity:
    found = [_said_of(document, by_id[id_].span, names) for id_ in entity.mentions if by_id[id_].form == "name"]
    return replace(
        entity,
        titles=_distinct(document, (span for each in found for span in each.titles)),
        ages=_distinct(document, (span for each in found for span in each.ages)),
        affiliations=_distinct(document, (span for each in found for span in each.affiliations)),
        descriptions=_distinct(document, (span for each in found for span in each.descriptions)),
    )


def _distinct(document: Document, spans: Iterator[Span]) -> tuple[Span, ...]:
    """The first span of each wording, in text order."""
    first: dict[str, Span] = {}
    for span in sorted(spans):
        first.setdefault(document.words(span).lower(), span)
    return tuple(first.values())


def _said_of(document: Document, name: Span, names: Sequence[Mention]) -> _Said:
    sentence = _sentence(document, name)
    title = _title_before(document.text, name, sentence)
    ages = list(_ages(document.text, name, sentence))
    descriptions, titles, affiliations = [], [title] if title else [], []
    if title:
        affiliations += _named_within(document.text, title, names)
    apposition = _apposition(document.text, name, sentence)
    if apposition is not None:
        role = _role_within(document.text, apposition)
        age = _AGE_WITHIN.search(document.text, apposition.start, apposition.end)
        if age is not None:
            ages.append(Span(*age.span()))
        if role is not None or age is not None:
            descriptions.append(apposition)
            affiliations += _named_within(document.text, apposition, names)
        if role is not None:
            titles.append(role)
    affiliations += _led(document.text, name, sentence, names)
    return _Said(tuple(titles), tuple(ages), tuple(affiliations), tuple(descriptions))


def _sentence(document: Document, span: Span) -> Span:
    return next((each for each in document.sentences if each.covers(span)), Span(0, max(1, len(document.text))))


def _title_before(text: str, name: Span, sentence: Span) -> Span | None:
    """The title that runs up to a name: role nouns, what is capitalised before them, and small words between."""
    tokens = list(_TOKEN.finditer(text, max(sentence.start, name.start - _REACH), name.start))
    end = tokens[-1].end() if tokens else 0
    if not tokens or text[end : name.start].strip():
        return None
    start, has_role = None, False
    for place in range(len(tokens) - 1, -1, -1):
        token, after = tokens[place], tokens[place + 1].start() if place + 1 < len(tokens) else name.start
        if text[token.end() : after].strip():
            break
        word = token[0].lower().strip(".'’").removesuffix("'s").removesuffix("’s")
        if word in ROLES or word in _HONORIFICS or _is_compound_role(word):
            has_role, start = True, token.start()
        elif not has_role and not token[0][0].isupper() and not (start is not None and word in _JOINS):
            break
        elif word in _IN_TITLES or (token[0][0].isupper() and not _opens(token, sentence)):
            start = token.start()
        elif word not in _JOINS:
            break
    return Span(start, end) if has_role and start is not None and start < end else None


def _is_compound_role(word: str) -> bool:
    return "-" in word and word.rsplit("-", 1)[1] in ROLES


def _opens(token: re.Match[str], sentence: Span) -> bool:
    """Whether a capital only marks the start of the sentence."""
    return token.start() == sentence.start and token[0].lower() in _FUNCTION_WORDS


_FUNCTION_WORDS = frozenset(
    "the a an in on at but and as when while after before for with by from to if since that this these "
    "those according his her its their our my your one another some many all both no not".split()
)


def _ages(text: str, name: Span, sentence: Span) -> Iterator[Span]:
    after = _AGE_AFTER.match(text, name.end, sentence.end)
    if after is not None:
        group = next(number for number in (1, 2, 3) if after[number])
        if 0 < int(after[group]) < 130:
            yield Span(*after.span(group))
    before = _AGE_BEFORE.search(text[max(sentence.start, name.start - 60) : name.start])
    if before is not None:
        start = max(sentence.start, name.start - 60)
        yield Span(start + before.start(1), start + before.end(1))


def _apposition(text: str, name: Span, sentence: Span) -> Span | None:
    opening = _APPOSITION.match(text, name.end, sentence.end)
    if opening is None or opening.end() >= sentence.end:
        return None
    end = _APPOSITION_END.search(text, opening.end(), min(sentence.end, opening.end() + 200))
    stop = end.start() if end else min(sentence.end, opening.end() + 200)
    words = text[opening.end() : stop].rstrip()
    first = _TOKEN.match(words)
    if first is None or not (_opens_a_description(first[0]) or first[0][0].isupper()):
        return None
    if len(words) < 3 or re.match(r"(?:who|which|but|and|or|as|when|while|said|says|then|that|where|whose)\b", words):
        return None
    return Span(opening.end(), opening.end() + len(words))


def _opens_a_description(token: str) -> bool:
    word = token.lower().strip(".'’")
    return word in _OPENERS or word in _IN_TITLES or _is_role(word)


_OPENERS = frozenset("a an the his her its their our my another one whose".split())
_BEFORE_ROLE_ENDS = re.compile(r"\b(?:who|which|that|whose|of|for|at|in|with|from|to|by|on)\b")


def _role_within(text: str, apposition: Span) -> Span | None:
    """The role in an apposition with the words that belong to it: "businessman", "deputy interior minister"."""
    stop = _BEFORE_ROLE_ENDS.search(text, apposition.start, apposition.end)
    tokens = list(_TOKEN.finditer(text, apposition.start, stop.start() if stop else apposition.end))
    place = next((at for at in range(len(tokens) - 1, -1, -1) if _is_role(tokens[at][0])), None)
    if place is None:
        return None
    first = place
    while first > 0 and (tokens[first - 1][0].lower() in _IN_TITLES or _is_role(tokens[first - 1][0])):
        first -= 1
    return Span(tokens[first].start(), tokens[place].end())


def _is_role(token: str) -> bool:
    word = token.lower().strip(".'’")
    return word in ROLES or _is_compound_role(word)


def _named_within(text: str, span: Span, names: Sequence[Mention]) -> list[Span]:
    """Organisations in a title or apposition, up to its relative clause; places it says the role is "of"."""
    clause = re.search(r"\b(?:who|which|that|whose|where)\b", text[span.start : span.end])
    end = span.start + clause.start() if clause else span.end
    inside = [each for each in names if span.start <= each.span.start and each.span.end <= end]
    return [
        each.span
        for each in inside
        if each.kind in ("organisation", "group", "facility")
        or (each.kind == "place" and re.search(r"\bof\s+(?:the\s+)?$", text[span.start : each.span.start]))
    ]


def _led(text: str, name: Span, sentence: Span, names: Sequence[Mention]) -> list[Span]:
    """Organisations that the person leads or works for, named right after the verb."""
    verb = _LEADS.match(text, name.end, sentence.end)
    if verb is None:
        return []
    near = [each for each in names if verb.end() <= each.span.start <= verb.end() + 40 and each.kind != "person"]
    between = [each for each in near if not re.search(r"[,.;:]", text[verb.end() : each.span.start])]
    return [each.span for each in between if each.kind in ("organisation", "group", "facility")][:1]
