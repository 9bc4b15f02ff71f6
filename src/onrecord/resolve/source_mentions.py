"""Which mention inside a source span is the source itself: `Clinton spokesman Brian Fallon` is Brian Fallon, and
`a lawyer for Mr Smith` is nobody with a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.record import Document, Entity, Mention, Span
from onrecord.resolve.name_match import same_organisation, same_person
from onrecord.resolve.particulars import ROLES
from onrecord.resolve.traits import traits_of

_AFTER_HEAD: Final = re.compile(
    r"\s*(?:$|[,;:\[—–“\"]|-(?!\w)|\((?!\w{1,8}\)\s+[a-z]+s\b)"
    r"|(?:who|whose|of|from|in|at|on|for|with|and|or|&|himself|herself|themselves|also"
    r"|an?|the|during|commenting|speaking|when|while|as|after|before|believes|says"
    r"|just|this|last|later|earlier|then|today|yesterday|tomorrow|each|[A-Z][a-z]+day"
    r"|(?!(?:MP|MLA|MEC|CEO|CFO|COO|PM|CM|NGO)\b)[A-Z]{2,8})\b)"
)
#: A source that was cut too wide and begins with a circumstance: its last name is its head.
_CIRCUMSTANCE: Final = re.compile(r"(?:In|At|On|During|Following|After|Before|By|As)\s+[a-zA-Z]")
_BETWEEN_JOINED: Final = re.compile(
    r"(?:\s*\([^)]*\))?(?:,[^,;]{1,80})?,?\s+(?:and|as well as|&)\s+"
    r"(?:(?!(?:of|for|from|by|with|to|in|at)\b)[\w.’'-]+\s+){0,5}"
)
_IN_NAMES: Final = frozenset("of the for and de del der di da van von al bin la le".split())
#: Titles that belong to the name behind them.
_PERSONAL: Final = frozenset(
    """mr mrs ms miss dr sir dame lord lady prof sen rep gov gen col lt capt sgt rev judge justice president senator
    representative congressman congresswoman governor mayor king queen prince princess pope professor general colonel
    candidate nominee lawmaker chancellor premier actor singer""".split()
)
_SMALL: Final = re.compile(r"\b[a-z](?=[a-z]*\b)")
_DETERMINERS: Final = frozenset("the a an his her their its".split())
_MADE_BY: Final = re.compile(r"\b(?:by|from|of)\s+(?:the\s+)?$")
_PERSON_MADE_BY: Final = re.compile(r"\b(?:by|from)\s+(?:the\s+)?(?P<title>(?:[\w.’'-]+\s+){1,5})$")

_COMPLEMENT: Final = re.compile(
    r"\b(?:of|for|to|from|at|with|by|in|on|against|about|near|inside|under|as|like|than|representing|defending|advising"
    r"|chairing|supporting|backing|endorsing|opposing|challenging)\s+(?:the\s+|an?\s+|his\s+|her\s+)?(?:[\w.’'-]+\s+){0,2}$"
)
#: `a spokeswoman for EU diplomatic chief` Borrel: however long the title.
_SPEAKS_FOR: Final = re.compile(r"\b(?:spokes\w+|lawyers?|attorneys?|aides?|assistant)\s+(?:for|to)\s[^,;—–]*$")
_NAMED_SO: Final = re.compile(r"\b(?:only as|identified as|named|called|known as|by the name of)\s+$")
_BODY_NAMED_SO: Final = re.compile(
    r"\b(?:the|an?)\s(?:(?!of\b)[\w-]+\s){1,4}?(?:called|named|known as|calling itself|(?:that|which) calls itself)\s"
    r"(?:the\s)?$",
    re.IGNORECASE,
)
#: What a name of an organisation may be followed by and still be the source: `the M5S party`.
_BODY: Final = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:news\s)?(?:party|agency|magazine|newspaper|department|office|company|group|ministry"
    r"|government|police|administration|campaign|organi[sz]ation|commission|authority|bank|union|team|club|network"
    r"|website|service|site|daily|channel|blog|news|bloc|caucus"
    r"|secretariat|paper|airline|firm|club|alliance|movement|militia|broadcaster)\b\s*(?:$|[,(]|in\s|of\s)"
)
#: The same of a paper, which need not be found to be a body: `the New Light newspaper in Port Selby`.
_PAPER: Final = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:news(?:paper)?\s)?(?:newspaper|magazine|agency|daily|weekly|website|channel|network|blog)\b"
    r"\s*(?:$|[,(]|(?:in|of|from|based|on|which)\b)"
)
#: `the former Lions and Rovers player`: two names that only tell which player.
_JOINED_MODIFIER: Final = re.compile(
    r"\s(?:and|&|or)\s(?:the\s)?[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)*(?:\s(?!each$)[a-z][\w-]+){1,3}$"
)
#: `the FBI and Kenyan police`: the second is whole by itself.
_OTHER_FORCE: Final = re.compile(
    r"\s(?:and|&|or)\s(?:the\s)?[A-Z]\w*(?:ian|ean|an|ese|ish|i|ch|ic)\s(?:police|army|government|military|authorities)$"
)
#: `the Lund and Moe campaigns`: neither of the two says it.
_THEIR_PEOPLE: Final = re.compile(
    r"\s(?:and|&|or)\s(?:[A-Z][\w.’'-]*\s){1,2}(?:campaigns|camps|teams|administrations|families|supporters|backers|aides"
    r"|allies|voters|delegates)$"
)
_GOVERNED_AT_END: Final = re.compile(r"\b(?:at|for|of|from|in|by|with|on|to)\s+(?:the\s+)?$")
_GOVERNED: Final = re.compile(r"\w\s+(?:at|for|of|from|in|by|with|representing|defending|advising|chairing)\s")
_WHICH: Final = re.compile(r",\swhich\s")
_POSSESSIVE: Final = re.compile(r"^(?:[’']s?)\s+\S")
_POSSESSIVE_CUE: Final = re.compile(r"^[’']s?\s*$")


def head_mention(source: Span, inside: Sequence[Mention], document: Document) -> Mention | None:
    """The mention that a source span is about; None when no mention in it is. `inside` are those that begin in it."""
    if _CIRCUMSTANCE.match(document.words(source)):
        last = [mention for mention in inside if mention.form == "name" and mention.span.end == source.end]
        before = document.text[source.start : last[0].span.start] if last else "of "
        return last[0] if last and not _GOVERNED_AT_END.search(before) else None
    inside = _before_which(source, inside, document)
    heads = [mention for mention in inside if _is_head(mention, source, document, inside)]
    names = [mention for mention in heads if mention.form == "name"]
    people = [mention for mention in names if mention.kind == "person"]
    if people or names:
        return (people or names)[0]
    whole = [mention for mention in heads if mention.form != "name" and mention.span.start - source.start <= 1]
    return _identified_as(inside, source, document) or max(whole, key=lambda mention: len(mention.span), default=None)


def _before_which(source: Span, inside: Sequence[Mention], document: Document) -> Sequence[Mention]:
    """Without whom a relative clause names: `the Quill Fund, which was founded by` Hill."""
    which = _WHICH.search(document.text, source.start, source.end)
    return inside if which is None else [one for one in inside if one.span.start < which.start()]


def joined_mentions(head: Mention, inside: Sequence[Mention], document: Document, source: Span) -> tuple[Mention, ...]:
    """The names that say it together with the head: `Williams and King`, `Ann Lee, a nurse, and Dr. Bo Hill`."""
    found: list[Mention] = []
    last = head
    for mention in inside:
        if mention.form != "name" or mention.kind != head.kind or mention.span.start < last.span.end:
            continue
        between = document.text[last.span.end : mention.span.start]
        listed = re.fullmatch(r",\s+", between) if found or not between.strip(", ") else None
        if (_BETWEEN_JOINED.fullmatch(between) or listed) and _is_head(mention, source, document):
            found.append(mention)
            last = mention
    return tuple(found)


def makers(source: Span, inside: Sequence[Mention], document: Document) -> tuple[Mention, ...]:
    """Whose a document without a name is: `a Quinnipiac poll`, `an analysis by Lily Batchelder`."""
    names = [mention for mention in inside if mention.form == "name" and mention.kind in ("person", "organisation")]
    text = document.text
    own = [one for one in names if _is_maker(one, text[source.start : max(one.span.start, source.start)])]
    before = [one for one in names if re.match(r"\s*[\w’' -]{2,40}$", text[one.span.end : source.end])]
    return tuple(dict.fromkeys(own or before))


def _is_maker(name: Mention, before: str) -> bool:
    """`a report by` Ann Bely, `a statement by Mayor` Ann Bely, but not `a letter from the lawyer of` Ann Bely."""
    made = _MADE_BY.search(before)
    if made is not None:
        return not any(_is_title(word) for word in before[: made.start()].split()[-1:])
    titled = _PERSON_MADE_BY.search(before) if name.kind == "person" else None
    words = [] if titled is None else titled["title"].split()
    return bool(words) and _is_title(words[-1]) and all(word[0].isupper() or _is_title(word) for word in words)


def _is_title(word: str) -> bool:
    bare = word.lower().strip(".")
    return bare in ROLES or bare in _PERSONAL


def _identified_as(inside: Sequence[Mention], source: Span, document: Document) -> Mention | None:
    """`a cleaner who asked to be identified only as Dana`, `a group calling itself the Norland Front`."""
    for mention in inside:
        before = document.text[source.start : mention.span.start]
        called = {"person": _NAMED_SO, "organisation": _BODY_NAMED_SO}.get(mention.kind)
        if mention.form == "name" and called is not None and called.search(before):
            return mention
    return None


def _is_head(mention: Mention, source: Span, document: Document, inside: Sequence[Mention] = ()) -> bool:
    """Nothing that it only modifies follows, and it is no complement of a noun before it."""
    after = document.text[mention.span.end : max(source.end, mention.span.end)]
    before = _before(mention, source, document, inside)
    if _POSSESSIVE.match(after):
        return False
    if mention.form != "name":
        return True
    if (_in_complement(before, mention) and not _is_filled(mention, inside, before)) or (
        mention.kind != "person" and _GOVERNED.search(before)
    ):
        return False
    if mention.kind == "person" and _THEIR_PEOPLE.match(after):
        return False
    if mention.kind != "person" and _JOINED_MODIFIER.match(after) and not _OTHER_FORCE.match(after):
        return False
    noun = (mention.kind in ("organisation", "other", "product") and _BODY.match(after)) or (
        mention.kind in ("organisation", "other") and _PAPER.match(after)
    )
    return bool(_AFTER_HEAD.match(after)) or bool(_POSSESSIVE_CUE.match(after)) or bool(noun)


def _before(mention: Mention, source: Span, document: Document, inside: Sequence[Mention]) -> str:
    """The words of a source before a mention, the small ones in other names crossed out: the "of" in `Bank of Norland
    economist` Ann Bely is the bank's."""
    before = document.text[source.start : mention.span.start]
    for one in inside:
        if one.form == "name" and one.span.end <= mention.span.start:
            start, end = one.span.start - source.start, one.span.end - source.start
            before = before[:start] + _SMALL.sub("X", before[start:end]) + before[end:]
    return before


