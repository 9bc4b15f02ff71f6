"""Campaigns of candidates, who go by many words for one body: `the Lund campaign`, "his campaign", "Lund's team".

    the Lund campaign … Lund's campaign … Team Lund      ->  one body
    His campaign said, Lund's camp said, her team said   ->  the campaign of that person, where the report names one

Says where campaigns are named, which names are of one, and which is meant. A team of somebody whose campaign is never
called a campaign stays without a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.record import Document, Entity, Mention, Span, Statement
from onrecord.resolve.pronoun_sources import last_actor
from onrecord.resolve.scene import MALE, Answer, Scene

_LEADER: Final = r"(?P<leader>(?!The\b)[A-Z][\w’'-]*?[a-z](?:\s[A-Z][\w.’'-]*?[a-z]){0,2})"
_CAMPAIGN: Final = r"(?:(?:presidential|gubernatorial|mayoral|re-?election|Senate)\s)?campaign"
_NAME: Final = re.compile(rf"(?<![\w.’'-]){_LEADER}(?P<own>[’']s?)?\s{_CAMPAIGN}\b(?!\s(?:trail|promise|ad|rally))")
_TEAM: Final = re.compile(r"Team\s(?P<leader>[A-Z][\w’'-]*)")
_NAMED: Final = re.compile(rf"{_LEADER}(?:[’']s?)?\s(?:{_CAMPAIGN}|camp)|{_TEAM.pattern.replace('leader', 'short')}")
#: Sources that may be a campaign under another word than its name.
_MEANT: Final = re.compile(
    rf"(?:(?P<pronoun>[Hh]is|[Hh]er)|[Tt]he\s{_LEADER}|(?P<owner>[A-Z][\w.’'-]*?(?:\s[A-Z][\w.’'-]*?){{0,2}})[’']s?)"
    rf"\s(?:{_CAMPAIGN}|team|camp)"
)
#: Those that are one, or several, without a name.
_BARE: Final = re.compile(r"(?:[Tt]he|[Bb]oth|[Nn]either)\scampaigns?\b")
_HINT: Final = re.compile(r"\b(?:campaigns?|team|camp)\b|\bTeam\s")


def campaign_names(document: Document, statements: Sequence[Statement], names: Sequence[Mention]) -> Iterator[Span]:
    """Where campaigns are named, if a source may be one of them."""
    sources = [document.words(one.source) for one in statements if one.source is not None]
    sources = [words for words in sources if _HINT.search(words)]
    if not any(_BARE.match(words) or _MEANT.fullmatch(words) or _TEAM.fullmatch(words) for words in sources):
        return
    people = [name for name in names if name.kind == "person"]
    surnames = {document.words(name.span).split()[-1] for name in people}
    for match in _TEAM.finditer(document.text):
        if match["leader"] in surnames and match.group() in sources:
            yield Span(*match.span())
    for match in _NAME.finditer(document.text):
        known = match["leader"].split()[-1] in surnames and not _is_only_name(match, people, document)
        if known and not is_in_other_words(match.group(), document.text):
            yield Span(*match.span())


def is_in_other_words(name: str, text: str) -> bool:
    """Whether a name is `Lund's campaign` in a report that has "Lund campaign", too."""
    match = _NAME.fullmatch(name)
    return match is not None and bool(match["own"]) and f"{match['leader'].split()[-1]} campaign" in text


def _is_only_name(match: re.Match[str], people: Sequence[Mention], document: Document) -> bool:
    """Whether nothing else gives the full name of a candidate, who would lose it to the campaign."""
    others = (one.span for one in people if not match.start() <= one.span.start < match.end())
    return " " in match["leader"] and all(document.words(span) != match["leader"] for span in others)


def campaign_aliases(document: Document, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Rows of mentions: a campaign, and the same by another word."""
    first: dict[str, int] = {}
    for row, mention in enumerate(mentions):
        is_body = mention.form == "name" and mention.kind == "organisation"
        leader = _leader(document.words(mention.span)) if is_body else ""
        if leader and first.setdefault(leader, row) != row:
            yield first[leader], row


def by_campaign(words: str, source: Span, earlier: Sequence[Statement], scene: Scene) -> Answer | None:
    """The campaign of the person whose team, camp or campaign a source is; None where the report names none."""
    match = _MEANT.fullmatch(words)
    if match is None:
        return None
    surname = (match["leader"] or match["owner"] or "").split()[-1:]
    leaders = surname or _surname(_owner(match["pronoun"].lower(), source, earlier, scene), scene)
    found = [one for one in campaigns(scene) if _leader_of(one, scene) in leaders]
    return Answer(found[0], (source,), share=0.8) if found else None


def campaigns(scene: Scene) -> list[Entity]:
    """The campaigns that a report names."""
    return [one for one in scene.entities if one.kind == "organisation" and _leader_of(one, scene)]


def _leader_of(entity: Entity, scene: Scene) -> str:
    return "" if entity.name is None else _leader(scene.words(entity.name))


def _leader(name: str) -> str:
    """The surname of the candidate whose campaign a name is of; empty for other names."""
    match = _NAMED.fullmatch(name) if _HINT.search(name) else None
    return "" if match is None else (match["leader"] or match["short"]).split()[-1]


def _owner(pronoun: str, source: Span, earlier: Sequence[Statement], scene: Scene) -> Entity | None:
    """Who "his" is."""
    linked = [scene.entity(one) for one in scene.beginning_in(source) if one.form == "pronoun"]
    people = [one for one in linked if one is not None and one.kind == "person" and one.name is not None]
    return people[0] if people else last_actor(source.start, "man" if pronoun in MALE else "woman", earlier, scene)


def _surname(entity: Entity | None, scene: Scene) -> list[str]:
    return [] if entity is None or entity.name is None else scene.words(entity.name).split()[-1:]
