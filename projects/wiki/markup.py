"""Markdown as a wiki's own markup, and plain words that a wiki shows as they are.

Not all of Markdown has a wiki's spelling that reads back as the same. A text that has none stands in a box, as the
Markdown it is: ``<pre class="markdown">…</pre>``.
"""

import html
import re
from html.parser import HTMLParser

from opw.text import render_markdown
from projects.wiki.clean import plainer

_MARKUP = re.compile(
    r"""[&<>\[{|}\]] | '(?=') | (?<=')' | ~(?=~) | (?<=~)~ | _(?=_) | (?<=_)_
    | ^[*+\-\#:;=\ •◦▪‣●○■] | (?<=^\d)[.)] | (?<=^\d\d)[.)] | (?<=^\d\d\d)[.)]
    """,
    re.VERBOSE | re.MULTILINE,
)
_SPACE = re.compile(r"[^\S\n ]")
_IN_CODE = re.compile(r"[&<>{|}]")
_BOX = re.compile(r'\s*<pre class="markdown">(?P<markdown>[^<]*)</pre>\s*')
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\[\]{|}<>\"]+")
_EMPHASIS = {"em": "''", "strong": "'''"}
_HEADINGS = {f"h{level}": "=" * level for level in range(1, 7)}
_ITEMS = {"ul": "*", "ol": "#"}


def plain(words: str) -> str:
    """The words as a wiki shows them, and as they are read back: what would be its markup is a character's number."""
    return _kept(_MARKUP, words)


def boxed(markdown: str) -> str:
    """The Markdown as it stands, in a box."""
    return f'<pre class="markdown">{_kept(_IN_CODE, markdown)}</pre>'


def unboxed(source: str) -> str | None:
    """The Markdown in the box, if the text is one."""
    box = _BOX.fullmatch(source)
    return html.unescape(box["markdown"]) if box else None


def wikitext(markdown: str) -> str:
    """The Markdown in a wiki's markup, as well as that goes."""
    writer = _Writer()
    writer.feed(str(render_markdown(markdown)))
    writer.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(writer.written)).strip("\n")


def _kept(markup: re.Pattern[str], text: str) -> str:
    """The text with a number for what would be markup, and for the spaces that a page makes plainer."""
    return _SPACE.sub(_numbered, markup.sub(_numbered, plainer(text)))


def _numbered(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


class _Writer(HTMLParser):
    """Writes markup from the HTML that shows a Markdown text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._lists: list[str] = []
        self._links: list[tuple[int, str]] = []  # where each open link began, and where it leads
        self._is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPHASIS:
            self.written.append(_EMPHASIS[tag])
        elif tag in _HEADINGS:
            self.written.append(f"\n\n{_HEADINGS[tag]} ")
        elif tag in _ITEMS:
            self._lists.append(_ITEMS[tag])
        elif tag == "li":
            self.written.append(f"\n{''.join(self._lists)} ")
        elif tag == "a":
            self._links.append((len(self.written), dict(attrs).get("href") or ""))
        elif tag == "pre":
            self._is_code = True
            self.written.append("\n\n<pre>")
        elif tag == "p":
            self.written.append("\n\n" if not self._lists else "")
        elif not (tag == "code" and self._is_code):
            self.written.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPHASIS:
            self.written.append(_EMPHASIS[tag])
        elif tag in _HEADINGS:
            self.written.append(f" {_HEADINGS[tag]}\n\n")
        elif tag in _ITEMS:
            self._lists.pop()
            self.written.append("\n\n" if not self._lists else "")
        elif tag == "a":
            self._end_link()
        elif tag == "pre":
            self._is_code = False
            self.written.append("</pre>\n\n")
        elif tag == "p":
            self.written.append("\n\n" if not self._lists else "")
        elif tag not in ("li", "br", "hr") and not (tag == "code" and self._is_code):
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._is_code:
            self.written.append(_kept(_IN_CODE, data))
            return
        if self._lists:  # an item has one line, and none stands between two of them
            data = re.sub(r" *\n *", " ", data) if data.strip() or "\n" not in data else ""
        words = plain("\n".join(line.lstrip(" ") for line in data.split("\n")))
        self.written.append(" " * data.startswith(" ") + words)

    def _end_link(self) -> None:
        start, address = self._links.pop()
        label = "".join(self.written[start:])
        del self.written[start:]
        if _ADDRESS.fullmatch(address):
            self.written.append(address if label == plain(address) else f"[{address} {label}]")
        else:  # no wiki can link there
            self.written.append(f"{label} {plain(address)}")
