"""A real Chromium drives the reader: every flow, keyboard and touch, hostile text, axe, no layout shift.

axe.min.js is axe-core 4.14.1 (npm package axe-core, MPL-2.0, axe.LICENSE), used here only.
"""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from onrecord.keep.store import Store
from onrecord.show.web.app import reader
from onrecord.show.web.guard import Guard
from reader_stories import pile, story

playwright = pytest.importorskip("playwright.sync_api")
from playwright.sync_api import (  # noqa: E402
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

AXE = Path(__file__).with_name("axe.min.js")
RIVER, HARBOUR, HOSTILE = pile()
ANN = "/people/person:ann-mayor"
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
PAGES = {
    "stories": "/stories",
    "stories asked": "/stories?q=river&publisher=The+Daily+Test",
    "nothing found": "/stories?q=nowhere",
    "story": f"/stories/{RIVER.document.id}",
    "statement": f"/stories/{RIVER.document.id}#statement-{RIVER.statements[1].id.rpartition(':')[2]}",
    "hostile": f"/stories/{HOSTILE.document.id}",
    "people": "/people",
    "person": ANN,
    "said about": f"{ANN}?show=about",
    "their stories": f"{ANN}?show=stories",
    "person asked": f"{ANN}?q=sand&sort=oldest&same=bo",
    "search": "/search?q=harbour",
    "search narrowed": "/search?speaker=person:ann-mayor&about=smith&until=2022",
    "who speaks": "/speakers",
    "review": "/review",
    "not there": "/nothing",
}


@dataclass
class Served:
    """A reader on a port of its own, and its store."""

    address: str
    store: Store


class QuietServer(uvicorn.Server):
    def install_signal_handlers(self) -> None:
        """None: it runs beside the tests."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Store.open(tmp_path / "news.db", access="create") as store, socket.create_server(("127.0.0.1", 0)) as listener:
        for record in pile():
            store.put(record)
        app = reader(store, by="tester", guard=Guard())
        server = QuietServer(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", store)
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def desk(chromium: Browser, served: Served) -> Iterator[Page]:
    yield from _opened(chromium.new_context(viewport=WIDE, base_url=served.address), served)


@pytest.fixture
def phone(chromium: Browser, served: Served) -> Iterator[Page]:
    context = chromium.new_context(viewport=NARROW, has_touch=True, is_mobile=True, base_url=served.address)
    yield from _opened(context, served)


def _opened(context: BrowserContext, served: Served) -> Iterator[Page]:
    """A page that fails the test when anything goes wrong in it, or when it asks another host for anything."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security" in message.text:
            faults.append(message.text)

    def on_dialog(dialog: Dialog) -> None:
        faults.append(dialog.message)
        dialog.dismiss()

    page.on("console", on_console)
    page.on("dialog", on_dialog)
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith(served.address)] == []


def verdicts(served: Served) -> list[str]:
    return [judgement.verdict for _, judgement, _ in served.store.judgements()]


def test_from_the_list_to_a_sentence(desk: Page) -> None:
    desk.goto("/")
    expect(desk.locator("h1")).to_have_text("Stories")
    desk.get_by_label("Words in the story").fill("river")
    desk.keyboard.press("Enter")
    expect(desk.locator(".rows > li")).to_have_count(1)
    expect(desk.locator(".snippet mark").first).to_have_text("river")
    desk.get_by_role("link", name="River rises").click()
    expect(desk.locator("h1")).to_have_text("River rises")
    expect(desk.locator(".text p")).to_have_count(4)


def test_sorting_swaps_the_list_and_changes_the_address(desk: Page) -> None:
    desk.goto("/stories")
    desk.get_by_label("Sort").select_option("oldest")
    expect(desk).to_have_url(re.compile("sort=oldest"))
    expect(desk.locator(".rows h2").last).to_have_text("Harbour to open")
    desk.go_back()
    expect(desk.locator(".rows h2").first).to_have_text("Harbour to open")


def test_words_bring_the_best_first(desk: Page) -> None:
    desk.goto("/stories")
    desk.get_by_label("Words in the story").fill("river")
    desk.keyboard.press("Enter")
    expect(desk.locator(".lead")).to_contain_text("1 of 3 stories")
    expect(desk.get_by_label("Sort").locator("option:checked")).to_have_text("relevance")


