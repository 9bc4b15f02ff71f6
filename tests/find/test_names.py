import numpy as np
import pytest

from onrecord.find.names import find_names
from onrecord.read.segment import segment
from onrecord.record import Block, Document, Source, Span
from scores import make_scores


def test_the_same_words_are_of_one_kind_throughout_a_report() -> None:
    text = "Alibaba grew.\nAlibaba hired.\nShares of Alibaba fell."
    told = [("organisation", "Alibaba"), ("organisation", "Alibaba#2"), ("person", "Alibaba#3")]
    found = find_names(Document(text, Source("", "test")), make_scores(text, {"name": told}))
    assert [(mention.span.start, mention.kind) for mention in found] == [
        (0, "organisation"),
        (14, "organisation"),
        (39, "organisation"),
    ]


@pytest.mark.parametrize(
    ("text", "told", "names"),
    [
        ("Then Hillary Clinton left.", [("person", "Hillary"), ("person", "Clinton")], ["Hillary Clinton"]),
        ("Then George W. Bush left.", [("person", "George W"), ("person", "Bush")], ["George W. Bush"]),
        (
            "He led the Arab American Institute then.",
            [("group", "Arab"), ("group", "American"), ("organisation", "Institute")],
            ["Arab American Institute"],
        ),
        (
            "Fans of Irving Police Department wept.",
            [("place", "Irving"), ("organisation", "Police Department")],
            ["Irving Police Department"],
        ),
        ("Sen. Ann Lee (D-Mass.) left.", [("person", "Ann Lee"), ("organisation", "D-Mass")], ["Ann Lee"]),
        ("Then G.K. Lee left.", [("person", "G"), ("person", "K"), ("person", "Lee")], ["G.K. Lee"]),
        ("Then E.J. Lee Jr. left.", [("person", "E"), ("person", "J. Lee Jr")], ["E.J. Lee Jr."]),
        ("Then Paul D. Lee left.", [("person", "Lee")], ["Paul D. Lee"]),
        ("Speaker J. C. Lee left.", [("person", "Lee")], ["J. C. Lee"]),
        ("In D. Lee he saw hope.", [("person", "Lee")], ["D. Lee"]),
        ("In the U.S. Lee is read.", [("person", "Lee")], ["Lee"]),
        ("He took plan B.\nLee left.", [("person", "Lee")], ["Lee"]),
        ("Sen. Ann Lee, R-Maine, left.", [("person", "Ann Lee, R-Maine")], ["Ann Lee"]),
        ("Ann Lee, Jr., left.", [("person", "Ann Lee, Jr")], ["Ann Lee, Jr."]),
        ("Sen. Ann Lee (I-Vt.) left.", [("person", "Ann Lee (I-Vt")], ["Ann Lee"]),
        ("Then Ohio Sen. Ann Lee left.", [("person", "Ohio Sen. Ann Lee")], ["Ann Lee"]),
        ("Then Ohio Sen. Lee left.", [("person", "Ohio Sen. Lee")], ["Lee"]),
        ("Then House Speaker Ann B. Lee left.", [("person", "House Speaker Ann B. Lee")], ["Ann B. Lee"]),
        ("Then Lee campaign chairman Bo Hill left.", [("person", "Lee campaign chairman Bo Hill")], ["Bo Hill"]),
        ("Then Democrats Ann Lee left.", [("person", "Democrats Ann Lee")], ["Ann Lee"]),
        ("Then Ann Speaker Lee left.", [("person", "Ann Speaker Lee")], ["Ann Speaker Lee"]),
        ("The Wexley Times said so.", [("place", "Wexley"), ("organisation", "Times")], ["Wexley Times"]),
        ("Then Md Masud Rana left.", [("person", "Masud Rana")], ["Md Masud Rana"]),
        ("Near Bowie, Md. Ann Lee left.", [("person", "Ann Lee")], ["Ann Lee"]),
        ("Then Sen. Ann Lee (D-N.C.) left.", [("person", "Lee")], ["Ann Lee"]),
        ("Then Lt. Gov. Lee left.", [("person", "Lee")], ["Lee"]),
        ("Then Quill magazine said so.", [("organisation", "Quill magazine")], ["Quill"]),
        (
            "Then conservative Club for Harbours left.",
            [("organisation", "conservative Club for Harbours")],
            ["Club for Harbours"],
        ),
        ("Then wexol News left.", [("organisation", "wexol News")], ["wexol News"]),
        (
            "The Center for Tides at the smaller Quill Fund left.",
            [("organisation", "Center for Tides at the smaller Quill Fund")],
            ["Center for Tides"],
        ),
        ("The G 20 met.", [("organisation", "G")], ["G 20"]),
        ("The G 2000 sold.", [("organisation", "G")], ["G"]),
        ("In Paris Ann Lee left.", [("place", "Paris"), ("person", "Ann Lee")], ["Paris", "Ann Lee"]),
        ("Then U.S. Army General Ann Lee left.", [("person", "U.S. Army General Ann Lee")], ["Ann Lee"]),
        ("Then FCO Minister Ann Lee left.", [("person", "FCO Minister Ann Lee")], ["Ann Lee"]),
        ("Then Datuk Seri Osman Rais left.", [("person", "Datuk Seri Osman Rais")], ["Osman Rais"]),
        ("Then Tan Wei Lee left.", [("person", "Tan Wei Lee")], ["Tan Wei Lee"]),
        ("Then AB de Vries left.", [("person", "AB de Vries")], ["AB de Vries"]),
        ("Then Secretary An- Ann Lee left.", [("person", "An- Ann Lee")], ["Ann Lee"]),
        ("Ann Lee-Orlan left.", [("person", "Ann Lee-Orlan")], ["Ann Lee-Orlan"]),
        ("Here is Ann Williams-on a tape.", [("person", "Ann Williams")], ["Ann Williams"]),
        ("Here is Kuan Bak-on today.", [("person", "Kuan Bak")], ["Kuan Bak-on"]),
        (
            "Then U.S. Secretary of State Ann Lee left.",
            [("person", "U.S. Secretary"), ("person", "Ann Lee")],
            ["Ann Lee"],
        ),
    ],
)
def test_a_name_tagged_in_parts_is_one(text: str, told: list[tuple[str, str]], names: list[str]) -> None:
    document = Document(text, Source("", "test"), sentences=segment(text, (Block(Span(0, len(text)), "paragraph"),)))
    assert [document.words(each.span) for each in find_names(document, make_scores(text, {"name": told}))] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then Mr. Frost left.", ["Frost"]),
        ("Then Mrs. Frost’s car left.", ["Frost"]),
        ("Then Sen. Hope Marsh of Norland left.", ["Hope Marsh"]),
        ("Then Gov. Hope J. Marsh left.", ["Hope J. Marsh"]),
        ("Then Ms. Frost left. Later Frost slept.", ["Frost", "Frost"]),
        ("They met Mr. Frost Monday.", ["Frost"]),
        ("Mr. Frost Goes Home Again", ["Frost"]),
        ("The sen. left. Then Rep Marsh left.", []),
    ],
)
def test_behind_a_title_stands_a_name_whatever_the_tags_say(text: str, names: list[str]) -> None:
    document = Document(text, Source("", "test"))
    assert [document.words(each.span) for each in find_names(document, make_scores(text))] == names


