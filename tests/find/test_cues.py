import pytest

from onrecord.find.cues import leads_in_nothing, read_cue

SENSES = {
    "denied": ("denied", False),
    "refused": ("denied", False),
    "declined": ("denied", False),
    "has repeatedly refused": ("denied", False),
    "did not deny": ("denied", True),
    "never denied": ("denied", True),
    "refused to deny": ("denied", True),
    "did not decline": ("denied", True),
    "did not say": ("said", True),
    "declined to comment": ("said", True),
    "refused to say": ("said", True),
    "failed to answer": ("said", True),
    "stopped short of promising": ("promised", True),
    "said": ("said", False),
    "shot back": ("said", False),
    "weighed in": ("said", False),
    "wanted to know": ("asked", False),
    "has ruled": ("said", False),
    "theorized": ("thought", False),
}


@pytest.mark.parametrize(("cue", "sense"), SENSES.items())
def test_the_sense_of_a_cue(cue: str, sense: tuple[str, bool]) -> None:
    read = read_cue(cue)
    assert (read.mode, read.negated) == sense


@pytest.mark.parametrize("cue", ["declined", "refused", "did not respond", "would not comment"])
def test_leads_in_nothing(cue: str) -> None:
    assert leads_in_nothing(cue)


@pytest.mark.parametrize("cue", ["said", "denied", "rejected", "according to", "noted"])
def test_leads_in_something(cue: str) -> None:
    assert not leads_in_nothing(cue)
