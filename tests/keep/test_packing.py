"""Records packed and unpacked: nothing is lost, in whatever order spans stand and wherever names are missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.keep.packing import packed, unpacked, unpacked_sentences
from onrecord.record import Document, Entity, Mention, Origin, Record, Source, Span

_TEXT = "A sentence. " * 5
_SPANS = st.tuples(st.integers(0, 29), st.integers(1, 30)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(sentences=st.lists(_SPANS, max_size=6), names=st.lists(st.none() | _SPANS, max_size=6))
def test_spans_come_back(sentences: list[Span], names: list[Span | None]) -> None:
    document = Document(_TEXT, Source("0" * 64, "test"), sentences=tuple(sentences))
    mentions = (Mention(f"{document.id}:mention:0-1", Span(0, 1), "person", "name", Origin("test", "1")),)
    entities = tuple(
        Entity(f"{document.id}:entity:{number}", "person", name, (mentions[0].id,)) for number, name in enumerate(names)
    )
    record = Record(document, mentions=mentions, entities=entities)
    blob = packed(record)
    assert unpacked(blob, _TEXT) == record
    assert unpacked_sentences(blob) == sentences
