"""Sources whom the report keeps nameless: "an official, who was not authorized to speak", "a nurse who asked not to be
named", "he said, speaking on condition of anonymity".

Such a source is nobody whom the report names, however well a name near it would fit. One who is named in the source
itself ("Lund, who was not authorized to speak") is named all the same.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.record import Span, Statement
from onrecord.resolve.scene import Scene
from onrecord.resolve.source_mentions import head_mention

#: Why somebody is not named. Who gives a first name only, or keeps back the surname, is named.
_NAMELESS: Final = re.compile(
    r"\banonym(?:ity|ous|ously)\b"
    r"|(?:\bnot\b[^.;”\"]{0,30}|n[’']t\s+(?:been\s+)?)\bauthori[sz]ed\b|\bunauthori[sz]ed to\b"
    r"|\b(?:not|on\s+not|against)\s+(?:to\s+be|being)\s+(?:publicly\s+)?(?:named|identified)\b"
    r"|\b(?:not\s+want|declined|refused|unwilling|reluctant)\s+(?:(?:his|her|their)\s+names?\s+)?"
    r"to\s+be\s+(?:publicly\s+)?(?:named|identified|used)\b"
    r"|\bcondition\s+(?:that\s+)?(?:he|she|they|their|his|her)\b[^.;”\"]{0,30}?\bnot\b[^.;”\"]{0,20}?"
    r"\b(?:named|identified|used)\b",
    re.IGNORECASE,
)
_NAMED_IN_PART: Final = re.compile(r"\b(?:surname|(?:last|full|family|second)\s+name)", re.IGNORECASE)
#: What may follow a source and belong to it, up to its cue or the end of the clause.
_CLAUSE: Final = re.compile(
    r"(?:,?\s+(?:who|speaking|requesting|asking|on\s+condition)|who)\b(?:[^.;:”“\"\n]|\.(?=\w)){0,120}"
)
#: A reason that belongs to the noun right before it, which may be another than the source.
_RELATIVE: Final = re.compile(r"\bwho(?:\s+[\w’']+){0,4}\s*$")
_GOVERNED: Final = re.compile(r"\b(?:of|for|to|from|at|with|by|in)\s+(?:the\s+)?$")


def is_kept_nameless(statement: Statement, scene: Scene) -> bool:
    """Whether the report says that the source of a statement is not to be named."""
    source = statement.source
    if source is None or _is_named(source, scene):
        return False
    return any(map(_says_so, (scene.words(source), _clause_of(source, scene), _reason(statement, scene))))


def _is_named(source: Span, scene: Scene) -> bool:
    """Whether a source is a name ("Warden Ines Galt", "an engineer, Paul Lund"), or "who" takes one up.
    That "an aide to Lund" holds a name is no matter."""
    text = scene.document.text
    if scene.words(source).lower() == "who":
        before = [one for one in scene.within(Span(0, max(source.start, 1))) if one.form == "name"]
        near = bool(before) and not text[before[-1].span.end : source.start].strip(" ,")
        return near and _GOVERNED.search(text[max(before[-1].span.start - 20, 0) : before[-1].span.start]) is None
    head = head_mention(source, scene.beginning_in(source), scene.document)
    return head is not None and head.form == "name"


def _says_so(words: str) -> bool:
    return _NAMELESS.search(words) is not None and _NAMED_IN_PART.search(words) is None


def _clause_of(source: Span, scene: Scene) -> str:
    begin = source.start if scene.words(source).lower() == "who" else source.end
    clause = _CLAUSE.match(scene.document.text, begin)
    return "" if clause is None else clause.group()


def _reason(statement: Statement, scene: Scene) -> str:
    """The reason given with a statement, unless another source has it: "he said, unlike an aide who asked not to …"."""
    reason = statement.reason
    if reason is None or statement.inside is not None:
        return ""
    words = scene.words(reason)
    before = scene.document.text[max(reason.start - 60, 0) : reason.start]
    return "" if words.lower().startswith("who ") or _RELATIVE.search(before) else words
