"""The source of a wiki's field, read by a parser of MediaWiki's markup, as lines of Markdown or as plain words."""

import html
import re
from dataclasses import replace

import mwparserfromhell
from mwparserfromhell.nodes import Comment, ExternalLink, Heading, HTMLEntity, Node, Tag, Template, Text, Wikilink
from mwparserfromhell.parser import ParserError
from mwparserfromhell.wikicode import Wikicode

from projects.wiki.chunks import chunks
from projects.wiki.clean import clean_text
from projects.wiki.escaping import MARKUP, escape, fence
from projects.wiki.lines import BLANK, Kind, Line, line_of, without_icons
from projects.wiki.page import Doubt

_LIST_MARKS = {"*", "#", ":", ";"}
_LIST_BEGINNINGS = "*+-.)•◦▪‣●○■"
_CODE_BLOCKS = {"pre", "source", "syntaxhighlight"}
_INLINE_CODE = {"code", "tt", "kbd", "samp"}
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BLOCKS = {"p", "div", "blockquote", "center", "dl", "hr"}
_IMAGE_OPTION = re.compile(
    r"thumb(?:nail)?|frame(?:d|less)?|border|left|right|center|none|(?:upright|link|class)=?.*|[\dx]+px", re.I | re.S
)
_ENTITY = re.compile(r"&#?\w{1,40};")
_DECORATION = {"comment"}  # templates that only decorate their words
_CHARACTERS = {"!": "|", "=": "=", "nbsp": " ", "clear": ""}


def lines_of(source: str, doubt: Doubt) -> list[Line]:
    """The lines of a long field, with every word of it that is not markup."""
    return _read(_Lines(doubt), source)


def plain_text(source: str, doubt: Doubt) -> str:
    """The words of a short field: a name, a date."""
    return "\n".join(line.text for line in _read(_PlainLines(doubt), source))


def _read(lines: "_Lines", source: str) -> list[Line]:
    for chunk in chunks(source):
        try:
            code = None if chunk.is_tangled else mwparserfromhell.parse(chunk.text)
        except ParserError:
            code = None
        if code is None:
            lines.doubt(f"Markup too tangled to read was kept as it stands: “{chunk.text[:60]}…”")
            lines.write_words(chunk.text)
        else:
            lines.write(code)
        lines.end_line()
    return lines.written


