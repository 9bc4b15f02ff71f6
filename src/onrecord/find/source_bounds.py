"""Rules that keep a source to the words that name it: what is no noun phrase is no source.

Each is one of `onrecord.find.repairs.REPAIRS`. What loses its source here is lent another by `lend_sources`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from onrecord.find.attributions import Attribution, without
from onrecord.find.clauses import Token, cue_start, is_finite, main_subject, span_of, tokens_of
from onrecord.find.cues import VERBS
from onrecord.find.story import Attributions, Story
from onrecord.record import Document, Span

#: Words that begin when, where or how something was said, and never who said it.
_NO_SOURCE: Final = re.compile(r"(?:on|at|in|after|during|before|via)\s", re.IGNORECASE)
_MARKS: Final = re.compile(r"(?:[_*•–—’”'\"-]{1,2}\s+|\d+\.\s+(?=[A-Z]))(?=\w)")
_NO_NOUNS: Final = frozenset(
    """that this they them then than with from into onto over under after before during while when where which whose
    what both each either himself herself itself themselves alone only just like said ever some many most other also
    meanwhile however instead have been being were will would does else more about against among because since until
    upon within without here there very even once again soon later today""".split()
)
#: `A report seen by` the Courier put the damage at 6 million: who saw it does not say what it says.
_PASSED_ON: Final = re.compile(
    r"\b(?:an?|the|one|another|his|her|their|its)\s(?:(?!said|says|told|that|wh)[\w’'-]+\s){1,7}?"
    r"(?:seen|obtained|reviewed|issued|released|published|written|signed|prepared|compiled|commissioned|conducted|leaked"
    r"|shared|posted|provided|carried|filed|verified|circulated|viewed|described|drafted|distributed)"
    r"\s(?:[\w’'-]+\s){0,3}?by\s(?:the\s)?$",
    re.IGNORECASE,
)
_LONGEST_PASSED_ON: Final = 90
#: Its end, without which it is not looked for.
_BY: Final = re.compile(r"by\s(?:the\s)?$", re.IGNORECASE)
#: `The AP quoted Nyoman Kandun, a health official, as saying`.
_ACCORDING: Final = re.compile(r"according\b", re.IGNORECASE)
_ONE_PERSON: Final = re.compile(
    r"\b(?:spokes(?:wo)?man|spokesperson|leader|director|officer|head|chief|analyst|professor|minister|coach|manager"
    r"|president|secretary|author|lawyer|attorney|mother|father|executive|commissioner|economist|researcher)\b"
)
_SENT: Final = re.compile(
    r"(?:\s+\([A-Z][\w.&-]*\))?(?:\s+[A-Z][\w-]+){0,2}\s+(?:representative|spokes(?:wo)?man|spokesperson|official|director"
    r"|president|secretary|analyst|chief|commissioner|envoy|economist|researcher)(?:\s+[A-Z][\w’'-]+){2,3}"
)
_APPOSED: Final = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2}), (?!(?:\d|an?\b|the\b|who\b))"
)
_NAMED_BEFORE: Final = re.compile(
    r"(?:^|[\n.?!”]\s*)(?P<name>@\w+|(?!(?:On|In|At|Last|By|For|From|After|And|But)\b)[A-Z][\w’'-]+(?:\s[A-Z][\w’'.-]+){1,3}),\s$"
)
_LONGEST_NAME: Final = 60
_ARTICLE: Final = re.compile(r"(?:an?|the)\s", re.IGNORECASE)
_NAME_ON: Final = re.compile(r"(?: (?:[A-Z]\.|[A-Z][\w’'-]+)){0,3}")
_CITING: Final = re.compile(r"\b(?:quot|cit)(?:es|ed|ing|e)$", re.IGNORECASE)
_QUOTED_BY: Final = re.compile(
    r"(?P<cue>\b(?:is|are|was|were|been)\s(?:\w+ly\s)?(?:quoted|cited))\s(?:by|in)\s[^.;“”\"\n]{2,80}\s$"
)
_AS_SAYING: Final = re.compile(
    r"\s+(?P<who>(?!as\b|by\b|in\b)[^“”\"«»\n]{2,160}?),?\s+"
    r"(?P<as>as (?:having )?(?:saying|telling|stating|said|writing|adding))\b"
)
_AS_SAYING_THAT: Final = re.compile(r"as (?:having )?(?:saying|telling|stating|said|writing|adding),?\s(?=\S)")
_LONGEST_COMMA: Final = 2
_OPENERS: Final = frozenset("“‘\"'«")


def keep_to_sources(attributions: Attributions, story: Story) -> Attributions:
    """A source ends where its cue begins, and has no verb of its own; `on Tuesday` is none."""
    return tuple(one if one.turn else _kept(one, story.document) for one in attributions)


def _kept(one: Attribution, document: Document) -> Attribution:
    source, cue = one.source, one.cue
    if source is None or cue is None:
        return one
    source = _without_marks(source, document)
    if source.start < cue.start < cue.end < source.end and document.words(source).startswith(("So ", "Thus ")):
        source = Span(cue.end + 1, source.end)  # `So said Paul Lund, who inspected it`
    elif source.start < cue.start < source.end:
        source = Span(source.start, source.start + len(document.text[source.start : cue.start].rstrip(" ,")))
    if not _names_somebody(source, cue, document):
        return replace(one, source=None)
    source = _with_name_before(_whole(_subject_of(source, cue, document), cue, document), cue, document)
    return replace(one, source=_with_passed_on(_to_person(source, cue, document), one, document))


def _without_marks(source: Span, document: Document) -> Span:
    """`_ The Union of Norland Ports` said: the dash of the dateline, or the end of what stands before, is no word."""
    marks = _MARKS.match(document.text, source.start, source.end)
    return source if marks is None else Span(marks.end(), source.end)


def _with_passed_on(source: Span, one: Attribution, document: Document) -> Span:
    """The text that a source at its end has only seen or issued: the subject of the cue is the text."""
    if one.cue is None or not 0 <= one.cue.start - source.end <= 2:
        return source
    if _BY.search(document.text, max(source.start - 8, 0), source.start) is None:
        return source
    sentence = next((span for span in document.sentences if span.covers(source)), source)
    floor = max([sentence.start, source.start - _LONGEST_PASSED_ON, *_ends_before(source, one)])
    text = _PASSED_ON.search(document.text, floor, source.start)
    return source if text is None else Span(text.start(), source.end)


def _ends_before(source: Span, one: Attribution) -> list[int]:
    return [span.end for span in one.content if span.end <= source.start]


def _to_person(source: Span, cue: Span, document: Document) -> Span:
    """`said Alpine Council` (AC) `Norway representative Petter Saar`: the body goes on to whom it has sent."""
    behind = _SENT.match(document.text, source.end) if cue.end <= source.start else None
    return source if behind is None else Span(source.start, behind.end())


def _whole(source: Span, cue: Span, document: Document) -> Span:
    """`One aid` worker said: a noun between source and cue is the source's head."""
    tokens = tokens_of(document.text, Span(source.end, cue.start)) if source.end < cue.start else ()
    end = cue_start(tokens, len(tokens), 0)
    compound = len(document.words(source).split()) > 1 and end == 1 and _is_noun(tokens[0])
    return Span(source.start, tokens[0].end) if compound else source


