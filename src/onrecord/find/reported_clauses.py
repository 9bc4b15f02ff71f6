"""Reported speech without quotation marks: `He said that …`  `…, he said.`  `According to X, …`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import Token, is_finite, span_of, subject_after, subject_before, token_at
from onrecord.find.cues import SURE
from onrecord.find.openings import dateline_end
from onrecord.find.reporting_clause import SCORES, Clause, attribution_of, trimmed
from onrecord.record import Span

_CLAUSE_VERBS: Final = frozenset(
    """say says said claim claims claimed argue argues argued believe believes believed think thinks thought insist
    insists insisted note notes noted add adds added warn warns warned admit admits admitted acknowledge acknowledges
    acknowledged suggest suggests suggested announce announces announced explain explains explained deny denies denied
    hope hopes hoped predict predicts predicted allege alleges alleged maintain maintains maintained contend contends
    contended report reports reported state states stated declare declares declared assert asserts asserted estimate
    estimates estimated confirm confirms confirmed conclude concludes concluded saying adding arguing claiming insisting
    promise promises promised vow vows vowed pledge pledges pledged""".split()
)
_TELLING: Final = frozenset("tell tells told telling remind reminded reminds warn warned warns".split())
_TOLD_TO: Final = frozenset("said says confirmed confirms explained".split())
_TOLD: Final = frozenset("told tells".split())
_LONGEST_HEARER: Final = 8
_LONGEST_TAIL: Final = 12
#: What follows a hearer is told to him then, and the words before the comma are not.
_TO_HEARERS: Final = frozenset("that to if whether how why what about he she they it there we i".split())
_BE: Final = frozenset("is are was were be been being".split())
_HAVE: Final = frozenset("has have had".split())
_FRONTED: Final = frozenset("on in at after before when while during by with for as earlier later last once".split())
_CLAUSE_STARTS: Final = frozenset(
    "that it he she they we i there this these those his her their its our my the a an no if some many most".split()
)
_HEARERS: Final = frozenset("me us him her them you".split())
STATES: Final = frozenset("certain sure convinced confident afraid worried hopeful adamant sceptical skeptical".split())
_LONGEST_ADDRESSEE: Final = 12
#: What follows the source of an inserted report and is no second half of the words: an apposition, a clause on him.
_ASIDES: Final = frozenset("a an the who whose whom which where citing".split())
_ARTICLES: Final = frozenset("a an the".split())
#: `a meeting at which, according to them, she left`: what is told stands behind.
_LEADING_ON: Final = frozenset("which that where when whom because if".split())
_ASKED: Final = frozenset("asked pressed questioned reached contacted shown".split())
_ASKING: Final = frozenset("know asked asks wondered wonders".split())
_QUESTIONS: Final = frozenset("what who whose how why when where which".split())
#: What follows `per` where it means `according to`.
_PER: Final = frozenset("a an the its his her their multiple several two three sources".split())
_TEXTS: Final = frozenset(
    """filing filings report reports data records record documents document papers sources poll polls survey
    figures""".split()
)
#: What begins with these is no sentence without its second half: `If he knocks, she said, run.`
_CONDITIONS: Final = frozenset("if when unless once".split())
_ENDS: Final = frozenset(".?!")


def clause_before(clause: Clause) -> Attribution | None:
    """`The unit is ready, he said.` and `…, said Kukhta.`: the comma parts the words from their report."""
    tokens = clause.tokens
    told = tokens[clause.verb].lower in _TOLD
    if (told and _is_no_report(clause)) or _is_passive(clause):
        return None
    if not told and not _asks(clause) and not _states(tokens[clause.verb]):
        return None
    subject = subject_before(tokens, clause.first, clause.floor)
    start = subject[0] if subject else clause.first
    if start <= clause.floor + 2 or tokens[start - 1].text != "," or _is_reply(clause):
        return None
    subject = subject if subject or told else _inverted(clause)
    rest = max(_behind_hearer(clause) if told else clause.verb + 1, subject[1] if subject else 0)
    if subject is None or _runs_into_quote(clause, rest) or not _closes(clause, rest):
        return None
    aside = rest > clause.verb + 1
    content = (
        Span(tokens[_sentence_first(clause)].start, tokens[start - 2].end),
        *_after_insertion(clause, rest, aside=aside),
    )
    return attribution_of(clause, content, subject, "clause before cue")


def _states(verb: Token) -> bool:
    return verb.lower in _CLAUSE_VERBS and not verb.lower.endswith("ing")


def _asks(clause: Clause) -> bool:
    """`Which town, Denholm wanted to know.`: a sentence that begins like a question."""
    return clause.tokens[clause.verb].lower in _ASKING and clause.tokens[_sentence_first(clause)].lower in _QUESTIONS


def _is_no_report(clause: Clause) -> bool:
    """`After the war, he was told.` and `On Friday, the mayor told a joke.`: what stands before it is no clause."""
    return clause.tokens[_sentence_first(clause)].lower in _FRONTED


def _is_reply(clause: Clause) -> bool:
    """`Asked whether he had read it, Dolan said in a note that …`: what he was asked is not what he said."""
    return clause.tokens[_sentence_first(clause)].lower in _ASKED


def _is_passive(clause: Clause) -> bool:
    """`606 cases had been reported` and `more rain is predicted`: what is reported reports nothing."""
    lower = clause.tokens[clause.verb].lower
    if lower in STATES or lower.endswith("ing"):
        return False
    return any(token.lower in _BE for token in clause.tokens[clause.first : clause.verb])


def _behind_hearer(clause: Clause) -> int:
    """`…, the authority told an inquiry on Monday.`: where the hearer ends, or the verb where nothing ends him."""
    first = clause.verb + 1
    for number in range(first + 1, min(first + _LONGEST_HEARER, clause.ceiling)):
        if clause.tokens[number].lower in _TO_HEARERS:
            break
        if _ends_soon(clause.tokens[number : clause.ceiling]):
            return number
    return first


def _inverted(clause: Clause) -> tuple[int, int] | None:
    """`…, said Kukhta.`; but in `A teacher, citing fears, said the roof leaked.` the roof leaks, and in `The minister,
    Ann Bely, has promised a survey.` the survey promises nothing."""
    if clause.first < clause.verb and clause.tokens[clause.first].lower in _HAVE:
        return None
    found = subject_after(clause.tokens, clause.verb + 1, clause.ceiling)
    if found is None or found[1] - found[0] < 3 or not is_finite(clause.tokens[found[1] - 1]):
        return found
    return None


def _runs_into_quote(clause: Clause, rest: int) -> bool:
    """`Helen Dacre, said the signs 'aren't perfect'`: what seems to end the sentence only leads to a quote in it."""
    sentence = clause.paragraph.sentence_at(clause.tokens[clause.verb].start)
    return rest == clause.ceiling and clause.right is not None and clause.right.span.start < sentence.end


def _after_insertion(clause: Clause, rest: int, *, aside: bool) -> tuple[Span, ...]:
    """`Weakening Putin, volunteers say, would weaken Lukashenko`: the clause goes on after the second comma. Behind a
    name, `…, said Kukhta, a recruit`, it may be an aside on it."""
    tokens, sentence = clause.tokens, clause.paragraph.sentence_at(clause.tokens[clause.verb].start)
    if rest + 2 >= len(tokens) or tokens[rest].text != "," or tokens[rest + 1].start >= sentence.end:
        return ()
    if tokens[rest + 1].lower.endswith("ing") or tokens[rest + 1].lower in (_ASIDES if aside else _ASIDES - _ARTICLES):
        return ()
    span = trimmed(clause.paragraph.document.text, tokens[rest + 1].start, sentence.end)
    fewest = 1 if tokens[_sentence_first(clause)].lower in _CONDITIONS else 3
    return (span,) if len(clause.paragraph.document.words(span).split()) >= fewest else ()


def _sentence_first(clause: Clause) -> int:
    paragraph = clause.paragraph
    sentence = paragraph.sentence_at(clause.tokens[clause.verb].start)
    first = token_at(clause.tokens, max(sentence.start, dateline_end(paragraph.document, paragraph.span)))
    return _behind_colon(clause, first)


def _behind_colon(clause: Clause, first: int) -> int:
    """`Many said it was the hours: Shifts of 14 hours are common, they say.`: behind the colon of another report."""
    if ":" not in clause.paragraph.words:
        return first
    for colon in range(clause.first - 1, first, -1):
        if clause.tokens[colon].text == ":" and clause.tokens[colon + 1].is_capital:
            return colon + 1 if any(token.lower in SURE for token in clause.tokens[first:colon]) else first
    return first


def _closes(clause: Clause, rest: int) -> bool:
    """The sentence ends with the report, `…, he confirmed to Radio Oslo.`, and no other words follow: `she told them in
    May that …`."""
    tail = clause.tokens[rest : clause.ceiling]
    if tail and tail[0].text != "," and any(token.lower == "that" for token in tail[:_LONGEST_TAIL]):
        return False
    told = clause.tokens[clause.verb].lower in _TOLD_TO and len(tail) > 1 and tail[0].lower == "to"
    return _ends_soon(tail) or (told and len(tail) < _LONGEST_TAIL and _names_paper(tail[1:]))


def _names_paper(tokens: Sequence[Token]) -> bool:
    return tokens[0].is_capital or (tokens[0].lower == "the" and len(tokens) > 1 and tokens[1].is_capital)


def _ends_soon(rest: Sequence[Token]) -> bool:
    return (
        not rest
        or rest[0].text in ".,;"
        or (
            len(rest) < 12
            and rest[0].lower
            in (
                "in",
                "on",
                "at",
                "during",
                "after",
                "this",
                "last",
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
            )
        )
    )


def clause_after(clause: Clause) -> Attribution | None:
    """`Police said there was no evidence`: the clause runs to the end of the sentence."""
    tokens, verb = clause.tokens, clause.verb
    subject = None if _is_passive(clause) else subject_before(tokens, clause.first, clause.floor)
    if subject is None:
        return None
    first = _clause_first(clause)
    sentence = clause.paragraph.sentence_at(tokens[verb].start)
    if first is None or tokens[first].start >= sentence.end:
        return None
    content = trimmed(clause.paragraph.document.text, tokens[first].start, _content_end(clause, first, sentence))
    return attribution_of(clause, (content,), subject, "clause after cue")


def _clause_first(clause: Clause) -> int | None:
    """The token with which the reported clause begins: after `that`, or at once where the verb takes a bare clause."""
    tokens, verb = clause.tokens, clause.verb
    reach = tokens[verb + 1 : verb + 2 + _LONGEST_ADDRESSEE]
    lower = tokens[verb].lower
    if lower in _TELLING:
        if len(reach) > 1 and reach[0].lower in _HEARERS and _begins_clause(reach[1]):
            return verb + 2
    elif reach and (lower in _CLAUSE_VERBS or lower in STATES) and _begins_clause(reach[0]):
        return verb + 1
    return _that(reach, verb + 1, at_once=lower not in _TELLING and lower not in _CLAUSE_VERBS)


def _begins_clause(token: Token) -> bool:
    return token.is_capital or token.lower.partition("'")[0] in _CLAUSE_STARTS


def _that(reach: Sequence[Token], first: int, *, at_once: bool) -> int | None:
    for number, token in enumerate(reach):
        if token.text in _ENDS:
            return None
        if token.lower == "that" and (number == 0 or not at_once):
            joined = number > 0 and reach[number - 1].lower in ("and", "but", "or")
            return None if joined else first + number  # `thinks of her and that it hurts`
    return None


def _content_end(clause: Clause, first: int, sentence: Span) -> int:
    for number in range(first, len(clause.tokens)):
        token = clause.tokens[number]
        if token.start >= sentence.end:
            break
        if token.lower == "according" and clause.tokens[number - 1].text == ",":
            return clause.tokens[number - 2].end
    return sentence.end


def according(clause: Clause) -> Iterator[Attribution]:
    """`…, according to court papers` and `…, per federal filings`."""
    tokens, verb = clause.tokens, clause.verb
    end = verb + (1 if tokens[verb].lower == "per" else 2)
    if end >= len(tokens) or not (tokens[end - 1].lower == "to" or is_per_source(tokens, verb)):
        return
    subject = subject_after(tokens, end, len(tokens)) or _plain_source(tokens, end)
    if subject is None:
        return
    sentence = clause.paragraph.sentence_at(tokens[verb].start)
    content = _according_content(clause, subject[1], sentence)
    if content is not None:
        cue = span_of(tokens, verb, end)
        yield Attribution((content,), cue, span_of(tokens, *subject), SCORES["according to"], "according to")


def is_per_source(tokens: Sequence[Token], number: int) -> bool:
    """`, per federal filings` and `, per the agency`; but `60 miles per hour`, `$1.42, per share`, `Lund, Per Aas`."""
    if tokens[number].text != "per" or number == 0 or tokens[number - 1].text != "," or number + 1 >= len(tokens):
        return False
    following = tokens[number + 1 : number + 5]
    return following[0].is_capital or following[0].lower in _PER or any(each.lower in _TEXTS for each in following)


def _plain_source(tokens: Sequence[Token], first: int) -> tuple[int, int] | None:
    """`according to court papers`: a source that begins with a plain word."""
    end = first
    while (
        end < len(tokens)
        and end - first < 10
        and not tokens[end].is_mark
        and tokens[end].lower not in ("which", "who", "that")
    ):
        end += 1
    return (first, end) if end > first else None


def _according_content(clause: Clause, after: int, sentence: Span) -> Span | None:
    tokens, text = clause.tokens, clause.paragraph.document.text
    lead = [token for token in tokens[token_at(tokens, sentence.start) : clause.verb] if not token.is_mark]
    leads_on = len(lead) > 0 and lead[-1].lower in _LEADING_ON and clause.paragraph.quote_at(lead[-1].start) is None
    if len(lead) >= 3 and not leads_on:
        return trimmed(text, sentence.start, tokens[clause.verb - 1].end)
    comma = _comma_from(tokens, after)
    if comma is not None and comma + 1 < len(tokens) and tokens[comma + 1].lower in ("who", "which", "whose"):
        comma = _comma_from(tokens, comma + 1)  # `According to an official, who asked not to be named, …`
    if comma is None or comma + 1 >= len(tokens) or tokens[comma + 1].start >= sentence.end:
        return None
    return trimmed(text, tokens[comma + 1].start, sentence.end)


def _comma_from(tokens: Sequence[Token], first: int) -> int | None:
    return next((n for n in range(first, min(first + 25, len(tokens))) if tokens[n].text == ","), None)
