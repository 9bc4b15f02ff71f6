"""Tables of HTML: how elements flow, and what the words in their class names tell. Data only."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Elements whose content is no text of the page. An element's text content, for a PagePlace, leaves these out.
SILENT = _words(
    """script style template noscript svg math iframe object embed select textarea head audio video canvas map
    applet frameset noframes xml datalist"""
)
#: Elements that flow within a line; every other one opens a box.
INLINE = _words(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark meter nobr
    output progress q ruby rb rp rt s samp small source span strike strong sub sup time tt u var wbr
    picture link meta param track area col blink amp-img"""
)
BOLD = frozenset(("b", "strong"))
ITALIC = frozenset(("i", "em", "cite"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: Boxes that hold one line among others, and so are no container of a story.
TEXT_BOXES = HEADINGS | _words("""p li blockquote pre dd dt td th center address figcaption""")
#: Elements whose presence anywhere above a line is worth knowing.
TELLING = _words(
    """nav footer header aside form figure figcaption table ul ol dl article main blockquote section button td
    th address details summary pre li"""
)

_CLASS_WORDS = {
    "story": r"""(?:article|story|entry|post|news|main|page|content|field|blog|text|rich)[-_]{0,2}(?:main[-_]?)?
        (?:body|content|text|copy|paragraph) articlebody storybody body[-_]?(?:text|copy|content) rich[-_]?text
        \bprose\b paragraph \bbody\b""",
    "article": r"article story \bpost\b entry hentry \bnews",
    "related": r"""relat recommend more[-_] [-_]more trend popular most latest also teaser read[-_]?next similar suggest
        recirc promo card tease""",
    "advert": r"""(?:^|[-_\s])ad(?:s|v|vert\w*)?(?:$|[-_\s]) advert sponsor outbrain taboola dfp banner commercial
        partner affiliate gpt""",
    "share": r"shar(?:e|ing) social follow twitter-share facebook addthis a2a sharedaddy bookmark",
    "tweet": r"twitter-tweet instagram-media fb-post embed tweet",
    "comment": r"comment disqus discuss respond reply replies livefyre",
    "menu": r"nav menu breadcrumb crumb toolbar masthead topbar pagination pager \btabs?\b site[-_]header skip",
    "footer": r"foot bottom copyright legal colophon site[-_]info",
    "side": r"side rail aside right[-_]?col secondary widget column-right supplement",
    "signup": r"""newsletter subscri sign[-_]?up paywall regist login sign[-_]?in cookie consent gdpr donat modal popup
        overlay offer cta""",
    "caption": r"""caption credit gallery slide photo image figure img media video carousel thumb lightbox player""",
    "byline": r"byline author \bbio\b contributor writer vcard",
    "stamp": r"date time publish updated meta info\b stamp",
    "tags": r"\btag [-_]tag tags topic categor keyword label kicker eyebrow section[-_]?name rubric",
    "title": r"title headline heading \bhed\b",
    "deck": r"""\bdek\b deck subhead sub[-_]?title standfirst summary excerpt intro lead lede abstract description
        tagline""",
    "pulled": r"pull quote callout highlight factbox fact-box infobox inset sidebar box",
    "hidden": r"""hidden hide sr-only screen-reader visually print-only print_only invisible offscreen
        d-none tooltip""",
    "listing": r"listing feed archive index river stream grid headlines",
    "end": r"footnote endnote disclaimer correction disclosure about source",
}
#: What words in class names and ids, lower case, tell of a box.
CLASS_GROUPS = tuple((name, re.compile("|".join(words.split()))) for name, words in _CLASS_WORDS.items())
#: Boxes that gather prose which is not the story.
CHROME = _words("""footer nav menu comment related side aside signup hidden share advert""")
