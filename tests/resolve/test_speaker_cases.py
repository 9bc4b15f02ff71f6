"""The invented reports of cases/speakers.txt, read from page to record: who says what in each."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from onrecord.pipeline import put_on_record
from onrecord.record import Entity, Page, Record, Statement

CASES = Path(__file__).parents[1] / "cases" / "speakers.txt"
#: Measured over all cases together when they were written; a new model may find a statement less.
RIGHT, WRONG = 0.85, 0.05


class Wanted(NamedTuple):
    """The beginning of a statement's words, who says it ("" nobody), and who else may have, or has with them."""

    words: str
    speaker: str
    others: tuple[str, ...]


class Case(NamedTuple):
    """A report and what is wanted of it."""

    name: str
    text: str
    wanted: tuple[Wanted, ...]


def cases() -> Iterator[Case]:
    for part in CASES.read_text(encoding="utf-8").split("\n== ")[1:]:
        name, _, rest = part.partition("\n")
        lines = rest.strip().split("\n")
        text = "\n".join(line for line in lines if not line.startswith(">> "))
        yield Case(name, text + "\n", tuple(_wanted(line[3:]) for line in lines if line.startswith(">> ")))


def _wanted(line: str) -> Wanted:
    words, _, names = line.partition(" | ")
    if names.startswith("?"):
        return Wanted(words, "", tuple(name.strip() for name in names[1:].split(";") if name.strip()))
    speaker, _, other = names.partition(" +")
    return Wanted(words, speaker, (other,) if other else ())


@pytest.fixture(scope="module")
def answers() -> list[tuple[str, Wanted, str | None]]:
    """For each statement wanted: the case, what is wanted, and the speaker found; None where no statement begins so."""
    found = []
    for case in cases():
        record = put_on_record(Page(case.text.encode(), case.name, format="text"))
        found += [(case.name, wanted, _found(record, wanted)) for wanted in case.wanted]
    return found


def _found(record: Record, wanted: Wanted) -> str | None:
    said = [one for one in record.statements if record.document.words(one.content[0]).startswith(wanted.words)]
    return _in_full(record, said[0]) if said else None


def _in_full(record: Record, statement: Statement) -> str:
    entities = {entity.id: entity for entity in record.entities}
    others = sorted(_name(record, entities[id_]) for id_ in statement.candidates)
    speaker = _name(record, entities[statement.speaker]) if statement.speaker else ""
    return "; ".join((speaker, *(other for other in others if other != speaker)))


def _name(record: Record, entity: Entity) -> str:
    return "" if entity.name is None else record.document.words(entity.name)


def _is_right(wanted: Wanted, found: str) -> bool:
    speaker, *others = found.split("; ")
    return speaker == wanted.speaker and (not wanted.others or sorted(wanted.others) == others)


def test_most_speakers_are_right_and_few_wrong(answers: list[tuple[str, Wanted, str | None]]) -> None:
    right = [each for each in answers if each[2] is not None and _is_right(each[1], each[2])]
    wrong = [each for each in answers if each[2] is not None and each[2].split("; ")[0] not in ("", each[1].speaker)]
    missed = [each for each in answers if each not in right]
    assert len(right) / len(answers) >= RIGHT, missed
    assert len(wrong) / len(answers) <= WRONG, wrong


def test_there_are_many_shapes() -> None:
    every = list(cases())
    assert len(every) >= 40
    assert all(case.wanted and wanted.words in case.text for case in every for wanted in case.wanted)
