"""The labelled reports hold together: labels resolve, lie in their text, ids are unique, chains end in a name."""

from __future__ import annotations

import itertools
import json

import pytest
from gold.agreement import agreement, kappa
from gold.export import brat, jsonl, web_annotations
from gold.load import development_names, labelled_names, load_report, part_names, report_names, report_text, set_of
from gold.marks import MarkError, read_marks

from onrecord.record import Span, envelope

TEXT = "Mayor speaks\n\n“It is late,” Ann Ray said. “Go.” He said he said so.\n\nRay left. “Yes,” she said.\n"
ANN = "@ann person 2> Ann Ray\n"
LABELLED = [(labels, name) for labels in ("a", "b", "adjudicated") for name in labelled_names(labels)]


@pytest.mark.parametrize(("labels", "name"), LABELLED)
def test_labels_resolve_and_hold_together(labels: str, name: str) -> None:
    report = load_report(name, labels)  # type: ignore[arg-type]
    ids = [one.id for one in report.statements]
    assert len(set(ids)) == len(ids)
    contents = [one.content for one in report.statements if not one.optional]
    cues = [one.cue for one in report.statements if one.cue]
    if labels == "adjudicated":  # a single pass is kept as it was written
        assert len(set(contents)) == len(contents), "two statements with the same content"
        assert len(set(cues)) == len(cues), "one cue for two statements"
    by_id = {one.id: one for one in report.statements}
    for one in report.statements:
        spans = [*one.content, *one.chain, *(s for s in (one.cue, one.source, one.reason, one.occasion) if s)]
        assert all(span.end <= len(report.text) for span in spans)
        assert all(report.words(span) == report.words(span).strip() for span in spans)
        assert all(not one.overlaps(other) for one, other in itertools.pairwise(one.content))
        assert bool(one.speakers) == (one.unknown_because is None)
        if one.speakers:
            assert one.chain[-1] == report.entity(one.speakers[0]).name
        if one.inside is not None:
            assert any(span.covers(envelope(one.content)) for span in by_id[one.inside].content)


def test_every_label_file_is_of_a_report() -> None:
    assert {name for _, name in LABELLED} <= set(report_names())


@pytest.mark.parametrize("name", report_names())
def test_raw_texts_are_plain(name: str) -> None:
    text = report_text(name)
    assert text.endswith("\n")
    assert "\r" not in text
    assert "\x00" not in text


def test_parts_are_fixed_and_apart() -> None:
    development, scoring = part_names("development"), part_names("scoring")
    assert not set(development) & set(scoring)
    assert len([name for name in development if set_of(name) != "invented"]) == 20
    assert len([name for name in scoring if set_of(name) != "invented"]) == 40
    assert development_names(["x-a", "x-b", "x-c"]) == development_names(["x-c", "x-b", "x-a"])


def test_marks_resolve_to_the_words_meant() -> None:
    line = "2 direct said @ann | c “It ~ late,” | c “Go.” | k said | s Ann Ray"
    (one,) = read_marks("t", TEXT, ANN + line).statements
    assert [TEXT[span.start : span.end] for span in one.content] == ["“It is late,”", "“Go.”"]
    assert one.source is not None
    assert TEXT[one.source.start : one.source.end] == "Ann Ray"
    assert one.cue == Span(TEXT.index("said"), TEXT.index("said") + 4)
    assert one.chain == (one.source,)


def test_a_pronoun_is_led_to_the_name() -> None:
    (one,) = read_marks("t", TEXT, ANN + "3 direct said @ann | c “Yes,” | k said | s she").statements
    assert [TEXT[span.start : span.end] for span in one.chain] == ["she", "Ray", "Ann Ray"]


def test_a_statement_in_another_is_inside_it() -> None:
    marks = (
        ANN
        + "2 indirect said ?unclear | c he said so | k said #2 | s He\n"
        + "2 indirect said ?unclear | c so | k said #3 | s he"
    )
    outer, inner = read_marks("t", TEXT, marks).statements
    assert (outer.inside, inner.inside) == (None, outer.id)


@pytest.mark.parametrize(
    "line",
    [
        "2 direct said @ann | c “Stop.”",
        "2 direct said @bob | c “Go.”",
        "2 loud said @ann | c “Go.”",
        "2 direct said @ann",
        "2 direct said @ann | c said",
        "2 direct said @ann | c at",
        "2 direct said @ann maybe | c “Go.”",
        "2 direct said @ann | z “Go.”",
        "9 direct said @ann | c “Go.”",
    ],
)
def test_refuses_what_does_not_resolve(line: str) -> None:
    with pytest.raises(MarkError):
        read_marks("t", TEXT, ANN + line)


def test_agreement_counts_what_both_found() -> None:
    left = read_marks(
        "t", TEXT, ANN + "2 direct said @ann | c “It ~ late,” | k said | s Ann Ray\n3 direct said @ann | c “Yes,”"
    )
    right = read_marks(
        "t",
        TEXT,
        ANN + "2 direct wrote @ann | c “It ~ late,” | k said | s Ann\n2 direct said ?unclear optional | c “Go.”",
    )
    result = agreement([(left, right)])
    assert (result.left, result.right, result.pairs) == (2, 1, 1)
    assert result.content_exact == pytest.approx(2 / 3)
    assert (result.speakers, result.source_exact, result.source_overlap) == (1.0, 0.0, 1.0)
    assert kappa([("said", "said"), ("wrote", "said")]) == pytest.approx(0.0)


def test_exports_carry_the_words() -> None:
    report = read_marks("t", TEXT, ANN + "2 direct said @ann | c “It ~ late,” | c “Go.” | k said | s Ann Ray")
    (line,) = jsonl(report).splitlines()
    assert json.loads(line)["content"] == ["“It is late,”", "“Go.”"]
    assert json.loads(line)["speakers"] == ["Ann Ray"]
    assert "T1\tContent 14 27;42 47\t“It is late,” “Go.”" in brat(report).splitlines()
    (annotation,) = web_annotations(report)
    assert json.loads(json.dumps(annotation))["target"][1]["selector"][1]["exact"] == "“Go.”"
