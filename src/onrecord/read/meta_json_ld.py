"""The JSON-LD of a page (schema.org): finds the node that describes this report, and reads its fields.

JSON-LD comes broken (trailing commas, raw line ends, HTML comments), nested, and with many articles on one page; what
cannot be mended is left out. Hostile input is bounded: so much text, so many nodes, no recursion of ours.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from .agencies import agency_called
from .bylines import people_named
from .dates import edtf_of
from .source_fields import Clue, comparable

#: Bounds: the largest block of 95 news pages has 160 kB; the most nodes, 900.
MOST_CHARACTERS = 2_000_000
MOST_NODES = 20_000
REPORT_TYPES = {
    "newsarticle": 3,
    "reportagenewsarticle": 3,
    "analysisnewsarticle": 3,
    "opinionnewsarticle": 3,
    "backgroundnewsarticle": 3,
    "reviewnewsarticle": 3,
    "liveblogposting": 3,
    "article": 2,
    "blogposting": 2,
    "report": 2,
    "review": 1,
    "techarticle": 2,
    "scholarlyarticle": 2,
    "medicalscholarlyarticle": 2,
    "socialmediaposting": 1,
    "medicalwebpage": 1,
    "webpage": 0,
}
Node = dict[str, Any]


def json_ld_clues(tree: HtmlElement, urls: frozenset[str], titles: frozenset[str]) -> Iterator[Clue]:
    """The clues of the node that describes the report known by `urls` and `titles`, in `comparable` form."""
    nodes = nodes_of(tree)
    by_id = {str(node["@id"]): node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 2}
    report, trust = _report(nodes, urls, titles)
    if report is not None:
        yield from _clues(report, by_id, trust)


def nodes_of(tree: HtmlElement) -> list[Node]:
    """Every object of the page's JSON-LD, outer before inner."""
    room = MOST_CHARACTERS
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            source = script.text or ""
            room -= len(source)
            if room < 0:
                break
            nodes.extend(_objects(_parsed(source), MOST_NODES - len(nodes)))
    return nodes


def _parsed(source: str) -> Any:
    for mended in (source, _mended(source)):
        try:
            return json.loads(mended, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _mended(source: str) -> str:
    """Without comment marks, CDATA, a trailing semicolon, and commas before a closing bracket."""
    bare = re.sub(
        r"<!--|-->|/\*\s*<!\[CDATA\[\s*\*/|/\*\s*\]\]>\s*\*/|<!\[CDATA\[|\]\]>|^\s*//.*$", "", source, flags=re.M
    )
    return re.sub(r",(?=\s{0,200}[}\]])", "", bare.strip().rstrip(";"))


def _objects(value: Any, most: int) -> list[Node]:
    found: list[Node] = []
    waiting = [value]
    while waiting and len(found) < most:
        each = waiting.pop()
        if isinstance(each, dict):
            found.append(each)
            waiting.extend(reversed(list(each.values())))
        elif isinstance(each, list):
            waiting.extend(reversed(each[:MOST_NODES]))
    return found


def _report(nodes: Sequence[Node], urls: frozenset[str], titles: frozenset[str]) -> tuple[Node | None, float]:
    """The node that describes this report, and how far to trust that it does."""
    reports = [node for node in nodes if _weight(node) is not None]
    if not reports:
        return None, 0.0
    ranked = max(reports, key=lambda node: _fit(node, urls, titles))
    matches = _matches(ranked, urls, titles)
    alone = sum(1 for node in reports if (_weight(node) or 0) >= 2) <= 1
    return ranked, 1.0 if matches else 0.9 if alone else 0.4


def _weight(node: Node) -> int | None:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    weights = [REPORT_TYPES[name] for each in names if (name := _local(each)) in REPORT_TYPES]
    return max(weights, default=None)


def _local(type_: Any) -> str:
    return type_.rsplit("/", 1)[-1].lower() if isinstance(type_, str) else ""


def _fit(node: Node, urls: frozenset[str], titles: frozenset[str]) -> tuple[int, int, int]:
    filled = sum(bool(node.get(field)) for field in ("headline", "author", "datePublished", "publisher"))
    return 4 * _matches(node, urls, titles) + (_weight(node) or 0), filled, 0


def _matches(node: Node, urls: frozenset[str], titles: frozenset[str]) -> bool:
    headline = comparable(_text(node.get("headline")) or _text(node.get("name")) or "")
    if headline and any(title.startswith(headline) or headline.startswith(title) for title in titles if title):
        return True
    places = (node.get("url"), node.get("@id"), node.get("mainEntityOfPage"))
    return any(address_of(_text(place, "@id") or "") in urls for place in places)


def address_of(url: str) -> str:
    """A URL without scheme, "www.", query, fragment and final slash: what two links to one page share."""
    return re.sub(r"^\w+://(?:www\.|m\.|amp\.)?|[?#].*$", "", url.strip()).rstrip("/").lower()


def _clues(report: Node, by_id: dict[str, Node], trust: float) -> Iterator[Clue]:
    headline = _text(report.get("headline")) or (_text(report.get("name")) if (_weight(report) or 0) > 0 else None)
    if headline:
        yield Clue("headline", headline, "json-ld", 0.8 * trust)
    for field, name in (("published", "datePublished"), ("modified", "dateModified")):
        edtf = edtf_of(_text(report.get(name)) or "")
        if edtf:
            yield Clue("published" if field == "published" else "modified", edtf, "json-ld", 0.95 * trust)
    publisher = _text(_resolved(report.get("publisher"), by_id), "name")
    if publisher and not publisher.startswith("http"):
        yield Clue("publisher", publisher, "json-ld", 0.9 * trust)
    yield from _authors(report, by_id, trust)


def _authors(report: Node, by_id: dict[str, Node], trust: float) -> Iterator[Clue]:
    people: list[str] = []
    for author in _listed(report.get("author") or report.get("creator")):
        author = _resolved(author, by_id)
        for name in _names(author):
            if agency_called(name):
                yield Clue("agency", agency_called(name) or "", "json-ld", 0.85 * trust)
            elif not (isinstance(author, dict) and _local(author.get("@type")).endswith("organization")):
                people += [person for person in people_named(name) if person not in people]
    if people:
        yield Clue("byline", tuple(people), "json-ld", 0.9 * trust)


def _names(author: Any) -> list[str]:
    names = _listed(author.get("name")) if isinstance(author, dict) else [author]
    return [text for name in names if (text := _text(name))]


def _listed(value: Any) -> list[Any]:
    return value[:50] if isinstance(value, list) else [] if value is None else [value]


def _resolved(value: Any, by_id: dict[str, Node]) -> Any:
    """The node that a reference `{"@id": ...}` points to."""
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    return by_id.get(str(value.get("@id")), value) if isinstance(value, dict) and len(value) <= 2 else value


def _text(value: Any, key: str = "name") -> str | None:
    """A value as one line of text; of a list its first, of an object its `key`."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get(key) or value.get("@value")
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        return None
    return " ".join(re.sub(r"<[^<>]{1,200}>", "", html.unescape(html.unescape(value[:5000]))).split()) or None
