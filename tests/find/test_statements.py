from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn import Drawn, document_of, draw
from onrecord.find.attributions import Attribution
from onrecord.find.bounds import keep_quotes_together
from onrecord.find.encoder import Scores, line_spans
from onrecord.find.labels import TAGS, VECTORS
from onrecord.find.paragraphs import paragraphs_of
from onrecord.find.repairs import _apart_in_order
from onrecord.find.source_bounds import take_apposed_names
from onrecord.find.statements import _one_of_each, find_statements
from onrecord.find.story import Story
from onrecord.read import read_page
from onrecord.record import Origin, Page, Span, Statement
from scores import make_scores

# Marks: [s1:source] [k1:cue] [c1:content], one number a statement. What stands in no marks is not claimed.

SHAPES = {
    "cue after": "[c1:“We will go,”] [k1:said] [s1:Pavel Kukhta].",
    "subject before cue": "[c1:“We will go,”] [s1:he] [k1:said].",
    "cue before": "[s1:Kukhta] [k1:said]: [c1:“We will go.”]",
    "cue before, comma": "[s1:She] [k1:said], [c1:“We will go.”]",
    "interrupted and resumed": "[c1:“We will go,”] [s1:she] [k1:said]. [c1:“We will not stay.”]",
    "interrupted inside a sentence": "[c1:“We will go,”] [s1:she] [k1:said], [c1:“and we will not stay.”]",
    "two cues, two statements": "[c1:“We will go,”] [s1:she] [k1:said]. [c2:“Soon, I hope,”] [s2:she] [k2:added].",
    "adverb and auxiliary": "[c1:“We will go,”] [s1:he] [k1:has repeatedly said].",
    "indirect": "[s1:Police] [k1:said] [c1:there was no evidence of foul play].",
    "indirect with that": "[s1:Kukhta] [k1:insisted] [c1:that his support was not about revenge].",
    "indirect after its clause": "[c1:The unit is ready to leave], [s1:he] [k1:said].",
    "indirect before a hearer": "[c1:The dam, built in May, was old], [s1:the head of the port] [k1:told] an inquiry.",
    "inserted": "[c1:Weakening the army], [s1:volunteers] [k1:say], [c1:would also weaken the president].",
    "two clauses": "[s1:Police] [k1:said] [c1:there was no evidence], but [s2:Kukhta] [k2:says] [c2:he knows better].",
    "mixed": "[s1:He] [k1:said] [c1:he would fight “to make Belarus independent”].",
    "according to, after": "[c1:The bridge was closed at noon], [k1:according to] [s1:the mayor].",
    "according to, before": "[k1:According to] [s1:court papers], [c1:the bridge was closed at noon].",
    "a scrap that is somebody's word": "[s1:Lukashenko] [k1:called] [c1:them “crazy citizens”].",
    "dash signature": "[c1:“We will go to the end of the world.”] [k1:–] [s1:Pavel Kukhta]",
    "dash signature below": "[c1:“We will go to the end of the world.”]\n\n[k1:—] [s1:Pavel Kukhta, recruiter]",
    "name and colon": "[s1:Pavel Kukhta][k1::] [c1:“We will go to the end of the world.”]",
    "sourceless": "[c1:The election] [k1:was widely seen] [c1:as fraudulent].",
    "sourceless that": "[k1:It is believed] [c1:that the minister has fled].",
    "said inside what was said": "[s1:Kukhta] [k1:says] [c1:[s2:he] [k2:is certain] [c2:Krivtsov was killed]].",
    "British singles": "[c1:'We don't know the workers' names,'] [s1:she] [k1:said].",
    "quote inside a quote": "[c1:“He told me ‘go home’ and I went,”] [k1:said] [s1:Smith].",
    "closer left out on purpose": "[c1:“We will go.]\n\n[c1:“We will not stay,”] [k1:said] [s1:Smith].",
    "paragraphs after the cue": "[c1:“We will go,”] [k1:said] [s1:Smith]. [c1:“We must.]\n\n[c1:“We will not stay.”]",
    "next paragraph quoted alone": "[c1:“We will go,”] [k1:said] [s1:Smith].\n\n[c1:“We will not stay here.”]",
    "opener missing": "He left.\n\n[c1:We will not stay,”] [k1:said] [s1:Smith].",
    "interview": "[s1:Q][k1::] [c1:You go?]\n\n[s2:A][k2::] [c2:We will.]\n\n[c2:Soon.]\n\n[s3:Q][k3::] [c3:When?]",
    "transcript": (
        "[s1:SMITH][k1::] [c1:We go.]\n\n[s2:JONES][k2::] [c2:When?]\n\n"
        "[s3:SMITH][k3::] [c3:Now.]\n\n[s4:JONES][k4::] [c4:Good.]"
    ),
    "after narration, on its own": (
        "[c1:“We will go,”] [s1:he] [k1:said]. Then he left for the border.\n\n[c2:“We will not stay here.”]"
    ),
    "comma outside the marks": "[c1:“We will go to the border”], [s1:he] [k1:said].",
    "opener on the wrong side of its blank": '[s1:Smith] [k1:said],[c1:" We liked how it all looked"]. He left.',
    "a subject after the verb has its own verb": "[s1:Helen Dacre] [k1:said] [c1:the signs 'aren't perfect'].",
    "source with a title": "[c1:“We will go,”] [k1:said] [s1:Lt. Gen. Mark O’Neill].",
    "set off below its cue": "[s1:The governor] [k1:added]:\n\n[c1:He knows nothing at all. People here know it well.]",
    "set off below a place": "[s1:Smith] [k1:wrote] on Facebook:\n\n[c1:We have seen worse days than these.]",
    "a subject with its party": "[s1:Mayor Lena Ortiz (D-Calif.)] [k1:said] [c1:that the vote was a mistake].",
    "a subject with its party, set off": "[c1:“We will go,”] [s1:Ray Coop (D), the mayor's rival], [k1:said].",
    "a reporter's question before the answer": (
        "[s1:Perkins] [k1:said] [c1:she skipped class]. Why did she want to come? [c2:“It was on my list. I had to.”]"
    ),
    "source of a group": "[c1:“We will go,”] [k1:said] [s1:a spokesman for the ministry].",
}


