"""Page to story, beside every peer that is installed, on pages whose true article text is known.

    PYTHONPATH=src python benchmarks/article_text.py FOLDER [--only NAME ...] [--markdown]

FOLDER is laid out as https://github.com/scrapinghub/article-extraction-benchmark: `ground-truth.json` and
`html/ID.html.gz`. F1 is that benchmark's: overlap of the 4-grams of word tokens, counted, each page's precision and
recall averaged over pages, F1 of the two averages. Published there for all 181 pages: trafilatura 2.0.0 .958,
rs_trafilatura .970, AutoExtract (a service) .970, newspaper4k .949, readability-lxml .922, goose3 .896.

Quoted spans kept is our own: the share of stretches in double quotes, three words or longer, within a paragraph of the
true text, whose words stand unbroken in the text that was read. What counts as article body is what the truth holds:
paragraphs, subheads, lists and tables. Headline, byline, captions, pull-quotes and furniture are read too, as such.

Sockets are forbidden while pages are read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import socket
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from onrecord.read import read_page
from onrecord.read.html import read_html
from onrecord.read.layout import text_at
from onrecord.record import Page

BODY = frozenset(("paragraph", "subhead", "list", "table"))
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"“[^“”\n]+”|\"[^\"\n]+\"")

Row = tuple[str, str]  # the true text of a page, and the text that was read


class Told(Protocol):
    kind: str
    text: str


def load_pages(folder: Path) -> list[tuple[bytes, str]]:
    """Bytes and true text of each page."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        (gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()), truth[key]["articleBody"])
        for key in sorted(truth)
    ]


def body_of(pieces: Iterable[Told]) -> str:
    return "\n\n".join(piece.text for piece in pieces if piece.kind in BODY)


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def shingle_counts(text: str, length: int = 4) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    return Counter(filter(None, (tuple(words[at : at + length]) for at in range(max(1, len(words) - length + 1)))))


def metrics(rows: Sequence[Row]) -> dict[str, float]:
    """F1, precision and recall over pages."""
    scores = [_precision_and_recall(*row) for row in rows]
    precision = statistics.mean(score[0] for score in scores if score[0] is not None)
    recall = statistics.mean(score[1] for score in scores if score[1] is not None)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"f1": round(f1, 4), "precision": round(precision, 4), "recall": round(recall, 4)}


def _precision_and_recall(truth: str, read: str) -> tuple[float | None, float | None]:
    true, told = shingle_counts(truth), shingle_counts(read)
    both = (true & told).total()
    precision = both / told.total() if told else None
    recall = both / true.total() if true else None
    return precision, recall


def quoted_spans_kept(rows: Sequence[Row]) -> float:
    kept = spans = 0
    for truth, read in rows:
        text = f" {' '.join(words_of(read))} "
        quoted = [words_of(found) for line in truth.split("\n") for found in _QUOTED.findall(line)]
        long_enough = [" ".join(words) for words in quoted if len(words) >= 3]
        spans += len(long_enough)
        kept += sum(f" {words} " in text for words in long_enough)
    return kept / spans if spans else 1.0


def deviation(rows: Sequence[Row], times: int = 200) -> float:
    """Standard deviation of F1 by bootstrap over pages."""
    scores = [_precision_and_recall(*row) for row in rows]
    draw = random.Random(0)
    found = []
    for _ in range(times):
        sample = draw.choices(scores, k=len(scores))
        precision = statistics.mean(score[0] for score in sample if score[0] is not None)
        recall = statistics.mean(score[1] for score in sample if score[1] is not None)
        found.append(2 * precision * recall / (precision + recall))
    return statistics.stdev(found)


def onrecord_body(content: bytes) -> str:
    story = read_html(Page(content, "benchmark"))
    return "\n\n".join(story.text[block.span.start : block.span.end] for block in story.blocks if block.kind in BODY)


def onrecord_document_body(content: bytes) -> str:
    """As users read it: with metadata, language and sentences."""
    document, _ = read_page(Page(content, "benchmark", format="html"))
    return "\n\n".join(document.words(block.span) for block in document.blocks if block.kind in BODY)


