"""Fetching what somebody's link leads to, without being led inside: to a private, local or metadata address.

A name is asked for its addresses once; all of them are checked, and the connection goes to a checked one. A redirect
begins anew. Time, size and the number of redirects have limits, and so has how often a host is asked.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from django.core.cache import cache

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

BETWEEN_TWO = 60  # seconds from one request to a host to the next; what GitHub grants to a stranger
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = {
    HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
}  # fmt: skip
# Addresses that Python counts as the public's, and behind which something else stands.
_NOT_THE_PUBLICS = [
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # a cloud's own services
        "192.0.0.0/24",  # protocol assignments, another cloud's metadata among them
        "192.88.99.0/24",  # relays into IPv6
        "2001::/23",  # protocol assignments, tunnels among them
        "2002::/16",  # tunnels that hold an IPv4 address
        "3fff::/20",  # documentation
    )
]
_WORLD_OF_IPV6 = ipaddress.ip_network("2000::/3")


class NotFetched(Exception):
    """A link was not followed, or not to its end; says why, for the log."""


class AskedLately(NotFetched):
    """A host on the way is not to be asked again so soon."""


class NoAnswer(NotFetched):
    """A host on the way has no address any more, or did not answer as the web does."""


@dataclass(frozen=True)
class Fetched:
    """What was found at the end of a link; a body longer than the limit ends there."""

    url: str
    status: int
    content_type: str
    body: bytes


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def may_be_asked_now(host: str) -> bool:
    """Whether no sweep asked this host a moment ago; who asks here, asks it."""
    return cache.add(f"asked:{host}", True, timeout=BETWEEN_TWO)


def anybody(_host: str) -> bool:
    return True


@dataclass(frozen=True)
class Fetcher:
    """The rules of a fetch. ``own_networks`` are reached whatever they are, and on every port: none, but in a test."""

    agent: str = "OPW portal"
    seconds: float = 5
    octets: int = 300_000
    redirects: int = 3
    own_networks: tuple[IPNetwork, ...] = ()
    resolve: Callable[[str, int], list[str]] = addresses_of
    may_ask: Callable[[str], bool] = anybody

    def get(self, url: str) -> Fetched:
        """Follow a link; raises NotFetched."""
        ends_at = time.monotonic() + self.seconds
        asked: set[str] = set()
        for _ in range(self.redirects + 1):
            try:
                parts = _parts(url)
                self._ask_leave(str(parts.hostname), asked)
                found, leads_to = self._get_once(url, parts, ends_at)
                if leads_to is None:
                    return found
                url = urljoin(url, leads_to)
            except ValueError as failure:  # no address to go to; a bad certificate is one of these as well
                raise NotFetched(f"{url}: {failure}") from failure
            except (OSError, http.client.HTTPException) as failure:
                raise NoAnswer(f"{url}: {failure}") from failure
        raise NotFetched(f"{url}: one redirect too many")

    def _ask_leave(self, host: str, asked: set[str]) -> None:
        """Each host on the way is asked for once, and only where it may be asked now."""
        if host not in asked and not self.may_ask(host):
            raise AskedLately(f"{host} was asked a moment ago")
        asked.add(host)

    def _get_once(self, url: str, parts: SplitResult, ends_at: float) -> tuple[Fetched, str | None]:
        """The answer of one host, and where it leads on to."""
        port = parts.port or _PORTS[parts.scheme]
        connection = _Connection(self._checked_address(str(parts.hostname), port), parts, port)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        with _ending(connection, ends_at):
            connection.request("GET", target, headers=headers)
            answer = connection.getresponse()
            leads_to = answer.getheader("Location") if answer.status in _REDIRECTS else None
            body = b"" if leads_to else answer.read(self.octets)
        return Fetched(url, answer.status, answer.getheader("Content-Type") or "", body), leads_to

    def _checked_address(self, host: str, port: int) -> str:
        """One address of the host, when all of them may be reached on this port."""
        found = [ipaddress.ip_address(address) for address in self.resolve(host, port)]
        own = [any(address in network for network in self.own_networks) for address in found]
        if not found or not all(is_own or is_public(address) for address, is_own in zip(found, own, strict=True)):
            raise NotFetched(f"{host} is not in the public network")
        if port not in _PORTS.values() and not all(own):
            raise NotFetched(f"port {port} of {host} is not for web pages")
        return str(found[0])


def is_public(address: IPAddress) -> bool:
    """Whether an address is one of the public network's, and of a single host."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address not in _WORLD_OF_IPV6:
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not any(address in network for network in _NOT_THE_PUBLICS if network.version == address.version)
    )


def _parts(url: str) -> SplitResult:
    """The parts of a web address; raises ValueError for anything else, and for one with a name or password in it."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None or not url.isascii():
        raise ValueError("no plain web address")
    return parts


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was checked, under the name it was found by."""

    def __init__(self, address: str, parts: SplitResult, port: int) -> None:
        super().__init__(str(parts.hostname), port)
        self.address = address
        self.line: socket.socket | None = None
        self.is_secure = parts.scheme == "https"
        self.default_port = _PORTS[parts.scheme]  # the Host header leaves the usual port out

    def connect(self) -> None:
        # The library forgets its socket before the answer is read; the line stays, to be cut.
        self.line = self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.is_secure:
            context = ssl.create_default_context()
            secure = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.line = self.sock = secure
            secure.do_handshake()


@contextmanager
def _ending(connection: _Connection, ends_at: float) -> Iterator[None]:
    """Closes the connection at last, and cuts it at a moment, however slowly the other side drips."""
    left = ends_at - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time is left")
    connection.timeout = left
    cut = Timer(left, _cut, [connection])
    cut.daemon = True
    cut.start()
    try:
        yield
    finally:
        cut.cancel()
        connection.close()
    if time.monotonic() >= ends_at:
        raise TimeoutError("it took too long")


def _cut(connection: _Connection) -> None:
    with suppress(OSError):
        if connection.line:
            connection.line.shutdown(socket.SHUT_RDWR)
