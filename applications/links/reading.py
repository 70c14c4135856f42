"""What a link says of the work behind it."""

from dataclasses import dataclass
from urllib.parse import quote

from applications.links.address import Address
from applications.links.archives import ARCHIVES
from applications.links.forges import FORGES, Shape
from opw.text import one_line

_SHAPES = [*FORGES, *ARCHIVES]


@dataclass(frozen=True)
class Link:
    """An address read; of an unknown host it says the host alone."""

    canonical: str
    host: str = ""
    forge: str = ""
    repository: str = ""
    kind: str = ""
    thing: str = ""
    number: str = ""
    title: str = ""
    api: str = ""

    @property
    def is_mail(self) -> bool:
        return self.thing == "mail"

    @property
    def where(self) -> str:
        """ "github.com, xen/xen": the host by its own name, which no other can take."""
        return f"{self.host}, {self.repository}" if self.repository else self.host

    @property
    def words(self) -> str:
        """ "pull request 12 of xen/xen, GitHub"; of an unknown host no more than its name."""
        if not self.thing:
            return f"a page of {self.host}"
        thing = "a mail" if self.is_mail else f"{self.thing} {self.number}".strip()
        place = f" {'to' if self.is_mail else 'of'} {self.repository}" if self.repository else ""
        return f"{thing}{place}, {self.forge}"


def read(url: str) -> Link:
    """Everything an address says; never fails, whatever the text is."""
    try:
        address = Address.of(url.strip())
    except ValueError:
        return Link(url.strip())
    text = address.readable
    for shape in _SHAPES:
        if found := shape.pattern.match(text):
            return _link(address, shape, {name: value or "" for name, value in found.groupdict().items()})
    return Link(address.canonical, address.host)


def canonical(url: str) -> str:
    """The one form by which the same work is recognised, however its link is written."""
    return read(url).canonical


def _link(address: Address, shape: Shape, facts: dict[str, str]) -> Link:
    repository, number = facts.get("repository", ""), facts.get("number", "")
    same = shape.same.format(**facts)
    return Link(
        canonical=(same.lower() if shape.folds else same) or address.canonical,
        host=address.host,
        forge=shape.forge,
        repository=repository,
        kind=shape.kind,
        thing=shape.thing,
        number=number,
        title=_title(shape, facts),
        api=shape.api.format(project=quote(repository, safe=""), **facts),
    )


def _title(shape: Shape, facts: dict[str, str]) -> str:
    """A name until somebody gives a better one: "Pull request 12, xen/xen"; the subject of a mail is not known."""
    if shape.thing == "mail":
        return ""
    if page := facts.get("title"):
        return one_line(page.replace("_", " ").replace("-", " "))
    named = f"{shape.thing.capitalize()} {facts['number']}"
    return f"{named}, {facts['repository']}" if facts.get("repository") else named
