"""One kind of text from every kind of file."""

import codecs

from projects.wiki.escaping import MARKUP
from projects.wiki.page import NotAnIdeasPage

_SPACES = "\u00a0\u2007\u202f"  # the no-break ones
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in f"\t\n{_LINE_ENDS}"]
_REFUSED = str.maketrans(dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd") | {"\0": " "})  # by a database
_PLAIN = str.maketrans(
    dict.fromkeys(_CONTROLS, " ") | dict.fromkeys(_LINE_ENDS, "\n") | {"\ufeff": "", MARKUP: "\ufffd"}
)
_PLAIN_SPACES = str.maketrans(dict.fromkeys(_SPACES, " ") | {"\t": "    "})
_NOT_UTF_8 = "The file is not text in UTF-8. Save the page as UTF-8 text and try again."


def text_of(content: str | bytes) -> str:
    """The content as text with plain line ends, and without what a database refuses."""
    text = content if isinstance(content, str) else _decoded(content)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").translate(_REFUSED)


def plainer(text: str) -> str:
    """The text without the characters that mean nothing on a page."""
    return text.translate(_PLAIN)


def clean_text(content: str | bytes) -> str:
    """The content as a wiki's page, with no other spaces and line ends than plain ones."""
    return plainer(text_of(content)).translate(_PLAIN_SPACES)


def _decoded(content: bytes) -> str:
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not is_utf_16 and content.count(0) > len(content) // 10:  # UTF-16 that does not say so, or no text at all
        raise NotAnIdeasPage(_NOT_UTF_8)
    try:
        return content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAnIdeasPage(_NOT_UTF_8) from error
