"""Readers of the corpora as published: folder -> Annotated documents. training/README.md says where each is had.

Each reader is one public function; what a corpus does not label stays None.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.annotated import Annotated, Attribution
from training.detokenise import detokenise, in_paragraphs

Span = tuple[int, int]


def polnear(folder: Path) -> Iterator[Annotated]:
    """PolNeAR 1.0: sources, cues, contents. Of a document with several annotators the first file is taken."""
    for split in ("train", "dev"):
        for path in sorted((folder / split / "text").glob("*.txt")):
            files = sorted((folder / split / "attributions").glob(f"{path.stem}_????.ann"))
            if files:
                text = path.read_bytes().decode("utf-8")
                yield Annotated("polnear", path.stem, split, text, attributions=_brat_attributions(files[0], text))


def _brat_attributions(path: Path, text: str) -> tuple[Attribution, ...]:
    spans: dict[str, tuple[Span, ...]] = {}
    found: list[Attribution] = []
    lines = path.read_bytes().decode("utf-8").split("\n")
    for line in lines:
        if line.startswith("T") and line.count("\t") >= 1:
            key, place = line.split("\t")[:2]
            offsets = place.split(" ", 1)[1].split(";")
            spans[key] = tuple(_trimmed(text, *map(int, offset.split())) for offset in offsets)
    for line in lines:
        if line.startswith("E"):
            parts: dict[str, list[Span]] = defaultdict(list)
            for role, key in re.findall(r"(Source|Cue|Content)\d*:(T\d+)", line):
                parts[role] += spans.get(key, ())
            if parts:
                found.append(Attribution(*(tuple(sorted(parts[role])) for role in ("Source", "Cue", "Content"))))
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


_WORLDWIDE = {
    "Person": "person",
    "Location": "place",
    "Organization": "organisation",
    "NORP": "group",
    "Facility": "facility",
    "Product": "product",
    "Misc": "other",
}


def worldwide(folder: Path) -> Iterator[Annotated]:
    """Worldwide English newswire: names. Its dates and sums of money are no names."""
    for split in ("train", "dev"):
        for path in sorted((folder / split).glob("*.tsv")):
            yield _tagged(path, "worldwide", split, _WORLDWIDE)


_WNUT = {
    "person": "person",
    "location": "place-or-facility",
    "corporation": "organisation",
    "group": "organisation-or-group",
    "creative-work": "other",
    "product": "product",
}


def wnut17(folder: Path) -> Iterator[Annotated]:
    """WNUT 2017: rare names in noisy text; forty posts make one document."""
    for file, split in (("wnut17train.conll", "train"), ("emerging.dev.conll", "dev")):
        sentences = list(_tagged_sentences((folder / file).read_text(encoding="utf-8")))
        for first in range(0, len(sentences), 40):
            some = sentences[first : first + 40]
            yield _from_tags([[sentence] for sentence in some], "wnut17", f"{file}-{first}", split, _WNUT)


def _tagged(path: Path, corpus: str, split: str, kinds: dict[str, str]) -> Annotated:
    sentences = list(_tagged_sentences(path.read_text(encoding="utf-8")))
    paragraphs = in_paragraphs(sentences, zlib.crc32(path.name.encode()) % 997)
    return _from_tags(paragraphs, corpus, path.name.removesuffix(".txt.tsv"), split, kinds)


def _tagged_sentences(content: str) -> Iterator[list[tuple[str, str]]]:
    sentence: list[tuple[str, str]] = []
    for line in content.split("\n"):
        # A few lines of Worldwide hold several tabs: the first field is the token, the last its tag.
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) > 1 and fields[0] and fields[-1]:
            sentence.append((fields[0], fields[-1]))
        elif sentence and not line.strip():
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _from_tags(
    paragraphs: Sequence[Sequence[Sequence[tuple[str, str]]]], corpus: str, id_: str, split: str, kinds: dict[str, str]
) -> Annotated:
    text, spans = detokenise([[[token for token, _ in sentence] for sentence in some] for some in paragraphs])
    names: list[tuple[int, int, str]] = []
    place = 0
    for some in paragraphs:
        for sentence in some:
            open_kind = ""
            for _, tag in sentence:
                start, end = spans[place]
                place += 1
                prefix, _, label = tag.partition("-")
                kind = kinds.get(label, "")
                if kind and prefix in {"I", "E"} and kind == open_kind:
                    names[-1] = (names[-1][0], end, kind)
                elif kind:
                    names.append((start, end, kind))
                open_kind = kind
    return Annotated(corpus, id_, split, text, names=tuple(names), scheme=corpus)


_GUM_KINDS = {
    "person": "person",
    "organization": "organisation",
    "place": "place",
    "event": "event",
    "time": "time",
}


def gum(folder: Path) -> Iterator[Annotated]:
    """GUM with the chains of OntoGUM: mentions of every kind from GUM, who-is-who from OntoGUM."""
    splits = _gum_splits(folder / "splits.md")
    for path in sorted((folder / "dep").glob("*.conllu")):
        text, spans, entities = _conllu(path)
        chains = _ontogum(folder / "coref" / f"{path.stem}.conll", len(spans))
        if chains is None:
            continue
        mentions = {span: (kind, None) for span, kind in entities.items()}
        for span, chain in chains.items():
            mentions[span] = (mentions.get(span, (None, None))[0], chain)
        found = sorted((spans[a][0], spans[b][1], kind, chain) for (a, b), (kind, chain) in mentions.items())
        yield Annotated("gum", path.stem, splits.get(path.stem, "train"), text, mentions=tuple(found))


def _gum_splits(path: Path) -> dict[str, str]:
    splits: dict[str, str] = {}
    current = ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("## "):
            current = line[3:].strip()
        elif line.strip().startswith("* "):
            splits[line.strip()[2:]] = current
    return splits


def _conllu(path: Path) -> tuple[str, list[Span], dict[Span, str]]:
    """Text, span of each token, and GUM's entities as token ranges (both ends included)."""
    parts: list[str] = []
    length = 0
    spans: list[Span] = []
    entities: dict[Span, str] = {}
    open_entities: list[tuple[str, int, str]] = []
    glue = True
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newpar") and not line.startswith("# newpar_block") and parts:
            parts.append("\n")
            length += 1
            glue = True
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        if not glue:
            parts.append(" ")
            length += 1
        form, misc = columns[1], columns[9]
        spans.append((length, length + len(form)))
        parts.append(form)
        length += len(form)
        glue = "SpaceAfter=No" in misc
        _gum_entities(misc, len(spans) - 1, open_entities, entities)
    return "".join(parts), spans, entities


