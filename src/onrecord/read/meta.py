"""What an HTML page says of its report: headline, byline, agency, dateline, dates, publisher, address, language.

Gathers clues from JSON-LD, meta tags, microdata, the visible page, the story's own text and the URL; `settle` weighs
them. Reads the whole tree, not only the story, and changes nothing in it. Scores are ordered by what each place proved
worth on labelled pages (benchmarks/meta.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from lxml.html import HtmlElement

from onrecord.record import Block, Page, Span, TakenFrom

from .agencies import agency_called
from .bylines import byline_of, contributors_of, people_named
from .datelines import dateline_at
from .dates import day_in_url, edtf_of
from .given import given_clues
from .language import language_of, story_of
from .local_time import localised
from .meta_headline import beside_headline
from .meta_json_ld import address_of, json_ld_clues
from .meta_visible import visible_clues
from .source_fields import Clue, FieldName, SourceFields, comparable, settle

#: Meta tags by what they say: name, where it counts as taken from, and its worth.
META: tuple[tuple[FieldName, str, TakenFrom, float], ...] = (
    ("headline", "og:title", "opengraph", 0.75),
    ("headline", "twitter:title", "meta", 0.6),
    ("headline", "citation_title", "meta", 0.8),
    ("headline", "dc.title", "meta", 0.7),
    ("headline", "sailthru.title", "meta", 0.7),
    ("headline", "parsely-title", "meta", 0.7),
    ("publisher", "og:site_name", "opengraph", 0.8),
    ("publisher", "dc.publisher", "meta", 0.6),
    ("publisher", "citation_journal_title", "meta", 0.8),
    ("publisher", "application-name", "meta", 0.5),
    ("publisher", "apple-mobile-web-app-title", "meta", 0.4),
    ("url", "og:url", "opengraph", 0.8),
    ("published", "article:published_time", "opengraph", 0.93),
    ("published", "og:article:published_time", "opengraph", 0.9),
    ("published", "article.published", "meta", 0.9),
    ("published", "datepublished", "meta", 0.9),
    ("published", "parsely-pub-date", "meta", 0.9),
    ("published", "sailthru.date", "meta", 0.85),
    ("published", "pubdate", "meta", 0.85),
    ("published", "publish-date", "meta", 0.85),
    ("published", "publish_date", "meta", 0.85),
    ("published", "publishdate", "meta", 0.85),
    ("published", "dc.date.issued", "meta", 0.85),
    ("published", "dcterms.created", "meta", 0.8),
    ("published", "dc.date", "meta", 0.8),
    ("published", "citation_publication_date", "meta", 0.85),
    ("published", "originalpublicationdate", "meta", 0.85),
    ("published", "article_date_original", "meta", 0.85),
    ("published", "cxenseparse:recs:publishtime", "meta", 0.85),
    ("published", "pdate", "meta", 0.8),
    ("published", "ptime", "meta", 0.8),
    ("published", "date", "meta", 0.75),
    ("modified", "article:modified_time", "opengraph", 0.9),
    ("modified", "og:updated_time", "opengraph", 0.7),
    ("modified", "datemodified", "meta", 0.85),
    ("modified", "last-modified", "meta", 0.6),
    ("byline", "author", "meta", 0.7),
    ("byline", "article:author", "opengraph", 0.7),
    ("byline", "byl", "meta", 0.8),
    ("byline", "parsely-author", "meta", 0.8),
    ("byline", "sailthru.author", "meta", 0.8),
    ("byline", "dc.creator", "meta", 0.75),
    ("byline", "citation_author", "meta", 0.8),
    ("byline", "article.author", "meta", 0.75),
    ("byline", "cxenseparse:author", "meta", 0.75),
)
#: Words that a part of a title must have to be taken for the headline.
_FEWEST_WORDS = 3
#: Story paragraphs in which a dateline may stand.
DATELINE_WITHIN = 3


def meta_of_html(tree: HtmlElement, page: Page, text: str, blocks: Sequence[Block]) -> SourceFields:
    """The fields that a page gives of its report; `text` and `blocks` are the story as it was read from `tree`."""
    metas = _metas(tree)
    clues = [*given_clues(page), *_addresses(tree, metas, page), *_meta_clues(metas)]
    headings = _headings(text, blocks)
    clues += [*headings, *_window_title(tree, clues, headings)]
    clues += _corroborated([*headings, *_first_headings(tree)], clues)
    urls = frozenset(address_of(str(clue.value)) for clue in clues if clue.field == "url")
    titles = frozenset(comparable(clue.value) for clue in clues if clue.field == "headline")
    clues += json_ld_clues(tree, urls, titles)
    clues += visible_clues(tree)
    people = frozenset(n for c in clues if c.field == "byline" and isinstance(c.value, tuple) for n in c.value)
    clues += beside_headline(tree, _shown_headlines(headings, clues), people)
    clues += _story_clues(text, blocks)
    clues += _url_clues(clues)
    clues += _language_clues(tree, story_of(text, blocks))
    return settle(localised(_without_publisher(_without_site_names(clues))))


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of the page's meta tags by lower-case name, in page order."""
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "")[:2000].split())
        if name and content:
            metas.setdefault(name, []).append(content)
    return metas