def test_facets_narrow_and_chips_widen(desk: Page) -> None:
    desk.goto("/stories")
    desk.locator("summary", has_text="Speaker").click()
    desk.locator(".facets a", has_text="Bo Smith").click()
    expect(desk.locator(".rows > li")).to_have_count(1)
    expect(desk.locator(".lead")).to_contain_text("1 of 3 stories")
    desk.locator(".chips a").click()
    expect(desk.locator(".rows > li")).to_have_count(3)


def test_hovering_tells_who_speaks_and_draws_the_chain(desk: Page) -> None:
    desk.goto(PAGES["story"])
    desk.get_by_text("“We asked for sand on Friday,”").first.hover()
    expect(desk.locator(".tip")).to_contain_text("Ann Mayor")
    expect(desk.locator(".drawing rect")).to_have_count(2)
    assert desk.locator(".drawing path").count() == 2, "a line and its head"
    assert {each.inner_text() for each in desk.locator(".run.on-source").all()} == {"she"}
    desk.locator("h1").hover()
    expect(desk.locator(".drawing")).to_have_count(0)
    desk.locator("#card-2 .words").hover()
    expect(desk.locator(".run.on").first).to_contain_text("We asked")
    desk.locator("h1").hover()
    expect(desk.locator(".run.on")).to_have_count(0)


def test_focus_tells_it_too(desk: Page) -> None:
    desk.goto(PAGES["story"])
    desk.locator("#plain").focus()
    desk.keyboard.press("Tab")
    expect(desk.locator(".pin").first).to_be_focused()
    expect(desk.locator("#card-1")).to_have_class(re.compile(r"\bon\b"))
    expect(desk.locator(".drawing")).to_have_count(1)


def test_nested_statements_are_underlined_one_below_the_other(desk: Page) -> None:
    desk.goto(PAGES["story"])
    inner = desk.locator(".said.mixed.level-2").first
    outer = desk.locator(".said.indirect.level-1", has=inner)
    offset = "element => parseFloat(getComputedStyle(element).textUnderlineOffset)"
    assert inner.evaluate(offset) > outer.first.evaluate(offset)
    style = "element => getComputedStyle(element).textDecorationStyle"
    assert (inner.evaluate(style), outer.first.evaluate(style)) == ("dashed", "dotted")
    desk.locator("#text").get_by_text("about to go").click()
    expect(desk.locator("#card-4")).to_have_class(re.compile(r"\bon\b"))


def test_keys_move_accept_reject_and_undo(desk: Page, served: Served) -> None:
    desk.goto(PAGES["story"])
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    expect(desk.locator("#card-1")).to_have_class(re.compile(r"\bon\b"))
    desk.keyboard.press("a")
    expect(desk.locator("#card-1 .verdict")).to_contain_text("Accepted")
    desk.keyboard.press("j")
    desk.keyboard.press("r")
    expect(desk.locator("#card-2 .verdict")).to_contain_text("Rejected")
    desk.keyboard.press("u")
    expect(desk.locator("#card-2 .verdict")).to_have_count(0)
    assert verdicts(served) == ["accept", "reject", "withdraw"]
    desk.reload()
    expect(desk.locator("#card-1 .verdict")).to_contain_text("Accepted")


def test_editing_the_speaker(desk: Page, served: Served) -> None:
    desk.goto(PAGES["story"])
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    expect(desk.get_by_label("Speaker").first).to_be_focused()
    desk.get_by_label("Speaker").first.select_option(label="Bo Smith")
    desk.locator("#edit-1").get_by_role("button", name="Save").click()
    expect(desk.locator("#card-1 .speaker")).to_have_text("Bo Smith")
    expect(desk.locator("#card-1 .verdict")).to_contain_text("Corrected")
    assert verdicts(served) == ["correct"]


