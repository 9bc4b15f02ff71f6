"""Sentences: cases are texts with a bar where a sentence ends."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.segment import RULES, explain, segment
from onrecord.record import Block, BlockKind, Span

CASES = [
    "He left.| She stayed.| Nobody spoke.",
    "“We will go.| It is late,” he said.| “Why?” Smith asked.",
    '"Not now," she said.| "Later."| The door closed.',
    "Mr. Smith met Dr. J. K. Jones Jr. of Acme Inc. in the U.S. Senate.| He left.",
    "He lives in the U.S.| The court sits in Washington, D.C.| It met.",
    "It began at 5 p.m. Monday.| It ended at 10 a.m.| Police said so.",
    "On Jan. 6 it rose 3.5 percent to No. 10.| No. 11 fell.",
    "ST. PAUL, Minn. (AP) — One man died.| Two lived.",
    "LONDON, Jan. 6 (Reuters) - Shares fell.| They rose.",
    "George W. Bush and Harry S. Truman met.| They talked.",
    "“Why?” asked Mr. Brown.| “Because!” she shouted.| He laughed.",
    "“I … I don’t know,” he said.| “Well ...| Maybe.”| He paused.",
    "He paid $1.5 million (about £1.1 million).| (It was late.)| They left.",
    "She works for Yahoo! News.| He does not.",
    "“It was in the U.S.”| The judge agreed.",
    "J.K. Rowling wrote it.| W.H. Auden did not.",
    "Lt. Col. Ann Lee, e.g. in Pa. and Calif., spoke vs. Gen. Ray.| He replied.",
    "Choose Plan B.| The rest is vitamin C.| We know.",
    "He said: “Go.| Now.”| She went.",
    "Is it true?!| Yes!| “No…”| He sighed.",
    "She said, 'We lost.'| He wept.",
    "He works at Acme Corp. — a firm in Vt. (see map) — and sings.| He is 30.",
    "He was famous.[1] [2]| She (b. 1951) knew.“| His Op. 46 is long. [4]| It ends.",
    "[George H. W.] Bush won.| He lost.",
    "Il n’est pas là.| “Oui.”",
]


def whole(text: str, kind: BlockKind = "paragraph") -> tuple[Block, ...]:
    return (Block(Span(0, len(text)), kind),)


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_the_bars_are(case: str) -> None:
    text = case.replace("|", "")
    found = [text[span.start : span.end] for span in segment(text, whole(text))]
    assert found == [sentence.strip() for sentence in case.split("|")]


def test_lists_hold_one_sentence_a_line_at_least() -> None:
    text = "First thing\nSecond thing\nThird. Fourth"
    found = [text[span.start : span.end] for span in segment(text, whole(text, "list"))]
    assert found == ["First thing", "Second thing", "Third.", "Fourth"]


def test_a_wrapped_paragraph_is_not_cut_at_line_ends() -> None:
    text = "A line that\r\ngoes on. Another\r\none."
    assert len(segment(text, whole(text))) == 2


def test_the_debug_view_names_the_rule() -> None:
    text = "Mr. Smith left. He ran."
    assert [(each.rule, each.splits) for each in explain(text, whole(text))] == [
        ("before_name", False),
        ("otherwise", True),
    ]


def test_every_rule_decides_some_case() -> None:
    decided = {each.rule for case in CASES for text in (case.replace("|", ""),) for each in explain(text, whole(text))}
    extra = "1. The first thing is this.\n2. The second."
    decided |= {each.rule for each in explain(extra, whole(extra))}
    assert {rule.__name__ for rule in RULES} <= decided


PIECES = ". ! ? … “ ” \" ' ’ ( ) \n \r\n a.m. U.S. Mr. A. 10 The the said I No. — -"
pieces = st.lists(
    st.sampled_from(
        [*". ! ? … “ ” \" ' ’ ( ) \n \r\n a.m. U.S. Mr. A. 10 The the said I No. — -".split(" "), " ", "\u200b", "é"]
    )
)


@given(pieces.map("".join) | st.text())
def test_sentences_lie_in_their_block_in_order_and_cover_it(text: str) -> None:
    if not text:
        return
    spans = segment(text, whole(text))
    assert all(left.end <= right.start for left, right in pairwise(spans))
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert all(at in covered or text[at].isspace() for at in range(len(text)))
    assert all(not text[span.start].isspace() and not text[span.end - 1].isspace() for span in spans)


@given(st.lists(pieces.map("".join).filter(bool), min_size=2, max_size=4))
def test_sentences_never_cross_blocks(texts: list[str]) -> None:
    blocks, at = [], 0
    for each in texts:
        blocks.append(Block(Span(at, at + len(each)), "paragraph"))
        at += len(each)
    for span in segment("".join(texts), blocks):
        assert any(block.span.covers(span) for block in blocks)


@pytest.mark.parametrize("unit", [".", "?”", "a", '"', "“", ". ", "\n", "A.", "!)", "Mr. ", "x. “"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    segment(text, whole(text))
    assert time.process_time() - started < 3
