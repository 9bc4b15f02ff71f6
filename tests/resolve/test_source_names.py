import pytest

from drawn import draw
from onrecord.record import Mention, MentionKind, Origin, Span, Statement, address
from onrecord.resolve.source_names import source_names

# Marks: [s:source of a statement]; names that were found before: [o:organisation], [p:person], [l:place].
_KINDS: dict[str, MentionKind] = {"o": "organisation", "p": "person", "l": "place"}

FINDS = {
    "a place and a name": ("It rained.\n\n[s:The [l:New York] [o:Post]] said so.", ["New York Post"]),
    "cut at the end": (
        "It rained.\n\n[s:the [o:Association of Flight] Attendants] said so.",
        ["Association of Flight Attendants"],
    ),
    "campaign of a person": ("It rained.\n\n[s:The [p:Kukhta] campaign] said so.", ["Kukhta campaign"]),
    "before what describes it": (
        "It rained.\n\n[s:the [l:Tulsa] [o:Police Department], which is small,] said so.",
        ["Tulsa Police Department"],
    ),
    "wherever it stands": (
        "It rained.\n\n[s:The [l:New York] [o:Post]] said so. The [l:New York] [o:Post] left.",
        ["New York Post", "New York Post"],
    ),
    "not found at all": ("It rained.\n\n[s:The Harbour Courier Journal] said so.", ["Harbour Courier Journal"]),
}
LEAVES = {
    "two names": ("It rained.\n\n[s:[o:Slate] and [o:Drudge]] said so.", ["Slate", "Drudge"]),
    "a person": ("It rained.\n\n[s:[o:Senate] Speaker [p:Ann Bely]] said so.", ["Senate", "Ann Bely"]),
    "adherents": ("It rained.\n\n[s:[o:House] Republicans] said so.", ["House"]),
    "a headline": ("[s:Old [o:Post] Office] Says No\n\nIt rained.", ["Post"]),
    "a day": ("It rained.\n\n[s:The [o:Post] on Saturday] said so.", ["Post"]),
    "what is no name": ("It rained.\n\n[s:the [o:Post] reporter] said so.", ["Post"]),
}


@pytest.mark.parametrize(("marked", "wanted"), {**FINDS, **LEAVES}.values(), ids={**FINDS, **LEAVES}.keys())
def test_names_of_bodies_in_sources(marked: str, wanted: list[str]) -> None:
    drawn = draw(marked)
    document = drawn.document
    names = [
        Mention(address(document.id, "mention", span), span, _KINDS[label], "name", Origin("test", "1", 0.9))
        for label, span in drawn.spans
        if label in _KINDS
    ]
    statements = [_statement(document.id, source) for source in drawn.labelled("s")]
    assert [document.words(name.span) for name in source_names(document, statements, names)] == wanted


def _statement(document: str, source: Span) -> Statement:
    content = Span(source.end + 1, source.end + 5)
    return Statement(
        address(document, "statement", content),
        (content,),
        "indirect",
        "said",
        "none",
        Origin("test", "1"),
        source=source,
    )
