"""The comments of a peer review: who said what, when, about which section, and in reply to whom.

A comment begins with a bullet of the outermost list or with a signature, "Ann 10:05, 11 February 2013 (UTC):" or
"Ann, 13 March 2013 (Replying to Ben):", which may also close it, as wikis sign. It is a reply when it says so, or
when it is signed and indented under another; bullets under a comment that nobody signed are the comment's own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from projects.wiki.days import MOMENT, read_moment
from projects.wiki.escaping import unescape
from projects.wiki.lines import BLANK, Kind, Line, to_markdown
from projects.wiki.page import Doubt, WikiPoint

_REPLYING = r"\((?:in[ ])?repl(?:ying|y)[ ]to[ ](?P<to>[^)\n]{1,100})\)"
_TALK = r"(?:[ ]?\(talk(?:[ ]\|[ ]contribs)?\))"
_OPENING = re.compile(
    rf"(?P<author>[^:\n]{{1,80}}?){_TALK}?,?[ ]+{MOMENT}[ ]*(?:{_REPLYING}[ ]*:?|:|(?<=\))|$)\s*",
    re.IGNORECASE | re.VERBOSE,
)
_CLOSING = re.compile(
    rf"(?:(?:--|[—–~])[ ]?(?P<author>[^—–\n]{{1,80}}?){_TALK}?|(?<!\S)(?P<talker>\S{{1,40}}){_TALK}),?[ ]+{MOMENT}\.?$",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_CLOSING = 200
_NO_NAME = re.compile(
    r".*(?:\w\w[.!?]\s|--|[—–]).* | (?:.*\s)?(?:on|by|in|at|of|since|until|before|after|from|the|to)", re.I | re.X
)
_INSTRUCTION = re.compile(r"\(?delete as addressed\)?:?\s*", re.IGNORECASE)
_SECTION = r"""["“']?\b(description|outcome|step|skill|reference)s?["”']?"""
_ABOUT = re.compile(rf"(?:in )?(?:the )?{_SECTION}(?: section)?:", re.IGNORECASE)
_NAMED = re.compile(rf"{_SECTION} section\b", re.IGNORECASE)


@dataclass(slots=True)
class _Comment:
    indent: int
    is_nested: bool
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class _Signed:
    """A comment with its signature taken off."""

    author: str
    at: datetime | None
    to: str
    lines: list[Line]


@dataclass(slots=True)
class _Thread:
    point: WikiPoint
    replies: list[WikiPoint] = field(default_factory=list)

    def holds(self, author: str) -> bool:
        return author.casefold() in (comment.author.casefold() for comment in (self.point, *self.replies))


def read_review(lines: list[Line], doubt: Doubt, *, after: Sequence[WikiPoint] = ()) -> tuple[WikiPoint, ...]:
    """The review points in the order of the page, each with its replies; ``after`` those that are known already."""
    threads = [_Thread(point, list(point.replies)) for point in after]
    for comment in _comments(lines):
        _place(comment, threads, doubt)
    return tuple(replace(thread.point, replies=tuple(thread.replies)) for thread in threads)


def _comments(lines: list[Line]) -> Iterator[_Comment]:
    current = None
    outermost: int | None = None  # the indentation of the last comment that is no reply
    for line in map(_without_instruction, lines):
        is_item = line.kind in (Kind.BULLET, Kind.NUMBER)
        is_signed = line.kind is not Kind.CODE and _opening(line.text) is not None
        is_outer = outermost is None or line.indent <= outermost
        if is_signed or (is_item and is_outer) or (not current and line.kind is not Kind.BLANK):
            if current:
                yield current
            current = _Comment(line.indent, is_nested=not is_outer, lines=[])
            if is_outer and (is_signed or is_item):
                outermost = line.indent
        if current:
            current.lines.append(line)
    if current:
        yield current


def _without_instruction(line: Line) -> Line:
    """The line without the wiki's advice to its editors."""
    advice = _INSTRUCTION.match(line.text)
    if not advice:
        return line
    text = line.text[advice.end() :]
    return replace(line, text=text) if text else BLANK


def _place(comment: _Comment, threads: list[_Thread], doubt: Doubt) -> None:
    """Make a point or a reply of the comment."""
    signed = _take_signature(comment.lines, doubt)
    body = to_markdown(signed.lines)
    if not body:
        if signed.author:
            doubt(f"A comment of {signed.author} says nothing.")
        return
    if not signed.author:
        doubt(f"A comment is not signed: “{body[:60]}”.")
    thread = threads[-1] if comment.is_nested and threads else None
    if signed.to:
        thread = next((thread for thread in reversed(threads) if thread.holds(signed.to)), None)
        if not thread:
            doubt(f"{signed.author} replies to {signed.to}, of whom no earlier comment was found.")
            body = f"(Replying to {signed.to}) {body}"
    if thread:
        thread.replies.append(WikiPoint(signed.author, signed.at, thread.point.section, body))
    else:
        threads.append(_Thread(WikiPoint(signed.author, signed.at, _section(body), body)))


def _take_signature(lines: list[Line], doubt: Doubt) -> _Signed:
    first, rest = replace(lines[0], kind=_without_bullet(lines[0].kind)), lines[1:]
    opening = _opening(first.text)
    if opening and (at := read_moment(opening, doubt)):
        text = first.text[opening.end() :]
        return _Signed(_author(opening["author"]), at, unescape(opening["to"] or "").strip(), [_text(text), *rest])
    last = next((index for index in range(len(rest), 0, -1) if rest[index - 1].kind is not Kind.BLANK), 0)
    signed = [first, *rest][last]
    start = max(0, len(signed.text) - _LONGEST_CLOSING)
    closing = None if signed.kind is Kind.CODE else _CLOSING.search(signed.text, start)
    if closing and (at := read_moment(closing, doubt)):
        unsigned = [first, *rest]
        unsigned[last] = replace(signed, text=signed.text[: closing.start()].rstrip())
        return _Signed(_author(closing["author"] or closing["talker"]), at, "", unsigned)
    return _Signed("", None, "", [first, *rest])


def _without_bullet(kind: Kind) -> Kind:
    return Kind.TEXT if kind in (Kind.BULLET, Kind.NUMBER) else kind


def _text(text: str) -> Line:
    return Line(Kind.TEXT, text) if text else BLANK


def _opening(text: str) -> re.Match[str] | None:
    """The signature that the text begins with; "Released on 1 May 2013:" is none."""
    opening = _OPENING.match(text)
    author = _author(opening["author"]) if opening else ""
    is_name = author and len(author.split()) <= 5 and not _NO_NAME.fullmatch(author)
    return opening if is_name else None


def _author(written: str) -> str:
    return unescape(written).strip(" ,*_-–—'\"").removeprefix("User:")


def _section(body: str) -> str:
    """The section a comment is about, only if it plainly names one."""
    about = _ABOUT.match(body)
    named = {about[1]} if about else {name.casefold() for name in _NAMED.findall(body)}
    if len(named) != 1:
        return ""
    name = named.pop().casefold()
    return name if name == "description" else f"{name}s"
