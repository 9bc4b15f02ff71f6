"""The program `onrecord`, also as `python -m onrecord`."""

import os

from onrecord.show.interrupts import done, watch


def run() -> None:
    """Run the command that was typed."""
    watch()
    # Before numpy is loaded: its products here are so small that more threads only wait, for half of all the time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from onrecord.show.cli import main

    try:
        main(prog_name="onrecord")
    finally:
        done()


if __name__ == "__main__":
    run()
