import pytest

from drawn import draw
from onrecord.record import Mention, MentionKind, Origin, Span, Statement, address
from onrecord.resolve.source_names import source_names

# Marks: [s:source of a statement]; names that were found before: [o:organisation], [p:person], [l:place],
# [g:group], [x:other].
_KINDS: dict[str, MentionKind] = {"o": "organisation", "p": "person", "l": "place", "g": "group", "x": "other"}

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
    "a federation of those who do it": (
        "It rained.\n\n[s:the [g:Norland] Federation of Teachers] said so.",
        ["Norland Federation of Teachers"],
    ),
    "a court of a country": (
        "It rained.\n\n[s:the [l:U.S.] [o:Supreme Court]] said so.",
        ["U.S. Supreme Court"],
    ),
    "what a ministry is for": (
        "It rained.\n\n[s:the [o:Ministry of Ports] and [x:Fish]] said so.",
        ["Ministry of Ports and Fish"],
    ),
    "with whom it is solidary": (
        "It rained.\n\n[s:the [o:Association of Free] Solidarity with [l:Norland]] said so.",
        ["Association of Free Solidarity with Norland"],
    ),
    "a secretariat": (
        "It rained.\n\n[s:The [o:Dawn-One] [l:Norland] secretariat] said so.",
        ["Dawn-One Norland secretariat"],
    ),
    "a media office": ("It rained.\n\n[s:The [l:Umm Adal] media office] said so.", ["Umm Adal media office"]),
    "a text": ("It rained.\n\n[s:The [o:Quill] Millionaires Index] said so.", ["Quill Millionaires Index"]),
    "behind a town of two words": (
        "It rained.\n\n[s:[l:Lower Lake] City-based [o:First Oaks]] said so.",
        ["Lower Lake", "First Oaks"],
    ),
    "whole elsewhere": (
        "[o:Hill] rose. [p:Nil Hill] fell. [p:Nil Hill] rose. Nil [o:Hill] fell.",
        ["Hill", "Nil Hill", "Nil Hill", "Nil Hill"],
    ),
    "a circuit by its number": (
        "The 9th [l:U.S.] [o:Circuit Court of Appeals] met.",
        ["9th U.S. Circuit Court of Appeals"],
    ),
    "what describes it in small letters": ("It helped the [o:cautious Club for Ports].", ["Club for Ports"]),
    "two, of which one is described": (
        "It helped the [o:Center for Tides at the more cautious Harbour Institute].",
        ["Center for Tides", "Harbour Institute"],
    ),
    "what a group is called": (
        "She leads a group called [o:Citizens for] [p:Kukhta], which is small.",
        ["Citizens for Kukhta"],
    ),
    "not found at all": ("It rained.\n\n[s:The Harbour Courier Journal] said so.", ["Harbour Courier Journal"]),
    "a person cut behind the given name": (
        "It rained. Then [p:William] Halvik won.\n\n[s:He] said so.",
        ["William Halvik"],
    ),
    "a person by a given name": (
        "It rained. Norland’s William Halvik won.\n\n[s:Halvik] said so.",
        ["William Halvik", "Halvik"],
    ),
}
LEAVES = {
    "a given name before what is no surname": (
        "It rained. The George Court and Eric Can’t left.\n\n[s:A man] said so.",
        [],
    ),
    "a paper in small letters": ("It read the [o:quill News].", ["quill News"]),
    "another word before a name": ("[p:Ann Hill] fell. Nil [p:Hill] rose.", ["Ann Hill", "Hill"]),
    "a ministry and a body": (
        "It rained.\n\n[s:the [o:Ministry of Ports] and [o:Sorrel]] said so.",
        ["Ministry of Ports", "Sorrel"],
    ),
    "one with the other": ("It rained.\n\n[s:the [o:Post] with [o:Sorrel]] said so.", ["Post", "Sorrel"]),
    "adherents before a party": (
        "It rained.\n\n[s:the [g:Islamist] [o:Dawn Party]] said so.",
        ["Islamist", "Dawn Party"],
    ),
    "a sort of body": (
        "It rained.\n\n[s:the [g:Norlandian] NGO [o:Green Shores]] said so.",
        ["Norlandian", "Green Shores"],
    ),
    "a text by a person's name": ("It rained.\n\n[s:The [p:Bely] Court Report] said so.", ["Bely"]),
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
