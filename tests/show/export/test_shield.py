"""Nobody on the list can be found in anything that is exported: no spelling, no case, no compound, no address."""

import io
import json
import re
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

import pytest
from hypothesis import HealthCheck, given, settings

from made import Said, report
from onrecord.errors import OnrecordError
from onrecord.keep.store import Store
from onrecord.record import Entity, Mention, Record, Span, address
from onrecord.show.export import ftm, html, jsonld, rows, webannotation
from onrecord.show.export.reported import Reported, all_reported, reported
from onrecord.show.export.shield import Shield, _apart, fold, shield_of
from records import records

RISK = report(
    Said("Vadim Prokopiev", "We want to go home"),
    "PROKOPIEV’S unit and Prokopyev's men like #FreeProkopiev, Proko\u00adpiev. Vadim fled; so did Vadzim Prokopieva.",
    Said("Jane Roe", "Vadim A. Prokopiev is brave, and anti-Prokopiev talk is not"),
    "A 50-year-old said so. He said it twice.",
    headline="Vadim Prokopiev in exile",
    url="https://daily.test/2022/vadim-prokopiev%20exile?tag=prokopiev",
    publisher="The Daily Prokopiev Fan",
    names=("Prokopyev",),
)
OTHER = report("Vadim Krasikov was not named Petrov.", headline="Other", url="https://daily.test/other")
LEAKS = re.compile("prokop|vadim |vadzim", re.IGNORECASE)
WRITERS: list[Callable[[Iterable[Reported], IO[str]], None]] = [
    rows.write_csv,
    rows.write_jsonl,
    ftm.write_ftm,
    webannotation.write_webannotation,
    jsonld.write_jsonld,
    html.write_html,
]


@pytest.fixture
def shield(tmp_path: Path) -> Shield:
    path = tmp_path / "names.txt"
    path.write_text("# at risk\nVadim Prokopiev; Vadzim Prakopieu\n", encoding="utf-8")
    return shield_of(path)


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_no_variant_leaks_in_any_format(shield: Shield, write: Callable[[Iterable[Reported], IO[str]], None]) -> None:
    out = io.StringIO()
    write([shield.over(reported(RISK))], out)
    folded = fold(out.getvalue())
    assert "person " in folded
    assert LEAKS.findall(folded) == []


def test_nothing_leaks_in_parquet(shield: Shield, tmp_path: Path) -> None:
    rows.write_parquet([shield.over(reported(RISK))], tmp_path / "out.parquet")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert len(table) == 2
    assert LEAKS.findall(fold(json.dumps(table, ensure_ascii=False))) == []


def test_spans_are_counted_anew_and_chains_kept(shield: Shield) -> None:
    shielded = shield.record(RISK)
    pseudonym = shield.listed[0].pseudonym
    assert [shielded.document.words(each.content[0]) for each in shielded.statements] == [
        "“We want to go home,”",
        f"“{pseudonym} is brave, and anti-{pseudonym} talk is not,”",
    ]
    first = shielded.statements[0]
    assert first.source is not None
    assert shielded.document.words(first.source) == pseudonym
    speaker = next(each for each in shielded.entities if each.id == first.speaker)
    assert speaker.name is not None
    assert shielded.document.words(speaker.name) == pseudonym
    ids = [*(each.id for each in shielded.mentions), *(each.id for each in shielded.statements)]
    assert all(id_.startswith(shielded.document.id) for id_ in ids)
    assert shielded.document.source.sha256 != RISK.document.source.sha256
    assert shielded.document.source.url is not None
    assert shielded.document.source.url.startswith("https://daily.test/#")


def test_a_pronoun_stays_with_its_person(shield: Shield) -> None:
    start = RISK.document.text.index("He said")
    span = Span(start, start + 2)
    pronoun = Mention(address(RISK.document.id, "mention", span), span, "person", "pronoun", RISK.mentions[0].origin)
    first = RISK.entities[0]
    entity = Entity(first.id, first.kind, first.name, (*first.mentions, pronoun.id))
    record = Record(RISK.document, (*RISK.mentions, pronoun), (entity, *RISK.entities[1:]), RISK.statements)
    shielded = shield.record(record)
    moved = {mention.id: mention for mention in shielded.mentions}
    words = {shielded.document.words(moved[id_].span) for id_ in shielded.entities[0].mentions}
    assert words == {"He", shield.listed[0].pseudonym}


def test_stories_without_the_listed_are_left_as_they_are(shield: Shield) -> None:
    assert shield.record(OTHER) == OTHER


def test_the_same_list_gives_the_same_pseudonyms_and_its_secret_is_private(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Vadim Prokopiev", encoding="utf-8")
    first = shield_of(path).listed[0].pseudonym
    path.write_text("Jane Roe\nVadim Prokopiev", encoding="utf-8")
    assert shield_of(path).listed[1].pseudonym == first
    secret = tmp_path / "names.txt.secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    secret.write_text("another", encoding="utf-8")
    assert shield_of(path).listed[1].pseudonym != first


def test_a_list_of_nobody_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("# nobody\n\n", encoding="utf-8")
    with pytest.raises(OnrecordError, match="lists nobody"):
        shield_of(path)
    with pytest.raises(OnrecordError, match="names2"):
        shield_of(tmp_path / "names2.txt")


def test_spellings_that_the_database_knows_are_hidden_too(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Vadim Prokopiev", encoding="utf-8")
    nickname = report(Said("Bat’ka", "I am somebody else’s name"), headline="Nick", url="https://daily.test/nick")
    with Store.open(tmp_path / "news.db", access="create") as store:
        for record in (RISK, nickname):
            store.put(record)
        pairs = store.rows("SELECT id, address FROM name")
        ids = {name: id_ for id_, name in pairs}
        store.propose([(ids["person:vadim-prokopiev"], ids["person:batka"], 0.99, "for the test")])
        shield = shield_of(path, store)
        out = io.StringIO()
        html.write_html((shield.over(each) for each in all_reported(store)), out)
    assert LEAKS.findall(fold(out.getvalue())) == []
    assert "bat’ka" not in fold(out.getvalue())


def test_pieces_that_meet_inside_a_pseudonym_become_one() -> None:
    pieces = [{"start": 0, "end": 9}, {"start": 0, "end": 9}, {"start": 12, "end": 14}]
    assert _apart(pieces) == [{"start": 0, "end": 9}, {"start": 12, "end": 14}]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_any_record_can_be_shielded(record: Record, shield: Shield) -> None:
    words = sorted(re.findall(r"\w{3,}", record.document.text), key=len)
    listed = shield.listed[0]
    wider = Shield((type(listed)(listed.pseudonym, listed.words | {fold(word) for word in words[-2:]}, listed.given),))
    shielded = wider.record(record)
    assert len(shielded.statements) <= len(record.statements)
