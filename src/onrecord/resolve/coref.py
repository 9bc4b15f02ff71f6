"""Mentions to entities within one report: who is who.

Names are gathered first, by rules that know shorter forms, spellings and acronyms; two people who share a surname stay
two. Pronouns and descriptions then point back to the antecedent that the ranker finds likeliest, or to nothing.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.record import Document, Entity, Mention, MentionKind, Span, address
from onrecord.resolve.aliases import aliases
from onrecord.resolve.mention_table import FORMS, GENDERS, NUMBERS, Floats, Opinion, Standing, Table, table
from onrecord.resolve.name_match import (
    core,
    generation,
    marks_of_body,
    marks_of_person,
    same_organisation,
    same_person,
    same_place,
)
from onrecord.resolve.pair_features import centred, likely_pairs
from onrecord.resolve.ranker import network
from onrecord.resolve.standings import spoken_of, standings_of
from onrecord.resolve.traits import Traits, traits_of

VERSION = "2"
#: A description less likely than this is one only if it refers to something else in the report.
SURE = 0.5


@dataclass(slots=True)
class _Cluster:
    """An entity in the making: rows of its mentions, and what is known of it. Most have one mention and no name, so
    that what they are made of is shared."""

    rows: list[int]
    kind: MentionKind
    names: tuple[tuple[str, ...], ...] = ()
    numbers: frozenset[str] = frozenset()
    genders: frozenset[str] = frozenset()


def resolve_mentions(
    document: Document,
    mentions: Sequence[Mention],
    *,
    quotations: Sequence[Span] = (),
    vectors: tuple[Floats, Floats, Floats, Floats] | None = None,
) -> tuple[Entity, ...]:
    """The entities behind mentions (in text order), by first mention.

    `quotations` are the stretches in quotation marks; `vectors` the encoder's, as `Opinion` has them, one row a
    mention. Every name is in an entity; a pronoun that points at nothing certain is in none."""
    if not mentions:
        return ()
    traits = [traits_of(document, mention) for mention in mentions]
    standings = standings_of(document, mentions, quotations)
    titles = [_office(document.text, mention) for mention in mentions]
    opinion = None if vectors is None else Opinion(*vectors)
    clusters = chains(mentions, traits, standings, opinion, titles, tuple(aliases(document, mentions)))
    entities = [
        _entity(document, mentions, traits, cluster) for cluster in clusters if _worth_keeping(cluster, mentions)
    ]
    starts = {mention.id: mention.span.start for mention in mentions}
    return tuple(sorted(entities, key=lambda entity: min(starts[id_] for id_ in entity.mentions)))


def chains(
    mentions: Sequence[Mention],
    traits: Sequence[Traits],
    standings: Sequence[Standing],
    opinion: Opinion | None,
    titles: Sequence[str] = (),
    same: Sequence[tuple[int, int]] = (),
) -> list[_Cluster]:
    """Clusters of mention rows, names first, then the others in text order; `titles` stand before the names, `same` are
    pairs of rows known to name the same."""
    columns = table([each.form for each in mentions], [each.kind for each in mentions], traits, standings, opinion)
    cluster_of = _name_clusters(mentions, traits, titles, columns.lead.tolist())
    for long, short in same:
        _unite(cluster_of[long], cluster_of[short], cluster_of)
    barred = spoken_of(standings, traits)
    _link_the_rest(mentions, traits, columns, cluster_of, barred)
    unique = {id(cluster): cluster for cluster in cluster_of.values()}
    return list(unique.values())


# --- names -----------------------------------------------------------------------------------------------------------


_OFFICE = re.compile(
    r"\b(president|prime minister|premier|chancellor|king|queen|pope|governor|gov|senator|sen|mayor|judge|justice"
    r"|general|colonel|captain|sheriff|secretary|professor|dr|ambassador|bishop|archbishop|cardinal)\.?\s$",
    re.IGNORECASE,
)


def _office(text: str, mention: Mention) -> str:
    """The title right before a person's name."""
    if mention.form != "name" or mention.kind != "person":
        return ""
    found = _OFFICE.search(text[max(mention.span.start - 20, 0) : mention.span.start])
    return found[1].lower() if found else ""


