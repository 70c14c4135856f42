"""Words in texts, to see that none is lost."""

import html
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from opw.text import render_markdown

_BLOCK_TAG = re.compile(r"</?(?:p|[uo]l|li|br|h\d|pre|t[a-z]+)\b[^>]*>")


def words(text: str) -> list[str]:
    """The words of a text in their order; numbers count as words."""
    return re.findall(r"[^\W_]+", text)


def shown(markdown: str) -> str:
    """What a reader sees of a Markdown text, without its markup."""
    return html.unescape(re.sub(r"<[^>]*>", "", _BLOCK_TAG.sub(" ", str(render_markdown(markdown)))))


def texts(value: object) -> Iterator[str]:
    """Every text in a result, whatever it lies in."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
