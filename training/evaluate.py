"""Every head of some weights on the development parts. `python -m training.evaluate CORPORA WEIGHTS [--against FP32]`.

WEIGHTS is what training.export wrote, or with `--base` (the folder with the tokeniser) a checkpoint as it is, which the
layers of a teacher are too deep to be exported from.

CORPORA is what training.prepare wrote. With `--against` the same is measured on other weights, and the loss is shown:
the way to see what int8 costs. Scores are read through `encode`, as users meet them.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from onrecord.find.decoding import segments
from onrecord.find.encoder import Encoder, Scores, encode, load_encoder
from onrecord.find.labels import TAGS
from onrecord.find.weights import load_weights
from onrecord.find.windows import load_tokenizer
from training.annotated import Annotated, read
from training.batches import LONGEST_MENTION
from training.scoring import Count, exact, interval, total
from training.targets import Taught, document_of, teach

#: How far back, in words, an antecedent or a cue is looked for: about a window.
REACH = 150
CORE_NAMES = ("person", "organisation", "place")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--most", type=int, help="documents of each corpus")
    parser.add_argument("--base", type=Path)
    parser.add_argument("--device", default="cpu", help="for a checkpoint")
    options = parser.parse_args()
    documents = development(options.corpora, options.most)
    encoder = load_encoder(load_weights(options.weights)) if options.base is None else _unexported(options)
    ours = measure(documents, encoder)
    theirs = measure(documents, load_encoder(load_weights(options.against))) if options.against else None
    print(table(ours, theirs))


def _unexported(options: argparse.Namespace) -> Encoder:
    """A checkpoint in the place of exported weights."""
    import torch

    from training.model import Model, size_of

    state = torch.load(options.weights, map_location="cpu", weights_only=True)["model"]
    model = Model(size_of(state)).to(options.device).eval()
    model.load_state_dict(state)
    transitions = {head: table.detach().cpu().numpy() for head, table in model.transitions.items()}
    tokenizer = load_tokenizer((options.base / "tokenizer.json").read_text(encoding="utf-8"))
    return Encoder(_Session(model, options.device), tokenizer, "checkpoint", transitions)


class _Session:
    """A torch model that is asked as ONNX Runtime's session is."""

    def __init__(self, model: Any, device: str) -> None:
        self.model, self.device = model, device

    def get_inputs(self) -> list[Any]:
        return [SimpleNamespace(name=name) for name in ("pieces", "mask", "shapes", "quotes", "starts")]

    def run(self, _: None, inputs: dict[str, np.ndarray]) -> tuple[np.ndarray]:
        import torch

        with torch.inference_mode():
            output = self.model(**{name: torch.from_numpy(each).to(self.device) for name, each in inputs.items()})
        return (output.float().cpu().numpy(),)


def development(corpora: Path, most: int | None = None) -> list[Annotated]:
    """The documents held back from training."""
    return [
        document
        for path in sorted(corpora.glob("*.jsonl"))
        for document in [document for document in read(path) if document.split == "dev"][:most]
    ]


def measure(documents: Sequence[Annotated], encoder: Encoder) -> dict[str, list[Count]]:
    """Measure -> one count per document that its corpus labels."""
    counts: dict[str, list[Count]] = defaultdict(list)
    for annotated in documents:
        document = document_of(annotated.text)
        scores = encode(document, encoder)
        taught = teach(annotated, encoder.tokenizer)
        for name, count in _counts(annotated, taught, scores, encoder):
            counts[name].append(count)
    return counts


def _counts(annotated: Annotated, taught: Taught, scores: Scores, encoder: Encoder) -> list[tuple[str, Count]]:
    found: list[tuple[str, Count]] = []
    if annotated.attributions is not None:
        where = "" if annotated.corpus == "polnear" else f" {annotated.corpus}"
        found += [(head + where, _tagged(taught, scores, head, encoder)) for head in ("source", "cue", "content")]
        found.append((f"link{where}", _links(taught, scores)))
    if annotated.corpus in {"worldwide", "wnut17"}:
        found.append((f"names {annotated.corpus}", _names(annotated, scores)))
    if annotated.times is not None:
        found.append((f"times {annotated.corpus}", _times(annotated, scores)))
    if annotated.mentions is not None and annotated.mentions_complete:
        found += [("mention", _mentions(taught, scores)), ("chain", _chains(taught, scores))]
    return found