def _name_clusters(
    mentions: Sequence[Mention], traits: Sequence[Traits], titles: Sequence[str], leads: Sequence[int]
) -> dict[int, _Cluster]:
    """Names gathered: longer ones first, so that a short form finds the full names it may belong to. `leads` says of
    each mention whether it is the first person of its sentence."""
    rows = [row for row, mention in enumerate(mentions) if mention.form == "name"]
    rows.sort(key=lambda row: (-len(core(traits[row].words)), row))
    cluster_of: dict[int, _Cluster] = {}
    clusters: list[_Cluster] = []
    marked: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for row in rows:
        marks = _marks(mentions[row], traits[row])
        near = sorted({place for mark in marks for place in marked[mark]})
        found = [clusters[place] for place in near if _can_be(clusters[place], mentions[row], traits[row])]
        candidates = _of_one_generation(found, traits[row])
        alike = [each for each in candidates if titles and titles[row] and _bears(each, titles[row], titles)]
        if candidates:
            cluster = _choose(alike or candidates, row, leads, traits)
        else:
            cluster = _Cluster([], mentions[row].kind)
            for mark in marks:
                marked[mark].append(len(clusters))
            clusters.append(cluster)
        _join(cluster, row, mentions[row], traits[row])
        cluster_of[row] = cluster
    return cluster_of


def _marks(mention: Mention, traits: Traits) -> list[tuple[bool, str]]:
    """A name is compared only with clusters whose first name shares a mark with it."""
    person = mention.kind == "person"
    return [(person, mark) for mark in (marks_of_person if person else marks_of_body)(traits.words)]


def _can_be(cluster: _Cluster, mention: Mention, traits: Traits) -> bool:
    if (cluster.kind == "person") != (mention.kind == "person") or not _agrees(cluster, traits):
        return False
    match = {"person": same_person, "place": same_place}.get(mention.kind, same_organisation)
    kinds = {cluster.kind, mention.kind}
    if mention.kind != "person" and len(kinds) > 1 and kinds != _HOUSED and traits.words not in cluster.names:
        return False
    return all(match(name, traits.words) for name in _telling(cluster.names, mention.kind))


#: A museum is a body and a building.
_HOUSED = {"organisation", "facility"}


def _telling(names: Sequence[tuple[str, ...]], kind: str) -> Sequence[tuple[str, ...]]:
    """The names that another must fit: with "Hillary Clinton", "Hillary" does not keep "Clinton" out, nor
    with "Manuel Torres Vega" "Manuel Torres" keep "Manuel Vega" out; nor "HIU" the "Union" out of its Harbour Union."""
    if kind in _HOUSED:
        return [name for name in names if len(name) > 1] or names
    longest = max((len(core(name)) for name in names), default=0)
    return [name for name in names if len(core(name)) == longest] if kind == "person" and longest > 1 else names


def _of_one_generation(candidates: list[_Cluster], traits: Traits) -> list[_Cluster]:
    """Those who are no "Jr.", for a name that says none, if there are any: "Trump" is Donald Trump, not his son."""
    elders = [each for each in candidates if not any(generation(name) for name in each.names)]
    return elders if elders and not generation(traits.words) else candidates


def _bears(cluster: _Cluster, title: str, titles: Sequence[str]) -> bool:
    """Whether a title that stands before a surname stands before another of the names: "President" Obama is Barack."""
    return any(titles[row] == title for row in cluster.rows)


def _choose(candidates: list[_Cluster], row: int, leads: Sequence[int], traits: Sequence[Traits]) -> _Cluster:
    """Of several, the one with the nearest name before, else the nearest after. Whom a sentence is about stands nearer
    than who else is named in it: "Bill Clinton spoke for his wife Hillary Clinton. Clinton said ..." is Bill. Farther
    stands who has not been called so before, where another has."""
    called = any(traits[other].words == traits[row].words for each in candidates for other in each.rows)

    def distance(cluster: _Cluster) -> int:
        nearest = min(
            (row - other) * (1 if leads[other] else _ASIDE) if other < row else 1000 * _ASIDE + other - row
            for other in cluster.rows
        )
        new = called and all(traits[other].words != traits[row].words for other in cluster.rows)
        return nearest * _NEW if new else nearest

    return min(candidates, key=distance)


