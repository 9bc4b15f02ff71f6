"""The model on tiny made-up data. Skipped where torch is not installed: the run time never needs it."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training wants torch (the extra onrecord[train])")

import numpy as np  # noqa: E402
from training.average import between  # noqa: E402
from training.batches import Batch, batches, examples  # noqa: E402
from training.graph import _rounded  # noqa: E402
from training.losses import crf_loss, losses, tag_loss, taught_tags, taught_vectors, total  # noqa: E402
from training.model import Layer, Model, Size, _buckets, inherit, size_of  # noqa: E402
from training.prune import with_fewer_heads, with_fewer_neurons  # noqa: E402
from training.targets import document_of, teach  # noqa: E402
from training.train import Plan, _optimizer, _restore, _save  # noqa: E402

from made_up import DOCUMENT  # noqa: E402
from onrecord.find.encoder import batch_inputs, encode, load_encoder  # noqa: E402
from onrecord.find.labels import WIDTH  # noqa: E402
from onrecord.find.weights import load_weights  # noqa: E402
from onrecord.find.windows import cut, load_tokenizer, split_words  # noqa: E402

TINY = Size(vocabulary=30522, width=24, layers=2, attention_heads=2, head_width=12, inner=48, positions=256)


def some_batch() -> Batch:
    taught = teach(DOCUMENT, load_tokenizer(load_weights().tokenizer))
    return next(batches(examples(taught, random.Random(1)), 400))


def test_every_loss_falls_when_trained_on_one_batch() -> None:
    torch.manual_seed(0)
    model, batch = Model(TINY, dropout=0.0), some_batch()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    history = []
    for _ in range(60):
        parts = losses(model, batch, model(**batch.inputs))
        history.append({name: float(value) for name, value in parts.items()})
        total(parts).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        optimizer.zero_grad()
    assert set(history[0]) == {"source", "cue", "content", "crf", "name", "link"}
    assert {name for name in history[0] if history[-1][name] > 0.6 * history[0][name]} == set()


def test_a_pupil_comes_nearer_to_its_teacher() -> None:
    torch.manual_seed(0)
    teacher, batch = Model(TINY, dropout=0.0).eval(), some_batch()
    with torch.no_grad():
        taught = teacher(**batch.inputs)
    for distance in (taught_tags, taught_vectors):
        assert distance(taught, taught, batch).item() == pytest.approx(0, abs=1e-6)
    pupil = Model(replace(TINY, layers=1), dropout=0.0)
    inherit(pupil, teacher.state_dict(), (1,))
    optimizer = torch.optim.Adam(pupil.parameters(), lr=0.003)
    history = []
    for _ in range(40):
        output = pupil(**batch.inputs)
        loss = taught_tags(output, taught, batch) + taught_vectors(output, taught, batch)
        history.append(loss.item())
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        optimizer.zero_grad()
    assert history[-1] < 0.5 * history[0]


def test_a_shallower_model_takes_layers_of_a_deeper_one() -> None:
    deep = Model(replace(TINY, layers=3))
    shallow = Model(replace(TINY, layers=2))
    inherit(shallow, deep.state_dict(), (0, 2))
    taken, kept = shallow.state_dict(), deep.state_dict()
    assert torch.equal(taken["layers.1.qkv.weight"], kept["layers.2.qkv.weight"])
    assert torch.equal(shallow.head.weight, deep.head.weight)
    assert size_of(shallow.state_dict()).layers == 2


def test_several_allowed_tags_cost_less_than_one() -> None:
    logits = torch.zeros(1, 2, 4)
    one, two, none = (torch.tensor([[mask, 0]]) for mask in (1, 3, 0))
    assert tag_loss(logits, one).item() == pytest.approx(np.log(4))
    assert tag_loss(logits, two).item() == pytest.approx(np.log(2))
    assert tag_loss(logits, none).item() == 0


def test_the_likelihood_of_a_sequence_is_a_probability() -> None:
    """The CRF's loss of all allowed sequences of a two-word paragraph sums to one."""
    model = Model(TINY)
    logits = torch.randn(1, 2, 3)
    part = dict.fromkeys(("source", "cue", "content"), logits)
    found = 0.0
    allowed = [(1, 1), (1, 2), (2, 1), (2, 2), (2, 4)]
    found = 0.0
    for first, second in allowed:
        masks = {head: torch.tensor([[first, second]]) for head in part}
        batch = type("B", (), {})()
        batch.masks, batch.present = masks, torch.ones(1, 2, dtype=torch.bool)
        batch.starts = torch.tensor([[True, False]])
        found += float(torch.exp(-crf_loss(model, part, batch).detach() / 3))
    assert found == pytest.approx(1, abs=1e-4)


