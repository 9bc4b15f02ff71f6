"""Pages of invented text in the shapes that news systems give them, with what must and must not be read from each."""

# ruff: noqa: E501

from typing import NamedTuple


class Shape(NamedTuple):
    """A page, lines that are story, and words that stand in no story block."""

    name: str
    html: str
    story: tuple[str, ...]
    not_story: tuple[str, ...]


LEAD = (
    "The council of Harbour City voted on Monday to keep its old bridge, ending a dispute that had run for four years."
)
QUOTE = "“We have listened, and we have learned,” Mayor Ada Quill said after the vote, which passed by nine to six."
REPLY = "Opponents said the repairs would cost more than a new bridge, and promised to take the matter to a court."
LAST = "Work is due to begin in the spring, once the engineers have finished their survey of the eastern pier."
STORY = (LEAD, QUOTE, REPLY, LAST)
NAV = "<ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li><li><a href='/s'>Sport</a></li></ul>"
MORE = "".join(f"<li><a href='/{n}'>Another story number {n} about the weather in town</a></li>" for n in range(6))


def _paragraphs(*lines: str) -> str:
    return "\n".join(f"<p>{line}</p>" for line in lines)


WORDPRESS = Shape(
    "wordpress",
    f"""<!DOCTYPE html><html lang="en"><head><title>Old bridge stays - Harbour Gazette</title></head>
<body class="post-template-default single single-post"><header class="site-header"><nav class="main-navigation">{NAV}
</nav></header><div id="content" class="site-content"><main class="site-main"><article id="post-12" class="post hentry">
<header class="entry-header"><h1 class="entry-title">Old bridge stays, council says</h1><div class="entry-meta">
<span class="byline">By <a href="/jo">Jo Marsh</a></span><time>March 4, 2024</time></div></header>
<div class="entry-content">{_paragraphs(LEAD, QUOTE)}<figure class="wp-caption"><img src="b.jpg">
<figcaption class="wp-caption-text">The bridge at dusk, seen from the eastern pier. Photo by Lee Ash</figcaption></figure>
<p><strong>Related:</strong> <a href="/x">Ferry fares rise again</a></p>{_paragraphs(REPLY, LAST)}
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a>Click to share on Facebook</a></li></ul></div></div></article>
<div id="comments" class="comments-area"><h2>2 comments</h2><ol><li><p>I never liked the bridge and I will say so to
anyone who asks me, whatever the council thinks of it.</p></li></ol></div></main><aside class="widget-area">
<h2>Recent posts</h2><ul>{MORE}</ul></aside></div><footer class="site-footer">Copyright 2024 Harbour Gazette</footer>
</body></html>""",
    STORY,
    ("Ferry fares", "never liked", "Another story", "Click to share", "Lee Ash", "Sport"),
)
AGENCY = Shape(
    "agency",
    f"""<html><body><div class="Page"><header class="Page-header">{NAV}</header><main class="Page-main"><div
class="Page-content"><h1 class="Page-headline">Council keeps old bridge</h1><div class="Page-byline">By JO MARSH</div>
<div class="RichTextStoryBody RichTextBody"><p>HARBOUR CITY (Wire) — {LEAD}</p><p>{QUOTE}</p>
<div class="HTMLModuleEnhancement"><h4>People also read…</h4></div>
<div class="PageListEnhancement"><ul>{MORE}</ul></div><p>{REPLY}</p><p>{LAST}</p><p>___</p>
<p>Lee Ash in Eastport contributed to this report.</p><p>Follow the Wire’s coverage of bridges at https://wire.example</p>
</div></div></main><footer>Copyright 2024 The Wire. All rights reserved.</footer></div></body></html>""",
    STORY,
    ("Another story", "Follow the Wire", "All rights reserved", "People also read"),
)
BROADCASTER = Shape(
    "broadcaster",
    f"""<html><body><div role="navigation" class="orb-nav">{NAV}</div><main id="main-content"><article>
<header><h1 id="main-heading">Harbour City keeps its bridge</h1></header><div data-component="text-block" class="ssrcss-b">
<div class="ssrcss-rich"><p class="ssrcss-p"><b>{LEAD}</b></p></div></div>
<div data-component="text-block" class="ssrcss-b"><div class="ssrcss-rich"><p class="ssrcss-p">{QUOTE}</p></div></div>
<figure><img><span class="off-screen">Image source, Reuters</span><figcaption><span>Image caption, </span>The bridge was
built when the town had one tram</figcaption></figure>
<div data-component="text-block" class="ssrcss-b"><div class="ssrcss-rich"><p class="ssrcss-p">{REPLY}</p></div></div>
<div data-component="subheadline-block"><h2>What happens next?</h2></div>
<div data-component="text-block" class="ssrcss-b"><div class="ssrcss-rich"><p class="ssrcss-p">{LAST}</p></div></div>
</article><section class="related-topics"><h2>Related topics</h2><ul><li><a>Bridges</a></li></ul></section>
<section class="top-stories"><h2>Top stories</h2><ul>{MORE}</ul></section></main></body></html>""",
    (*STORY, "What happens next?"),
    ("Another story", "one tram", "Related topics"),
)
AMP = Shape(
    "amp",
    f"""<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><script async src="https://cdn.invalid/v0.js"></script>
<style amp-boilerplate>body{{-webkit-animation:none}}</style></head><body><amp-sidebar id="side" layout="nodisplay">{NAV}
</amp-sidebar><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">Bridge stays
</h1></header><div class="amp-wp-article-content">{_paragraphs(LEAD, QUOTE)}<amp-ad width="300"><div placeholder>
Advertisement</div></amp-ad>{_paragraphs(REPLY, LAST)}</div></article><template type="amp-mustache"><p>{{{{name}}}} and
so many more words in a template that nobody will ever see on the page at all.</p></template></body></html>""",
    STORY,
    ("Advertisement", "template", "Sport", "webkit"),
)
REACT = Shape(
    "react",
    f"""<html><head><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Bridge stays",
"articleBody": "{LEAD} {QUOTE} {REPLY} {LAST}"}}</script></head><body><div id="root"><div class="css-1"><div
class="css-2">{NAV}</div><div class="css-3"><h1 class="css-4">Bridge stays</h1><div class="css-5"><div class="css-6">{LEAD}
</div></div><div class="css-5"><div class="css-6">{QUOTE}</div></div><div class="css-7"><a href="/x">Subscribe now for
unlimited access to every story</a></div><div class="css-5"><div class="css-6">{REPLY}</div></div><div class="css-5"><div
class="css-6">{LAST}</div></div></div></div></div><script>window.__STATE__={{"text":"hidden state words here"}}</script>
</body></html>""",
    STORY,
    ("Subscribe", "hidden state"),
)
TABLES = Shape(
    "tables",
    f"""<html><body bgcolor=white><table width=760><tr><td colspan=2><a href=/>Home</a> | <a href=/n>News</a></td></tr>
<tr><td width=140 valign=top><font size=1><a href=1>Archive</a><br><a href=2>Letters</a><br><a href=3>Shop</a></font></td>
<td><font size=5><b>Bridge stays</b></font><br><br><font size=2>{LEAD}<br><br>{QUOTE}<br><br>{REPLY}<br><br>{LAST}</font>
</td></tr><tr><td colspan=2 align=center><font size=1>Copyright 2003 Harbour Gazette</font></td></tr></table></body>""",
    STORY,
    ("Archive", "Copyright"),
)
DRUPAL = Shape(
    "drupal",
    f"""<html><body class="path-node page-node-type-article"><div class="dialog-off-canvas-main-canvas"><header
role="banner">{NAV}</header><div class="region region-content"><article class="node node--type-article"><h1
class="page-title"><span class="field field--name-title">Bridge stays</span></h1><div class="node__content"><div
class="clearfix text-formatted field field--name-body field--type-text-with-summary field__item">{_paragraphs(LEAD)}
<blockquote><p>{QUOTE}</p></blockquote>{_paragraphs(REPLY)}<ul><li>The vote was nine to six, with no member absent.</li>
<li>The repairs are put at four million crowns by the engineers.</li></ul>{_paragraphs(LAST)}</div><div
class="field field--name-field-tags"><div class="field__label">Tags</div><div><a href="/t">bridges</a></div></div></div>
</article></div><aside class="region-sidebar-second"><h2>Popular</h2><ul>{MORE}</ul></aside></div></body></html>""",
    (*STORY, "The vote was nine to six, with no member absent."),
    ("Another story",),
)
BLOGGER = Shape(
    "blogger",
    f"""<html><body><div class="content-outer"><div class="main section" id="main"><div class="blog-posts hfeed"><h2
class="date-header"><span>Monday, 4 March 2024</span></h2><div class="post hentry"><h3 class="post-title entry-title"><a
href="/b">Bridge stays</a></h3><div class="post-body entry-content">{LEAD}<br /><br />{QUOTE}<br /><br /><div
style="text-align: justify;">{REPLY}</div><br />{LAST}<br /></div><div class="post-footer"><span class="post-author vcard">
Posted by <a>Jo Marsh</a></span> at <a>09:12</a> <a>Email This</a> <a>BlogThis!</a></div></div></div></div><div
class="sidebar section"><div class="widget"><h2>Blog Archive</h2><ul>{MORE}</ul></div></div></div></body></html>""",
    STORY,
    ("BlogThis", "Another story"),
)
SHAPES = (WORDPRESS, AGENCY, BROADCASTER, AMP, REACT, TABLES, DRUPAL, BLOGGER)