def test_a_contracted_auxiliary_is_no_part_of_a_source() -> None:
    drawn = draw("[s1:They’ve] [k1:told the court] [c1:that the bridge was safe].")
    found = find_statements(drawn.document, _scores(drawn))
    assert [drawn.document.words(one.source) for one in found if one.source] == ["They"]


LEAVES_ALONE = {
    "what has been reported": "As of Monday, 41 cases of the fever had been reported.",
    "what is predicted by nobody": "The dams are full, and more rain is predicted this week.",
    "told, but not by whom": "After the dentist had seen something unusual, he was told.",
    "telling a joke": "LEEDS, England - On Friday, the third day of the tour, the mayor told a joke.",
    "what is to be seen below": "See all of Smith’s remarks below:\n\nFollow our reporters on every channel there is.",
    "a list that somebody announced": "The mayor said on Friday:\n\n• Roads will be closed.\n\n• Schools stay open.",
    "title of a work": "He starred in “The Longest Day” and wrote “War and Peace”.",
    "nickname": "John “Johnny” Smith leads the unit.",
    "name of a unit": "Smith leads a unit called “Pahonia” which trains recruits.",
    "scare quotes": "The “experts” came to the so-called “peace talks” in Minsk.",
    "term": "No “velvet revolution” can be expected here.",
    "a sign": "The street is known as “the Strip”.",
    "plain narration": "The unit left for the border on Monday. It was cold.",
    "note of the editor": "Note: this story has been updated.\n\nCorrection: the name was wrong.",
    "speech without words": "The minister gave a speech and left.",
    "said as a noun": "The saying goes on. The report is long.",
    "title of a song": "The band have written a song about it, 'Up to the Knees'.",
    "measure": 'The board is 6\'2" long and 4" wide.',
}


def _expected(drawn: Drawn) -> set[tuple[str | None, str | None, tuple[str, ...]]]:
    numbers = sorted({label[1:] for label, _ in drawn.spans})

    def first(label: str) -> str | None:
        spans = drawn.labelled(label)
        return drawn.document.words(spans[0]) if spans else None

    return {
        (first(f"s{n}"), first(f"k{n}"), tuple(drawn.document.words(span) for span in drawn.labelled(f"c{n}")))
        for n in numbers
    }


