"""How a command ends when something is wrong with what it was given: one line on standard error, exit code 1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def told() -> Iterator[None]:
    """Show an error of ours as its text, not as a traceback."""
    from onrecord.errors import OnrecordError
    from onrecord.show.terminal import visible

    try:
        yield
    except OnrecordError as error:
        raise click.ClickException(visible(str(error))) from error
