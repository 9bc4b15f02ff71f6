"""Rebuilds the raw reports in gold/reports/ from the published sets that they were chosen from.

    python -m gold.gather GUM/dep MEANTIME/intra-doc_annotation GeoVirus.xml

Writes one text file a report (first paragraph the headline, paragraphs separated by an empty line) and credits.tsv.
It does not write the invented reports: those are written by hand.
"""

from __future__ import annotations

import csv
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

HERE = Path(__file__).parent

GUM_NEWS = (
    "afghan asylum clock crane defector election expo flag hackers homeopathic ie9 imprisoned iodine korea lanterns "
    "nasa questionnaire sensitive soccer stampede taxes warhol warming worship"
).split()
GUM_INTERVIEWS = "brotherhood gaming licen mckenzie".split()
MEANTIME = {
    "opel": "143480",
    "airbus-jobs": "61389",
    "itunes": "103623",
    "apple-corps": "60083",
    "gm-bankruptcy": "126878",
    "fiat": "264435",
    "bank-of-america": "141483",
    "ford-australia": "39951",
    "auto-rescue": "118175",
    "recovery-hopes": "131162",
    "a380-delays": "51682",
    "romanian-plant": "79240",
}
WIKINEWS = {
    "child-virus": "Child_virus_outbreak_reaches_Beijing",
    "ricin": "London_court_jails_man_after_Dark_Web_ricin_sting",
    "white-powder": "White_powder_found_at_Buffalo,_N.Y._courthouse",
    "anthrax-suspect": "Suspect_in_2001_anthrax_attack_dies_of_apparent_suicide",
    "west-nile": (
        "Wikinews_finds_citizens'_feelings,_actions_throughout_Texas_regarding_West_Nile_virus_threat_vary_greatly"
    ),
    "libya-medics": "Libya_frees_foreign_HIV_medics",
    "obama-speech": "Obama's_100-day_speech_warns_of_U.S.'s_problems",
    "under-reporting": 'OIE:_China,_Indonesia_and_Africa_"under-reporting"_human_and_animal_Bird_Flu_cases',
    "obesity": "Common_cold_virus_may_be_linked_to_childhood_obesity",
    "body-parts": "Looted,_possibly_contaminated_body_parts_transplanted_into_USA,_Canadian_patients",
    "mass-graves": "British_report_says_the_U.K._is_preparing_'mass_graves'_for_humans_if_Bird_Flu_mutates",
    "bb-king": "B.B._King's_daughters_allege_blues_musician_was_poisoned",
    "tamalt": "Detained_journalist_Mohamed_Tamalt_dies_in_Algeria",
    "ice-cream": (
        "Local_government_officials_confiscate_London_ice_cream_made_from_human_breast_milk_for_health_reasons"
    ),
    "execution": "Australia_appeals_for_no_execution_in_Indonesian_drug_case",
    "toads": "Exploding_toads_confuse_scientists",
    "angolans": 'UNHCR:_Thousands_of_Angolans_expelled_from_DRC_in_"dire"_need_of_aid',
    "cassava": "Children_poisoned_by_tainted_cassava_in_the_Philippines",
    "caravan": "Three_die_in_Cornwall,_UK_caravan_park_of_suspected_carbon_monoxide_poisoning",
    "meteorite": "Meteorite_blamed_for_mysterious_illness_in_Peru",
}
GLUE = "\x00"
WIKINEWS_CREDIT = "Wikinews contributors, CC BY 2.5"


@dataclass(frozen=True, slots=True)
class Gathered:
    name: str
    text: str
    url: str
    taken_from: str


def gather(gum: Path, meantime: Path, geovirus: Path) -> Iterator[Gathered]:
    """Every chosen report, rebuilt."""
    for genre, names in (("news", GUM_NEWS), ("interview", GUM_INTERVIEWS)):
        for name in names:
            yield from_conllu(f"gum-{genre}-{name}", gum / f"GUM_{genre}_{name}.conllu")
    for name, number in MEANTIME.items():
        (path,) = meantime.glob(f"*/{number}_*.xml")
        yield from_tokens(f"meantime-{name}", path)
    stories = geovirus_stories(geovirus)
    for name, title in WIKINEWS.items():
        url, body = stories[title]
        text = f"{title.replace('_', ' ')}\n\n{body}\n"
        yield Gathered(f"wikinews-{name}", text, url, "GeoVirus")


