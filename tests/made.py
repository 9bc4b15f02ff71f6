"""Records made by hand for tests of what is done with them: reports put together from sentences with known speakers."""

import hashlib
from dataclasses import dataclass

from onrecord.record import (
    Block,
    Document,
    Entity,
    Mention,
    MentionKind,
    Origin,
    Record,
    Source,
    Span,
    Statement,
    address,
)

ORIGIN = Origin("by hand", "1", 0.75)


@dataclass(frozen=True)
class Said:
    """A sentence `“words,” speaker cue.`; `score` None stands for a rule that is certain."""

    speaker: str
    words: str
    cue: str = "said"
    kind: MentionKind = "person"
    score: float | None = 0.75


def report(
    *parts: str | Said,
    headline: str | None = None,
    url: str | None = None,
    publisher: str | None = "The Daily Test",
    published: str | None = "2022-03-04T10:00:00Z",
    agency: str | None = None,
    names: tuple[str, ...] = (),
    content: bytes | None = None,
    location: str | None = None,
) -> Record:
    """A report of one paragraph a part, after its headline. `names` are people that the plain sentences name."""
    shown = [headline, *parts] if headline else list(parts)
    sentences = [
        part if isinstance(part, str) else f"“{part.words},” {part.speaker} {part.cue}." for part in shown if part
    ]
    text = "\n\n".join(sentences)
    spans, offset = [], 0
    for sentence in sentences:
        spans.append(Span(offset, offset + len(sentence)))
        offset += len(sentence) + 2
    kinds = ["headline" if headline and index == 0 else "paragraph" for index in range(len(spans))]
    source = Source(
        sha256=hashlib.sha256(content or text.encode()).hexdigest(),
        reader="by hand 1",
        location=location or (url and f"pile/{hashlib.sha256(url.encode()).hexdigest()[:8]}.html"),
        url=url,
        publisher=publisher,
        headline=headline,
        agency=agency,
        published=published,
    )
    blocks = tuple(Block(span, kind) for span, kind in zip(spans, kinds, strict=True))  # type: ignore[arg-type]
    document = Document(text, source, blocks, tuple(spans), "en")
    said = [(span, part) for span, part in zip(spans, shown, strict=True) if isinstance(part, Said)]
    named = {part.speaker: part.kind for _, part in said} | dict.fromkeys(names, "person")
    mentions, entities = _named(document, named)
    ids = {document.words(entity.name): entity.id for entity in entities if entity.name is not None}
    statements = tuple(_statement(document, span, part, ids) for span, part in said)
    return Record(document, mentions=mentions, entities=entities, statements=statements)


def _named(document: Document, named: dict[str, MentionKind]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    mentions: list[Mention] = []
    entities: list[Entity] = []
    for name, kind in named.items():
        own = [Span(start, start + len(name)) for start in _places(document.text, name)]
        own = [span for span in own if not any(span.overlaps(mention.span) for mention in mentions)]
        found = tuple(Mention(address(document.id, "mention", span), span, kind, "name", ORIGIN) for span in own)
        mentions += found
        if found:
            entity = address(document.id, "entity", own[0])
            entities.append(Entity(entity, kind, own[0], tuple(mention.id for mention in found)))
    return tuple(sorted(mentions, key=lambda each: each.span)), tuple(entities)


def _places(text: str, name: str) -> list[int]:
    found, start = [], text.find(name)
    while start >= 0:
        found.append(start)
        start = text.find(name, start + 1)
    return found


def _statement(document: Document, span: Span, said: Said, ids: dict[str, str]) -> Statement:
    content = Span(span.start, span.start + len(said.words) + 3)
    source = Span(content.end + 1, content.end + 1 + len(said.speaker))
    cue = Span(source.end + 1, source.end + 1 + len(said.cue))
    return Statement(
        id=address(document.id, "statement", content),
        content=(content,),
        kind="direct",
        mode="said",
        source_type="named person" if said.kind == "person" else "named organisation",
        origin=Origin("by hand", "1", said.score),
        cue=cue,
        source=source,
        speaker=ids[said.speaker],
        chain=(source,),
    )
