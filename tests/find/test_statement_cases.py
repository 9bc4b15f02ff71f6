"""The invented reports of cases/statements.txt: every statement in them is found, and nothing else."""

import re
from pathlib import Path

import pytest

from drawn import Drawn, draw
from onrecord.find.encoder import encode
from onrecord.find.statements import find_statements
from onrecord.read import read_page
from onrecord.record import Document, Page

CASES = (Path(__file__).parent.parent / "cases" / "statements.txt").read_text(encoding="utf-8")
DRAWN = {
    name: marked.strip() + "\n"
    for name, marked in (part.split("\n", 1) for part in re.split(r"^== ", CASES, flags=re.MULTILINE)[1:])
}


def wanted(drawn: Drawn) -> list[tuple[tuple[str, ...], str]]:
    numbers = sorted({label[1:] for label, _ in drawn.spans if label[0] == "c"})
    return sorted(
        (
            tuple(str(drawn.words(span)) for span in drawn.labelled(f"c{number}")),
            next((str(drawn.words(span)) for span in drawn.labelled(f"s{number}")), ""),
        )
        for number in numbers
    )


def found(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return sorted(
        (tuple(document.words(span) for span in one.content), document.words(one.source) if one.source else "")
        for one in find_statements(document, encode(document), read=encode)
    )


def as_read(drawn: Drawn) -> Document:
    return read_page(Page(drawn.document.text.encode(), "report.txt"))[0]


@pytest.mark.parametrize("marked", DRAWN.values(), ids=DRAWN.keys())
def test_every_statement_and_nothing_else(marked: str) -> None:
    drawn = draw(marked)
    assert found(as_read(drawn)) == wanted(drawn)
