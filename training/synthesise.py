"""Short made-up reports in shapes that corpora hardly have: `"..." - Name`, `Name: ...`, questions and answers.

Only direct quotations with a named source are used; the labels follow from how the text is built.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence

from training.annotated import Annotated, Attribution


def synthesise(documents: Iterable[Annotated], count: int, seed: int = 7) -> Iterator[Annotated]:
    """`count` texts, each of a few exchanges in one shape."""
    chance = random.Random(seed)
    said = [pair for document in documents for pair in _named_quotations(document)]
    if len(said) < 50:
        return
    for number in range(count):
        shape = chance.choice((_dash, _label, _questions, _dash_line))
        yield _built(f"synthetic-{number}", [shape(chance, said) for _ in range(chance.randint(3, 7))])


Part = tuple[str, str]


def _named_quotations(document: Annotated) -> Iterator[Part]:
    for attribution in document.attributions or ():
        if len(attribution.source) == len(attribution.content) == 1:
            (a, b), (c, d) = attribution.source[0], attribution.content[0]
            name, words = document.text[a:b], document.text[c:d]
            if re.fullmatch(r"[A-Z]\w+(?: [A-Z]\w+){0,3}", name) and re.fullmatch(
                r"“[^“”\n]{20,400}”|\"[^\"\n]{20,400}\"", words
            ):
                yield name, words[1:-1].rstrip(",")


def _stopped(words: str) -> str:
    return words if words[-1] in ".!?" else words + "."


def _dash(chance: random.Random, said: Sequence[Part]) -> list[Part]:
    name, words = chance.choice(said)
    mark = chance.choice(("“{}”", '"{}"', "‘{}’"))
    dash = chance.choice((" – ", " - ", " — "))
    return [("content", mark.format(_stopped(words))), ("", dash), ("source", name), ("", "\n")]


def _dash_line(chance: random.Random, said: Sequence[Part]) -> list[Part]:
    name, words = chance.choice(said)
    return [
        ("content", f"“{_stopped(words)}”"),
        ("", chance.choice(("\n— ", "\n- ", "\n– "))),
        ("source", name),
        ("", "\n"),
    ]


def _label(chance: random.Random, said: Sequence[Part]) -> list[Part]:
    name, words = chance.choice(said)
    name = chance.choice((name, name.split()[-1], name.upper()))
    content = chance.choice((_stopped(words), f"“{_stopped(words)}”"))
    return [("source", name), ("", ": "), ("content", content), ("", "\n")]


def _questions(chance: random.Random, said: Sequence[Part]) -> list[Part]:
    _, answer = chance.choice(said)
    question = chance.choice(_QUESTIONS)
    left, right = chance.choice((("Q", "A"), ("Question", "Answer"), ("INTERVIEWER", chance.choice(said)[0])))
    mark = chance.choice((": ", ". ")) if left == "Q" else ": "
    return [
        ("source", left),
        ("", mark),
        ("content", question),
        ("", "\n"),
        ("source", right),
        ("", mark),
        ("content", _stopped(answer)),
        ("", "\n"),
    ]


_QUESTIONS = (
    "What did you see that morning?",
    "How did you get into politics?",
    "Are you worried about the vote?",
    "When will the new rules take effect, and who will pay for them?",
    "Some people say that the plan has failed. What is your answer?",
    "Why now?",
    "Thank you for joining us. Could you tell our readers how it began?",
)


def _built(id_: str, exchanges: Sequence[Sequence[Part]]) -> Annotated:
    text = ""
    attributions: list[Attribution] = []
    for exchange in exchanges:
        source: list[tuple[int, int]] = []
        content: list[tuple[int, int]] = []
        for role, words in exchange:
            if role:
                (source if role == "source" else content).append((len(text), len(text) + len(words)))
            text += words
        attributions += [Attribution((a,), (), (b,)) for a, b in zip(source, content, strict=True)]
    return Annotated("synthetic", id_, "train", text, attributions=tuple(attributions))
