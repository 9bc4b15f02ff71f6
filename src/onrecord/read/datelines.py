"""Datelines: the place, date and agency that open a report. "WARSAW, Poland (AP) — ", "MOSCOW, March 3. /TASS/. ".

Only the opening of one paragraph is looked at. Without agency or capitals a place is believed only before a dash that a
capital follows ("Sarajevo – The"), and then with less trust.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.record import Dateline, Span

from .agencies import agency_called
from .dates import MONTHS, day_without_year, edtf_of

LONGEST = 120
MORE_DASH = re.compile(r"[—–_-]+\s*")
#: What ends a dateline. TASS and EFE have points and dashes of their own.
END = re.compile(r"(?P<dash>\s*(?:—|–|--+|―|─)\s*|\s+[-_‐‑]\s+|\.\s?-\s*|-\s+|/\.?\s+|:\s+|\)\s+)(?=\S)")
SIGNATURE = re.compile(r"[(/\[]\s*(?P<name>[^()/\[\]]{2,32}?)\s*[)/\]]\.?")
#: IRNA and some others sign without brackets: "Tehran, March 4, IRNA – ".
UNBRACKETED = re.compile(r"(?<=[,.])\s+(?P<name>[A-Z][A-Z-]{2,12})\s*$")
MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(
    rf"(?:\b(?:{MONTH_NAMES})\b\.?\s+\d{{1,2}}|(?<![\w-])\d{{1,2}}\s+(?:{MONTH_NAMES})\b\.?)(?:\s*,?\s+(?:19|20)\d\d)?",
    re.IGNORECASE,
)
PLACE_WORD = r"[^\W\d_][\w.’'`-]*"
PLACE = re.compile(rf"{PLACE_WORD}(?:(?:\s|/|\s?&\s?){PLACE_WORD}){{0,5}}")
SMALL_WORDS = frozenset("of the de la le du da do del di el al and on in upon sur am an der den van aan bei".split())
NOT_PLACES = frozenset(
    """watch read video photo photos update updated exclusive breaking analysis opinion live related more editor
    note factbox explainer timeline correction review fact check quote question answer q a interview story news
    by who what when where why how the this that here yes no but and or so i we he she they it advertisement
    subscribe warning spoiler poll headline subject from to date sent re fw fwd""".split()
)


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """A dateline as found: the dateline, its agency, its whole span with the dash, and how sure that is."""

    dateline: Dateline | None
    agency: str | None
    end: int
    score: float


def dateline_at(text: str, start: int, end: int) -> OpeningLine | None:
    """The dateline that opens the paragraph `text[start:end]`, or None."""
    found = _opening(text, start, end)
    return _place_after_agency(text, found, end) if found and found.dateline is None else found


def _opening(text: str, start: int, end: int) -> OpeningLine | None:
    opening = text[start : min(end, start + LONGEST)]
    for stop in END.finditer(opening):
        head = opening[: stop.start() + (stop["dash"][0] in "/)")]
        after = MORE_DASH.match(opening, stop.end())
        rest_at = after.end() if after else stop.end()
        dash = stop["dash"].strip() if rest_at == stop.end() else "-"
        found = _read(head, opening[rest_at:], dash, start)
        if found:
            return replace(found, end=start + rest_at)
    return None


def _place_after_agency(text: str, agency_only: OpeningLine, end: int) -> OpeningLine:
    """ANSA signs before the place: "(ANSA) - ROME, MAR 3 - "."""
    second = _opening(text, agency_only.end, end)
    return replace(second, agency=agency_only.agency) if second and second.dateline else agency_only


def _read(head: str, rest: str, dash: str, start: int) -> OpeningLine | None:
    signature = next((found for found in SIGNATURE.finditer(head)), None)
    agency = agency_called(signature["name"]) if signature else None
    if dash in (")", "/.", "/") and agency is None:
        return None
    if signature is None:
        signature = next((found for found in UNBRACKETED.finditer(head) if agency_called(found["name"])), None)
        agency = agency_called(signature["name"]) if signature else None
    bare = head if signature is None else head[: signature.start()] + " " * len(signature[0]) + head[signature.end() :]
    day = DATE.search(bare)
    if day:
        bare = bare[: day.start()] + " " * len(day[0]) + bare[day.end() :]
    place = _place(bare)
    if place is None:
        return OpeningLine(None, agency, 0, 0.95) if agency and not bare.strip(" ,.-–—") else None
    score = _trust(place[0], agency, signature is not None, day is not None, dash, rest)
    if score is None:
        return None
    edtf = (edtf_of(day[0]) or day_without_year(day[0])) if day else None
    return OpeningLine(Dateline(place[0], edtf, _span(place, day, start)), agency, 0, score)


def _place(bare: str) -> tuple[str, int, int] | None:
    """The place in what is left of a dateline once agency and date are taken out, with its offsets."""
    found = re.match(r"[\s,.–—-]*(?P<place>\S(?:.*?\S)?)[\s,.:–—-]*$", bare)
    if not found:
        return None
    end = found.end("place")
    if bare[end : end + 1] == "." and re.search(r"(?:\.\w|\b\w{2,5})$", found["place"]) and "," in found["place"]:
        end += 1
    place = bare[found.start("place") : end]
    parts = [part.strip() for part in place.split(",")]
    if len(parts) > 3 or not all(PLACE.fullmatch(part) and _looks_placed(part) for part in parts):
        return None
    return place, found.start("place"), end


def _looks_placed(part: str) -> bool:
    words = re.split(r"[\s/&]+", part)
    capitals = all(word[0].isupper() or word in SMALL_WORDS for word in words if word)
    return capitals and words[0].lower().strip(".’'") not in NOT_PLACES


def _trust(place: str, agency: str | None, signed: bool, dated: bool, dash: str, rest: str) -> float | None:
    """How sure a dateline is, None where it is none: agency, capitals and date each speak for it."""
    city = place.split(",")[0]
    capitals = city.upper() == city and len(city) > 2
    if dash in (")", "/"):
        return 0.9 if agency and (capitals or dated) else None
    if agency:
        return 0.98
    if capitals and (signed or dated or dash != ":" or rest[:1].isupper()):
        return 0.93 if dash != ":" else 0.8
    begins = rest[:1].isupper() or rest[:1] in "\"“‘'"
    if dash == ":" or not begins or (dash == "-" and not dated and not signed):
        return None
    return 0.85 if dated or signed else 0.6 if len(city.split()) <= 2 else None


def _span(place: tuple[str, int, int], day: re.Match[str] | None, start: int) -> Span:
    ends = [place[1], place[2], *((day.start(), day.end()) if day else ())]
    return Span(start + min(ends), start + max(ends))
