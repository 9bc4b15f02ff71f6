"""Lines of a page, judged, to the pieces of a document: what kind each is, and which lines make one list or table.

Decides kinds by the page's structure; what is story was decided before. Furniture inside the story's area is kept and
labelled, what lies outside (menus, footers) is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.record import BlockKind, PagePlace

from .furniture import furniture_label
from .layout import Run
from .tags import HEADINGS
from .traits import Scene, ancestors, is_prose, squeezed

_CAPTIONS = frozenset(("caption", "figcaption", "figure"))
#: What the boxes around a line make of it when its own wording does not say, in order of trust.
_LABELS = (
    ("related", "related links"),
    ("signup", "newsletter"),
    ("advert", "promo"),
    ("share", "share"),
    ("comment", "comments"),
    ("tags", "topics"),
    ("byline", "about the author"),
    ("stamp", "live stamp"),
    ("footer", "copyright"),
    ("menu", "menu"),
    ("nav", "menu"),
)


LISTS = ("ul", "ol", "dl")
#: A kind of block, and the label of furniture.
Kind = tuple[BlockKind, str | None]


#: The line that names who else worked on a report.
CONTRIBUTORS = re.compile(r"\bcontributed\s+(?:to\s+this\s+(?:report|story|article|piece)|reporting)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has offsets in a document: its text, kind, label and place in the page."""

    text: str
    kind: BlockKind
    label: str | None
    place: PagePlace | None


def pieces_of(scene: Scene, story: list[bool]) -> list[Piece]:
    """The blocks of the document, in page order."""
    kinds = _kinds(scene, story)
    pieces: list[Piece] = []
    for group in _groups(scene, kinds):
        runs = [scene.layout.runs[number] for number in group]
        kind, label = kinds[group[0]] or ("furniture", None)
        pieces.append(_piece(scene, runs, kind, label))
    return _without_repeats(pieces)


def _kinds(scene: Scene, story: list[bool]) -> list[Kind | None]:
    """For each line its kind and label, None for what stays out of the document."""
    inside = [number for number, kept in enumerate(story) if kept]
    if not inside:
        return [None] * len(story)
    first, last = inside[0], inside[-1]
    kinds = [_kind(scene, number, kept, first <= number <= last) for number, kept in enumerate(story)]
    for number in range(scene.headline + 1, first if scene.headline >= 0 else 0):
        kinds[number] = kinds[number] or _byline(scene, number) or _caption_above(scene, number)
    return _without_copies(scene, kinds)


def _byline(scene: Scene, number: int) -> Kind | None:
    """A short line between headline and story in a box that is named after authors."""
    run = scene.layout.runs[number]
    return ("byline", None) if run.words < _BYLINE_WORDS and "byline" in _around(scene, run, 3) else None


_BYLINE_WORDS = 25


def _caption_above(scene: Scene, number: int) -> Kind | None:
    """The caption of a picture between headline and story, unless it is a link or stands among what is no story."""
    run = scene.layout.runs[number]
    around = [scene.layout.boxes[box].tag for box in ancestors(scene.layout, run.box)]
    if run.words <= _CREDIT_WORDS or "figcaption" not in around or run.linked > 0.5 * len(run.text):
        return None
    outside = frozenset().union(*(scene.groups[box] for box in ancestors(scene.layout, run.box))) & _OTHER_STORIES
    return None if outside or furniture_label(run.text) else ("caption", None)


#: A caption of no more words is a bare credit or "File photo".
_CREDIT_WORDS = 3
#: Boxes whose pictures are not of this story.
_OTHER_STORIES = frozenset(("related", "nav", "footer", "aside", "advert", "comment", "hidden", "signup", "menu"))


def _without_copies(scene: Scene, kinds: list[Kind | None]) -> list[Kind | None]:
    """Copies of a line already told, such as the page's own metadata made visible, are furniture."""
    told: dict[str, int] = {}
    kept: list[Kind | None] = []
    for run, kind in zip(scene.layout.runs, kinds, strict=True):
        words = squeezed(run.text) if kind is not None and kind[0] != "furniture" and run.words > 2 else ""
        copied = bool(words) and len(words) <= told.get(words[:60], 0)
        kept.append(("furniture", "repeat") if copied else kind)
        told[words[:60]] = max(len(words), told.get(words[:60], 0))
    return kept


def _kind(scene: Scene, number: int, kept: bool, amid: bool) -> Kind | None:
    run = scene.layout.runs[number]
    if number == scene.headline:
        return "headline", None
    label = furniture_label(run.text)
    if label:
        return ("furniture", label) if kept or amid else None
    if (kept or amid) and CONTRIBUTORS.search(run.text) and run.words < 40:
        return "byline", None
    if kept and _is_link_of_its_own(scene, number):
        return "furniture", "related links"
    if kept:
        return _story_kind(scene, run), None
    return _aside_kind(scene, run) if amid else None


