"""Where each mention of a report stands: sentence, paragraph, quotation, and what is around it.

Looks at the text and at quotation marks alone; knows nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from onrecord.record import Document, Mention, Span
from onrecord.resolve.mention_table import Standing
from onrecord.resolve.traits import Traits


def standings_of(document: Document, mentions: Sequence[Mention], quotations: Sequence[Span]) -> list[Standing]:
    """Where each mention stands."""
    sentences = [sentence.start for sentence in document.sentences]
    blocks = [block.span.start for block in document.blocks]
    quotes = [quotation.start for quotation in quotations]
    orders: dict[int, int] = defaultdict(int)
    found = []
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        sentence, block = bisect_right(sentences, start) - 1, bisect_right(blocks, start) - 1
        quote = bisect_right(quotes, start) - 1
        inside = quote >= 0 and end <= quotations[quote].end
        before = quote if not inside and quote >= 0 and start - quotations[quote].end <= _BESIDE else -1
        later = not inside and quote + 1 < len(quotations) and quotations[quote + 1].start - end <= _BESIDE
        after = quote + 1 if later else -1
        opens = int(block >= 0 and start - blocks[block] <= 1)
        role, within = _role(document.text, start, end), quote if inside else -1
        # quicker than Standing(...), and there is one for every mention
        found.append(
            _new(Standing, (start, end, sentence, block, within, orders[sentence], before, after, role, opens))
        )
        orders[sentence] += 1
    return found


_new = tuple.__new__


def _role(text: str, start: int, end: int) -> int:
    """Index into ROLES: what stands around a mention tells whether the sentence may be about it."""
    if text[end : end + 2] in ("'s", "’s") or text[max(start, end - 2) : end] in ("'s", "’s"):
        return 2
    if (match := _WORD_AFTER.match(text, end)) and match[1].lower() in _VERBS:
        return 3
    before = text[max(0, start - 12) : start].rstrip().rpartition(" ")[2].lower()
    return 1 if before in _PREPOSITIONS else 0


_WORD_AFTER = re.compile(r" ([A-Za-z]+)")
_VERBS = frozenset(
    "is was are were has had have will would can could may might must should does did do says said told tells added "
    "asked announced called came claimed described explained made noted reported stated think thought thinks took "
    "wants wanted warned went wrote also never".split()
)
_PREPOSITIONS = frozenset(
    "of in for to from with on at by about against between among after before during near under over into than "
    "as through around without toward towards behind like including".split()
)


#: Characters between a quotation and its speaker: room for a comma and a verb of saying.
_BESIDE = 25


def spoken_of(standings: Sequence[Standing], traits: Sequence[Traits]) -> list[frozenset[int]]:
    """For each mention, the rows that cannot be the same person: who is spoken of in a quotation does not speak it."""
    inside: dict[int, list[int]] = defaultdict(list)
    for row, standing in enumerate(standings):
        if standing.quotation >= 0 and traits[row].person != 1:
            inside[standing.quotation].append(row)
    nothing = frozenset[int]()
    return [
        frozenset((*inside[each.quoted_before], *inside[each.quoted_after]))
        if each.quoted_before >= 0 or each.quoted_after >= 0
        else nothing
        for each in standings
    ]
