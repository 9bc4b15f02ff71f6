"""How the reader puts values into words and addresses: days, counts, scores, links. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from onrecord.record import Span
from onrecord.show.web.pictures import MONTHS

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
#: A browser drops NUL, makes CR and CR LF one LF, and cannot be sent lone surrogates: offsets must survive all three.
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")


def shown(text: str) -> Markup:
    """Story text for a page: escaped, one character shown for each code point."""
    safe = str(escape(_UNSENDABLE.sub("\ufffd", str(text))))
    return Markup(safe.replace("\r", "&#13;"))


def hits(text: str, found: Sequence[Span]) -> Markup:
    """Text from a search, its hits marked."""
    parts, at = [], 0
    for hit in found:
        parts += [shown(text[at : hit.start]), Markup("<mark>"), shown(text[hit.start : hit.end]), Markup("</mark>")]
        at = hit.end
    return Markup("").join([*parts, shown(text[at:])])


def led_in(before: str, length: int) -> str:
    """The end of what stands before a statement: at most so many characters of its line, from a whole word on."""
    line = before.rsplit("\n", 1)[-1]
    if len(line) == len(before) or len(line) > length:
        cut = line[-length:]
        return "… " + (cut.split(" ", 1)[-1] if " " in cut.rstrip() else cut) if line.strip() else ""
    return line


def led_out(after: str, length: int) -> str:
    """The beginning of what stands after a statement: at most so many characters of its line, whole words."""
    line = after.split("\n", 1)[0]
    if len(line) == len(after) or len(line) > length:
        cut = line[:length]
        return (cut.rsplit(" ", 1)[0] if " " in cut.lstrip() else cut) + " …" if line.strip() else ""
    return line


def day(date: str | None) -> str:
    """A date of a page ("2022-03-04T10:00Z", "2022-03", "2022") as people write it; others as they are."""
    found = _DAY.match(date or "")
    if found is None:
        return date or ""
    year, month_of_year, day_of_month = found.groups()
    if month_of_year is None or not 1 <= int(month_of_year) <= 12:
        return year
    name = f"{MONTHS[int(month_of_year) - 1]} {year}"
    return name if day_of_month is None else f"{int(day_of_month)} {name}"


def month(date: str | None) -> str:
    """The month of a date: "March 2022"."""
    return day((date or "")[:7])


def number(count: int) -> str:
    """A count with its thousands apart: 12 345 (narrow no-break space)."""
    return f"{count:,}".replace(",", "\u202f")


def sureness(score: float | None) -> str:
    """A calibrated score in words: never more certain than the number."""
    if score is None:
        return "by rule"
    for floor, word in ((0.9, "very likely"), (0.75, "likely"), (0.5, "more likely than not")):
        if score >= floor:
            return word
    return "doubtful"


def safe_url(url: str | None) -> str | None:
    """The URL if following it can only open a web page: http or https with a host; None for all others."""
    plain = (url or "").strip()
    if not plain or any(ord(letter) <= 32 or 127 <= ord(letter) < 160 for letter in plain):
        return None
    try:
        parts = urlsplit(plain)
    except ValueError:
        return None
    return plain if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def host_of(url: str | None) -> str | None:
    """The host that a safe URL leads to, without `www.`."""
    safe = safe_url(url)
    return None if safe is None else (urlsplit(safe).hostname or "").removeprefix("www.")


def in_path(part: str, also: str = "") -> str:
    """A text as one segment of an address (`also` are further characters to leave as they are)."""
    return quote(_UNSENDABLE.sub("\ufffd", part), safe=":-._~" + also)