def test_the_place_of_an_office_is_no_person() -> None:
    text = "Virginia Sen. Ann Lee left. Virginia Wood stayed."
    told = [("person", "Virginia"), ("person", "Ann Lee"), ("person", "Virginia Wood")]
    found = find_names(Document(text, Source("", "test")), make_scores(text, {"name": told}))
    assert [each.kind for each in found] == ["place", "person", "person"]


def test_a_company_called_general_is_no_officer() -> None:
    text = "General Motors shut. General Ann Lee left. The firm General Electric grew."
    told = [("person", "General Motors"), ("person", "General Ann Lee"), ("person", "Electric")]
    document = Document(text, Source("", "test"))
    found = find_names(document, make_scores(text, {"name": told}))
    assert [(document.words(each.span), each.kind) for each in found] == [
        ("General Motors", "organisation"),
        ("Ann Lee", "person"),
        ("General Electric", "organisation"),
    ]


def test_a_storm_is_no_person() -> None:
    text = "Then Cyclone Larry came. Ann Lee left."
    told = [("person", "Larry"), ("person", "Ann Lee")]
    found = find_names(Document(text, Source("", "test")), make_scores(text, {"name": told}))
    assert [each.kind for each in found] == ["other", "person"]


@pytest.mark.parametrize(("other", "names"), [("subcontractors", []), ("contractors", ["Subcontractors"])])
def test_what_the_report_has_in_small_letters_is_a_name_only_if_it_is_sure(other: str, names: list[str]) -> None:
    text = f"It paid Subcontractors. Other {other} left."
    scores = make_scores(text)
    scores.tags["name"][2] = np.log(np.array([0.35, 1e-3, 1e-3, 0.64, *[1e-3] * 13], dtype=np.float32))
    found = find_names(Document(text, Source("", "test")), scores)
    assert [text[each.span.start : each.span.end] for each in found] == names


def test_initials_and_a_word_are_a_name_where_the_tags_see_one_in_pieces() -> None:
    text = "Thanks, K.C. Maurer! The U.S. Senate left."
    scores = make_scores(text)
    inside = (scores.words[:, 0] >= text.index("K")) & (scores.words[:, 1] <= text.index("!"))
    scores.tags["name"][inside] = np.log(np.array([0.3, *[0.35 / 2] * 4, *[0.0001] * 12], dtype=np.float32))
    found = find_names(Document(text, Source("", "test")), scores)
    assert [text[each.span.start : each.span.end] for each in found] == ["K.C. Maurer"]


def test_what_is_a_company_once_is_no_person_elsewhere() -> None:
    text = "Wexley Co. grew. Then Wexley fell. Orlan Inc. met Ann Orlan. Then Orlan left. Tyne Energy grew. Tyne fell."
    told = [("organisation", "Wexley Co"), ("person", "Wexley#2"), ("organisation", "Orlan Inc")]
    told += [("person", "Ann Orlan"), ("person", "Orlan#3"), ("organisation", "Tyne Energy"), ("person", "Tyne#2")]
    found = find_names(Document(text, Source("", "test")), make_scores(text, {"name": told}))
    kinds = ["organisation", "organisation", "organisation", "person", "person", "organisation", "organisation"]
    assert [mention.kind for mention in found] == kinds
