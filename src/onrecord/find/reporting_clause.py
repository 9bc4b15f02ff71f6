"""The clause around a cue: its verb, the tokens and quotes beside it, and the bounds of what is its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.find.attributions import Attribution
from onrecord.find.clauses import Token, cue_start, span_of, token_at
from onrecord.find.paragraphs import Paragraph
from onrecord.find.quotes import Quote
from onrecord.record import Span

#: How far each shape is trusted against the model, before `onrecord.find.confidence` weighs the whole. Measured on 90
#: documents of PolNeAR's train part, content overlaps an annotated one in .99, .99, .90, .96 and .97 of the claims.
SCORES: Final = {
    "quote before cue": 0.97,
    "quote after cue": 0.93,
    "according to": 0.9,
    "clause before cue": 0.85,
    "clause after cue": 0.8,
}
_NOUNS_TOO: Final = frozenset(
    """report reports state states claim claims estimate estimates promise promises post posts comment comments remark
    remarks hope hopes note notes demand demands call calls pledge vow vows answer answers reply counter joke quip quips
    whisper whispers text texts email emails tweet tweets caption label brand term terms crack object objects sum quote
    quotes offer offers praise blast boast echo echoes protest cry cries sigh laugh lament muse warning plea shout
    scream yell chant say sound guess read reads finish question pledges chants shouts
    protests""".split()
)
_BEFORE_NOUNS: Final = frozenset(
    """the a an his her their its our my your this these those any no some every each of in for with at on by about
    from new latest first last previous recent official final united one two three four five six seven eight nine ten
    many several such other another more most own same false public and-a took take
    takes taken make makes made gave give gives given""".split()
)
_ARTICLES: Final = frozenset("a an the his her their its our".split())
#: With a noun between, `states` behind these is no verb: `in battleground states`, `ten battleground states`.
_BEFORE_PLURALS: Final = frozenset(
    """in of for with at on by about from to some many several few most all both these those other two three four five
    six seven eight nine ten eleven twelve""".split()
)
_LONGEST_NAME: Final = 6


@dataclass(frozen=True, slots=True)
class Clause:
    """A cue with the bounds of its clause, all as token numbers: nothing outside `floor`-`ceiling` is its own."""

    paragraph: Paragraph
    verb: int
    first: int
    floor: int
    ceiling: int
    left: Quote | None
    right: Quote | None

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.paragraph.tokens


def clause_at(paragraph: Paragraph, verb: int) -> Clause:
    place = paragraph.tokens[verb].start
    sentence = paragraph.sentence_at(place)
    left = max(
        (quote for quote in paragraph.quotes if quote.span.end <= place), key=lambda quote: quote.span.end, default=None
    )
    right = min(
        (quote for quote in paragraph.quotes if quote.span.start > place),
        key=lambda quote: quote.span.start,
        default=None,
    )
    floor = max(sentence.start, left.span.end if left else 0)
    ceiling = min(sentence.end, right.span.start if right else sentence.end)
    first_token = token_at(paragraph.tokens, floor)
    return Clause(
        paragraph,
        verb,
        cue_start(paragraph.tokens, verb, first_token),
        first_token,
        token_at(paragraph.tokens, ceiling),
        left if left and floor == left.span.end else None,
        right,
    )


#: What texts do: the word before it is their noun.
_OF_TEXTS: Final = frozenset("says said shows showed finds found concludes concluded reads".split())


def is_verb(tokens: Sequence[Token], number: int) -> bool:
    """Whether a word that may be a noun too (`report`, `states`) stands where a verb may stand."""
    token = tokens[number]
    if token.lower not in _NOUNS_TOO or number == 0:
        return True
    before = tokens[number - 1]
    if token.lower == "state" and number + 1 < len(tokens) and tokens[number + 1].is_capital:
        return False  # state Del. Marcia Price
    if number + 1 < len(tokens) and tokens[number + 1].lower in _OF_TEXTS:
        return False  # the full report says
    if token.is_capital and before.is_capital and not token.text.isupper():
        return False  # the United States, the Drudge Report
    if before.lower in _BEFORE_NOUNS or before.text.isdigit() or before.lower.endswith("'s"):
        return False
    return not _is_headed(tokens, number)


def _is_headed(tokens: Sequence[Token], number: int) -> bool:
    """`the 38-page report`, `a right-of-way offer`, `in battleground states`: the noun of a phrase whose other words
    would not have that form of the verb."""
    word, before = tokens[number].lower, tokens[number - 1]
    first = number - 1
    while first > 0 and (tokens[first].is_capital or "-" in tokens[first].text) and number - first < _LONGEST_NAME:
        first -= 1
    if word.endswith("s"):
        return number > 1 and before.text.islower() and tokens[number - 2].lower in _BEFORE_PLURALS
    singular = tokens[first].lower in ("a", "an") or "-" in before.text
    return singular and tokens[first].lower in _ARTICLES


def puts_it(tokens: Sequence[Token], number: int) -> bool:
    """`as she puts it`."""
    return tokens[number].lower in ("put", "puts") and number + 1 < len(tokens) and tokens[number + 1].lower == "it"


def attribution_of(
    clause: Clause, content: tuple[Span, ...], subject: tuple[int, int], rule: str
) -> Attribution | None:
    tokens = clause.tokens
    source = span_of(tokens, *subject)
    if (
        tokens[subject[0]].lower in ("it", "who", "one")
        and rule == "clause after cue"
        and tokens[subject[0]].lower != "who"
    ):
        return None
    end = clause.verb + (2 if puts_it(tokens, clause.verb) else 1)
    cue = span_of(tokens, clause.first if subject[0] < clause.verb else clause.verb, end)
    return Attribution(content, cue, source, SCORES[rule], rule)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without blanks at its ends and without the full stop or comma that ends the reporter's sentence."""
    while start < end - 1 and (text[start].isspace() or text[start] in ",;—–"):
        start += 1
    while end > start + 1 and (text[end - 1].isspace() or text[end - 1] in ".,;—–"):
        end -= 1
    return Span(start, end)
