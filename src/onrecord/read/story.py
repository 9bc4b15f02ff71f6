"""Which lines of a page are its story: a logistic model over named traits.

`explain` is the debug view: every trait of a line with its weight. The weights were learned from annotated news pages
(see docs/decisions/0003-page-to-story.md); learning is not done here.
"""

from __future__ import annotations

from .story_weights import WEIGHTS
from .traits import Scene, traits_of

#: Log-odds above which a line is of the story. Below even odds, because a lost quotation is worse than a stray line.
THRESHOLD = -0.2


def log_odds(scene: Scene, number: int) -> float:
    """How sure the model is that a line is of the story."""
    return sum(WEIGHTS.get(trait, 0.0) for trait in set(traits_of(scene, number)))


def explain(scene: Scene, number: int) -> list[tuple[str, float]]:
    """Every trait of a line that has a weight, heaviest first."""
    weighed = ((trait, WEIGHTS.get(trait, 0.0)) for trait in set(traits_of(scene, number)))
    return sorted(((trait, weight) for trait, weight in weighed if weight), key=lambda pair: (-abs(pair[1]), pair[0]))


def story_lines(scene: Scene) -> list[bool]:
    """For each line of the page, whether it is of the story."""
    return [log_odds(scene, number) > THRESHOLD for number in range(len(scene.layout.runs))]
