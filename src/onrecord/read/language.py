"""Which language a text is in, by its script and its most common words. Offline, deterministic, a few milliseconds.

Only English is read further, so what matters is English or not; the other names are for the reader of the note. A text
too short to tell gives None. The page's own claim (<html lang>) is not asked: it is often a template's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from onrecord.record import STORY_KINDS, Block

#: Words beyond this tell nothing new.
MOST_WORDS = 2000
FEWEST_WORDS = 8
#: Characters that tell the script.
SCRIPT_SAMPLE = 2000
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: Function words, ours; a word that several languages share counts for each of them.
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """the of and to in that is was for it with as his on be at by had not are but from or have an they
        which you were her she their has been who will would said its one all we there more when this he
        also about after two new out up what into than over other could if him our time them people can only
        some my most so no first may these then do just like how your where those while because before
        during between against""",
        "de": """der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus
        er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder
        aber vor zur bis mehr durch""",
        "fr": """de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la
        avec son ou aux d'un cette d'une ont ses mais comme on tout nous sa fait été aussi leur bien peut
        ces y sans elle à était""",
        "es": """de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me
        si sin sobre este ya entre cuando todo esta ser son dos también fue dijo porque había era muy años hasta desde
        está""",
        "pt": """de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem
        à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois
        sem mesmo""",
        "it": """di e il la che in a per è un del della non i una si da le con dei al sono come più ma gli anche nel
        alla ha lo delle o se su dal suo questo nella essere stato cui sua due ed ad degli questa""",
        "nl": """de van het een en in is dat op te zijn met voor niet die er aan om ook als dan maar bij nog uit door
        over ze hij wordt naar heeft hebben ik was deze meer kan geen worden tot je tegen""",
        "sv": """och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan
        när år under också efter eller nu sin där vid mot ska skulle kommer ut""",
        "da": """og i at det er en til af på for med den de som ikke har et var der han men fra sig vi jeg om kan
        blev efter også eller nu ved ud skal vil når mod år blive""",
        "no": """og i det er på som en til av for at med har de ikke den et om var han men seg fra vi jeg kan ble
        etter også eller ved ut skal vil når mot år bli hadde""",
        "fi": """ja on ei että se oli hän mutta ovat kun myös joka ole mukaan kuin niin sen ovat tai nyt vain jo ne
        olla hänen vuoden ollut sekä voi mitä""",
        "pl": """w i na z się do nie to że o jest jak po od za co przez dla są ale przy już tym był być tego oraz
        może które który ma tylko jego lub jej także czy""",
        "cs": """a se v na je že o s z do i to k ve pro za by ale si po jako od jsou které který však podle už tak
        při jeho aby nebo byl bylo jen také""",
        "sk": """a sa v na je že o s z do aj to k vo pre za by ale si po ako od sú ktoré ktorý však podľa už tak pri
        jeho aby alebo bol bolo len tiež""",
        "hr": """i u je se na da su za od o s koji a što ne iz kako će bi te do po ali koje to nije ili samo koja bio
        kao sve nakon rekao također bez jer""",
        "sl": """in v je se na da so za od o s ki pa ne iz kako bo bi do po tudi ali kot ga še ni že le bil pri kar
        med""",
        "ro": """de și în a la cu pe că din o nu un se pentru care mai este sunt au fost ca sau o dar prin dintre
        după sa lui ce fi această acest""",
        "hu": """a az és hogy nem is egy ez azt de van meg csak el már volt még ha mint ki kell lehet szerint ami
        pedig majd után vagy lesz akkor""",
        "tr": """ve bir bu da de için ile olarak çok daha olan gibi en ne ki var kadar sonra ancak o olduğu her ise
        mi dedi göre tarafından ya yeni""",
        "id": """yang dan di dengan untuk dari ini pada tidak itu dalam akan adalah ke juga telah sebagai oleh
        tersebut mereka ada bisa para karena kata saat lebih kepada bahwa atau""",
        "vi": """và của là có được trong cho không một người các những đã này với khi để đến từ ông cũng vào sẽ ra
        nhiều tại""",
        "sq": "e të në dhe për me që një nga së i u është se ka më do nuk janë si ky kjo tha edhe pas",
        "et": "ja on ei et see oli kui ta ka mis oma aga või siis nii kes selle ning pole ole veel juba olid",
        "lv": "un ir ar ka no par tas uz kas bet nav kā arī to lai pēc bija gan jau vai tika",
        "lt": "ir kad yra į su iš tai kaip bet ne buvo nuo už taip jau tik bus savo po apie prie arba",
        "ca": "de la i que el a en les els del un per amb no una es és al va ha més com però són aquest seva també",
        "sw": "ya na wa kwa ni katika la za kuwa cha hiyo huo kama hii yake baada lakini alisema pia",
        "tl": "ng sa ang na mga ay at ni si ito para kay hindi niya siya nang mula kanyang ayon",
        "so": "iyo in ka ku oo waa waxaa uu ah la ay kale u ayaa leh soo",
        "af": "die en van in het is dat vir nie te wat 'n op met as by sy was aan om ook maar hulle word deur",
    }.items()
}
#: Scripts that name a language, or nearly so, by the first word of a letter's Unicode name.
SCRIPTS = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "GREEK": "el", "HEBREW": "he", "THAI": "th",
    "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GEORGIAN": "ka", "ARMENIAN": "hy", "KHMER":
    "km", "MYANMAR": "my", "ETHIOPIC": "am", "LAO": "lo", "SINHALA": "si", "GUJARATI": "gu", "GURMUKHI": "pa",
    "MALAYALAM": "ml", "KANNADA": "kn", "ARABIC": "ar", "CYRILLIC": "ru", "TIBETAN": "bo", "MONGOLIAN": "mn",
}  # fmt: skip
#: Letters that only some languages of a script use, the rarer language first.
TELLING_LETTERS = (
    ("CYRILLIC", "uk", "їєґ"),
    ("CYRILLIC", "be", "ў"),
    ("CYRILLIC", "sr", "ђћљњџј"),
    ("CYRILLIC", "kk", "әғқңұ"),
    ("ARABIC", "ur", "ٹڈڑں"),
    ("ARABIC", "fa", "پچژگ"),
)
#: Share of function words: prose has .3 and more, a page of sports results .01, and so has a language not listed.
_LATIN_FLOOR = 0.08


def story_of(text: str, blocks: Iterable[Block]) -> str:
    """What the story says, without furniture and bylines: its language is that of the page."""
    return "\n".join(text[block.span.start : block.span.end] for block in blocks if block.kind in STORY_KINDS)


@lru_cache(maxsize=4)
def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language most of `text` is in, "und" for an unknown script, None if it cannot tell."""
    beginning = text[: MOST_WORDS * 12]
    script = _script(beginning)
    if script is None:
        return None
    if script != "LATIN":
        return _by_letters(script, beginning)
    words = [word.lower().replace("’", "'") for word in WORD.findall(beginning)[:MOST_WORDS]]
    return _by_words(words) if len(words) >= FEWEST_WORDS else None


