"""Where a name begins and ends, by what names look like: initials, titles, possessives, brackets, generations.

Moves the edges of names that were found; finds none of its own, and says nothing about whose name it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from onrecord.record import Span

#: In front of a person's name: part of what the person is, not of the name.
TITLES: Final = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady president vice prime minister deputy foreign "
    "defence defense interior finance chancellor premier senator sen rep representative congressman "
    "congresswoman gov governor mayor king queen prince princess emperor pope cardinal archbishop bishop "
    "rev reverend father sister brother rabbi imam sheikh ayatollah mullah general gen lieutenant lt "
    "colonel col major maj captain capt commander sergeant sgt corporal private admiral judge justice "
    "attorney secretary chairman chairwoman chairperson chief ceo director spokesman spokeswoman "
    "spokesperson detective inspector officer constable ambassador coach former acting then ex the judge speaker "
    "leader pastor chaplain sheriff commissioner superintendent councilman councilwoman assemblyman assemblywoman "
    "councillor cllr alderman alderwoman ombudsman assemblymember councilmember selectman selectwoman undersheriff "
    "battalion airman seaman midshipman "
    "trooper samdech techo hojjat al-islam hojatoleslam barrister advocate maulana pandit shri smt madam madame shaikh "
    "datuk datin brigadier brig commodore fr msgr monsignor insp supt cr ald engr alhaji alhaja hajia otunba barima "
    "maame adm cdr cmdr cpl pvt pfc spc det dci dcs ds apprentice".split()
)
#: Malay titles of two words, of which the second is a name elsewhere: "Datuk Seri Osman Rais", "Tan Sri Osman Rais".
_OF_TWO: Final = re.compile(r"(?:Datuk|Dato['’]?|Datin|Tan|Puan)\s(?:Seri|Sri)\s(?=[A-Z])")
#: Ranks of two words, of which the first is no title by itself: "Rear Adm. Ann Bely", "Staff Sgt. Ann Bely";
#: "Mayor Pro Tem Ann Bely".
_RANK_OF_TWO: Final = re.compile(
    r"(?:Rear|Vice|Lance|Staff|Master|Gunnery|First|Flight|Petty|Warrant|Chief|Senior|Air|Group|Wing|Squadron|Able)\s"
    r"(?:Adm\.|Admiral|Cpl\.|Corporal|Sgt\.|Sergeant|Lt\.|Lieutenant|Officer|Captain|Commander|Leader|Seaman|Marshal"
    r"|Airman)\s(?=[A-Z])"
    r"|Pro\sTem(?:pore)?\.?\s(?=[A-Z])"
)
#: A rank with the force or the body that gives it: "U.S. Army General Ann Bely", "FCO Minister Ann Bely".
_RANKED: Final = re.compile(r"(?:(?:U\.S\.|U\.K\.|U\.N\.|[A-Z]{2,5})\s)+(?:(?:Army|Navy|Marine|Air Force)\s)?(?=[A-Z])")
#: What is no name: "U.S. Secretary" of State, "Foreign Secretary".
_OFFICE_ALONE: Final = re.compile(
    r"(?:(?:U\.S\.|U\.K\.|U\.N\.|[A-Z]{2,3}|Foreign|Prime|Home|Interior|Defen[cs]e|Finance|Vice|Deputy|Chief|Attorney)\s)+"
    r"(?:Secretary|Minister|President|Ambassador|Attorney|General|Justice|Envoy|Judge|Commissioner)"
    r"|(?:[A-Z]\w+\s){1,3}Minister"
)
#: What a speaker breaks off: "An- Ann".
_BROKEN_OFF: Final = re.compile(r"[A-Z]\w{0,3}-\s(?=[A-Z])")
#: The rest of what somebody is called in quotation marks: `"Uncle" Ann Bely`, found from the word on.
_CALLED: Final = re.compile(r"(?<=[\"“‘'])[A-Z][a-z]+[\"”’']\s(?=[A-Z])")
#: Letters of honour behind a name: "Ann Bely KC".
_HONOURS: Final = re.compile(r"(?<=[a-z])\s(?:[KQS]C|SAN|M[LES]?[AP]|TD|[CDKMO]BE|PhD)$")
#: The place of an office that ends what was taken for a name: "Norland Gov", before a full stop.
_OFFICE_LAST: Final = re.compile(r"\s(?:Govs?|Sens?|Reps?|Gen|Atty)$")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_REST_OF_WORD: Final = re.compile(r"['’](?!(?:s|ll|re|ve|d|m|t)\b)[a-z]{2,}")
_EDGE: Final = " \t\n\r.,;:!?\"'“”‘’«»()[]-–—*"
_WORD: Final = re.compile(r"\S+")
_ABBREVIATED: Final = re.compile(r"(?:\b[A-Z]\.[A-Z]|\b(?:Jr|Sr|Inc|Ltd|Corp|Co))$")
#: A surname given by its first letter only, before what is no new sentence: "Ann B., a welder", "Ann B. said".
_LETTER_LAST: Final = re.compile(r"[a-z]\s[A-Z]$")
_GOES_ON: Final = re.compile(r"\.(?=[,;’'”\"]|\s[a-z(])")
_STORM: Final = re.compile(r"\b(?:Cyclone|Hurricane|Typhoon|Storm)\s$")
#: Where a member of Congress is from: "Sen. Elizabeth Warren (D-Mass.)", "Susan M. Collins, R-Maine".
_PARTY_AND_STATE: Final = re.compile(r"[RDI]-[A-Z][A-Za-z.]*")
#: A comma inside a person's name stands only before a generation or a degree.
_SET_OFF: Final = re.compile(r"\s?[,(](?!\s?(?:Jr|Sr|I{1,3}V?|Ph\.?D|M\.?D|Esq)\b(?!-)).*$", re.DOTALL)
#: Where somebody is from or works: "Mike Gikas of Consumer Reports"; "Teresa of Calcutta" is the name.
_OF_BODY: Final = re.compile(r"(?P<person>\S+(?:\s\S+){1,3}?)\sof\s[A-Z]")
#: What a name of a body does not begin with: "US-funded Famine Early Warning Systems Network".
_SORT: Final = re.compile(r"[A-Z][\w.]*-(?:based|funded|backed|led|run|owned|listed|controlled|registered)\s(?=[A-Z])")
#: What tells of a body before its name, adjectives by their endings: "conservative Club for Harbours".
_TOLD_BEFORE: Final = re.compile(r"(?:[a-z]{3,}(?:ive|al|ic|an|ent|ful|ary)\s)+(?=[A-Z][a-z])")
#: The body that another belongs to: "Center for Tax Policy at the Quill Foundation".
_OF_OTHER_BODY: Final = re.compile(r"\sat\sthe\s(?:[a-z]+\s)*(?=[A-Z])")
_SORT_BEHIND: Final = re.compile(r"(?<=\w)\s(?:news|newspaper|magazine)$")
#: What somebody is, with the place or the body in front: "Norland Sen. Ann Bely", "House Speaker Ann Bely", "Lion Club
#: Executive Director Ann Bely"; an office in full only before a given name and a surname.
_OFFICE_WITHIN: Final = re.compile(
    r"(?:\S+\s){0,6}(?:(?:Sens?|Reps?|Gov|Del|Atty|Sgt|Lt|Capt|Col|Gen)\.\s(?=[A-Z])"
    r"|(?:Senators?|Representatives?|Congress(?:man|woman)|Democrats?|Republicans?|Speaker|Leader|Whip|Secretary|President"
    r"|Minister|Commissioner|Superintendent|Governor|Director|Editor|Principal|Officer|Counsel|Attorney|Ambassador"
    r"|[Cc]hair(?:man|woman|person)?|[Ss]pokes(?:man|woman|person)|[Mm]anager|[Ss]trategist|[Aa]dvis[eo]r|[Cc]oordinator"
    r"|[Cc]andidate|[Nn]ominee|director|secretary|president|leader|minister|editor|officer|counsel|attorney)"
    r"\s(?=[A-Z]\S*\s(?:[A-Z]|v[ao]n\s|de\s)))"
)
#: What somebody is at the end of a name: "Ryanair CEO, Michael O'Leary".
_OFFICE_AT_END: Final = re.compile(r"\s(?:CEO|CFO|COO|MD|MP|President|Chairman)$")
#: Where somebody plays: "Browns DL Sheldon Richardson".
_POSITION: Final = re.compile(r"(?:\S+\s){0,3}(?:QB|RB|WR|TE|OL|OT|DL|DE|DT|LB|CB)\s(?=[A-Z]\S+\s[A-Z])")
_FIRST_HALF: Final = re.compile(r"(?<![\w-])[A-Z][a-z]+-\Z")
_REST_OF_GIVEN: Final = re.compile(
    r"-(?!(?:led|era|like|style|elect|run|based|backed|born|owned|bound|in)\b)[a-z]{2,5}(?=[\s,.;:)”\"]|[’']s)"
)
#: Letters of the longest syllable that such a name has: "Zhuang".
_SYLLABLE: Final = 6
#: "J.D.", "H. R." before a name, with the given name before them if there is one: "Paul D. Ryan".
_INITIALS_BEFORE: Final = re.compile(
    r"(?<![\w.&’'-])(?:(?P<given>[A-Z][a-z][\w’'-]*) )?(?P<letters>(?:[A-Z]\. ?){1,3})\Z"
)
_NOT_INITIALS: Final = frozenset(
    "U.S. U.K. U.N. E.U. D.C. L.A. N.Y. N.J. N.C. S.C. N.D. S.D. N.H. N.M. R.I. B.C. A.D.".split()
)
#: Given names that South Asian and Malay reports shorten: "Md Masud Rana". Behind a comma it is Maryland.
_SHORT_GIVEN: Final = re.compile(r"(?<![\w.-])(?:Md|(?:Mohd|Muhd|Mst|Sk)\.?|(?<!, )Md\.) \Z")
#: "Sen. Richard" before "Burr".
_GIVEN_AFTER_TITLE: Final = re.compile(
    r"(?<![\w.-])(?:Sen|Rep|Gov|Lt|Sgt|Capt|Col|Gen|Prof|Rev|Dr|Mrs?|Ms)\. (?P<given>[A-Z][a-z]+) \Z"
)
#: "G" before " 20".
_NUMBER_OF_GROUP: Final = re.compile(r"(?<![\w.])G[ -](?:7|8|10|20|24|77)(?![\w.]*\w)")
_INITIALLED: Final = re.compile(
    r"(?<![\w.&’'-])(?<!\d )(?P<letters>[A-Z]\.[A-Z]\.) [A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?"
    r"(?![\w&-]|[’'][a-rt-z]| [A-Z&]| of )"
)
#: Capitalised only because a sentence begins with them.
_OPENERS: Final = frozenset(
    "a after all although an and as at because before both but by during even every for from he her his how i if in "
    "it like my no not now of on or our she since so some that the their then there these they this those though to "
    "under unlike until was we were what when where while who why with would yet you".split()
)
#: What looks like a title and a surname, and is a body.
_NO_OFFICER: Final = re.compile(
    r"General (?:Motors|Electric|Mills|Dynamics|Foods|Atomics|Assembly|Council|Hospital|Secretariat)|Justice Department"
)
_OFFICE_BEHIND: Final = re.compile(
    r" (?:Lt\. )?(?:Sens?|Gov|Reps?|Del|Atty)\. [A-Z]| (?:Sen|Gov|Congress|Assembly)[a-z]+ [A-Z]"
)


def person_bounds(text: str, span: Span, sentence_starts: Collection[int]) -> Span | None:
    """A person's name without titles and what is set off behind, with the initials in front of it; None if nothing is
    left. `sentence_starts`: places where sentences begin, which no initial reaches over."""
    cut = _SET_OFF.search(text, span.start, span.end) or _HONOURS.search(text, span.start, span.end)
    trimmed: Span | None = Span(span.start, cut.start()) if cut and cut.start() > span.start else span
    if trimmed is None:
        return None
    if _OFFICE_ALONE.fullmatch(text, trimmed.start, trimmed.end):
        return None
    trimmed = _with_given(text, _with_first_half(text, _without_body(text, without_titles(text, trimmed))))
    return trimmed if trimmed.start in sentence_starts else _with_initials(text, trimmed)


def _with_given(text: str, span: Span) -> Span:
    """ "Masud Rana" -> "Md Masud Rana"; a surname with the given name that stands between it and a title."""
    short = _SHORT_GIVEN.search(text, max(span.start - 8, 0), span.start)
    if short is not None:
        return Span(short.start(), span.end)
    given = None
    if text.find(" ", span.start, span.end) < 0:
        given = _GIVEN_AFTER_TITLE.search(text, max(span.start - 30, 0), span.start)
    return span if given is None or given["given"].lower() in TITLES else Span(given.start("given"), span.end)


def _with_initials(text: str, span: Span) -> Span:
    match = _INITIALS_BEFORE.search(text, max(0, span.start - 40), span.start)
    if match is None or match["letters"].strip() in _NOT_INITIALS:
        return span
    given = (match["given"] or "").lower()
    named = bool(given) and given not in TITLES and given not in _OPENERS
    return Span(match.start("given") if named else match.start("letters"), span.end)


def trimmed(text: str, span: Span) -> Span | None:
    """A name without marks, white space and possessive endings at its edges; None if nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and (text[end - 1] in _EDGE or (ending := _POSSESSIVE.search(text, start, end))):
        end = end - 1 if text[end - 1] in _EDGE else ending.start() if ending else end - 1
    return Span(start, end) if end > start else None


