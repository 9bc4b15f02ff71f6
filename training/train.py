"""Trains every head at once on a mix of corpora. `python -m training.train CORPORA BASE CHECKPOINTS --minutes 80`.

The rate warms up, stays constant, and decays over the last part; a checkpoint from the constant part resumes a longer
run (`--resume`), one decayed from it (`--resume ... --decay-now`) is for use. Log lines are JSON. With `--device cuda`
the same runs on a GPU, in bfloat16 where that loses nothing; with `--bfloat16` on a CPU too (faster where it has AMX).

Two teachers (`--teacher ONE TWO`), each trained on one half (`--half 0`, `--half 1`), teach tags of what they have not
seen. Vectors are taught by one model only: the only teacher, or another one (`--vectors-of`).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.batches import Batch
from training.feed import MIX, UNTAUGHT, Feed, endless
from training.losses import losses, taught_tags, taught_vectors, total
from training.model import MPNET, Model, Size, inherit, load_base, load_mpnet, size_of


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast. Minutes count from the first batch. `taught_every`: which batches the teacher sees."""

    minutes: float
    decay_share: float = 0.2
    decay_now: bool = False
    warmup_steps: int = 80
    rate: float = 1.5e-4
    head_rate: float = 6e-4
    save_minutes: float = 10.0
    seed: int = 1
    teachers: tuple[Path, ...] = ()
    vectors_of: Path | None = None
    taught_every: int = 2
    device: str = "cpu"
    layer_dropout: float = 0.0
    threads: int = 1
    bfloat16: bool = False


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a run begins with: a published base, a checkpoint to go on from, or some layers of a deeper checkpoint. To a
    base, which has none, features and heads may come from `heads_of`, a checkpoint of the same width."""

    base: Path
    resume: Path | None = None
    deeper: Path | None = None
    layers: tuple[int, ...] = ()
    depth: int = 6
    mpnet: Path | None = None
    heads_of: Path | None = None


def main() -> None:
    options = _options()
    plan = Plan(
        options.minutes,
        options.decay_share,
        options.decay_now,
        rate=options.rate,
        head_rate=options.head_rate,
        seed=options.seed,
        teachers=tuple(options.teacher),
        vectors_of=options.vectors_of,
        taught_every=options.taught_every,
        device=options.device,
        layer_dropout=options.layer_dropout,
        threads=options.threads,
        bfloat16=options.bfloat16 or options.device != "cpu",
        save_minutes=options.save_minutes,
    )
    feed = Feed(
        options.corpora,
        options.base / "tokenizer.json",
        options.batch_pieces,
        mix=_mix(options.mix),
        seed=options.seed,
        processes=options.processes,
        half=options.half,
    )
    layers = tuple(int(number) for number in options.layers.split(",") if number)
    beginning = Beginning(
        options.base, options.resume, options.deeper, layers, options.depth, options.mpnet, options.heads_of
    )
    train(feed, beginning, options.checkpoints, plan)


def _options() -> argparse.Namespace:
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
    parser.add_argument("--heads-of", type=Path, help="a checkpoint whose features and heads the base begins with")
    parser.add_argument("--mpnet", type=Path, help="safetensors of all-mpnet-base-v2: train a teacher of its size")
    parser.add_argument(
        "--teacher", type=Path, nargs="+", default=(), help="checkpoint whose output is learned beside the labels"
    )
    parser.add_argument("--vectors-of", type=Path, help="a teacher of vectors alone")
    parser.add_argument("--half", type=int, choices=(0, 1), help="of the attributions, for a teacher of the other half")
    parser.add_argument("--taught-every", type=int, default=2, help="1: the teacher sees every batch")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=6e-4)
    parser.add_argument("--layer-dropout", type=float, default=0.0, help="after each half of a layer")
    parser.add_argument("--batch-pieces", type=int, default=1700)
    parser.add_argument("--processes", type=int, default=0, help="that make batches")
    parser.add_argument("--save-minutes", type=float, default=10)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--bfloat16", action="store_true", help="products of half the precision, on a CPU too")
    parser.add_argument("--threads", type=int, default=1, help="on a CPU")
    parser.add_argument("--mix", default="", help="passes a round where they differ: worldwide=1,polnear=0.25")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _mix(changes: str) -> dict[str, float]:
    """The mix with some passes changed."""
    return MIX | {name: float(passes) for name, passes in (item.split("=") for item in changes.split(",") if item)}


def train(feed: Feed, beginning: Beginning, checkpoints: Path, plan: Plan) -> Path:
    """Runs the plan; returns the path of the last checkpoint."""
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    checkpoints.mkdir(parents=True, exist_ok=True)
    model = _begun(beginning, plan.layer_dropout).to(plan.device)
    # Most words are too rare in the corpora to be retrained; leaving their vectors alone is a tenth faster.
    model.words.weight.requires_grad_(False)
    optimizer = _optimizer(model, plan)
    step = _restore(beginning.resume, model, optimizer) if beginning.resume else 0
    teachers = _Teachers(plan)
    model.train()
    batches = endless(feed, step)
    following = next(batches).to(plan.device)
    clock = _Clock(plan, resumed=beginning.resume is not None)
    sums = _Sums()
    while not clock.over():
        batch, following = following, next(batches).to(plan.device)
        step += 1
        taught = teachers if step % plan.taught_every == 0 else None
        sums.add(_step(model, optimizer, batch, clock.rate(), taught, plan.bfloat16))
        clock.stepped(batch.pieces)
        if step % 25 == 0:
            _log(step, clock, sums)
        if clock.save_due():
            _save(checkpoints / f"step-{step:06d}{'-decay' if clock.decaying() else ''}.pt", model, optimizer, step)
    last = checkpoints / f"step-{step:06d}-final.pt"
    _save(last, model, optimizer, step)
    return last


def _begun(beginning: Beginning, dropout: float) -> Model:
    """The model before its first step here: of the checkpoint's size, or filled from a deeper model or a base."""
    if beginning.resume:
        return Model(size_of(_state(beginning.resume)), layer_dropout=dropout)
    if beginning.deeper:
        state = _state(beginning.deeper)
        deeper = size_of(state)
        layers = beginning.layers or tuple(range(deeper.layers))
        model = Model(replace(deeper, layers=len(layers)), layer_dropout=dropout)
        inherit(model, state, layers)
        return model
    model = Model(MPNET if beginning.mpnet else Size(layers=beginning.depth), layer_dropout=dropout)
    if beginning.mpnet:
        load_mpnet(model, beginning.mpnet)
    else:
        load_base(model, beginning.base / "model.safetensors")
    if beginning.heads_of:
        state = _state(beginning.heads_of)
        model.load_state_dict({name: state[name] for name in state if name.startswith(_NEW)}, strict=False)
    return model


