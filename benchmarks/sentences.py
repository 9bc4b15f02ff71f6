"""Sentence boundaries of GUM (news, interview, biography, speech), beside pysbd, syntok and blingfire where installed.

    python benchmarks/sentences.py DIR        DIR holds GUM's CoNLL-U files (dep/)

Texts are put back together by SpaceAfter and paragraphs by `newpar`. A boundary counts where it falls inside a
paragraph: the end of a paragraph is given, and would flatter everybody. Headings and list items that GUM counts as
sentences stand in paragraphs of their own. Speed is characters a second, in one run.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord.read.segment import segment
from onrecord.record import Block, Span

GENRES = ("news", "interview", "bio", "speech")
Segmenter = Callable[[str], list[int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="show the boundaries that onrecord misses or invents")
    options = parser.parse_args()
    paragraphs = [(genre, *each) for genre in GENRES for each in gold(options.folder, genre)]
    size = sum(len(text) for _, text, _ in paragraphs)
    for name, ends in segmenters().items():
        tallies: dict[str, Counter[str]] = {}
        started = time.process_time()
        found = [ends(text) for _, text, _ in paragraphs]
        rate = size / max(1e-9, time.process_time() - started)
        for (genre, text, boundaries), given in zip(paragraphs, found, strict=True):
            inner = {end for end in given if end < len(text)}
            for key in (genre, "all"):
                count(tallies.setdefault(key, Counter()), boundaries, inner)
            if options.wrong and name == "onrecord":
                for end in sorted(boundaries ^ inner):
                    print("missed  " if end in boundaries else "invented", repr(text[max(0, end - 40) : end + 25]))
        scores = "  ".join(f"{key} {f1(tally):.3f}" for key, tally in tallies.items())
        print(f"{name:10} F1 {scores}  {rate / 1e6:.2f} million characters/s")


def count(tally: Counter[str], gold_ends: set[int], found: set[int]) -> None:
    tally.update(right=len(gold_ends & found), gold=len(gold_ends), found=len(found))


def f1(tally: Counter[str]) -> float:
    return 2 * tally["right"] / max(1, tally["gold"] + tally["found"])


def gold(folder: Path, genre: str) -> Iterator[tuple[str, set[int]]]:
    """Each paragraph with the ends of its sentences, the last left out."""
    for path in sorted(folder.rglob(f"GUM_{genre}_*.conllu")):
        sentences: list[str] = []
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = block.splitlines()
            if any(line.startswith("# newpar") for line in lines) and sentences:
                yield joined(sentences)
                sentences = []
            if words := sentence(lines):
                sentences.append(words)
        if sentences:
            yield joined(sentences)


def sentence(lines: list[str]) -> str:
    """A sentence as it was printed: multi-word tokens whole, a space unless SpaceAfter=No."""
    words, inside = "", 0
    for columns in (line.split("\t") for line in lines if line[:1].isdigit()):
        number = columns[0]
        if "." in number or (number.isdigit() and int(number) <= inside):
            continue
        inside = int(number.split("-")[1]) if "-" in number else inside
        words += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
    return words


def joined(sentences: list[str]) -> tuple[str, set[int]]:
    text, ends = "", set()
    for each in sentences:
        text += each
        ends.add(len(text.rstrip()))
    return text.rstrip(), {end for end in ends if end < len(text.rstrip())}


def segmenters() -> dict[str, Segmenter]:
    found: dict[str, Segmenter] = {"onrecord": by_onrecord}
    for make in (pysbd_, syntok_, blingfire_):
        try:
            found[make.__name__.strip("_")] = make()
        except ImportError:
            print(f"{make.__name__.strip('_')}: not installed")
    return found


def by_onrecord(text: str) -> list[int]:
    return [span.end for span in segment(text, (Block(Span(0, len(text)), "paragraph"),))]


def pysbd_() -> Segmenter:
    import pysbd

    segmenter = pysbd.Segmenter(language="en", clean=False)
    return lambda text: ends_of(text, segmenter.segment(text))


def syntok_() -> Segmenter:
    import syntok.segmenter as syntok

    def ends(text: str) -> list[int]:
        return [s[-1].offset + len(s[-1].value) for paragraph in syntok.analyze(text) for s in paragraph]

    return ends


def blingfire_() -> Segmenter:
    import blingfire

    return lambda text: ends_of(text, blingfire.text_to_sentences(text).split("\n"))


def ends_of(text: str, sentences: list[str]) -> list[int]:
    """Where sentences given as words end in the text, spaces put aside."""
    ends, at = [], 0
    for each in sentences:
        for character in re.sub(r"\s", "", each):
            at = text.find(character, at) + 1 or at
        ends.append(at)
    return ends


if __name__ == "__main__":
    main()
