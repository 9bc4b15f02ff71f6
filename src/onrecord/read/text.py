"""A plain text report (wire copy, a pasted story) to its blocks and what it says of itself.

The text is the decoded file unchanged, line ends and all, so every offset is one into the user's own file. First comes
top matter (headline, byline, date), then the body, then what closes a report (contributors, copyright). Judges one
paragraph at a time by wording and place; finds no names or quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.record import Block, BlockKind, Dateline, Note, Page, Span

from .agencies import agency_called, agency_named_in
from .bylines import Byline, byline_of, contributors_of, is_role, people_named
from .charset import decode
from .datelines import OpeningLine, dateline_at
from .dates import edtf_of
from .furniture import furniture_label
from .given import given_clues
from .paragraphs import paragraphs
from .source_fields import Clue, SourceFields, settle

STEP = "read.text"
VERSION = "1"
#: A headline or subhead is no longer than this, in words; the longest headline of 95 news pages has 20.
TITLE_WORDS = 26
SUBHEAD_WORDS = 9
#: Top matter takes no more paragraphs than these.
TOP_MOST = 12
#: Paragraphs whose wording is judged; the longest of 95 news pages has 160. The rest is taken as story, unread.
JUDGED_MOST = 5000
#: Characters of a page that are read, some 170,000 words: a book. What follows is kept in the text, and not read.
MOST_CHARACTERS = 1_000_000
#: Paragraphs of the body in which a dateline may still come, after an editor's note or a summary.
DATELINE_WITHIN = 3
FINAL = re.compile(r"[.!?…][\"'”’)\]]*$|[,;:]$")
MAIL_HEADER = re.compile(r"(?P<name>From|To|Cc|Bcc|Sent|Date|Subject|Reply-To)\s*:\s+(?P<value>\S.*)")
SLUG = re.compile(
    r"(?:[A-Z]{2,4}-{1,2}[A-Z][\w-]*(?:-{1,2}\w[\w ,-]*)*|\(?(?:Eds|EDS|Adv|ADV)\b.{0,80}|URGENT|[A-Z]{3,}\d{3,})$"
)
#: What a desk or a reporter leaves at the end of a wire report: "burs/al/mr" (AFP), "PTI AL MR", "(END)", an address.
SIGN_OFF = re.compile(
    r"(?:[a-z]{2,5}(?:[/-][a-z]{1,5}){1,5}|(?:[A-Z]{2,4}\s){0,4}[A-Z]{2,4}|\(?(?:END|ENDS|Ends?|Enditem)\)?|-\s*30\s*-|#{2,5}"
    r"|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,60})\s*$"
)
SIGN_OFF_WITHIN = 4
#: A line that ends in the credit of a picture.
CREDIT = re.compile(
    r"(?:\b(?:photo(?:graph)?|image|picture|file photo|pic)s?(?:\s+credits?)?(?:\s+by\s+|\s*[:/]\s*)[^.!?]{2,60}"
    r"|\([^()]{0,60}(?:\bphotos?\b|/\s?(?:AP|AFP|Reuters|Getty|EPA|TASS)\b|\bvia\s+(?:AP|Getty|Reuters)\b|\bGetty\s+Images)[^()]{0,40}\)"
    r"|(?:/|\bvia\s)Getty\s+Images|\b(?:REUTERS|AFP|EPA)\s?/\s?[A-Z][\w .’'-]{2,40})\.?$",
    re.IGNORECASE,
)
CREDITED_WORDS = 70
FIRST_PUBLISHED = re.compile(r"\bfirst\s+published\s+(?:on\s+|at\s+)?(?P<day>[^()]{6,40})\.?$", re.IGNORECASE)
ITEM = re.compile(r"(?:[-*•‣▪–—]|\(?\d{1,2}[.)])\s+\S")
COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©]*(?:\(c\)\s*)?(?P<year>(?:19|20)\d\d)?\s*(?:by\s+)?(?P<owner>[^.,;]{0,60})", re.I
)


@dataclass(frozen=True, slots=True)
class TextStory:
    """What one reading of a plain text gives: the text, its blocks, the fields of its source, notes on faults."""

    text: str
    blocks: tuple[Block, ...]
    fields: SourceFields
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A block with the clues that its words give."""

    block: Block
    clues: tuple[Clue, ...] = ()


