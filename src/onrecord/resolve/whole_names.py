"""Names of bodies that were cut behind their country or place: `Norwegian` + `Food Safety Authority`.

A body that goes by a common word hardly goes without its place when the two stand side by side; "the Japanese Toyota"
stays two names. Looks at all names of a report, not only at sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.record import Document, Mention, Span, address

#: Bodies by a common word, at the end ("Power Company") or before what they are for ("Center for Human Rights").
_COMMON: Final = re.compile(
    r"(?:.*\s)?(?:Administration|Agency|Army|Association|Authority|Board|Bureau|Center|Centre|Chamber|Commission"
    r"|Committee|Company|Corporation|Council|Daily|Department|Directorate|Executive|Federation|Foundation|Fund"
    r"|Government|Institute|Ministry|Nation|Observatory|Office|Organi[sz]ation|Parliament|Police|Service|Society|Union"
    r"|University|Weekly)(?:\s(?:for|of|against|on)\s.+)?"
)


def with_places(document: Document, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names in text order, places and peoples joined to the bodies right behind them."""
    ordered = sorted(names, key=lambda mention: (mention.span.start, -mention.span.end))
    last: Mention | None = None
    for name in ordered:
        if last is not None and _belong(document, last, name):
            span = Span(last.span.start, name.span.end)
            last = replace(name, id=address(document.id, "mention", span), span=span)
            continue
        if last is not None:
            yield last
        last = name
    if last is not None:
        yield last


def _belong(document: Document, place: Mention, body: Mention) -> bool:
    return (
        place.kind in ("place", "group")
        and body.kind in ("organisation", "facility")
        and document.text[place.span.end : body.span.start] == " "
        and _COMMON.fullmatch(document.words(body.span)) is not None
    )
