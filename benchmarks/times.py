"""Time expressions against TimeBank and AQUAINT (TempEval-3 training data), as TempEval-3 scores them.

    python benchmarks/times.py [DATA] [--errors N]

DATA holds `timebank/TBAQ-cleaned` (default ../shared/data); get it from
https://www.cs.york.ac.uk/semeval-2013/task1/.
Strict: both ends right. Value: overlapping, and the TIMEX3 value right (UzZaman et al. 2013). The creation time is
given, and not scored. Folds are by a hash of the file name; the rules were written looking at folds 1 to 4 first.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from onrecord.find.time_values import anchor_of
from onrecord.find.times import Expression, expressions
from onrecord.record import Span

PUBLISHED = {"HeidelTime (TempEval-3 platinum)": (81.3, 77.6), "SUTime (TempEval-3 platinum)": (79.6, 67.4)}
FOLDS = 5


class Gold(NamedTuple):
    span: Span
    value: str


class Story(NamedTuple):
    name: str
    text: str
    created: str
    times: tuple[Gold, ...]


def stories(data: Path) -> Iterator[Story]:
    for path in sorted((data / "timebank" / "TBAQ-cleaned").glob("*/*.tml")):
        marked = path.read_text(encoding="utf-8")
        created = re.search(r'<DCT><TIMEX3[^>]*value="([^"]*)"', marked)
        body = re.search(r"<TEXT>(.*?)</TEXT>", marked, re.DOTALL)
        if created and body:
            yield story(path.name, created[1], body[1])


def story(name: str, created: str, body: str) -> Story:
    text, times, start, value = "", [], 0, ""
    for part in re.split(r"(<[^>]+>)", body):
        if part.startswith("<TIMEX3"):
            start, value = len(text), dict(re.findall(r'(\w+)="([^"]*)"', part))["value"]
        elif part == "</TIMEX3>":
            times.append(Gold(Span(start, len(text)), value))
        elif not part.startswith("<"):
            text += html.unescape(part)
    return Story(name, text, created, tuple(times))


def found_in(text: str, created: str) -> list[Expression]:
    found: list[Expression] = []
    for paragraph in re.finditer(r"(?:(?!\n\s*\n).)+", text, re.DOTALL):
        if paragraph[0].strip():
            found += expressions(text, Span(*paragraph.span()), anchor_of(created))
    return found


def score(each: Story) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter(gold=len(each.times))
    errors, left = [], list(each.times)
    for found in found_in(each.text, each.created):
        counts["found"] += 1
        same = [gold for gold in left if gold.span == found.span]
        near = same or [gold for gold in left if gold.span.overlaps(found.span)]
        counts["strict"] += len(same)
        counts["relaxed"] += bool(near)
        right = bool(near) and near[0].value == (found.timex or "")
        counts["value"] += right
        if near:
            left.remove(near[0])
        if not same or not right:
            gold = f"{each.text[near[0].span.start : near[0].span.end]!r} {near[0].value}" if near else "nothing"
            errors.append(f"{found.rule}: {each.text[found.span.start : found.span.end]!r} {found.timex}, gold {gold}")
    return counts, errors + [f"missed {each.text[gold.span.start : gold.span.end]!r} {gold.value}" for gold in left]


def f1(counts: Counter[str], what: str) -> float:
    return 200 * counts[what] / max(1, counts["gold"] + counts["found"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    if not any((options.data / "timebank" / "TBAQ-cleaned").glob("*/*.tml")):
        parser.error(f"no timebank/TBAQ-cleaned/*/*.tml in {options.data}")
    folds = [Counter[str]() for _ in range(FOLDS)]
    errors: Counter[str] = Counter()
    for each in stories(options.data):
        counts, wrong = score(each)
        folds[int(hashlib.md5(each.name.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS] += counts
        errors.update(wrong)
    for number, fold in enumerate(folds):
        print(
            f"fold {number}   {'   '.join(f'{what} {f1(fold, what):.1f}' for what in ('strict', 'relaxed', 'value'))}"
        )
    for what in ("strict", "relaxed", "value"):
        print(f"{what} F1, mean of {FOLDS} folds: {sum(f1(fold, what) for fold in folds) / FOLDS:.1f}")
    for name, (strict, value) in PUBLISHED.items():
        print(f"published, other test set: {name}: strict {strict}, value {value}")
    for error, number in errors.most_common(options.errors):
        print(number, error)


if __name__ == "__main__":
    main()