def why_not_read_on(language: str | None) -> str | None:
    """Why a text in this language is not read for findings; None for English and for what is too short to tell."""
    if language in ("en", None):
        return None
    return "not in a language onrecord knows" if language == "und" else f"not English but {language}: not read further"


def _script(text: str) -> str | None:
    """The script of most letters; Japanese is told from Chinese by any fair share of kana."""
    sample = text[:SCRIPT_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    others = [character for character in sample if not character.isascii() and character.isalpha()]
    counted = Counter(unicodedata.name(letter, "?").split(" ")[0].split("-")[0] for letter in others)
    counted["LATIN"] += letters - len(others)
    counted.pop("?", None)
    if not any(counted.values()):
        return None
    if (counted["HIRAGANA"] + counted["KATAKANA"]) * 10 > letters:
        return "HIRAGANA"
    return max(sorted(counted), key=lambda script: counted[script])


def _by_letters(script: str, text: str) -> str:
    lowered = text.lower()
    for of_script, language, letters in TELLING_LETTERS:
        if script == of_script and sum(map(lowered.count, letters)) * 100 > len(text):
            return language
    return SCRIPTS.get(script, "und")


def _by_words(words: list[str]) -> str | None:
    """The language whose function words make up most of the words; a list of names, in no language, gives None."""
    counted = Counter(words)
    distinct = frozenset(counted)
    shares = {
        language: sum(map(counted.__getitem__, common & distinct)) / len(words)
        for language, common in FUNCTION_WORDS.items()
    }
    best = max(sorted(shares), key=lambda language: shares[language])
    return best if shares[best] >= _LATIN_FLOOR else None
