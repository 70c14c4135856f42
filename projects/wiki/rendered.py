"""Ideas in the text of a page as a browser shows it: a title, a line "Date of insert: …", then "Label: …" lines.

Where an idea begins is plain: the line above "Date of insert:". Where one ends is a guess, made only behind its last
label: at a line that looks like a heading and stands alone, if it comes after its references or its review, or after
two blank lines, as headings do on such pages. What follows it, up to the next title, belongs to no idea.
"""

import re
from dataclasses import dataclass

from projects.wiki.escaping import escape
from projects.wiki.ideas import FIELD_OF, SECTIONS, Draft
from projects.wiki.lines import line_of, without_icons

_HEAD = re.compile(r" {0,3}Date of insert ?:", re.IGNORECASE)
_HEAD_FACT = re.compile(r"(?:^|;) *(Date of insert|Verified|GSoC) ?:", re.IGNORECASE)
_ONLY_IN_SOURCE = {
    "project", "project title", "title", "anchor", "date", "desc", "review", "slug", "summary", "channels",
    "system requirements", "required tags", "preferred tags",
}  # fmt: skip
_LABELS = sorted(set(FIELD_OF) - _ONLY_IN_SOURCE, key=len, reverse=True)
_LABEL = re.compile(rf" {{0,3}}(?P<label>(?=[A-Z])(?i:{'|'.join(_LABELS)})) ?(?::|(?<=Comments) *$)(?P<text>.*)")
_EDIT_LINK = re.compile(r" ?\[edit(?: \| edit source)?\]$")
_LONGEST_TITLE = 200
_LONGEST_HEADING = 80


def read_rendered(text: str) -> tuple[list[Draft], list[str]]:
    """The ideas in a stretch of rendered text, and the text before, between and behind them."""
    lines = text.split("\n")
    heads = [index for index, line in enumerate(lines) if _HEAD.match(line)]
    if not heads:
        return [], lines_as_text(lines)
    titles = [_title_above(lines, head, before) for head, before in zip(heads, [-1, *heads], strict=False)]
    ends = [*titles[1:], len(lines)]
    drafts, unplaced = [], lines_as_text(lines[: titles[0]])
    for title, head, end in zip(titles, heads, ends, strict=True):
        draft, rest = _read_idea(lines[title:end], head - title, is_last=end == len(lines))
        drafts.append(draft)
        unplaced += lines_as_text(rest)
    return drafts, unplaced


def lines_as_text(lines: list[str]) -> list[str]:
    """The lines as one stretch of text, if there is any in them."""
    text = "\n".join(lines).strip("\n")
    return [text] if text.strip() else []


def first_title(text: str) -> int | None:
    """Where the title of the first rendered idea begins in the text."""
    lines = text.split("\n")
    head = next((index for index, line in enumerate(lines) if _HEAD.match(line)), None)
    return None if head is None else sum(len(line) + 1 for line in lines[: _title_above(lines, head, -1)])


def _title_above(lines: list[str], head: int, before: int) -> int:
    """The line of the title, or the head's own if there is none between it and the head before."""
    above = next((index for index in range(head - 1, before, -1) if lines[index].strip()), head)
    is_title = len(lines[above]) <= _LONGEST_TITLE and not _LABEL.match(lines[above]) and not _is_item(lines[above])
    return above if is_title else head


def _is_item(line: str) -> bool:
    return line.lstrip()[:1] in ("•", "*")


@dataclass(slots=True)
class _Field:
    """The lines under a label, which may be none of ours: then they stand before the first."""

    name: str
    lines: list[str]


def _read_idea(lines: list[str], head: int, *, is_last: bool) -> tuple[Draft, list[str]]:
    """The idea in these lines, and those behind its end."""
    draft = Draft()
    draft.add_fact("title", _title(lines[0]) if head else "")
    pieces = _HEAD_FACT.split(lines[head])
    for label, value in zip(pieces[1::2], pieces[2::2], strict=True):
        draft.add_fact(FIELD_OF[label.casefold()], without_icons(value))
    fields = _fields(lines[head + 1 :], draft)
    last = fields[-1]
    end = _end(last, draft, is_last=is_last)
    rest = last.lines[end:]
    last.lines = last.lines[:end]
    for found in fields:
        _add(found, draft)
    return draft, rest


def _title(line: str) -> str:
    return _EDIT_LINK.sub("", without_icons(line).strip().strip("=")).strip()


def _fields(body: list[str], draft: Draft) -> list[_Field]:
    """The lines under each label; a label that comes again is text."""
    fields = [_Field("", [])]
    for line in body:
        label = _LABEL.match(line)
        name = FIELD_OF[label["label"].casefold()] if label else ""
        is_new = name not in draft.facts and all(name != known.name for known in fields)
        if label and is_new:
            fields.append(_Field(name, [label["text"].strip()]))
            continue
        if label:
            draft.doubts.append(f"“{label['label']}:” stands there twice; the second was read as text.")
        fields[-1].lines.append(line)
    return fields


def _end(last: _Field, draft: Draft, *, is_last: bool) -> int:
    """How many lines of its last field belong to the idea."""
    for index in range(1, len(last.lines)):
        if not _is_heading(last.lines, index):
            continue
        is_behind_all = last.name == "review" or (last.name == "references" and _has_text(last.lines[:index]))
        is_set_apart = index > 1 and not last.lines[index - 2].strip()
        if is_behind_all:
            return index
        if is_set_apart or (last.name == "references" and is_last):
            heading = last.lines[index].strip()
            draft.doubts.append(f"“{heading}” was taken for a heading behind the idea, not for a part of it.")
            return index
    return len(last.lines)


def _has_text(lines: list[str]) -> bool:
    return any(line.strip() for line in lines)


def _is_heading(lines: list[str], index: int) -> bool:
    """Whether the line stands alone between blank lines, is short, and does not end as a sentence does."""
    line = lines[index]
    if not line.strip():
        return False
    stands_alone = not lines[index - 1].strip() and not _has_text(lines[index + 1 : index + 2])
    begins_as_one = line[:1].isupper() or line[:1].isdigit()
    ends_as_one = not line.rstrip().endswith((".", ",", ":", ";", "!", "?"))
    return stands_alone and begins_as_one and ends_as_one and len(line) <= _LONGEST_HEADING and "://" not in line


def _add(found: _Field, draft: Draft) -> None:
    if found.name and found.name not in SECTIONS:
        draft.add_fact(found.name, without_icons("\n".join(found.lines)))
    elif found.name or _has_text(found.lines):
        if not found.name:
            draft.doubts.append("What stands before the first label was read as the beginning of the description.")
        draft.add_section(found.name or "description", [line_of(escape(line)) for line in found.lines])