def test_editing_the_words_by_selecting_others(desk: Page, served: Served) -> None:
    desk.goto(PAGES["story"])
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    desk.evaluate(SELECT, ["rose two metres"])
    expect(desk.locator("#card-1 .span-now")).to_contain_text("rose two metres")
    desk.locator("#edit-1").get_by_role("button", name="Save").click()
    expect(desk.locator("#card-1 .words")).to_have_text("rose two metres")
    expect(desk.locator("#card-1")).to_have_class(re.compile(r"\bon\b"))
    desk.keyboard.press("u")
    expect(desk.locator("#card-1 .words")).to_have_text("The river rose two metres in a night")
    assert verdicts(served) == ["correct", "withdraw"]


def test_words_are_selected_with_the_mouse_while_the_editor_stays(desk: Page, served: Served) -> None:
    desk.goto(PAGES["story"])
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    place = desk.evaluate(PLACE, ["rose two metres "])
    desk.mouse.move(place["left"] + 1, place["middle"])
    desk.mouse.down()
    desk.mouse.move(place["right"] - 1, place["middle"], steps=4)
    desk.mouse.up()
    expect(desk.locator("#card-1 .span-now")).to_contain_text("rose two metres")
    desk.locator("#edit-1").get_by_role("button", name="Save").click()
    expect(desk.locator("#card-1 .words")).to_have_text("rose two metres")
    assert verdicts(served) == ["correct"]


#: The place of words in the text; they stand in one run of it.
RANGE = """words => {
  const walker = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    return range;
  }
  throw new Error('not in one run: ' + words);
}"""
SELECT = f"""([words]) => {{
  getSelection().removeAllRanges();
  getSelection().addRange(({RANGE})(words));
}}"""
PLACE = f"""([words]) => {{
  const box = ({RANGE})(words).getBoundingClientRect();
  return {{ left: box.left, right: box.right, middle: (box.top + box.bottom) / 2 }};
}}"""


def test_escape_lets_go_and_keys_rest_while_typing(desk: Page, served: Served) -> None:
    desk.goto(PAGES["story"])
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    desk.get_by_label("Why (if you like)").first.fill("a rather unusual reason")
    desk.keyboard.press("Escape")
    expect(desk.locator("#edit-1")).to_be_hidden()
    desk.keyboard.press("Escape")
    expect(desk.locator(".card.on")).to_have_count(0)
    desk.keyboard.press("/")
    desk.keyboard.type("jar")
    expect(desk.locator("#find")).to_have_value("jar")
    assert verdicts(served) == []


def test_the_address_of_a_statement_opens_it(desk: Page) -> None:
    desk.goto(f"/statements/{RIVER.statements[3].id}")
    expect(desk.locator("#card-4")).to_have_class(re.compile(r"\bon\b"))
    expect(desk.locator("#card-4 .speaker")).to_be_in_viewport()


def test_a_tap_brings_the_card_up_from_below(phone: Page) -> None:
    phone.goto(PAGES["story"])
    phone.get_by_text("“We asked for sand on Friday,”").first.tap()
    card = phone.locator("#card-2")
    expect(card).to_be_in_viewport(ratio=0.9)
    assert card.evaluate("card => getComputedStyle(card).position") == "fixed"
    phone.locator("#card-2").get_by_role("button", name="Accept").tap()
    expect(phone.locator("#card-2 .verdict")).to_contain_text("Accepted")
    phone.locator("#card-2").get_by_role("button", name="Close").tap()
    expect(phone.locator(".card.on")).to_have_count(0)


def test_a_phone_finds_the_facets_behind_a_button(phone: Page) -> None:
    phone.goto("/stories")
    expect(phone.locator(".facets")).to_be_hidden()
    phone.get_by_text("Narrow the list").tap()
    expect(phone.locator(".facets")).to_be_visible()


def test_a_person(desk: Page) -> None:
    desk.goto("/people")
    desk.get_by_role("link", name="Ann Mayor").first.click()
    expect(desk.locator("h1")).to_have_text("Ann Mayor")
    expect(desk.locator(".picture .barr")).to_have_count(2)
    expect(desk.locator(".quote")).to_have_count(4)
    desk.get_by_role("link", name=re.compile("^Stories \\d")).click()
    expect(desk.locator(".rows h2")).to_have_count(2)


