from collections import defaultdict

import pytest

from drawn import Drawn, draw
from onrecord.find.statements import find_statements
from onrecord.record import Entity, Mention, MentionForm, MentionKind, Origin, Record, Span, Statement, address
from onrecord.resolve.source_mentions import head_mention
from onrecord.resolve.source_types import type_of_words
from onrecord.resolve.speakers import resolve_speakers

# Marks: a mention is [n1:name], [d1:description] or [p1:pronoun] of person 1; [o2:name] of organisation 2.
_FORMS: dict[str, tuple[MentionKind, MentionForm]] = {
    "n": ("person", "name"),
    "d": ("person", "nominal"),
    "p": ("person", "pronoun"),
    "o": ("organisation", "name"),
}

# text -> the full name of each statement's speaker, "?" where it is unknown
SPEAKERS = {
    "the name itself": ("“We go,” said [n1:Pavel Kukhta].", ["Pavel Kukhta"]),
    "a title before the name": ("“We go,” said President [n1:Pavel Kukhta].", ["Pavel Kukhta"]),
    "surname, full name before": ("[n1:Pavel Kukhta] left. “We go,” said [n1:Kukhta].", ["Pavel Kukhta"]),
    "surname, full name later": (
        "“We go,” said [n1:Kukhta].\n\n[n1:Pavel Kukhta] left on Monday.",
        ["Pavel Kukhta"],
    ),
    "pronoun by coreference": ("[n1:Pavel Kukhta] left. “We go,” [p1:he] said.", ["Pavel Kukhta"]),
    "description by coreference": ("[n1:Pavel Kukhta] left. “We go,” [d1:the recruiter] said.", ["Pavel Kukhta"]),
    "apposition": ("“We go,” said [n1:Pavel Kukhta], a friend of [n2:Ales Bely].", ["Pavel Kukhta"]),
    "another's spokesman": ("“We go,” said [n2:Kukhta] spokesman [n1:Ales Bely].", ["Ales Bely"]),
    "a possessive is not the speaker": ("“We go,” said [n1:Pavel Kukhta]’s lawyer.", ["?"]),
    "a complement is not the speaker": ("“We go,” said a lawyer for [n1:Pavel Kukhta].", ["?"]),
    "a description that introduced a name": (
        "The judge, [n1:Carla Meneghin], came in.\n\n“We go,” the judge said.",
        ["Carla Meneghin"],
    ),
    "an organisation": ("The toll was 5, according to the [o1:Red Cross].", ["Red Cross"]),
    "person before organisation": ("“We go,” said [o2:Red Cross] director [n1:Ales Bely].", ["Ales Bely"]),
    "group without a name": ("Police said the road was closed.", ["?"]),
    "pronoun without coreference, one fits": (
        "[n1:Pavel Kukhta] left [n2:Maria Bely]. “We go,” he said.",
        ["Pavel Kukhta"],
    ),
    "pronoun without coreference, the speaker before": (
        "“We go,” said [n1:Pavel Kukhta].\n\nIt rained. “We must,” he said.",
        ["Pavel Kukhta", "Pavel Kukhta"],
    ),
    "pronoun without coreference, somebody else acted since": (
        "“We go,” said [n1:Pavel Kukhta].\n\n[n2:Peter Bely] left. “We must,” he said.",
        ["Pavel Kukhta", "Peter Bely"],
    ),
    "a minister of something": ("“We go,” said Minister of Education [n1:Ales Bely].", ["Ales Bely"]),
    "a name and what kind of body it is": ("“We go,” said the [o1:M5S] party.", ["M5S"]),
    "pronoun between two": ("[n1:Pavel Kukhta] met [n2:Peter Bely]. “We go,” he said.", ["?"]),
    "relative pronoun": ("[n1:Pavel Kukhta], who said he was afraid, left.", ["Pavel Kukhta"]),
    "relative pronoun behind a dash": ("[n1:Pavel Kukhta] — who said he was afraid — left.", ["Pavel Kukhta"]),
    "no cue, after the speaker": (
        "“We go,” said [n1:Pavel Kukhta]. Then he left.\n\n“We will never stay here.”",
        ["Pavel Kukhta", "Pavel Kukhta"],
    ),
    "no cue, somebody stepped in": (
        "“We go,” said [n1:Pavel Kukhta]. [n2:Peter Bely] wept.\n\n“We will never stay here.”",
        ["Pavel Kukhta", "?"],
    ),
    "no cue, introduced by narration": (
        "[n1:Pavel Kukhta] lost two brothers in the war.\n\n“We will never stay here.”",
        ["Pavel Kukhta"],
    ),
    "no cue, nobody near": ("“We will never stay here.” It was cold.", ["?"]),
    "two at once": (
        "[n1:Pavel Kukhta] and [n2:Maria Bely] wept. Both said the road was closed.",
        ["Pavel Kukhta"],
    ),
    "two at once, described before": (
        "A baker’s sisters said the road was closed. The sisters [n1:Ann Kukhta] and [n2:Maria Bely] wept.",
        ["Ann Kukhta"],
    ),
    "many": ("Officials said the road was closed. The officials [n1:Ann Kukhta] and [n2:Maria Bely] wept.", ["?"]),
    "sourceless": ("[n1:Pavel Kukhta] was widely seen as a friend.", ["?"]),
    "led in by a colon": (
        "[n2:Peter Bely] wept. [n1:Kukhta], a friend of [n2:Bely], went on:\n\n“We will never stay here.”\n\n"
        "[n1:Pavel Kukhta] left.",
        ["Pavel Kukhta"],
    ),
    "led in by a colon, pronoun known": (
        "[n1:Pavel Kukhta] left. [p1:He] went on:\n\n“We will never stay here.”",
        ["Pavel Kukhta"],
    ),
    "told of before it in its paragraph": (
        "“We go,” said [n1:Pavel Kukhta].\n\n[n2:Peter Bely] wept all day. “We will never stay here.”",
        ["Pavel Kukhta", "Peter Bely"],
    ),
    "a source without a name, then he": (
        "[n1:Pavel Kukhta] said it was cold. A second recruiter said it rained. He said he was wet.",
        ["Pavel Kukhta", "?", "?"],
    ),
    "a title among two": (
        "Mayor [n1:Pavel Kukhta] met Judge [n2:Maria Bely]. The mayor said it was cold. The judge said it rained.",
        ["Pavel Kukhta", "Maria Bely"],
    ),
    "a described one who was met without a name": (
        "Spokesman [n1:Pavel Kukhta] said it was cold. A spokesman said it rained. The spokesman said it froze.",
        ["Pavel Kukhta", "?", "?"],
    ),
    "described in the lead, named later": (
        "A Minsk baker has said that it rained.\n\n“We go,” said [n1:Pavel Kukhta], who has four ovens.",
        ["Pavel Kukhta", "Pavel Kukhta"],
    ),
    "the body named just before": (
        "[o1:Northwind] halted flights. The airline said that it rained.",
        ["Northwind"],
    ),
    "the letter of somebody": (
        "In a letter, [n1:Pavel Kukhta] said that it rained.\n\n“We go,” the letter said.",
        ["Pavel Kukhta", "Pavel Kukhta"],
    ),
    "adherents of a party": ("[o1:Republicans] said that it rained.", ["?"]),
    "label of a transcript": (
        "[n1:Pavel Kukhta] met [n2:Peter Bely].\n\nKUKHTA: We go.\n\nBELY: When?\n\nKUKHTA: Now.\n\nBELY: Good.",
        ["Pavel Kukhta", "Peter Bely", "Pavel Kukhta", "Peter Bely"],
    ),
    "initials of a transcript": (
        "[n1:Pavel Kukhta] met [n2:Peter Bely].\n\nPK: We go.\n\nPB: When?\n\nPK: Now.\n\nPB: Good.",
        ["Pavel Kukhta", "Peter Bely", "Pavel Kukhta", "Peter Bely"],
    ),
}


