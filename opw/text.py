"""What people type: Markdown is rendered, then sanitised; names in letters are single lines of text."""

from functools import lru_cache

import markdown
import nh3
from django.utils.safestring import SafeString, mark_safe

_EXTENSIONS = ["fenced_code", "tables", "sane_lists"]
_TAGS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
_HEADINGS = {"h1": "h3", "h2": "h4"}


@lru_cache(maxsize=500)  # a page's texts are read far more often than they are written
def render_markdown(text: str) -> SafeString:
    """The HTML of a text that a person typed, safe to show to others.

    Images, raw HTML and scripts do not survive; links lead only to http, https and mailto addresses. A text's own
    headings start at the third level, below those of the page.
    """
    html = markdown.markdown(text, extensions=_EXTENSIONS, output_format="html")
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


def one_line(text: str) -> str:
    """The text on one line without control characters: for subjects, headers and names in letters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def count_words(text: str) -> int:
    """How many words a text has: what stands between white space. static/word-count.js counts the same."""
    return len(text.split())


def same_but_for_white_space(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but white space; such an edit is not a material one."""
    return one.split() == other.split()