def test_merging_splitting_and_taking_back(desk: Page) -> None:
    desk.goto(ANN)
    desk.get_by_text("Someone else is the same").click()
    desk.get_by_label("Who is also Ann Mayor").fill("smith")
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Same").click()
    spellings = desk.locator(".aside-facts > ul").first.locator("li")
    expect(spellings).to_have_count(2)
    desk.get_by_text("One of these is someone else").click()
    desk.get_by_role("button", name="Split off").click()
    expect(spellings).to_have_count(1)
    desk.locator(".proposals li", has_text="is not").get_by_role("button", name="Undo").click()
    expect(spellings).to_have_count(2)
    desk.locator(".proposals li", has_text="is also").get_by_role("button", name="Undo").click()
    expect(spellings).to_have_count(1)


def test_a_person_first_to_last(desk: Page) -> None:
    desk.goto(ANN)
    expect(desk.locator(".day").first).to_have_text("15 January 2023")
    desk.get_by_label("Sort").select_option("oldest")
    desk.get_by_role("button", name="Show").click()
    expect(desk.locator(".day").first).to_have_text("4 March 2022")
    desk.get_by_label("Words").fill("sand")
    desk.keyboard.press("Enter")
    expect(desk.locator(".quote")).to_have_count(1)
    expect(desk.locator(".quote mark")).to_have_text("sand")


def test_search_leads_to_the_place_in_the_story(desk: Page) -> None:
    desk.goto("/stories")
    desk.keyboard.press("/")
    desk.keyboard.type("harbour opens")
    desk.keyboard.press("Enter")
    expect(desk.locator(".quote mark").first).to_have_text("harbour")
    desk.locator(".quote a").first.click()
    expect(desk.locator("#card-1")).to_have_class(re.compile(r"\bon\b"))


def test_who_speaks(desk: Page) -> None:
    desk.goto("/speakers")
    expect(desk.locator(".strips tbody tr").first).to_contain_text("Ann Mayor")
    assert desk.locator(".strip .barr").count() >= 3


def test_review_by_keyboard_moves_the_progress(desk: Page, served: Served) -> None:
    desk.goto("/review")
    expect(desk.locator("#progress-label")).to_contain_text("0 of 7 judged")
    desk.keyboard.press("j")
    desk.keyboard.press("r")
    expect(desk.locator("#progress-label")).to_contain_text("1 of 7 judged")
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    expect(desk.locator("#progress-label")).to_contain_text("2 of 7 judged")
    desk.keyboard.press("u")
    expect(desk.locator("#progress-label")).to_contain_text("1 of 7 judged")
    desk.keyboard.press("o")
    expect(desk.locator(".text")).to_be_visible()
    assert verdicts(served) == ["reject", "accept", "withdraw"]


def test_review_leads_to_the_story_to_correct(desk: Page, served: Served) -> None:
    desk.goto("/review")
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    expect(desk.locator("#text")).to_be_visible()
    desk.keyboard.press("e")
    expect(desk.locator(".card.on .edit")).to_be_visible()
    assert verdicts(served) == []


def test_help_and_colours(desk: Page) -> None:
    desk.goto("/stories")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_be_hidden()
    before = desk.evaluate("getComputedStyle(document.body).backgroundColor")
    desk.locator("#theme").click()
    desk.locator("#theme").click()
    assert desk.locator("html").get_attribute("data-theme") == "dark"
    assert desk.evaluate("getComputedStyle(document.body).backgroundColor") != before
    desk.goto("/people")
    assert desk.locator("html").get_attribute("data-theme") == "dark"


def test_plain_text_on_demand(desk: Page) -> None:
    desk.goto(PAGES["story"])
    desk.get_by_role("button", name="Plain text").click()
    line = "element => getComputedStyle(element).textDecorationLine"
    assert desk.locator(".text .said").first.evaluate(line) == "none"


def test_without_scripts_everything_can_be_read_and_judged(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=served.address, viewport=WIDE)
    page = context.new_page()
    page.goto(PAGES["story"])
    page.locator("#card-1").get_by_role("button", name="Accept").click()
    expect(page.locator("#card-1 .verdict")).to_contain_text("Accepted")
    page.goto("/review")
    page.locator(".card").first.get_by_role("button", name="Reject").click()
    assert verdicts(served) == ["accept", "reject"]
    context.close()