def _is_filled(mention: Mention, inside: Sequence[Mention], before: str) -> bool:
    """`Representative for South Sudan David Shearer`: another name ends right before, the preposition is its."""
    if mention.kind != "person" or before.strip().endswith(("and", ",", "&")):
        return False
    blanks = len(before) - len(before.rstrip())
    return blanks > 0 and any(
        one.form == "name" and one.kind != "person" and one.span.end == mention.span.start - blanks for one in inside
    )


def _in_complement(before: str, mention: Mention) -> bool:
    """`a lawyer for` Smith: a preposition governs it. `Minister of Education` Smith, `director of marketing` Smith and
    `Speaker of the House Rep.` Ryan are none: the preposition has its noun; `supporters of President` Obama is one."""
    governed = _COMPLEMENT.search(before)
    if governed is None or not before.strip():
        return _SPEAKS_FOR.search(before) is not None
    preposition, *inner = governed.group().split()
    if mention.kind != "person" or preposition not in ("of", "for"):
        return True
    while inner and inner[-1].lower().rstrip(".") in _PERSONAL:
        inner.pop()
    if not _THEIRS.isdisjoint(before[: governed.start()].lower().split()[-1:]):
        return True
    nouns = [word for word in inner if word.lower() not in _DETERMINERS]
    if not nouns or any(re.search(r"[’']s?$", word) for word in nouns):
        return True
    head = before[: governed.start()].split()[-1:]
    titled = bool(head) and head[0][:1].isupper() and all(word[:1].isupper() for word in nouns)
    return not titled and not (preposition == "of" and all(_is_field(word) for word in nouns))


