"""Short forms that a report gives in brackets, whatever their letters: `the National Seismological Center (CSN)`.

Acronyms of other languages are made of other words than the name beside them. Says which two mentions name the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from onrecord.record import Document, Mention
from onrecord.resolve.campaigns import campaign_aliases
from onrecord.resolve.firm_names import firm_aliases

_SHORT: Final = re.compile(r"[A-Z][A-Za-z/&.-]{1,13}")
_CAPITALS: Final = re.compile(r"[A-Z][A-Z&/.-]{1,7}")
_SMALL: Final = frozenset("of the for and on in de del la y et des du".split())
#: Letters of a short form that must be initials of the long one: "CSN" has all three, "Cenidh" three of six.
_SHARED: Final = 2


def aliases(document: Document, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Rows of mentions (in text order): a long name, and its short form in brackets right behind; a firm, and what it
    goes by."""
    named = [row for row, mention in enumerate(mentions) if mention.form == "name" and mention.kind != "person"]
    for long, short in pairwise(named):
        if mentions[long].kind in ("organisation", "facility") and _is_alias(document, mentions[long], mentions[short]):
            yield long, short
    yield from firm_aliases(document, mentions)
    yield from campaign_aliases(document, mentions)


def _is_alias(document: Document, long: Mention, short: Mention) -> bool:
    text = document.text
    if text[long.span.end : short.span.start] != " (" or text[short.span.end : short.span.end + 1] != ")":
        return False
    words = document.words(long.span), document.words(short.span)
    return shares_letters(*words) or (" " in words[0] and _goes_by(document, short))


def _goes_by(document: Document, short: Mention) -> bool:
    """Whether a report goes on to use a short form of capitals: it is none of the body's letters in another language
    only, as "CAF" is of the Development Bank of Latin America."""
    words = document.words(short.span)
    if short.kind != "organisation" or not _CAPITALS.fullmatch(words):
        return False
    return re.search(rf"(?<![\w(]){re.escape(words)}(?![\w)])", document.text[short.span.end :]) is not None


def shares_letters(long: str, short: str) -> bool:
    """Whether a short form has enough of the initials of a name of several words."""
    initials = {part[0].upper() for part in re.split(r"[\s/-]+", long) if part and part.lower() not in _SMALL}
    letters = set(re.findall(r"[A-Z]", short.upper()))
    return _SHORT.fullmatch(short) is not None and " " in long and len(initials & letters) >= _SHARED
