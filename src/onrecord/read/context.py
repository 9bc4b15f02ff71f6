"""A second look at each line, once every line has a first opinion: what its neighbours and its like are thought to be.

A paragraph among paragraphs that look alike is story even where its own words do not show it; a line after the last of
them is not. Traits again, by name; `story.py` weighs them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .layout import Run
from .traits import Scene, ancestors, step

_ODDS = (-4, -2.5, -1.5, -0.7, 0, 0.7, 1.5, 2.5, 4)
_SHARES = (0.001, 0.1, 0.4, 0.75)
_BEFORE, _AFTER = (0.005, 0.2, 0.8, 0.97), (0.005, 0.03, 0.2, 0.8)
_DENSITIES = (0.1, 0.4, 0.7, 0.9)
#: The story's home is the inmost box that holds this share of the words thought to be story.
_HOME_SHARE = 0.85


@dataclass(slots=True)
class Opinion:
    """The first opinion of a whole page: for each line its odds and the words of it thought to be story; for each box
    the sums of those and of all words."""

    odds: Sequence[float]
    words: list[float]
    total: float
    holders: list[int]
    thought: list[float]
    counted: list[int]
    home: int
    likes: list[tuple[str, str, int]]
    like_words: dict[tuple[str, str, int], float]


def contexts(scene: Scene, odds: Sequence[float]) -> list[list[str]]:
    """For each line the names of what can be seen around it, given the first opinion's log-odds."""
    opinion = _opinion(scene, odds)
    before = 0.0
    traits = []
    for number in range(len(odds)):
        traits.append(_context(scene, opinion, number, before))
        before += opinion.words[number]
    return traits


def _opinion(scene: Scene, odds: Sequence[float]) -> Opinion:
    runs, boxes = scene.layout.runs, scene.layout.boxes
    words = [_story_words(run, odd) for run, odd in zip(runs, odds, strict=True)]
    holders = scene.holders
    thought, counted = [0.0] * len(boxes), [0] * len(boxes)
    for run, share in zip(runs, words, strict=True):
        thought[run.box] += share
        counted[run.box] += run.words
    for box in range(len(boxes) - 1, 0, -1):
        thought[boxes[box].parent] += thought[box]
        counted[boxes[box].parent] += counted[box]
    total = max(1.0, sum(words))
    home = max((box for box in range(len(boxes)) if thought[box] >= _HOME_SHARE * total), default=0)
    likes = [(boxes[run.box].tag, boxes[run.box].attributes, box) for run, box in zip(runs, holders, strict=True)]
    like_words: dict[tuple[str, str, int], float] = defaultdict(float)
    for like, share in zip(likes, words, strict=True):
        like_words[like] += share
    return Opinion(odds, words, total, holders, thought, counted, home, likes, like_words)


def _story_words(run: Run, odds: float) -> float:
    return max(0.0, min(1.0, (odds + 1) / 3)) * run.words * (1 - run.linked / max(1, len(run.text)))


def _context(scene: Scene, opinion: Opinion, number: int, before: float) -> list[str]:
    run = scene.layout.runs[number]
    look = f"w {step(run.words, (3, 7, 12, 25))} l {step(run.linked / max(1, len(run.text)), (0.02, 0.5, 0.9))}"
    odds = f"z {step(opinion.odds[number], _ODDS)}"
    after = opinion.total - before - opinion.words[number]
    position = f"pos {step(before / opinion.total, _BEFORE)} {step(after / opinion.total, _AFTER)}"
    edge = f"edge {'last' if before > 0.97 * opinion.total else 'first' if before < 0.01 * opinion.total else 'amid'}"
    traits = [odds, f"{odds} {look}", position, f"{edge} {look}"]
    traits += _company(opinion, number, look, run.words)
    traits += _distance(scene, opinion, run.box, position)
    traits += _neighbours(opinion, number, look)
    return traits


def _company(opinion: Opinion, number: int, look: str, words: int) -> list[str]:
    box, own = opinion.holders[number], opinion.words[number]
    share = step((opinion.thought[box] - own) / opinion.total, _SHARES)
    others = opinion.counted[box] - words
    dense = step((opinion.thought[box] - own) / others, _DENSITIES) if others > 0 else 9
    like = step((opinion.like_words[opinion.likes[number]] - own) / opinion.total, _SHARES)
    return [f"home share {share}", f"dense {dense}", f"dense {dense} {look}", f"like {like}", f"like {like} {look}"]


def _distance(scene: Scene, opinion: Opinion, box: int, position: str) -> list[str]:
    branch, distance = -1, 0
    for outer in ancestors(scene.layout, box):
        if outer == opinion.home:
            break
        branch, distance = outer, distance + 1
    else:
        return ["away from home", f"away from home {position}"]
    traits = [f"at home {min(distance, 4)}", f"at home {min(distance, 4)} {position}"]
    if branch >= 0:
        counted = opinion.counted[branch]
        dense = step(opinion.thought[branch] / max(1, counted), _DENSITIES)
        traits.append(f"branch {dense} {step(counted, (5, 20, 60, 200))}")
    return traits


def _neighbours(opinion: Opinion, number: int, look: str) -> list[str]:
    last = len(opinion.odds) - 1
    traits = []
    for name, other in (("-2", number - 2), ("-1", number - 1), ("+1", number + 1), ("+2", number + 2)):
        if 0 <= other <= last:
            thought = step(opinion.odds[other], (-2, -0.7, 0.7, 2))
            kin = "kin" if opinion.holders[other] == opinion.holders[number] else "other"
            traits += [f"next {name} {thought}", f"next {name} {thought} {kin} {look}"]
    if 0 < number < last:
        pair = step(opinion.odds[number - 1], (-1, 1)), step(opinion.odds[number + 1], (-1, 1))
        traits.append(f"between {pair[0]} {pair[1]} {look}")
    return traits
