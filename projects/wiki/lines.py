"""The lines of a section, each known for what it is, and the Markdown they make together."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from projects.wiki.escaping import fence


class Kind(Enum):
    BLANK = auto()
    TEXT = auto()
    BULLET = auto()
    NUMBER = auto()
    CODE = auto()  # preformatted, as it stands
    BLOCK = auto()  # Markdown, as it stands: a heading, a table


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one block; its text is Markdown already, but for what would be misread at a line's start."""

    kind: Kind
    text: str = ""
    indent: int = 0
    number: int = 0


BLANK = Line(Kind.BLANK)
_DEEPEST = 6  # lists in lists; what lies deeper joins the sixth
_ICON = re.compile(r"\b(?:Icon|Pictogram)(?: [\w-]{1,40}){1,4}\.(?:png|svg|gif)\b *")
_ITEM = re.compile(
    r"""(?P<indent>\ *)
    (?: (?: [•◦▪‣●○■]\ * | [*+-]\ + ) (?P<bullet>.*)
      | (?P<number>\d{1,3})[.)]\ +(?P<numbered>\S.*)
    )""",
    re.VERBOSE | re.DOTALL,
)
_LETTERED = re.compile(r"(?: +[a-z][.)]|[a-z]\)) +\S")  # Markdown knows no letters: a bullet that keeps its own


def without_icons(text: str) -> str:
    """The text without the names of the wiki's own icons, which a rendered page leaves in its text."""
    return _ICON.sub("", text)


def line_of(text: str) -> Line:
    """The line of a rendered page, or of a wiki's source where it holds such lines; the text is escaped already."""
    text = without_icons(text).rstrip()
    if not text.strip():
        return BLANK
    indent = len(text) - len(text.lstrip(" "))
    item = _ITEM.fullmatch(text)
    if item and item["number"]:
        return Line(Kind.NUMBER, item["numbered"], indent, int(item["number"]))
    if item:
        return Line(Kind.BULLET, item["bullet"], indent)
    return Line(Kind.BULLET if _LETTERED.match(text) else Kind.TEXT, text.strip(), indent)


def to_markdown(lines: list[Line]) -> str:
    """The lines as Markdown that shows the same words, lists and numbers, in any common flavour."""
    writer = _Writer()
    for line in lines:
        writer.add(line)
    return "\n".join(writer.lines).strip("\n")


@dataclass(slots=True)
class _List:
    kind: Kind
    indent: int
    number: int


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self._lists: list[_List] = []  # the open ones, outermost first
        self._gap = False  # whether a blank line comes before what comes next

    def add(self, line: Line) -> None:
        match line.kind:
            case Kind.BLANK:
                self._gap = True
            case Kind.TEXT:
                self._add_text(line)
            case Kind.BULLET | Kind.NUMBER:
                self._add_item(line)
            case Kind.CODE:
                bounds = fence(line.text, least=3)
                self._add_block(f"{bounds}\n{line.text}\n{bounds}")
            case Kind.BLOCK:
                self._add_block(line.text)

    def _add_block(self, text: str) -> None:
        self._lists.clear()
        self._gap = True
        self._write([])
        self.lines.extend(text.split("\n"))
        self._gap = True

    def _add_text(self, line: Line) -> None:
        """A paragraph or its next line: of the item it is indented under, or else of the section."""
        while self._lists and line.indent <= self._lists[-1].indent:
            self._lists.pop()
            self._gap = True
        margin = "    " * len(self._lists)
        self._write([margin + _escape_start(part) for part in line.text.split("\n")])

    def _add_item(self, line: Line) -> None:
        if not line.text.strip():
            return
        while self._lists and line.indent < self._lists[-1].indent:
            self._lists.pop()
        if not self._has_place_for(line):
            self._gap = True
            self._add_text(replace(line, kind=Kind.TEXT, text=f"{line.number}. {line.text}"))
            self._gap = True
            return
        margin = "    " * (len(self._lists) - 1)
        first, *rest = [_escape_start(part) for part in line.text.split("\n")]
        marker = "-" if line.kind is Kind.BULLET else f"{line.number}."
        self._write([f"{margin}{marker} {first}", *(f"{margin}    {part}" for part in rest)])

    def _has_place_for(self, item: Line) -> bool:
        """Continue the list it belongs to or open one; a number that neither begins nor continues one is text."""
        siblings = self._lists[-1] if self._lists else None
        if siblings and (siblings.indent == item.indent or len(self._lists) == _DEEPEST):
            if siblings.kind is item.kind and item.number in (0, siblings.number + 1):
                siblings.number = item.number
                self._gap = False  # a list stays one list over blank lines
                return True
            if siblings.kind is item.kind:
                return False
            self._lists.pop()
            self._gap = True
        if item.number > 1:
            return False
        self._gap = not self._lists or self._gap  # a list needs a blank line before it, a list in a list does not
        self._lists.append(_List(item.kind, item.indent, item.number))
        return True

    def _write(self, lines: list[str]) -> None:
        if self._gap and self.lines and self.lines[-1]:
            self.lines.append("")
        self._gap = False
        self.lines.extend(line if line.strip() else "" for line in lines)


_MISREAD = re.compile(
    r"""(?P<number>\d+)(?=[.)](?:\s|$))  # a numbered list
    | (?= [#>] | [+*-](?:\s|$) | (?:-\s*)+$ | \[[^\]]*\]: )  # a heading, quotation, list, rule, footnote, definition
    """,
    re.VERBOSE,
)
_MISREAD_IN_SOME = re.compile(r"=+\s*$|~~~|:\s")  # where no backslash helps in every flavour, an entity does


def _escape_start(text: str) -> str:
    """The line, disarmed where Markdown would take its beginning for markup."""
    text = text.strip()
    if "|" in text and not text.strip("-:| "):  # the rule under a table's head
        return text.replace("|", "&#124;")
    if _MISREAD_IN_SOME.match(text):
        return f"&#{ord(text[0])};{text[1:]}"
    start = _MISREAD.match(text)
    return f"{text[: start.end()]}\\{text[start.end() :]}" if start else text
