"""Bodies of a state that go by their country or place and a common word: `the Haitian government`, `Hong Kong police`.

    the South African ministry of health said …     Bolivia's public defender's office …     the government of Nicaragua
    the office of Prime Minister Ann Lee

Says where such a name stands at the beginning of a source. That "the government" alone is one of them is for
body_sources.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.record import Document, Mention, Span

_CAPITAL: Final = r"[A-Z][\w.-]*\w|[A-Z]\.[A-Z]\."
_WHOSE: Final = rf"(?P<whose>(?:{_CAPITAL})(?:\s(?:{_CAPITAL})){{0,2}})(?P<possessed>[’']s?)?"
_FIELD: Final = r"(?:[a-z]+\s)?(?:[a-z]+|[A-Z][a-z]+)"
_ARM: Final = (
    rf"[Gg]overnment|military|army|navy|air force|police(?:\sforce)?|(?:{_FIELD}\s)?ministry(?:\sof\s[a-z]+)?"
    r"|central bank|parliament|[Cc]abinet|(?:supreme|constitutional) court|elect(?:oral|ion) commission"
    r"|state (?:radio|television|TV|news agency)|(?:media|press) office|(?:city|town|county) council"
    r"|fire (?:department|service)"
)
#: What somebody has: "Minnesota's health department", "Saudi Arabia's embassy in the Philippines".
_OWN: Final = (
    rf"{_ARM}|{_FIELD}\s(?:department|agency)|(?:public\sdefender|prosecutor)[’']s\soffice"
    r"|embassy\sin\s(?:the\s)?[A-Z]\w+"
)
_END: Final = r"(?=\s*(?:$|[,(—–]|[’']s?$|\s(?:which|who|that)\b))"
_BEFORE: Final = re.compile(rf"(?:[Tt]he\s)?(?P<name>{_WHOSE}\s(?P<arm>{_ARM})){_END}")
_BELONGS: Final = re.compile(rf"(?:[Tt]he\s)?(?P<name>{_WHOSE}\s(?P<arm>{_OWN})){_END}")
_BEHIND: Final = re.compile(
    rf"(?:[Tt]he\s)?(?P<name>(?:[Gg]overnment|(?:{_FIELD}\s)?ministry|(?:{_FIELD}\s)?[Mm]inistry)\s"
    rf"of\s(?:the\s)?(?P<whose>(?:{_CAPITAL})(?:\s(?:{_CAPITAL})){{0,2}})){_END}"
)
#: `the Harrow prosecutor's office`, `the Attorney General's Office`: an office by its post, which has a place or rank.
_POST: Final = re.compile(
    rf"(?:[Tt]he\s)?(?P<name>(?!The\s)(?:(?:{_CAPITAL})\s)+(?:[Pp]rosecutor|[Aa]ttorney|[Gg]eneral|[Mm]inister|[Dd]efender|[Ss]heriff"
    rf"|[Cc]oroner|[Mm]ayor|[Gg]overnor|[Oo]mbudsman|[Cc]ommissioner)(?:\s[Gg]eneral)?[’']s\s[Oo]ffice){_END}"
)
_OFFICE: Final = re.compile(rf"(?:[Tt]he\s)?(?P<name>[Oo]ffice\sof\s(?:the\s)?(?P<whose>(?:{_CAPITAL}|of|\s)+)){_END}")
_NATIONAL: Final = re.compile(r"\w(?:ian|ean|an|ese|ish|i|ch|ic)$")
_NO_STATE: Final = frozenset("western eastern northern southern european african asian arab christian islamic".split())


def state_body(document: Document, source: Span, names: Sequence[Mention]) -> Span | None:
    """The name of a state's body that a source is; None when it is none."""
    for form in (_BEFORE, _BELONGS, _BEHIND):
        match = form.match(document.text, source.start, source.end)
        if match is not None and (form is not _BELONGS or match["possessed"]):
            span = Span(*match.span("whose"))
            if _is_state(document, span, names) and not _are_many(match):
                return Span(*match.span("name"))
    return _post(document, source, names) or _office(document, source, names)


def _post(document: Document, source: Span, names: Sequence[Mention]) -> Span | None:
    match = _POST.match(document.text, source.start, source.end)
    if match is None or any(name.kind == "person" for name in names):
        return None
    return Span(*match.span("name"))


def _office(document: Document, source: Span, names: Sequence[Mention]) -> Span | None:
    """`the office of Prime Minister Ann Lee`: it goes by the name of whose it is."""
    match = _OFFICE.match(document.text, source.start, source.end)
    whose = (
        ()
        if match is None
        else [name for name in names if name.kind == "person" and name.span.end == match.end("whose")]
    )
    return Span(*match.span("name")) if match is not None and whose else None


def _is_state(document: Document, whose: Span, names: Sequence[Mention]) -> bool:
    """Whether a country or place is named there, or its people."""
    words = document.words(whose)
    if words.split()[0].lower() in _NO_STATE:
        return False
    inside = [name for name in names if name.span.overlaps(whose)]
    if any(name.kind == "person" for name in inside):
        return False
    return any(name.kind in ("place", "group") for name in inside) or is_national(words)


def _are_many(match: re.Match[str]) -> bool:
    """`Taiwanese police`: policemen of a country, not a force with a name."""
    parts = match.groupdict()
    national = not parts.get("possessed") and is_national(match["whose"])
    return (parts.get("arm") or "").startswith("police") and national


def is_national(words: str) -> bool:
    """Whether a word looks like what the people of a country are called: "Taiwanese", "French"."""
    return _NATIONAL.search(words) is not None
