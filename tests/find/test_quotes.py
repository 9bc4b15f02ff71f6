import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import document_of, draw
from onrecord.find.quotes import find_quotes

FINDS = {
    "curly": "[q:“We will go,”] he said.",
    "straight": '[q:"We will go,"] he said. [q:"Soon."]',
    "doubled singles": "[q:''We will go,''] he said.",
    "backticks": "[q:``We will go,''] he said.",
    "low-9": "He said: [q:„We will go“].",
    "low-9 with a right closer": "He said: [q:„We will go”].",
    "guillemets": "[q:« We will go », ] he said.".replace(", ]", "],"),
    "inward guillemets": "[q:»We will go«], he said.",
    "British singles": "[q:'We will go,'] he said.",
    "British curly singles": "[q:‘We don’t know the workers’ names,’] he said.",
    "apostrophes inside": "[q:'I don't know what the '90s were for O'Neill,'] he said.",
    "plural possessive then closer": "[q:'The workers' union won't wait,'] she said.",
    "word that ends in s": "He is one of the [q:'bosses'] of the trade.",
    "double in single": "[q:'He told me [q:\"go\"] and I went,'] she said.",
    "single in double": "[q:“He told me [q:‘go’] and I went,”] she said.",
    "single in straight double": "[q:\"He told me [q:'go home'],\"] she said.",
    "same glyphs nested": "[q:“He told me [q:“go”] and I went,”] she said.",
    "two in a row": "[q:“Yes,”] he said. [q:“No,”] said she.",
    "opener turned wrong": "[q:”We will go,”] he said.",
    "closer turned wrong": "[q:“We will go,“] he said.",
    "curly opened, straight closed": '[q:“We will go,"] he said.',
    "straight opened, curly closed": '[q:"We will go,”] he said.',
    "after a dash": "He said—[q:“We will go”]—and went.",
    "straight after a dash": 'He said—[q:"We will go"]—and went.',
    "in brackets": 'The plan ([q:"a disaster"]) failed.',
    "paragraphs with a closer only at the end": "[q:“We will go.]\n\n[q:“We will stay.”]",
    "three paragraphs, straight": '[q:"One.]\n\n[q:"Two.]\n\n[q:"Three,"] he said.',
    "British, paragraphs": "[q:‘We will go.]\n\n[q:‘We don’t stay.’]",
    "second quote of a paragraph runs on": "[q:“A,”] he said. [q:“B.]\n\n[q:“C.”]",
    "closer missing at the end": "[q:“We will go.]\n\nHe left.",
    "opener missing": "He left. [q:We will go,”] he said.",
    "closer missing before the next": "[q:“We will go, he said. ][q:“We will stay.”]",
    "closing straight after a number": 'He said [q:"we won 6 to 3"].',
}

LEAVES_ALONE = {
    "apostrophes": "It's the workers' day, and the bosses' too, in '98; rock 'n' roll, 'em and 'tis.",
    "curly apostrophes": "It’s the workers’ day in ’98, ’cause they’re O’Neill’s.",
    "inches": "He is 6'2\" tall.",
    "measure of a screen": 'A 27" screen.',
    "no marks": "Nothing is quoted here.",
}


@pytest.mark.parametrize("marked", FINDS.values(), ids=FINDS.keys())
def test_finds(marked: str) -> None:
    drawn = draw(marked)
    found = find_quotes(drawn.document)
    assert [drawn.words(quote.span) for quote in found] == [drawn.words(span) for span in drawn.labelled("q")]


@pytest.mark.parametrize("text", LEAVES_ALONE.values(), ids=LEAVES_ALONE.keys())
def test_leaves_alone(text: str) -> None:
    assert find_quotes(document_of(text)) == ()


def test_paragraphs_of_one_quote_are_marked_as_one() -> None:
    quotes = find_quotes(document_of("“One.\n\n“Two.\n\n“Three,” he said.\n\n“Four.”"))
    assert [(quote.continues, quote.closed, quote.sure) for quote in quotes] == [
        (False, False, True),
        (True, False, True),
        (True, True, True),
        (False, True, True),
    ]


def test_guessed_regions_say_so() -> None:
    quotes = find_quotes(document_of("“We will go.\n\nHe left. We stay,” she said."))
    assert [quote.sure for quote in quotes] == [False, False]


def test_depth() -> None:
    quotes = find_quotes(document_of("“He said ‘go to “Pahonia” now’ and I went.”"))
    assert [quote.depth for quote in quotes] == [1, 2, 3]


@given(st.text(alphabet="ab .,\n“”\"'‘’«»„``S5—", max_size=120))
def test_any_typography_gives_spans_in_the_text(text: str) -> None:
    document = document_of(text)
    for quote in find_quotes(document):
        assert quote.span.covers(quote.inner)
        assert any(block.span.covers(quote.span) for block in document.blocks)
        assert quote.depth >= 1


@pytest.mark.parametrize("pattern", ["“", "”", '"a ', "'a ", "a' ", "‘a “b ", "''"])
def test_time_is_linear(pattern: str) -> None:
    def seconds(repeats: int) -> float:
        document = document_of(pattern * repeats)
        start = time.process_time()
        find_quotes(document)
        return time.process_time() - start

    seconds(100)
    assert min(seconds(8_000) for _ in range(3)) < 12 * max(seconds(2_000), 0.02)
