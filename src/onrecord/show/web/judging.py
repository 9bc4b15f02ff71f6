"""What a person decides in the reader: read from a form, checked against the record, put into the store.

A judgement never changes a finding; "undo" takes back this person's last judgement of it.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord.keep.answers import Kept
from onrecord.record import Judgement, Record, Span, Verdict

VERDICTS: Mapping[str, Verdict] = {"accept": "accept", "reject": "reject", "correct": "correct", "undo": "withdraw"}
LONGEST_WHY = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands about a finding: the latest judgement, and the latest correction, which a later "accept" keeps."""

    latest: Judgement
    correction: Judgement | None


def standing(kept: Iterable[Kept]) -> dict[str, Standing]:
    """What stands about each finding that a person judged, by the finding's id."""
    found: dict[str, Standing] = {}
    for judgement in sorted((each.judgement for each in kept if each.stands), key=lambda judgement: judgement.at):
        if judgement.verdict in ("accept", "reject", "correct"):
            before = found.get(judgement.left)
            correction = judgement if judgement.verdict == "correct" else before.correction if before else None
            found[judgement.left] = Standing(judgement, correction)
    return found


class Refused(Exception):
    """A form that makes no sense; its text says why."""


def judgement_of(form: Mapping[str, str], record: Record, statement: str, by: str) -> Judgement:
    """The judgement that a form makes of a statement; Refused when it makes none."""
    verdict = VERDICTS.get(form.get("verdict", ""))
    if verdict is None:
        raise Refused("a judgement is one of: accept, reject, correct, undo")
    correction = _correction(form, record) if verdict == "correct" else None
    why = form.get("why", "").strip()[:LONGEST_WHY] or None
    return Judgement(statement, None, verdict, by, now(), why, correction)


def must_take_something_back(judgement: Judgement, kept: Iterable[Kept]) -> None:
    """Refuses a withdrawal of what this person never judged: nothing would change, and the page would say it did."""
    own = [each for each in kept if each.stands and each.judgement.by == judgement.by]
    same = [each for each in own if _pair(each.judgement) == _pair(judgement)]
    if judgement.verdict == "withdraw" and not same:
        raise Refused("there is no judgement of yours here to take back")


def _pair(judgement: Judgement) -> tuple[str, str | None]:
    return judgement.left, judgement.right


def now() -> str:
    """This moment in UTC, to the microsecond: judgements are kept in the order in which they were made."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def user() -> str:
    """The name of whoever runs this."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _correction(form: Mapping[str, str], record: Record) -> str:
    change: dict[str, object] = {}
    if "speaker" in form:
        change["speaker"] = _speaker(form["speaker"], record)
    if form.get("content", "").strip():
        change["content"] = [{"start": s.start, "end": s.end} for s in _content(form["content"], record)]
    if not change:
        raise Refused("a correction names a speaker or other words")
    return json.dumps(change, sort_keys=True)


def _speaker(given: str, record: Record) -> str | None:
    if given and all(entity.id != given for entity in record.entities):
        raise Refused("the story names no such speaker")
    return given or None


def _content(given: str, record: Record) -> tuple[Span, ...]:
    try:
        spans = tuple(sorted(Span(*map(int, pair.split("-"))) for pair in given.split()[:50]))
    except (ValueError, TypeError) as error:
        raise Refused(f"not places in the text: {given[:40]}") from error
    text = record.document.text
    if spans[-1].end > len(text):
        raise Refused("these words lie outside the text")
    if not all(text[span.start : span.end].strip() for span in spans):
        raise Refused("there are no words in what was selected")
    return tuple(_without_blanks(span, text) for span in spans)


def _without_blanks(span: Span, text: str) -> Span:
    """A selection with the mouse takes blanks along at its ends."""
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))
