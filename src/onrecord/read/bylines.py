"""Byline lines: who wrote a report, and for which agency. "By VANESSA GERA – Associated Press", "Jane Doe, Reuters".

Names are kept as they are written. A role, a desk, a place or an address on the line is not a person and is left out;
"By Staff Reporter" names nobody. Contributor lines, which close a report, are read here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .agencies import agency_called, agency_named_in

LONGEST = 240
BY = re.compile(
    r"\s*(?:(?:story|words|article|report|reporting|written|posted|analysis|opinion|commentary|column|photos?|review"
    r"|contributed|published|submitted|interview|text)\s+(?:and\s+\w+\s+)?)?(?:by|BY)\b\s*:?\s*|\s*(?:authors?|reporter)\s*:\s*|\s*from\s+(?=[A-Z].*\bin\b)",
    re.IGNORECASE,
)
SEPARATOR = re.compile(
    r"\s*(?:,|;|\||·|•|/|—|–|\s-\s|\s-(?=[A-Z])|\n|\t|\s{3,}|\(|\)|\s&\s|\band\b|\bAND\b|\bwith\b|\bWITH\b)\s*"
)
#: "Ann Lee, Correspondent, and Bob Roe, Editor": a role between two people.
ROLE_BETWEEN = re.compile(
    r",\s*(?:[\w’'.-]{1,20}\s+){0,4}(?:correspondent|writer|editor|reporter|columnist|chief|producer|analyst|staff),?"
    r"\s+(?=(?:and|&)\s+[A-Z])",
    re.IGNORECASE,
)
NAME_WORD = re.compile(r"(?:[^\W\d_][\w.’'`-]*\.?)$")
PARTICLES = frozenset(
    "de da di del della der den van von la le el al bin bint ben ibn abu dos das do du e y "
    "ter ten zu af san st o".split()
)
SUFFIXES = frozenset(
    "jr jr. sr sr. ii iii iv ph.d. ph.d phd m.d. md m.d esq esq. mba ms dds rn rd cpa obe cbe mbe".split()
)
#: Words that stand on byline lines and are part of no person's name.
NOT_A_NAME = frozenset(
    """staff reporter reporters report reports reporting writer writers editor editors editorial correspondent
    correspondents desk bureau chief team news newsroom press agency agencies service services times post
    tribune herald gazette journal daily sunday weekly magazine media network online web digital wire wires
    sources source special contributor contributors contributing columnist senior assistant associate
    managing executive producer photographer video photos photo image images admin administrator webmaster
    author authors anonymous unknown board the our your my this that my an a for from in of at on to
    as is was are by it its all not no about published updated posted modified last min read minutes comments
    share follow email print subscribe january february march april june july august september october november
    december monday tuesday wednesday thursday friday saturday am pm est edt gmt company inc llc ltd corp group
    association university college institute department ministry government office reviewed medically fact
    checked edited written tweets twitter facebook politics business sports world economics health science
    technology tech travel culture security defence defense diplomatic crime political foreign investigations
    investigative interns intern""".split()
)
WRITERS = re.compile(
    r"(?:contributed|contributing)\s+(?:to|reporting)|\b(?:additional |with |and )?"
    r"(?:reporting|writing|reported|written)(?: and \w+)?(?: assistance)?\s+by\b"
    r"|^\W*(?:contributors?|with (?:files|reporting) (?:from|by))\b|\bcontributed\W*$"
    r"|\b(?:assisted (?:in|with) (?:the )?report)",
    re.IGNORECASE,
)
#: One of these is in each of them.
_WRITERS_SAY = ("contribut", "reporting", "writing", "reported", "written", "with files", "assisted")
ITS_REPORT = re.compile(
    r"\b(?:this|the)\s+(?:\w+\s+){0,2}(?:report|story|article|dispatch|piece)\b|contributed(?: reporting)?\W*$"
    r"|^\W*\(?(?:additional |with )?(?:reporting|writing|reported|written|contribut)|contributed from\b",
    re.IGNORECASE,
)
REPORTED_BY = re.compile(
    r"(?:additional\s+|with\s+)?(?:reporting|writing|reported|written)(?:\s+and\s+(?:writing|reporting|photography))?"
    r"(?:\s+assistance)?\s+by\s+(?P<people>.*?)(?=;|\.?\)|\.\s*$|(?:,\s*|\s+)?(?:and\s+)?(?:edit\w+|additional|writing|graphics|compil\w+)\b[^;]*\bby\b|$)",
    re.IGNORECASE | re.DOTALL,
)
CONTRIBUTED = re.compile(r"^(?P<people>.*?)\s+(?:also\s+)?(?:contributed|assisted)\b", re.IGNORECASE | re.DOTALL)
ROLE_BEFORE = re.compile(
    r"^.*\b(?:writers?|reporters?|correspondents?|journalists?|producers?|staffers?|editors?|researchers?|colleagues?)\s+(?=[A-Z])"
)
PLACE_AFTER = re.compile(r"\s+(?:in|at|from|for|of|near|on|reporting)\s+.*$", re.DOTALL)


#: What systems put where nobody signed; each is also somebody's surname.
NOBODY = frozenset("root user guest admin administrator webmaster newsdesk".split())


@dataclass(frozen=True, slots=True)
class Byline:
    """The people and the agency that a line names; a line may name only one of them, or (staff) neither."""

    people: tuple[str, ...]
    agency: str | None


def byline_of(line: str) -> Byline | None:
    """What a byline line says, or None where the line is none."""
    if len(line) > LONGEST or not line.strip():
        return None
    by = BY.match(line)
    rest = line[by.end() :] if by else line
    agency_alone = agency_called(rest)
    if agency_alone:
        return Byline((), agency_alone)
    parts = _parts(rest)
    people, agency = _people(parts), _agency(parts)
    if by is None:
        return Byline(people, agency) if people and agency and _only_names(parts) else None
    if _runs_on(rest) or not (people or agency or _names_nobody(parts[:1])):
        return None
    return Byline(people, agency)


def people_named(words: str) -> tuple[str, ...]:
    """The people in an author field: "Jane Doe and John Roe, Reuters" names two."""
    words = words.strip()[:1000]
    by = BY.match(words)
    return _people(_parts(words[by.end() :] if by else words))


def contributors_of(line: str) -> tuple[str, ...] | None:
    """Whom a contributor line names ("A in Lviv contributed to this report."); None where the line is none.

    Editors, whom such lines name too, did not report and are left out."""
    line, small = line.strip(), line.lower()
    if len(line) > 800 or not any(word in small for word in _WRITERS_SAY):
        return None
    if not WRITERS.search(line) or not _names_its_report(line):
        return None
    reported = [found["people"] for found in REPORTED_BY.finditer(line)]
    if not reported:
        before = CONTRIBUTED.match(line)
        after = re.search(r"(?:from|by|contributors?:)\s+(.*)$", line, re.IGNORECASE | re.DOTALL)
        reported = [before["people"] if before else after[1] if after else ""]
    names = [name for words in reported for name in _contributors(words)]
    return tuple(dict.fromkeys(names)) if names else None


def _names_its_report(line: str) -> bool:
    """Whether the line speaks of the report itself, and not of somebody who contributed to something."""
    return bool(ITS_REPORT.search(line))


def _contributors(words: str) -> list[str]:
    words = ROLE_BEFORE.sub("", " ".join(words.split()))
    names = []
    for piece in re.split(r"\s*;\s*|\s*,?\s+\band\b\s+|\s*,\s*|\s+&\s+", words):
        piece = re.sub(r"^(?:\S+\s+)?\S+[’'](?:s\s+|\s+)(?=[A-Z])", "", ROLE_BEFORE.sub("", piece))
        name = PLACE_AFTER.sub("", piece).strip(" .()")
        if len(name.split()) >= 2 and _is_name(name):
            names.append(name)
    return _without_places(names, words)


def _without_places(names: list[str], words: str) -> list[str]:
    """Drop what follows "in" as "in Lviv, North Macedonia": a country of two words looks like a name."""
    return [name for name in names if not re.search(rf"\bin\s+[^,;]+,\s+{re.escape(name)}\b", words)]


def _parts(rest: str) -> list[str]:
    rest = ROLE_BETWEEN.sub(" ", rest)
    rest = re.sub(r"\S+@\S+|https?://\S+|@\w+", "|", rest)
    return [part for part in SEPARATOR.split(rest) if part.strip(" .:")]


def _people(parts: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    signed_first = bool(parts) and agency_called(parts[0]) is not None
    for part in parts:
        words = part.strip(" .:*")
        if names and words.lower() in SUFFIXES:
            names[-1] += f", {part.strip()}" if words.lower() in ("jr", "sr") else ""
            continue
        name = _name_in(words)
        if name is None and names:
            break
        if name is not None and signed_first and " " not in name:
            continue  # "PTI, Washington": what follows an agency is a place
        if name is not None and names and " " not in name:
            break  # "Anna Novak, London": one word after a full name is a place or a paper
        if name is not None and name not in names:
            names.append(name)
    return tuple(names)


def _name_in(part: str) -> str | None:
    """The person that a part names: the part itself, or what stands before "in Kyiv", "of The Herald", "for AP"."""
    if part.lower() in NOBODY:
        return None
    part = re.sub(
        r"^(?:by|dr|prof)\b\.?\s+(?=[A-Z])", lambda m: "" if m[0].lower().startswith("by") else m[0], part, flags=re.I
    )
    short = PLACE_AFTER.sub("", part).strip()
    if agency_called(short) or agency_named_in(short):
        return None
    short = re.sub(r"\s+(?:AP|CNN|BBC|NBC|CBS|ABC|Staff|STAFF|Correspondent|Updated|Published|Posted)\b.*$", "", short)
    return short if _is_name(short) else None


def _is_name(words: str) -> bool:
    tokens = words.split()
    if not 1 <= len(tokens) <= 6 or len(words) > 60 or not all(NAME_WORD.match(token) for token in tokens):
        return False
    pieces = [piece for token in tokens for piece in token.lower().strip(".").split("-")]
    if any(piece in NOT_A_NAME and len(piece) > 1 for piece in pieces):
        return False
    capitals = [token for token in tokens if token[0].isupper()]
    others = [token for token in tokens if not token[0].isupper()]
    return bool(capitals) and all(token.lower().strip("'’.-") in PARTICLES or "-" in token for token in others)


def _agency(parts: list[str]) -> str | None:
    for part in parts:
        agency = agency_called(part) or agency_named_in(part)
        if agency:
            return agency
        words = part.split()
        for word in (words[0], words[-1]) if len(words) > 1 else ():
            if word.isupper() and agency_called(word):
                return agency_called(word)
    return None


def _names_nobody(parts: list[str]) -> bool:
    words = {word.lower().strip(".,") for part in parts for word in part.split()}
    return bool(words & (NOT_A_NAME - PARTICLES)) and bool(words & STAFF)


STAFF = frozenset(
    "staff reporter reporters correspondent correspondents desk newsroom editor editors admin team bureau".split()
)


def _only_names(parts: list[str]) -> bool:
    return all(_name_in(part) or agency_called(part) for part in parts)


def _runs_on(rest: str) -> bool:
    """Whether the words after "by" go on as a sentence does: "By Monday, the army had left." """
    stripped = rest.rstrip()
    if stripped.endswith((".", "?", "!", ":", ",", "”", '"')) and len(stripped.split()) > 5:
        return True
    plain = [w for w in re.findall(r"(?<![\w@.])[a-z]{2,}(?![\w@.])", stripped) if w not in PARTICLES]
    return len([word for word in plain if word not in NOT_A_NAME and word not in ALLOWED]) > 2


ALLOWED = frozenset("and with in for of the at from special to".split())


ROLE = re.compile(
    r"(?:[\w’'&-]+\s+){0,4}(?:staff|writer|reporter|correspondent|editor|columnist|contributor|journalist|bureau|desk|producer)"
    r"(?:\s+(?:reporter|writer|chief|correspondent|in\s+\w+|,\s*\w+))?\W*$",
    re.IGNORECASE,
)


#: "BBC News, Sarajevo", "The Gazette", "Reporting from Lviv": a house or a place in the line under a name.
HOUSE = re.compile(
    r"(?:The\s+)?(?:[A-Z][\w.’'&-]*\s+){0,3}(?:News|Times|Post|Tribune|Herald|Journal|Gazette|Observer|Guardian|Chronicle"
    r"|BBC|CNN|NPR|PBS|CBC|ITV|CBS|NBC|ABC)(?:,?\s+(?:in\s+)?[A-Z][\w.’'-]*){0,3}$|Reporting\s+from\b(?:\s+[A-Z][\w.’'-]*,?){0,4}$"
)


def is_role(line: str) -> bool:
    """Whether a line is what stands under a name: "Staff Writer", "Chief Political Correspondent", "BBC News, Oslo"."""
    return len(line) < 60 and bool(ROLE.match(line.strip()) or HOUSE.match(line.strip()))
