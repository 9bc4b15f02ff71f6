"""A report with its findings as one HTML file that anyone can open: no script, no request, nothing beside it.

Every word of the story is escaped; statements are marked, each with a note of who said it. Several stories make one
file, one below the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import IO

from onrecord.record import Block, Document, Span, Statement
from onrecord.show.export.reported import Reported

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.6 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
mark { background: none; color: inherit; border-bottom: 2px solid #b45309; }
mark.indirect { border-bottom-style: dashed; } mark.mixed { border-bottom-style: double; }
small.by { font-family: system-ui, sans-serif; opacity: .75; margin: 0 .3em; white-space: normal; }
.meta, .furniture { opacity: .75; font-family: system-ui, sans-serif; font-size: .9rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; font-family: system-ui, sans-serif; font-size: .9rem; }
td, th { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-top: 1px solid #8886; }
article + article { border-top: 3px double #888; margin-top: 3rem; padding-top: 1rem; }
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
    facts = (source.publisher, source.agency, "; ".join(source.byline), source.published, source.url)
    yield f'<article id="{escape(document.id)}">\n<h1>{escape(source.headline or "Without a headline")}</h1>\n'
    yield f'<p class="meta">{escape(" · ".join(fact for fact in facts if fact))}</p>\n'
    for block in document.blocks or (Block(Span(0, len(document.text)), "paragraph"),):
        yield _block(each, block)
    yield from _table(each)
    yield "</article>\n"


def _block(each: Reported, block: Block) -> str:
    tag = "h2" if block.kind in ("headline", "subhead") else "p"
    kind = ' class="furniture"' if block.kind in ("furniture", "byline") else ""
    return f"<{tag}{kind}>{''.join(_marked(each, block.span))}</{tag}>\n"


def _marked(each: Reported, block: Span) -> Iterator[str]:
    """The text of a block; where statements stand in one another, the outer one is marked."""
    document, at = each.record.document, block.start
    spans = sorted(
        (span.start, -span.end, number) for number, said in enumerate(each.record.statements) for span in said.content
    )
    for start, minus_end, number in spans:
        start, end = max(start, block.start), min(-minus_end, block.end)
        if start >= end or start < at:
            continue
        statement = each.record.statements[number]
        yield escape(document.text[at:start])
        yield f'<mark class="{statement.kind}" id="{escape(statement.id)}">{escape(document.text[start:end])}</mark>'
        yield f'<small class="by">{escape(_who(each, statement))}</small>'
        at = end
    yield escape(document.text[at : block.end])


def _who(each: Reported, statement: Statement) -> str:
    person = each.people.get(statement.id)
    return person[0] if person else f"unknown: {statement.unknown_because or 'no name in the text'}"


def _table(each: Reported) -> Iterator[str]:
    if not each.record.statements:
        return
    yield "<h2>Statements</h2>\n<table>\n<tr><th>Who</th><th>How</th><th>Words</th><th>Source in the text</th></tr>\n"
    for statement in each.record.statements:
        cells = (_who(each, statement), f"{statement.mode}, {statement.kind}", _words(each, statement))
        source = _at(each.record.document, statement.source)
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in (*cells, source))}</tr>\n"
    yield "</table>\n"


def _words(each: Reported, statement: Statement) -> str:
    return " … ".join(each.record.document.words(span) for span in statement.content)


def _at(document: Document, span: Span | None) -> str:
    return "" if span is None else document.words(span)