@pytest.mark.parametrize(("marked", "names"), SPEAKERS.values(), ids=SPEAKERS.keys())
def test_speakers_in_full_name(marked: str, names: list[str]) -> None:
    drawn = draw(marked)
    statements, _, entities = _resolve(drawn)
    full = {entity.id: drawn.words(entity.name) for entity in entities}
    outer = [one for one in statements if one.inside is None]
    assert [full[one.speaker] if one.speaker else "?" for one in outer] == names


def test_the_chain_is_the_proof() -> None:
    drawn = draw("[n1:Pavel Kukhta] left.\n\n[n1:Kukhta] came back.\n\n“We go,” [p1:he] said.")
    statements, _, _ = _resolve(drawn)
    assert [drawn.words(step) for step in statements[0].chain] == ["he", "Kukhta", "Pavel Kukhta"]


def test_who_say_it_together_are_the_speaker_and_the_candidates() -> None:
    statements, _, entities = _resolve(draw("[n1:Pavel Kukhta] and [n2:Maria Bely] said that it rained."))
    assert statements[0].speaker == entities[0].id
    assert statements[0].candidates == tuple(entity.id for entity in entities)


def test_the_maker_of_a_document_is_a_candidate() -> None:
    drawn = draw("It rained, according to a [o1:Caledon Institute] poll.")
    text = drawn.document.text
    source = Span(text.index("a Caledon"), text.index("."))
    mentions, entities = _identities(drawn)
    content = Span(0, text.index(","))
    id_ = address(drawn.document.id, "statement", content)
    found = Statement(id_, (content,), "indirect", "said", "none", Origin("test", "1"), source=source)
    (statement,) = resolve_speakers(drawn.document, [found], mentions, entities)
    assert (statement.speaker, statement.source_type) == (None, "document")
    assert statement.candidates == (entities[0].id,)


