"""What stands in a report but is not of it: promos, related links, share bars, stamps, copyright lines.

Shared by the HTML and the plain-text reader. Wording only: what the page's structure says is read elsewhere. The rules
are an ordered list; the first that matches names the furniture. Each looks at a whole short line and never at a
sentence of the story: a long line is furniture only by a rule that says so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Rule(NamedTuple):
    """A label, the wording that earns it, and the most words that a line so labelled can have."""

    label: str
    wording: re.Pattern[str]
    most_words: int = 14


def _rule(label: str, wording: str, most_words: int = 14) -> Rule:
    return Rule(label, re.compile(wording, re.IGNORECASE | re.VERBOSE), most_words)


_MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_CLOCK = r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*(?:[ECMP][SD]?T|GMT|BST|UTC|CET|IST))?"

RULES: tuple[Rule, ...] = (
    _rule(
        "copyright",
        r"""^(?:copyright\b|©|\(c\)\s*(?:19|20)\d\d|(?:©\s*)?(?:19|20)\d\d\s*(?:the\s+)?associated\s+press)"""
        r"""|\ball\s+rights\s+reserved\b|^this\s+material\s+may\s+not\s+be\s+(?:published|reproduced)"""
        r"""|^(?:photograph|photos?|image)\s+copyright|^our\s+standards:\s+the\s+thomson\s+reuters\b""",
        60,
    ),
    _rule(
        "cookie",
        r"""^(?:we|this\s+(?:web)?site)\s+uses?\s+cookies\b|\bcookie\s+(?:policy|settings|preferences|notice)\b"""
        r"""|^(?:accept|reject|manage)\s+(?:all\s+)?cookies\b|^by\s+(?:using|continuing\s+to\s+use)\s+(?:this|our)\s+"""
        r"""(?:web)?site""",
        60,
    ),
    _rule(
        "newsletter",
        r"""^(?:please\s+)?(?:sign|signing)[\s-]?up\s+(?:here\s+)?(?:for|to|now|today)\b|\bour\s+(?:\w+\s+){0,4}newsletters?\b"""
        r"""|^(?:get|receive)\s+.{0,60}\b(?:(?:in|to)\s+your\s+inbox|newsletters?|(?:news|breaking)\s+alerts|by\s+e?-?mail)\b"""
        r"""|^subscribe\s+(?:now|today|here|to|for|and)\b|^(?:enter\s+)?your\s+e-?mail(?:\s+address)?\b"""
        r"""|^thank(?:s|\s+you)\s+for\s+(?:subscribing|signing\s+up)|^newsletters?$|\bdelivered\s+(?:\w+\s+){0,3}to\s+your\s+inbox\b"""
        r"""|^want\s+.{0,60}\bin\s+your\s+inbox\b""",
        45,
    ),
    _rule(
        "promo",
        r"""^(?:advertisement|advertising|sponsored(?:\s+(?:content|links?|by\b.*))?|story\s+continues\s+below.*"""
        r"""|article\s+continues\s+(?:below|after).*|continue\s+reading.*below.*|-?\s*advertisement\s*-?|ad|promoted(?:\s+by.*)?)$"""
        r"""|^(?:download|get)\s+(?:the|our)\s+.{0,40}\bapp\b|^(?:listen\s+to|subscribe\s+to)\s+(?:our|the)\s+.{0,60}\bpodcast\b"""
        r"""|^(?:already\s+)?a?\s*(?:subscriber|member)\?|^(?:already\s+a\s+(?:subscriber|member))\b"""
        r"""|^support\s+(?:our|independent)\s+journalism\b|^(?:click|tap)\s+here\s+(?:for|to)\b|\b(?:by\s+)?clicking\s+here\.?$"""
        r"""|^listen\s+to\s+(?:this|the)\s+(?:article|story|report)\b|^\d+\s+minutes?$|^\d+:\d\d\s*/\s*\d+:\d\d$"""
        r"""|^get\s+.{0,60}\bdelivered\b|^this\s+(?:slideshow|video|feature|page|site)\s+requires\s+javascript"""
        r"""|^start\s+your\s+(?:day|morning|week)\s+with\b|^tell\s+us\s+what\s+you\s+think|^\[[a-z_]{2,20}\s[^\]]{0,200}=[^\]]{0,200}\]$""",
        30,
    ),
    _rule(
        "related links",
        r"""^also\s+on\s+\S+\.\w|^read\s+more\b.{0,80}\bhttps?:|^see\s+more:|^on\s+\w+\.com:|^related\s+(?:post|article|story):|^people\s+(?:also|are\s+also)\s+read\b|^(?:you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested\s+in))\b"""
        r"""|^(?:related|recommended|also\s+read|read\s+also|see\s+also|don'?t\s+miss|read\s+(?:more|next|on)"""
        r"""|more\s+(?:from|on\s+this|about\s+this|stories|news|to\s+read|like\s+this|coverage|for\s+you|in\s+\w+)"""
        r"""|most\s+(?:read|popular|viewed|recent|shared)|trending(?:\s+now)?|top\s+stories|latest\s+(?:news|stories|from|headlines)"""
        r"""|popular\s+(?:now|stories|on)|what\s+to\s+read\s+next|in\s+case\s+you\s+missed\s+it|editors?['’]s?\s+picks?"""
        r"""|related\s+(?:articles?|stories|topics|content|coverage|links?|posts?|video|news)|must\s+(?:read|see|watch)"""
        r"""|up\s+next|watch\s+(?:more|next)|from\s+(?:the|our)\s+(?:archives?|web|partners)|around\s+the\s+web)\s*(?:[:…»>|-].*|\.\.\.)?$"""
        r"""|^(?:related|read\s+more|read\s+also|also\s+read|see\s+also|more|watch|listen|recommended(?:\s+reading)?|readmore|must\s+(?:read|watch)"""
        r"""|read|don'?t\s+miss)\s*[:|»>–—]\s*\S""",
        26,
    ),
    _rule(
        "follow",
        r"""^(?:you\s+can\s+)?(?:also\s+)?follow\s+(?:(?:the\s+)?ap(?:['’]s)?\b|us\b|me\b|him\b|her\b|them\b|@|\S+(?:\s+\S+){0,4}\s+(?:on|at)\s+"""
        r"""(?:twitter|facebook|instagram|x\b|telegram|youtube|linkedin|threads|mastodon|bluesky))"""
        r"""|^(?:like|find|join|friend|connect\s+with)\s+(?:us|me)\s+on\b|^follow\s+.{0,80}\bcoverage\b|^more\s+ap\s+\w+.{0,40}https?:|^follow\s+\S+$"""
        r"""|^(?:follow|find)\s+.{0,60}@\w+""",
        32,
    ),
    _rule(
        "share",
        r"""^(?:share(?:\s+(?:this|on|via|with|the|article|story|page|tweet).*)?|tweet(?:\s+this)?|pin\s+it|e-?mail(?:\s+(?:this|a\s+friend|to).*)?"""
        r"""|print(?:\s+(?:this|article|page).*)?|printer[\s-]*friendly(?:\s+(?:version|page|format))?|whatsapp|facebook|twitter|linkedin|reddit|pinterest|messenger|flipboard|telegram|copy\s+link|link\s+copied!?"""
        r"""|save(?:\s+(?:this|for\s+later|article|story).*)?|bookmark|sharing\s+is\s+caring!?|like\s+this\s+(?:story|article)\?.*|\d+\s+shares?|shares?\s*:?\s*\d*)$"""
        r"""|^click\s+to\s+(?:share|email|print|tweet)\b""",
        9,
    ),
    _rule(
        "comments",
        r"""^(?:(?:view|show|read|see|post|add|leave|write|join|hide|load|be\s+the\s+first\s+to)\s+(?:\w+\s+){0,3}"""
        r"""(?:comments?|conversation|discussion|reply)\b.{0,20}|\d+\s+comments?|comments?(?:\s*\(\d*\))?|no\s+comments(?:\s+yet)?|reply|replies)$"""
        r"""|^comments\s+are\s+(?:closed|moderated|now\s+closed)|^what\s+do\s+you\s+think\?\s+(?:tell|let|leave)""",
        20,
    ),
    _rule(
        "live stamp",
        rf"""^(?:(?:first\s+)?(?:published|posted|updated|last\s+(?:updated|modified)|modified)\b\s*(?:[:|]|on\b|at\b)?\s*"""
        rf"""(?=.*\d).{{0,60}}|{_CLOCK}|\d+\s*(?:min(?:ute)?|hour|hr|day|week|month)s?\s+ago"""
        rf"""|(?:{_CLOCK}\s*,?\s*)?(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,?\s+)?(?:{_MONTHS}\s+\d{{1,2}},?\s+(?:19|20)\d\d"""
        rf"""|\d{{1,2}}\s+{_MONTHS},?\s+(?:19|20)\d\d)(?:\s*(?:at|,|\||-|–)?\s*{_CLOCK})?|\d+\s+min(?:ute)?s?\s+read)$""",
        14,
    ),
    _rule(
        "contact",
        r"""^(?:contact|e-?mail|reach|write\s+to)\s+(?:the\s+(?:writer|author|reporter|editor)|us|me|him|her|\w+(?:\s+\w+){0,3})\s+(?:at|on)\s+\S*@"""
        r"""|^(?:have|got)\s+a\s+(?:news\s+)?(?:tip|story)\b|^(?:do\s+you\s+have|send\s+us)\s+(?:a\s+)?(?:news\s+)?(?:tips?|stor(?:y|ies))\b"""
        r"""|^to\s+(?:contact|report)\s+(?:the\s+)?(?:(?:reporters?|editors?|authors?)\b|(?:a|an)\s+(?:error|typo))"""
        r"""|^(?:report|see)\s+(?:a|an)\s+(?:error|typo|mistake|correction)""",
        30,
    ),
)


def furniture_label(text: str) -> str | None:
    """Which kind of furniture a line is by its wording, None when it may be of the story."""
    words = text.split()
    return _label_of(" ".join(words), len(words)) if 0 < len(words) <= 60 else None


@lru_cache(maxsize=4096)
def _label_of(line: str, words: int) -> str | None:
    """A page asks for each line twice, and a site for the same lines on every page."""
    if not any(map(str.isalnum, line)):
        return "rule"
    return next((rule.label for rule in RULES if words <= rule.most_words and rule.wording.search(line)), None)
