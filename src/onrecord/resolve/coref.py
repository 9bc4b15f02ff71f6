"""Mentions to entities within one report: who is who.

Names are gathered first, by rules that know shorter forms, spellings and acronyms; two people who share a surname stay
two. Pronouns and descriptions then point back to the antecedent that the ranker finds likeliest, or to nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.record import Document, Entity, Mention, MentionKind, Span, address
from onrecord.resolve.name_match import core, same_organisation, same_person
from onrecord.resolve.ranker import REACH, Floats, Ints, Standing, Table, network, pair_features, single_features, table
from onrecord.resolve.traits import Traits, traits_of

VERSION = "1"


@dataclass(slots=True)
class _Cluster:
    """An entity in the making: rows of its mentions, and what is known of it."""

    rows: list[int]
    kind: MentionKind
    names: list[tuple[str, ...]] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)


def resolve_mentions(
    document: Document,
    mentions: Sequence[Mention],
    *,
    quotations: Sequence[Span] = (),
    vectors: tuple[Floats, Floats] | None = None,
) -> tuple[Entity, ...]:
    """The entities behind mentions (in text order), by first mention.

    `quotations` are the stretches in quotation marks; `vectors` the encoder's for anaphors and for antecedents, (n, d)
    each, one row a mention. Every name is in an entity; a pronoun that points at nothing certain is in none."""
    if not mentions:
        return ()
    traits = [traits_of(document, mention) for mention in mentions]
    standings = standings_of(document, mentions, quotations)
    clusters = chains(mentions, traits, standings, vectors, beside_quotations(mentions, standings, quotations))
    entities = [
        _entity(document, mentions, traits, cluster) for cluster in clusters if _worth_keeping(cluster, mentions)
    ]
    return tuple(sorted(entities, key=lambda entity: _first(entity, mentions)))


def chains(
    mentions: Sequence[Mention],
    traits: Sequence[Traits],
    standings: Sequence[Standing],
    vectors: tuple[Floats, Floats] | None,
    beside: Sequence[frozenset[int]] | None = None,
) -> list[_Cluster]:
    """Clusters of mention rows, names first, then the others in text order."""
    columns = table([each.form for each in mentions], [each.kind for each in mentions], traits, standings, vectors)
    cluster_of = _name_clusters(mentions, traits)
    spoken_of = _spoken_of(standings, traits, beside)
    _link_the_rest(mentions, traits, columns, cluster_of, spoken_of)
    unique = {id(cluster): cluster for cluster in cluster_of.values()}
    return list(unique.values())


def standings_of(document: Document, mentions: Sequence[Mention], quotations: Sequence[Span]) -> list[Standing]:
    """Where each mention stands."""
    sentences = [sentence.start for sentence in document.sentences]
    blocks = [block.span.start for block in document.blocks]
    quotes = [quotation.start for quotation in quotations]
    orders: dict[int, int] = defaultdict(int)
    found = []
    for mention in mentions:
        start = mention.span.start
        sentence = bisect_right(sentences, start) - 1
        quote = bisect_right(quotes, start) - 1
        inside = quote >= 0 and mention.span.end <= quotations[quote].end
        near = quotations[max(0, quote) : quote + 2]
        speaks = not inside and any(_gap(mention.span, each) <= _BESIDE for each in near)
        place = (sentence, bisect_right(blocks, start) - 1, quote if inside else -1, orders[sentence], int(speaks))
        found.append(Standing(start, mention.span.end, *place))
        orders[sentence] += 1
    return found


def beside_quotations(
    mentions: Sequence[Mention], standings: Sequence[Standing], quotations: Sequence[Span]
) -> list[frozenset[int]]:
    """For each mention outside quotation marks, the quotations that it stands right beside: it may be their speaker."""
    starts = [quotation.start for quotation in quotations]
    found = []
    for mention, standing in zip(mentions, standings, strict=True):
        after = bisect_right(starts, mention.span.start)
        near = {
            place
            for place in (after - 1, after)
            if 0 <= place < len(quotations) and _gap(mention.span, quotations[place]) <= _BESIDE
        }
        found.append(frozenset(near) if standing.quotation < 0 else frozenset())
    return found


#: Characters between a quotation and its speaker: room for a comma and a verb of saying.
_BESIDE = 25


def _gap(span: Span, quotation: Span) -> int:
    return max(quotation.start - span.end, span.start - quotation.end)


def _spoken_of(
    standings: Sequence[Standing], traits: Sequence[Traits], beside: Sequence[frozenset[int]] | None
) -> list[frozenset[int]]:
    """For each mention, the rows that cannot be the same person: who is spoken of in a quotation does not speak it."""
    inside: dict[int, set[int]] = defaultdict(set)
    for row, standing in enumerate(standings):
        if standing.quotation >= 0 and traits[row].person != 1:
            inside[standing.quotation].add(row)
    near = beside or [frozenset[int]()] * len(standings)
    return [frozenset(row for quotation in each for row in inside[quotation]) for each in near]


# --- names -----------------------------------------------------------------------------------------------------------


def _name_clusters(mentions: Sequence[Mention], traits: Sequence[Traits]) -> dict[int, _Cluster]:
    """Names gathered: longer ones first, so that a short form finds the full names it may belong to."""
    rows = [row for row, mention in enumerate(mentions) if mention.form == "name"]
    rows.sort(key=lambda row: (-len(core(traits[row].words)), row))
    cluster_of: dict[int, _Cluster] = {}
    clusters: list[_Cluster] = []
    for row in rows:
        candidates = [each for each in clusters if _can_be(each, mentions[row], traits[row])]
        cluster = _choose(candidates, row) if candidates else None
        if cluster is None:
            cluster = _Cluster([], mentions[row].kind)
            clusters.append(cluster)
        _join(cluster, row, mentions[row], traits[row])
        cluster_of[row] = cluster
    return cluster_of


def _can_be(cluster: _Cluster, mention: Mention, traits: Traits) -> bool:
    if (cluster.kind == "person") != (mention.kind == "person") or not _agrees(cluster, traits):
        return False
    match = same_person if mention.kind == "person" else same_organisation
    if mention.kind != "person" and cluster.kind != mention.kind and traits.words not in cluster.names:
        return False
    return all(match(name, traits.words) for name in cluster.names)


def _choose(candidates: list[_Cluster], row: int) -> _Cluster:
    """Of several, the one with the nearest name before, else the nearest after."""

    def distance(cluster: _Cluster) -> int:
        return min(row - other if other < row else 1000 + other - row for other in cluster.rows)

    return min(candidates, key=distance)


def _join(cluster: _Cluster, row: int, mention: Mention, traits: Traits) -> None:
    cluster.rows.append(row)
    if mention.form == "name" and traits.words not in cluster.names:
        cluster.names.append(traits.words)
    if traits.number:
        cluster.numbers.add(traits.number)
    if traits.gender:
        cluster.genders.add(traits.gender)


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
    searching = [row for row in range(len(mentions)) if row not in cluster_of or _searches(row, cluster_of[row])]
    late, early = _pairs(np.array(searching, dtype=np.int64))
    scores = network().pairs(pair_features(columns, late, early)) if len(late) else np.zeros(0, np.float32)
    alone = network().singles(single_features(columns))
    bounds = np.searchsorted(late, np.arange(len(mentions) + 1))
    for row, mention in enumerate(mentions):
        here = slice(int(bounds[row]), int(bounds[row + 1]))
        if mention.form == "name" and not _searches(row, cluster_of[row]):
            continue
        margin = _NAME_MARGIN if mention.form == "name" else 0.0
        gains = scores[here] - margin - alone[row]
        cluster = _antecedent(row, mentions, traits, early[here], gains, cluster_of, spoken_of[row])
        if cluster is not None:
            _merge(cluster, row, mention, traits[row], cluster_of)
        elif mention.form == "nominal":
            _cluster_at(row, mentions, traits, cluster_of)


def _searches(row: int, cluster: _Cluster) -> bool:
    """Whether a name looks for an antecedent: one met before in the report has its cluster already."""
    return min(cluster.rows) >= row


#: How much likelier than nothing a description must be as the antecedent of a name that has not been met before.
_NAME_MARGIN = 1.0


def _antecedent(
    row: int,
    mentions: Sequence[Mention],
    traits: Sequence[Traits],
    early: Ints,
    gains: Floats,
    cluster_of: dict[int, _Cluster],
    barred: frozenset[int],
) -> _Cluster | None:
    """The cluster of the likeliest antecedent that agrees; None where nothing is likelier."""
    for place in np.argsort(-gains, kind="stable"):
        if gains[place] <= 0.0:
            return None
        cluster = _cluster_at(int(early[place]), mentions, traits, cluster_of)
        if row in cluster_of and not _may_merge(cluster_of[row], cluster):
            continue
        if mentions[row].form == "pronoun" and not barred.isdisjoint(cluster.rows):
            continue
        if _admits(cluster, mentions[row], traits[row]):
            return cluster
    return None


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


def _pairs(rows: Ints) -> tuple[Ints, Ints]:
    """All pairs (later, earlier) within reach of the later rows given, ordered by the later."""
    later, back = np.meshgrid(rows, np.arange(1, REACH + 1), indexing="ij")
    earlier = later - back
    keep = earlier >= 0
    return later[keep], earlier[keep]


def _cluster_at(
    row: int, mentions: Sequence[Mention], traits: Sequence[Traits], cluster_of: dict[int, _Cluster]
) -> _Cluster:
    if row not in cluster_of:
        cluster = _Cluster([], mentions[row].kind)
        _join(cluster, row, mentions[row], traits[row])
        cluster_of[row] = cluster
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
    """Every name and every person described; of other things, and of bare pronouns, those mentioned more than once."""
    forms = {mentions[row].form for row in cluster.rows}
    if "name" in forms:
        return True
    described = "nominal" in forms and cluster.kind in ("person", "organisation", "group")
    return described or len(cluster.rows) > 1


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
    votes: dict[MentionKind, int] = defaultdict(int)
    for row in cluster.rows:
        if mentions[row].form != "pronoun":
            votes[mentions[row].kind] += 3 if mentions[row].form == "name" else 1
    return max(votes, key=lambda kind: (votes[kind], kind)) if votes else cluster.kind


def _first(entity: Entity, mentions: Sequence[Mention]) -> int:
    starts = {mention.id: mention.span.start for mention in mentions}
    return min(starts[id_] for id_ in entity.mentions)
