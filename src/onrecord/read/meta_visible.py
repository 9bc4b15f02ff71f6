"""Byline and date as the page shows them: microdata, `rel=author`, `<time>`, and elements classed as byline or date.

Looks at markup and short visible lines only; the story's text is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from .agencies import agency_called
from .bylines import Byline, byline_of, people_named
from .dates import edtf_of
from .source_fields import Clue

#: Elements looked at, bytes of visible text each: a byline is short, and a page of 100,000 elements must not hurt.
MOST_ELEMENTS = 60_000
LONGEST = 240
BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|authors|writer|contributor|article-?author|post-?author)", re.I
)
NOT_BYLINE_CLASS = re.compile(
    r"bio|box|desc|about|avatar|image|img|photo|comment|related|social|follow|share|widget|card|list", re.I
)
DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|published|publish|pub-?date|post-?date|timestamp|entry-date|posted)", re.I
)
ASIDE = frozenset(("aside", "footer", "nav", "form"))
ASIDE_CLASS = re.compile(
    r"related|recommend|sidebar|comment|footer|trending|popular|most-?read|more-?stor|promo|teaser|newsletter", re.I
)


def visible_clues(tree: HtmlElement) -> list[Clue]:
    """Clues in the page's markup, the first of each sort in page order, with asides left out."""
    found: list[Clue] = []
    for number, element in enumerate(tree.iter("*")):
        if number > MOST_ELEMENTS:
            break
        clues = _clues_of(element)
        if clues and not _stands_aside(element):
            found += clues
    return _first_of_each(found)


def _clues_of(element: HtmlElement) -> list[Clue]:
    if not isinstance(element.tag, str) or element.tag in ("meta", "link", "script", "style", "body", "html"):
        return []
    told = element.attrib
    if not told and element.tag != "time":
        return []
    itemprop = (told.get("itemprop") or "").lower()
    names = f"{told.get('class') or ''} {told.get('id') or ''}"
    clues: list[Clue] = []
    if itemprop == "author":
        clues += _author(element, 0.75)
    elif "author" in (told.get("rel") or "").lower().split():
        clues += _author(element, 0.7)
    elif BYLINE_CLASS.search(names) and not NOT_BYLINE_CLASS.search(names):
        clues += _author(element, 0.72)
    if element.tag == "time" or itemprop.startswith("date") or DATE_CLASS.search(names):
        clues += _date(element, itemprop)
    if itemprop == "publisher":
        clues += _publisher(element)
    if itemprop == "headline" and (words := _words(element)):
        clues.append(Clue("headline", words, "visible", 0.7))
    return clues


def _publisher(element: HtmlElement) -> Iterator[Clue]:
    """The publisher in schema.org's microdata, whose name may be said in a tag that shows nothing."""
    for part in element.iter():
        name = (part.get("content") or _words(part)) if (part.get("itemprop") or "").lower() == "name" else ""
        if name and len(name) <= LONGEST:
            yield Clue("publisher", " ".join(name.split()), "visible", 0.7)
            return


def _author(element: HtmlElement, score: float) -> Iterator[Clue]:
    words = _words(element)
    if not words or len(words) > LONGEST:
        return
    marked = re.match(r"\W*(?:\w+ )?by\b", words, re.IGNORECASE)
    byline = byline_of(words) or (None if marked else Byline(people_named(words), agency_called(words)))
    one_word = byline is not None and not all(" " in person for person in byline.people)
    if byline and byline.people and (marked or not one_word):  # one word alone is seldom a name
        yield Clue("byline", byline.people, "visible", score + (0.08 if marked else 0.0))
    if byline and byline.agency:
        yield Clue("agency", byline.agency, "visible", 0.7)


def _date(element: HtmlElement, itemprop: str) -> Iterator[Clue]:
    stamp = element.get("datetime") or element.get("content") or ""
    words = _words(element)
    edtf = edtf_of(stamp) or (edtf_of(words) if len(words) < 120 else None)
    if edtf is None or len(edtf) < 10:
        return
    around = f"{element.get('class') or ''} {itemprop} {words[:30]}".lower()
    if "modif" in around or "updat" in around:
        yield Clue("modified", edtf, "visible", 0.7)
        return
    marked = itemprop == "datepublished" or element.get("pubdate") is not None or "publish" in around
    yield Clue("published", edtf, "visible", 0.85 if marked else 0.6)


def _first_of_each(clues: list[Clue]) -> list[Clue]:
    """For each field and worth the first in the page: later ones stand in lists of other reports."""
    first: dict[tuple[str, float], Clue] = {}
    for clue in clues:
        first.setdefault((clue.field, clue.score), clue)
    return list(first.values())


def _stands_aside(element: HtmlElement) -> bool:
    for around in element.iterancestors():
        names = f"{around.get('class') or ''} {around.get('id') or ''}"
        if around.tag in ASIDE or (around.tag not in ("body", "html") and ASIDE_CLASS.search(names)):
            return True
    return False


def _words(element: HtmlElement) -> str:
    """The element's text on one line, pieces kept apart; empty where it is too long to be a line."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        length += len(piece)
        if length > 4 * LONGEST:
            return ""
        pieces.append(piece)
    return " ".join(" ".join(pieces).split())
