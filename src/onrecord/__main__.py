"""`python -m onrecord` is `onrecord`."""

from onrecord.show.cli import main

main(prog_name="onrecord")
