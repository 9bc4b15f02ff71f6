"""Scoring against labels: what is found, missed, invented, optional, and whose it is."""

from __future__ import annotations

import pytest
from gold.marks import read_marks
from gold.score import pair, same_name, score

from onrecord.record import Document, Entity, Mention, Origin, Record, Source, SourceType, Span, Statement

TEXT = "“It is late,” Ann Ray said. “Go home,” said Bo. They plan to leave.\n"
LABELS = """@ann person 1> Ann Ray
@bo person 1> Bo
1 direct said @ann | c “It is late,” | k said | s Ann Ray
1 direct said @bo | c “Go home,” | k said | s Bo
1 indirect thought ?group optional | c to leave | k plan | s They"""
ORIGIN = Origin("test", "1")
REPORT = read_marks("t", TEXT, LABELS)


def record(*said: tuple[str, str | None]) -> Record:
    """A record of TEXT with these contents, each with the name of its speaker."""
    document = Document(TEXT, Source("0" * 64, "test"))
    spans = {name: span_of(name) for _, name in said if name is not None}
    mentions = tuple(Mention(f"m{n}", span, "person", "name", ORIGIN) for n, span in enumerate(spans.values()))
    entities = tuple(Entity(f"e-{name}", "person", span, (f"m{n}",)) for n, (name, span) in enumerate(spans.items()))
    statements = tuple(statement(content, name) for content, name in said)
    return Record(document, mentions=mentions, entities=entities, statements=statements)


def statement(content: str, name: str | None) -> Statement:
    span = span_of(content)
    speaker = None if name is None else f"e-{name}"
    source_type: SourceType = "none" if name is None else "named person"
    return Statement(f"s-{span.start}", (span,), "direct", "said", source_type, ORIGIN, speaker=speaker)


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_everything_right() -> None:
    result = score([pair(REPORT, record(("“It is late,”", "Ann Ray"), ("“Go home,”", "Bo"), ("to leave", None)))])
    assert (result.owed, result.claimed, result.recall, result.precision) == (2, 2, 1.0, 1.0)
    assert (result.direct_speaker, result.full_name, result.wrong_speaker) == (1.0, 1.0, 0.0)


def test_missed_invented_and_misattributed() -> None:
    result = score([pair(REPORT, record(("“It is late,”", "Bo"), ("They plan", None)))])
    assert (result.recall, result.precision) == (0.5, 0.5)
    assert (result.full_name, result.wrong_speaker) == (0.0, 1.0)


def test_a_second_spelling_is_right_too() -> None:
    spelled = read_marks("t", TEXT, LABELS.replace("1 direct", "@ann also 1> Bo\n1 direct", 1))
    assert score([pair(spelled, record(("“It is late,”", "Bo")))]).full_name == 1.0


def test_an_unknown_speaker_is_not_right_and_not_wrong() -> None:
    result = score([pair(REPORT, record(("“It is late,”", None)))])
    assert (result.full_name, result.wrong_speaker) == (0.0, 0.0)


def test_half_a_content_is_not_found() -> None:
    pairing = pair(REPORT, record(("“It is", "Ann Ray")))
    assert not pairing.found
    assert score([pairing]).touched_recall == 0.5


def test_another_text_is_refused() -> None:
    other = Record(Document("Other.", Source("0" * 64, "test")))
    with pytest.raises(ValueError, match="changed the text"):
        pair(REPORT, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("The Guardian", "Guardian", True), ("ann  ray", "Ann Ray", True), ("Ray", "Ann Ray", False)],
)
def test_names_compare(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
