import pytest

from onrecord.find.lost_names import Found, repeated, seen_people, titled
from onrecord.read.segment import segment
from onrecord.record import Block, BlockKind, Document, Source, Span
from scores import make_scores


def _document(text: str, kind: BlockKind = "paragraph") -> Document:
    block = Block(Span(0, len(text)), kind)
    return Document(text, Source("", "test"), blocks=(block,), sentences=segment(text, (block,)))


def _found(text: str, words: str, kind: str, score: float) -> Found:
    start = text.index(words)
    return Found(Span(start, start + len(words)), kind, score)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "seen", "names"),
    [
        ("Then Representative Ann Lee, Democrat of Norland, left.", "Representative Ann Lee, Democrat", ["Ann Lee"]),
        ("Then G.K. Lee of Norland left.", "G.K. Lee", ["G.K. Lee"]),
        ("Then NBC Chairman G.K. Lee left.", "NBC Chairman G.K. Lee", ["G.K. Lee"]),
        ("Then Mr. Lee left.", "Mr. Lee", []),
        ("Then the U.S. Secretary of State left.", "U.S. Secretary", []),
    ],
)
def test_people_whom_only_the_tags_see(text: str, seen: str, names: list[str]) -> None:
    document, scores = _document(text), make_scores(text, {"name": [("person", seen)]})
    assert [document.words(each.span) for each in seen_people(document, scores, ())] == names


def test_a_headline_that_is_all_capitals_shows_no_people() -> None:
    text = "Ann Lee Hammers Bank"
    scores = make_scores(text, {"name": [("person", "Ann Lee Hammers")]})
    assert list(seen_people(_document(text, "headline"), scores, ())) == []


@pytest.mark.parametrize(
    ("text", "told", "names"),
    [
        ("Orlan left. So did Ann Orlan.", "Ann Orlan", ["Orlan", "Ann Orlan"]),
        ("Orlan left. So did Senator Orlan.", "Senator Orlan", ["Orlan", "Orlan"]),
        ("Orlan left. When Orlan came, it rained.", "Orlan#2", ["Orlan", "Orlan"]),
    ],
)
def test_a_surname_elsewhere_is_whole_by_the_tags(text: str, told: str, names: list[str]) -> None:
    document, scores = _document(text), make_scores(text, {"name": [("person", told)]})
    found = repeated(document, scores, [_found(text, "Orlan", "person", 0.9)])
    assert [document.words(each.span) for each in found] == names


@pytest.mark.parametrize(("score", "names"), [(0.3, ["Nil Hedge", "Nil Hedge"]), (0.9, ["Nil Hedge", "Hedge"])])
def test_a_piece_of_a_name_is_whole_where_the_name_is_surer(score: float, names: list[str]) -> None:
    text = "It reads Nil Hedge. So Nil Hedge said."
    piece = Found(Span(27, 32), "organisation", score)
    found = repeated(_document(text), make_scores(text), [_found(text, "Nil Hedge", "organisation", 0.7), piece])
    assert [text[each.span.start : each.span.end] for each in found] == names


@pytest.mark.parametrize(
    ("text", "seen", "names"),
    [
        ("Then Mr. Bely left.", "", ["Bely"]),
        ("Then Sen. Ann Bely left.", "Ann Bely", ["Ann Bely"]),
        ("Then Gov. Bely Tuesday left.", "", ["Bely"]),
        ("Then Mr. Speaker left.", "", []),
    ],
)
def test_people_whom_their_titles_give_away(text: str, seen: str, names: list[str]) -> None:
    document, scores = _document(text), make_scores(text, {"name": [("person", seen)] if seen else []})
    assert [document.words(each.span) for each in titled(document, scores, ())] == names


@pytest.mark.parametrize(("seen", "names"), [("Ann Bely", ["Ann Bely"]), ("Ann", ["Ann"])])
def test_a_doubtful_given_name_takes_in_the_surname_that_the_tags_see(seen: str, names: list[str]) -> None:
    text = "Then Ann Bely left."
    document, scores = _document(text), make_scores(text, {"name": [("person", seen)]})
    found = repeated(document, scores, [_found(text, "Ann", "person", 0.3)])
    assert [document.words(each.span) for each in found] == names
