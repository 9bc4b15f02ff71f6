"""Dates: what pages write, and its EDTF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.dates import day_in_url, day_without_year, edtf_of

CASES = {
    "2022-03-03T10:15:00+01:00": "2022-03-03T10:15:00+01:00",
    "2022-03-03T10:15:00.000Z": "2022-03-03T10:15:00Z",
    "2022-03-03T09:00:00-0500": "2022-03-03T09:00:00-05:00",
    "2022-03-03 12:30:00": "2022-03-03T12:30:00",
    "20220303": "2022-03-03",
    "20220303T101500Z": "2022-03-03T10:15:00Z",
    "2022": "2022",
    "2022-03": "2022-03",
    "1574121884": "2019-11-19T00:04:44Z",
    "1574121884000": "2019-11-19T00:04:44Z",
    "Thu, 03 Mar 2022 10:15:00 GMT": "2022-03-03T10:15:00Z",
    "Published 10:15 a.m. EST March 3, 2022": "2022-03-03T10:15:00-05:00",
    "Updated 3rd March 2022, 14:05 BST": "2022-03-03T14:05:00+01:00",
    "Nov. 18, 2019 7:58 PM ET": "2019-11-18T19:58:00",
    "12:05 a.m., Sept. 3 2020": "2020-09-03T00:05:00",
    "13/04/2022": "2022-04-13",
    "04/13/2022": "2022-04-13",
    "04/04/2022": "2022-04-04",
    "03/04/2022": None,
    "31 February 2022": None,
    "2022-13-41": None,
    "Chapter 11": None,
    "": None,
}


@pytest.mark.parametrize("words", CASES)
def test_reads_dates(words: str) -> None:
    assert edtf_of(words) == CASES[words]


def test_days_without_a_year_stay_without_one() -> None:
    assert day_without_year("March 3") == "XXXX-03-03"
    assert day_without_year("3 March") == "XXXX-03-03"
    assert day_without_year("Marching 3") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2019/nov/18/x", "2019-11-18"),
        ("https://a.example/2019/11/18/x", "2019-11-18"),
        ("https://a.example/news/2019-11-18-x", "2019-11-18"),
        ("https://a.example/2019/99/18/x", None),
        ("https://a.example/12019/11/18", None),
    ],
)
def test_days_in_urls(url: str, day: str | None) -> None:
    assert day_in_url(url) == day


@given(st.text(max_size=300) | st.from_regex(r"[0-9/:. -]{1,40}(am|pm|GMT|Mar|May)?[0-9 ]*"))
def test_no_words_crash_it(words: str) -> None:
    found = edtf_of(words)
    assert found is None or found[:2] in ("19", "20") or found[:4].isdigit()