def _meta_clues(metas: dict[str, list[str]]) -> Iterator[Clue]:
    for field, name, taken_from, score in META:
        contents = metas.get(name, [])[:20]
        if not contents:
            continue
        if field == "byline":
            yield from _author_clues(contents, taken_from, score)
        elif field in ("published", "modified"):
            edtf = edtf_of(contents[0])
            if edtf:
                yield Clue(field, edtf, taken_from, score)
        elif field != "url":
            yield Clue(field, contents[0], taken_from, score)


def _author_clues(contents: Sequence[str], taken_from: TakenFrom, score: float) -> Iterator[Clue]:
    named = [content for content in contents if not re.match(r"https?:|www\.", content)]
    people = tuple(dict.fromkeys(person for content in named for person in people_named(content)))
    if people:
        yield Clue("byline", people, taken_from, score if all(" " in person for person in people) else score / 2)
    for content in named:
        agency = agency_called(content)
        if agency:
            yield Clue("agency", agency, taken_from, 0.8)


def _addresses(tree: HtmlElement, metas: dict[str, list[str]], page: Page) -> Iterator[Clue]:
    base = page.url or ""
    for link in tree.iter("link"):
        href = (link.get("href") or "").strip()
        if "canonical" in (link.get("rel") or "").lower().split() and href:
            yield from _address(base, href, "meta", 0.95)
            break
    for content in metas.get("og:url", [])[:1]:
        yield from _address(base, content, "opengraph", 0.8)


def _address(base: str, href: str, taken_from: TakenFrom, score: float) -> Iterator[Clue]:
    try:
        url = urljoin(base, href)
    except ValueError:
        return
    if re.match(r"https?://[^/]+", url):
        yield Clue("url", url, taken_from, score)


def _headings(text: str, blocks: Sequence[Block]) -> list[Clue]:
    found = [block.span for block in blocks if block.kind == "headline"][:1]
    return [Clue("headline", " ".join(text[s.start : s.end].split()), "visible", 0.9, s) for s in found]


def _first_headings(tree: HtmlElement) -> Iterator[Clue]:
    """The page's <h1>s: some pages have several, and not all are the report's."""
    for number, heading in enumerate(tree.iter("h1")):
        words = " ".join(heading.text_content()[:1000].split())
        if words and number < 5:
            yield Clue("headline", words, "visible", 0.5)


def _corroborated(headings: Sequence[Clue], clues: Sequence[Clue]) -> Iterator[Clue]:
    """The visible headline once more, as good as sure, where title or URL share a third of its words: sites write other
    headlines for search engines, but the one on the page is the report's."""
    others = [str(c.value) for c in clues if c.field in ("headline", "url") and c.taken_from != "visible"]
    for heading in headings:
        own = _content_words(str(heading.value))
        shared = max((len(own & _content_words(other)) for other in others), default=0)
        if own and shared * 3 >= len(own):
            yield Clue("headline", heading.value, "visible", 0.99, heading.span)
            return


def _content_words(words: str) -> set[str]:
    return {word for word in re.findall(r"\w+", words.lower()) if len(word) > 3 or word.isdigit()}


def _shown_headlines(headings: Sequence[Clue], clues: Sequence[Clue]) -> list[str]:
    return [str(clue.value) for clue in (*headings, *clues) if clue.field == "headline"]


def _without_publisher(clues: Sequence[Clue]) -> list[Clue]:
    """Bylines without names that are the publisher's own, or the place of the dateline."""
    nobody = {comparable(clue.value) for clue in clues if clue.field == "publisher"}
    kept: list[Clue] = []
    for clue in clues:
        if clue.field == "byline" and isinstance(clue.value, tuple):
            names = (_without_end(name, nobody) for name in clue.value)
            people = tuple(name for name in names if comparable(name) not in nobody)
            if not people:
                continue
            clue = replace(clue, value=people)
        kept.append(clue)
    return kept


