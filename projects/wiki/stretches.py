"""A page cut into the templates that hold an idea each, and the text around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from projects.wiki.rendered import first_title

_START = re.compile(
    r"""(?:^|(?<=\}\}))[ *#:]*
    (?:</?(?:section|noinclude|onlyinclude|includeonly|div|center|span)\b[^<>\n]{0,200}>[ ]*){0,5}
    \{\{[ ]*(?:template:)?(?:[a-z]{1,20}[ _]){0,2}(?:gsoc|opw)?project(?:[ _]?idea)?\s*(?=[|}])""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_BRACES = re.compile(r"\{\{+|\}\}+")
_LONE_END = re.compile(r"^ *\}\} *$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the page: a template, of which ``fields`` is what stands behind its name, or the text between."""

    text: str
    is_template: bool = False
    fields: str = ""
    is_closed: bool = True


def stretches(page: str) -> Iterator[Stretch]:
    """The stretches in their order; joined, their texts are the page."""
    position = 0
    starts = list(_START.finditer(page))
    limits = [*(start.start() for start in starts[1:]), len(page)]
    for start, limit in zip(starts, limits, strict=False):
        end, is_closed = _end(page, start, limit)
        yield Stretch(page[position : start.start()])
        fields = page[start.end() : end].rstrip()
        yield Stretch(
            page[start.start() : end], is_template=True, fields=fields.removesuffix("}}"), is_closed=is_closed
        )
        position = end
    yield Stretch(page[position:])


def _end(page: str, start: re.Match[str], limit: int) -> tuple[int, bool]:
    """Where the template ends, and whether by its own braces.

    One that is left open, or holds something that is, ends at a line with nothing but "}}", or else before the next
    idea, or else with the page: rather too much text in an idea than lost text.
    """
    depth = 0
    for braces in _BRACES.finditer(page, start.start(), limit):
        pairs = len(braces[0]) // 2
        depth += pairs if braces[0][0] == "{" else -pairs
        if depth <= 0:
            return braces.end(), True
    lone_end = _LONE_END.search(page, start.end(), limit)
    if lone_end:
        return lone_end.end(), False
    title = first_title(page[start.end() : limit])
    return (limit if title is None else start.end() + title), False
