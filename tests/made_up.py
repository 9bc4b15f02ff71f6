"""A tiny made-up report with labels, for tests of training."""

from training.annotated import Annotated, Attribution

TEXT = "Row over dam\n“The dam will hold. We built it well,” Ruth Akello said.\nShe denied that it leaks."


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


DOCUMENT = Annotated(
    "made-up",
    "dam",
    "train",
    TEXT,
    attributions=(
        Attribution((span("Ruth Akello"),), (span("said"),), (span("“The dam will hold. We built it well,”"),)),
        Attribution((span("She"),), (span("denied"),), (span("that it leaks"),)),
    ),
    names=((*span("Ruth Akello"), "person"),),
    scheme="worldwide",
)
