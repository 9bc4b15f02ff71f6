"""How far a pile of pages has come: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

Advance = Callable[[int], None]


@contextmanager
def progress(locations: Sequence[str]) -> Iterator[tuple[Advance | None, Advance]]:
    """Two functions to call, one with the bytes read (None where nobody is shown them), one with the pages done."""
    if len(locations) == 0 or not sys.stderr.isatty():
        yield None, lambda _count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from onrecord.read.containers import size_bytes

    columns = (
        BarColumn(bar_width=None),
        TextColumn("{task.fields[pages]} pages, {task.fields[rate]:.1f} a second"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=size_bytes(locations) or None, pages=0, rate=0.0)

        def pages_done(count: int) -> None:
            state = bar.tasks[0]
            pages = state.fields["pages"] + count
            bar.update(task, pages=pages, rate=pages / max(state.elapsed or 0.0, 0.001))

        yield lambda count: bar.advance(task, count), pages_done
