"""The cue lexicon: words that report speech, writing or thought -> mode, negation, hedging.

Verbs are listed by what they do (`MODES`), inflected here. Half of all cues in news are rarer than the commonest two
hundred (PolNeAR), so the lexicon names the mode of a cue that was found by other means; on its own it finds only what
its small set of sure reporting verbs (`SURE`) introduces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.record import Mode

#: Lemmas of each mode. A lemma stands once; what is listed nowhere counts as "said".
MODES: Final[Mapping[Mode, str]] = {
    "said": """say tell state add note explain remark comment declare announce observe continue recall joke quip
        respond reply answer stress emphasize emphasise underline reiterate repeat describe call mention testify speak
        conclude argue insist maintain contend assert claim stipulate point quote recount relate confide reveal
        disclose divulge inform advise brief elaborate clarify specify detail outline summarize summarise highlight
        boast brag gush enthuse praise laud applaud commend congratulate thank welcome greet salute hail defend rule
        justify lament bemoan complain grumble moan groan sigh sob cry weep shout yell scream chant sing murmur
        mutter whisper exclaim interject interrupt counter retort rebut chime begin start go finish echo discuss talk
        chat address refer allude cite invoke define label brand dub term name characterize characterise portray
        depict liken compare dismiss mock ridicule scoff sneer laugh deride apologize apologise swear testify
        narrate proclaim pronounce profess preach articulate voice express convey communicate signal hint imply
        suggest indicate intimate insinuate opine offer reason marvel muse crow crack deadpan
        volunteer venture credit attribute reflect reminisce recite remind reassure assure
        certify attest affirm confirm verify elaborate hold quote gripe rant rave vent fume rail snap bark
        roar bellow stammer stutter drawl croak hiss object protest disparage slam blast
        criticize criticise condemn decry denounce deplore attack lambast lambaste assail rebuke chide scold berate
        castigate excoriate knock rip trash tout pitch sell frame cast paint sum explain""",
    "wrote": """write tweet retweet post publish pen email e-mail text blog message type print jot scribble sign
        caption read title headline entitle inscribe fax cable""",
    "thought": """think believe feel hope fear wish want consider suspect assume presume reckon suppose guess imagine
        expect anticipate doubt worry know understand realize realise recognize recognise see view regard
        perceive deem judge intend plan aim prefer like dislike love hate favor favour support oppose envision
        envisage foresee forget remember regret dream desire seek decide resolve conceive mull weigh ponder
        contemplate figure appreciate enjoy admire respect value trust distrust mistrust resent envy pity mind care
        estimate calculate predict forecast project speculate theorize theorise interpret learn discover notice hear""",
    "denied": """deny reject refute rebuff disavow disclaim dispute contradict repudiate renounce contest gainsay
        dismiss refuse decline""",
    "asked": "ask wonder inquire enquire query question quiz press interview poll petition",
    "promised": "promise vow pledge swear guarantee commit undertake threaten volunteer offer",
    "demanded": """demand urge order request require command instruct direct appeal beg plead
        implore beseech exhort encourage press push petition propose recommend advocate advise counsel summon
        challenge dare invite lobby campaign""",
    "warned": "warn caution alert threaten forewarn admonish",
    "agreed": """agree admit acknowledge concede accept allow confess concur grant own endorse back assent consent
        approve""",
    "accused": """accuse blame allege charge indict fault implicate sue impugn denounce condemn
        criticize criticise slam blast decry deplore attack lambast lambaste assail rebuke chide scold berate castigate
        excoriate knock rip trash disparage deride""",
    "reported": """report show find detail document reveal record list rank establish demonstrate
        determine publish""",
}

#: Verbs of `MODES` that belong to several modes are given to the first in this order.
_ORDER: Final[tuple[Mode, ...]] = (
    "denied",
    "warned",
    "promised",
    "accused",
    "demanded",
    "agreed",
    "asked",
    "wrote",
    "thought",
    "reported",
    "said",
)
_FIRST: Final[Mapping[str, Mode]] = {
    "advise": "demanded",
    "press": "asked",
    "offer": "promised",
    "threaten": "warned",
    "detail": "said",
    "reveal": "said",
    "publish": "wrote",
    "insist": "said",
}

_IRREGULAR: Final[Mapping[str, str]] = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "read": "reads read reading",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "know": "knows knew known knowing",
    "understand": "understands understood understanding",
    "see": "sees saw seen seeing",
    "foresee": "foresees foresaw foreseen foreseeing",
    "forget": "forgets forgot forgotten forgetting",
    "swear": "swears swore sworn swearing",
    "speak": "speaks spoke spoken speaking",
    "sing": "sings sang sung singing",
    "begin": "begins began begun beginning",
    "go": "goes went gone going",
    "hold": "holds held holding",
    "show": "shows showed shown showing",
    "find": "finds found finding",
    "beg": "begs begged begging",
    "quip": "quips quipped quipping",
    "plan": "plans planned planning",
    "admit": "admits admitted admitting",
    "commit": "commits committed committing",
    "refer": "refers referred referring",
    "prefer": "prefers preferred preferring",
    "regret": "regrets regretted regretting",
    "rebut": "rebuts rebutted rebutting",
    "dub": "dubs dubbed dubbing",
    "chat": "chats chatted chatting",
    "brag": "brags bragged bragging",
    "quiz": "quizzes quizzed quizzing",
    "rip": "rips ripped ripping",
    "snap": "snaps snapped snapping",
    "sum": "sums summed summing",
    "pen": "pens penned penning",
    "blog": "blogs blogged blogging",
    "jot": "jots jotted jotting",
    "sob": "sobs sobbed sobbing",
    "weep": "weeps wept weeping",
    "hear": "hears heard hearing",
    "cast": "casts cast casting",
    "sell": "sells sold selling",
    "seek": "seeks sought seeking",
    "undertake": "undertakes undertook undertaken undertaking",
    "allege": "alleges alleged alleging",
    "own": "owns owned owning",
    "chant": "chants chanted chanting",
    "label": "labels labelled labeled labelling labeling",
    "signal": "signals signalled signaled signalling signaling",
    "counsel": "counsels counselled counseled counselling counseling",
    "argue": "argues argued arguing",
    "panic": "panics panicked panicking",
    "plead": "pleads pleaded pled pleading",
    "dream": "dreams dreamed dreamt dreaming",
    "learn": "learns learned learnt learning",
    "propose": "proposes proposed proposing",
}
_VOWELS: Final = frozenset("aeiou")

#: Nouns and phrases that report where there is no verb.
NOUNS: Final[Mapping[str, Mode]] = {
    "according": "said",
    "statement": "said",
    "claim": "said",
    "claims": "said",
    "remark": "said",
    "remarks": "said",
    "comment": "said",
    "comments": "said",
    "criticism": "said",
    "words": "said",
    "word": "said",
    "argument": "said",
    "announcement": "said",
    "view": "thought",
    "views": "thought",
    "belief": "thought",
    "opinion": "thought",
    "hopes": "thought",
    "fears": "thought",
    "concern": "thought",
    "concerns": "thought",
    "support": "thought",
    "opposition": "thought",
    "desire": "thought",
    "denial": "denied",
    "question": "asked",
    "questions": "asked",
    "request": "demanded",
    "requests": "demanded",
    "demand": "demanded",
    "demands": "demanded",
    "calls": "demanded",
    "promise": "promised",
    "promises": "promised",
    "pledge": "promised",
    "vow": "promised",
    "threat": "warned",
    "warning": "warned",
    "warnings": "warned",
    "accusation": "accused",
    "accusations": "accused",
    "allegation": "accused",
    "allegations": "accused",
    "complaint": "accused",
    "complaints": "accused",
    "reports": "reported",
    "report": "reported",
    "reportedly": "reported",
    "allegedly": "accused",
    "supposedly": "said",
    "tweet": "wrote",
    "tweets": "wrote",
    "letter": "wrote",
    "email": "wrote",
    "certain": "thought",
    "sure": "thought",
    "confident": "thought",
    "convinced": "thought",
    "afraid": "thought",
    "aware": "thought",
    "critical": "accused",
    "hopeful": "thought",
    "worried": "thought",
    "concerned": "thought",
    "agreement": "agreed",
}

_PHRASES: Final[tuple[tuple[re.Pattern[str], Mode], ...]] = (
    (re.compile(r"\bcall(?:s|ed|ing)?\s+(?:for|on|upon)\b"), "demanded"),
    (re.compile(r"\binsist(?:s|ed|ing)?\s+on\b"), "demanded"),
    (re.compile(r"\bask(?:s|ed|ing)?\s+for\b"), "demanded"),
    (re.compile(r"\bwant(?:s|ed)?\s+to\s+know\b"), "asked"),
    (re.compile(r"\bplead(?:s|ed|ing)?(?:\s+not)?\s+guilty\b|\bpled\s+guilty\b"), "agreed"),
    (re.compile(r"\b(?:shot|fired|hit|snapped|struck|clapped|weigh(?:s|ed)?|chim(?:es|ed)) (?:back|in)\b"), "said"),
    (re.compile(r"\btook? to (?:twitter|facebook|social media|instagram|x)\b"), "wrote"),
    (re.compile(r"\b(?:widely|generally|commonly|often)?\s*(?:seen|viewed|regarded|considered) as\b"), "thought"),
    (re.compile(r"\bmade (?:it )?clear\b"), "said"),
    (re.compile(r"\bpoint(?:s|ed|ing)? (?:out|to)\b"), "said"),
)
_NEGATION: Final = re.compile(
    r"\b(?:not|never|no|nobody|neither|nor|without|cannot|fail\w*|unwilling|unable|stop\w*\sshort)\b|n[’']t\b"
)
#: They negate what is refused (`declined to say`); where nothing is, they are the denial itself.
_REFUSAL: Final = re.compile(r"(?:declin|refus)(?:e|es|ed|ing)")
_HEDGE: Final = re.compile(
    r"\b(?:reportedly|allegedly|apparently|supposedly|purportedly|seemingly|appear(?:s|ed)?|seem(?:s|ed)?|may|might"
    r"|could|perhaps|possibly|probably|likely|suggest(?:s|ed|ing)?|hint(?:s|ed|ing)?|impl(?:y|ies|ied|ying)"
    r"|rumou?red|believed to|said to|thought to|understood to|expected to)\b"
)
#: Verbs that report speech and little else: what follows or surrounds them is somebody's words.
_SURE_LEMMAS: Final = """say tell add note explain remark declare announce recall joke quip respond reply answer stress
    emphasize emphasise reiterate testify argue insist maintain contend assert claim boast lament complain shout yell
    scream chant exclaim counter retort write tweet post warn caution admit acknowledge concede confess promise vow
    pledge deny allege predict believe state continue conclude observe comment whisper mutter confirm suggest
    agree ask recount clarify elaborate echo gush fume scoff apologize apologise urge plead beg wonder muse
    protest interject snap sigh cry hope think estimate report reveal disclose"""
_DIRECT_LEMMAS: Final = """go begin finish laugh read sing call describe offer venture opine chime object reflect
    interrupt roar bellow murmur sob thunder crow crack rant rail sum text email caption term label brand dub demand
    implore enthuse praise criticize criticise slam blast condemn denounce explain repeat ask recite put quote highlight
    underline detail indicate specify affirm reaffirm assure relate narrate confide"""
_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")


def inflect(lemma: str) -> tuple[str, ...]:
    """The lemma and its inflected forms: `claim` -> claim, claims, claimed, claiming."""
    if lemma in _IRREGULAR:
        return (lemma, *_IRREGULAR[lemma].split())
    if lemma.endswith("e"):
        return (lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing")
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return (lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    third = "es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"
    return (lemma, lemma + third, lemma + "ed", lemma + "ing")


def _forms(lemmas: str) -> frozenset[str]:
    return frozenset(form for lemma in lemmas.split() for form in inflect(lemma))


def _mode_of_verbs() -> dict[str, Mode]:
    modes: dict[str, Mode] = {}
    for mode in reversed(_ORDER):
        modes.update((form, mode) for lemma in MODES[mode].split() for form in inflect(lemma))
    modes.update((form, mode) for lemma, mode in _FIRST.items() for form in inflect(lemma))
    return modes


VERBS: Final[Mapping[str, Mode]] = _mode_of_verbs()
SURE: Final = _forms(_SURE_LEMMAS)
DIRECT: Final = _forms(_DIRECT_LEMMAS) | SURE


@dataclass(frozen=True, slots=True)
class CueSense:
    """What a cue says of its statement."""

    mode: Mode
    negated: bool
    hedged: bool


@lru_cache(maxsize=4_096)
def read_cue(words: str) -> CueSense:
    """The sense of a cue's words: `refused to say` -> said, negated; `refused` -> denied; `reportedly` -> reported,
    hedged."""
    lowered = words.lower()
    return CueSense(_mode(lowered), _is_negated(lowered), bool(_HEDGE.search(lowered)))


def leads_in_nothing(words: str) -> bool:
    """Whether a cue tells that somebody does not speak: `did not respond`, `declined`."""
    lowered = words.lower()
    return _is_negated(lowered) or _REFUSAL.search(lowered) is not None


def _is_negated(lowered: str) -> bool:
    refused = _REFUSAL.search(lowered) is not None and not _REFUSAL.fullmatch(_head(lowered) or "")
    return refused or _NEGATION.search(lowered) is not None


def _mode(lowered: str) -> Mode:
    for pattern, mode in _PHRASES:
        if pattern.search(lowered):
            return mode
    head = _head(lowered)
    if head is not None:
        return VERBS[head]
    return next((NOUNS[token] for token in _words(lowered) if token in NOUNS), "said")


def _head(lowered: str) -> str | None:
    """The verb that gives the mode: the last one that reports and little else, or else the last that may."""
    heads = [token for token in _words(lowered) if token in VERBS]
    strong = [token for token in heads if token in SURE]
    return next(reversed(strong or heads), None)


def _words(lowered: str) -> list[str]:
    return _WORD.findall(lowered)
