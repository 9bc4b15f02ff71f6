"""The ranker's arithmetic, on drawn mentions: pairs within reach, and layers split for speed that add up."""

import numpy as np

from onrecord.resolve.mention_table import FORMS, HEADS, OPINION, WIDTH, Opinion, Standing, Table, table
from onrecord.resolve.pair_features import CLOSELY, REACH, centred, likely_pairs, pair_features
from onrecord.resolve.ranker import Network, network
from onrecord.resolve.traits import Traits


def drawn(count: int, seed: int = 0) -> Table:
    """A table of `count` mentions with words, places and opinions drawn at random."""
    random = np.random.default_rng(seed)
    words = ("ann", "lee", "mayor", "city", "he")
    traits, forms, standings = [], [], []
    for row in range(count):
        head = words[int(random.integers(len(words)))]
        forms.append("pronoun" if head == "he" else FORMS[int(random.integers(1, 3))])
        known = head == "he"
        traits.append(Traits((head,), head, "singular", "man" if known else "", 3 if known else 0, ""))
        standings.append(Standing(row * 10, row * 10 + 3, row // 4, row // 12, -1, row % 4))
    widths = (WIDTH, WIDTH, OPINION, HEADS)
    opinion = Opinion(*(random.normal(size=(count, width)).astype(np.float32) for width in widths))
    return table(forms, ["person"] * count, traits, standings, opinion)


def test_pairs_point_back_within_reach_and_are_few() -> None:
    late, early = likely_pairs(drawn(3 * REACH))
    assert (early < late).all()
    assert (late - early <= REACH).all()
    assert np.bincount(late).max() <= CLOSELY
    assert (np.lexsort((early, late)) == np.arange(len(late))).all()


def test_a_long_report_has_the_pairs_of_its_parts() -> None:
    """Rows are scored in blocks: where the blocks end must not show."""
    mentions = drawn(300)
    late, early = likely_pairs(mentions)
    first = likely_pairs(drawn_prefix(mentions, 200))
    inside = late < 200
    assert (late[inside] == first[0]).all()
    assert (early[inside] == first[1]).all()


def drawn_prefix(mentions: Table, count: int) -> Table:
    columns = {
        name: getattr(mentions, name)[:count]
        for name in (
            "form",
            "kind",
            "number",
            "gender",
            "person",
            "determiner",
            "family",
            "length",
            "words",
            "head",
            "lead",
        )
    }
    return Table(
        **columns,
        placed=mentions.placed[:, :count],
        count=mentions.count[:count],
        bags=mentions.bags[:count],
        names=mentions.names[:count],
        alike=mentions.alike,
        opinion=Opinion(*(part[:count] for part in mentions.opinion)),
        own=mentions.own[:count],
    )


def test_the_layers_in_parts_are_the_layer_whole() -> None:
    mentions = drawn(60)
    late, early = likely_pairs(mentions)
    net: Network = network()
    whole = np.concatenate((mentions.own[late], mentions.own[early], pair_features(mentions, late, early)), axis=1)
    weights = np.concatenate((net.late_in, net.early_in, net.pair_in))
    expected = np.maximum(whole @ weights + net.pair_bias, 0.0) @ net.pair_out
    assert np.allclose(net.pairs(mentions, late, early), expected, atol=1e-3)


def test_one_mention_has_no_pairs() -> None:
    late, early = likely_pairs(drawn(1))
    assert len(late) == len(early) == 0


def test_he_is_expected_to_be_whom_the_sentence_is_about() -> None:
    """Ann, Lee: he. / He, Ann: he. / (new paragraph) He."""
    rows = [("name", 0), ("name", 0), ("pronoun", 0), ("pronoun", 1), ("name", 1), ("pronoun", 1), ("pronoun", 2)]
    traits = [
        Traits(("he",), "he", "singular", "man", 3, "")
        if form == "pronoun"
        else Traits((f"n{row}",), "x", "", "", 0, "")
        for row, (form, _) in enumerate(rows)
    ]
    standings = [Standing(row * 10, row * 10 + 3, place, place // 2, -1, row) for row, (_, place) in enumerate(rows)]
    mentions = table([form for form, _ in rows], ["person"] * len(rows), traits, standings)
    late, early = np.array([(late, early) for late in range(len(rows)) for early in range(late)]).T
    expected = {(2, 0), (3, 0), (5, 0), (5, 3)}
    chosen = centred(mentions, late, early)
    assert set(zip(late[chosen].tolist(), early[chosen].tolist(), strict=True)) == expected