@pytest.mark.parametrize("name", ["hostile", "stories", "review", "who speaks", "people"])
def test_hostile_text_runs_nothing(desk: Page, name: str) -> None:
    desk.goto(PAGES[name])
    assert "owned" not in desk.title() or "document.title" in desk.title()
    assert desk.locator("script:not([src])").count() == 0
    assert desk.locator("main img, main b").count() == 0
    assert desk.locator("a[href^='javascript']").count() == 0
    for link in desk.locator("main a").all():
        assert re.match(r"https?:|/|#", link.get_attribute("href") or "")


def test_a_post_of_another_site_is_refused(chromium: Browser, served: Served) -> None:
    context = chromium.new_context()
    page = context.new_page()
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if answer.request.method == "POST" else None)
    address = f"{served.address}/statements/{RIVER.statements[0].id}/judgements"
    form = f'<form method="post" action="{address}"><input name="verdict" value="reject"></form>'
    page.route("http://evil.test/**", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto("http://evil.test/")
    page.evaluate("document.forms[0].submit()")
    page.wait_for_url(re.compile("judgements"))
    assert answers == [403]
    assert verdicts(served) == []
    context.close()


def test_a_page_of_another_site_can_read_nothing(chromium: Browser, served: Served) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.route("http://evil.test/**", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page.goto("http://evil.test/")
    fetched = page.evaluate(
        "url => fetch(url).then(a => a.text(), fault => 'refused')", f"{served.address}/stories.json"
    )
    assert fetched == "refused"
    framed = page.evaluate(FRAME, f"{served.address}/stories")
    assert framed == "refused"
    context.close()


FRAME = """url => new Promise(done => {
  const frame = document.createElement('iframe');
  frame.onload = () => { try { done(frame.contentDocument ? 'blank' : 'refused'); } catch { done('refused'); } };
  frame.src = url;
  document.body.append(frame);
})"""

MODES = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]


@pytest.mark.parametrize(("size", "colours"), MODES, ids=["wide light", "wide dark", "narrow light", "narrow dark"])
def test_every_page_is_accessible_still_and_fits(
    chromium: Browser, served: Served, size: ViewportSize, colours: str
) -> None:
    context = chromium.new_context(viewport=size, color_scheme=colours, base_url=served.address)  # type: ignore[arg-type]
    context.add_init_script(SHIFTS)
    page = context.new_page()
    faults: list[str] = []
    for name, address in PAGES.items():
        page.goto("about:blank")
        page.goto(address)
        if name == "statement":
            page.keyboard.press("e")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for fault in page.evaluate(AXE_RUN, [] if colours == "light" and size == WIDE else SOME_RULES):
            where = [node["html"][:160] for node in fault["nodes"][:3]]
            faults.append(f"{name}: {fault['id']}: {fault['help']}: {where}")
        if (shift := page.evaluate("window.shifted")) > 0.001:
            faults.append(f"{name}: the layout shifted by {shift}")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > size["width"]:
            faults.append(f"{name}: {width} pixels wide")
    context.close()
    assert not faults, "\n".join(faults)


def test_no_word_is_too_long(phone: Page, served: Served) -> None:
    long = "Donaudampfschifffahrt" * 8
    marked = f"[s1:[p1:{long} Roe]] [c1:said] [q1:“{long}”], and [p2:Bo {long}] went."
    record = story(marked, headline=long, url=f"https://test.example/{long}", publisher=long)
    served.store.put(record)
    person = served.store.rows("SELECT address FROM name WHERE written LIKE '%Roe'")[0][0]
    pages = ("/stories", f"/stories/{record.document.id}", "/people", f"/people/{person}", "/speakers", "/review")
    for address in pages:
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") == NARROW["width"], address


#: What differs between sizes and colours; all rules are asked once.
SOME_RULES = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
AXE_RUN = (
    """rules => axe.run(rules.length ? {runOnly: {type: 'rule', values: rules}} : {}).then(found => found.violations)"""
)

SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted += each.value;
}).observe({ type: 'layout-shift', buffered: true });"""
