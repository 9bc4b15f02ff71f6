"""What can be seen of each line of a page, by name: its length and links, its box and the boxes around it, its wording.

A trait is a short name that holds of a line or does not; `story.py` weighs them. Nothing here decides anything.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .furniture import furniture_label
from .layout import Box, Layout, Run
from .tags import CHROME, CLASS_GROUPS, HEADINGS, TELLING, TEXT_BOXES

_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’'»)\]]*$")
_QUOTE = re.compile(r"[\"“”«»]")
_DIGIT_STAMP = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}:\d\d")
#: A line of prose: at least this many words, at most this share of them links.
PROSE_WORDS, PROSE_LINKED = 12, 0.34


@dataclass(slots=True)
class Scene:
    """What is known of a page before any line is judged."""

    layout: Layout
    holders: list[int]  # run -> the box that holds it among other lines
    groups: list[frozenset[str]]  # box -> groups and telling tags of the box itself
    prose: list[int]  # box -> words of prose in it and below
    linked: list[int]  # box -> words in links
    words: list[int]  # box -> words
    total: int  # words of prose in the page
    core: int  # the box that holds the most of the story, by its lines of prose
    said: list[int]  # run -> 1 when its words stood in an earlier line, 2 when they stand again in a later one
    headline: int  # run of the main heading, -1 when the page has none
    first: int  # first and last run of prose in the core
    last: int
    article_body: str  # JSON-LD's articleBody squeezed, "" when there is none
    description: str


def survey(layout: Layout, article_body: str = "", description: str = "", title: str = "") -> Scene:
    """Everything that traits of single lines are measured against."""
    groups = [_groups(box) for box in layout.boxes]
    prose, linked, words = _sums(layout)
    holders = _holders(layout)
    core = _core(layout, groups, holders)
    inside = [number for number, run in enumerate(layout.runs) if is_prose(run) and _is_in(layout, run.box, core)]
    first, last = (inside[0], inside[-1]) if inside else (0, len(layout.runs) - 1)
    total = max(1, prose[0] if prose else 0)
    return Scene(
        layout, holders, groups, prose, linked, words, total, core, _repeats(layout),
        _headline(layout, squeezed(title), first), first, last, squeezed(article_body), squeezed(description),
    )  # fmt: skip


def squeezed(text: str) -> str:
    """Text without anything but letters and digits, to compare what was typed with what was shown."""
    return "".join(filter(str.isalnum, text))


def _repeats(layout: Layout) -> list[int]:
    """Which lines of some length stand twice in the page."""
    keys = [squeezed(run.text)[:60] if run.words > 2 else "" for run in layout.runs]
    first: dict[str, int] = {}
    said = [0] * len(keys)
    for number, key in enumerate(keys):
        if key and first.setdefault(key, number) != number:
            said[number] |= 1
            said[first[key]] |= 2
    return said


def is_prose(run: Run) -> bool:
    return run.words >= PROSE_WORDS and run.linked <= PROSE_LINKED * len(run.text)


def ancestors(layout: Layout, box: int) -> Iterator[int]:
    """A box and the boxes around it, inmost first."""
    while box >= 0:
        yield box
        box = layout.boxes[box].parent


def _is_in(layout: Layout, box: int, outer: int) -> bool:
    return outer in ancestors(layout, box)


def _groups(box: Box) -> frozenset[str]:
    found = _groups_named(box.attributes)
    told = dict(box.element.items())  # `dict(attrib)` asks for each by its name, which fails at `{{x}}`
    marks = {box.tag} if box.tag in TELLING else set()
    if not told:
        return found | marks if marks else found
    if any("articlebody" in told.get(name, "").lower() for name in ("itemprop", "property")):
        marks.add("articleBody")
    hidden = "hidden" in told or told.get("aria-hidden") == "true"
    if hidden or "display:none" in told.get("style", "").replace(" ", ""):
        marks.add("hidden")
    role = told.get("role")
    if role:
        marks.add(f"role {role}" if role in _ROLES else "")
    return found | marks if marks else found


_ROLES = frozenset(("navigation", "complementary", "banner", "contentinfo", "main", "article"))


@lru_cache(maxsize=8192)
def _groups_named(attributes: str) -> frozenset[str]:
    shown = attributes[:300]
    return frozenset(name for name, pattern in CLASS_GROUPS if pattern.search(shown)) if shown != " " else frozenset()


def _sums(layout: Layout) -> tuple[list[int], list[int], list[int]]:
    count = len(layout.boxes)
    prose, linked, words = [0] * count, [0] * count, [0] * count
    for run in layout.runs:
        words[run.box] += run.words
        linked[run.box] += round(run.words * run.linked / max(1, len(run.text)))
        prose[run.box] += run.words if is_prose(run) else 0
    for box in range(count - 1, 0, -1):
        parent = layout.boxes[box].parent
        prose[parent] += prose[box]
        linked[parent] += linked[box]
        words[parent] += words[box]
    return prose, linked, words


def _holders(layout: Layout) -> list[int]:
    """For each line the box that holds it among others: around its paragraph, or its own where text stands bare.

    Some sites write each paragraph as a <div>, or as a <p> in wrappers of its own: boxes of one line of which three
    alike stand under one parent are taken for paragraphs, too."""
    lines = [0] * len(layout.boxes)
    for run in layout.runs:
        lines[run.box] += 1
    for box in range(len(lines) - 1, 0, -1):
        lines[layout.boxes[box].parent] += lines[box]
    alike = Counter(_like(box) for box, count in zip(layout.boxes, lines, strict=True) if count == 1)
    return [_holder(layout, run.box, lines, alike) for run in layout.runs]


def _like(box: Box) -> tuple[int, str, str]:
    return box.parent, box.tag, box.attributes.split(" ", 1)[0]


_MOST_WRAPPERS = 4


def _holder(layout: Layout, box: int, lines: list[int], alike: Counter[tuple[int, str, str]]) -> int:
    held = box
    while layout.boxes[held].tag in TEXT_BOXES and layout.boxes[held].parent >= 0:
        held = layout.boxes[held].parent
    for outer in _some(layout, box, _MOST_WRAPPERS):
        if lines[outer] != 1:
            break
        if alike[_like(layout.boxes[outer])] > 2:
            held = layout.boxes[outer].parent
    return max(held, 0)


def _core(layout: Layout, groups: list[frozenset[str]], holders: list[int]) -> int:
    """The box that gathers the most prose near itself: each line counts whole for the box that holds it, and less for
    each box further out (Readability's idea)."""
    scores = [0.0] * max(1, len(layout.boxes))
    for run, held in zip(layout.runs, holders, strict=True):
        if not is_prose(run):
            continue
        share = float(min(run.words, 80)) * (
            0.3 if any(groups[box] & CHROME for box in _some(layout, run.box, 4)) else 1.0
        )
        for box in _some(layout, held, 6):
            scores[box] += share
            share *= 0.55
    return max(range(len(scores)), key=scores.__getitem__)


def _some(layout: Layout, box: int, most: int) -> list[int]:
    found = []
    for outer in ancestors(layout, box):
        found.append(outer)
        if len(found) == most:
            break
    return found


def _headline(layout: Layout, title: str, first: int) -> int:
    """The heading before the story that the page's title repeats; else the last <h1> before it, or the only one."""
    named = [
        number
        for number, run in enumerate(layout.runs[: first + 1])
        if layout.boxes[run.box].tag in HEADINGS and run.words > 2 and squeezed(run.text) in title
    ]
    headings = [number for number, run in enumerate(layout.runs) if layout.boxes[run.box].tag == "h1"]
    before = named or [number for number in headings if number <= first]
    return before[-1] if before else (headings[0] if headings else -1)


_WORD_STEPS = (2, 4, 7, 11, 16, 25, 40, 70)
_SHARE_STEPS = (0.02, 0.2, 0.5, 0.9)


def step(value: float, steps: tuple[float, ...]) -> int:
    """Which of the ranges that `steps` divide a value lies in."""
    return bisect_left(steps, value)


def traits_of(scene: Scene, number: int) -> list[str]:
    """The names of all traits of one line."""
    run = scene.layout.runs[number]
    traits = ["line"]
    traits += _look(run)
    traits += _boxes(scene, run)
    traits += _surroundings(scene, number, run)
    return traits


def _look(run: Run) -> list[str]:
    text, length = run.text, max(1, len(run.text))
    linked = step(run.linked / length, _SHARE_STEPS)
    words = step(run.words, _WORD_STEPS)
    traits = [f"words {words}", f"linked {linked}", f"words {min(words, 5)} linked {linked}"]
    ends = bool(_ENDS_SENTENCE.search(text))
    traits.append(f"ends {ends} words {words}")
    if run.bold * 10 > length * 9:
        traits.append(f"bold {min(words, 5)}")
    if run.italic * 10 > length * 9:
        traits.append(f"italic {min(words, 5)}")
    if _QUOTE.search(text):
        traits.append("quote")
    if _DIGIT_STAMP.search(text) and run.words < 16:
        traits.append("date")
    if text[:1].islower():
        traits.append("lower")
    if text.isupper():
        traits.append("capitals")
    if text.endswith(":"):
        traits.append("colon")
    if text[:1] in "|•·–-—»›>":
        traits.append("bullet")
    if "," in text:
        traits.append("comma")
    label = furniture_label(text)
    if label:
        traits += ["furniture", f"furniture {label}"]
    return traits


def _boxes(scene: Scene, run: Run) -> list[str]:
    layout = scene.layout
    traits = [f"tag {layout.boxes[run.box].tag}"]
    inside_core = False
    near: set[str] = set()
    far: set[str] = set()
    for distance, box in enumerate(ancestors(layout, run.box)):
        if box == scene.core:
            inside_core = True
        if layout.boxes[box].tag in ("body", "html"):
            break
        if distance == 0:
            traits += [f"own {name}" for name in scene.groups[box]]
        elif not inside_core and distance < 12:
            near |= scene.groups[box]
        else:
            far |= scene.groups[box]
    if inside_core:
        traits.append("in core")
        traits += [f"within {name}" for name in near]
        traits += [f"around {name}" for name in far & _STORYISH]
    else:
        traits += [f"outside {name}" for name in near | far]
    return traits


_STORYISH = frozenset(("story", "article", "articleBody", "main"))


def _surroundings(scene: Scene, number: int, run: Run) -> list[str]:
    layout = scene.layout
    box = scene.holders[number]
    share = scene.prose[box] / scene.total
    traits = [f"holder share {step(share, (0.01, 0.1, 0.3, 0.6, 0.85))}"]
    if box == scene.core:
        traits.append("core holds it")
    outer = layout.boxes[box].parent
    if outer >= 0:
        traits.append(f"outer share {step(scene.prose[outer] / scene.total, (0.01, 0.1, 0.3, 0.6, 0.85))}")
    density = scene.linked[box] / max(1, scene.words[box])
    traits.append(f"holder linked {step(density, (0.05, 0.15, 0.3, 0.6))}")
    traits.append(_position(scene, number))
    if number <= scene.headline:
        traits.append("above headline")
    for name, other in (("before", number - 1), ("after", number + 1)):
        if 0 <= other < len(layout.runs):
            neighbour = layout.runs[other]
            kin = scene.holders[other] == box
            traits.append(f"{name} {'prose' if is_prose(neighbour) else 'short'} {'kin' if kin else 'other'}")
    if scene.said[number]:
        traits.append(f"said {scene.said[number]}")
    if scene.article_body and run.words > 3:
        traits.append("in JSON-LD" if squeezed(run.text) in scene.article_body else "not in JSON-LD")
    if scene.description and run.words > 5 and squeezed(run.text)[:80] in scene.description:
        traits.append("description")
    return traits


def _position(scene: Scene, number: int) -> str:
    if number < scene.first:
        return f"before story {min(3, scene.first - number)}"
    if number > scene.last:
        return f"after story {min(3, number - scene.last)}"
    return "amid story"