def _found(drawn: Drawn, statements: tuple[Statement, ...]) -> set[tuple[str | None, str | None, tuple[str, ...]]]:
    words = drawn.document.words
    return {
        (
            None if one.source is None else words(one.source),
            None if one.cue is None else words(one.cue),
            tuple(words(span) for span in one.content),
        )
        for one in statements
    }


@pytest.mark.parametrize("marked", SHAPES.values(), ids=SHAPES.keys())
def test_finds_by_shape(marked: str) -> None:
    drawn = draw(marked)
    assert _found(drawn, find_statements(drawn.document)) == _expected(drawn)


@pytest.mark.parametrize("marked", SHAPES.values(), ids=SHAPES.keys())
def test_finds_what_the_model_sees_too(marked: str) -> None:
    drawn = draw(marked)
    assert _found(drawn, find_statements(drawn.document, _scores(drawn))) == _expected(drawn)


@pytest.mark.parametrize("text", LEAVES_ALONE.values(), ids=LEAVES_ALONE.keys())
def test_leaves_alone(text: str) -> None:
    document = document_of(text)
    assert find_statements(document) == ()
    assert find_statements(document, make_scores(text)) == ()


MODEL_ONLY = {
    "cue of no lexicon": "[s1:The unit] [k1:made no secret of] [c1:its plan to leave].",
    "source shared by two cues": "[s1:The mayor] [k1:said] [c1:it was early], [k2:adding] [c2:that he would wait].",
    "content around its cue": "[c1:The attack], [s1:officials] [k1:believe], [c1:was a mistake].",
    "source across a paragraph": "[s1:The minister] [k1:was blunt].\n\n[c1:“We will never go there again.”]",
}


@pytest.mark.parametrize("marked", MODEL_ONLY.values(), ids=MODEL_ONLY.keys())
def test_finds_by_model(marked: str) -> None:
    drawn = draw(marked)
    expected = {(source or "The mayor", cue, content) for source, cue, content in _expected(drawn)}
    assert _found(drawn, find_statements(drawn.document, _scores(drawn))) == expected


REPAIRED = {
    # what the model sees -> what is made of it
    "content stops short of the closing mark": (
        "[c1:“We will go to the border and stay], ” [s1:he] [k1:said].",
        "“We will go to the border and stay, ”",
    ),
    "half of a quote": (
        "[c1:“We will go. We will stay] there,” [s1:he] [k1:said].",
        "“We will go. We will stay there,”",
    ),
    "first sentence of a quote": (
        "[c1:“We go to the border.] Nobody shall stop us,” [s1:he] [k1:said].",
        "“We go to the border. Nobody shall stop us,”",
    ),
}


KEPT_APART = {
    # one run of the model's content -> the statements that the text has
    "a question of the reporter stands between": (
        "[s1:Smith] [k1:admitted] [c1:she would skip class. Why did she want to come? “It is Warhol. He is a legend.”]",
        [("she would skip class",), ("“It is Warhol. He is a legend.”",)],
    ),
    "the quote goes on at once": (
        "[s1:Smith] [k1:said] [c1:she would skip class. “It is Warhol. He is a legend.”]",
        [("she would skip class. “It is Warhol. He is a legend.”",)],
    ),
    "two cues": (
        "[s1:Posts] [k1:theorized] [c1:that the site was down], and wrote [c1:that it loaded slowly].",
        [("that the site was down",), ("that it loaded slowly",)],
    ),
    "headline and lead": (
        "[c1:Ministry moved files], [s1:officials] [k1:say]\n\n[c1:The ministry moved boxes of files at night].",
        [("Ministry moved files",)],
    ),
    "what others expected": (
        "[k1:According to] [s1:the bank], [c1:losses are 26 cents a share, worse than most analysts had forecast].",
        [("losses are 26 cents a share",)],
    ),
    "narration stands between": (
        "[c1:“We liked the old place,”] [s1:she] [k1:said]. The house was sold in May. [c1:“He was a legend here.”]",
        [("“We liked the old place,”",), ("“He was a legend here.”",)],
    ),
    "another colon leads in": (
        "[c1:“We liked the old place,”] [k1:said] [s1:Smith].\n\nJones went on:\n\n“He was a legend here.”",
        [("“We liked the old place,”",), ("“He was a legend here.”",)],
    ),
    "what somebody is labelled": ("It came from [s1:a user] [k1:labelled] [c1:“Anonymous”].", []),
    "a title that is cited": ("[s1:Anonymous blogger], [c1:“Anon declares war on the Church”]", []),
}


