"""No cell of CSV is a formula, and what stood in it can be had back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.show.export.quotes import KEYS, to_csv
from onrecord.show.spreadsheet import cell, plain


@pytest.mark.parametrize(
    "text", ["=1+1", "+1 555", "-2", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝1", "'=1", "''@x", "=cmd|' /C calc'!A0"]
)
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=b", "“=1”", "'quoted'", "it's", "1-2", " =1"])
def test_other_text_is_left_alone(text: str) -> None:
    assert cell(text) == text


@given(st.text(alphabet="'=+-@\t\r\n a＝", max_size=6) | st.text(max_size=10))
def test_what_stood_there_comes_back(text: str) -> None:
    assert plain(str(cell(text))) == text.replace("\0", "\ufffd")


def test_exports_write_cells_so() -> None:
    row = dict.fromkeys(KEYS) | {"page": "=HYPERLINK(1)", "score": -0.5, "content": ["=1"]}
    (written,) = csv.DictReader(io.StringIO("\r\n".join(to_csv([row])), newline=""))
    assert (written["page"], written["score"], written["content"]) == ("'=HYPERLINK(1)", "-0.5", '["=1"]')
