"""A report with its findings as one HTML file that anyone can open: no script, no request, nothing beside it.

Every word of the story is escaped; statements are marked and numbered, and listed beside the text with who said them.
Several stories make one file, one below the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import IO

from onrecord.record import Block, Document, Span, Statement
from onrecord.show.export.reported import Reported
from onrecord.show.web.cards import KINDS
from onrecord.show.web.words import day, safe_url

_STYLE = """
:root {
  color-scheme: light dark;
  --direct: #0d6b76; --mixed: #7a3d96; --indirect: #a4520d; --soft: #5c574f; --rule: #ded8cb; --tint: #fbe7b8;
}
@media (prefers-color-scheme: dark) {
  :root { --direct: #6dc3cd; --mixed: #cda0e6; --indirect: #eba663; --soft: #aaa498; --rule: #34353a; --tint: #4a3a10; }
  body { background: #16171a; color: #e8e4db; }
  a { color: #7cc4cc; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 1.0625rem/1.65 Palatino, "Palatino Linotype", Georgia, serif; overflow-wrap: anywhere; }
main { max-width: 78rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
h1 { margin: 1.5rem 0 .3rem; font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); line-height: 1.15; }
h2 { font-size: 1.15rem; line-height: 1.35; }
.meta, .furniture, .key, aside { font-family: system-ui, sans-serif; font-size: .875rem; color: var(--soft); }
.text { max-width: 40rem; }
mark {
  background: none; color: inherit;
  text-decoration: underline 2px solid var(--direct); text-underline-offset: .24em; text-decoration-skip-ink: none;
}
mark.mixed { text-decoration: underline 2px dashed var(--mixed); }
mark.indirect { text-decoration: underline 2px dotted var(--indirect); }
mark:target, li:target { background: var(--tint); }
.pin { padding: .3em .15em; font: 600 .65em/1 system-ui, sans-serif; vertical-align: .5em; }
.pin { color: var(--soft); text-decoration: none; }
.pin::before { content: attr(data-number); }
.key mark { margin-right: .8em; }
ol { margin: 0; padding: 0; list-style: none; }
li { padding: .6rem 0; border-top: 1px solid var(--rule); }
li p { margin: .15rem 0; }
li .words { font-family: Palatino, "Palatino Linotype", Georgia, serif; font-size: 1rem; line-height: 1.5; }
li b, li .words { color: CanvasText; }
article + article { margin-top: 3rem; padding-top: 1rem; border-top: 3px double var(--rule); }
@media (min-width: 64rem) {
  article { display: grid; grid-template-columns: minmax(0, 40rem) minmax(18rem, 1fr); column-gap: 4rem; }
  article > header { grid-column: 1 / -1; }
}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_html(stories: Iterable[Reported], out: IO[str]) -> None:
    """Write stories as one HTML page."""
    out.write('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    out.write(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n')
    out.write('<meta name="viewport" content="width=device-width, initial-scale=1">\n')
    out.write(f"<title>On record</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n")
    for each in stories:
        out.write("".join(_story(each)))
    out.write("</main>\n</body>\n</html>\n")


def _story(each: Reported) -> Iterator[str]:
    document, source = each.record.document, each.record.document.source
    facts = (source.publisher, source.agency, "; ".join(source.byline), day(source.published))
    yield f'<article id="{escape(document.id)}">\n<header>\n'
    yield f"<h1>{escape(source.headline or 'Without a headline')}</h1>\n"
    yield f'<p class="meta">{escape(" · ".join(fact for fact in facts if fact))}</p>\n{_address(source.url)}'
    yield f'<p class="key">{"".join(_key(each))}</p>\n</header>\n<div class="text">\n'
    opened: set[int] = set()
    for block in document.blocks or (Block(Span(0, len(document.text)), "paragraph"),):
        yield _block(each, block, opened)
    yield "</div>\n"
    yield from _list(each, opened)
    yield "</article>\n"


def _address(url: str | None) -> str:
    """The address as a link, if following it can only open a web page."""
    if not url:
        return ""
    link = safe_url(url)
    shown = escape(url) if link is None else f'<a href="{escape(link)}" rel="noreferrer noopener">{escape(url)}</a>'
    return f'<p class="meta">{shown}</p>\n'


def _key(each: Reported) -> Iterator[str]:
    kinds = {statement.kind for statement in each.record.statements}
    yield from (f'<mark class="{kind}">{name}</mark>' for kind, name in KINDS.items() if kind in kinds)


def _block(each: Reported, block: Block, opened: set[int]) -> str:
    if block.kind == "headline" and each.record.document.words(block.span) == each.record.document.source.headline:
        return ""
    tag = "h2" if block.kind in ("headline", "subhead") else "p"
    kind = ' class="furniture"' if block.kind in ("furniture", "byline") else ""
    return f"<{tag}{kind}>{''.join(_marked(each, block.span, opened))}</{tag}>\n"


def _marked(each: Reported, block: Span, opened: set[int]) -> Iterator[str]:
    """The text of a block; where statements stand in one another, the outer one is marked. `opened` are the numbers of
    those that began before: what breaks off and goes on has its number once."""
    document, at = each.record.document, block.start
    spans = sorted(
        (span.start, -span.end, number)
        for number, said in enumerate(each.record.statements, 1)
        for span in said.content
    )
    for start, minus_end, number in spans:
        start, end = max(start, block.start), min(-minus_end, block.end)
        if start >= end or start < at:
            continue
        yield escape(document.text[at:start])
        yield _mark(each, number, document.text[start:end], is_first=number not in opened)
        opened.add(number)
        at = end
    yield escape(document.text[at : block.end])


def _mark(each: Reported, number: int, words: str, *, is_first: bool) -> str:
    statement = each.record.statements[number - 1]
    id_, who = escape(statement.id), escape(_who(each, statement))
    marked = f'title="{who}">{escape(words)}</mark>'
    if not is_first:
        return f'<mark class="{statement.kind}" {marked}'
    pin = f'<a class="pin" href="#about-{id_}" data-number="{number}" aria-label="Statement {number}: {who}"></a>'
    return f'{pin}<mark class="{statement.kind}" id="{id_}" {marked}'


def _who(each: Reported, statement: Statement) -> str:
    person = each.people.get(statement.id)
    return person[0] if person else f"unknown: {statement.unknown_because or 'no name in the text'}"


def _list(each: Reported, opened: set[int]) -> Iterator[str]:
    """Who said what; the numbers of statements that are marked lead to their words."""
    if not each.record.statements:
        return
    yield "<aside>\n<h2>Who said what</h2>\n<ol>\n"
    for number, statement in enumerate(each.record.statements, 1):
        id_, source = escape(statement.id), _at(each.record.document, statement.source)
        facts = (KINDS[statement.kind], statement.mode, f"in the text: {source}" if source else "")
        shown = f'<a href="#{id_}">{number}</a>' if number in opened else str(number)
        yield f'<li id="about-{id_}">{shown} <b>{escape(_who(each, statement))}</b>\n'
        yield f'<p class="words">{escape(_words(each, statement))}</p>\n'
        yield f"<p>{escape(' · '.join(fact for fact in facts if fact))}</p></li>\n"
    yield "</ol>\n</aside>\n"


def _words(each: Reported, statement: Statement) -> str:
    return " … ".join(each.record.document.words(span) for span in statement.content)


def _at(document: Document, span: Span | None) -> str:
    return "" if span is None else document.words(span)
