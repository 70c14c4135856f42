"""Whether two Markdown texts show the same, however each is spelled."""

import re

from opw.text import render_markdown

_PREFORMATTED = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_BARE_ADDRESS = re.compile(r'<a href="([^"]*)"[^>]*>\1</a>')
_BLOCK = re.compile(r"\s*(</?(?:p|[uo]l|li|h\d|[bh]r|blockquote|table|t[a-z]+)\b[^>]*>)\s*")
_LOOSE_ITEM = re.compile(r"(?<=<li>)\s*<p>|</p>\s*(?=</li>|<[uo]l>)")


def show_the_same(one: str, other: str) -> bool:
    """Whether a reader sees the same; a web address may be a link or not, a list may have wider gaps."""
    return one == other or _shown(one) == _shown(other)


def _shown(markdown: str) -> list[str]:
    html = _LOOSE_ITEM.sub("", _BARE_ADDRESS.sub(r"\1", str(render_markdown(markdown))))
    parts = _PREFORMATTED.split(html)
    return [part if part.startswith("<pre>") else _BLOCK.sub(r"\1", " ".join(part.split())) for part in parts]
