"""Marks cut the text into runs; whatever overlaps, the runs are the text."""

from hypothesis import HealthCheck, given, settings

from onrecord.record import Block, Document, Origin, Record, Source, Span, Statement
from onrecord.show.web.marks import Run, paragraphs
from reader_stories import HARBOUR, RIVER, story
from records import records


def runs(record: Record) -> list[Run]:
    return [run for paragraph in paragraphs(record) for run in paragraph.runs]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_laws_of_runs(record: Record) -> None:
    numbered = list(enumerate(record.statements, start=1))
    text, at = record.document.text, 0
    opened: list[int] = []
    for run in runs(record):
        assert run.span.start >= at
        assert not text[at : run.span.start].strip(), "only blank space lies between runs"
        assert run.text == text[run.span.start : run.span.end], "a run is the text, verbatim"
        at = run.span.end
        covering = {number for number, each in numbered if any(span.covers(run.span) for span in each.content)}
        touching = {number for number, each in numbered if any(span.overlaps(run.span) for span in each.content)}
        assert set(run.statements) == covering == touching, "no border of a statement crosses a run"
        opened += run.opens
    assert not text[at:].strip()
    assert len(opened) == len(set(opened))


def test_nested_statements_are_listed_outermost_first() -> None:
    nested = [run for run in runs(story(RIVER)) if len(run.statements) > 1]
    assert {run.statements for run in nested} == {(3, 4)}
    assert "".join(run.text for run in nested) == "the dam was “about to go”"


def test_names_sources_and_cues_are_marked() -> None:
    by_text = {run.text: run for run in runs(story(HARBOUR))}
    assert by_text["Ann Mayor"].mention == "person"
    assert by_text["Ann Mayor"].sources == (1,)
    assert by_text["said"].cues == (1,)
    assert by_text["the water board"].mention == "organisation"


def test_statements_that_overlap_without_nesting() -> None:
    document = Document("abcdefghij", Source("0" * 64, "test"), (Block(Span(0, 10), "paragraph"),))
    statements = tuple(
        Statement(f"{document.id}:statement:{s.start}-{s.end}", (s,), "direct", "said", "none", Origin("test", "1"))
        for s in (Span(0, 6), Span(4, 10))
    )
    found = runs(Record(document, statements=statements))
    assert [(run.text, set(run.statements)) for run in found] == [("abcd", {1}), ("ef", {1, 2}), ("ghij", {2})]
