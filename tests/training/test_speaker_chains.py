"""Labelled speakers as chains of mentions, on a made-up report."""

from gold.marks import read_marks
from training.annotated import Annotated
from training.speaker_chains import with_speaker_chains

TEXT = """Dam row
Ruth Akello, who built it, said it will hold. Akello lives there.
She denied a leak. An engineer, one of many, said it leaks. He left, she said."""
MARKS = """@akello person 2> Ruth Akello
2 indirect said @akello | c it will hold | k said | s Ruth Akello, who built it
3 indirect denied @akello | c a leak | k denied | s She
3 indirect said ?person | c it leaks | k said | s An engineer, one of many
3 indirect said @akello | c He left | k said | s she
"""
#: A name of the part whose speakers may be learned from.
NAME = "dam-1"


def learned(document: Annotated) -> list[tuple[str, int | None]]:
    report = read_marks(NAME, TEXT, MARKS)
    (found,) = with_speaker_chains([document], [report])
    return [(TEXT[start:end], chain) for start, end, _, chain in found.mentions or ()]


def test_names_and_sources_of_one_speaker_are_a_chain_and_the_nameless_stand_alone() -> None:
    assert learned(Annotated("some", NAME, "train", TEXT)) == [
        ("Ruth Akello", 0),
        ("Akello", 0),
        ("She", 0),
        ("An engineer", None),
        ("she", 0),
    ]


def test_what_is_held_back_or_has_mentions_learns_nothing() -> None:
    assert learned(Annotated("some", NAME, "dev", TEXT)) == []
    assert learned(Annotated("some", NAME, "train", TEXT, mentions=())) == []
