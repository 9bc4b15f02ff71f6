"""Furniture by its wording: what is labelled, and what is left alone."""

import pytest

from onrecord.read.furniture import furniture_label

FINDS = (
    ("People also read…", "related links"),
    ("Related: Council delays bridge vote", "related links"),
    ("READ MORE: Ten ways to cross a river", "related links"),
    ("Most popular", "related links"),
    ("Follow the AP’s coverage of the bridge at", "follow"),
    ("Follow us on Twitter", "follow"),
    ("Copyright 2022 The Harbour Gazette. All rights reserved.", "copyright"),
    ("© 2024 Harbour Media", "copyright"),
    ("Advertisement", "promo"),
    ("Story continues below advertisement", "promo"),
    ("Sign up for our morning newsletter", "newsletter"),
    ("Get the day’s news in your inbox", "newsletter"),
    ("Share", "share"),
    ("Click to share on Facebook", "share"),
    ("12 comments", "comments"),
    ("Comments are closed.", "comments"),
    ("We use cookies to improve your visit.", "cookie"),
    ("3 hours ago", "live stamp"),
    ("Updated at 3.15pm GMT", "live stamp"),
    ("Nov. 22, 2019 3:04 p.m. ET", "live stamp"),
    ("Follow the Wire’s coverage of bridges at https://wire.example", "follow"),
    ("___", "rule"),
    ("Email Jo Marsh at jo@gazette.example", "contact"),
)
LEAVES_ALONE = (
    "",
    "“We follow him on Twitter,” she said.",
    "More protests followed on Sunday, he said.",
    "He told her to read more books.",
    "Follow the money, said the prosecutor at the hearing.",
    "Share prices fell 3% on Monday.",
    "The council subscribed to the plan in May.",
    "“Advertisement is everything,” the mayor said.",
    "Related charges were dropped in March.",
    "Comments by the minister angered the unions.",
    "Updated figures show a rise in rents.",
)


@pytest.mark.parametrize(("line", "label"), FINDS)
def test_finds(line: str, label: str) -> None:
    assert furniture_label(line) == label


@pytest.mark.parametrize("line", LEAVES_ALONE)
def test_leaves_alone(line: str) -> None:
    assert furniture_label(line) is None


def test_a_long_paragraph_is_never_furniture() -> None:
    assert furniture_label("Advertisement " * 70) is None
