"""Lines of a page, judged, to the pieces of a document: what kind each is, and which lines make one list or table.

Decides kinds by the page's structure; what is story was decided before. Furniture inside the story's area is kept and
labelled, what lies outside (menus, footers) is left out.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has offsets in a document: its text, kind, label and place in the page."""

    text: str
    kind: BlockKind
    label: str | None
    place: PagePlace


def pieces_of(scene: Scene, story: list[bool]) -> list[Piece]:
    """The blocks of the document, in page order."""
    kinds = _kinds(scene, story)
    pieces: list[Piece] = []
    for group in _groups(scene, kinds):
        runs = [scene.layout.runs[number] for number in group]
        kind, label = kinds[group[0]] or ("furniture", None)
        pieces.append(_piece(scene, runs, kind, label))
    return _without_repeats(pieces)


def _kinds(scene: Scene, story: list[bool]) -> list[tuple[BlockKind, str | None] | None]:
    """For each line its kind and label, None for what stays out of the document."""
    inside = [number for number, kept in enumerate(story) if kept]
    if not inside:
        return [None] * len(story)
    first, last = inside[0], inside[-1]
    return [
        _kind(scene, number, story[number], first <= number <= last or number == scene.headline)
        for number in range(len(story))
    ]


def _kind(scene: Scene, number: int, kept: bool, amid: bool) -> tuple[BlockKind, str | None] | None:
    run = scene.layout.runs[number]
    if number == scene.headline:
        return "headline", None
    label = furniture_label(run.text)
    if label:
        return ("furniture", label) if kept or amid else None
    if kept:
        return _story_kind(scene, run), None
    return _aside_kind(scene, run) if amid else None


def _story_kind(scene: Scene, run: Run) -> BlockKind:
    tag = scene.layout.boxes[run.box].tag
    if tag in HEADINGS:
        return "subhead"
    if tag == "figcaption" or _around(scene, run, 3) & {"figcaption"}:
        return "caption"
    if tag in ("td", "th") and not is_prose(run):
        return "table"
    if tag in ("li", "dt", "dd") or any(scene.layout.boxes[box].tag == "li" for box in _near(scene, run, 2)):
        return "list"
    return "paragraph"


def _aside_kind(scene: Scene, run: Run) -> tuple[BlockKind, str | None] | None:
    around = _around(scene, run, 5)
    if around & _CAPTIONS and run.words > 3:
        return "caption", None
    label = next((label for group, label in _LABELS if group in around), None)
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


def _groups(scene: Scene, kinds: list[tuple[BlockKind, str | None] | None]) -> list[list[int]]:
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
    holders = {"list": ("ul", "ol", "dl"), "table": ("table",)}.get(kind)
    if holders is None:
        return False
    boxes = [_nearest(scene, scene.layout.runs[number], holders) for number in (left, right)]
    return boxes[0] is not None and boxes[0] == boxes[1]


def _nearest(scene: Scene, run: Run, tags: tuple[str, ...]) -> int | None:
    return next((box for box in ancestors(scene.layout, run.box) if scene.layout.boxes[box].tag in tags), None)


def _piece(scene: Scene, runs: list[Run], kind: BlockKind, label: str | None) -> Piece:
    if len(runs) == 1:
        return Piece(runs[0].text, kind, label, scene.layout.place(runs[0]))
    holders = ("table",) if kind == "table" else ("ul", "ol", "dl")
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
