"""Every format says what the record says, and judgements go out and come back whole."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from made import Said, report
from onrecord.errors import OnrecordError
from onrecord.keep.search import statement
from onrecord.keep.store import Store
from onrecord.record import Judgement, Record
from onrecord.show.export import ftm, html, jsonld, rows, webannotation
from onrecord.show.export.judgements import import_judgements, judgements_in, read_judgements, write_judgements
from onrecord.show.export.reported import all_reported, reported
from onrecord.show.export.shield import shield_of
from records import records

GRAIN = report(
    Said("Jane Roe", "The <b>deal</b> & more"),
    Said("The Ministry", 'Nothing, "new"', kind="organisation"),
    headline="Grain <script>alert(1)</script>",
    url="https://daily.test/grain",
)
AT = "2026-01-01T00:00:00Z"


def written(write: object, record: Record = GRAIN) -> str:
    out = io.StringIO()
    write([reported(record)], out)  # type: ignore[operator]
    return out.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "news.db", access="create") as store:
        store.put(GRAIN)
        yield store


def test_csv_and_jsonl_have_one_row_a_statement_with_context() -> None:
    table = list(csv.DictReader(io.StringIO(written(rows.write_csv), newline="")))
    lines = [json.loads(line) for line in written(rows.write_jsonl).splitlines()]
    assert [row["person"] for row in table] == [row["person"] for row in lines] == ["Jane Roe", "The Ministry"]
    assert lines[0]["content"] == ["“The <b>deal</b> & more,”"]
    start, end = lines[0]["content_spans"][0]
    assert GRAIN.document.text[start:end] == lines[0]["content"][0]
    assert GRAIN.document.text[:start].endswith(lines[0]["before"])
    assert GRAIN.document.text[end:].startswith(lines[0]["after"])
    assert lines[0]["url"] == "https://daily.test/grain"


def test_parquet_says_the_same(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows.write_parquet([reported(GRAIN)], tmp_path / "out.parquet")
    table = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["person"] for row in table] == ["Jane Roe", "The Ministry"]
    assert [row["score"] for row in table] == [0.75, 0.75]


def test_a_web_annotation_points_at_the_words() -> None:
    for line in written(webannotation.write_webannotation).splitlines():
        annotation = json.loads(line)
        (selector,) = annotation["target"]["selector"]
        exact = GRAIN.document.text[selector["start"] : selector["end"]]
        assert selector["refinedBy"]["exact"] == exact
        around = selector["refinedBy"]["prefix"] + exact + selector["refinedBy"]["suffix"]
        assert around in GRAIN.document.text
        assert annotation["target"]["source"] == "https://daily.test/grain"
        assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"


def test_json_ld_is_a_news_article_with_quotations() -> None:
    article = json.loads(written(jsonld.write_jsonld))
    assert (article["@type"], article["url"]) == ("NewsArticle", "https://daily.test/grain")
    assert [part["spokenByCharacter"] for part in article["hasPart"]] == [
        {"@type": "Person", "name": "Jane Roe"},
        {"@type": "Organization", "name": "The Ministry"},
    ]


def test_follow_the_money_ties_notes_and_mentions_to_their_entities() -> None:
    entities = [json.loads(line) for line in written(ftm.write_ftm).splitlines()]
    ids = {entity["id"] for entity in entities}
    assert {entity["schema"] for entity in entities} == {"Article", "Person", "Organization", "Mention", "Note"}
    for entity in entities:
        properties = entity["properties"]
        named = (value for key in ("entity", "resolved", "document") for value in properties.get(key, []))
        assert ids.issuperset(named)
        assert all(isinstance(value, str) for values in properties.values() for value in values)


def test_follow_the_money_takes_each_author_for_one() -> None:
    source = replace(GRAIN.document.source, byline=("Ann Lee", "Bob Roe"))
    signed = replace(GRAIN, document=replace(GRAIN.document, source=source))
    article = next(ftm.entities(reported(signed)))
    assert article["properties"]["author"] == ["Ann Lee", "Bob Roe"]


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_html_holds_no_tag_of_the_story(record: Record) -> None:
    tags = Tags()
    tags.feed(written(html.write_html, record))
    known = "html head meta title style body main article header div h1 h2 p mark a aside ol li b"
    assert tags.tags <= set(known.split())
    assert tags.attributes <= set(
        "lang charset http-equiv content name class id title href rel data-number aria-label".split()
    )


def test_html_marks_the_words_and_says_who() -> None:
    page = written(html.write_html)
    assert "<script" not in page
    assert re.search(r'<mark [^>]*title="Jane Roe">“The &lt;b&gt;deal&lt;/b&gt; &amp; more,”</mark>', page)
    assert re.search(r"<b>Jane Roe</b>\n<p class=\"words\">“The &lt;b&gt;deal&lt;/b&gt; &amp; more,”", page)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_every_format_takes_any_record(record: Record) -> None:
    for write in (
        rows.write_csv,
        rows.write_jsonl,
        ftm.write_ftm,
        webannotation.write_webannotation,
        jsonld.write_jsonld,
    ):
        assert isinstance(written(write, record), str)


def test_exports_follow_judgements(store: Store) -> None:
    first, second = GRAIN.statements
    store.judge(Judgement(first.id, None, "reject", "jo", AT))
    store.judge(Judgement(second.id, None, "correct", "jo", AT, correction='{"speaker": "person:john-doe"}'))
    (each,) = all_reported(store)
    assert [statement.id for statement in each.record.statements] == [second.id]
    assert each.people[second.id] == ("john doe", "person:john-doe")
    (every,) = all_reported(store, rejected=True)
    assert every.verdicts == {first.id: "reject", second.id: "correct"}


def test_no_judgement_is_lost_on_the_way_out_and_back(store: Store, tmp_path: Path) -> None:
    first, second = GRAIN.statements
    made = [
        Judgement(first.id, None, "reject", "jo", AT, why="“scare” quote\nnot said"),
        Judgement(first.id, None, "withdraw", "jo", "2026-01-02T00:00:00Z"),
        Judgement(second.id, None, "correct", "al", AT, correction=f'{{"speaker": "{GRAIN.entities[0].id}"}}'),
        Judgement(GRAIN.entities[0].id, GRAIN.entities[1].id, "same", "al", AT),
    ]
    for judgement in made:
        store.judge(judgement)
    out = io.StringIO()
    assert write_judgements(store, out) == 4
    with Store.open(tmp_path / "other.db", access="create") as other:
        back = list(read_judgements(io.StringIO(out.getvalue()), "file"))
        assert back == made
        assert import_judgements(other, back) == (4, 0)
        assert import_judgements(other, back) == (0, 4)
        other.put(GRAIN)
        assert sorted(other.judgements()) == sorted(store.judgements())
        for each in GRAIN.statements:
            assert statement(other, each.id) == statement(store, each.id)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_no_judgement_of_a_statement_is_lost_in_a_table(store: Store, tmp_path: Path, form: str) -> None:
    first, second = GRAIN.statements
    for judgement in (
        Judgement(first.id, None, "accept", "jo", AT, why="=SUM(1)"),
        Judgement(first.id, None, "withdraw", "jo", "2026-01-02T00:00:00Z"),
        Judgement(first.id, None, "reject", "al", "2026-01-03T00:00:00Z", why="“scare” quote\nnot, said"),
        Judgement(second.id, None, "correct", "al", AT, correction=f'{{"speaker": "{GRAIN.entities[0].id}"}}'),
    ):
        store.judge(judgement)
    path = tmp_path / f"out.{form}"
    every = all_reported(store, rejected=True)
    if form == "parquet":
        rows.write_parquet(every, path)
    else:
        with path.open("w", encoding="utf-8", newline="") as out:
            {"csv": rows.write_csv, "jsonl": rows.write_jsonl}[form](every, out)
    with Store.open(tmp_path / "other.db", access="create") as other:
        assert import_judgements(other, judgements_in(path, "me")) == (4, 0)
        other.put(GRAIN)
        judged = [(each, stands) for _, each, stands in store.judgements()]
        assert [(each, stands) for _, each, stands in other.judgements()] == judged
        assert all(statement(other, each.id) == statement(store, each.id) for each in GRAIN.statements)


def test_a_verdict_typed_into_a_table_is_a_judgement_once(store: Store, tmp_path: Path) -> None:
    first, second = GRAIN.statements
    store.judge(Judgement(first.id, None, "accept", "jo", AT))
    path = tmp_path / "reviewed.csv"
    table = list(csv.DictReader(io.StringIO("".join(_csv(store)), newline="")))
    table[1]["verdict"] = "Reject"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, table[0].keys())
        writer.writeheader()
        writer.writerows(table)
    found = judgements_in(path, "me")
    assert [(each.left, each.verdict, each.by) for each in found] == [
        (first.id, "accept", "jo"),
        (second.id, "reject", "me"),
    ]
    assert import_judgements(store, found) == (1, 1)
    assert import_judgements(store, judgements_in(path, "me")) == (0, 2)
    path.write_text("statement,verdict\nx,perhaps\n", encoding="utf-8")
    with pytest.raises(OnrecordError, match="line 2: a verdict is"):
        judgements_in(path, "me")


def _csv(store: Store) -> list[str]:
    out = io.StringIO()
    rows.write_csv(all_reported(store, rejected=True), out)
    return [out.getvalue()]


def test_a_shield_takes_judgements_out_of_tables(store: Store, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Vadim Prokopiev\n", encoding="utf-8")
    store.judge(Judgement(GRAIN.statements[0].id, None, "accept", "jo", AT, why="Prokopiev told me"))
    shield = shield_of(names, store)
    out = io.StringIO()
    rows.write_csv((shield.over(each) for each in all_reported(store)), out)
    assert "Prokopiev" not in out.getvalue()


def test_a_file_of_something_else_is_refused_whole(store: Store) -> None:
    good = json.dumps(
        {"left": "a", "right": None, "verdict": "accept", "by": "jo", "at": AT, "why": None, "correction": None}
    )
    with pytest.raises(OnrecordError, match="line 2"):
        import_judgements(store, list(read_judgements([good, "{}"], "file.jsonl")))
    assert store.judgements() == []
