"""What each head has to pay: partial-label cross entropy, a linear-chain CRF for attribution, links, mentions, chains.

Every loss is a sum over its labels divided by the words of the batch, so that a corpus weighs what it labels.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor
from torch.nn import functional

from onrecord.find.labels import TAGS, VECTORS, columns
from training.batches import LONGEST_MENTION, Batch
from training.model import CRF_HEADS, Model

WEIGHTS = {
    "source": 0.5,
    "cue": 0.5,
    "content": 0.5,
    "crf": 0.5,
    "name": 2.0,
    "time": 1.0,
    "link": 0.5,
    "mention": 1.0,
    "kind": 0.3,
    "chain": 0.5,
    "taught tags": 1.0,
    "taught vectors": 1.0,
}
#: What a head's divergence from the teacher weighs.
TAUGHT = {"source": 1.0, "cue": 1.0, "content": 1.0, "name": 2.0, "time": 0.5}
_NEVER = -1e4


def losses(model: Model, batch: Batch, output: Tensor) -> dict[str, Tensor]:
    """Head -> its loss on this batch, unweighted; heads that the batch does not label are left out."""
    words = output.gather(1, batch.place[:, :, None].expand(-1, -1, output.shape[2]))
    place = columns()
    part = {name: words[:, :, where] for name, where in place.items()}
    count = batch.present.sum()
    found = {head: tag_loss(part[head], batch.masks[head]) for head in batch.labelled}
    if "source" in batch.labelled:
        found["crf"] = crf_loss(model, part, batch)
    if len(batch.links):
        found["link"] = link_loss(part, batch)
    if len(batch.mentions):
        found |= mention_losses(part, batch)
    return {name: value / count for name, value in found.items()}


def total(parts: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    return torch.stack([WEIGHTS[name] * value for name, value in parts.items()]).sum()


def taught_tags(output: Tensor, taught: Tensor, batch: Batch) -> Tensor:
    """How far the tags of a model are from its teacher's over the words of a batch: divergence, weighed by head. Both
    float[windows, pieces, WIDTH]."""
    place = columns()
    own, other = _of_words(output, batch), _of_words(taught, batch)
    tags = [TAUGHT[head] * _divergence(own[:, place[head]], other[:, place[head]]) for head in TAGS]
    return torch.stack(tags).sum() / len(own)


def taught_vectors(output: Tensor, taught: Tensor, batch: Batch) -> Tensor:
    """The squared distance of the vectors. Only products of them mean anything, so that the vectors of two teachers
    have nothing to do with one another: no model can learn both."""
    own, other = _of_words(output, batch), _of_words(taught, batch)
    places = [columns()[name] for name in VECTORS]
    return torch.stack([(own[:, place] - other[:, place]).square().mean(1) for place in places]).mean()


def _of_words(values: Tensor, batch: Batch) -> Tensor:
    windows, words = batch.present.nonzero(as_tuple=True)
    return values[windows, batch.place[windows, words]]


def _divergence(own: Tensor, other: Tensor) -> Tensor:
    return functional.kl_div(own.log_softmax(1), other.log_softmax(1), log_target=True, reduction="sum")


def tag_loss(logits: Tensor, masks: Tensor) -> Tensor:
    """-log of the probability of all allowed tags together; words without any allowed tag pay nothing."""
    allowed = (masks[:, :, None] >> torch.arange(logits.shape[2], device=masks.device)) & 1 > 0
    right = logits.masked_fill(~allowed & (masks[:, :, None] > 0), -torch.inf).logsumexp(2)
    return (logits.logsumexp(2) - right).sum()


def crf_loss(model: Model, part: dict[str, Tensor], batch: Batch) -> Tensor:
    """Negative log-likelihood of the tag sequences of labelled windows, each paragraph for itself."""
    rows = (batch.masks["source"] > 0).any(1)
    emissions = torch.stack([part[head][rows].log_softmax(2) for head in CRF_HEADS])
    gold = torch.stack([batch.masks[head][rows] for head in CRF_HEADS])
    gold = torch.where(gold == 4, 2, torch.where(gold == 2, 1, 0))
    steps = torch.stack([model.transitions[head] for head in CRF_HEADS])
    steps = (steps + _table(steps, ((0, 2),)))[:, None]
    starts, present = batch.starts[rows], batch.present[rows]
    first = _table(steps, ((0, 2),))[0]
    return (
        _partition(emissions, steps, starts, present, first) - _gold_score(emissions, gold, steps, starts, present)
    ).sum()


def _table(like: Tensor, never: Iterable[tuple[int, int]]) -> Tensor:
    """Zeros for each pair of tags, but for those that must not follow one another."""
    table = like.new_zeros(3, 3)
    for before, after in never:
        table[before, after] = _NEVER
    return table


def _partition(emissions: Tensor, steps: Tensor, starts: Tensor, present: Tensor, first: Tensor) -> Tensor:
    """The logarithm of the sum over all sequences, float[heads, windows]. Each word is a table of what a tag of the
    word before adds to each of its own; tables are multiplied pairwise, so that a window takes eight steps and not two
    hundred: on a GPU each step costs the same however long the window."""
    moves = torch.where(starts[None, :, :, None, None], first, steps[:, :, None]) + emissions[:, :, :, None, :]
    nothing = _table(emissions, ((a, b) for a in range(3) for b in range(3) if a != b))
    moves = torch.where(present[None, :, :, None, None], moves, nothing)[:, :, 1:]
    while moves.shape[2] > 1:
        if moves.shape[2] % 2:
            moves = torch.cat((moves, nothing.expand(*moves.shape[:2], 1, 3, 3)), 2)
        left, right = moves[:, :, ::2], moves[:, :, 1::2]
        moves = (left[..., :, :, None] + right[..., None, :, :]).logsumexp(-2)
    alpha = emissions[:, :, 0] + first
    return (alpha if not moves.shape[2] else (alpha[..., None] + moves[:, :, 0]).logsumexp(-2)).logsumexp(-1)


def _gold_score(emissions: Tensor, gold: Tensor, steps: Tensor, starts: Tensor, present: Tensor) -> Tensor:
    chosen = emissions.gather(3, gold[..., None])[..., 0] * present
    head = torch.arange(len(gold), device=gold.device)[:, None, None]
    moves = steps[:, 0][head, gold[:, :, :-1], gold[:, :, 1:]]
    return chosen.sum(2) + (moves * (present[:, 1:] & ~starts[:, 1:])).sum(2)


def link_loss(part: dict[str, Tensor], batch: Batch) -> Tensor:
    """Each segment chooses its head among all words; each head chooses its source among the sources, or none."""
    window, segment, head, is_source = batch.links.unbind(1)
    scores = torch.einsum("bid,bjd->bij", part["link"], part["head"])
    scores = scores.masked_fill(~batch.present[:, None, :], _NEVER)
    forward = functional.cross_entropy(scores[window, segment], head, reduction="sum")
    heads = torch.unique(torch.stack((window, head), 1), dim=0)
    sources = torch.zeros(scores.shape[:2], dtype=torch.bool, device=scores.device)
    sources[window[is_source > 0], segment[is_source > 0]] = True
    right = torch.zeros_like(scores, dtype=torch.bool)
    right[window[is_source > 0], segment[is_source > 0], head[is_source > 0]] = True
    by_head = scores.transpose(1, 2)[heads[:, 0], heads[:, 1]]
    by_head = by_head.masked_fill(~sources[heads[:, 0]], _NEVER)
    correct = right.transpose(1, 2)[heads[:, 0], heads[:, 1]]
    return forward + _choose_or_none(by_head, correct)


def _choose_or_none(scores: Tensor, correct: Tensor) -> Tensor:
    """-log probability of any correct choice, against 0 for none, which is correct where nothing else is."""
    scores = torch.cat((scores.new_zeros(len(scores), 1), scores), 1)
    correct = torch.cat((~correct.any(1, keepdim=True), correct), 1)
    return (scores.logsumexp(1) - scores.masked_fill(~correct, -torch.inf).logsumexp(1)).sum()


def mention_losses(part: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    """Which spans are mentions, of what kind, and which earlier mention each goes back to (within the window)."""
    window, first, last, kind, chain, begun = batch.mentions.unbind(1)
    found: dict[str, Tensor] = {}
    if batch.mentions_known.any():
        found["mention"] = _span_loss(part, batch)
    if (kind >= 0).any():
        logits = part["kind_start"][window, first] + part["kind_end"][window, last]
        found["kind"] = functional.cross_entropy(logits[kind >= 0], kind[kind >= 0], reduction="sum")
    anaphor = part["anaphor_start"][window, first] + part["anaphor_end"][window, last]
    antecedent = part["antecedent_start"][window, first] + part["antecedent_end"][window, last]
    found["chain"] = _chain_loss(anaphor, antecedent, window, chain, begun)
    return found


def _span_loss(part: dict[str, Tensor], batch: Batch) -> Tensor:
    known = batch.mentions_known
    scores = torch.einsum("bid,bjd->bij", part["mention_start"][known], part["mention_end"][known])
    word = torch.arange(scores.shape[1], device=scores.device)
    length = word[None] - word[:, None]
    present = batch.present[known]
    open_ = (length >= 0) & (length < LONGEST_MENTION) & present[:, :, None] & present[:, None, :]
    target = scores.new_zeros((len(batch.present), *scores.shape[1:]))
    target[batch.mentions[:, 0], batch.mentions[:, 1], batch.mentions[:, 2]] = 1.0
    return functional.binary_cross_entropy_with_logits(scores[open_], target[known][open_], reduction="sum")


def _chain_loss(anaphor: Tensor, antecedent: Tensor, window: Tensor, chain: Tensor, begun: Tensor) -> Tensor:
    scores = anaphor @ antecedent.T
    order = torch.arange(len(window), device=window.device)
    earlier = (window[:, None] == window[None]) & (order[:, None] > order[None])
    same = earlier & (chain[:, None] == chain[None]) & (chain[:, None] >= 0)
    asked = same.any(1) | (begun == 0)
    return _choose_or_none(scores.masked_fill(~earlier, _NEVER)[asked], same[asked])
