"""Training on tiny made-up data: what is done to texts before any model is needed."""

import random
import re
from pathlib import Path

import pytest
from training.annotated import Annotated, Attribution, read, write
from training.augment import (
    augment,
    edited,
    join_paragraphs,
    restyle_quotes,
    split_quotes,
    swap_labelled_names,
    unmark_quotes,
)
from training.detokenise import detokenise
from training.scoring import Count, exact, overlapping
from training.synthesise import synthesise
from training.targets import Taught, teach

from made_up import DOCUMENT, TEXT, span
from onrecord.find.labels import TAGS
from onrecord.find.weights import load_weights
from onrecord.find.windows import load_tokenizer


def painted(taught: Taught, text: str, head: str) -> list[str]:
    """The stretches that a head is told to find, each begun by B."""
    begin = {1 << number for number, tag in enumerate(TAGS[head]) if tag.startswith("B-")}
    found: list[list[int]] = []
    for (start, end), mask in zip(taught.words.spans.tolist(), taught.masks[head].tolist(), strict=True):
        if mask in begin:
            found.append([start, end])
        elif mask > 1:
            found[-1][1] = end
    return [text[start:end] for start, end in found]


def taught_of(document: Annotated) -> Taught:
    return teach(document, load_tokenizer(load_weights().tokenizer))


def test_documents_survive_the_disk(tmp_path: Path) -> None:
    assert write(tmp_path / "some.jsonl", [DOCUMENT]) == 1
    assert list(read(tmp_path / "some.jsonl")) == [DOCUMENT]


def test_labels_lie_on_their_words() -> None:
    taught = taught_of(DOCUMENT)
    assert painted(taught, TEXT, "source") == ["Ruth Akello", "She"]
    assert painted(taught, TEXT, "content") == ["“The dam will hold. We built it well,”", "that it leaks"]
    assert painted(taught, TEXT, "name") == ["Ruth Akello"]
    assert not taught.masks["time"].any()
    assert len(taught.links) == 6


def test_a_quotation_is_split_over_paragraphs() -> None:
    found = [split_quotes(DOCUMENT, random.Random(seed)) for seed in range(30)]
    split = next(document for document in found if document.text != TEXT)
    assert "hold.\n\n“We built" in split.text
    assert painted(taught_of(split), split.text, "content")[:2] == ["“The dam will hold.", "“We built it well,”"]


def test_quotation_marks_change_style_and_spans_follow() -> None:
    styles = {restyle_quotes(DOCUMENT, random.Random(seed)).text[13] for seed in range(60)}
    assert {"‘", "«", '"'} <= styles
    for seed in range(60):
        changed = restyle_quotes(DOCUMENT, random.Random(seed))
        assert painted(taught_of(changed), changed.text, "source") == ["Ruth Akello", "She"]


@pytest.mark.parametrize("seed", range(40))
def test_augmented_spans_hold_the_same_words(seed: int) -> None:
    changed = augment(DOCUMENT, random.Random(seed), [("Aliaksiej", "Skoblia")])
    assert changed.attributions is not None
    for before, after in zip(DOCUMENT.attributions or (), changed.attributions, strict=True):
        for part in ("source", "cue"):
            old = [TEXT[start:end] for start, end in getattr(before, part)]
            new = [changed.text[start:end] for start, end in getattr(after, part)]
            assert [words.lower() for words in old] == [words.lower() for words in new]


def test_content_that_ran_over_paragraphs_is_one_piece_where_they_are_joined() -> None:
    text = "A headline\n“We left in May.\n“We came back,” Ruth Akello said."
    places = tuple(
        (text.index(words), text.index(words) + len(words)) for words in ("“We left in May.", "“We came back,”")
    )
    document = Annotated("t", "t", "train", text, attributions=(Attribution((), (), places),))
    joined = {join_paragraphs(document, random.Random(seed)) for seed in range(20)}
    words = {tuple(each.text[a:b] for a, b in (each.attributions or ())[0].content) for each in joined}
    assert words == {("“We left in May.", "“We came back,”"), ("“We left in May. “We came back,”",)}


def test_a_text_without_marks_says_the_same() -> None:
    changed = unmark_quotes(DOCUMENT, random.Random(1))
    assert changed.text == re.sub('[“”"]', "", TEXT)
    assert len(changed.attributions or ()) == len(DOCUMENT.attributions or ())


def test_labelled_names_become_others_of_their_kind_and_stay_labelled() -> None:
    changed = [swap_labelled_names(DOCUMENT, random.Random(seed), {"person": ["Ngozi Eze"]}) for seed in range(20)]
    assert {each.text for each in changed} == {TEXT, TEXT.replace("Ruth Akello", "Ngozi Eze")}
    for each in changed:
        ((start, end, kind),) = each.names or ()
        assert (each.text[start:end], kind) in {("Ruth Akello", "person"), ("Ngozi Eze", "person")}
        assert each.attributions is not None
        assert each.text[slice(*each.attributions[0].source[0])] == each.text[start:end]


def test_insertions_at_an_edge_stay_outside_of_spans() -> None:
    start, end = span("denied")
    changed = edited(DOCUMENT, [(start, start, "<<"), (end, end, ">>")])
    assert changed.attributions is not None
    (left, right) = changed.attributions[1].cue[0]
    assert changed.text[left - 2 : right + 2].endswith("denied>>")
    assert changed.text[left:right].endswith("denied")


def test_tokens_are_printed_as_a_newspaper_would() -> None:
    sentence = ["He", "said", ",", '"', "We", "do", "n't", "(", "yet", ")", "know", '"', "."]
    text, spans = detokenise([[sentence], [["Fine"]]])
    assert text == 'He said, "We don\'t (yet) know".\nFine\n'
    assert [text[start:end] for start, end in spans] == [*sentence, "Fine"]


def test_made_up_exchanges_label_speaker_and_words() -> None:
    words = "“This is a quotation that is long enough for use.”"
    text = f"{words} Ruth said."
    source = Annotated("x", "x", "train", text, attributions=(Attribution(((51, 55),), (), ((0, 50),)),) * 60)
    found = list(synthesise([source], 12))
    assert len(found) == 12
    for document in found:
        for attribution in document.attributions or ():
            (start, end) = attribution.source[0]
            assert document.text[start:end].lower() in {"ruth", "q", "a", "question", "answer", "interviewer"}


def test_counts() -> None:
    assert exact([(0, 2), (3, 4)], [(0, 2), (5, 6)]) == Count(1, 2, 1, 2)
    assert overlapping([(0, 2)], [(1, 5), (1, 3), (9, 10)]) == Count(1, 1, 2, 3)
    assert Count(1, 2, 1, 2).f1 == pytest.approx(0.5)
    assert Count().f1 == 0
