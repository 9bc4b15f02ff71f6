"""What kind of source a statement has, by its speaker or, where nobody is named, by the words that describe it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from onrecord.record import Entity, SourceType
from onrecord.resolve.particulars import ROLES

_DOCUMENTS: Final = frozenset(
    """poll polls survey surveys study studies report reports document documents papers paperwork filing filings
    indictment affidavit affidavits complaint lawsuit suit letter letters memo memos memorandum email emails e-mail
    transcript transcripts article articles story stories post posts tweet tweets message messages law laws bill
    constitution act treaty agreement contract resolution statement release records record data figures statistics
    analysis census dossier book memoir website site page video audio recording footage sign signs banner banners
    caption headline headlines editorial op-ed column review warrant ruling verdict order manifesto guidelines rules
    diary note notes text texts ad ads advertisement commercial platform petition audit assessment findings research
    file files forecast forecasts estimate estimates projections database notice bulletin brochure leaflet placard
    inscription subpoena testimony proposal legislation amendment plan budget index model models evidence ballot
    newsletter blog podcast decision decisions announcement brief briefs log logs card cards circular circulars
    application applications map maps schedule schedules opinion opinions lease register sheet catalogue catalog
    canvass handbook posting postings assessments guidance minutes accounts form forms inspection inspections autopsy
    deposition depositions certificate ledger ledgers chart charts spreadsheet flyer flyers flier fliers mailer mailers
    pamphlet booklet questionnaire deck investigation reanalysis statements clip clips tape tapes alert alerts tally
    total totals plaque rulings reviews""".split()
)
_GROUPS: Final = frozenset(
    """people police officials authorities critics supporters opponents analysts experts observers lawmakers voters
    residents witnesses activists protesters volunteers prosecutors lawyers investigators scientists researchers
    doctors economists historians diplomats aides advisers advisors sources insiders members leaders family
    relatives parents neighbors neighbours friends colleagues students teachers workers employees executives
    journalists reporters media press crowd audience public majority minority others some many most several few
    both all none they we those these everyone everybody nobody staff team committee panel jury council board
    group groups commentators republicans democrats conservatives liberals europeans americans fans users
    readers viewers organizers organisers rescuers firefighters soldiers troops rebels militants campaigners
    advocates respondents half world government governments administration community opposition campaign
    industry company department ministry agency enforcement clergy men women folk""".split()
)
#: Bodies: many act as one, and no single person is meant.
_BODIES: Final = frozenset(
    """court courts tribunal chapter institute association union bureau office commission coalition institution
    university church bank firm network newspaper magazine outlet league foundation hospital school council
    parliament congress senate legislature cabinet state city town village borough county province country nation
    kingdom delegation mission army military navy regime bloc club organisation organization society corporation
    authority airline chain
    party camp side force watchdog regulator lab laboratory think-tank nonprofit charity startup station service
    district clinic television radio federation academy museum fund secretariat roundtable inquiry
    railroad railway""".split()
)
_PLURAL_PRONOUNS: Final = frozenset(
    """they we them us their our some many others most those these both all two three four five six seven eight nine
    ten""".split()
)
_HEAD_ENDS: Final = re.compile(
    r"\s+(?:of|for|from|in|at|on|with|who|whose|that|which|by|to|like|such|including|familiar|close|briefed|near"
    r"|tracking(?!\s(?:poll|survey)\b)|showing|covering|published|released|reported|conducted|commissioned|obtained|reviewed|filed|written|posted|sent"
    r"|issued|signed|dated|compiled|led|run|represented|based|today|yesterday|tonight"
    r"|(?:earlier|late|later)\s(?:this|last|in|on|[A-Z])\w*|(?:last|this)\s(?:week|month|year|spring|summer|fall|winter)"
    r"|beside|behind|above|under|inside|outside|during|after|Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"
    r"|In|On|From|By)\b|[,(;—–]"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def type_of_entity(entity: Entity, words: str) -> SourceType:
    """The type of a source that is an entity; `words` are those of the source span."""
    if entity.name is None:
        return "unnamed group" if entity.kind in ("group", "organisation") else type_of_words(words)
    if entity.kind == "person":
        return "named person"
    if entity.kind in ("organisation", "place", "facility"):
        return "named organisation"
    return "unnamed group" if entity.kind == "group" else "document"


@lru_cache(maxsize=4096)
def type_of_words(words: str) -> SourceType:
    """The type of a source without a name, by its head: `a poll` -> document, `two officials` -> unnamed group."""
    words = words.strip()
    if (of := _OF_SEVERAL.match(words)) is not None and type_of_words(words[of.end() :]) == "document":
        return "document"
    if _SHARE.match(words) is not None:
        return "unnamed group"
    bare = _OFFICER.sub("officer", _QUANTITY.sub("", words, count=1), count=1)
    found = _HEAD_ENDS.split(bare, maxsplit=1)[0] or words
    tokens = [token.lower().replace("’", "'") for token in _WORD.findall(found)]
    if not tokens:
        return "unnamed person"
    head = _head(tokens)
    if head in _DOCUMENTS:
        return "document"
    return "unnamed group" if _is_many(head) else "unnamed person"


def _head(tokens: Sequence[str]) -> str:
    """The last word, or one before what is told of it: `economists polled`, `a lawsuit he filed`."""
    for noun, told in pairwise(tokens):
        text = noun in _DOCUMENTS
        if (text and told in _TELLERS and tokens[0] in _DETERMINERS) or (
            (text or _is_many(noun)) and _PARTICIPLE.fullmatch(told)
        ):
            return noun
    return tokens[-1]


def _is_many(head: str) -> bool:
    return head in _GROUPS or head in _BODIES or head in _PLURAL_PRONOUNS or head.endswith("men") or _is_plural(head)


_PARTICIPLE: Final = re.compile(r"\w{2,}[^e]ed|seen|written|sent|drawn|kept|made|taken|left|shown|given|held|put|paid")
_DETERMINERS: Final = frozenset(("a", "an", "the", "another"))
_TELLERS: Final = frozenset("he she they we i you his her their the".split())
_NUMBER: Final = (
    r"(?:\d[\d,.]*|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|\w+teen|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve)"
)
#: So many of the people asked: `just 12 percent`, `one in four`, `two-thirds of voters`, `three of them`.
_SHARE: Final = re.compile(
    rf"(?:(?:just|only|about|around|nearly|almost|roughly|some|over|under|more than|less than|fewer than|at least"
    rf"|as many as|up to|another|the other)\s)*"
    rf"(?:(?:{_NUMBER}(?:\s?%|\s(?:percent|per\s?cent)\b)"
    rf"|(?:an?|one|two|three|four)[\s-](?:third|quarter|fifth)s?(?=\sof\s)|a\squarter$"
    rf"|{_NUMBER}\s(?:in|out\sof)\s(?:every\s)?{_NUMBER}\b)"
    rf"|(?:(?!one\b){_NUMBER}|(?:every|not)\sone)\sof\s(?!which\b))",
    re.IGNORECASE,
)
#: `one of` the posts, `two-thirds of` the reports: what they are is behind it.
_OF_SEVERAL: Final = re.compile(
    rf"(?:one|another|each|some|many|most|several|{_NUMBER}|[\w-]+s)\sof\s(?=the\s)", re.IGNORECASE
)
#: `the secretary of state`'s office: the body is behind it.
_OFFICER: Final = re.compile(r"\b(?:secretary|minister|commissioner)\sof\s(?:\w+\s)?\w+(?=[’']s\s\w+$)", re.I)


#: `a number of` candidates: the noun is behind it.
_QUANTITY: Final = re.compile(
    r"^(?:an?\s(?:large\s|small\s|growing\s)?(?:number|couple|handful|majority)|dozens|hundreds)\sof\s", re.I
)


def is_document_noun(word: str) -> bool:
    """Whether a word is one for something written: poll, report, lawsuit."""
    return word.lower() in _DOCUMENTS


#: Adherents and nationals, by the plural of what one of them is called.
_OF_MANY: Final = re.compile(
    r"(?:the\s+)?(?:republicans|democrats|conservatives|liberals|socialists|islamists|communists|[A-Z]\w+(?:ans|ians|ese|ists|crats|[aeq]lis|[a-z]qis|anis))",
    re.IGNORECASE,
)


def is_party_of_many(entity: Entity, words: str, definite: bool) -> bool:
    """`Republicans`, `Russians`, and, where no article makes a party or team of it, `New Norlanders`: a name for many,
    none of whom is named."""
    if entity.kind == "group" and not definite and _is_plural(words):
        return True
    if entity.kind == "person" and words in ("Democrats", "Republicans", "Conservatives", "Liberals", "Socialists"):
        return True
    return entity.kind in ("group", "organisation") and _OF_MANY.fullmatch(words) is not None


#: Somebody who was named before, by the country.
_OF_A_NATION: Final = re.compile(
    r"[Tt]he\s(?:[A-Z][a-z]+(?:[a-z]m[ae]n|woman|ian|ean|can)|Spaniard|Briton|Scot|Dane|Swede|Finn|Pole|Turk|Argentine"
    r"|Serb|Croat)"
)


def is_of_a_nation(words: str) -> bool:
    """`the Spaniard`: nobody's name."""
    return _OF_A_NATION.fullmatch(words) is not None


