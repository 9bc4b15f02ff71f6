"""Bytes of a page to its characters: which charset, on whose word, and what had to be replaced.

The order of trust is that of the WHATWG encoding standard: byte order mark, the transport's header, the page's own
<meta>, then the bytes themselves. A declared charset that the bytes contradict is overruled with a Note. Does not
parse HTML and does not guess languages.
"""

from __future__ import annotations

import codecs
import re

from onrecord.record import Note

STEP = "read.charset"
#: That of UTF-32 begins as that of UTF-16 does, and comes first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Which bytes of a character are zero where Latin letters are written in so many bytes each.
_ZEROS = (("utf-32-le", 4, (1, 2, 3)), ("utf-32-be", 4, (0, 1, 2)), ("utf-16-le", 2, (1,)), ("utf-16-be", 2, (0,)))
_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
#: How far into the page a <meta charset> is looked for; the standard says 1,024, real pages go further.
_META_REACH = 8192
#: What browsers take these labels to mean (https://encoding.spec.whatwg.org/#names-and-labels).
_AS_BROWSERS_READ = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "windows-874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
#: Codecs that Python knows and that are no charset of a page.
_NO_CHARSET = frozenset(
    ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs", "oem")
)


def decode(content: bytes, header: str | None = None) -> tuple[str, tuple[Note, ...]]:
    """The characters of `content`, and notes on what was overruled or replaced. `header` is the transport's charset."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], name, ())
    wide = wide_charset(content)
    if wide is not None:
        return _decoded(content, wide, () if header else (_note(f"no charset given; read as {wide}"),))
    declared = _charset(header) or _declared_in_page(content)
    if declared is None:
        return _undeclared(content)
    if declared == "utf-8":
        return _declared_utf8(content)
    if _is_utf8_beyond_ascii(content):
        return _decoded(content, "utf-8", (_note(f"the page says {declared} but is utf-8"),))
    return _decoded(content, declared, ())


def wide_charset(content: bytes) -> str | None:
    """The charset of two or four bytes a character that a text is in, by its mark or its zeros; None for others."""
    for mark, name in _MARKS[1:]:
        if content.startswith(mark):
            return name
    beginning = content[:4096]
    for name, width, places in _ZEROS:
        columns = [beginning[place::width] for place in range(width)]
        rest = [column for place, column in enumerate(columns) if place not in places]
        if all(columns[place].count(0) >= 0.9 * len(columns[place]) > 0 for place in places) and not rest[0].count(0):
            return name
    return None


def _undeclared(content: bytes) -> tuple[str, tuple[Note, ...]]:
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        # A page cut in mid-character, or with a few broken bytes, is still UTF-8 when most of its long bytes are.
        if _mostly_utf8(content):
            return _decoded(content, "utf-8", ())
        note = _note(f"no charset given and not utf-8 (byte {error.start}); read as windows-1252")
        return _decoded(content, "windows-1252", (note,))


def _declared_utf8(content: bytes) -> tuple[str, tuple[Note, ...]]:
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        if _mostly_utf8(content):
            return _decoded(content, "utf-8", ())
        return _decoded(content, "windows-1252", (_note("the page says utf-8 but is not; read as windows-1252"),))


def _decoded(content: bytes, charset: str, notes: tuple[Note, ...]) -> tuple[str, tuple[Note, ...]]:
    text = content.decode(charset, "replace")
    replaced = text.count("\ufffd")
    if replaced:
        notes = (*notes, _note(f"{replaced} characters are not valid {charset} and were replaced"))
    return text, notes


def _declared_in_page(content: bytes) -> str | None:
    head = content[:_META_REACH]
    found = _META.search(head) or _XML.search(head)
    if found is None:
        return None
    name = _charset(found.group(1).decode("ascii", "replace"))
    # A page whose <meta> could be read as ASCII is not UTF-16, whatever it says (WHATWG).
    return "utf-8" if name is not None and name.startswith("utf-16") else name


def _charset(label: str | None) -> str | None:
    """The codec that a charset label means, None when it means none."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
        b"<p>".decode(name, "replace")  # refuses codecs that are not text, such as "hex"
    except (LookupError, ValueError):
        return None
    return None if name in _NO_CHARSET else _AS_BROWSERS_READ.get(name, name)


def _is_utf8_beyond_ascii(content: bytes) -> bool:
    if content.isascii():
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(content: bytes) -> bool:
    """Whether at least half of the characters beyond ASCII are whole UTF-8 sequences."""
    text = content[:1_000_000].decode("utf-8", "replace")
    long_characters = sum(len(run) for run in re.findall(r"[^\x00-\x7f]+", text))
    return text.count("\ufffd") * 2 <= long_characters


def _note(message: str) -> Note:
    return Note(STEP, message)