def test_between_two_both_are_candidates() -> None:
    drawn = draw("[n1:Pavel Kukhta] met [n2:Peter Bely]. “We go,” he said.")
    (statement,), _, entities = _resolve(drawn)
    assert set(statement.candidates) == {entity.id for entity in entities}
    assert statement.unknown_because == "several may have said it"


def test_a_way_that_is_less_than_sure_lowers_the_score() -> None:
    sure, _, _ = _resolve(draw("[n1:Pavel Kukhta] left. “We go,” [p1:he] said."))
    guess, _, _ = _resolve(draw("[n1:Pavel Kukhta] left. “We go,” he said."))
    assert sure[0].origin.score is not None
    assert guess[0].origin.score is not None
    assert sure[0].origin.score > guess[0].origin.score


def test_a_source_that_is_identified_only_so() -> None:
    drawn = draw("A cleaner who asked to be identified only as [n1:Dana] for fear of losing her job said so.")
    mentions, _ = _identities(drawn)
    source = Span(0, drawn.document.text.index(" said so"))
    assert head_mention(source, mentions, drawn.document) == mentions[0]


def test_whom_somebody_supports_is_not_the_source() -> None:
    drawn = draw("One cook supporting Mr. [n1:Kukhta], [n2:Ales Bely] of Orsha, said so.")
    mentions, _ = _identities(drawn)
    source = Span(0, drawn.document.text.index(", said so"))
    assert head_mention(source, mentions, drawn.document) == mentions[1]


