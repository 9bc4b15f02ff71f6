"""Synthetic records for the benchmarks, made from a seed, of the size of news (780 words, 63 mentions, 11 statements).

Not for judging what is found: the words are drawn from a Zipf distribution over made-up words and names.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from functools import cache

from onrecord.record import Block, Document, Entity, Mention, Origin, Record, Source, Span, Statement, address

SYLLABLES = [consonant + vowel for consonant in "bdklmnrstvz" for vowel in "aeiou"]
_PAPERS = ("Times", "Post", "Herald", "Courier", "Gazette", "Tribune", "Observer", "Chronicle", "Echo", "Mercury")
PUBLISHERS = [f"The {paper}" for paper in _PAPERS]
COMMON = ["the", "of", "and", "to", "in", "that", "said", "government", "people", "week"]


def word(number: int) -> str:
    """The word of a rank: common English first, then made up."""
    if number < len(COMMON):
        return COMMON[number]
    picked = []
    while number:
        number, rest = divmod(number, len(SYLLABLES))
        picked.append(SYLLABLES[rest])
    return "".join(picked)


@cache
def name(number: int) -> str:
    """The name of a person by rank of fame."""
    chance = random.Random(number)
    given, surname = chance.randrange(50, 2000), chance.randrange(3000, 90000)
    return f"{word(given).capitalize()} {word(surname).capitalize()}"


def zipf(chance: random.Random, most: int) -> int:
    """A rank from 0 to most - 1, low ones often."""
    return int(most ** chance.random()) - 1


def record(number: int, *, people: int = 60_000, vocabulary: int = 60_000) -> Record:
    """The report of this number: always the same."""
    chance = random.Random(number)
    cast = sorted({name(zipf(chance, people)) for _ in range(12)})
    parts: list[str] = []
    quotes: list[tuple[int, int, str, int]] = []
    mentions: list[tuple[int, str]] = []
    offset = 0

    def write(text: str) -> int:
        nonlocal offset
        start = offset
        parts.append(text)
        offset += len(text)
        return start

    def words(count: int) -> str:
        return " ".join(word(zipf(chance, vocabulary)) for _ in range(count))

    blocks = []
    for paragraph in range(24):
        began = offset
        if paragraph % 3 == 1 or paragraph % 7 == 2:
            speaker = chance.choice(cast)
            start = write(f"“{words(22)},”")
            end = offset
            write(" ")
            mentions.append((write(speaker), speaker))
            write(" said.")
            quotes.append((start, end, speaker, mentions[-1][0]))
        else:
            for _ in range(4):
                other = chance.choice(cast)
                write(words(7) + " ")
                mentions.append((write(other), other))
                write(" ")
            write(words(3) + ".")
        blocks.append(Span(began, offset))
        write("\n\n")
    text = "".join(parts)
    day = f"{2015 + zipf(chance, 11)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    source = Source(
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader="made 1",
        location=f"pile/{number}.html",
        url=f"https://news.example/{day[:4]}/{day[5:7]}/story-of-something-that-happened-{number}.html",
        publisher=PUBLISHERS[zipf(chance, len(PUBLISHERS))],
        headline=words(8).capitalize(),
        byline=(chance.choice(cast),),
        agency="AP" if chance.random() < 0.3 else None,
        published=f"{day}T{chance.randrange(24):02}:15:00+00:00",
    )
    document = Document(text, source, tuple(Block(span, "paragraph") for span in blocks), tuple(blocks), "en")
    return _with_findings(document, mentions, quotes, chance)


def _with_findings(
    document: Document, places: list[tuple[int, str]], quotes: list[tuple[int, int, str, int]], chance: random.Random
) -> Record:
    mentions, of_name = [], {}
    for start, own in places:
        span = Span(start, start + len(own))
        mention = Mention(address(document.id, "mention", span), span, "person", "name", _origin(chance))
        mentions.append(mention)
        of_name.setdefault(own, []).append(mention)
    entities = {
        own: Entity(
            address(document.id, "entity", found[0].span), "person", found[0].span, tuple(each.id for each in found)
        )
        for own, found in of_name.items()
    }
    statements = []
    for start, end, speaker, at in quotes:
        content, source = Span(start, end), Span(at, at + len(speaker))
        statements.append(
            Statement(
                id=address(document.id, "statement", content),
                content=(content,),
                kind="direct",
                mode="said",
                source_type="named person",
                origin=_origin(chance),
                cue=Span(source.end + 1, source.end + 5),
                source=source,
                speaker=entities[speaker].id,
                chain=(source, of_name[speaker][0].span),
            )
        )
    return Record(document, mentions=tuple(mentions), entities=tuple(entities.values()), statements=tuple(statements))


def _origin(chance: random.Random) -> Origin:
    return Origin("made", "1", round(chance.random(), 4))


def records(count: int) -> Iterator[Record]:
    """The first reports."""
    return (record(number) for number in range(count))
