import numpy as np

from onrecord.find.labels import NAME_KINDS, TAGS
from onrecord.find.name_choice import KINDS, best_set, choose, packaged_weights
from onrecord.find.name_words import FLOOR, features_of_words, known_word, stretches, tags_of_words


def scored(words: list[str], names: dict[tuple[int, int], str], chance: float) -> np.ndarray:
    """Log-probabilities that give each tag of these names this chance, and the rest of it to O."""
    chances = np.full((len(words), len(TAGS["name"])), 1e-4, dtype=np.float32)
    chances[:, 0] = 1.0
    for (start, end), kind in names.items():
        for at in range(start, end):
            chances[at, TAGS["name"].index(f"{'B' if at == start else 'I'}-{kind}")] = chance
            chances[at, 0] = 1 - chance
    scores: np.ndarray = np.log(chances / chances.sum(axis=1, keepdims=True))
    return scores


def chosen(words: list[str], names: dict[tuple[int, int], str], chance: float = 0.97) -> list[tuple[str, str]]:
    found = choose(words, np.zeros(len(words), dtype=np.int32), scored(words, names, chance), packaged_weights())
    return [(" ".join(words[name.start : name.end]), name.kind) for name in found]


def test_takes_what_the_tags_are_sure_of() -> None:
    words = "Yesterday Maria Lopez flew to Lima .".split()
    assert chosen(words, {(1, 3): "person", (5, 6): "place"}) == [("Maria Lopez", "person"), ("Lima", "place")]


def test_no_words_and_no_names_give_nothing() -> None:
    assert chosen([], {}) == []
    assert chosen("it rained all day .".split(), {}) == []


def test_the_same_word_elsewhere_decides_a_doubtful_tag() -> None:
    words = "Temba spoke . Temba left . Temba slept .".split()
    scores = scored(words, {(0, 1): "person", (3, 4): "person", (6, 7): "person"}, 0.98)
    scores[6, [TAGS["name"].index("B-place"), TAGS["name"].index("B-person")]] = np.log([0.55, 0.43])
    found = choose(words, np.zeros(len(words), dtype=np.int32), scores, packaged_weights())
    assert [name.kind for name in found] == ["person"] * 3


def test_no_name_runs_over_the_end_of_a_paragraph() -> None:
    words = "Maria Lopez Lima".split()
    paragraphs = np.array([0, 0, 1], dtype=np.int32)
    scores = scored(words, {(0, 3): "person"}, 0.97)
    assert all(name.end <= 2 or name.start >= 2 for name in choose(words, paragraphs, scores, packaged_weights()))


def test_of_overlapping_spans_the_set_that_gains_most_is_taken() -> None:
    scores = np.full((3, KINDS + 1), -2.0, dtype=np.float32)
    scores[:, 0] = [3.0, 4.0, 3.0]
    assert [name[:2] for name in best_set([(0, 2), (1, 3), (2, 4)], scores, np.zeros(3, np.float32))] == [
        (0, 2),
        (2, 4),
    ]


def test_spans_that_halve_each_others_chances_still_leave_one() -> None:
    scores = np.full((2, KINDS + 1), -9.0, dtype=np.float32)
    scores[:, KINDS] = 0.0
    scores[:, NAME_KINDS.index("place")] = [-0.8, -0.7]
    assert [name[:2] for name in best_set([(0, 1), (0, 3)], scores, np.zeros(2, np.float32))] == [(0, 3)]


def test_a_word_beyond_the_paragraph_is_not_evidence() -> None:
    words = "in Lima Peru won".split()
    apart = features_of_words(words, np.array([0, 0, 1, 1], dtype=np.int32), [(0, 2)])
    alone = features_of_words(words[:2], np.array([0, 0], dtype=np.int32), [(0, 2)])
    assert apart == alone


def test_words_are_read_where_capitals_and_digits_are_and_beside_them() -> None:
    words = "it rained and Maria Lopez left the town on 4 May".split()
    assert stretches(words, np.zeros(len(words), dtype=np.int32)) == [(2, 6), (8, 11)]
    assert stretches(words, np.array([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1], dtype=np.int32)) == [(2, 4), (4, 6), (8, 11)]
    assert stretches([], np.zeros(0, dtype=np.int32)) == []


def test_long_stretches_are_cut() -> None:
    assert stretches(["ALL"] * 70, np.zeros(70, dtype=np.int32)) == [(0, 32), (32, 64), (64, 70)]


def test_the_chain_gives_every_word_a_tag_that_may_stand_there() -> None:
    words = "Minister Maria Lopez of the Ministry of Health flew to Lima".split()
    paragraphs = np.zeros(len(words), dtype=np.int32)
    told = np.exp(tags_of_words(words, paragraphs, np.ones(len(words), np.bool_), packaged_weights().chain))
    assert told.min() >= FLOOR * 0.999
    assert np.allclose(told[0, [tag.startswith("I-") for tag in TAGS["name"]]], FLOOR)
    assert told[10].argmax() == TAGS["name"].index("B-place")


def test_stretches_without_doubt_are_not_read() -> None:
    words = "Lima won".split()
    told = tags_of_words(words, np.zeros(2, np.int32), np.zeros(2, np.bool_), packaged_weights().chain)
    assert told.argmax(axis=1).tolist() == [0, 0]


def test_a_word_is_known_by_how_it_is_written() -> None:
    shapes = [
        known_word(word).shape.decode() for word in ("NATO", "Peru", "peru", "1994", "iPhone", "UNESCO's", "ß", "-")
    ]
    assert shapes == ["XX", "Xx", "x", "d", "xX", "xX", "x", "-"]