def test_a_cue_with_words_of_its_own_leads_to_none_in_the_next_paragraph() -> None:
    drawn = draw("[c1:Ministry moved files], [s1:officials] [k1:say]\n\n[c1:Boxes were moved at night], two said.")
    first, *_ = find_statements(drawn.document, _scores(drawn))
    assert [drawn.words(span) for span in first.content] == ["Ministry moved files"]


MODES_BY_CONTENT = {
    "[s1:The unions] [k1:called] [c1:for a second inquiry].": "demanded",
    "[s1:The unions] [k1:call] [c1:for a second inquiry].": "demanded",
    "[s1:The unions] [k1:asked] [c1:for a second inquiry].": "demanded",
    "[s1:The mayor] [k1:asked] the crowd [c1:to hold its applause].": "demanded",
    "[s1:The mayor] [k1:told] the crowd [c1:not to clap again].": "demanded",
    "[s1:The mayor] [k1:asked] [c1:whether anybody had slept].": "asked",
    "[s1:The mayor] [k1:wanted to know] [c1:who had slept in the hall].": "asked",
    "[s1:The clerk] [k1:pleaded guilty] [c1:to two counts of theft].": "agreed",
    "[s1:The clerk] [k1:pleaded] [c1:not guilty to two counts].": "denied",
    "[s1:The court] [k1:ruled] [c1:that the safe was empty].": "said",
}


@pytest.mark.parametrize(("marked", "mode"), MODES_BY_CONTENT.items())
def test_mode_comes_from_what_the_cue_leads_to(marked: str, mode: str) -> None:
    drawn = draw(marked)
    (statement,) = find_statements(drawn.document, _scores(drawn))
    assert statement.mode == mode


CUES = {
    "[c1:“We went,”] [s1:the clerk] [k1:wrote in a motion to dismiss].": "wrote",
    "[c1:“We went,”] [s1:the port] [k1:posted on Facebook].": "posted",
    "[s1:The clerk] [k1:replied an hour later:] [c1:“We went.”]": "replied",
    "[s1:The clerk] [k1:texted a reporter:] [c1:“We went.”]": "texted",
    "[s1:The clerk] [k1:laughed when asked about it]. [c1:“We all went to the pier.”]": "laughed",
    "[s1:The port] [k1:issued a statement saying] [c1:that the pier “was never safe.”]": "issued a statement saying",
    "[s1:The clerk] [k1:expressed interest in] [c1:a second pier for the port].": "expressed interest in",
}


@pytest.mark.parametrize(("marked", "cue"), CUES.items())
def test_when_and_where_it_was_said_is_of_no_cue(marked: str, cue: str) -> None:
    drawn = draw(marked)
    (statement,) = find_statements(drawn.document, _scores(drawn))
    assert drawn.words(statement.cue) == cue


DATELINES = (
    "WARSAW, Poland (AP) — ",
    "OSLO (Reuters) - ",
    "LAGOS — ",
    "LAGOS - ",
    "NEW YORK/LONDON (Reuters) - ",
    "WASHINGTON, May 3 (AFP) – ",
    "BEIJING, 3 March 2024 (Xinhua) -- ",
    "PORT-AU-PRINCE, Haiti (AP) — ",
    "ST. LOUIS, Mo. — ",
    "Sarajevo (AP) — ",
    "PARIS, (AFP) - ",
    "TOKYO - (Kyodo) - ",
    "JOHANNESBURG | (Reuters) – ",
    "WASHINGTON (AP) _ ",
    "By Jane Doe, Springfield, Ill. - ",
    "By JANE DOE SPRINGFIELD, Ill. — ",
    "(Reuters) - ",
)


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_no_part_of_the_words(dateline: str) -> None:
    drawn = draw(f"[c1:{dateline}The border will stay shut], [s1:the minister] [k1:said].")
    (statement,) = find_statements(drawn.document, _scores(drawn))
    assert [drawn.words(span) for span in statement.content] == ["The border will stay shut"]