def _is_link_of_its_own(scene: Scene, number: int) -> bool:
    """A whole line of link between paragraphs that are not links leads to another story."""
    run = scene.layout.runs[number]
    if run.words < 3 or run.linked < 0.9 * len(run.text) or scene.layout.boxes[run.box].tag not in ("p", "div"):
        return False
    held = scene.holders[number]
    return scene.prose[held] > 60 and scene.linked[held] < 0.3 * scene.words[held]


def _story_kind(scene: Scene, run: Run) -> BlockKind:
    tag = scene.layout.boxes[run.box].tag
    if tag in HEADINGS:
        return "subhead"
    if _is_caption(scene, run):
        return "caption"
    if tag in ("td", "th") and not is_prose(run) and not _in_layout_table(scene, run):
        return "table"
    if tag in ("li", "dt", "dd") or any(scene.layout.boxes[box].tag == "li" for box in _near(scene, run, 2)):
        return "list"
    return "paragraph"


def _in_layout_table(scene: Scene, run: Run) -> bool:
    """Old pages are laid out in tables: one that holds much of the page's prose is no table of figures."""
    table = _nearest(scene, run, ("table",))
    return table is not None and scene.prose[table] > 0.4 * scene.total


_CAPTION_CLASS = re.compile(r"caption|credit|photo|image|figure|\bimg")


def _is_caption(scene: Scene, run: Run) -> bool:
    near = [scene.layout.boxes[box] for box in _near(scene, run, 2)]
    return any(box.tag in ("figcaption", "figure") or _CAPTION_CLASS.search(box.attributes) for box in near)


def _aside_kind(scene: Scene, run: Run) -> Kind | None:
    around = _around(scene, run, 5)
    if around & _CAPTIONS and run.words > _CREDIT_WORDS:
        return "caption", None
    label = next((label for group, label in _LABELS if group in around), None)
    if label is None and run.linked > 0.9 * len(run.text):
        label = "related links"
    return "furniture", label or "aside"


def _near(scene: Scene, run: Run, reach: int) -> list[int]:
    """The boxes around a line, inmost first, as far as the story's own box or `reach`."""
    found: list[int] = []
    for box in ancestors(scene.layout, run.box):
        if box == scene.core or len(found) == reach:
            break
        found.append(box)
    return found


def _around(scene: Scene, run: Run, reach: int) -> frozenset[str]:
    return frozenset().union(*(scene.groups[box] for box in _near(scene, run, reach)))


def _groups(scene: Scene, kinds: list[Kind | None]) -> list[list[int]]:
    """Line numbers by block: neighbouring items of one list and neighbouring cells of one table stand together."""
    groups: list[list[int]] = []
    for number, kind in enumerate(kinds):
        if kind is None:
            continue
        before = groups[-1][-1] if groups else -2
        if before == number - 1 and kind == kinds[before] and _belong_together(scene, before, number, kind[0]):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _belong_together(scene: Scene, left: int, right: int, kind: BlockKind) -> bool:
    holders = {"list": LISTS, "furniture": LISTS, "table": ("table",)}.get(kind)
    if holders is None:
        return False
    boxes = [_nearest(scene, scene.layout.runs[number], holders) for number in (left, right)]
    return boxes[0] is not None and boxes[0] == boxes[1]


def _nearest(scene: Scene, run: Run, tags: tuple[str, ...]) -> int | None:
    return next((box for box in ancestors(scene.layout, run.box) if scene.layout.boxes[box].tag in tags), None)


def _piece(scene: Scene, runs: list[Run], kind: BlockKind, label: str | None) -> Piece:
    if len(runs) == 1:
        return Piece(runs[0].text, kind, label, scene.layout.place(runs[0]))
    holders = ("table",) if kind == "table" else LISTS
    box = _nearest(scene, runs[0], holders)
    whole = replace(runs[0], end=runs[-1].end, box=runs[0].box if box is None else box)
    return Piece("\n".join(run.text for run in runs), kind, label, scene.layout.place(whole))


#: A shorter line found again is a commonplace ("he said no"), not a pulled quote.
_PULLED_WORDS = 5


def _without_repeats(pieces: list[Piece]) -> list[Piece]:
    """A line whose words stand again within a longer paragraph is a pull-quote, not a second statement."""
    paragraphs = [squeezed(piece.text) for piece in pieces if piece.kind == "paragraph"]
    return [_pulled(piece, paragraphs) for piece in pieces]


def _pulled(piece: Piece, paragraphs: list[str]) -> Piece:
    if piece.kind not in ("paragraph", "furniture", "subhead") or len(piece.text.split()) < _PULLED_WORDS:
        return piece
    words = squeezed(piece.text)
    if piece.label not in (None, "aside") or not any(
        words in other and len(words) < len(other) for other in paragraphs
    ):
        return piece
    return replace(piece, kind="pull-quote", label=None)
