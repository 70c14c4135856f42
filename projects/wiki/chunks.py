"""A long text cut where its markup allows, because the parser's time grows faster than what it is given."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_ENOUGH = 4_000  # cut at the next line end where nothing is open
_TOO_MUCH = 50_000  # cut at the next blank line, whatever is open
_UNREADABLE = 100_000
_TANGLED = 20  # so many openings without their end: each makes the parser start anew
_SINGLE_TAGS = r"br|hr|wbr|li|dd|dt|td|th|tr|p|img|meta|link"
_MARK = re.compile(
    rf"""(?P<open> \{{\{{ | \[ | \{{\| | <!-- )
    | (?P<close> \}}\}} | \] | \|\}} | --> | /> )
    | <(?!(?:{_SINGLE_TAGS})\b)(?P<tag>[a-z]+)(?=[\s>])
    | (?P<end_tag> </[a-z]+ )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_KIND = {"}}": "{{", "]": "[", "|}": "{|", "-->": "<!--", "/>": "<"}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some whole lines of a text; tangled ones are not worth parsing."""

    text: str
    is_tangled: bool


def chunks(text: str) -> Iterator[Chunk]:
    """The text in pieces of whole lines; joined by line ends they are the text."""
    lines: list[str] = []
    size = 0
    still_open: Counter[str] = Counter()
    for line in text.split("\n"):
        lines.append(line)
        size += len(line) + 1
        _count(line, still_open)
        is_open = any(still_open.values())
        if (size >= _ENOUGH and not is_open) or (size >= _TOO_MUCH and not line.strip()):
            yield _chunk(lines, still_open)
            lines, size = [], 0
            still_open.clear()
    if lines:
        yield _chunk(lines, still_open)


def _chunk(lines: list[str], still_open: Counter[str]) -> Chunk:
    text = "\n".join(lines)
    return Chunk(text, is_tangled=still_open.total() > _TANGLED or len(text) > _UNREADABLE)


def _count(line: str, still_open: Counter[str]) -> None:
    """Count what the line opens and closes; what closes more than is open closes nothing."""
    for mark in _MARK.finditer(line):
        if mark["open"]:
            still_open[mark["open"]] += 1
        elif mark["tag"]:
            still_open["<"] += 1
        else:
            kind = "<" if mark["end_tag"] else _KIND[mark["close"]]
            still_open[kind] = max(0, still_open[kind] - 1)
