"""Cells of CSV that no spreadsheet runs, and what stood in them.

A spreadsheet takes a cell that begins with one of these characters for a formula, whatever the page meant by it
(OWASP, "CSV injection"). The customary cure, an apostrophe before it, is taken off again by `plain`, without loss.
"""

from __future__ import annotations

import re

#: What makes a spreadsheet take a cell for a formula, full-width forms too; apostrophes before it are counted in, so
#: that one more can be told from those of the page.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def cell(value: object) -> object:
    """A value as a cell: text that looks like a formula gets an apostrophe before it, nothing is an empty cell, true
    and false are spelt as in JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value.replace("\0", "\ufffd")
        return f"'{text}" if _FORMULA.match(text) else text
    return "" if value is None else value


def plain(text: str) -> str:
    """The text that `cell` wrote."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
