"""What an HTML page says of its report. All pages here are invented."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read.html import read_html
from onrecord.read.meta import meta_of_html
from onrecord.read.meta_json_ld import nodes_of
from onrecord.read.source_fields import SourceFields
from onrecord.record import Page

BODY = "".join(
    f"<p>The river rose by {n} metres overnight and took the old bridge with it, the mayor said on Tuesday evening.</p>"
    for n in range(2, 9)
)
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Flood takes bridge",
    "url": "https://paper.example/a/1",
    "author": [{"@type": "Person", "name": "Anna Novak"}, {"@type": "Person", "name": "By Jan Vries, Reuters"}],
    "datePublished": "2022-03-03T10:15:00+01:00",
    "dateModified": "2022-03-04",
    "publisher": {"@type": "Organization", "name": "The Paper"},
}


def html_page(head: str = "", body: str = "", headline: str = "Flood takes bridge") -> str:
    return f"<html lang=de><head>{head}</head><body><article><h1>{headline}</h1>{body}{BODY}</article></body></html>"


def script(data: object) -> str:
    words = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{words}</script>'


def meta(html: str, url: str | None = None, **given: str) -> SourceFields:
    page = Page(html.encode(), "page.html", "html", url, given=tuple(given.items()))
    story = read_html(page)
    return meta_of_html(story.tree, page, story.text, story.blocks)


def test_json_ld_gives_all() -> None:
    fields = meta(html_page(script(ARTICLE)))
    assert fields.headline == "Flood takes bridge"
    assert fields.byline == ("Anna Novak", "Jan Vries")
    assert (fields.published, fields.modified) == ("2022-03-03T10:15:00+01:00", "2022-03-04")
    assert fields.publisher == "The Paper"
    places = {each.field: each.taken_from for each in fields.provenance}
    assert places["published"] == places["byline"] == "json-ld"


def test_the_text_tells_the_language_whatever_the_page_claims() -> None:
    assert meta(html_page()).language == "en"


@pytest.mark.parametrize(
    "words",
    [
        json.dumps(ARTICLE)[:-1] + ",}",
        "<!-- " + json.dumps(ARTICLE) + " -->",
        json.dumps(ARTICLE).replace("Flood takes", "Flood\ntakes"),
        json.dumps([[], {"@graph": [{"@type": "WebSite", "name": "x"}, ARTICLE]}]),
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        json.dumps(ARTICLE) + ";",
        json.dumps({**ARTICLE, "headline": "Flood takes bridge &amp; road"}),
    ],
)
def test_broken_json_ld_is_mended(words: str) -> None:
    fields = meta(html_page(script(words)))
    assert fields.published == "2022-03-03T10:15:00+01:00"
    assert fields.byline == ("Anna Novak", "Jan Vries")


def test_of_several_articles_the_one_on_the_page_is_read() -> None:
    other = {
        **ARTICLE,
        "headline": "Something else",
        "url": "https://paper.example/b",
        "author": "Al Roe",
        "datePublished": "2001-01-01",
    }
    fields = meta(html_page(script([other, ARTICLE, other])))
    assert fields.byline == ("Anna Novak", "Jan Vries")
    assert fields.published == "2022-03-03T10:15:00+01:00"
    by_url = meta(
        html_page(script([other, {**ARTICLE, "headline": "X"}]), headline="Y"), url="http://www.paper.example/a/1?x=1"
    )
    assert by_url.byline == ("Anna Novak", "Jan Vries")


def test_references_in_a_graph_are_followed() -> None:
    person = {"@type": "Person", "@id": "#anna", "name": "Anna Novak"}
    fields = meta(html_page(script({"@graph": [{**ARTICLE, "author": {"@id": "#anna"}}, person]})))
    assert fields.byline == ("Anna Novak",)


def test_an_agency_is_no_person() -> None:
    fields = meta(html_page(script({**ARTICLE, "author": {"@type": "Organization", "name": "Reuters"}})))
    assert (fields.byline, fields.agency) == ((), "Reuters")


def test_meta_tags_alone() -> None:
    fields = meta(
        html_page(
            '<title>Flood takes bridge - The Paper</title><meta property="og:site_name" content="The Paper">'
            '<meta property="og:title" content="Flood takes bridge | The Paper">'
            '<meta name="author" content="Anna Novak">'
            '<meta property="article:published_time" content="2022-03-03T10:15:00Z">'
            '<link rel="canonical" href="/a/1">'
        ),
        url="https://paper.example/x",
    )
    assert (fields.headline, fields.byline, fields.publisher) == ("Flood takes bridge", ("Anna Novak",), "The Paper")
    assert (fields.published, fields.url) == ("2022-03-03T10:15:00Z", "https://paper.example/a/1")


def test_visible_lines_alone() -> None:
    fields = meta(
        html_page(body='<div class="byline">By <a rel="author">Anna Novak</a> and Jan Vries, Associated Press</div>'
                  '<time datetime="2022-03-03">yesterday</time>')
    )  # fmt: skip
    assert (fields.byline, fields.agency, fields.published) == (("Anna Novak", "Jan Vries"), "AP", "2022-03-03")


@pytest.mark.parametrize("place", ["VALLEY TOWN", "<b>VALLEY TOWN</b>", "<b>Valley Town, Ohio</b>", "OSLO"])
def test_a_dateline_under_the_byline_is_no_author(place: str) -> None:
    opening = f"<p>{place} - The owner of the old mill sold it on Monday, the town said.</p>"
    assert meta(html_page(body=f"<p>By Tom Reed</p>{opening}")).byline == ("Tom Reed",)
    assert meta(html_page(body=f"<p>By Tom Reed and</p><p>Ann Lee - Staff Writer</p>{opening}")).byline == (
        "Tom Reed",
        "Ann Lee",
    )


def test_the_day_in_the_url() -> None:
    fields = meta(html_page(), url="https://paper.example/2022/03/03/flood")
    assert fields.published == "2022-03-03"
    assert [each.taken_from for each in fields.provenance if each.field == "published"] == ["url"]


def test_what_nobody_says_stays_unknown() -> None:
    fields = meta(html_page())
    assert (fields.byline, fields.agency, fields.published, fields.publisher, fields.dateline) == (
        (),
        None,
        None,
        None,
        None,
    )


def test_bylines_beside_the_story_are_not_its_own() -> None:
    fields = meta(
        html_page() + '<div class="related"><span class="author">Al Roe</span><time datetime="2001-01-01"></time></div>'
    )
    assert (fields.byline, fields.published) == ((), None)


@pytest.mark.parametrize(
    "words",
    ["[" * 100_000, '{"a":' * 50_000, '{"@type":"NewsArticle","author":' + "[" * 900 + "]" * 900 + "}",
     "," * 300_000 + "}",
     json.dumps([{"@type": "NewsArticle", "headline": "x" * 100}] * 20_000),
     '{"@type":["NewsArticle",{}],"author":{"name":{"name":1}}}',
     '{"@type":"NewsArticle","headline":' + "9" * 5000 + "}"],
    ids=range(7),
)  # fmt: skip
def test_hostile_json_ld_does_not_hurt(words: str) -> None:
    html = html_page(script(words))
    started = time.process_time()
    meta(html)
    assert time.process_time() - started < 6


def test_much_json_ld_is_bounded() -> None:
    html = html_page(script(ARTICLE) + script([ARTICLE] * 9000))
    assert len(nodes_of(read_html(Page(html.encode(), "x", "html")).tree)) <= 20_000


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(ARTICLE)) | st.just("name"), inner, max_size=5)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.sampled_from(sorted(ARTICLE)), values), st.sampled_from(["NewsArticle", ["Article", 3], None])
)
def test_no_json_ld_crashes_it(data: dict[str, object], kind: object) -> None:
    meta(html_page(script({**data, "@type": kind})))
