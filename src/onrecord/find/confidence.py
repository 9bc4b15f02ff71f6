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
#: "judged" is too rare there, and has the weight of "sourceless". Learned anew after the encoder of 1,448 reports, with
#: gold development or without, the weights found and claimed no better on any set.
WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "according to": -0.48,
        "apart from cue": -0.32,
        "bias": -0.07,
        "clause": 0.31,
        "clause after cue": 0.22,
        "clause before cue": 0.30,
        "direct": 0.80,
        "few words": -0.10,
        "indirect": -0.58,
        "introduced": 0.07,
        "judged": 0.67,
        "length": -0.04,
        "long cue": 0.40,
        "long source": 1.26,
        "loose quote": -1.04,
        "mixed": -0.28,
        "no cue": -0.41,
        "no source": -0.12,
        "pieces": -0.81,
        "pronoun": 0.02,
        "quote after cue": -0.66,
        "quote before cue": -0.96,
        "runs on": -0.42,
        "score": 0.71,
        "source apart": 0.36,
        "sourceless": 0.67,
        "strange cue": -0.25,
        "sure cue": 0.17,
        "turn": -0.02,
    }
)
#: A statement less likely than this is not claimed. Against 0.2, PolNeAR dev (any overlap) has a precision of .942 and
#: a recall of .804 instead of .938 and .818, gold development a precision of .907 and not .898 at the same recall.
LEAST_LIKELY: Final = 0.3
#: PolNeAR counts more thoughts, and its spans are harder to hit: shift and scale of the logit, drawn to 0 and 1, from
#: gold development and half of the pages and newswire that training held back. On the other half of these the expected
#: calibration error is .05; with gold development alone, where the rules grew, it was .07.
SHIFT: Final = 0.70
SCALE: Final = 1.28

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
        "judged",
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