def test_the_likelihood_is_the_same_reckoned_word_by_word() -> None:
    """The tables multiplied pairwise give what going from word to word gives, whatever is padded and begins anew."""
    torch.manual_seed(0)
    model, length = Model(TINY), 11
    for table in model.transitions.values():
        torch.nn.init.normal_(table)
    part = {head: torch.randn(3, length, 3) for head in model.transitions}
    batch = type("B", (), {})()
    batch.present = torch.arange(length)[None] < torch.tensor([11, 6, 1])[:, None]
    batch.starts = torch.rand(3, length) < 0.3
    batch.starts[:, 0] = True
    batch.masks = {head: batch.present.long() for head in part}
    expected = 0.0
    for head, logits in part.items():
        steps = model.transitions[head].clone()
        steps[0, 2] -= 1e4
        for row in range(3):
            scores = logits[row].log_softmax(1)
            alpha = scores[0] + torch.tensor([0, 0, -1e4])
            gold = scores[0, 0]
            for at in range(1, int(batch.present[row].sum())):
                anew = alpha.logsumexp(0) + torch.tensor([0, 0, -1e4])
                alpha = (anew if batch.starts[row, at] else (alpha[:, None] + steps).logsumexp(0)) + scores[at]
                gold = gold + scores[at, 0] + (0 if batch.starts[row, at] else steps[0, 0])
            expected += float((alpha.logsumexp(0) - gold).detach())
    assert crf_loss(model, part, batch).item() == pytest.approx(expected, rel=1e-5)


def test_distances_are_told_apart_near_by_and_on_either_side() -> None:
    found = _buckets(torch.arange(200), 32)
    assert [int(found[100, 100 + far]) for far in (-20, -3, 0, 3, 7, 20, 99)] == [10, 3, 0, 19, 23, 26, 31]
    assert int(found.max()) == 31


def test_a_teacher_with_distances_is_told_by_its_state() -> None:
    size = replace(TINY, distances=32, attention_heads=12, head_width=2, vocabulary=200)
    assert size_of(Model(size).state_dict()) == size


def test_weights_between_two_models() -> None:
    old, new = {"a": torch.zeros(2)}, {"a": torch.tensor([1.0, -2.0])}
    assert torch.equal(between([old, new], [0.5, 0.5])["a"], torch.tensor([0.5, -1.0]))
    assert torch.equal(between([old, new], [0.0, 1.0])["a"], new["a"])
    assert torch.allclose(between([new, old, new], [0.2, 0.5, 0.3])["a"], torch.tensor([0.5, -1.0]))
    with pytest.raises(ValueError, match="2 checkpoints want as many shares"):
        between([old, new], [1.0])


def test_checkpoints_resume(tmp_path: Path) -> None:
    model = Model(TINY)
    optimizer = _optimizer(model, Plan(1))
    _save(tmp_path / "some.pt", model, optimizer, 7)
    other = Model(TINY)
    assert _restore(tmp_path / "some.pt", other, _optimizer(other, Plan(1))) == 7
    assert torch.equal(other.head.weight, model.head.weight)