def test_a_dateline_is_no_part_of_the_source() -> None:
    drawn = draw("[s1:OSLO (Reuters) - Norway] [k1:said] [c1:it would build a second tunnel].")
    (statement,) = find_statements(drawn.document, _scores(drawn))
    assert drawn.words(statement.source) == "Norway"


NO_DATELINES = ("NASA — the space agency — is safe", "Norway – and Sweden – will pay", "I — and I alone — will pay")


@pytest.mark.parametrize("words", NO_DATELINES)
def test_a_dash_makes_no_dateline(words: str) -> None:
    drawn = draw(f"[c1:{words}], [s1:the minister] [k1:said].")
    (statement,) = find_statements(drawn.document, _scores(drawn))
    assert [drawn.words(span) for span in statement.content] == [words]


WITHOUT_WORDS = {
    # what the model sees -> the statements that the text has, each with its source
    "a quotation below a silence": (
        "[s1:His lawyer] [k1:did not respond] to a request.\n\n[c1:“My son would be alive today.”]",
        [(("“My son would be alive today.”",), None)],
    ),
    "a quotation behind a refusal": (
        "[s1:The police] [k1:declined] [c1:to comment]. He left. [c1:“He was a quiet boy who loved the sea.”]",
        [(("to comment",), "The police"), (("“He was a quiet boy who loved the sea.”",), None)],
    ),
    "said instead": (
        "[s1:The minister] [k1:would not comment] on the case: [c1:“It would be wrong.”]",
        [(("“It would be wrong.”",), "The minister")],
    ),
    "not said at all": (
        "[s1:He] [k1:could not bring himself to utter]: [c1:“I was wrong.”]",
        [(("“I was wrong.”",), "He")],
    ),
    "a wish beside the words": (
        "[s1:A nurse who] asked [c1:that her name be withheld] [k1:said] [c1:the ward was full].",
        [(("the ward was full",), "A nurse")],
    ),
    "a wish in a clause of its own": (
        "[c1:The gate was open], [k1:said] [s1:a guard], [s2:who] [k2:asked] not [c2:to be named].",
        [(("The gate was open",), "a guard")],
    ),
    "what is cited for it": (
        "[s1:A diplomat], [k2:citing] [c2:the sensitivity of the talks], [k1:said] [c1:the deal was close].",
        [(("the deal was close",), "A diplomat")],
    ),
    "a wish told in a sentence of its own": (
        "[s1:He] [k1:requested] [c1:that his name be withheld].",
        [(("that his name be withheld",), "He")],
    ),
    "a gerund that nobody says": ("He chose between [k1:denouncing] [c1:other activists or being imprisoned].", []),
    "what a relative pronoun stands for": (
        "They called [c1:for men], given the stakes of a war that [s1:many] [k1:see as] [c1:a battle for freedom].",
        [(("a war", "as a battle for freedom"), "many")],
    ),
    "a relative pronoun that stands for it already": (
        "They left the camp, [c1:which] [s1:the mayor] [k1:described] [c1:as unfit for people].",
        [(("which", "as unfit for people"), "the mayor")],
    ),
    "why he is not named, taken for his words": (
        "[s1:An official who declined to be named] as [c1:he was not permitted to speak] [k1:said] [c1:it had failed].",
        [(("it had failed",), "An official who declined to be named")],
    ),
    "the same is no source": (
        "[s1:The guard] [k1:said] [c1:the gate was open], and a clerk, who has since left, said the same.",
        [(("the gate was open",), "The guard")],
    ),
}


@pytest.mark.parametrize(("marked", "wanted"), WITHOUT_WORDS.values(), ids=WITHOUT_WORDS.keys())
def test_what_leads_in_no_words(marked: str, wanted: list[tuple[tuple[str, ...], str | None]]) -> None:
    drawn = draw(marked)
    found = find_statements(drawn.document, _scores(drawn))
    assert [(tuple(map(drawn.words, one.content)), drawn.words(one.source)) for one in found] == wanted


