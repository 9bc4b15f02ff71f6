from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.find.decoding import best_path, in_doubt, segments, segments_of_heads
from onrecord.find.labels import TAGS
from scores import make_scores


def test_segments_of_hand_made_scores() -> None:
    scores = make_scores(
        'The mayor said: "We will rebuild."\nHe added that it takes years.',
        {
            "source": [("source", "The mayor"), ("source", "He")],
            "cue": [("cue", "said"), ("cue", "added")],
            "content": [("content", '"We will rebuild."'), ("content", "that it takes years")],
        },
    )
    found = segments(scores.tags["content"], TAGS["content"], scores.paragraphs)
    assert [(segment.start, segment.end, segment.kind) for segment in found] == [
        (4, 10, "content"),
        (12, 16, "content"),
    ]
    assert all(segment.score == pytest.approx(0.98, abs=1e-4) for segment in found)


def test_inside_never_follows_outside() -> None:
    log = np.log(np.array([[0.1, 0.2, 0.7], [0.1, 0.2, 0.7], [0.8, 0.1, 0.1]], dtype=np.float32))
    path = best_path(log, TAGS["cue"], np.zeros(3, dtype=np.int32))
    assert path.tolist() == [1, 2, 0]


def test_segments_stop_at_the_end_of_a_paragraph() -> None:
    log = np.log(np.array([[0.1, 0.8, 0.1], [0.05, 0.05, 0.9], [0.02, 0.08, 0.9]], dtype=np.float32))
    found = segments(log, TAGS["cue"], np.array([0, 0, 1], dtype=np.int32))
    assert [(segment.start, segment.end) for segment in found] == [(0, 2), (2, 3)]


def test_transitions_can_forbid_a_second_segment() -> None:
    log = np.log(np.array([[0.1, 0.8, 0.1], [0.1, 0.5, 0.4]], dtype=np.float32))
    paragraphs = np.zeros(2, dtype=np.int32)
    table = np.zeros((3, 3), dtype=np.float32)
    assert best_path(log, TAGS["cue"], paragraphs).tolist() == [1, 1]
    table[1, 1] = -5
    assert best_path(log, TAGS["cue"], paragraphs, transitions=table).tolist() == [1, 2]


def test_nothing_in_nothing_out() -> None:
    empty = np.zeros((0, 3), dtype=np.float32)
    assert segments(empty, TAGS["cue"], np.zeros(0, dtype=np.int32)) == ()


@given(
    arrays(np.float32, st.tuples(st.integers(1, 30), st.just(17)), elements=st.floats(-20, 0, width=32)),
    st.data(),
)
def test_every_path_obeys_bio(log: np.ndarray, data: st.DataObject) -> None:
    steps = data.draw(st.lists(st.integers(0, 1), min_size=len(log), max_size=len(log)))
    paragraphs = np.cumsum(steps).astype(np.int32)
    tags = TAGS["name"]
    path = best_path(log, tags, paragraphs)
    for at, tag in enumerate(path):
        if tags[tag].startswith("I-"):
            assert at > 0
            assert paragraphs[at] == paragraphs[at - 1]
            assert tags[path[at - 1]][2:] == tags[tag][2:]
    found = segments(log, tags, paragraphs)
    assert all(segment.start < segment.end for segment in found)
    assert sum(tags[tag].startswith("B-") for tag in path) == len(found)


LOG_PROBABILITIES = st.floats(-20, 0, width=32)


@given(
    arrays(np.float32, st.tuples(st.integers(1, 6), st.just(3)), elements=LOG_PROBABILITIES),
    st.none() | arrays(np.float32, (3, 3), elements=st.floats(-4, 4, width=32)),
)
def test_no_allowed_path_is_better_than_the_best(log: np.ndarray, transitions: np.ndarray | None) -> None:
    tags = TAGS["cue"]
    table = np.zeros((3, 3)) if transitions is None else transitions

    def total(path: tuple[int, ...]) -> float:
        steps = sum(float(table[before, after]) for before, after in pairwise(path))
        return steps + sum(float(log[at, tag]) for at, tag in enumerate(path))

    def is_allowed(path: tuple[int, ...]) -> bool:
        return all(tag != 2 or (at > 0 and path[at - 1] != 0) for at, tag in enumerate(path))

    best = max(total(path) for path in product(range(3), repeat=len(log)) if is_allowed(path))
    found = best_path(log, tags, np.zeros(len(log), dtype=np.int32), transitions=transitions)
    assert total(tuple(found.tolist())) == pytest.approx(best, abs=1e-4)


@given(
    arrays(np.float32, st.tuples(st.just(3), st.integers(1, 20), st.just(3)), elements=LOG_PROBABILITIES),
    arrays(np.float32, (3, 3, 3), elements=st.floats(-4, 4, width=32)),
    st.data(),
)
def test_heads_side_by_side_are_those_one_by_one(log: np.ndarray, tables: np.ndarray, data: st.DataObject) -> None:
    steps = data.draw(st.lists(st.integers(0, 1), min_size=log.shape[1], max_size=log.shape[1]))
    paragraphs = np.cumsum(steps).astype(np.int32)
    tags = [TAGS[head] for head in ("source", "cue", "content")]
    together = segments_of_heads(list(log), tags, [paragraphs] * 3, list(tables))
    for found, each, names, table in zip(together, log, tags, tables, strict=True):
        assert found == segments(each, names, paragraphs, transitions=table)


@given(
    arrays(np.float32, st.tuples(st.just(3), st.integers(1, 20), st.just(3)), elements=LOG_PROBABILITIES),
    arrays(np.float32, (3, 3, 3), elements=st.floats(-4, 4, width=32)),
    st.data(),
)
def test_heads_may_have_words_of_their_own(log: np.ndarray, tables: np.ndarray, data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(0, log.shape[1]), min_size=3, max_size=3))
    read = [each[:size] for each, size in zip(log, sizes, strict=True)]
    paragraphs = [np.arange(size, dtype=np.int32) // 5 for size in sizes]
    tags = [TAGS[head] for head in ("source", "cue", "content")]
    together = segments_of_heads(read, tags, paragraphs, list(tables))
    for found, each, own, names, table in zip(together, read, paragraphs, tags, tables, strict=True):
        assert found == segments(each, names, own, transitions=table)


def test_words_in_doubt_stand_with_their_neighbours_in_their_paragraphs() -> None:
    outside = np.array([0.999, 0.999, 0.5, 0.999, 0.999, 0.999, 0.9, 0.9, 0.999], dtype=np.float32)
    log = np.log(np.column_stack((outside, 1 - outside, 1 - outside)))
    places, stretches = in_doubt(log, np.array([0, 0, 0, 0, 0, 0, 0, 1, 1], dtype=np.int32))
    assert places.tolist() == [1, 2, 3, 5, 6, 7, 8]
    assert stretches.tolist() == [0, 0, 0, 1, 1, 2, 2]
    assert [len(each) for each in in_doubt(log[:0], np.zeros(0, dtype=np.int32))] == [0, 0]
