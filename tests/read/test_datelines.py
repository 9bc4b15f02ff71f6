"""Datelines: what opens a report, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.datelines import dateline_at

FINDS = [
    ("TALLINN, Estonia (AP) — A man", "TALLINN, Estonia", None, "AP", "A man"),
    ("LONDON, March 3 (Reuters) - Shares", "LONDON", "XXXX-03-03", "Reuters", "Shares"),
    ("WASHINGTON/KYIV, March 3 (Reuters) - The", "WASHINGTON/KYIV", "XXXX-03-03", "Reuters", "The"),
    ("BEIJING, March 3 (Xinhua) -- China", "BEIJING", "XXXX-03-03", "Xinhua", "China"),
    ("(Xinhua) -- China", None, None, "Xinhua", "China"),
    ("MOSCOW. March 3 (Interfax) - The", "MOSCOW", "XXXX-03-03", "Interfax", "The"),
    ("MOSCOW, March 3. /TASS/. The", "MOSCOW", "XXXX-03-03", "TASS", "The"),
    ("(ANSA) - ROME, MAR 3 - The", "ROME", "XXXX-03-03", "ANSA", "The"),
    ("Madrid, Mar 3 (EFE).- The", "Madrid", "XXXX-03-03", "EFE", "The"),
    ("TOKYO (Kyodo) -- Japan", "TOKYO", None, "Kyodo", "Japan"),
    ("Berlin (dpa) - Germany", "Berlin", None, "dpa", "Germany"),
    ("Paris, March 3, 2022 (AFP) - “We", "Paris", "2022-03-03", "AFP", "“We"),
    ("NEW YORK, March 3, 2022 /PRNewswire/ -- Acme", "NEW YORK", "2022-03-03", "PRNewswire", "Acme"),
    ("ST. PAUL, Minn. (AP) — A", "ST. PAUL, Minn.", None, "AP", "A"),
    ("UNITED NATIONS (AP) _ One", "UNITED NATIONS", None, "AP", "One"),
    ("BISMARCK, N.D. — The", "BISMARCK, N.D.", None, None, "The"),
    ("ISLAMABAD: The army", "ISLAMABAD", None, None, "The army"),
    ("Sarajevo – The court", "Sarajevo", None, None, "The court"),
    ("PARIS, (AFP) The French", "PARIS", None, "AFP", "The French"),
]
LEAVES_ALONE = [
    "Trump – who was here – left.",
    "The deal – The one we made",
    "A well-known man – I mean it – came.",
    "Smith (AP) said he would go.",
    "WATCH: The moment it fell",
    "Update: The court met.",
    "He said: We go.",
    "Jones - a baker - left.",
    "",
    "—",
    "(CNN)",
]


@pytest.mark.parametrize(("text", "place", "date", "agency", "rest"), FINDS)
def test_finds(text: str, place: str | None, date: str | None, agency: str | None, rest: str) -> None:
    found = dateline_at(text, 0, len(text))
    assert found is not None
    assert (found.dateline.place if found.dateline else None) == place
    assert (found.dateline.date if found.dateline else None) == date
    assert found.agency == agency
    assert text[found.end :] == rest
    if found.dateline and found.dateline.span:
        assert text[found.dateline.span.start : found.dateline.span.end].startswith(found.dateline.place)


@pytest.mark.parametrize("text", LEAVES_ALONE)
def test_leaves_alone(text: str) -> None:
    assert dateline_at(text, 0, len(text)) is None


@given(st.text(max_size=200) | st.from_regex(r"[A-Z .,/()0-9—-]{1,130}"))
def test_whatever_it_finds_lies_in_the_text(text: str) -> None:
    found = dateline_at(text, 0, len(text))
    assert found is None or 0 < found.end <= len(text)