#: How many times as far a name seems that is not the first person of its sentence.
_ASIDE = 4
#: The same for one that has not been called so before.
_NEW = 4


def _join(cluster: _Cluster, row: int, mention: Mention, traits: Traits) -> None:
    cluster.rows.append(row)
    if mention.form == "name" and traits.words not in cluster.names:
        cluster.names += (traits.words,)
    if traits.number not in cluster.numbers:
        cluster.numbers |= _KNOWN[traits.number]
    if traits.gender not in cluster.genders:
        cluster.genders |= _KNOWN[traits.gender]


#: A number or gender as a set; an unknown one, "", adds nothing.
_KNOWN = {each: frozenset((each,) if each else ()) for each in (*NUMBERS, *GENDERS)}


def _agrees(cluster: _Cluster, traits: Traits) -> bool:
    number = not cluster.numbers or not traits.number or traits.number in cluster.numbers
    gender = not cluster.genders or not traits.gender or traits.gender in cluster.genders
    return number and gender


# --- pronouns and descriptions ---------------------------------------------------------------------------------------


def _link_the_rest(
    mentions: Sequence[Mention],
    traits: Sequence[Traits],
    columns: Table,
    cluster_of: dict[int, _Cluster],
    spoken_of: Sequence[frozenset[int]],
) -> None:
    """Joins each mention that is no name, or the first of its name, to its likeliest antecedent, if there is one."""
    asked = np.array([row not in cluster_of or _searches(row, cluster_of[row]) for row in range(len(mentions))], bool)
    late, early = likely_pairs(columns, asked)
    scores = network().pairs(columns, late, early) if len(late) else np.zeros(0, np.float32)
    margins = np.where(columns.form == FORMS.index("name"), _NAME_MARGIN, _MARGIN)
    gains = scores - (network().singles(columns) + margins)[late] + _LEAD * centred(columns, late, early)
    answers: dict[int, list[tuple[int, float]]] = defaultdict(list)
    likely = gains > _NEGLIGIBLE
    for row, place, gain in zip(late[likely].tolist(), early[likely].tolist(), gains[likely].tolist(), strict=True):
        answers[row].append((place, gain))
    for row, mention in enumerate(mentions):
        cluster = _antecedent(row, mentions, traits, answers.get(row, ()), cluster_of, spoken_of[row])
        if cluster is not None:
            _merge(cluster, row, mention, traits[row], cluster_of)
        elif mention.form == "nominal":
            _cluster_at(row, mentions, traits, cluster_of)


#: What it adds that "he" or "she" may mean whom the sentence, or the one before in the paragraph, is about: reports
#: have more people in a paragraph than the texts that the ranker was fitted on.
_LEAD = 0.8


def _searches(row: int, cluster: _Cluster) -> bool:
    """Whether a name looks for an antecedent: one met before in the report has its cluster already."""
    return min(cluster.rows) >= row


#: Linking what is a little less likely than nothing finds more: 56.2 without, 56.8 with this on OntoGUM dev. Twice as
#: much gives no more there, and doubles the wrong speakers of our own reports.
_MARGIN = -0.5
#: How much likelier than nothing a description must be as the antecedent of a name that has not been met before.
_NAME_MARGIN = 1.0


def _antecedent(
    row: int,
    mentions: Sequence[Mention],
    traits: Sequence[Traits],
    answers: Sequence[tuple[int, float]],
    cluster_of: dict[int, _Cluster],
    barred: frozenset[int],
) -> _Cluster | None:
    """The cluster that is likeliest by all its mentions together and agrees; None where nothing is likelier. `answers`
    are the earlier rows worth a thought, each with how much likelier than nothing it is, as a logarithm."""
    if not answers:
        return None
    shares: dict[int, float] = defaultdict(float)
    clusters: dict[int, _Cluster] = {}
    for place, gain in answers:
        cluster = _cluster_at(place, mentions, traits, cluster_of)
        shares[id(cluster)] += math.exp(gain)
        clusters[id(cluster)] = cluster
    found = [(share, clusters[key]) for key, share in shares.items() if share > 1.0]
    for _, cluster in sorted(found, key=lambda each: (-each[0], -max(each[1].rows))):
        if row in cluster_of and not _may_merge(cluster_of[row], cluster):
            continue
        if mentions[row].form == "pronoun" and not barred.isdisjoint(cluster.rows):
            continue
        if _admits(cluster, mentions[row], traits[row]):
            return cluster
    return None


