"""Reading a page in tests as a browser would: its elements, their attributes and their words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "br", "circle", "hr", "img", "input", "link", "meta", "path"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str | None]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return " ".join("".join(self.words).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words.append(data)


def elements(html: str, tag: str | None = None, **attrs: str) -> list[Element]:
    """The page's elements with this tag and these attributes, in order."""
    reader = _Reader()
    reader.feed(html)
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
    return [
        element
        for element in reader.elements
        if tag in (None, element.tag) and all(element.attrs.get(name) == value for name, value in wanted.items())
    ]


def element(html: str, tag: str | None = None, **attrs: str) -> Element:
    """The one element of the page with this tag and these attributes."""
    (found,) = elements(html, tag, **attrs)
    return found