LEADS = {
    "A dam that burst in the spring, killing nine people, had not been inspected": "the authority told an inquiry",
    "The bridge, which carries 40,000 cars a day, has cracks in its pillars": "officials said on Monday",
    "The museum, closed since 2019, will reopen in May": "its director told the Gazette",
}


@pytest.mark.parametrize(("lead", "report"), LEADS.items())
def test_a_long_lead_begins_with_its_sentence(lead: str, report: str) -> None:
    cue = "told" if "told" in report else "said"
    source, tail = report.split(f" {cue}")
    opening, rest = lead.split(", ", 1)
    drawn = draw(f"{opening}, [c1:{rest}], [s1:{source}] [k1:{cue}]{tail}.")
    (statement,) = find_statements(drawn.document, _scores(drawn))
    assert [drawn.words(span) for span in statement.content] == [lead]


@pytest.mark.parametrize(("marked", "contents"), KEPT_APART.values(), ids=KEPT_APART.keys())
def test_keeps_reported_words_within_their_sentence(marked: str, contents: list[tuple[str, ...]]) -> None:
    drawn = draw(marked)
    found = find_statements(drawn.document, _scores(drawn))
    assert [tuple(drawn.words(span) for span in one.content) for one in found] == contents


@pytest.mark.parametrize(("marked", "content"), REPAIRED.values(), ids=REPAIRED.keys())
def test_snaps_to_quotation_marks(marked: str, content: str) -> None:
    drawn = draw(marked)
    (statement,) = find_statements(drawn.document, _scores(drawn))
    assert [drawn.words(span) for span in statement.content] == [content]