SOURCE_TYPES = {
    "a poll by two newspapers": "document",
    "the indictment": "document",
    "court papers": "document",
    "Police": "unnamed group",
    "two officials": "unnamed group",
    "they": "unnamed group",
    "a lawyer for the family": "unnamed person",
    "an official who was not authorised": "unnamed person",
    "the older woman": "unnamed person",
    "A federal appeals court": "unnamed group",
    "a Harbour Courier database tracking such deaths": "document",
    "economists polled by Tidemark": "unnamed group",
    "58 percent of those asked": "unnamed group",
    "just 9%": "unnamed group",
    "one in four": "unnamed group",
    "three of them": "unnamed group",
    "one of them": "unnamed person",
    "one of the posts": "document",
    "two-thirds of the reports": "document",
    "A third, a cleaner": "unnamed person",
    "a lawsuit he filed in Harrow County": "document",
    "a schedule the bus company gave out": "document",
    "a report last week from the Tide Institute": "document",
    "the last audit": "document",
    "a retired teacher": "unnamed person",
    "the secretary of state's office": "unnamed group",
    "fishermen in the north": "unnamed group",
}


@pytest.mark.parametrize("source", ["the state", "his campaign", "a poll of voters"])
def test_a_body_or_a_poll_is_no_person(source: str) -> None:
    drawn = draw(f"[n1:Jon Husted] purged the rolls when [d1:{source}] wrongly stated that 12,000 voters were dead.")
    statements, _, _ = _resolve(drawn)
    assert all(each.speaker is None for each in statements)


@pytest.mark.parametrize(("words", "kind"), SOURCE_TYPES.items())
def test_type_of_a_source_without_a_name(words: str, kind: str) -> None:
    assert type_of_words(words) == kind


def test_named_sources_have_their_type() -> None:
    statements, _, _ = _resolve(draw("“We go,” said [n1:Pavel Kukhta]. It rained, the [o2:Red Cross] said."))
    assert [one.source_type for one in statements] == ["named person", "named organisation"]


def test_without_mentions_nothing_is_claimed() -> None:
    drawn = draw("“We go,” said Pavel Kukhta. “We stay,” he said.")
    statements = resolve_speakers(drawn.document, find_statements(drawn.document), (), ())
    assert [one.speaker for one in statements] == [None, None]


def test_a_quote_that_begins_where_the_cue_before_it_ends() -> None:
    document = draw("A spokesman: “We go” adding “we stay” to the end.").document
    text = document.text
    first, second, cue = (Span(text.index(each), text.index(each) + len(each)) for each in ("We go", "“we", "adding "))
    statements = [
        Statement(
            address(document.id, "statement", content), (content,), "direct", "said", "none", Origin("x", "1"), of
        )
        for content, of in ((first, cue), (second, None))
    ]
    assert [one.speaker for one in resolve_speakers(document, statements, (), ())] == [None, None]


def _resolve(drawn: Drawn) -> tuple[tuple[Statement, ...], tuple[Mention, ...], tuple[Entity, ...]]:
    mentions, entities = _identities(drawn)
    statements = resolve_speakers(drawn.document, find_statements(drawn.document), mentions, entities)
    Record(drawn.document, mentions=mentions, entities=entities, statements=statements)
    return statements, mentions, entities


def _identities(drawn: Drawn) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    mentions: list[Mention] = []
    members: defaultdict[str, list[Mention]] = defaultdict(list)
    for label, span in drawn.spans:
        kind, form = _FORMS[label[0]]
        mention = Mention(address(drawn.document.id, "mention", span), span, kind, form, Origin("test", "1"))
        mentions.append(mention)
        members[label[1:]].append(mention)
    return tuple(mentions), tuple(_entity(drawn, group) for group in members.values())


def _entity(drawn: Drawn, group: list[Mention]) -> Entity:
    names = [mention.span for mention in group if mention.form == "name"]
    fullest = max(names, key=lambda span: (len(span), -span.start)) if names else None
    first: Span = fullest or group[0].span
    return Entity(
        address(drawn.document.id, "entity", first), group[0].kind, fullest, tuple(mention.id for mention in group)
    )
