"""Tokens -> text as a newspaper would print it, with the place of each token, for corpora that publish tokens only."""

from __future__ import annotations

from collections.abc import Sequence

_NO_SPACE_BEFORE = frozenset(",.;:!?)]}%’”»…") | {
    "'s",
    "’s",
    "n't",
    "n’t",
    "'re",
    "'ve",
    "'ll",
    "'d",
    "'m",
    "''",
    "...",
}
_NO_SPACE_AFTER = frozenset("([{$£€“‘«") | {"``"}
_TIGHT = frozenset("-/–")
#: What follows an apostrophe that a corpus cut off: "it ’ s" is printed "it’s".
_AFTER_APOSTROPHE = frozenset("s t re ve ll m d".split())


class Text:
    """A text that grows token by token; not a value, used only while a corpus is read."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.open_quotes: set[str] = set()
        self.glue = True

    def add(self, token: str) -> tuple[int, int]:
        """Appends a token with the space that it wants; returns its span."""
        opens = token in {'"', "'"} and token not in self.open_quotes
        closes = token in self.open_quotes
        if not (self.glue or token in _NO_SPACE_BEFORE or closes or token in _TIGHT):
            self._append(" ")
        self.glue = token in _NO_SPACE_AFTER or opens or token in _TIGHT
        self.open_quotes ^= {token} & {'"', "'"}
        start = self.length
        self._append(token)
        return start, self.length

    def end_sentence(self, paragraph: bool) -> None:
        """Ends a sentence, and the paragraph if so; quotation marks left open stay so within the paragraph."""
        if not self.length:
            return
        if paragraph:
            self._append("\n")
            self.open_quotes.clear()
        self.glue = paragraph

    def _append(self, part: str) -> None:
        self.parts.append(part)
        self.length += len(part)

    def __str__(self) -> str:
        return "".join(self.parts)


def detokenise(paragraphs: Sequence[Sequence[Sequence[str]]]) -> tuple[str, list[tuple[int, int]]]:
    """Paragraphs of sentences of tokens -> text, one line per paragraph, and the span of every token in order."""
    text = Text()
    spans: list[tuple[int, int]] = []
    for sentences in paragraphs:
        for number, sentence in enumerate(sentences, 1):
            for at, token in enumerate(sentence):
                text.glue |= _is_one_word(sentence, at)
                spans.append(text.add(token))
            text.end_sentence(paragraph=number == len(sentences))
    return str(text), spans


def _is_one_word(sentence: Sequence[str], at: int) -> bool:
    """Whether a token belongs to the one before: the "s" of "it ’ s", the "S" of "U . S ."."""
    if at and sentence[at - 1] in {"'", "’"}:
        return sentence[at] in _AFTER_APOSTROPHE
    if not 1 < at < len(sentence) - 1 or sentence[at - 1] != "." != sentence[at]:
        return False
    return all(len(letter) == 1 and letter.isupper() for letter in (sentence[at - 2], sentence[at])) and (
        sentence[at + 1] == "."
    )


def in_paragraphs(sentences: Sequence[Sequence[str]], seed: int) -> list[list[Sequence[str]]]:
    """Sentences dealt into paragraphs of one to three, for corpora that lost theirs; the first stands alone."""
    paragraphs: list[list[Sequence[str]]] = []
    room = 1
    for number, sentence in enumerate(sentences):
        if room == 0 or not paragraphs:
            paragraphs.append([])
            room = 1 if number == 0 else 1 + (seed * 31 + number * 17) % 3
        paragraphs[-1].append(sentence)
        room -= 1
    return paragraphs
