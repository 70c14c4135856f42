"""A web server of a test's own, on addresses of the local network that only this test may reach."""

import ipaddress
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from opw.fetch import Fetcher

HERE = "127.0.0.1"  # the test's own network
INSIDE = "127.0.0.2"  # reaches the same server, and stands for what is inside
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Forge:
    """What it answers at each path, and which requests reached it."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=lambda: {"forge.example": [HERE], "other.example": [HERE]})

    def resolve(self, host: str, _port: int) -> list[str]:
        return self.names.get(host, [host])

    def url(self, path: str, host: str = "forge.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def fetcher(self, **rules) -> Fetcher:
        """One that may reach this server by its first address, and follows its names."""
        own = (ipaddress.ip_network(f"{HERE}/32"),)
        return replace(Fetcher(resolve=self.resolve, own_networks=own, seconds=20), **rules)

    def says(self, path: str, body: str | bytes, content_type: str = "text/html", status: int = 200) -> str:
        """Let a path answer with a body; its address."""
        content = body.encode() if isinstance(body, str) else body

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            request.send_header("Content-Type", content_type)
            request.end_headers()
            request.wfile.write(content)

        self.answers[path] = answer
        return self.url(path)

    def leads(self, path: str, to: str, status: int = 302) -> str:
        """Let a path redirect; its address."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            request.send_header("Location", to)
            request.end_headers()

        self.answers[path] = answer
        return self.url(path)


@contextmanager
def forge(certificate: Path | None = None) -> Iterator[Forge]:
    """A server that runs as long as a test; with a certificate it speaks TLS."""
    known = Forge()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append(f"{self.headers['Host'].partition(':')[0]}{self.path}")
            known.answers[self.path](self)

        def log_message(self, *_: object) -> None:
            """Nothing: a test says what it needs to."""

    server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    server.block_on_close = False
    known.port = server.server_port
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