class _Lines:
    """Writes lines from the parser's nodes; what a node means here is in the method of its name."""

    def __init__(self, doubt: Doubt) -> None:
        self.written: list[Line] = []
        self.doubt = doubt
        self._current: list[str] = []  # the pieces of the line being written
        self._markdown: list[str] = []  # and those of them that are Markdown, for the places kept among the words
        self._marks = ""  # the list marks it began with, "*#"
        self._numbers: list[int] = []  # the last number given, per depth of the list
        self._html_lists: list[str] = []

    def write(self, code: Wikicode | None) -> None:
        for node in code.nodes if code else ():
            self._write_node(node)

    def write_words(self, text: str) -> None:
        """Words as they stand, over as many lines as they have."""
        first, *rest = text.split("\n")
        self._current.append(first)
        for line in rest:
            self.end_line()
            self._current.append(line)

    def write_markdown(self, text: str) -> None:
        """What is Markdown already; its place is kept until the words around it are escaped as one line."""
        self._current.append(MARKUP)
        self._markdown.append(text)

    def end_line(self) -> None:
        words, markdown, marks = self.escaped("".join(self._current)), iter(self._markdown), self._marks
        self._current, self._markdown, self._marks = [], [], ""
        line = self._item(marks, without_icons(words).strip()) if marks else line_of(words)
        text = re.sub(MARKUP, lambda _: next(markdown), line.text)
        if not marks and text.strip():
            self._numbers.clear()
        self.written.append(replace(line, text=text) if text.strip() else BLANK)

    def escaped(self, text: str) -> str:
        return escape(text)

    def literal(self, character: str) -> str:
        return f"\\{character}" if character in "*+-.)" else character

    def linked(self, label: str, address: str) -> str:
        """A link; what can be no link in Markdown keeps its address in brackets."""
        if not address.startswith(("http://", "https://", "mailto:")):
            return f"{label} ({escape(address)})" if label else escape(address)
        if not label:
            return f"<{address.removeprefix('mailto:')}>"
        label = re.sub(r"\\?([\[\]])", r"\\\1", label)
        return f"[{label}](<{address}>)" if re.search("[()]", address) else f"[{label}]({address})"

    def named(self, label: str, page: str) -> str:
        """The name of another page of the wiki, to which nothing here can link."""
        is_said = label.replace("_", " ").casefold() == page.replace("_", " ").casefold()
        return f"{label} ({self.escaped(page)})" if label and not is_said else label or self.escaped(page)

    def emphasised(self, text: str, mark: str) -> str:
        return f"{mark}{text}{mark}" if text and text == text.strip() and "\n" not in text else text

    def code(self, text: str) -> str:
        text = " ".join(text.split())
        bounds = fence(text)
        space = " " if "`" in text else ""
        return f"{bounds}{space}{text}{space}{bounds}" if text else ""

    def _item(self, marks: str, text: str) -> Line:
        """A line of a list; ":" and ";" only indent, as on talk pages, and a bit further than bullets do."""
        depth = len(marks)
        del self._numbers[depth:]
        self._numbers += [0] * (depth - len(self._numbers))
        if marks[-1] == "#":
            self._numbers[-1] += 1
            return Line(Kind.NUMBER, text, 2 * depth, self._numbers[-1])
        if marks[-1] == "*":
            return Line(Kind.BULLET, text, 2 * depth)
        return Line(Kind.TEXT, text, 2 * depth + 1) if text else BLANK

    def _write_node(self, node: Node) -> None:
        match node:
            case Text():
                self.write_words(node.value)
            case Tag():
                self._write_tag(node)
            case Template():
                self._write_template(node)
            case Wikilink():
                self._write_wikilink(node)
            case ExternalLink():
                self.write_markdown(self.linked(self._inline(node.title), _address(node)))
            case HTMLEntity():
                self._write_entity(_character(node))
            case Heading():
                title = self._inline(node.title)
                self._write_block(f"{'#' * max(3, node.level)} {title}" if title else "")
            case Comment():
                self.doubt(f"A hidden comment was left out: “{node.contents.strip()}”.")
            case _:
                self.write_words(str(node))

    def _write_entity(self, text: str) -> None:
        """The character; one that would begin a list is meant as itself, or it would not be an entity."""
        before = "".join(self._current).strip()
        if text in _LIST_BEGINNINGS and (not before or before.isdigit()):
            self.write_markdown(self.literal(text))
        else:
            self.write_words(text)

    def _inline(self, code: Wikicode | None) -> str:
        """What the nodes say on a single line."""
        inner = type(self)(self.doubt)
        inner.write(code)
        inner.end_line()
        return " ".join(" ".join(line.text for line in inner.written).split())

    def _write_block(self, text: str) -> None:
        self.end_line()
        self.written.append(Line(Kind.BLOCK, text) if text else BLANK)

    def _write_tag(self, tag: Tag) -> None:
        name = str(tag.tag).strip().lower()
        if tag.wiki_markup in _LIST_MARKS:
            self._begin_item(tag.wiki_markup)
        elif name == "br":
            self._current.append("\n")
        elif name in _EMPHASIS:
            self.write_markdown(self.emphasised(self._inline(tag.contents), _EMPHASIS[name]))
        elif name in _INLINE_CODE:
            self.write_markdown(self.code(_verbatim(tag.contents)))
        elif name in _CODE_BLOCKS:
            self.end_line()
            self.written.append(Line(Kind.CODE, _verbatim(tag.contents).strip("\n")))
        elif name == "table":
            self._write_table(tag)
        elif name in ("ul", "ol", "li"):
            self._write_html_list(tag, name)
        elif name == "ref":
            self.write_markdown(f" ({self._inline(tag.contents)})")
        else:
            self._write_contents(tag, name)

    def _begin_item(self, mark: str) -> None:
        if "".join(self._current).strip():
            self.end_line()
        self._current.clear()
        self._marks += mark

    def _write_contents(self, tag: Tag, name: str) -> None:
        """What stands in a tag that means nothing here; some tags stand apart from what is around them."""
        if name not in _BLOCKS:
            self.write(tag.contents)
            return
        self.end_line()
        self.written.append(BLANK)
        self.write(tag.contents)
        self.end_line()
        self.written.append(BLANK)

    def _write_html_list(self, tag: Tag, name: str) -> None:
        if name == "li":
            self._begin_item("".join(self._html_lists) or "*")
            self.write(tag.contents)
            return
        self._html_lists.append("*" if name == "ul" else "#")
        self.write(tag.contents)
        self._html_lists.pop()
        self.end_line()

    def _write_table(self, table: Tag) -> None:
        rows = [row for row in self._rows(table.contents) if any(row)]
        if rows:
            width = max(map(len, rows))
            head, *body = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
            self._write_block("\n".join([head, "|" + " --- |" * width, *body]))

    def _rows(self, code: Wikicode | None) -> list[list[str]]:
        """The cells of each row; what stands outside rows is a row of its own."""
        rows: list[list[str]] = []
        loose: list[str] = []
        for node in code.nodes if code else ():
            if not isinstance(node, Tag):
                loose += [self._cell(Wikicode([node]))] if str(node).strip() else []
                continue
            match str(node.tag).strip().lower():
                case "td" | "th":
                    loose.append(self._cell(node.contents))
                case "tr":
                    rows.append([cell for row in self._rows(node.contents) for cell in row])
                case _:
                    rows += self._rows(node.contents)
        return [loose, *rows] if loose else rows

    def _cell(self, code: Wikicode | None) -> str:
        return self._inline(code).replace("|", "\\|")

    def _write_wikilink(self, link: Wikilink) -> None:
        target = str(link.title).strip().lstrip(":")
        namespace, _, name = target.partition(":")
        match namespace.strip().lower():
            case "file" | "image":
                caption = _caption(str(link.text or ""))
                self.write(mwparserfromhell.parse(caption or without_icons(name)))
            case "user" | "user talk":
                self.write_markdown(self._inline(link.text) or self.escaped(name))
            case _:
                self.write_markdown(self.named(self._inline(link.text), target))

    def _write_template(self, template: Template) -> None:
        """The words of a template that only the wiki knows: what it is given, one after the other."""
        name = str(template.name).strip()
        if not template.params:
            self.write_words(_CHARACTERS.get(name.lower(), f"{{{{{name}}}}}"))
            return
        for place, param in enumerate(template.params):
            self.write_words(" " * bool(place) + f"{str(param.name).strip()}: " * param.showkey)
            self.write(param.value)
        if name.lower() not in _DECORATION:
            self.doubt(f"The template “{name}” is not known; its words were taken without it.")


