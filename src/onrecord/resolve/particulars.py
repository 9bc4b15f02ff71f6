"""What a report says of its people beside their names: titles, ages, affiliations, descriptions, as spans of its words.

Reads the words next to a name: titles in front ("U.N. spokesman Farhan Haq"), an apposition behind ("Vadim Prokopiev, a
50-year-old businessman"), and what the person leads or works for. Invents no relation that the words do not state.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from onrecord.record import Document, Entity, Mention, Span
from onrecord.resolve.affiliations import after_name, led, named_within, owner

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
    "winemaker shopkeeper shop-owner registrar headmaster headmistress provost delegate trustee auditor commandant "
    "brigadier prefect comptroller vendor hawker landlord landlady tenant mechanic carpenter plumber electrician baker "
    "butcher barber waiter waitress inventor host member nominee front-runner frontrunner girlfriend boyfriend "
    "assemblyman assemblywoman assemblymember councilmember alderman alderwoman selectman selectwoman undersheriff "
    "trooper".split()
)
_HONORIFICS = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady prof rev sen rep gov gen col maj capt lt sgt hon".split()
)
#: What titles have before their role: "former deputy foreign" minister.
IN_TITLES = frozenset(
    "former ex acting interim then late deputy vice assistant senior chief prime foreign interior defense "
    "defence finance health education justice trade home energy culture executive managing general honorary "
    "co first second major human rights police army navy military government state opposition party company "
    "union club team school university hospital village town city county district regional local national "
    "federal international research political veteran newly elected incoming outgoing longtime long-time "
    "press media campaign legal security intelligence rebel separatist fellow lead principal associate "
    "junior special under additional joint permanent parliamentary presidential gubernatorial".split()
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
#: `Now that Lund has met Ann Lee, the mayor has …`: the main clause is about somebody else.
_SUBORDINATE = re.compile(
    r"[\W]*(?:now that|although|though|while|as|when|if|after|before|because|since|even though|once|until)\s",
    re.IGNORECASE,
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
        titles=_telling(document, _distinct(document, (span for each in found for span in each.titles))),
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


def _telling(document: Document, titles: Sequence[Span]) -> tuple[Span, ...]:
    """Without "Mr." and without what a longer title says too: "Sen." beside "Florida Sen."."""
    words = [document.words(span).lower() for span in titles]
    return tuple(
        span
        for span, own in zip(titles, words, strict=True)
        if own.rstrip(".") not in _COURTESIES and not any(other.endswith(f" {own}") for other in words)
    )


#: How somebody is addressed, whatever they do. A doctor and a reverend are what they are called.
_COURTESIES = frozenset("mr mrs ms miss mx sir dame lord lady".split())


def _said_of(document: Document, name: Span, names: Sequence[Mention]) -> _Said:
    sentence = _sentence(document, name)
    title = _title_before(document.text, name.start, sentence, names) or _title_set_off(
        document.text, name, sentence, names
    )
    ages = list(_ages(document.text, name, sentence))
    descriptions, titles, affiliations = [], [title] if title else [], []
    if title:
        affiliations += [*owner(document.text, title, names), *named_within(document.text, title, names)]
    apposition = _apposition(document.text, name, sentence)
    if apposition is not None:
        role = _role_within(document.text, apposition, names)
        age = _AGE_WITHIN.search(document.text, apposition.start, apposition.end)
        if age is not None:
            ages.append(Span(*age.span()))
        if role is not None or age is not None:
            descriptions.append(apposition)
        if role is not None:
            titles.append(role)
            affiliations += named_within(document.text, apposition, names)
    affiliations += [*led(document.text, name, sentence, names), *after_name(document.text, name, names)]
    return _Said(tuple(titles), tuple(ages), tuple(affiliations), tuple(descriptions))


def _sentence(document: Document, span: Span) -> Span:
    number = bisect_right(document.sentences, span.start, key=lambda each: each.start) - 1
    holds = number >= 0 and document.sentences[number].covers(span)
    return document.sentences[number] if holds else Span(0, max(1, len(document.text)))


def _title_before(text: str, place: int, sentence: Span, names: Sequence[Mention]) -> Span | None:
    """The title that runs up to a name: role nouns, what is capitalised before them, and small words between."""
    tokens = list(_TOKEN.finditer(text, max(sentence.start, place - _REACH), place))
    if not tokens or text[tokens[-1].end() : place].strip():
        return None
    start, role = None, None
    for at in range(len(tokens) - 1, -1, -1):
        token, after = tokens[at], tokens[at + 1].start() if at + 1 < len(tokens) else place
        if text[token.end() : after].strip() or _stops_title(token, tokens[at + 1 : at + 2], names):
            break
        word = token[0].lower().strip(".")
        if word in _HONORIFICS or _is_role(word):
            role, start = (at if role is None else role), at
        elif role is None and not token[0][0].isupper() and not (start is not None and word in _JOINS):
            break
        elif word in IN_TITLES or (token[0][0].isupper() and not _opens(token, sentence)):
            start = at
        elif word not in _JOINS:
            break
    if role is None or start is None or (role + 1 < len(tokens) and tokens[role + 1][0].lower() not in ("of", "for")):
        return None
    return _without_courtesies(tokens[_with_modifiers(tokens, start) :])


def _without_courtesies(tokens: Sequence[re.Match[str]]) -> Span | None:
    """A title without what is no office at its end: "Foreign Secretary Lord" Ames; "Lord Mayor" stays."""
    offices = [token for token in tokens if token[0].lower().rstrip(".") not in _COURTESIES]
    return Span(tokens[0].start(), offices[-1].end()) if offices else None


def _stops_title(token: re.Match[str], following: Sequence[re.Match[str]], names: Sequence[Mention]) -> bool:
    """Whether a word is beyond a title that begins after it: an owner, the end of a sentence, another person."""
    if _OWNER.search(token[0]) or token[0].lower() in ("to", "at", "in") or _DAY.fullmatch(token[0]):
        return True
    if token[0].endswith(".") and not _ABBREVIATION.fullmatch(token[0]) and not _is_title_word(token[0]):
        return True
    joined = bool(following) and following[0][0].lower() in ("and", "&")
    return joined and any(name.kind == "person" and name.span.end == token.end() for name in names)


_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_OWNER = re.compile(r"(?:['’]s|s['’])$")
_ABBREVIATION = re.compile(r"(?:[A-Z]\.)+|St\.|Ft\.|Mt\.|Asst\.|Atty\.|Dep\.|Rtd\.|Ret\.")


def _is_title_word(token: str) -> bool:
    word = token.lower().strip(".")
    return word in _HONORIFICS or _is_role(word)


def _with_modifiers(tokens: Sequence[re.Match[str]], start: int) -> int:
    """Where a title in small letters begins, with all that a preposition or article opens: "by law professor"."""
    first = start
    while (
        tokens[start][0][0].islower() and first > 0 and start - first < 3 and _MODIFIER.fullmatch(tokens[first - 1][0])
    ):
        first -= 1
        if tokens[first][0] in _FUNCTION_WORDS or tokens[first][0].endswith(("ed", "ing", "ly")):
            return first + 1 if tokens[first][0] in _FUNCTION_WORDS else start
    return start


_MODIFIER = re.compile(r"[a-z]{2,}")


def _title_set_off(text: str, name: Span, sentence: Span, names: Sequence[Mention]) -> Span | None:
    """The title that a comma sets off before a name: "Malaysia's Prime Minister, Najib Razak, said"."""
    comma = _COMMA.search(text[sentence.start : name.start])
    if comma is None:
        return None
    place = sentence.start + comma.start()
    title = _title_before(text, place, sentence, names)
    before = "" if title is None else text[sentence.start : title.start].rstrip()
    owned = _OWNED.search(before)
    if title is None or owned is None:
        return None
    opens = re.search(r"(?:^|[,;:—–(“\"])\s*(?:[A-Z][\w.-]*\s+){0,3}$", before[: owned.start()])
    sure = opens is not None and owned["owner"] is not None
    closed = re.match(r"\s*(?:$|[.;)”\"]|,(?!\s+(?:and|or)\b))", text[name.end : sentence.end])
    return title if sure or closed else None


_COMMA = re.compile(r",\s+$")
_OWNED = re.compile(r"(?:\b(?P<owner>[\w.-]+(?:['’]s|s['’]))|\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur))$")


def _is_compound_role(word: str) -> bool:
    return "-" in word and word.rsplit("-", 1)[1] in ROLES


def _opens(token: re.Match[str], sentence: Span) -> bool:
    """Whether a capital only marks the start of the sentence."""
    return token.start() == sentence.start and token[0].lower() in _FUNCTION_WORDS


_FUNCTION_WORDS = frozenset(
    "the a an in on at but and as like unlike when while after before for with by from to if since that this these "
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
    if end is not None and end[0][0].isspace() and _SUBORDINATE.match(text, sentence.start, name.start):
        return None
    stop = end.start() if end else min(sentence.end, opening.end() + 200)
    words = _DANGLING.sub("", text[opening.end() : stop].rstrip())
    first = _TOKEN.match(words)
    if first is None or not (_opens_a_description(first[0]) or first[0][0].isupper()):
        return None
    if len(words) < 3 or re.match(r"(?:who|which|but|and|or|as|when|while|said|says|then|that|where|whose)\b", words):
        return None
    return Span(opening.end(), opening.end() + len(words))


_DANGLING = re.compile(r"[\s,]+(?:who|which|that|whom|whose|where|when|and|but)$")


def _opens_a_description(token: str) -> bool:
    word = token.lower().strip(".'’")
    return word in _OPENERS or word in IN_TITLES or _is_role(word)


_OPENERS = frozenset("a an the his her its their our my another one whose".split())
_BEFORE_ROLE_ENDS = re.compile(r"\b(?:who|which|that|whose|of|for|at|in|with|from|to|by|on)\b")


def _role_within(text: str, apposition: Span, names: Sequence[Mention]) -> Span | None:
    """The role in an apposition with the words that belong to it: "businessman", "former deputy interior minister"."""
    stop = _BEFORE_ROLE_ENDS.search(text, apposition.start, apposition.end)
    tokens = list(_TOKEN.finditer(text, apposition.start, stop.start() if stop else apposition.end))
    place = next((at for at in range(len(tokens) - 1, -1, -1) if _is_head_role(tokens, at)), None)
    if place is None:
        return None
    first = place
    while first > 0 and place - first < 6 and not _opens_role(tokens[first - 1][0], tokens[place][0]):
        first -= 1
    return Span(tokens[first].start(), _with_field(text, tokens[place].end(), apposition, names))


def _is_head_role(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """A role that nothing follows which it would only modify: "the official news agency" is no official."""
    if not _is_role(tokens[at][0]):
        return False
    following = tokens[at + 1][0].lower() if at + 1 < len(tokens) else ""
    return not following or following in _AFTER_ROLE or following.endswith(("ed", "ing"))


_AFTER_ROLE = frozenset("and or but so now then there here known also".split())


def _opens_role(token: str, role: str) -> bool:
    """Whether a word before a role does not belong to it. To a relation nothing belongs: "her younger brother"."""
    word = token.lower().strip(".")
    outside = word in _OPENERS or word in _AFTER_ROLE or _OWNER.search(token) or any(c.isdigit() for c in token)
    return bool(outside) or word in _FUNCTION_WORDS or role.lower() in _RELATIONS


_RELATIONS = frozenset("brother sister son daughter uncle aunt cousin nephew niece wife husband mother father".split())
_FIELD = re.compile(r"\s+of\s+(?:[A-Z][\w-]+(?:\s+(?:and\s+)?[A-Z][\w-]+)*|(?!the\b|an?\b|its\b|his\b|her\b)[a-z]{3,})")


#: What those who govern are for: "minister for trade and industry".
_BRIEF = re.compile(
    r"(?:(?<=minister)|(?<=secretary)|(?<=commissioner)|(?<=ombudsman))\s+for\s+(?!(?:the|an?|its|his|her|their)\b)[A-Za-z]{3,}"
    r"(?:\s+(?:and\s+)?[A-Z]\w+|\s+and\s+[a-z]{3,})*",
)


def _with_field(text: str, end: int, apposition: Span, names: Sequence[Mention]) -> int:
    """The end of a role with what it is of, unless that is a body or place of its own: "Secretary of State"."""
    field = _FIELD.match(text, end, apposition.end) or _BRIEF.match(text, end, apposition.end)
    related = text[max(end - 12, 0) : end].lower().endswith(tuple(_RELATIONS))
    if field is None or related or any(name.span.start < field.end() and name.span.end > end for name in names):
        return end
    return field.end()


def _is_role(token: str) -> bool:
    word = token.lower().strip(".'’")
    return word in ROLES or _is_compound_role(word)
