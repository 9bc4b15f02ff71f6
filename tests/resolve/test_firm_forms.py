import pytest

from drawn import draw
from onrecord.record import Mention, MentionKind, Origin, address
from onrecord.resolve.firm_forms import with_forms

# Marks: names that were found before: [o:organisation], [p:person], [l:place].
_KINDS: dict[str, MentionKind] = {"o": "organisation", "p": "person", "l": "place"}

FINDS = {
    "a name and the form alone": ("It rained. [p:Hadrill] [o:Corp.] fell.", ["Hadrill Corp."]),
    "the form left out": ("It rained. [o:General Cables] Corp. fell.", ["General Cables Corp."]),
    "cut before": ("It rained. [p:John] [o:Sorrel Ltd.] fell.", ["John Sorrel Ltd."]),
    "cut at a hyphen": ("It rained. [o:Intern]-A [o:Inn and Bar Co.] fell.", ["Intern-A Inn and Bar Co."]),
    "a possessive": ("It rained. [o:Hattie]'s Inc. fell.", ["Hattie's Inc."]),
    "a place before, without an article": ("Rivals of [l:Norland] [o:Oil Co.] fell.", ["Norland Oil Co."]),
    "a word that was not found": ("It rained. Shares in Hadrill [o:Corp.] fell.", ["Hadrill Corp."]),
    "two forms": ("It rained. [o:Sorrel] Co. Ltd. fell.", ["Sorrel Co. Ltd."]),
    "joined": ("It rained. [p:Hill] & [o:Sons Ltd.] fell.", ["Hill & Sons Ltd."]),
    "the form first": ("[o:N.V.] [o:ADM] fell.", ["N.V. ADM"]),
    "of, as elsewhere": (
        "[o:First] of [o:Norland Bank Corp.] fell. [o:First of Norland] rose.",
        ["First of Norland Bank Corp.", "First of Norland"],
    ),
}
LEAVES = {
    "whole": ("Shares of [o:Hadrill Corp.] fell.", ["Hadrill Corp."]),
    "the form inside": ("Shares of [o:Cable Corp. of Norland] fell.", ["Cable Corp. of Norland"]),
    "the article before a place": ("Shares of the [l:Norland] [o:Sorrel Co.] fell.", ["Norland", "Sorrel Co."]),
    "a sentence before": ("He saw [p:Ann Bely]. [o:Sorrel Co.] fell.", ["Ann Bely", "Sorrel Co."]),
    "a firm before": ("A share of [o:Sorrel Co.] [o:Hadrill Corp.] fell.", ["Sorrel Co.", "Hadrill Corp."]),
    "an opener": ("It rained. But [o:Sorrel Co.] fell.", ["Sorrel Co."]),
    "an office": ("Its Chairman [o:Sorrel Co.] fell.", ["Sorrel Co."]),
    "a possessive name": ("[o:Hadrill]'s [o:Sorrel Co.] fell.", ["Hadrill", "Sorrel Co."]),
    "of, only here": ("[o:First] of [o:Norland Bank Corp.] fell.", ["First", "Norland Bank Corp."]),
    "no name at all": ("It rained in Hadrill Corp. yesterday.", []),
    "the form of nothing": ("([l:Norland]) [o:Inc.] fell.", ["Norland"]),
}


@pytest.mark.parametrize(("marked", "wanted"), {**FINDS, **LEAVES}.values(), ids={**FINDS, **LEAVES}.keys())
def test_names_of_firms_to_their_legal_form(marked: str, wanted: list[str]) -> None:
    drawn = draw(marked)
    document = drawn.document
    names = [
        Mention(address(document.id, "mention", span), span, _KINDS[label], "name", Origin("test", "1", 0.9))
        for label, span in drawn.spans
    ]
    found = sorted(with_forms(document, names), key=lambda name: name.span)
    assert [document.words(name.span) for name in found] == wanted
    assert all(name.id == address(document.id, "mention", name.span) for name in found)


def test_what_has_a_legal_form_is_a_body() -> None:
    drawn = draw("It rained. [p:Hadrill] [o:Corp.] fell.")
    [span, form] = [span for _, span in drawn.spans]
    id_ = address(drawn.document.id, "mention", span)
    names = [
        Mention(id_, span, "person", "name", Origin("test", "1", 0.9)),
        Mention(id_, form, "organisation", "name", Origin("test", "1", 0.9)),
    ]
    assert [name.kind for name in with_forms(drawn.document, names)] == ["organisation"]