KINDS = {
    "“We will go,” he said.": "direct",
    "He said that “we will go”.": "mixed",
    "He said the unit will go.": "indirect",
    "He said he would fight “to the end”.": "mixed",
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_kind_comes_from_the_marks(text: str, kind: str) -> None:
    (statement,) = find_statements(document_of(text))
    assert statement.kind == kind


MODES = {
    "“We will go,” he wrote.": ("wrote", False, False),
    "The minister denied that he had gone.": ("denied", False, False),
    "Officials warned that the bridge was closed.": ("warned", False, False),
    "He promised that he would go.": ("promised", False, False),
    "She hopes that they go.": ("thought", False, False),
    "He did not say that he would go.": ("said", True, False),
    "She never said that they would go.": ("said", True, False),
    "The bridge was reportedly closed by noon.": ("reported", False, True),
    "She admitted that she was there.": ("agreed", False, False),
    "The papers allege that he lied.": ("accused", False, False),
}


@pytest.mark.parametrize(("text", "sense"), MODES.items())
def test_mode_comes_from_the_cue(text: str, sense: tuple[str, bool, bool]) -> None:
    (statement,) = find_statements(document_of(text))
    assert (statement.mode, statement.negated, statement.hedged) == sense


CIRCUMSTANCES = {
    "“We will go,” he said in a statement.": (None, "in a statement"),
    "“We will go,” he said in an interview with the BBC.": (None, "in an interview with the BBC"),
    "“We will go,” he said at a news conference in Minsk.": (None, "at a news conference"),
    "“We will go,” she wrote on Twitter.": (None, "on Twitter"),
    "“We will go,” said an official who was not authorized to speak publicly.": (
        "who was not authorized to speak publicly",
        None,
    ),
    "The official said on condition of anonymity that the unit would go.": ("on condition of anonymity", None),
    "“We will go,” said an official. He spoke on condition of anonymity because the talks are secret.": (
        "on condition of anonymity because the talks are secret",
        None,
    ),
    "The tunnel is late, two people familiar with the discussions said.": ("familiar with the discussions", None),
    "Two people familiar with the discussions said that the tunnel is late.": ("familiar with the discussions", None),
    "According to an official briefed on the review, who spoke on condition of anonymity, the unit would go.": (
        "on condition of anonymity",
        None,
    ),
    "“We will go,” said a person close to the talks. She asked not to be named.": ("asked not to be named", None),
    "“We will go,” said two clerks who spoke on condition they not be named.": ("on condition they not be named", None),
    "“We will go,” said a clerk, who spoke on the condition that her name not be used because she feared for it.": (
        "on the condition that her name not be used because she feared for it",
        None,
    ),
    "“We will go,” said a clerk, because he feared for his job.": ("because he feared for his job", None),
    "“We will go,” said a clerk, who asked that her name be withheld for fear of reprisals.": (
        "who asked that her name be withheld for fear of reprisals",
        None,
    ),
    "“We will go,” said a clerk, who asked not to be named because he feared for his job.": (
        "who asked not to be named because he feared for his job",
        None,
    ),
    "Those who wanted to stay said that the roof was sound.": (None, None),
    "Millers said that it was late. A clerk, who asked not to be named, wrote in an email.": (None, None),
    "“We will go,” said a clerk, citing the sensitivity of the talks.": ("citing the sensitivity of the talks", None),
    "“We will go,” said two clerks, because they were not authorized to speak publicly.": (
        "because they were not authorized to speak publicly",
        None,
    ),
    "“We will go,” said two clerks, who requested anonymity to discuss the plan.": (
        "who requested anonymity to discuss the plan",
        None,
    ),
}


@pytest.mark.parametrize(("text", "told"), CIRCUMSTANCES.items())
def test_reason_and_occasion_as_the_text_tells_them(text: str, told: tuple[str | None, str | None]) -> None:
    document = document_of(text)
    (statement,) = find_statements(document)

    def words(span: Span | None) -> str | None:
        return None if span is None else document.words(span)

    assert (words(statement.reason), words(statement.occasion)) == told


def test_a_statement_inside_a_statement_names_it() -> None:
    outer, inner = find_statements(document_of("Kukhta says he is certain Krivtsov was killed."))
    assert outer.inside is None
    assert inner.inside == outer.id


def test_own_words_are_no_statements_of_their_own() -> None:
    text = "Q: Will you go?\n\nA: I think that we will go.\n\nQ: When?\n\nA: I hope that we go soon."
    assert [one.source for one in find_statements(document_of(text)) if one.inside] == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"“”\"'‘’,.:;—\n?!Q", "said", "He", "Kukhta", "according", "to", "that", "we go", "\n\n", " "]
        ),
        max_size=60,
    )
)
def test_any_text_gives_statements_that_lie_in_it(pieces: list[str]) -> None:
    document = document_of(" ".join(pieces))
    statements = find_statements(document)
    assert len({one.id for one in statements}) == len(statements)
    for one in statements:
        assert one.content[-1].end <= len(document.text)
        assert all(left.end <= right.start for left, right in zip(one.content, one.content[1:], strict=False))


def test_pieces_that_touch_stay_together() -> None:
    document = document_of("“We left,” Lund said. “It sank.”“Nobody swam.”")
    one = Attribution((Span(0, 10), Span(22, 32), Span(32, 46)), Span(16, 20), Span(11, 15), 0.9, "model")
    assert (
        keep_quotes_together((one,), Story(document, (), paragraphs_of(document, ())))[0].content[1:] == one.content[1:]
    )


def test_pieces_that_lie_across_one_another_become_one() -> None:
    pieces = (Span(0, 5), Span(9, 30), Span(9, 12), Span(28, 34))
    assert _apart_in_order(Attribution(pieces, None, None, 1.0, "made")).content == (Span(0, 5), Span(9, 34))


@pytest.mark.parametrize(("source", "content"), [("Ann Bo, Cy Do", "Cy Do,"), ("a spokeswoman", "Jo Moss, ")])
def test_nothing_left_behind_a_name_that_is_set_off_is_no_fault(source: str, content: str) -> None:
    document = document_of(f"According to {source}, {content} the roof leaks.".replace("Cy Do, Cy Do", "Cy Do"))
    begin = document.text.index(content)
    told = Span(13, 13 + len(source))
    one = Attribution((Span(begin, begin + len(content)),), Span(0, 12), told, 1.0, "made")
    for found in take_apposed_names((one,), Story(document, (), ())):
        assert all(span.start < span.end for span in found.content)


@pytest.mark.parametrize("piece", ["“We go,” he said. ", "He said that he said ", "Q: a b\n\n", "“ He said ", '"a" '])
def test_no_input_hangs(piece: str) -> None:
    find_statements(document_of(piece * 300))


