"""Names that may be one person's are proposed with scores that say how sure that is."""

import pytest

from onrecord.keep.clusters import JOINS
from onrecord.resolve.people import Named, propose


def scores(*names: tuple[str, int]) -> dict[frozenset[str], float]:
    rows = [Named(id_, name, stories) for id_, (name, stories) in enumerate(names, 1)]
    found = propose(rows, lambda _id: frozenset())
    return {frozenset((names[each.left - 1][0], names[each.right - 1][0])): each.score for each in found}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("volodymyr zelensky", "volodymyr zelenskyy"),
        ("volodymyr zelenskiy", "vladimir zelensky"),
        ("alexander lukashenko", "aleksandr lukashenka"),
        ("president alexander lukashenko", "alexander lukashenko"),
        ("sergei lavrov", "sergey lavrov"),
        ("muhammad yunus", "mohammed yunus"),
        ("joe biden", "joe r biden"),
        ("lukashenko", "lukashenka"),
    ],
)
def test_joins(left: str, right: str) -> None:
    assert scores((left, 5), (right, 5))[frozenset((left, right))] >= JOINS


@pytest.mark.parametrize(
    ("left", "right"),
    [("hunter biden", "joe biden"), ("john smith", "jane smith"), ("vladimir putin", "volodymyr zelensky")],
)
def test_leaves_apart(left: str, right: str) -> None:
    assert scores((left, 5), (right, 5)) == {}


@pytest.mark.parametrize(
    ("left", "right"), [("a lukashenko", "alexander lukashenko"), ("alex jones", "alexander jones")]
)
def test_asks_about_initials_and_short_forms(left: str, right: str) -> None:
    assert 0.5 <= scores((left, 5), (right, 5))[frozenset((left, right))] < JOINS


def test_two_middle_names_are_two_people_and_none_is_either() -> None:
    found = scores(("george bush", 9), ("george w bush", 5), ("george h w bush", 5))
    assert all(score < JOINS for score in found.values())


def test_a_surname_goes_to_its_one_known_bearer_only() -> None:
    assert scores(("putin", 9), ("vladimir putin", 50))[frozenset(("putin", "vladimir putin"))] >= JOINS
    assert scores(("biden", 9), ("joe biden", 50), ("hunter biden", 9))[frozenset(("biden", "joe biden"))] < JOINS


def test_company_decides_between_bearers_of_a_surname() -> None:
    names = [Named(1, "biden", 5), Named(2, "joe biden", 5), Named(3, "hunter biden", 5)]
    beside = {1: frozenset({7, 8}), 2: frozenset({7, 8, 9}), 3: frozenset({10})}
    found = {each.right: each.score for each in propose(names, lambda id_: beside[id_])}
    assert found[2] > found[3]