def with_point(text: str, span: Span) -> Span:
    """ "U.S" -> "U.S.", "Jr" -> "Jr.", "Mung" -> "Mung'ou": no name ends inside a word, or "G 20" in "G"."""
    group = _NUMBER_OF_GROUP.match(text, span.start) if text.startswith("G", span.start) else None
    if group is not None and group.end() > span.end:
        return Span(span.start, group.end())
    rest = _REST_OF_WORD.match(text, span.end)
    if rest is not None:
        return Span(span.start, rest.end())
    words = text[span.start : span.end]
    if text[span.end : span.end + 1] == "." and (
        _ABBREVIATED.search(words) or (_LETTER_LAST.search(words) and _GOES_ON.match(text, span.end))
    ):
        return Span(span.start, span.end + 1)
    return span


def without_titles(text: str, span: Span) -> Span:
    """A person's name without the titles in front; itself where it is nothing but titles."""
    within = _OFFICE_WITHIN.match(text, span.start, span.end) if text.count(" ", span.start, span.end) > 1 else None
    start = _titles_end(text, span.start if within is None else within.end(), span.end)
    ranked = _RANKED.match(text, span.start, span.end) if start == span.start else None
    if ranked is not None:
        behind = _titles_end(text, ranked.end(), span.end)
        start = behind if ranked.end() < behind and " " in text[behind : span.end] else start
    broken = _BROKEN_OFF.match(text, start, span.end)
    return Span(start if broken is None else broken.end(), span.end)


