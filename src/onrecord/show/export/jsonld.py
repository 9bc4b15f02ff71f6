"""Stories as schema.org NewsArticle with a Quotation for each statement: JSON-LD, one story a line.

Loses what schema.org has no word for: cue, chain of mentions, kind, scores, other mentions, times and events.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from onrecord.record import Entity, Record, Statement
from onrecord.show.export.reported import Reported

_TYPES = {"person": "Person", "organisation": "Organization", "group": "Organization"}


def write_jsonld(stories: Iterable[Reported], out: IO[str]) -> None:
    """Write a NewsArticle a story, as JSON Lines."""
    for each in stories:
        out.write(json.dumps(article(each), ensure_ascii=False) + "\n")


def article(each: Reported) -> dict[str, Any]:
    """A story as schema.org's NewsArticle; what is unknown is left out."""
    document, source = each.record.document, each.record.document.source
    known = {
        "headline": source.headline,
        "url": source.url,
        "datePublished": source.published,
        "dateModified": source.modified,
        "inLanguage": document.language,
        "author": [{"@type": "Person", "name": name} for name in source.byline],
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "sourceOrganization": {"@type": "Organization", "name": source.agency} if source.agency else None,
        "dateline": source.dateline.place if source.dateline else None,
        "articleBody": document.text,
        "hasPart": [_quotation(each, statement) for statement in each.record.statements],
    }
    head = {"@context": "https://schema.org", "@type": "NewsArticle", "@id": f"urn:onrecord:{document.id}"}
    return head | {key: value for key, value in known.items() if value}


def _quotation(each: Reported, statement: Statement) -> dict[str, Any]:
    words = " … ".join(each.record.document.words(span) for span in statement.content)
    quotation: dict[str, Any] = {"@type": "Quotation", "@id": f"urn:onrecord:{statement.id}", "text": words}
    person = each.people.get(statement.id)
    if person is not None:
        quotation["spokenByCharacter"] = {"@type": _type(each.record, statement), "name": person[0]}
    return quotation


def _type(record: Record, statement: Statement) -> str:
    speaker: Entity | None = next((each for each in record.entities if each.id == statement.speaker), None)
    return _TYPES.get(speaker.kind, "Thing") if speaker else "Person"
