"""Labelled speakers -> mentions with chains, for the encoder to learn who is meant in news: whom "he" and "the
minister" at a cue go back to, among the other people that the report lets speak.

Only some mentions of a report are known that way, so that a span without one is no evidence against a mention. The
third of the reports whose speakers are only counted (`training.speakers.is_unread`) teaches nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from gold.statements import LabelledReport

from training.annotated import Annotated
from training.speakers import is_unread

#: Where the head of a noun phrase ends: before what is said of it behind a comma or in a clause.
_HEAD_ENDS: Final = re.compile(r",| (?:who|which|that|at|in|on|from|with|for|and|or)\b")
_INITIAL: Final = re.compile(r"[^\W\d_]")
_PRONOUNS: Final = frozenset("he she they it who which we i his her their its that".split())


def with_speaker_chains(documents: Iterable[Annotated], reports: Iterable[LabelledReport]) -> Iterator[Annotated]:
    """The documents, those with the text of a labelled report with the mentions of who speaks in it; documents that are
    not for training, or have mentions of their own, stay as they are."""
    known: Mapping[str, LabelledReport] = {report.text: report for report in reports if not is_unread(report.name)}
    for document in documents:
        report = known.get(document.text)
        if report is None or document.split != "train" or document.mentions is not None:
            yield document
        else:
            yield replace(document, mentions=tuple(_mentions(report)), mentions_complete=False)


def _mentions(report: LabelledReport) -> list[tuple[int, int, None, int | None]]:
    found: dict[tuple[int, int], int | None] = {}
    for chain, form in _forms(report):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", report.text):
            if not any(start < match.end() and match.start() < end for start, end in found):
                found[match.span()] = chain
    chains = {entity.key: number for number, entity in enumerate(report.entities)}
    for statement in report.statements:
        if statement.source is None or len(statement.speakers) > 1:
            continue
        start, end = _head(report.text, statement.source.start, statement.source.end)
        if not statement.speakers and report.text[start:end].lower() in _PRONOUNS:
            continue  # whom it goes back to has no name, but may stand before it
        if not any(start < right and left < end for left, right in found):
            found[start, end] = chains[statement.speakers[0]] if statement.speakers else None
    return [(start, end, None, chain) for (start, end), chain in sorted(found.items())]


def _forms(report: LabelledReport) -> list[tuple[int, str]]:
    """The names of everybody who speaks, and of people their last word where no other speaker ends with it; the longest
    first, so that no name is looked for inside another."""
    words = report.words
    forms = [
        (chain, words(name), entity.kind)
        for chain, entity in enumerate(report.entities)
        for name in (entity.name, *entity.also)
    ]
    last = [(chain, name.split()[-1]) for chain, name, kind in forms if kind == "person" and len(name.split()) > 1]
    owners = {word: {chain for chain, other in last if other == word} for _, word in last}
    short = [(chain, word) for chain, word in last if len(owners[word]) == 1 and word[0].isupper() and len(word) > 2]
    return sorted({(chain, name) for chain, name, _ in forms} | set(short), key=lambda form: (-len(form[1]), form))


def _head(text: str, start: int, end: int) -> tuple[int, int]:
    """A source as far as its head: `the minister, who had resigned` is `the minister`."""
    ends = _HEAD_ENDS.search(text, start + 1, end)
    if ends is not None and _INITIAL.search(text, start, ends.start()):
        return start, ends.start()
    return start, end
