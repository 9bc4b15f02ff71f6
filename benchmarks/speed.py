"""Speed and memory: words a second beside a spaCy pipeline, stories a second on two cores, memory of a long read.

    PYTHONPATH=.:src python benchmarks/speed.py [--stories 24] [--rounds 3] [--read 10000]

The peer has the architecture of spaCy's en_core_web_sm (tok2vec, tagger, parser, ner) with fresh weights, which cost
what trained ones cost; it finds neither quotations nor who is who. Both read the same stories in turns, on one thread
each, in seconds of processor time, so that a busy machine slows both alike. Stories are made from reports that may
ship (see `benchmarks.build`), about 700 words each. Judges nothing that is found.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.build import stories
from onrecord.find.encoder import encode
from onrecord.find.mentions import coreference_vectors, find_mentions
from onrecord.find.names import find_names
from onrecord.find.quotes import find_quotes
from onrecord.find.statements import find_statements
from onrecord.find.times import find_times
from onrecord.pipeline import put_on_record
from onrecord.read import read_page
from onrecord.record import Document, Page
from onrecord.resolve.coref import resolve_mentions

#: Times in a long read at which memory is looked at.
SAMPLES = 10
#: Stories before the clock starts.
WARM_UP = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=24, help="for words a second, and for each core")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--read", type=int, default=10_000, help="stories of the long read; 0 leaves it out")
    parser.add_argument("--worker", choices=tuple(_WORKERS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(_WORKERS[options.worker](options)))
        return
    print(_words_a_second(*_answers("words", options)))
    print(_stories_a_second(*_answers("stories", options, processes=2)))
    if options.read:
        print(_memory(*_answers("memory", options)))


def _answers(worker: str, options: argparse.Namespace, processes: int = 1) -> list[Any]:
    """What fresh processes of one thread each say, run side by side."""
    command = [sys.executable, __file__, "--worker", worker]
    command += [f"--{name}={getattr(options, name)}" for name in ("stories", "rounds", "read")]
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    environment = {**os.environ, **one_thread}
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(processes)]
    return [json.loads(process.communicate()[0]) for process in started]


def texts(count: int) -> list[str]:
    """So many stories of about 700 words, always the same."""
    return [story["text"] for story in stories(count)]


# --- words a second ------------------------------------------------------------------------------------------------


def _words_a_second(answer: dict[str, float]) -> str:
    words, seconds = answer.pop("words"), answer
    lines = [f"{name}: {words / each:,.0f} words a second of processor time" for name, each in seconds.items()]
    lines += [f"{name}: {seconds['spaCy'] / each:.2f} of spaCy" for name, each in seconds.items() if name != "spaCy"]
    return "\n".join(lines)


def _words_worker(options: argparse.Namespace) -> dict[str, float]:
    read = texts(options.stories + WARM_UP)
    documents = {text: read_page(_page(text))[0] for text in read}
    runs: dict[str, Callable[[str], object]] = {
        "spaCy": spacy_pipeline(read[:WARM_UP]),
        "find and who is who": lambda text: find_and_resolve(documents[text]),
        "page to record": lambda text: put_on_record(_page(text)),
    }
    seconds = _best_seconds(runs, read, options.rounds)
    return {**seconds, "words": sum(len(text.split()) for text in read[WARM_UP:])}


def spacy_pipeline(examples: Sequence[str]) -> Callable[[str], object]:
    """A pipeline of en_core_web_sm's architecture with fresh weights."""
    import spacy
    from spacy.training import Example

    peer = spacy.blank("en")
    width = {"pretrained_vectors": None, "width": 96, "depth": 4, "embed_size": 2000, "window_size": 1}
    width |= {"maxout_pieces": 3, "subword_features": True}
    tok2vec = {"@architectures": "spacy.HashEmbedCNN.v2", **width}
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    peer.add_pipe("tok2vec", config={"model": tok2vec})
    peer.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    peer.add_pipe("parser", config={"model": _transitions("parser", listener, hidden=64, pieces=2)})
    # As in en_core_web_sm, the recogniser has word vectors of its own.
    peer.add_pipe("ner", config={"model": _transitions("ner", tok2vec, hidden=64, pieces=2)})
    taught = [Example.from_dict(peer.make_doc(text), _labels(len(peer.make_doc(text)))) for text in examples]
    peer.initialize(lambda: taught)
    return peer


