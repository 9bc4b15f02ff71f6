"""Languages: English is told from others by scripts and common words; too short a text gives None."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.language import language_of, why_not_read_on

SAID = {
    "en": "The president said on Monday that he would not go to the meeting in Paris, and that was all.",
    "de": "Der Präsident sagte am Montag, dass er nicht zu dem Treffen in Paris gehen werde.",
    "fr": "Le président a déclaré lundi qu'il ne se rendrait pas à la réunion de Paris avec les autres.",
    "es": "El presidente dijo el lunes que no iría a la reunión de París porque no había sido invitado.",
    "it": "Il presidente ha detto lunedì che non andrà alla riunione di Parigi con gli altri ministri.",
    "pt": "O presidente disse na segunda-feira que não vai à reunião em Paris com os outros ministros.",
    "nl": "De president zei maandag dat hij niet naar de bijeenkomst in Parijs zou gaan met de anderen.",
    "pl": "Prezydent powiedział w poniedziałek, że nie pojedzie na spotkanie do Paryża i że się nie boi.",
    "hr": "Predsjednik je u ponedjeljak rekao da neće ići na sastanak u Parizu i da se to ne može.",
    "ru": "Президент сказал в понедельник, что не поедет на встречу в Париж.",
    "uk": "Президент сказав у понеділок, що не поїде на зустріч до Парижа, бо її скасовано і він її не бачить.",
    "ja": "大統領は月曜日にパリでの会議には行かないと述べた。",
    "zh": "总统周一表示他不会去巴黎参加会议。",
    "ar": "قال الرئيس يوم الاثنين إنه لن يذهب إلى الاجتماع في باريس.",
    "id": "Presiden mengatakan pada hari Senin bahwa dia tidak akan pergi ke pertemuan di Paris.",
}


@pytest.mark.parametrize("language", sorted(SAID))
def test_tells_the_language(language: str) -> None:
    assert language_of(SAID[language]) == language


@pytest.mark.parametrize("text", ["", "12 34", "Paris", "Putin, Biden, Macron, Johnson"])
def test_does_not_guess_from_little(text: str) -> None:
    assert language_of(text) is None


def test_english_with_foreign_quotes_is_english() -> None:
    assert language_of(SAID["en"] * 3 + " “" + SAID["de"] + "”") == "en"


def test_only_what_is_surely_not_english_is_not_read_on() -> None:
    assert why_not_read_on("en") is None
    assert why_not_read_on(None) is None
    assert "de" in (why_not_read_on("de") or "")


@given(st.text(max_size=500))
def test_any_text_gives_an_answer(text: str) -> None:
    assert language_of(text) == language_of(text)
