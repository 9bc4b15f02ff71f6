"""Who "he", "she" or "it" is in front of a cue: who spoke or acted last and fits, what coreference says, who is near.

An antecedent without a name ("a second official … he said") leaves the speaker unknown rather than giving the words
to the next best name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from onrecord.record import Entity, SourceType, Span, Statement
from onrecord.resolve.nameless_subjects import nameless_before
from onrecord.resolve.quoted_pronouns import quotation_around, told_of_in_quotation
from onrecord.resolve.scene import (
    MALE,
    NOBODY_NEAR,
    SEVERAL,
    SINGULAR,
    UNNAMED,
    Answer,
    Scene,
    cited_before,
    fits,
    last_name,
    people_before,
    quoted_spans,
)

#: Paragraphs back in which the person behind a pronoun is looked for.
REACH_PARAGRAPHS: Final = 2
#: The same in sentences, for reports that are one long paragraph.
MOST_SENTENCES: Final = 8
#: Characters back in which who was cited last may still be "she", though paragraphs without a name stand between.
FAR: Final = 1000
#: What may stand before the name that a sentence opens with.
_TITLED: Final = re.compile(r"[“‘\"'«„`\s]*(?:(?:[A-Z][\w.’'-]*|the|of|for|and)\s){0,8}")
#: The same behind a clause with a participle: `Asked if he was ill, Mr.` Lund shrugged.
_OPENED: Final = re.compile(
    r"(?:[“‘\"'«„`\s]*(?:[A-Z][a-z]+(?:ed|ing)|Told|Shown|When)\s[^.;“”\"]{2,120},\s)?" + _TITLED.pattern
)
#: What stands before a name in a clause of its own, or behind a preposition.
_ASIDE: Final = re.compile(
    r"[,—–;]|\b(?:that|who|which|when|while|whether|if|because|as|after|before|over|about|of|for|with|by|from|in|at|than)\b"
)
_CLAUSE_BEHIND: Final = re.compile(r"\s(?:when|as|after|before|while|because)\s(?:[A-Z][\w.’'-]*\s){0,3}$")
_COORDINATED: Final = re.compile(r"\b(?:but|and|yet|so|or)\s(?:[A-Z][\w.’'-]*\s)*$")
_SUBORDINATE: Final = re.compile(r"\W*(?:Although|Though|While|As|When|If|After|Before|Because|Since|Even though)\s")
#: Where the main clause begins, with titles of whom it is about.
_OPENS_MAIN: Final = re.compile(r",[”\"'’]*\s(?:[A-Z][\w.-]*\s){0,4}$")
_ACTS: Final = re.compile(r"(?:,[^,]{2,80},)?\s(?:also\s|then\s)?[a-z]+")
_GOES_ON: Final = re.compile(r"\b(?:add(?:s|ed|ing)?|continu(?:es|ed|ing)|went on|goes on|also|further|concluded)\b")
_QUESTION: Final = re.compile(r"(?:about|whether|if|how|why|what|when|where|who|which)\b")
_NOBODY: Final = Answer(None, (), UNNAMED, kind="unnamed person")
#: The steps that find turns of transcripts and interviews.
_TURN: Final = "turn"


def by_pronoun(statement: Statement, source: Span, earlier: Sequence[Statement], scene: Scene) -> Answer:
    """Who spoke or acted last, when that fits; else what coreference says; else the only person near who fits."""
    word = scene.words(source).lower()
    gender = "thing" if word == "it" else "man" if word in MALE else "woman"
    place = min(source.start, statement.content[0].start)
    answer = _antecedent(statement, source, gender, place, earlier, scene)
    outer = None if gender == "thing" or answer.speaker is None else quotation_around(statement, earlier, scene)
    spoken = None if outer is None else scene.speaker(outer)
    if outer is None or (spoken is not None and answer.speaker is not spoken):
        return answer
    return told_of_in_quotation(source, gender, outer, scene) or (answer if spoken is None else _NOBODY)


def _antecedent(
    statement: Statement, source: Span, gender: str, place: int, earlier: Sequence[Statement], scene: Scene
) -> Answer:
    same = _same_source(source, earlier, scene) or _named_beside(source, gender, scene)
    if same is not None:
        return Answer(same, last_name(same, source.start, scene), share=0.9)
    if (goes_on := _goes_on(statement, place, gender, earlier, scene)) is not None:
        return Answer(goes_on, last_name(goes_on, source.start, scene), share=0.9)
    if (asked := _asked(place, gender, earlier, scene)) is not None:
        return Answer(asked, last_name(asked, source.start, scene), share=0.8)
    nameless = nameless_before(source, place, gender, earlier, scene)
    if nameless is not None:
        return Answer(None, (), UNNAMED, kind=nameless)
    linked = _linked(source, gender, scene)
    if linked is not None and fits(linked, gender, scene) and _is_reported(source, earlier):
        return Answer(linked, (source,))
    last = last_actor(place, gender, earlier, scene)
    if last is not None and (linked is None or linked.id != last.id):
        return Answer(last, last_name(last, source.start, scene), share=0.8)
    if linked is not None:
        return Answer(linked, (source,))
    fitting = [entity for entity in people_before(place, REACH_PARAGRAPHS, scene) if fits(entity, gender, scene)]
    if not fitting and (spoke := _spoke_before(place, gender, earlier, scene)) is not None:
        fitting = [spoke]
    if len(fitting) == 1:
        return Answer(fitting[0], last_name(fitting[0], source.start, scene), share=0.7)
    kind = _thing_before(place, earlier, scene) if gender == "thing" else None
    return Answer(None, (), SEVERAL if fitting else NOBODY_NEAR, tuple(fitting[:4]), kind=kind)


def by_first_person(statement: Statement, word: str, earlier: Sequence[Statement], scene: Scene) -> Answer:
    """`I` inside a quotation is who speaks it; elsewhere it is the author, whom the report need not name."""
    outer = next((one for one in earlier if one.id == statement.inside), None)
    if word != "i" or outer is None:
        return Answer(None, (), UNNAMED, kind="unnamed person" if word == "i" else "unnamed group")
    speaker = scene.speaker(outer)
    if speaker is None:
        return Answer(None, (), outer.unknown_because, kind=outer.source_type)
    return Answer(speaker, last_name(speaker, outer.content[0].start, scene), share=0.9)


def by_second_person(statement: Statement, earlier: Sequence[Statement], scene: Scene) -> Answer | None:
    """`You told the police …` within somebody's turn: whose turn was before it; in a quotation or a letter, nobody
    known to be named. None outside of what somebody says."""
    outer = next((one for one in earlier if one.id == statement.inside), None)
    if outer is None or outer.kind != "direct":
        return None
    before = [one for one in earlier if one.inside is None and one.content[-1].end <= outer.content[0].start]
    last = before[-1] if before and all(_TURN in one.origin.step for one in (before[-1], outer)) else None
    heard = None if last is None else scene.speaker(last)
    if heard is None or heard is scene.speaker(outer):
        return Answer(None, (), UNNAMED, kind="unnamed person")
    return Answer(heard, last_name(heard, outer.content[0].start, scene), share=0.8)


def _same_source(source: Span, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """`he said, adding …`: two cues of one pronoun."""
    same = [one for one in earlier if one.source == source]
    return scene.speaker(same[-1]) if same else None


def _goes_on(
    statement: Statement, place: int, gender: str, earlier: Sequence[Statement], scene: Scene
) -> Entity | None:
    """`…, Lund said. Moe was out, he added`: who was cited last, not before the paragraph before, goes on."""
    if statement.cue is None or not _GOES_ON.search(scene.words(statement.cue)):
        return None
    before = [one for one in cited_before(place, earlier) if not _is_reported_source(one, earlier)]
    last = scene.speaker(before[-1]) if before else None
    near = last is not None and scene.paragraph(before[-1].content[-1].end - 1) >= scene.paragraph(place) - 1
    return last if last is not None and near and fits(last, gender, scene) else None


def _asked(place: int, gender: str, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """`Moe asked Lund whether he was ill. “No,” he said`: whoever was asked in the sentence before answers, but not who
    was asked to do something."""
    last = next(reversed(cited_before(place, earlier)), None)
    if last is None or last.cue is None or last.mode != "asked" or last.content[0].start < last.cue.end:
        return None
    if not _QUESTION.match(scene.words(last.content[0])):
        return None
    if scene.sentence(last.cue.start) != scene.sentence(place) - 1:
        return None
    heard = [scene.entity(one) for one in scene.within(Span(last.cue.end, last.content[0].start)) if one.form == "name"]
    one = heard[0] if heard else None
    return one if one is not None and one is not scene.speaker(last) and fits(one, gender, scene) else None


def _is_reported_source(statement: Statement, earlier: Sequence[Statement]) -> bool:
    return statement.source is not None and _is_reported(statement.source, earlier)


def _named_behind(source: Span, gender: str, scene: Scene) -> Entity | None:
    """`Although he called the market tough, Mr. Lund, the chairman, forecast …`: whom the sentence goes on to name."""
    if not scene.sentences or gender == "thing":
        return None
    sentence = scene.sentences[max(scene.sentence(source.start), 0)]
    text = scene.document.text
    if not _SUBORDINATE.fullmatch(text, sentence.start, source.start):
        return None
    for mention in scene.within(Span(source.end, max(sentence.end, source.end + 1))):
        entity = scene.entity(mention)
        if mention.form == "name" and entity is not None and fits(entity, gender, scene):
            opens = _OPENS_MAIN.search(text, source.end, mention.span.start) is not None
            return entity if opens and _ACTS.match(text, mention.span.end, sentence.end) else None
    return None


def _named_beside(source: Span, gender: str, scene: Scene) -> Entity | None:
    """Whom the sentence of a pronoun names in the clause before or behind it."""
    return _named_ahead(source, gender, scene) or _named_behind(source, gender, scene)


def _named_ahead(source: Span, gender: str, scene: Scene) -> Entity | None:
    """`When Lund got to the harbor, he said, …`: whom the clause that opens the sentence is about."""
    text = scene.document.text
    if not scene.sentences or gender == "thing" or not text.endswith(", ", 0, source.start):
        return None
    sentence = scene.sentences[max(scene.sentence(source.start), 0)]
    clause = _SUBORDINATE.match(text, sentence.start, source.start)
    inside = [one for one in scene.within(Span(sentence.start, source.start)) if one.form == "name"] if clause else []
    people = [one for one in inside if (entity := scene.entity(one)) is not None and fits(entity, gender, scene)]
    if clause is None or not people or not _TITLED.fullmatch(text, clause.end(), people[0].span.start):
        return None
    subject = scene.entity(people[0])
    alone = all(scene.entity(one) is subject for one in people)
    return subject if alone and _ACTS.match(text, people[0].span.end, source.start) else None


def _is_reported(source: Span, earlier: Sequence[Statement]) -> bool:
    """Whether a pronoun stands in what somebody else is reported to say: "Lund said that Moe left as he believed …"."""
    return any(span.start < source.start < span.end for one in earlier for span in one.content)


def _spoke_before(place: int, gender: str, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """Who was cited last, not far before, when the report says that it is a man or a woman; for "it" the town that was
    cited in the same paragraph."""
    cited = [one for one in earlier if one.inside is None and place - FAR < one.content[-1].end <= place]
    speakers = [entity for one in cited if (entity := scene.speaker(one)) is not None]
    if gender == "thing" and speakers:
        here = scene.paragraph(cited[-1].content[0].start) == scene.paragraph(place)
        return speakers[-1] if here and speakers[-1].kind in ("place", "facility") else None
    told = bool(speakers) and scene.gender_of.get(speakers[-1].id) == gender
    return speakers[-1] if told else None


def _linked(source: Span, gender: str, scene: Scene) -> Entity | None:
    """What coreference says; never that a body is a he or a she."""
    mention = next((one for one in scene.within(source) if one.form == "pronoun"), None)
    linked = scene.entity(mention) if mention is not None else None
    if linked is None or linked.name is None:
        return None
    if _is_claimed_of(linked, source, scene):
        return None
    return linked if gender == "thing" or linked.kind not in ("organisation", "place", "group") else None


def _thing_before(place: int, earlier: Sequence[Statement], scene: Scene) -> SourceType:
    """`The report says: “…”` / `It goes on: “…”`: the text or body without a name that was cited last, just before. An
    "it" of which nothing is known is rather a text: "She posted a sign. It reads …"."""
    cited = [one for one in earlier if one.inside is None and one.content[-1].end <= place]
    last = cited[-1] if cited else None
    if last is None or last.source_type != "unnamed group" or last.speaker is not None:
        return "document"
    return "unnamed group" if scene.paragraph(last.content[-1].end - 1) >= scene.paragraph(place) - 1 else "document"


def last_actor(place: int, gender: str, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """Of the sentences before a place, in its paragraph and the one before, the nearest one that is about somebody
    who fits: its speaker, or the first one named in its narration."""
    paragraph = scene.paragraph(place)
    floor = scene.paragraphs[max(paragraph - 1, 0)].start if scene.paragraphs else 0
    quoted = quoted_spans(earlier)
    last = bisect_left(scene.sentences, place, key=lambda sentence: sentence.start)
    for sentence in reversed(scene.sentences[max(last - MOST_SENTENCES, 0) : last]):
        if sentence.end <= floor:
            return None
        span = Span(sentence.start, min(sentence.end, place))
        speakers = _speakers_in(span, gender, earlier, scene)
        others = {
            one.speaker
            for one in earlier
            if one.source is not None and span.covers(one.source) and _other_gender(one.source, gender, scene)
        }
        near = [
            one
            for one in (*speakers, *_named_in(span, quoted, scene, own=place < sentence.end))
            if one.id not in others
        ]
        fitting = [
            one for one in near if fits(one, gender, scene) or (one in speakers and _speaks_as_thing(one, gender))
        ]
        if fitting:
            unsure = {one.id for one in fitting if one.kind == fitting[0].kind}
            return fitting[0] if len(unsure) == 1 or speakers else _subject(span, fitting, scene)
    return None


def _speaks_as_thing(entity: Entity, gender: str) -> bool:
    """`Norland said … It added`: a country that speaks."""
    return gender == "thing" and entity.kind in ("place", "facility")


def _is_claimed_of(entity: Entity, source: Span, scene: Scene) -> bool:
    """`Moe, who he says is …`: of whom something is said right behind a relative pronoun says it not."""
    if not scene.document.text.endswith((" who ", " whom "), max(source.start - 6, 0), source.start):
        return False
    names = [name for name in scene.names_of(entity) if name.end <= source.start]
    return bool(names) and scene.document.text[max(names).end : source.start].strip(", ") in ("who", "whom")


def _subject(span: Span, fitting: Sequence[Entity], scene: Scene) -> Entity | None:
    """Of several who fit, the one whose name the sentence or its main clause opens with, when the others are named
    aside only; whom somebody met may be meant as well."""
    text = scene.document.text
    named = [one for one in scene.within(span) if one.form == "name" and scene.entity(one) in fitting]
    if not named or not _OPENED.fullmatch(text, span.start, named[0].span.start):
        return None
    subject, end = scene.entity(named[0]), named[0].span.end
    owner = text.startswith(("’s", "'s", " and ", ", "), end)
    others = [one.span for one in named if scene.entity(one) is not subject]
    aside = all(_is_aside(text[end : one.start]) or text.startswith(("’s", "'s"), one.end) for one in others)
    return subject if aside and not owner else None


def _other_gender(source: Span, gender: str, scene: Scene) -> bool:
    """`He denied … She said`: who is a he there is no she here."""
    word = scene.words(source).lower()
    return gender != "person" and word in SINGULAR and gender != ("man" if word in MALE else "woman")


def _is_aside(between: str) -> bool:
    """Whether a name is neither what the subject acts on nor the subject of a clause beside: "Lund left, but Moe …"."""
    return _ASIDE.search(between) is not None and _COORDINATED.search(between) is None


def _speakers_in(span: Span, gender: str, earlier: Sequence[Statement], scene: Scene) -> list[Entity]:
    """Who speaks in a sentence, unless only in a clause beside that in which somebody else acts who may be meant:
    `Judge Lund cut in when Moe asked …`."""
    said = [one for one in earlier if one.inside is None and one.source is not None and span.covers(one.source)]
    speakers = [entity for one in reversed(said) if (entity := scene.speaker(one)) is not None]
    beside = all(one.source is not None and _is_beside(one.source, span, scene) for one in said)
    acts = _acts_first(span, gender, scene) if said and beside else None
    return speakers if acts is None or acts in speakers else []


def _is_beside(source: Span, span: Span, scene: Scene) -> bool:
    before = scene.document.text[span.start : source.start]
    return _CLAUSE_BEHIND.search(before) is not None


def _acts_first(span: Span, gender: str, scene: Scene) -> Entity | None:
    """Whom a sentence opens with."""
    first = next((one for one in scene.within(span) if one.form == "name"), None)
    entity = None if first is None else scene.entity(first)
    if first is None or entity is None or not fits(entity, gender, scene):
        return None
    opens = _TITLED.fullmatch(scene.document.text, span.start, first.span.start) is not None
    return entity if opens and _ACTS.match(scene.document.text, first.span.end, span.end) else None


def _named_in(span: Span, quoted: Sequence[Span], scene: Scene, *, own: bool = False) -> list[Entity]:
    """Whom the narration of a span tells of. In the `own` sentence of a pronoun the one before it proves nothing, where
    nobody is named and it does not open the sentence: "After his song, he …"."""
    found: dict[str, Entity] = {}
    inside = scene.within(span)
    if own:
        known = [one for one in inside if (entity := scene.entity(one)) is not None and entity.name is not None]
        inside = inside if any(one.form != "pronoun" or one.span.start - span.start <= 1 for one in known) else ()
    for mention in inside:
        entity = scene.entity(mention)
        if entity is None or entity.name is None or any(quote.covers(mention.span) for quote in quoted):
            continue
        found.setdefault(entity.id, entity)
    return list(found.values())