def _without_end(name: str, publishers: set[str]) -> str:
    """A name without the publisher's after it: "Jane Doe Milltown Gazette"."""
    words = name.split()
    starts = range(2, len(words))
    return next((" ".join(words[:n]) for n in starts if comparable(" ".join(words[n:])) in publishers), name)


def _window_title(tree: HtmlElement, clues: Sequence[Clue], headings: Sequence[Clue]) -> Iterator[Clue]:
    """The <title>, without the site's name: the part that another headline begins, or else the longest part."""
    title = next((" ".join((each.text or "").split()) for each in tree.iter("title")), "")[:500]
    if not title:
        return
    known = [comparable(clue.value) for clue in (*headings, *clues) if clue.field == "headline"]
    parts = re.split(r"\s+[|–—»·:•-]+\s+", title)
    heads = [" ".join(title[: title.find(part) + len(part)].split()) for part in parts]
    best = next((head for head in heads if comparable(head) in known), None) or _part_shown(tree, title)
    if best:
        yield Clue("headline", best, "meta", 0.6)
    else:
        yield Clue("headline", max(parts, key=len) if len(parts) > 1 else title, "meta", 0.3)


def _part_shown(tree: HtmlElement, title: str) -> str | None:
    """The longest part of a title that the page shows as a piece of its own: "The Gazette: Bridge shut" over a page of
    tables, where nothing is marked as a heading."""
    cuts = [found.end() for found in re.finditer(r"(?:\s[|–—»·•-]+|::?)\s+", title)]
    parts = [title[cut:] for cut in cuts if len(title[cut:].split()) >= _FEWEST_WORDS]
    shown = {comparable(words) for words in tree.itertext() if len(words) < 2 * len(title)} if parts else set()
    return next((part for part in parts if comparable(part) in shown), None)


def _without_site_names(clues: Sequence[Clue]) -> list[Clue]:
    """Headlines without " | Site" at their end, where the part before is itself a reading of the headline."""
    sites = {comparable(clue.value) for clue in clues if clue.field == "publisher"}
    return [_without_site_name(clue, sites) if clue.field == "headline" else clue for clue in clues]


def _without_site_name(clue: Clue, sites: set[str]) -> Clue:
    found = re.match(r"(.*\S)\s+[|–—»·•-]\s+([^|–—»·•]{2,60})$", str(clue.value))
    if found and comparable(found[2]) in sites:
        return Clue(clue.field, found[1], clue.taken_from, clue.score, clue.span)
    return clue


def _story_clues(text: str, blocks: Sequence[Block]) -> Iterator[Clue]:
    """What the story itself says: dateline, agency, byline lines, contributors."""
    paragraphs = [block.span for block in blocks if block.kind == "paragraph"]
    for span in paragraphs[:DATELINE_WITHIN]:
        opening = dateline_at(text, span.start, span.end)
        if opening and opening.dateline:
            yield Clue("dateline", opening.dateline, "text", opening.score, opening.dateline.span)
        if opening and opening.agency:
            yield Clue("agency", opening.agency, "text", 0.95, Span(span.start, opening.end))
        if opening:
            break
    for block in blocks:
        if block.kind in ("paragraph", "byline", "furniture") and len(block.span) < 800:
            yield from _line_clues(text[block.span.start : block.span.end], block)


def _line_clues(words: str, block: Block) -> Iterator[Clue]:
    people = contributors_of(words)
    if people:
        yield Clue("contributors", people, "text", 0.9, block.span)
        return
    byline = byline_of(words) if re.match(r"\W*by\b", words, re.IGNORECASE) or block.kind == "byline" else None
    if byline and byline.people:
        yield Clue("byline", byline.people, "text", 0.6, block.span)
    if byline and byline.agency:
        yield Clue("agency", byline.agency, "text", 0.8, block.span)


def _url_clues(clues: Sequence[Clue]) -> Iterator[Clue]:
    for url in dict.fromkeys(str(clue.value) for clue in clues if clue.field == "url"):
        day = day_in_url(url)
        if day:
            yield Clue("published", day, "url", 0.7)
            return


def _language_clues(tree: HtmlElement, story: str) -> Iterator[Clue]:
    language = language_of(story)
    if language not in (None, "und"):
        yield Clue("language", language, "text", 0.95)
    claimed = (tree.get("lang") or "").lower()[:2]
    if re.fullmatch(r"[a-z]{2}", claimed):
        yield Clue("language", claimed, "meta", 0.3)