def _gum_entities(misc: str, token: int, open_entities: list[tuple[str, int, str]], entities: dict[Span, str]) -> None:
    value = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
    for mark in re.findall(r"\([^()]+\)?|[^()]+\)", value):
        if mark.startswith("("):
            fields = mark.strip("()").split("-")
            kind = _GUM_KINDS.get(fields[1] if len(fields) > 1 else "", "other")
            if mark.endswith(")"):
                entities[(token, token)] = kind
            else:
                open_entities.append((fields[0], token, kind))
        else:
            key = mark.rstrip(")").split("-")[0]
            for at in range(len(open_entities) - 1, -1, -1):
                if open_entities[at][0] == key:
                    _, start, kind = open_entities.pop(at)
                    entities[(start, token)] = kind
                    break


def _ontogum(path: Path, tokens: int) -> dict[Span, int] | None:
    """Mentions of OntoGUM as token ranges, with their chain; None where its tokens are not those of GUM."""
    if not path.exists():
        return None
    marks = [line.split("\t")[-1] for line in path.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return _chains(marks) if len(marks) == tokens else None


def _chains(marks: Sequence[str]) -> dict[Span, int]:
    """The last column of CoNLL-2012, token by token -> (first token, last token): chain."""
    open_mentions: dict[int, list[int]] = defaultdict(list)
    chains: dict[Span, int] = {}
    for token, mark in enumerate(marks):
        for opened, number, closed in re.findall(r"(\()?(\d+)(\))?", mark):
            if opened:
                open_mentions[int(number)].append(token)
            if closed and open_mentions[int(number)]:
                chains[(open_mentions[int(number)].pop(), token)] = int(number)
    return chains


def litbank(folder: Path) -> Iterator[Annotated]:
    """LitBank: chains of people and places in novels, and direct speech."""
    for path in sorted((folder / "coref" / "conll").glob("*.conll")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("#")]
        sentences, marks = _litbank_sentences(rows)
        quotes = folder / "quotations" / "tsv" / f"{path.stem}.ann"
        paragraphs = _prose_paragraphs(sentences)
        text, spans = detokenise(paragraphs)
        mentions = [(spans[a][0], spans[b][1], None, chain) for (a, b), chain in _chains(marks).items()]
        yield Annotated(
            "litbank",
            path.stem,
            "train",
            text,
            quotations=_litbank_quotes(quotes, sentences, spans),
            mentions=tuple(sorted(mentions, key=lambda mention: mention[:2])),
            mentions_complete=False,
        )


def _litbank_sentences(rows: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[str]]:
    sentences: list[list[str]] = [[]]
    marks: list[str] = []
    for row in rows:
        if len(row) < 5:
            if sentences[-1]:
                sentences.append([])
            continue
        sentences[-1].append(row[3])
        marks.append(row[-1])
    return [sentence for sentence in sentences if sentence], marks


def _prose_paragraphs(sentences: Sequence[list[str]]) -> list[list[list[str]]]:
    """A novel's paragraphs are lost: a new one wherever a sentence opens speech, else every three sentences."""
    paragraphs: list[list[list[str]]] = []
    for sentence in sentences:
        if not paragraphs or sentence[0] in {'"', "“", "``", "‘"} or len(paragraphs[-1]) == 3:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return paragraphs


def _litbank_quotes(path: Path, sentences: Sequence[Sequence[str]], spans: Sequence[Span]) -> tuple[Span, ...] | None:
    if not path.exists():
        return None
    firsts = [0]
    for sentence in sentences:
        firsts.append(firsts[-1] + len(sentence))
    found: list[Span] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        fields = line.split("\t")
        if fields[0] == "QUOTE":
            a, b, c, d = map(int, fields[2:6])
            found.append((spans[firsts[a] + b][0], spans[firsts[c] + d][1]))
    return tuple(sorted(found))


def timebank(folder: Path) -> Iterator[Annotated]:
    """TimeBank and AQUAINT as cleaned for TempEval-3: TIMEX3 time expressions."""
    for path in sorted((folder / "TBAQ-cleaned").rglob("*.tml")):
        body = ElementTree.fromstring(path.read_bytes()).find("TEXT")
        if body is None:
            continue
        text, times = _timex(body)
        yield Annotated("timebank", path.stem, _fifth(path.stem), text, times=times)


def _fifth(id_: str) -> str:
    """These corpora publish no split of ours to use: every fifth document, by hash of its name, is kept to tune on."""
    return "dev" if zlib.crc32(id_.encode()) % 5 == 0 else "train"


def _timex(body: ElementTree.Element) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    parts: list[str] = []
    times: list[tuple[int, int, str]] = []

    def walk(element: ElementTree.Element) -> None:
        start = sum(map(len, parts))
        parts.append(element.text or "")
        for child in element:
            walk(child)
            parts.append(child.tail or "")
        if element.tag == "TIMEX3":
            times.append((start, sum(map(len, parts)), element.get("type", "DATE").lower()))

    walk(body)
    return _unwrapped("".join(parts)), tuple(time for time in times if time[0] < time[1])


def _unwrapped(text: str) -> str:
    """Single line breaks are only the width of a line: made spaces, character by character."""
    return re.sub(r"(?<!\n)\n(?!\s*\n)", " ", text)


_MEANTIME = {"PER": "person", "ORG": "organisation", "LOC": "place", "PRO": "product", "FIN": "other", "MIX": "other"}


def meantime(folder: Path) -> Iterator[Annotated]:
    """MEANTIME: names and times of the first six sentences of Wikinews reports; the rest is not annotated."""
    for path in sorted((folder / "data").glob("*/intra-doc_annotation/*/*.xml")):
        root = ElementTree.fromstring(path.read_bytes())
        sentences: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for token in root.iter("token"):
            sentences[int(token.get("sentence", 0))].append((token.get("t_id", ""), token.text or ""))
        read = [sentences[number] for number in sorted(sentences) if number <= 5]
        text, spans = detokenise([[[form for _, form in sentence]] for sentence in read])
        place = dict(zip([key for sentence in read for key, _ in sentence], spans, strict=True))
        yield Annotated(
            "meantime",
            path.stem,
            _fifth(path.stem),
            text,
            names=_meantime_names(root, place, text),
            scheme="meantime",
            times=tuple(sorted(_anchored(root, "TIMEX3", place, "type"))),
        )


def _meantime_names(root: ElementTree.Element, place: dict[str, Span], text: str) -> tuple[tuple[int, int, str], ...]:
    kinds = {entity.get("m_id"): _MEANTIME.get(entity.get("ent_type", ""), "other") for entity in root.iter("ENTITY")}
    entity_of = {
        source.get("m_id"): kinds[target.get("m_id")]
        for link in root.iter("REFERS_TO")
        for target in link.iter("target")
        for source in link.iter("source")
        if target.get("m_id") in kinds
    }
    found = [
        name
        for mention in root.iter("ENTITY_MENTION")
        if mention.get("syntactic_type") in {"NAM", "PRE.NAM"} and mention.get("m_id") in entity_of
        for start, end in _anchors(mention, place)
        for name in _written_as_name(text, start, end, entity_of[mention.get("m_id")])
    ]
    return maximal(found)


def _anchored(root: ElementTree.Element, tag: str, place: dict[str, Span], kind: str) -> Iterator[tuple[int, int, str]]:
    for markable in root.iter(tag):
        for start, end in _anchors(markable, place):
            yield start, end, markable.get(kind, "").lower()


def _anchors(markable: ElementTree.Element, place: dict[str, Span]) -> Iterator[Span]:
    keys = [anchor.get("t_id", "") for anchor in markable.iter("token_anchor")]
    if keys and all(key in place for key in keys):
        yield min(place[key][0] for key in keys), max(place[key][1] for key in keys)


def maximal(spans: Sequence[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """The spans that lie in no longer one, in text order."""
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(set(spans), key=lambda span: (span[0] - span[1], span)):
        if all(end <= left or right <= start for left, right, _ in kept):
            kept.append((start, end, kind))
    return tuple(sorted(kept))


_RE3D = {
    "Organisation": "organisation",
    "Location": "place",
    "Person": "person",
    "Nationality": "group",
    "MilitaryPlatform": "product",
    "Weapon": "product",
    "Vehicle": "product",
    "DocumentReference": "other",
}


def re3d(folder: Path) -> Iterator[Annotated]:
    """re3d: of its entities those written as names, without a leading article; descriptions are left out."""
    for path in sorted(folder.glob("*/documents.json")):
        entities: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for line in (path.parent / "entities.json").read_text(encoding="utf-8").split("\n"):
            if line.strip():
                entity = json.loads(line)
                if entity["type"] in _RE3D:
                    span = (entity["begin"], entity["end"], _RE3D[entity["type"]])
                    entities[entity["documentId"]].append(span)
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                document = json.loads(line)
                text = document["text"]
                names = [name for span in entities[document["_id"]] for name in _written_as_name(text, *span)]
                yield Annotated("re3d", document["_id"], "train", text, names=maximal(names), scheme="re3d")


#: Articles and titles that these corpora count as part of a name, and Worldwide does not.
_BEFORE_NAME = re.compile(
    r"(?:(?:the|an?|Mr|Mrs|Ms|Dr|Sir|Gen|Lt|Col|Maj|Adm|Sgt|Deputy|Foreign|Defen[cs]e|Prime|Secretary|Minister|President|"
    r"Spokes\w+|General|Colonel|Major|Admiral|Commander|Ambassador|Special|Envoy|Representative|Senator|King|Prince|"
    r"Secretary of State|Secretary-General|Chancellor|Assistant|Under|Vice|Chairman|Director)\b\.?\s+)+",
    re.IGNORECASE,
)


def _written_as_name(text: str, start: int, end: int, kind: str) -> Iterator[tuple[int, int, str]]:
    before = _BEFORE_NAME.match(text[start:end])
    start += before.end() if before else 0
    words = re.findall(r"[^\W\d_]+", text[start:end])
    small = {"of", "the", "and", "for", "in", "on", "al", "de", "s", "to"}
    if words and words[0][0].isupper() and all(word[0].isupper() or word in small for word in words):
        yield start, end, kind


READERS = {
    "polnear": polnear,
    "worldwide": worldwide,
    "wnut17": wnut17,
    "gum": gum,
    "litbank": litbank,
    "timebank": timebank,
    "meantime": meantime,
    "re3d": re3d,
}
