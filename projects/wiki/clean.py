"""One kind of text from every kind of file."""

import codecs

from projects.wiki.escaping import MARKUP
from projects.wiki.page import NotAnIdeasPage

_SPACES = "\u00a0\u2007\u202f"  # the no-break ones
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in f"\t\n{_LINE_ENDS}"]
_NORMAL = str.maketrans(
    dict.fromkeys(_CONTROLS, " ")
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
    | {"\t": "    ", "\ufeff": "", MARKUP: "\ufffd"}
)


def clean_text(content: str | bytes) -> str:
    """The content as text with plain line ends and plain spaces, and without what a database refuses."""
    text = content if isinstance(content, str) else _decoded(content)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_NORMAL)


def _decoded(content: bytes) -> str:
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAnIdeasPage("The file is not text in UTF-8. Save the page as UTF-8 text and try again.") from error