@pytest.mark.slow
def test_the_exported_graph_answers_as_the_model_does(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from training.export import export

    text = "“The dam will hold,” Ruth Akello said.\nShe denied that it leaks."
    weights = load_weights()
    torch.manual_seed(0)
    model = Model(TINY)
    export(model, weights.tokenizer, tmp_path / "fp32", "test", rounded=False)
    export(model, weights.tokenizer, tmp_path / "int8", "test")
    words = split_words(text, ((0, 38), (39, 65)), load_tokenizer(weights.tokenizer))
    inputs, places = batch_inputs(words, cut(words, frozenset()))
    with torch.no_grad():
        expected = model(**{name: torch.from_numpy(value) for name, value in inputs.items()})[0, places[0]].numpy()
    assert expected.shape[1] == WIDTH
    for folder, tolerance in (("fp32", 1e-4), ("int8", 0.3)):
        scores = encode(document_of(text), load_encoder(load_weights(tmp_path / folder)))
        assert np.abs(scores.vectors["link"] - expected[:, 35:83]).max() < tolerance


@pytest.mark.slow
def test_exported_weights_can_be_trained_on(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from training.export import export
    from training.restore import restored

    torch.manual_seed(0)
    model, batch = Model(TINY).eval(), some_batch()
    for head, table in model.transitions.items():
        torch.nn.init.constant_(table, len(head) / 10)
    export(model, load_weights().tokenizer, tmp_path, "test")
    state = restored(tmp_path, model.words.weight.detach())
    assert state["transitions.cue"][1, 1] == pytest.approx(0.3)
    assert _distance(model, state, batch) < 0.1


def test_a_pruned_model_is_nearer_to_the_whole_one_than_one_with_its_first_neurons() -> None:
    torch.manual_seed(0)
    model, batch = Model(TINY).eval(), some_batch()
    state = model.state_dict()
    cut_off = dict(state)
    for layer in ("layers.0", "layers.1"):
        cut_off |= {f"{layer}.up.{kind}": state[f"{layer}.up.{kind}"][:24] for kind in ("weight", "bias")}
        cut_off[f"{layer}.down.weight"] = state[f"{layer}.down.weight"][:, :24]
    pruned = state | with_fewer_neurons(model, [batch], 24)
    distances = [_distance(model, each, batch) for each in (pruned, cut_off)]
    assert distances[0] < 0.7 * distances[1]


def test_a_model_that_keeps_all_its_neurons_and_heads_stays_the_same() -> None:
    torch.manual_seed(0)
    model, batch = Model(TINY).eval(), some_batch()
    for changed in (with_fewer_neurons(model, [batch], TINY.inner), with_fewer_heads(model, [batch], 2)):
        assert _distance(model, model.state_dict() | changed, batch) < 1e-5


def test_a_head_that_does_nothing_is_the_one_that_is_left_out() -> None:
    torch.manual_seed(0)
    model, batch = Model(replace(TINY, attention_heads=3, head_width=2)).eval(), some_batch()
    with torch.no_grad():
        for name, values in model.named_parameters():
            if name.endswith("out.weight"):
                values[:, 2:4] = 0
    fewer = model.state_dict() | with_fewer_heads(model, [batch], 2)
    assert size_of(fewer).attention_heads == 2
    assert _distance(model, fewer, batch) < 1e-3


def test_rounding_cuts_off_large_weights_where_that_errs_less() -> None:
    weight = np.random.default_rng(0).standard_t(4, size=(1500, 8)).astype(np.float32)
    values, scale = _rounded(weight, axis=0, largest=64)
    plain = np.abs(weight).max(0) / 64
    error, coarse = (((many - weight) ** 2).sum() for many in (values * scale, np.round(weight / plain) * plain))
    assert np.abs(values).max() <= 64
    assert error < 0.98 * coarse
    assert np.array_equal(_rounded(weight * 2, axis=0, largest=64)[0], values)


def _distance(model: Model, state: dict[str, Any], batch: Batch) -> float:
    (head_width,) = {layer.head_width for layer in model.layers if isinstance(layer, Layer)}
    heads = state["layers.0.out.weight"].shape[1] // head_width
    inner, positions = len(state["layers.0.up.bias"]), len(state["positions.weight"])
    size = replace(TINY, inner=inner, attention_heads=heads, head_width=head_width, positions=positions)
    other = Model(size).eval()
    other.load_state_dict(state)
    with torch.inference_mode():
        return float((model(**batch.inputs) - other(**batch.inputs)).pow(2).mean().sqrt())
