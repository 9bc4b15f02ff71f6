"""Mentions to entities: texts with their mentions drawn in, [words|kind] for names, <words|kind> for descriptions, and
pronouns found by their words. Uses the packaged ranker; no encoder."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Block, Document, Entity, Mention, MentionForm, MentionKind, Origin, Source, Span, address
from onrecord.resolve.coref import resolve_mentions
from onrecord.resolve.name_match import (
    is_acronym,
    marks_of_body,
    marks_of_person,
    same_organisation,
    same_person,
    same_place,
)
from onrecord.resolve.particulars import with_particulars
from onrecord.resolve.traits import PRONOUNS, traits_of

ORIGIN = Origin("test", "1")
MARK = re.compile(r"\[([^|\]]+)\|(\w+)\]|<([^|>]+)\|(\w+)>")


def drawn(marked: str) -> tuple[Document, tuple[Mention, ...]]:
    text, found = "", list[tuple[Span, MentionKind, MentionForm]]()
    at = 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        words, kind = match[1] or match[3], match[2] or match[4]
        found.append((Span(len(text), len(text) + len(words)), kind, "name" if match[1] else "nominal"))  # type: ignore[arg-type]
        text += words
        at = match.end()
    text += marked[at:]
    for match in re.finditer(r"\b\w+\b", text):
        span = Span(*match.span())
        if match[0].lower() in PRONOUNS and not any(span.overlaps(other) for other, _, _ in found):
            found.append((span, "other", "pronoun"))
    sentences = tuple(Span(*match.span()) for match in re.finditer(r"[A-Z“][^\n]*?[.”](?=\s|$)", text))
    blocks = tuple(Block(Span(*match.span()), "paragraph") for match in re.finditer(r"[^\n]+", text))
    document = Document(text, Source("0" * 64, "test"), blocks, sentences)
    ordered = sorted(found, key=lambda each: (each[0].start, -each[0].end))
    return document, tuple(
        Mention(address(document.id, "mention", span), span, kind, form, ORIGIN) for span, kind, form in ordered
    )


def people(marked: str) -> dict[str, list[str]]:
    document, mentions = drawn(marked)
    by_id = {mention.id: mention for mention in mentions}
    entities = resolve_mentions(document, mentions)
    return {
        document.words(entity.name): [document.words(by_id[id_].span) for id_ in entity.mentions]
        for entity in entities
        if entity.name is not None
    }


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Vadim Prokopiev|person] fled. He said [Prokopiev|person] was wanted.",
            {"Vadim Prokopiev": ["Vadim Prokopiev", "He", "Prokopiev"]},
        ),
        (
            "President [Barack Obama|person] spoke. [Michelle Obama|person] wept. President [Obama|person] left.",
            {"Barack Obama": ["Barack Obama", "Obama"], "Michelle Obama": ["Michelle Obama"]},
        ),
        (
            "[Omar Sallah|person] spoke for his wife [Fatou Sallah|person]. [Sallah|person] called it crazy.",
            {"Omar Sallah": ["Omar Sallah", "his", "Sallah"], "Fatou Sallah": ["Fatou Sallah"]},
        ),
        (
            "[Volodymyr Zelensky|person] spoke. [Zelenskyy|person] thanked [NATO|organisation].",
            {"Volodymyr Zelensky": ["Volodymyr Zelensky", "Zelenskyy"], "NATO": ["NATO"]},
        ),
        (
            "[John Smith|person] met [Mary Smith|person].\n\n[Mary Smith|person] sang. [Smith|person] was applauded.",
            {"John Smith": ["John Smith"], "Mary Smith": ["Mary Smith", "Mary Smith", "Smith"]},
        ),
        (
            "The [International Monetary Fund|organisation] lent. The [IMF|organisation] wants it back.",
            {"International Monetary Fund": ["International Monetary Fund", "IMF"]},
        ),
        (
            "[Angela Merkel|person] met [Vladimir Putin|person]. She was late.",
            {"Angela Merkel": ["Angela Merkel", "She"], "Vladimir Putin": ["Vladimir Putin"]},
        ),
    ],
)
def test_who_is_who(marked: str, expected: dict[str, list[str]]) -> None:
    found = people(marked)
    for name, mentions in expected.items():
        assert [each for each in found[name] if each != "it"] == mentions


def test_a_country_is_not_its_house() -> None:
    assert set(people("[Belarus|place] has a house, [Belarus House|place], abroad.")) == {"Belarus", "Belarus House"}


def test_a_pronoun_that_opens_a_paragraph_is_whom_the_last_ones_were_about() -> None:
    found = people(
        "[Alexander Lukashenko|person] rules [Belarus|place].\n\n"
        "[Vadim Prokopiev|person] fled from his police. He leads a battalion, and he is wanted.\n\n"
        "He said it would not last."
    )
    assert found["Vadim Prokopiev"][-3:] == ["He", "he", "He"]


def test_the_fullest_name_may_come_last() -> None:
    assert "Pavel Kukhta" in people("[Kukhta|person] spoke. He is [Pavel Kukhta|person].")


def test_who_is_spoken_of_in_a_quotation_does_not_speak_it() -> None:
    document, mentions = drawn(
        "[Vadim Prokopiev|person] spoke.\n\n“[Alexander Lukashenko|person] will go by force,” he said."
    )
    quotation = Span(document.text.index("“"), document.text.index("”") + 1)
    entities = resolve_mentions(document, mentions, quotations=(quotation,))
    speaker = next(mention.id for mention in mentions if document.words(mention.span) == "he")
    (found,) = [entity for entity in entities if speaker in entity.mentions]
    assert found.name is not None
    assert document.words(found.name) == "Vadim Prokopiev"


def test_a_bare_surname_is_the_father_where_father_and_son_are_named() -> None:
    document, mentions = drawn("[Ann Lee Jr.|person] met [Ann Lee|person]. [Lee|person] left.")
    found = resolve_mentions(document, mentions)
    assert sorted(len(entity.mentions) for entity in found) == [1, 2]
    assert next(len(each.mentions) for each in found if each.name and document.words(each.name).endswith("Jr.")) == 1


def test_no_mentions_no_entities() -> None:
    document, _ = drawn("Nothing here.")
    assert resolve_mentions(document, ()) == ()


def test_the_same_mentions_give_the_same_entities() -> None:
    document, mentions = drawn("[Ann Lee|person] said she knew <the mayor|person>, but he denied it.")
    assert resolve_mentions(document, mentions) == resolve_mentions(document, mentions)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("kastus kalinouski", "kalinuski", True),
        ("joe biden", "president biden", True),
        ("alexander lukashenko", "aliaksandr lukashenko", False),
        ("j. k. rowling", "joanne k. rowling", True),
        ("george bush", "laura bush", False),
        ("ali hassan", "hassan ali khan", False),
        ("robert f. kennedy jr", "kennedy", True),
        ("robert kennedy jr", "robert f. kennedy", False),
        ("kennedy jr", "robert kennedy", False),
        ("kennedy jr", "robert kennedy jr", True),
        ("henry viii", "henry", True),
        ("chuck reed", "charles reed", True),
        ("liz reed", "dick reed", False),
        ("liz reed", "betty reed", False),
    ],
)
def test_names_of_one_person(left: str, right: str, *, same: bool) -> None:
    words = [tuple(word.rstrip(".") for word in name.split()) for name in (left, right)]
    assert same_person(words[0], words[1]) is same
    assert same_person(words[1], words[0]) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("associated press", "the associated press", True),
        ("world health organization", "who", True),
        ("bank of england", "bank of ireland", False),
        ("apple inc", "apple", True),
        ("san francisco", "san francisco bay", True),
        ("russia", "belarus", False),
    ],
)
def test_names_of_one_organisation(left: str, right: str, *, same: bool) -> None:
    assert same_organisation(tuple(left.split()), tuple(right.split())) is same


WORDS = st.lists(
    st.sampled_from(
        "al el jr mr the inc kalinouski kalinuski kálinouski k. u who world health-org school ó'x -".split()
    ),
    min_size=1,
    max_size=4,
).map(tuple)


@given(WORDS, WORDS)
def test_names_of_the_same_share_a_mark(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    if same_person(left, right):
        assert marks_of_person(left) & marks_of_person(right)
    if same_organisation(left, right) or same_place(left, right):
        assert marks_of_body(left) & marks_of_body(right)


def test_an_acronym_is_made_of_initials() -> None:
    assert is_acronym("usa", ("united", "states", "of", "america"))
    assert is_acronym("cdc", ("centers", "for", "disease", "control", "and", "prevention"))
    assert is_acronym("fda", ("u.s.", "food", "and", "drug", "administration"))
    assert same_organisation(("pca",), ("peanut", "corp.", "of", "america"))
    assert not is_acronym("fd", ("food", "and", "drug", "administration"))
    assert not is_acronym("a", ("association",))
    assert not is_acronym("un", ("union",))


@pytest.mark.parametrize(
    ("marked", "head", "number", "gender"),
    [
        ("<the leader of an uprising|person> won.", "leader", "singular", ""),
        ("<several women who protested|person> left.", "women", "plural", "woman"),
        ("<a spokesman for the police|person> spoke.", "spokesman", "singular", "man"),
        ("[Mrs. May|person] left.", "may", "singular", "woman"),
        ("<the news|other> came.", "news", "singular", "thing"),
    ],
)
def test_traits(marked: str, head: str, number: str, gender: str) -> None:
    document, (mention, *_) = drawn(marked)
    traits = traits_of(document, mention)
    assert (traits.head, traits.number, traits.gender) == (head, number, gender)


def person(marked: str) -> tuple[Document, Entity]:
    document, mentions = drawn(marked)
    every = with_particulars(document, mentions, resolve_mentions(document, mentions))
    return document, next(entity for entity in every if entity.kind == "person")


@pytest.mark.parametrize(
    ("marked", "titles", "ages", "affiliations"),
    [
        (
            "[Vadim Prokopiev|person], a 50-year-old businessman who ran restaurants in [Minsk|place], fled.",
            ["businessman"],
            ["50-year-old"],
            [],
        ),
        ("[Farhan Haq|person], 45, agreed.", [], ["45"], []),
        ("Former Secretary of State [Ann Lee|person] came.", ["Former Secretary of State"], [], []),
        (
            "[Jane Doe|person], deputy head of the [Interior Ministry|organisation], came.",
            ["deputy head"],
            [],
            ["Interior Ministry"],
        ),
        ("[Jane Doe|person] leads the [Red Cross|organisation] there.", [], [], ["Red Cross"]),
        ("A 19-year-old [Ales|person] fled.", [], ["19-year-old"], []),
        ("[Ann Lee|person], 84, met [Bob Ray|person].", [], ["84"], []),
        ("Then [Ann Lee|person], who was tired, left.", [], [], []),
        (
            "Major General [Ann Lee|person], spokesman for the [Ruritanian|group] military, left.",
            ["Major General", "spokesman"],
            [],
            ["the Ruritanian military"],
        ),
        (
            "In a note, [Ruritania|place]'s Prime Minister, [Ann Lee|person] said so.",
            ["Prime Minister"],
            [],
            ["Ruritania"],
        ),
        ("[Ann Lee|person], the Secretary of State, left.", ["Secretary of State"], [], []),
        ("After meeting the president, [Ann Lee|person] left.", [], [], []),
        ("It was put off by law professor [Ann Lee|person].", ["law professor"], [], []),
        (
            "[Ann Lee|person], a former [Acme|organisation] vice president who had left, won.",
            ["former Acme vice president"],
            [],
            ["Acme"],
        ),
        ("Sir [Alan Pike|person], the minister for trade, left.", ["minister for trade"], [], []),
        ("Foreign Secretary Lord [Ames|person] left.", ["Foreign Secretary"], [], []),
        ("Dame [Ruth Hale|person] met Lord Mayor [Tom Beck|person].", [], [], []),
        ("[Ann Lee|person], secretary for health and sport, left.", ["secretary for health and sport"], [], []),
        ("[Ann Lee|person], a singer for years, left.", ["singer"], [], []),
        ("Mr. [Lee|person] of the [Red Cross|organisation] left.", [], [], ["Red Cross"]),
        ("[Ann Lee|person], a girl from the [Kurdish|group] village of [Ranya|place], left.", [], [], []),
    ],
)
def test_particulars(marked: str, titles: list[str], ages: list[str], affiliations: list[str]) -> None:
    document, found = person(marked)
    assert [document.words(span) for span in found.titles] == titles
    assert [document.words(span) for span in found.ages] == ages
    assert [document.words(span) for span in found.affiliations] == affiliations
