"""Who is who: OntoGUM documents from raw text, and the CoNLL score of the chains that onrecord finds.

    python -m benchmarks.coreference [DATA] [--part dev] [--gold-mentions]

DATA holds `gum/` (default ../shared/data; https://github.com/amir-zeldes/gum, OntoGUM's chains in `gum/coref`). Text
and paragraphs are given; sentences, mentions and chains are found. A name counts with all that belongs to its phrase,
as GUM marks it ("President Ann Lee, 84"), and not at all where it only modifies ("the Greek islands"). Chains of one
mention are not scored. `--gold-mentions` gives the ranker GUM's mentions.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from training.coreference_data import Chained, gum

from benchmarks.coreference_score import Tally
from onrecord.find.encoder import Encoder, Scores, encode, load_encoder
from onrecord.find.mentions import Found, coreference_vectors, find_mentions, head_end
from onrecord.find.names import find_names
from onrecord.find.quotes import find_quotes
from onrecord.read.segment import segment
from onrecord.record import Document, Span
from onrecord.resolve.coref import resolve_mentions

PUBLISHED = {"SpanBERT, OntoGUM 2021 test": 64.6, "CoreNLP deterministic, OntoGUM 2021 test": 39.7}


def chains_found(document: Document, encoder: Encoder) -> list[set[Span]]:
    scores = encode(document, encoder)
    return _chains(document, find_mentions(document, scores, find_names(document, scores)), scores)


def chains_on_gold_mentions(chained: Chained, encoder: Encoder) -> list[set[Span]]:
    mentions = chained.mentions
    spans = tuple(mention.span for mention in mentions)
    ends = tuple(head_end(chained.document, span) for span in spans)
    found = Found(mentions, spans, (True,) * len(mentions), ends)
    return _chains(chained.document, found, encode(chained.document, encoder))


def _chains(document: Document, found: Found, scores: Scores) -> list[set[Span]]:
    quotations = [quote.span for quote in find_quotes(document)]
    vectors = coreference_vectors(scores, found)
    entities = resolve_mentions(document, found.mentions, quotations=quotations, vectors=vectors)
    phrases = zip(found.mentions, found.phrases, found.heads, strict=True)
    phrase_of = {mention.id: phrase for mention, phrase, heads in phrases if heads}
    return [{phrase_of[id_] for id_ in entity.mentions if id_ in phrase_of} for entity in entities]


def gold_chains(chained: Chained) -> list[set[Span]]:
    chains: dict[str, set[Span]] = defaultdict(set)
    for mention, chain in zip(chained.mentions, chained.chains, strict=True):
        if chain is not None:
            chains[chain].add(mention.span)
    return list(chains.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", default="dev")
    parser.add_argument("--gold-mentions", action="store_true")
    options = parser.parse_args()
    encoder = load_encoder()
    every, genres = Tally(), defaultdict[str, Tally](Tally)
    for chained in gum(options.data, options.part):
        document = chained.document
        document = replace(document, sentences=segment(document.text, document.blocks))
        found = chains_on_gold_mentions(chained, encoder) if options.gold_mentions else chains_found(document, encoder)
        for tally in (every, genres[chained.name.split("_")[1]]):
            tally.add(gold_chains(chained), found)
    for name, tally in (("all", every), *sorted(genres.items())):
        print(
            f"{name:13}",
            "   ".join(f"{what} {tally.f1(what):.1f}" for what in ("conll", "muc", "b3", "ceaf", "mention")),
        )
    for name, figure in PUBLISHED.items():
        print(f"published: {name}: {figure}")


if __name__ == "__main__":
    main()
