"""OntoGUM coreference as documents with mentions and chains, as coreference.py and benchmarks want them.

GUM (https://github.com/amir-zeldes/gum): `gum/dep` gives text, sentences and every mention with its type, `gum/coref`
the chains after OntoNotes' guidelines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from onrecord.record import Block, Document, Mention, MentionForm, MentionKind, Origin, Source, Span, address
from onrecord.resolve.traits import PRONOUNS, head_word

ORIGIN = Origin("gold", "1")
KINDS: dict[str, MentionKind] = {
    "person": "person",
    "animal": "other",
    "organization": "organisation",
    "place": "place",
    "event": "event",
}


class Chained(NamedTuple):
    """A document, its mentions in text order, and the chain of each (None for what is mentioned once)."""

    name: str
    document: Document
    mentions: tuple[Mention, ...]
    chains: tuple[str | None, ...]
    tokens: tuple[Span, ...]


class _Sentence(NamedTuple):
    words: list[str]
    glued: list[bool]
    tags: list[str]
    entities: list[str]
    paragraph: bool


def split_names(data: Path, part: str) -> list[str]:
    """The names of GUM's documents in a part ("dev", "test"), or all the others for "train"; only those at hand."""
    listed: dict[str, set[str]] = {}
    heading = ""
    for line in (data / "gum" / "splits.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
        elif "* GUM" in line or "* GENTLE" in line:
            listed.setdefault(heading, set()).add(line.split("*")[1].strip())
    at_hand = {path.stem for path in (data / "gum" / "coref").glob("*.conll")}
    if part == "train":
        return sorted(at_hand - set().union(*(names for key, names in listed.items() if key != "train")))
    return sorted(at_hand & listed[part])


def gum(data: Path, part: str) -> Iterator[Chained]:
    for name in split_names(data, part):
        yield gum_document(data, name)


def gum_document(data: Path, name: str) -> Chained:
    sentences = list(_conllu((data / "gum" / "dep" / f"{name}.conllu").read_text(encoding="utf-8")))
    document, tokens = _document(sentences)
    tags = [tag for sentence in sentences for tag in sentence.tags]
    typed = _typed_spans([entity for sentence in sentences for entity in sentence.entities])
    chained = _conll_chains((data / "gum" / "coref" / f"{name}.conll").read_text(encoding="utf-8"), len(tokens))
    spans = {span: typed.get(span, "abstract") for span in (*typed, *chained)}
    return _chained(name, document, tokens, tags, spans, chained)


def _conllu(text: str) -> Iterator[_Sentence]:
    paragraph = False
    for part in text.split("\n\n"):
        words: list[str] = []
        glued: list[bool] = []
        tags: list[str] = []
        entities: list[str] = []
        unspaced_until = 0
        for line in part.splitlines():
            if line.startswith("# newpar"):
                paragraph = True
            columns = line.split("\t")
            if len(columns) != 10:
                continue
            if "-" in columns[0]:
                unspaced_until = int(columns[0].split("-")[1])
                continue
            if "." in columns[0]:
                continue
            words.append(columns[1])
            glued.append("SpaceAfter=No" in columns[9] or int(columns[0]) < unspaced_until)
            tags.append(columns[4])
            entities.append(match[1] if (match := re.search(r"Entity=([^|]*)", columns[9])) else "")
        if words:
            yield _Sentence(words, glued, tags, entities, paragraph)
            paragraph = False


def _document(sentences: list[_Sentence]) -> tuple[Document, tuple[Span, ...]]:
    text, tokens, spans, paragraphs = "", [], [], [0]
    for sentence in sentences:
        if text:
            text = text.rstrip(" ") + ("\n\n" if sentence.paragraph else " ")
        if sentence.paragraph:
            paragraphs.append(len(text))
        start = len(text)
        for word, glued in zip(sentence.words, sentence.glued, strict=True):
            tokens.append(Span(len(text), len(text) + len(word)))
            text += word if glued else word + " "
        spans.append(Span(start, tokens[-1].end))
    text = text.rstrip(" ")
    edges = [*sorted(set(paragraphs)), len(text)]
    blocks = [
        Block(Span(start, start + len(text[start:end].rstrip())), "paragraph")
        for start, end in pairwise(edges)
        if text[start:end].strip()
    ]
    return Document(text, Source("0" * 64, "gold"), tuple(blocks), tuple(spans), "en"), tuple(tokens)


def _typed_spans(entities: list[str]) -> dict[tuple[int, int], str]:
    """GUM's `Entity` annotations: "(1-person-new-...(2-place-..." opens, "2)1)" closes."""
    open_: list[tuple[str, str, int]] = []
    found: dict[tuple[int, int], str] = {}
    for index, marks in enumerate(entities):
        for mark in re.findall(r"\([^()]*\)?|[^()]+\)", marks):
            if mark.startswith("("):
                fields = mark.strip("()").split("-")
                open_.append((fields[0], fields[1] if len(fields) > 1 else "abstract", index))
                if mark.endswith(")"):
                    _, kind, start = open_.pop()
                    found[start, index + 1] = kind
            else:
                group = mark.rstrip(")").split("-")[0]
                at = next((k for k in range(len(open_) - 1, -1, -1) if open_[k][0] == group), None)
                if at is not None:
                    _, kind, start = open_.pop(at)
                    found[start, index + 1] = kind
    return found


def _conll_chains(text: str, tokens: int) -> dict[tuple[int, int], str]:
    """Chains of the last column of a CoNLL file: "(3" opens chain 3, "3)" closes it, "(3)" is one token."""
    found: dict[tuple[int, int], str] = {}
    open_: dict[str, list[int]] = {}
    index = 0
    for line in text.splitlines():
        columns = line.split("\t") if "\t" in line else line.split()
        if line.startswith(("#begin", "#end", "# begin", "# end")) or len(columns) < 3:
            continue
        for mark in re.findall(r"\(\d+\)?|\d+\)", columns[-1]):
            chain = mark.strip("()")
            if mark.startswith("("):
                open_.setdefault(chain, []).append(index)
            if mark.endswith(")") and open_.get(chain):
                found[open_[chain].pop(), index + 1] = chain
        index += 1
    if index != tokens:
        raise ValueError(f"{tokens} tokens in the text, {index} in the chains")
    return found


def _chained(
    name: str,
    document: Document,
    tokens: tuple[Span, ...],
    tags: list[str],
    spans: dict[tuple[int, int], str],
    chains: dict[tuple[int, int], str],
) -> Chained:
    mentions, chain_of = [], []
    for first, end in sorted(spans, key=lambda each: (each[0], -each[1])):
        span = Span(tokens[first].start, tokens[end - 1].end)
        form = _form(document.words(span), tags[first:end])
        kind = KINDS.get(spans[first, end], "other")
        mentions.append(Mention(address(document.id, "mention", span), span, kind, form, ORIGIN))
        chain_of.append(chains.get((first, end)))
    return Chained(name, document, tuple(mentions), tuple(chain_of), tokens)


def _form(words: str, tags: list[str]) -> MentionForm:
    """A name where the head is a proper noun: by its tag, or by its capital where there are no tags."""
    if words.lower() in PRONOUNS:
        return "pronoun"
    head = head_word(words)
    if any(tags):
        parts = [part.lower().rstrip(".") for part in words.split()]
        at = next((place for place, part in enumerate(parts) if part.startswith(head)), len(parts) - 1)
        return "name" if tags[min(at, len(tags) - 1)].startswith("NNP") else "nominal"
    capital = re.search(rf"(?i)\b{re.escape(head)}", words)
    first = words.split()[0].lower()
    return "name" if capital and capital[0][:1].isupper() and first not in ("a", "an") else "nominal"
