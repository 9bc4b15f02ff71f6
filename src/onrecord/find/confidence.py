"""How likely a statement is to be right, told from its shape: a logistic regression over a few plain features.

Looks at what was found, not at who said it. The weights are learned by `python -m training.confidence`, and measured by
`python -m benchmarks.calibration_statements`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from onrecord.find.attributions import Attribution, size
from onrecord.find.cues import SURE, VERBS
from onrecord.record import Document, StatementKind

#: Learned on PolNeAR's dev part: whether a statement's content is the annotators', at an overlap of 0.8 both ways.
WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "according to": -0.91,
        "apart from cue": -0.05,
        "bias": -0.38,
        "clause": 0.28,
        "clause before cue": 0.20,
        "direct": 0.50,
        "few words": -0.06,
        "indirect": -0.46,
        "introduced": -0.03,
        "length": 0.09,
        "long cue": 0.37,
        "long source": 0.92,
        "loose quote": -0.95,
        "mixed": -0.42,
        "no cue": -0.74,
        "no source": 0.13,
        "pieces": -1.32,
        "pronoun": 0.11,
        "quote after cue": -1.76,
        "quote before cue": -0.92,
        "runs on": -0.77,
        "score": 0.68,
        "source apart": 0.13,
        "strange cue": -0.11,
        "sure cue": 0.23,
        "turn": 0.00,
    }
)
#: A statement less likely than this is not claimed. On PolNeAR dev, by cross-fitting, that takes 10 of 440 wrong claims
#: and 4 of 1,418 right ones; 0.35 would take 54 and 25, which gains as much precision as it costs recall.
LEAST_LIKELY: Final = 0.2
#: PolNeAR counts more thoughts, and its spans are harder to hit: shift and scale of the logit, from gold development,
#: drawn to 0 and 1.
SHIFT: Final = 0.78
SCALE: Final = 1.69

_INTRODUCED: Final = re.compile(r"(?:that|to|whether|if|how|as|of|for)\b")
_CLAUSE: Final = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|can|could|should|may|might|do|does|did)\b|n[’']t\b"
)
_PRONOUN: Final = re.compile(r"(?:he|she|they|it|we|i|who)$", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
_SHAPES: Final = frozenset(
    (
        "quote before cue",
        "quote after cue",
        "clause before cue",
        "clause after cue",
        "according to",
        "sourceless",
        "loose quote",
    )
)
_LEAST, _MOST = 0.02, 0.98


def likelihood(one: Attribution, kind: StatementKind, document: Document) -> float:
    """The probability that an annotator of PolNeAR drew the same."""
    told = features(one, kind, document)
    return _share(sum(WEIGHTS.get(name, 0.0) * value for name, value in told.items()))


def calibrated(likelihood: float) -> float:
    """The probability that a statement of this likelihood is right by the rules of gold/guidelines.md."""
    return _share(SHIFT + SCALE * _logit(likelihood))


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def features(one: Attribution, kind: StatementKind, document: Document) -> dict[str, float]:
    """Name -> value of everything that the regression weighs."""
    told: dict[str, float] = {"bias": 1.0, kind: 1.0, "score": _logit(one.score)}
    if one.turn or one.rule in _SHAPES:
        told["turn" if one.turn else one.rule] = 1.0
    told |= _of_cue(one, document)
    told |= _of_source(one, document)
    return told | _of_content(one, document)


def _logit(share: float) -> float:
    share = min(max(share, _LEAST), _MOST)
    return math.log(share / (1 - share))


def _of_cue(one: Attribution, document: Document) -> dict[str, float]:
    if one.cue is None:
        return {"no cue": 1.0}
    words = [word.lower() for word in _WORD.findall(document.words(one.cue))]
    told = {"long cue": float(len(words) > 3)}
    if not SURE.isdisjoint(words):
        told["sure cue"] = 1.0
    elif VERBS.keys().isdisjoint(words):
        told["strange cue"] = 1.0
    gap = min(min(abs(span.start - one.cue.end), abs(one.cue.start - span.end)) for span in one.content)
    return told | {"apart from cue": float(gap > 2)}


def _of_source(one: Attribution, document: Document) -> dict[str, float]:
    if one.source is None:
        return {"no source": 1.0}
    words = document.words(one.source)
    gap = 0 if one.cue is None else max(one.source.start - one.cue.end, one.cue.start - one.source.end)
    return {
        "long source": float(len(words.split()) > 12),
        "pronoun": float(bool(_PRONOUN.match(words))),
        "source apart": float(gap > 2),
    }


def _of_content(one: Attribution, document: Document) -> dict[str, float]:
    first, last = document.words(one.content[0]), one.content[-1]
    words = sum(len(document.words(span).split()) for span in one.content)
    after = document.text[last.end : last.end + 1]
    return {
        "introduced": float(bool(_INTRODUCED.match(first))),
        "clause": float(any(_CLAUSE.search(document.words(span)) for span in one.content)),
        "few words": float(words < 4),
        "length": math.log(max(size(one.content), 1)),
        "pieces": float(len(one.content) > 1),
        "runs on": float(after == " "),
    }
