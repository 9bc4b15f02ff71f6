"""Reads one made web archive with onrecord and with warcio, in one run: pages a second, memory, and a cut archive.

Run: `python benchmarks/web_archives.py`. The archive is made on the spot by warcio's writer, so there is no published
figure; its pages are 60 kB of hexadecimal noise, which is about the size and the compressibility of a news page.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from onrecord.read.containers import Opening, pages_at
from onrecord.record import Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from archives import Answer, warc

PAGES = 200
TIMES = 20


def main() -> None:
    bodies = (b"<html><p>" + os.urandom(30_000).hex().encode() for _ in range(PAGES))
    archive = warc(Answer(f"http://news.example/{number}", body) for number, body in enumerate(bodies))
    with tempfile.TemporaryDirectory() as folder:
        whole, cut = Path(folder, "whole.warc.gz"), Path(folder, "cut.warc.gz")
        with whole.open("wb") as file:
            file.writelines(archive for _ in range(TIMES))
        cut.write_bytes(archive[:-20_000])
        for name, read in (("onrecord", with_onrecord), ("warcio", with_warcio)):
            report(name, read, whole, cut)


def report(name: str, read: Callable[[Path], tuple[int, int]], whole: Path, cut: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    pages, _ = read(whole)
    seconds = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    pages_of_cut, faults = read(cut)
    print(
        f"{name:9} {pages / seconds:6.0f} pages a second of one core, memory grew by {grown} MB; "
        f"of a cut archive of {PAGES} pages: {pages_of_cut} pages, {faults} faults told"
    )


def with_onrecord(path: Path) -> tuple[int, int]:
    pages = faults = 0
    for page in pages_at(path, Opening()):
        pages += isinstance(page, Page)
        faults += not isinstance(page, Page)
    return pages, faults


def with_warcio(path: Path) -> tuple[int, int]:
    with path.open("rb") as file:
        responses = (record for record in ArchiveIterator(file) if record.rec_type == "response")
        return sum(1 for record in responses if record.content_stream().read()), 0


if __name__ == "__main__":
    main()
