"""An address in its parts, with its host as machines write it."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

import idna
from django.core.exceptions import ValidationError
from django.utils.encoding import iri_to_uri

NOT_AN_ADDRESS = "A link begins with https:// or http:// and names a host."
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_WWW = re.compile(r"(?:www\.)+(?=[^.]+\.)")
# What newsletters and search pages add to an address to know where a visitor came from.
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ref_src|ref_url|_ga)(?:=|$)")


@dataclass(frozen=True)
class Address:
    """Where a link leads; the host is in lower case, in ASCII, without "www." and without its usual port."""

    host: str
    path: str
    query: str
    fragment: str

    @classmethod
    def of(cls, url: str) -> Self:
        """Raises ValueError for what is not a plain http or https address."""
        parts = _split(url)
        host = _WWW.sub("", _ascii(parts))
        query = "&".join(fact for fact in parts.query.split("&") if not _TRACKING.match(fact))
        return cls(host, parts.path, query, parts.fragment)

    @property
    def readable(self) -> str:
        """Everything after the scheme with its escapes undone: what the tables' patterns are held against."""
        query = f"?{self.query}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return unquote(f"{self.host}{self.path}{query}{fragment}")

    @property
    def canonical(self) -> str:
        """The address by which the same page is recognised when nothing more is known of it."""
        return urlunsplit(("https", self.host, self.path.rstrip("/"), self.query, ""))


def check_link(url: str) -> None:
    """Refuse what is not a plain http or https address; one with a name or password in it is not plain either."""
    try:
        plain(url)
    except ValueError as doubt:
        raise ValidationError(str(doubt)) from None


def plain(url: str) -> str:
    """The link in ASCII: a host in letters of another alphabet that look like these shows what it is.

    Raises ValueError, as check_link refuses.
    """
    parts = _split(url)
    return iri_to_uri(urlunsplit(parts._replace(netloc=_ascii(parts))))


def _split(url: str) -> SplitResult:
    """The parts of an address; raises ValueError, in words for who typed it."""
    if any(not char.isprintable() or char.isspace() or char == "\\" for char in url):
        raise ValueError("A link has no spaces, line breaks or invisible characters in it.")
    try:
        parts = urlsplit(url)
        names_a_host = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        names_a_host = False
    if not names_a_host:
        raise ValueError(NOT_AN_ADDRESS)
    if parts.username is not None or parts.password is not None:
        raise ValueError("Leave the name and password out of the link.")
    return parts


def _ascii(parts: SplitResult) -> str:
    """Host and port: a name of another alphabet in the form that name servers know; no port where it is the usual."""
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            raise ValueError("There can be no host of that name.") from None
    if not _HOST.fullmatch(host):
        raise ValueError(NOT_AN_ADDRESS)
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"