class _PlainLines(_Lines):
    """The same without Markdown, for what is no text but a name, an address, a date."""

    def escaped(self, text: str) -> str:
        return text

    def literal(self, character: str) -> str:
        return character

    def linked(self, label: str, address: str) -> str:
        address = address.removeprefix("mailto:")
        return f"{label} <{address}>" if label else address

    def named(self, label: str, page: str) -> str:
        if label and label != page:
            self.doubt(f"“{label}” is a link to the wiki's page “{page}”; only the words were taken.")
        return label or page

    def emphasised(self, text: str, mark: str) -> str:
        return text

    def code(self, text: str) -> str:
        return text


def _verbatim(code: Wikicode | None) -> str:
    nodes = code.nodes if code else []
    return "".join(_character(node) if isinstance(node, HTMLEntity) else str(node) for node in nodes)


def _character(entity: HTMLEntity) -> str:
    try:
        return clean_text(entity.normalize())
    except ValueError:
        return str(entity)


def _address(link: ExternalLink) -> str:
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), str(link.url).strip())


def _caption(text: str) -> str:
    """The words under an image, without the options before them."""
    head, bar, rest = text.partition("|")
    while _IMAGE_OPTION.fullmatch(head.strip()):
        head, bar, rest = rest.partition("|")
    return head + bar + rest
