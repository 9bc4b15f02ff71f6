# ruff: noqa: E501, RUF005
"""Pages to stories: what is kept, where it stands, what hostile pages do, and that nothing is fetched."""

import socket
import sys
import time
from pathlib import Path
from typing import NoReturn

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import PageError
from onrecord.read.html import MOST_BYTES, HtmlStory, read_html
from onrecord.read.layout import text_at
from onrecord.record import Page

sys.path.insert(0, str(Path(__file__).parent))
from pages import LAST, LEAD, MORE, NAV, QUOTE, REPLY, SHAPES, STORY, Shape

BODY = ("paragraph", "subhead", "list", "table")


def read(html: str | bytes, charset: str | None = None) -> HtmlStory:
    content = html.encode() if isinstance(html, str) else html
    return read_html(Page(content, "test", charset=charset))


def body(story: HtmlStory) -> str:
    return "\n".join(story.text[block.span.start : block.span.end] for block in story.blocks if block.kind in BODY)


def kinds(story: HtmlStory) -> list[tuple[str, str | None]]:
    return [(block.kind, block.label) for block in story.blocks]


def messages(story: HtmlStory) -> str:
    return " | ".join(note.message for note in story.notes)


def page(*lines: str, head: str = "", after: str = "") -> str:
    shown = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head>{head}</head><body><article><h1>Bridge stays</h1>{shown}</article>{after}</body></html>"


def assert_blocks_stand_at_their_places(story: HtmlStory) -> None:
    for block in story.blocks:
        if block.place is not None:
            shown = story.text[block.span.start : block.span.end]
            assert "".join(text_at(story.tree, block.place).split()) == "".join(shown.split())


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
@pytest.mark.usefixtures("no_sockets")
def test_shapes_of_news_pages(shape: Shape) -> None:
    story = read(shape.html)
    told = body(story)
    assert [line for line in shape.story if line not in told] == []
    assert [words for words in shape.not_story if words in told] == []
    assert_blocks_stand_at_their_places(story)


def test_blocks_follow_each_other_in_the_text() -> None:
    story = read(page(*STORY))
    assert story.text == "\n\n".join(("Bridge stays", *STORY))
    assert [block.span.start for block in story.blocks] == sorted(block.span.start for block in story.blocks)


def test_kinds_of_blocks() -> None:
    by_name = {shape.name: read(shape.html) for shape in SHAPES}
    assert ("headline", None) in kinds(by_name["wordpress"])
    assert ("caption", None) in kinds(by_name["wordpress"])
    assert ("furniture", "related links") in kinds(by_name["agency"])
    assert kinds(by_name["agency"]).count(("byline", None)) == 2
    assert ("subhead", None) in kinds(by_name["broadcaster"])
    assert ("furniture", "promo") in kinds(by_name["amp"])
    assert ("list", None) in kinds(by_name["drupal"])


CAPTION = "The mayor, Ana Petrova, said “it is done” on the bridge at Moss"


@pytest.mark.parametrize(
    ("before", "found"),
    [
        (f"<figure><img><figcaption>{CAPTION}</figcaption></figure>", True),
        (f"<figure><img><figcaption><a href=/x>{CAPTION}</a></figcaption></figure>", False),
        (f"<div class=related><figure><img><figcaption>{CAPTION}</figcaption></figure></div>", False),
        ("<figure><img><figcaption>File photo</figcaption></figure>", False),
    ],
)
def test_a_caption_between_headline_and_story(before: str, found: bool) -> None:
    told = "".join(f"<p>{words}</p>" for words in STORY)
    story = read(f"<body><main><h1>Bridge stays</h1>{before}<div class=by>By Lee</div><article>{told}</article></main>")
    captions = [story.text[block.span.start : block.span.end] for block in story.blocks if block.kind == "caption"]
    assert captions == ([CAPTION] if found else [])
    assert all(words in body(story) for words in STORY)


def test_a_pulled_quote_is_no_second_quote() -> None:
    pulled = "<aside class='pull-quote'>“We have listened, and we have learned”</aside>"
    story = read(page(LEAD, QUOTE, REPLY, LAST).replace(f"<p>{REPLY}", f"{pulled}<p>{REPLY}"))
    assert ("pull-quote", None) in kinds(story)
    assert body(story).count("we have learned") == 1


