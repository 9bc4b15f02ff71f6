"""The reports labelled for training: every mark resolves, and none of them is one that is measured."""

import json
from pathlib import Path

import pytest
from gold.load import report_names, report_text
from training.annotated import Annotated, Attribution
from training.corpora import READERS, worldwide
from training.reports import (
    INVENTED,
    held_back,
    held_row,
    is_held_back,
    labelled_reports,
    reports,
    sha256_of,
    standoff,
)
from training.unlabelled import article_pages


def test_every_label_lies_in_its_report_and_no_report_is_in_gold() -> None:
    gold = {report_text(name)[:300] for name in report_names()}
    read = list(labelled_reports())
    assert len(read) > 300
    assert sum(len(report.statements) for report in read) > 2000
    assert not [report.name for report in read if report.text[:300] in gold]
    assert 0.15 < sum(is_held_back(report.name) for report in read) / len(read) < 0.25


def test_every_invented_report_has_its_labels_and_some_are_held_back() -> None:
    read = list(labelled_reports(INVENTED))
    assert len(read) == len(list((INVENTED / "reports").glob("*.txt"))) > 150
    assert sum(len(report.statements) for report in read) > 3000
    assert 0.1 < sum(is_held_back(report.name) for report in read) / len(read) < 0.25


def test_statements_inside_others_are_left_out() -> None:
    whole = {report.name: report for report in labelled_reports()}
    for document in reports():
        outer = [one for one in whole[document.id].statements if one.inside is None]
        assert document.attributions is not None
        assert [one.content for one in document.attributions] == [
            tuple((span.start, span.end) for span in one.content) for one in outer
        ]


def test_labels_find_their_text_only_where_it_is_the_one_that_was_labelled(tmp_path: Path) -> None:
    text = "Rain fell, she said."
    place = tmp_path / "labels.jsonl"
    row = {"corpus": "some", "id": "1", "sha256": sha256_of(text), "attributions": [[[[11, 14]], [[15, 19]], [[0, 9]]]]}
    place.write_text(json.dumps(row) + "\n", encoding="utf-8")
    same, other = Annotated("some", "1", "train", text), Annotated("some", "1", "train", text.upper())
    (found,) = standoff([same, other, Annotated("some", "2", "train", text)], place)
    assert found.attributions == (Attribution(((11, 14),), ((15, 19),), ((0, 9),)),)


def test_what_is_held_back_is_kept_as_it_was_labelled_but_for_its_words(tmp_path: Path) -> None:
    report = next(report for report in labelled_reports() if len(report.statements) > 5 and report.entities)
    place = tmp_path / "held.jsonl"
    written = json.dumps(held_row("some", report))
    assert report.words(report.statements[0].content[0]) not in written
    place.write_text(written + "\n", encoding="utf-8")
    same, other = Annotated("some", report.name, "train", report.text), Annotated("some", report.name, "", "Rain.")
    assert list(held_back([same, other], place)) == [report]


def test_what_is_held_back_of_the_corpora_is_not_learned_from() -> None:
    data = Path("../shared/data")
    if not data.is_dir():
        pytest.skip("the corpora are not at hand: training/README.md says where they are had")
    documents = [document for name in ("worldwide", "timebank", "re3d") for document in READERS[name](data / name)]
    held = list(held_back(documents))
    assert len(held) > 150
    assert all(is_held_back(report.name) for report in held)
    learned = {document.id for document in standoff(documents) if document.split == "train"}
    assert learned.isdisjoint(report.name for report in held)


def test_the_labels_of_the_corpora_belong_to_their_texts() -> None:
    data = Path("../shared/data")
    if not data.is_dir():
        pytest.skip("the corpora are not at hand: training/README.md says where they are had")
    documents = list(standoff([*worldwide(data / "worldwide"), *article_pages(data / "article-pages")]))
    assert documents
    for document in documents:
        for one in document.attributions or ():
            spans = (*one.source, *one.cue, *one.content)
            assert all(0 <= start < end <= len(document.text) for start, end in spans)