def _with_name_before(source: Span, cue: Span, document: Document) -> Span:
    """`@gullwatch, a clerk in the yard, wrote`: between its commas stands who the one named before them is."""
    if not 1 < cue.start - source.end <= _LONGEST_COMMA or document.text[source.end] != ",":
        return source
    named = _NAMED_BEFORE.search(document.text, max(source.start - _LONGEST_NAME, 0), source.start)
    return (
        source
        if named is None or not _ARTICLE.match(document.text, source.start)
        else Span(named.start("name"), source.end)
    )


def _is_noun(token: Token) -> bool:
    plain = token.text.isalpha() and token.text == token.lower and len(token.text) > 3 and not token.text.endswith("s")
    return plain and not is_finite(token) and token.lower not in VERBS and token.lower not in _NO_NOUNS


def _names_somebody(source: Span, cue: Span, document: Document) -> bool:
    words = document.words(source)
    if source.end > cue.start:
        return True
    first = words.split(None, 1)[0]
    verb = first == first.lower() and first in VERBS and first.endswith("ed")
    return not verb and not _NO_SOURCE.match(words) and any(letter.isalnum() for letter in words)


def _subject_of(source: Span, cue: Span, document: Document) -> Span:
    """`On Friday, Obama took a lighter tone`, saying: of a clause before a participle, its subject."""
    first_word = document.words(cue).split()[0].lower()
    if not first_word.endswith("ing") or first_word == "according":
        return source
    tokens = tokens_of(document.text, source)
    if not any(map(is_finite, tokens)):
        return source
    first = _last_name(tokens)
    if first < len(tokens) and "," not in document.text[source.end : cue.start]:
        return span_of(tokens, first, len(tokens))
    subject = main_subject(tokens, 0, len(tokens))
    return source if subject is None else span_of(tokens, *subject)