#: What no base has.
_NEW = ("features.", "head.", "transitions.")


class _Teachers:
    """Models whose output is learned beside the labels."""

    def __init__(self, plan: Plan) -> None:
        self.tags = [_frozen(path).to(plan.device) for path in plan.teachers]
        self.vectors = _frozen(plan.vectors_of).to(plan.device) if plan.vectors_of else None
        self.bfloat16 = plan.bfloat16

    def losses(self, output: Tensor, batch: Batch) -> dict[str, Tensor]:
        """How far the output is from theirs. Of two teachers of tags the first has learned from the half 0, the second
        from 1: each teaches what it has not seen."""
        found: dict[str, Tensor] = {}
        if batch.half == UNTAUGHT:
            return found
        if self.tags:
            taught = self._read(self.tags[(1 - batch.half) % len(self.tags)], batch)
            found["taught tags"] = taught_tags(output, taught, batch)
        if self.vectors is not None:
            found["taught vectors"] = taught_vectors(output, self._read(self.vectors, batch), batch)
        elif len(self.tags) == 1:
            found["taught vectors"] = taught_vectors(output, taught, batch)
        return found

    def _read(self, teacher: Model, batch: Batch) -> Tensor:
        with torch.no_grad():
            return _read(teacher, batch, self.bfloat16)


def _frozen(path: Path) -> Model:
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


class _Sums:
    """Losses since the last line of the log, left where they were reckoned until they are asked for."""

    def __init__(self) -> None:
        self.values: dict[str, Tensor] = {}
        self.counts: Counter[str] = Counter()

    def add(self, parts: dict[str, Tensor]) -> None:
        for name, value in parts.items():
            self.values[name] = self.values[name] + value.detach() if name in self.values else value.detach()
            self.counts[name] += 1

    def means(self) -> dict[str, float]:
        found = {name: round(float(value) / self.counts[name], 4) for name, value in self.values.items()}
        self.values.clear()
        self.counts.clear()
        return found


def _optimizer(model: Model, plan: Plan) -> torch.optim.Optimizer:
    groups = []
    for fresh in (False, True):
        for decayed in (False, True):
            chosen = [
                parameter
                for name, parameter in model.named_parameters()
                if parameter.requires_grad
                and name.startswith(_NEW) == fresh
                and (parameter.dim() > 1 and "transitions" not in name) == decayed
            ]
            rate = plan.head_rate if fresh else plan.rate
            groups.append({"params": chosen, "lr": rate, "full": rate, "weight_decay": 0.01 if decayed else 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)


def _step(
    model: Model,
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    rate: float,
    teachers: _Teachers | None,
    bfloat16: bool,
) -> dict[str, Tensor]:
    for group in optimizer.param_groups:
        group["lr"] = group["full"] * rate
    output = _read(model, batch, bfloat16)
    parts = losses(model, batch, output)
    if teachers is not None:
        parts |= teachers.losses(output, batch)
    if parts:
        total(parts).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
    return parts


def _read(model: Callable[..., Tensor], batch: Batch, bfloat16: bool) -> Tensor:
    """The model's output in full precision, whatever that of the products inside."""
    with torch.autocast(batch.place.device.type, torch.bfloat16, enabled=bfloat16):
        output = model(**batch.inputs)
    return output.float()


def _log(step: int, clock: _Clock, sums: _Sums) -> None:
    seconds = time.monotonic() - clock.begin
    line = {"step": step, "seconds": round(seconds), "pieces": clock.pieces, "pieces/s": round(clock.pieces / seconds)}
    print(json.dumps(line | {"rate": round(clock.rate(), 3)} | sums.means()), flush=True)


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