def _transitions(sort: str, tok2vec: dict[str, object], *, hidden: int, pieces: int) -> dict[str, object]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": sort,
        "extra_state_tokens": False,
        "hidden_width": hidden,
        "maxout_pieces": pieces,
        "use_upper": True,
        "tok2vec": tok2vec,
    }


def _labels(words: int) -> dict[str, object]:
    """As many labels as en_core_web_sm has: 50 tags, 45 relations, 18 kinds of name."""
    return {
        "tags": [f"T{place % 50}" for place in range(words)],
        "heads": [max(place - 1, 0) for place in range(words)],
        "deps": ["ROOT" if place == 0 else f"r{place % 45}" for place in range(words)],
        "entities": [f"U-K{place % 18}" if place % 6 == 0 else "O" for place in range(words)],
    }


def _best_seconds(runs: dict[str, Callable[[str], object]], read: Sequence[str], rounds: int) -> dict[str, float]:
    """The fewest seconds of processor time of each over the stories, the runs taking turns story by story."""
    best = dict.fromkeys(runs, float("inf"))
    for text in read[:WARM_UP]:
        for run in runs.values():
            run(text)
    for _ in range(rounds):
        taken = dict.fromkeys(runs, 0.0)
        for text in read[WARM_UP:]:
            for name, run in runs.items():
                taken[name] += _seconds(run, text)
        best = {name: min(best[name], taken[name]) for name in runs}
    return best


def _seconds(run: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    run(text)
    return time.process_time() - began


def find_and_resolve(document: Document) -> object:
    """All findings of a document that has been read, and who is who among them."""
    scores = encode(document)
    found = find_mentions(document, scores, find_names(document, scores))
    quotes = find_quotes(document)
    quotations = [quote.span for quote in quotes]
    vectors = coreference_vectors(scores, found)
    entities = resolve_mentions(document, found.mentions, quotations=quotations, vectors=vectors)
    return find_times(document), entities, find_statements(document, scores, quotes=quotes, read=encode)


def _page(text: str) -> Page:
    return Page(text.encode("utf-8"), "story.txt", format="text")


# --- stories a second on two cores -----------------------------------------------------------------------------------


def _stories_a_second(*answers: dict[str, float]) -> str:
    elapsed = max(answer["until"] for answer in answers) - min(answer["began"] for answer in answers)
    busy = sum(answer["stories"] / answer["processor_seconds"] for answer in answers)
    stories = sum(answer["stories"] for answer in answers)
    return (
        f"two processes: {stories / elapsed:.1f} stories a second of the clock, "
        f"{busy:.1f} a second of processor time (what two free cores would do)"
    )


def _stories_worker(options: argparse.Namespace) -> dict[str, float]:
    read = texts(options.stories + WARM_UP)
    for text in read[:WARM_UP]:
        put_on_record(_page(text))
    began, busy = time.time(), time.process_time()
    for text in read[WARM_UP:]:
        put_on_record(_page(text))
    took = time.process_time() - busy
    return {"began": began, "until": time.time(), "processor_seconds": took, "stories": options.stories}


# --- memory ----------------------------------------------------------------------------------------------------------


def _memory(answer: dict[str, Any]) -> str:
    samples = ", ".join(f"{number}: {megabytes:.0f}" for number, megabytes in answer["samples"])
    return f"memory (MB in use after so many stories): {samples}; peak {answer['peak']:.0f} MB"


def _memory_worker(options: argparse.Namespace) -> dict[str, object]:
    samples = []
    for number, story in enumerate(stories(options.read), start=1):
        put_on_record(_page(story["text"]))
        if number % max(1, options.read // SAMPLES) == 0:
            samples.append((number, _megabytes("VmRSS")))
    return {"samples": samples, "peak": _megabytes("VmHWM")}


def _megabytes(field: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith(field)).split()[1]) / 1024


#: Each runs in a process of its own, started by `main`.
_WORKERS: dict[str, Callable[[argparse.Namespace], object]] = {
    "words": _words_worker,
    "stories": _stories_worker,
    "memory": _memory_worker,
}


if __name__ == "__main__":
    main()