def read_text(page: Page) -> TextStory:
    """The blocks and source fields of a plain text page; reads anything, and finds nothing in what is no report."""
    text, notes = decode(page.content, page.charset)
    end = _read_to(text)
    if end < len(text):
        notes = (*notes, Note(STEP, f"only the first {end:,} of {len(text):,} characters were read"))
    spans = paragraphs(text[:end])
    judged = _judge(text, spans[:JUDGED_MOST])
    if len(spans) > JUDGED_MOST:
        notes = (*notes, Note(STEP, f"only the first {JUDGED_MOST:,} of {len(spans):,} paragraphs were judged"))
        judged += [_Judged(Block(span, "paragraph")) for span in spans[JUDGED_MOST:]]
    clues = [*given_clues(page), *(clue for each in judged for clue in each.clues)]
    return TextStory(text, tuple(each.block for each in judged), settle(_dated(clues)), notes)


def _read_to(text: str) -> int:
    """Where reading stops: the end of a text, and of one longer than any report, that of a line before the limit."""
    if len(text) <= MOST_CHARACTERS:
        return len(text)
    return text.rfind("\n", MOST_CHARACTERS // 2, MOST_CHARACTERS) + 1 or MOST_CHARACTERS


def _judge(text: str, spans: Sequence[Span]) -> list[_Judged]:
    body_at = next((n for n, span in enumerate(spans) if _is_body(text, span)), len(spans))
    top = _top(text, spans[: body_at if body_at < len(spans) and body_at <= TOP_MOST else 0])
    judged = list(top)
    dated = False
    for number in range(len(top), len(spans)):
        near = not dated and number < body_at + DATELINE_WITHIN
        found = _body(text, spans, number, near)
        dated = dated or any(clue.field == "dateline" for clue in found.clues)
        judged.append(found)
    return judged


def _is_body(text: str, span: Span) -> bool:
    """Whether a paragraph belongs to the story: it opens with a dateline, or runs as prose does."""
    words = _words(text, span)
    if MAIL_HEADER.match(words) or byline_of(words) or _is_date_line(words) or contributors_of(words):
        return False
    if _is_credited(words):
        return False
    opening = dateline_at(text, span.start, span.end)
    if opening and opening.score > 0.7 and span.end - opening.end > 30:
        return True
    if furniture_label(words):
        return False
    return len(words.split()) > TITLE_WORDS or bool(FINAL.search(words) and len(words.split()) > 8 and words[-1] != "?")


def _top(text: str, spans: Sequence[Span]) -> list[_Judged]:
    judged: list[_Judged] = []
    for number, span in enumerate(spans):
        following = _words(text, spans[number + 1]) if number + 1 < len(spans) else ""
        has_headline = any(each.block.kind == "headline" for each in judged)
        judged.append(_top_matter(text, span, following, has_headline))
    return judged


def _top_matter(text: str, span: Span, following: str, has_headline: bool) -> _Judged:
    words = _words(text, span)
    header = MAIL_HEADER.match(words)
    if header:
        return _mail_header(header, span)
    byline = byline_of(words) or _bare_byline(words, following, has_headline)
    if byline:
        return _Judged(Block(span, "byline"), tuple(_byline_clues(byline, words, span)))
    if is_role(words):
        return _Judged(Block(span, "byline"))
    dates = tuple(_date_clues(words, span, 0.9))
    if dates:
        return _Judged(Block(span, "furniture", "date line"), dates)
    if _is_credited(words):
        return _Judged(Block(span, "caption"))
    label = furniture_label(words) or ("slug" if SLUG.match(words) else None)
    if label:
        return _Judged(Block(span, "furniture", label))
    if has_headline:
        return _Judged(Block(span, "subhead"))
    return _Judged(Block(span, "headline"), (Clue("headline", " ".join(words.split()), "text", 0.85, span),))


def _mail_header(header: re.Match[str], span: Span) -> _Judged:
    name, value = header["name"].lower(), header["value"].strip()
    block = Block(span, "furniture", "e-mail header")
    if name in ("date", "sent"):
        published = edtf_of(value)
        return _Judged(block, (Clue("published", published, "text", 0.5, span),) if published else ())
    if name == "subject":
        subject = re.sub(r"^(?:(?:re|fwd?|fw)\s*:\s*)+", "", value, flags=re.IGNORECASE)
        return _Judged(block, (Clue("headline", subject, "text", 0.6, span),) if subject else ())
    return _Judged(block)


def _bare_byline(words: str, following: str, has_headline: bool) -> Byline | None:
    """A name alone, believed where the next line is what follows a byline: an agency, a role or a date."""
    if not has_headline or not (agency_called(following) or is_role(following) or _is_date_line(following)):
        return None
    people = people_named(words)
    return Byline(people, None) if people and all(len(name.split()) > 1 for name in people) else None


def _byline_clues(byline: Byline, words: str, span: Span) -> Iterator[Clue]:
    if byline.people:
        yield Clue("byline", byline.people, "text", 0.95, span)
    if byline.agency:
        yield Clue("agency", byline.agency, "text", 0.9, span)
    published = edtf_of(words)
    if published and len(published) >= 10:
        yield Clue("published", published, "text", 0.8, span)


def _body(text: str, spans: Sequence[Span], number: int, near: bool) -> _Judged:
    span = spans[number]
    words = _words(text, span)
    opening = dateline_at(text, span.start, span.end) if near else None
    if opening and span.end - opening.end > 20:
        return _Judged(Block(span, "paragraph"), tuple(_opening_clues(opening)))
    people = contributors_of(words)
    if people is not None:
        return _Judged(Block(span, "byline", "contributors"), (Clue("contributors", people, "text", 0.9, span),))
    return (
        _closing(words, span, len(spans) - number)
        or _furniture(words, span)
        or _signature(words, span)
        or _Judged(Block(span, "list" if ITEM.match(words) else _prose(text, spans, number)))
    )


def _closing(words: str, span: Span, left: int) -> _Judged | None:
    """What stands among the last lines of a report: when it was published, and who passed it."""
    if left > SIGN_OFF_WITHIN or len(words) > 120:
        return None
    first = FIRST_PUBLISHED.search(words)
    published = edtf_of(first["day"]) if first else None
    if published:
        return _Judged(Block(span, "furniture", "date line"), (Clue("published", published, "text", 0.8, span),))
    dates = tuple(_date_clues(words, span, 0.5))
    if dates:
        return _Judged(Block(span, "furniture", "date line"), dates)
    return _Judged(Block(span, "furniture", "sign-off")) if SIGN_OFF.match(words) else None


def _furniture(words: str, span: Span) -> _Judged | None:
    label = furniture_label(words)
    if label:
        return _Judged(Block(span, "furniture", label), tuple(_copyright_clues(label, words, span)))
    return _Judged(Block(span, "caption")) if _is_credited(words) else None


def _is_credited(words: str) -> bool:
    """Whether a line is the caption of a picture: it ends in the picture's credit."""
    return len(words) < 600 and len(words.split()) <= CREDITED_WORDS and CREDIT.search(words) is not None


def _signature(words: str, span: Span) -> _Judged | None:
    """A line of its own that is an agency or a byline: "(AFP)", "By Jane Doe, Associated Press"."""
    agency = agency_called(words)
    if agency:
        return _Judged(Block(span, "byline"), (Clue("agency", agency, "text", 0.85, span),))
    byline = byline_of(words) if len(words.split()) < 15 else None
    return _Judged(Block(span, "byline"), tuple(_byline_clues(byline, words, span))) if byline else None


def _prose(text: str, spans: Sequence[Span], number: int) -> BlockKind:
    """A short line without final point, before a longer one, is a subhead; anything else a paragraph."""
    words = _words(text, spans[number])
    if len(words.split()) > SUBHEAD_WORDS or FINAL.search(words) or not words[:1].isupper() or number + 1 >= len(spans):
        return "paragraph"
    return "subhead" if len(spans[number + 1]) > max(80, len(words)) and not set(words) & set('"“”') else "paragraph"


def _opening_clues(opening: OpeningLine) -> Iterator[Clue]:
    span = opening.dateline.span if opening.dateline else None
    if opening.dateline:
        yield Clue("dateline", opening.dateline, "text", opening.score, span)
    if opening.agency:
        yield Clue("agency", opening.agency, "text", 0.95, span)


def _copyright_clues(label: str, words: str, span: Span) -> Iterator[Clue]:
    """The year and the owner that a copyright line names: weak clues, as sites stamp the year of the visit."""
    found = COPYRIGHT.search(words) if label == "copyright" else None
    if not found:
        return
    if found["year"]:
        yield Clue("published", found["year"], "text", 0.3, span)
    owner = found["owner"].strip(" -–|")
    agency = agency_called(owner) or agency_named_in(owner)
    if agency:
        yield Clue("agency", agency, "text", 0.5, span)
    elif owner[:1].isupper() and len(owner.split()) <= 5:
        yield Clue("publisher", re.split(r"\s+All rights", owner)[0], "text", 0.4, span)


def _is_date_line(words: str) -> bool:
    return any(True for _ in _date_clues(words, None, 1.0))


def _date_clues(words: str, span: Span | None, score: float) -> Iterator[Clue]:
    """When a report was published and changed, by a line that says that and little else: "Posted: March 4, 2022 |
    Updated 2 hours ago", "Source: Xinhua | 2022-03-04 10:11:12 | Editor: huaxia"."""
    parts = [part for part in DATED_PARTS.split(words) if part.strip()] if len(words) <= 160 else []
    if len(parts) > 6 or any(
        len(part.split()) > 10 or (FINAL.search(part) and part[-1] not in ".,:") for part in parts
    ):
        return
    dates = [(part, _date_line(part)) for part in parts]
    if not any(day for _, day in dates):
        return
    for part, day in dates:
        agency = agency_called(re.sub(r"^\s*source:\s*", "", part, flags=re.IGNORECASE))
        if agency:
            yield Clue("agency", agency, "text", score * 0.9, span)
        if day:
            yield Clue("modified" if CHANGED.match(part) else "published", day, "text", score, span)


#: Between the parts of a date line.
DATED_PARTS = re.compile(
    r"\s*[|•·]\s*|(?<=[\w)])\s+-\s+(?=[A-Z])|\s+(?=(?:last\s+)?(?:updated|modified)\b)", re.IGNORECASE
)
CHANGED = re.compile(r"\W*(?:last\s+)?(?:updated|modified)\b", re.IGNORECASE)


def _date_line(words: str) -> str | None:
    """The date of a line that holds little else."""
    if len(words) > 100 or not any(character.isdigit() for character in words):
        return None
    edtf = edtf_of(words)
    if edtf is None or len(edtf) < 10:
        return None
    rest = re.sub(r"\d+(?:st|nd|rd|th)?", "", words)
    letters = [w for w in re.findall(r"[^\W\d_]+", rest) if w.lower() not in DATE_WORDS]
    return edtf if len(letters) <= 1 else None


DATE_WORDS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu
    thur thurs fri sat sun published posted updated last modified first created date issued released on at am pm
    a p m t z gmt utc est edt et cst cdt pst pdt pt bst cet cest eet msk of by time hrs local ist""".split()
)


def _dated(clues: Sequence[Clue]) -> list[Clue]:
    """Give a dateline's day the year of publication, and where nothing says the day of publication, the dateline's."""
    published = [c for c in clues if c.field == "published" and isinstance(c.value, str)]
    best = max(published, key=lambda clue: clue.score, default=None)
    year = str(best.value)[:4] if best else None
    dated = [_with_year(clue, year) for clue in clues]
    days = [c.value.date for c in dated if isinstance(c.value, Dateline) and c.value.date and c.value.date[0] != "X"]
    if days and (best is None or len(str(best.value)) == 4):
        dated.append(Clue("published", days[0], "text", 0.6))
    return dated


def _with_year(clue: Clue, year: str | None) -> Clue:
    line = clue.value
    if not isinstance(line, Dateline) or year is None or not (line.date or "").startswith("XXXX"):
        return clue
    return replace(clue, value=replace(line, date=edtf_of(year + (line.date or "")[4:]) or line.date))


def _words(text: str, span: Span) -> str:
    return text[span.start : span.end]