def _titles_end(text: str, start: int, end: int) -> int:
    two = _OF_TWO.match(text, start, end) or _RANK_OF_TWO.match(text, start, end) or _CALLED.match(text, start, end)
    begin = start if two is None else two.end()
    for word in _WORD.finditer(text, begin, end):
        if word[0].lower().rstrip(".,") not in TITLES:
            return word.start()
    return start


def with_rest_of_given(text: str, span: Span) -> Span:
    """ "Franco Kuan Bak" -> "Franco Kuan Bak-on": Chinese and Korean given names go on in small letters."""
    last = text[span.start : span.end].rpartition(" ")[2]
    rest = (
        _REST_OF_GIVEN.match(text, span.end) if len(last) <= _SYLLABLE and " " in text[span.start : span.end] else None
    )
    return span if rest is None else Span(span.start, rest.end())


def _without_body(text: str, span: Span) -> Span:
    match = _OF_BODY.match(text, span.start, span.end)
    bare = Span(span.start, match.end("person")) if match is not None else span
    position = _POSITION.match(text, bare.start, bare.end)
    return bare if position is None else Span(position.end(), bare.end)


def _with_first_half(text: str, span: Span) -> Span:
    """ "Marie Persson" -> "Eva-Marie Persson": no name begins inside a word."""
    half = _FIRST_HALF.search(text, max(span.start - 20, 0), span.start)
    return span if half is None else Span(half.start(), span.end)


