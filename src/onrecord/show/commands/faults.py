"""How a command ends when something is wrong with what it was given: one line on standard error, exit code 1."""

from __future__ import annotations

import errno
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
    except UnicodeError as error:
        what = "a file is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else "a name is not UTF-8 text"
        raise click.ClickException(f"{what}: {error.reason if hasattr(error, 'reason') else error}") from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        name = f"{error.filename:.200}: " if isinstance(error.filename, str) else ""
        raise click.ClickException(visible(f"{name}{error.strerror or error}")) from error
