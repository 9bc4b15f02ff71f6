"""The program `onrecord`, also as `python -m onrecord`."""

from onrecord.show.interrupts import watch


def run() -> None:
    """Run the command that was typed."""
    watch()
    from onrecord.show.cli import main

    main(prog_name="onrecord")


if __name__ == "__main__":
    run()