#: A gain below this adds less than a fiftieth to what is as likely as nothing.
_NEGLIGIBLE = -4.0


def _may_merge(named: _Cluster, other: _Cluster) -> bool:
    """A name may join a description met before, but never another name."""
    return not other.names and (named.kind == other.kind or "person" not in (named.kind, other.kind))


def _merge(cluster: _Cluster, row: int, mention: Mention, traits: Traits, cluster_of: dict[int, _Cluster]) -> None:
    """Joins a mention, or the whole cluster that it leads, to a cluster."""
    joined = cluster_of.get(row)
    if joined is None:
        _join(cluster, row, mention, traits)
        cluster_of[row] = cluster
        return
    cluster.rows += joined.rows
    cluster.names += joined.names
    cluster.numbers |= joined.numbers
    cluster.genders |= joined.genders
    cluster.kind = joined.kind
    cluster_of.update(dict.fromkeys(joined.rows, cluster))


def _unite(cluster: _Cluster, other: _Cluster, cluster_of: dict[int, _Cluster]) -> None:
    """Joins the cluster of a short form to that of the name it stands beside."""
    if cluster is not other and other.kind != "person":
        cluster.rows += other.rows
        cluster.names += tuple(name for name in other.names if name not in cluster.names)
        cluster_of.update(dict.fromkeys(other.rows, cluster))


def _cluster_at(
    row: int, mentions: Sequence[Mention], traits: Sequence[Traits], cluster_of: dict[int, _Cluster]
) -> _Cluster:
    if row not in cluster_of:
        of = traits[row]
        names = (of.words,) if mentions[row].form == "name" else ()
        cluster_of[row] = _Cluster([row], mentions[row].kind, names, _KNOWN[of.number], _KNOWN[of.gender])
    return cluster_of[row]


def _admits(cluster: _Cluster, mention: Mention, traits: Traits) -> bool:
    """Number and gender must not clash; "they" may be an organisation, and "we" anyone."""
    if cluster.kind == "person" and "thing" in (traits.gender,):
        return False
    if mention.form == "pronoun":
        if traits.gender in ("man", "woman") and cluster.kind not in ("person", "other"):
            return False
        if traits.number == "plural" and cluster.kind in ("organisation", "group", "place"):
            return True
    return _agrees(cluster, traits)


# --- entities --------------------------------------------------------------------------------------------------------


def _worth_keeping(cluster: _Cluster, mentions: Sequence[Mention]) -> bool:
    """Every name and every person surely described; of other things, and of bare pronouns, those mentioned more than
    once."""
    if len(cluster.rows) > 1:
        return True
    only = mentions[cluster.rows[0]]
    sure = only.origin.score is None or only.origin.score >= SURE
    return only.form == "name" or (
        only.form == "nominal" and sure and cluster.kind in ("person", "organisation", "group")
    )


def _entity(document: Document, mentions: Sequence[Mention], traits: Sequence[Traits], cluster: _Cluster) -> Entity:
    rows = sorted(cluster.rows)
    named = [row for row in rows if mentions[row].form == "name"]
    best = max(named, key=lambda row: (len(core(traits[row].words)), len(mentions[row].span), -row)) if named else None
    first = mentions[best if best is not None else rows[0]]
    return Entity(
        id=address(document.id, "entity", first.span),
        kind=_kind(cluster, mentions),
        name=None if best is None else mentions[best].span,
        mentions=tuple(mentions[row].id for row in rows),
    )


def _kind(cluster: _Cluster, mentions: Sequence[Mention]) -> MentionKind:
    if len(cluster.rows) == 1:
        return mentions[cluster.rows[0]].kind
    votes: dict[MentionKind, int] = defaultdict(int)
    for row in cluster.rows:
        if mentions[row].form != "pronoun":
            votes[mentions[row].kind] += 3 if mentions[row].form == "name" else 1
    return max(votes, key=lambda kind: (votes[kind], kind)) if votes else cluster.kind
