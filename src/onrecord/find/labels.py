"""What the model's heads can say: tag inventories, sizes of vectors, and the order of both in one row of output.

Shared by run time and training, so that weights and code cannot disagree: whoever changes anything here raises
`PROTOCOL`. Holds no scores and decodes nothing.
"""

from __future__ import annotations

from typing import Final

#: Raised with every change of inputs or outputs; weights of another protocol are refused.
PROTOCOL: Final = 1

NAME_KINDS: Final = ("person", "organisation", "place", "group", "facility", "product", "event", "other")
TIME_KINDS: Final = ("date", "time", "duration", "set")
#: Kinds of (nested) mention, in the order of the vectors "kind_start" and "kind_end".
MENTION_KINDS: Final = ("person", "organisation", "place", "event", "time", "other")

OUTSIDE: Final = "O"


def bio(*kinds: str) -> tuple[str, ...]:
    """The tags of a head: O first, then B and I of each kind."""
    return (OUTSIDE, *(f"{prefix}-{kind}" for kind in kinds for prefix in "BI"))


#: Head -> its tags, in the order of the columns of `Scores.tags[head]`.
TAGS: Final[dict[str, tuple[str, ...]]] = {
    "source": bio("source"),
    "cue": bio("cue"),
    "content": bio("content"),
    "name": bio(*NAME_KINDS),
    "time": bio(*TIME_KINDS),
}

#: Vector -> its number of columns in `Scores.vectors[name]`; `Scores` says how each pair is used.
VECTORS: Final[dict[str, int]] = {
    "link": 48,
    "head": 48,
    "mention_start": 32,
    "mention_end": 32,
    "kind_start": len(MENTION_KINDS),
    "kind_end": len(MENTION_KINDS),
    "anaphor_start": 48,
    "anaphor_end": 48,
    "antecedent_start": 48,
    "antecedent_end": 48,
}


def columns() -> dict[str, slice]:
    """Where each head and vector stands in one row of the model's output."""
    widths = {**{head: len(tags) for head, tags in TAGS.items()}, **VECTORS}
    ends: dict[str, slice] = {}
    start = 0
    for name, width in widths.items():
        ends[name] = slice(start, start + width)
        start += width
    return ends


#: Number of columns of one row of the model's output.
WIDTH: Final = sum(len(tags) for tags in TAGS.values()) + sum(VECTORS.values())
