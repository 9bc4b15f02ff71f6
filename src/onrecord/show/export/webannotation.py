"""Statements as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): one JSON object a line.

Each targets its page by URL with a position and a quote selector over the text of the story, as onrecord read it: the
positions are those of `Document.text`, in code points, not of the page's HTML. Loses mentions, times and events.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from onrecord.record import Document, Span, Statement
from onrecord.show.export.reported import Reported

#: Characters of context in a quote selector, on either side.
_CONTEXT = 32


def write_webannotation(stories: Iterable[Reported], out: IO[str]) -> None:
    """Write one annotation a statement, as JSON Lines."""
    for each in stories:
        for statement in each.record.statements:
            out.write(json.dumps(annotation(each, statement), ensure_ascii=False) + "\n")


def annotation(each: Reported, statement: Statement) -> dict[str, Any]:
    """The annotation of a statement: who said it and how in the bodies, where in the selectors."""
    document = each.record.document
    person = each.people.get(statement.id)
    said = {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "value": f"{person[0] if person else 'unknown'} {statement.mode} ({statement.kind})",
    }
    named = [{"type": "TextualBody", "purpose": "identifying", "value": person[0]}] if person else []
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:onrecord:{statement.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [said, *named],
        "target": {"source": _source(document), "selector": [_selector(document, span) for span in statement.content]},
    }


def _source(document: Document) -> str:
    return document.source.url or f"urn:onrecord:{document.id}"


def _selector(document: Document, span: Span) -> dict[str, Any]:
    return {
        "type": "TextPositionSelector",
        "start": span.start,
        "end": span.end,
        "refinedBy": {
            "type": "TextQuoteSelector",
            "exact": document.words(span),
            "prefix": document.text[max(0, span.start - _CONTEXT) : span.start],
            "suffix": document.text[span.end : span.end + _CONTEXT],
        },
    }
