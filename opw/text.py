"""What people type: Markdown is rendered, then sanitised; names in letters are single lines of text."""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

import markdown
import nh3
from django.core.exceptions import ValidationError
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown.blockprocessors import HashHeaderProcessor
from markdown.treeprocessors import Treeprocessor


class _HeadingsHaveASpace(HashHeaderProcessor):
    """As CommonMark has it: “# Steps” is a heading; “#opw on irc.example.org” is a channel, and stays text."""

    RE = re.compile(HashHeaderProcessor.RE.pattern.replace("#{1,6})", "#{1,6})(?=[ \\t\\n]|$)", 1))


class _ImagesAreLinks(Treeprocessor):
    """A picture from elsewhere is not loaded, since that would tell its host who reads; a link leads to it."""

    def run(self, root: Element) -> None:
        for image in root.iter("img"):
            address = image.get("src", "")
            image.tag, image.text = "a", image.get("alt") or address
            image.attrib.clear()
            image.set("href", address)


class _AsPeopleType(markdown.Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.parser.blockprocessors.register(_HeadingsHaveASpace(md.parser), "hashheader", 70)  # in its usual place
        md.treeprocessors.register(_ImagesAreLinks(md), "images", 5)  # after the inline patterns have made them


_EXTENSIONS: list[str | markdown.Extension] = ["fenced_code", "tables", "sane_lists", _AsPeopleType()]
_TAGS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
_HEADINGS = {"h1": "h3", "h2": "h4"}


@lru_cache(maxsize=500)  # a page's texts are read far more often than they are written
def render_markdown(text: str) -> SafeString:
    """The HTML of a text that a person typed, safe to show to others.

    Raw HTML and scripts do not survive, an image becomes a link to it, and links lead only to http, https and mailto
    addresses. A text's own headings start at the third level, below those of the page. What is no prose, but made to
    keep the renderer busy, is shown as it was typed.
    """
    try:
        html = linebreaks(text, autoescape=True) if _is_endless(text) else _rendered(text)
    except RecursionError:
        html = linebreaks(text, autoescape=True)
    for typed, shown in _HEADINGS.items():
        html = html.replace(f"<{typed}>", f"<{shown}>").replace(f"</{typed}>", f"</{shown}>")
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer ugc",
    )
    return mark_safe(clean)  # noqa: S308  # nh3 has just cleaned it


def _rendered(text: str) -> str:
    return markdown.markdown(text, extensions=_EXTENSIONS, output_format="html")


def _is_endless(text: str) -> bool:
    """Whether rendering could take longer than a second or two: the library looks from each bracket to its block's end.

    The limits lie far above what people write: two thousand lines, a hundred links in one list of them.
    """
    looked_at = sum(block.count("[") * len(block) for block in re.split(r"\n\s*\n", text))
    return looked_at > 1_500_000 or text.count("\n") > 2_000 or text.count("<") > 1_500 or text.count("<!") > 50


def one_line(text: str) -> str:
    """The text on one line without control characters: for subjects, headers and names in letters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def count_words(text: str) -> int:
    """How many words a text has: what stands between white space. static/word-count.js counts the same."""
    return len(text.split())


# Control characters, line separators, and the marks that turn the direction of all the writing behind them.
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def one_plain_line(text: str) -> str:
    """What a person typed into a field of one line; it stands in lists and sentences that it must not turn around."""
    line = " ".join(text.split())
    if _HIDDEN.search(line):
        raise ValidationError("There is a hidden mark in this text that would garble the page. Please type it anew.")
    return line


def same_but_for_white_space(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but white space; such an edit is not a material one."""
    return one.split() == other.split()


def spreadsheet_cell(value: object) -> str:
    """A value as a cell of a CSV file; what a spreadsheet would take for a formula begins with an apostrophe."""
    cell = "" if value is None else str(value)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
