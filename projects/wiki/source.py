"""Ideas in the source of a page: a template each, ``{{GSoC Project |Project=… |Desc=…}}`` or ``{{project |…}}``."""

import re
from collections.abc import Iterator

from projects.wiki.ideas import FIELD_OF, SECTIONS, Draft
from projects.wiki.lines import Kind, Line, to_markdown
from projects.wiki.markup import unboxed
from projects.wiki.page import Doubt
from projects.wiki.spelled_out import take_comments, take_mentors
from projects.wiki.stretches import Stretch
from projects.wiki.wikitext import lines_of, plain_text

_MARK = re.compile(
    r"""(?P<open> \{\{+ | ^\ *\{\| )
    | (?P<close> \}\}+ | ^\ *\|\}(?!\}) )
    | \|\s*(?P<name>[A-Za-z][A-Za-z ]{0,30}?)\s*=""",
    re.VERBOSE | re.MULTILINE,
)
_LAST_HEADING = re.compile(r"(?:^|\n)=+([^=\n]+)=+\s*$")


def read_source(template: Stretch, before: str) -> Draft | None:
    """The idea in a template, or None if it is none: a form that nobody filled in, another template of that name."""
    draft = Draft()
    if not template.is_closed:
        draft.doubts.append("The idea's template, or one within it, is left open; it may hold text from behind it.")
    for name, text in _fields(template.fields, draft):
        if name == "review":
            text = take_comments(text, draft, read_section)
        elif name == "mentors":
            text = take_mentors(text, draft)
        if name in SECTIONS:
            draft.add_section(name, _section(text, draft.doubts.append))
        else:
            draft.add_fact(name, plain_text(text.strip(), draft.doubts.append))
    if not (draft.facts or draft.sections):
        return None
    heading = _LAST_HEADING.search(before[-300:])
    if heading and "title" not in draft.facts:
        draft.add_fact("title", heading[1])
    return draft


def read_section(source: str) -> str:
    """The Markdown of a section's source."""
    return to_markdown(_section(source, lambda doubt: None))


def _section(source: str, doubt: Doubt) -> list[Line]:
    markdown = unboxed(source)
    return lines_of(source.strip("\n"), doubt) if markdown is None else [Line(Kind.BLOCK, markdown)]


def _fields(source: str, draft: Draft) -> Iterator[tuple[str, str]]:
    """The known fields with their text. What comes under a name that is not known stays where it stands."""
    starts = _starts(source, draft)
    if not starts:
        return
    ends = [*(start.start() for start in starts), len(source)]
    preface = source[: ends[0]].strip("| \n")
    if preface:
        draft.doubts.append("What stands before the template's first field was read as the description's beginning.")
        yield "description", preface
    for start, end in zip(starts, ends[1:], strict=True):
        text = source[start.end() : end]
        if text.strip():
            yield FIELD_OF[start["name"].casefold()], text


def _starts(source: str, draft: Draft) -> list[re.Match[str]]:
    """Where the known fields begin: outside inner templates and tables, unless one of them is left open."""
    depth = 0
    outside: list[re.Match[str]] = []
    inside: list[re.Match[str]] = []
    unknown: list[str] = []
    for mark in _MARK.finditer(source):
        if mark["open"]:
            depth += max(1, len(mark["open"]) // 2 * (mark["open"][-1] == "{"))
        elif mark["close"]:
            depth -= max(1, len(mark["close"]) // 2 * (mark["close"][0] == "}"))
        elif mark["name"].casefold() in FIELD_OF:
            (inside if depth > 0 else outside).append(mark)
        elif depth <= 0:
            unknown.append(mark["name"])
    for name in dict.fromkeys(unknown):
        draft.doubts.append(f"“{name}” is no field that is known here; it stays in the text that it stands in.")
    is_balanced = depth == 0
    return outside if is_balanced else sorted(outside + inside, key=re.Match.start)