def _last_name(tokens: Sequence[Token]) -> int:
    """Where the capitals begin with which it ends: `The ad uses footage of Hillary Clinton` asking."""
    first = len(tokens)
    while first > 0 and tokens[first - 1].is_capital:
        first -= 1
    return first


def take_apposed_names(attributions: Attributions, story: Story) -> Attributions:
    """`According to a spokeswoman, Joanna Hardy, cooks need no gloves`: the name is the source's, not what is said."""
    return tuple(one if one.turn else _with_apposed(one, story.document) for one in attributions)


def _with_apposed(one: Attribution, document: Document) -> Attribution:
    first, source, cue = one.content[0], one.source, one.cue
    if cue is None or source is None:
        return one
    if source.start < first.start < source.end < first.end:
        return _parted_from(source, one, document)
    if cue.end <= source.start and source.end < first.start:
        source = _with_whole_name(source, first.start, document)
        one = replace(one, source=source)
    if not _ACCORDING.match(document.words(cue)) or not _ONE_PERSON.search(document.words(source)):
        return one
    match = _APPOSED.match(document.text, first.start, first.end)
    if match is None or match.end() >= first.end or document.text[source.end : first.start].strip() != ",":
        return one
    left = Span(match.end(), first.end)
    return replace(one, source=Span(source.start, match.end("name")), content=(left, *one.content[1:]))


def _parted_from(source: Span, one: Attribution, document: Document) -> Attribution:
    """A source that runs into the words: a name at its end is the source's up to its comma."""
    first, source = one.content[0], _with_whole_name(source, one.content[0].end, document)
    rest = document.text[source.end : first.end]
    # `According to Xinhua, spokeswoman Deng said …`: she is part of what is said, or all that is left of it
    if not rest.startswith(",") or not rest.strip(" ,"):
        return replace(one, source=Span(source.start, first.start))
    return replace(one, source=source, content=(Span(first.end - len(rest.lstrip(" ,")), first.end), *one.content[1:]))


def _with_whole_name(source: Span, ceiling: int, document: Document) -> Span:
    """`a doctor, Joanna` of `a doctor, Joanna Hardy, cooks need`: the name that was cut goes on to its comma."""
    name = _NAME_ON.match(document.text, source.end, ceiling)
    return Span(source.start, name.end()) if name and document.text[name.end() : name.end() + 1] == "," else source


def hear_the_quoted(attributions: Attributions, story: Story) -> Attributions:
    """`The AP quoted Nyoman Kandun as saying`: the words are Kandun's; so they are in `Kandun was quoted by the AP as
    saying`."""
    return tuple(_heard(_quoted_by(one, story.document), story.document) for one in attributions)


def _quoted_by(one: Attribution, document: Document) -> Attribution:
    """With the verb for its cue; whose it is, is found with the subject of the verb."""
    if one.cue is None or one.turn:
        return one
    between = "" if one.source is None else document.text[one.cue.end : one.source.start]
    if between in (" by ", " in ") and _is_citing(one, document):
        return _with_quoted(replace(one, source=None), one.cue, document)
    if not document.text.startswith("as ", one.cue.start):
        return one
    match = _QUOTED_BY.search(document.text, max(one.cue.start - 120, 0), one.cue.start)
    return one if match is None else replace(one, cue=Span(*match.span("cue")), source=None)


def _with_quoted(one: Attribution, cue: Span, document: Document) -> Attribution:
    """`Ann Lee` and `as saying that it rains`, taken for what the paper says: she says that it rains."""
    subject, *said = one.content
    if not said or not 0 < cue.start - subject.end <= _LONGEST_COMMA or document.text[subject.start] in _OPENERS:
        return one
    as_saying = _AS_SAYING_THAT.match(document.text, said[0].start, said[0].end)
    first = said[0] if as_saying is None else Span(as_saying.end(), said[0].end)
    return replace(one, source=subject, content=(first, *said[1:]))


def _is_citing(one: Attribution, document: Document) -> bool:
    return one.cue is not None and _CITING.search(document.words(one.cue)) is not None


def _heard(one: Attribution, document: Document) -> Attribution:
    last = None if one.cue is None or one.turn else _CITING.search(document.words(one.cue))
    if one.cue is None or last is None:
        return one
    match = _AS_SAYING.match(document.text, one.cue.end)
    if match is None or not any(span.end > match.end() for span in one.content):
        return one
    content = without(one.content, Span(one.cue.end, match.end()))
    return replace(one, content=content or one.content, cue=Span(*match.span("as")), source=Span(*match.span("who")))
