"""The servers the environment does not name, and the environment in which the portal finds them all."""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from opw.embedded.broker import Broker
from opw.embedded.folders import Folders, Lock, short
from opw.embedded.postgres import Postgres
from opw.embedded.processes import Pause


class Servers:
    """Postgres unless DATABASE_URL names one, Valkey unless REDIS_URL does."""

    def __init__(self, folders: Folders, sockets: Path) -> None:
        self.folders = folders
        log, run, var = folders.log, folders.run, folders.var
        self.postgres = (
            None
            if os.environ.get("DATABASE_URL")
            else Postgres(
                data=var / "postgres", sockets=sockets / "postgres", log=log / "postgres.log", note=run / "postgres.pid"
            )
        )
        self.broker = (
            None
            if os.environ.get("REDIS_URL")
            else Broker(data=var / "valkey", sockets=sockets, log=log / "broker.log", note=run / "broker.pid")
        )
        self.lock = Lock(run / "servers.lock")  # held by the one process that starts and stops them
        self.users = Lock(run / "users.lock")  # shared by the commands that need them

    @property
    def ours(self) -> list[Postgres | Broker]:
        """The embedded ones, in the order in which they start."""
        return [server for server in (self.postgres, self.broker) if server]

    def start(self, pause: Pause = time.sleep) -> None:
        """Start those that are ours; return once they answer."""
        for server in self.ours:
            server.start(pause)

    def stop(self) -> None:
        """Stop those that are ours, the last started first."""
        for server in reversed(self.ours):
            server.stop()

    def answer(self) -> bool:
        """Whether they answer, whoever started them."""
        return all(server.answers() for server in self.ours)

    def environment(self, *, port: int) -> dict[str, str]:
        """What the portal's processes are told; what the person named herself stays as it is."""
        told = {"SITE_URL": f"http://localhost:{port}", "SECRET_KEY": secret_key(self.folders.var / "secret-key")}
        if self.postgres:
            told["DATABASE_URL"] = self.postgres.url
        if self.broker:
            told["REDIS_URL"] = self.broker.url
        named = {name: value for name, value in os.environ.items() if value or name not in told}
        return {**told, **named, "PYTHONPATH": str(self.folders.checkout), "OPW_VAR": str(self.folders.var)}


@contextmanager
def servers_of(folders: Folders) -> Iterator[Servers]:
    """The servers of these folders, not started; sockets in var/run, or under a short name for it."""
    with short(folders.run) as sockets:
        yield Servers(folders, sockets)


def secret_key(file: Path) -> str:
    """The key of this set-up: made once, readable by its owner alone."""
    if not file.exists():
        making = file.with_name(f"{file.name}.{os.getpid()}")
        making.touch(mode=0o600)
        making.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # made by another command meanwhile
            os.link(making, file)
        making.unlink()
    return file.read_text()
