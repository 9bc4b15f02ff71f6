"""Reports that come without labels: folder -> Annotated documents that label nothing, for a pupil to learn from its
teacher, and for the labels of labelled/.

The reports of gold/ are left out, so that what is measured there was never seen.
"""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from onrecord.errors import OnrecordError
from onrecord.read import read_page
from onrecord.record import STORY_KINDS, Page
from training.annotated import Annotated
from training.targets import sentence_starts

GOLD = Path(__file__).parents[1] / "gold" / "reports" / "credits.tsv"
#: Sentences of a paragraph where a corpus gives the whole report as one.
_SENTENCES = 3


def wikinews(folder: Path) -> Iterator[Annotated]:
    """The Wikinews reports of GeoVirus (Gritta, Pilehvar and Collier 2018), in paragraphs of three sentences."""
    with GOLD.open(encoding="utf-8") as file:
        labelled = {row["url"] for row in csv.DictReader(file, delimiter="\t")}
    for number, article in enumerate(ElementTree.parse(folder / "GeoVirus.xml").getroot()):
        if article.findtext("source", "") not in labelled:
            yield Annotated("unlabelled", f"wikinews-{number}", "train", _in_paragraphs(article.findtext("text", "")))


def article_pages(folder: Path) -> Iterator[Annotated]:
    """The story texts of the scrapinghub article benchmark: one report of almost a hundred publishers each."""
    stories = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for id_, story in sorted(stories.items()):
        yield Annotated("unlabelled", id_[:12], "train", story["articleBody"])


def lee(folder: Path) -> Iterator[Annotated]:
    """Broadcasts of the Australian Broadcasting Corporation (Lee, Pincombe and Welsh 2005), a line each, in paragraphs
    of two sentences; lines too short to hold a story are left out."""
    for name in ("lee_background", "lee"):
        for number, line in enumerate((folder / f"{name}.cor").read_text(encoding="cp1252").split("\n")):
            if len(line.strip()) >= _SHORTEST_BROADCAST:
                id_ = f"{name.removeprefix('lee_')}-{number:03}"
                yield Annotated("lee", id_, "train", _in_paragraphs(line.strip(), 2))


_SHORTEST_BROADCAST: Final = 250


def pages(folder: Path) -> Iterator[Annotated]:
    """Web pages that extractors of articles are tested on, as the story that onrecord reads on them: for measuring
    alone. One that cannot be read is left out."""
    for path in sorted(folder.glob("*.html")):
        try:
            document, _ = read_page(Page(path.read_bytes(), path.name))
        except OnrecordError:
            continue
        story = (document.words(block.span) for block in document.blocks if block.kind in STORY_KINDS)
        yield Annotated("pages", path.stem, "test", "\n".join(words.replace("\n", " ") for words in story))


def _in_paragraphs(text: str, sentences: int = _SENTENCES) -> str:
    """A text in one piece with a new line after every so many sentences, and as long as before: never between a
    quotation and who said it."""
    ends = [start - 1 for start in sorted(sentence_starts(text)) if not _COMMA_AND_MARK.search(text, start - 3, start)]
    ends = ends[sentences - 1 :: sentences]
    return "".join("\n" if at in ends else character for at, character in enumerate(text))


_COMMA_AND_MARK: Final = re.compile('[,;:–—-][”"] $')


UNLABELLED = {"wikinews": wikinews, "article-pages": article_pages, "lee": lee, "pages": pages}
