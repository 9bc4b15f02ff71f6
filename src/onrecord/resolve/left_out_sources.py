"""Sources that a sentence leaves out beside the words and gives in its main clause: `Claiming that …, Ann Lee told …`.

    After announcing his support, Ann Lee said …      ->  whom the main clause is about
    Ann Lee, later claiming that …, left              ->  whom the sentence opens with
    The plan was first reported by the Courier        ->  who does it
    Asked by Tom Hill about the plan, Ann Lee said    ->  who asks

Who is asked or told is not the source, nor does an opening say whose it is when the main clause has no name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, Mention, Span, Statement
from onrecord.resolve.scene import Scene

#: What may stand between the start of a sentence and a clause that has no subject of its own.
_AHEAD: Final = re.compile(
    r"\W*(?:(?:and|but|yet|so)\s)?(?:[\w-]+\s(?:day|week|month|year|hour|minute)s?\s)?"
    r"(?:(?:even|soon|shortly|just|immediately|long|days|weeks|months|years|moments)\s)?"
    r"(?:(?:after|before|since|while|when|in|by|on|upon|despite|besides|without|instead\sof|rather\sthan)\s)?(?:\w+ly\s)?",
    re.IGNORECASE,
)
#: How such a clause begins.
_SAYING: Final = re.compile(
    r"(?:\w+ly\s|also\s|later\s|again\s)?(?:\w+ing\b(?!\sto\b)|(?:convinced|worried|concerned|confident|determined|aware|mindful|afraid)\b)"
    r"|an?\s(?:\w+\s)?(?:effort|attempt|bid|move)\sto\s",
    re.IGNORECASE,
)
#: `Ann Lee, later`: a name, and the comma that sets a clause off behind it.
_SET_OFF: Final = re.compile(r",\s(?:\w+ly\s|later\s|also\s|again\s|in\s\w+\s)?")
_MAIN: Final = re.compile(r",[”\"’']*\s")
#: Titles and articles up to the name of a subject.
_TITLED: Final = re.compile(r"(?:(?:[A-Z][\w.’'-]*|the|former|of|for)\s){0,6}")
_ACTS: Final = re.compile(
    r"(?:,[^,“”\"]{2,80},|\s\([^)]{1,30}\))?\s(?!(?:and|or|of|for|in|at|with|who|which|that|as|to|from|among|being)\b)[a-z]+"
)
#: `was first reported`, `Asked`: others do it.
_PASSIVE: Final = re.compile(
    r"(?:.*\b(?:is|are|was|were|be|been|being)\s)?(?:\w+\s)?(?:\w+ed|told|written|quoted)(?:\sabout)?", re.IGNORECASE
)
_BY: Final = re.compile(r"\sby\s")
_AGENT_ENDS: Final = re.compile(
    r"\s*(?:[,.;:)”\"—–]|$)|\s(?:in|on|at|to|about|after|before|that|if|whether|how|why|what|who|as|for|during|over|when|last"
    r"|this|earlier)\b"
)


def left_out(statement: Statement, statements: Sequence[Statement], scene: Scene) -> Entity | None:
    """Whom the sentence of a statement without a source makes its source; None where it does not say."""
    cue = statement.cue
    if statement.source is not None or cue is None or statement.kind == "direct":
        return None
    number = scene.sentence(cue.start)
    sentence = scene.sentences[number] if number >= 0 else None
    if sentence is None or not sentence.covers(cue):
        return None
    if (agent := _agent(cue, statement.content[-1], sentence, scene)) is not None:
        return agent
    if _SAYING.match(scene.words(cue)) is None:
        return None
    if _AHEAD.fullmatch(scene.document.text, sentence.start, cue.start):
        return _main_subject(max(cue.end, statement.content[-1].end), sentence, statements, scene)
    return _opening_name(cue, sentence, scene)


def _agent(cue: Span, content: Span, sentence: Span, scene: Scene) -> Entity | None:
    """`was first reported by the Harbour Courier`: who is named behind "by"."""
    if _PASSIVE.fullmatch(scene.words(cue)) is None:
        return None
    for place in (cue.end, content.end):
        by = _BY.match(scene.document.text, place, sentence.end)
        name = None if by is None else _named_at(by.end(), scene)
        if name is not None and _AGENT_ENDS.match(scene.document.text, name.span.end):
            return scene.entity(name)
    return None


def _main_subject(place: int, sentence: Span, statements: Sequence[Statement], scene: Scene) -> Entity | None:
    """Whom the main clause is about: the source of what is said there, or the name that it opens with."""
    for comma in _MAIN.finditer(scene.document.text, max(place - 1, 0), sentence.end):
        told = next((one for one in statements if one.source is not None and one.source.start == comma.end()), None)
        if told is not None:
            speaker = scene.speaker(told)
            return speaker if speaker is not None and _has_name(speaker, scene) else None
        name = _named_at(comma.end(), scene)
        if name is not None and _ACTS.match(scene.document.text, name.span.end, sentence.end):
            return scene.entity(name)
    return None


def _opening_name(cue: Span, sentence: Span, scene: Scene) -> Entity | None:
    """`Ann Lee, later claiming that …, left`."""
    name = _named_at(sentence.start, scene)
    set_off = name is not None and _SET_OFF.fullmatch(scene.document.text, name.span.end, cue.start) is not None
    return scene.entity(name) if name is not None and set_off else None


def _named_at(place: int, scene: Scene) -> Mention | None:
    """The first name of a person or body from a place on, with nothing but its titles before."""
    for mention in scene.beginning_in(Span(place, place + 60)):
        entity = scene.entity(mention)
        if mention.form != "name" or entity is None:
            continue
        opens = _TITLED.fullmatch(scene.document.text, place, mention.span.start) is not None
        return mention if opens and _has_name(entity, scene) else None
    return None


def _has_name(entity: Entity, scene: Scene) -> bool:
    """A person, or a body like `the Harbour Courier`; "government" in "Norland's government" is a common noun."""
    if entity.name is None or entity.kind == "person":
        return entity.name is not None
    return entity.kind == "organisation" and scene.words(entity.name).split()[-1][0].isupper()
