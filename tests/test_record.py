"""The nouns refuse the impossible, and their ids are addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Document, Entity, Mention, Origin, Record, Source, Span, address, envelope, parse_address

SOURCE = Source(sha256="0" * 64, reader="test 1")
ORIGIN = Origin("test", "1", 0.5)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2)])
def test_a_span_is_never_empty_or_negative(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_an_id_is_an_address(start: int, length: int) -> None:
    span = Span(start, start + length)
    assert parse_address(address("ab12", "statement", span)) == ("ab12", "statement", span)


@pytest.mark.parametrize("text", ["", "a:b", "a:b:c", "a:b:3-1", "a:b:1-2-3"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        parse_address(text)


def test_the_id_of_a_document_is_that_of_its_text() -> None:
    assert Document("Text.", SOURCE).id == Document("Text.", Source(sha256="1" * 64, reader="other")).id
    assert Document("Text.", SOURCE).id != Document("Text", SOURCE).id


def test_a_sentence_lies_in_the_text() -> None:
    with pytest.raises(ValueError, match="outside"):
        Document("short", SOURCE, sentences=(Span(0, 6),))


def test_findings_name_each_other_by_ids_that_exist() -> None:
    document = Document("Ales fled.", SOURCE)
    mention = Mention(address(document.id, "mention", Span(0, 4)), Span(0, 4), "person", "name", ORIGIN)
    entity = Entity(address(document.id, "entity", Span(0, 4)), "person", Span(0, 4), (mention.id,))
    assert Record(document, mentions=(mention,), entities=(entity,)).entities == (entity,)
    with pytest.raises(ValueError, match="nothing in the record"):
        Record(document, entities=(entity,))
    with pytest.raises(ValueError, match="same id"):
        Record(document, mentions=(mention, mention))


def test_the_envelope_covers_all_spans() -> None:
    assert envelope([Span(5, 7), Span(1, 2)]) == Span(1, 7)
    with pytest.raises(ValueError, match="no spans"):
        envelope([])
