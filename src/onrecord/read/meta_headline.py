"""What stands beside the headline on the page: byline and date as a reader sees them, however they are marked up.

Goes by the order of the page's words alone: from a little before the headline to a little after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from lxml import etree
from lxml.html import HtmlElement

from .agencies import agency_called
from .bylines import people_named
from .dates import edtf_of
from .source_fields import Clue

#: How many pieces of text around the headline are looked at, and how much of the headline must match.
BEFORE, AFTER, ENOUGH = 5, 22, 25
#: Pieces of text of a page that are looked at in all.
MOST_PIECES = 100_000
UNSEEN = frozenset(("script", "style", "noscript", "template", "title", "option", "textarea"))
BY_ALONE = re.compile(r"\W*(?:(?:analysis|written|words|story|posted|reviewed)\s+)?by\W*$", re.IGNORECASE)
BY_NAME = re.compile(r"\W*(?:(?:analysis|written|words|story|posted)\s+)?by\s+(?=[A-Z])", re.IGNORECASE)
CONNECTOR = re.compile(r"\W*(?:and|with)?\W*$", re.IGNORECASE)
MOST_NAMES = 8
#: What may be a dateline, and how many small words behind it make it the opening of a story, not a role or a paper.
DATELINE = re.compile(
    r"[^.:;!?]{2,60}?(?:\([\w ]{2,20}\)\s*)?(?:\s-+|\s?[—–]+)\s*(?=[A-Z“‘\"'])(?P<rest>.*)", re.DOTALL
)
RUNNING = re.compile(r"(?<!\S)[a-z]+(?!\S)")
FEWEST_RUNNING = 4


def beside_headline(tree: HtmlElement, headlines: Sequence[str], people: frozenset[str]) -> list[Clue]:
    """The byline and dates beside the first of `headlines` that the page shows; `people` are names already met, which
    are believed there without a "by"."""
    pieces = list(_pieces(tree))
    places = (_place(pieces, " ".join(headline.split())[:ENOUGH]) for headline in dict.fromkeys(headlines))
    at = next((place for place in places if place is not None), None)
    if at is None:
        return []
    words = [piece for piece, _ in pieces]
    after = words[at + 1 : at + 1 + AFTER]
    byline = list(_byline(after)) or list(_names(after, people))
    return [*byline, *_dates(words[max(0, at - BEFORE) : at + 1 + AFTER])]


def _pieces(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """The visible pieces of text in page order, each with the tag that it begins."""
    for number, (event, element) in enumerate(etree.iterwalk(tree, events=("start", "end", "comment"))):
        tag = element.tag if isinstance(element.tag, str) else ""
        words = element.text if event == "start" else element.tail
        if words and tag not in (UNSEEN if event == "start" else ()) and not words.isspace():
            yield " ".join(words.split()), tag if event == "start" else ""
        if number > MOST_PIECES:
            return


def _place(pieces: Sequence[tuple[str, str]], beginning: str) -> int | None:
    """Where the headline stands: in a heading if it can be, else the first time."""
    if not beginning:
        return None
    found = [number for number, (words, _) in enumerate(pieces) if words.startswith(beginning)]
    return next((number for number in found if pieces[number][1] in ("h1", "h2")), found[0] if found else None)


def _byline(words: Sequence[str]) -> Iterator[Clue]:
    start = next((number for number, piece in enumerate(words) if BY_ALONE.match(piece) or BY_NAME.match(piece)), None)
    if start is None:
        return
    people: list[str] = []
    following = [BY_NAME.sub("", words[start])] if BY_NAME.match(words[start]) else []
    following += words[start + 1 : start + 1 + 2 * MOST_NAMES]
    for piece, after in zip_longest(following, following[1:], fillvalue=""):
        if people and _opens_the_story(piece, after):
            break
        named = people_named(piece) if len(piece) < 120 else ()
        if agency_called(piece):
            yield Clue("agency", agency_called(piece) or "", "visible", 0.8)
        if not named and not (CONNECTOR.match(piece) and people):
            break
        people += [name for name in named if " " in name and name not in people]
    if people:
        yield Clue("byline", tuple(people), "visible", 0.8)


def _opens_the_story(piece: str, after: str) -> bool:
    """Whether a piece is the dateline of the first paragraph, with its words behind it or, where it stands in bold, in
    the piece after it: `VALLEY TOWN - The owner of …`."""
    opening = DATELINE.match(f"{piece} {after}" if after.startswith(("-", "–", "—", ",", "(")) else piece)
    return opening is not None and len(RUNNING.findall(opening["rest"])) >= FEWEST_RUNNING


def _names(words: Sequence[str], people: frozenset[str]) -> Iterator[Clue]:
    """A piece that names someone already met, and maybe others: "Jane Doe and John Roe"."""
    for piece in words:
        named = people_named(piece) if len(piece) < 120 else ()
        if len(named) > 1 and people & set(named):
            yield Clue("byline", named, "visible", 0.7)
            return


def _dates(words: Sequence[str]) -> Iterator[Clue]:
    """The first date beside the headline; a date and the time of day may be two pieces."""
    for number, piece in enumerate(words):
        if len(piece) > 90 or not any(character.isdigit() for character in piece):
            continue
        edtf = edtf_of(piece)
        if edtf is None or len(edtf) < 10:
            continue
        before = words[number - 1] if number else ""
        updated = re.search(r"updated|modified", f"{before[-20:]} {piece[:20]}", re.IGNORECASE)
        yield Clue("modified" if updated else "published", edtf, "visible", 0.6)
        if not updated:
            return