def peers() -> dict[str, Callable[[bytes], str]]:
    """Each way to read a page that can be imported here, by name."""
    found: dict[str, Callable[[bytes], str]] = {
        "onrecord": onrecord_body,
        "onrecord with metadata and sentences": onrecord_document_body,
    }
    for add in (_trafilatura, _readability, _resiliparse, _newspaper, _goose):
        try:
            found.update(add())
        except ImportError as error:
            print(f"not installed: {error.name}")
    return found


def _trafilatura() -> dict[str, Callable[[bytes], str]]:
    import trafilatura

    def reader(**options: bool) -> Callable[[bytes], str]:
        return lambda content: trafilatura.extract(_text(content), include_comments=False, **options) or ""

    def with_metadata(content: bytes) -> str:
        found = trafilatura.bare_extraction(_text(content), include_comments=False, with_metadata=True)
        return "" if found is None else found.text or ""

    return {
        "trafilatura": reader(),
        "trafilatura fast": reader(fast=True),
        "trafilatura precision": reader(favor_precision=True),
        "trafilatura with metadata": with_metadata,
    }


def _readability() -> dict[str, Callable[[bytes], str]]:
    import lxml.html
    from readability import Document

    def read(content: bytes) -> str:
        summary = Document(_text(content)).summary()
        return "\n".join(lxml.html.fromstring(summary).itertext()) if summary.strip() else ""

    return {"readability-lxml": read}


def _resiliparse() -> dict[str, Callable[[bytes], str]]:
    from resiliparse.extract.html2text import extract_plain_text

    return {
        "resiliparse": lambda content: extract_plain_text(
            _text(content), main_content=True, alt_texts=False, links=False
        )
    }


def _newspaper() -> dict[str, Callable[[bytes], str]]:
    import newspaper

    def read(content: bytes) -> str:
        article = newspaper.Article("http://page.invalid/", fetch_images=False)
        article.download(input_html=_text(content))
        article.parse()
        return str(article.text)

    return {"newspaper4k": read}


def _goose() -> dict[str, Callable[[bytes], str]]:
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})
    return {"goose3": lambda content: goose.extract(raw_html=_text(content)).cleaned_text}


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def forbid_network() -> None:
    """Any attempt to open a socket or to look up a name fails from here on."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("the network is forbidden in this benchmark")

    socket.socket.connect = refuse  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = refuse  # type: ignore[assignment]


def measure(read: Callable[[bytes], str], pages: list[tuple[bytes, str]]) -> dict[str, float]:
    rows: list[Row] = []
    failed = 0
    began = time.process_time()
    for content, truth in pages:
        try:
            rows.append((truth, read(content)))
        except Exception:  # a peer may raise anything; what counts is that the page was lost
            failed += 1
            rows.append((truth, ""))
    seconds = time.process_time() - began
    kept = round(quoted_spans_kept(rows), 4)
    rate = round(len(pages) / seconds, 1)
    return {
        **metrics(rows),
        "deviation": round(deviation(rows), 4),
        "quotes": kept,
        "failed": failed,
        "pages/CPU s": rate,
    }


def misplaced(pages: list[tuple[bytes, str]]) -> tuple[int, int]:
    """Blocks whose text is not the text at their place in the page, and all blocks."""
    wrong = blocks = 0
    for content, _ in pages:
        story = read_html(Page(content, "benchmark"))
        for block in story.blocks:
            blocks += 1
            shown = "".join(story.text[block.span.start : block.span.end].split())
            wrong += block.place is not None and "".join(text_at(story.tree, block.place).split()) != shown
    return wrong, blocks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", help="names of readers to run")
    options = parser.parse_args()
    pages = load_pages(options.folder)
    readers = peers()
    forbid_network()
    columns = ("f1", "deviation", "precision", "recall", "quotes", "failed", "pages/CPU s")
    print("| reader |", " | ".join(columns), "|\n|---|" + "---|" * len(columns))
    for name in options.only or readers:
        figures = measure(readers[name], pages)
        print(f"| {name} |", " | ".join(str(figures[column]) for column in columns), "|", flush=True)
    print("blocks not at their place: {} of {}".format(*misplaced(pages)))


if __name__ == "__main__":
    main()
