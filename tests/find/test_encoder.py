from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import WeightsError
from onrecord.find.decoding import segments
from onrecord.find.encoder import Scores, encode, packaged_encoder
from onrecord.find.labels import TAGS, VECTORS
from onrecord.find.weights import PACKAGED, load_weights
from onrecord.record import Block, Document, Source, Span

REPORT = (
    "Dam holds, says minister\n"
    "KAMPALA (AP) — “The dam will hold,” Water Minister Ruth Akello told reporters in Kampala on Tuesday.\n"
    "Villagers said that they had been warned too late.\n"
)


def document(text: str) -> Document:
    return Document(text, Source("", "test"))


def spans_of(scores: Scores, text: str, head: str) -> list[str]:
    found = segments(
        scores.tags[head], TAGS[head], scores.paragraphs, transitions=packaged_encoder().transitions.get(head)
    )
    return [text[scores.words[run.start, 0] : scores.words[run.end - 1, 1]] for run in found]


def test_one_row_per_word_for_every_head() -> None:
    scores = encode(document(REPORT))
    assert {head: table.shape for head, table in scores.tags.items()} == {
        head: (len(scores), len(tags)) for head, tags in TAGS.items()
    }
    assert {name: table.shape for name, table in scores.vectors.items()} == {
        name: (len(scores), size) for name, size in VECTORS.items()
    }
    for table in scores.tags.values():
        assert np.allclose(np.exp(table).sum(axis=1), 1, atol=1e-4)


def test_reads_a_plain_report() -> None:
    scores = encode(document(REPORT))
    assert "told" in " ".join(spans_of(scores, REPORT, "cue"))
    assert "“The dam will hold,”" in spans_of(scores, REPORT, "content")
    assert "Villagers" in spans_of(scores, REPORT, "source")


def test_scores_do_not_depend_on_the_pile() -> None:
    alone = encode(document(REPORT))
    encode(document("Something else altogether, said Mr Other.\n" * 40))
    again = encode(document(REPORT))
    assert all(np.array_equal(alone.tags[head], again.tags[head]) for head in TAGS)
    assert all(np.array_equal(alone.vectors[name], again.vectors[name]) for name in VECTORS)


def test_only_blocks_of_the_story_are_read() -> None:
    blocks = (Block(Span(0, 24), "furniture"), Block(Span(25, 125), "paragraph"))
    scores = encode(Document(REPORT, Source("", "test"), blocks=blocks))
    assert scores.words[:, 0].min() >= 25
    assert scores.words[:, 1].max() <= 125


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "\ud800 broken", "x" * 3000, "«»“”'\"" * 50])
def test_odd_texts_do_no_harm(text: str) -> None:
    scores = encode(document(text))
    assert all(0 <= start < end <= len(text) for start, end in scores.words.tolist())


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_words_lie_in_the_text_in_order(text: str) -> None:
    words = encode(document(text)).words
    assert all(0 <= start < end <= len(text) for start, end in words.tolist())
    assert (words[1:, 0] >= words[:-1, 1]).all()


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no weights"):
        load_weights(tmp_path)


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    for name in ("weights.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((PACKAGED / name).read_bytes())
    (tmp_path / "model.onnx").write_bytes(b"not these")
    with pytest.raises(WeightsError, match="damaged"):
        load_weights(tmp_path)


@pytest.mark.parametrize("manifest", ['{"protocol": 0}', "{", "[]", '{"protocol": 1}'])
def test_foreign_weights_are_refused(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "weights.json").write_text(manifest)
    with pytest.raises(WeightsError):
        load_weights(tmp_path)
