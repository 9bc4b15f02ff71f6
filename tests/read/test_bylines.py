"""Byline and contributor lines: whom they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.bylines import byline_of, contributors_of, people_named

FINDS: list[tuple[str, tuple[str, ...], str | None]] = [
    ("By ANNA NOVAK – Associated Press", ("ANNA NOVAK",), "AP"),
    ("By Anna Novak and Jan de Vries, Reuters", ("Anna Novak", "Jan de Vries"), "Reuters"),
    ("By Anna Novak, Jan de Vries and Li Wei | AFP", ("Anna Novak", "Jan de Vries", "Li Wei"), "AFP"),
    ("BY ANNA NOVAK", ("ANNA NOVAK",), None),
    ("By Anna Novak, London", ("Anna Novak",), None),
    ("By Anna Novak in Kyiv", ("Anna Novak",), None),
    ("By Anna Novak, PA Political Editor", ("Anna Novak",), "PA"),
    ("By Anna Novak, Chief Reporter", ("Anna Novak",), None),
    ("By Anna Novak | anovak@paper.example | Staff Writer", ("Anna Novak",), None),
    ("By Martin Luther King, Jr.", ("Martin Luther King, Jr.",), None),
    ("Anna Novak, Reuters", ("Anna Novak",), "Reuters"),
    ("Anna O’Neill / AFP", ("Anna O’Neill",), "AFP"),
    ("The Associated Press", (), "AP"),
    ("By Reuters Staff", (), "Reuters"),
    ("By Staff Reporter", (), None),
    ("Words by Anna Novak, photographs by Jan Vries", ("Anna Novak",), None),
    ("Written by: Anna Novak", ("Anna Novak",), None),
]
LEAVES_ALONE = [
    "By Monday, the army had left the city and the people came back.",
    "By then it was too late for most of the people in the town.",
    "Anna Novak",
    "The court met.",
    "By no means.",
    "",
]
CONTRIBUTORS: list[tuple[str, tuple[str, ...]]] = [
    ("Jan Vries in Lviv, Ukraine contributed to this report.", ("Jan Vries",)),
    ("Associated Press writers Jan Vries in Paris and Li Wei in Skopje, North Macedonia, contributed to this report.",
     ("Jan Vries", "Li Wei")),
    ("(Reporting by Jan Vries in Paris and Li Wei; Editing by Al Roe)", ("Jan Vries", "Li Wei")),
    ("Reporting by Jan Vries; additional reporting by Li Wei; writing by Max Poe; editing by Al Roe",
     ("Jan Vries", "Li Wei", "Max Poe")),
    ("Additional reporting by Jan Vries.", ("Jan Vries",)),
    ("Jan Vries contributed reporting.", ("Jan Vries",)),
    ("Jan Vries and Li Wei contributed to this story from Berlin.", ("Jan Vries", "Li Wei")),
]  # fmt: skip
NOT_CONTRIBUTORS = [
    "Jan Vries contributed to the campaign of the mayor.",
    "He contributed $500.",
    "Reporting by the police was late, the report said.",
    "The report was written by the ministry.",
]


@pytest.mark.parametrize(("line", "people", "agency"), FINDS)
def test_finds(line: str, people: tuple[str, ...], agency: str | None) -> None:
    found = byline_of(line)
    assert found is not None
    assert (found.people, found.agency) == (people, agency)


@pytest.mark.parametrize("line", LEAVES_ALONE)
def test_leaves_alone(line: str) -> None:
    assert byline_of(line) is None


@pytest.mark.parametrize(("line", "people"), CONTRIBUTORS)
def test_finds_contributors(line: str, people: tuple[str, ...]) -> None:
    assert contributors_of(line) == people


@pytest.mark.parametrize("line", NOT_CONTRIBUTORS)
def test_leaves_others_alone(line: str) -> None:
    assert contributors_of(line) is None


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("admin", ()),
        ("Anna Novak, MD", ("Anna Novak",)),
        ("Anna Novak; Jan Vries", ("Anna Novak", "Jan Vries")),
        ("The Daily Herald", ()),
        ("Editorial Board", ()),
    ],
)
def test_author_fields(field: str, people: tuple[str, ...]) -> None:
    assert people_named(field) == people


@given(st.text(max_size=300))
def test_no_line_crashes_it(line: str) -> None:
    for name in (*people_named(line), *(contributors_of(line) or ())):
        assert name.strip()
    byline_of("By " + line)
