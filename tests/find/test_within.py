"""Statements inside others: which words are read once more, and what of what is seen there counts."""

from onrecord.find.attributions import Attribution
from onrecord.find.within import WITHIN, as_document, lying_within, reported_words
from onrecord.record import Document, Source, Span

TEXT = "Ann Lee said that Bob Ray expects rain on Sunday. It rained, she said.\nNobody came."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def attribution(content: str, cue: str | None = None, source: str | None = None) -> Attribution:
    return Attribution((span(content),), cue and span(cue), source and span(source), 0.9, "model")  # type: ignore[arg-type]


OUTER = attribution("that Bob Ray expects rain on Sunday", "said", "Ann Lee")


def test_only_words_that_may_report_are_read_once_more() -> None:
    contents = [*OUTER.content, span("It rained"), span("Bob Ray expects")]
    assert reported_words(contents, TEXT) == OUTER.content
    assert reported_words([], TEXT) == ()
    assert reported_words([span("Nobody came.")], TEXT) == ()


def test_a_document_of_reported_words_keeps_their_places() -> None:
    document = Document(TEXT, Source("", "test"))
    again = as_document(OUTER.content, document)
    assert again.id == document.id
    assert [document.words(block.span) for block in again.blocks] == ["that Bob Ray expects rain on Sunday"]


def test_what_lies_within_has_a_cue_or_source_and_is_new() -> None:
    inner = attribution("rain on Sunday", "expects", "Bob Ray")
    (found,) = lying_within([inner], [OUTER])
    assert (found.content, found.rule) == (inner.content, WITHIN)
    assert not list(lying_within([attribution("rain on Sunday")], [OUTER])), "nobody says it"
    assert not list(lying_within([inner], [OUTER, inner])), "known already"
    assert not list(lying_within([OUTER], [OUTER])), "all of it"
    assert not list(lying_within([attribution("It rained", "she said")], [OUTER])), "outside"