def without_sort(text: str, span: Span) -> Span:
    """A name without what tells its sort: "Uganda-based Democracy Monitoring Group", "China Daily newspaper"."""
    match = _SORT.match(text, span.start, span.end) or _TOLD_BEFORE.match(text, span.start, span.end)
    start = span.start if match is None else match.end()
    behind = _SORT_BEHIND.search(text, start, span.end) or _OF_OTHER_BODY.search(text, start, span.end)
    return Span(start, span.end if behind is None else behind.start())


def employer_bounds(text: str, span: Span) -> Span | None:
    """The body in what looks like a person's name and is an office: "Ryanair CEO"; None for other names."""
    office = _OFFICE_AT_END.search(text, span.start, span.end)
    return None if office is None or " " in text[span.start : office.start()] else Span(span.start, office.start())


def seat_of_office(text: str, span: Span) -> Span | None:
    """The place in what looks like a person's name and is an office: "Norland Gov"; None for other names."""
    office = _OFFICE_LAST.search(text, span.start, span.end)
    return None if office is None or text[span.end : span.end + 1] != "." else Span(span.start, office.start())


def body_bounds(text: str, span: Span) -> Span | None:
    """The whole name of a body that looks like an officer's, or like the officer's surname: "General Motors"; None for
    other names."""
    for start in (span.start, text.rfind(" ", 0, max(span.start - 1, 0)) + 1):
        found = _NO_OFFICER.match(text, start)
        if found is not None and start <= span.start < found.end():
            return Span(start, max(found.end(), span.end))
    return None


def initialled(text: str) -> Iterator[Span]:
    """What is a name by its shape: initials and one more word, "K.C. Maurer"; not "U.S. Senate", "9 P.M. Monday"."""
    for match in _INITIALLED.finditer(text):
        if match["letters"] not in _NOT_INITIALS:
            yield Span(*match.span())


def is_party_and_state(text: str, span: Span) -> bool:
    """Whether a name is where a member of Congress is from."""
    return _PARTY_AND_STATE.fullmatch(text, span.start, span.end) is not None


def is_storm(text: str, span: Span) -> bool:
    """Whether what looks like a person is a storm: "Cyclone Larry"."""
    return _STORM.search(text[max(span.start - 16, 0) : span.start]) is not None


def is_before_office(text: str, span: Span) -> bool:
    """Whether what looks like a person is the place of an office: "Virginia Sen. Tim Kaine"."""
    return _OFFICE_BEHIND.match(text, span.end) is not None
