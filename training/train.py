"""Trains every head at once on a mix of corpora. `python -m training.train CORPORA BASE CHECKPOINTS --minutes 80`.

The rate warms up, stays constant, and decays over the last part; a checkpoint from the constant part resumes a longer
run (`--resume`), one decayed from it (`--resume ... --decay-now`) is for use. Log lines are JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.find.windows import load_tokenizer
from training.annotated import Annotated, read
from training.augment import augment
from training.batches import Batch, Example, batches, examples
from training.losses import losses, taught_loss, total
from training.model import Model, Size, inherit, load_base, size_of
from training.synthesise import synthesise
from training.targets import teach

#: Passes over each corpus in one round; a round ends before any corpus is seen twice.
MIX = {
    "polnear": 1.0,
    "worldwide": 1.0,
    "gum": 1.5,
    "timebank": 0.2,
    "meantime": 0.7,
    "wnut17": 0.2,
    "litbank": 0.15,
    "re3d": 0.5,
    "synthetic": 1.0,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast. Minutes count from the start of this process."""

    minutes: float
    decay_share: float = 0.2
    decay_now: bool = False
    warmup_steps: int = 80
    batch_pieces: int = 1700
    rate: float = 1.5e-4
    head_rate: float = 6e-4
    save_minutes: float = 10.0
    seed: int = 1
    mix: Mapping[str, float] = field(default_factory=lambda: MIX)
    teacher: Path | None = None
    taught_every: int = 2


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a run begins with: the published base, a checkpoint to go on from, or some layers of a deeper checkpoint."""

    base: Path
    resume: Path | None = None
    deeper: Path | None = None
    layers: tuple[int, ...] = ()
    depth: int = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("base", type=Path, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("checkpoints", type=Path)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--decay-share", type=float, default=0.2)
    parser.add_argument("--decay-now", action="store_true")
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--deeper", type=Path, help="a checkpoint of more layers, of which this model takes --layers")
    parser.add_argument("--layers", default="", help="numbers of the deeper model's layers: 0,1,2,4")
    parser.add_argument("--depth", type=int, default=6, help="layers of the base to begin with")
    parser.add_argument("--teacher", type=Path, help="a checkpoint whose output is learned beside the labels")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--mix", default="", help="passes a round where they differ: worldwide=1,polnear=0.25")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    plan = Plan(
        options.minutes,
        options.decay_share,
        options.decay_now,
        rate=options.rate,
        seed=options.seed,
        mix=_mix(options.mix),
        teacher=options.teacher,
    )
    layers = tuple(int(number) for number in options.layers.split(",") if number)
    beginning = Beginning(options.base, options.resume, options.deeper, layers, options.depth)
    train(options.corpora, beginning, options.checkpoints, plan)


def _mix(changes: str) -> dict[str, float]:
    """The mix with some passes changed."""
    return MIX | {name: float(passes) for name, passes in (item.split("=") for item in changes.split(",") if item)}


def train(corpora: Path, beginning: Beginning, checkpoints: Path, plan: Plan) -> Path:
    """Runs the plan; returns the path of the last checkpoint."""
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    checkpoints.mkdir(parents=True, exist_ok=True)
    model = _begun(beginning)
    # Most words are too rare in the corpora to be retrained; leaving their vectors alone is a tenth faster.
    model.words.weight.requires_grad_(False)
    optimizer = _optimizer(model, plan)
    step = _restore(beginning.resume, model, optimizer) if beginning.resume else 0
    teacher = _teacher(plan.teacher) if plan.teacher else None
    model.train()
    clock = _Clock(plan, resumed=beginning.resume is not None)
    sums: Counter[str] = Counter()
    tokenizer = load_tokenizer((beginning.base / "tokenizer.json").read_text(encoding="utf-8"))
    for batch in _endless(_corpora(corpora), tokenizer, plan, step):
        if clock.over():
            break
        step += 1
        sums.update(_step(model, optimizer, batch, clock.rate(), teacher if step % plan.taught_every == 0 else None))
        clock.stepped(batch.pieces)
        if step % 25 == 0:
            _log(step, clock, sums)
        if clock.save_due():
            _save(checkpoints / f"step-{step:06d}{'-decay' if clock.decaying() else ''}.pt", model, optimizer, step)
    last = checkpoints / f"step-{step:06d}-final.pt"
    _save(last, model, optimizer, step)
    return last


def _begun(beginning: Beginning) -> Model:
    """The model before its first step here: of the checkpoint's size, or filled from a deeper model or the base."""
    if beginning.resume:
        return Model(size_of(_state(beginning.resume)))
    if beginning.deeper:
        state = _state(beginning.deeper)
        deeper = size_of(state)
        layers = beginning.layers or tuple(range(deeper.layers))
        model = Model(replace(deeper, layers=len(layers)))
        inherit(model, state, layers)
        return model
    model = Model(Size(layers=beginning.depth))
    load_base(model, beginning.base / "model.safetensors")
    return model


def _teacher(path: Path) -> Model:
    state = _state(path)
    model = Model(size_of(state))
    model.load_state_dict(state)
    return model.eval()


def _state(path: Path) -> dict[str, Tensor]:
    return torch.load(path, map_location="cpu", weights_only=True)["model"]  # type: ignore[no-any-return]