#: Who is of a person, whatever the person is: `the family of the climber` Ann Bely.
_THEIRS: Final = frozenset(
    """family families relatives parents friends fans supporters followers colleagues children lawyers wife husband
    widow widower mother father son daughter brother sister friend lawyer attorney killer victims""".split()
)


def _is_field(word: str) -> bool:
    """What somebody heads, not what somebody is: `marketing`, `ceremonies`; "friend of actor Tom Hill" is not Hill."""
    bare = word.lower().rstrip(".,")
    return word == bare and bare not in ROLES and bare.removesuffix("s") not in ROLES


def not_head(name: Span, description: Span, document: Document) -> bool:
    """Whether a name in a description belongs to another: `Marsh's lawyer`, `a spokesman for Marsh`."""
    before = document.text[description.start : name.start]
    return bool(
        _POSSESSIVE.match(document.text[name.end : description.end])
        or re.search(r"[’']s?$", document.words(name))
        or _COMPLEMENT.search(before)
        or re.match(
            r"\s+(?:\([^)]*\)\s+)?(?!and\b|or\b|of\b|who\b|in\b)[a-z]", document.text[name.end : description.end]
        )
    )


_MARK: Final = re.compile(r"[^\w\s.’'-]")


def named_by_words(
    words: str, document: Document, entities: Sequence[Entity], mentions: Mapping[str, Mention]
) -> Entity | None:
    """The one entity whose name has the words of a source in which no mention was found (`KUKHTA:`, `VG`)."""
    bare = _MARK.sub(" ", words).strip()
    tokens = tuple(token.lower().strip(".’'") for token in bare.split())
    small = any(word[0].islower() and word not in _IN_NAMES for word in bare.split())
    if not tokens or not bare[:1].isupper() or len(tokens) > 4 or small:
        return None
    fitting = [
        entity for entity in entities if entity.name is not None and _is_named(entity, tokens, document, mentions)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _is_named(entity: Entity, tokens: tuple[str, ...], document: Document, mentions: Mapping[str, Mention]) -> bool:
    for id_ in entity.mentions:
        mention = mentions[id_]
        if mention.form != "name":
            continue
        name = traits_of(document, mention).words
        match = same_person if entity.kind == "person" else same_organisation
        if match(name, tokens) and name[-1] == tokens[-1]:
            return True
        if len(tokens) == 1 and len(name) > 1 and tokens[0] in _initials(name):
            return True
    return False


def _initials(name: tuple[str, ...]) -> tuple[str, ...]:
    """The letters that stand for a name in a transcript: of all its words, of the first and the last."""
    every = "".join(word[0] for word in name)
    return every, every[0] + every[-1]
