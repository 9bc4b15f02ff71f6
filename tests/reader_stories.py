"""Hand-made stories for tests of the reader, drawn as marked text (see drawn.py).

Labels: p1, o1, l1, g1 a name of person, organisation, place, group 1; h1 a pronoun for person 1; q1, m1, i1 the content
of statement 1, direct, mixed or indirect (one label on several stretches: one statement in parts); c1 its cue, s1 its
source. The speaker is whoever the source names.
"""

from __future__ import annotations

from dataclasses import replace

from drawn import Drawn, draw
from onrecord.record import (
    Entity,
    Mention,
    MentionKind,
    Origin,
    Record,
    Span,
    Statement,
    StatementKind,
    address,
    envelope,
)

KINDS: dict[str, MentionKind] = {"p": "person", "o": "organisation", "l": "place", "g": "group", "h": "person"}
SAID: dict[str, StatementKind] = {"q": "direct", "m": "mixed", "i": "indirect"}
ORIGIN = Origin("drawn", "1", 0.9)

RIVER = """[i1:The river rose two metres in a night], [s1:[p1:Ann Mayor]] [c1:told] [o1:Radio Delta] on Monday.

[q2:“We asked for sand on Friday,”] [s2:[h1:she]] [c2:said]. [q2:“None came.”]

[l1:Northport] was cut off by noon. [s3:[p1:Mayor]] [c3:said] [i3:that [s4:[p2:Bo Smith]], the engineer, \
had [c4:warned] [m4:the dam was “about to go”]].

[s5:[o2:The water board]] [c5:denied] [i5:any fault], though [g1:farmers] say otherwise."""

HARBOUR = """[s1:[p1:Ann Mayor]] [c1:said] [q1:“The harbour opens on Sunday,”] a year after the flood.

Nobody from [o1:the water board] came."""

HOSTILE = """<script>document.title='owned'</script> [s1:[p1:<img src=x onerror=alert(1)>]] [c1:said] \
[q1:“</span></p><script>alert('q')</script> &amp; {{ 7*7 }}”] & went."""


def story(
    marked: str,
    *,
    headline: str | None = "A story",
    url: str | None = None,
    publisher: str | None = "The Daily Test",
    agency: str | None = None,
    published: str | None = "2022-03-04",
    scores: tuple[float | None, ...] = (0.9,),
) -> Record:
    """The record of a marked text; statements take the scores in turn."""
    drawn = draw(marked)
    source = replace(
        drawn.document.source,
        headline=headline,
        url=url or f"https://test.example/{drawn.document.id[:8]}",
        publisher=publisher,
        agency=agency,
        published=published,
    )
    drawn = replace(drawn, document=replace(drawn.document, source=source))
    mentions = tuple(_mentions(drawn))
    entities = tuple(_entities(drawn, mentions))
    statements = tuple(_statements(drawn, mentions, entities, scores))
    return Record(drawn.document, mentions, entities, statements)


def _mentions(drawn: Drawn) -> list[Mention]:
    return [
        Mention(_id(drawn, "mention", span), span, KINDS[label[0]], "pronoun" if label[0] == "h" else "name", ORIGIN)
        for label, span in drawn.spans
        if label[0] in KINDS
    ]


def _entities(drawn: Drawn, mentions: tuple[Mention, ...]) -> list[Entity]:
    groups: dict[str, list[Span]] = {}
    for label, span in drawn.spans:
        if label[0] in KINDS:
            groups.setdefault(label.replace("h", "p"), []).append(span)
    return [
        Entity(
            _id(drawn, "entity", max(spans, key=len)),
            KINDS[key[0]],
            max(spans, key=len),
            tuple(mention.id for mention in mentions if mention.span in spans),
        )
        for key, spans in groups.items()
    ]


def _statements(
    drawn: Drawn, mentions: tuple[Mention, ...], entities: tuple[Entity, ...], scores: tuple[float | None, ...]
) -> list[Statement]:
    by_mention = {id_: entity for entity in entities for id_ in entity.mentions}
    found = []
    labels = dict.fromkeys(label for label, _ in drawn.spans if label[0] in SAID)
    for place, label in enumerate(sorted(labels, key=lambda label: int(label[1:]))):
        content = drawn.labelled(label)
        source = next(iter(drawn.labelled(f"s{label[1:]}")), None)
        named = next((each for each in mentions if source is not None and source.covers(each.span)), None)
        entity = by_mention[named.id] if named else None
        chain = tuple(dict.fromkeys((named.span, entity.name))) if named and entity and entity.name else ()
        found.append(
            Statement(
                id=_id(drawn, "statement", envelope(content)),
                content=content,
                kind=SAID[label[0]],
                mode="said",
                source_type="named person" if entity else "none",
                origin=replace(ORIGIN, score=scores[place % len(scores)]),
                cue=next(iter(drawn.labelled(f"c{label[1:]}")), None),
                source=source,
                speaker=entity.id if entity else None,
                unknown_because=None if entity else "no source is named",
                chain=chain,
            )
        )
    return [replace(each, inside=_inside(each, found)) for each in found]


def _inside(statement: Statement, found: list[Statement]) -> str | None:
    place = envelope(statement.content)
    outer = [each for each in found if each is not statement and envelope(each.content).covers(place)]
    return min(outer, key=lambda each: len(envelope(each.content))).id if outer else None


def _id(drawn: Drawn, kind: str, span: Span) -> str:
    return address(drawn.document.id, kind, span)


def pile() -> tuple[Record, ...]:
    """A small pile: two stories of one speaker, and one that attacks the reader."""
    return (
        story(RIVER, headline="River rises", agency="AP", scores=(0.95, 0.9, 0.6, 0.4, None)),
        story(HARBOUR, headline="Harbour to open", publisher="The Other", published="2023-01-15", scores=(0.8,)),
        story(
            HOSTILE,
            headline="<script>document.title='owned'</script><b>Bold</b>",
            url="javascript:document.title='owned'",
            publisher='"><script>alert(2)</script>',
            published="2021-07-01",
            scores=(0.5,),
        ),
    )