def _tagged(taught: Taught, scores: Scores, head: str, encoder: Encoder) -> Count:
    runs = segments(scores.tags[head], TAGS[head], scores.paragraphs, transitions=encoder.transitions.get(head))
    mask = taught.masks[head].tolist()
    wanted = []
    for at, bits in enumerate(mask):
        if bits == 2:
            end = at + 1
            while end < len(mask) and mask[end] == 4:
                end += 1
            wanted.append((at, end))
    return exact([(run.start, run.end) for run in runs], wanted)


def _spans(scores: Scores, head: str) -> list[tuple[int, int, str]]:
    runs = segments(scores.tags[head], TAGS[head], scores.paragraphs)
    return [(int(scores.words[run.start, 0]), int(scores.words[run.end - 1, 1]), run.kind) for run in runs]


def _names(annotated: Annotated, scores: Scores) -> Count:
    wanted = [name for name in annotated.names or () if name[2] in CORE_NAMES]
    return exact([name for name in _spans(scores, "name") if name[2] in CORE_NAMES], wanted)


def _times(annotated: Annotated, scores: Scores) -> Count:
    return exact([span[:2] for span in _spans(scores, "time")], [span[:2] for span in annotated.times or ()])


def _links(taught: Taught, scores: Scores) -> Count:
    """Of the segments as annotated, how many choose the right one of the annotated heads near them."""
    heads = np.array(sorted({head for _, head, _ in taught.links}), dtype=np.int64)
    right = 0
    for segment, head, _ in taught.links:
        near = heads[np.abs(heads - segment) <= REACH]
        chosen = near[(scores.vectors["head"][near] @ scores.vectors["link"][segment]).argmax()] if len(near) else -1
        right += int(chosen == head)
    return Count(right, len(taught.links), right, len(taught.links))


def _mentions(taught: Taught, scores: Scores) -> Count:
    logits = scores.vectors["mention_start"] @ scores.vectors["mention_end"].T
    length = np.arange(len(scores))[None] - np.arange(len(scores))[:, None]
    found = np.argwhere((logits > 0) & (length >= 0) & (length < LONGEST_MENTION))
    return exact(map(tuple, found.tolist()), [(first, last) for first, last, _, _ in taught.mentions])


def _chains(taught: Taught, scores: Scores) -> Count:
    """Of the mentions as annotated that belong to a chain, how many choose an antecedent of their chain, or none for
    the first; those whose antecedents are all out of reach are left out."""
    first = np.array([mention[0] for mention in taught.mentions])
    last = np.array([mention[1] for mention in taught.mentions])
    chain = np.array([mention[3] for mention in taught.mentions])
    anaphor = scores.vectors["anaphor_start"][first] + scores.vectors["anaphor_end"][last]
    antecedent = scores.vectors["antecedent_start"][first] + scores.vectors["antecedent_end"][last]
    right = asked = 0
    for at in range(len(first)):
        earlier = np.flatnonzero(first[:at] >= first[at] - REACH)
        begun = (chain[:at] == chain[at]).any() if chain[at] >= 0 else False
        if chain[at] < 0 or (begun and not (chain[earlier] == chain[at]).any()):
            continue
        asked += 1
        logits = antecedent[earlier] @ anaphor[at]
        none = not len(earlier) or logits.max() <= 0
        right += int(not begun) if none else int(chain[earlier[logits.argmax()]] == chain[at])
    return Count(right, asked, right, asked)


def table(ours: dict[str, list[Count]], theirs: dict[str, list[Count]] | None = None) -> str:
    """F1 (for links and chains: accuracy) with 95% intervals over documents, and the loss against other weights."""
    lines = [
        f"{'':18}{'F1':>8}{'95% interval':>16}{'precision':>11}{'recall':>9}{'wanted':>8}"
        + ("    loss" if theirs else "")
    ]
    for name, counts in ours.items():
        sum_ = total(counts)
        low, high = interval(counts)
        line = f"{name:18}{100 * sum_.f1:>8.2f}{f'{100 * low:.1f}-{100 * high:.1f}':>16}"
        line += f"{100 * sum_.precision:>11.1f}{100 * sum_.recall:>9.1f}{sum_.wanted:>8}"
        lines.append(line + (f"{100 * (total(theirs[name]).f1 - sum_.f1):>8.2f}" if theirs else ""))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
