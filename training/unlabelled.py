"""Reports without labels, for a pupil to learn from its teacher: folder -> Annotated documents that label nothing.

The reports of gold/ are left out, so that what is measured there was never seen.
"""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

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


def _in_paragraphs(text: str) -> str:
    ends = sorted(sentence_starts(text))[_SENTENCES - 1 :: _SENTENCES]
    return "".join("\n" if at + 1 in ends else character for at, character in enumerate(text))
