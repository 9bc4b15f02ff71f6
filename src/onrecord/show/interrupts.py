"""What an interrupt (Ctrl-C) does to the program: it ends with one line and exit code 130, whenever that is.

While modules load, at once: nothing has been done, and an import cut short raises whatever its author thought fit
(onnxruntime an ImportError). While a command works, by KeyboardInterrupt, so that files are closed and the terminal is
put right; the second one at once. Loads nothing that takes time, and changes nothing in programs that use the library.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

INTERRUPTED = 130
#: Seconds after which an interrupt that fell where Python ignores exceptions (a destructor) is raised again.
_AGAIN_SECONDS = 0.05

_has_come = False


def watch() -> None:
    """From here on an interrupt ends the program at once; not where interrupts are ignored (`nohup`, `&`)."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end_at_once)


def done() -> None:
    """All is said: from here on nothing can be interrupted, and an interrupt must not turn success into a failure while
    the interpreter takes itself apart."""
    if signal.getsignal(signal.SIGINT) is _end_at_once:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def as_exception() -> Iterator[None]:
    """While this lasts, an interrupt raises KeyboardInterrupt; whatever is made of that, the program ends after it."""
    if signal.getsignal(signal.SIGINT) is not _end_at_once:
        yield
        return
    sys.unraisablehook = _raise_again
    signal.signal(signal.SIGINT, _raise)
    code: object = 0
    try:
        yield
    except SystemExit as left:
        code = left.code
        raise
    except BaseException:
        code = 1
        raise
    finally:
        signal.signal(signal.SIGINT, _end_at_once)
        if _has_come:
            _end(code)


def heed() -> None:
    """Raise KeyboardInterrupt if an interrupt came and something took it for a fault of a page."""
    if _has_come:
        raise KeyboardInterrupt


def _raise(_signal: int, _frame: object) -> None:
    global _has_come
    if _has_come:
        _end_at_once()
    _has_come = True
    raise KeyboardInterrupt


def _raise_again(lost: sys.UnraisableHookArgs) -> None:
    global _has_come
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    import _thread
    import threading

    _has_come = False
    threading.Timer(_AGAIN_SECONDS, _thread.interrupt_main).start()


def _end(code: object) -> None:
    """End after an interrupt. A command that ended well (0) or told of it (130) has said all there is to say."""
    if code not in (0, INTERRUPTED):
        _end_at_once()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else INTERRUPTED)


def _end_at_once(*_: object) -> None:
    os.write(2, b"interrupted\n")
    os._exit(INTERRUPTED)
