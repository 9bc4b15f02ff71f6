"""No figure falls silently: floors hold, rise, and go down only with a reason."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from gold import floors
from gold.load import Part
from gold.score import Score, score

NOTHING = score([])
NOW = replace(NOTHING, recall=0.9, precision=0.8, wrong_speaker=0.04)


def test_what_holds_and_what_fell() -> None:
    assert floors.fallen(NOW, {"recall": 0.9, "precision": 0.7, "wrong_speaker": 0.05}) == ()
    assert floors.fallen(NOW, {"recall": 0.91}) == ("recall is 0.9, its floor 0.91",)
    assert floors.fallen(NOW, {"wrong_speaker": 0.03}) == ("wrong_speaker is 0.04, its floor 0.03",)
    assert floors.fallen(NOTHING, {"recall": 0.1}) == ("recall is None, its floor 0.1",)


def test_floors_rise_and_never_fall() -> None:
    lifted = floors.raised(NOW, {"recall": 0.95, "wrong_speaker": 0.06})
    assert lifted == {"recall": 0.95, "precision": 0.8, "wrong_speaker": 0.04}


def test_a_reason_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.json")
    floors.write_floors({"development": {"recall": 0.9}, "scoring": {}})
    floors.write_floors({"development": {"recall": 0.8}, "scoring": {}}, {"because": "labels corrected"})
    floors.write_floors({"development": {"recall": 0.85}, "scoring": {}})
    assert floors.read_floors() == {"development": {"recall": 0.85}, "scoring": {}}
    assert json.loads(floors.FLOORS.read_text())["lowered"] == [{"because": "labels corrected"}]


@pytest.mark.slow
@pytest.mark.parametrize("part", floors.PARTS)
def test_no_figure_fell(part: Part) -> None:
    if not floors.read_floors().get(part):
        pytest.skip("no floors measured yet")
    result: Score = floors.measure(part)
    assert floors.fallen(result, floors.read_floors()[part]) == ()