class _Clock:
    """Knows how far the run is: time decides, so that a run ends when its machine is needed."""

    def __init__(self, plan: Plan, *, resumed: bool) -> None:
        self.plan = plan
        self.resumed = resumed
        self.begin = self.saved = time.monotonic()
        self.steps = 0
        self.pieces = 0

    def share(self) -> float:
        return (time.monotonic() - self.begin) / (60 * self.plan.minutes)

    def over(self) -> bool:
        return self.share() >= 1

    def decaying(self) -> bool:
        return self.plan.decay_now or self.share() > 1 - self.plan.decay_share

    def rate(self) -> float:
        """Share of the full rate: warm-up, constant, then linear down to a fiftieth."""
        if not self.resumed and self.steps < self.plan.warmup_steps:
            return (self.steps + 1) / self.plan.warmup_steps
        if not self.decaying():
            return 1.0
        part = 1.0 if self.plan.decay_now else self.plan.decay_share
        return max(0.02, (1 - self.share()) / part)

    def stepped(self, pieces: int) -> None:
        self.steps += 1
        self.pieces += pieces

    def save_due(self) -> bool:
        now = time.monotonic()
        if now - self.saved < 60 * self.plan.save_minutes:
            return False
        self.saved = now
        return True


def _optimizer(model: Model, plan: Plan) -> torch.optim.Optimizer:
    new = ("features.", "head.", "transitions.")
    groups = []
    for fresh in (False, True):
        for decayed in (False, True):
            chosen = [
                parameter
                for name, parameter in model.named_parameters()
                if parameter.requires_grad
                and name.startswith(new) == fresh
                and (parameter.dim() > 1 and "transitions" not in name) == decayed
            ]
            rate = plan.head_rate if fresh else plan.rate
            groups.append({"params": chosen, "lr": rate, "full": rate, "weight_decay": 0.01 if decayed else 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)


def _step(
    model: Model, optimizer: torch.optim.Optimizer, batch: Batch, rate: float, teacher: Model | None
) -> dict[str, float]:
    for group in optimizer.param_groups:
        group["lr"] = group["full"] * rate
    output = model(**batch.inputs)
    parts = losses(model, batch, output)
    if teacher is not None:
        with torch.inference_mode():
            taught = teacher(**batch.inputs)
        parts["taught"] = taught_loss(output, taught, batch)
    loss = total(parts)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    sums = {name: float(value.detach()) for name, value in parts.items()}
    return sums | {f"#{name}": 1.0 for name in sums}


def _log(step: int, clock: _Clock, sums: Counter[str]) -> None:
    means = {name: round(value / sums[f"#{name}"], 4) for name, value in sums.items() if not name.startswith("#")}
    seconds = time.monotonic() - clock.begin
    line = {"step": step, "seconds": round(seconds), "pieces": clock.pieces, "pieces/s": round(clock.pieces / seconds)}
    print(json.dumps(line | {"rate": round(clock.rate(), 3)} | means), flush=True)
    sums.clear()


def _corpora(folder: Path) -> dict[str, list[Annotated]]:
    found = {path.stem: [d for d in read(path) if d.split == "train"] for path in sorted(folder.glob("*.jsonl"))}
    if "polnear" in found:
        found["synthetic"] = list(synthesise(found["polnear"], 150))
    return found


def _endless(corpora: dict[str, list[Annotated]], tokenizer: Tokenizer, plan: Plan, step: int) -> Iterator[Batch]:
    """Rounds over the mix without end, sixty-four documents at a time."""
    chance = random.Random(plan.seed * 1_000_003 + step)
    names = _people(corpora.get("worldwide", []))
    queues: dict[str, list[Annotated]] = defaultdict(list)
    while True:
        drawn = _draw(corpora, plan.mix, queues, chance)
        chance.shuffle(drawn)
        for first in range(0, len(drawn), 64):
            windows: list[Example] = []
            for document in drawn[first : first + 64]:
                changed = augment(document, chance, names if document.corpus == "polnear" else ())
                windows += examples(teach(changed, tokenizer), chance)
            yield from batches(windows, plan.batch_pieces, chance)


def _draw(
    corpora: dict[str, list[Annotated]],
    mix: Mapping[str, float],
    queues: dict[str, list[Annotated]],
    chance: random.Random,
) -> list[Annotated]:
    """Each corpus's share of a round, from a shuffled queue that is refilled only when it runs out."""
    drawn: list[Annotated] = []
    for name in sorted(corpora):
        for _ in range(round(mix.get(name, 0) * len(corpora[name]))):
            if not queues[name]:
                queues[name] = list(corpora[name])
                chance.shuffle(queues[name])
            drawn.append(queues[name].pop())
    return drawn


def _people(documents: list[Annotated]) -> list[tuple[str, str]]:
    """First and last names of people in the news of other regions."""
    found = {
        tuple(document.text[start:end].split(" ", 1))
        for document in documents
        for start, end, kind in document.names or ()
        if kind == "person" and re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+){1,2}", document.text[start:end])
    }
    return sorted(found)  # type: ignore[arg-type]


def _save(path: Path, model: Model, optimizer: torch.optim.Optimizer, step: int) -> None:
    # Written aside and renamed, so that a kill leaves no half checkpoint.
    part = path.with_suffix(".part")
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, part)
    part.replace(path)


def _restore(path: Path, model: Model, optimizer: torch.optim.Optimizer) -> int:
    state = torch.load(path, map_location="cpu", weights_only=True)
    full = [group["full"] for group in optimizer.param_groups]
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    # The plan's rates, not those of the run that is resumed.
    for group, rate in zip(optimizer.param_groups, full, strict=True):
        group["full"] = rate
    return int(state["step"])


if __name__ == "__main__":
    np.random.seed(0)
    main()