def test_a_table_of_figures_is_one_block() -> None:
    cells = "".join(f"<tr><td>Ward {n}</td><td>{n * 3} votes</td></tr>" for n in range(1, 6))
    story = read(page(LEAD, QUOTE, f"{REPLY}</p><table>{cells}</table><p>{LAST}"))
    assert_blocks_stand_at_their_places(story)
    assert all(kind in ("table", "furniture", "paragraph", "headline") for kind, _ in kinds(story))


def test_line_breaks_inside_a_block() -> None:
    story = read(page(LEAD, f"{QUOTE}<br>{REPLY}", LAST))
    assert f"{QUOTE}\n{REPLY}" in story.text
    assert_blocks_stand_at_their_places(story)


def test_quotes_and_invisible_characters_are_kept_as_they_are() -> None:
    odd = "He said “yes and 'no' ‘never” and wrote \u202b\u05e9\u05dc\u05d5\u05dd\u202c on a zero\u200bwidth wall in the old harbour."
    assert odd in read(page(LEAD, odd, QUOTE, LAST)).text


def test_windows_line_ends() -> None:
    story = read(page(LEAD, QUOTE.replace(" ", "\r\n", 3), LAST).replace("<p>", "<p>\r\n"))
    assert QUOTE in story.text
    assert_blocks_stand_at_their_places(story)


def test_scripts_styles_templates_and_comments_are_never_text() -> None:
    silent = "<script>var secret</script><style>.secret{}</style><template><p>secret</p></template><!-- secret -->"
    story = read(page(f"{LEAD[:40]}{silent}{LEAD[40:]}", QUOTE, f"{REPLY}{silent}", LAST))
    assert LEAD in story.text
    assert "secret" not in story.text
    assert_blocks_stand_at_their_places(story)


def test_odd_element_names_have_paths_too() -> None:
    story = read(page(LEAD, QUOTE, LAST).replace("<article>", "<o:x><my-story><article>"))
    assert LEAD in story.text
    assert_blocks_stand_at_their_places(story)


def test_a_place_holds_in_a_parse_of_ones_own() -> None:
    html = page(*STORY)
    place = next(block.place for block in read(html).blocks if block.kind == "paragraph")
    assert place is not None
    tree = lxml.html.document_fromstring(html)
    assert tree.getroottree().xpath(place.path)[0].text == LEAD