#: What stands between a group without a name and those of it who have one, or who leads it.
_AMONG: Final = re.compile(r"\b(?:including|such as|among them|led by|headed by|represented by)\s")
_NUMBER_OF: Final = re.compile(r"\W*an?\s(?:\w+\s)?(?:number|handful|couple|majority|host|range|lot)\sof\s", re.I)
_MANY: Final = re.compile(
    r"(?:many|some|most|several|few|a few|other|two|three|four|five|dozens of|hundreds of)\s", re.I
)


def is_of_many(words: str, before: str, name: str, opens: bool) -> bool:
    """Whether a source is a group that has no name, though one stands in it: `supporters, including Ann Lee`, `many
    Muslims`, and `Contractors`, whose capital may be that of the sentence that it opens."""
    among = _AMONG.search(before)
    if among is not None and type_of_words(_NUMBER_OF.sub("", before[: among.start()])) == "unnamed group":
        return True
    if " " in name or not _is_plural(name.lower()):
        return False
    return _MANY.match(words) is not None or (opens and words == name and _is_trade(name.lower()))


def _is_trade(plural: str) -> bool:
    """`subcontractors`, `farmers`: the plural of what people are or do."""
    one = plural.removesuffix("s")
    return one in ROLES or any(one.endswith(role) for role in _LONG_ROLES)


_LONG_ROLES: Final = tuple(role for role in ROLES if len(role) > 5)


def _is_plural(head: str) -> bool:
    return head.endswith("s") and not head.endswith(("ss", "us", "is", "'s")) and len(head) > 3
