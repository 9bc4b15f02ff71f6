"""Quotations that are a headline by themselves: whose words they repeat, or, above an interview, who answers in it.

“We heard it before we saw it”
“We heard it before we saw it,” said Ilse Brandt.     ->  the headline is Ilse Brandt's, too
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, Statement
from onrecord.resolve.scene import Scene

#: The steps that find turns of transcripts and interviews.
_TURN: Final = re.compile(r"turn$|interview answer$|interview question$")
_WORD: Final = re.compile(r"\w+")
#: Fewer words may be anybody's.
_FEWEST_WORDS: Final = 4


def repeated(statement: Statement, statements: Sequence[Statement], scene: Scene) -> Entity | None:
    """The one speaker in whose quotations the words of a headline stand again, or who alone answers questions."""
    first = scene.paragraphs[0] if scene.paragraphs else None
    if statement.source is not None or statement.kind != "direct":
        return None
    if first is None or not first.covers(statement.content[0]):
        return None
    if (answers := _answering(statements, scene)) is not None:
        return answers
    words = _words(statement, scene)
    if words.count(" ") < _FEWEST_WORDS:
        return None
    found = {
        entity.id: entity
        for one in statements
        if one is not statement and one.kind != "indirect" and words in _words(one, scene)
        if (entity := scene.speaker(one)) is not None
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _answering(statements: Sequence[Statement], scene: Scene) -> Entity | None:
    """The one person who has turns and asks nothing; None where another's turns have no name."""
    turns = [one for one in statements if one.inside is None and _TURN.search(one.origin.step)]
    asking = {one.speaker for one in turns if one.mode == "asked"}
    answers = {one.speaker for one in turns if one.mode != "asked"} - (asking - {None})
    entity = scene.entity_by_id.get(next(iter(answers)) or "") if len(answers) == 1 and asking else None
    return entity if entity is not None and entity.kind == "person" else None


def _words(statement: Statement, scene: Scene) -> str:
    """The words of a statement in small letters, a blank before and after each."""
    words = (word for span in statement.content for word in _WORD.findall(scene.words(span).lower()))
    return f" {' '.join(words)} "
