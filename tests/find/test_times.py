"""Time expressions: where they are, and what they mean. Marks: [expression]; values are TIMEX3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.find.time_rules import RULES, Rule
from onrecord.find.time_values import Anchor, anchor_of, edtf_of
from onrecord.find.time_words import MONTHS, TELLING, WEEKDAYS, WORD_CLASSES, may_tell, tokens_of
from onrecord.find.times import expressions, find_times
from onrecord.record import Block, Document, Source, Span

SATURDAY = Anchor(2022, 4, 9)

FINDS = [
    ("They met on [Saturday].", ["2022-04-09"]),
    ("They met [last Thursday].", ["2022-04-07"]),
    ("The court will rule on [Tuesday].", ["2022-04-12"]),
    ("In power since [1994], he won again in [2020].", ["1994", "2020"]),
    ("It began in [the 19th century].", ["18"]),
    ("She arrived [yesterday] and leaves [tomorrow].", ["2022-04-08", "2022-04-10"]),
    ("Prices rose [last year] and [earlier this month].", ["2021", "2022-04"]),
    ("He was shot on [March 3], and buried on [5 March 2022].", ["2022-03-03", "2022-03-05"]),
    ("He fled on [Nov. 13].", ["2021-11-13"]),
    ("The vote is planned for [June 2024].", ["2024-06"]),
    ("They fought for [three days] and [two weeks].", ["P3D", "P2W"]),
    ("[Two years ago] he left.", ["2020"]),
    ("Sales fell in [the third quarter of 2021].", ["2021-Q3"]),
    ("Police came at [9:30 a.m. Friday].", ["2022-04-08T09:30"]),
    ("He works [every Thursday] and is paid [monthly].", ["XXXX-WXX-4", "P1M"]),
    ("It happened in [the early 1990s].", ["199"]),
    ("[Last night] shelling resumed.", ["2022-04-08TNI"]),
    ("She spoke on [2022-03-31].", ["2022-03-31"]),
    ("He was born on [31.12.1970] in Minsk.", ["1970-12-31"]),
    ("The talks lasted [more than four hours].", ["PT4H"]),
]
LEAVES_ALONE = [
    "Ales, a 19-year-old student, is 24 years old.",
    "He may march on Sun Microsystems.",
    "It cost $1999 and weighed 30 kg.",
    "She came second; the second man fled.",
    "Jan was the third to speak.",
    "About 2,000 people and 1950 soldiers stood there.",
    "A survey of 1709 schoolchildren and 1800 women ended.",
]


def marked(text: str) -> tuple[str, list[Span]]:
    plain, spans, start = "", [], 0
    for character in text:
        if character == "[":
            start = len(plain)
        elif character == "]":
            spans.append(Span(start, len(plain)))
        else:
            plain += character
    return plain, spans


@pytest.mark.parametrize(("text", "values"), FINDS)
def test_finds(text: str, values: list[str]) -> None:
    plain, spans = marked(text)
    found = list(expressions(plain, Span(0, len(plain)), SATURDAY))
    assert [plain[each.span.start : each.span.end] for each in found] == [plain[s.start : s.end] for s in spans]
    assert [each.timex for each in found] == values


@pytest.mark.parametrize("text", LEAVES_ALONE)
def test_leaves_alone(text: str) -> None:
    assert list(expressions(text, Span(0, len(text)), SATURDAY)) == []


@pytest.mark.parametrize("anchor", [None, Anchor(2022)])
def test_what_cannot_be_reckoned_stays_open(anchor: Anchor | None) -> None:
    text = "They met on Saturday, in March and last week."
    assert [each.timex for each in expressions(text, Span(0, len(text)), anchor)] == [None, None, None]


def test_a_year_is_enough_for_last_year() -> None:
    text = "It fell last year."
    assert [each.timex for each in expressions(text, Span(0, len(text)), Anchor(2022))] == ["2021"]


@pytest.mark.parametrize(
    ("timex", "kind", "edtf"),
    [
        ("2022-04-09", "date", "2022-04-09"),
        ("2022-W14", "date", "2022-04-04/2022-04-10"),
        ("2022-W14-WE", "date", "2022-04-09/2022-04-10"),
        ("2022-Q1", "date", "2022-33"),
        ("2022-SU", "date", "2022-22"),
        ("199", "date", "199X"),
        ("18", "date", "18XX"),
        ("2022-04-08T09:30", "time", "2022-04-08T09:30:00"),
        ("2022-04-08TNI", "time", "2022-04-08"),
        ("P3D", "duration", None),
        ("PAST_REF", "date", None),
        (None, "date", None),
    ],
)
def test_values_in_edtf(timex: str | None, kind: str, edtf: str | None) -> None:
    assert edtf_of(timex, kind) == edtf


@pytest.mark.parametrize(
    ("published", "anchor"),
    [
        ("2022-04-09T10:00:00+02:00", Anchor(2022, 4, 9)),
        ("2022-04", Anchor(2022, 4)),
        ("2022", Anchor(2022)),
        ("2022-02-31", None),
        ("202X", None),
        (None, None),
    ],
)
def test_the_anchor_is_what_the_page_says(published: str | None, anchor: Anchor | None) -> None:
    assert anchor_of(published) == anchor


def test_times_of_a_document_are_addressed_and_anchored() -> None:
    text = "They met on Saturday.\n\nRead our newsletter on Sunday."
    source = Source(sha256="0" * 64, reader="test", published="2022-04-09")
    blocks = (Block(Span(0, 21), "paragraph"), Block(Span(23, len(text)), "furniture"))
    (found,) = find_times(Document(text, source, blocks))
    assert found.id.endswith(":time:12-20")
    assert (found.edtf, found.anchor) == ("2022-04-09", "2022-04-09")


@given(st.text(alphabet="0123456789 /.-,:JanuaryMondyotfhelsw'’\n", max_size=200))
def test_no_text_crashes(text: str) -> None:
    if text:
        for found in expressions(text, Span(0, len(text)), SATURDAY):
            assert 0 <= found.span.start < found.span.end <= len(text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_match_of_a_rule_has_a_class_that_it_needs(rule: Rule) -> None:
    others = sorted(set("LTXFgqjJtfiaVprmewQhnzkcMWYIKCDNOUuPSHRdvxysEAbol.,/-") - rule.needs)

    @given(st.text(alphabet=[*others, *(letter for letter in others if letter in rule.pattern.pattern)]))
    def none_without(letters: str) -> None:
        assert rule.pattern.search(letters) is None

    none_without()


@given(st.text(alphabet=sorted(set("LTXFgqjJtfiaVprmewQhnzkcMWYIKCDNOUuPSHRdvxysEAbol.,/-") - TELLING)))
def test_no_rule_speaks_where_no_word_tells_of_time(letters: str) -> None:
    assert [rule.name for rule in RULES if rule.pattern.search(letters)] == []


#: Words of every class, and what tells of time by its digits or marks.
TELLING_WORDS = (
    *(word for word in WORD_CLASSES),
    *(name.title() for name in (*MONTHS, *WEEKDAYS)),
    *(
        "P.M.",
        "a.m",
        "5 o\u2019clock",
        "\u201990s",
        "3rd",
        "10:30",
        "2016-01-02",
        "Fridays",
        "NEW YEAR'S EVE",
        "the",
        "man",
    ),
)


@given(st.lists(st.sampled_from(TELLING_WORDS), max_size=4), st.sampled_from((" ", "\u2019", "-", ".", "_")))
def test_a_paragraph_is_passed_over_only_if_no_word_tells_of_time(words: list[str], mark: str) -> None:
    text = mark.join(words)
    letters = {token.letter for token in tokens_of(text, 0, len(text))}
    assert may_tell(text) or TELLING.isdisjoint(letters)


def test_a_clock_time_glued_to_a_word_is_not_passed_over() -> None:
    assert may_tell("this_a.m.")


def test_most_paragraphs_are_passed_over() -> None:
    assert not may_tell("The man, who lived on a farm, said that he saw \u201ca cat\u201d p. vii.")
