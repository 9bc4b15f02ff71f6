"""Writes labelled reports in formats that other programs open: JSON Lines, brat stand-off, W3C Web Annotation.

    python -m gold.export PASS FOLDER

FOLDER gets NAME.jsonl (one statement a line), NAME.txt + NAME.ann (brat) and NAME.annotations.json (Web Annotation).
Corrections are made in the .marks files, not here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from gold.load import Pass, labelled_names, load_report
from gold.statements import LabelledReport, LabelledStatement
from onrecord.record import Span

Json = dict[str, object]


def jsonl(report: LabelledReport) -> str:
    """One JSON object a statement; spans are [start, end] with their words beside them."""
    return "".join(json.dumps(row(report, one), ensure_ascii=False) + "\n" for one in report.statements)


def row(report: LabelledReport, one: LabelledStatement) -> Json:
    """A statement as plain values."""
    return {
        "report": report.name,
        "id": one.id,
        "paragraph": one.paragraph,
        "kind": one.kind,
        "mode": one.mode,
        "source_type": one.source_type,
        "content": [report.words(span) for span in one.content],
        "content_spans": [[span.start, span.end] for span in one.content],
        **_place(report, "cue", one.cue),
        **_place(report, "source", one.source),
        "speakers": list(report.speaker_names(one)),
        "chain": [{"text": report.words(span), "span": [span.start, span.end]} for span in one.chain],
        "unknown_because": one.unknown_because,
        "candidates": [report.words(report.entity(key).name) for key in one.candidates],
        "negated": one.negated,
        "hedged": one.hedged,
        "optional": one.optional,
        "inside": one.inside,
        **_place(report, "reason", one.reason),
        **_place(report, "occasion", one.occasion),
    }


def brat(report: LabelledReport) -> str:
    """Stand-off lines as PolNeAR has them: Source, Cue, Content, and an Attribution event to join them."""
    lines: list[str] = []
    for number, one in enumerate(report.statements):
        parts = {"Content": one.content, "Cue": (one.cue,), "Source": (one.source,)}
        given = {what: [span for span in spans if span] for what, spans in parts.items() if any(spans)}
        ids = {what: f"T{4 * number + place}" for place, what in enumerate(given, start=1)}
        lines += [_text_bound(report, ids[what], what, spans) for what, spans in given.items()]
        anchor = given.get("Cue", [one.content[0]])
        lines.append(_text_bound(report, f"T{4 * number + 4}", "Attribution", anchor))
        arguments = " ".join(f"{what}:{id_}" for what, id_ in ids.items())
        lines.append(f"E{number + 1}\tAttribution:T{4 * number + 4} {arguments}")
        lines.append(f"#{number + 1}\tAnnotatorNotes E{number + 1}\t{_note(report, one)}")
    return "".join(line + "\n" for line in lines)


def web_annotations(report: LabelledReport) -> list[Json]:
    """One W3C Web Annotation a statement, with position and quote selectors for each span of content."""
    return [
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": f"#{report.name}-{one.id}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": {"type": "Dataset", "format": "application/json", "value": row(report, one)},
            "target": [{"source": f"{report.name}.txt", "selector": list(_selectors(report, s))} for s in one.content],
        }
        for one in report.statements
    ]


def _selectors(report: LabelledReport, span: Span) -> Iterator[Json]:
    yield {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    yield {
        "type": "TextQuoteSelector",
        "exact": report.words(span),
        "prefix": report.text[max(0, span.start - 32) : span.start],
        "suffix": report.text[span.end : span.end + 32],
    }


def _place(report: LabelledReport, what: str, span: Span | None) -> Json:
    place = None if span is None else [span.start, span.end]
    return {what: None if span is None else report.words(span), f"{what}_span": place}


def _text_bound(report: LabelledReport, id_: str, what: str, spans: Iterable[Span]) -> str:
    every = [piece for span in spans for piece in _lines_of(report, span)]
    places = ";".join(f"{span.start} {span.end}" for span in every)
    return f"{id_}\t{what} {places}\t{' '.join(report.words(span) for span in every)}"


def _lines_of(report: LabelledReport, span: Span) -> Iterator[Span]:
    """brat forbids a line break in a span: one piece a line."""
    start = span.start
    for line in report.words(span).split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _note(report: LabelledReport, one: LabelledStatement) -> str:
    speakers = " + ".join(report.speaker_names(one)) or f"unknown: {one.unknown_because}"
    return f"{one.kind}, {one.mode}, {one.source_type}; speaker {speakers}"


def main() -> None:
    labels, folder = cast(Pass, sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name in labelled_names(labels):
        report = load_report(name, labels)
        (folder / f"{name}.txt").write_bytes(report.text.encode("utf-8"))
        (folder / f"{name}.jsonl").write_text(jsonl(report), "utf-8")
        (folder / f"{name}.ann").write_text(brat(report), "utf-8")
        annotations = json.dumps(web_annotations(report), ensure_ascii=False, indent=1)
        (folder / f"{name}.annotations.json").write_text(annotations + "\n", "utf-8")


if __name__ == "__main__":
    main()
