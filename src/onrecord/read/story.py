"""Which lines of a page are its story: two logistic models over named traits, the second correcting the first.

The first looks at each line by itself and at the boxes around it (`traits.py`); the second also at what the first made
of its neighbours and its like (`context.py`). `explain` is the debug view: every trait of a line with its weight. The
weights were learned from annotated news pages (docs/decisions/0003-page-to-story.md); no learning is done here.
"""

from __future__ import annotations

from collections.abc import Iterable

from .context import contexts
from .story_weights import FIRST, SECOND
from .traits import Scene, traits_of

#: Log-odds above which a line is of the story. Below even odds, because a lost quotation is worse than a stray line;
#: between -0.4 and 0.2 the F1 of cross-validation changes by less than .002.
THRESHOLD = -0.4
#: What a quotation mark adds to the odds: cross-validation keeps .998 of quoted spans with it and .996 without.
QUOTE_BONUS = 1.0


def story_lines(scene: Scene) -> list[bool]:
    """For each line of the page, whether it is of the story."""
    return [odds > THRESHOLD for odds in log_odds(scene)]


def log_odds(scene: Scene) -> list[float]:
    """For each line of the page, how sure the models are that it is of the story."""
    traits = [traits_of(scene, number) for number in range(len(scene.layout.runs))]
    around = contexts(scene, [_sum(FIRST, line) for line in traits])
    sums = (_sum(SECOND, line) + _sum(SECOND, context) for line, context in zip(traits, around, strict=True))
    return [odds + _bonus(run.words, line) for odds, run, line in zip(sums, scene.layout.runs, traits, strict=True)]


def explain(scene: Scene, number: int) -> list[tuple[str, float]]:
    """Every trait of a line that weighs in the second model, heaviest first."""
    traits = [traits_of(scene, line) for line in range(len(scene.layout.runs))]
    around = contexts(scene, [_sum(FIRST, line) for line in traits])
    weighed = [(trait, SECOND.get(trait, 0.0)) for trait in (*traits[number], *around[number])]
    return sorted(((trait, weight) for trait, weight in weighed if weight), key=lambda pair: (-abs(pair[1]), pair[0]))


def _sum(weights: dict[str, float], traits: Iterable[str]) -> float:
    weight_of = weights.get
    total = 0.0
    for trait in traits:
        total += weight_of(trait, 0.0)
    return total


def _bonus(words: int, traits: list[str]) -> float:
    return QUOTE_BONUS if words > 5 and "quote" in traits else 0.0