@pytest.mark.parametrize(
    "content", [b"", b"  \n", b"no markup at all", bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\0" * 99]
)
def test_what_is_no_page_is_refused(content: bytes) -> None:
    with pytest.raises(PageError):
        read(content)


@pytest.mark.parametrize(
    ("content", "charset", "said"),
    [
        (page(*STORY).encode("utf-8-sig"), "latin-1", ""),
        (page(*STORY, head="<meta charset=windows-1252>").encode("cp1252"), None, ""),
        (page(*STORY).encode("cp1252"), None, "windows-1252"),
        (page(*STORY, head="<meta charset=iso-8859-1>").encode(), None, "is utf-8"),
        (page(*STORY, head="<meta charset=utf-8>").encode("cp1252"), None, "windows-1252"),
        (page(*STORY, head="<meta charset=hex>").encode(), "no-such-charset", ""),
        (page(*STORY).encode("utf-16"), None, ""),
        (page(*STORY, head="<meta charset=utf-16>").encode(), None, ""),
    ],
)
def test_charsets(content: bytes, charset: str | None, said: str) -> None:
    story = read(content, charset)
    assert QUOTE in story.text
    assert said in messages(story) if said else not story.notes


def test_broken_characters_are_replaced_and_noted() -> None:
    story = read(page(*STORY).encode().replace(b"repairs", b"rep\xffirs"))
    assert "rep\ufffdirs" in story.text
    assert "1 characters are not valid utf-8" in messages(story)


def test_nul_and_control_characters_are_left_out_and_noted() -> None:
    story = read(page(*STORY).replace("bridge", "bri\0dge"))
    assert LEAD in story.text
    assert "control characters" in messages(story)


def test_an_entity_bomb_stays_small() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    story = read(bomb + page(LEAD, f"{QUOTE} &c;&c;", LAST))
    assert len(story.text) < 2000


def test_deep_nesting_is_survived_and_noted() -> None:
    assert "nested too deep" in messages(read("<div>" * 10_000 + LEAD))
    assert LEAD in read(page(*STORY, after="<b>" * 10_000)).text


@pytest.mark.slow
@pytest.mark.parametrize("unit", [f"<p>{LEAD}</p>", "<i></i>", "<p>a<br>", "<li><a href=x>link</a>", "words and "])
def test_a_page_of_100_megabytes_is_cut_and_noted(unit: str) -> None:
    content = (page(*STORY) + unit * (100_000_000 // len(unit))).encode()
    began = time.process_time()
    story = read(content)
    assert time.process_time() - began < 20
    assert f"only the first {MOST_BYTES:,}" in messages(story)


def test_a_page_of_many_lines_is_cut_and_noted() -> None:
    assert "only the first 5,000 lines" in messages(read("<p>one line of words</p>" * 6000))


def test_a_page_without_a_story_gives_no_text() -> None:
    assert read(f"<html><body><nav>{NAV}</nav></body></html>").text == ""


def test_a_home_page_says_so() -> None:
    cards = "".join(
        f"<div class=card><h3><a href=/{n}>Council number {n} keeps its old bridge</a></h3></div>" for n in range(40)
    )
    story = read(
        f"<html><body><nav>{NAV}</nav><main><h1>The Gazette</h1><p>{LEAD}</p><p>{QUOTE}</p>{cards}</main></body></html>"
    )
    assert "home page" in messages(story)


def test_a_home_page_of_links_alone_gives_no_text() -> None:
    cards = "".join(f"<h3><a href=/{n}>Council number {n} keeps its old bridge</a></h3>" for n in range(40))
    assert read(f"<html><body><nav>{NAV}</nav><main>{cards}</main></body></html>").text == ""


def test_a_live_blog_says_so() -> None:
    entries = "".join(f"<h2>{10 + n}:15</h2><p>{LEAD} Entry {n} of the day.</p><p>{QUOTE} ({n})</p>" for n in range(8))
    assert "live blog" in messages(
        read(f"<html><body><article><h1>Vote, as it happened</h1>{entries}</article></body></html>")
    )


def test_a_listing_of_links_is_not_read_as_a_story() -> None:
    assert body(read(f"<html><body><h1>Bridges</h1><ul>{MORE}</ul></body></html>")) == ""


def test_a_story_only_in_json_ld_is_read_with_a_note_and_without_places() -> None:
    claimed = r"\n".join(STORY).replace('"', "'")
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{claimed}"}}</script>'
    story = read(f"<html><head>{head}</head><body><div id=root></div><h1>Bridge stays</h1></body></html>")
    assert QUOTE in body(story)
    assert "JSON-LD" in messages(story)
    assert all(block.place is None for block in story.blocks if block.kind == "paragraph")


def test_a_paywall_stub_gives_what_it_shows() -> None:
    wall = "<div class='paywall'><h2>Subscribe now to read on</h2><p>Already a subscriber? Log in</p></div>"
    story = read(page(LEAD, QUOTE, after=wall))
    assert LEAD in body(story)
    assert "Already a subscriber" not in body(story)


def test_the_same_page_gives_the_same_story() -> None:
    assert read(SHAPES[0].html).text == read(SHAPES[0].html).text


SCRAPS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='story-body'>",
        "</div>",
        "<br>",
        "<ul><li>",
        "<table><tr><td>",
        "<h1>",
        "<h2>",
        "<a href=x>",
    ]
    + [
        "</a>",
        "<b>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<fb:x>",
        "&amp;",
        "&#0;",
        "&nbsp;",
        "<article>",
        "<aside>",
    ]
    + [
        LEAD,
        QUOTE,
        REPLY,
        "\u200b",
        "\u202e",
        "\r\n",
        " ",
        "<figure><figcaption>",
        "<svg>",
        "<?php",
        "<![CDATA[",
        "]]>",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(SCRAPS, st.text(max_size=20)), max_size=40))
def test_any_page_is_read_and_its_blocks_stand_where_they_say(scraps: list[str]) -> None:
    story = read("<html><body>" + "".join(scraps))
    assert_blocks_stand_at_their_places(story)
    for block in story.blocks:
        assert story.text[block.span.start : block.span.end].strip()


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([None, "utf-8", "utf-16", "shift_jis", "latin-1", "nonsense", "hex", "idna"]),
)
def test_no_bytes_crash_the_reader(content: bytes, charset: str | None) -> None:
    try:
        story = read(b"<p>" + content, charset)
    except PageError:
        return
    assert_blocks_stand_at_their_places(story)