def _scores(drawn: Drawn) -> Scores:
    """Scores of a model that sees exactly what is drawn."""
    text = drawn.document.text
    blank = make_scores(text)
    tags = {head: blank.tags[head].copy() for head in TAGS}
    vectors = {name: np.zeros((len(blank), size), dtype=np.float32) for name, size in VECTORS.items()}
    numbers = sorted({label[1:] for label, _ in drawn.spans})
    inner = {n for n in numbers if _is_inner(drawn, n)}
    for number in numbers:
        heads = drawn.labelled(f"k{number}") or drawn.labelled(f"c{number}")
        if number in inner:
            continue
        head = _word_at(blank, heads[0].start)
        vectors["head"][head, int(number)] = 1.0
        for letter, kind in (("s", "source"), ("k", "cue"), ("c", "content")):
            for span in drawn.labelled(letter + number):
                first, end = _word_at(blank, span.start), _word_at(blank, span.end)
                _tag(tags[kind], first, end)
                vectors["link"][first, int(number)] = 10.0
    return Scores(blank.words, blank.paragraphs, tags, vectors)


def _is_inner(drawn: Drawn, number: str) -> bool:
    """The model was never taught what is said inside what is said."""
    own = drawn.labelled(f"c{number}")
    return any(label[0] == "c" and label != f"c{number}" and span.covers(own[0]) for label, span in drawn.spans)


def _word_at(scores: Scores, place: int) -> int:
    return int(np.searchsorted(scores.words[:, 0], place))


def _tag(table: np.ndarray, first: int, end: int) -> None:
    table[first:end] = np.log([0.01, 0.01, 0.98])
    table[first] = np.log([0.01, 0.98, 0.01])


def test_lines_are_the_paragraphs_of_hand_made_scores() -> None:
    assert line_spans("a\n\nb") == ((0, 1), (3, 4))


def test_an_interview_without_labels() -> None:
    text = (
        "On Saturday, the Herald interviewed Tina Moss, a rower.\n\nWhere do you train?\n\nOn the lake, mostly.\n\n"
        "I like it.\n\nWho trains with you?\n\nI think my sister does.\n\nAnd in winter?\n\nNobody."
    )
    document = document_of(text)
    found = [tuple(document.words(span) for span in one.content) for one in find_statements(document)]
    assert found == [
        ("Where do you train?",),
        ("On the lake, mostly.", "I like it."),
        ("Who trains with you?",),
        ("I think my sister does.",),
        ("And in winter?",),
        ("Nobody.",),
    ]
    assert [one.mode for one in find_statements(document)] == ["asked", "said"] * 3


def test_questions_of_the_reporter_are_no_interview() -> None:
    text = "The mayor was interviewed on Monday.\n\nWhat now?\n\nNobody knows.\n\nWhy?\n\nIt rains.\n\nWhen?"
    assert find_statements(document_of("Nothing is announced.\n\n" + text.partition("\n\n")[2])) == ()


def test_a_quote_belongs_to_the_cue_beside_it() -> None:
    drawn = draw("[c1:“We go there,”] [s1:Smith] [k1:said] on Monday. [c1:“They said no,”] said Jones.")
    found = find_statements(drawn.document, _scores(drawn))
    assert [drawn.words(one.source) for one in found] == ["Smith", "Jones"]


def test_the_model_does_not_join_the_turns_of_an_interview() -> None:
    drawn = draw(
        "The Herald interviewed Tina Moss.\n\n[c1:Where do you train?]\n\n[c1:On the lake, mostly.]\n\n"
        "[c1:Who trains with you?]"
        "\n\n[c1:My sister does.]"
    )
    assert len(find_statements(drawn.document, _scores(drawn))) == 4


def test_no_two_statements_have_the_same_words() -> None:
    document = read_page(Page("“We will go,” Holm said. “They stay,” Aas said.".encode(), "a.txt", format="text"))[0]
    first, second = find_statements(document)
    less_sure = replace(first, origin=Origin("other", "1", 0.01))
    assert _one_of_each([second, less_sure, first]) == (first, second)
    assert _one_of_each([first, less_sure, second]) == (first, second)