def from_conllu(name: str, path: Path) -> Gathered:
    """Paragraphs as `# newpar` gives them; words as the tokens and their SpaceAfter give them."""
    paragraphs: list[list[str]] = []
    url = ""
    gap_until = 0
    for line in path.read_text("utf-8").splitlines():
        if line == "# newpar":
            paragraphs.append([])
        elif line.startswith("# meta::sourceURL = "):
            url = line.partition(" = ")[2]
        elif line and line[0].isdigit():
            paragraphs = paragraphs or [[]]
            columns = line.split("\t")
            gap_until = _add_token(paragraphs[-1], columns, gap_until)
    text = "\n\n".join("".join(paragraph).strip() for paragraph in paragraphs)
    return Gathered(name, text + "\n", url, "GUM, annotations CC BY 4.0")


def _add_token(paragraph: list[str], columns: Sequence[str], gap_until: int) -> int:
    """Adds a token unless a multiword token before it, which reached to `gap_until`, has its letters already."""
    number, form, misc = columns[0], columns[1], columns[9]
    if "." in number or ("-" not in number and int(number) <= gap_until and gap_until):
        return gap_until if "." in number or int(number) < gap_until else 0
    paragraph.append(form if "SpaceAfter=No" in misc else form + " ")
    return int(number.split("-")[1]) if "-" in number else 0


def from_tokens(name: str, path: Path) -> Gathered:
    """Headline, date and body of one paragraph: the set keeps neither spaces nor paragraphs nor kinds of quote."""
    root = ElementTree.parse(path).getroot()
    sentences: dict[str, list[str]] = {}
    for token in root.iter("token"):
        sentences.setdefault(token.attrib["sentence"], []).append(token.text or "")
    headline, date, *body = (joined(words) for words in sentences.values())
    return Gathered(name, f"{headline}\n\n{date}\n\n{' '.join(body)}\n", root.attrib["url"], "MEANTIME, CC BY 4.0")


def joined(words: Sequence[str]) -> str:
    """Penn Treebank tokens as running text; straight quotation marks open and close in turn."""
    glued = " ".join(_quotes_glued(words))
    glued = glued.replace(f"{GLUE} ", "").replace(f" {GLUE}", "").replace(GLUE, "")
    glued = re.sub(r"\s([,.;:?!%)\]])", r"\1", glued)
    glued = re.sub(r"\s(n't|'(?:s|re|ve|ll|d|m)?)(?= |$|[,.;:?!])", r"\1", glued)
    glued = re.sub(r"(\w) - (Mart)", r"\1-\2", glued)
    return re.sub(r"([(\[$£€])\s", r"\1", glued)


def _quotes_glued(words: Sequence[str]) -> Iterator[str]:
    is_open = False
    for word in words:
        if word in ('"', "``", "''"):
            is_open = not is_open if word == '"' else word == "``"
            yield f'"{GLUE}' if is_open else f'{GLUE}"'
        else:
            yield word


def geovirus_stories(path: Path) -> dict[str, tuple[str, str]]:
    """Title to (address, text); the set keeps no paragraphs, and some stories come in parts."""
    parts: dict[str, list[str]] = {}
    for article in ElementTree.parse(path).getroot():
        parts.setdefault(article.findtext("source", ""), []).append(article.findtext("text", ""))
    return {unquote(url.rsplit("/", 1)[1]): (url, "\n\n".join(texts)) for url, texts in parts.items()}


def main() -> None:
    gum, meantime, geovirus = (Path(argument) for argument in sys.argv[1:])
    with (HERE / "reports" / "credits.tsv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, delimiter="\t", lineterminator="\n")
        rows.writerow(("report", "url", "credit", "taken from"))
        for report in gather(gum, meantime, geovirus):
            (HERE / "reports" / f"{report.name}.txt").write_text(report.text, "utf-8")
            rows.writerow((report.name, report.url, WIKINEWS_CREDIT, report.taken_from))


if __name__ == "__main__":
    main()
